//! 环车检查: the car comes clean as you walk.

use crate::tablet::markup::{CollectView as _, Markup, derive, rows, view};
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlInputElement;

use crate::diagram::{Body, View, length, zone, zones};
use crate::icons::{Icon, glyph};
use crate::journal::{AttachmentId, EntryId};
use crate::locale::Language;
use crate::route::{Route, Step};
use crate::tablet::app::{App, Trouble};
use crate::tablet::components::{Read, TextField, car, icon, segments, shell, steps, visit_title};
use crate::tablet::photo::{self, NotAPhoto};
use crate::tablet::storage::{Append, StorageError};
use crate::tablet::{device, photo::Photo};
use crate::visit::walkaround::{Looked, Mark};
use crate::visit::{Change, DamageKind, Grade, Key, MarkPlace, Origin, PhotoSubject, Severity, Visit};

/// What the panel shows.
#[derive(Clone, Debug, PartialEq)]
enum Shown {
    Group(String),
    Mark(EntryId),
    Moving(EntryId),
}

fn groups(app: App) -> Vec<(String, Looked)> {
    app.visit(Visit::looked).unwrap_or_default()
}

fn is_zone(id: &str) -> bool {
    zone(Body::Sedan, id).is_some()
}

pub(super) fn walkaround(app: App) -> Markup {
    let looked = Memo::new(move |_| groups(app));
    let first = looked.with_untracked(|groups| {
        let open = groups.iter().find(|(_, looked)| !looked.is_done()).or(groups.first());
        open.map(|(group, _)| group.clone()).unwrap_or_default()
    });
    let shown = RwSignal::new(Shown::Group(first));
    let here = Memo::new(move |_| match shown.get() {
        Shown::Group(group) => group,
        Shown::Mark(id) | Shown::Moving(id) => app
            .visit(|visit| visit.marks().into_iter().find(|mark| mark.id == id).map(|mark| mark.place.zone))
            .flatten()
            .unwrap_or_default(),
    });
    let next = Memo::new(move |_| {
        let here = here.get();
        looked.with(|groups| {
            let at = groups.iter().position(|(group, _)| *group == here).unwrap_or_default();
            let after = groups.iter().cycle().skip(at + 1).take(groups.len().saturating_sub(1));
            after.into_iter().find(|(_, looked)| !looked.is_done()).map(|(group, _)| group.clone())
        })
    });
    let state_of = move |id: &str| {
        if here.with(|here| here == id) {
            return "now";
        }
        looked.with(|groups| match groups.iter().find(|(group, _)| group == id) {
            Some((_, Looked { worst: Some(Grade::Bad), .. })) => "bad",
            Some((_, Looked { worst: Some(_), .. })) => "warn",
            Some((_, looked)) if looked.is_done() => "",
            _ if next.with(|next| next.as_deref() == Some(id)) => "next",
            _ => "todo",
        })
    };
    let marks = derive(move || app.visit(Visit::marks).unwrap_or_default());
    let tap = Callback::new(move |(x, y, zone): (i32, i32, &'static str)| tapped(app, shown, x, y, zone));
    let car = car(app, Body::Sedan, state_of, marks, Some(tap));
    let views = View::ALL.map(|view| {
        let word = derive(move || {
            let (done, of) = looked.with(|groups| {
                let of_view = |id: &str| zone(Body::Sedan, id).is_some_and(|zone| zone.view == view);
                let groups = groups.iter().filter(|(id, _)| of_view(id));
                (groups.clone().filter(|(_, looked)| looked.is_done()).count(), groups.count())
            });
            format!("{} {done}/{of}", app.t().view(view))
        });
        (view, word)
    });
    let view_now = derive(move || zone(Body::Sedan, &here.get()).map(|zone| zone.view));
    let to_view = move |view: View| {
        let open = looked.with_untracked(|groups| {
            let of = |id: &str| zones(Body::Sedan).iter().any(|zone| zone.id == id && zone.view == view);
            let first = groups.iter().find(|(id, looked)| of(id) && !looked.is_done());
            first.or(groups.iter().find(|(id, _)| of(id))).map(|(id, _)| id.clone())
        });
        if let Some(group) = open {
            shown.set(Shown::Group(group));
        }
    };
    let areas = move || {
        looked.with(|groups| {
            groups
                .iter()
                .filter(|(id, _)| !is_zone(id))
                .map(|(id, looked)| {
                    let (own, to) = (id.clone(), id.clone());
                    let done = looked.is_done();
                    view! {
                        <button type="button" class="chip" aria-pressed=move || here.with(|here| *here == own).to_string()
                            on:click=move |_| shown.set(Shown::Group(to.clone()))>
                            {done.then(|| icon(Icon::Tick))}
                            {app.catalogue.with(|catalogue| catalogue.group_label(id, app.t()).to_owned())}
                        </button>
                    }
                })
                .collect_view()
        })
    };
    let moving = move || matches!(shown.get(), Shown::Moving(_));
    let panel = move || match shown.get() {
        Shown::Group(group) => group_panel(app, group, shown),
        Shown::Mark(id) => mark_panel(app, id, shown),
        Shown::Moving(_) => {
            view! { <p class="say-small">{icon(Icon::Move)}{app.t().move_hint()}</p> }
        }
    };
    let main = view! {
        <div class="split">
            <section class="canvas">
                {segments(move || app.t().car_views().into(), views.to_vec(), view_now, to_view)}
                <div class="carbox" class:moving=moving>{car}<span class="hint">{move || if moving() { app.t().move_hint() } else { app.t().tap_the_car() }}</span></div>
                <div class="chips" role="group" aria-label=move || app.t().areas()>{areas}</div>
            </section>
            <aside class="side">{panel}</aside>
        </div>
    };
    let done = move || looked.with(|groups| groups.iter().filter(|(_, looked)| looked.is_done()).count());
    let of = move || looked.with(Vec::len);
    let rest = move |_| {
        let all: Vec<String> = looked.get_untracked().into_iter().map(|(group, _)| group).collect();
        let names: Vec<&str> = all.iter().map(String::as_str).collect();
        let changes = app.visit_now(|visit| visit.rest_is_good(&names)).unwrap_or_default();
        app.write(changes);
    };
    let go_on = move |_| match (shown.get_untracked(), next.get_untracked()) {
        (Shown::Mark(_) | Shown::Moving(_), _) => shown.set(Shown::Group(here.get_untracked())),
        (Shown::Group(_), Some(next)) => shown.set(Shown::Group(next)),
        (Shown::Group(_), None) => {
            if let Some(dossier) = app.route.get_untracked().dossier() {
                app.go(Route::Visit(dossier, Step::Interview));
            }
        }
    };
    let label = move || {
        let t = app.t();
        let name = |id: &str| app.catalogue.with(|catalogue| catalogue.group_label(id, t).to_owned());
        match (shown.get(), next.get()) {
            (Shown::Mark(_) | Shown::Moving(_), _) => format!("{} · {}", t.done(), name(&here.get())),
            (_, Some(next)) => format!("{} · {}", t.next_zone(), name(&next)),
            (_, None) => t.step(Step::Interview).to_owned(),
        }
    };
    let act = view! {
        <div class="why">
            <span class="bar" aria-hidden="true"><i style:width=move || format!("{}%", done() * 100 / of().max(1))></i></span>
            <b>{move || app.t().zones_left(done(), of())}</b>
        </div>
        <button class="btn" id="rest-good" disabled=move || done() == of() on:click=rest>{icon(Icon::Tick)}{move || app.t().all_good()}</button>
        <button class="btn pri" id="next" on:click=go_on>{label}{icon(Icon::Forward)}</button>
    };
    shell(app, steps(app, Some(Step::Walkaround)), visit_title(app), main, act)
}

/// A tap near a mark opens it; a second tap in the zone that is shown sets one; else the zone opens.
fn tapped(app: App, shown: RwSignal<Shown>, x: i32, y: i32, zone_id: &'static str) {
    let Some(view) = zone(Body::Sedan, zone_id).map(|zone| zone.view) else { return };
    let place = MarkPlace { view, zone: zone_id.to_owned(), x, y };
    if let Shown::Moving(mark) = shown.get_untracked() {
        app.write(vec![Change::MarkMoved { mark, place }]);
        shown.set(Shown::Mark(mark));
        return;
    }
    let near = |mark: &&Mark| length(f64::from(mark.place.x - x), f64::from(mark.place.y - y)) < 240.0;
    let hit = app.visit_now(|visit| visit.marks().iter().find(near).map(|mark| mark.id)).flatten();
    if let Some(mark) = hit {
        shown.set(Shown::Mark(mark));
        return;
    }
    let change = Change::DamageMarked {
        place,
        kind: DamageKind::Scratch,
        severity: Severity::Light,
        origin: Origin::FoundNow,
    };
    let draft = app.draft(change);
    app.write_drafts(vec![draft], move |ids| {
        if let Some(id) = ids.first() {
            let _ = shown.try_set(Shown::Mark(*id));
        }
    });
}

fn group_panel(app: App, group: String, shown: RwSignal<Shown>) -> Markup {
    let own = group.clone();
    let items: Vec<String> = app
        .visit_now(|visit| {
            visit
                .items()
                .into_iter()
                .filter(|item| crate::visit::walkaround::group_of(item) == own)
                .map(str::to_owned)
                .collect()
        })
        .unwrap_or_default();
    let title = {
        let group = group.clone();
        move || app.catalogue.with(|catalogue| catalogue.group_label(&group, app.t()).to_owned())
    };
    let marks = {
        let group = group.clone();
        move || {
            let marks = app.visit(Visit::marks).unwrap_or_default();
            marks
                .into_iter()
                .filter(|mark| mark.place.zone == group)
                .map(|mark| mark_card(app, mark, shown))
                .collect_view()
        }
    };
    let rows = items.into_iter().map(|item| item_row(app, item)).collect_view();
    let whole = {
        let group = group.clone();
        move |_| {
            let changes = app.visit_now(|visit| visit.rest_is_good(&[&group])).unwrap_or_default();
            app.write(changes);
        }
    };
    view! {
        <div class="row"><h2 class="zt grow">{title}</h2></div>
        <button type="button" class="btn sm" id="group-good" on:click=whole>{icon(Icon::Tick)}{move || app.t().whole_group_good()}</button>
        {marks}
        {rows}
        {film(app, PhotoSubject::Zone(group))}
    }
}

fn mark_card(app: App, mark: Mark, shown: RwSignal<Shown>) -> Markup {
    let t = app.t();
    let id = mark.id;
    let note = mark.note.as_ref().and_then(|note| note.value()).cloned().unwrap_or_default();
    view! {
        <button type="button" class="mkc" on:click=move |_| shown.set(Shown::Mark(id))>
            <span class="dot">{mark.number}</span>
            <span class="grow"><b>{t.damage_kind(mark.kind)}{t.pick("，", ", ")}{t.how_bad(mark.severity)}</b><span class="note ell">{note}</span></span>
            {icon(Icon::Pen)}
        </button>
    }
}

const GRADES: [(Grade, &str, Icon); 4] = [
    (Grade::Good, "good", Icon::Tick),
    (Grade::Attention, "warn", Icon::Warning),
    (Grade::Bad, "bad", Icon::Cross),
    (Grade::NotApplicable, "na", Icon::Dash),
];

fn item_row(app: App, item: String) -> Markup {
    let item = StoredValue::new(item);
    let grade = Memo::new(move |_| app.visit(|visit| item.with_value(|item| visit.grade(item))).flatten());
    let name = move || {
        item.with_value(|item| app.catalogue.with(|catalogue| catalogue.item_label(item, app.t()).to_owned()))
    };
    let buttons = GRADES.map(|(own, class, mark)| {
        let choose = move |_| {
            let grade = (grade.get_untracked() != Some(own)).then_some(own);
            app.write(vec![Change::ItemGraded { item: item.get_value(), grade }]);
        };
        view! {
            <button type="button" class="grade" data-g=class aria-pressed=move || (grade.get() == Some(own)).to_string() on:click=choose>
                {icon(mark)}<span>{move || app.t().grade(own)}</span>
            </button>
        }
    });
    let noted = move || {
        matches!(grade.get(), Some(Grade::Attention | Grade::Bad)).then(|| {
            let id = item.get_value();
            let key = Key::ItemNote(id.clone());
            let own = id.clone();
            let value = derive(move || {
                app.visit(|visit| visit.item_note(&own).and_then(|note| note.value()).cloned())
                    .flatten()
                    .unwrap_or_default()
            });
            let dossier = app.route.get_untracked().dossier().map(|id| id.to_string()).unwrap_or_default();
            let name = format!("{dossier}/note/{id}");
            let read = move |typed: &str| -> Read {
                super::vehicle::free_text(app, typed, |note| {
                    vec![Change::ItemNoted { item: id.clone(), note: note.into() }]
                })
            };
            TextField::new(
                app,
                name,
                derive(move || app.t().note().to_owned()),
                value,
                Some(key),
                Box::new(read),
            )
            .hint(derive(move || app.t().note_hint().to_owned()))
            .view()
        })
    };
    view! {
        <div class="item" data-item=item.get_value()>
            <div class="nm" id=format!("i-{}", item.get_value())>{name}</div>
            <div class="grades" role="group" aria-labelledby=format!("i-{}", item.get_value())>{buttons.into_iter().collect_view()}</div>
            {noted}
        </div>
    }
}

fn mark_panel(app: App, id: EntryId, shown: RwSignal<Shown>) -> Markup {
    let mark = Memo::new(move |_| {
        app.visit(|visit| visit.all_marks().into_iter().find(|mark| mark.id == id)).flatten()
    });
    let describe = move |change: &dyn Fn(&mut Mark)| {
        let Some(mut mark) = mark.get_untracked() else { return };
        change(&mut mark);
        app.write(vec![Change::MarkDescribed {
            mark: id,
            kind: mark.kind,
            severity: mark.severity,
            origin: mark.origin,
        }]);
    };
    let kinds = [
        DamageKind::Scratch,
        DamageKind::Dent,
        DamageKind::Chip,
        DamageKind::Crack,
        DamageKind::Scuff,
        DamageKind::Missing,
    ];
    let kinds = kinds.map(|kind| {
        view! {
            <button type="button" data-kind=format!("{kind:?}") aria-pressed=move || mark.with(|mark| mark.as_ref().is_some_and(|mark| mark.kind == kind)).to_string()
                on:click=move |_| describe(&|mark| mark.kind = kind)>
                <svg viewBox="-13 -11 26 22" aria-hidden="true"><path class="gl" d=glyph(kind)></path></svg>
                {move || app.t().damage_kind(kind)}
            </button>
        }
    });
    let word = move |word: fn(Language) -> &'static str| derive(move || word(app.t()).to_owned());
    let severities = vec![
        (Severity::Light, word(|t| t.how_bad(Severity::Light))),
        (Severity::Heavy, word(|t| t.how_bad(Severity::Heavy))),
    ];
    let origins = vec![
        (Origin::FoundNow, word(|t| t.origin(Origin::FoundNow))),
        (Origin::KnownBefore, word(|t| t.origin(Origin::KnownBefore))),
    ];
    let title = move || {
        mark.get().map(|mark| {
            let t = app.t();
            format!(
                "{} {}",
                app.catalogue.with(|catalogue| catalogue.group_label(&mark.place.zone, t).to_owned()),
                t.damage_kind(mark.kind)
            )
        })
    };
    let note = derive(move || {
        mark.with(|mark| mark.as_ref().and_then(|mark| mark.note.as_ref()?.value().cloned()))
            .unwrap_or_default()
    });
    let read = move |typed: &str| {
        super::vehicle::free_text(app, typed, |note| vec![Change::MarkNoted { mark: id, note: note.into() }])
    };
    let withdrawn = move || mark.with(|mark| mark.as_ref().is_some_and(|mark| mark.withdrawn));
    let withdraw = move |_| app.write(vec![Change::MarkWithdrawn { mark: id, withdrawn: !withdrawn() }]);
    view! {
        <h2 class="zt">{title}</h2>
        <div class="kd" role="group" aria-label=move || app.t().kind()>{kinds.into_iter().collect_view()}</div>
        {segments(move || app.t().severity().into(), severities, derive(move || mark.get().map(|mark| mark.severity)), move |severity| describe(&|mark| mark.severity = severity))}
        {segments(move || app.t().damage().into(), origins, derive(move || mark.get().map(|mark| mark.origin)), move |origin| describe(&|mark| mark.origin = origin))}
        {TextField::new(app, format!("mark/{id}"), word(Language::note), note, Some(Key::MarkNote(id)), Box::new(read)).hint(word(Language::note_hint)).view()}
        {film(app, PhotoSubject::Mark(id))}
        <div class="row">
            <button type="button" class="btn sm grow" id="move" on:click=move |_| shown.set(Shown::Moving(id))>{icon(Icon::Move)}{move || app.t().move_mark()}</button>
            <button type="button" class="btn sm grow" id="withdraw" on:click=withdraw>{icon(Icon::Bin)}{move || if withdrawn() { app.t().put_back() } else { app.t().withdraw() }}</button>
        </div>
    }
}

/// The photos of a subject, with a place to take one.
pub(super) fn film(app: App, subject: PhotoSubject) -> Markup {
    let subject = StoredValue::new(subject);
    let photos = Memo::new(move |_| {
        app.visit(|visit| {
            let photos = visit.standing_photos().into_iter();
            photos
                .filter(|photo| subject.with_value(|subject| photo.subject == *subject))
                .map(|photo| (photo.id, photo.thumbnail.attachment, photo.picture.attachment))
                .collect::<Vec<_>>()
        })
        .unwrap_or_default()
    });
    let chosen = move |event: leptos::ev::Event| {
        let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else {
            return;
        };
        let files = input.files();
        for at in 0..files.as_ref().map_or(0, web_sys::FileList::length) {
            if let Some(file) = files.as_ref().and_then(|files| files.get(at)) {
                leptos::task::spawn_local(take(app, file, subject.get_value()));
            }
        }
        input.set_value("");
    };
    view! {
        <div class="film">
            {rows(move || photos.get(), |(id, _, _)| id.to_string(), move |(id, thumbnail, picture)| photo_card(app, id, thumbnail, picture))}
            <label class="add">{icon(Icon::Camera)}<span>{move || app.t().take_photo()}</span>
                <input type="file" class="sr" accept="image/*" capture="environment" on:change=chosen /></label>
        </div>
    }
}

async fn take(app: App, file: web_sys::File, subject: PhotoSubject) {
    let t = app.language.get_untracked();
    let Photo { picture, thumbnail, bytes, thumbnail_bytes } = match photo::read(file).await {
        Ok(photo) => photo,
        Err(why) => {
            let sentence = match why {
                NotAPhoto::NotAnImage => t.photo_not_image(),
                NotAPhoto::TooLarge => t.photo_too_large(),
            };
            return app.trouble.set(Some(Trouble::Said(sentence.to_owned())));
        }
    };
    if !app.storage().has_room().await {
        return app.trouble.set(Some(Trouble::Said(t.photo_no_room().to_owned())));
    }
    let attachments = vec![(thumbnail.attachment, thumbnail_bytes, true), (picture.attachment, bytes, false)];
    let how = Append { attachments, ..app.append_now() };
    let Some(dossier) = app.visit_now(|visit| visit.journal.dossier()) else { return };
    let draft = app.draft(Change::PhotoTaken { subject, picture, thumbnail });
    app.append(dossier, vec![draft], how, |_| {});
}

fn photo_card(app: App, id: EntryId, thumbnail: AttachmentId, picture: AttachmentId) -> Markup {
    let address = shown_picture(app, vec![thumbnail, picture]);
    let sent = RwSignal::new(false);
    Effect::new(move |_| {
        app.listed.track();
        leptos::task::spawn_local(async move {
            let is = app.storage().attachment_is_sent(picture).await.unwrap_or_default();
            let _ = sent.try_set(is);
        });
    });
    let withdraw = move |_| app.write(vec![Change::PhotoWithdrawn { photo: id, withdrawn: true }]);
    view! {
        <div class="ph" data-photo=id.to_string()>
            {move || match address.get() {
                Some(address) => view! { <img src=address alt=app.t().photo() /> },
                None => view! { <span class="note">{app.t().photo_elsewhere()}</span> },
            }}
            <span class="b" data-sent=move || sent.get().to_string()>{move || icon(if sent.get() { Icon::Sent } else { Icon::Unsent })}
                <span class="sr">{move || if sent.get() { app.t().sync(crate::exchange::SyncState::Sent) } else { app.t().sync(crate::exchange::SyncState::OnThisTablet) }}</span></span>
            <button type="button" class="x" aria-label=move || app.t().withdraw() on:click=withdraw>{icon(Icon::Cross)}</button>
        </div>
    }
}

/// The address of the first of these attachments that is here; it follows what arrives.
pub(super) fn shown_picture(app: App, any: Vec<AttachmentId>) -> RwSignal<Option<String>> {
    let address = RwSignal::new(None::<String>);
    Effect::new(move |_| {
        app.listed.track();
        if address.get_untracked().is_some() {
            return;
        }
        let any = any.clone();
        leptos::task::spawn_local(async move {
            for id in any {
                if let Ok::<_, StorageError>(Some(bytes)) = app.storage().bytes(id).await {
                    let _ = address.try_set(device::picture_address(&bytes));
                    return;
                }
            }
        });
    });
    on_cleanup(move || {
        if let Some(Some(address)) = address.try_get_untracked() {
            let _ = web_sys::Url::revoke_object_url(&address);
        }
    });
    address
}
