//! Reference data on the tablet: a row for each record, and beside them what a search looks through, a row
//! for each page that came: a hundred thousand records are read in a hundred rows.

use std::collections::HashMap;
use std::fmt::Write as _;

use wasm_bindgen::JsValue;
use web_sys::{IdbKeyRange, IdbObjectStore, IdbTransactionMode};

use super::raw::{Transaction, answer};
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

/// Rows of what a search looks through are called so, with their number.
const INDEX: &str = "index";

/// The name of a record's row, as [`Storage::records`] takes it.
pub fn record_name(kind: Kind, key: &str) -> String {
    format!("{} {key}", kind.name())
}

/// What a record is found by: number, both names, the initials of the Chinese one, the models that it fits.
fn found(record: &Record) -> Option<String> {
    let (number, name, models) = match record {
        Record::Operation(operation) => (&operation.code, &operation.name, &operation.models),
        Record::Part(part) => (&part.number, &part.name, &part.models),
        Record::Rate(_) | Record::Plan(_) => return None,
    };
    let text = search_form(&[number.as_str(), &name.zh, &name.en].join("\n"));
    Some(format!("{text}\t{}\t{}", initials_of(&name.zh), models.join("\n")))
}

/// Between a record's name and what it is found by, and behind both: no text has them.
const NAME_ENDS: char = '\u{1}';
const TEXT_ENDS: char = '\u{2}';

/// A page as a row of what a search looks through; what is gone is found by nothing.
fn index_of(page: &ReferencePage) -> String {
    let mut text = String::new();
    let mut add = |name: String, found: &str| {
        text.push_str(&name);
        text.push(NAME_ENDS);
        text.push_str(found);
        text.push(TEXT_ENDS);
    };
    for record in &page.records {
        if let Some(found) = found(record) {
            add(record_name(record.kind(), &record.key()), &found);
        }
    }
    for (kind, gone) in &page.gone {
        add(record_name(*kind, gone), "");
    }
    text
}

/// Every key with this name before it: a space comes before all that stands in one.
fn all_of(name: &str) -> Result<IdbKeyRange, JsValue> {
    IdbKeyRange::bound(&format!("{name} ").into(), &format!("{name}!").into())
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
            by_name::set(&row, "value", &write_json(&record.write()).into());
            store.put(&row)?;
        }
        for (kind, gone) in &page.gone {
            store.delete(&record_name(*kind, gone).into())?;
        }
        let index = index_of(page);
        if !index.is_empty() {
            put_index(&store, page.position, &index)?;
        }
        let held = HeldReference { position: page.position, at };
        store.put(&to_js(&HeldRow { key: HELD.to_owned(), held })?)?;
        transaction.committed().await
    }

    /// What a search looks through, of every kind. Of what has changed since, the last word counts.
    pub async fn searched_reference(&self) -> Result<Vec<Searched>, StorageError> {
        let transaction = self.read(&["reference"]).await?;
        let rows = index_rows(&transaction).await?;
        let mut all: Vec<Searched> = Vec::new();
        let mut places: HashMap<&str, usize> = HashMap::new();
        for (name, text) in rows.iter().flat_map(|row| entries(row)) {
            match places.get(name) {
                Some(at) => all[*at].text = text.to_owned(),
                None => {
                    places.insert(name, all.len());
                    all.push(Searched { arrived: 0, id: name.to_owned(), text: text.to_owned() });
                }
            }
        }
        all.retain(|searched| !searched.text.is_empty());
        Ok(all)
    }

    /// Writes what a search looks through anew where most of it was said again since.
    pub async fn tidy_reference(&self) -> Result<(), StorageError> {
        let transaction = self.begin(&["reference"], IdbTransactionMode::Readwrite, false).await?;
        let rows = index_rows(&transaction).await?;
        let last: HashMap<&str, &str> = rows.iter().flat_map(|row| entries(row)).collect();
        let said = rows.iter().flat_map(|row| entries(row)).count();
        if said > 2 * last.len() {
            let store = transaction.store("reference")?;
            store.delete(all_of(INDEX)?.as_ref())?;
            let mut names: Vec<&str> = last.keys().copied().collect();
            names.sort_unstable();
            let mut text = String::new();
            for name in names.into_iter().filter(|name| !last[name].is_empty()) {
                let _ = write!(text, "{name}{NAME_ENDS}{}{TEXT_ENDS}", last[name]);
            }
            put_index(&store, 0, &text)?;
        }
        transaction.committed().await
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
        let asked = transaction.store("reference")?.get_all_with_key(all_of(kind.name())?.as_ref())?;
        let rows = js_sys::Array::from(&answer(&asked).await?);
        rows.iter().map(|row| from_text(&get(&row, "value").as_string().unwrap_or_default())).collect()
    }
}

/// Numbers stand in the order of their texts.
fn put_index(store: &IdbObjectStore, number: u64, text: &str) -> Result<(), StorageError> {
    let row = js_sys::Object::new();
    by_name::set(&row, "key", &format!("{INDEX} {number:020}").into());
    by_name::set(&row, "text", &text.into());
    store.put(&row)?;
    Ok(())
}

async fn index_rows(transaction: &Transaction) -> Result<Vec<String>, StorageError> {
    let asked = transaction.store("reference")?.get_all_with_key(all_of(INDEX)?.as_ref())?;
    let rows = js_sys::Array::from(&answer(&asked).await?);
    Ok(rows.iter().filter_map(|row| get(&row, "text").as_string()).collect())
}

/// Names, and what each is found by.
fn entries(row: &str) -> impl Iterator<Item = (&str, &str)> {
    row.split(TEXT_ENDS).filter_map(|entry| entry.split_once(NAME_ENDS))
}
