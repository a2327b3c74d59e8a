//! Measures how long each step is on the screen; leaving it writes what was measured.

use leptos::prelude::*;

use crate::tablet::signals::{StoredValue, effect};
use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::Closure;

use super::app::App;
use super::device;
use crate::journal::{DossierId, Draft};
use crate::route::{Route, Step};
use crate::visit::minutes::Stopwatch;
use crate::visit::{Change, Stage};

/// The step on the screen, and its watch.
type Running = Option<(DossierId, Step, Stopwatch)>;

/// Follows the screen for as long as the app runs.
pub(crate) fn measure(app: App) {
    let running = StoredValue::new(None::<(DossierId, Step, Stopwatch)>);
    let sign_of_life = move || {
        running.update_value(|running: &mut Running| {
            if let Some((_, _, watch)) = running {
                watch.touch(device::now());
            }
        });
    };
    let shown_or_hidden = move || {
        running.update_value(|running: &mut Running| {
            if let Some((_, _, watch)) = running {
                match document().hidden() {
                    true => watch.hide(device::now()),
                    false => watch.touch(device::now()),
                }
            }
        });
    };
    on_document(&["pointerdown", "keydown"], sign_of_life);
    on_document(&["visibilitychange"], shown_or_hidden);
    effect(move |_| {
        let here = match app.route.get() {
            Route::Visit(dossier, step) => Some((dossier, step)),
            _ => None,
        };
        let now = device::now();
        let before = running.get_value();
        if before.map(|(dossier, step, _)| (dossier, step)) == here {
            return;
        }
        running.set_value(here.map(|(dossier, step)| (dossier, step, Stopwatch::begin(now))));
        if let Some((dossier, step, watch)) = before
            && let Some(seconds) = watch.leave(now)
            && counts(app, dossier)
        {
            let draft = Draft { change: Change::StepTimed { step, seconds }, replaces: Vec::new() };
            app.append(dossier, vec![draft], app.append_now(), |_| {});
        }
    });
}

/// Who reads a visit that is done or cancelled takes nobody in.
fn counts(app: App, dossier: DossierId) -> bool {
    let done = app.visit_now(|visit| {
        visit.journal.dossier() == dossier && matches!(visit.stage(), Stage::CheckedIn | Stage::Cancelled)
    });
    done != Some(true)
}

fn on_document(events: &[&str], then: impl Fn() + 'static) {
    let then = Closure::<dyn Fn()>::new(then);
    for event in events {
        let _ = document().add_event_listener_with_callback(event, then.as_ref().unchecked_ref());
    }
    then.forget();
}
