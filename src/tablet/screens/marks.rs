//! Damage marks: set by a tap, described, moved, withdrawn; those of the last visit looked at again.

use crate::tablet::markup::{CollectView as _, Markup, derive, view};
use crate::tablet::signals::{Memo, RwSignal};

use super::walkaround::Shown;
use crate::diagram::{Body, length, zone};
use crate::icons::{Icon, glyph};
use crate::journal::EntryId;
use crate::locale::Language;
use crate::tablet::app::App;
use crate::tablet::components::{Read, Tap, TextField, icon, segments, write_with_undo};
use crate::visit::car::Carried;
use crate::visit::recording::RecordingSubject;
use crate::visit::walkaround::Mark;
use crate::visit::{Change, DamageKind, Key, MarkPlace, Origin, Seen, Severity, Visit, search_form};

/// A tap near a mark opens it, else it sets one.
pub(super) fn tapped(app: App, body: Body, shown: RwSignal<Shown>, proposed: &[Carried], tap: Tap) {
    let Some(view) = zone(body, tap.zone).map(|zone| zone.view) else { return };
    let place = MarkPlace { view, zone: tap.zone.to_owned(), x: tap.x, y: tap.y, body: Some(body) };
    if let Shown::Moving(mark) = shown.get_untracked() {
        app.write(vec![Change::MarkMoved { mark, place }]);
        shown.set(Shown::Mark(mark));
        return;
    }
    let away = |place: &MarkPlace| length(f64::from(place.x - tap.x), f64::from(place.y - tap.y));
    let own = app.visit_now(Visit::marks).unwrap_or_default();
    let own = own.iter().map(|mark| (away(&mark.place), Shown::Mark(mark.id)));
    let carried = proposed.iter().map(|mark| (away(&mark.place), Shown::Group(mark.place.zone.clone())));
    let nearest = own.chain(carried).filter(|(away, _)| *away < tap.reach).min_by(|a, b| a.0.total_cmp(&b.0));
    match nearest {
        Some((_, mark)) => shown.set(mark),
        None => set(app, shown, place),
    }
}

/// Sets a mark and opens it.
pub(super) fn set(app: App, shown: RwSignal<Shown>, place: MarkPlace) {
    let change = Change::DamageMarked {
        place,
        kind: DamageKind::Scratch,
        severity: Severity::Light,
        origin: Origin::FoundNow,
    };
    let draft = app.draft(change);
    app.write_drafts(vec![draft], move |ids| {
        if let Some(id) = ids.first() {
            shown.set(Shown::Mark(*id));
        }
    });
}

/// The marks that the last visit of this car left on this tablet, as long as nobody looked at them again.
pub(super) fn carried(app: App) -> Memo<Vec<Carried>> {
    let found = RwSignal::new(Vec::new());
    leptos::task::spawn_local(async move {
        if let Some(earlier) = last_visit(app).await
            && let Some(marks) = app.visit_now(|visit| visit.carried_from(&earlier))
        {
            found.set(marks);
        }
    });
    Memo::new(move |_| found.with(|found| app.visit(|visit| visit.open_of(found)).unwrap_or_default()))
}

/// The last visit of this car that is on this tablet.
pub(super) async fn last_visit(app: App) -> Option<Visit> {
    let (own, plate, vin) = app.visit_now(|visit| {
        let plate = visit.plate().map(|plate| search_form(&plate.to_string())).unwrap_or_default();
        let vin = visit.vin().map(ToString::to_string).unwrap_or_default();
        (visit.journal.dossier(), plate, vin)
    })?;
    // Newest first; what is searched has plate and VIN in lines of their own, and ends with a tab.
    let all = app.searchable().await.ok()?;
    for (id, text) in all.visits() {
        let Ok(id) = id.parse() else { continue };
        // Behind a tab stand the name's initials, also where the plate is the last that is known.
        let is_its = |line: &str| !line.is_empty() && (line == plate || line == vin);
        let same = text.lines().any(|line| line.split('\t').next().is_some_and(is_its));
        if id == own || !same {
            continue;
        }
        let earlier = app.storage().visit(id).await.ok().flatten();
        let before = |earlier: &Visit| app.visit_now(|visit| visit.is_of_car_of(earlier)) == Some(true);
        if let Some(earlier) = earlier.filter(before) {
            return Some(earlier);
        }
    }
    None
}

/// A mark in its zone's panel, opened by a tap; one to be placed again is moved at once.
pub(super) fn mark_card(app: App, mark: Mark, shown: RwSignal<Shown>) -> Markup {
    let t = app.t();
    let id = mark.id;
    let note = mark.note.as_ref().and_then(|note| note.value()).cloned().unwrap_or_default();
    let lost = mark.to_place;
    let said = if mark.origin == Origin::FoundNow { t.how_bad(mark.severity) } else { t.origin(mark.origin) };
    let open = move |_| shown.set(if lost { Shown::Moving(id) } else { Shown::Mark(id) });
    view! {
        <button type="button" class="mkc" on:click=open>
            <span class="dot">{mark.number}</span>
            <span class="grow"><b>{t.damage_kind(mark.kind)}{t.pick("，", ", ")}{said}</b><span class="note ell">{note}</span></span>
            {lost.then(|| view! { <span class="tag warn">{icon(Icon::Warning)}{t.place_again()}</span> })}
            {icon(if lost { Icon::Move } else { Icon::Pen })}
        </button>
    }
}

/// A mark of the last visit with the three things that may have become of it.
pub(super) fn carried_card(app: App, mark: Carried) -> Markup {
    let t = app.t();
    let title = format!("{}{}{}", t.damage_kind(mark.kind), t.pick("，", ", "), t.how_bad(mark.severity));
    let note = mark.note.clone().unwrap_or_default();
    let label = format!("{title} {}", t.what_now());
    let choices = Seen::ALL.map(|seen| {
        let mark = mark.clone();
        let strokes = match seen {
            Seen::StillThere => Icon::Again,
            Seen::Repaired => Icon::Tick,
            Seen::New => Icon::Plus,
        };
        view! { <button type="button" class="grade" data-seen=seen.name() on:click=move |_| app.write(vec![mark.clone().seen(seen)])>{icon(strokes)}<span>{t.seen_word(seen)}</span></button> }
    });
    view! {
        <div class="carried" data-carried=mark.earlier.to_string()>
            <div class="row"><svg class="kind" viewBox="-20 -20 40 40" aria-hidden="true"><g class="mk k"><circle class="d" r="16"></circle><path class="gl" d=glyph(mark.kind)></path></g></svg>
                <span class="grow"><b>{title}</b><span class="note ell">{t.found_last_time()}" "{note}</span></span></div>
            <div class="grades" role="group" aria-label=label>{choices.into_iter().collect_view()}</div>
        </div>
    }
}

/// What a mark says.
pub(super) fn mark_panel(app: App, id: EntryId, shown: RwSignal<Shown>) -> Markup {
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
            <button type="button" data-kind=kind.name() aria-pressed=move || mark.with(|mark| mark.as_ref().is_some_and(|mark| mark.kind == kind)).to_string()
                on:click=move |_| describe(&|mark| mark.kind = kind)>
                <svg viewBox="-13 -11 26 22" aria-hidden="true"><path class="gl" d=glyph(kind)></path></svg>
                {move || app.t().damage_kind(kind)}
            </button>
        }
    });
    let severities = vec![
        (Severity::Light, app.word(|t| t.how_bad(Severity::Light))),
        (Severity::Heavy, app.word(|t| t.how_bad(Severity::Heavy))),
    ];
    let origins = vec![
        (Origin::FoundNow, app.word(|t| t.origin(Origin::FoundNow))),
        (Origin::KnownBefore, app.word(|t| t.origin(Origin::KnownBefore))),
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
    let read = move |typed: &str| -> Read {
        super::vehicle::free_text(app, typed, |note| vec![Change::MarkNoted { mark: id, note: note.into() }])
    };
    let withdraw = move |_| {
        let Some(Mark { number, place, .. }) = mark.get_untracked() else { return };
        let said = app.language.get_untracked().mark_taken_back(number);
        let set = |withdrawn| Change::MarkWithdrawn { mark: id, withdrawn };
        write_with_undo(app, set(true), set(false), said);
        shown.set(Shown::Group(place.zone));
    };
    // What became of a mark of the last visit is said anew, never its origin.
    let seen_again = move |seen: Seen| {
        let known = app.visit_now(|visit| visit.journal.answer(&Key::CarriedMark(id)).cloned()).flatten();
        if let Some(Change::CarriedMarkSeen { earlier, place, kind, severity, note, .. }) = known {
            app.write(vec![Change::CarriedMarkSeen { earlier, place, kind, severity, note, seen }]);
        }
    };
    let is_carried = mark.with_untracked(|mark| mark.as_ref().is_some_and(|mark| mark.carried.is_some()));
    let since = if is_carried {
        let choices = Seen::ALL.map(|seen| (seen, derive(move || app.t().seen_word(seen).to_owned())));
        let now = derive(move || mark.with(|mark| mark.as_ref().and_then(|mark| mark.carried)));
        segments(move || app.t().what_now().into(), choices.to_vec(), now, seen_again)
    } else {
        let now = derive(move || mark.get().map(|mark| mark.origin));
        segments(
            move || app.t().damage().into(),
            origins,
            now,
            move |origin| describe(&|mark| mark.origin = origin),
        )
    };
    view! {
        <h2 class="zt">{title}</h2>
        <div class="kd" role="group" aria-label=move || app.t().kind()>{kinds.into_iter().collect_view()}</div>
        {segments(move || app.t().severity().into(), severities, derive(move || mark.get().map(|mark| mark.severity)), move |severity| describe(&|mark| mark.severity = severity))}
        {since}
        {TextField::new(app, format!("mark/{id}"), app.word(Language::note), note, Some(Key::MarkNote(id)), Box::new(read)).hint(app.word(Language::note_hint)).spoken(RecordingSubject::Mark(id)).view()}
        <div class="row">
            <button type="button" class="btn sm grow" id="move" on:click=move |_| shown.set(Shown::Moving(id))>{icon(Icon::Move)}{move || app.t().move_mark()}</button>
            <button type="button" class="btn sm grow" id="withdraw" on:click=withdraw>{icon(Icon::Bin)}{move || app.t().withdraw()}</button>
        </div>
    }
}
