//! Who pays for a repair: periods from dates and distances. Every finding names its rule and the numbers
//! that led to it. The limits are dated data; where a car was serviced is asked nowhere.

mod failed;
mod repairs;
mod workshop;

use chrono::{Days, Months, NaiveDate};

use crate::record::{kept, named};

pub use failed::Failed;
pub use repairs::{Count, Due, Repair, repair_days};
pub use workshop::{GuaranteeClass, Job, cause_until, repaired_in_vain};

/// So long, and so far, whichever ends first. Of a length without a distance only the days count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// How long.
    pub length: Length,
    /// How far from the start, in km.
    pub km: Option<u32>,
}

/// A length of time. The first day is not counted (民法典 Art. 201).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// Ends on the same day of the month, or the last one of a shorter month (Art. 202).
    Months(u32),
    /// Calendar days.
    Days(u32),
}

impl Period {
    /// A period.
    pub const fn of(length: Length, km: u32) -> Self {
        Self { length, km: Some(km) }
    }

    /// The last day that lies within, 24:00; where nobody works then, the next day after (Art. 203).
    pub fn last_day(&self, start: NaiveDate, is_off: impl Fn(NaiveDate) -> bool) -> NaiveDate {
        let end = match self.length {
            Length::Months(months) => start.checked_add_months(Months::new(months)),
            Length::Days(days) => start.checked_add_days(Days::new(days.into())),
        };
        let days = end.unwrap_or(NaiveDate::MAX).iter_days();
        days.take(MOST_OFF).find(|day| !is_off(*day)).or(end).unwrap_or(NaiveDate::MAX)
    }

    /// Whether it is at least as long and as far: a promise may be more than the law has, never less.
    pub fn covers(&self, least: &Self) -> bool {
        let longer = match (self.length, least.length) {
            (Length::Months(own), Length::Months(other)) | (Length::Days(own), Length::Days(other)) => {
                own >= other
            }
            // However long the months are.
            (Length::Days(own), Length::Months(other)) => u64::from(own) >= u64::from(other) * 31,
            (Length::Months(own), Length::Days(other)) => u64::from(own) * 28 >= u64::from(other),
        };
        longer && self.km.is_none_or(|km| least.km.is_some_and(|least| km >= least))
    }

    /// How it stands on a day and at an odometer, having begun on a day and at an odometer.
    pub fn look(
        self,
        rule: Rule,
        (start, from_km): (NaiveDate, u32),
        (day, km): (NaiveDate, u32),
        is_off: impl Fn(NaiveDate) -> bool,
    ) -> Finding {
        let last_km = self.km.map(|far| from_km.saturating_add(far));
        Finding { rule, start, last_day: self.last_day(start, is_off), last_km, day, km }
    }

    /// What counts where something is promised beside a least: the promise that is more, or both, where it is
    /// longer and not so far or the other way round. Less than the least counts for nothing.
    pub fn beside(promised: Option<Self>, least: Self) -> Vec<Self> {
        match promised {
            Some(promised) if promised.covers(&least) => vec![promised],
            Some(promised) if !least.covers(&promised) => vec![promised, least],
            _ => vec![least],
        }
    }
}

/// Nobody rests for longer.
const MOST_OFF: usize = 31;

/// What a car is used for: the three guarantees are for what is bought to live with (Art. 40).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// 家用
    Private,
    /// 营业, 单位
    Business,
}

named! {
    /// Where a period may run.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Rule {
        /// 包修期: repaired free of charge.
        Repair = "repair",
        /// 三包有效期: replaced or taken back where repairs do not help.
        ThreeGuarantees = "three_guarantees",
        /// A main part of engine, gearbox, traction battery or drive motor fails early: a new assembly.
        NewAssembly = "new_assembly",
        /// Steering, brakes, body, fuel or battery fail early and dangerously: replaced or taken back.
        EarlyDanger = "early_danger",
        /// An assembly must be replaced in the first days: replaced or taken back.
        FirstDays = "first_days",
        /// What wears, by its own period in the booklet.
        Wearing = "wearing",
        /// Traction battery, drive motor and their control, as the maker promises.
        HighVoltage = "high_voltage",
        /// The shop's own earlier job on this system: free and at once.
        Workshop = "workshop",
    }
}

/// The least that is promised, since a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The first day.
    pub valid_from: NaiveDate,
    /// 包修期
    pub repair: Period,
    /// 三包有效期
    pub three_guarantees: Period,
    /// For a new assembly, and for early dangers.
    pub early: Period,
    /// For an assembly in the first days.
    pub first_days: Period,
    /// So many repairs of a serious safety fault are tried.
    pub dangerous_repairs: u32,
    /// So many repairs of one problem are tried.
    pub repairs: u32,
    /// So often an assembly, or one main part, is replaced.
    pub replacements: u32,
    /// So many days of repair in all are borne.
    pub days: u32,
    /// So many days of one repair are borne without another car.
    pub days_at_once: u32,
}

impl Limits {
    /// 家用汽车产品修理更换退货责任规定, SAMR Order 43.
    pub fn order_43() -> Self {
        Self {
            valid_from: NaiveDate::from_ymd_opt(2022, 1, 1).expect("a day"),
            repair: Period::of(Length::Months(36), 60_000),
            three_guarantees: Period::of(Length::Months(24), 50_000),
            early: Period::of(Length::Days(60), 3_000),
            first_days: Period { length: Length::Days(7), km: None },
            dangerous_repairs: 2,
            repairs: 4,
            replacements: 2,
            days: 30,
            days_at_once: 5,
        }
    }

    /// Those that held on a day, of several in any order.
    pub fn on(all: &[Self], day: NaiveDate) -> Option<&Self> {
        all.iter().filter(|limits| limits.valid_from <= day).max_by_key(|limits| limits.valid_from)
    }
}

/// A period, looked at on a day and at an odometer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which.
    pub rule: Rule,
    /// From when.
    pub start: NaiveDate,
    /// Up to when, that day included.
    pub last_day: NaiveDate,
    /// Up to which odometer, that one included.
    pub last_km: Option<u32>,
    /// Looked at on this day.
    pub day: NaiveDate,
    /// And at this odometer.
    pub km: u32,
}

kept!(Finding { rule, start, last_day, day, km; last_km });

impl Finding {
    /// Whether both lie within.
    pub fn is_inside(&self) -> bool {
        self.day <= self.last_day && self.last_km.is_none_or(|last| self.km <= last)
    }
}

/// A car as the rules see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Car {
    /// The day of the purchase invoice.
    pub invoiced: NaiveDate,
    /// The day of delivery, where it is another one.
    pub delivered: Option<NaiveDate>,
    /// What it is used for.
    pub used: Use,
    /// On which day it is looked at.
    pub day: NaiveDate,
    /// And at which odometer.
    pub km: u32,
}

impl Car {
    /// From when periods run: delivery, where it was on another day than the invoice (Art. 18).
    pub fn start(&self) -> NaiveDate {
        self.delivered.unwrap_or(self.invoiced)
    }

    /// How a period stands that began with the car.
    pub fn look(&self, rule: Rule, period: Period, is_off: impl Fn(NaiveDate) -> bool) -> Finding {
        period.look(rule, (self.start(), 0), (self.day, self.km), is_off)
    }

    /// Whether the law's three guarantees are for it at all.
    pub fn is_guaranteed(&self) -> bool {
        self.used == Use::Private
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn works(_: NaiveDate) -> bool {
        false
    }

    fn car(start: &str, on: &str, km: u32) -> Car {
        Car { invoiced: day(start), delivered: None, used: Use::Private, day: day(on), km }
    }

    #[test]
    fn each_period_has_its_last_day_and_its_last_kilometre_within_and_the_next_outside() {
        let limits = Limits::order_43();
        for (rule, period, start, last, outside, km) in [
            (Rule::Repair, limits.repair, "2024-03-10", "2027-03-10", "2027-03-11", 60_000),
            (
                Rule::ThreeGuarantees,
                limits.three_guarantees,
                "2024-03-10",
                "2026-03-10",
                "2026-03-11",
                50_000,
            ),
            (Rule::NewAssembly, limits.early, "2026-03-01", "2026-04-30", "2026-05-01", 3_000),
            (Rule::EarlyDanger, limits.early, "2026-03-01", "2026-04-30", "2026-05-01", 3_000),
        ] {
            let inside = |on, km| car(start, on, km).look(rule, period, works).is_inside();
            assert!(inside(last, km), "{rule:?}: {last} and {km} km lie within");
            assert!(!inside(outside, km), "{rule:?}: {outside} lies outside");
            assert!(!inside(last, km + 1), "{rule:?}: {} km lie outside", km + 1);
        }
        let first =
            |on| car("2026-03-01", on, 99_999).look(Rule::FirstDays, limits.first_days, works).is_inside();
        assert!(first("2026-03-08") && !first("2026-03-09"), "the seventh day, and no kilometre");
    }

    #[test]
    fn a_period_runs_from_delivery_and_ends_on_the_last_day_of_a_shorter_month() {
        let mut late = car("2024-03-01", "2027-03-10", 10);
        late.delivered = Some(day("2024-03-10"));
        let found = late.look(Rule::Repair, Limits::order_43().repair, works);
        assert_eq!((found.start, found.last_day), (day("2024-03-10"), day("2027-03-10")));
        assert!(found.is_inside());
        let leap = Period::of(Length::Months(12), 1).last_day(day("2024-02-29"), works);
        assert_eq!(leap, day("2025-02-28"));
    }

    #[test]
    fn a_period_that_ends_on_a_holiday_ends_on_the_next_day_that_is_none() {
        let golden_week = |on: NaiveDate| (day("2026-10-01")..=day("2026-10-08")).contains(&on);
        let end = |start| Period::of(Length::Months(24), 1).last_day(day(start), golden_week);
        assert_eq!(end("2024-10-03"), day("2026-10-09"));
        assert_eq!(end("2024-09-30"), day("2026-09-30"), "the day before is none");
    }

    #[test]
    fn what_a_maker_promises_is_at_least_what_the_law_has() {
        let least = Limits::order_43().repair;
        assert!(Period::of(Length::Months(36), 60_000).covers(&least));
        assert!(
            Period { length: Length::Months(48), km: None }.covers(&least),
            "as far as one likes is more"
        );
        assert!(!Period::of(Length::Months(35), 100_000).covers(&least));
        assert!(!Period::of(Length::Months(60), 59_999).covers(&least));
        assert!(!Period::of(Length::Days(36 * 30), 60_000).covers(&least), "36 months are longer");
        assert!(Period::of(Length::Days(36 * 31), 60_000).covers(&least));
        assert!(!Period::of(Length::Days(9), 2_000).covers(&GuaranteeClass::Other.least()));
    }

    #[test]
    fn a_promise_counts_where_it_is_more_and_beside_the_least_where_each_is_more_in_something() {
        let least = Limits::order_43().repair;
        let beside = |months, km| Period::beside(Some(Period::of(Length::Months(months), km)), least);
        let promised = |months, km| Period::of(Length::Months(months), km);
        assert_eq!(Period::beside(None, least), [least]);
        assert_eq!(beside(36, 60_000), [least]);
        assert_eq!(beside(72, 150_000), [promised(72, 150_000)]);
        assert_eq!(beside(35, 59_999), [least], "the law is never undercut");
        assert_eq!(beside(48, 59_999), [promised(48, 59_999), least]);
        assert_eq!(beside(35, 60_001), [promised(35, 60_001), least]);
    }

    #[test]
    fn the_limits_that_hold_are_those_of_the_day() {
        let mut newer = Limits::order_43();
        newer.valid_from = day("2028-01-01");
        newer.repair = Period::of(Length::Months(48), 80_000);
        let all = [newer.clone(), Limits::order_43()];
        assert_eq!(Limits::on(&all, day("2027-12-31")), Some(&Limits::order_43()));
        assert_eq!(Limits::on(&all, day("2028-01-01")), Some(&newer));
        assert_eq!(Limits::on(&all, day("2021-12-31")), None);
        assert!(!Car { used: Use::Business, ..car("2024-01-01", "2024-02-01", 5) }.is_guaranteed());
    }
}
