//! The unfolded car in one ink, with numbered marks: three shapes, no colour.

use std::fmt::Write as _;

use super::sheet::Sheet;
use crate::diagram::{View, art, zone, zones};
use crate::locale::Language;
use crate::visit::{Origin, Severity};

/// Radius of a mark's disc with its ring and a little air, in units of the drawing.
const APART: f64 = 21.0;

/// Moves discs that would overlap apart, each as little as needed; the points stay. Both in units.
pub fn spread(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut discs = points.to_vec();
    for _ in 0..200 {
        let mut moved = false;
        for a in 0..discs.len() {
            for b in a + 1..discs.len() {
                let (dx, dy) = (discs[b].0 - discs[a].0, discs[b].1 - discs[a].1);
                let apart = dx.hypot(dy);
                if apart >= 2.0 * APART - 0.01 {
                    continue;
                }
                // Two on one point part along a direction of their own, so that more than two fan out.
                let angle = a as f64 * 2.4 + b as f64;
                let (ux, uy) =
                    if apart < 0.1 { (angle.cos(), angle.sin()) } else { (dx / apart, dy / apart) };
                let push = (2.0 * APART - apart) / 2.0;
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

/// A disc with its number at the origin of a box, as the drawing and the list show it.
pub(super) fn disc(number: usize, severity: Severity, origin: Origin, x: f64, y: f64) -> String {
    let dash = if origin == Origin::KnownBefore { " stroke-dasharray=\"5 3.6\"" } else { "" };
    let (fill, ink) = match severity {
        Severity::Heavy => ("#000", "#fff"),
        Severity::Light => ("#fff", "#000"),
    };
    let ring = match severity {
        Severity::Heavy => format!(
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"19.5\" fill=\"#fff\" stroke=\"#000\" stroke-width=\"1.6\"/>"
        ),
        Severity::Light => String::new(),
    };
    let size = if number < 10 { 20.0 } else { 18.0 };
    format!(
        "{ring}<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"15\" fill=\"{fill}\" stroke=\"#000\" stroke-width=\"2\"{dash}/>\
         <text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\" font-size=\"{size}\" font-weight=\"700\" fill=\"{ink}\">{number}</text>",
        y + 7.2
    )
}

/// The car with its marks; zones that nobody looked at are hatched.
pub(super) fn car(sheet: &Sheet, language: Language) -> String {
    let mut svg = String::from("<svg class=\"car\" viewBox=\"14 -4 756 524\">");
    svg.push_str("<defs><pattern id=\"unlooked\" width=\"9\" height=\"9\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><path d=\"M0 0V9\" stroke=\"#000\" stroke-width=\"1\"/></pattern></defs>");
    svg.push_str(art(sheet.body));
    for view in View::ALL {
        let _ = write!(svg, "<g transform=\"{}\">", view.transform());
        for id in &sheet.unlooked {
            if let Some(shape) = zone(sheet.body, id).filter(|shape| shape.view == view) {
                let _ = write!(svg, "<path d=\"{}\" fill=\"url(#unlooked)\"/>", shape.path);
            }
        }
        svg.push_str("</g>");
    }
    debug_assert!(zones(sheet.body).len() >= sheet.unlooked.len());
    for (view, x, y, anchor) in [
        (View::Front, 16, 158, "start"),
        (View::Right, 112, 90, "middle"),
        (View::Left, 112, 432, "middle"),
        (View::Rear, 768, 158, "end"),
    ] {
        let _ = write!(
            svg,
            "<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\" font-size=\"20\">{}</text>",
            language.view(view)
        );
    }
    let points: Vec<(f64, f64)> =
        sheet.marks.iter().map(|mark| (f64::from(mark.x) / 10.0, f64::from(mark.y) / 10.0)).collect();
    let discs = spread(&points);
    for ((x, y), (px, py)) in discs.iter().zip(&points) {
        if (x - px).hypot(y - py) > 3.0 {
            let _ = write!(
                svg,
                "<path d=\"M{px:.1} {py:.1}L{x:.1} {y:.1}\" stroke=\"#000\" stroke-width=\"1.4\"/><circle cx=\"{px:.1}\" cy=\"{py:.1}\" r=\"3.2\"/>"
            );
        }
    }
    for (mark, (x, y)) in sheet.marks.iter().zip(&discs) {
        svg.push_str(&disc(mark.number, mark.severity, mark.origin, *x, *y));
    }
    svg.push_str("</svg>");
    svg
}
