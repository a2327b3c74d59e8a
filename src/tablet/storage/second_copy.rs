//! IndexedDB alone is not enough: on a really full disk Chromium deleted a whole database, strict
//! commits included. What is unsent lies in Cache Storage too, until the server has confirmed it.

use js_sys::{Array, Promise};

use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Cache, IdbTransactionMode, Request, Response};

use super::{AttachmentRow, EntryRow, Listed, ListedRow, Storage, StorageError, fold_in, raw, to_js};
use crate::journal::{AttachmentId, Entry, WireEntry};
use crate::record::{read_json, write_json};
use crate::tablet::by_name::get;
use crate::tablet::device;
use crate::visit::Visit;

/// Photos stop before text does: one is taken only where this much more would fit, in bytes. An entry
/// takes about 1 kB with its row and its copy, so that thousands still do.
const ROOM_FOR_TEXT: usize = 4_000_000;

/// Copies are made once the hand rests, at the latest after so many milliseconds, of all that is unsent
/// by then.
const LATEST: i64 = 15_000;

/// Something that is to be copied.
pub(super) enum Original {
    Entry(Box<Entry>),
    Attachment(AttachmentId, Vec<u8>),
}

impl Original {
    fn path(&self) -> String {
        match self {
            Self::Entry(entry) => format!("/unsent/{}", entry.id),
            Self::Attachment(id, _) => format!("/unsent-attachment/{}", id.digits()),
        }
    }
}

async fn done(promise: Promise) -> Result<JsValue, StorageError> {
    Ok(JsFuture::from(promise).await?)
}

impl Storage {
    pub(super) async fn cache(&self) -> Result<Cache, StorageError> {
        let window = web_sys::window().ok_or_else(|| StorageError::Failed("no window".into()))?;
        let cache = done(window.caches()?.open(&format!("{}-unsent", self.inner.name))).await?;
        Ok(cache.unchecked_into())
    }

    /// Whether there is room for a photo. It is tried: Chromium's `estimate()` promises 10 GB always.
    pub(crate) async fn has_room(&self) -> bool {
        let Ok(cache) = self.cache().await else { return false };
        let mut bytes = vec![0; ROOM_FOR_TEXT];
        let Ok(response) = Response::new_with_opt_u8_array(Some(&mut bytes)) else { return false };
        let fits = done(cache.put_with_str("/room", &response)).await.is_ok();
        let _ = done(cache.delete_with_str("/room")).await;
        fits
    }

    /// Puts the copies beside what was just committed; what fails is repeated at the next start.
    pub(super) fn copy_unsent(&self, entries: &[Entry], attachments: Vec<(AttachmentId, Vec<u8>, bool)>) {
        let mut waiting = self.inner.copies.borrow_mut();
        let first = waiting.is_empty();
        waiting.extend(entries.iter().map(|entry| Original::Entry(Box::new(entry.clone()))));
        waiting.extend(attachments.into_iter().map(|(id, bytes, _)| Original::Attachment(id, bytes)));
        if first {
            let storage = self.clone();
            spawn_local(async move {
                // What was tapped is painted first, and most of it is with the server by then.
                let began = device::uptime();
                device::at_rest(|| device::uptime() - began >= LATEST).await;
                let gathered = storage.inner.copies.take();
                let _ = storage.copy(gathered).await;
            });
        }
    }

    async fn copy(&self, mut gathered: Vec<Original>) -> Result<(), StorageError> {
        // A database that is gone meanwhile is what the copies are for: then all of them are made.
        let mut sent = self.are_sent(&gathered).await.unwrap_or_default().into_iter();
        gathered.retain(|_| sent.next() != Some(true));
        if gathered.is_empty() {
            return Ok(());
        }
        let cache = self.cache().await?;
        for original in &mut gathered {
            let path = original.path();
            let response = match original {
                Original::Entry(entry) => {
                    let text = write_json(&entry.to_wire(None));
                    Response::new_with_opt_str(Some(&text))
                }
                Original::Attachment(_, bytes) => Response::new_with_opt_u8_array(Some(bytes)),
            };
            if let Ok(response) = response {
                let _ = done(cache.put_with_str(&path, &response)).await;
            }
        }
        // What the server confirmed meanwhile, in another tab too, needs none.
        let sent = self.are_sent(&gathered).await?;
        let late = gathered.iter().zip(sent).filter(|(_, sent)| *sent).map(|(original, _)| original.path());
        self.drop_copies(&late.collect::<Vec<_>>()).await;
        Ok(())
    }

    async fn are_sent(&self, originals: &[Original]) -> Result<Vec<bool>, StorageError> {
        let transaction = self.read(&["entries", "attachments"]).await?;
        // All are asked for at once: a tap waits for this transaction to end.
        let asked: Result<Vec<_>, StorageError> = originals
            .iter()
            .map(|original| match original {
                Original::Entry(entry) => transaction.get("entries", &entry.id.to_string()),
                Original::Attachment(id, _) => transaction.get("attachments", &id.to_string()),
            })
            .collect();
        let mut sent = Vec::new();
        for request in asked? {
            let row = raw::answer(&request).await?;
            let has = |name: &str| get(&row, name).is_truthy();
            sent.push(row.is_object() && !has("unsent") && !has("refused"));
        }
        Ok(sent)
    }

    /// The server has it: the copy is not needed any more.
    pub(super) async fn drop_copies(&self, paths: &[String]) {
        let Ok(cache) = self.cache().await else { return };
        for path in paths {
            let _ = done(cache.delete_with_str(path)).await;
        }
    }

    /// Puts back into the database what only the copies still have.
    pub(super) async fn put_back(&self) -> Result<(), StorageError> {
        let cache = self.cache().await?;
        let keys: Array = done(cache.keys()).await?.unchecked_into();
        let mut lost = Vec::new();
        for key in keys.iter() {
            let request: Request = key.unchecked_into();
            let Some(path) = request.url().split_once("/unsent").map(|(_, rest)| rest.to_owned()) else {
                continue;
            };
            let response = done(cache.match_with_request(&request)).await?;
            let Ok(response) = response.dyn_into::<Response>() else { continue };
            if let Some(digits) = path.strip_prefix("-attachment/") {
                let Ok(id) = AttachmentId::from_digits(digits) else { continue };
                if self.bytes(id).await?.is_none() {
                    let bytes = js_sys::Uint8Array::new(&done(response.array_buffer()?).await?);
                    let unsent = Some(super::recordings::place(&bytes, 3e12));
                    self.put_attachment_row(&AttachmentRow { id: id.to_string(), bytes, unsent }).await?;
                }
            } else {
                let text = done(response.text()?).await?.as_string().unwrap_or_default();
                let wire: Option<WireEntry> = read_json(text.as_bytes()).ok();
                lost.extend(wire.and_then(|wire| Entry::read(wire).ok()));
            }
        }
        for entry in lost {
            self.put_back_entry(&entry).await?;
        }
        Ok(())
    }

    async fn put_back_entry(&self, entry: &Entry) -> Result<(), StorageError> {
        let transaction =
            self.begin(&["entries", "visits", "meta"], IdbTransactionMode::Readwrite, false).await?;
        let store = transaction.store("entries")?;
        let key = JsValue::from_str(&entry.id.to_string());
        if !raw::answer(&store.get(&key)?).await?.is_undefined() {
            return transaction.committed().await;
        }
        let mut identity = super::identity_in(&transaction).await?;
        store.put(&to_js(&EntryRow::of(entry, Some(entry.core.seq)))?)?;
        if entry.core.device == identity.device && entry.core.seq > identity.seq {
            identity.seq = entry.core.seq;
        }
        super::put_identity(&transaction, &mut identity)?;
        let mut visit = Visit::new(entry.core.dossier);
        fold_in(&transaction, &mut visit).await?;
        let listed = super::listed_in(&transaction, entry.core.dossier).await?;
        let unsent = listed.as_ref().map_or(0, |listed| listed.unsent) + 1;
        let mut listed = Listed::anew(listed, &visit, unsent);
        transaction.store("visits")?.put(&ListedRow::of(&mut listed).to_js())?;
        transaction.committed().await
    }
}
