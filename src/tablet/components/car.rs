//! The unfolded car with its zones and marks.

use std::cell::RefCell;
use std::rc::Rc;

use crate::decimal::tenths;
use crate::tablet::markup::{CollectView as _, ElementRef, Markup, derive, view};
use leptos::ev::{MouseEvent, PointerEvent};
use leptos::prelude::*;

use crate::tablet::signals::{Memo, RwSignal, Signal};

use crate::diagram::{
    Body, Lens, Place, View, WHEEL, art, length, side_art, wheel_at, zone, zone_near, zones,
};
use crate::icons::glyph;
use crate::tablet::app::App;
use crate::visit::car::Carried;
use crate::visit::walkaround::Mark;
use crate::visit::{Origin, Severity, Visit};

/// Half a finger, in pixels: taps beside the car count for the nearest zone, and near a mark for it.
const FINGER: f64 = 24.0;
/// A finger that moves further does not tap.
const STILL: f64 = 10.0;
/// A second tap at the same place within so many milliseconds is the same one.
const TWICE: f64 = 350.0;
/// Above so many marks each is a small disc with its number in it.
const MANY: usize = 60;

/// A tap on the drawing.
#[derive(Clone, Copy)]
pub(crate) struct Tap {
    /// In tenths of a unit.
    pub(crate) x: i32,
    /// In tenths of a unit.
    pub(crate) y: i32,
    /// What it counts for.
    pub(crate) zone: &'static str,
    /// How far it reaches, in tenths of a unit.
    pub(crate) reach: f64,
}

/// Where a drawing that is worked on is looked at, and its place on the screen.
#[derive(Clone, Copy)]
pub(crate) struct Look {
    pub(crate) lens: RwSignal<Lens>,
    svg: ElementRef,
}

impl Look {
    pub(crate) fn new() -> Self {
        Self { lens: RwSignal::new(Lens::whole()), svg: ElementRef::new(None) }
    }

    fn place(self) -> Option<Place> {
        let frame = self.svg.get_untracked()?.get_bounding_client_rect();
        Some(Place { left: frame.left(), top: frame.top(), width: frame.width(), height: frame.height() })
    }

    /// Enlarges the view of a zone; anything that is no zone is looked at with the whole car.
    pub(crate) fn at(self, body: Body, id: &str) {
        let lens = zone(body, id).zip(self.place()).map_or_else(Lens::whole, |(shape, place)| {
            let (x, y) = crate::diagram::centre(body, shape);
            Lens::on(body, shape.view, (f64::from(x) / 10.0, f64::from(y) / 10.0), place)
        });
        self.lens.set(lens);
    }
}

fn at(event: &MouseEvent) -> (f64, f64) {
    (f64::from(event.client_x()), f64::from(event.client_y()))
}

/// The fingers on the drawing, and whether they do more than tap.
#[derive(Default)]
struct Hand {
    fingers: Vec<(i32, (f64, f64))>,
    began: (f64, f64),
    more_than_a_tap: bool,
    last: Option<(f64, (f64, f64))>,
}

impl Hand {
    fn down(&mut self, id: i32, at: (f64, f64), is_first: bool) {
        // The first of a touch: whatever is left of an earlier one never said that it went.
        self.fingers.retain(|(other, _)| *other != id && !is_first);
        self.more_than_a_tap = !self.fingers.is_empty();
        if self.fingers.is_empty() {
            self.began = at;
        }
        self.fingers.push((id, at));
    }

    /// What is shown after a finger moved.
    fn moved(&mut self, id: i32, at: (f64, f64), now: Lens, place: Place) -> Lens {
        let before = self.fingers.clone();
        let Some(finger) = self.fingers.iter_mut().find(|(other, _)| *other == id) else { return now };
        finger.1 = at;
        match (before.as_slice(), self.fingers.as_slice()) {
            ([(_, a), (_, b)], [(_, c), (_, d)]) => {
                let middle = |p: &(f64, f64), q: &(f64, f64)| ((p.0 + q.0) / 2.0, (p.1 + q.1) / 2.0);
                let apart = |p: &(f64, f64), q: &(f64, f64)| length(p.0 - q.0, p.1 - q.1).max(1.0);
                let point = now.under(place, middle(a, b));
                now.pinched(place, apart(c, d) / apart(a, b), point, middle(c, d))
            }
            ([(_, from)], _) => {
                self.more_than_a_tap |= length(at.0 - self.began.0, at.1 - self.began.1) > STILL;
                if !now.is_enlarged() || !self.more_than_a_tap {
                    return now;
                }
                let scale = now.scale(place);
                now.moved((from.0 - at.0) / scale, (from.1 - at.1) / scale)
            }
            _ => now,
        }
    }

    /// Whether this is a tap, and not the same one again.
    fn taps(&mut self, time: f64, at: (f64, f64)) -> bool {
        let again = self.last.is_some_and(|(before, there)| {
            time - before < TWICE && length(at.0 - there.0, at.1 - there.1) < FINGER
        });
        if again || self.more_than_a_tap {
            return false;
        }
        self.last = Some((time, at));
        true
    }
}

/// The drawing to be looked at. A zone's state is `todo`, `warn`, `bad`, `now`, `next`, or nothing.
pub(crate) fn car(
    app: App,
    body: Body,
    zone_state: impl Fn(&str) -> &'static str + 'static,
    marks: Signal<Vec<Mark>>,
) -> Markup {
    view! {
        <svg class="car" viewBox=Lens::whole().view_box() role="img" aria-label=move || app.t().car_views()>
            {under(app, body)}
            {shapes(body, Rc::new(zone_state))}
            {move || marks.get().iter().map(mark_at).collect_view()}
            {words(app)}
        </svg>
    }
}

/// The drawing to be worked on: a tap counts, two fingers enlarge it, one moves what is enlarged.
pub(crate) fn working_car(
    app: App,
    body: Body,
    zone_state: impl Fn(&str) -> &'static str + 'static,
    marks: Memo<Vec<Mark>>,
    proposed: Memo<Vec<Carried>>,
    look: Look,
    tap: Callback<Tap>,
) -> Markup {
    let lens = look.lens;
    let hand = Rc::new(RefCell::new(Hand::default()));
    let (at_down, at_move, at_up, at_tap) = (hand.clone(), hand.clone(), hand.clone(), hand);
    let down = move |event: PointerEvent| {
        at_down.borrow_mut().down(event.pointer_id(), at(&event), event.is_primary());
    };
    let moved = move |event: PointerEvent| {
        let Some(place) = look.place() else { return };
        let now = lens.get_untracked();
        let then = at_move.borrow_mut().moved(event.pointer_id(), at(&event), now, place);
        if then != now {
            lens.set(then);
        }
    };
    let up = Rc::new(move |event: PointerEvent| {
        at_up.borrow_mut().fingers.retain(|(id, _)| *id != event.pointer_id());
    });
    let (gone, left) = (up.clone(), up.clone());
    let tapped = move |event: MouseEvent| {
        let at = at(&event);
        let Some(place) = look.place().filter(|_| at_tap.borrow_mut().taps(event.time_stamp(), at)) else {
            return;
        };
        let now = lens.get_untracked();
        let (x, y) = now.under(place, at);
        let (x, y) = ((x * 10.0).round() as i32, (y * 10.0).round() as i32);
        let reach = FINGER / now.scale(place);
        if let Some(zone) = zone_near(body, x, y, reach) {
            tap.run(Tap { x, y, zone: zone.id, reach: reach * 10.0 });
        }
    };
    let marked = move || marks.get().iter().map(mark_at).collect_view();
    let ghosts = move || proposed.get().iter().map(proposal_at).collect_view();
    let many = move || marks.with(Vec::len) + proposed.with(Vec::len) > MANY;
    // Marks keep their size on the screen, in steps: a pinch makes none of them anew.
    let class = move || {
        let times = lens.with(|lens| if lens.is_enlarged() { lens.times.round().max(2.0) } else { 1.0 });
        let zoom = if times > 1.0 { format!(" zoom z{times}") } else { String::new() };
        format!("car{zoom}{}", if many() { " many" } else { "" })
    };
    view! {
        <svg node_ref=look.svg class=class viewBox=move || lens.with(Lens::view_box) role="img" aria-label=move || app.t().car_views()
            on:click=tapped on:pointerdown=down on:pointermove=moved on:pointerup=move |event| up(event) on:pointercancel=move |event| gone(event) on:pointerleave=move |event| left(event)>
            {under(app, body)}
            {shapes(body, Rc::new(zone_state))}
            {ghosts}
            {marked}
            {words(app)}
        </svg>
    }
}

/// The whole drawing, small, with what of it is shown enlarged.
pub(crate) fn small_car(body: Body, here: Signal<String>, look: Look) -> Markup {
    let window = derive(move || {
        let lens = look.lens.get();
        let (width, height) = (788.0 / lens.times, 514.0 / lens.times);
        (lens.x - width / 2.0, lens.y - height / 2.0, width, height)
    });
    let zone_state = move |id: &str| if here.with(|here| here == id) { "now" } else { "" };
    view! {
        <svg class="car" viewBox=Lens::whole().view_box() aria-hidden="true">
            <g inner_html=art(body)></g>
            {shapes(body, Rc::new(zone_state))}
            <rect class="shown" rx="8" x=move || window.get().0.to_string() y=move || window.get().1.to_string()
                width=move || window.get().2.to_string() height=move || window.get().3.to_string()></rect>
        </svg>
    }
}

/// A body seen from its left, as a choice shows it.
pub(crate) fn side_view(body: Body) -> Markup {
    let (x, y, width, height) = View::Left.frame(body);
    view! {
        <svg class="car" viewBox=format!("{x} {y} {width} {height}") aria-hidden="true"><g inner_html=side_art(body)></g></svg>
    }
}

fn under(app: App, body: Body) -> Markup {
    let wheel = move || wheel_at(body, app.settled(Visit::steering).unwrap_or_default());
    view! {
        <defs>
            <pattern id="hatch" width="11" height="11" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                <path d="M0 0V11" class="hatch"></path>
            </pattern>
        </defs>
        <g inner_html=art(body)></g>
        <path class="c firm" data-wheel="" d=WHEEL transform=wheel></path>
    }
}

fn shapes(body: Body, zone_state: Rc<dyn Fn(&str) -> &'static str>) -> Markup {
    let view_of = |view: View| {
        let paths = zones(body)
            .iter()
            .filter(|zone| zone.view == view)
            .map(|zone| {
                let (id, zone_state) = (zone.id, zone_state.clone());
                view! { <path class="zone" data-zone=id data-z=move || zone_state(id) d=crate::diagram::path(body, zone)></path> }
            })
            .collect_view();
        view! { <g transform=view.transform(body)>{paths}</g> }
    };
    View::ALL.into_iter().map(view_of).collect_view()
}

fn words(app: App) -> Markup {
    view! {
        <text class="vl" x="16" y="158">{move || app.t().view(View::Front)}</text>
        <text class="vl" x="158" y="160">{move || app.t().view(View::Right)}</text>
        <text class="vl" x="158" y="366">{move || app.t().view(View::Left)}</text>
        <text class="vl" x="768" y="158" text-anchor="end">{move || app.t().view(View::Rear)}</text>
    }
}

fn place_of(x: i32, y: i32) -> String {
    format!("translate({} {})", tenths(f64::from(x) / 10.0), tenths(f64::from(y) / 10.0))
}

/// A mark's number, beside it and, where marks are many, in it: each stands in one of the two places, for
/// moving it there would be a layer's worth of work for every mark at every frame.
fn number(number: String) -> Markup {
    view! {
        <text class="no" x="14" y="-7.8" text-anchor="middle">{number.clone()}</text>
        <text class="no in" text-anchor="middle" dominant-baseline="central">{number}</text>
    }
}

fn mark_at(mark: &Mark) -> Markup {
    let class = match (mark.origin, mark.severity) {
        (Origin::Repaired, _) => "mk r",
        (Origin::KnownBefore, _) => "mk k",
        (Origin::FoundNow, Severity::Heavy) => "mk h",
        (Origin::FoundNow, Severity::Light) => "mk l",
    };
    let heavy = mark.severity == Severity::Heavy && mark.origin == Origin::FoundNow;
    // A tick for what is repaired: its kind is no more.
    let strokes = if mark.origin == Origin::Repaired { "M-7 0L-2 5L7 -5" } else { glyph(mark.kind) };
    view! {
        <g class=class transform=place_of(mark.place.x, mark.place.y) data-mark=mark.id.to_string()><g class="sz">
            {heavy.then(|| view! { <circle class="hr" r="21"></circle> })}
            {mark.to_place.then(|| view! { <circle class="lost" r="25"></circle> })}
            <circle class="d" r="16"></circle>
            <path class="gl" d=strokes></path>
            <circle class="nb" cx="14" cy="-13" r="9.5"></circle>
            {number(mark.number.to_string())}
        </g></g>
    }
}

/// A mark of the last visit that nobody looked at again: dashed, with a question in its number's place.
fn proposal_at(mark: &Carried) -> Markup {
    view! {
        <g class="mk k ask" transform=place_of(mark.place.x, mark.place.y) data-proposed=mark.earlier.to_string()><g class="sz">
            <circle class="d" r="16"></circle>
            <path class="gl" d=glyph(mark.kind)></path>
            <circle class="nb" cx="14" cy="-13" r="9.5"></circle>
            {number("?".to_owned())}
        </g></g>
    }
}
