//! The car unfolded into five views: its drawing, its zones, and what a tap hits. One box of
//! 784 × 510 units for every body; left and right are the car's, never the viewer's.

mod lens;
mod outline;
mod steering;
mod zones;

use std::cell::RefCell;
use std::sync::OnceLock;

pub use lens::{ENLARGED, Lens, Place};
pub(crate) use outline::length;
use outline::{Outline, area, bounds, contains, distance, outline};

use crate::record::named;
pub use steering::{Side, WHEEL, wheel_at};
pub use zones::zones;

named! {
    /// A body with a drawing of its own.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
    pub enum Body {
        /// 轿车
        Sedan = "sedan",
        /// SUV
        Suv = "suv",
        /// MPV, with sliding rear doors.
        Mpv = "mpv",
        /// 皮卡
        Pickup = "pickup",
    }
}

impl Body {
    /// In the order of offering.
    pub const ALL: [Self; 4] = [Self::Sedan, Self::Suv, Self::Mpv, Self::Pickup];

    /// Where the drawing's file lies in the app.
    pub fn address(self) -> &'static str {
        match self {
            Self::Sedan => "/diagrams/sedan.svg",
            Self::Suv => "/diagrams/suv.svg",
            Self::Mpv => "/diagrams/mpv.svg",
            Self::Pickup => "/diagrams/pickup.svg",
        }
    }

    /// Height of a side, which is the depth of an end, and width with mirrors, in units: with 16 between
    /// views all bodies fill the same box, each at a scale of its own.
    fn sizes(self) -> (i32, i32) {
        match self {
            Self::Sedan => (146, 186),
            Self::Suv => (148, 182),
            Self::Mpv => (154, 170),
            Self::Pickup => (153, 172),
        }
    }
}

named! {
    /// One of the five views.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum View {
        /// 车头
        Front = "front",
        /// 右侧
        Right = "right",
        /// 车尾
        Rear = "rear",
        /// 左侧
        Left = "left",
        /// 车顶
        Top = "top",
    }
}

impl View {
    /// In walking order.
    pub const ALL: [Self; 5] = [Self::Front, Self::Right, Self::Rear, Self::Left, Self::Top];

    /// The view's place in the fold-out, as an SVG transform.
    pub fn transform(self, body: Body) -> String {
        let (h, w) = body.sizes();
        let x = h + 16;
        match self {
            Self::Front => format!("translate({h} {x}) rotate(90)"),
            Self::Right => format!("translate({x} {h}) scale(1 -1)"),
            Self::Rear => format!("translate({} {}) rotate(-90)", 784 - h, x + w),
            Self::Left => format!("translate({x} {})", x + w + 16),
            Self::Top => format!("translate({x} {x})"),
        }
    }

    fn place(self, body: Body, x: f64, y: f64) -> (f64, f64) {
        let (h, w) = (f64::from(body.sizes().0), f64::from(body.sizes().1));
        let left = h + 16.0;
        match self {
            Self::Front => (h - y, left + x),
            Self::Right => (left + x, h - y),
            Self::Rear => (784.0 - h + y, left + w - x),
            Self::Left => (left + x, left + w + 16.0 + y),
            Self::Top => (left + x, left + y),
        }
    }

    /// The view's box in the fold-out, with air: x, y, width, height in units.
    pub fn frame(self, body: Body) -> (i32, i32, i32, i32) {
        let (h, w) = body.sizes();
        let x = h + 4;
        let wide = 784 - 2 * x - 8;
        match self {
            Self::Front => (-10, x, h + 20, w + 24),
            Self::Right => (x, -10, wide + 8, h + 22),
            Self::Rear => (774 - h, x, h + 20, w + 24),
            Self::Left => (x, x + w + 16, wide + 8, h + 22),
            Self::Top => (x, x, wide + 8, w + 24),
        }
    }
}

/// A zone of a drawing.
#[derive(Clone, Copy, Debug)]
pub struct ZoneShape {
    /// `LFD` is the left front door.
    pub id: &'static str,
    /// The view that it lies in.
    pub view: View,
}

/// The box of every drawing: 784 × 510 units and room for the line.
const WHOLE: (f64, f64, f64, f64) = (-2.0, -2.0, 788.0, 514.0);

/// Taps beside the car count for the nearest zone up to this far away, in units.
const REACH: f64 = 24.0;

/// The file of a drawing, as the server holds it.
#[cfg(not(target_arch = "wasm32"))]
fn file(body: Body) -> &'static str {
    match body {
        Body::Sedan => include_str!("../public/diagrams/sedan.svg"),
        Body::Suv => include_str!("../public/diagrams/suv.svg"),
        Body::Mpv => include_str!("../public/diagrams/mpv.svg"),
        Body::Pickup => include_str!("../public/diagrams/pickup.svg"),
    }
}

/// The files of the drawings on the tablet: beside the app, not in it.
#[cfg(target_arch = "wasm32")]
static FILES: [OnceLock<String>; 4] = [const { OnceLock::new() }; 4];

/// The file of a drawing; nothing before it was brought.
#[cfg(target_arch = "wasm32")]
fn file(body: Body) -> &'static str {
    FILES[body as usize].get().map_or("", String::as_str)
}

/// Brings the file of a drawing.
#[cfg(target_arch = "wasm32")]
pub fn bring(body: Body, file: String) {
    let _ = FILES[body as usize].set(file);
}

/// The drawing without its zones: the inside of an `<svg>`. Shown twice in one page its gradients
/// are defined twice alike, which draws the same.
pub fn art(body: Body) -> &'static str {
    let file = file(body);
    let from = file.find('\n').map_or(0, |at| at + 1);
    let to = file.rfind("</svg>").unwrap_or(file.len());
    &file[from..to]
}

/// Of the drawing only the left side, with the paints.
pub fn side_art(body: Body) -> String {
    let art = art(body);
    let group = |name: &str| art.find(&format!("<g data-view=\"{name}\"")).unwrap_or(art.len());
    format!("{}{}", &art[..group("right")], &art[group("left")..group("top")])
}

/// The outline of a zone in its view's own units, as an SVG path.
pub fn path(body: Body, zone: &ZoneShape) -> &'static str {
    let file = file(body);
    let from = file.rfind("<!--").unwrap_or(file.len());
    let mut lines = file[from..].lines().filter_map(|line| line.split_once(' '));
    lines.find(|(id, _)| *id == zone.id).map_or("", |(_, path)| path)
}

/// The outlines of a body's zones, read once: a tap is held against all of them.
fn outlines(body: Body) -> &'static [(&'static ZoneShape, Outline)] {
    static READ: [OnceLock<Vec<(&ZoneShape, Outline)>>; 4] = [const { OnceLock::new() }; 4];
    READ[body as usize].get_or_init(|| {
        let read = zones(body).iter().map(|zone| (zone, outline(body, zone)));
        read.filter(|(_, outline)| !outline.is_empty()).collect()
    })
}

/// The zone of an id.
pub fn zone(body: Body, id: &str) -> Option<&'static ZoneShape> {
    zones(body).iter().find(|zone| zone.id == id)
}

/// Zones of other bodies that this one has not.
pub fn zones_elsewhere(body: Body) -> &'static [&'static str] {
    match body {
        Body::Sedan => &["TR", "LQG", "RQG", "CB"],
        Body::Suv | Body::Mpv => &["TG", "DL", "CB"],
        Body::Pickup => &["TG", "DL", "LQG", "RQG"],
    }
}

/// What a body has in the place of a zone of another: the same, or what closes or covers it there.
pub fn counterpart(body: Body, id: &str) -> Option<&'static ZoneShape> {
    let others: &[&str] = match id {
        "TG" => &["TR"],
        "TR" => &["TG"],
        "DL" => &["CB", "TR"],
        "CB" => &["DL", "RF"],
        "LQG" => &["LRQ"],
        "RQG" => &["RRQ"],
        _ => &[],
    };
    zone(body, id).or_else(|| others.iter().find_map(|other| zone(body, other)))
}

/// The zone at a point of the whole fold-out, in tenths of a unit.
pub fn zone_at(body: Body, x: i32, y: i32) -> Option<&'static ZoneShape> {
    zone_near(body, x, y, REACH)
}

/// The zone at a point of the fold-out, in tenths of a unit: the one that it lies in, the smallest
/// where they overlap, or else the nearest within reach. Half a finger reaches; zones that are smaller
/// than a finger are a little larger than they are drawn.
pub fn zone_near(body: Body, x: i32, y: i32, reach: f64) -> Option<&'static ZoneShape> {
    let (x, y) = (f64::from(x) / 10.0, f64::from(y) / 10.0);
    let mut best: Option<(f64, &ZoneShape)> = None;
    for (zone, outline) in outlines(body) {
        let beside = if contains(outline, x, y) { 0.0 } else { distance(outline, x, y) };
        let ((left, top), (right, bottom)) = bounds(outline);
        let grown = (reach - (right - left).min(bottom - top) / 2.0).clamp(0.0, 6.0);
        let away = if beside <= grown { area(outline) / 1e6 - 1.0 } else { beside };
        if away <= reach && best.is_none_or(|(least, _)| away < least) {
            best = Some((away, zone));
        }
    }
    best.map(|(_, zone)| zone)
}

/// The middle of a body's zone, in tenths of a unit.
type Middle = (Body, &'static str, (i32, i32));

/// A point inside a zone, in tenths of a unit: the middle, where that is inside and in no smaller
/// zone that lies over it.
pub fn centre(body: Body, zone: &ZoneShape) -> (i32, i32) {
    thread_local! {
        /// Sought once: marks that wait to be placed again stand there at every look.
        static KNOWN: RefCell<Vec<Middle>> = const { RefCell::new(Vec::new()) };
    }
    KNOWN.with_borrow_mut(|known| {
        if let Some((.., middle)) = known.iter().find(|(of, id, _)| (*of, *id) == (body, zone.id)) {
            return *middle;
        }
        let middle = middle_of(body, zone);
        known.push((body, zone.id, middle));
        middle
    })
}

fn middle_of(body: Body, zone: &ZoneShape) -> (i32, i32) {
    let Some((_, outline)) = outlines(body).iter().find(|(known, _)| known.id == zone.id) else {
        return (0, 0);
    };
    let hits = |x: f64, y: f64| {
        zone_at(body, (x * 10.0).round() as i32, (y * 10.0).round() as i32)
            .is_some_and(|hit| hit.id == zone.id)
    };
    let (low, high) = bounds(outline);
    let middle = ((low.0 + high.0) / 2.0, (low.1 + high.1) / 2.0);
    let mut best = (f64::NEG_INFINITY, middle);
    for row in 1..20 {
        for column in 1..20 {
            let x = low.0 + (high.0 - low.0) * f64::from(column) / 20.0;
            let y = low.1 + (high.1 - low.1) * f64::from(row) / 20.0;
            if contains(outline, x, y) && hits(x, y) {
                let room = distance(outline, x, y).min(20.0) - length(x - middle.0, y - middle.1) / 10.0;
                if room > best.0 {
                    best = (room, (x, y));
                }
            }
        }
    }
    ((best.1.0 * 10.0).round() as i32, (best.1.1 * 10.0).round() as i32)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_body_has_its_zones_with_names_of_their_own_and_both_sides() {
        for (body, count) in Body::ALL.into_iter().zip([37, 38, 38, 37]) {
            let ids: BTreeSet<&str> = zones(body).iter().map(|zone| zone.id).collect();
            assert_eq!(ids.len(), count, "{body:?}");
            for id in ids.iter().filter(|id| id.starts_with('L')) {
                assert!(ids.contains(id.replacen('L', "R", 1).as_str()), "{id} has no other side");
            }
        }
    }

    #[test]
    fn bodies_have_what_their_build_has_and_nothing_else() {
        let has = |body, id| zone(body, id).is_some();
        for body in [Body::Suv, Body::Mpv] {
            assert!(has(body, "LQG") && has(body, "TR") && !has(body, "TG") && !has(body, "DL"), "{body:?}");
        }
        assert!(has(Body::Pickup, "CB") && has(Body::Pickup, "TR") && !has(Body::Pickup, "LQG"));
        for body in Body::ALL {
            let all = Body::ALL.into_iter().flat_map(zones).map(|zone| zone.id);
            let elsewhere: BTreeSet<&str> = all.filter(|id| !has(body, id)).collect();
            assert_eq!(zones_elsewhere(body).iter().copied().collect::<BTreeSet<_>>(), elsewhere, "{body:?}");
        }
        assert_eq!(zone(Body::Sedan, "BG").map(|zone| zone.view), Some(View::Top));
        assert_eq!(zone(Body::Suv, "BG").map(|zone| zone.view), Some(View::Rear));
    }

    #[test]
    fn a_zone_that_a_body_lacks_has_a_place_there() {
        for from in Body::ALL {
            for shape in zones(from) {
                for to in Body::ALL {
                    assert!(counterpart(to, shape.id).is_some(), "{} of {from:?} on {to:?}", shape.id);
                }
            }
        }
    }

    #[test]
    fn a_tap_in_the_middle_of_a_zone_hits_it() {
        for body in Body::ALL {
            for zone in zones(body) {
                let (x, y) = centre(body, zone);
                assert_eq!(zone_at(body, x, y).map(|hit| hit.id), Some(zone.id), "{body:?}");
                let (left, top, width, height) = zone.view.frame(body);
                let (x, y) = (x / 10, y / 10);
                let inside = (left..left + width).contains(&x) && (top..top + height).contains(&y);
                assert!(inside, "{} of {body:?} lies outside of its view", zone.id);
            }
        }
    }

    #[test]
    fn a_tap_beside_the_car_counts_for_the_nearest_zone_and_one_far_away_for_none() {
        assert_eq!(zone_at(Body::Sedan, 3900, 1480).map(|zone| zone.id), Some("RFG"));
        assert_eq!(zone_at(Body::Sedan, 0, 0).map(|zone| zone.id), None);
        // Enlarged, the same 24 pixels are fewer units.
        assert_eq!(zone_near(Body::Sedan, 3900, 1600, REACH / 2.2).map(|zone| zone.id), None);
    }

    #[test]
    fn zones_stand_in_walking_order() {
        for body in Body::ALL {
            let views: Vec<View> = zones(body).iter().map(|zone| zone.view).collect();
            assert!(views.is_sorted(), "{body:?}");
        }
    }

    #[test]
    fn the_drawings_hold_no_zones_and_no_styles_of_their_own_and_agree_with_the_views() {
        for body in Body::ALL {
            assert!(!art(body).contains("data-zone") && !art(body).contains("style"), "{body:?}");
            for view in View::ALL {
                let placed = format!("{}\"", view.transform(body));
                assert!(art(body).contains(&placed), "{body:?} {view:?} {placed}");
            }
        }
    }
}
