//! One recording: played, sent, held back, withdrawn.

use crate::tablet::signals::{RwSignal, effect};

use crate::icons::Icon;
use crate::journal::EntryId;
use crate::tablet::app::App;
use crate::tablet::components::{icon, write_with_undo};
use crate::tablet::device::Address;
use crate::tablet::markup::{Markup, live, view};
use crate::tablet::storage::Sending;
use crate::visit::Change;
use crate::visit::recording::RecordingKind;

pub(super) fn card(app: App, id: EntryId) -> Markup {
    let found = app.visit_now(|visit| visit.recordings().into_iter().find(|recording| recording.id == id));
    let Some(recording) = found.flatten() else { return Markup::Nothing };
    let Some(dossier) = app.route.get_untracked().dossier() else { return Markup::Nothing };
    let (attachment, kind, media) = (recording.attachment, recording.kind, recording.media);
    let sending = RwSignal::new(Sending::Waiting);
    let look = move || {
        leptos::task::spawn_local(async move {
            if let Ok(now) = app.storage().sending(attachment).await {
                sending.set(now);
            }
        });
    };
    effect(move |_| {
        app.followed.track();
        look();
    });
    let address = RwSignal::new(None::<Address>);
    let play = move |_| {
        let media = media.clone();
        leptos::task::spawn_local(async move {
            if let Ok(Some(bytes)) = app.storage().bytes(attachment).await {
                address.set(Address::of(&bytes, &media));
            }
        });
    };
    let hold = move |_| {
        let held = sending.get_untracked() != Sending::Held;
        leptos::task::spawn_local(async move {
            let _ = app.storage().hold_back(dossier, attachment, held).await;
            look();
        });
    };
    let withdraw = move |_| {
        let set = |withdrawn| Change::RecordingWithdrawn { recording: id, withdrawn };
        let said = app.language.get_untracked().recording_taken_back().to_owned();
        write_with_undo(app, set(true), set(false), said);
    };
    let player = move || {
        let address = address.with(|address| address.as_ref().map(Address::text))?;
        Some(match kind {
            RecordingKind::Video => view! { <video controls autoplay playsinline src=address></video> },
            RecordingKind::Memo | RecordingKind::Sound => {
                view! { <audio controls autoplay src=address></audio> }
            }
        })
    };
    let title = move || {
        let t = app.t();
        format!(
            "{} {} · {}",
            t.recording_kind(kind),
            t.length(recording.length),
            t.bytes(u64::from(recording.size))
        )
    };
    let state = move || {
        let t = app.t();
        let (mark, word) = match sending.get() {
            Sending::Elsewhere => (Icon::Info, t.recording_elsewhere()),
            Sending::Waiting => (Icon::Unsent, t.waits_to_be_sent()),
            Sending::Held => (Icon::Pause, t.sending_paused()),
            Sending::Sent => (Icon::Sent, t.sync(crate::exchange::SyncState::Sent)),
        };
        view! { <span class="note row">{icon(mark)}{word}</span> }
    };
    let switch = live(move || {
        let (mark, word) = match sending.get() {
            Sending::Elsewhere | Sending::Sent => return None,
            Sending::Waiting => (Icon::Pause, app.t().pause_sending()),
            Sending::Held => (Icon::Sent, app.t().resume_sending()),
        };
        Some(
            view! { <button type="button" class="btn sm quiet" data-hold="" on:click=hold>{icon(mark)}{word}</button> },
        )
    });
    view! {
        <div class="rec" data-recording=id.to_string() data-sending=move || sending.get().name()>
            <button type="button" class="btn sm sq" data-play="" aria-label=move || app.t().play() disabled=move || sending.get() == Sending::Elsewhere on:click=play>{icon(Icon::Play)}</button>
            <span class="grow"><b>{title}</b>{state}</span>{switch}
            <button type="button" class="btn sm sq quiet" aria-label=move || app.t().withdraw() data-withdraw="" on:click=withdraw>{icon(Icon::Bin)}</button>
            {player}
        </div>
    }
}
