//! 车牌: typing it, correcting it, its colour and its last day.

use crate::tablet::markup::{CollectView as _, Markup, derive, live, view};
use leptos::prelude::*;

use crate::tablet::signals::{Memo, RwSignal, Signal, StoredValue, effect};

use super::archive::{car_facts, hits, known_facts, plate_read};
use crate::catalogue::KnownVehicle;
use crate::icons::Icon;
use crate::journal::DossierId;
use crate::locale::Language;
use crate::route::Route;
use crate::tablet::app::App;
use crate::tablet::components::plate::typed_plate;
use crate::tablet::components::{icon, places, plate, plate_keys, segments, shell};
use crate::tablet::device;
use crate::visit::Change;
use crate::visit::vehicle::{NoPlate, Plate, PlateColour, PlateKind, PlateNumber, Reading};

/// Why a typed plate is not taken at once; with the number where one tap takes it.
type PlateSaid = (String, Option<PlateNumber>);

/// A plate is taken as typed where it is of a known kind; else it is asked for, or refused.
fn read_plate(app: App, typed: &str) -> Result<PlateNumber, PlateSaid> {
    let t = app.language.get_untracked();
    match PlateNumber::read(typed) {
        Reading::Valid(number) => Ok(number),
        Reading::Unusual(number, _) => Err((t.unusual_plate(), Some(number))),
        Reading::Impossible(why) => Err((t.not_a_plate(why), None)),
    }
}

fn plate_said(
    app: App,
    said: RwSignal<Option<PlateSaid>>,
    take: impl Fn(PlateNumber) + Copy + Send + 'static,
) -> Markup {
    live(move || {
        said.get().map(|(sentence, number)| {
            let class = if number.is_some() { "said ask" } else { "said bad" };
            view! {
                <span class=class role="alert">{icon(Icon::Info)}<span class="grow">{sentence}</span>
                    {number.map(|number| view! { <button class="btn sm" on:click=move |_| take(number.clone())>{app.t().yes_so()}</button> })}
                </span>
            }
        })
    })
}

/// 无牌, with its reason.
fn no_plate(app: App, write: impl Fn(Change) + Copy + 'static) -> Markup {
    let chip = |reason: NoPlate| {
        view! {
            <button type="button" class="chip" on:click=move |_| write(Change::PlateRead { plate: Plate::None { reason }.into() })>
                {move || app.t().no_plate_reason(reason)}</button>
        }
    };
    view! {
        <div><span class="label">{move || app.t().no_plate()}</span>
            <div class="chips">{NoPlate::ALL.map(chip).into_iter().collect_view()}</div></div>
    }
}

/// 新接车: a car of which nothing is known yet begins with its plate.
pub(crate) fn new_visit(app: App) -> Markup {
    let typed = RwSignal::new(String::new());
    let said = RwSignal::new(None::<PlateSaid>);
    leptos::task::spawn_local(async move {
        if let Ok(Some(draft)) = app.storage().draft("new/plate").await {
            typed.update(|text| {
                if text.is_empty() {
                    *text = draft
                }
            });
        }
    });
    effect(move |before: Option<()>| {
        let text = typed.get();
        said.set(None);
        if before.is_some() {
            leptos::task::spawn_local(async move {
                let _ = app.storage().put_draft("new/plate", text).await;
            });
        }
    });
    let begin = move |changes: Vec<Change>| {
        leptos::task::spawn_local(async move {
            let _ = app.storage().drop_draft("new/plate").await;
            crate::tablet::screens::board::open(app, DossierId::from_random(device::random()), None, changes)
                .await;
        });
    };
    let take = move |car: KnownVehicle| begin(car_facts(&car, true));
    let start = move |_| match read_plate(app, &typed.get_untracked()) {
        Ok(number) => begin(known_facts(app, number.as_str())),
        Err(why) => said.set(Some(why)),
    };
    let main = view! {
        <div class="b">
            <section class="lf">
                <div class="row typed">{move || typed_plate(&typed.get())}</div>
                <label class="sr" for="plate-text">{move || app.t().plate()}</label>
                <input id="plate-text" class="plate-text" autocomplete="off" prop:value=move || typed.get()
                    placeholder=move || app.t().plate()
                    on:input=move |event| typed.set(event_target_value(&event)) />
                {plate_said(app, said, move |number| begin(vec![plate_read(number)]))}
                {plate_keys(app, typed)}
            </section>
            <aside class="rt">
                {hits(app, typed.into(), take)}
                {no_plate(app, move |change| begin(vec![change]))}
            </aside>
        </div>
    };
    let title = view! { <div class="grow"><h1 class="t24">{move || app.t().new_visit()}</h1></div> };
    let act = view! {
        <button class="btn" on:click=move |_| app.go(Route::Board)>{move || app.t().back()}</button>
        <div class="why"></div>
        <button class="btn pri" id="start" on:click=start>{move || app.t().start_visit()}{icon(Icon::Forward)}</button>
    };
    shell(app, places(app, Route::NewVisit), title, main, act)
}

pub(super) fn plate_row(app: App) -> Markup {
    let correcting = RwSignal::new(false);
    let typed = RwSignal::new(String::new());
    let said = RwSignal::new(None::<PlateSaid>);
    let write = move |number: PlateNumber| {
        let colour = number.likely_colour();
        app.write(vec![Change::PlateRead { plate: Plate::Number { number, colour }.into() }]);
        correcting.set(false);
        said.set(None);
    };
    let save = move |_| match read_plate(app, &typed.get_untracked()) {
        Ok(number) => write(number),
        Err(why) => said.set(Some(why)),
    };
    let open = move |_| {
        let now = app.visit_now(|visit| {
            visit.plate().and_then(Plate::number).map(|number| number.as_str().to_owned())
        });
        typed.set(now.flatten().unwrap_or_default());
        correcting.set(true);
    };
    let number = move || app.visit(|visit| visit.plate().and_then(Plate::number).cloned()).flatten();
    // Chosen, and its last day not given yet: until then the visit keeps the plate that it has.
    let temporary = RwSignal::new(false);
    let last_day = Memo::new(move |_| app.visit(|visit| visit.plate().and_then(Plate::until)).flatten());
    let says_so = move || number().and_then(|number| number.kind()) == Some(PlateKind::Temporary);
    let until = move || {
        (temporary.get() || last_day.get().is_some() || says_so()).then(|| {
            let write = move |event| {
                let day = crate::locale::read_day(&event_target_value(&event));
                if let Some((until, number)) = day.zip(untrack(number)) {
                    app.write(vec![Change::PlateRead { plate: Plate::Temporary { number, until }.into() }]);
                    temporary.set(false);
                }
            };
            let today = move || crate::locale::day_of(app.now.get(), app.utc_offset());
            let expired = move || app.visit(|visit| visit.plate().is_some_and(|plate| plate.expired(today())));
            view! {
                <div class="fld"><label class="label" for="plate-until">{app.t().valid_until()}</label>
                    <div class="field"><input id="plate-until" type="date" prop:value=last_day.get().map(|day| day.to_string()) on:change=write/></div>
                    {last_day.get().is_none().then(|| view! { <span class="said ask">{icon(Icon::Info)}{app.t().until_missing()}</span> })}
                    {move || (expired() == Some(true)).then(|| view! { <span class="said ask" role="alert">{icon(Icon::Warning)}{app.t().plate_expired()}</span> })}
                </div>
            }
        })
    };
    let colours = move || {
        number().map(|number| {
            let colours = [
                PlateColour::Blue,
                PlateColour::Green,
                PlateColour::Yellow,
                PlateColour::White,
                PlateColour::Black,
                PlateColour::YellowGreen,
            ];
            let mut kinds: Vec<(Option<PlateColour>, Signal<String>)> =
                colours.map(|colour| (Some(colour), app.word(move |t| t.plate_colour_word(colour)))).to_vec();
            kinds.push((None, app.word(Language::temporary)));
            let now = derive(move || match app.visit(|visit| visit.plate().cloned()).flatten() {
                _ if temporary.get() => Some(None),
                Some(Plate::Number { colour, .. }) => Some(Some(colour)),
                Some(Plate::Temporary { .. }) => Some(None),
                Some(Plate::None { .. }) | None => None,
            });
            let number = StoredValue::new(number);
            segments(
                move || app.t().plate_colour().into(),
                kinds,
                now,
                move |kind| {
                    temporary.set(kind.is_none());
                    if let Some(colour) = kind {
                        let number = number.get_value();
                        app.write(vec![Change::PlateRead { plate: Plate::Number { number, colour }.into() }]);
                    }
                },
            )
        })
    };
    view! {
        <div class="row wrap">
            {move || app.visit(|visit| plate(app.t(), visit.plate(), "p64"))}
            <button type="button" class="btn sm" id="correct-plate" on:click=open>{icon(Icon::Pen)}{move || app.t().correct_plate()}</button>
            <div class="grow kinds">{colours}</div>
            {until}
        </div>
        {move || correcting.get().then(|| view! {
            <div class="card pad-in">
                <div class="row typed">{move || typed_plate(&typed.get())}</div>
                {plate_said(app, said, write)}
                {plate_keys(app, typed)}
                {no_plate(app, move |change| { app.write(vec![change]); correcting.set(false); })}
                <div class="row"><button class="btn sm" on:click=move |_| correcting.set(false)>{app.t().cancel()}</button>
                    <span class="grow"></span><button class="btn sm" on:click=save>{app.t().save()}</button></div>
            </div>
        })}
    }
}
