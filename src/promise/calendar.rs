//! When a workshop works, by the clock on its wall.

use std::collections::BTreeMap;

use chrono::{Datelike as _, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

/// Nobody promises further ahead, in days.
const FURTHEST: u64 = 366;

/// Open from, and until; a lunch divides a day into two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// From.
    pub from: NaiveTime,
    /// Until, later on the same day.
    pub until: NaiveTime,
}

/// When the workshop works.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// Of each day of the week, Monday first, in order.
    pub week: [Vec<Span>; 7],
    /// Days that are otherwise: holidays, make-up days, half days. Data of each year.
    pub days: BTreeMap<NaiveDate, Vec<Span>>,
}

impl Calendar {
    /// When the workshop works on a day; never where it is closed.
    pub fn on(&self, day: NaiveDate) -> &[Span] {
        let usual = &self.week[day.weekday().num_days_from_monday() as usize];
        self.days.get(&day).unwrap_or(usual)
    }

    /// The first moment from `start` on at which the workshop works; `None` where it is closed for a year.
    pub fn opens(&self, start: NaiveDateTime) -> Option<NaiveDateTime> {
        self.spans(start).next().map(|(from, _)| from)
    }

    /// When so many minutes of work that begin at `start` are done; `None` where not within a year.
    pub fn done(&self, start: NaiveDateTime, minutes: i64) -> Option<NaiveDateTime> {
        let mut left = TimeDelta::minutes(minutes);
        for (from, until) in self.spans(start) {
            if left <= until - from {
                return Some(from + left);
            }
            left -= until - from;
        }
        None
    }

    /// What is left of every span from a moment on.
    fn spans(&self, start: NaiveDateTime) -> impl Iterator<Item = (NaiveDateTime, NaiveDateTime)> {
        let days = (0..=FURTHEST).filter_map(move |more| start.date().checked_add_days(Days::new(more)));
        let spans = days.flat_map(|day| self.on(day).iter().map(move |span| (day, span)));
        spans
            .map(move |(day, span)| (day.and_time(span.from).max(start), day.and_time(span.until)))
            .filter(|(from, until)| from < until)
    }
}
