//! Wasm: the tablet's app. Screens are thin: they read the folded visit, make one change, and show it
//! once it is committed.

mod app;
mod by_name;
mod camera;
mod components;
mod device;
mod exchanger;
mod markup;
mod minutes;
mod photo;
pub mod pinyin;
mod recorder;
mod reference;
mod screens;
mod search;
mod signals;
pub mod storage;
mod transport;
mod writer;

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use crate::catalogue::Catalogue;
use app::App;
use storage::{Storage, StorageError};

/// Starts the app in the page. What happens where it stops is in stop.js.
pub fn start() {
    #[cfg(debug_assertions)]
    std::panic::set_hook(Box::new(|panic| leptos::logging::error!("{panic}")));
    let language = device::language();
    wasm_bindgen_futures::spawn_local(async move {
        #[cfg(debug_assertions)]
        if window().location().hash().is_ok_and(|hash| hash == "#/components") {
            let _ = show_components().await;
            return;
        }
        match futures_util::join!(open(), transport::bring_drawings()) {
            (Ok(_), false) => plain_page(language.needs_server_once(), language.try_again()),
            (Ok(app), true) => {
                if let Some(waiting) = document().get_element_by_id("opening") {
                    waiting.remove();
                }
                markup::mount_to_body(move || screens::screens(app));
            }
            (Err(error), _) => {
                leptos::logging::error!("{error}");
                plain_page(language.storage_failed(), language.try_again());
            }
        }
    });
}

/// The design system on one page, in the place of the app.
#[cfg(debug_assertions)]
pub async fn show_components() -> Result<(), StorageError> {
    let app = App::new(Storage::open("lanepad-components").await?, Catalogue::standard());
    markup::mount_to_body(move || screens::components(app));
    Ok(())
}

async fn open() -> Result<App, StorageError> {
    let storage = Storage::open_or_say("lanepad", Box::new(say_that_a_tab_is_in_the_way)).await?;
    device::ask_to_persist().await;
    let app = App::new(storage, Catalogue::default());
    app.load().await?;
    exchanger::start(app);
    wasm_bindgen_futures::spawn_local(screens::finish_waiting(app));
    Ok(app)
}

/// Another tab holds up the database's upgrade; this page waits for it and goes on by itself.
fn say_that_a_tab_is_in_the_way() {
    if let Ok(Some(line)) = document().query_selector("#opening .say") {
        line.set_text_content(Some(device::language().close_other_tabs()));
    }
}

fn start_again() {
    let _ = window().location().reload();
}

/// The page of stop.js, where the app still runs.
fn plain_page(sentence: &str, label: &str) {
    let Some(body) = document().body() else { return };
    body.set_inner_html("");
    let Ok(button) = document().create_element("button") else { return };
    button.set_class_name("plain-page");
    let line = |class: &str, text: &str| {
        if let Ok(line) = document().create_element("span") {
            line.set_class_name(class);
            line.set_text_content(Some(text));
            let _ = button.append_child(&line);
        }
    };
    line("say", sentence);
    line("btn pri", label);
    let reload = wasm_bindgen::closure::Closure::once_into_js(start_again);
    let _ = button.add_event_listener_with_callback("click", reload.unchecked_ref());
    let _ = body.append_child(&button);
}
