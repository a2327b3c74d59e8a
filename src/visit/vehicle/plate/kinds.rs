//! The kinds of plates and what each looks like.

use super::{PROVINCES, PlateColour};

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
    /// 临
    Temporary,
}

impl PlateKind {
    /// What such a plate mostly looks like.
    pub fn colour(self) -> PlateColour {
        match self {
            Self::Ordinary => PlateColour::Blue,
            Self::NewEnergySmall => PlateColour::Green,
            Self::NewEnergyLarge => PlateColour::YellowGreen,
            Self::TrailerOrSchool => PlateColour::Yellow,
            Self::Police | Self::Temporary => PlateColour::White,
            Self::HongKongMacau | Self::Embassy | Self::Consulate => PlateColour::Black,
        }
    }
}

fn is_letter(c: char) -> bool {
    matches!(c, 'A'..='H' | 'J'..='N' | 'P'..='Z')
}

/// The patterns of GA 36-2018: `P` a province, `L` a letter, `D` a digit, `C` a class letter of new energy,
/// `N` letter or digit with at most two letters in all, `M` the same with any number of them. Sources
/// disagree on embassies and consulates, so every form of theirs is known.
pub(super) const PATTERNS: [(PlateKind, &str); 19] = [
    (PlateKind::Ordinary, "PLNNNNN"),
    (PlateKind::NewEnergySmall, "PLCNDDDD"),
    (PlateKind::NewEnergyLarge, "PLDDDDDC"),
    (PlateKind::TrailerOrSchool, "PLNNNN挂"),
    (PlateKind::TrailerOrSchool, "PLNNNN学"),
    (PlateKind::Police, "PLNNNN警"),
    (PlateKind::HongKongMacau, "粤ZMMMM港"),
    (PlateKind::HongKongMacau, "粤ZMMMM澳"),
    (PlateKind::Embassy, "使DDDDDD"),
    (PlateKind::Embassy, "DDDDDD使"),
    (PlateKind::Consulate, "PLDDDD领"),
    (PlateKind::Consulate, "DDDDDD领"),
    (PlateKind::Consulate, "PDDDD领"),
    (PlateKind::Consulate, "PDDDDD领"),
    (PlateKind::Consulate, "PDDDDDD领"),
    (PlateKind::Temporary, "PL临MMMM"),
    (PlateKind::Temporary, "PL临MMMMM"),
    (PlateKind::Temporary, "PLMMMM临"),
    (PlateKind::Temporary, "PLMMMMM临"),
];

/// Whether a text is the beginning of what a pattern describes, or with `whole` all of it.
pub(super) fn fits(pattern: &str, text: &str, whole: bool) -> bool {
    let mut letters = 0;
    let mut places = pattern.chars();
    let begins = text.chars().all(|c| match places.next() {
        Some('P') => PROVINCES.contains(c),
        Some('L') => is_letter(c),
        Some('D') => c.is_ascii_digit(),
        Some('C') => matches!(c, 'A'..='H' | 'J' | 'K'),
        Some('M') => is_letter(c) || c.is_ascii_digit(),
        Some('N') => {
            letters += usize::from(is_letter(c));
            (is_letter(c) || c.is_ascii_digit()) && letters <= 2
        }
        place => place == Some(c),
    });
    begins && !(whole && places.next().is_some())
}

pub(super) fn kind_of(text: &str) -> Option<PlateKind> {
    PATTERNS.into_iter().find(|(_, pattern)| fits(pattern, text, true)).map(|(kind, _)| kind)
}
