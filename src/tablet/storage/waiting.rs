//! Photos that came from the system's camera and are not entries yet: the camera needs so much memory
//! that Android may end the page at any moment. They lie in Cache Storage as they came until they are
//! kept or refused.

use js_sys::Array;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, Request, Response};

use super::{Storage, StorageError};
use crate::journal::DossierId;
use crate::record::{read_json, write_json};
use crate::visit::PhotoSubject;

const PLACE: &str = "/waiting-photo/";

impl Storage {
    /// Keeps a file until it is an entry; gives its place.
    pub(crate) async fn put_waiting(
        &self,
        dossier: DossierId,
        subject: &PhotoSubject,
        file: &Blob,
    ) -> Result<String, StorageError> {
        let what = String::from(js_sys::encode_uri_component(&write_json(&(dossier, subject.clone()))));
        let place = format!("{PLACE}{}?{what}", js_sys::Math::random());
        let response = Response::new_with_opt_blob(Some(file))?;
        JsFuture::from(self.cache().await?.put_with_str(&place, &response)).await?;
        Ok(place)
    }

    /// It is an entry now, or was refused.
    pub(crate) async fn drop_waiting(&self, place: &str) {
        self.drop_copies(&[place.to_owned()]).await;
    }

    /// Takes out what was left waiting when the page ended. Taken out before it is read: a file that ends
    /// the page must not end it at every start.
    pub(crate) async fn take_waiting(&self) -> Result<Vec<(DossierId, PhotoSubject, Blob)>, StorageError> {
        let cache = self.cache().await?;
        let keys: Array = JsFuture::from(cache.keys()).await?.unchecked_into();
        let mut waiting = Vec::new();
        for key in keys {
            let request: Request = key.unchecked_into();
            let address = request.url();
            let Some((_, what)) = address.split_once(PLACE).and_then(|(_, rest)| rest.split_once('?')) else {
                continue;
            };
            let response = JsFuture::from(cache.match_with_request(&request)).await?;
            let Ok(response) = response.dyn_into::<Response>() else { continue };
            let file: Blob = JsFuture::from(response.blob()?).await?.unchecked_into();
            let _ = JsFuture::from(cache.delete_with_request(&request)).await;
            let what = js_sys::decode_uri_component(what)?;
            if let Ok((dossier, subject)) = read_json(String::from(what).as_bytes()) {
                waiting.push((dossier, subject, file));
            }
        }
        Ok(waiting)
    }
}
