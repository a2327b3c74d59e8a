//! 轮胎: tread depth, pressure and age of each wheel, beside the limits that the catalogue gives.

use chrono::{Datelike as _, NaiveDate};

use super::{Change, Grade, Key, Visit, answered};
use crate::record::{kept, kept_within, named};
use crate::text::nfkc;

named! {
    /// A wheel of the car.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Wheel {
        /// 左前轮
        FrontLeft = "front_left",
        /// 右前轮
        FrontRight = "front_right",
        /// 左后轮
        RearLeft = "rear_left",
        /// 右后轮
        RearRight = "rear_right",
        /// 备胎
        Spare = "spare",
    }
}

impl Wheel {
    /// In the order of the paper.
    pub const ALL: [Self; 5] =
        [Self::FrontLeft, Self::FrontRight, Self::RearLeft, Self::RearRight, Self::Spare];

    /// The wheel that is looked at in a zone or area; the spare wheel lies in the boot.
    pub fn of_group(group: &str) -> Option<Self> {
        Some(match group {
            "LFW" => Self::FrontLeft,
            "RFW" => Self::FrontRight,
            "LRW" => Self::RearLeft,
            "RRW" => Self::RearRight,
            "boot" => Self::Spare,
            _ => return None,
        })
    }
}

/// Tread depth in tenths of a millimetre, at most 20 mm: a new tyre of a car has 7 to 9.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tread(pub u8);

kept_within!(Tread);

/// Pressure in kPa, at most 600; a temporary spare wheel has 420.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pressure(pub u16);

kept_within!(Pressure);

/// The week a tyre was made in, from the last four digits of its DOT code: `2319` is week 23 of 2019.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TyreWeek {
    /// 1 to 53.
    pub week: u8,
    /// Since 2000; older codes have three digits.
    pub year: u16,
}

kept!(TyreWeek { week, year });

/// Why a text is none of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAMeasure {
    /// No number.
    NotANumber,
    /// Smaller or larger than it can be.
    OutOfRange,
    /// A DOT code ends with week and year, four digits.
    NotAWeek,
    /// A week that has not come yet.
    Future,
}

/// Tenths of a number such as `4.5`, `4，5`, `４.５ mm`.
fn tenths(text: &str, units: &[&str]) -> Result<u32, NotAMeasure> {
    let text: String = nfkc(text).to_ascii_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    let text = units.iter().find_map(|unit| text.strip_suffix(unit)).unwrap_or(&text);
    let (whole, rest) = text.split_once(['.', ',', '，']).unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.len() < 6 && part.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(rest) {
        return Err(NotAMeasure::NotANumber);
    }
    let number = |part: &str| part.parse::<u32>().map_err(|_| NotAMeasure::NotANumber);
    Ok(number(whole)? * 10 + number(&rest[..1])?)
}

impl Tread {
    /// Reads millimetres.
    ///
    /// # Errors
    /// No number, or more than 20 mm.
    pub fn read(text: &str) -> Result<Self, NotAMeasure> {
        match u8::try_from(tenths(text, &["mm", "毫米"])?) {
            Ok(tenths) if tenths <= 200 => Ok(Self(tenths)),
            _ => Err(NotAMeasure::OutOfRange),
        }
    }
}

impl std::fmt::Display for Tread {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(to, "{}.{}", self.0 / 10, self.0 % 10)
    }
}

impl Pressure {
    /// Reads bar, or kPa where the number is one: nobody's tyre has 30 bar, or 30 kPa.
    ///
    /// # Errors
    /// No number, or more than 6 bar.
    pub fn read(text: &str) -> Result<Self, NotAMeasure> {
        let tenths = tenths(text, &["bar", "kpa"])?;
        let kpa = if tenths <= 60 { tenths * 10 } else { tenths / 10 };
        match u16::try_from(kpa) {
            Ok(kpa) if kpa <= 600 && (tenths <= 60 || kpa >= 60) => Ok(Self(kpa)),
            _ => Err(NotAMeasure::OutOfRange),
        }
    }
}

impl std::fmt::Display for Pressure {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // To the tenth, as a gauge shows it.
        let tenths = (self.0 + 5) / 10;
        write!(to, "{}.{}", tenths / 10, tenths % 10)
    }
}

impl TyreWeek {
    /// Reads the end of a DOT code.
    ///
    /// # Errors
    /// No such week, or one after today.
    pub fn read(text: &str, today: NaiveDate) -> Result<Self, NotAMeasure> {
        let text = nfkc(text);
        let code: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let end = code.char_indices().rev().nth(3).map_or("", |(at, _)| &code[at..]);
        if end.len() != 4 || !end.bytes().all(|b| b.is_ascii_digit()) {
            return Err(NotAMeasure::NotAWeek);
        }
        let number = |part: &str| part.parse::<u16>().map_err(|_| NotAMeasure::NotAWeek);
        let (week, year) = (number(&end[..2])?, 2000 + number(&end[2..])?);
        if !(1..=53).contains(&week) {
            return Err(NotAMeasure::NotAWeek);
        }
        let now = today.iso_week();
        if (i32::from(year), u32::from(week)) > (now.year(), now.week()) {
            return Err(NotAMeasure::Future);
        }
        Ok(Self { week: week as u8, year })
    }

    /// Whole years until a day.
    pub fn years(self, today: NaiveDate) -> u32 {
        let now = today.iso_week();
        let years = now.year() - i32::from(self.year) - i32::from(now.week() < u32::from(self.week));
        years.max(0) as u32
    }
}

impl std::fmt::Display for TyreWeek {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(to, "{:02}{:02}", self.week, self.year % 100)
    }
}

/// Where a tyre is worth a look and where it is bad; the dealership may change it in its catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TyreLimits {
    /// Tenths of a millimetre; below it the tyre must be changed. GB 7258-2017 9.1.6 has 1.6 mm.
    pub tread_least: u8,
    /// Tenths of a millimetre; below it it is near the end.
    pub tread_soon: u8,
    /// kPa; below it is too little.
    pub pressure_least: u16,
    /// kPa; above it is too much.
    pub pressure_most: u16,
    /// Years; from here it is to be looked at.
    pub years_soon: u32,
    /// Years; from here it is to be changed.
    pub years_most: u32,
}

kept!(TyreLimits { tread_least, tread_soon, pressure_least, pressure_most, years_soon, years_most });

impl Default for TyreLimits {
    fn default() -> Self {
        let (tread_least, tread_soon) = (16, 30);
        let (pressure_least, pressure_most) = (200, 320);
        let (years_soon, years_most) = (6, 10);
        Self { tread_least, tread_soon, pressure_least, pressure_most, years_soon, years_most }
    }
}

impl TyreLimits {
    /// What a depth is worth.
    pub fn tread(&self, tread: Tread) -> Grade {
        match tread.0 {
            depth if depth < self.tread_least => Grade::Bad,
            depth if depth < self.tread_soon => Grade::Attention,
            _ => Grade::Good,
        }
    }

    /// What a pressure is worth. A temporary spare wheel has its own, which nobody can tell from here.
    pub fn pressure(&self, wheel: Wheel, pressure: Pressure) -> Grade {
        let fits = pressure.0 >= self.pressure_least && pressure.0 <= self.pressure_most;
        let spare = wheel == Wheel::Spare && pressure.0 >= self.pressure_least;
        if fits || spare { Grade::Good } else { Grade::Attention }
    }

    /// What an age is worth.
    pub fn age(&self, made: TyreWeek, today: NaiveDate) -> Grade {
        match made.years(today) {
            years if years >= self.years_most => Grade::Bad,
            years if years >= self.years_soon => Grade::Attention,
            _ => Grade::Good,
        }
    }
}

/// What was measured at a wheel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tyre {
    /// 花纹深度
    pub tread: Option<Tread>,
    /// 胎压
    pub pressure: Option<Pressure>,
    /// 生产周
    pub made: Option<TyreWeek>,
}

impl Visit {
    /// What was measured at a wheel; nothing where nobody did.
    pub fn tyre(&self, wheel: Wheel) -> Tyre {
        Tyre {
            tread: answered!(self, Key::Tread(wheel), TreadMeasured, tread).copied().flatten(),
            pressure: answered!(self, Key::Pressure(wheel), PressureMeasured, pressure).copied().flatten(),
            made: answered!(self, Key::TyreMade(wheel), TyreDated, made).copied().flatten(),
        }
    }

    /// Items graded bad of which nobody said or showed why: neither a note, nor a photo or a mark in the
    /// same zone.
    pub fn bad_without_reason(&self) -> Vec<&str> {
        let said = |item: &str| {
            let note = self.item_note(item).and_then(|note| note.value());
            note.is_some_and(|note| !note.trim().is_empty())
        };
        let bad = self.items().into_iter().filter(|item| self.grade(item) == Some(Grade::Bad) && !said(item));
        let bad: Vec<&str> = bad.collect();
        if bad.is_empty() {
            return bad;
        }
        let (photos, marks) = (self.standing_photos(), self.marks());
        let shown = |item: &&str| {
            let group = super::walkaround::group_of(item);
            let photo = |photo: &super::Photo| photo.subject == super::PhotoSubject::Zone(group.to_owned());
            photos.iter().any(photo) || marks.iter().any(|mark| mark.place.zone == group)
        };
        bad.into_iter().filter(|item| !shown(item)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_tread_is_read_as_people_write_it_and_20_mm_is_the_most() {
        for (text, tenths) in
            [("4.5", 45), ("４．５ mm", 45), ("4，5", 45), ("1.60", 16), ("20", 200), ("0", 0)]
        {
            assert_eq!(Tread::read(text), Ok(Tread(tenths)), "{text}");
        }
        for text in ["20.1", "48"] {
            assert_eq!(Tread::read(text), Err(NotAMeasure::OutOfRange), "{text}");
        }
        for text in ["", "-1", "4.", "4.5.6", "深", "🛞", "<script>", "1e2", &"9".repeat(10_000)] {
            assert_eq!(Tread::read(text), Err(NotAMeasure::NotANumber), "{text:.20}");
        }
    }

    #[test]
    fn a_pressure_is_bar_or_kpa_by_its_size() {
        for (text, kpa) in
            [("2.3", 230), ("2.3 bar", 230), ("230", 230), ("245kPa", 245), ("6", 600), ("4.2", 420)]
        {
            assert_eq!(Pressure::read(text), Ok(Pressure(kpa)), "{text}");
        }
        assert_eq!(Pressure(245).to_string(), "2.5");
        for text in ["6.1", "30", "601", "59"] {
            assert_eq!(Pressure::read(text), Err(NotAMeasure::OutOfRange), "{text}");
        }
    }

    #[test]
    fn a_tyre_has_the_age_that_its_code_says() {
        let today = day("2026-03-18");
        let made = TyreWeek::read("DOT 1XJ9 8H2R 2319", today).unwrap();
        assert_eq!(made, TyreWeek { week: 23, year: 2019 });
        assert_eq!((made.years(today), made.to_string().as_str()), (6, "2319"));
        assert_eq!(TyreWeek { week: 12, year: 2020 }.years(today), 6, "the same week");
        assert_eq!(TyreWeek { week: 13, year: 2020 }.years(today), 5, "a week later");
        for text in ["", "319", "0019", "5419", "23a9", "轮胎2319胎", "🛞"] {
            assert_eq!(TyreWeek::read(text, today), Err(NotAMeasure::NotAWeek), "{text}");
        }
        assert!(TyreWeek::read("1226", today).is_ok(), "this week");
        assert_eq!(TyreWeek::read("1326", today), Err(NotAMeasure::Future), "next week");
    }

    #[test]
    fn limits_hold_on_both_sides() {
        let limits = TyreLimits::default();
        let today = day("2026-03-18");
        for (tenths, grade) in
            [(15, Grade::Bad), (16, Grade::Attention), (29, Grade::Attention), (30, Grade::Good)]
        {
            assert_eq!(limits.tread(Tread(tenths)), grade, "{tenths}");
        }
        for (kpa, grade) in
            [(199, Grade::Attention), (200, Grade::Good), (320, Grade::Good), (321, Grade::Attention)]
        {
            assert_eq!(limits.pressure(Wheel::FrontLeft, Pressure(kpa)), grade, "{kpa}");
        }
        assert_eq!(limits.pressure(Wheel::Spare, Pressure(420)), Grade::Good, "a temporary spare wheel");
        for (year, grade) in
            [(2016, Grade::Bad), (2017, Grade::Attention), (2020, Grade::Attention), (2021, Grade::Good)]
        {
            assert_eq!(limits.age(TyreWeek { week: 1, year }, today), grade, "{year}");
        }
    }

    #[test]
    fn a_bad_item_wants_a_note_or_a_photo_or_a_mark_of_its_zone_before_the_form_is_signed() {
        use crate::visit::check_in::CheckInGap;
        use crate::visit::tests::{Tablet, ready};
        let mut tablet = Tablet::new(1);
        let mut visit = ready(&mut tablet);
        let item = visit.items().into_iter().find(|item| item.starts_with("RRW.")).unwrap().to_owned();
        let lacks = |visit: &Visit| visit.check_in_gaps(&[]).contains(&CheckInGap::BadUnexplained(1));
        assert!(!lacks(&visit));
        tablet.write(&mut visit, Change::ItemGraded { item: item.clone(), grade: Some(Grade::Bad) });
        assert_eq!((visit.bad_without_reason(), lacks(&visit)), (vec![&*item], true));
        tablet.write(&mut visit, Change::ItemNoted { item: item.clone(), note: " ".to_owned().into() });
        assert!(lacks(&visit), "an empty note says nothing");
        tablet.write(&mut visit, Change::ItemNoted { item: item.clone(), note: "鼓包".to_owned().into() });
        assert!(!lacks(&visit), "said");
        tablet.write(&mut visit, Change::ItemNoted { item, note: String::new().into() });
        let place = crate::visit::MarkPlace {
            view: crate::diagram::View::Right,
            zone: "RRW".into(),
            x: 10,
            y: 10,
            body: None,
        };
        let (kind, severity, origin) =
            (crate::visit::DamageKind::Crack, crate::visit::Severity::Heavy, crate::visit::Origin::FoundNow);
        tablet.write(&mut visit, Change::DamageMarked { place, kind, severity, origin });
        assert!(!lacks(&visit), "shown by a mark");
    }

    #[test]
    fn a_reading_can_be_taken_back_and_one_of_another_wheel_is_its_own() {
        use crate::visit::tests::{Tablet, ready};
        let mut tablet = Tablet::new(1);
        let mut visit = ready(&mut tablet);
        let tread = |wheel, depth: Option<u8>| Change::TreadMeasured { wheel, tread: depth.map(Tread) };
        tablet.write(&mut visit, tread(Wheel::FrontLeft, Some(15)));
        tablet.write(&mut visit, tread(Wheel::RearLeft, Some(60)));
        assert_eq!(visit.tyre(Wheel::FrontLeft).tread, Some(Tread(15)));
        tablet.write(&mut visit, tread(Wheel::FrontLeft, None));
        assert_eq!(visit.tyre(Wheel::FrontLeft), Tyre::default());
        assert_eq!(visit.tyre(Wheel::RearLeft).tread, Some(Tread(60)));
    }
}
