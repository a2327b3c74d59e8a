//! A signature on the glass: its strokes, whether it is one, and how it is drawn.

use crate::decimal::tenths;
use crate::diagram::length;
use crate::record::{kept, named};

/// One touch of the pen: points as deltas to the one before, the first to the pad's corner.
/// Each is x and y in tenths of a pixel, milliseconds, and the pressure 0 to 1023.
pub type Stroke = Vec<[i32; 4]>;

/// What was drawn on the pad.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Strokes {
    /// Width of the pad in tenths of a pixel.
    pub width: i32,
    /// Height of the pad in tenths of a pixel.
    pub height: i32,
    /// In order of drawing.
    pub strokes: Vec<Stroke>,
}

kept!(Strokes { width, height, strokes });

named! {
    /// As what a person signs.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
    pub enum SignedAs {
        /// 车主本人
        Owner = "owner",
        /// 送修人, another than the owner
        Deliverer = "deliverer",
        /// 受托人: neither, with the owner's authority
        Authorised = "authorised",
    }
}

/// Why strokes are no signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotASignature {
    /// Nothing was drawn.
    Empty,
    /// A dot or a short line.
    TooSmall,
}

/// The smallest extent of a signature, wider or higher, in tenths of a pixel: 40 px ≈ 7.6 mm.
const SMALLEST_EXTENT: i32 = 400;
/// The shortest way of the pen, in tenths of a pixel: 80 px ≈ 15 mm.
const SHORTEST_WAY: f64 = 800.0;

/// A point of a stroke where it lies, in pixels of the pad.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Point {
    x: f64,
    y: f64,
    at: f64,
    pressure: f64,
}

fn points(stroke: &Stroke) -> Vec<Point> {
    let mut sum = [0_i64; 3];
    let place = |delta: &[i32; 4]| {
        for (sum, delta) in sum.iter_mut().zip(delta) {
            *sum = sum.saturating_add(i64::from(*delta));
        }
        Point {
            x: sum[0] as f64 / 10.0,
            y: sum[1] as f64 / 10.0,
            at: sum[2] as f64,
            pressure: f64::from(delta[3].clamp(0, 1023)) / 1023.0,
        }
    };
    stroke.iter().map(place).collect()
}

/// The widest contact that is a finger: 70 px ≈ 13 mm. The ball of a hand is wider.
const WIDEST_FINGER: f64 = 70.0;

/// Whether a contact of this size is the ball of a hand, not a finger or a pen.
pub fn is_palm(width: f64, height: f64) -> bool {
    width.max(height) > WIDEST_FINGER
}

impl Strokes {
    /// How the pad that was drawn on lies in a frame of another size, as after the tablet was turned:
    /// its scale, and how far it stands from the left and the top. The whole of it is seen, never
    /// stretched, in the middle.
    pub fn lie_in(&self, width: f64, height: f64) -> (f64, f64, f64) {
        let (own_width, own_height) = (f64::from(self.width) / 10.0, f64::from(self.height) / 10.0);
        if self.strokes.is_empty() || own_width <= 0.0 || own_height <= 0.0 {
            return (1.0, 0.0, 0.0);
        }
        let scale = (width / own_width).min(height / own_height);
        (scale, (width - own_width * scale) / 2.0, (height - own_height * scale) / 2.0)
    }

    /// Whether this is a signature: something was drawn that is larger than a dot.
    pub fn check(&self) -> Result<(), NotASignature> {
        let all: Vec<Vec<Point>> = self.strokes.iter().map(points).collect();
        if all.iter().all(Vec::is_empty) {
            return Err(NotASignature::Empty);
        }
        let flat = || all.iter().flatten();
        let extent = |coordinate: fn(&Point) -> f64| {
            let low = flat().map(coordinate).fold(f64::INFINITY, f64::min);
            let high = flat().map(coordinate).fold(f64::NEG_INFINITY, f64::max);
            (high - low) * 10.0
        };
        let step = |pair: &[Point]| length(pair[1].x - pair[0].x, pair[1].y - pair[0].y);
        let way: f64 = all.iter().flat_map(|stroke| stroke.windows(2).map(step)).sum();
        let large = extent(|p| p.x).max(extent(|p| p.y)) >= f64::from(SMALLEST_EXTENT);
        if large && way * 10.0 >= SHORTEST_WAY { Ok(()) } else { Err(NotASignature::TooSmall) }
    }

    /// The strokes as paths of an SVG of the pad's size in pixels, each with its width: smooth
    /// curves through the middles of neighbouring points, wider where the pen was slow or pressed.
    /// After the variable-width Béziers that signature pads commonly use.
    pub fn paths(&self, thin: f64, thick: f64) -> Vec<(String, f64)> {
        self.strokes.iter().flat_map(|stroke| stroke_paths(&points(stroke), thin, thick)).collect()
    }

    /// The box round everything drawn, in pixels: x, y, width, height.
    pub fn bounds(&self) -> (f64, f64, f64, f64) {
        let all: Vec<Point> = self.strokes.iter().flat_map(points).collect();
        let min = |f: fn(&Point) -> f64| all.iter().map(f).fold(f64::INFINITY, f64::min);
        let max = |f: fn(&Point) -> f64| all.iter().map(f).fold(f64::NEG_INFINITY, f64::max);
        if all.is_empty() {
            return (0.0, 0.0, 1.0, 1.0);
        }
        let (x, y) = (min(|p| p.x), min(|p| p.y));
        (x, y, (max(|p| p.x) - x).max(1.0), (max(|p| p.y) - y).max(1.0))
    }
}

fn stroke_paths(points: &[Point], thin: f64, thick: f64) -> Vec<(String, f64)> {
    let dot = |p: &Point| (format!("M{} {}h.01", tenths(p.x), tenths(p.y)), (thin + thick) / 2.0);
    match points {
        [] => return Vec::new(),
        [only] => return vec![dot(only)],
        _ => {}
    }
    let mut width = (thin + thick) / 2.0;
    let mut paths = Vec::with_capacity(points.len());
    let mut from = points[0];
    for (at, pair) in points.windows(2).enumerate() {
        let [a, b] = [pair[0], pair[1]];
        let last = at + 2 == points.len();
        let to = if last { b } else { Point { x: (a.x + b.x) / 2.0, y: (a.y + b.y) / 2.0, ..b } };
        // 1.5 px a millisecond is a fast pen; the width follows it slowly, so that it never jumps.
        let speed = length(b.x - a.x, b.y - a.y) / (b.at - a.at).max(1.0);
        let slow = 1.0 / (1.0 + speed / 1.5);
        let wanted = thin + (thick - thin) * slow * (0.4 + 0.6 * b.pressure.max(0.5));
        width = width * 0.7 + wanted * 0.3;
        let [start, bend, end] = [&from, &a, &to].map(|p| format!("{} {}", tenths(p.x), tenths(p.y)));
        paths.push((format!("M{start}Q{bend} {end}"), (width * 100.0).round() / 100.0));
        from = to;
    }
    paths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strokes_keep_their_place_and_shape_on_a_pad_of_another_size() {
        let drawn = Strokes { width: 7_000, height: 3_000, strokes: vec![vec![[0, 0, 0, 500]]] };
        assert_eq!(drawn.lie_in(700.0, 300.0), (1.0, 0.0, 0.0));
        assert_eq!(drawn.lie_in(350.0, 300.0), (0.5, 0.0, 75.0));
        assert_eq!(drawn.lie_in(1_000.0, 150.0), (0.5, 325.0, 0.0));
        let clear = Strokes { strokes: Vec::new(), ..drawn };
        assert_eq!(clear.lie_in(350.0, 300.0), (1.0, 0.0, 0.0), "an empty pad begins anew");
    }

    #[test]
    fn the_ball_of_a_hand_is_no_finger() {
        assert!(!is_palm(1.0, 1.0) && !is_palm(46.0, 52.0));
        assert!(is_palm(40.0, 95.0));
    }
}
