//! 设置 and 待发送: language, appearance, storage, what waits.

use crate::tablet::markup::{CollectView as _, Markup, derive, view};
use leptos::prelude::*;

use crate::icons::Icon;
use crate::locale::Language;
use crate::route::Route;
use crate::tablet::app::App;
use crate::tablet::components::{icon, link, places, segments, shell, sync_icon};
use crate::tablet::device::{self, Theme};

pub(super) fn settings(app: App) -> Markup {
    let estimate = RwSignal::new(None::<(u64, u64, bool)>);
    let identity = RwSignal::new(None);
    leptos::task::spawn_local(async move {
        let _ = estimate.try_set(device::storage_estimate().await);
        let _ = identity.try_set(app.storage().identity().await.ok());
    });
    let languages =
        Language::ALL.map(|language| (language, derive(move || language.name().to_owned()))).to_vec();
    let themes = [Theme::System, Theme::Light, Theme::Dark].map(|theme| {
        let word = derive(move || {
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
    let used = derive(move || {
        estimate
            .get()
            .map(|(used, quota, _)| format!("{} / {}", app.t().bytes(used), app.t().bytes(quota)))
            .unwrap_or_default()
    });
    let kept = derive(move || match estimate.get() {
        Some((_, _, true)) => app.t().storage_kept().to_owned(),
        _ => app.t().storage_not_kept().to_owned(),
    });
    let unsent = derive(move || {
        let (entries, photos) = app.unsent.get();
        app.t().unsent_count(entries, photos)
    });
    let last = derive(move || {
        let at = identity.get().and_then(|identity: crate::tablet::storage::Identity| identity.exchanged);
        at.map_or(app.t().never().to_owned(), |at| app.t().date_time(at, app.utc_offset()))
    });
    let differs = move || identity.get().is_some_and(|identity| identity.offset.abs() > 120_000);
    let main = view! {
        <div class="form narrow">
            <h1 class="t24">{move || app.t().settings()}</h1>
            <section class="card pad-in">
                <div><span class="label">{move || app.t().language()}</span>{segments(move || app.t().language().into(), languages, derive(move || Some(app.language.get())), move |language| { device::remember_language(language); app.language.set(language); })}</div>
                <div><span class="label">{move || app.t().theme()}</span>{segments(move || app.t().theme().into(), themes.to_vec(), derive(move || Some(app.theme.get())), move |theme| { device::remember_theme(theme); app.theme.set(theme); })}</div>
            </section>
            <section class="card pad-in"><h2 class="sec">{move || app.t().staff()}</h2>
                <div class="row"><b class="grow">{move || app.member().map(|member| member.name)}</b>{link(app, Route::Staff, "btn sm", view! { {icon(Icon::Person)}{move || app.t().change_person()} })}</div></section>
            <section class="card pad-in"><h2 class="sec">{move || app.t().storage()}</h2>
                {line(Language::storage_used, used)}{line(Language::storage, kept)}{line(Language::unsent, unsent)}{line(Language::last_exchange, last)}
                {move || differs().then(|| view! { <p class="care row">{icon(Icon::Clock)}{app.t().clock_differs()}</p> })}
                <div class="row"><button class="btn sm" id="export" on:click=move |_| super::export(app)>{icon(Icon::Export)}{move || app.t().export_unsent()}</button></div></section>
            <section class="card pad-in">{line(Language::version, derive(|| env!("CARGO_PKG_VERSION").to_owned()))}</section>
        </div>
    };
    let title = view! { <div class="grow"></div> };
    shell(app, places(app, Route::Settings), title, main, view! { <div class="why"></div> })
}

pub(super) fn waiting(app: App) -> Markup {
    let rows = move || {
        let t = app.t();
        let waiting: Vec<_> = app.board.get().iter().filter(|listed| listed.unsent > 0).cloned().collect();
        if app.unsent.get() == (0, 0) {
            return view! { <p class="ready">{icon(Icon::Tick)}{t.nothing_waits()}</p> };
        }
        waiting
            .into_iter()
            .map(|listed| {
                let route = Route::Visit(listed.row.dossier, crate::route::Step::Vehicle);
                let plate = listed.row.plate.as_ref().map(ToString::to_string).unwrap_or_default();
                view! { <div class="kv2">{link(app, route, "btn sm quiet", view! { {plate}" "{listed.row.number.clone()} })}<b class="row">{icon(sync_icon(listed.sync()))}{t.items(listed.unsent)}</b></div> }
            })
            .collect_view()
    };
    let state = move || match app.reached.get() {
        Some(false) => {
            view! { <p class="care row">{icon(Icon::Offline)}<span>{app.t().server_unreachable()}</span></p> }
        }
        Some(true) => view! { <p class="ready">{icon(Icon::Sent)}{app.t().server_reached()}</p> },
        None => Markup::Nothing,
    };
    let count = move || {
        let (entries, photos) = app.unsent.get();
        app.t().unsent_count(entries, photos)
    };
    let main = view! {
        <div class="form narrow"><h1 class="t24">{move || app.t().waiting_list()}</h1>{state}
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
