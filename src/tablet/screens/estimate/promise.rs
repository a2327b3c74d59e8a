//! 预计交车: the time as it is reckoned, how it came about, and another one with its reason.

use chrono::NaiveDateTime;

use super::Desk;
use crate::icons::Icon;
use crate::locale::{Language, of_the_wall, on_the_wall};
use crate::promise::{Comes, Needed, NoPromise, Promise, Step, Workshop};
use crate::tablet::app::App;
use crate::tablet::components::{Read, TextField, icon};
use crate::tablet::device;
use crate::tablet::markup::{CollectView as _, Markup, derive, live, view};
use crate::tablet::signals::{Memo, RwSignal};
use crate::visit::order::OrderLine;
use crate::visit::work_order::NoTime;
use crate::visit::{Key, VisitRow};

pub(super) const HALF_AN_HOUR: i64 = 30 * 60_000;
const DAY: i64 = 24 * 60 * 60_000;
/// Who has been here for longer does not wait for people.
const FORTNIGHT: i64 = 14 * DAY;

/// What was reckoned; `None` where the workshop's hours are not known or nothing is to be done.
type Reckoned = Option<Result<Promise, NoPromise>>;

fn refused(t: Language, why: NoTime) -> String {
    match why {
        NoTime::Past => t.time_is_past(),
        NoTime::Reason => t.time_needs_reason(),
    }
    .to_owned()
}

/// When a part is here, by what the lists said last.
fn comes(desk: Desk, line: &OrderLine) -> Needed {
    let name = line.item.name.get(desk.app.language.get_untracked()).to_owned();
    let known = desk.parts.with(|parts| parts.get(&line.item.code).cloned().flatten());
    let comes = match known {
        Some(part) if part.stock >= line.terms.quantity => Comes::InStore,
        Some(part) => part.expected.map_or(Comes::Unknown, |day| Comes::During(day.0)),
        None if line.item.origin == Some(crate::estimate::Origin::Brought) => Comes::InStore,
        None => Comes::Unknown,
    };
    Needed { name, comes }
}

/// In about two hours, where nobody has said anything yet.
pub(super) fn soon() -> i64 {
    (device::now() / HALF_AN_HOUR + 4) * HALF_AN_HOUR
}

/// Buttons that make a time earlier and later.
pub(super) fn steps(app: App, shift: impl Fn(i64) + Copy + 'static) -> Markup {
    let step = move |by: i64, word: fn(Language) -> &'static str, id: &'static str| {
        view! { <button type="button" class="btn sm" id=id on:click=move |_| shift(by)>{move || word(app.t())}</button> }
    };
    view! { {step(-HALF_AN_HOUR, Language::earlier_half, "earlier")}{step(HALF_AN_HOUR, Language::later_half, "later")}{step(DAY, Language::later_day, "day-later")} }
}

pub(super) fn promise(desk: Desk) -> Markup {
    let app = desk.app;
    // What stands in the workshop, as it was when the screen was opened.
    let others = RwSignal::new(Vec::<VisitRow>::new());
    leptos::task::spawn_local(async move {
        device::after_paint().await;
        let Ok(listed) = app.storage().board(device::now() - FORTNIGHT).await else { return };
        let rows = listed.into_iter().map(|listed| listed.row);
        others.set(rows.filter(|row| row.in_workshop.is_some()).collect());
    });
    // In steps of a minute: a later second is no other promise.
    let minute = Memo::new(move |_| app.now.get() / 60_000 * 60_000);
    let reckoned = Memo::new(move |_| -> Reckoned {
        let plan = app.catalogue.with(|catalogue| catalogue.workshop.clone())?;
        let now = on_the_wall(minute.get(), app.utc_offset());
        desk.settled.with(|lines| lines.iter().any(OrderLine::counts)).then_some(())?;
        app.settled(|visit| {
            let queue = others.with(|rows| visit.queue(rows, minute.get()));
            visit.reckon(&Workshop { queue, ..plan.workshop() }, now, |line| comes(desk, line))
        })
    });
    let reckoned_at = move || {
        let ready = reckoned.with(|reckoned| match reckoned {
            Some(Ok(promise)) => Some(promise.ready),
            _ => None,
        });
        ready.map(|ready: NaiveDateTime| of_the_wall(ready, app.utc_offset()))
    };
    let promised = Memo::new(move |_| app.visit(|visit| visit.promised()).flatten());
    // More was put down since: without a reason it is not kept up.
    let is_late = move || {
        let plain = promised.get().filter(|promised| promised.reason.is_none());
        plain.is_some_and(|promised| reckoned_at().is_some_and(|ready| ready > promised.ready))
    };
    // Another time that is being looked for.
    let other = RwSignal::new(None::<i64>);
    let said = RwSignal::new(None::<String>);
    let shown = move || other.get().or(promised.get().map(|promised| promised.ready)).or_else(reckoned_at);
    let put = move |ready: i64, reason: &str| {
        let made = app.visit_now(|visit| visit.promise_time(ready, reckoned_at(), reason, device::now()))?;
        Some(made.map_err(|why| refused(app.language.get_untracked(), why)))
    };
    let take = move |_| {
        let Some(ready) = reckoned_at() else { return };
        match put(ready, "") {
            Some(Ok(change)) => {
                other.set(None);
                said.set(None);
                app.write(vec![change]);
            }
            Some(Err(why)) => {
                said.set(Some(why));
                other.set(Some(ready));
            }
            None => {}
        }
    };
    let shift = move |by: i64| {
        let from = shown().unwrap_or_else(soon);
        said.set(None);
        other.set(Some(from + by));
    };
    let time = live(move || {
        let t = app.t();
        let ready = shown()?;
        let is_promised = promised.get().is_some_and(|promised| promised.ready == ready);
        let (class, word) = match (is_promised, is_late()) {
            (true, true) => ("tag warn", t.promise_too_early()),
            (true, false) => ("tag good", t.promised_word()),
            (false, _) => ("tag warn", t.estimate_only()),
        };
        Some(
            view! { <p class="es-ready" data-ready=ready.to_string()><b>{t.day_and_time(ready, app.utc_offset())}</b><span class=class>{word}</span></p> },
        )
    });
    let how = live(move || {
        let t = app.t();
        reckoned.with(|reckoned| match reckoned {
            None => app
                .catalogue
                .with(|catalogue| catalogue.workshop.is_none())
                .then(|| view! { <p class="note">{t.no_workshop()}</p> }),
            Some(Err(why)) => Some(view! { <p class="note">{icon(Icon::Warning)}{t.no_promise(why)}</p> }),
            Some(Ok(promise)) => {
                let step = |step: &Step| view! { <li><span>{t.promise_step(&step.what)}</span><b>{t.clock(step.until)}</b></li> };
                Some(view! { <ul class="es-how">{promise.steps.iter().map(step).collect_view()}</ul> })
            }
        })
    });
    // It stands while there is something to reckon and nothing else was promised.
    let accept = live(move || {
        let ready = reckoned_at()?;
        let stands = other.get().is_none() && promised.get().is_some() && !is_late();
        (!stands).then(|| view! { <button type="button" class="btn sm wide" id="promise" data-reckoned=ready.to_string() on:click=take>{icon(Icon::Tick)}{app.t().take_this_time()}</button> })
    });
    let read = move |reason: &str| match other.get_untracked() {
        None => Read::Nothing,
        Some(ready) => match put(ready, reason) {
            Some(Ok(change)) => Read::Write(vec![change]),
            Some(Err(why)) => Read::Refuse(why),
            None => Read::Nothing,
        },
    };
    let reason = live(move || {
        other.get()?;
        let done = leptos::prelude::Callback::new(move |()| other.set(None));
        let field = TextField::new(
            app,
            app.draft_name("promise"),
            app.word(Language::reason_of_time),
            derive(String::new),
            Some(Key::Promise),
            Box::new(read),
        );
        Some(field.then(done).view())
    });
    let sentence = live(move || {
        said.get().map(|said| view! { <span class="said bad">{icon(Icon::Warning)}{said}</span> })
    });
    view! {
        <section class="es-box" data-promise="">
            <h2 class="cap">{move || app.t().ready_by()}</h2>{time}{accept}
            <details><summary class="btn sm quiet">{icon(Icon::Clock)}{move || app.t().another_time()}</summary>
                {how}
                <div class="row wrap">{steps(app, shift)}</div>
                {reason}<div role="status">{sentence}</div></details>
        </section>
    }
}
