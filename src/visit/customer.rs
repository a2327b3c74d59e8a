//! The customer: name, phone, how to address them. Names are never split into parts for storage.

use std::fmt;

use crate::text::{nfc, nfkc};

use super::vehicle::Reading;
use crate::record::{kept_within, named};

/// A name as it was accepted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonName(String);

kept_within!(PersonName);

/// Why a text is no name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAName {
    /// Nothing was entered.
    Empty,
    /// More than [`LONGEST_NAME`] characters, so many.
    TooLong(usize),
}

/// It may be written so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnusualName {
    /// Shorter or longer than names mostly are: so many characters.
    Length(usize),
    /// Other characters than a name mostly has.
    Characters,
}

/// The longest name, in characters.
pub const LONGEST_NAME: usize = 64;

impl PersonName {
    /// Reads a name; control characters and marks that turn the direction of text are dropped.
    pub fn read(text: &str) -> Reading<Self, UnusualName, NotAName> {
        let clean: String = nfc(text).chars().filter(|c| !is_invisible(*c)).collect();
        let clean = clean.split_whitespace().collect::<Vec<_>>().join(" ");
        let length = clean.chars().count();
        if length == 0 {
            return Reading::Impossible(NotAName::Empty);
        }
        if length > LONGEST_NAME {
            return Reading::Impossible(NotAName::TooLong(length));
        }
        let ordinary = |c: char| c.is_alphabetic() || matches!(c, '·' | ' ' | '.' | '-' | '\'' | '（' | '）');
        if !clean.chars().all(ordinary) {
            Reading::Unusual(Self(clean), UnusualName::Characters)
        } else if !(2..=30).contains(&length) {
            Reading::Unusual(Self(clean), UnusualName::Length(length))
        } else {
            Reading::Valid(Self(clean))
        }
    }

    /// The family name, compound ones from the list; the whole name where it is not Chinese.
    pub fn family_name(&self) -> String {
        let chars: Vec<char> = self.0.chars().collect();
        let chinese = chars.iter().all(|c| ('\u{4e00}'..='\u{9fff}').contains(c));
        if !chinese || chars.len() > 4 {
            return self.0.clone();
        }
        let two: String = chars.iter().take(2).collect();
        if chars.len() > 2 && COMPOUND_FAMILY_NAMES.contains(&two.as_str()) {
            two
        } else {
            chars[0].to_string()
        }
    }
}

/// 复姓
const COMPOUND_FAMILY_NAMES: [&str; 20] = [
    "欧阳", "诸葛", "司马", "上官", "司徒", "东方", "独孤", "南宫", "夏侯", "皇甫", "尉迟", "公孙", "慕容",
    "令狐", "宇文", "长孙", "端木", "申屠", "轩辕", "钟离",
];

/// Control characters and the marks that turn the direction of text.
pub fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

impl fmt::Display for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

named! {
    /// 称呼, chosen by the advisor, never guessed.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
    pub enum Salutation {
        /// 先生
        Mr = "mr",
        /// 女士
        Ms = "ms",
        /// 总
        Director = "director",
        /// 老师
        Teacher = "teacher",
        /// None at all.
        None = "none",
    }
}

impl Salutation {
    /// In the order of offering.
    pub const ALL: [Self; 5] = [Self::Mr, Self::Ms, Self::Director, Self::Teacher, Self::None];
}

named! {
    /// Who brings the car, to its owner.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
    pub enum Relation {
        /// 车主本人
        Owner = "owner",
        /// 家人
        Family = "family",
        /// 司机
        Driver = "driver",
        /// 同事, 朋友, others
        Other = "other",
    }
}

impl Relation {
    /// In the order of offering.
    pub const ALL: [Self; 4] = [Self::Owner, Self::Family, Self::Driver, Self::Other];
}

/// A telephone number, normalised.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone(String);

kept_within!(Phone);

/// It may be written so: foreign, or of no kind that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnusualPhone;

/// Why a text is no telephone number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAPhone {
    /// Nothing was entered.
    Empty,
    /// Something else than digits, +, - and blanks.
    Character(char),
    /// Fewer than 5 digits or more than 20.
    Length(usize),
}

/// `0755-26551234-802`: a landline and up to six digits behind its last dash.
fn landline_with_extension(text: &str) -> Option<String> {
    let (number, extension) = text.rsplit_once('-')?;
    let digits = (1..=6).contains(&extension.len()) && extension.bytes().all(|b| b.is_ascii_digit());
    // The number behind one dash is the number itself: an area code alone is none.
    let bare = number.replace('-', "");
    match Phone::read(&bare) {
        Reading::Valid(Phone(number)) if digits && number.starts_with('0') => {
            Some(format!("{number}-{extension}"))
        }
        _ => None,
    }
}

impl Phone {
    /// Reads a mobile (`1[3-9]` and nine more), landline with area code, 400 or 800, Hong Kong or
    /// Macau number.
    pub fn read(text: &str) -> Reading<Self, UnusualPhone, NotAPhone> {
        let text: String = nfkc(text).chars().filter(|c| !c.is_whitespace() && !is_invisible(*c)).collect();
        if let Some(with_extension) = landline_with_extension(&text) {
            return Reading::Valid(Self(with_extension));
        }
        let text = text.replace('-', "");
        if text.is_empty() {
            return Reading::Impossible(NotAPhone::Empty);
        }
        let odd = text.char_indices().find(|(at, c)| !(c.is_ascii_digit() || *c == '+' && *at == 0));
        if let Some((_, odd)) = odd {
            return Reading::Impossible(NotAPhone::Character(odd));
        }
        let digits = text.trim_start_matches('+').len();
        if !(5..=20).contains(&digits) {
            return Reading::Impossible(NotAPhone::Length(digits));
        }
        let local = text.strip_prefix("+86").or(text.strip_prefix("0086")).unwrap_or(&text);
        let bytes = local.as_bytes();
        let mobile = bytes.len() == 11 && bytes[0] == b'1' && (b'3'..=b'9').contains(&bytes[1]);
        let service = bytes.len() == 10 && (local.starts_with("400") || local.starts_with("800"));
        let landline = match bytes {
            [b'0', b'1', b'0', number @ ..] | [b'0', b'2', _, number @ ..] => Some(number),
            [b'0', b'3'..=b'9', _, _, number @ ..] => Some(number),
            _ => None,
        };
        let landline = landline.is_some_and(|number| {
            (7..=8).contains(&number.len()) && number.first().is_some_and(|first| *first != b'0')
        });
        let neighbour =
            (text.starts_with("+852") && text.len() == 12) || (text.starts_with("+8536") && text.len() == 12);
        if mobile || service || landline {
            Reading::Valid(Self(local.to_owned()))
        } else if neighbour {
            Reading::Valid(Self(text))
        } else {
            Reading::Unusual(Self(text), UnusualPhone)
        }
    }

    /// `138****5678`, where others can see it.
    pub fn masked(&self) -> String {
        let n = self.0.len();
        if n < 8 { "****".into() } else { format!("{}****{}", &self.0[..3], &self.0[n - 4..]) }
    }

    /// In groups for reading: `138 0013 5621`.
    pub fn grouped(&self) -> String {
        if self.0.len() == 11 && self.0.starts_with('1') {
            format!("{} {} {}", &self.0[..3], &self.0[3..7], &self.0[7..])
        } else {
            self.0.clone()
        }
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones_of_every_known_kind_are_valid() {
        for (text, number) in [
            ("13800138000", "13800138000"),
            ("+86 199-0000-1234", "19900001234"),
            ("010-65551234", "01065551234"),
            ("0755-2655 1234", "075526551234"),
            ("400-800-1234", "4008001234"),
            ("8008101234", "8008101234"),
            ("+853 6612 3456", "+85366123456"),
            ("0086 138 0013 8000", "13800138000"),
            ("0755-26551234-802", "075526551234-802"),
            ("0755 2655123-1", "07552655123-1"),
            ("+852 2345 6789", "+85223456789"),
            ("１３８００１３８０００", "13800138000"),
        ] {
            assert!(matches!(Phone::read(text), Reading::Valid(phone) if phone.0 == number), "{text}");
        }
    }

    #[test]
    fn other_phones_are_a_question_or_refused() {
        for text in [
            "12345678901",
            "1380013800",
            "138001380001",
            "65551234",
            "+1 212 555 0100",
            "+852 2345 678",
            "+853 2812 3456",
            "0755-26551234-1234567",
            "13800138000-1",
        ] {
            assert!(matches!(Phone::read(text), Reading::Unusual(_, UnusualPhone)), "{text}");
        }
        assert_eq!(Phone::read(""), Reading::Impossible(NotAPhone::Empty));
        assert_eq!(Phone::read("1".repeat(10_000).as_str()), Reading::Impossible(NotAPhone::Length(10_000)));
        for (text, odd) in [("<script>", '<'), ("138📱", '📱'), ("138x", 'x')] {
            assert_eq!(Phone::read(text), Reading::Impossible(NotAPhone::Character(odd)));
        }
    }

    #[test]
    fn a_phone_is_masked_for_others() {
        assert_eq!(Phone("13800135678".into()).masked(), "138****5678");
    }

    #[test]
    fn names_are_taken_as_they_are_said() {
        for text in ["陈志远", "买买提·艾力", "John O'Neil", "欧阳娜"] {
            assert!(matches!(PersonName::read(text), Reading::Valid(name) if name.0 == text), "{text}");
        }
        let long = "李".repeat(64);
        for text in ["李", "😀", "<script>alert(1)</script>", long.as_str()] {
            assert!(matches!(PersonName::read(text), Reading::Unusual(name, _) if name.0 == text), "{text}");
        }
        assert_eq!(PersonName::read("\u{202e}  "), Reading::Impossible(NotAName::Empty));
        assert_eq!(PersonName::read(&"李".repeat(65)), Reading::Impossible(NotAName::TooLong(65)));
    }

    #[test]
    fn a_name_has_2_to_30_characters_or_is_a_question_with_its_length() {
        let name = |length: usize| PersonName::read(&"李".repeat(length));
        assert!(matches!(name(2), Reading::Valid(_)) && matches!(name(30), Reading::Valid(_)));
        for length in [1, 31, 64] {
            assert!(matches!(name(length), Reading::Unusual(_, why) if why == UnusualName::Length(length)));
        }
    }

    #[test]
    fn compound_family_names_stay_whole() {
        for (name, family) in [
            ("陈志远", "陈"),
            ("欧阳娜娜", "欧阳"),
            ("欧阳", "欧"),
            ("买买提·艾力", "买买提·艾力"),
            ("John Smith", "John Smith"),
        ] {
            assert_eq!(PersonName(name.into()).family_name(), family);
        }
    }
}
