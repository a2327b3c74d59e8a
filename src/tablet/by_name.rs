//! The browser's objects by the names of their members, where web-sys has none or would bring a whole
//! interface along.

use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

/// A property; undefined where there is none.
pub(crate) fn get(of: &JsValue, name: &str) -> JsValue {
    js_sys::Reflect::get(of, &name.into()).unwrap_or_default()
}

/// A property that is a whole number, such as pixels.
pub(crate) fn number(of: &JsValue, name: &str) -> i32 {
    get(of, name).as_f64().unwrap_or_default() as i32
}

pub(crate) fn set(of: &JsValue, name: &str, value: &JsValue) {
    let _ = js_sys::Reflect::set(of, &name.into(), value);
}

/// Calls a method.
pub(crate) fn call(of: &JsValue, name: &str, arguments: &[&JsValue]) -> Result<JsValue, JsValue> {
    let method: js_sys::Function = get(of, name).dyn_into()?;
    method.apply(of, &arguments.iter().copied().collect::<js_sys::Array>())
}

/// Calls a method and waits for what it promises.
pub(crate) async fn wait_for(of: &JsValue, name: &str, arguments: &[&JsValue]) -> Result<JsValue, JsValue> {
    JsFuture::from(js_sys::Promise::resolve(&call(of, name, arguments)?)).await
}
