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

/// 夏令, 冬令: other hours in a part of every year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Season {
    /// The first day: month and day.
    pub from: (u32, u32),
    /// The last day, which may be in the next year.
    pub until: (u32, u32),
    /// Of each day of the week, Monday first; none where it is as usual.
    pub week: [Option<Vec<Span>>; 7],
}

impl Season {
    fn holds(&self, day: NaiveDate) -> bool {
        let day = (day.month(), day.day());
        if self.from <= self.until {
            (self.from..=self.until).contains(&day)
        } else {
            day >= self.from || day <= self.until
        }
    }
}

/// When the workshop works.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// Of each day of the week, Monday first, in order.
    pub week: [Vec<Span>; 7],
    /// Of two that hold a day the first one counts.
    pub seasons: Vec<Season>,
    /// Days that are otherwise: holidays, make-up days, half days. Data of each year.
    pub days: BTreeMap<NaiveDate, Vec<Span>>,
}

impl Calendar {
    /// When the workshop works on a day; never where it is closed.
    pub fn on(&self, day: NaiveDate) -> &[Span] {
        self.days.get(&day).map_or_else(|| self.usual(day), Vec::as_slice)
    }

    /// When it would work on a day that is not otherwise.
    pub fn usual(&self, day: NaiveDate) -> &[Span] {
        let at = day.weekday().num_days_from_monday() as usize;
        let season = self.seasons.iter().find(|season| season.holds(day));
        season.and_then(|season| season.week[at].as_ref()).unwrap_or(&self.week[at])
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
