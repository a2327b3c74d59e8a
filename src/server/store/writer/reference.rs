//! Writing the catalogue and reference data.

use sqlx::{QueryBuilder, Sqlite};

use super::{ROWS_IN_ONE_STATEMENT, Writer};
use crate::catalogue::Catalogue;
use crate::catalogue::rows::CatalogueRow;
use crate::reference::{Kind, Record};
use crate::server::store::{NotStored, catalogue_text, read};

impl Writer {
    pub(super) async fn keep(&mut self, name: &str, text: &str) -> Result<(), NotStored> {
        sqlx::query("INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value")
            .bind(name)
            .bind(text)
            .execute(&mut self.connection)
            .await?;
        Ok(())
    }

    /// Takes rows into the catalogue as it stands in this commit.
    pub(super) async fn take(&mut self, rows: &[CatalogueRow], all: bool) -> Result<usize, NotStored> {
        let kept = read::catalogue(&mut self.connection, "catalogue").await?;
        let mut catalogue = match kept {
            Some(kept) => kept,
            None => {
                read::catalogue(&mut self.connection, "begin_with").await?.unwrap_or_else(Catalogue::standard)
            }
        };
        let changed = catalogue.take(rows, all);
        if changed > 0 {
            self.keep("catalogue", &catalogue_text(&catalogue)).await?;
        }
        Ok(changed)
    }

    /// Only what differs takes a position.
    pub(super) async fn put_reference(
        &mut self,
        records: &[Record],
        gone: &[(Kind, String)],
    ) -> Result<usize, NotStored> {
        let (newest,): (i64,) = sqlx::query_as("SELECT COALESCE(MAX(position), 0) FROM reference")
            .fetch_one(&mut self.connection)
            .await?;
        let records_in_all = records.len();
        let mut changed = 0;
        let mut records = (newest + 1..).zip(records).peekable();
        while records.peek().is_some() {
            let mut query =
                QueryBuilder::<Sqlite>::new("INSERT INTO reference (kind, key, position, value) ");
            query.push_values(records.by_ref().take(ROWS_IN_ONE_STATEMENT), |mut row, (position, record)| {
                row.push_bind(record.kind().name())
                    .push_bind(record.key())
                    .push_bind(position)
                    .push_bind(record.value().to_string());
            });
            query.push(
                " ON CONFLICT (kind, key) DO UPDATE SET position = excluded.position, value = excluded.value \
                 WHERE value IS NOT excluded.value",
            );
            changed += query.build().execute(&mut self.connection).await?.rows_affected();
        }
        let behind = newest + records_in_all as i64;
        for (position, (kind, key)) in (behind + 1..).zip(gone) {
            let taken = sqlx::query(
                "UPDATE reference SET value = NULL, position = ? WHERE kind = ? AND key = ? AND value IS NOT NULL",
            );
            let taken = taken.bind(position).bind(kind.name()).bind(key);
            changed += taken.execute(&mut self.connection).await?.rows_affected();
        }
        Ok(changed as usize)
    }
}
