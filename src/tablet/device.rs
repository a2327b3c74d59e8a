//! What only the device knows: its clock, chance, and what it was told to remember of itself.

use std::cell::Cell;
use std::rc::Rc;

use gloo_storage::{LocalStorage, Storage as _};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::by_name::{call, get, set, wait_for};
use crate::locale::Language;
use crate::readiness::Permission;
use crate::record::named;

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

named! {
    /// Light, dark, or as the system has it.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub(crate) enum Theme {
        #[default]
        System = "system",
        Light = "light",
        Dark = "dark",
        /// Black on white with hard edges, for the eye in the sun.
        Sunlight = "sunlight",
    }
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

/// The page of customer mode that was reached, of the sheet with this name.
pub(crate) fn customer_page(sheet: &str) -> usize {
    let kept: String = LocalStorage::get("lanepad.customer-page").unwrap_or_default();
    let (page, of) = kept.split_once(' ').unwrap_or_default();
    if of == sheet { page.parse().unwrap_or_default() } else { 0 }
}

pub(crate) fn remember_customer_page(sheet: &str, page: usize) {
    let _ = LocalStorage::set("lanepad.customer-page", format!("{page} {sheet}"));
}

/// What was remembered as it is: a reader for every type would weigh more than what is read.
fn remembered(name: &str) -> Option<String> {
    LocalStorage::raw().get_item(name).ok().flatten()
}

fn remember(name: &str, text: &str) {
    let _ = LocalStorage::raw().set_item(name, text);
}

thread_local! {
    /// Asked at every tap, and the browser's own memory is slow to tell.
    static VIBRATES: Cell<Option<bool>> = const { Cell::new(None) };
}

/// Whether taps are felt.
pub(crate) fn vibrates() -> bool {
    let on =
        VIBRATES.get().unwrap_or_else(|| remembered("lanepad.vibration").is_none_or(|text| text != "off"));
    VIBRATES.set(Some(on));
    on
}

pub(crate) fn remember_vibration(on: bool) {
    VIBRATES.set(Some(on));
    remember("lanepad.vibration", if on { "on" } else { "off" });
}

/// Whether the first page was read on this tablet.
pub(crate) fn toured() -> bool {
    remembered("lanepad.toured").is_some()
}

pub(crate) fn remember_tour() {
    remember("lanepad.toured", "true");
}

/// The last test page: when, milliseconds since 1970 UTC, and whether it came out.
pub(crate) fn test_page() -> Option<(i64, bool)> {
    let text = remembered("lanepad.test-page")?;
    let (at, came) = text.split_once(' ')?;
    Some((at.parse().ok()?, came == "yes"))
}

pub(crate) fn remember_test_page((at, came): (i64, bool)) {
    remember("lanepad.test-page", &format!("{at} {}", if came { "yes" } else { "no" }));
}

/// Prints what is on the screen, as a file of this name where it becomes one.
pub(crate) fn print(name: &str) {
    let Some((window, document)) =
        web_sys::window().and_then(|window| window.document().map(|document| (window, document)))
    else {
        return;
    };
    let title = document.title();
    document.set_title(name);
    let _ = window.print();
    document.set_title(&title);
}

/// Calls a method of the browser by its path from `navigator` and waits for its promise. For what not
/// every browser has.
async fn ask(path: &[&str], argument: &JsValue) -> Option<JsValue> {
    let mut of = JsValue::from(web_sys::window()?.navigator());
    let (method, path) = path.split_last()?;
    for name in path {
        of = get(&of, name);
    }
    wait_for(&of, method, &[argument]).await.ok()
}

pub(crate) fn object(name: &str, value: &JsValue) -> JsValue {
    let object = js_sys::Object::new();
    set(&object, name, value);
    object.into()
}

/// Whether the app may use `camera` or `microphone`.
pub(crate) async fn permission(name: &str) -> Permission {
    let status = ask(&["permissions", "query"], &object("name", &name.into())).await;
    let state = status.and_then(|status| get(&status, "state").as_string());
    match state.as_deref() {
        Some("granted") => Permission::Granted,
        Some("denied") => Permission::Refused,
        _ => Permission::Ask,
    }
}

/// Opens the camera (`video`) or the microphone (`audio`) for a moment.
pub(crate) async fn try_media(kind: &str) -> Permission {
    let Some(stream) = ask(&["mediaDevices", "getUserMedia"], &object(kind, &true.into())).await else {
        return Permission::Refused;
    };
    for track in js_sys::Array::from(&call(&stream, "getTracks", &[]).unwrap_or_default()) {
        let _ = call(&track, "stop", &[]);
    }
    Permission::Granted
}

/// Per cent of the battery, and whether it is being charged, where the browser tells.
pub(crate) async fn battery() -> Option<(u8, bool)> {
    let battery = ask(&["getBattery"], &JsValue::UNDEFINED).await?;
    let level = get(&battery, "level").as_f64()?;
    Some(((level * 100.0).round() as u8, get(&battery, "charging").as_bool()?))
}

/// Looks for a newer version of the app.
pub(crate) async fn look_for_update() {
    if let Some(registration) = ask(&["serviceWorker", "getRegistration"], &JsValue::UNDEFINED).await {
        let _ = wait_for(&registration, "update", &[]).await;
    }
}

/// After the next frame was painted and nothing else is to be done; soon, where the page is hidden and
/// none is.
pub(crate) async fn after_paint() {
    let frame = js_sys::Promise::new(&mut |resolve, _| {
        if let Some(window) = web_sys::window() {
            let _ = window.request_animation_frame(&resolve);
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, 100);
        }
    });
    let _ = JsFuture::from(frame).await;
    let idle = js_sys::Promise::new(&mut |resolve, _| {
        let Some(window) = web_sys::window() else { return };
        let soon = web_sys::IdleRequestOptions::new();
        soon.set_timeout(100);
        // WebKit does not say when it has nothing to do.
        if window.request_idle_callback_with_options(&resolve, &soon).is_err() {
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, 0);
        }
    });
    let _ = JsFuture::from(idle).await;
}

/// A hand that writes nothing for so long rests, in milliseconds.
const RESTS: i64 = 450;

thread_local! {
    /// When a hand wrote last.
    static WROTE: Cell<i64> = const { Cell::new(-RESTS) };
}

/// Milliseconds since the page began: nobody sets this clock.
pub(crate) fn uptime() -> i64 {
    let performance = web_sys::window().and_then(|window| window.performance());
    performance.map_or(0, |performance| performance.now() as i64)
}

/// A hand writes: what is not for it waits, so that its next tap finds the database free.
pub(crate) fn hand_writes() {
    WROTE.set(uptime());
}

/// Whether no hand is tapping.
pub(crate) fn rests() -> bool {
    uptime() - WROTE.get() >= RESTS
}

/// Resolves once the hand rests, or what waits cannot wait longer.
pub(crate) async fn at_rest(is_urgent: impl Fn() -> bool) {
    while !rests() && !is_urgent() {
        sleep((RESTS - (uptime() - WROTE.get())).clamp(1, 50) as i32).await;
    }
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
    let used = get(&estimate, "usage").as_f64()?;
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

/// The address under which bytes can be shown or played, for as long as somebody holds it.
#[derive(Clone)]
pub(crate) struct Address(Rc<Given>);

struct Given(String);

impl Drop for Given {
    fn drop(&mut self) {
        let _ = web_sys::Url::revoke_object_url(&self.0);
    }
}

impl Address {
    /// Of bytes of a media type.
    pub(crate) fn of(bytes: &[u8], media: &str) -> Option<Self> {
        let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
        let options = web_sys::BlobPropertyBag::new();
        options.set_type(media);
        let blob = web_sys::Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()?;
        web_sys::Url::create_object_url_with_blob(&blob).ok().map(|address| Self(Rc::new(Given(address))))
    }

    /// Of a picture, which is always kept as JPEG.
    pub(crate) fn of_picture(bytes: &[u8]) -> Option<Self> {
        Self::of(bytes, "image/jpeg")
    }

    pub(crate) fn text(&self) -> String {
        self.0.0.clone()
    }
}
