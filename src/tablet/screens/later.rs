//! Screens that nobody asks for while the board opens: they come in a file of their own, once the board
//! stands. Only [`bring`] may name them: what is named elsewhere stays in the first file.

use wasm_split_helpers::SplitLoaderError;

use super::{finished, paper, settings, visit, waiting};
use crate::route::Route;
use crate::tablet::app::App;
use crate::tablet::device;
use crate::tablet::markup::{Markup, view};

/// Shows a screen of the second file.
type Screen = fn(App, Route) -> Markup;

/// The second file, as far as it is here.
#[derive(Clone, Copy)]
pub(crate) enum Later {
    /// It is being brought.
    Coming,
    /// Here it is.
    Here(Screen),
    /// It could not be brought.
    Missing,
}

#[cfg_attr(split, wasm_split_helpers::wasm_split(later, fallible))]
fn bring() -> Result<Screen, SplitLoaderError> {
    Ok(by_route)
}

fn by_route(app: App, route: Route) -> Markup {
    match route {
        Route::Settings => settings::settings(app),
        Route::Finished => finished::finished(app),
        Route::Paper(_) => paper::paper(app),
        Route::TwoAnswers(_) => visit::two_answers(app),
        Route::History(_) => visit::history(app),
        _ => waiting::waiting(app),
    }
}

/// Brings the second file, once what is shown first is painted.
pub(super) fn bring_later(app: App) {
    wasm_bindgen_futures::spawn_local(async move {
        device::after_paint().await;
        #[cfg(split)]
        let brought = bring().await;
        #[cfg(not(split))]
        let brought = bring();
        app.later.set(brought.map_or(Later::Missing, Later::Here));
    });
}

/// A screen of the second file.
pub(super) fn screen(app: App, route: Route) -> Markup {
    view! { {move || match app.later.get() {
        Later::Here(screen) => screen(app, route),
        Later::Coming => Markup::Nothing,
        Later::Missing => missing(app),
    }} }
}

fn missing(app: App) -> Markup {
    view! {
        <main class="whole"><h1 class="say">{move || app.t().later_missing()}</h1>
            <button class="btn pri" id="next" on:click=|_| crate::tablet::start_again()>{move || app.t().try_again()}</button></main>
    }
}
