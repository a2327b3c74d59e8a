//! 已完成: finished visits, day by day, more on demand.

use crate::tablet::markup::{CollectView as _, Markup, view};

use crate::tablet::signals::RwSignal;

use super::board::row;
use crate::icons::Icon;
use crate::route::Route;
use crate::tablet::app::{App, Trouble};
use crate::tablet::components::{icon, places, shell};
use crate::tablet::storage::Listed;
use crate::visit::by_day;

pub(super) fn finished(app: App) -> Markup {
    // None before the first ones are read.
    let shown = RwSignal::new(None::<Vec<Listed>>);
    // Before which arrival the next ones are read; zero where there are no more.
    let before = RwSignal::new(i64::MAX);
    let reading = RwSignal::new(false);
    let more = move || {
        let from = before.get_untracked();
        if reading.get_untracked() {
            return;
        }
        reading.set(true);
        leptos::task::spawn_local(async move {
            match app.storage().finished(from).await {
                Ok((rows, rest)) => {
                    shown.update(|shown| shown.get_or_insert_default().extend(rows));
                    before.set(rest.unwrap_or_default());
                }
                Err(error) => app.trouble.set(Some(Trouble::NotSaved(error))),
            }
            reading.set(false);
        });
    };
    more();
    let days = move || {
        let t = app.t();
        let days = by_day(shown.get().unwrap_or_default(), |listed| listed.row.arrived, app.utc_offset());
        let day = |(day, rows): (chrono::NaiveDate, Vec<Listed>)| {
            view! {
                <h2 class="sec" data-day=day.to_string()><span>{t.day(day)}</span><span class="n">{rows.len()}</span></h2>
                <div class="grp">{rows.into_iter().map(|listed| row(app, listed)).collect_view()}</div>
            }
        };
        days.into_iter().map(day).collect_view()
    };
    let end = move || {
        let t = app.t();
        match (before.get(), shown.with(|shown| shown.as_ref().map(Vec::is_empty))) {
            (_, None) => Markup::Nothing,
            (0, Some(true)) => view! { <p class="empty">{t.no_finished()}</p> },
            (0, Some(false)) => view! { <p class="empty">{t.no_earlier()}</p> },
            _ => {
                view! { <button class="btn wide" id="earlier" on:click=move |_| more()>{icon(Icon::Clock)}{t.earlier()}</button> }
            }
        }
    };
    let title = view! { <div class="grow"><h1 class="t24">{move || app.t().day_by_day()}</h1></div> };
    let act = view! {
        <div class="why"></div>
        <button class="btn pri" id="next" on:click=move |_| app.go(Route::Board)>{icon(Icon::Board)}{move || app.t().board()}</button>
    };
    let main = view! { <div class="lst">{days}{end}</div> };
    shell(app, places(app, Route::Finished), title, main, act)
}
