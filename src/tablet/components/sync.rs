//! The state that is always visible: of the open visit, or of everything.

use std::cell::Cell;
use std::rc::Rc;

use crate::tablet::markup::{Markup, view};

use super::icon;
use crate::exchange::SyncState;
use crate::icons::Icon;
use crate::route::Route;
use crate::tablet::app::App;
use crate::tablet::device::{self, Theme};
use crate::tablet::storage::Listed;

/// A press of this length is a long one, in milliseconds.
const LONG: i32 = 600;

pub(crate) fn sync_icon(state: SyncState) -> Icon {
    match state {
        SyncState::OnThisTablet => Icon::Unsent,
        SyncState::Sent => Icon::Sent,
        SyncState::Complete => Icon::Tick,
    }
}

/// Into the sun, and out of it again.
fn switch_sunlight(app: App) {
    let theme = if app.theme.get_untracked() == Theme::Sunlight { Theme::System } else { Theme::Sunlight };
    device::remember_theme(theme);
    app.theme.set(theme);
}

pub(super) fn sync_chip(app: App) -> Markup {
    let state = move || match app.route.get().dossier() {
        Some(_) => app.listed.with(|listed| listed.as_ref().map(Listed::sync)),
        // Of everything: the least that any visit on the board has reached, by its own receipt.
        None if app.unsent.get() != (0, 0) => Some(SyncState::OnThisTablet),
        None => {
            let least = app.board.with(|rows| rows.iter().map(|listed| listed.sync()).min());
            least.or(Some(SyncState::Complete))
        }
    };
    let offline = move || app.reached.get() == Some(false);
    let class = move || match (offline(), state()) {
        (true, _) | (_, Some(SyncState::OnThisTablet)) => "sync warn",
        (false, Some(SyncState::Complete)) => "sync good",
        _ => "sync",
    };
    // By itself: it changes at every tap, the words do not.
    let below = move || {
        let t = app.t();
        match app.unsent.get() {
            (0, 0) if offline() => t.pick("离线", "Offline").to_owned(),
            (0, 0) => t.pick("已连接", "Connected").to_owned(),
            (entries, photos) => t.unsent_count(entries, photos),
        }
    };
    let words = move || {
        let state = state().unwrap_or(SyncState::OnThisTablet);
        view! {
            {icon(if offline() { Icon::Offline } else { sync_icon(state) })}
            <span>
                <b data-sync=state.name()>{app.t().sync(state)}</b>
                <span class="small">{below}</span>
            </span>
        }
    };
    // How many presses began or ended: a long one is one that has not ended meanwhile.
    let presses = Rc::new(Cell::new(0_u32));
    let (down, up, left) = (Rc::clone(&presses), Rc::clone(&presses), presses);
    let long = Rc::new(Cell::new(false));
    let was_long = Rc::clone(&long);
    let press = move |_: web_sys::PointerEvent| {
        let (presses, long) = (Rc::clone(&down), Rc::clone(&long));
        presses.set(presses.get() + 1);
        long.set(false);
        let press = presses.get();
        leptos::task::spawn_local(async move {
            device::sleep(LONG).await;
            if presses.get() == press {
                long.set(true);
                switch_sunlight(app);
            }
        });
    };
    let tap = move |event: web_sys::MouseEvent| {
        event.prevent_default();
        if !was_long.take() {
            app.go(Route::Waiting);
        }
    };
    view! {
        <a class=class href=Route::Waiting.address() draggable="false" on:click=tap on:pointerdown=press
            on:pointerup=move |_: web_sys::PointerEvent| up.set(up.get() + 1)
            on:pointercancel=move |_: web_sys::PointerEvent| left.set(left.get() + 1)
            on:contextmenu=move |event: web_sys::Event| event.prevent_default()>{words}</a>
    }
}
