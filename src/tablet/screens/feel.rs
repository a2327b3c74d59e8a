//! How the whole page answers a hand: a tick that is felt, and a second tap that does nothing twice.

use std::cell::Cell;

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, KeyboardEvent, MouseEvent};

use crate::tablet::by_name::call;
use crate::tablet::device;

/// What is felt: grades, marks, keys, chips and switches.
const FELT: &str = ".shutter,.grade,.key,.chip,.seg>button,.kd>button,.carbox,.mkc,[data-key]";

/// What leads on or writes something whole. Two of them never happen at once.
const ONCE: &str = ".shutter,.pri,.hit,.person,[data-appointment] .btn";

/// A finger does not mean two things within this time, in milliseconds.
const TWICE: f64 = 400.0;

/// How long a tick is, in milliseconds: felt, not heard.
const TICK: u32 = 10;

/// How long after the tap it begins, in milliseconds: most answers are painted by then, and a hand takes it
/// for the tap's.
const AFTER: i32 = 60;

fn within(event: &web_sys::Event, css: &str) -> bool {
    let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    element.is_some_and(|element| element.closest(css).is_ok_and(|found| found.is_some()))
}

/// Follows the whole page, before any screen hears of a tap.
pub(super) fn feel() {
    let last = Cell::new(f64::NEG_INFINITY);
    let tapped = Closure::<dyn Fn(MouseEvent)>::new(move |event: MouseEvent| {
        // A key or a reader's command counts no taps; both mean what they do.
        if event.detail() > 0 && within(&event, ONCE) {
            let at = event.time_stamp();
            if at - last.get() < TWICE {
                event.prevent_default();
                event.stop_immediate_propagation();
                return;
            }
            last.set(at);
        }
        if device::vibrates() && within(&event, FELT) {
            // What the tap does comes first: asking for a tick takes a millisecond.
            leptos::task::spawn_local(async {
                device::sleep(AFTER).await;
                // By name: WebKit has none.
                let _ = call(&window().navigator(), "vibrate", &[&TICK.into()]);
            });
        }
    });
    // A key that is held down presses a button once.
    let held = Closure::<dyn Fn(KeyboardEvent)>::new(|event: KeyboardEvent| {
        if event.repeat() && matches!(&*event.key(), "Enter" | " ") && within(&event, ONCE) {
            event.prevent_default();
        }
    });
    let listen = |name: &str, listener: &wasm_bindgen::JsValue| {
        let _ = window().add_event_listener_with_callback_and_bool(name, listener.unchecked_ref(), true);
    };
    listen("click", tapped.as_ref());
    listen("keydown", held.as_ref());
    tapped.forget();
    held.forget();
}
