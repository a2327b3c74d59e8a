//! Reference data on the tablet: a row for each record, with what a search looks through.

use wasm_bindgen::JsValue;
use web_sys::{IdbKeyRange, IdbTransactionMode};

use super::raw::answer;
use super::{Storage, StorageError, from_js, from_text, to_js};
use crate::protocol::ReferencePage;
use crate::record::{Kept, kept, write_json};
use crate::reference::{Kind, Record};
use crate::tablet::by_name::{self, get};
use crate::tablet::pinyin::initials_of;
use crate::visit::{Searched, search_form};

/// How far the server's list is held, and since when that is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HeldReference {
    /// The position of the last record that was taken.
    pub position: u64,
    /// When the server last said so, milliseconds since 1970 UTC.
    pub at: i64,
}

kept!(HeldReference { position, at });

struct HeldRow {
    key: String,
    held: HeldReference,
}

kept!(HeldRow { key, held });

/// The row that says how far: no kind of record is called so.
const HELD: &str = "held";

/// So many rows are read at once: a hand that taps meanwhile waits for no more.
const AT_ONCE: u32 = 2_000;

/// The name of a record's row, as [`Storage::records`] takes it.
pub fn record_name(kind: Kind, key: &str) -> String {
    format!("{} {key}", kind.name())
}

/// What a record is found by: number, both names, the initials of the Chinese one.
fn found(record: &Record) -> Option<String> {
    let (number, name) = match record {
        Record::Operation(operation) => (&operation.code, &operation.name),
        Record::Part(part) => (&part.number, &part.name),
        Record::Rate(_) | Record::Plan(_) => return None,
    };
    let text = search_form(&[number.as_str(), &name.zh, &name.en].join("\n"));
    Some(format!("{text}\t{}", initials_of(&name.zh)))
}

/// Every key of a kind: a space comes before all that stands in one.
fn all_of(kind: Kind) -> Result<IdbKeyRange, JsValue> {
    IdbKeyRange::bound(&record_name(kind, "").into(), &format!("{}!", kind.name()).into())
}

impl Storage {
    /// How far reference data is held; `None` before any was asked for.
    pub async fn held_reference(&self) -> Result<Option<HeldReference>, StorageError> {
        let transaction = self.read(&["reference"]).await?;
        let row: Option<HeldRow> = from_js(answer(&transaction.get("reference", HELD)?).await?)?;
        Ok(row.map(|row| row.held))
    }

    /// Keeps a page, and how far it reaches, in one transaction. `anew`: what was held is another list's.
    pub async fn keep_reference(
        &self,
        page: &ReferencePage,
        at: i64,
        anew: bool,
    ) -> Result<(), StorageError> {
        let transaction = self.begin(&["reference"], IdbTransactionMode::Readwrite, false).await?;
        let store = transaction.store("reference")?;
        if anew {
            store.clear()?;
        }
        for record in &page.records {
            let row = js_sys::Object::new();
            by_name::set(&row, "key", &record_name(record.kind(), &record.key()).into());
            by_name::set(&row, "found", &found(record).unwrap_or_default().into());
            by_name::set(&row, "value", &write_json(&record.write()).into());
            store.put(&row)?;
        }
        for (kind, gone) in &page.gone {
            store.delete(&record_name(*kind, gone).into())?;
        }
        let held = HeldReference { position: page.position, at };
        store.put(&to_js(&HeldRow { key: HELD.to_owned(), held })?)?;
        transaction.committed().await
    }

    /// What a search for this kind looks through.
    pub async fn searched_reference(&self, kind: Kind) -> Result<Vec<Searched>, StorageError> {
        let mut all = Vec::new();
        let mut range = all_of(kind)?;
        let end = range.upper()?;
        loop {
            let transaction = self.read(&["reference"]).await?;
            let asked = transaction.store("reference")?.get_all_with_key_and_limit(&range, AT_ONCE)?;
            let rows = js_sys::Array::from(&answer(&asked).await?);
            for row in rows.iter() {
                let text = |name: &str| get(&row, name).as_string().unwrap_or_default();
                all.push(Searched { arrived: 0, id: text("key"), text: text("found") });
            }
            match all.last().filter(|_| rows.length() == AT_ONCE) {
                Some(last) => {
                    range = IdbKeyRange::bound_with_lower_open(&last.id.as_str().into(), &end, true)?
                }
                None => return Ok(all),
            }
        }
    }

    /// The records with these names, in their order; one that is gone is left out.
    pub async fn records(&self, names: &[String]) -> Result<Vec<Record>, StorageError> {
        let transaction = self.read(&["reference"]).await?;
        let asked: Vec<_> =
            names.iter().map(|name| transaction.get("reference", name)).collect::<Result<_, _>>()?;
        let mut records = Vec::with_capacity(asked.len());
        for asked in asked {
            if let Some(value) = get(&answer(&asked).await?, "value").as_string() {
                records.push(from_text(&value)?);
            }
        }
        Ok(records)
    }

    /// Every record of a kind of which there are few.
    pub async fn records_of(&self, kind: Kind) -> Result<Vec<Record>, StorageError> {
        let transaction = self.read(&["reference"]).await?;
        let asked = transaction.store("reference")?.get_all_with_key(all_of(kind)?.as_ref())?;
        let rows = js_sys::Array::from(&answer(&asked).await?);
        rows.iter().map(|row| from_text(&get(&row, "value").as_string().unwrap_or_default())).collect()
    }
}
