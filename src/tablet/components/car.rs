//! The unfolded car with its zones and marks.

use crate::tablet::markup::{CollectView as _, Markup, view};
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use crate::diagram::{Body, VIEW_BOX, View, art, zone_at, zones};
use crate::icons::glyph;
use crate::tablet::app::App;
use crate::visit::walkaround::Mark;
use crate::visit::{Origin, Severity};

/// The drawing. A zone's state is `todo`, `warn`, `bad`, `now`, `next`, or nothing; a tap gives its place
/// in tenths of a unit and its zone, and nothing where the drawing is only looked at.
pub(crate) fn car(
    app: App,
    body: Body,
    zone_state: impl Fn(&str) -> &'static str + Copy + Send + Sync + 'static,
    marks: Signal<Vec<Mark>>,
    tap: Option<Callback<(i32, i32, &'static str)>>,
) -> Markup {
    let shapes = View::ALL.map(|view| {
        let paths = zones(body)
            .iter()
            .filter(|zone| zone.view == view)
            .map(|zone| {
                let id = zone.id;
                view! { <path class="zone" data-zone=id data-z=move || zone_state(id) d=zone.path></path> }
            })
            .collect_view();
        view! { <g transform=view.transform()>{paths}</g> }
    });
    let marked = move || marks.get().into_iter().map(|mark| mark_at(&mark)).collect_view();
    let tapped = move |event: leptos::ev::MouseEvent| {
        let Some(tap) = tap else { return };
        let Some(svg) = event.current_target().and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        else {
            return;
        };
        let frame = svg.get_bounding_client_rect();
        // The drawing is fitted into its box without stretching: VIEW_BOX is 788 × 514 from −2, −2.
        let scale = (frame.width() / 788.0).min(frame.height() / 514.0);
        let left = frame.left() + (frame.width() - 788.0 * scale) / 2.0;
        let top = frame.top() + (frame.height() - 514.0 * scale) / 2.0;
        let tenths = |pixels: f64| ((pixels / scale - 2.0) * 10.0).round() as i32;
        let (x, y) = (tenths(f64::from(event.client_x()) - left), tenths(f64::from(event.client_y()) - top));
        if let Some(zone) = zone_at(body, x, y) {
            tap.run((x, y, zone.id));
        }
    };
    let label = move || app.t().car_views();
    view! {
        <svg class="car" viewBox=VIEW_BOX role="img" aria-label=label on:click=tapped>
            <defs>
                <pattern id="hatch" width="11" height="11" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                    <path d="M0 0V11" class="hatch"></path>
                </pattern>
            </defs>
            <g inner_html=art(body)></g>
            {shapes.into_iter().collect_view()}
            {marked}
            <text class="vl" x="16" y="158">{move || app.t().view(View::Front)}</text>
            <text class="vl" x="112" y="90" text-anchor="middle">{move || app.t().view(View::Right)}</text>
            <text class="vl" x="112" y="432" text-anchor="middle">{move || app.t().view(View::Left)}</text>
            <text class="vl" x="768" y="158" text-anchor="end">{move || app.t().view(View::Rear)}</text>
        </svg>
    }
}

fn mark_at(mark: &Mark) -> Markup {
    let class = match (mark.origin, mark.severity) {
        (Origin::KnownBefore, _) => "mk k",
        (Origin::FoundNow, Severity::Heavy) => "mk h",
        (Origin::FoundNow, Severity::Light) => "mk l",
    };
    let heavy = mark.severity == Severity::Heavy && mark.origin == Origin::FoundNow;
    let place =
        format!("translate({:.1} {:.1})", f64::from(mark.place.x) / 10.0, f64::from(mark.place.y) / 10.0);
    view! {
        <g class=class transform=place data-mark=mark.id.to_string()>
            {heavy.then(|| view! { <circle class="hr" r="21"></circle> })}
            <circle class="d" r="16"></circle>
            <path class="gl" d=glyph(mark.kind)></path>
            <circle class="nb" cx="14" cy="-13" r="9.5"></circle>
            <text class="no" x="14" y="-7.8" text-anchor="middle">{mark.number}</text>
        </g>
    }
}
