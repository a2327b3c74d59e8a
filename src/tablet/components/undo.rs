//! What was just taken away can be brought back for six seconds, in the action bar, instead of a
//! question beforehand.

use std::time::Duration;

use crate::tablet::markup::{Markup, live, view};
use leptos::prelude::*;

use super::icon;
use crate::icons::Icon;
use crate::journal::DossierId;
use crate::tablet::app::App;
use crate::visit::Change;

const SHOWN: Duration = Duration::from_secs(6);

/// What can be brought back, and how that is said.
#[derive(Clone, PartialEq)]
pub(crate) struct Undo {
    dossier: DossierId,
    said: String,
    back: Change,
    turn: u64,
}

/// Writes a change and offers to write another that takes it back.
pub(crate) fn write_with_undo(app: App, change: Change, back: Change, said: String) {
    let Some(dossier) = app.visit_now(|visit| visit.journal.dossier()) else { return };
    let draft = app.draft(change);
    app.write_drafts(vec![draft], move |_| {
        let turn = app.undo.with_untracked(|undo| undo.as_ref().map_or(0, |undo| undo.turn)) + 1;
        app.undo.set(Some(Undo { dossier, said, back, turn }));
        set_timeout(
            move || {
                if app.undo.with_untracked(|undo| undo.as_ref().is_some_and(|undo| undo.turn == turn)) {
                    app.undo.set(None);
                }
            },
            SHOWN,
        );
    });
}

/// The strip; it stands only where it belongs to the visit that is shown.
pub(crate) fn undo_strip(app: App) -> Markup {
    let strip = live(move || {
        let undo = app.undo.get().filter(|undo| app.route.get().dossier() == Some(undo.dossier));
        undo.map(|undo| {
            let Undo { said, back, .. } = undo;
            let bring_back = move |_| {
                app.write(vec![back.clone()]);
                app.undo.set(None);
            };
            view! {
                <div class="undo">{icon(Icon::Bin)}<b class="grow ell">{said}</b>
                    <button type="button" class="btn sm" id="bring-back" on:click=bring_back>{icon(Icon::Undo)}{app.t().take_back()}</button></div>
            }
        })
    });
    view! { <div class="undo-place" role="status">{strip}</div> }
}
