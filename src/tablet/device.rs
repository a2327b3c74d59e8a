//! What only the device knows: its clock, chance, and what it was told to remember of itself.

use gloo_storage::{LocalStorage, Storage as _};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::locale::Language;

/// Milliseconds since 1970 UTC by the tablet's clock.
pub(crate) fn now() -> i64 {
    js_sys::Date::now() as i64
}

/// 16 random bytes.
pub(crate) fn random() -> [u8; 16] {
    let mut bytes = [0; 16];
    let crypto =
        web_sys::window().and_then(|window| window.crypto().ok()).expect("a browser has a crypto object");
    crypto.get_random_values_with_u8_array(&mut bytes).expect("16 bytes of chance");
    bytes
}

/// Light, dark, or as the system has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

/// The language that was chosen, or the browser's.
pub(crate) fn language() -> Language {
    LocalStorage::get("lanepad.language").unwrap_or_else(|_| {
        let tag = web_sys::window().and_then(|window| window.navigator().language()).unwrap_or_default();
        Language::of_tag(&tag)
    })
}

pub(crate) fn remember_language(language: Language) {
    let _ = LocalStorage::set("lanepad.language", language);
}

pub(crate) fn theme() -> Theme {
    LocalStorage::get("lanepad.theme").unwrap_or_default()
}

pub(crate) fn remember_theme(theme: Theme) {
    let _ = LocalStorage::set("lanepad.theme", theme);
}

/// After the next frame was painted; soon, where the page is hidden and none is.
pub(crate) async fn after_paint() {
    let frame = js_sys::Promise::new(&mut |resolve, _| {
        if let Some(window) = web_sys::window() {
            let _ = window.request_animation_frame(&resolve);
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, 100);
        }
    });
    let _ = JsFuture::from(frame).await;
    sleep(0).await;
}

/// Resolves after some milliseconds.
pub(crate) async fn sleep(milliseconds: i32) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        if let Some(window) = web_sys::window() {
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
        }
    });
    let _ = JsFuture::from(promise).await;
}

/// Used bytes, and whether the system keeps them. What is free nobody says: Chromium's quota is 10 GB
/// more than is used, whatever the disk has.
pub(crate) async fn storage_estimate() -> Option<(u64, bool)> {
    let storage = web_sys::window()?.navigator().storage();
    let estimate = JsFuture::from(storage.estimate().ok()?).await.ok()?;
    let used = js_sys::Reflect::get(&estimate, &"usage".into()).ok()?.as_f64()?;
    let kept = JsFuture::from(storage.persisted().ok()?).await.ok()?.as_bool().unwrap_or_default();
    Some((used as u64, kept))
}

/// Asks the system to keep the tablet's data.
pub(crate) async fn ask_to_persist() {
    let promise = web_sys::window().and_then(|window| window.navigator().storage().persist().ok());
    if let Some(promise) = promise {
        let _ = JsFuture::from(promise).await;
    }
}

/// Hands a file to the person.
pub(crate) fn download(name: &str, text: &str) -> Result<(), JsValue> {
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let blob = web_sys::Blob::new_with_str_sequence(&parts)?;
    let address = web_sys::Url::create_object_url_with_blob(&blob)?;
    let document = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::NULL)?;
    let link: web_sys::HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    web_sys::Url::revoke_object_url(&address)
}

/// The address under which bytes can be shown.
pub(crate) fn picture_address(bytes: &[u8]) -> Option<String> {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let options = web_sys::BlobPropertyBag::new();
    options.set_type("image/jpeg");
    let blob = web_sys::Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()?;
    web_sys::Url::create_object_url_with_blob(&blob).ok()
}
