//! What the tablet keeps for itself: drafts, who holds it and where they stand, the catalogue.

use wasm_bindgen::JsValue;
use web_sys::IdbTransactionMode;

use super::raw::answer;
use super::{Storage, StorageError, from_js, from_text, to_js};
use crate::catalogue::Catalogue;
use crate::journal::StaffId;
use crate::record::{Kept, kept, write_json};

pub(super) struct Named {
    pub(super) name: String,
    pub(super) text: String,
}

kept!(Named { name, text });

impl Storage {
    pub(super) async fn named<T: Kept>(&self, store: &str, name: &str) -> Result<Option<T>, StorageError> {
        let transaction = self.read(&[store]).await?;
        from_js(answer(&transaction.get(store, name)?).await?)
    }

    async fn put_named(&self, store: &str, name: &str, text: String) -> Result<(), StorageError> {
        let transaction = self.begin(&[store], IdbTransactionMode::Readwrite, false).await?;
        transaction.store(store)?.put(&to_js(&Named { name: name.to_owned(), text })?)?;
        transaction.committed().await
    }

    /// What was typed and is no entry yet.
    pub async fn draft(&self, name: &str) -> Result<Option<String>, StorageError> {
        Ok(self.named::<Named>("drafts", name).await?.map(|named| named.text))
    }

    /// Overwrites what was typed.
    pub async fn put_draft(&self, name: &str, text: String) -> Result<(), StorageError> {
        self.put_named("drafts", name, text).await
    }

    /// It is an entry now.
    pub async fn drop_draft(&self, name: &str) -> Result<(), StorageError> {
        let transaction = self.begin(&["drafts"], IdbTransactionMode::Readwrite, false).await?;
        transaction.store("drafts")?.delete(&JsValue::from_str(name))?;
        transaction.committed().await
    }

    /// Who holds the tablet, until sign-in exists: the browser's own storage would forget it in a crash.
    pub async fn person(&self) -> Result<Option<StaffId>, StorageError> {
        Ok(self.named::<Named>("meta", "person").await?.map(|named| StaffId(named.text)))
    }

    /// Somebody else holds the tablet.
    pub async fn put_person(&self, person: &StaffId) -> Result<(), StorageError> {
        self.put_named("meta", "person", person.0.clone()).await
    }

    /// Where somebody stood on this tablet.
    pub(crate) async fn place(&self) -> Result<String, StorageError> {
        let kept = self.named::<Named>("meta", "place").await?;
        Ok(kept.map(|named| named.text).unwrap_or_default())
    }

    /// Somebody stands elsewhere. Drafts that were begun before are committed before this is.
    pub(crate) async fn put_place(&self, place: &str) -> Result<(), StorageError> {
        let transaction = self.begin(&["drafts", "meta"], IdbTransactionMode::Readwrite, false).await?;
        let named = Named { name: "place".to_owned(), text: place.to_owned() };
        transaction.store("meta")?.put(&to_js(&named)?)?;
        transaction.committed().await
    }

    /// The screen that the customer holds, if one does.
    pub async fn customer_mode(&self) -> Result<Option<String>, StorageError> {
        let kept = self.named::<Named>("meta", "customer").await?;
        Ok(kept.map(|named| named.text).filter(|address| !address.is_empty()))
    }

    /// The customer holds the tablet, or gave it back.
    pub async fn put_customer_mode(&self, address: Option<String>) -> Result<(), StorageError> {
        self.put_named("meta", "customer", address.unwrap_or_default()).await
    }

    /// The catalogue and its tag, as last fetched.
    pub async fn catalogue(&self) -> Result<Option<(Catalogue, String)>, StorageError> {
        let kept = self.named::<Named>("catalogue", "catalogue").await?;
        kept.map(|named| from_text(&named.text)).transpose()
    }

    /// Keeps the catalogue as the server wrote it, and reads it; what cannot be read is not kept.
    pub async fn put_catalogue(&self, written: &str, tag: &str) -> Result<Catalogue, StorageError> {
        let text = format!("[{written},{}]", write_json(&tag.to_owned()));
        let (catalogue, _) = from_text::<(Catalogue, String)>(&text)?;
        self.put_named("catalogue", "catalogue", text).await?;
        Ok(catalogue)
    }
}
