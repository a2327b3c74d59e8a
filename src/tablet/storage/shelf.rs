//! The storage as the exchange's shelf.

use std::collections::{BTreeMap, BTreeSet};

use wasm_bindgen::JsValue;
use web_sys::{IdbKeyRange, IdbTransactionMode};

use super::{
    AttachmentRow, EntryRow, Listed, ListedRow, Storage, StorageError, fold_in, from_js, list, listed_in,
    listed_of,
    raw::{Transaction, answer},
    take_a_turn, to_js,
};
use crate::exchange::{NotKept, Placed, Shelf, VisitReceipt};
use crate::journal::{AttachmentId, DeviceId, DossierId, Entry, EntryId};
use crate::protocol::{Heads, Mark, Receipt};
use crate::tablet::device;
use crate::visit::Visit;

/// What happened in the storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Notice {
    /// Entries were written here.
    Written(DossierId),
    /// The exchange brought entries of this visit.
    Taken(DossierId),
    /// Its journal is as it was, and more of it is confirmed, or an attachment came or went.
    Confirmed(DossierId),
}

impl From<StorageError> for NotKept {
    fn from(error: StorageError) -> Self {
        Self(error.to_string())
    }
}

/// Pictures and papers of visits that arrived within two days are fetched unasked, in milliseconds.
const SHOWN_FOR: i64 = 2 * 86_400_000;

/// Photos come and go by the hundred: a hand that taps meanwhile finds the database free, and they go on once
/// it rests, each after a while at the latest.
async fn at_rest() {
    let began = device::uptime();
    device::at_rest(|| device::uptime() - began >= ATTACHMENT_WAITS).await;
}

/// So long one waits for the hand to rest, in milliseconds.
const ATTACHMENT_WAITS: i64 = 2_000;

fn key(id: impl ToString) -> JsValue {
    JsValue::from_str(&id.to_string())
}

impl Storage {
    pub(super) async fn all_listed(&self) -> Result<Vec<Listed>, StorageError> {
        let transaction = self.read(&["visits"]).await?;
        listed_of(&answer(&transaction.store("visits")?.get_all()?).await?)
    }

    /// The rows that the server has not called complete, as few as there are: reading all of thousands
    /// would hold up the screen at every exchange. What has a gap or waits for an attachment is here.
    async fn stale(&self) -> Result<Vec<Listed>, StorageError> {
        let transaction = self.read(&["visits"]).await?;
        listed_of(&answer(&transaction.store("visits")?.index("stale")?.get_all()?).await?)
    }

    async fn change_listed(
        &self,
        dossier: DossierId,
        change: impl FnOnce(&mut Listed),
    ) -> Result<(), StorageError> {
        let transaction = self.begin(&["visits", "meta"], IdbTransactionMode::Readwrite, false).await?;
        if let Some(mut listed) = listed_in(&transaction, dossier).await? {
            change(&mut listed);
            transaction.store("visits")?.put(&ListedRow::of(&mut listed).to_js())?;
            take_a_turn(&transaction).await?;
        }
        transaction.committed().await?;
        self.notice(Notice::Confirmed(dossier));
        Ok(())
    }

    /// Entries of one dossier from the feed: kept, confirmed, folded into the read model.
    async fn take_dossier(&self, dossier: DossierId, entries: &[Entry]) -> Result<Vec<String>, StorageError> {
        let stores = ["entries", "visits", "attachments", "meta"];
        let transaction = self.begin(&stores, IdbTransactionMode::Readwrite, false).await?;
        let store = transaction.store("entries")?;
        let mut confirmed = Vec::new();
        let mut copies = Vec::new();
        let mut news = false;
        for entry in entries {
            let known: Option<EntryRow> = from_js(answer(&store.get(&key(entry.id))?).await?)?;
            match known {
                Some(mut known) => {
                    let mut kept = known.entry()?;
                    let values = kept.values.len();
                    for (name, salted) in &entry.values {
                        kept.values.entry(*name).or_insert_with(|| salted.clone());
                    }
                    if known.unsent.is_none() && kept.values.len() == values {
                        continue;
                    }
                    news = true;
                    if known.unsent.take().is_some() {
                        confirmed.push(format!("/unsent/{}", entry.id));
                    }
                    known.values = kept.values_text();
                    store.put(&to_js(&known)?)?;
                }
                None => {
                    news = true;
                    store.put(&to_js(&EntryRow::of(entry, None))?)?;
                }
            }
        }
        if news {
            let mut visit = Visit::new(dossier);
            fold_in(&transaction, &mut visit).await?;
            copies = forget(&transaction, &visit).await?;
            let listed = listed_in(&transaction, dossier).await?;
            let unsent = listed.as_ref().map_or(0, |listed| listed.unsent).saturating_sub(confirmed.len());
            let mut listed = Listed::anew(listed, &visit, unsent);
            transaction.store("visits")?.put(&ListedRow::of(&mut listed).to_js())?;
            take_a_turn(&transaction).await?;
        }
        transaction.committed().await?;
        if news {
            self.notice(Notice::Taken(dossier));
        }
        copies.extend(confirmed);
        Ok(copies)
    }
}

/// What the server has erased is erased here too: values in every row of the visit, and attachments,
/// of which it gives the second copies.
async fn forget(transaction: &Transaction, visit: &Visit) -> Result<Vec<String>, StorageError> {
    let (values, attachments) = (visit.journal.erased(), visit.journal.erased_attachments());
    if values.is_empty() && attachments.is_empty() {
        return Ok(Vec::new());
    }
    let store = transaction.store("entries")?;
    let rows = store.index("dossier")?.get_all_with_key(&key(visit.journal.dossier()))?;
    for mut row in list::<EntryRow>(answer(&rows).await?)? {
        let mut entry = row.entry()?;
        let before = entry.values.len();
        entry.values.retain(|name, _| !values.contains(name));
        if entry.values.len() != before {
            row.values = entry.values_text();
            store.put(&to_js(&row)?)?;
        }
    }
    let store = transaction.store("attachments")?;
    for id in attachments {
        store.delete(&key(id))?;
    }
    Ok(attachments.iter().map(|id| format!("/unsent-attachment/{}", id.digits())).collect())
}

impl Shelf for Storage {
    async fn device(&self) -> Result<(DeviceId, u64), NotKept> {
        let identity = self.identity().await?;
        Ok((identity.device, identity.seq))
    }

    async fn unsent(&self, limit: usize, sending: &BTreeSet<EntryId>) -> Result<Vec<Entry>, NotKept> {
        let transaction = self.read(&["entries"]).await?;
        let index = transaction.store("entries")?.index("unsent").map_err(StorageError::from)?;
        let all = IdbKeyRange::lower_bound(&JsValue::from_f64(0.0)).map_err(StorageError::from)?;
        let mut asked = limit + sending.len();
        loop {
            let request = index.get_all_with_key_and_limit(&all, asked as u32).map_err(StorageError::from)?;
            let mut rows: Vec<EntryRow> = list(answer(&request).await?)?;
            let all_read = rows.len() < asked;
            rows.retain(|row| !row.id.parse().is_ok_and(|id| sending.contains(&id)));
            // A row that cannot be read stays and holds up no other.
            let mut entries: Vec<Entry> = rows.iter().filter_map(|row| row.entry().ok()).collect();
            if all_read || entries.len() >= limit {
                entries.truncate(limit);
                return Ok(entries);
            }
            asked *= 2;
        }
    }

    async fn confirm(&self, receipts: &[(EntryId, Receipt)]) -> Result<(), NotKept> {
        let stores = ["entries", "visits", "meta"];
        let transaction = self.begin(&stores, IdbTransactionMode::Readwrite, false).await?;
        let store = transaction.store("entries")?;
        let mut confirmed: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        let mut copies = Vec::new();
        for (id, receipt) in receipts {
            let request = store.get(&key(id)).map_err(StorageError::from)?;
            let row: Option<EntryRow> = from_js(answer(&request).await?)?;
            let Some(mut row) = row.filter(|row| row.unsent.is_some()) else { continue };
            let count = confirmed.entry(row.dossier.clone()).or_default();
            count.0 += 1;
            let refused = matches!(receipt, Receipt::Refused(_));
            // Not again where it was sent again because the server had gone back in time.
            count.1 += usize::from(refused && !row.refused);
            (row.unsent, row.refused) = (None, refused);
            // Of a refused entry this tablet keeps the original, in both places.
            if !row.refused {
                copies.push(format!("/unsent/{id}"));
            }
            store.put(&to_js(&row)?).map_err(StorageError::from)?;
        }
        let mut dossiers = Vec::new();
        for (dossier, (count, refused)) in confirmed {
            let Ok(dossier) = dossier.parse() else { continue };
            if let Some(mut listed) = listed_in(&transaction, dossier).await? {
                listed.unsent = listed.unsent.saturating_sub(count);
                listed.refused += refused;
                listed.stale = true;
                let visits = transaction.store("visits")?;
                visits.put(&ListedRow::of(&mut listed).to_js()).map_err(StorageError::from)?;
            }
            dossiers.push(dossier);
        }
        take_a_turn(&transaction).await?;
        transaction.committed().await?;
        self.drop_copies(&copies).await;
        for dossier in dossiers {
            self.notice(Notice::Confirmed(dossier));
        }
        Ok(())
    }

    async fn take(&self, placed: Vec<Placed>, pulled_to: Option<Mark>) -> Result<(), NotKept> {
        let mut by_dossier: BTreeMap<DossierId, Vec<Entry>> = BTreeMap::new();
        for placed in placed {
            by_dossier.entry(placed.entry.core.dossier).or_default().push(placed.entry);
        }
        for (dossier, entries) in by_dossier {
            let copies = self.take_dossier(dossier, &entries).await?;
            self.drop_copies(&copies).await;
        }
        // Last, so that a page is pulled again where anything before it failed.
        if let Some(mark) = pulled_to {
            self.change_identity(|identity| identity.pulled_to = Some(mark)).await?;
        }
        Ok(())
    }

    async fn pulled_to(&self) -> Result<Mark, NotKept> {
        Ok(self.identity().await?.pulled_to.unwrap_or(Mark::START))
    }

    async fn met(&self) -> Result<Mark, NotKept> {
        Ok(self.identity().await?.met.unwrap_or(Mark::START))
    }

    async fn meet(&self, mark: Mark) -> Result<(), NotKept> {
        let higher = |identity: &mut super::Identity| {
            if identity.met.is_none_or(|met| met.position < mark.position) {
                identity.met = Some(mark);
            }
        };
        Ok(self.change_identity(higher).await?)
    }

    async fn unconfirm(&self) -> Result<(), NotKept> {
        let stores = ["entries", "visits", "attachments", "meta"];
        let transaction = self.begin(&stores, IdbTransactionMode::Readwrite, true).await?;
        let all = |request: Result<web_sys::IdbRequest, JsValue>| request.map_err(StorageError::from);
        let store = transaction.store("entries")?;
        let rows: Vec<EntryRow> = list(answer(&all(store.get_all())?).await?)?;
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for (place, mut row) in (1_u32..).zip(rows) {
            *counts.entry(row.dossier.clone()).or_default() += 1;
            // What was refused stays so until the server answers otherwise.
            row.unsent = Some(u64::from(place));
            store.put(&to_js(&row)?).map_err(StorageError::from)?;
        }
        let store = transaction.store("visits")?;
        for mut listed in listed_of(&answer(&all(store.get_all())?).await?)? {
            listed.unsent = counts.get(&listed.row.dossier.to_string()).copied().unwrap_or_default();
            listed.receipt = None;
            listed.stale = true;
            store.put(&ListedRow::of(&mut listed).to_js()).map_err(StorageError::from)?;
        }
        let store = transaction.store("attachments")?;
        let keys = answer(&all(store.get_all_keys())?).await?;
        for name in js_sys::Array::from(&keys).iter() {
            let row = answer(&all(store.get(&name))?).await?;
            if let Some(mut row) = AttachmentRow::read(&row)? {
                row.unsent = Some(super::recordings::place(&row.bytes, 3e12));
                store.put(&row.to_js()).map_err(StorageError::from)?;
            }
        }
        let mut identity = super::identity_in(&transaction).await?;
        (identity.pulled_to, identity.met) = (None, None);
        super::put_identity(&transaction, &mut identity)?;
        transaction.committed().await?;
        for listed in self.all_listed().await? {
            self.notice(Notice::Confirmed(listed.row.dossier));
        }
        Ok(())
    }

    async fn held(&self) -> Result<Vec<Heads>, NotKept> {
        let listed = self.all_listed().await?;
        Ok(listed
            .into_iter()
            .map(|listed| Heads { dossier: listed.row.dossier, heads: listed.row.heads })
            .collect())
    }

    async fn confirm_dossier(&self, dossier: DossierId) -> Result<(), NotKept> {
        let transaction = self.begin(&["entries"], IdbTransactionMode::Readwrite, false).await?;
        let store = transaction.store("entries")?;
        let index = store.index("dossier").map_err(StorageError::from)?;
        let request = index.get_all_with_key(&key(dossier)).map_err(StorageError::from)?;
        for mut row in list::<EntryRow>(answer(&request).await?)? {
            row.unsent = None;
            store.put(&to_js(&row)?).map_err(StorageError::from)?;
        }
        transaction.committed().await?;
        Ok(self.change_listed(dossier, |listed| listed.unsent = 0).await?)
    }

    async fn dossiers_with_gaps(&self) -> Result<Vec<DossierId>, NotKept> {
        let listed = self.stale().await?;
        Ok(listed.iter().filter(|listed| listed.row.missing > 0).map(|listed| listed.row.dossier).collect())
    }

    async fn unsent_attachments(&self) -> Result<Vec<AttachmentId>, NotKept> {
        let transaction = self.read(&["attachments"]).await?;
        let index = transaction.store("attachments")?.index("unsent").map_err(StorageError::from)?;
        let going = IdbKeyRange::upper_bound(&super::recordings::HELD.into()).map_err(StorageError::from)?;
        let keys = answer(&index.get_all_keys_with_key(&going).map_err(StorageError::from)?).await?;
        let names = js_sys::Array::from(&keys);
        Ok(names.iter().filter_map(|name| name.as_string()?.parse().ok()).collect())
    }

    async fn attachment(&self, attachment: AttachmentId) -> Result<Option<Vec<u8>>, NotKept> {
        at_rest().await;
        Ok(self.bytes(attachment).await?)
    }

    async fn confirm_attachment(&self, attachment: AttachmentId) -> Result<(), NotKept> {
        let transaction = self.begin(&["attachments"], IdbTransactionMode::Readwrite, false).await?;
        let store = transaction.store("attachments")?;
        let request = store.get(&key(attachment)).map_err(StorageError::from)?;
        let row = answer(&request).await?;
        if let Some(mut row) = AttachmentRow::read(&row)? {
            row.unsent = None;
            store.put(&row.to_js()).map_err(StorageError::from)?;
        }
        transaction.committed().await?;
        self.drop_copies(&[format!("/unsent-attachment/{}", attachment.digits())]).await;
        for listed in self.stale().await? {
            if listed.row.attachments.contains(&attachment) {
                self.notice(Notice::Confirmed(listed.row.dossier));
            }
        }
        Ok(())
    }

    async fn wanted_attachments(&self) -> Result<Vec<AttachmentId>, NotKept> {
        // What the board shows: a form that was signed an hour ago is asked for at every desk.
        let shown = self.board(device::now() - SHOWN_FOR).await?;
        let transaction = self.read(&["attachments"]).await?;
        let request = transaction.store("attachments")?.get_all_keys().map_err(StorageError::from)?;
        let held = js_sys::Array::from(&answer(&request).await?);
        let named = shown
            .iter()
            .flat_map(|listed| listed.row.attachments.iter().map(move |id| (*id, listed.row.dossier)));
        let wanted: Vec<_> = named.filter(|(id, _)| !held.includes(&key(id), 0)).collect();
        let ids = wanted.iter().map(|(id, _)| *id).collect();
        self.inner.wanted.replace(wanted);
        Ok(ids)
    }

    async fn keep_attachment(&self, attachment: AttachmentId, bytes: Vec<u8>) -> Result<(), NotKept> {
        at_rest().await;
        let bytes = js_sys::Uint8Array::from(bytes.as_slice());
        self.put_attachment_row(&AttachmentRow { id: attachment.to_string(), bytes, unsent: None }).await?;
        let mut wanted = self.inner.wanted.borrow().clone();
        wanted.retain(|(id, _)| *id == attachment);
        for (_, dossier) in wanted {
            self.notice(Notice::Confirmed(dossier));
        }
        Ok(())
    }

    async fn visits_without_receipt(&self) -> Result<Vec<Heads>, NotKept> {
        let stale = self.stale().await?;
        Ok(stale
            .into_iter()
            .map(|listed| Heads { dossier: listed.row.dossier, heads: listed.row.heads })
            .collect())
    }

    async fn keep_receipt(&self, receipt: VisitReceipt) -> Result<(), NotKept> {
        let dossier = receipt.dossier;
        let keep = |listed: &mut Listed| {
            // Until everything is there it is asked for again at every exchange.
            listed.stale = !receipt.whole
                || listed.row.missing > 0
                || !receipt.attachments_missing.is_empty()
                || receipt.heads != listed.row.heads;
            listed.receipt = Some(receipt);
        };
        Ok(self.change_listed(dossier, keep).await?)
    }

    async fn server_time(&self, time: i64) {
        let now = device::now();
        let _ = self
            .change_identity(|identity| {
                identity.offset = time - now;
                identity.exchanged = Some(now);
            })
            .await;
    }
}
