//! 车间: opening hours, days that are otherwise, and who can do what, as a dealership writes them down.

use chrono::{NaiveDate, NaiveTime};

use super::Day;
use crate::promise::{Calendar, Span, Technician, Workshop};
use crate::record::kept;
use crate::reference::Skill;

/// Who works there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mechanic {
    /// What they can do, high voltage apart.
    pub skills: Vec<Skill>,
    /// 低压电工: the last day of the permit.
    pub permit_until: Option<Day>,
}

kept!(Mechanic { skills; permit_until });

/// The workshop as it is written down.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkshopPlan {
    /// `08:30-12:00`, of each day of the week, Monday first; nothing where it is closed.
    pub week: Vec<Vec<String>>,
    /// Holidays, make-up days, half days; data of each year.
    pub days: Vec<(Day, Vec<String>)>,
    /// Who works there.
    pub mechanics: Vec<Mechanic>,
    /// Internal check, washing and papers, in minutes.
    pub finish: u32,
}

kept!(WorkshopPlan { week, days, mechanics, finish });

/// What is no span of hours is none: somebody who reads the promise sees that it is closed.
fn spans(written: &[String]) -> Vec<Span> {
    let time = |text: &str| NaiveTime::parse_from_str(text.trim(), "%H:%M").ok();
    let span = |text: &String| {
        let (from, until) = text.split_once('-')?;
        let (from, until) = (time(from)?, time(until)?);
        (from < until).then_some(Span { from, until })
    };
    written.iter().filter_map(span).collect()
}

impl WorkshopPlan {
    /// As a promise reckons with it. What stands before a car is not in it.
    pub fn workshop(&self) -> Workshop {
        let mut week: [Vec<Span>; 7] = Default::default();
        for (day, written) in week.iter_mut().zip(&self.week) {
            *day = spans(written);
        }
        let days = self.days.iter().map(|(day, written)| (day.0, spans(written))).collect();
        let technician = |mechanic: &Mechanic| Technician {
            skills: mechanic.skills.clone(),
            permit_until: mechanic.permit_until.map(|day: Day| -> NaiveDate { day.0 }),
        };
        Workshop {
            calendar: Calendar { week, days },
            technicians: self.mechanics.iter().map(technician).collect(),
            queue: Vec::new(),
            finish: self.finish,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_by_day_and_what_is_none_is_closed() {
        let day = |text: &str| Day(text.parse().expect("a day"));
        let plan = WorkshopPlan {
            week: vec![
                vec!["08:30-12:00".into(), "13:00-18:00".into()],
                vec!["9 to 5".into(), "18:00-08:00".into()],
            ],
            days: vec![(day("2026-05-01"), Vec::new()), (day("2026-05-09"), vec!["09:00-17:00".into()])],
            mechanics: vec![Mechanic {
                skills: vec![Skill::Mechanical],
                permit_until: Some(day("2026-03-20")),
            }],
            finish: 30,
        };
        let workshop = plan.workshop();
        let on = |text: &str| workshop.calendar.on(text.parse().expect("a day")).len();
        assert_eq!((on("2026-03-16"), on("2026-03-17"), on("2026-03-18")), (2, 0, 0));
        assert_eq!((on("2026-05-01"), on("2026-05-09")), (0, 1), "a holiday, a make-up day");
        assert_eq!(workshop.technicians[0].permit_until, "2026-03-20".parse().ok());
    }
}
