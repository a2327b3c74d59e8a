//! 号牌号码: the kinds of GA 36-2018, and the keyboard that follows them.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Reading, normalised};

/// The 31 provinces of the mainland, in the order of the keyboard.
pub const PROVINCES: &str = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新";

/// What stands on the car.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Plate {
    /// A number plate.
    Number {
        /// Without the point: `粤BD12345`.
        number: PlateNumber,
        /// Stored apart: it cannot be told from the text.
        colour: PlateColour,
    },
    /// 临时行驶车号牌
    Temporary {
        /// Without the point.
        number: PlateNumber,
        /// The last day on which it is valid.
        #[serde(deserialize_with = "crate::locale::day_from")]
        until: NaiveDate,
    },
    /// 无牌
    None {
        /// Why.
        reason: NoPlate,
    },
}

/// Why there is no plate; the VIN is then required.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoPlate {
    /// 新车未上牌
    NewCar,
    /// 号牌遗失
    Lost,
    /// 其他
    Other,
}

impl NoPlate {
    /// In the order of offering.
    pub const ALL: [Self; 3] = [Self::NewCar, Self::Lost, Self::Other];
}

/// The colour of a plate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlateColour {
    /// 蓝
    Blue,
    /// 绿, new energy
    Green,
    /// 黄
    Yellow,
    /// 白
    White,
    /// 黑
    Black,
    /// 黄绿, large new energy
    YellowGreen,
}

/// The kinds that a number can be told to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlateKind {
    /// 普通
    Ordinary,
    /// 小型新能源
    NewEnergySmall,
    /// 大型新能源
    NewEnergyLarge,
    /// 挂 学
    TrailerOrSchool,
    /// 警
    Police,
    /// 港 澳
    HongKongMacau,
    /// 使
    Embassy,
    /// 领
    Consulate,
}

impl PlateKind {
    /// What such a plate mostly looks like.
    pub fn colour(self) -> PlateColour {
        match self {
            Self::Ordinary => PlateColour::Blue,
            Self::NewEnergySmall => PlateColour::Green,
            Self::NewEnergyLarge => PlateColour::YellowGreen,
            Self::TrailerOrSchool => PlateColour::Yellow,
            Self::Police => PlateColour::White,
            Self::HongKongMacau | Self::Embassy | Self::Consulate => PlateColour::Black,
        }
    }
}

/// The text of a plate as it was accepted, normalised.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PlateNumber(String);

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

fn is_letter(c: char) -> bool {
    matches!(c, 'A'..='H' | 'J'..='N' | 'P'..='Z')
}

fn kind_of(text: &str) -> Option<PlateKind> {
    let chars: Vec<char> = text.chars().collect();
    let n = |c: &char| is_letter(*c) || c.is_ascii_digit();
    let digits = |part: &[char]| part.iter().all(char::is_ascii_digit);
    let at_most_two_letters = |part: &[char]| part.iter().filter(|c| is_letter(**c)).count() <= 2;
    let class = |c: &char| matches!(c, 'A'..='H' | 'J' | 'K');
    match chars.as_slice() {
        ['使', rest @ ..] | [rest @ .., '使'] if rest.len() == 6 && digits(rest) => {
            return Some(PlateKind::Embassy);
        }
        [rest @ .., '领'] if rest.len() == 6 && digits(rest) => return Some(PlateKind::Consulate),
        _ => {}
    }
    let [province, rest @ ..] = chars.as_slice() else { return None };
    if !PROVINCES.contains(*province) {
        return None;
    }
    if let [middle @ .., '领'] = rest
        && (4..=6).contains(&middle.len())
        && digits(middle)
    {
        return Some(PlateKind::Consulate);
    }
    let [city, rest @ ..] = rest else { return None };
    if !is_letter(*city) {
        return None;
    }
    match rest {
        [middle @ .., '挂' | '学']
            if middle.len() == 4 && middle.iter().all(n) && at_most_two_letters(middle) =>
        {
            Some(PlateKind::TrailerOrSchool)
        }
        [middle @ .., '警'] if middle.len() == 4 && middle.iter().all(n) && at_most_two_letters(middle) => {
            Some(PlateKind::Police)
        }
        [middle @ .., '港' | '澳']
            if *province == '粤' && *city == 'Z' && middle.len() == 4 && middle.iter().all(n) =>
        {
            Some(PlateKind::HongKongMacau)
        }
        [middle @ .., '领'] if middle.len() == 4 && digits(middle) => Some(PlateKind::Consulate),
        five if five.len() == 5 && five.iter().all(n) && at_most_two_letters(five) => {
            Some(PlateKind::Ordinary)
        }
        [first, second, last @ ..] if last.len() == 4 && class(first) && n(second) && digits(last) => {
            Some(PlateKind::NewEnergySmall)
        }
        [five @ .., last] if five.len() == 5 && digits(five) && class(last) => {
            Some(PlateKind::NewEnergyLarge)
        }
        _ => None,
    }
}

/// What the keyboard offers next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keys {
    /// The page of provinces.
    Provinces,
    /// Letters alone.
    Letters,
    /// Letters, digits, and the characters that may end a plate here.
    LettersAndDigits {
        /// Of 挂学警港澳领.
        last: &'static str,
    },
    /// The plate is full.
    Full,
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

    /// The colour that such a plate mostly has.
    pub fn likely_colour(&self) -> PlateColour {
        self.kind().map_or(PlateColour::Blue, PlateKind::colour)
    }

    /// How many characters stand on a plate that begins so: a class letter in the third place
    /// and another five characters make a new-energy plate of eight.
    pub fn cells(typed: &str) -> usize {
        if typed.chars().count() > 7 { 8 } else { 7 }
    }

    /// What the keyboard offers after what is typed.
    pub fn keys_after(typed: &str) -> Keys {
        let chars: Vec<char> = typed.chars().collect();
        match chars.as_slice() {
            [] => Keys::Provinces,
            [_] => Keys::Letters,
            ['粤', 'Z', rest @ ..] if rest.len() == 4 => {
                Keys::LettersAndDigits { last: "港澳挂学警领" }
            }
            [_, _, rest @ ..] if rest.len() == 4 => Keys::LettersAndDigits { last: "挂学警领" },
            [_, _, rest @ ..] if rest.len() < 6 => Keys::LettersAndDigits { last: "" },
            _ => Keys::Full,
        }
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
        assert_eq!(PlateNumber::keys_after(""), Keys::Provinces);
        assert_eq!(PlateNumber::keys_after("粤"), Keys::Letters);
        assert_eq!(PlateNumber::keys_after("粤B"), Keys::LettersAndDigits { last: "" });
        assert_eq!(PlateNumber::keys_after("鲁B1234"), Keys::LettersAndDigits { last: "挂学警领" });
        assert_eq!(PlateNumber::keys_after("粤Z1A34"), Keys::LettersAndDigits { last: "港澳挂学警领" });
        assert_eq!(PlateNumber::keys_after("粤B12345"), Keys::LettersAndDigits { last: "" });
        assert_eq!(PlateNumber::keys_after("粤BD12345"), Keys::Full);
    }

    #[test]
    fn a_temporary_plate_is_valid_through_its_last_day() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 4, day).expect("a day");
        let number = PlateNumber::read("粤B临08213").value().expect("asked and confirmed");
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
