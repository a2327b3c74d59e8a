//! A raw connection to IndexedDB for what rexie 0.6.2 cannot do: strict durability, several stores in
//! one transaction with its own end, close and versionchange events.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbObjectStore, IdbRequest, IdbTransaction, IdbTransactionMode};

use super::StorageError;

fn error_of(value: &JsValue) -> StorageError {
    let text = |name: &str| js_sys::Reflect::get(value, &name.into()).ok().and_then(|text| text.as_string());
    match text("name").as_deref() {
        Some("QuotaExceededError") => StorageError::Full,
        Some(name) => StorageError::Failed(format!("{name}: {}", text("message").unwrap_or_default())),
        None => StorageError::Failed(format!("{value:?}")),
    }
}

impl From<JsValue> for StorageError {
    fn from(value: JsValue) -> Self {
        error_of(&value)
    }
}

/// The answer to a request.
pub(super) async fn answer(request: &IdbRequest) -> Result<JsValue, StorageError> {
    let promise = Promise::new(&mut |resolve, reject| {
        let done = request.clone();
        let success = Closure::once_into_js(move || {
            let _ = resolve.call1(&JsValue::NULL, &done.result().unwrap_or(JsValue::UNDEFINED));
        });
        let failed = request.clone();
        let failure = Closure::once_into_js(move || {
            let why = failed.error().ok().flatten().map_or(JsValue::NULL, JsValue::from);
            let _ = reject.call1(&JsValue::NULL, &why);
        });
        request.set_onsuccess(Some(success.unchecked_ref()));
        request.set_onerror(Some(failure.unchecked_ref()));
    });
    JsFuture::from(promise).await.map_err(|why| error_of(&why))
}

/// web-sys has the options of a transaction behind an unstable flag only, so it is begun by name.
fn strictly(
    database: &IdbDatabase,
    names: &js_sys::Array,
    mode: IdbTransactionMode,
) -> Result<IdbTransaction, JsValue> {
    let options = js_sys::Object::new();
    js_sys::Reflect::set(&options, &"durability".into(), &"strict".into())?;
    let begin: js_sys::Function = js_sys::Reflect::get(database, &"transaction".into())?.dyn_into()?;
    begin.call3(database, names, &mode.into(), &options)?.dyn_into()
}

/// A transaction over some stores.
pub(super) struct Transaction {
    inner: IdbTransaction,
    ended: Promise,
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
        let ended = Promise::new(&mut |resolve, reject| {
            let complete = Closure::once_into_js(move || {
                let _ = resolve.call0(&JsValue::NULL);
            });
            let of = inner.clone();
            let abort = Closure::once_into_js(move || {
                let why = of.error().map_or(JsValue::NULL, JsValue::from);
                let _ = reject.call1(&JsValue::NULL, &why);
            });
            inner.set_oncomplete(Some(complete.unchecked_ref()));
            inner.set_onabort(Some(abort.unchecked_ref()));
        });
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
        JsFuture::from(self.ended).await.map(|_| ()).map_err(|why| error_of(&why))
    }

    /// Keeps nothing of it.
    pub(super) fn abort(self) {
        let _ = self.inner.abort();
        let ended = self.ended;
        wasm_bindgen_futures::spawn_local(async move {
            let _ = JsFuture::from(ended).await;
        });
    }
}

/// Opens the database that rexie has brought to its schema.
pub(super) async fn open(name: &str, closed: impl Fn() + 'static) -> Result<IdbDatabase, StorageError> {
    let factory = web_sys::window()
        .and_then(|window| window.indexed_db().ok().flatten())
        .ok_or_else(|| StorageError::Failed("no IndexedDB".into()))?;
    let database: IdbDatabase = answer(factory.open(name)?.as_ref()).await?.unchecked_into();
    let own = database.clone();
    // Another tab upgrades: give way, and say so on the screen.
    let closed = std::rc::Rc::new(closed);
    let also = std::rc::Rc::clone(&closed);
    let give_way = Closure::<dyn Fn()>::new(move || {
        own.close();
        also();
    });
    database.set_onversionchange(Some(give_way.as_ref().unchecked_ref()));
    give_way.forget();
    let lost = Closure::<dyn Fn()>::new(move || closed());
    database.set_onclose(Some(lost.as_ref().unchecked_ref()));
    lost.forget();
    Ok(database)
}
