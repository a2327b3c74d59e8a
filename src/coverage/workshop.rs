//! 返修: what a shop guarantees of its own earlier jobs.

use chrono::NaiveDate;

use super::{Finding, Length, Period, Rule};
use crate::record::named;

named! {
    /// The class of a job, for the shop's own guarantee. 一级维护, small and special repairs are the rest.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum GuaranteeClass {
        /// 整车修理, 总成修理
        Whole = "whole",
        /// 二级维护
        SecondMaintenance = "second_maintenance",
        /// 一级维护, 小修, 专项修理
        Other = "other",
    }
}

impl GuaranteeClass {
    /// The least that a shop guarantees, from the day of leaving: 机动车维修管理规定.
    pub fn least(self) -> Period {
        match self {
            Self::Whole => Period::of(Length::Days(100), 20_000),
            Self::SecondMaintenance => Period::of(Length::Days(30), 5_000),
            Self::Other => Period::of(Length::Days(10), 2_000),
        }
    }
}

/// An earlier job of the shop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Job {
    /// Its class.
    pub class: GuaranteeClass,
    /// The day on which the car came.
    pub came: NaiveDate,
    /// The day on which it left.
    pub left: NaiveDate,
    /// Its odometer then.
    pub km: u32,
}

impl Job {
    /// How its guarantee stands on a day and at an odometer.
    pub fn look(&self, at: (NaiveDate, u32), is_off: impl Fn(NaiveDate) -> bool) -> Finding {
        self.class.least().look(Rule::Workshop, (self.left, self.km), at, is_off)
    }
}

/// Up to when the shop must show another cause, that day included: 3 days, the first not counted.
pub fn cause_until(came: NaiveDate, is_off: impl Fn(NaiveDate) -> bool) -> NaiveDate {
    Period { length: Length::Days(3), km: None }.last_day(came, is_off)
}

/// After so many repairs of one fault without success another shop is arranged, and paid for.
const REPAIRS_BEFORE_ANOTHER_SHOP: usize = 2;

/// How many jobs on one fault were in vain, each come back within the guarantee of the one before, up to a car that
/// is here now; newest first. And whether another shop is to be arranged.
pub fn repaired_in_vain(
    jobs: &[Job],
    now: (NaiveDate, u32),
    is_off: impl Fn(NaiveDate) -> bool + Copy,
) -> (usize, bool) {
    let mut at = now;
    let in_vain = jobs.iter().take_while(|job| {
        let is_inside = job.look(at, is_off).is_inside();
        at = (job.came, job.km);
        is_inside
    });
    let count = in_vain.count();
    (count, count >= REPAIRS_BEFORE_ANOTHER_SHOP)
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

    fn job(class: GuaranteeClass, came: &str, left: &str, km: u32) -> Job {
        Job { class, came: day(came), left: day(left), km }
    }

    #[test]
    fn the_shops_own_guarantee_runs_from_the_day_and_the_odometer_of_leaving() {
        for (class, last, outside, km) in [
            (GuaranteeClass::Whole, "2026-04-11", "2026-04-12", 20_000),
            (GuaranteeClass::SecondMaintenance, "2026-01-31", "2026-02-01", 5_000),
            (GuaranteeClass::Other, "2026-01-11", "2026-01-12", 2_000),
        ] {
            let job = job(class, "2025-12-30", "2026-01-01", 38_000);
            let inside = |on, km| job.look((day(on), km), works).is_inside();
            assert!(inside(last, 38_000 + km), "{class:?}");
            assert!(!inside(outside, 38_000 + km), "{class:?}: a day later");
            assert!(!inside(last, 38_001 + km), "{class:?}: a kilometre more");
        }
    }

    #[test]
    fn another_cause_is_shown_within_three_days_and_a_holiday_at_their_end_does_not_count() {
        assert_eq!(cause_until(day("2026-03-18"), works), day("2026-03-21"));
        let off = |on: NaiveDate| on == day("2026-03-21");
        assert_eq!(cause_until(day("2026-03-18"), off), day("2026-03-22"));
    }

    #[test]
    fn a_fault_that_comes_back_after_two_repairs_goes_to_another_shop() {
        let other = GuaranteeClass::Other;
        let first = job(other, "2026-02-20", "2026-02-21", 30_000);
        let second = |came: &str| job(other, came, "2026-03-05", 30_500);
        let here = (day("2026-03-15"), 31_000);
        let in_vain = |jobs: &[Job], here| repaired_in_vain(jobs, here, works);
        assert_eq!(in_vain(&[], here), (0, false));
        assert_eq!(in_vain(&[second("2026-03-03")], here), (1, false));
        assert_eq!(in_vain(&[second("2026-03-03"), first], here), (2, true), "its period began anew");
        assert_eq!(in_vain(&[second("2026-03-04"), first], here), (1, false), "it came back a day too late");
        assert_eq!(in_vain(&[second("2026-03-03"), first], (day("2026-03-16"), 31_000)), (0, false));
        assert_eq!(in_vain(&[second("2026-03-03"), first], (day("2026-03-15"), 32_501)), (0, false));
    }
}
