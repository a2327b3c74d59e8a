//! 看板: who waits, who comes.

use crate::tablet::markup::{CollectView as _, Markup, view};
use leptos::prelude::*;

use crate::tablet::signals::{RwSignal, StoredValue};

use crate::catalogue::Appointment;
use crate::exchange::SyncState;
use crate::icons::Icon;
use crate::journal::{DossierId, Draft};
use crate::locale::{day_of, minutes_between};
use crate::route::{Route, Step};
use crate::tablet::app::App;
use crate::tablet::components::{icon, link, place_in_queue, places, plate, shell, sync_icon};
use crate::tablet::device;
use crate::tablet::storage::{Listed, StorageError};
use crate::visit::vehicle::{Plate, PlateNumber};
use crate::visit::{Body, Change, Stage, search_form};

pub(super) fn board(app: App) -> Markup {
    let search = RwSignal::new(String::new());
    let found = RwSignal::new(None::<Found>);
    let looking = StoredValue::new(false);
    let letters = StoredValue::new(0_u64);
    let look = move || {
        letters.update_value(|letters| *letters += 1);
        // One search at a time, which ends with what is typed by then.
        if looking.try_get_value() != Some(false) {
            return;
        }
        looking.set_value(true);
        leptos::task::spawn_local(async move {
            let mut others = Vec::new();
            while let Some(text) = search.try_get_untracked() {
                let is_typed = || search.try_get_untracked().as_ref() == Some(&text);
                others = find(app, &text, is_typed, found).await.unwrap_or_default();
                if is_typed() {
                    break;
                }
            }
            looking.set_value(false);
            // A letter that is typed meanwhile has its own.
            let own = letters.try_get_value();
            let is_newest = || own.is_some() && letters.try_get_value() == own;
            let _ = grow(app, others, is_newest, found).await;
        });
    };
    // The first rows are painted before the others are built, which come as many at a time: a finger never
    // waits for all of them.
    let room = RwSignal::new(FIRST);
    let whole = StoredValue::new(false);
    leptos::task::spawn_local(async move {
        while let Some(shown) = room.try_get_untracked()
            && shown < app.board.with_untracked(|rows| rows.len())
        {
            device::after_paint().await;
            room.set(shown + FIRST.max(shown / 2));
        }
        whole.set_value(true);
    });
    let title = view! {
        <div class="grow">
            <h1 class="t24">{move || app.t().day(day_of(app.now.get(), app.utc_offset()))}</h1>
            <span class="note">{move || app.member().map(|member| format!("{} · {}", member.name, app.t().role(member.role)))}</span>
        </div>
        <label class="field find">
            {icon(Icon::Search)}
            <span class="sr">{move || app.t().search()}</span>
            <input type="search" id="search" placeholder=move || app.t().search() prop:value=move || search.get()
                on:focus=move |_| look()
                on:input=move |event| { search.set(event_target_value(&event)); look(); } />
        </label>
    };
    let lists = move || {
        let t = app.t();
        let room = if whole.get_value() { usize::MAX } else { room.get() };
        let (open, done): (Vec<Listed>, Vec<Listed>) =
            app.board.get().iter().cloned().partition(|listed| !listed.row.stage.is_over());
        let empty = open.is_empty();
        view! {
            {app.update_ready.get().then(|| view! {
                <div class="care row">{icon(Icon::Again)}<span class="grow">{t.update_ready()}</span>
                    <button class="btn sm" id="update" on:click=move |_| update_now()>{t.update_now()}</button></div>
            })}
            {empty.then(|| view! { <p class="empty">{t.nobody_waits()}</p> })}
            {(!empty).then(|| group(app, t.in_lane(), open.len(), first(&open, room), true))}
            {(!done.is_empty()).then(|| group(app, t.checked_in_today(), done.len(), first(&done, room), false))}
        }
    };
    // The board stays as it is below: what is searched comes and goes at every letter.
    let results = move || {
        let Found { count, rows, .. } = found.get()?;
        let t = app.t();
        let list = if rows.is_empty() {
            view! { <p class="empty">{t.nothing_found()}<br />{t.search_hint()}</p> }
        } else {
            group(app, t.search(), count, rows, true)
        };
        Some(view! { <section class="lst found" aria-label=t.search()>{list}</section> })
    };
    let coming = move || {
        let t = app.t();
        let kept: Vec<String> =
            app.board.with(|rows| rows.iter().filter_map(|listed| listed.row.appointment.clone()).collect());
        let coming: Vec<Appointment> = app.catalogue.with(|catalogue| {
            catalogue.appointments.iter().filter(|coming| !kept.contains(&coming.id)).cloned().collect()
        });
        view! {
            <h2 class="sec"><span>{t.appointments()}</span><span class="n">{coming.len()}</span></h2>
            {coming.is_empty().then(|| view! { <p class="empty">{t.no_appointments()}</p> })}
            {coming.into_iter().map(|coming| appointment(app, coming)).collect_view()}
        }
    };
    let why = move || {
        let t = app.t();
        let rows = app.board.get();
        let waiting = rows.iter().filter(|listed| !listed.row.stage.is_over());
        let longest = waiting.clone().map(|listed| minutes_between(listed.row.arrived, app.now.get())).max();
        longest.map(|minutes| view! { {icon(Icon::Clock)}<span>{t.queue(waiting.count(), minutes)}</span> })
    };
    let done = move || app.board.with(|rows| rows.iter().filter(|listed| listed.row.stage.is_over()).count());
    let act = view! {
        <div class="why">{why}</div>
        {link(app, Route::Finished, "btn", view! { {icon(Icon::Tick)}<span>{move || app.t().finished()}" "{done}</span> })}
        <button class="btn pri" id="new-visit" on:click=move |_| app.go(Route::NewVisit)>{icon(Icon::Plus)}<span>{move || app.t().new_visit()}</span></button>
    };
    let main = view! {
        <div class="b2">
            <section class="lst" aria-label=move || app.t().visits() hidden=move || found.with(Option::is_some)>{lists}</section>
            {results}
            <aside class="ap">{coming}</aside>
        </div>
    };
    shell(app, places(app, Route::Board), title, main, act)
}

/// What a search has found: how many, and the rows that are read.
#[derive(Clone, PartialEq)]
struct Found {
    text: String,
    count: usize,
    rows: Vec<Listed>,
}

/// So many rows are built at once: what a finger can reach of a list that comes.
const FIRST: usize = 8;
/// So many stand with the letter that finds them, in one frame.
const NEAR: usize = 4;
/// So many are shown at most.
const MOST: usize = 50;

fn first(rows: &[Listed], room: usize) -> Vec<Listed> {
    rows.iter().take(room).cloned().collect()
}

/// Shows the newest visits that a search finds, and none of a search for nothing: a few with the letter, as long
/// as it `is_typed`. Gives the others' ids.
async fn find(
    app: App,
    text: &str,
    is_typed: impl Fn() -> bool,
    found: RwSignal<Option<Found>>,
) -> Result<Vec<String>, StorageError> {
    let all = app.searchable().await?;
    let text = search_form(text);
    let ids: Vec<String> = match text.is_empty() {
        true => Vec::new(),
        false => all.find(&text).take(MOST).map(str::to_owned).collect(),
    };
    // What is there of the same search already stays.
    let shown = found.try_with_untracked(|found| {
        found.as_ref().filter(|found| found.text == text).map_or(0, |found| found.rows.len())
    });
    let (near, others) = ids.split_at(shown.unwrap_or_default().max(NEAR).min(ids.len()));
    let rows = app.found_rows(near)?;
    let now = (!text.is_empty()).then_some(Found { text, count: ids.len(), rows });
    if is_typed() {
        // Only what differs: a list is never drawn anew under a finger for nothing.
        found.maybe_update(|shown| std::mem::replace(shown, now) != *shown);
    }
    Ok(others.to_vec())
}

/// Shows the others, a few at a time and each time once those before them are painted.
async fn grow(
    app: App,
    others: Vec<String>,
    is_newest: impl Fn() -> bool,
    found: RwSignal<Option<Found>>,
) -> Result<(), StorageError> {
    for few in others.chunks(FIRST) {
        device::after_paint().await;
        if !is_newest() {
            break;
        }
        let more = app.found_rows(few)?;
        found.update(|found| {
            if let Some(found) = found {
                found.rows.extend(more);
            }
        });
    }
    Ok(())
}

pub(super) fn update_now() {
    let _ = js_sys::Reflect::get(&window(), &"lanepadUpdate".into())
        .and_then(|take| js_sys::Function::from(take).call0(&wasm_bindgen::JsValue::NULL));
}

fn group(app: App, name: &'static str, count: usize, rows: Vec<Listed>, hot: bool) -> Markup {
    view! {
        <h2 class="sec"><span>{name}</span><span class="n">{count}</span></h2>
        <div class=if hot { "grp hot" } else { "grp" }>{rows.into_iter().map(|listed| row(app, listed)).collect_view()}</div>
    }
}

/// Where a visit is opened: the first step that needs something.
fn step_of(stage: Stage) -> Step {
    match stage {
        Stage::Vehicle | Stage::Cancelled => Step::Vehicle,
        Stage::Walkaround { .. } => Step::Walkaround,
        Stage::Interview => Step::Interview,
        Stage::ToSign
        | Stage::ToSignAgain
        | Stage::ToCountersign
        | Stage::ToPhotograph
        | Stage::CheckedIn => Step::CheckIn,
    }
}

fn stage_tag(app: App, stage: Stage) -> Markup {
    let (class, mark) = match stage {
        Stage::Vehicle | Stage::Walkaround { .. } => ("tag acc", Icon::Car),
        Stage::Interview => ("tag acc", Icon::Words),
        Stage::ToSign | Stage::ToCountersign => ("tag acc", Icon::Pen),
        Stage::ToPhotograph => ("tag acc", Icon::Camera),
        Stage::ToSignAgain => ("tag warn", Icon::Pen),
        Stage::CheckedIn => ("tag good", Icon::Tick),
        Stage::Cancelled => ("tag", Icon::Cross),
    };
    view! { <span class=class>{icon(mark)}{app.t().stage(stage)}</span> }
}

/// A visit's row.
pub(super) fn row(app: App, listed: Listed) -> Markup {
    let t = app.t();
    let sync = listed.sync();
    let row = listed.row;
    let route = Route::Visit(row.dossier, step_of(row.stage));
    let minutes = minutes_between(row.arrived, app.now.get());
    let waits = !row.stage.is_over();
    let number = place_in_queue(app, row.dossier).map(|number| t.queue_number(number));
    let advisor =
        row.advisor.as_ref().map(|id| app.catalogue.with(|catalogue| catalogue.staff_name(id).to_owned()));
    let double = app.board.with(|rows| {
        rows.iter().any(|other| {
            other.row.dossier != row.dossier
                && other.row.stage != Stage::Cancelled
                && row.stage != Stage::Cancelled
                && (other.row.plate.is_some() && other.row.plate == row.plate
                    || !row.vin.is_empty() && other.row.vin == row.vin)
        })
    });
    view! {
        <a class="v" data-visit=row.dossier.to_string() href=route.address()
            on:click=move |event| { event.prevent_default(); app.go(route); }>
            {plate(t, row.plate.as_ref(), "p44")}
            <span class="who"><b class="ell">{t.addressed(&row.name, row.salutation)}</b>
                <span class="note ell">{[Some(row.model.clone()), advisor].into_iter().flatten().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ")}</span></span>
            <span class="tags">
                {stage_tag(app, row.stage)}
                {row.without_glass.and_then(|closing| t.closing(closing)).map(|word| view! { <span class="tag warn">{icon(Icon::Sheet)}{word}</span> })}
                {row.unanswered.map(|_| view! { <span class="tag warn" data-unanswered="">{icon(Icon::Words)}{t.waits_for_answer()}</span> })}
                {(row.two_answers > 0).then(|| view! { <span class="tag warn">{icon(Icon::Merge)}{t.two_answers()}</span> })}
                {double.then(|| view! { <span class="tag warn">{icon(Icon::Warning)}{t.possible_duplicate()}</span> })}
            </span>
            <span class="r nb"><b>{if waits { t.waiting(minutes) } else { t.time(row.arrived, app.utc_offset()) }}</b>
                <span class="note">{number.unwrap_or_else(|| if waits { t.pick("已等", "waiting") } else { t.arrived() }.to_owned())}</span></span>
            <span class=if sync == SyncState::Complete { "mb good" } else { "mb" } data-sync=sync.name() role="img" aria-label=t.sync(sync) title=t.sync(sync)>{icon(sync_icon(sync))}</span>
            <span class="go">{icon(Icon::Forward)}</span>
        </a>
    }
}

fn appointment(app: App, coming: Appointment) -> Markup {
    let t = app.t();
    let late = minutes_between(coming.at, app.now.get());
    let drawn = PlateNumber::read(&coming.plate).value().map(|number| {
        let colour = app
            .catalogue
            .with(|catalogue| catalogue.known(&coming.plate, "").first().map(|car| car.plate_colour))
            .unwrap_or_else(|| number.likely_colour());
        Plate::Number { number, colour }
    });
    let said = t.addressed(&coming.name, Some(coming.salutation));
    let id = coming.id.clone();
    let (at, wish) = (coming.at, coming.wish.clone());
    view! {
        <div class="a" data-appointment=id>
            <div><div class="t">{t.time(at, app.utc_offset())}</div>
                {(late > 0).then(|| view! { <span class="late">{t.appointment_late()}" "<span class="nb">{t.waiting(late)}</span></span> })}</div>
            <div class="grow">
                <div class="row">{plate(t, drawn.as_ref(), "p34")}<b class="nb">{said}</b></div>
                <div class="two">{wish}</div>
                {coming.agreed.clone().map(|agreed| view! { <div class="note" data-agreed="">{t.agreed()}" · "{agreed}</div> })}
                <button class="btn sm wide" on:click=move |_| arrive(app, coming.clone())>{icon(Icon::Tick)}<span>{t.arrived()}</span></button>
            </div>
        </div>
    }
}

/// 到店: opens the appointment's visit with what is known.
fn arrive(app: App, coming: Appointment) {
    leptos::task::spawn_local(async move {
        let shop = app.catalogue.with_untracked(|catalogue| catalogue.dealership.id.clone());
        let dossier = DossierId::of_appointment(&shop, &coming.id);
        let mut changes = super::vehicle::known_facts(app, &coming.plate);
        changes.push(Change::ConcernRecorded { words: coming.wish.clone().into(), symptom: None });
        open(app, dossier, Some(coming.id), changes).await;
    });
}

/// Opens a new visit: its number, the pinned list, the advisor, and what is known already.
pub(super) async fn open(app: App, dossier: DossierId, appointment: Option<String>, known: Vec<Change>) {
    let offset = app.catalogue.with_untracked(|catalogue| catalogue.dealership.utc_offset_minutes);
    let arrived = device::now();
    let day = day_of(arrived, offset).to_string().replace('-', "");
    let number = match app.storage().next_number(&day).await {
        Ok(number) => number,
        Err(error) => return app.trouble.set(Some(crate::tablet::app::Trouble::NotSaved(error))),
    };
    let items = app.catalogue.with_untracked(|catalogue| catalogue.items());
    let mut changes = vec![Change::VisitOpened { number, appointment, arrived, body: Body::Sedan, items }];
    changes.extend(app.person.get_untracked().map(|advisor| Change::AdvisorAssigned { advisor }));
    changes.extend(known);
    let drafts = changes.into_iter().map(|change| Draft { change, replaces: Vec::new() }).collect();
    app.append(dossier, drafts, app.append_now(), move |_| app.go(Route::Visit(dossier, Step::Vehicle)));
}
