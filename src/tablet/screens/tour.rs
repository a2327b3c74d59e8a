//! The first page of a tablet: what it does, and the three words of the sync state.

use crate::tablet::markup::{CollectView as _, Markup, view};

use super::staff::language_choice;
use crate::exchange::SyncState;
use crate::icons::Icon;
use crate::route::Route;
use crate::tablet::app::App;
use crate::tablet::components::{icon, sync_icon};
use crate::tablet::device;

pub(super) fn tour(app: App) -> Markup {
    let words = move || {
        let t = app.t();
        [
            (SyncState::OnThisTablet, "warn", t.tour_here()),
            (SyncState::Sent, "", t.tour_sent()),
            (SyncState::Complete, "good", t.tour_complete()),
        ]
        .map(|(state, class, says)| {
            view! { <li><span class=format!("sync {class}")>{icon(sync_icon(state))}<b>{t.sync(state)}</b></span><span>{says}</span></li> }
        })
        .collect_view()
    };
    let go = move |_| {
        device::remember_tour();
        app.toured.set(true);
        app.go(Route::Board);
    };
    view! {
        <main class="whole tour"><div class="lang">{language_choice(app)}</div>
            <div class="card tour-card"><h1 class="say">{move || app.t().tour_title()}</h1>
                <p class="cap">{move || app.t().tour_what()}</p><p class="cap">{move || app.t().tour_three()}</p><ul>{words}</ul></div>
            <button class="btn pri corner" id="next" on:click=go>{move || app.t().tour_go()}{icon(Icon::Forward)}</button></main>
    }
}
