//! 问诊: what the customer says, in their own words and in order of weight; what a technician would ask
//! about it; and the sentence that is read back to them.

mod concern;
mod order;

use crate::tablet::markup::{Markup, derive, rows, view};
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use crate::tablet::signals::{Memo, RwSignal};

use crate::catalogue::symptoms::ROUTINE;
use crate::icons::Icon;
use crate::journal::EntryId;
use crate::locale::Language;
use crate::route::{Route, Step};
use crate::tablet::app::App;
use crate::tablet::components::{Read, TextField, icon, shell, steps, visit_title};
use crate::visit::{Change, Concern, Visit};

/// The concern that is open, of those that count; the first one where none was tapped.
type Open = (RwSignal<Option<EntryId>>, Memo<Option<EntryId>>);

pub(super) fn interview(app: App) -> Markup {
    let ids = Memo::new(move |_| {
        app.visit(Visit::concerns)
            .unwrap_or_default()
            .into_iter()
            .map(|concern| concern.id)
            .collect::<Vec<_>>()
    });
    let tapped = RwSignal::new(None::<EntryId>);
    let shown = Memo::new(move |_| {
        let standing = app.visit(Visit::standing_concerns).unwrap_or_default();
        let tapped = tapped.get().filter(|id| standing.iter().any(|concern| concern.id == *id));
        tapped.or(standing.first().map(|concern| concern.id))
    });
    let open: Open = (tapped, shown);
    let main = view! {
        <div class="iv">
            <div class="iv-main">
                {rows(move || ids.get(), EntryId::to_string, move |id| concern::card(app, id, open))}
                {new_concern(app, open)}
            </div>
            <aside class="iv-side">{order::order(app, open)}{order::read_back(app, open)}</aside>
        </div>
    };
    let next = move |_| {
        if let Some(dossier) = app.route.get_untracked().dossier() {
            app.go(Route::Visit(dossier, Step::CheckIn));
        }
    };
    let act = view! {
        <div class="why">{super::check_in::missing_in_words(app, Step::Interview)}</div>
        <button class="btn pri" id="next" on:click=next>{move || app.t().step(Step::CheckIn)}{icon(Icon::Forward)}</button>
    };
    shell(app, steps(app, Some(Step::Interview)), visit_title(app), main, act)
}

/// Written down, begun without words to be spoken, or routine service with one tap.
fn new_concern(app: App, (tapped, _): Open) -> Markup {
    let adding = RwSignal::new(0_u32);
    let read = move |typed: &str| {
        if typed.trim().is_empty() {
            return Read::Nothing;
        }
        super::vehicle::free_text(app, typed, |words| {
            vec![Change::ConcernRecorded { words: words.into(), symptom: None }]
        })
    };
    let new = move || {
        adding.track();
        TextField::new(
            app,
            app.draft_name("concern"),
            app.word(Language::add_concern),
            derive(String::new),
            None,
            Box::new(read),
        )
        .then(Callback::new(move |()| {
            tapped.set(app.visit_now(newest).flatten());
            adding.update(|adding| *adding += 1);
        }))
        .long()
        .hint(app.word(Language::concern_hint))
        .view()
    };
    let begin = move |symptom: Option<&str>| {
        let draft = app.draft(Change::ConcernRecorded {
            words: String::new().into(),
            symptom: symptom.map(str::to_owned),
        });
        app.write_drafts(vec![draft], move |ids| {
            tapped.set(ids.first().copied());
        });
    };
    // One without anything in it is enough to speak into.
    let spoken = move |_| {
        let bare = |visit: &Visit| {
            let bare = |concern: &Concern| concern.symptom.is_none() && !visit.is_described(concern);
            visit.standing_concerns().into_iter().find(bare).map(|concern| concern.id)
        };
        match app.visit_now(bare).flatten() {
            Some(bare) => tapped.set(Some(bare)),
            None => begin(None),
        }
    };
    let has_routine = Memo::new(move |_| {
        app.visit(|visit| visit.standing_concerns().iter().any(Concern::is_routine)).unwrap_or_default()
    });
    let routine = move || {
        (!has_routine.get()).then(|| view! { <button type="button" class="btn sm" id="routine" on:click=move |_| begin(Some(ROUTINE))>{icon(Icon::Again)}{app.t().routine_only()}</button> })
    };
    view! {
        <section class="card pad-in">{new}
            <div class="row wrap">{routine}<button type="button" class="btn sm" id="speak" on:click=spoken>{icon(Icon::Microphone)}{move || app.t().say_instead()}</button></div></section>
    }
}

fn newest(visit: &Visit) -> Option<EntryId> {
    visit.standing_concerns().last().map(|concern| concern.id)
}

/// The concern with this id, followed.
fn followed(app: App, id: EntryId) -> Memo<Option<Concern>> {
    Memo::new(move |_| {
        app.visit(|visit| visit.concerns().into_iter().find(|concern| concern.id == id)).flatten()
    })
}

/// The place on the screen where something is asked.
fn place_of(concern: EntryId, what: &str) -> String {
    format!("ask-{what}-{concern}")
}

/// Brings the eye and the hand to where something is asked.
fn go_to(place: &str) {
    let control = document()
        .get_element_by_id(place)
        .and_then(|place| place.query_selector("textarea,input,button").ok().flatten());
    if let Some(control) = control.and_then(|control| control.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = control.focus();
    }
}
