//! 号牌号码: the kinds of GA 36-2018, and the keyboard that follows them.

mod kinds;

use std::fmt;

use chrono::NaiveDate;

use super::{Reading, normalised};
use crate::record::{kept_within, named, variants};
pub use kinds::PlateKind;
use kinds::{PATTERNS, fits, kind_of};

/// The 31 provinces of the mainland, in the order of the keyboard.
pub const PROVINCES: &str = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新";

variants! {
/// What stands on the car.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plate {
    /// A number plate.
    Number = "number" {
        /// Without the point: `粤BD12345`.
        number: PlateNumber,
        /// Stored apart: it cannot be told from the text.
        colour: PlateColour,
    },
    /// 临时行驶车号牌
    Temporary = "temporary" {
        /// Without the point.
        number: PlateNumber,
        /// The last day on which it is valid.
        until: NaiveDate,
    },
    /// 无牌
    None = "none" {
        /// Why.
        reason: NoPlate,
    },
}
}

named! {
    /// Why there is no plate; the VIN is then required.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum NoPlate {
        /// 新车未上牌
        NewCar = "new_car",
        /// 号牌遗失
        Lost = "lost",
        /// 其他
        Other = "other",
    }
}

impl NoPlate {
    /// In the order of offering.
    pub const ALL: [Self; 3] = [Self::NewCar, Self::Lost, Self::Other];
}

named! {
    /// The colour of a plate.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
    pub enum PlateColour {
        /// 蓝
        Blue = "blue",
        /// 绿, new energy
        Green = "green",
        /// 黄
        Yellow = "yellow",
        /// 白
        White = "white",
        /// 黑
        Black = "black",
        /// 黄绿, large new energy
        YellowGreen = "yellow_green",
    }
}

/// The text of a plate as it was accepted, normalised.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlateNumber(String);

kept_within!(PlateNumber);

/// It may be written so: of no kind that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnusualPlate;

/// It cannot stand on a plate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAPlate {
    /// Nothing was entered.
    Empty,
    /// Longer than any plate.
    TooLong,
    /// Not a letter, digit or Chinese character.
    Character(char),
}

impl PlateNumber {
    /// Reads what was typed or scanned.
    pub fn read(text: &str) -> Reading<Self, UnusualPlate, NotAPlate> {
        let text = normalised(text);
        if text.is_empty() {
            return Reading::Impossible(NotAPlate::Empty);
        }
        let odd = |c: &char| {
            !c.is_ascii_uppercase() && !c.is_ascii_digit() && !('\u{4e00}'..='\u{9fff}').contains(c)
        };
        if let Some(odd) = text.chars().find(odd) {
            return Reading::Impossible(NotAPlate::Character(odd));
        }
        if text.chars().count() > 10 {
            return Reading::Impossible(NotAPlate::TooLong);
        }
        match kind_of(&text) {
            Some(_) => Reading::Valid(Self(text)),
            None => Reading::Unusual(Self(text), UnusualPlate),
        }
    }

    /// The kind, where the text tells it.
    pub fn kind(&self) -> Option<PlateKind> {
        kind_of(&self.0)
    }

    /// The colour that such a plate mostly has. Army and armed police begin with two letters, rescue
    /// ends with 应急: of no known pattern, but white.
    pub fn likely_colour(&self) -> PlateColour {
        let two_letters = self.0.len() >= 2 && self.0.bytes().take(2).all(|b| b.is_ascii_uppercase());
        match self.kind() {
            Some(kind) => kind.colour(),
            None if two_letters || self.0.ends_with("应急") => PlateColour::White,
            None => PlateColour::Blue,
        }
    }

    /// How a plate that is being typed will look, and how many characters it will have: D and F in the
    /// third place mostly begin new energy, with one character more.
    pub fn forecast(typed: &str) -> (PlateColour, usize) {
        let text = normalised(typed);
        let length = text.chars().count();
        let new_energy = text.chars().nth(2).is_some_and(|third| matches!(third, 'D' | 'F'))
            && fits("PLCNDDDD", &text, false);
        match Self::read(&text).value() {
            _ if new_energy => (PlateColour::Green, 8),
            Some(number) => (number.likely_colour(), length.clamp(7, 8)),
            None => (PlateColour::Blue, 7),
        }
    }

    /// Whether a key makes sense after what is typed: some known kind goes on so. After an unusual
    /// beginning every key does.
    pub fn may_follow(typed: &str, key: char) -> bool {
        let text = normalised(typed);
        if text.chars().count() >= 8 {
            return false;
        }
        let begins = |text: &str| PATTERNS.into_iter().any(|(_, pattern)| fits(pattern, text, false));
        begins(&format!("{text}{key}")) || !begins(&text)
    }

    /// `粤B·D***45`, where others can see it.
    pub fn masked(&self) -> String {
        let chars: Vec<char> = self.0.chars().collect();
        if chars.len() < 6 {
            return "***".into();
        }
        let head: String = chars[..2].iter().collect();
        let tail: String = chars[chars.len() - 2..].iter().collect();
        format!("{head}·{}***{tail}", chars[2])
    }

    /// As stored, without the point.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PlateNumber {
    /// With the point after the second character: `粤B·D12345`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let point = PROVINCES.contains(self.0.chars().next().unwrap_or('?'))
            && self.0.chars().nth(1).is_some_and(|c| c.is_ascii_uppercase());
        for (at, c) in self.0.chars().enumerate() {
            if at == 2 && point {
                f.write_str("·")?;
            }
            write!(f, "{c}")?;
        }
        Ok(())
    }
}

impl Plate {
    /// The number, where there is one.
    pub fn number(&self) -> Option<&PlateNumber> {
        match self {
            Self::Number { number, .. } | Self::Temporary { number, .. } => Some(number),
            Self::None { .. } => None,
        }
    }

    /// The last day of a temporary plate.
    pub fn until(&self) -> Option<NaiveDate> {
        match self {
            Self::Temporary { until, .. } => Some(*until),
            Self::Number { .. } | Self::None { .. } => None,
        }
    }

    /// A temporary plate whose last day is over: the car is not to be driven on the road.
    pub fn expired(&self, today: NaiveDate) -> bool {
        self.until().is_some_and(|until| until < today)
    }
}

impl fmt::Display for Plate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number { number, .. } | Self::Temporary { number, .. } => number.fmt(f),
            Self::None { .. } => f.write_str("无牌"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plates_of_every_known_kind_are_valid() {
        for (text, kind) in [
            ("京A12345", PlateKind::Ordinary),
            ("沪B8K66Z", PlateKind::Ordinary),
            ("渝AAB123", PlateKind::Ordinary),
            ("粤BDA1234", PlateKind::NewEnergySmall),
            ("京AF12345", PlateKind::NewEnergySmall),
            ("粤BK03456", PlateKind::NewEnergySmall),
            ("浙AC01234", PlateKind::NewEnergySmall),
            ("苏E12345D", PlateKind::NewEnergyLarge),
            ("鲁B1234挂", PlateKind::TrailerOrSchool),
            ("川A1234学", PlateKind::TrailerOrSchool),
            ("京A1234警", PlateKind::Police),
            ("粤Z1A34澳", PlateKind::HongKongMacau),
            ("京a-12345", PlateKind::Ordinary),
            ("粤B·D12345", PlateKind::NewEnergySmall),
            ("使224578", PlateKind::Embassy),
            ("沪A1234领", PlateKind::Consulate),
            ("224578使", PlateKind::Embassy),
            ("224578领", PlateKind::Consulate),
            ("沪1234领", PlateKind::Consulate),
            ("沪123456领", PlateKind::Consulate),
            ("粤Z1A34港", PlateKind::HongKongMacau),
            ("粤B临08213", PlateKind::Temporary),
            ("粤B08213临", PlateKind::Temporary),
            ("粤Ｂ１２３４５", PlateKind::Ordinary),
        ] {
            assert!(
                matches!(PlateNumber::read(text), Reading::Valid(plate) if plate.kind() == Some(kind)),
                "{text}"
            );
        }
    }

    #[test]
    fn plates_of_no_known_kind_are_a_question() {
        for text in [
            "京A1234",
            "京A123456",
            "京I12345",
            "京A1234O",
            "沪BABC12",
            "台A12345",
            "A12345",
            "粤BL12345",
            "粤BDAB123",
            "苏E1234D5",
            "沪A12345领",
            "京12345A",
            "WJ12345",
            "粤B12345港",
            "使22457",
            "鲁BABC1挂",
            "粤B临082",
        ] {
            assert!(matches!(PlateNumber::read(text), Reading::Unusual(_, UnusualPlate)), "{text}");
        }
    }

    #[test]
    fn what_cannot_stand_on_a_plate_is_refused() {
        let long = "京".repeat(10_000);
        assert_eq!(PlateNumber::read("  "), Reading::Impossible(NotAPlate::Empty));
        assert_eq!(PlateNumber::read(&long), Reading::Impossible(NotAPlate::TooLong));
        for (text, odd) in [("🚗", '🚗'), ("<script>", '<'), ("שלום", 'ש')] {
            assert_eq!(PlateNumber::read(text), Reading::Impossible(NotAPlate::Character(odd)));
        }
    }

    #[test]
    fn the_keyboard_offers_what_may_come_next() {
        let all = format!("{PROVINCES}0123456789ABCDEFGHJKLMNPQRSTUVWXYZ港澳学挂警领使临");
        let offered = |typed: &str| -> String {
            all.chars().filter(|key| PlateNumber::may_follow(typed, *key)).collect()
        };
        let letters = "ABCDEFGHJKLMNPQRSTUVWXYZ";
        let digits = "0123456789";
        assert_eq!(offered(""), format!("{PROVINCES}{digits}使"));
        assert_eq!(offered("粤"), format!("{digits}{letters}"));
        assert_eq!(offered("粤B"), format!("{digits}{letters}临"));
        assert_eq!(offered("粤B临0821"), format!("{digits}{letters}"));
        assert_eq!(offered("鲁B1234"), format!("{digits}{letters}学挂警领临"));
        assert_eq!(offered("粤Z1A34"), format!("{digits}{letters}港澳学挂警临"));
        assert_eq!(offered("粤B12345"), "ABCDEFGHJK临", "a class letter makes it a large new-energy plate");
        assert_eq!(offered("粤BD1234"), format!("{digits}临"));
        assert_eq!(offered("使22457"), digits);
        assert_eq!(offered("224578"), "领使");
        assert_eq!(offered("粤BD12345"), "", "it is full");
        assert_eq!(offered("WJ"), all, "an unusual beginning leaves every key");
        assert!(!PlateNumber::may_follow("粤B", 'I') && !PlateNumber::may_follow("粤B", 'O'));
    }

    #[test]
    fn the_colour_follows_the_kind_also_where_no_pattern_is_known() {
        use PlateColour::{Black, Blue, Green, White, Yellow, YellowGreen};
        for (text, colour) in [
            ("京A12345", Blue),
            ("粤BDA1234", Green),
            ("苏E12345D", YellowGreen),
            ("鲁B1234挂", Yellow),
            ("川A1234学", Yellow),
            ("京A1234警", White),
            ("WJ粤12345", White),
            ("VA12345", White),
            ("粤A1234应急", White),
            ("粤Z1A34港", Black),
            ("使224578", Black),
            ("沪A1234领", Black),
            ("粤B临08213", White),
            ("A12345", Blue),
        ] {
            let number = PlateNumber::read(text).value().expect("it can be written so");
            assert_eq!(number.likely_colour(), colour, "{text}");
        }
        assert_eq!(PlateNumber::forecast("粤BD123"), (Green, 8));
        assert_eq!(PlateNumber::forecast("粤BD123X"), (Blue, 7));
        assert_eq!(PlateNumber::forecast("粤B1"), (Blue, 7));
        assert_eq!(PlateNumber::forecast("苏E12345D"), (YellowGreen, 8));
    }

    #[test]
    fn a_temporary_plate_is_valid_through_its_last_day() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 4, day).expect("a day");
        let number = PlateNumber::read("粤B临08213").value().expect("a plate");
        let plate = Plate::Temporary { number, until: day(2) };
        assert!(!plate.expired(day(2)));
        assert!(plate.expired(day(3)));
    }

    #[test]
    fn a_plate_is_shown_with_its_point_and_masked_for_others() {
        let plate = PlateNumber::read("粤BD12345").value().expect("valid");
        assert_eq!(plate.to_string(), "粤B·D12345");
        assert_eq!(plate.masked(), "粤B·D***45");
        assert_eq!(plate.likely_colour(), PlateColour::Green);
    }
}
