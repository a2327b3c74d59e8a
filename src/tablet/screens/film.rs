//! Photos beside what they show: small, the newest first, with the ways to take another.

use std::cell::Cell;

use futures_util::future::join;
use wasm_bindgen::JsCast as _;
use web_sys::{Blob, File, HtmlInputElement};

use crate::tablet::markup::{ElementRef, Markup, derive, rows, view};
use crate::tablet::signals::{Memo, RwSignal, Signal, StoredValue, effect};

use super::over;
use crate::documents::subject_shown;
use crate::exchange::SyncState;
use crate::icons::Icon;
use crate::journal::{AttachmentId, DossierId, Draft, EntryId};
use crate::locale::Language;
use crate::tablet::app::{App, Coming, Over, Told, Trouble};
use crate::tablet::components::{icon, write_with_undo};
use crate::tablet::device::Address;
use crate::tablet::photo::{self, Encoded, Photo};
use crate::tablet::storage::{Append, StorageError};
use crate::visit::{self, Change, PhotoSubject, Visit};

/// So many small pictures are read at first, and again whenever the film is moved to its end: a visit
/// has up to 200.
const READ_AT_ONCE: usize = 24;

/// A small picture and what stands on it.
#[derive(Clone, PartialEq)]
pub(super) struct Card {
    pub(super) id: EntryId,
    thumbnail: AttachmentId,
    picture: AttachmentId,
    said: String,
    /// Of the zone at hand.
    own: bool,
}

impl Card {
    pub(super) fn of(photo: &visit::Photo, said: String, own: bool) -> Self {
        let (thumbnail, picture) = (photo.thumbnail.attachment, photo.picture.attachment);
        Self { id: photo.id, thumbnail, picture, said, own }
    }
}

/// Which photos of a visit are shown, as cards.
type Choice = Box<dyn Fn(&Visit) -> Vec<Card> + Send + Sync>;

/// Follows the photos that are chosen from the visit.
pub(super) fn chosen(app: App, choose: Choice) -> Memo<Vec<Card>> {
    Memo::new(move |_| app.settled(&choose).unwrap_or_default())
}

/// The photos of a subject, with the ways to take one.
pub(super) fn film(app: App, subject: PhotoSubject) -> Markup {
    let of = subject.clone();
    let photos = Box::new(move |visit: &Visit| {
        let (t, offset) = (app.t(), app.utc_offset());
        let own = visit.standing_photos().into_iter().filter(|photo| photo.subject == of);
        own.map(|photo| Card::of(&photo, t.time(photo.at, offset), false)).collect()
    });
    let photos = chosen(app, photos);
    view! { <div class="film">{coming(app, Some(subject.clone()))}{cards(app, photos)}{ways_in(app, Signal::stored(subject))}</div> }
}

/// Every photo of the visit: those of the zone at hand stand next to the camera, under the thumb.
pub(super) fn strip(app: App, subject: Signal<PhotoSubject>, here: Memo<String>) -> Markup {
    let most = RwSignal::new(READ_AT_ONCE);
    let of_visit = Box::new(move |visit: &Visit| {
        let (t, offset) = (app.t(), app.utc_offset());
        let mut film = visit.film(&here.get());
        film.truncate(most.get());
        let card = |(photo, own): (visit::Photo, bool)| {
            // The zone at hand is known; of the others it is what tells them apart.
            let said = match own {
                true => t.time(photo.at, offset),
                false => shown_on(app, visit, &photo.subject),
            };
            Card::of(&photo, said, own)
        };
        film.into_iter().map(card).collect()
    });
    let photos = chosen(app, of_visit);
    let moved = move |event: web_sys::Event| {
        let Some(film) = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) else {
            return;
        };
        let seen = film.scroll_left().abs() + film.client_width();
        if seen + film.client_width() > film.scroll_width()
            && photos.with_untracked(Vec::len) == most.get_untracked()
        {
            most.update(|most| *most += READ_AT_ONCE);
        }
    };
    let count = move || app.t().shots(app.settled(|visit| visit.standing_photos().len()).unwrap_or_default());
    view! {
        <section class="strip-film" aria-label=move || app.t().photos()>
            <div class="film-row" tabindex="0" role="group" aria-label=count on:scroll=moved>{coming(app, None)}{cards(app, photos)}</div>
            {ways_in(app, subject)}
        </section>
    }
}

/// Photos that are being saved, of a subject or of the whole visit.
fn coming(app: App, subject: Option<PhotoSubject>) -> Markup {
    let here = move || {
        let dossier = app.route.get().dossier();
        let mut all = app.coming.get();
        all.retain(|photo| {
            Some(photo.dossier) == dossier && subject.as_ref().is_none_or(|own| *own == photo.subject)
        });
        all.reverse();
        all
    };
    rows(here, |photo| photo.number.to_string(), move |photo| unsaved(app.t(), Some(photo.small), false))
}

/// A photo that is no entry yet.
pub(super) fn unsaved(t: Language, small: Option<Address>, failed: bool) -> Markup {
    view! {
        <div class="ph" data-shot=if failed { "failed" } else { "saving" }>
            {small.map(|address| view! { <img src=address.text() alt="" /> })}
            <span class="b">{failed.then(|| icon(Icon::Warning))}{if failed { t.photo_not_kept() } else { t.saving_photo() }}</span>
        </div>
    }
}

/// The small pictures, each with what is known of its way to the server.
pub(super) fn cards(app: App, photos: Memo<Vec<Card>>) -> Markup {
    let sent = RwSignal::new(Vec::<AttachmentId>::new());
    effect(move |_| {
        app.followed.track();
        let pictures: Vec<_> = photos.with(|photos| photos.iter().map(|card| card.picture).collect());
        if !pictures.is_empty() {
            leptos::task::spawn_local(async move {
                if let Ok(now) = app.storage().sent_of(pictures).await
                    && sent.try_with_untracked(|sent| *sent != now) == Some(true)
                {
                    sent.set(now);
                }
            });
        }
    });
    // What was drawn on is another picture, and a row of its own.
    let key = |card: &Card| format!("{}{}{}{}", card.id, card.thumbnail, card.said, card.own);
    rows(move || photos.get(), key, move |card| photo_card(app, card, sent))
}

fn photo_card(app: App, card: Card, sent: RwSignal<Vec<AttachmentId>>) -> Markup {
    let Card { id, thumbnail, picture, said, own } = card;
    let address = shown_picture(app, vec![thumbnail, picture]);
    let sent = move || sent.with(|sent| sent.contains(&picture));
    let withdraw = move |_| withdraw(app, id);
    let open = move |_| over::open(app, Over::Photo(id));
    view! {
        <div class="ph" class:own=own data-photo=id.to_string()>
            <button type="button" class="look" aria-label=move || app.t().open_photo() on:click=open>{move || match address.get() {
                Some(address) => view! { <img src=address decoding="async" alt=app.t().photo() /> },
                None => view! { <span class="note">{app.t().photo_elsewhere()}</span> },
            }}</button>
            <span class="b" data-sent=move || sent().to_string()>{move || icon(if sent() { Icon::Sent } else { Icon::Unsent })}
                <span class="sr">{move || app.t().sync(if sent() { SyncState::Sent } else { SyncState::OnThisTablet })}</span>
                <span>{said}</span></span>
            <button type="button" class="x" aria-label=move || app.t().withdraw() on:click=withdraw>{icon(Icon::Cross)}</button>
        </div>
    }
}

/// What a photo shows, in the language at hand.
pub(super) fn shown_on(app: App, visit: &Visit, subject: &PhotoSubject) -> String {
    app.catalogue.with(|catalogue| subject_shown(app.t(), visit, catalogue, subject))
}

/// Takes a photo back, and offers to bring it back.
pub(super) fn withdraw(app: App, photo: EntryId) {
    let set = |withdrawn| Change::PhotoWithdrawn { photo, withdrawn };
    write_with_undo(app, set(true), set(false), app.language.get_untracked().photo_taken_back().to_owned());
}

/// The camera in the page, and the system's.
fn ways_in(app: App, subject: Signal<PhotoSubject>) -> Markup {
    let look = move |_| over::open(app, Over::Viewfinder(subject.get_untracked()));
    view! {
        <button type="button" class="add" data-camera="" on:click=look>{icon(Icon::Camera)}<span>{move || app.t().take_photo()}</span></button>
        {system_camera(app, subject, "add also")}
    }
}

/// The system's camera or, where there is none, a file, for photos of a subject.
pub(super) fn system_camera(app: App, subject: Signal<PhotoSubject>, class: &'static str) -> Markup {
    let input = ElementRef::new(None);
    let open = move |_| press(input);
    let taken = move |file: File| {
        if let Some(dossier) = app.visit_now(|visit| visit.journal.dossier()) {
            take(app, dossier, subject.get_untracked(), file.into());
        }
    };
    view! {
        <button type="button" class=class data-system-camera="" on:click=open>{icon(Icon::Export)}<span>{move || app.t().system_camera()}</span></button>
        {camera_file(app, input, None, taken)}
    }
}

fn press(input: ElementRef) {
    if let Some(input) = input.try_get_untracked().flatten() {
        input.unchecked_into::<HtmlInputElement>().click();
    }
}

/// The field through which a file comes from the system's camera: in a label of this id's, or pressed by
/// a button. Android may end the page while its camera is open, so what was typed is committed before.
pub(super) fn camera_file(
    app: App,
    input: ElementRef,
    in_label: Option<&'static str>,
    take: impl Fn(File) + 'static,
) -> Markup {
    let settled = StoredValue::new(false);
    let open = move |event: web_sys::MouseEvent| {
        if settled.get_value() {
            return settled.set_value(false);
        }
        event.prevent_default();
        leptos::task::spawn_local(async move {
            app.settle().await;
            settled.set_value(true);
            press(input);
        });
    };
    let closed = move || leptos::task::spawn_local(app.keep_place(false));
    let chosen = move |_: web_sys::Event| {
        let Some(input) = input.get_untracked() else { return };
        let input: HtmlInputElement = input.unchecked_into();
        let files = input.files();
        for at in 0..files.as_ref().map_or(0, web_sys::FileList::length) {
            files.as_ref().and_then(|files| files.get(at)).into_iter().for_each(&take);
        }
        input.set_value("");
        closed();
    };
    let named = move || in_label.is_none().then(|| app.t().system_camera());
    view! {
        <input node_ref=input type="file" class="sr" id=in_label tabindex=in_label.is_none().then_some("-1") aria-label=named accept="image/*" capture="environment"
            on:click=open on:change=chosen on:cancel=move |_: web_sys::Event| closed() />
    }
}

/// Says something where it happened.
pub(super) fn say(app: App, sentence: String) {
    app.trouble.set(Some(Trouble::Said(sentence)));
}

thread_local! {
    /// How many files have come.
    static TAKEN: Cell<usize> = const { Cell::new(0) };
}

/// A file that came: it waits in the storage until it is an entry or was refused. Its small picture is
/// shown as one that is being saved.
fn take(app: App, dossier: DossierId, subject: PhotoSubject, file: Blob) {
    wasm_bindgen_futures::spawn_local(async move {
        let storage = app.storage();
        let number = TAKEN.replace(TAKEN.get() + 1);
        let show = |small: &Encoded| {
            let subject = subject.clone();
            let coming =
                Address::of_picture(&small.bytes).map(|small| Coming { number, dossier, subject, small });
            app.coming.update(|all| all.extend(coming));
        };
        // Before it is decoded, which takes the most memory: the page may be ended for it.
        let put = storage.put_waiting(dossier, &subject, &file);
        let (place, looked) = join(put, photo::looked_at(&file)).await;
        let read = match looked {
            Ok(()) => join(photo::read(&file, &show), storage.has_room()).await,
            Err(why) => (Err(why), true),
        };
        let done: Told = Box::new(move |_| {
            app.coming.update(|all| all.retain(|photo| photo.number != number));
            let Ok(place) = place else { return };
            wasm_bindgen_futures::spawn_local(async move {
                let _ = app.storage().drop_draft(&place).await;
            });
        });
        match read {
            (Ok(photo), fits) => keep(app, dossier, subject, (photo, fits), done),
            (Err(why), _) => {
                done(None);
                say(app, app.language.get_untracked().not_a_picture(why));
            }
        }
    });
}

/// What was waiting when the page ended becomes what it would have become.
pub(crate) async fn finish_waiting(app: App) {
    for (dossier, subject, file) in app.storage().take_waiting().await.unwrap_or_default() {
        take(app, dossier, subject, file);
    }
}

/// Writes a photo, where it fits beside what is still to be written down.
pub(super) fn keep(
    app: App,
    dossier: DossierId,
    subject: PhotoSubject,
    (photo, fits): (Photo, bool),
    told: Told,
) {
    if !fits {
        say(app, app.language.get_untracked().photo_no_room().to_owned());
        return told(None);
    }
    let (picture, thumbnail) = (photo.whole.picture.clone(), photo.thumbnail.picture.clone());
    let how = Append { attachments: photo.attachments(), ..app.append_now() };
    let change = Change::PhotoTaken { subject, picture, thumbnail };
    app.append_and_tell(dossier, vec![Draft { change, replaces: Vec::new() }], how, told);
}

/// The address of the first of these attachments that is here; it follows what arrives.
pub(super) fn shown_picture(app: App, any: Vec<AttachmentId>) -> Signal<Option<String>> {
    let address = RwSignal::new(None::<Address>);
    effect(move |_| {
        app.followed.track();
        if address.with_untracked(Option::is_some) {
            return;
        }
        let any = any.clone();
        leptos::task::spawn_local(async move {
            for id in any {
                if let Ok::<_, StorageError>(Some(bytes)) = app.storage().bytes(id).await {
                    address.set(Address::of_picture(&bytes));
                    return;
                }
            }
        });
    });
    derive(move || address.with(|address| address.as_ref().map(Address::text)))
}
