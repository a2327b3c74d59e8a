//! The viewfinder: one photo after the other of the place at hand, each kept in the background.

use crate::tablet::markup::{ElementRef, Markup, rows, view};
use crate::tablet::signals::{RwSignal, Signal, StoredValue};
use futures_util::future::join;
use leptos::prelude::*;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast as _, JsValue};

use super::film::{Card, cards, chosen, keep, shown_on, system_camera, unsaved, withdraw};
use super::over;
use crate::icons::Icon;
use crate::journal::EntryId;
use crate::tablet::app::App;
use crate::tablet::by_name::{call, number, set};
use crate::tablet::camera::{self, NoCamera};
use crate::tablet::components::{icon, trouble, undo_strip};
use crate::tablet::device::Address;
use crate::tablet::photo::{self, Encoded};
use crate::visit::{self, PhotoSubject, Visit};

/// So many shots wait to be encoded at most: each holds 12 MB meanwhile.
const MOST_WAITING: usize = 6;

/// A shot that is no entry yet.
#[derive(Clone)]
struct Shot {
    number: usize,
    address: Option<Address>,
    failed: bool,
}

pub(super) fn viewfinder(app: App, subject: PhotoSubject) -> Markup {
    let Some(dossier) = app.visit_now(|visit| visit.journal.dossier()) else { return Markup::Nothing };
    // The language stays as it is while something lies over the screen.
    let t = app.language.get_untracked();
    let (video, shutter) = (ElementRef::new(None), ElementRef::new(None));
    let stream = StoredValue::new(None::<JsValue>);
    // What there is to say instead of a picture, and whether something can be done about it.
    let (said, failed) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let fail = move |why: NoCamera| {
        let sentence = match why {
            NoCamera::Refused => t.camera_refused(),
            NoCamera::Busy => t.camera_busy(),
            NoCamera::Absent => t.camera_absent(),
            NoCamera::Stopped => t.camera_stopped(),
        };
        failed.set(true);
        said.set(Some(sentence.to_owned()));
    };
    let open = move || {
        failed.set(false);
        said.set(Some(t.camera_opens().to_owned()));
        leptos::task::spawn_local(async move {
            app.settle().await;
            let new = match camera::open().await {
                Ok(new) => new,
                Err(why) => return fail(why),
            };
            let Some(Some(video)) = video.try_get_untracked() else {
                return camera::close(&new); // left meanwhile
            };
            stream.set_value(Some(new.clone()));
            let stopped = Closure::once_into_js(move || fail(NoCamera::Stopped));
            for track in camera::tracks(&new) {
                set(&track, "onended", &stopped);
            }
            set(&video, "srcObject", &new);
            let _ = call(&video, "play", &[]);
        });
    };
    open();
    on_cleanup(move || {
        if let Some(Some(stream)) = stream.try_get_value() {
            camera::close(&stream);
        }
    });
    let live = move |_: web_sys::Event| {
        said.set(None);
        if let Some(shutter) = shutter.get_untracked() {
            let _ = shutter.unchecked_into::<web_sys::HtmlElement>().focus();
        }
    };

    // What was there before is not of this burst.
    let before: Vec<EntryId> =
        app.visit_now(|visit| visit.photos().iter().map(|photo| photo.id).collect()).unwrap_or_default();
    let of_subject = subject.clone();
    let own = Box::new(move |visit: &Visit| {
        let is_new =
            |photo: &visit::Photo| photo.subject == of_subject && before.iter().all(|id| *id != photo.id);
        let new = visit.standing_photos().into_iter().rev().filter(is_new);
        new.map(|photo| Card::of(&photo, t.time(photo.at, app.utc_offset()), false)).collect()
    });
    let taken = chosen(app, own);
    let shots = RwSignal::new(Vec::<Shot>::new());
    let waits = |shots: &Vec<Shot>| shots.iter().filter(|shot| !shot.failed).count() >= MOST_WAITING;
    let last_number = StoredValue::new(0);
    let of_shot = subject.clone();
    let shoot = move |_| {
        let Some(video) = video.get_untracked() else { return };
        let size = (number(&video, "videoWidth") as u32, number(&video, "videoHeight") as u32);
        if size.0 * size.1 == 0 || shots.with_untracked(waits) {
            return;
        }
        let Some(canvas) = photo::drawn_on_canvas(&video, size) else { return };
        last_number.update_value(|last| *last += 1);
        let number = last_number.get_value();
        shots.update(|shots| shots.insert(0, Shot { number, address: None, failed: false }));
        let subject = of_shot.clone();
        leptos::task::spawn_local(async move {
            // Without a change it is an entry now, and stands among those that were taken.
            let becomes = move |change: Option<&dyn Fn(&mut Shot)>| {
                shots.update(|shots| match change {
                    Some(change) => {
                        shots.iter_mut().filter(|shot| shot.number == number).for_each(change);
                    }
                    None => shots.retain(|shot| shot.number != number),
                });
            };
            let failed = move || becomes(Some(&|shot: &mut Shot| shot.failed = true));
            let show = |small: &Encoded| {
                let address = Address::of_picture(&small.bytes);
                becomes(Some(&|shot: &mut Shot| shot.address.clone_from(&address)));
            };
            let storage = app.storage();
            match join(photo::ready(&canvas, &show), storage.has_room()).await {
                (Some(photo), fits) => {
                    let told = move |ids: Option<Vec<EntryId>>| match ids {
                        Some(_) => becomes(None),
                        None => failed(),
                    };
                    keep(app, dossier, subject, (photo, fits), Box::new(told));
                }
                (None, _) => failed(),
            }
        });
    };
    let shot = move |Shot { address, failed, .. }: Shot| unsaved(t, address, failed);
    let key = |shot: &Shot| format!("{}{}{}", shot.number, shot.failed, shot.address.is_some());
    let place = app.visit_now(|visit| shown_on(app, visit, &subject));
    let subject = Signal::stored(subject);
    let instead = move || {
        let sentence = said.get()?;
        if !failed.get() {
            return Some(view! { <p class="vf-said">{sentence}</p> });
        }
        Some(view! {
            <div class="vf-said" role="alert"><p class="row">{icon(Icon::Warning)}<span>{sentence}</span></p>
                <div class="row wrap"><button type="button" class="btn" id="camera-again" on:click=move |_| open()>{icon(Icon::Again)}{t.try_again()}</button>
                {system_camera(app, subject, "btn")}</div></div>
        })
    };
    let last_back = move |_| {
        if let Some(last) = taken.with_untracked(|taken| taken.first().map(|card| card.id)) {
            withdraw(app, last);
        }
    };
    let live_now = move || said.with(Option::is_none);
    let cannot = move || !live_now() || shots.with(waits);
    view! {
        <div class="vf" role="dialog" aria-modal="true" aria-label=t.viewfinder() data-live=move || live_now().to_string() on:keydown=over::escape>
            <video node_ref=video autoplay="" playsinline="" muted="" aria-hidden="true" on:playing=live></video>
            <h2 class="vf-place">{place}</h2>
            {instead}
            {trouble(app)}
            <div class="vf-film">{rows(move || shots.get(), key, shot)}{cards(app, taken)}</div>
            <footer class="vf-bar">
                <b id="shots" aria-live="polite">{move || t.shots(taken.with(Vec::len))}</b>
                <button type="button" class="btn" id="last-back" disabled=move || taken.with(Vec::is_empty) on:click=last_back>{icon(Icon::Undo)}{t.last_shot_back()}</button>
                <button type="button" class="shutter" node_ref=shutter aria-label=t.shutter() disabled=cannot on:click=shoot>{icon(Icon::Camera)}</button>
                <button type="button" class="btn pri" id="shots-done" on:click=move |_| over::leave()>{t.shots_done()}{icon(Icon::Forward)}</button>
                {undo_strip(app)}
            </footer>
        </div>
    }
}
