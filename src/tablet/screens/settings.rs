//! 设置 and 待发送: language, appearance, storage, what waits.

use crate::tablet::markup::{CollectView as _, Markup, derive, view};
use leptos::prelude::*;

use crate::icons::Icon;
use crate::locale::Language;
use crate::route::Route;
use crate::tablet::app::{App, Trouble};
use crate::tablet::components::{icon, link, places, segments, shell};
use crate::tablet::device::{self, Theme};
use crate::tablet::storage::StorageError;
use crate::visit::VisitRow;

pub(super) fn settings(app: App) -> Markup {
    let estimate = RwSignal::new(None::<(u64, bool)>);
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
    let used = derive(move || estimate.get().map(|(used, _)| app.t().bytes(used)).unwrap_or_default());
    let kept = derive(move || match estimate.get() {
        Some((_, true)) => app.t().storage_kept().to_owned(),
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

/// What is not on the server: its visit, what it is, and where it was refused, why.
type Waiting = (VisitRow, String, &'static str);

/// What waits to be sent, and what was refused.
async fn read_waiting(app: App, t: Language) -> Result<[Vec<Waiting>; 2], StorageError> {
    let (mut unsent, mut refused) = (Vec::new(), Vec::new());
    for listed in app.storage().waiting().await? {
        if listed.unsent > 0 {
            unsent.push((listed.row.clone(), t.items(listed.unsent), ""));
        }
        if listed.refused > 0
            && let Some(visit) = app.storage().visit(listed.row.dossier).await?
        {
            for (reason, said) in visit.journal.refused_here() {
                let said = said.map(|change| {
                    let said = app.catalogue.with_untracked(|catalogue| t.change_said(&change, catalogue));
                    format!("{} {}", said.0, said.1)
                });
                let said = said.unwrap_or_else(|| t.newer_entries().to_owned());
                refused.push((listed.row.clone(), said, t.refused_because(reason)));
            }
        }
    }
    Ok([unsent, refused])
}

pub(super) fn waiting(app: App) -> Markup {
    let waiting = RwSignal::new([const { Vec::<Waiting>::new() }; 2]);
    Effect::new(move |_| {
        app.board.track();
        app.unsent.track();
        let t = app.t();
        leptos::task::spawn_local(async move {
            match read_waiting(app, t).await {
                Ok(read) => {
                    let _ = waiting.try_set(read);
                }
                Err(error) => app.trouble.set(Some(Trouble::NotSaved(error))),
            }
        });
    });
    let rows = move |of: usize| {
        let row = |(row, said, why): &Waiting| {
            let plate = row.plate.as_ref().map(ToString::to_string).unwrap_or_default();
            let route = Route::Visit(row.dossier, crate::route::Step::Vehicle);
            let visit = link(app, route, "btn sm quiet", view! { {plate}" "{row.number.clone()} });
            view! { <div class="kv2">{visit}<div class="grow"><b class="row">{icon(Icon::Unsent)}{said.clone()}</b><span class="note">{*why}</span></div></div> }
        };
        waiting.with(|waiting| waiting[of].iter().map(row).collect_view())
    };
    let unsent = move || {
        if app.unsent.get() == (0, 0) {
            return view! { <p class="ready">{icon(Icon::Tick)}{app.t().nothing_waits()}</p> };
        }
        rows(0)
    };
    let refused = move || {
        let count = waiting.with(|[_, refused]| refused.len());
        (count > 0).then(|| view! {
            <section class="card pad-in" id="refused"><h2 class="sec">{app.t().refused()}</h2><p class="care row">{icon(Icon::Warning)}{app.t().entries_refused(count)}</p>{rows(1)}</section>
        })
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
        <div class="form narrow"><h1 class="t24">{move || app.t().waiting_list()}</h1>{state}{refused}
            <section class="card pad-in"><div class="kv2"><span>{move || app.t().unsent()}</span><b>{count}</b></div>{unsent}
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
