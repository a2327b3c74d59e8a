//! What is read from the store.

use std::collections::{HashMap, HashSet};

use sqlx::Row as _;
use sqlx::sqlite::{SqliteConnection, SqlitePool, SqliteRow};

use super::{Dossier, NotStored, Store, ids_of, ids_text};
use crate::catalogue::{Catalogue, Interview};
use crate::journal::{AttachmentId, DeviceId, Digest, DossierId, Entry, EntryId, WireEntry};
use crate::protocol::{AttachmentMissing, HeadsAnswer, MAX_BATCH, MAX_BODY_BYTES, Mark, ReferencePage};
use crate::record::Kept as _;
use crate::reference::Kind;
use crate::visit::{Visit, VisitRow};

pub(super) fn blob<const N: usize>(row: &SqliteRow, column: usize) -> Result<[u8; N], NotStored> {
    let bytes: &[u8] = row.try_get(column)?;
    bytes.try_into().map_err(|_| NotStored::Row(format!("column {column} has {} bytes", bytes.len())))
}

pub(super) fn entry(row: &SqliteRow, column: usize) -> Result<Entry, NotStored> {
    let (core, values): (&str, &str) = (row.try_get(column)?, row.try_get(column + 1)?);
    Entry::from_row(core, values).map_err(|error| NotStored::Row(error.to_string()))
}

pub(super) async fn newest(pool: &SqlitePool) -> Result<Mark, NotStored> {
    let row = sqlx::query("SELECT position, chain FROM entries ORDER BY position DESC LIMIT 1")
        .fetch_optional(pool)
        .await?;
    match row {
        Some(row) => Ok(Mark { position: row.get::<i64, _>(0) as u64, chain: Digest(blob(&row, 1)?) }),
        None => Ok(Mark::START),
    }
}

/// A catalogue that is kept under a name; none for an empty text.
pub(super) async fn catalogue(
    connection: &mut SqliteConnection,
    name: &str,
) -> Result<Option<Catalogue>, NotStored> {
    let row = sqlx::query("SELECT value FROM meta WHERE name = ? AND value != ''")
        .bind(name)
        .fetch_optional(connection)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let mut catalogue: Catalogue =
        serde_json::from_str(row.get(0)).map_err(|error| NotStored::Row(error.to_string()))?;
    // Nothing of its own, or kept by a release that had the questions in the app.
    catalogue.interview.get_or_insert_with(Interview::standard);
    Ok(Some(catalogue))
}

/// Whether the feed has this mark.
pub(super) async fn knows(connection: &mut SqliteConnection, mark: Mark) -> Result<bool, NotStored> {
    if mark.position == 0 {
        return Ok(mark == Mark::START);
    }
    let row = sqlx::query("SELECT chain FROM entries WHERE position = ?")
        .bind(i64::try_from(mark.position).unwrap_or(i64::MAX))
        .fetch_optional(connection)
        .await?;
    match row {
        Some(row) => Ok(Digest(blob(&row, 0)?) == mark.chain),
        None => Ok(false),
    }
}

pub(super) async fn dossier(
    connection: &mut SqliteConnection,
    id: DossierId,
) -> Result<Option<Dossier>, sqlx::Error> {
    let row = sqlx::query("SELECT heads, missing, refused FROM dossiers WHERE dossier = ?")
        .bind(id.0.as_bytes().to_vec())
        .fetch_optional(connection)
        .await?;
    Ok(row.map(|row| Dossier {
        heads: ids_of(row.get(0)),
        missing: ids_of(row.get(1)),
        refused: ids_of(row.get(2)),
    }))
}

/// One page of the feed.
pub(crate) struct Page {
    pub(crate) entries: Vec<WireEntry>,
    pub(crate) to: Mark,
    pub(crate) more: bool,
}

impl Store {
    /// The feed after a mark.
    pub(crate) async fn pull(&self, after: Mark) -> Result<Page, NotStored> {
        let mut connection = self.pool.acquire().await?;
        if !knows(&mut connection, after).await? {
            return Err(NotStored::FeedDiffers);
        }
        let rows = sqlx::query(
            "SELECT core, personal, chain, id, dossier FROM entries WHERE position > ? ORDER BY position LIMIT ?",
        )
        .bind(after.position as i64)
        .bind(MAX_BATCH as i64)
        .fetch_all(&mut *connection)
        .await?;
        let mut entries = Vec::with_capacity(rows.len());
        let mut to = after;
        let mut bytes = 0;
        let mut newest = HashMap::new();
        for row in &rows {
            let (core, values): (&str, &str) = (row.try_get(0)?, row.try_get(1)?);
            bytes += core.len() + values.len();
            if bytes > MAX_BODY_BYTES && !entries.is_empty() {
                break;
            }
            let previous = newest.insert(blob::<16>(row, 4)?, EntryId(blob(row, 3)?));
            let wire = WireEntry::of_row(core, values, previous);
            entries.push(wire.map_err(|error| NotStored::Row(error.to_string()))?);
            to = Mark { position: to.position + 1, chain: Digest(blob(row, 2)?) };
        }
        let more = to.position < self.newest.borrow().position;
        Ok(Page { entries, to, more })
    }

    /// One whole journal with positions; nothing where nothing is known of it.
    pub(crate) async fn journal(&self, dossier: DossierId) -> Result<Vec<(u64, Entry)>, NotStored> {
        let rows =
            sqlx::query("SELECT core, personal, position FROM entries WHERE dossier = ? ORDER BY position")
                .bind(dossier.0.as_bytes().to_vec())
                .fetch_all(&self.pool)
                .await?;
        rows.iter().map(|row| Ok((row.get::<i64, _>(2) as u64, entry(row, 0)?))).collect()
    }

    /// Attachments that a dossier's entries name, with the tablet that named them.
    pub(crate) async fn named(&self, dossier: DossierId) -> Result<Vec<AttachmentMissing>, NotStored> {
        let rows = sqlx::query("SELECT attachment, device FROM attachments WHERE dossier = ?")
            .bind(dossier.0.as_bytes().to_vec())
            .fetch_all(&self.pool)
            .await?;
        rows.iter()
            .map(|row| {
                let device = DeviceId(uuid::Uuid::from_bytes(blob(row, 1)?));
                Ok(AttachmentMissing { attachment: AttachmentId(blob(row, 0)?), device })
            })
            .collect()
    }

    /// What is held of a dossier, and which of these heads are not.
    pub(crate) async fn compare(
        &self,
        dossier: DossierId,
        heads: &[EntryId],
    ) -> Result<HeadsAnswer, NotStored> {
        let state = self.dossier_state(dossier).await?.unwrap_or_default();
        let mut lacks = Vec::new();
        for head in heads {
            if state.heads.contains(head) || state.refused.contains(head) {
                continue;
            }
            let found = sqlx::query("SELECT 1 FROM entries WHERE dossier = ? AND id = ?")
                .bind(dossier.0.as_bytes().to_vec())
                .bind(head.0.to_vec())
                .fetch_optional(&self.pool)
                .await?;
            if found.is_none() {
                lacks.push(*head);
            }
        }
        Ok(HeadsAnswer {
            dossier,
            heads: state.heads.iter().copied().collect(),
            lacks,
            whole: state.missing.is_empty() && !state.heads.is_empty(),
            attachments_missing: self.named(dossier).await?,
        })
    }

    /// Whether the feed has this mark.
    pub(crate) async fn knows(&self, mark: Mark) -> Result<bool, NotStored> {
        knows(&mut *self.pool.acquire().await?, mark).await
    }

    /// The catalogue; the empty one before the dealership is set up.
    pub async fn catalogue(&self) -> Result<Catalogue, NotStored> {
        Ok(self.kept_catalogue().await?.unwrap_or_else(Catalogue::standard))
    }

    /// The catalogue; none before anything is kept.
    pub(crate) async fn kept_catalogue(&self) -> Result<Option<Catalogue>, NotStored> {
        catalogue(&mut *self.pool.acquire().await?, "catalogue").await
    }

    /// Records of reference data that changed after a position, in the order in which they did, at most so
    /// many; and where they end.
    pub async fn reference(&self, after: u64, most: u32) -> Result<ReferencePage, NotStored> {
        let rows = sqlx::query(
            "SELECT position, kind, key, value FROM reference WHERE position > ? ORDER BY position LIMIT ?",
        )
        .bind(i64::try_from(after).unwrap_or(i64::MAX))
        .bind(most)
        .fetch_all(&self.pool)
        .await?;
        let mut page = ReferencePage { records: Vec::new(), gone: Vec::new(), position: after, more: false };
        let strange = |error: serde_json::Error| NotStored::Row(error.to_string());
        for row in &rows {
            let (position, kind, value): (i64, &str, Option<&str>) = (row.get(0), row.get(1), row.get(3));
            match value {
                Some(value) => page
                    .records
                    .push(serde_json::from_str(&format!("{{\"{kind}\":{value}}}")).map_err(strange)?),
                None => page.gone.push((Kind::read(kind.into()).map_err(strange)?, row.get(2))),
            }
            page.position = position as u64;
        }
        page.more = rows.len() == most as usize;
        if rows.is_empty() && after > 0 {
            let newest: i64 = sqlx::query_scalar("SELECT COALESCE(MAX(position), 0) FROM reference")
                .fetch_one(&self.pool)
                .await?;
            // Asked from where this file has never been, as where an older copy of it was put back.
            if (newest as u64) < after {
                (page.position, page.more) = (0, true);
            }
        }
        Ok(page)
    }

    /// The keys of all records of a kind.
    pub async fn reference_keys(&self, kind: Kind) -> Result<HashSet<String>, NotStored> {
        let keys = sqlx::query_scalar("SELECT key FROM reference WHERE kind = ? AND value IS NOT NULL")
            .bind(kind.name());
        Ok(keys.fetch_all(&self.pool).await?.into_iter().collect())
    }

    /// The read model: rows are folded anew where entries came since.
    pub(crate) async fn visits(&self) -> Result<Vec<VisitRow>, NotStored> {
        let rows =
            sqlx::query("SELECT dossier, heads, row_heads, row FROM dossiers").fetch_all(&self.pool).await?;
        let mut visits = Vec::with_capacity(rows.len());
        for row in rows {
            let (heads, row_heads, text): (&str, &str, &str) = (row.get(1), row.get(2), row.get(3));
            if heads == row_heads
                && let Ok(kept) = serde_json::from_str(text)
            {
                visits.push(kept);
                continue;
            }
            let dossier = DossierId(uuid::Uuid::from_bytes(blob(&row, 0)?));
            let mut visit = Visit::new(dossier);
            for (_, entry) in self.journal(dossier).await? {
                visit.journal.insert(entry);
            }
            let folded = VisitRow::of(&visit);
            sqlx::query("UPDATE dossiers SET row_heads = ?, row = ? WHERE dossier = ?")
                .bind(ids_text(&folded.heads.iter().copied().collect()))
                .bind(serde_json::to_string(&folded).expect("a row is plain data"))
                .bind(dossier.0.as_bytes().to_vec())
                .execute(&self.pool)
                .await?;
            visits.push(folded);
        }
        Ok(visits)
    }
}
