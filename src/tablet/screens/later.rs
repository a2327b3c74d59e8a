//! Screens that nobody asks for while the board opens: they come in a file of their own, once the board
//! stands. Only [`bring`] may name them: what is named elsewhere stays in the first file.

use wasm_split_helpers::SplitLoaderError;

use super::{addition, estimate, finished, order, paper, settings, visit, waiting};
use crate::route::Route;
use crate::tablet::app::App;
use crate::tablet::markup::{Markup, view};
use crate::tablet::{device, reference};

/// Shows a screen of the second file.
type Screen = fn(App, Route) -> Markup;

/// What the second file gives: its screens, and what it does by itself from then on.
type Given = (Screen, fn(App));

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

/// What could not be brought is asked for again so much later, in milliseconds.
const AGAIN: i32 = 10_000;

#[cfg_attr(split, wasm_split_helpers::wasm_split(later, fallible))]
fn bring() -> Result<Given, SplitLoaderError> {
    Ok((by_route, reference::follow))
}

fn by_route(app: App, route: Route) -> Markup {
    match route {
        Route::Settings => settings::settings(app),
        Route::Finished => finished::finished(app),
        Route::Paper(_) => paper::paper(app),
        Route::Visit(..) => estimate::estimate(app),
        Route::Order(_) => order::order(app),
        Route::CountersignOrder(_) => order::countersign(app),
        Route::OrderPaper(_) => paper::order_paper(app),
        Route::Additions(_) => estimate::additions(app),
        Route::SignAddition(_) => addition::sign(app),
        Route::AdditionPaper(_) => paper::addition_paper(app),
        Route::TwoAnswers(_) => visit::two_answers(app),
        Route::History(_) => visit::history(app),
        _ => waiting::waiting(app),
    }
}

/// Brings the second file, once what is shown first is painted.
pub(super) fn bring_later(app: App) {
    wasm_bindgen_futures::spawn_local(async move {
        device::after_paint().await;
        loop {
            #[cfg(split)]
            let brought = bring().await;
            #[cfg(not(split))]
            let brought = bring();
            if let Ok((screen, begin)) = brought {
                app.later.set(Later::Here(screen));
                return begin(app);
            }
            app.later.set(Later::Missing);
            device::sleep(AGAIN).await;
        }
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
