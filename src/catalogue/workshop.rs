//! 车间: opening hours, days that are otherwise, and who can do what, as a dealership writes them down.

use chrono::{Days, NaiveDate, NaiveTime};

use super::Day;
use crate::promise::{Calendar, Season, Span, Technician, Workshop};
use crate::record::kept;
use crate::reference::Skill;

/// Who works there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mechanic {
    /// What they can do, high voltage apart.
    pub skills: Vec<Skill>,
    /// 低压电工: the last day of the permit.
    pub permit_until: Option<Day>,
    /// By whom a table names them; none where nobody did.
    pub name: Option<String>,
}

kept!(Mechanic { skills; permit_until, name });

/// 夏令, 冬令: hours of a part of every year, as they are written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeasonPlan {
    /// The first day, `05-01`.
    pub from: String,
    /// The last day, which may be in the next year.
    pub until: String,
    /// Like the usual week; none where a day is as usual.
    pub week: Vec<Option<Vec<String>>>,
}

kept!(SeasonPlan { from, until, week });

/// The workshop as it is written down.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkshopPlan {
    /// `08:30-12:00`, of each day of the week, Monday first; nothing where it is closed.
    pub week: Vec<Vec<String>>,
    /// Holidays, make-up days, half days; data of each year. [`AS_USUAL`] for a make-up day.
    pub days: Vec<(Day, Vec<String>)>,
    /// Who works there.
    pub mechanics: Vec<Mechanic>,
    /// Internal check, washing and papers, in minutes.
    pub finish: u32,
    /// Absent where every week is alike.
    pub seasons: Option<Vec<SeasonPlan>>,
    /// 法定休假日, as each year's paper names them, whether the dealership works then or not: periods that end
    /// on one end after it. Absent where no paper was given.
    pub holidays: Option<Vec<Day>>,
}

kept!(WorkshopPlan { week, days, mechanics, finish; seasons, holidays });

/// 补班: worked like its weekday, or where that is closed like the next one that is not.
pub const AS_USUAL: &str = "usual";

/// What is no span of hours is none: somebody who reads the promise sees that it is closed.
fn spans(written: &[String]) -> Vec<Span> {
    // By hand: chrono's patterns are as large as a screen.
    let time = |text: &str| {
        let (hour, minute) = text.trim().split_once(':')?;
        NaiveTime::from_hms_opt(hour.parse().ok()?, minute.parse().ok()?, 0)
    };
    let span = |text: &String| {
        let (from, until) = text.split_once('-')?;
        let (from, until) = (time(from)?, time(until)?);
        (from < until).then_some(Span { from, until })
    };
    written.iter().filter_map(span).collect()
}

fn season(written: &SeasonPlan) -> Option<Season> {
    let day = |text: &str| {
        let (month, day) = text.split_once('-')?;
        Some((month.parse().ok()?, day.parse().ok()?))
    };
    let mut week: [Option<Vec<Span>>; 7] = Default::default();
    for (day, written) in week.iter_mut().zip(&written.week) {
        *day = written.as_deref().map(spans);
    }
    Some(Season { from: day(&written.from)?, until: day(&written.until)?, week })
}

impl WorkshopPlan {
    /// As a promise reckons with it. What stands before a car is not in it.
    pub fn workshop(&self) -> Workshop {
        let mut calendar = Calendar::default();
        for (day, written) in calendar.week.iter_mut().zip(&self.week) {
            *day = spans(written);
        }
        calendar.seasons = self.seasons.iter().flatten().filter_map(season).collect();
        let worked = |day: NaiveDate, written: &[String]| {
            if written != [AS_USUAL] {
                return spans(written);
            }
            let next = (0..7).filter_map(|more| day.checked_add_days(Days::new(more)));
            let mut next = next.map(|day| calendar.usual(day)).filter(|spans| !spans.is_empty());
            next.next().unwrap_or_default().to_vec()
        };
        let days = self.days.iter().map(|(day, written)| (day.0, worked(day.0, written))).collect();
        let technician = |mechanic: &Mechanic| Technician {
            skills: mechanic.skills.clone(),
            permit_until: mechanic.permit_until.map(|day: Day| -> NaiveDate { day.0 }),
        };
        Workshop {
            calendar: Calendar { days, ..calendar },
            technicians: self.mechanics.iter().map(technician).collect(),
            queue: Vec::new(),
            finish: self.finish,
        }
    }
}

impl super::Catalogue {
    /// Whether a day is a holiday by law, as far as the years' papers are here.
    pub fn is_holiday(&self, day: NaiveDate) -> bool {
        let holidays = self.workshop.as_ref().and_then(|plan| plan.holidays.as_ref());
        holidays.is_some_and(|holidays| holidays.iter().any(|holiday| holiday.0 == day))
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
                name: None,
            }],
            finish: 30,
            seasons: None,
            holidays: None,
        };
        let workshop = plan.workshop();
        let on = |text: &str| workshop.calendar.on(text.parse().expect("a day")).len();
        assert_eq!((on("2026-03-16"), on("2026-03-17"), on("2026-03-18")), (2, 0, 0));
        assert_eq!((on("2026-05-01"), on("2026-05-09")), (0, 1), "a holiday, a make-up day");
        assert_eq!(workshop.technicians[0].permit_until, "2026-03-20".parse().ok());
    }

    #[test]
    fn a_make_up_day_is_worked_like_its_weekday_or_like_the_next_one_that_is_open() {
        let day = |text: &str| Day(text.parse().expect("a day"));
        let hours = |text: &str| vec![text.to_owned()];
        let mut week = vec![hours("08:30-18:00"); 5];
        week.extend([hours("09:00-12:00"), Vec::new()]);
        // A Saturday and a Sunday.
        let days = ["2026-10-10", "2026-09-20"].map(|text| (day(text), hours(AS_USUAL))).to_vec();
        let workshop = WorkshopPlan { week, days, ..WorkshopPlan::default() }.workshop();
        let until = |text: &str| {
            let spans = workshop.calendar.on(text.parse().expect("a day"));
            spans.iter().map(|span| span.until.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(until("2026-10-10"), ["12:00:00"]);
        assert_eq!(until("2026-09-20"), ["18:00:00"], "Monday's");
        assert_eq!(until("2026-09-27"), [] as [&str; 0], "an ordinary Sunday");
    }

    #[test]
    fn a_season_has_its_own_hours_from_its_first_to_its_last_day_also_over_the_new_year() {
        let hours = |text: &str| vec![text.to_owned()];
        let season = |from: &str, until: &str, monday: &str| SeasonPlan {
            from: from.into(),
            until: until.into(),
            week: vec![Some(hours(monday)), None],
        };
        let plan = WorkshopPlan {
            week: vec![hours("08:00-17:00"); 7],
            seasons: Some(vec![
                season("05-01", "09-30", "08:00-18:00"),
                season("12-01", "02-28", "09:00-16:00"),
            ]),
            ..WorkshopPlan::default()
        };
        let workshop = plan.workshop();
        let until = |text: &str| {
            workshop.calendar.on(text.parse().expect("a day"))[0].until.to_string()[..2].to_owned()
        };
        // Mondays before, within and behind.
        assert_eq!(
            ["2026-04-27", "2026-05-04", "2026-09-28", "2026-10-05"].map(until),
            ["17", "18", "18", "17"]
        );
        assert_eq!(
            ["2026-11-30", "2026-12-07", "2027-02-22", "2027-03-01"].map(until),
            ["17", "16", "16", "17"]
        );
        assert_eq!(until("2026-05-05"), "17", "a Tuesday, of which the season says nothing");
    }
}
