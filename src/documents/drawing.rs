//! The unfolded car in one ink, with numbered marks: three shapes, no colour.

use std::fmt::Write as _;

use super::sheet::{Sheet, SheetMark};
use crate::decimal::tenths;
use crate::diagram::{Body, View, WHEEL, art, length, path, wheel_at, zone, zone_at};
use crate::locale::Language;
use crate::visit::{Origin, Severity};

/// Radius of a mark's disc in millimetres: 5 mm across, 6.6 with the ring of a severe one.
const DISC: f64 = 2.5;
const RING: f64 = 3.3;
/// Width of the drawing's box in its own units.
const WIDTH: f64 = 756.0;

/// One of 13 directions: a point of the unit circle, without sines.
fn direction(number: usize) -> (f64, f64) {
    let t = (number % 13) as f64 / 6.0 - 1.0;
    ((1.0 - t * t) / (1.0 + t * t), 2.0 * t / (1.0 + t * t))
}

/// Moves discs whose centres are less than `apart` from each other away, each as little as needed;
/// the points stay. All in units of the drawing.
pub fn spread(points: &[(f64, f64)], apart: f64) -> Vec<(f64, f64)> {
    let mut discs = points.to_vec();
    for _ in 0..200 {
        let mut moved = false;
        for a in 0..discs.len() {
            for b in a + 1..discs.len() {
                let (dx, dy) = (discs[b].0 - discs[a].0, discs[b].1 - discs[a].1);
                let between = length(dx, dy);
                if between >= apart - 0.01 {
                    continue;
                }
                // Two on one point part along a direction of their own, so that more than two fan out.
                let (ux, uy) =
                    if between < 0.1 { direction(a * 5 + b * 3) } else { (dx / between, dy / between) };
                let push = (apart - between) / 2.0;
                discs[a] = (discs[a].0 - ux * push, discs[a].1 - uy * push);
                discs[b] = (discs[b].0 + ux * push, discs[b].1 + uy * push);
                moved = true;
            }
        }
        for disc in &mut discs {
            *disc = (disc.0.clamp(18.0, 766.0), disc.1.clamp(18.0, 492.0));
        }
        if !moved {
            break;
        }
    }
    discs
}

/// Whether two leaders, each from a point to its disc, cross.
fn cross(a: [(f64, f64); 2], b: [(f64, f64); 2]) -> bool {
    let side = |[from, to]: [(f64, f64); 2], p: (f64, f64)| {
        (to.0 - from.0) * (p.1 - from.1) - (to.1 - from.1) * (p.0 - from.0)
    };
    side(a, b[0]) * side(a, b[1]) < 0.0 && side(b, a[0]) * side(b, a[1]) < 0.0
}

/// Where discs stand: off lamps and mirrors, apart from each other, their leaders not crossing.
/// `mm` is a millimetre in units.
fn places(body: Body, marks: &[SheetMark], points: &[(f64, f64)], mm: f64) -> Vec<(f64, f64)> {
    let begin: Vec<(f64, f64)> = (marks.iter().zip(points))
        .map(|(mark, (x, y))| match zone_at(body, mark.x, mark.y) {
            Some(shape) if matches!(shape.id, "LLf" | "RLf" | "LLr" | "RLr" | "LMR" | "RMR") => {
                let (left, top, width, height) = shape.view.frame(body);
                let dx = x - f64::from(left) - f64::from(width) / 2.0;
                let dy = y - f64::from(top) - f64::from(height) / 2.0;
                let far = 6.5 * mm / length(dx, dy).max(1.0);
                (x + dx * far, y + dy * far)
            }
            _ => (*x, *y),
        })
        .collect();
    let most = marks.iter().map(|mark| wider(mark.number)).fold(0.0, f64::max);
    let mut discs = spread(&begin, (2.0 * (RING + most) + 0.3) * mm);
    // Exchanging the discs of two leaders that cross makes both shorter: it comes to an end.
    let mut again = true;
    while again {
        again = false;
        for a in 0..discs.len() {
            for b in a + 1..discs.len() {
                if cross([points[a], discs[a]], [points[b], discs[b]]) {
                    discs.swap(a, b);
                    again = true;
                }
            }
        }
    }
    discs
}

/// Three digits of 9 pt are wider than the disc of the others: by so many millimetres.
fn wider(number: usize) -> f64 {
    if number < 100 { 0.0 } else { 0.5 }
}

/// A disc with its number, as the drawing and the list show it; `mm` is a millimetre in units.
pub(super) fn disc(number: usize, severity: Severity, origin: Origin, (x, y): (f64, f64), mm: f64) -> String {
    let dash = match origin {
        Origin::KnownBefore => format!(" stroke-dasharray=\"{} {}\"", tenths(0.7 * mm), tenths(0.5 * mm)),
        Origin::Repaired => format!(" stroke-dasharray=\"0 {}\" stroke-linecap=\"round\"", tenths(0.6 * mm)),
        Origin::FoundNow => String::new(),
    };
    let circle = |radius: f64, paint: &str, line: f64| {
        format!(
            "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"{paint}\" stroke=\"#000\" stroke-width=\"{}\"{dash}/>",
            tenths(x),
            tenths(y),
            tenths(radius * mm),
            tenths(line * mm)
        )
    };
    let wider = wider(number);
    let (ring, fill, ink) = match severity {
        _ if origin == Origin::Repaired => (String::new(), "#fff", "#000"),
        Severity::Heavy => (circle(RING + wider, "#fff", 0.27), "#000", "#fff"),
        Severity::Light => (String::new(), "#fff", "#000"),
    };
    // 10 pt, two digits 9 pt: nothing on the paper is smaller.
    let size = if number < 10 { 3.53 } else { 3.18 } * mm;
    format!(
        "{ring}{}<text x=\"{}\" y=\"{}\" text-anchor=\"middle\" font-size=\"{}\" font-weight=\"700\" fill=\"{ink}\">{number}</text>",
        circle(DISC + wider, fill, 0.3),
        tenths(x),
        tenths(y + size * 0.36),
        tenths(size)
    )
}

/// So many marks stand on one drawing, also where all of them are at one place: more would cover the car
/// and each other, and go on a drawing of their own.
pub(super) const MOST_MARKS: usize = 30;

/// The car with some of its marks, so many millimetres wide; zones that nobody looked at are hatched.
pub(super) fn car(sheet: &Sheet, marks: &[SheetMark], t: Language, width: f64) -> String {
    let mm = WIDTH / width;
    let mut svg = String::from("<svg class=\"unfolded\" viewBox=\"14 -4 756 524\">");
    svg.push_str("<defs><pattern id=\"unlooked\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><path d=\"M1 0V8\" stroke=\"#000\" stroke-width=\"1.3\"/></pattern></defs>");
    svg.push_str(art(sheet.body));
    for view in View::ALL {
        let _ = write!(svg, "<g transform=\"{}\">", view.transform(sheet.body));
        for id in &sheet.unlooked {
            if let Some(shape) = zone(sheet.body, id).filter(|shape| shape.view == view) {
                let _ = write!(svg, "<path d=\"{}\" fill=\"url(#unlooked)\"/>", path(sheet.body, shape));
            }
        }
        svg.push_str("</g>");
    }
    if let Some(side) = sheet.steering {
        let place = wheel_at(sheet.body, side);
        let _ = write!(svg, "<path class=\"c\" transform=\"{place}\" d=\"{WHEEL}\"/>");
    }
    let size = 3.18 * mm;
    for (view, x, y, anchor) in [
        (View::Front, 16, 154.0, "start"),
        (View::Right, 108, 78.0, "middle"),
        (View::Left, 108, 432.0, "middle"),
        (View::Rear, 768, 154.0, "end"),
    ] {
        let mut line = |y: f64, word: &str| {
            let _ = write!(
                svg,
                "<text x=\"{x}\" y=\"{}\" text-anchor=\"{anchor}\" font-size=\"{}\">{word}</text>",
                y.round() as i64,
                tenths(size)
            );
        };
        let above = matches!(view, View::Front | View::Rear) && t == Language::En;
        line(if above { y - size * 1.25 } else { y }, Language::ZhCn.view(view));
        if t == Language::En {
            line(if above { y } else { y + size * 1.25 }, Language::En.view(view));
        }
    }
    let points: Vec<(f64, f64)> =
        marks.iter().map(|mark| (f64::from(mark.x) / 10.0, f64::from(mark.y) / 10.0)).collect();
    let discs = places(sheet.body, marks, &points, mm);
    for ((x, y), (px, py)) in discs.iter().zip(&points) {
        let close = length(x - px, y - py) <= DISC * mm;
        // A disc that still covers its point needs no leader.
        if !close {
            let (px, py) = (tenths(*px), tenths(*py));
            let _ = write!(
                svg,
                "<path class=\"leader\" d=\"M{px} {py}L{} {}\" stroke=\"#000\" stroke-width=\"{}\"/><circle cx=\"{px}\" cy=\"{py}\" r=\"{}\"/>",
                tenths(*x),
                tenths(*y),
                tenths(0.27 * mm),
                tenths(0.6 * mm)
            );
        }
    }
    for (mark, place) in marks.iter().zip(&discs) {
        svg.push_str(&disc(mark.number, mark.severity, mark.origin, *place, mm));
    }
    svg.push_str("</svg>");
    svg
}
