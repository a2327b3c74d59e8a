//! A tablet without a screen: journals and marks in memory, the real exchange.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use lanepad::exchange::{
    Exchanged, Line, LineError, NotKept, Placed, Shelf, Stopped, SyncState, VisitReceipt, exchange,
};
use lanepad::journal::{
    AttachmentId, DeviceId, DossierId, Entry, EntryId, Fact as _, Pen, StaffId, write_entries,
};
use lanepad::protocol::*;
use lanepad::visit::{Change, PhotoSubject, Picture, Visit};
use serde::Serialize;
use serde::de::DeserializeOwned;

pub(crate) struct Http {
    pub(crate) address: String,
    pub(crate) client: reqwest::Client,
}

impl Http {
    pub(crate) fn new(address: &str) -> Self {
        Self { address: address.to_owned(), client: reqwest::Client::new() }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}/api/v1/{path}", self.address)
    }

    async fn answer(sent: Result<reqwest::Response, reqwest::Error>) -> Result<Vec<u8>, LineError> {
        let response = sent.map_err(|_| LineError::Unreachable)?;
        let ok = response.status().is_success();
        let bytes = response.bytes().await.map_err(|_| LineError::Unreachable)?.to_vec();
        if ok {
            return Ok(bytes);
        }
        Err(LineError::Problem(serde_json::from_slice(&bytes).expect("problem details")))
    }

    pub(crate) async fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &impl Serialize,
    ) -> Result<T, LineError> {
        let bytes = Self::answer(self.client.post(self.url(path)).json(body).send().await).await?;
        Ok(serde_json::from_slice(&bytes).expect("the protocol's answer"))
    }

    pub(crate) async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, LineError> {
        let bytes = Self::answer(self.client.get(self.url(path)).send().await).await?;
        Ok(serde_json::from_slice(&bytes).expect("the protocol's answer"))
    }
}

impl Line for Http {
    async fn push(&self, request: &PushRequest) -> Result<PushAnswer, LineError> {
        self.post("journal", request).await
    }
    async fn pull(&self, after: Mark) -> Result<PullAnswer, LineError> {
        self.get(&format!("journal?after={}&chain={}", after.position, after.chain)).await
    }
    async fn dossier(&self, dossier: DossierId) -> Result<DossierAnswer, LineError> {
        self.get(&format!("dossiers/{dossier}")).await
    }
    async fn heads(&self, request: &HeadsRequest) -> Result<Vec<HeadsAnswer>, LineError> {
        self.post("heads", request).await
    }
    async fn put_attachment(&self, attachment: AttachmentId, bytes: &[u8]) -> Result<(), LineError> {
        let url = self.url(&format!("attachments/{}", attachment.digits()));
        Self::answer(self.client.put(url).body(bytes.to_vec()).send().await).await.map(|_| ())
    }
    async fn get_attachment(&self, attachment: AttachmentId) -> Result<Vec<u8>, LineError> {
        let url = self.url(&format!("attachments/{}", attachment.digits()));
        Self::answer(self.client.get(url).send().await).await
    }
}

struct Kept {
    entry: Entry,
    confirmed: bool,
}

#[derive(Default)]
struct Shelved {
    order: Vec<EntryId>,
    entries: HashMap<EntryId, Kept>,
    visits: BTreeMap<DossierId, Visit>,
    attachments: BTreeMap<AttachmentId, (Vec<u8>, bool)>,
    receipts: HashMap<DossierId, VisitReceipt>,
    stale: BTreeSet<DossierId>,
    seq: u64,
    salts: u128,
    wall: i64,
    pulled_to: Option<Mark>,
    met: Option<Mark>,
}

pub(crate) struct Tablet {
    pub(crate) device: DeviceId,
    shelved: RefCell<Shelved>,
}

impl Tablet {
    pub(crate) fn new(number: u8) -> Self {
        let shelved =
            Shelved { wall: 1_773_800_760_000, salts: u128::from(number) << 64, ..Shelved::default() };
        Self { device: DeviceId::from_random([number; 16]), shelved: RefCell::new(shelved) }
    }

    pub(crate) fn write(&self, dossier: DossierId, change: Change) -> EntryId {
        let shelved = &mut *self.shelved.borrow_mut();
        shelved.wall += 1000;
        let pen = Pen { device: self.device, author: StaffId("lin".into()), wall: shelved.wall, offset: 0 };
        let visit = shelved.visits.entry(dossier).or_insert_with(|| Visit::new(dossier));
        let draft = visit.journal.draft(change);
        let salts = &mut shelved.salts;
        let mut salt = || {
            *salts += 1;
            salts.to_be_bytes()
        };
        let heads = visit.journal.heads();
        let entry =
            write_entries(&pen, dossier, Change::VERSION, &heads, shelved.seq + 1, &[draft], &mut salt)
                .expect("an entry")
                .remove(0);
        shelved.seq += 1;
        self.keep(shelved, entry, false)
    }

    /// Keeps any entry as if it had been written here.
    pub(crate) fn keep_raw(&self, entry: Entry) {
        self.keep(&mut self.shelved.borrow_mut(), entry, false);
    }

    fn keep(&self, shelved: &mut Shelved, entry: Entry, confirmed: bool) -> EntryId {
        let id = entry.id;
        let dossier = entry.core.dossier;
        shelved.stale.insert(dossier);
        shelved.visits.entry(dossier).or_insert_with(|| Visit::new(dossier)).journal.insert(entry.clone());
        match shelved.entries.get_mut(&id) {
            Some(kept) => {
                kept.confirmed |= confirmed;
                kept.entry.values.extend(entry.values);
            }
            None => {
                shelved.order.push(id);
                shelved.entries.insert(id, Kept { entry, confirmed });
            }
        }
        id
    }

    /// Keeps an attachment as if it had been made here.
    pub(crate) fn attach(&self, attachment: AttachmentId, bytes: Vec<u8>) {
        self.shelved.borrow_mut().attachments.insert(attachment, (bytes, false));
    }

    pub(crate) fn photo(&self, dossier: DossierId, bytes: &[u8]) -> AttachmentId {
        let bytes = [&[0xff, 0xd8, 0xff], bytes].concat();
        let attachment = AttachmentId::of(&bytes);
        let picture = Picture { attachment, size: bytes.len() as u32, width: 4, height: 3 };
        self.shelved.borrow_mut().attachments.insert(attachment, (bytes, false));
        self.write(
            dossier,
            Change::PhotoTaken {
                subject: PhotoSubject::Dashboard,
                picture: picture.clone(),
                thumbnail: picture,
            },
        );
        attachment
    }

    pub(crate) async fn exchange(&self, line: &impl Line) -> Result<Exchanged, Stopped> {
        exchange(self, line).await
    }

    pub(crate) fn with<T>(&self, dossier: DossierId, read: impl FnOnce(&Visit) -> T) -> T {
        let shelved = self.shelved.borrow();
        read(shelved.visits.get(&dossier).expect("the visit is here"))
    }

    pub(crate) fn has(&self, attachment: AttachmentId) -> bool {
        self.shelved.borrow().attachments.contains_key(&attachment)
    }

    pub(crate) fn entries(&self) -> usize {
        self.shelved.borrow().entries.len()
    }

    pub(crate) fn entry(&self, id: EntryId) -> Entry {
        self.shelved.borrow().entries[&id].entry.clone()
    }

    pub(crate) fn sync(&self, dossier: DossierId) -> SyncState {
        let shelved = self.shelved.borrow();
        let unsent = shelved
            .entries
            .values()
            .filter(|kept| !kept.confirmed && kept.entry.core.dossier == dossier)
            .count();
        let journal = &shelved.visits[&dossier].journal;
        SyncState::of(unsent, journal.refused().len(), &journal.heads(), shelved.receipts.get(&dossier))
    }
}

impl Shelf for Tablet {
    async fn device(&self) -> Result<(DeviceId, u64), NotKept> {
        Ok((self.device, self.shelved.borrow().seq))
    }
    async fn unsent(&self, limit: usize, sending: &BTreeSet<EntryId>) -> Result<Vec<Entry>, NotKept> {
        let shelved = self.shelved.borrow();
        let kept = shelved.order.iter().filter(|id| !sending.contains(id)).map(|id| &shelved.entries[id]);
        Ok(kept.filter(|kept| !kept.confirmed).take(limit).map(|kept| kept.entry.clone()).collect())
    }
    async fn confirm(&self, receipts: &[(EntryId, Receipt)]) -> Result<(), NotKept> {
        let shelved = &mut *self.shelved.borrow_mut();
        for (id, _) in receipts {
            let kept = shelved.entries.get_mut(id).expect("ours");
            kept.confirmed = true;
            shelved.stale.insert(kept.entry.core.dossier);
        }
        Ok(())
    }
    async fn take(&self, placed: Vec<Placed>, pulled_to: Option<Mark>) -> Result<(), NotKept> {
        let shelved = &mut *self.shelved.borrow_mut();
        for placed in placed {
            self.keep(shelved, placed.entry, true);
        }
        shelved.pulled_to = pulled_to.or(shelved.pulled_to);
        Ok(())
    }
    async fn pulled_to(&self) -> Result<Mark, NotKept> {
        Ok(self.shelved.borrow().pulled_to.unwrap_or(Mark::START))
    }
    async fn met(&self) -> Result<Mark, NotKept> {
        Ok(self.shelved.borrow().met.unwrap_or(Mark::START))
    }
    async fn meet(&self, mark: Mark) -> Result<(), NotKept> {
        let shelved = &mut *self.shelved.borrow_mut();
        if shelved.met.is_none_or(|met| met.position < mark.position) {
            shelved.met = Some(mark);
        }
        Ok(())
    }
    async fn unconfirm(&self) -> Result<(), NotKept> {
        let shelved = &mut *self.shelved.borrow_mut();
        shelved.entries.values_mut().for_each(|kept| kept.confirmed = false);
        shelved.attachments.values_mut().for_each(|(_, confirmed)| *confirmed = false);
        shelved.receipts.clear();
        shelved.stale = shelved.visits.keys().copied().collect();
        shelved.pulled_to = None;
        shelved.met = None;
        Ok(())
    }
    async fn held(&self) -> Result<Vec<Heads>, NotKept> {
        let shelved = self.shelved.borrow();
        Ok(shelved
            .visits
            .iter()
            .map(|(dossier, visit)| Heads { dossier: *dossier, heads: visit.journal.heads() })
            .collect())
    }
    async fn confirm_dossier(&self, dossier: DossierId) -> Result<(), NotKept> {
        let shelved = &mut *self.shelved.borrow_mut();
        shelved
            .entries
            .values_mut()
            .filter(|kept| kept.entry.core.dossier == dossier)
            .for_each(|kept| kept.confirmed = true);
        Ok(())
    }
    async fn dossiers_with_gaps(&self) -> Result<Vec<DossierId>, NotKept> {
        let shelved = self.shelved.borrow();
        Ok(shelved
            .visits
            .iter()
            .filter(|(_, visit)| !visit.journal.missing().is_empty())
            .map(|(id, _)| *id)
            .collect())
    }
    async fn unsent_attachments(&self) -> Result<Vec<AttachmentId>, NotKept> {
        let shelved = self.shelved.borrow();
        Ok(shelved.attachments.iter().filter(|(_, (_, confirmed))| !confirmed).map(|(id, _)| *id).collect())
    }
    async fn attachment(&self, attachment: AttachmentId) -> Result<Option<Vec<u8>>, NotKept> {
        Ok(self.shelved.borrow().attachments.get(&attachment).map(|(bytes, _)| bytes.clone()))
    }
    async fn confirm_attachment(&self, attachment: AttachmentId) -> Result<(), NotKept> {
        let shelved = &mut *self.shelved.borrow_mut();
        if let Some((_, confirmed)) = shelved.attachments.get_mut(&attachment) {
            *confirmed = true;
        }
        shelved.stale = shelved.visits.keys().copied().collect();
        Ok(())
    }
    async fn wanted_attachments(&self) -> Result<Vec<AttachmentId>, NotKept> {
        let shelved = self.shelved.borrow();
        let named = shelved.visits.values().flat_map(Visit::attachments);
        Ok(named.filter(|id| !shelved.attachments.contains_key(id)).collect())
    }
    async fn keep_attachment(&self, attachment: AttachmentId, bytes: Vec<u8>) -> Result<(), NotKept> {
        self.shelved.borrow_mut().attachments.insert(attachment, (bytes, true));
        Ok(())
    }
    async fn visits_without_receipt(&self) -> Result<Vec<Heads>, NotKept> {
        let stale = self.shelved.borrow().stale.clone();
        Ok(self.held().await?.into_iter().filter(|held| stale.contains(&held.dossier)).collect())
    }
    async fn keep_receipt(&self, receipt: VisitReceipt) -> Result<(), NotKept> {
        let shelved = &mut *self.shelved.borrow_mut();
        if receipt.attachments_missing.is_empty() {
            shelved.stale.remove(&receipt.dossier);
        }
        shelved.receipts.insert(receipt.dossier, receipt);
        Ok(())
    }
    async fn server_time(&self, _: i64) {}
}
