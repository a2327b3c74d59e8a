//! The camera in the page.

use wasm_bindgen::JsValue;

use super::by_name::{call, get, set, wait_for};

/// Why there is no picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoCamera {
    /// The person or the system said no.
    Refused,
    /// Another app holds it.
    Busy,
    /// There is none, or the page may not ask.
    Absent,
    /// It was there and went away.
    Stopped,
}

/// The stream of the rear camera, or of the only one. Most pixels that are kept anyway.
pub(crate) async fn open() -> Result<JsValue, NoCamera> {
    let wanted = |name: &str, value: JsValue, to: &JsValue| {
        let ideal = js_sys::Object::new();
        set(&ideal, "ideal", &value);
        set(to, name, &ideal);
    };
    let video = js_sys::Object::new().into();
    wanted("facingMode", "environment".into(), &video);
    wanted("width", 2_048.into(), &video);
    wanted("height", 1_536.into(), &video);
    let constraints = js_sys::Object::new();
    set(&constraints, "video", &video);
    let navigator = web_sys::window().map(|window| window.navigator().into()).unwrap_or_default();
    let devices = get(&navigator, "mediaDevices");
    wait_for(&devices, "getUserMedia", &[&constraints]).await.map_err(|why| {
        match get(&why, "name").as_string().as_deref() {
            Some("NotAllowedError" | "SecurityError") => NoCamera::Refused,
            Some("NotReadableError" | "AbortError") => NoCamera::Busy,
            _ => NoCamera::Absent,
        }
    })
}

/// The stream's tracks.
pub(crate) fn tracks(stream: &JsValue) -> js_sys::Array {
    js_sys::Array::from(&call(stream, "getTracks", &[]).unwrap_or_default())
}

/// Gives the camera back: its lamp goes out, and another app may have it.
pub(crate) fn close(stream: &JsValue) {
    for track in tracks(stream) {
        let _ = call(&track, "stop", &[]);
    }
}
