//! The car unfolded into five views: its drawing, its zones, and what a tap hits. One box of
//! 784 × 510 units for every body; left and right are the car's, never the viewer's.

mod sedan;

use serde::{Deserialize, Serialize};

/// A body with a drawing of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// 轿车
    Sedan,
}

/// One of the five views.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum View {
    /// 车头
    Front,
    /// 右侧
    Right,
    /// 车尾
    Rear,
    /// 左侧
    Left,
    /// 车顶
    Top,
}

impl View {
    /// In walking order.
    pub const ALL: [Self; 5] = [Self::Front, Self::Right, Self::Rear, Self::Left, Self::Top];

    /// The view's place in the fold-out, as an SVG transform.
    pub fn transform(self) -> &'static str {
        match self {
            Self::Front => "translate(146 162) rotate(90)",
            Self::Right => "translate(162 146) scale(1 -1)",
            Self::Rear => "translate(638 348) rotate(-90)",
            Self::Left => "translate(162 364)",
            Self::Top => "translate(162 162)",
        }
    }

    fn place(self, x: f64, y: f64) -> (f64, f64) {
        match self {
            Self::Front => (146.0 - y, 162.0 + x),
            Self::Right => (162.0 + x, 146.0 - y),
            Self::Rear => (638.0 + y, 348.0 - x),
            Self::Left => (162.0 + x, 364.0 + y),
            Self::Top => (162.0 + x, 162.0 + y),
        }
    }

    /// The view's box in the fold-out, with air: x, y, width, height in units.
    pub fn frame(self) -> (i32, i32, i32, i32) {
        match self {
            Self::Front => (-10, 150, 166, 210),
            Self::Right => (150, -10, 484, 168),
            Self::Rear => (628, 150, 166, 210),
            Self::Left => (150, 352, 484, 168),
            Self::Top => (150, 150, 484, 210),
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
    /// Its outline, in the view's own units.
    pub path: &'static str,
}

/// The box of every drawing, as an SVG `viewBox`: 784 × 510 units and room for the line.
pub const VIEW_BOX: &str = "-2 -2 788 514";

/// Taps beside the car count for the nearest zone up to this far away, in units.
const REACH: f64 = 24.0;

/// The drawing without its zones: the inside of an `<svg>`. Shown twice in one page its gradients
/// are defined twice alike, which draws the same.
pub fn art(body: Body) -> &'static str {
    let file = match body {
        Body::Sedan => include_str!("../public/diagrams/sedan.svg"),
    };
    let from = file.find('\n').map_or(0, |at| at + 1);
    let to = file.rfind("</svg>").unwrap_or(file.len());
    &file[from..to]
}

/// The zones, in walking order.
pub fn zones(body: Body) -> &'static [ZoneShape] {
    match body {
        Body::Sedan => sedan::ZONES,
    }
}

/// The zone of an id.
pub fn zone(body: Body, id: &str) -> Option<&'static ZoneShape> {
    zones(body).iter().find(|zone| zone.id == id)
}

/// The zone at a point of the fold-out, in tenths of a unit: the one that it lies in, the smallest
/// where they overlap, or else the nearest within reach.
pub fn zone_at(body: Body, x: i32, y: i32) -> Option<&'static ZoneShape> {
    let (x, y) = (f64::from(x) / 10.0, f64::from(y) / 10.0);
    let mut best: Option<(f64, &ZoneShape)> = None;
    for zone in zones(body) {
        let outline = outline(zone);
        let away =
            if contains(&outline, x, y) { area(&outline) / 1e6 - 1.0 } else { distance(&outline, x, y) };
        if away <= REACH && best.is_none_or(|(least, _)| away < least) {
            best = Some((away, zone));
        }
    }
    best.map(|(_, zone)| zone)
}

/// A point inside a zone, in tenths of a unit: the middle, where that is inside and in no smaller
/// zone that lies over it.
pub fn centre(body: Body, zone: &ZoneShape) -> (i32, i32) {
    let outline = outline(zone);
    let hits = |x: f64, y: f64| {
        zone_at(body, (x * 10.0).round() as i32, (y * 10.0).round() as i32)
            .is_some_and(|hit| hit.id == zone.id)
    };
    let (mut low, mut high) = (outline[0], outline[0]);
    for (x, y) in &outline {
        low = (low.0.min(*x), low.1.min(*y));
        high = (high.0.max(*x), high.1.max(*y));
    }
    let middle = ((low.0 + high.0) / 2.0, (low.1 + high.1) / 2.0);
    let mut best = (f64::NEG_INFINITY, middle);
    for row in 1..20 {
        for column in 1..20 {
            let x = low.0 + (high.0 - low.0) * f64::from(column) / 20.0;
            let y = low.1 + (high.1 - low.1) * f64::from(row) / 20.0;
            if contains(&outline, x, y) && hits(x, y) {
                let room = distance(&outline, x, y).min(20.0) - length(x - middle.0, y - middle.1) / 10.0;
                if room > best.0 {
                    best = (room, (x, y));
                }
            }
        }
    }
    ((best.1.0 * 10.0).round() as i32, (best.1.1 * 10.0).round() as i32)
}

/// A zone's outline as points of the fold-out: curves flattened, arcs by their chord.
fn outline(zone: &ZoneShape) -> Vec<(f64, f64)> {
    let mut numbers = Vec::new();
    let mut points: Vec<(f64, f64)> = Vec::new();
    let mut command = 'M';
    let mut rest = zone.path;
    while let Some(c) = rest.chars().next() {
        if c.is_ascii_alphabetic() {
            command = c;
            numbers.clear();
            rest = &rest[1..];
        } else if c == ' ' || c == ',' {
            rest = &rest[1..];
        } else {
            let end =
                rest[1..].find(|c: char| !c.is_ascii_digit() && c != '.').map_or(rest.len(), |at| at + 1);
            numbers.push(rest[..end].parse().unwrap_or(0.0));
            rest = &rest[end..];
        }
        add(&mut points, command, &mut numbers);
    }
    points.into_iter().map(|(x, y)| zone.view.place(x, y)).collect()
}

fn add(points: &mut Vec<(f64, f64)>, command: char, numbers: &mut Vec<f64>) {
    match (command, numbers.as_slice()) {
        ('M' | 'L', [x, y]) => points.push((*x, *y)),
        ('A', [_, _, _, _, _, x, y]) => points.push((*x, *y)),
        ('C', [x1, y1, x2, y2, x3, y3]) => {
            let (x0, y0) = points.last().copied().unwrap_or((*x1, *y1));
            for step in 1..=6 {
                let t = f64::from(step) / 6.0;
                let u = 1.0 - t;
                let at = |a: f64, b: f64, c: f64, d: f64| {
                    u * u * u * a + 3.0 * u * u * t * b + 3.0 * u * t * t * c + t * t * t * d
                };
                points.push((at(x0, *x1, *x2, *x3), at(y0, *y1, *y2, *y3)));
            }
        }
        _ => return,
    }
    numbers.clear();
}

fn edges(outline: &[(f64, f64)]) -> impl Iterator<Item = ((f64, f64), (f64, f64))> {
    outline.iter().copied().zip(outline.iter().copied().cycle().skip(1))
}

fn contains(outline: &[(f64, f64)], x: f64, y: f64) -> bool {
    let crosses = |((x1, y1), (x2, y2)): &((f64, f64), (f64, f64))| {
        (*y1 > y) != (*y2 > y) && x < (x2 - x1) * (y - y1) / (y2 - y1) + x1
    };
    edges(outline).filter(crosses).count() % 2 == 1
}

fn area(outline: &[(f64, f64)]) -> f64 {
    edges(outline).map(|((x1, y1), (x2, y2))| x1 * y2 - x2 * y1).sum::<f64>().abs() / 2.0
}

/// The length of a vector: a square root, not the library's careful one.
pub(crate) fn length(dx: f64, dy: f64) -> f64 {
    (dx * dx + dy * dy).sqrt()
}

fn distance(outline: &[(f64, f64)], x: f64, y: f64) -> f64 {
    let to_edge = |((x1, y1), (x2, y2)): ((f64, f64), (f64, f64))| {
        let (dx, dy) = (x2 - x1, y2 - y1);
        let square = dx * dx + dy * dy;
        let t = if square == 0.0 { 0.0 } else { (((x - x1) * dx + (y - y1) * dy) / square).clamp(0.0, 1.0) };
        length(x - x1 - t * dx, y - y1 - t * dy)
    };
    edges(outline).map(to_edge).fold(f64::INFINITY, f64::min)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_sedan_has_37_zones_with_names_of_their_own() {
        let ids: BTreeSet<&str> = zones(Body::Sedan).iter().map(|zone| zone.id).collect();
        assert_eq!(ids.len(), 37);
        for id in ids.iter().filter(|id| id.starts_with('L')) {
            assert!(ids.contains(id.replacen('L', "R", 1).as_str()), "{id} has no other side");
        }
    }

    #[test]
    fn a_tap_in_the_middle_of_a_zone_hits_it() {
        for zone in zones(Body::Sedan) {
            let (x, y) = centre(Body::Sedan, zone);
            assert_eq!(zone_at(Body::Sedan, x, y).map(|hit| hit.id), Some(zone.id));
        }
    }

    #[test]
    fn a_tap_beside_the_car_counts_for_the_nearest_zone_and_one_far_away_for_none() {
        assert_eq!(zone_at(Body::Sedan, 3900, 1480).map(|zone| zone.id), Some("RFG"));
        assert_eq!(zone_at(Body::Sedan, 0, 0).map(|zone| zone.id), None);
    }

    #[test]
    fn zones_stand_in_walking_order() {
        let views: Vec<View> = zones(Body::Sedan).iter().map(|zone| zone.view).collect();
        assert!(views.is_sorted());
    }

    #[test]
    fn the_drawing_holds_no_zones_of_its_own() {
        assert!(!art(Body::Sedan).contains("data-zone"));
        assert!(art(Body::Sedan).contains("data-view=\"left\""));
    }
}
