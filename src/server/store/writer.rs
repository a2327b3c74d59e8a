//! The one writer.

mod reference;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};

use sqlx::sqlite::SqliteConnection;
use sqlx::{Connection as _, QueryBuilder, Row as _, Sqlite};
use tokio::sync::{mpsc, watch};

use super::erasures::Erasures;
use super::{Dossier, Job, NotStored, Pushed, ids_text, read};
use crate::journal::{
    AttachmentId, DeviceId, DossierId, Draft, Entry, EntryId, Pen, StaffId, Verdict, attachments,
    write_entries,
};
use crate::protocol::{Mark, Receipt};
use crate::server::clock;
use crate::server::intake::{Arrival, Refused};
use crate::visit::Visit;

/// As many waiting pushes as one commit takes: 32 of 500 entries are 16,000 rows, about a tenth of
/// what SQLite writes in a second.
const PUSHES_IN_ONE_COMMIT: usize = 32;

/// As many as one statement inserts.
const ROWS_IN_ONE_STATEMENT: usize = 100;

/// Someone who waits for the commit, with what to tell them.
type Waiting = Box<dyn FnOnce(Result<(), String>) + Send>;

struct Writer {
    connection: SqliteConnection,
    newest: Mark,
    erasures: Arc<Mutex<Erasures>>,
    /// What is known of dossiers that were written lately, so that a push reads no row twice.
    dossiers: HashMap<DossierId, Dossier>,
    changed: HashSet<DossierId>,
    pen: Pen,
    seq: u64,
}

pub(super) async fn run(
    connection: SqliteConnection,
    mut jobs: mpsc::Receiver<Job>,
    newest: watch::Sender<Mark>,
    erasures: Arc<Mutex<Erasures>>,
) {
    let mut writer = Writer {
        connection,
        newest: *newest.borrow(),
        erasures,
        dossiers: HashMap::new(),
        changed: HashSet::new(),
        // A device with a new id at every start: its numbers begin at 1 again.
        pen: Pen {
            device: DeviceId::from_random(random()),
            author: StaffId("server".into()),
            wall: 0,
            offset: 0,
        },
        seq: 1,
    };
    let mut waiting = Vec::with_capacity(PUSHES_IN_ONE_COMMIT);
    while jobs.recv_many(&mut waiting, PUSHES_IN_ONE_COMMIT).await > 0 {
        writer.commit(std::mem::take(&mut waiting)).await;
        if *newest.borrow() != writer.newest {
            newest.send_replace(writer.newest);
        }
    }
    if let Err(error) = writer.connection.close().await {
        tracing::error!(%error, "the database was not closed");
    }
}

/// 16 random bytes.
pub(crate) fn random() -> [u8; 16] {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).expect("the system gives random bytes");
    bytes
}

impl Writer {
    /// Several jobs, one commit. Where it fails, all of them are answered so and nothing is kept.
    async fn commit(&mut self, jobs: Vec<Job>) {
        let before = self.newest;
        let mut answers: Vec<Waiting> = Vec::with_capacity(jobs.len());
        let result = async {
            sqlx::query("BEGIN IMMEDIATE").execute(&mut self.connection).await?;
            for job in jobs {
                match job {
                    Job::Push { met, arrivals, answer } => {
                        let pushed = self.push(met, arrivals).await;
                        let failed = matches!(&pushed, Err(NotStored::Database(_) | NotStored::Row(_)));
                        answers.push(Box::new(move |committed| {
                            let _ = answer.send(committed.map_err(NotStored::Row).and(pushed));
                        }));
                        if failed {
                            return Err(NotStored::Row("a push of this commit failed".into()));
                        }
                    }
                    Job::Erase { erasure, answer } => {
                        let erased = self.erase(erasure).await;
                        answers.push(Box::new(move |committed| {
                            let _ = answer.send(committed.map_err(NotStored::Row).and(erased));
                        }));
                    }
                    Job::Keep { name, text, answer } => {
                        self.keep(name, &text).await?;
                        answers.push(Box::new(move |committed| {
                            let _ = answer.send(committed.map_err(NotStored::Row));
                        }));
                    }
                    Job::Reference { records, gone, rows, all, answer } => {
                        let mut changed = self.put_reference(&records, &gone).await?;
                        if !rows.is_empty() {
                            changed += self.take(&rows, all).await?;
                        }
                        answers.push(Box::new(move |committed| {
                            let _ = answer.send(committed.map_err(NotStored::Row).map(|()| changed));
                        }));
                    }
                }
            }
            self.save_dossiers().await?;
            sqlx::query("COMMIT").execute(&mut self.connection).await?;
            Ok::<_, NotStored>(())
        }
        .await;
        let result = result.map_err(|error| error.to_string());
        if let Err(error) = &result {
            tracing::error!(%error, "a commit failed");
            let _ = sqlx::query("ROLLBACK").execute(&mut self.connection).await;
            self.newest = before;
            self.dossiers.clear();
            self.changed.clear();
        }
        if self.dossiers.len() > 10_000 {
            self.dossiers.clear();
        }
        for answer in answers {
            answer(result.clone());
        }
    }

    async fn push(&mut self, met: Mark, arrivals: Vec<Arrival>) -> Result<Pushed, NotStored> {
        if !read::knows(&mut self.connection, met).await? {
            return Err(NotStored::FeedDiffers);
        }
        let mut positions = self.known(&arrivals).await?;
        let mut receipts = Vec::with_capacity(arrivals.len());
        let mut rows = Vec::with_capacity(arrivals.len());
        for arrival in arrivals {
            let receipt = match arrival {
                Arrival::Entry(mut entry) => match positions.get(&entry.id) {
                    Some(position) => {
                        self.fill_values(*position, &entry).await?;
                        Receipt::At(*position)
                    }
                    None => {
                        if let Ok(erasures) = self.erasures.lock() {
                            erasures.strip(&mut entry);
                        }
                        let id = entry.id;
                        let position = self.place(*entry, &mut rows).await?;
                        positions.insert(id, position);
                        Receipt::At(position)
                    }
                },
                Arrival::Refused(refused) => Receipt::Refused(self.refuse(refused, &mut rows).await?),
            };
            receipts.push(receipt);
        }
        self.insert(rows).await?;
        Ok(Pushed { receipts, newest: self.newest })
    }

    /// Which of a push's entries are here already. What follows a head is not: it would have taken
    /// the head's place. So only the others are looked for, of most pushes none.
    async fn known(&mut self, arrivals: &[Arrival]) -> Result<HashMap<EntryId, u64>, NotStored> {
        let mut asked: HashMap<DossierId, Vec<EntryId>> = HashMap::new();
        let mut new = HashSet::new();
        for arrival in arrivals {
            let Arrival::Entry(entry) = arrival else { continue };
            let state = self.dossier(entry.core.dossier).await?;
            if state.is_new(&entry.core.parents, &new) {
                // Where it was missing, entries after it may be here.
                if !state.missing.contains(&entry.id) {
                    new.insert(entry.id);
                }
            } else {
                asked.entry(entry.core.dossier).or_default().push(entry.id);
            }
        }
        let mut known = HashMap::new();
        for (dossier, ids) in asked {
            known.extend(self.positions(dossier, &ids).await?);
        }
        Ok(known)
    }

    async fn positions(
        &mut self,
        dossier: DossierId,
        ids: &[EntryId],
    ) -> Result<HashMap<EntryId, u64>, NotStored> {
        let mut positions = HashMap::new();
        for some in ids.chunks(100) {
            let mut query = QueryBuilder::<Sqlite>::new("SELECT id, position FROM entries WHERE dossier = ");
            query.push_bind(dossier.0.as_bytes().to_vec()).push(" AND id IN (");
            let mut list = query.separated(", ");
            for id in some {
                list.push_bind(id.0.to_vec());
            }
            query.push(")");
            for row in query.build().fetch_all(&mut self.connection).await? {
                positions.insert(EntryId(read::blob(&row, 0)?), row.get::<i64, _>(1) as u64);
            }
        }
        Ok(positions)
    }

    /// A known id still takes values that were missing and are not erased.
    async fn fill_values(&mut self, position: u64, entry: &Entry) -> Result<(), NotStored> {
        if entry.values.is_empty() {
            return Ok(());
        }
        let row = sqlx::query("SELECT core, personal FROM entries WHERE position = ?")
            .bind(position as i64)
            .fetch_one(&mut self.connection)
            .await?;
        let mut stored = read::entry(&row, 0)?;
        let before = stored.values.len();
        for (name, salted) in &entry.values {
            stored.values.entry(*name).or_insert_with(|| salted.clone());
        }
        if let Ok(erasures) = self.erasures.lock() {
            erasures.strip(&mut stored);
        }
        if stored.values.len() != before {
            sqlx::query("UPDATE entries SET personal = ? WHERE position = ?")
                .bind(stored.values_text())
                .bind(position as i64)
                .execute(&mut self.connection)
                .await?;
        }
        Ok(())
    }

    async fn dossier(&mut self, id: DossierId) -> Result<&mut Dossier, NotStored> {
        if !self.dossiers.contains_key(&id) {
            let known = read::dossier(&mut self.connection, id).await?.unwrap_or_default();
            self.dossiers.insert(id, known);
        }
        Ok(self.dossiers.get_mut(&id).expect("just inserted"))
    }

    async fn place(&mut self, entry: Entry, rows: &mut Vec<(Mark, Entry)>) -> Result<u64, NotStored> {
        self.newest =
            Mark { position: self.newest.position + 1, chain: self.newest.chain.chained(&entry.id) };
        let (dossier, parents) = (entry.core.dossier, entry.core.parents.clone());
        self.changed.insert(dossier);
        let state = self.dossier(dossier).await?;
        let strange: Vec<EntryId> =
            parents.iter().filter(|parent| !state.heads.contains(*parent)).copied().collect();
        let mut known = HashSet::new();
        if !strange.is_empty() {
            known.extend(rows.iter().map(|(_, row)| row.id).filter(|id| strange.contains(id)));
        }
        if strange.iter().any(|parent| !known.contains(parent)) {
            known.extend(self.positions(dossier, &strange).await?.into_keys());
        }
        self.dossier(dossier).await?.take(entry.id, &parents, |parent| known.contains(parent));
        let mut named = Vec::new();
        attachments(&entry.core.change, &mut named);
        self.name_attachments(dossier, entry.core.device, &named).await?;
        let position = self.newest.position;
        rows.push((self.newest, entry));
        Ok(position)
    }

    async fn refuse(&mut self, refused: Refused, rows: &mut Vec<(Mark, Entry)>) -> Result<u64, NotStored> {
        let Refused { id, dossier, device, seq, reason } = refused;
        if self.dossier(dossier).await?.refused.contains(&id) {
            // Said before: the verdict stands somewhere in the feed already.
            return Ok(self.newest.position);
        }
        let verdict = Verdict::EntryRefused { id, device, seq, reason: reason.to_owned() };
        tracing::warn!(entry = ?id, %device, seq, reason, "an entry was refused");
        let entry = self.write(dossier, verdict).await?;
        let state = self.dossier(dossier).await?;
        state.refused.insert(id);
        state.missing.remove(&id);
        self.place(entry, rows).await
    }

    async fn write(&mut self, dossier: DossierId, verdict: Verdict) -> Result<Entry, NotStored> {
        let heads: Vec<EntryId> = self.dossier(dossier).await?.heads.iter().copied().collect();
        let pen = Pen { wall: clock::now(), ..self.pen.clone() };
        let draft = Draft { change: verdict, replaces: Vec::new() };
        let entries = write_entries(&pen, dossier, 1, &heads, self.seq, &[draft], &mut random);
        self.seq += 1;
        Ok(entries.map_err(|error| NotStored::Row(error.to_string()))?.remove(0))
    }

    /// What is named, and the sheets of papers that say it again: gives the attachments to be removed.
    async fn erase(
        &mut self,
        erasure: crate::protocol::ErasureRequest,
    ) -> Result<Vec<AttachmentId>, NotStored> {
        let crate::protocol::ErasureRequest { dossier, mut commitments, mut attachments } = erasure;
        let rows = sqlx::query("SELECT core, personal, position FROM entries WHERE dossier = ?")
            .bind(dossier.0.as_bytes().to_vec())
            .fetch_all(&mut self.connection)
            .await?;
        let mut visit = Visit::new(dossier);
        for row in &rows {
            visit.journal.insert(read::entry(row, 0)?);
        }
        let (within, attached) = visit.sheets_saying(&commitments);
        commitments.extend(within);
        attachments.extend(attached);
        if let Ok(mut log) = self.erasures.lock() {
            log.add(&commitments, &attachments).map_err(|error| NotStored::Row(error.to_string()))?;
        }
        for row in rows {
            let mut entry = read::entry(&row, 0)?;
            let before = entry.values.len();
            entry.values.retain(|name, _| !commitments.contains(name));
            if entry.values.len() != before {
                sqlx::query("UPDATE entries SET personal = ? WHERE position = ?")
                    .bind(entry.values_text())
                    .bind(row.get::<i64, _>(2))
                    .execute(&mut self.connection)
                    .await?;
            }
        }
        let verdict = Verdict::PersonalErased { commitments, attachments: attachments.clone() };
        let verdict = self.write(dossier, verdict).await?;
        let mut rows = Vec::new();
        self.place(verdict, &mut rows).await?;
        self.insert(rows).await?;
        Ok(attachments)
    }

    async fn name_attachments(
        &mut self,
        dossier: DossierId,
        device: DeviceId,
        named: &[AttachmentId],
    ) -> Result<(), NotStored> {
        for attachment in named {
            sqlx::query("INSERT OR IGNORE INTO attachments (dossier, attachment, device) VALUES (?, ?, ?)")
                .bind(dossier.0.as_bytes().to_vec())
                .bind(attachment.0.to_vec())
                .bind(device.0.as_bytes().to_vec())
                .execute(&mut self.connection)
                .await?;
        }
        Ok(())
    }

    /// Many rows in one statement: the way through the driver costs more than the row.
    async fn insert(&mut self, rows: Vec<(Mark, Entry)>) -> Result<(), NotStored> {
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let mut query = QueryBuilder::<Sqlite>::new(
                "INSERT INTO entries (position, id, chain, dossier, core, personal) ",
            );
            query.push_values(rows.by_ref().take(ROWS_IN_ONE_STATEMENT), |mut row, (mark, entry)| {
                let values = entry.values_text();
                row.push_bind(mark.position as i64)
                    .push_bind(entry.id.0.to_vec())
                    .push_bind(mark.chain.0.to_vec())
                    .push_bind(entry.core.dossier.0.as_bytes().to_vec())
                    .push_bind(entry.text)
                    .push_bind(values);
            });
            query.build().execute(&mut self.connection).await?;
        }
        Ok(())
    }

    async fn save_dossiers(&mut self) -> Result<(), NotStored> {
        for id in std::mem::take(&mut self.changed) {
            let state = &self.dossiers[&id];
            sqlx::query("INSERT INTO dossiers (dossier, heads, missing, refused) VALUES (?, ?, ?, ?) ON CONFLICT (dossier) DO UPDATE SET heads = excluded.heads, missing = excluded.missing, refused = excluded.refused")
                .bind(id.0.as_bytes().to_vec())
                .bind(ids_text(&state.heads))
                .bind(ids_text(&state.missing))
                .bind(ids_text(&state.refused))
                .execute(&mut self.connection)
                .await?;
        }
        Ok(())
    }
}
