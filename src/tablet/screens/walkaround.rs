//! 环车检查: the car comes clean as you walk.

use crate::tablet::markup::{CollectView as _, Markup, derive, rows, view};
use crate::tablet::signals::{Memo, RwSignal, StoredValue, effect};
use leptos::prelude::*;

use super::beside_the_car::{corners, notices};
use super::body::body_choice;
use super::film::strip;
use super::marks::{carried, carried_card, mark_card, mark_panel, set, tapped};
use crate::diagram::{Body, View, centre, zone};
use crate::icons::Icon;
use crate::journal::EntryId;
use crate::locale::Language;
use crate::route::{Route, Step};
use crate::tablet::app::App;
use crate::tablet::components::{
    Look, Read, TextField, icon, segments, shell, steps, visit_title, working_car,
};
use crate::tablet::device;
use crate::visit::car::Carried;
use crate::visit::recording::RecordingSubject;
use crate::visit::walkaround::{Looked, Mark};
use crate::visit::wheels::Wheel;
use crate::visit::{Change, Grade, Key, MarkPlace, PhotoSubject, Visit};

/// What the panel shows.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shown {
    Group(String),
    Mark(EntryId),
    Moving(EntryId),
    /// The choice of the drawing, and the group to return to.
    Body(String),
}

pub(super) fn walkaround(app: App) -> Markup {
    let looked = Memo::new(move |_| app.settled(Visit::looked).unwrap_or_default());
    let body = Memo::new(move |_| app.visit(Visit::body).unwrap_or(Body::Sedan));
    let look = Look::new();
    let proposed = carried(app);
    let first = looked.with_untracked(|groups| {
        let open = groups.iter().find(|(_, looked)| !looked.is_done()).or(groups.first());
        open.map(|(group, _)| group.clone()).unwrap_or_default()
    });
    let shown = RwSignal::new(Shown::Group(place_kept(app).unwrap_or(first)));
    let marks = Memo::new(move |_| app.visit(Visit::marks).unwrap_or_default());
    let here = Memo::new(move |before: Option<&String>| {
        let zone = match shown.get() {
            Shown::Group(group) | Shown::Body(group) => Some(group),
            Shown::Mark(id) | Shown::Moving(id) => marks
                .with(|marks| marks.iter().find(|mark| mark.id == id).map(|mark| mark.place.zone.clone())),
        };
        // A mark that is gone leaves the zone that it was in.
        zone.or(before.cloned()).unwrap_or_default()
    });
    keep_place(app, here);
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
            // The visit was opened with a list that does not name this zone.
            None => "",
            _ => "todo",
        })
    };
    let go_to = move |group: String| {
        if look.lens.with_untracked(|lens| lens.is_enlarged()) {
            look.at(body.get_untracked(), &group);
        }
        shown.set(Shown::Group(group));
    };
    let drawing = move || {
        let body = body.get();
        let tap =
            Callback::new(move |tap| proposed.with_untracked(|marks| tapped(app, body, shown, marks, tap)));
        working_car(app, body, state_of, marks, proposed, look, tap)
    };
    let views = View::ALL.map(|view| {
        let word = derive(move || {
            let (done, of) = looked.with(|groups| {
                let body = body.get();
                let of_view = |id: &str| zone(body, id).is_some_and(|zone| zone.view == view);
                let groups = groups.iter().filter(|(id, _)| of_view(id));
                (groups.clone().filter(|(_, looked)| looked.is_done()).count(), groups.count())
            });
            format!("{} {done}/{of}", app.t().view(view))
        });
        (view, word)
    });
    let view_now = derive(move || zone(body.get(), &here.get()).map(|zone| zone.view));
    let to_view = move |view: View| {
        let body = body.get_untracked();
        if view_now.get_untracked() == Some(view) {
            return look.at(body, &here.get_untracked());
        }
        let open = looked.with_untracked(|groups| {
            let of = |id: &str| zone(body, id).is_some_and(|zone| zone.view == view);
            let first = groups.iter().find(|(id, looked)| of(id) && !looked.is_done());
            first.or(groups.iter().find(|(id, _)| of(id))).map(|(id, _)| id.clone())
        });
        if let Some(group) = open {
            go_to(group);
        }
    };
    let areas = move || {
        let body = body.get();
        looked.with(|groups| {
            groups
                .iter()
                .filter(|(id, _)| zone(body, id).is_none())
                .map(|(id, looked)| {
                    let (own, to) = (id.clone(), id.clone());
                    let done = looked.is_done();
                    view! {
                        <button type="button" class="chip" aria-pressed=move || here.with(|here| *here == own).to_string()
                            on:click=move |_| go_to(to.clone())>
                            {done.then(|| icon(Icon::Tick))}
                            {app.catalogue.with(|catalogue| catalogue.group_label(id, app.t()).to_owned())}
                        </button>
                    }
                })
                .collect_view()
        })
    };
    let subject = derive(move || match shown.get() {
        Shown::Mark(id) | Shown::Moving(id) => PhotoSubject::Mark(id),
        Shown::Group(_) | Shown::Body(_) => PhotoSubject::Zone(here.get()),
    });
    let moving = move || matches!(shown.get(), Shown::Moving(_));
    let panel = move || match shown.get() {
        Shown::Group(group) => group_panel(app, group, shown, body, marks, proposed),
        Shown::Mark(id) => mark_panel(app, id, shown),
        Shown::Moving(_) => {
            view! { <p class="say-small">{icon(Icon::Move)}{app.t().move_hint()}</p> }
        }
        Shown::Body(_) => view! { <h2 class="zt">{move || app.t().which_body()}</h2>{body_choice(app)} },
    };
    let main = view! {
        <div class="split">
            <section class="canvas">
                {segments(move || app.t().car_views().into(), views.to_vec(), view_now, to_view)}
                {notices(app, marks, proposed, shown, go_to)}
                <div class="carbox" class:moving=moving>
                    {drawing}
                    {corners(app, body, here, look, shown)}
                    <span class="hint">{move || if moving() { app.t().move_hint() } else { app.t().tap_the_car() }}</span>
                </div>
                <div class="chips" role="group" aria-label=move || app.t().areas()>{areas}</div>
            </section>
            <aside class="side">{panel}</aside>
            {strip(app, subject, here)}
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
    let before = move || {
        looked.with(|groups| {
            let at = here.with(|here| groups.iter().position(|(group, _)| group == here));
            at.filter(|at| *at > 0).map(|at| groups[at - 1].0.clone())
        })
    };
    let go_on = move |_| match (shown.get_untracked(), next.get_untracked()) {
        (Shown::Group(_), Some(next)) => go_to(next),
        (Shown::Group(_), None) => {
            if let Some(dossier) = app.route.get_untracked().dossier() {
                app.go(Route::Visit(dossier, Step::Interview));
            }
        }
        _ => shown.set(Shown::Group(here.get_untracked())),
    };
    let label = move || {
        let t = app.t();
        let name = |id: &str| app.catalogue.with(|catalogue| catalogue.group_label(id, t).to_owned());
        match (shown.get(), next.get()) {
            (Shown::Group(_), Some(next)) => format!("{} · {}", t.next_zone(), name(&next)),
            (Shown::Group(_), None) => t.step(Step::Interview).to_owned(),
            _ => format!("{} · {}", t.done(), name(&here.get())),
        }
    };
    let act = view! {
        <button class="btn before" id="previous" disabled=move || before().is_none()
            on:click=move |_| if let Some(group) = untrack(before) { go_to(group) }>{icon(Icon::Back)}<span>{move || app.t().previous_zone()}</span></button>
        <div class="why">
            <span class="bar" aria-hidden="true"><i style:width=move || format!("{}%", done() * 100 / of().max(1))></i></span>
            <b>{move || app.t().zones_left(done(), of())}</b>
        </div>
        <button class="btn" id="rest-good" disabled=move || done() == of() on:click=rest>{icon(Icon::Tick)}{move || app.t().all_good()}</button>
        <button class="btn pri" id="next" on:click=go_on>{label}{icon(Icon::Forward)}</button>
    };
    shell(app, steps(app, Some(Step::Walkaround)), visit_title(app), main, act)
}

/// The zone at which the walk of this visit was left, by whatever way.
fn place_kept(app: App) -> Option<String> {
    let place = app.place.get_untracked();
    let (dossier, zone) = place.split_once(' ')?;
    let is_here =
        |visit: &Visit| visit.journal.dossier().to_string() == dossier && visit.groups().contains(&zone);
    (app.visit_now(is_here) == Some(true)).then(|| zone.to_owned())
}

/// Keeps where the walk stands, once what was tapped is painted.
fn keep_place(app: App, here: Memo<String>) {
    effect(move |_| {
        let Some(dossier) = app.route.get_untracked().dossier() else { return };
        let place = format!("{dossier} {}", here.get());
        if app.place.get_untracked() != place {
            app.place.set(place);
            leptos::task::spawn_local(async move {
                device::after_paint().await;
                app.keep_place(false).await;
            });
        }
    });
}

fn group_panel(
    app: App,
    group: String,
    shown: RwSignal<Shown>,
    body: Memo<Body>,
    marks: Memo<Vec<Mark>>,
    proposed: Memo<Vec<Carried>>,
) -> Markup {
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
            let marks = marks.get();
            marks
                .into_iter()
                .filter(|mark| mark.place.zone == group)
                .map(|mark| mark_card(app, mark, shown))
                .collect_view()
        }
    };
    let open = {
        let group = group.clone();
        move || {
            let own = proposed.get().into_iter().filter(|mark| mark.place.zone == group);
            own.map(|mark| carried_card(app, mark)).collect_view()
        }
    };
    let where_it_is = {
        let group = group.clone();
        move || place_in_the_walk(app, &group)
    };
    let mark_here = {
        let group = group.clone();
        move || {
            let body = body.get();
            let shape = zone(body, &group)?;
            let here = move |_| {
                let (x, y) = centre(body, shape);
                set(
                    app,
                    shown,
                    MarkPlace { view: shape.view, zone: shape.id.into(), x, y, body: Some(body) },
                );
            };
            Some(
                view! { <button type="button" class="btn sm" id="mark-here" on:click=here>{icon(Icon::Plus)}{app.t().mark_here()}</button> },
            )
        }
    };
    let to_note = notes(app, items.clone());
    let rows = items.into_iter().map(|item| item_row(app, item)).collect_view();
    let whole = {
        let group = group.clone();
        move |_| {
            let changes = app.visit_now(|visit| visit.rest_is_good(&[&group])).unwrap_or_default();
            app.write(changes);
        }
    };
    view! {
        <div><h2 class="zt">{title}</h2><span class="note">{where_it_is}</span></div>
        <div class="two-doings"><button type="button" class="btn sm" id="group-good" on:click=whole>{icon(Icon::Tick)}{move || app.t().whole_group_good()}</button>{mark_here}</div>
        {open}
        {marks}
        {rows}
        {Wheel::of_group(&group).map(|wheel| super::wheels::tyre(app, wheel))}
        {to_note}
    }
}

/// 左侧 · 第 6 区，共 12 区 · 驾驶侧
fn place_in_the_walk(app: App, group: &str) -> Option<String> {
    let t = app.t();
    let at = app.settled(|visit| visit.place_in_the_walk(group)).flatten()?;
    let side = at.drivers.map(|drivers| if drivers { t.driver_side() } else { t.passenger_side() });
    let said = format!("{} · {}", t.view(at.view), t.zone_number(at.number, at.of));
    Some(side.map_or(said.clone(), |side| format!("{said} · {side}")))
}

const GRADES: [(Grade, &str, Icon); 4] = [
    (Grade::Good, "good", Icon::Tick),
    (Grade::Attention, "warn", Icon::Warning),
    (Grade::Bad, "bad", Icon::Cross),
    (Grade::NotApplicable, "na", Icon::Dash),
];

fn item_row(app: App, item: String) -> Markup {
    let item = StoredValue::new(item);
    let grade = Memo::new(move |_| app.graded(|visit| item.with_value(|item| visit.grade(item))).flatten());
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
    view! {
        <div class="item" data-item=item.get_value()>
            <div class="nm" id=format!("i-{}", item.get_value())>{name}</div>
            <div class="grades" role="group" aria-labelledby=format!("i-{}", item.get_value())>{buttons.into_iter().collect_view()}</div>
        </div>
    }
}

/// The notes of what is to be watched or bad: below all items, so that none moves under a finger where
/// a note opens.
fn notes(app: App, items: Vec<String>) -> Markup {
    let noted = move || {
        let to_note = |visit: &Visit| -> Vec<String> {
            let is = |item: &&String| matches!(visit.grade(item), Some(Grade::Attention | Grade::Bad));
            items.iter().filter(is).cloned().collect()
        };
        app.graded(to_note).unwrap_or_default()
    };
    view! { <div class="notes">{rows(noted, String::clone, move |item| item_note(app, item))}</div> }
}

fn item_note(app: App, item: String) -> Markup {
    let (lacking, named, noted, read_of) = (item.clone(), item.clone(), item.clone(), item.clone());
    let unexplained = Memo::new(move |_| {
        let lacks = |visit: &Visit| visit.bad_without_reason().contains(&lacking.as_str());
        app.graded(lacks).unwrap_or_default()
    });
    let unexplained = move || {
        unexplained.get().then(
            || view! { <p class="care row">{icon(Icon::Camera)}<span>{app.t().say_why_bad()}</span></p> },
        )
    };
    let label = derive(move || {
        let t = app.t();
        app.catalogue.with(|catalogue| format!("{} · {}", catalogue.item_label(&named, t), t.note()))
    });
    let value = derive(move || {
        let note = |visit: &Visit| visit.item_note(&noted).and_then(|note| note.value()).cloned();
        app.visit(note).flatten().unwrap_or_default()
    });
    let read = move |typed: &str| -> Read {
        super::vehicle::free_text(app, typed, |note| {
            vec![Change::ItemNoted { item: read_of.clone(), note: note.into() }]
        })
    };
    let name = app.draft_name(&format!("note/{item}"));
    let field = TextField::new(app, name, label, value, Some(Key::ItemNote(item.clone())), Box::new(read))
        .hint(app.word(Language::note_hint))
        .spoken(RecordingSubject::Item(item.clone()));
    view! { <div class="item-note" data-note=item>{unexplained}{field.view()}</div> }
}
