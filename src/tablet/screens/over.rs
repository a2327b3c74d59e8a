//! What lies over a screen until it is left: the viewfinder, a photo. The screen below stays as it is,
//! with what is typed in it; the system's way back leaves what lies over it and not the visit.

use crate::tablet::markup::{Markup, live};
use leptos::prelude::*;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast as _, JsValue};

use super::{photo, viewfinder};
use crate::tablet::app::{App, Over};

/// Lays something over the screen.
pub(super) fn open(app: App, over: Over) {
    if app.over.with_untracked(Option::is_none)
        && let Ok(history) = window().history()
    {
        let address = app.route.get_untracked().address();
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&address));
    }
    app.over.set(Some(over));
}

/// The same way as the system's.
pub(super) fn leave() {
    if let Ok(history) = window().history() {
        let _ = history.back();
    }
}

/// Follows the system's way back, for as long as the app runs.
pub(super) fn follow_the_way_back(app: App) {
    let back = Closure::<dyn Fn()>::new(move || {
        if app.over.with_untracked(Option::is_some) {
            app.over.set(None);
            leptos::task::spawn_local(app.keep_place(false));
        }
    });
    let _ = window().add_event_listener_with_callback("popstate", back.as_ref().unchecked_ref());
    back.forget();
}

pub(super) fn over(app: App) -> Markup {
    live(move || match app.over.get() {
        Some(Over::Viewfinder(subject)) => viewfinder::viewfinder(app, subject),
        Some(Over::Photo(id)) => photo::photo(app, id),
        None => Markup::Nothing,
    })
}

/// The escape key leaves too.
pub(super) fn escape(event: web_sys::KeyboardEvent) {
    if event.key() == "Escape" {
        leave();
    }
}
