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
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn at(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").expect("a moment")
    }

    fn span(from: u32, until: u32) -> Span {
        let time = |hour| NaiveTime::from_hms_opt(hour, 0, 0).expect("a time");
        Span { from: time(from), until: time(until) }
    }

    /// Monday to Friday 8 to 12 and 13 to 18, Saturday 8 to 12; two mechanics, one of them with a permit.
    fn workshop() -> Workshop {
        let full = vec![span(8, 12), span(13, 18)];
        let week =
            [full.clone(), full.clone(), full.clone(), full.clone(), full, vec![span(8, 12)], Vec::new()];
        let skills = vec![Skill::Mechanical, Skill::Diagnosis];
        Workshop {
            calendar: Calendar { week, ..Calendar::default() },
            technicians: vec![
                Technician { skills: skills.clone(), permit_until: None },
                Technician { skills, permit_until: Some(day("2026-03-20")) },
            ],
            queue: Vec::new(),
            finish: 30,
        }
    }

    fn hours(text: &str) -> Quantity {
        Quantity::read(text).expect("hours")
    }

    /// Wednesday.
    const NOW: &str = "2026-03-18 09:00";

    fn ready(now: &str, jobs: &[(Skill, &str)], workshop: &Workshop) -> Result<String, NoPromise> {
        let jobs: Vec<_> = jobs.iter().map(|(skill, text)| (*skill, hours(text))).collect();
        let promise = promise(at(now), &jobs, &[], workshop)?;
        Ok(promise.ready.format("%Y-%m-%d %H:%M").to_string())
    }

    fn ready_of(now: &str, time: &str, workshop: &Workshop) -> String {
        ready(now, &[(Skill::Mechanical, time)], workshop).expect("a promise")
    }

    #[test]
    fn work_goes_on_after_lunch_the_next_day_and_after_the_weekend() {
        let workshop = workshop();
        for (now, time, expected) in [
            (NOW, "1", "2026-03-18 10:30"),
            (NOW, "2.5", "2026-03-18 12:00"),
            (NOW, "2.6", "2026-03-18 13:15"),
            (NOW, "7.5", "2026-03-18 18:00"),
            (NOW, "7.6", "2026-03-19 08:15"),
            ("2026-03-20 17:00", "1.5", "2026-03-21 09:00"),
            ("2026-03-21 11:00", "1", "2026-03-23 08:30"),
            ("2026-03-22 10:00", "1", "2026-03-23 09:30"),
            ("2026-03-18 06:00", "1", "2026-03-18 09:30"),
            ("2026-03-18 18:00", "1", "2026-03-19 09:30"),
        ] {
            assert_eq!(ready_of(now, time, &workshop), expected, "{time} h from {now}");
        }
    }

    #[test]
    fn holidays_are_passed_over_and_make_up_days_are_worked() {
        let mut workshop = workshop();
        // 清明 Monday 6 April, made up for on Sunday 29 March.
        workshop.calendar.days.insert(day("2026-04-06"), Vec::new());
        workshop.calendar.days.insert(day("2026-03-29"), vec![span(8, 12)]);
        assert_eq!(ready_of("2026-04-04 11:30", "1", &workshop), "2026-04-07 09:00");
        assert_eq!(ready_of("2026-03-28 11:30", "1", &workshop), "2026-03-29 09:00");
    }

    #[test]
    fn where_the_clock_is_put_forward_or_back_the_workshop_opens_by_it() {
        let mut workshop = workshop();
        workshop.calendar.week[6] = vec![span(8, 12)];
        // Sundays on which Berlin's clock changes at night: the hours of work are the same.
        for sunday in ["2026-03-29", "2026-10-25"] {
            let saturday = (day(sunday) - Days::new(1)).format("%Y-%m-%d 11:30").to_string();
            assert_eq!(ready_of(&saturday, "1", &workshop), format!("{sunday} 09:00"));
        }
    }

    #[test]
    fn a_promise_is_rounded_to_the_next_quarter_but_not_after_closing() {
        let mut workshop = workshop();
        workshop.calendar.week[2] =
            vec![Span { from: span(8, 12).from, until: NaiveTime::from_hms_opt(10, 40, 0).expect("a time") }];
        assert_eq!(ready_of(NOW, "0.5", &workshop), "2026-03-18 10:00");
        assert_eq!(ready_of(NOW, "0.51", &workshop), "2026-03-18 10:15");
        assert_eq!(ready_of(NOW, "1.1", &workshop), "2026-03-18 10:40");
    }

    #[test]
    fn others_cars_come_first_and_are_divided_among_those_who_can() {
        let mut workshop = workshop();
        workshop.queue = vec![(Skill::Mechanical, hours("4")), (Skill::Paint, hours("40"))];
        assert_eq!(ready_of(NOW, "1", &workshop), "2026-03-18 13:30", "2 h wait, 1 h work, half an hour");
        let twice = ready(NOW, &[(Skill::Mechanical, "0.5"), (Skill::Mechanical, "0.5")], &workshop);
        assert_eq!(twice.as_deref(), Ok("2026-03-18 13:30"), "they stand before it once");
    }

    #[test]
    fn high_voltage_needs_a_permit_that_holds_on_the_day() {
        let mut workshop = workshop();
        let job = [(Skill::HighVoltage, "1")];
        assert_eq!(ready("2026-03-20 09:00", &job, &workshop).as_deref(), Ok("2026-03-20 10:30"));
        let nobody = Err(NoPromise::Nobody(Skill::HighVoltage));
        assert_eq!(ready("2026-03-21 09:00", &job, &workshop), nobody, "it held until the day before");
        let into_the_next = [(Skill::HighVoltage, "2")];
        assert_eq!(ready("2026-03-20 17:00", &into_the_next, &workshop), nobody, "nor for what goes on then");
        workshop.technicians.truncate(1);
        assert_eq!(ready(NOW, &job, &workshop), nobody);
        assert_eq!(ready(NOW, &[(Skill::Paint, "1")], &workshop), Err(NoPromise::Nobody(Skill::Paint)));
    }

    #[test]
    fn parts_are_counted_on_the_day_after_and_one_without_a_date_allows_no_promise() {
        let workshop = workshop();
        let jobs = [(Skill::Mechanical, hours("1"))];
        let part = |name: &str, comes| Needed { name: name.into(), comes };
        let on = |comes: &[Comes]| {
            let parts: Vec<Needed> = comes.iter().map(|comes| part("制动片", *comes)).collect();
            promise(at(NOW), &jobs, &parts, &workshop).map(|promise| promise.ready)
        };
        assert_eq!(on(&[Comes::InStore]), Ok(at("2026-03-18 10:30")));
        assert_eq!(on(&[Comes::During(day("2026-03-17"))]), Ok(at("2026-03-18 10:30")), "it should be here");
        assert_eq!(on(&[Comes::During(day("2026-03-18"))]), Ok(at("2026-03-19 09:30")));
        let late = [Comes::During(day("2026-03-21")), Comes::During(day("2026-03-18"))];
        assert_eq!(on(&late), Ok(at("2026-03-23 09:30")), "the latest counts, and the weekend");
        assert_eq!(on(&[Comes::Unknown]), Err(NoPromise::NoDate("制动片".into())));
    }

    #[test]
    fn a_promise_says_how_it_came_about() {
        let mut workshop = workshop();
        let none = Quantity(0);
        let cars =
            [(Skill::Mechanical, hours("12")), (Skill::Mechanical, none), (Skill::Mechanical, hours("8"))];
        workshop.queue = cars.to_vec();
        let queue = What::Queue { skill: Skill::Mechanical, hours: hours("20"), cars: 2, people: 2 };
        let parts = [Needed { name: "制动片".into(), comes: Comes::During(day("2026-03-18")) }];
        let jobs = [(Skill::Diagnosis, hours("0.5")), (Skill::Mechanical, hours("1"))];
        let promise = promise(at(NOW), &jobs, &parts, &workshop).expect("a promise");
        let step = |what, until: &str| Step { what, until: at(until) };
        assert_eq!(
            promise.steps,
            [
                step(What::Part("制动片".into(), day("2026-03-18")), "2026-03-19 08:00"),
                step(What::Work(Skill::Diagnosis, hours("0.5")), "2026-03-19 08:30"),
                step(queue, "2026-03-19 10:00"),
                step(What::Work(Skill::Mechanical, hours("1")), "2026-03-19 11:00"),
                step(What::Finish(30), "2026-03-19 11:30"),
            ]
        );
        assert_eq!(promise.ready, at("2026-03-19 11:30"));
    }

    #[test]
    fn a_workshop_that_is_closed_for_a_year_promises_nothing() {
        let mut workshop = workshop();
        workshop.calendar = Calendar::default();
        assert_eq!(ready(NOW, &[(Skill::Mechanical, "1")], &workshop), Err(NoPromise::TooFar));
    }

    #[test]
    fn another_time_than_was_said_needs_a_reason() {
        let (said, later) = (at(NOW), at("2026-03-18 17:00"));
        assert_eq!(changed(None, later, ""), Ok(()));
        assert_eq!(changed(Some(said), said, ""), Ok(()));
        assert_eq!(changed(Some(said), later, " "), Err(NeedsReason { before: said }));
        assert_eq!(changed(Some(said), later, "配件未到"), Ok(()));
    }
}
