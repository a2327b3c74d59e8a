//! Photos, sheets and recordings as bytes, and what is known of their way to the server.

use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::IdbTransactionMode;

use super::raw::answer;
use super::{Storage, StorageError};
use crate::journal::AttachmentId;
use crate::tablet::by_name::{get, set};

/// Bytes of an attachment. `unsent` orders: thumbnails (1…) before pictures (2…), what was lost and came
/// back (3…), recordings (4…); those that are held back stand behind all.
pub(super) struct AttachmentRow {
    pub(super) id: String,
    pub(super) bytes: js_sys::Uint8Array,
    pub(super) unsent: Option<f64>,
}

impl AttachmentRow {
    /// A row as kept: its bytes are the browser's own.
    pub(super) fn read(row: &JsValue) -> Result<Option<Self>, StorageError> {
        if row.is_undefined() {
            return Ok(None);
        }
        let id = get(row, "id").as_string().unwrap_or_default();
        Ok(Some(Self { id, bytes: get(row, "bytes").dyn_into()?, unsent: get(row, "unsent").as_f64() }))
    }

    pub(super) fn to_js(&self) -> JsValue {
        let row = js_sys::Object::new();
        set(&row, "id", &JsValue::from_str(&self.id));
        set(&row, "bytes", &self.bytes);
        if let Some(unsent) = self.unsent {
            set(&row, "unsent", &unsent.into());
        }
        row.into()
    }
}

impl Storage {
    /// The bytes of an attachment, where they are here.
    pub async fn bytes(&self, id: AttachmentId) -> Result<Option<Vec<u8>>, StorageError> {
        let transaction = self.read(&["attachments"]).await?;
        let value = answer(&transaction.get("attachments", &id.to_string())?).await?;
        if value.is_undefined() {
            return Ok(None);
        }
        Ok(get(&value, "bytes").dyn_into::<js_sys::Uint8Array>().ok().map(|bytes| bytes.to_vec()))
    }

    /// Which of these attachments are here and confirmed by the server. Keys only: the bytes of a film
    /// would be read again at every tap.
    pub async fn sent_of(&self, mut ids: Vec<AttachmentId>) -> Result<Vec<AttachmentId>, StorageError> {
        let transaction = self.read(&["attachments"]).await?;
        let store = transaction.store("attachments")?;
        let (held, unsent) = (store.get_all_keys()?, store.index("unsent")?.get_all_keys()?);
        let held = js_sys::Array::from(&answer(&held).await?);
        let unsent = js_sys::Array::from(&answer(&unsent).await?);
        ids.retain(|id| {
            let key = JsValue::from_str(&id.to_string());
            held.includes(&key, 0) && !unsent.includes(&key, 0)
        });
        Ok(ids)
    }

    pub(super) async fn put_attachment_row(&self, row: &AttachmentRow) -> Result<(), StorageError> {
        let transaction = self.begin(&["attachments"], IdbTransactionMode::Readwrite, false).await?;
        transaction.store("attachments")?.put(&row.to_js())?;
        transaction.committed().await
    }
}
