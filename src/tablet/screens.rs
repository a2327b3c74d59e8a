//! One screen per [`Route`]. Thin: read the visit, make one change.

mod addition;
mod beside_the_car;
mod board;
mod body;
mod check_in;
#[cfg(debug_assertions)]
mod components;
mod customer;
mod estimate;
mod feel;
mod film;
mod finished;
mod glass;
mod interview;
mod later;
mod marks;
mod order;
mod other_ways;
mod over;
mod paper;
mod photo;
mod readiness;
mod settings;
mod sign;
mod staff;
mod tour;
mod vehicle;
mod viewfinder;
mod visit;
mod waiting;
mod walkaround;
mod wheels;
mod who_signs;

#[cfg(debug_assertions)]
pub(super) use components::components;
pub(super) use film::finish_waiting;
pub(super) use later::Later;

use super::markup::{Markup, view};
use leptos::prelude::*;

use crate::tablet::signals::{Memo, RwSignal, effect};
use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::Closure;

use super::app::{App, Trouble};
use super::by_name::get;
use super::device::{self, Theme};
use crate::route::{Route, Step};
use crate::visit::{Stage, Visit};

/// Whether a step needs nothing more.
pub(crate) fn step_is_done(visit: &Visit, step: Step) -> bool {
    match step {
        Step::Vehicle => visit.plate().is_some() && visit.odometer().is_some() && visit.customer().is_some(),
        Step::Walkaround => {
            let (done, of) = visit.groups_done();
            done == of
        }
        Step::Interview => visit.concerns().iter().any(|concern| !concern.withdrawn),
        Step::CheckIn => visit.stage() == Stage::CheckedIn,
        Step::Estimate => {
            let lines = visit.order_lines();
            !lines.is_empty() && lines.iter().all(|line| !line.suggested || line.accepted.is_some())
        }
    }
}

/// Everything unsent as a file.
pub(crate) fn export(app: App) {
    leptos::task::spawn_local(async move {
        match app.storage().export().await {
            Ok(text) => {
                let _ = device::download("lanepad-unsent.json", &text);
            }
            Err(error) => app.trouble.set(Some(Trouble::NotSaved(error))),
        }
    });
}

/// The screen of the address.
pub(crate) fn screens(app: App) -> Markup {
    follow_the_address(app);
    keep_customer_mode(app);
    super::minutes::measure(app);
    let system_dark = follow_the_system();
    effect(move |_| dress(app, system_dark));
    offer_updates(app);
    feel::feel();
    over::follow_the_way_back(app);
    later::bring_later(app);
    // A screen is built anew only for another address, never because the catalogue was refreshed.
    let state = Memo::new(move |_| {
        let set_up = app.catalogue.with(|catalogue| catalogue.is_set_up());
        let route = match app.route.get() {
            Route::Board if !app.toured.get() => Route::Tour,
            route => route,
        };
        (set_up, app.member().is_some(), route)
    });
    let screen = move || {
        let (set_up, known, route) = state.get();
        if !set_up && !matches!(route, Route::Settings | Route::Waiting) {
            return staff::first_start(app);
        }
        match route {
            Route::FirstStart => staff::first_start(app),
            Route::Staff => staff::choose(app),
            _ if !known => staff::choose(app),
            Route::Board => board::board(app),
            Route::Tour => tour::tour(app),
            Route::NewVisit => vehicle::new_visit(app),
            Route::Visit(_, Step::Vehicle) => vehicle::vehicle(app),
            Route::Visit(_, Step::Walkaround) => walkaround::walkaround(app),
            Route::Visit(_, Step::Interview) => interview::interview(app),
            Route::Visit(_, Step::CheckIn) => check_in::check_in(app),
            Route::Sign(_) => customer::customer(app),
            Route::OtherWays(_) => other_ways::other_ways(app),
            Route::Countersign(_) => sign::advisor(app),
            Route::Settings
            | Route::Finished
            | Route::Paper(_)
            | Route::Order(_)
            | Route::CountersignOrder(_)
            | Route::OrderPaper(_)
            | Route::Additions(_)
            | Route::SignAddition(_)
            | Route::AdditionPaper(_)
            | Route::TwoAnswers(_)
            | Route::History(_)
            | Route::Waiting
            | Route::Visit(_, Step::Estimate) => later::screen(app, route),
        }
    };
    view! { {screen}{over::over(app)} }
}

/// Another screen comes. The frame stays in the page from screen to screen; how far it was scrolled is not
/// the next one's. It is set before that one is built: afterwards it would be laid out for it, once more
/// than for its paint.
pub(crate) fn leave(app: App) {
    // Nor does anything stay over another screen.
    if app.over.with_untracked(Option::is_some) {
        app.over.set(None);
    }
    if let Ok(Some(main)) = document().query_selector(".main") {
        main.set_scroll_top(0);
    }
}

fn follow_the_address(app: App) {
    let changed = Closure::<dyn Fn()>::new(move || {
        let route = Route::parse(&window().location().hash().unwrap_or_default());
        // In customer mode the address is not a way out; the app's own way is.
        let guarded = app.route.get_untracked().is_customers() && !app.is_heading_for(route);
        if guarded && route != app.route.get_untracked() {
            let _ = window().location().set_hash(&app.route.get_untracked().address());
        } else if route != app.route.get_untracked() {
            app.go(route);
        }
    });
    let _ = window().add_event_listener_with_callback("hashchange", changed.as_ref().unchecked_ref());
    changed.forget();
}

/// While the customer holds the tablet, the database says so.
fn keep_customer_mode(app: App) {
    effect(move |before: Option<Option<String>>| {
        let route = app.route.get();
        let held = route.is_customers().then(|| route.address());
        if before.flatten() != held {
            let held = held.clone();
            leptos::task::spawn_local(async move {
                if let Err(error) = app.storage().put_customer_mode(held).await {
                    app.trouble.set(Some(Trouble::NotSaved(error)));
                }
            });
        }
        held
    });
}

/// Whether the system is dark, also where it becomes so in the evening while the app runs.
fn follow_the_system() -> RwSignal<bool> {
    let dark = RwSignal::new(false);
    if let Ok(Some(query)) = window().match_media("(prefers-color-scheme: dark)") {
        dark.set(query.matches());
        let asked = query.clone();
        let changed = Closure::<dyn Fn()>::new(move || dark.set(asked.matches()));
        query.set_onchange(Some(changed.as_ref().unchecked_ref()));
        changed.forget();
    }
    dark
}

/// Language and theme stand on the page's root.
fn dress(app: App, system_dark: RwSignal<bool>) {
    let Some(root) = document().document_element() else { return };
    let _ = root.set_attribute("lang", app.language.get().tag());
    document().set_title(app.language.get().app());
    let theme = match app.theme.get() {
        Theme::System if system_dark.get() => "dark",
        Theme::System | Theme::Light => "light",
        Theme::Dark => "dark",
        Theme::Sunlight => "sunlight",
    };
    let _ = root.set_attribute("data-theme", theme);
}

/// The page's script says when a newer version waits; it is offered on the board, between visits.
fn offer_updates(app: App) {
    let ready = Closure::<dyn Fn()>::new(move || app.update_ready.set(true));
    let _ = window().add_event_listener_with_callback("lanepad-update", ready.as_ref().unchecked_ref());
    ready.forget();
    app.update_ready.set(get(&window(), "lanepadUpdate").is_truthy());
}
