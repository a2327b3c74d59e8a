//! A raw connection to IndexedDB for what rexie 0.6.2 cannot do: strict durability, several stores in
//! one transaction with its own end, close and versionchange events.

use std::cell::Cell;
use std::rc::Rc;

use futures_channel::oneshot::{Receiver, channel};
use js_sys::Function;
use wasm_bindgen::prelude::*;
use web_sys::{Event, IdbDatabase, IdbObjectStore, IdbRequest, IdbTransaction, IdbTransactionMode};

use super::StorageError;
use crate::tablet::by_name::{call, get};
use crate::tablet::device::object;

fn error_of(value: &JsValue) -> StorageError {
    let text = |name: &str| get(value, name).as_string();
    match text("name").as_deref() {
        Some("QuotaExceededError") => StorageError::Full,
        // What a connection says that the browser has closed: at once, under a transaction, in WebKit.
        Some("InvalidStateError" | "AbortError" | "UnknownError") => StorageError::Closed,
        Some(name) => StorageError::Failed(format!("{name}: {}", text("message").unwrap_or_default())),
        None => StorageError::Failed(format!("{value:?}")),
    }
}

impl From<JsValue> for StorageError {
    fn from(value: JsValue) -> Self {
        error_of(&value)
    }
}

/// Hears one of two events, whether it is the good one: without a promise, which comes later by two turns of
/// the browser's queue.
fn heard(good: &'static str) -> (Function, Receiver<bool>) {
    let (tell, told) = channel();
    let hear = Closure::once_into_js(move |event: Event| {
        let _ = tell.send(event.type_() == good);
    });
    (hear.unchecked_into(), told)
}

/// The answer to a request.
pub(super) async fn answer(request: &IdbRequest) -> Result<JsValue, StorageError> {
    let (hear, told) = heard("success");
    request.set_onsuccess(Some(&hear));
    request.set_onerror(Some(&hear));
    match told.await {
        Ok(true) => Ok(request.result()?),
        _ => Err(error_of(&request.error().ok().flatten().map_or(JsValue::NULL, JsValue::from))),
    }
}

/// web-sys has the options of a transaction behind an unstable flag only, so it is begun by name.
fn strictly(
    database: &IdbDatabase,
    names: &js_sys::Array,
    mode: IdbTransactionMode,
) -> Result<IdbTransaction, JsValue> {
    let strict = object("durability", &"strict".into());
    call(database, "transaction", &[names, &mode.into(), &strict])?.dyn_into()
}

/// A transaction over some stores.
pub(super) struct Transaction {
    inner: IdbTransaction,
    ended: Receiver<bool>,
}

impl Transaction {
    /// Begins one. A write that a customer's signature depends on is strict: committed means on disk.
    pub(super) fn begin(
        database: &IdbDatabase,
        stores: &[&str],
        mode: IdbTransactionMode,
        strict: bool,
    ) -> Result<Self, StorageError> {
        let names: js_sys::Array = stores.iter().map(|name| JsValue::from_str(name)).collect();
        let inner = if strict {
            strictly(database, &names, mode)?
        } else {
            database.transaction_with_str_sequence_and_mode(&names, mode)?
        };
        let (hear, ended) = heard("complete");
        inner.set_oncomplete(Some(&hear));
        inner.set_onabort(Some(&hear));
        Ok(Self { inner, ended })
    }

    pub(super) fn store(&self, name: &str) -> Result<IdbObjectStore, StorageError> {
        Ok(self.inner.object_store(name)?)
    }

    /// Asks for one row.
    pub(super) fn get(&self, store: &str, key: &str) -> Result<IdbRequest, StorageError> {
        Ok(self.store(store)?.get(&JsValue::from_str(key))?)
    }

    /// Ends when it is committed; anything else is an error and nothing was kept.
    pub(super) async fn committed(self) -> Result<(), StorageError> {
        // Without waiting for the answers to what was put: the end says whether all of it was kept.
        // web-sys has this method as deprecated, for no reason that the standard gives.
        let _ = call(&self.inner, "commit", &[]);
        match self.ended.await {
            Ok(true) => Ok(()),
            _ => Err(error_of(&self.inner.error().map_or(JsValue::NULL, JsValue::from))),
        }
    }

    /// Keeps nothing of it.
    pub(super) fn abort(self) {
        let _ = self.inner.abort();
    }
}

/// Opens the database in a version, or as it is. One that is older or not there is left as it is and
/// `None`: rexie knows the stores. `blocked` is called while another tab does not give way.
pub(super) async fn open(
    name: &str,
    version: Option<u32>,
    closed: &Rc<Cell<bool>>,
    blocked: Box<dyn Fn()>,
) -> Result<Option<IdbDatabase>, StorageError> {
    let factory = web_sys::window()
        .and_then(|window| window.indexed_db().ok().flatten())
        .ok_or_else(|| StorageError::Failed("no IndexedDB".into()))?;
    let request = match version {
        Some(version) => factory.open_with_u32(name, version)?,
        None => factory.open(name)?,
    };
    let (asked, unmade) = (request.clone(), Rc::new(Cell::new(false)));
    let found = Rc::clone(&unmade);
    let leave = Closure::<dyn Fn()>::new(move || {
        found.set(true);
        let _ = asked.transaction().map(|upgrade| upgrade.abort());
    });
    request.set_onupgradeneeded(Some(leave.as_ref().unchecked_ref()));
    let blocked = Closure::wrap(blocked);
    request.set_onblocked(Some(blocked.as_ref().unchecked_ref()));
    let opened = answer(request.as_ref()).await;
    if unmade.get() {
        return Ok(None);
    }
    let database: IdbDatabase = opened?.unchecked_into();
    // Another tab upgrades: give way; the next use opens it again.
    let (own, mark) = (database.clone(), Rc::clone(closed));
    let give_way = Closure::<dyn Fn()>::new(move || {
        own.close();
        mark.set(true);
    });
    database.set_onversionchange(Some(give_way.as_ref().unchecked_ref()));
    give_way.forget();
    let mark = Rc::clone(closed);
    let lost = Closure::<dyn Fn()>::new(move || mark.set(true));
    database.set_onclose(Some(lost.as_ref().unchecked_ref()));
    lost.forget();
    Ok(Some(database))
}
