//! 待发送: what waits to be sent, and what the server did not take.

use crate::tablet::markup::{CollectView as _, Markup, view};

use crate::tablet::signals::{RwSignal, effect};

use crate::icons::Icon;
use crate::locale::Language;
use crate::route::Route;
use crate::tablet::app::{App, Trouble};
use crate::tablet::components::{icon, link, places, shell};
use crate::tablet::storage::StorageError;
use crate::visit::VisitRow;

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
    effect(move |_| {
        app.board.track();
        app.unsent.track();
        let t = app.t();
        leptos::task::spawn_local(async move {
            match read_waiting(app, t).await {
                Ok(read) => {
                    waiting.set(read);
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
