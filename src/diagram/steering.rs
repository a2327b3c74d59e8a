//! On which side the driver sits, and the steering wheel in the view from above.

use super::{Body, View};
use crate::decimal::tenths;
use crate::record::named;

named! {
    /// A side of the car, never the viewer's.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Side {
        /// 左舵
        #[default]
        Left = "left",
        /// 右舵
        Right = "right",
    }
}

impl Side {
    /// In the order of offering.
    pub const ALL: [Self; 2] = [Self::Left, Self::Right];

    /// The side that a zone lies on: `LFD` and `LLf` on the left, `GR` and `RF` on none.
    pub fn of_zone(zone: &str) -> Option<Self> {
        let rest = zone.get(1..).unwrap_or_default();
        let sided = rest.len() == 2 && rest.chars().all(|c| c.is_ascii_alphabetic());
        match zone.as_bytes().first() {
            Some(b'L') if sided => Some(Self::Left),
            Some(b'R') if sided && zone != "RBm" => Some(Self::Right),
            _ => None,
        }
    }
}

/// Rim, hub and spokes, around a point of their own.
pub const WHEEL: &str = "M-11 0A11 11 0 1 1 11 0A11 11 0 1 1 -11 0M-3 0A3 3 0 1 1 3 0A3 3 0 1 1 -3 0M3 0H11M-1.5 -2.6L-5.5 -9.5M-1.5 2.6L-5.5 9.5";

/// Where the wheel stands in the view from above, as an SVG transform within the fold-out.
pub fn wheel_at(body: Body, side: Side) -> String {
    // Behind the windscreen, midway between the car's middle and its side.
    let (_, top, _, height) = View::Top.frame(body);
    let middle = f64::from(top) + f64::from(height) / 2.0;
    let away = f64::from(height) * 0.15;
    let x = match body {
        Body::Sedan => 335.0,
        Body::Suv => 336.0,
        Body::Mpv => 316.0,
        Body::Pickup => 306.0,
    };
    // From above the front lies at the left, so the car's left is below.
    let y = match side {
        Side::Left => middle + away,
        Side::Right => middle - away,
    };
    format!("translate({} {})", tenths(x), tenths(y))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::zones;

    #[test]
    fn a_zone_of_one_side_has_its_twin_on_the_other() {
        for body in Body::ALL {
            let count = |side| zones(body).iter().filter(|zone| Side::of_zone(zone.id) == Some(side)).count();
            assert_eq!(count(Side::Left), count(Side::Right), "{body:?}");
        }
        assert_eq!(Side::of_zone("RBm"), None);
        assert_eq!(Side::of_zone("RF"), None);
        assert_eq!(Side::of_zone("interior"), None);
    }

    #[test]
    fn the_wheel_stands_on_the_drivers_side_of_the_middle() {
        for body in Body::ALL {
            assert_ne!(wheel_at(body, Side::Left), wheel_at(body, Side::Right));
        }
    }
}
