//! The vehicle as it is read at the car: VIN, plate, odometer, energy.

mod electric;
mod plate;
mod vin;

use crate::text::{nfkc, upper};

use crate::record::{kept, kept_within, named};
pub use electric::{Charging, KeyAccess, LOW_CHARGE, PortFlap};
pub use plate::{NoPlate, NotAPlate, PROVINCES, Plate, PlateColour, PlateKind, PlateNumber, UnusualPlate};
pub use vin::{NotAVin, UnusualVin, Vin};

/// What was made of a text. Only [`Reading::Impossible`] blocks saving the field; an unusual one is
/// one tap "yes, it is written so": a car stands in the lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading<T, U, I> {
    /// As it should be.
    Valid(T),
    /// It may be so; ask once.
    Unusual(T, U),
    /// It cannot be so.
    Impossible(I),
}

impl<T, U, I> Reading<T, U, I> {
    /// The value, unless it is impossible.
    pub fn value(self) -> Option<T> {
        match self {
            Self::Valid(value) | Self::Unusual(value, _) => Some(value),
            Self::Impossible(_) => None,
        }
    }
}

/// NFKC (full width to half width), upper case, without blanks and separators.
pub(crate) fn normalised(text: &str) -> String {
    upper(&nfkc(text))
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '.' | '·' | '•' | '・'))
        .collect()
}

/// Why a text is no odometer reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAnOdometer {
    /// Nothing was entered.
    Empty,
    /// Something else than digits.
    NotANumber,
    /// Below zero.
    Negative,
    /// More than [`MOST_KM`].
    TooLarge,
}

/// No car has driven farther, in km.
pub const MOST_KM: u32 = 2_000_000;

/// Reads an odometer in km: `48,600`, `４８６００`, `48600 km`.
pub fn read_odometer(text: &str) -> Result<u32, NotAnOdometer> {
    let text: String =
        nfkc(text).chars().filter(|c| !c.is_whitespace() && !matches!(c, ',' | '，')).collect();
    let text = text.strip_suffix("km").or(text.strip_suffix("公里")).unwrap_or(&text);
    if text.is_empty() {
        return Err(NotAnOdometer::Empty);
    }
    if let Some(rest) = text.strip_prefix('-') {
        let digits = !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit());
        return Err(if digits { NotAnOdometer::Negative } else { NotAnOdometer::NotANumber });
    }
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err(NotAnOdometer::NotANumber);
    }
    match text.parse() {
        Ok(km) if km <= MOST_KM => Ok(km),
        _ => Err(NotAnOdometer::TooLarge),
    }
}

named! {
    /// Why the odometer shows less than it did.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub enum OdometerReason {
        /// The instrument was replaced.
        MeterReplaced = "meter_replaced",
        /// The earlier reading was wrong.
        EarlierWrong = "earlier_wrong",
        /// The archive's reading is of another car.
        OtherCar = "other_car",
    }
}

impl OdometerReason {
    /// In the order of offering.
    pub const ALL: [Self; 3] = [Self::MeterReplaced, Self::EarlierWrong, Self::OtherCar];
}

/// Fuel in eighths of a tank, 0 to 8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fuel(pub u8);

kept_within!(Fuel);

/// State of charge and the range shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Charge {
    /// 0 to 100.
    pub percent: u8,
    /// As the car shows it, km.
    pub range_km: Option<u16>,
}

kept!(Charge { percent, range_km });

/// Why a text is no state of charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAPercentage;

/// Reads a state of charge, 0 to 100 with or without `%`.
pub fn read_percent(text: &str) -> Result<u8, NotAPercentage> {
    let text: String = nfkc(text).chars().filter(|c| !c.is_whitespace()).collect();
    let text = text.strip_suffix('%').unwrap_or(&text);
    match text.parse::<u8>() {
        Ok(percent) if percent <= 100 && text.bytes().all(|b| b.is_ascii_digit()) => Ok(percent),
        _ => Err(NotAPercentage),
    }
}

named! {
    /// What drives the car.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
    pub enum Energy {
        /// 汽油
        Petrol = "petrol",
        /// 柴油
        Diesel = "diesel",
        /// 油电混合, not charged from outside
        Hybrid = "hybrid",
        /// 插电混动, range extenders too
        PlugIn = "plug_in",
        /// 纯电
        Electric = "electric",
    }
}

impl Energy {
    /// In the order of offering.
    pub const ALL: [Self; 5] = [Self::Petrol, Self::Electric, Self::PlugIn, Self::Hybrid, Self::Diesel];

    /// Whether there is a tank to read.
    pub fn has_fuel(self) -> bool {
        !matches!(self, Self::Electric)
    }

    /// Whether a traction battery and a motor drive it, alone or beside an engine.
    pub fn has_traction_battery(self) -> bool {
        !matches!(self, Self::Petrol | Self::Diesel)
    }

    /// Whether there is a state of charge to read.
    pub fn has_charge(self) -> bool {
        matches!(self, Self::PlugIn | Self::Electric)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_odometer_is_read_as_people_write_it() {
        for (text, km) in [
            ("48600", 48_600),
            ("48,600", 48_600),
            ("４８６００", 48_600),
            ("48 600 km", 48_600),
            ("0", 0),
            ("2000000", 2_000_000),
        ] {
            assert_eq!(read_odometer(text), Ok(km), "{text}");
        }
    }

    #[test]
    fn an_odometer_that_cannot_be_says_why() {
        let long = "9".repeat(10_000);
        for (text, why) in [
            ("", NotAnOdometer::Empty),
            ("  ", NotAnOdometer::Empty),
            ("-5", NotAnOdometer::Negative),
            ("2000001", NotAnOdometer::TooLarge),
            (long.as_str(), NotAnOdometer::TooLarge),
            ("🚗", NotAnOdometer::NotANumber),
            ("<script>", NotAnOdometer::NotANumber),
            ("١٢٣", NotAnOdometer::NotANumber),
            ("3.8万", NotAnOdometer::NotANumber),
            ("-", NotAnOdometer::NotANumber),
        ] {
            assert_eq!(read_odometer(text), Err(why), "{text:.20}");
        }
    }

    #[test]
    fn what_is_charged_from_outside_has_a_charge_and_what_has_a_tank_has_fuel() {
        for (energy, fuel, charge) in [
            (Energy::Petrol, true, false),
            (Energy::Diesel, true, false),
            (Energy::Hybrid, true, false),
            (Energy::PlugIn, true, true),
            (Energy::Electric, false, true),
        ] {
            assert_eq!((energy.has_fuel(), energy.has_charge()), (fuel, charge), "{energy:?}");
        }
    }

    #[test]
    fn a_state_of_charge_lies_between_0_and_100() {
        assert_eq!(read_percent("64%"), Ok(64));
        assert_eq!(read_percent("１００"), Ok(100));
        for text in ["", "101", "-1", "+5", "6.4", "🔋", "<script>"] {
            assert_eq!(read_percent(text), Err(NotAPercentage), "{text}");
        }
    }
}
