//! 设置 and 待发送: language, appearance, storage, what waits.

use leptos::prelude::*;

use crate::icons::Icon;
use crate::locale::Language;
use crate::route::Route;
use crate::tablet::app::{App, Trouble};
use crate::tablet::components::{icon, link, places, segments, shell, sync_icon};
use crate::tablet::device::{self, Theme};
use crate::tablet::storage::{Listed, StorageError};
use crate::visit::{Change, VisitRow};

pub(super) fn settings(app: App) -> impl IntoView {
    let estimate = RwSignal::new(None::<(u64, bool)>);
    let identity = RwSignal::new(None);
    leptos::task::spawn_local(async move {
        let _ = estimate.try_set(device::storage_estimate().await);
        let _ = identity.try_set(app.storage().identity().await.ok());
    });
    let languages =
        Language::ALL.map(|language| (language, Signal::derive(move || language.name().to_owned()))).to_vec();
    let themes = [Theme::System, Theme::Light, Theme::Dark].map(|theme| {
        let word = Signal::derive(move || {
            match theme {
                Theme::System => app.t().by_system(),
                Theme::Light => app.t().light(),
                Theme::Dark => app.t().dark(),
            }
            .to_owned()
        });
        (theme, word)
    });
    let line = move |label: fn(Language) -> &'static str, value: Signal<String>| view! { <div class="kv2"><span>{move || label(app.t())}</span><b>{move || value.get()}</b></div> };
    let used =
        Signal::derive(move || estimate.get().map(|(used, _)| app.t().bytes(used)).unwrap_or_default());
    let kept = Signal::derive(move || match estimate.get() {
        Some((_, true)) => app.t().storage_kept().to_owned(),
        _ => app.t().storage_not_kept().to_owned(),
    });
    let unsent = Signal::derive(move || {
        let (entries, photos) = app.unsent.get();
        app.t().unsent_count(entries, photos)
    });
    let last = Signal::derive(move || {
        let at = identity.get().and_then(|identity: crate::tablet::storage::Identity| identity.exchanged);
        at.map_or(app.t().never().to_owned(), |at| app.t().date_time(at, app.utc_offset()))
    });
    let differs = move || identity.get().is_some_and(|identity| identity.offset.abs() > 120_000);
    let main = view! {
        <div class="form narrow">
            <h1 class="t24">{move || app.t().settings()}</h1>
            <section class="card pad-in">
                <div><span class="label">{move || app.t().language()}</span>{segments(move || app.t().language().into(), languages, Signal::derive(move || Some(app.language.get())), move |language| { device::remember_language(language); app.language.set(language); })}</div>
                <div><span class="label">{move || app.t().theme()}</span>{segments(move || app.t().theme().into(), themes.to_vec(), Signal::derive(move || Some(app.theme.get())), move |theme| { device::remember_theme(theme); app.theme.set(theme); })}</div>
            </section>
            <section class="card pad-in"><h2 class="sec">{move || app.t().staff()}</h2>
                <div class="row"><b class="grow">{move || app.member().map(|member| member.name)}</b>{link(app, Route::Staff, "btn sm", view! { {icon(Icon::Person)}{move || app.t().change_person()} })}</div></section>
            <section class="card pad-in"><h2 class="sec">{move || app.t().storage()}</h2>
                {line(Language::storage_used, used)}{line(Language::storage, kept)}{line(Language::unsent, unsent)}{line(Language::last_exchange, last)}
                {move || differs().then(|| view! { <p class="care row">{icon(Icon::Clock)}{app.t().clock_differs()}</p> })}
                <div class="row"><button class="btn sm" id="export" on:click=move |_| super::export(app)>{icon(Icon::Export)}{move || app.t().export_unsent()}</button></div></section>
            <section class="card pad-in">{line(Language::version, Signal::derive(|| env!("CARGO_PKG_VERSION").to_owned()))}</section>
        </div>
    };
    let title = view! { <div class="grow"></div> };
    shell(app, places(app, Route::Settings), title, main, view! { <div class="why"></div> })
}

/// Of an entry that the server refused: its visit, what it says where this program understands it, why.
type Refused = (VisitRow, Option<Change>, String);

async fn read_waiting(app: App) -> Result<(Vec<Listed>, Vec<Refused>), StorageError> {
    let waiting = app.storage().waiting().await?;
    let mut refused = Vec::new();
    for listed in waiting.iter().filter(|listed| listed.refused > 0) {
        let Some(visit) = app.storage().visit(listed.row.dossier).await? else { continue };
        let here = visit.journal.refused_here();
        refused.extend(here.map(|(reason, said)| (listed.row.clone(), said, reason.to_owned())));
    }
    Ok((waiting, refused))
}

pub(super) fn waiting(app: App) -> impl IntoView {
    let waiting = RwSignal::new(Vec::<Listed>::new());
    let refused = RwSignal::new(Vec::<Refused>::new());
    Effect::new(move |_| {
        app.board.track();
        app.unsent.track();
        leptos::task::spawn_local(async move {
            match read_waiting(app).await {
                Ok((listed, said)) => {
                    let _ = waiting.try_set(listed);
                    let _ = refused.try_set(said);
                }
                Err(error) => app.trouble.set(Some(Trouble::NotSaved(error))),
            }
        });
    });
    let visit = move |row: &VisitRow| {
        let plate = row.plate.as_ref().map(ToString::to_string).unwrap_or_default();
        let route = Route::Visit(row.dossier, crate::route::Step::Vehicle);
        link(app, route, "btn sm quiet", view! { {plate}" "{row.number.clone()} }).into_any()
    };
    let rows = move || {
        let t = app.t();
        if app.unsent.get() == (0, 0) {
            return view! { <p class="ready">{icon(Icon::Tick)}{t.nothing_waits()}</p> }.into_any();
        }
        let waiting = waiting.get().into_iter().filter(|listed| listed.unsent > 0);
        waiting
            .map(|listed| view! { <div class="kv2">{visit(&listed.row)}<b class="row">{icon(sync_icon(listed.sync()))}{t.items(listed.unsent)}</b></div> })
            .collect_view()
            .into_any()
    };
    let not_taken = move || {
        let (t, refused) = (app.t(), refused.get());
        let count = refused.len();
        let row = |(row, change, reason): Refused| {
            let (subject, value) = match change {
                Some(change) => app.catalogue.with(|catalogue| t.change_said(&change, catalogue)),
                None => (t.newer_entries().to_owned(), String::new()),
            };
            view! { <div class="kv2">{visit(&row)}<div class="grow"><b>{subject}" "{value}</b><div class="note">{t.refused_because(&reason)}</div></div></div> }
        };
        (count > 0).then(|| view! {
            <section class="card pad-in" id="refused"><h2 class="sec">{t.refused()}</h2><p class="care row">{icon(Icon::Warning)}{t.entries_refused(count)}</p>
                {refused.into_iter().map(row).collect_view()}</section>
        })
    };
    let state = move || match app.reached.get() {
        Some(false) => {
            view! { <p class="care row">{icon(Icon::Offline)}<span>{app.t().server_unreachable()}</span></p> }
                .into_any()
        }
        Some(true) => view! { <p class="ready">{icon(Icon::Sent)}{app.t().server_reached()}</p> }.into_any(),
        None => ().into_any(),
    };
    let count = move || {
        let (entries, photos) = app.unsent.get();
        app.t().unsent_count(entries, photos)
    };
    let main = view! {
        <div class="form narrow"><h1 class="t24">{move || app.t().waiting_list()}</h1>{state}{not_taken}
            <section class="card pad-in"><div class="kv2"><span>{move || app.t().unsent()}</span><b>{count}</b></div>{rows}
                <div class="row"><button class="btn sm" id="export" on:click=move |_| super::export(app)>{icon(Icon::Export)}{move || app.t().export_unsent()}</button></div></section></div>
    };
    shell(
        app,
        places(app, Route::Waiting),
        view! { <div class="grow"></div> },
        main,
        view! { <div class="why"></div> },
    )
}
