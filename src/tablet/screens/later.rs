//! Screens that nobody asks for while the board opens: they come in two files of their own, once the board
//! stands. Only [`bring`] and [`bring_afterwards`] may name them: what is named elsewhere stays in the first.

use wasm_split_helpers::SplitLoaderError;

use super::{addition, estimate, finished, order, paper, settings, visit, waiting};
use crate::route::Route;
use crate::tablet::app::App;
use crate::tablet::markup::{Markup, view};
use crate::tablet::signals::RwSignal;
use crate::tablet::{device, reference};

/// Shows a screen of a file.
type Screen = fn(App, Route) -> Markup;

/// What a file gives: its screens, and what it does by itself from then on.
type Given = (Screen, fn(App));

/// A file, as far as it is here.
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
    Ok((to_the_order, reference::follow))
}

#[cfg_attr(split, wasm_split_helpers::wasm_split(afterwards, fallible))]
fn bring_afterwards() -> Result<Given, SplitLoaderError> {
    Ok((afterwards, |_| {}))
}

/// From the estimate to the signed order, and the papers.
fn to_the_order(app: App, route: Route) -> Markup {
    match route {
        Route::Paper(_) => paper::paper(app),
        Route::Order(_) => order::order(app),
        Route::CountersignOrder(_) => order::countersign(app),
        Route::OrderPaper(_) => paper::order_paper(app),
        _ => estimate::estimate(app),
    }
}

/// What comes after the order, and beside the visit.
fn afterwards(app: App, route: Route) -> Markup {
    match route {
        Route::Settings => settings::settings(app),
        Route::Finished => finished::finished(app),
        Route::Additions(_) => estimate::additions(app),
        Route::SignAddition(_) => addition::sign(app),
        Route::AdditionPaper(_) => paper::addition_paper(app),
        Route::TwoAnswers(_) => visit::two_answers(app),
        Route::History(_) => visit::history(app),
        _ => waiting::waiting(app),
    }
}

/// One of the files.
#[derive(Clone, Copy)]
enum File {
    ToTheOrder,
    Afterwards,
}

impl File {
    fn of(route: Route) -> Self {
        match route {
            Route::Paper(_)
            | Route::Order(_)
            | Route::CountersignOrder(_)
            | Route::OrderPaper(_)
            | Route::Visit(..) => Self::ToTheOrder,
            _ => Self::Afterwards,
        }
    }

    fn state(self, app: App) -> RwSignal<Later> {
        match self {
            Self::ToTheOrder => app.later,
            Self::Afterwards => app.afterwards,
        }
    }

    #[cfg(split)]
    async fn brought(self) -> Result<Given, SplitLoaderError> {
        match self {
            Self::ToTheOrder => bring().await,
            Self::Afterwards => bring_afterwards().await,
        }
    }

    #[cfg(not(split))]
    async fn brought(self) -> Result<Given, SplitLoaderError> {
        match self {
            Self::ToTheOrder => bring(),
            Self::Afterwards => bring_afterwards(),
        }
    }
}

/// Brings the other files one after the other, once what is shown first is painted; the one that is asked for
/// first.
pub(super) fn bring_later(app: App) {
    let mut files = [File::ToTheOrder, File::Afterwards];
    if matches!(File::of(app.route.get_untracked()), File::Afterwards) {
        files.reverse();
    }
    wasm_bindgen_futures::spawn_local(async move {
        device::after_paint().await;
        let mut missing = files.to_vec();
        loop {
            for file in std::mem::take(&mut missing) {
                if let Ok((screen, begin)) = file.brought().await {
                    file.state(app).set(Later::Here(screen));
                    begin(app);
                } else {
                    file.state(app).set(Later::Missing);
                    missing.push(file);
                }
            }
            if missing.is_empty() {
                return;
            }
            device::sleep(AGAIN).await;
        }
    });
}

/// A screen of one of them.
pub(super) fn screen(app: App, route: Route) -> Markup {
    let state = File::of(route).state(app);
    view! { {move || match state.get() {
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
