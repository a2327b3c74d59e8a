//! The read model: a row for every visit, for boards, lists and searches.

use serde_json::Value;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::IdbKeyRange;

use super::raw::{Transaction, answer};
use super::{Storage, StorageError, from_text};
use crate::exchange::{SyncState, VisitReceipt};
use crate::journal::{AttachmentId, DossierId};
use crate::record::{Field, Fields, Kept, fields, write_json, written};
use crate::tablet::by_name;
use crate::tablet::pinyin::initials_of;
use crate::visit::{Searched, Visit, VisitRow};

/// A visit's row in the read model, with what is known of its exchange.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// The visit.
    pub row: VisitRow,
    /// Entries that are not confirmed.
    pub unsent: usize,
    /// Entries that the server refused: as it answered, or as the journal says, whoever wrote them.
    pub refused: usize,
    /// The server's last receipt.
    pub receipt: Option<VisitReceipt>,
    /// Whether the receipt is older than what is held.
    pub stale: bool,
}

impl Kept for Listed {
    fn read(value: Value) -> Result<Self, serde_json::Error> {
        let mut of = Fields::of(value)?;
        of.or("refused", 0.into());
        fields!(of, Self { row, unsent, refused, receipt, stale })
    }

    fn write(&self) -> Value {
        let Self { row, unsent, refused, receipt, stale } = self;
        let fields: [(&str, &dyn Field); 5] =
            [("row", row), ("unsent", unsent), ("refused", refused), ("receipt", receipt), ("stale", stale)];
        written(&fields, &[])
    }
}

impl Listed {
    /// The three words.
    pub fn sync(&self) -> SyncState {
        SyncState::of(self.unsent, self.refused, &self.row.heads, self.receipt.as_ref())
    }

    /// The row of a visit that has changed, with what was known of its exchange before.
    pub(super) fn anew(before: Option<Self>, visit: &Visit, unsent: usize) -> Self {
        let (known, receipt) = before.map_or((0, None), |before| (before.refused, before.receipt));
        // The server's answer comes before its word in the journal does.
        let refused = known.max(visit.journal.refused().len());
        Self { row: VisitRow::of(visit), unsent, refused, receipt, stale: true }
    }

    /// The same of a visit into which nothing but grades were written since the row was made.
    pub(super) fn graded(self, visit: &Visit, unsent: usize) -> Self {
        Self { row: self.row.graded(visit), unsent, stale: true, ..self }
    }

    /// Whether it stands on the board: not done, or arrived lately.
    pub(super) fn is_open(&self) -> bool {
        !self.row.stage.is_over()
    }
}

/// A visit's row as the database has it, not yet read: small enough to be held of every visit.
pub struct RowText(Box<str>);

impl RowText {
    /// What a list shows of it: all but its attachments, which stand beside this text.
    ///
    /// # Errors
    ///
    /// Where no program of ours wrote it.
    pub fn read(&self) -> Result<Listed, StorageError> {
        from_text(&self.0)
    }
}

pub(super) struct ListedRow {
    pub(super) dossier: String,
    pub(super) arrived: i64,
    pub(super) open: Option<u8>,
    pub(super) stale: Option<u8>,
    /// What a search looks through, so that it reads no row for it.
    pub(super) searched: String,
    /// The row's attachments one behind the other, 32 bytes each: as text they would be most of it.
    pub(super) attachments: Vec<u8>,
    pub(super) listed: String,
}

impl ListedRow {
    /// Borrowed for a change that is undone: what has its own place is not written twice.
    pub(super) fn of(listed: &mut Listed) -> Self {
        let attachments = std::mem::take(&mut listed.row.attachments);
        let row = Self {
            dossier: listed.row.dossier.to_string(),
            arrived: listed.row.arrived,
            open: listed.is_open().then_some(1),
            stale: listed.stale.then_some(1),
            searched: searched(&listed.row),
            attachments: attachments.iter().map(|id| id.bytes().as_slice()).collect::<Vec<_>>().concat(),
            listed: write_json(listed),
        };
        listed.row.attachments = attachments;
        row
    }

    /// Field by field: as JSON its longest text would be escaped and read again at every tap.
    pub(super) fn to_js(&self) -> JsValue {
        let row = js_sys::Object::new();
        let set = |name: &str, value: JsValue| by_name::set(&row, name, &value);
        set("dossier", self.dossier.as_str().into());
        set("arrived", (self.arrived as f64).into());
        for (name, index) in [("open", self.open), ("stale", self.stale)] {
            // What is null is in no index.
            set(name, index.map_or(JsValue::NULL, JsValue::from));
        }
        set("searched", self.searched.as_str().into());
        set("attachments", js_sys::Uint8Array::from(self.attachments.as_slice()).into());
        set("listed", self.listed.as_str().into());
        row.into()
    }
}

/// What a search looks through: the row's texts, and behind a tab the initials of the name.
pub(super) fn searched(row: &VisitRow) -> String {
    format!("{}\t{}", row.searched(), initials_of(&row.name))
}

pub(super) async fn listed_in(
    transaction: &Transaction,
    dossier: DossierId,
) -> Result<Option<Listed>, StorageError> {
    listed_from(answer(&transaction.get("visits", &dossier.to_string())?).await?)
}

fn text_of(row: &JsValue) -> RowText {
    RowText(by_name::get(row, "listed").as_string().unwrap_or_default().into())
}

pub(super) fn listed_from(row: JsValue) -> Result<Option<Listed>, StorageError> {
    if row.is_undefined() {
        return Ok(None);
    }
    let mut listed = text_of(&row).read()?;
    // A program before this one wrote them into the text.
    if let Ok(bytes) = by_name::get(&row, "attachments").dyn_into::<js_sys::Uint8Array>() {
        let bytes = bytes.to_vec();
        listed.row.attachments = bytes.as_chunks().0.iter().copied().map(AttachmentId::from_bytes).collect();
    }
    Ok(Some(listed))
}

pub(super) fn listed_of(rows: &JsValue) -> Result<Vec<Listed>, StorageError> {
    let mut all = Vec::new();
    for row in js_sys::Array::from(rows).iter() {
        all.extend(listed_from(row)?);
    }
    Ok(all)
}

impl Storage {
    /// One row of the read model.
    pub async fn listed(&self, dossier: DossierId) -> Result<Option<Listed>, StorageError> {
        let transaction = self.read(&["visits"]).await?;
        listed_in(&transaction, dossier).await
    }

    /// The rows that the board shows: open ones, and those that arrived since a time.
    pub async fn board(&self, since: i64) -> Result<Vec<Listed>, StorageError> {
        let transaction = self.read(&["visits"]).await?;
        let store = transaction.store("visits")?;
        let open = answer(&store.index("open")?.get_all()?).await?;
        let lately = IdbKeyRange::lower_bound(&JsValue::from_f64(since as f64))?;
        let lately = answer(&store.index("arrived")?.get_all_with_key(&lately)?).await?;
        // Most of those that arrived lately are open.
        let lately =
            js_sys::Array::from(&lately).filter(&mut |row, _, _| by_name::get(&row, "open").is_falsy());
        let mut rows = [listed_of(&open)?, listed_of(&lately)?].concat();
        rows.sort_by_key(|listed| listed.row.arrived);
        Ok(rows)
    }

    /// Visits of which something is not on the server, oldest first: it waits, or it was refused.
    pub async fn waiting(&self) -> Result<Vec<Listed>, StorageError> {
        let transaction = self.read(&["visits"]).await?;
        let rows = answer(&transaction.store("visits")?.index("arrived")?.get_all()?).await?;
        let mut rows = listed_of(&rows)?;
        rows.retain(|listed| listed.unsent + listed.refused > 0);
        Ok(rows)
    }

    /// What a search looks through, of every visit that is here, and what it shows of what it finds: in
    /// parts, between which a hand may tap.
    ///
    /// # Errors
    ///
    /// Where the database can't be read.
    pub async fn searched(&self) -> Result<Vec<(Searched, RowText)>, StorageError> {
        let mut all = Vec::new();
        let mut after = IdbKeyRange::lower_bound(&JsValue::from_str(""))?;
        loop {
            let transaction = self.read(&["visits"]).await?;
            let rows = transaction.store("visits")?.get_all_with_key_and_limit(&after, PART)?;
            let rows = js_sys::Array::from(&answer(&rows).await?);
            let Some(last) = rows.iter().last() else { return Ok(all) };
            after = IdbKeyRange::lower_bound_with_open(&by_name::get(&last, "dossier"), true)?;
            for row in rows.iter() {
                all.extend(searched_in(&row)?);
            }
            if rows.length() < PART {
                return Ok(all);
            }
        }
    }

    /// The same of some visits.
    ///
    /// # Errors
    ///
    /// Where the database can't be read.
    pub async fn searched_of(&self, visits: &[DossierId]) -> Result<Vec<(Searched, RowText)>, StorageError> {
        let transaction = self.read(&["visits"]).await?;
        // All are asked for at once.
        let asked: Result<Vec<_>, _> =
            visits.iter().map(|id| transaction.get("visits", &id.to_string())).collect();
        let mut all = Vec::new();
        for request in asked? {
            let row = answer(&request).await?;
            if !row.is_undefined() {
                all.extend(searched_in(&row)?);
            }
        }
        Ok(all)
    }
}

/// So many rows are read at once: less than a frame takes.
const PART: u32 = 100;

fn searched_in(row: &JsValue) -> Result<Option<(Searched, RowText)>, StorageError> {
    let text = match by_name::get(row, "searched").as_string() {
        // A program before this one wrote rows without it.
        None => listed_from(row.clone())?.map(|listed| searched(&listed.row)),
        // Or without the initials; the name stands last.
        Some(text) if !text.contains('\t') => {
            let initials = initials_of(text.rsplit('\n').next().unwrap_or_default());
            Some(format!("{text}\t{initials}"))
        }
        text => text,
    };
    let id = by_name::get(row, "dossier").as_string();
    let arrived = by_name::get(row, "arrived").as_f64().unwrap_or_default() as i64;
    Ok(id.zip(text).map(|(id, text)| (Searched { arrived, id, text }, text_of(row))))
}
