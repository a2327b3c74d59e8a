//! Photos that came from the system's camera and are not entries yet: the camera needs so much memory
//! that Android may end the page at any moment. They lie among the drafts, as they came, until they are
//! kept or refused. As files: the browser copies them without the page's help.

use js_sys::Array;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Blob, IdbKeyRange, IdbTransactionMode};

use super::raw::answer;
use super::{Storage, StorageError};
use crate::journal::DossierId;
use crate::record::{read_json, write_json};
use crate::tablet::by_name::{get, set};
use crate::tablet::device;
use crate::visit::PhotoSubject;

const PLACE: &str = "photo ";

impl Storage {
    /// Keeps a file until it is an entry; gives its place.
    pub(crate) async fn put_waiting(
        &self,
        dossier: DossierId,
        subject: &PhotoSubject,
        file: &Blob,
    ) -> Result<String, StorageError> {
        let place = format!("{PLACE}{} {}", device::now(), js_sys::Math::random());
        let of = write_json(&(dossier, subject.clone()));
        let row = js_sys::Object::new();
        set(&row, "name", &place.as_str().into());
        set(&row, "of", &of.as_str().into());
        set(&row, "file", file);
        let transaction = self.begin(&["drafts"], IdbTransactionMode::Readwrite, false).await?;
        transaction.store("drafts")?.put(&row)?;
        transaction.committed().await?;
        Ok(place)
    }

    /// Takes out what was left waiting when the page ended, oldest first. Taken out before it is read: a
    /// file that ends the page must not end it at every start.
    pub(crate) async fn take_waiting(&self) -> Result<Vec<(DossierId, PhotoSubject, Blob)>, StorageError> {
        let transaction = self.begin(&["drafts"], IdbTransactionMode::Readwrite, false).await?;
        let store = transaction.store("drafts")?;
        let end: JsValue = format!("{PLACE}:").into();
        let photos = IdbKeyRange::bound(&PLACE.into(), &end)?;
        let rows = answer(&store.get_all_with_key(&photos)?).await?;
        store.delete(&photos)?;
        transaction.committed().await?;
        let mut waiting = Vec::new();
        for row in Array::from(&rows).iter() {
            let of = get(&row, "of").as_string().unwrap_or_default();
            if let Ok((dossier, subject)) = read_json(of.as_bytes()) {
                waiting.push((dossier, subject, get(&row, "file").unchecked_into()));
            }
        }
        Ok(waiting)
    }
}
