//! Finding work or a part, and putting it down with one tap.

use wasm_bindgen_futures::spawn_local;

use super::Desk;
use crate::icons::Icon;
use crate::journal::EntryId;
use crate::locale::Language;
use crate::money::Quantity;
use crate::reference::{Kind, Part, Record};
use crate::tablet::app::Trouble;
use crate::tablet::components::icon;
use crate::tablet::device;
use crate::tablet::markup::{Markup, live, rows, view};
use crate::tablet::signals::RwSignal;
use crate::tablet::storage::StorageError;

/// So many results come at once, the others once these are painted.
const FIRST: usize = 6;

/// `有货 3`, `无货，3 月 20 日 到`
pub(super) fn stock(t: Language, part: &Part) -> (&'static str, String) {
    match part.expected {
        _ if part.stock > Quantity(0) => ("tag good", format!("{} {}", t.in_stock(), part.stock)),
        Some(day) => ("tag warn", t.expected_on(day.0)),
        None => ("tag warn", t.out_of_stock().to_owned()),
    }
}

/// What tells one result from another: a part whose price or stock has changed is another.
fn as_listed(record: &Record) -> String {
    match record {
        Record::Part(part) => format!("{} {} {}", part.number, part.price, part.stock),
        other => other.key(),
    }
}

pub(super) fn search(desk: Desk, concern: Option<EntryId>, kind: Kind) -> Markup {
    let app = desk.app;
    let typed = RwSignal::new(String::new());
    let found = RwSignal::new(None::<Vec<Record>>);
    // Which text the results are for.
    let answered = RwSignal::new(String::new());
    let look = move |text: String| {
        typed.set(text.clone());
        spawn_local(async move {
            let model = app.visit_now(|visit| visit.vehicle().map(|car| car.model));
            let model = model.flatten().unwrap_or_default();
            // A later letter has its own answer.
            let is_typed = || typed.try_get_untracked().as_ref() == Some(&text);
            let answer = async {
                let names = app.find_records(kind, &text, &model).await?;
                let (near, far) = names.split_at(FIRST.min(names.len()));
                let mut records = app.storage().records(near).await?;
                if is_typed() {
                    found.set((!text.trim().is_empty()).then_some(records.clone()));
                    answered.set(text.clone());
                }
                if !far.is_empty() {
                    device::after_paint().await;
                    let more = app.storage().records(far).await?;
                    if is_typed() {
                        records.extend(more);
                        found.set(Some(records));
                    }
                }
                Ok::<(), StorageError>(())
            };
            if let Err(error) = answer.await {
                app.trouble.set(Some(Trouble::NotSaved(error)));
            }
        });
    };
    let hint = move || match kind {
        Kind::Part => app.t().find_part(),
        Kind::Operation | Kind::Rate | Kind::Plan => app.t().find_work(),
    };
    let records = move || found.get().unwrap_or_default();
    let result = move |record: Record| {
        let t = app.language.get_untracked();
        let (name, number, about) = match &record {
            Record::Operation(operation) => {
                let hours = format!("{} {}", t.hours(), operation.hours);
                (
                    operation.name.get(t).to_owned(),
                    operation.code.clone(),
                    view! { <span class="two">{hours}</span> },
                )
            }
            Record::Part(part) => {
                let (class, word) = stock(t, part);
                let place =
                    if part.location.is_empty() { String::new() } else { format!(" · {}", part.location) };
                let about = view! { <span class=class>{word}</span><b>{part.price.to_string()}</b> };
                (
                    part.name.get(t).to_owned(),
                    format!("{} · {}{place}", part.number, t.origin_word(part.origin)),
                    about,
                )
            }
            Record::Rate(_) | Record::Plan(_) => return Markup::Nothing,
        };
        let code = record.key();
        view! {
            <button type="button" class="es-found" data-record=code on:click=move |_| desk.add(concern, &record, false)>
                <span class="grow"><b>{name}</b><span class="note">{number}</span></span>{about}{icon(Icon::Plus)}</button>
        }
    };
    let none = live(move || {
        let t = app.t();
        match found.with(|found| found.as_ref().map(Vec::is_empty)) {
            _ if app.held_reference().get().is_none() => {
                Some(view! { <p class="note">{t.reference_missing()}</p> })
            }
            Some(true) => Some(view! { <p class="note">{t.no_record()}</p> }),
            _ => None,
        }
    });
    let said = live(move || {
        desk.said.get().map(|said| view! { <span class="said bad">{icon(Icon::Warning)}{said}</span> })
    });
    view! {
        <div class="es-search" data-answered=move || answered.get()>
            <div class="field">{icon(Icon::Search)}<input id="find" type="text" autocomplete="off" aria-label=hint placeholder=hint
                on:input=move |event| look(leptos::prelude::event_target_value(&event)) /></div>
            <div role="status">{said}{none}</div>
            <div class="es-results">{rows(records, as_listed, result)}</div>
        </div>
    }
}
