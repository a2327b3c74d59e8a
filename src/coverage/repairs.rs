//! Days and numbers of repairs, and what they come to.

use super::Limits;
use crate::record::named;

/// One repair of a problem that the guarantees count, from the agreed order to the passed inspection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repair {
    /// Minutes from one to the other.
    pub minutes: u32,
    /// Of them minutes on which parts made for this very car, or a traction battery, were on their way, and
    /// the rescue trip: not counted among the days in all (Art. 24).
    pub deducted: u32,
}

/// Every 24 hours are a day, and so is a rest (Art. 40).
pub fn repair_days(minutes: u32) -> u32 {
    minutes.div_ceil(24 * 60)
}

/// What the repairs of a car, or of one problem, add up to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// How many.
    pub repairs: u32,
    /// Days in all.
    pub days: u32,
    /// Days of the longest.
    pub longest: u32,
    /// How often the same assembly, or the same main part, was replaced.
    pub replaced: u32,
}

impl Count {
    /// Of these repairs.
    pub fn of(repairs: &[Repair]) -> Self {
        let days = |repair: &Repair| repair_days(repair.minutes.saturating_sub(repair.deducted));
        Self {
            repairs: repairs.len() as u32,
            days: repairs.iter().map(days).sum(),
            longest: repairs.iter().map(|repair| repair_days(repair.minutes)).max().unwrap_or_default(),
            replaced: 0,
        }
    }

    /// What it comes to, and what it is near to.
    pub fn due(&self, limits: &Limits, dangerous: bool) -> Vec<Due> {
        let tried = if dangerous { limits.dangerous_repairs } else { limits.repairs };
        let over = if dangerous { self.repairs >= tried } else { self.repairs > tried };
        let mut due = Vec::new();
        if over {
            due.push(Due::Repairs);
        } else if self.repairs + 1 >= tried {
            due.push(Due::NearlyRepairs);
        }
        if self.replaced >= limits.replacements {
            due.push(Due::Replacements);
        } else if self.replaced > 0 && self.replaced + 1 >= limits.replacements {
            due.push(Due::NearlyReplacements);
        }
        if self.days > limits.days {
            due.push(Due::Days);
        } else if self.days >= limits.days * 2 / 3 {
            due.push(Due::NearlyDays);
        }
        if self.longest > limits.days_at_once {
            due.push(Due::AnotherCar);
        } else if self.longest + 1 >= limits.days_at_once {
            due.push(Due::NearlyAnotherCar);
        }
        due
    }
}

named! {
    /// What repairs have come to. Nearly is said to the manager.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Due {
        /// One more repair of the same, and the car is replaced or taken back.
        NearlyRepairs = "nearly_repairs",
        /// The same was repaired too often.
        Repairs = "too_many_repairs",
        /// Replaced once more, and it still fails: the car is replaced or taken back.
        NearlyReplacements = "nearly_replacements",
        /// The same assembly or main part was replaced too often, and it still fails.
        Replacements = "too_many_replacements",
        /// Soon there are too many days of repair.
        NearlyDays = "nearly_days",
        /// Too many days of repair.
        Days = "too_many_days",
        /// Soon another car, or the fares, are to be paid for.
        NearlyAnotherCar = "nearly_another_car",
        /// Another car, or the fares, are to be paid for.
        AnotherCar = "another_car",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repairs(hours: &[u32]) -> Vec<Repair> {
        hours.iter().map(|hours| Repair { minutes: hours * 60, deducted: 0 }).collect()
    }

    #[test]
    fn every_24_hours_are_a_day_of_repair_and_so_is_a_rest() {
        for (minutes, days) in
            [(0, 0), (1, 1), (24 * 60, 1), (24 * 60 + 1, 2), (120 * 60, 5), (120 * 60 + 1, 6)]
        {
            assert_eq!(repair_days(minutes), days, "{minutes} minutes");
        }
        let waited = Repair { minutes: 10 * 24 * 60, deducted: 4 * 24 * 60 };
        let count = Count::of(&[waited, Repair { minutes: 25 * 60, deducted: 0 }]);
        assert_eq!(
            count,
            Count { repairs: 2, days: 8, longest: 10, replaced: 0 },
            "one repair's days count whole"
        );
    }

    #[test]
    fn repeated_and_long_repairs_are_said_before_and_when_they_come_to_something() {
        let limits = Limits::order_43();
        let due = |repairs: &[Repair], dangerous| Count::of(repairs).due(&limits, dangerous);
        assert_eq!(due(&repairs(&[1; 2]), false), []);
        assert_eq!(due(&repairs(&[1; 3]), false), [Due::NearlyRepairs]);
        assert_eq!(due(&repairs(&[1; 4]), false), [Due::NearlyRepairs], "four are borne");
        assert_eq!(due(&repairs(&[1; 5]), false), [Due::Repairs]);
        assert_eq!(due(&repairs(&[1]), true), [Due::NearlyRepairs]);
        assert_eq!(due(&repairs(&[1, 1]), true), [Due::Repairs], "a serious safety fault after the second");

        assert_eq!(due(&repairs(&[72]), false), []);
        assert_eq!(due(&repairs(&[96]), false), [Due::NearlyAnotherCar], "four days of one repair");
        assert_eq!(due(&repairs(&[120]), false), [Due::NearlyAnotherCar]);
        let over = [Repair { minutes: 120 * 60 + 1, deducted: 0 }];
        assert_eq!(due(&over, false), [Due::AnotherCar]);

        let replaced = |replaced: u32| Count { replaced, ..Count::of(&[]) }.due(&limits, false);
        assert_eq!(replaced(0), []);
        assert_eq!(replaced(1), [Due::NearlyReplacements]);
        assert_eq!(replaced(2), [Due::Replacements], "twice, and it fails again");

        let days = |days: u32| Count { repairs: 1, days, longest: 0, replaced: 0 }.due(&limits, false);
        assert_eq!(days(19), []);
        assert_eq!(days(20), [Due::NearlyDays]);
        assert_eq!(days(30), [Due::NearlyDays], "thirty are borne");
        assert_eq!(days(31), [Due::Days]);
    }
}
