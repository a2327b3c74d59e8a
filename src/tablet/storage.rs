//! IndexedDB behind one module: entries, the read model, drafts, attachments, the catalogue. Nothing
//! is shown that is not committed here.

mod raw;
mod second_copy;
mod shelf;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use rexie::{Index, ObjectStore, Rexie};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{IdbDatabase, IdbTransactionMode};

use crate::catalogue::Catalogue;
use crate::exchange::{SyncState, VisitReceipt};
use crate::journal::{
    AttachmentId, DeviceId, DossierId, Draft, Entry, EntryId, Fact as _, NotAnEntry, Pen, StaffId,
    write_entries,
};
use crate::protocol::Mark;
use crate::visit::{Change, Stage, Visit, VisitRow};
use raw::{Transaction, answer};
pub(crate) use shelf::Notice;

/// The schema's number: rexie creates what is declared and missing.
const SCHEMA: u32 = 2;

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

impl From<serde_wasm_bindgen::Error> for StorageError {
    fn from(error: serde_wasm_bindgen::Error) -> Self {
        Self::Failed(error.to_string())
    }
}

/// Who this tablet is: where this is gone, it is a new device.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Identity {
    name: String,
    /// The device.
    pub device: DeviceId,
    /// Two letters behind the paper's number.
    pub letters: String,
    /// The number of its newest entry.
    pub seq: u64,
    /// The day of the newest paper number and how many that day has.
    pub papers: (String, u32),
    /// Up to where the feed was pulled.
    pub pulled_to: Option<Mark>,
    /// The highest mark met.
    pub met: Option<Mark>,
    /// The server's time minus ours, milliseconds.
    pub offset: i64,
    /// When the last exchange went through, milliseconds since 1970 UTC by this tablet's clock.
    pub exchanged: Option<i64>,
}

/// An entry as kept. `unsent` is its place among what is to be sent; none once it is confirmed.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct EntryRow {
    id: String,
    dossier: String,
    core: String,
    values: String,
    unsent: Option<f64>,
    refused: bool,
}

impl EntryRow {
    fn of(entry: &Entry, unsent: Option<f64>) -> Self {
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

/// A visit's row in the read model, with what is known of its exchange.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Listed {
    /// The visit.
    pub row: VisitRow,
    /// Entries that are not confirmed.
    pub unsent: usize,
    /// Entries that the server refused: as it answered, or as the journal says, whoever wrote them.
    #[serde(default)]
    pub refused: usize,
    /// The server's last receipt.
    pub receipt: Option<VisitReceipt>,
    /// Whether the receipt is older than what is held.
    pub stale: bool,
}

impl Listed {
    /// The three words.
    pub fn sync(&self) -> SyncState {
        SyncState::of(self.unsent, self.refused, &self.row.heads, self.receipt.as_ref())
    }

    /// The row of a visit that has changed, with what was known of its exchange before.
    fn anew(before: Option<Self>, visit: &Visit, unsent: usize) -> Self {
        let (known, receipt) = before.map_or((0, None), |before| (before.refused, before.receipt));
        // The server's answer comes before its word in the journal does.
        let refused = known.max(visit.journal.refused().len());
        Self { row: VisitRow::of(visit), unsent, refused, receipt, stale: true }
    }

    /// Whether it stands on the board: not done, or arrived lately.
    fn is_open(&self) -> bool {
        !matches!(self.row.stage, Stage::CheckedIn | Stage::Cancelled)
    }
}

#[derive(Serialize, Deserialize)]
struct ListedRow {
    dossier: String,
    arrived: f64,
    open: Option<u8>,
    stale: Option<u8>,
    /// What a search looks through, so that it reads no row for it.
    #[serde(skip_deserializing)]
    searched: String,
    listed: String,
}

impl ListedRow {
    fn of(listed: &Listed) -> Self {
        Self {
            dossier: listed.row.dossier.to_string(),
            arrived: listed.row.arrived as f64,
            open: listed.is_open().then_some(1),
            stale: listed.stale.then_some(1),
            searched: listed.row.searched(),
            listed: serde_json::to_value(listed).expect("a row is plain data").to_string(),
        }
    }
}

/// Bytes of an attachment. `unsent` orders: thumbnails (1…) before pictures (2…).
#[derive(Serialize, Deserialize)]
struct AttachmentRow {
    id: String,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    bytes: js_sys::Uint8Array,
    unsent: Option<f64>,
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
}

#[derive(Serialize, Deserialize)]
struct Named {
    name: String,
    text: String,
}

/// By way of a value: one deserializer for every type keeps the app small.
fn from_text<T: DeserializeOwned>(text: &str) -> Result<T, StorageError> {
    let value: serde_json::Value =
        serde_json::from_slice(text.as_bytes()).map_err(|error| StorageError::Failed(error.to_string()))?;
    serde_json::from_value(value).map_err(|error| StorageError::Failed(error.to_string()))
}

fn to_js(value: &impl Serialize) -> Result<JsValue, StorageError> {
    Ok(value
        .serialize(&serde_wasm_bindgen::Serializer::json_compatible().serialize_missing_as_null(false))?)
}

fn from_js<T: DeserializeOwned>(value: JsValue) -> Result<Option<T>, StorageError> {
    if value.is_undefined() || value.is_null() {
        return Ok(None);
    }
    Ok(Some(serde_wasm_bindgen::from_value(value)?))
}

fn list<T: DeserializeOwned>(value: &JsValue) -> Result<Vec<T>, StorageError> {
    let items = js_sys::Array::from(value);
    items.iter().map(|item| Ok(serde_wasm_bindgen::from_value(item)?)).collect()
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

    /// Who this tablet is; drawn at random the first time.
    pub async fn identity(&self) -> Result<Identity, StorageError> {
        let transaction = self.begin(&["meta"], IdbTransactionMode::Readwrite, true).await?;
        let identity = identity_in(&transaction).await?;
        transaction.committed().await?;
        Ok(identity)
    }

    async fn change_identity(&self, change: impl FnOnce(&mut Identity)) -> Result<(), StorageError> {
        let transaction = self.begin(&["meta"], IdbTransactionMode::Readwrite, false).await?;
        let mut identity = identity_in(&transaction).await?;
        change(&mut identity);
        answer(&transaction.store("meta")?.put(&to_js(&identity)?)?).await?;
        transaction.committed().await
    }

    /// The next paper number of a day, `JC20260318-003AB`: no two tablets print the same one.
    pub async fn next_number(&self, day: &str) -> Result<String, StorageError> {
        let mut number = String::new();
        self.change_identity(|identity| {
            let count = if identity.papers.0 == day { identity.papers.1 + 1 } else { 1 };
            identity.papers = (day.to_owned(), count);
            number = format!("JC{day}-{count:03}{}", identity.letters);
        })
        .await?;
        Ok(number)
    }

    /// Writes drafts into a visit's journal: entries, their numbers, the read model and attachments
    /// in one transaction. When it returns, all of it is committed and the visit holds it.
    pub async fn append(
        &self,
        visit: &mut Visit,
        drafts: &[Draft<Change>],
        how: Append,
    ) -> Result<Vec<Entry>, StorageError> {
        let stores = ["entries", "visits", "meta", "attachments"];
        let transaction = self.begin(&stores, IdbTransactionMode::Readwrite, how.strict).await?;
        match self.append_in(&transaction, visit, drafts, &how).await {
            Ok(entries) => {
                transaction.committed().await?;
                let dossier = visit.journal.dossier();
                self.copy_unsent(&entries, how.attachments);
                self.notice(Notice::Written(dossier));
                Ok(entries)
            }
            Err(error) => {
                transaction.abort();
                Err(error)
            }
        }
    }

    async fn append_in(
        &self,
        transaction: &Transaction,
        visit: &mut Visit,
        drafts: &[Draft<Change>],
        how: &Append,
    ) -> Result<Vec<Entry>, StorageError> {
        let dossier = visit.journal.dossier();
        // Both are asked for before either is waited for: one way to the database and back.
        let (identity, listed) =
            (transaction.get("meta", "identity")?, transaction.get("visits", &dossier.to_string())?);
        let mut identity = identity_of(transaction, answer(&identity).await?).await?;
        let listed = listed_from(answer(&listed).await?)?;
        // Another tab, or the exchange, wrote in between: what is missing is folded first.
        let known = listed.as_ref().map(|listed| listed.row.heads.clone()).unwrap_or_default();
        if known != visit.journal.heads() {
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
            store.put(&to_js(&EntryRow::of(entry, Some(identity.seq as f64)))?)?;
            visit.journal.insert(entry.clone());
        }
        let store = transaction.store("attachments")?;
        for (id, bytes, thumbnail) in &how.attachments {
            let rank = if *thumbnail { 1e12 } else { 2e12 } + identity.seq as f64;
            let row = AttachmentRow {
                id: id.to_string(),
                bytes: js_sys::Uint8Array::from(bytes.as_slice()),
                unsent: Some(rank),
            };
            store.put(&to_js(&row)?)?;
        }
        let unsent = listed.as_ref().map_or(0, |listed| listed.unsent) + entries.len();
        let listed = Listed::anew(listed, visit, unsent);
        let row = ListedRow::of(&listed);
        transaction.store("visits")?.put(&to_js(&row)?)?;
        transaction.store("meta")?.put(&to_js(&identity)?)?;
        LAST.set(Some((JsValue::from_str(&row.listed), listed)));
        Ok(entries)
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
        let lately = web_sys::IdbKeyRange::lower_bound(&JsValue::from_f64(since as f64))?;
        let lately = answer(&store.index("arrived")?.get_all_with_key(&lately)?).await?;
        let mut rows: Vec<Listed> = Vec::new();
        for row in listed_of(&open)?.into_iter().chain(listed_of(&lately)?) {
            if !rows.iter().any(|known| known.row.dossier == row.row.dossier) {
                let at = rows.partition_point(|known| known.row.arrived <= row.row.arrived);
                rows.insert(at, row);
            }
        }
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

    /// What a search looks through, of every visit that is here, newest arrival first: id and text.
    /// It is read once and compared at every letter.
    pub async fn searched(&self) -> Result<Vec<(String, String)>, StorageError> {
        let transaction = self.read(&["visits"]).await?;
        let rows = answer(&transaction.store("visits")?.index("arrived")?.get_all()?).await?;
        let (id, text) = (JsValue::from_str("dossier"), JsValue::from_str("searched"));
        let mut all = Vec::new();
        for row in js_sys::Array::from(&rows).iter().rev() {
            let field = |name| js_sys::Reflect::get(&row, name).ok().and_then(|value| value.as_string());
            let (id, text) = (field(&id), field(&text));
            // A program before this one wrote rows without it.
            let text = match text {
                None => listed_from(row)?.map(|listed| listed.row.searched()),
                text => text,
            };
            all.extend(id.zip(text));
        }
        Ok(all)
    }

    /// The rows of some visits.
    pub async fn rows(&self, ids: &[String]) -> Result<Vec<Listed>, StorageError> {
        let transaction = self.read(&["visits"]).await?;
        let mut rows = Vec::new();
        for id in ids {
            rows.extend(listed_from(answer(&transaction.get("visits", id)?).await?)?);
        }
        Ok(rows)
    }

    /// The bytes of an attachment, where they are here.
    pub async fn bytes(&self, id: AttachmentId) -> Result<Option<Vec<u8>>, StorageError> {
        let transaction = self.read(&["attachments"]).await?;
        let value = answer(&transaction.get("attachments", &id.to_string())?).await?;
        if value.is_undefined() {
            return Ok(None);
        }
        let bytes = js_sys::Reflect::get(&value, &"bytes".into())?;
        Ok(bytes.dyn_into::<js_sys::Uint8Array>().ok().map(|bytes| bytes.to_vec()))
    }

    /// Whether an attachment is confirmed by the server.
    pub async fn attachment_is_sent(&self, id: AttachmentId) -> Result<bool, StorageError> {
        let transaction = self.read(&["attachments"]).await?;
        let value = answer(&transaction.get("attachments", &id.to_string())?).await?;
        let unsent = js_sys::Reflect::get(&value, &"unsent".into()).unwrap_or(JsValue::UNDEFINED);
        Ok(!value.is_undefined() && unsent.is_undefined())
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
        let rows: Vec<EntryRow> = list(&rows)?;
        let entries: Vec<_> = rows
            .iter()
            .filter(|row| row.unsent.is_some() || row.refused)
            .filter_map(|row| row.entry().ok())
            .map(|entry| entry.to_wire(None))
            .collect();
        Ok(serde_json::json!({ "lanepad": 1, "entries": entries }).to_string())
    }

    async fn named<T: DeserializeOwned>(&self, store: &str, name: &str) -> Result<Option<T>, StorageError> {
        let transaction = self.read(&[store]).await?;
        from_js(answer(&transaction.get(store, name)?).await?)
    }

    async fn put_named(&self, store: &str, name: &str, text: String) -> Result<(), StorageError> {
        let transaction = self.begin(&[store], IdbTransactionMode::Readwrite, false).await?;
        transaction.store(store)?.put(&to_js(&Named { name: name.to_owned(), text })?)?;
        transaction.committed().await
    }

    /// What was typed and is no entry yet.
    pub async fn draft(&self, name: &str) -> Result<Option<String>, StorageError> {
        Ok(self.named::<Named>("drafts", name).await?.map(|named| named.text))
    }

    /// Overwrites what was typed.
    pub async fn put_draft(&self, name: &str, text: String) -> Result<(), StorageError> {
        self.put_named("drafts", name, text).await
    }

    /// It is an entry now.
    pub async fn drop_draft(&self, name: &str) -> Result<(), StorageError> {
        let transaction = self.begin(&["drafts"], IdbTransactionMode::Readwrite, false).await?;
        transaction.store("drafts")?.delete(&JsValue::from_str(name))?;
        transaction.committed().await
    }

    /// Who holds the tablet, until sign-in exists: the browser's own storage would forget it in a crash.
    pub async fn person(&self) -> Result<Option<StaffId>, StorageError> {
        Ok(self.named::<Named>("meta", "person").await?.map(|named| StaffId(named.text)))
    }

    /// Somebody else holds the tablet.
    pub async fn put_person(&self, person: &StaffId) -> Result<(), StorageError> {
        self.put_named("meta", "person", person.0.clone()).await
    }

    /// The screen that the customer holds, if one does.
    pub async fn customer_mode(&self) -> Result<Option<String>, StorageError> {
        let kept = self.named::<Named>("meta", "customer").await?;
        Ok(kept.map(|named| named.text).filter(|address| !address.is_empty()))
    }

    /// The customer holds the tablet, or gave it back.
    pub async fn put_customer_mode(&self, address: Option<String>) -> Result<(), StorageError> {
        self.put_named("meta", "customer", address.unwrap_or_default()).await
    }

    /// The catalogue and its tag, as last fetched.
    pub async fn catalogue(&self) -> Result<Option<(Catalogue, String)>, StorageError> {
        let kept = self.named::<Named>("catalogue", "catalogue").await?;
        kept.map(|named| from_text(&named.text)).transpose()
    }

    /// Keeps the catalogue.
    pub async fn put_catalogue(&self, catalogue: &Catalogue, tag: &str) -> Result<(), StorageError> {
        let text = serde_json::to_value((catalogue, tag)).expect("a catalogue is plain data").to_string();
        self.put_named("catalogue", "catalogue", text).await
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

async fn identity_in(transaction: &Transaction) -> Result<Identity, StorageError> {
    let kept = answer(&transaction.get("meta", "identity")?).await?;
    identity_of(transaction, kept).await
}

async fn identity_of(transaction: &Transaction, kept: JsValue) -> Result<Identity, StorageError> {
    if let Some(identity) = from_js(kept)? {
        return Ok(identity);
    }
    let [a, b, ..] = super::device::random();
    let letter = |byte: u8| b"ABCDEFGHJKLMNPQRSTUVWXYZ"[usize::from(byte % 24)] as char;
    let identity = Identity {
        name: "identity".into(),
        device: DeviceId::from_random(super::device::random()),
        letters: [letter(a), letter(b)].iter().collect(),
        seq: 0,
        papers: (String::new(), 0),
        pulled_to: None,
        met: None,
        offset: 0,
        exchanged: None,
    };
    if let Ok(put) = transaction.store("meta")?.put(&to_js(&identity)?) {
        answer(&put).await?;
    }
    Ok(identity)
}

async fn listed_in(transaction: &Transaction, dossier: DossierId) -> Result<Option<Listed>, StorageError> {
    listed_from(answer(&transaction.get("visits", &dossier.to_string())?).await?)
}

thread_local! {
    /// The row that was read or written last. A hand taps in one visit, and nobody else writes there.
    static LAST: RefCell<Option<(JsValue, Listed)>> = const { RefCell::new(None) };
}

fn listed_from(row: JsValue) -> Result<Option<Listed>, StorageError> {
    if row.is_undefined() {
        return Ok(None);
    }
    let text = js_sys::Reflect::get(&row, &"listed".into())?;
    let known =
        LAST.with_borrow(|last| last.as_ref().filter(|last| last.0 == text).map(|last| last.1.clone()));
    if known.is_some() {
        return Ok(known);
    }
    let listed: Listed = from_text(&text.as_string().unwrap_or_default())?;
    LAST.set(Some((text, listed.clone())));
    Ok(Some(listed))
}

fn listed_of(rows: &JsValue) -> Result<Vec<Listed>, StorageError> {
    let rows: Vec<ListedRow> = list(rows)?;
    rows.iter().map(|row| from_text(&row.listed)).collect()
}

async fn fold_in(transaction: &Transaction, visit: &mut Visit) -> Result<(), StorageError> {
    let key = JsValue::from_str(&visit.journal.dossier().to_string());
    let rows = answer(&transaction.store("entries")?.index("dossier")?.get_all_with_key(&key)?).await?;
    for row in list::<EntryRow>(&rows)? {
        visit.journal.insert(row.entry()?);
    }
    Ok(())
}
