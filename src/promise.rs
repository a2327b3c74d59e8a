//! 预计交车时间: when a car will be ready, from the hours of its jobs, who can do them and when, what waits
//! before it, and the parts that are to come. Local times of the dealership throughout: a workshop opens by
//! the clock on its wall, on days when that is put forward or back too.

mod calendar;

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike as _};

pub use calendar::{Calendar, Season, Span};

use crate::money::Quantity;
use crate::reference::Skill;

/// Promises are whole quarters of an hour.
const QUARTER: i64 = 15;

/// Who works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Technician {
    /// What they can do, high voltage apart.
    pub skills: Vec<Skill>,
    /// 低压电工: the last day of the permit, without which nobody touches high voltage.
    pub permit_until: Option<NaiveDate>,
}

impl Technician {
    fn can(&self, skill: Skill, on: NaiveDate) -> bool {
        match skill {
            Skill::HighVoltage => self.permit_until.is_some_and(|until| on <= until),
            other => self.skills.contains(&other),
        }
    }
}

/// The workshop as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Workshop {
    /// When it works.
    pub calendar: Calendar,
    /// Who works there.
    pub technicians: Vec<Technician>,
    /// What is signed and not done yet: for each car and skill its hours.
    pub queue: Vec<(Skill, Quantity)>,
    /// Internal check, washing and papers, in minutes.
    pub finish: u32,
}

/// A part that is needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needed {
    /// What it is called.
    pub name: String,
    /// When it is here.
    pub comes: Comes,
}

/// When a part is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comes {
    /// It lies in the store.
    InStore,
    /// In the course of this day: it is counted on the next one.
    During(NaiveDate),
    /// Nobody has said.
    Unknown,
}

/// How a promise came about: what is waited for or done, and until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What.
    pub what: What,
    /// Until.
    pub until: NaiveDateTime,
}

/// What is waited for or done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// The workshop opens.
    Opening,
    /// The latest part comes.
    Part(String, NaiveDate),
    /// Others' cars come first.
    Queue {
        /// What they need.
        skill: Skill,
        /// Together.
        hours: Quantity,
        /// How many cars.
        cars: usize,
        /// Among so many who can they are divided.
        people: usize,
    },
    /// So many hours of work.
    Work(Skill, Quantity),
    /// Internal check, washing, papers.
    Finish(u32),
}

/// A time, and how it came about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// Ready at.
    pub ready: NaiveDateTime,
    /// In order.
    pub steps: Vec<Step>,
}

/// Why no time can be promised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoPromise {
    /// Nobody can do this on the day on which it would be done.
    Nobody(Skill),
    /// Nobody has said when this part comes.
    NoDate(String),
    /// Not within a year.
    TooFar,
}

/// How far a promise has got.
struct Way {
    at: NaiveDateTime,
    steps: Vec<Step>,
}

impl Way {
    fn goes(&mut self, what: What, until: Option<NaiveDateTime>) -> Result<(), NoPromise> {
        self.at = until.ok_or(NoPromise::TooFar)?;
        self.steps.push(Step { what, until: self.at });
        Ok(())
    }
}

/// Hours in minutes, a part of one is one more.
fn minutes(hours: Quantity) -> i64 {
    (hours.0 * 60).div_euclid(1_000) + i64::from((hours.0 * 60).rem_euclid(1_000) > 0)
}

/// When a car that is here at `now` will be ready. Its jobs are done one after the other, as they stand.
///
/// # Errors
/// Nobody can say: a part has no date, nobody can do a job, or the workshop is closed for too long.
pub fn promise(
    now: NaiveDateTime,
    jobs: &[(Skill, Quantity)],
    parts: &[Needed],
    workshop: &Workshop,
) -> Result<Promise, NoPromise> {
    let calendar = &workshop.calendar;
    let mut way = Way { at: now, steps: Vec::new() };
    if let Some(unknown) = parts.iter().find(|part| part.comes == Comes::Unknown) {
        return Err(NoPromise::NoDate(unknown.name.clone()));
    }
    let dated = parts.iter().filter_map(|part| match part.comes {
        Comes::During(day) => Some((day, &part.name)),
        Comes::InStore | Comes::Unknown => None,
    });
    if let Some((day, name)) = dated.max_by_key(|(day, _)| *day) {
        let after = (day + Days::new(1)).and_time(NaiveTime::MIN);
        if after > way.at {
            way.goes(What::Part(name.clone(), day), calendar.opens(after))?;
        }
    }
    let opens = calendar.opens(way.at);
    if opens != Some(way.at) {
        way.goes(What::Opening, opens)?;
    }
    let mut waited: Vec<Skill> = Vec::new();
    for (skill, hours) in jobs {
        let able = |on: NaiveDate| workshop.technicians.iter().filter(|one| one.can(*skill, on)).count();
        let people = able(way.at.date());
        if people == 0 {
            return Err(NoPromise::Nobody(*skill));
        }
        // Others' cars stand before this one once, however many of its jobs need the same people.
        if !waited.contains(skill) {
            waited.push(*skill);
            let queue = workshop.queue.iter().filter(|(of, hours)| of == skill && hours.0 > 0);
            let (cars, hours) = (queue.clone().count(), queue.map(|(_, hours)| hours.0).sum());
            if cars > 0 {
                let share = Quantity(hours / people as i64);
                // They are worked off from now on, also while parts are waited for.
                let until = calendar.done(now, minutes(share)).ok_or(NoPromise::TooFar)?;
                if until > way.at {
                    let queue = What::Queue { skill: *skill, hours: Quantity(hours), cars, people };
                    way.goes(queue, Some(until))?;
                }
            }
        }
        way.goes(What::Work(*skill, *hours), calendar.done(way.at, minutes(*hours)))?;
        if able(way.at.date()) == 0 {
            return Err(NoPromise::Nobody(*skill));
        }
    }
    if workshop.finish > 0 {
        way.goes(What::Finish(workshop.finish), calendar.done(way.at, workshop.finish.into()))?;
    }
    Ok(Promise { ready: rounded(way.at, calendar), steps: way.steps })
}

/// The next quarter of an hour, but not after closing.
fn rounded(at: NaiveDateTime, calendar: &Calendar) -> NaiveDateTime {
    let over = i64::from(at.minute()) % QUARTER;
    let next = if over == 0 { at } else { at + TimeDelta::minutes(QUARTER - over) };
    let spans = calendar.on(at.date()).iter();
    let closes = spans.map(|span| at.date().and_time(span.until)).find(|until| *until >= at);
    closes.map_or(next, |closes| next.min(closes))
}

/// Whether a promise may take another's place: one that was given is changed with a reason only.
///
/// # Errors
/// [`NeedsReason`] where another one stands and no reason is given.
pub fn changed(before: Option<NaiveDateTime>, to: NaiveDateTime, reason: &str) -> Result<(), NeedsReason> {
    match before {
        Some(before) if before != to && reason.trim().is_empty() => Err(NeedsReason { before }),
        _ => Ok(()),
    }
}

/// Another time stands, which was said to the customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NeedsReason {
    /// What was said.
    pub before: NaiveDateTime,
}

#[cfg(test)]
mod tests;
