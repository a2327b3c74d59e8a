//! 物品与证件: what is handed over with the car.

use crate::tablet::markup::{CollectView as _, Markup, derive, live, view};

use crate::tablet::signals::Memo;

use super::{choices, chosen, free_text, on, text};
use crate::catalogue::{CABLE, Choice, LICENCE};
use crate::locale::Language;
use crate::tablet::app::App;
use crate::tablet::components::{TextField, chip, segments};
use crate::tablet::screens::film::film;
use crate::visit::recording::RecordingSubject;
use crate::visit::vehicle::KeyAccess;
use crate::visit::{Change, Key, PhotoSubject, Visit};

pub(super) fn handed_over(app: App) -> Markup {
    let counts = (0..=3_u8).map(|count| (count, derive(move || count.to_string()))).collect();
    let documents = move || {
        let list = app.catalogue.with(|catalogue| catalogue.documents.clone());
        list.into_iter().map(|choice| document(app, choice)).collect_view()
    };
    let charged = Memo::new(move |_| {
        app.visit(|visit| visit.vehicle().is_some_and(|car| car.energy.has_charge())).unwrap_or_default()
    });
    let access = move || {
        let chips = |access: KeyAccess| {
            chip(
                app.word(move |t| t.access_word(access)),
                on(app, move |visit| visit.access_given(access)),
                move |given| app.write(vec![Change::AccessGiven { access, given }]),
            )
        };
        charged.get().then(|| view! { <div class="chips access">{KeyAccess::ALL.map(chips).into_iter().collect_view()}</div> })
    };
    let belongings = move || {
        choices(
            app,
            app.catalogue.with(|catalogue| {
                // Cables of a car that is charged are counted above.
                let counted = |choice: &&Choice| !(charged.get() && choice.id == CABLE);
                catalogue.belongings.iter().filter(counted).cloned().collect()
            }),
            |visit, id| visit.belonging(id) == Some(true),
            |belonging, present| Change::BelongingSeen { belonging, present },
        )
    };
    let left = text(app, |visit| visit.valuables_left().and_then(|left| left.value()).cloned());
    let read =
        move |typed: &str| free_text(app, typed, |what| vec![Change::ValuablesLeft { what: what.into() }]);
    view! {
        <div class="two-up">
            <div><span class="label">{move || app.t().keys()}</span>
                {segments(move || app.t().keys().into(), counts, chosen(app, Visit::keys_taken), move |count| app.write(vec![Change::KeysTaken { count }]))}{access}</div>
            <div><span class="label">{move || app.t().documents_kept()}</span><div class="docs">{documents}</div></div>
        </div>
        <div><span class="label">{move || app.t().belongings()}</span><div class="chips">{belongings}</div></div>
        <div class="two-up">
            <div><span class="label">{move || app.t().valuables()}</span><div class="chips">
                {chip(app.word(Language::valuables_reminded), on(app, Visit::valuables_reminded), move |reminded| app.write(vec![Change::ValuablesReminded { reminded }]))}</div></div>
            {TextField::new(app, app.draft_name("valuables"), app.word(Language::valuables_left), left, Some(Key::ValuablesLeft), Box::new(read)).hint(app.word(Language::valuables_left_hint)).spoken(RecordingSubject::Valuables).view()}
        </div>
    }
}

/// A document, and its photos once it was taken.
fn document(app: App, choice: Choice) -> Markup {
    let (id, label) = (choice.id, choice.label);
    let subject = PhotoSubject::Document(id.clone());
    let (own, taken_id, shown) = (id.clone(), id.clone(), subject.clone());
    let shows = Memo::new(move |_| {
        app.visit(|visit| {
            // The licence's photos stand beside the VIN that is read from it.
            taken_id != LICENCE
                && (visit.document(&taken_id)
                    || visit.standing_photos().iter().any(|photo| photo.subject == shown))
        })
        .unwrap_or_default()
    });
    let taken = chip(
        derive(move || label.get(app.t()).to_owned()),
        on(app, move |visit| visit.document(&own)),
        move |taken| app.write(vec![Change::DocumentTaken { document: id.clone(), taken }]),
    );
    view! { <div class="doc">{taken}{live(move || shows.get().then(|| film(app, subject.clone())))}</div> }
}
