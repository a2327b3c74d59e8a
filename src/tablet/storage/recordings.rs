//! Recordings among the attachments: they are sent last, and a person can hold each of them back.

use wasm_bindgen::JsValue;
use web_sys::IdbTransactionMode;

use super::raw::answer;
use super::{AttachmentRow, Notice, Storage, StorageError};
use crate::journal::{AttachmentId, DossierId};
use crate::record::named;
use crate::tablet::by_name::get;

/// The place of recordings in the order of sending, behind pictures and what was lost and came back.
const LAST: f64 = 4e12;
/// What stands behind this is not sent.
pub(super) const HELD: f64 = 8e12;

named! {
    /// How far a recording is.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(crate) enum Sending {
        /// On another tablet.
        Elsewhere = "elsewhere",
        /// Here, and on its way.
        Waiting = "waiting",
        /// Here, and held back.
        Held = "held",
        /// On the server.
        Sent = "sent",
    }
}

/// The place of an attachment: of recordings (WebM, MP4, Ogg by their first byte) the last, else this one.
pub(super) fn place(bytes: &js_sys::Uint8Array, other: f64) -> f64 {
    if bytes.length() > 0 && matches!(bytes.get_index(0), 0x1a | 0 | b'O') { LAST } else { other }
}

impl Storage {
    /// How far a recording is.
    pub(crate) async fn sending(&self, id: AttachmentId) -> Result<Sending, StorageError> {
        let transaction = self.read(&["attachments"]).await?;
        let row = answer(&transaction.get("attachments", &id.to_string())?).await?;
        if row.is_undefined() {
            return Ok(Sending::Elsewhere);
        }
        Ok(match get(&row, "unsent").as_f64() {
            None => Sending::Sent,
            Some(place) if place > HELD => Sending::Held,
            Some(_) => Sending::Waiting,
        })
    }

    /// Holds a recording back, or lets it go.
    pub(crate) async fn hold_back(
        &self,
        dossier: DossierId,
        id: AttachmentId,
        held: bool,
    ) -> Result<(), StorageError> {
        let transaction = self.begin(&["attachments"], IdbTransactionMode::Readwrite, false).await?;
        let store = transaction.store("attachments")?;
        let row = answer(&store.get(&JsValue::from_str(&id.to_string()))?).await?;
        if let Some(mut row) = AttachmentRow::read(&row)?
            && let Some(place) = row.unsent
        {
            let within = if place > HELD { place - HELD } else { place };
            row.unsent = Some(if held { within + HELD } else { within });
            store.put(&row.to_js())?;
        }
        transaction.committed().await?;
        // What is let go is sent with the next exchange, which begins now.
        self.notice(Notice::Written(dossier));
        Ok(())
    }
}
