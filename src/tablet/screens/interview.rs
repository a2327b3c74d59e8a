//! 问诊: what the customer says, in their own words.

use crate::tablet::markup::{CollectView as _, Markup, derive, rows, view};
use leptos::prelude::*;

use crate::catalogue::choice_label;
use crate::icons::Icon;
use crate::journal::EntryId;
use crate::locale::Language;
use crate::route::{Route, Step};
use crate::tablet::app::App;
use crate::tablet::components::{Read, TextField, icon, shell, steps, visit_title};
use crate::visit::{Change, Concern, Key, Visit};

pub(super) fn interview(app: App) -> Markup {
    let ids = Memo::new(move |_| {
        app.visit(Visit::concerns)
            .unwrap_or_default()
            .into_iter()
            .map(|concern| concern.id)
            .collect::<Vec<_>>()
    });
    let adding = RwSignal::new(0_u32);
    let word = move |word: fn(Language) -> &'static str| derive(move || word(app.t()).to_owned());
    let read = move |typed: &str| {
        if typed.trim().is_empty() {
            return Read::Nothing;
        }
        super::vehicle::free_text(app, typed, |words| {
            vec![Change::ConcernRecorded { words: words.into(), symptom: None }]
        })
    };
    let dossier = app.route.get_untracked().dossier().map(|id| id.to_string()).unwrap_or_default();
    let new = move || {
        adding.track();
        TextField::new(
            app,
            format!("{dossier}/concern"),
            word(Language::add_concern),
            derive(String::new),
            None,
            Box::new(read),
        )
        .then(Callback::new(move |()| adding.update(|adding| *adding += 1)))
        .long()
        .hint(word(Language::concern_hint))
        .view()
    };
    let main = view! {
        <div class="form narrow">
            <h2 class="sec">{move || app.t().concerns()}</h2>
            {rows(move || ids.get(), EntryId::to_string, move |id| concern(app, id))}
            <section class="card pad-in">{new}</section>
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

fn concern(app: App, id: EntryId) -> Markup {
    let concern = Memo::new(move |_| {
        app.visit(|visit| visit.concerns().into_iter().find(|concern| concern.id == id)).flatten()
    });
    let words = derive(move || {
        concern
            .with(|concern| concern.as_ref().and_then(|concern| concern.words.value().cloned()))
            .unwrap_or_default()
    });
    let read = move |typed: &str| {
        super::vehicle::free_text(app, typed, |words| {
            vec![Change::ConcernWorded { concern: id, words: words.into() }]
        })
    };
    let withdrawn = move || concern.with(|concern| concern.as_ref().is_some_and(|concern| concern.withdrawn));
    let symptom = move || {
        concern.with(|concern| concern.as_ref().and_then(|concern: &Concern| concern.symptom.clone()))
    };
    let symptoms = move || {
        let t = app.t();
        app.catalogue.with(|catalogue| {
            let choice = |choice: &crate::catalogue::Choice| {
                let (own, to) = (choice.id.clone(), choice.id.clone());
                let label = choice_label(&catalogue.symptoms, &choice.id, t).to_owned();
                let group = move |_| {
                    let symptom = (symptom() != Some(to.clone())).then(|| to.clone());
                    app.write(vec![Change::ConcernGrouped { concern: id, symptom }]);
                };
                view! { <button type="button" class="chip" aria-pressed=move || (symptom() == Some(own.clone())).to_string() on:click=group>{label}</button> }
            };
            catalogue.symptoms.iter().map(choice).collect_view()
        })
    };
    let number = move || {
        app.visit(|visit| visit.concerns().iter().position(|concern| concern.id == id))
            .flatten()
            .map_or(1, |at| at + 1)
    };
    let label = derive(move || format!("{} {}", app.t().concerns(), number()));
    view! {
        <section class="card pad-in" class:gone=withdrawn data-concern=id.to_string()>
            {TextField::new(app, format!("concern/{id}"), label, words, Some(Key::ConcernWords(id)), Box::new(read)).long().view()}
            <div><span class="label">{move || app.t().symptom()}</span><div class="chips">{symptoms}</div></div>
            <div class="row"><span class="grow"></span>
                <button type="button" class="btn sm quiet" on:click=move |_| app.write(vec![Change::ConcernWithdrawn { concern: id, withdrawn: !withdrawn() }])>
                    {icon(Icon::Bin)}{move || if withdrawn() { app.t().put_back() } else { app.t().withdraw() }}</button></div>
        </section>
    }
}
