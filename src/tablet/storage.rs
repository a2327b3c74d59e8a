//! IndexedDB behind one module: entries, the read model, drafts, attachments, the catalogue. Nothing
//! is shown that is not committed here.

mod attachments;
mod finished;
mod identity;
mod lists;
mod own;
mod raw;
mod recordings;
mod reference;
mod second_copy;
mod shelf;
mod waiting;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use rexie::{Index, ObjectStore, Rexie};
use wasm_bindgen::JsValue;
use web_sys::{IdbDatabase, IdbTransactionMode};

use super::by_name::get;
use crate::journal::{
    AttachmentId, DossierId, Draft, Entry, EntryId, Fact as _, NotAnEntry, Pen, StaffId, write_entries,
};
use crate::record::{Kept, kept, read_json, write_json, written};
use crate::visit::{Change, Visit};
use attachments::AttachmentRow;
pub use identity::Identity;
use identity::{identity_in, identity_of, put_identity, take_a_turn};
pub use lists::{Listed, RowText};
use lists::{ListedRow, listed_from, listed_in, listed_of};
use raw::{Transaction, answer};
pub(crate) use recordings::Sending;
pub use reference::{HeldReference, record_name};
pub(crate) use shelf::Notice;

/// The schema's number: rexie creates what is declared and missing.
const SCHEMA: u32 = 3;

/// Why something was not kept or read.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum StorageError {
    /// No room.
    #[error("full")]
    Full,
    /// This change makes an entry that is larger than one may be.
    #[error("too large")]
    TooLarge(Box<Change>),
    /// The browser has closed the database, and it cannot be opened again without a new start.
    #[error("closed")]
    Closed,
    /// Anything else.
    #[error("{0}")]
    Failed(String),
}

impl From<rexie::Error> for StorageError {
    fn from(error: rexie::Error) -> Self {
        Self::Failed(error.to_string())
    }
}

/// An entry as kept. `unsent` is its place among what is to be sent; none once it is confirmed.
#[derive(Clone, Debug)]
struct EntryRow {
    id: String,
    dossier: String,
    core: String,
    values: String,
    unsent: Option<u64>,
    refused: bool,
}

kept!(EntryRow { id, dossier, core, values, unsent, refused });

impl EntryRow {
    fn of(entry: &Entry, unsent: Option<u64>) -> Self {
        Self {
            id: entry.id.to_string(),
            dossier: entry.core.dossier.to_string(),
            core: entry.text.clone(),
            values: entry.values_text(),
            unsent,
            refused: false,
        }
    }

    fn entry(&self) -> Result<Entry, StorageError> {
        Entry::from_row(&self.core, &self.values).map_err(|error| StorageError::Failed(error.to_string()))
    }
}

/// What an append needs beside the drafts.
pub struct Append {
    /// The person.
    pub author: StaffId,
    /// The heads of the fold that was shown; of a signed paper those that its sheet was drawn from.
    pub frozen: Option<Vec<EntryId>>,
    /// Committed means on disk.
    pub strict: bool,
    /// New attachments: id, bytes, whether it is a thumbnail.
    pub attachments: Vec<(AttachmentId, Vec<u8>, bool)>,
}

impl Append {
    /// An ordinary answer.
    pub fn by(author: StaffId) -> Self {
        Self { author, frozen: None, strict: false, attachments: Vec::new() }
    }
}

/// The storage. Cheap to clone.
#[derive(Clone)]
pub struct Storage {
    inner: Rc<Inner>,
}

/// Someone who follows what happens in the storage.
type Listener = Box<dyn Fn(Notice)>;

struct Inner {
    name: String,
    database: RefCell<IdbDatabase>,
    closed: Rc<Cell<bool>>,
    notices: RefCell<Vec<Listener>>,
    copies: RefCell<Vec<second_copy::Original>>,
    /// What the exchange asks for, and the visit that names it.
    wanted: RefCell<Vec<(AttachmentId, DossierId)>>,
    /// The identity and the row as the last append left them, and the number of its transaction. A hand taps
    /// in one visit: while nobody else has taken a turn its next tap need not read them.
    last: RefCell<Option<(u64, Identity, Listed)>>,
    /// How many transactions this tab has begun that may take a turn.
    turns: Cell<u64>,
}

fn schema(name: &str) -> rexie::RexieBuilder {
    Rexie::builder(name)
        .version(SCHEMA)
        .add_object_store(
            ObjectStore::new("entries")
                .key_path("id")
                .add_index(Index::new("dossier", "dossier"))
                .add_index(Index::new("unsent", "unsent")),
        )
        .add_object_store(
            ObjectStore::new("visits")
                .key_path("dossier")
                .add_index(Index::new("open", "open"))
                .add_index(Index::new("arrived", "arrived"))
                .add_index(Index::new("stale", "stale")),
        )
        .add_object_store(
            ObjectStore::new("attachments").key_path("id").add_index(Index::new("unsent", "unsent")),
        )
        .add_object_store(ObjectStore::new("drafts").key_path("name"))
        .add_object_store(ObjectStore::new("catalogue").key_path("name"))
        .add_object_store(ObjectStore::new("meta").key_path("name"))
        .add_object_store(ObjectStore::new("reference").key_path("key"))
}

/// By way of a value: one deserializer for every type keeps the app small.
fn from_text<T: Kept>(text: &str) -> Result<T, StorageError> {
    read_json(text.as_bytes()).map_err(|error| StorageError::Failed(error.to_string()))
}

/// By way of a text: the browser reads JSON faster than it is told field by field.
fn to_js(value: &impl Kept) -> Result<JsValue, StorageError> {
    Ok(js_sys::JSON::parse(&write_json(value))?)
}

fn from_js<T: Kept>(value: JsValue) -> Result<Option<T>, StorageError> {
    if value.is_undefined() || value.is_null() {
        return Ok(None);
    }
    from_text(&String::from(js_sys::JSON::stringify(&value)?)).map(Some)
}

fn list<T: Kept>(rows: JsValue) -> Result<Vec<T>, StorageError> {
    Ok(from_js(rows)?.unwrap_or_default())
}

impl Storage {
    /// Opens the tablet's database, creating or upgrading it, and puts back what only the second
    /// copy still has.
    pub async fn open(name: &str) -> Result<Self, StorageError> {
        Self::open_or_say(name, Box::new(|| {})).await
    }

    /// The same; `blocked` is called where another tab holds up an upgrade. It goes on by itself once
    /// that tab is closed.
    pub async fn open_or_say(name: &str, blocked: Box<dyn Fn()>) -> Result<Self, StorageError> {
        let closed = Rc::new(Cell::new(false));
        let database = match raw::open(name, Some(SCHEMA), &closed, blocked).await? {
            Some(database) => database,
            None => {
                // rexie makes the schema and nothing else: its connection would neither give way to
                // another tab that upgrades nor be opened again once it is closed, and it says nothing
                // of a tab in its way: that one is gone by now.
                schema(name).build().await?.close();
                let made = raw::open(name, Some(SCHEMA), &closed, Box::new(|| {})).await?;
                made.ok_or(StorageError::Closed)?
            }
        };
        let inner = Inner {
            name: name.to_owned(),
            database: RefCell::new(database),
            closed,
            notices: RefCell::default(),
            copies: RefCell::default(),
            wanted: RefCell::default(),
            last: RefCell::default(),
            turns: Cell::default(),
        };
        let storage = Self { inner: Rc::new(inner) };
        storage.identity().await?;
        storage.put_back().await?;
        Ok(storage)
    }

    /// A closed connection is opened again before the next use.
    async fn begin(
        &self,
        stores: &[&str],
        mode: IdbTransactionMode,
        strict: bool,
    ) -> Result<Transaction, StorageError> {
        if mode == IdbTransactionMode::Readwrite && stores.contains(&"meta") {
            self.inner.turns.set(self.inner.turns.get() + 1);
        }
        if !self.inner.closed.get() {
            let database = self.inner.database.borrow().clone();
            match Transaction::begin(&database, stores, mode, strict) {
                Err(StorageError::Closed) => {} // without the event that says so
                begun => return begun,
            }
        }
        // In whatever version a newer tab has left it: nothing of ours is taken away by one.
        let database = raw::open(&self.inner.name, None, &self.inner.closed, Box::new(|| {})).await?;
        let database = database.ok_or(StorageError::Closed)?;
        self.inner.closed.set(false);
        self.inner.database.replace(database.clone());
        Transaction::begin(&database, stores, mode, strict)
    }

    async fn read(&self, stores: &[&str]) -> Result<Transaction, StorageError> {
        self.begin(stores, IdbTransactionMode::Readonly, false).await
    }

    /// Writes drafts into a visit's journal: entries, their numbers, the read model and attachments
    /// in one transaction. When it returns, all of it is committed and the visit holds it.
    pub async fn append(
        &self,
        visit: &mut Visit,
        drafts: &[Draft<Change>],
        how: Append,
    ) -> Result<Vec<Entry>, StorageError> {
        let stores: &[&str] = match how.attachments.is_empty() {
            true => &["entries", "visits", "meta"],
            false => &["entries", "visits", "meta", "attachments"],
        };
        let dossier = visit.journal.dossier();
        let mut known = self.inner.last.take().filter(|(turn, _, listed)| {
            let is_newest = *turn == self.inner.turns.get() && listed.row.dossier == dossier;
            is_newest && listed.row.heads == visit.journal.heads()
        });
        loop {
            let transaction = self.begin(stores, IdbTransactionMode::Readwrite, how.strict).await?;
            let turn = self.inner.turns.get();
            match self
                .append_in(
                    &transaction,
                    visit,
                    drafts,
                    &how,
                    known.take().map(|(_, identity, listed)| (identity, listed)),
                )
                .await
            {
                Ok(Some((entries, identity, listed))) => {
                    transaction.committed().await?;
                    self.inner.last.replace(Some((turn, identity, listed)));
                    self.copy_unsent(&entries, how.attachments);
                    let storage = self.clone();
                    wasm_bindgen_futures::spawn_local(async move {
                        // Who wrote it shows it first.
                        super::device::sleep(0).await;
                        storage.notice(Notice::Written(dossier));
                    });
                    return Ok(entries);
                }
                Ok(None) => {
                    transaction.abort();
                    *visit = Visit::new(dossier);
                }
                Err(error) => {
                    transaction.abort();
                    return Err(error);
                }
            }
        }
    }

    /// What is known by heart is built upon while the database still says whether it holds; `None` where
    /// another tab wrote since.
    async fn append_in(
        &self,
        transaction: &Transaction,
        visit: &mut Visit,
        drafts: &[Draft<Change>],
        how: &Append,
        known: Option<(Identity, Listed)>,
    ) -> Result<Option<(Vec<Entry>, Identity, Listed)>, StorageError> {
        let dossier = visit.journal.dossier();
        let kept = transaction.get("meta", "identity")?;
        let turn = known.as_ref().map(|(identity, _)| identity.turn);
        let (mut identity, listed) = match known {
            Some((identity, listed)) => (identity, Some(listed)),
            None => {
                let row = transaction.get("visits", &dossier.to_string())?;
                let identity = identity_of(transaction, answer(&kept).await?).await?;
                (identity, listed_from(answer(&row).await?)?)
            }
        };
        // Another tab, or the exchange, wrote in between: what is missing is folded first.
        let known = listed.as_ref().map(|listed| &*listed.row.heads).unwrap_or_default();
        let is_newest = known == visit.journal.heads();
        if !is_newest {
            fold_in(transaction, visit).await?;
        }
        let heads = how.frozen.clone().unwrap_or_else(|| visit.journal.heads());
        let pen = Pen {
            device: identity.device,
            author: how.author.clone(),
            wall: super::device::now(),
            offset: identity.offset,
        };
        let seq = identity.seq + 1;
        let write = |drafts: &[Draft<Change>]| {
            write_entries(&pen, dossier, Change::VERSION, &heads, seq, drafts, &mut super::device::random)
        };
        let entries = write(drafts).map_err(|error| {
            let large = |draft: &&Draft<Change>| {
                matches!(write(std::slice::from_ref(draft)), Err(NotAnEntry::TooLarge(_)))
            };
            match drafts.iter().find(large) {
                Some(draft) => StorageError::TooLarge(Box::new(draft.change.clone())),
                None => StorageError::Failed(error.to_string()),
            }
        })?;
        let store = transaction.store("entries")?;
        for entry in &entries {
            identity.seq += 1;
            store.put(&to_js(&EntryRow::of(entry, Some(identity.seq)))?)?;
            visit.journal.insert(entry.clone());
        }
        for (id, bytes, thumbnail) in &how.attachments {
            let store = transaction.store("attachments")?;
            let bytes = js_sys::Uint8Array::from(bytes.as_slice());
            let rank = if *thumbnail { 1e12 } else { recordings::place(&bytes, 2e12) };
            let row = AttachmentRow { id: id.to_string(), bytes, unsent: Some(rank + identity.seq as f64) };
            store.put(&row.to_js())?;
        }
        let unsent = listed.as_ref().map_or(0, |listed| listed.unsent) + entries.len();
        let only_grades = only_grades(drafts);
        let mut listed = match listed {
            Some(listed) if only_grades && is_newest && listed.row.fold == Change::VERSION => {
                listed.graded(visit, unsent)
            }
            listed => Listed::anew(listed, visit, unsent),
        };
        transaction.store("visits")?.put(&ListedRow::of(&mut listed).to_js())?;
        put_identity(transaction, &mut identity)?;
        if let Some(turn) = turn {
            let now = get(&answer(&kept).await?, "turn").as_f64();
            if now.is_none() || now != turn.map(|turn| turn as f64) {
                return Ok(None);
            }
        }
        Ok(Some((entries, identity, listed)))
    }

    /// A visit's journal, folded; `None` where nothing of it is here.
    pub async fn visit(&self, dossier: DossierId) -> Result<Option<Visit>, StorageError> {
        let transaction = self.read(&["entries"]).await?;
        let mut visit = Visit::new(dossier);
        fold_in(&transaction, &mut visit).await?;
        Ok((!visit.journal.is_empty()).then_some(visit))
    }

    /// Takes in what another tab or the exchange has written.
    pub async fn refresh(&self, visit: &mut Visit) -> Result<(), StorageError> {
        let transaction = self.read(&["entries"]).await?;
        fold_in(&transaction, visit).await
    }

    /// How many entries and attachments are not confirmed.
    pub async fn unsent_counts(&self) -> Result<(usize, usize), StorageError> {
        let transaction = self.read(&["entries", "attachments"]).await?;
        let mut counts = [0; 2];
        for (count, store) in counts.iter_mut().zip(["entries", "attachments"]) {
            let number = answer(&transaction.store(store)?.index("unsent")?.count()?).await?;
            *count = number.as_f64().unwrap_or_default() as usize;
        }
        Ok((counts[0], counts[1]))
    }

    /// Everything that the server does not hold as a file: entries as they go over the wire, those
    /// that it refused among them.
    pub async fn export(&self) -> Result<String, StorageError> {
        let transaction = self.read(&["entries"]).await?;
        let rows = answer(&transaction.store("entries")?.get_all()?).await?;
        let rows: Vec<EntryRow> = list(rows)?;
        let entries: Vec<crate::journal::WireEntry> = rows
            .iter()
            .filter(|row| row.unsent.is_some() || row.refused)
            .filter_map(|row| row.entry().ok())
            .map(|entry| entry.to_wire(None))
            .collect();
        Ok(write_json(&written(&[("lanepad", &1_u8), ("entries", &entries)], &[])))
    }

    /// Called when something was written or confirmed, here or in another tab.
    pub(crate) fn on_notice(&self, listener: impl Fn(Notice) + 'static) {
        self.inner.notices.borrow_mut().push(Box::new(listener));
    }

    fn notice(&self, notice: Notice) {
        for listener in self.inner.notices.borrow().iter() {
            listener(notice);
        }
    }
}

/// Whether nothing but grades is written.
pub(super) fn only_grades(drafts: &[Draft<Change>]) -> bool {
    drafts.iter().all(|draft| matches!(draft.change, Change::ItemGraded { .. }))
}

async fn fold_in(transaction: &Transaction, visit: &mut Visit) -> Result<(), StorageError> {
    let key = JsValue::from_str(&visit.journal.dossier().to_string());
    let rows = answer(&transaction.store("entries")?.index("dossier")?.get_all_with_key(&key)?).await?;
    for row in list::<EntryRow>(rows)? {
        visit.journal.insert(row.entry()?);
    }
    Ok(())
}
