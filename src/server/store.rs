//! The journal of a dealership in SQLite: one writer gathers waiting pushes into one commit, so that
//! positions are given in commit order without a gap; readers read beside it.

mod erasures;
mod read;
#[cfg(test)]
mod tests;
mod writer;

use std::collections::{BTreeSet, HashSet};
use std::path::Path;
use std::sync::{Arc, Mutex};

use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use tokio::sync::{mpsc, oneshot, watch};

use super::intake::Arrival;
use crate::catalogue::rows::CatalogueRow;
use crate::catalogue::{Catalogue, Interview};
use crate::journal::{AttachmentId, DossierId, EntryId};
use crate::protocol::{Mark, Receipt};
use crate::reference::{Kind, Record};
use erasures::Erasures;
pub(crate) use writer::random;

/// Why something was not stored or read.
#[derive(Debug, thiserror::Error)]
pub enum NotStored {
    /// The feed has no such mark.
    #[error("the feed has no such mark")]
    FeedDiffers,
    /// The server is shutting down.
    #[error("the store is closed")]
    Closed,
    /// SQLite.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// A stored row cannot be read.
    #[error("stored row: {0}")]
    Row(String),
}

/// Migrations are added, never modified.
const SCHEMA: &[&str] = &[
    "
    CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE entries (
        position INTEGER PRIMARY KEY,
        id BLOB NOT NULL UNIQUE,
        chain BLOB NOT NULL,
        dossier BLOB NOT NULL,
        core TEXT NOT NULL,
        personal TEXT NOT NULL
    );
    CREATE INDEX entries_of_dossier ON entries (dossier);
    -- A dossier's childless entries, the parents that are not here, the entries refused: hex, by blanks.
    CREATE TABLE dossiers (
        dossier BLOB PRIMARY KEY,
        heads TEXT NOT NULL,
        missing TEXT NOT NULL,
        refused TEXT NOT NULL,
        row_heads TEXT NOT NULL DEFAULT '',
        row TEXT NOT NULL DEFAULT ''
    ) WITHOUT ROWID;
    CREATE TABLE attachments (
        dossier BLOB NOT NULL,
        attachment BLOB NOT NULL,
        device BLOB NOT NULL,
        PRIMARY KEY (dossier, attachment)
    ) WITHOUT ROWID;
",
    "
    -- An id is looked for within its dossier. Ids alone lie anywhere in an index, so that each row of
    -- a push writes another page of it; those of one dossier are neighbours.
    CREATE TABLE entries_by_position (
        position INTEGER PRIMARY KEY,
        id BLOB NOT NULL,
        chain BLOB NOT NULL,
        dossier BLOB NOT NULL,
        core TEXT NOT NULL,
        personal TEXT NOT NULL
    );
    INSERT INTO entries_by_position
        SELECT position, id, chain, dossier, core, personal FROM entries ORDER BY position;
    DROP TABLE entries;
    ALTER TABLE entries_by_position RENAME TO entries;
    CREATE UNIQUE INDEX entries_of_dossier ON entries (dossier, id);
",
    "
    -- Operations, parts, rates and plans. A record that changes or goes takes the next position: what is
    -- behind one is what has changed since. One that is gone has no value.
    CREATE TABLE reference (
        kind TEXT NOT NULL,
        key TEXT NOT NULL,
        position INTEGER NOT NULL,
        value TEXT,
        PRIMARY KEY (kind, key)
    ) WITHOUT ROWID;
    CREATE UNIQUE INDEX reference_by_position ON reference (position);
",
];

/// The store. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    pool: SqlitePool,
    jobs: mpsc::Sender<Job>,
    newest: watch::Receiver<Mark>,
    erasures: Arc<Mutex<Erasures>>,
}

/// What is asked of the writer.
enum Job {
    Push {
        met: Mark,
        arrivals: Vec<Arrival>,
        answer: oneshot::Sender<Result<Pushed, NotStored>>,
    },
    Erase {
        erasure: crate::protocol::ErasureRequest,
        answer: oneshot::Sender<Result<Vec<AttachmentId>, NotStored>>,
    },
    Keep {
        name: &'static str,
        text: String,
        answer: oneshot::Sender<Result<(), NotStored>>,
    },
    Reference {
        records: Vec<Record>,
        gone: Vec<(Kind, String)>,
        rows: Vec<CatalogueRow>,
        /// The rows are all that there is.
        all: bool,
        answer: oneshot::Sender<Result<usize, NotStored>>,
    },
}

/// What became of a push.
pub(crate) struct Pushed {
    pub(crate) receipts: Vec<Receipt>,
    pub(crate) newest: Mark,
}

/// What the store knows of a dossier.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Dossier {
    pub(crate) heads: BTreeSet<EntryId>,
    pub(crate) missing: BTreeSet<EntryId>,
    pub(crate) refused: BTreeSet<EntryId>,
}

impl Dossier {
    /// Whether an entry with these parents cannot be here yet; `new` are such as are not here and
    /// that nothing here names.
    fn is_new(&self, parents: &[EntryId], new: &HashSet<EntryId>) -> bool {
        // A refused parent is nobody's head and nobody's gap.
        self.refused.is_empty()
            && (*self == Self::default()
                || parents.iter().any(|parent| self.heads.contains(parent) || new.contains(parent)))
    }

    /// Takes an entry in: named parents are no heads, unknown ones are missing.
    fn take(&mut self, id: EntryId, parents: &[EntryId], known: impl Fn(&EntryId) -> bool) {
        for parent in parents {
            if !self.heads.remove(parent) && !known(parent) && !self.refused.contains(parent) {
                self.missing.insert(*parent);
            }
        }
        if !self.missing.remove(&id) {
            self.heads.insert(id);
        }
    }
}

fn ids_text(ids: &BTreeSet<EntryId>) -> String {
    ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

fn ids_of(text: &str) -> BTreeSet<EntryId> {
    text.split_whitespace().filter_map(|id| id.parse().ok()).collect()
}

impl Store {
    /// Opens the store in a folder, creating what is not there.
    pub async fn open(folder: &Path) -> Result<Self, NotStored> {
        let options = SqliteConnectOptions::new()
            .filename(folder.join("lanepad.sqlite"))
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(std::time::Duration::from_secs(10))
            // What is erased leaves no trace in free pages.
            .pragma("secure_delete", "ON")
            .statement_cache_capacity(200);
        let pool = SqlitePoolOptions::new().max_connections(4).connect_with(options).await?;
        migrate(&pool).await?;
        let erasures = Erasures::open(folder).map_err(|error| NotStored::Row(error.to_string()))?;
        let erasures = Arc::new(Mutex::new(erasures));
        let newest = read::newest(&pool).await?;
        let (newest_sender, newest) = watch::channel(newest);
        let (jobs, receiver) = mpsc::channel(64);
        let connection = pool.acquire().await?.detach();
        tokio::spawn(writer::run(connection, receiver, newest_sender, Arc::clone(&erasures)));
        Ok(Self { pool, jobs, newest, erasures })
    }

    /// Where the feed stands, and a notice when it has moved on.
    pub(crate) fn newest(&self) -> watch::Receiver<Mark> {
        self.newest.clone()
    }

    async fn ask<T>(
        &self,
        job: impl FnOnce(oneshot::Sender<Result<T, NotStored>>) -> Job,
    ) -> Result<T, NotStored> {
        let (answer, answered) = oneshot::channel();
        self.jobs.send(job(answer)).await.map_err(|_| NotStored::Closed)?;
        answered.await.map_err(|_| NotStored::Closed)?
    }

    /// Stores a push; what is known already keeps its position.
    pub(crate) async fn push(&self, met: Mark, arrivals: Vec<Arrival>) -> Result<Pushed, NotStored> {
        self.ask(|answer| Job::Push { met, arrivals, answer }).await
    }

    /// Erases personal values and attachments of a dossier, for ever, with the sheets that say them
    /// again: gives the attachments to be removed.
    pub(crate) async fn erase(
        &self,
        erasure: crate::protocol::ErasureRequest,
    ) -> Result<Vec<AttachmentId>, NotStored> {
        self.ask(|answer| Job::Erase { erasure, answer }).await
    }

    /// Keeps the catalogue. Questions that are the usual ones are not kept: they come with the program, and
    /// so do those of its next release.
    pub async fn set_catalogue(&self, catalogue: &Catalogue) -> Result<(), NotStored> {
        let text = catalogue_text(catalogue);
        self.ask(|answer| Job::Keep { name: "catalogue", text, answer }).await
    }

    /// What an import changes where no catalogue is kept: the demo's, which is made anew every day, or none.
    pub(crate) async fn begin_with(&self, catalogue: Option<&Catalogue>) -> Result<(), NotStored> {
        let text = catalogue.map(catalogue_text).unwrap_or_default();
        self.ask(|answer| Job::Keep { name: "begin_with", text, answer }).await
    }

    /// Keeps records of reference data and takes others away, all or nothing; gives how many have changed.
    pub async fn put_reference(
        &self,
        records: Vec<Record>,
        gone: Vec<(Kind, String)>,
    ) -> Result<usize, NotStored> {
        self.import(records, gone, Vec::new(), false).await
    }

    /// The same with rows of the catalogue, in one transaction; where they are `all` that there is, what is of
    /// the same kinds and not among them goes.
    pub(crate) async fn import(
        &self,
        records: Vec<Record>,
        gone: Vec<(Kind, String)>,
        rows: Vec<CatalogueRow>,
        all: bool,
    ) -> Result<usize, NotStored> {
        self.ask(|answer| Job::Reference { records, gone, rows, all, answer }).await
    }

    /// Whether an attachment was erased.
    pub(crate) fn is_erased(&self, attachment: &AttachmentId) -> bool {
        self.erasures.lock().is_ok_and(|erasures| erasures.attachments.contains(attachment))
    }

    /// Ends when everything asked for is stored and the file is closed.
    pub async fn close(self) {
        let Self { pool, jobs, mut newest, .. } = self;
        drop(jobs);
        while newest.changed().await.is_ok() {}
        pool.close().await;
    }

    pub(crate) async fn dossier_state(&self, dossier: DossierId) -> Result<Option<Dossier>, NotStored> {
        Ok(read::dossier(&mut *self.pool.acquire().await?, dossier).await?)
    }
}

fn catalogue_text(catalogue: &Catalogue) -> String {
    let mut own = catalogue.clone();
    own.interview.take_if(|interview| *interview == Interview::standard());
    serde_json::to_string(&own).expect("a catalogue is plain data")
}

async fn migrate(pool: &SqlitePool) -> Result<(), NotStored> {
    let mut connection = pool.acquire().await?;
    let (version,): (i64,) = sqlx::query_as("PRAGMA user_version").fetch_one(&mut *connection).await?;
    for (number, migration) in (1_i64..).zip(SCHEMA) {
        if number > version {
            let text = format!("BEGIN; {migration} PRAGMA user_version = {number}; COMMIT;");
            sqlx::raw_sql(sqlx::AssertSqlSafe(text)).execute(&mut *connection).await?;
        }
    }
    Ok(())
}
