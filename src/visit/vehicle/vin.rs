//! 车辆识别代号 VIN: ISO 3779, GB 16735-2019, check digit after 49 CFR 565.

use std::fmt;

use super::{Reading, normalised};
use crate::record::kept_within;
use crate::text::{nfkc, upper};

/// A VIN as it was accepted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Vin(String);

kept_within!(Vin);

/// It may be written so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnusualVin {
    /// Position 9 is binding for this maker and another digit was computed.
    CheckDigit {
        /// What stands there.
        found: char,
        /// What the other 16 give.
        computed: char,
    },
}

/// It cannot be a VIN.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotAVin {
    /// Not 17 characters but so many.
    Length(usize),
    /// I, O or Q; the same with 1 or 0 is proposed, never applied silently.
    Letter {
        /// What stands there.
        found: char,
        /// From 1.
        position: usize,
        /// The VIN with the look-alikes replaced.
        proposal: String,
    },
    /// Neither letter nor digit.
    Character(char),
}

const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

fn value(c: char) -> u32 {
    match c {
        '0'..='9' => c as u32 - '0' as u32,
        'A'..='H' => c as u32 - 'A' as u32 + 1,
        'J'..='N' => c as u32 - 'J' as u32 + 1,
        'P' => 7,
        'R' => 9,
        'S'..='Z' => c as u32 - 'S' as u32 + 2,
        _ => 0,
    }
}

fn check_digit(text: &str) -> char {
    let sum: u32 = text.chars().zip(WEIGHTS).map(|(c, weight)| value(c) * weight).sum();
    char::from_digit(sum % 11, 10).unwrap_or('X')
}

impl Vin {
    /// Reads what was typed or scanned.
    pub fn read(text: &str) -> Reading<Self, UnusualVin, NotAVin> {
        let text = normalised(text);
        if let Some(odd) = text.chars().find(|c| !c.is_ascii_uppercase() && !c.is_ascii_digit()) {
            return Reading::Impossible(NotAVin::Character(odd));
        }
        if text.len() != 17 {
            return Reading::Impossible(NotAVin::Length(text.len()));
        }
        if let Some(at) = text.find(['I', 'O', 'Q']) {
            let proposal = text.replace('I', "1").replace(['O', 'Q'], "0");
            let found = text[at..].chars().next().unwrap_or_default();
            return Reading::Impossible(NotAVin::Letter { found, position: at + 1, proposal });
        }
        let computed = check_digit(&text);
        let found = text[8..].chars().next().unwrap_or_default();
        // Binding in China and North America; European makers often fill the place with Z.
        let binding = text.starts_with(['L', '1', '2', '3', '4', '5']);
        if binding && computed != found {
            return Reading::Unusual(Self(text), UnusualVin::CheckDigit { found, computed });
        }
        Reading::Valid(Self(text))
    }

    /// Reads the VIN within the text of a barcode: Code 39 labels set an `I` before it, codes of two
    /// dimensions hold more than it. Of several places the one whose check digit fits holds.
    pub fn read_code(text: &str) -> Reading<Self, UnusualVin, NotAVin> {
        let clean = upper(&nfkc(text));
        let mut first = None;
        for run in clean.split(|c: char| !c.is_ascii_alphanumeric()).filter(|run| run.len() >= 17) {
            for at in 0..=run.len() - 17 {
                match Self::read(&run[at..at + 17]) {
                    Reading::Impossible(_) => {}
                    Reading::Valid(vin) if vin.check_digit_fits() => return Reading::Valid(vin),
                    found => first = first.or(Some(found)),
                }
            }
        }
        first.unwrap_or_else(|| Self::read(text))
    }

    /// Whether position 9 is what the others give.
    pub fn check_digit_fits(&self) -> bool {
        self.0.len() == 17 && self.0[8..].starts_with(check_digit(&self.0))
    }

    /// In groups of 3, 6, 2 and 6, to be compared with the driving licence.
    pub fn grouped(&self) -> String {
        let mut text = String::with_capacity(20);
        for (at, c) in self.0.chars().enumerate() {
            if matches!(at, 3 | 9 | 11) {
                text.push(' ');
            }
            text.push(c);
        }
        text
    }
}

impl fmt::Display for Vin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vins_whose_check_digit_fits_are_valid() {
        for text in [
            "LFV3A28W8N3012345",
            "LSGKE5411PW123456",
            "LHGCR165XK8010203",
            "LC0CE4DC7S1234567",
            "5YJ3E1EA1PF000316",
            "1M8GDM9AXKP042788",
            "lfv 3a28w8-n3·012345",
            "ＬＦＶ3A28W8N3012345",
        ] {
            assert!(matches!(Vin::read(text), Reading::Valid(vin) if vin.check_digit_fits()), "{text}");
        }
    }

    #[test]
    fn a_wrong_check_digit_is_a_question_where_it_is_binding() {
        for (text, found, computed) in [("LFV3A28W0N3012345", '0', '8'), ("LFV3A28W8N3012354", '8', '9')] {
            let expected = UnusualVin::CheckDigit { found, computed };
            assert!(matches!(Vin::read(text), Reading::Unusual(_, why) if why == expected), "{text}");
        }
    }

    #[test]
    fn a_european_filler_is_taken_without_a_question() {
        assert!(matches!(Vin::read("WVWZZZ1KZ6W612305"), Reading::Valid(vin) if !vin.check_digit_fits()));
    }

    #[test]
    fn letters_that_no_vin_has_are_refused_with_a_proposal() {
        for (text, letter, at, proposal) in [
            ("LFV3A28W8N3O12345", 'O', 12, "LFV3A28W8N3012345"),
            ("LFV3A28W8N3012Q45", 'Q', 15, "LFV3A28W8N3012045"),
            ("LFV3A28W8N30I2345", 'I', 13, "LFV3A28W8N3012345"),
        ] {
            let Reading::Impossible(NotAVin::Letter { found, position, proposal: proposed }) =
                Vin::read(text)
            else {
                panic!("{text} was taken");
            };
            assert_eq!((found, position, proposed.as_str()), (letter, at, proposal));
        }
    }

    #[test]
    fn other_texts_are_refused_and_none_panics() {
        let long = "L".repeat(10_000);
        assert_eq!(Vin::read("LFV3A28W8N301234"), Reading::Impossible(NotAVin::Length(16)));
        assert_eq!(Vin::read(&long), Reading::Impossible(NotAVin::Length(10_000)));
        assert_eq!(Vin::read(""), Reading::Impossible(NotAVin::Length(0)));
        for (text, odd) in [("🚗", '🚗'), ("<script>", '<'), ("שלום", 'ש'), ("粤BD12345", '粤')] {
            assert_eq!(Vin::read(text), Reading::Impossible(NotAVin::Character(odd)));
        }
    }

    #[test]
    fn a_code_gives_the_vin_that_is_in_it_and_the_same_guards_hold() {
        for text in [
            "LFV3A28W8N3012345",
            "ILFV3A28W8N3012345",
            "*LFV3A28W8N3012345*",
            "http://maker.cn/?vin=LFV3A28W8N3012345&m=1",
            "VIN:lfv3a28w8n3012345;COLOR:WHITE",
        ] {
            assert!(
                matches!(Vin::read_code(text), Reading::Valid(vin) if vin.0 == "LFV3A28W8N3012345"),
                "{text}"
            );
        }
        assert!(matches!(Vin::read_code("LFV3A28W0N3012345"), Reading::Unusual(..)), "a wrong check digit");
        assert!(matches!(Vin::read_code("LFV3A28W8N3O12345"), Reading::Impossible(NotAVin::Letter { .. })));
        assert!(matches!(Vin::read_code("6901234567892"), Reading::Impossible(NotAVin::Length(13))));
    }

    #[test]
    fn a_vin_is_shown_in_groups() {
        let vin = Vin::read("LFV3A28W8N3012345").value().expect("valid");
        assert_eq!(vin.grouped(), "LFV 3A28W8 N3 012345");
    }
}
