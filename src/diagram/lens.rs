//! What of a drawing is shown: all of it, or a part enlarged. A point of the car keeps its place under
//! the fingers, and a tablet that is turned shows the same middle again.

use super::{Body, View, WHOLE};
use crate::decimal::hundredths;

/// Pixels a unit has in an enlarged view: the smallest zones come near a finger's width.
pub const ENLARGED: f64 = 2.2;
const MOST: f64 = 6.0;

/// Where the drawing is looked at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lens {
    /// The middle, in units.
    pub x: f64,
    /// The middle, in units.
    pub y: f64,
    /// How many times larger than the whole drawing; 1 is the whole.
    pub times: f64,
}

/// A drawing's place on the screen, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// From the left of the window.
    pub left: f64,
    /// From the top of the window.
    pub top: f64,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
}

impl Place {
    /// Pixels of a unit where the whole drawing is shown: fitted without stretching.
    pub fn fit(&self) -> f64 {
        (self.width / WHOLE.2).min(self.height / WHOLE.3)
    }
}

impl Lens {
    /// The whole drawing.
    pub fn whole() -> Self {
        Self { x: WHOLE.0 + WHOLE.2 / 2.0, y: WHOLE.1 + WHOLE.3 / 2.0, times: 1.0 }
    }

    /// Whether less than the whole is shown.
    pub fn is_enlarged(&self) -> bool {
        self.times > 1.0
    }

    /// A view enlarged around a point of it. What lies beside the view is not looked at where that can
    /// be helped.
    pub fn on(body: Body, view: View, (x, y): (f64, f64), place: Place) -> Self {
        let times = (ENLARGED / place.fit()).clamp(1.2, MOST);
        let (left, top, width, height) = view.frame(body);
        let within = |at: f64, from: i32, length: i32, shown: f64| {
            let (from, length) = (f64::from(from), f64::from(length));
            let half = (shown / 2.0).min(length / 2.0);
            at.clamp(from + half, from + length - half)
        };
        let scale = place.fit() * times;
        Self {
            x: within(x, left, width, place.width / scale),
            y: within(y, top, height, place.height / scale),
            times,
        }
    }

    /// As an SVG `viewBox`.
    pub fn view_box(&self) -> String {
        let (width, height) = (WHOLE.2 / self.times, WHOLE.3 / self.times);
        [self.x - width / 2.0, self.y - height / 2.0, width, height]
            .map(|side| hundredths(side).to_string())
            .join(" ")
    }

    /// The point of the drawing under a pixel of the window, in units.
    pub fn under(&self, place: Place, (x, y): (f64, f64)) -> (f64, f64) {
        let scale = self.scale(place);
        (
            self.x + (x - place.left - place.width / 2.0) / scale,
            self.y + (y - place.top - place.height / 2.0) / scale,
        )
    }

    /// Pixels of a unit.
    pub fn scale(&self, place: Place) -> f64 {
        place.fit() * self.times
    }

    /// So many times larger, with a point of the drawing under a pixel.
    pub fn pinched(&self, place: Place, by: f64, point: (f64, f64), under: (f64, f64)) -> Self {
        let times = (self.times * by).clamp(1.0, MOST);
        if times < 1.05 {
            return Self::whole();
        }
        let lens = Self { times, ..*self };
        let now = lens.under(place, under);
        lens.moved(point.0 - now.0, point.1 - now.1)
    }

    /// Moved by so many units; the car never leaves the middle.
    pub fn moved(&self, x: f64, y: f64) -> Self {
        Self { x: (self.x + x).clamp(0.0, 784.0), y: (self.y + y).clamp(0.0, 510.0), ..*self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LANDSCAPE: Place = Place { left: 108.0, top: 172.0, width: 692.0, height: 470.0 };
    const PORTRAIT: Place = Place { left: 20.0, top: 240.0, width: 780.0, height: 560.0 };

    fn near(a: (f64, f64), b: (f64, f64)) -> bool {
        (a.0 - b.0).abs() < 0.01 && (a.1 - b.1).abs() < 0.01
    }

    #[test]
    fn an_enlarged_view_has_the_units_that_a_finger_needs_and_shows_the_zone() {
        for body in Body::ALL {
            for view in View::ALL {
                let (left, top, width, height) = view.frame(body);
                let middle =
                    (f64::from(left) + f64::from(width) / 2.0, f64::from(top) + f64::from(height) / 2.0);
                let lens = Lens::on(body, view, middle, LANDSCAPE);
                assert!((lens.scale(LANDSCAPE) - ENLARGED).abs() < 0.01);
                assert!(near((lens.x, lens.y), middle), "{body:?} {view:?}");
            }
        }
    }

    #[test]
    fn two_fingers_keep_the_points_of_the_car_under_them() {
        let lens = Lens::whole();
        let fingers = (400.0, 420.0);
        let point = lens.under(LANDSCAPE, fingers);
        let larger = lens.pinched(LANDSCAPE, 2.5, point, fingers);
        assert!(larger.is_enlarged() && near(larger.under(LANDSCAPE, fingers), point));
        assert_eq!(larger.pinched(LANDSCAPE, 0.1, point, fingers), Lens::whole());
    }

    #[test]
    fn a_turned_tablet_looks_at_the_same_place() {
        let lens = Lens::on(Body::Suv, View::Left, (300.0, 420.0), LANDSCAPE);
        let middle = |place: Place| {
            lens.under(place, (place.left + place.width / 2.0, place.top + place.height / 2.0))
        };
        assert!(near(middle(LANDSCAPE), middle(PORTRAIT)));
    }
}
