//! How long each step took: its seconds on the screen, without pauses, over every tablet.

use super::{Change, Visit};
use crate::route::Step;

/// After so long without a touch the advisor does something else: that is a pause, in milliseconds.
pub const PAUSE_AFTER: i64 = 120_000;

/// Measures one step on one tablet. Times are milliseconds of any clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stopwatch {
    counted: i64,
    /// The last sign of life; none while the page is hidden.
    seen: Option<i64>,
}

impl Stopwatch {
    /// The step is on the screen from now.
    pub fn begin(now: i64) -> Self {
        Self { counted: 0, seen: Some(now) }
    }

    /// Somebody touched it, or the page is shown again.
    pub fn touch(&mut self, now: i64) {
        // A clock that was set back or far ahead counts nothing that nobody saw.
        self.counted += self.seen.map_or(0, |seen| (now - seen).clamp(0, PAUSE_AFTER));
        self.seen = Some(now);
    }

    /// The page is hidden: another app, or the tablet is locked.
    pub fn hide(&mut self, now: i64) {
        self.touch(now);
        self.seen = None;
    }

    /// The step is left: whole seconds, none where it was only passed through.
    pub fn leave(mut self, now: i64) -> Option<u32> {
        if self.seen.is_some() {
            self.touch(now);
        }
        u32::try_from(self.counted / 1_000).ok().filter(|seconds| *seconds >= 2)
    }
}

impl Visit {
    /// Seconds of each step, of every tablet together.
    pub fn seconds(&self, of: Step) -> u32 {
        let timed = self.journal.additions().filter_map(|(_, fact)| match fact {
            Change::StepTimed { step, seconds } if *step == of => Some(*seconds),
            _ => None,
        });
        timed.fold(0, u32::saturating_add)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{Tablet, ready};
    use super::*;

    #[test]
    fn what_is_on_the_screen_counts_and_pauses_do_not() {
        let mut watch = Stopwatch::begin(1_000);
        watch.touch(31_000);
        watch.hide(41_000);
        // An hour in a pocket.
        watch.touch(3_641_000);
        watch.touch(3_651_000);
        assert_eq!(watch.leave(3_656_000), Some(30 + 10 + 10 + 5));
    }

    #[test]
    fn two_minutes_without_a_touch_still_count_and_more_is_a_pause() {
        assert_eq!(Stopwatch::begin(0).leave(PAUSE_AFTER), Some(120));
        assert_eq!(Stopwatch::begin(0).leave(PAUSE_AFTER + 3_600_000), Some(120));
    }

    #[test]
    fn a_step_that_was_passed_through_and_a_clock_set_back_count_nothing() {
        assert_eq!(Stopwatch::begin(0).leave(1_999), None);
        assert_eq!(Stopwatch::begin(0).leave(2_000), Some(2));
        assert_eq!(Stopwatch::begin(9_000_000).leave(0), None);
        let mut hidden = Stopwatch::begin(0);
        hidden.hide(500);
        assert_eq!(hidden.leave(60_000), None);
    }

    #[test]
    fn two_tablets_add_up() {
        let (mut one, mut two) = (Tablet::new(1), Tablet::new(2));
        let mut visit = ready(&mut one);
        one.write(&mut visit, Change::StepTimed { step: Step::Vehicle, seconds: 95 });
        two.write(&mut visit, Change::StepTimed { step: Step::Vehicle, seconds: 30 });
        two.write(&mut visit, Change::StepTimed { step: Step::Interview, seconds: u32::MAX });
        two.write(&mut visit, Change::StepTimed { step: Step::Interview, seconds: 1 });
        assert_eq!(visit.seconds(Step::Vehicle), 125);
        assert_eq!(visit.seconds(Step::Interview), u32::MAX);
        assert_eq!(visit.seconds(Step::Walkaround), 0);
    }
}
