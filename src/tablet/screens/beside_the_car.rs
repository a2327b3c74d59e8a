//! What stands beside the drawing: what asks for a look, what its shapes mean, a closer look.

use crate::tablet::markup::{Markup, view};

use crate::tablet::signals::{Memo, RwSignal};

use super::walkaround::Shown;
use crate::diagram::{Body, Lens, zone};
use crate::icons::Icon;
use crate::journal::EntryId;
use crate::tablet::app::App;
use crate::tablet::components::{Look, icon, small_car};
use crate::visit::car::Carried;
use crate::visit::walkaround::Mark;
use crate::visit::{Severity, Visit};

/// What asks for a look: marks of the last visit, marks that a change of the drawing set aside.
pub(super) fn notices(
    app: App,
    marks: Memo<Vec<Mark>>,
    proposed: Memo<Vec<Carried>>,
    shown: RwSignal<Shown>,
    go_to: impl Fn(String) + Copy + 'static,
) -> Markup {
    let open = move || {
        let first = proposed.with(|marks| marks.first().map(|mark| mark.place.zone.clone()))?;
        let count = proposed.with(Vec::len);
        Some(view! {
            <div class="care row" id="carried">{icon(Icon::Info)}<span class="grow">{app.t().carried_open(count)}</span>
                <button type="button" class="btn sm" on:click=move |_| go_to(first.clone())>{app.t().look_at_it()}</button></div>
        })
    };
    let lost = move || {
        let lost: Vec<EntryId> =
            marks.with(|marks| marks.iter().filter(|mark| mark.to_place).map(|mark| mark.id).collect());
        let first = *lost.first()?;
        Some(view! {
            <div class="care row" id="to-place">{icon(Icon::Move)}<span class="grow">{app.t().to_place_again(lost.len())}</span>
                <button type="button" class="btn sm" on:click=move |_| shown.set(Shown::Moving(first))>{app.t().place_again()}</button></div>
        })
    };
    view! { {open}{lost} }
}

/// What stands in the drawing's corners: what its shapes mean, a closer look, which drawing it is.
pub(super) fn corners(
    app: App,
    body: Memo<Body>,
    here: Memo<String>,
    look: Look,
    shown: RwSignal<Shown>,
) -> Markup {
    let enlarged = move || look.lens.with(|lens| lens.is_enlarged());
    let closer = move || {
        if enlarged() {
            return view! {
                <button type="button" class="mini" id="whole-car" aria-label=app.t().whole_car() on:click=move |_| look.lens.set(Lens::whole())>
                    {small_car(body.get(), here.into(), look)}</button>
            };
        }
        let view = zone(body.get(), &here.get()).map(|zone| zone.view);
        view.map_or(Markup::Nothing, |view| {
            view! {
                <button type="button" class="btn sm closer" id="enlarge" on:click=move |_| look.at(body.get_untracked(), &here.get_untracked())>
                    {icon(Icon::Search)}<span><span class="nb">{app.t().enlarge()}</span>" "<span class="nb">{app.t().view(view)}</span></span></button>
            }
        })
    };
    let legend = move || {
        let t = app.t();
        (!enlarged()).then(|| view! {
            <ul class="meanings" aria-hidden="true">
                <li><svg viewBox="-22 -22 44 44"><g class="mk h"><circle class="hr" r="20"></circle><circle class="d" r="14"></circle></g></svg>{t.how_bad(Severity::Heavy)}</li>
                <li><svg viewBox="-22 -22 44 44"><g class="mk l"><circle class="d" r="14"></circle></g></svg>{t.how_bad(Severity::Light)}</li>
                <li><svg viewBox="-22 -22 44 44"><g class="mk k"><circle class="d" r="14"></circle></g></svg>{t.known_before()}</li>
                <li><svg viewBox="-22 -22 44 44"><rect x="-20" y="-16" width="40" height="32" rx="6" class="unlooked"></rect></svg>{t.legend_unlooked()}</li>
            </ul>
        })
    };
    let kind = move || {
        let t = app.t();
        let side = app.visit(Visit::steering).unwrap_or_default();
        (!enlarged()).then(|| view! {
            <button type="button" class="btn sm kind-of-car" id="car-kind" on:click=move |_| shown.set(Shown::Body(here.get_untracked()))>
                <span>{t.body_word(body.get())}<br/><span class="note">{t.steering_word(side)}</span></span>{icon(Icon::Pen)}</button>
        })
    };
    view! { {legend}{closer}{kind} }
}
