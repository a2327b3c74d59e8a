//! Rows of a dealership's own tables: opening hours, days that are otherwise, who works there, its people, its
//! texts; and the catalogue with them.

use std::collections::BTreeMap;

use chrono::NaiveTime;

use super::workshop::{AS_USUAL, Mechanic, SeasonPlan, WorkshopPlan};
use super::{Catalogue, Day, StaffMember, TextBlock};
use crate::promise::Span;
use crate::record::Kept as _;

/// Internal check, washing and papers, in minutes, where nobody has said.
const FINISH: u32 = 30;

/// The first and the last day of a season, `05-01`.
pub type SeasonDays = (String, String);

/// When the workshop is open on some days of the week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenHours {
    /// Monday is 0.
    pub weekdays: Vec<usize>,
    /// None for the usual week.
    pub season: Option<SeasonDays>,
    /// None where it is closed.
    pub span: Option<Span>,
}

/// What is otherwise on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worked {
    /// 休息
    Closed,
    /// 放假: closed, and a holiday by law.
    Holiday,
    /// 补班
    AsUsual,
    /// Hours of its own.
    Hours(Span),
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CatalogueRow {
    /// 营业时间
    Hours(OpenHours),
    /// 节假日, 补班
    Day(Day, Worked),
    /// 技师
    Mechanic(Mechanic),
    /// 员工
    Staff(StaffMember),
    /// 文本
    Text(TextBlock),
}

impl CatalogueRow {
    /// What it is about, and its hours there: two rows about the same do not go together, unless each has
    /// hours and they do not meet.
    pub fn about(&self) -> Vec<(String, Option<Span>)> {
        match self {
            Self::Hours(OpenHours { weekdays, season, span }) => {
                let season = season.as_ref().map(|(from, until)| format!("{from} {until}"));
                let season = season.unwrap_or_default();
                weekdays.iter().map(|weekday| (format!("hours {season} {weekday}"), *span)).collect()
            }
            Self::Day(day, Worked::Hours(span)) => vec![(format!("day {day}"), Some(*span))],
            Self::Day(day, Worked::Closed | Worked::Holiday | Worked::AsUsual) => {
                vec![(format!("day {day}"), None)]
            }
            Self::Mechanic(mechanic) => {
                vec![(format!("mechanic {}", mechanic.name.as_deref().unwrap_or_default()), None)]
            }
            Self::Staff(member) => vec![(format!("staff {}", member.id), None)],
            Self::Text(text) => vec![(format!("text {}", text.id), None)],
        }
    }
}

fn written(span: &Span) -> String {
    let time = |time: NaiveTime| time.format("%H:%M").to_string();
    format!("{}-{}", time(span.from), time(span.until))
}

/// Spans of each key in the order of the day, as they are written down.
fn spans_of<K: Ord>(spans: impl Iterator<Item = (K, Option<Span>)>) -> BTreeMap<K, Vec<String>> {
    let mut of: BTreeMap<K, Vec<String>> = BTreeMap::new();
    for (key, span) in spans {
        of.entry(key).or_default().extend(span.as_ref().map(written));
    }
    // Both times have two digits each.
    of.values_mut().for_each(|spans| spans.sort());
    of
}

/// New ones take the place of those that are the same one; where they are all that there is, of every one.
fn put<T>(list: &mut Vec<T>, new: Vec<T>, all: bool, same: impl Fn(&T, &T) -> bool) {
    if all && !new.is_empty() {
        list.clear();
    }
    for item in new {
        match list.iter_mut().find(|known| same(known, &item)) {
            Some(known) => *known = item,
            None => list.push(item),
        }
    }
}

impl WorkshopPlan {
    /// Whole weekdays of the usual week and of seasons.
    fn put_hours(&mut self, rows: &[CatalogueRow], all: bool) {
        let hours = rows.iter().filter_map(|row| match row {
            CatalogueRow::Hours(hours) => Some(hours),
            _ => None,
        });
        let weekday = |hours: &OpenHours| {
            let (season, span) = (hours.season.clone(), hours.span);
            hours.weekdays.clone().into_iter().map(move |weekday| ((season.clone(), weekday), span))
        };
        let hours = spans_of(hours.flat_map(weekday));
        if all && !hours.is_empty() {
            self.week.clear();
            self.seasons = None;
        }
        self.week.resize(7, Vec::new());
        for ((season, weekday), spans) in hours {
            let Some((from, until)) = season else {
                self.week[weekday] = spans;
                continue;
            };
            let seasons = self.seasons.get_or_insert_default();
            let at = seasons.iter().position(|known| (&known.from, &known.until) == (&from, &until));
            let at = at.unwrap_or_else(|| {
                seasons.push(SeasonPlan { from, until, week: vec![None; 7] });
                seasons.len() - 1
            });
            seasons[at].week[weekday] = Some(spans);
        }
    }

    fn put_days(&mut self, rows: &[CatalogueRow], all: bool) {
        let days = rows.iter().filter_map(|row| match row {
            CatalogueRow::Day(day, worked) => Some((day.0, *worked)),
            _ => None,
        });
        let spans = spans_of(days.clone().map(|(day, worked)| match worked {
            Worked::Hours(span) => (day, Some(span)),
            Worked::Closed | Worked::Holiday | Worked::AsUsual => (day, None),
        }));
        let those = |worked: Worked| -> Vec<_> {
            days.clone().filter(|(_, so)| *so == worked).map(|(day, _)| day).collect()
        };
        let usual = those(Worked::AsUsual);
        self.put_holidays(&those(Worked::Holiday), &usual, all);
        let day = |(day, spans): (chrono::NaiveDate, Vec<String>)| {
            (Day(day), if usual.contains(&day) { vec![AS_USUAL.to_owned()] } else { spans })
        };
        put(&mut self.days, spans.into_iter().map(day).collect(), all, |known, new| known.0 == new.0);
        self.days.sort_by_key(|(day, _)| day.0);
    }

    /// A dealership's own hours on a holiday leave it one; only what names holidays says which are.
    fn put_holidays(&mut self, holidays: &[chrono::NaiveDate], worked: &[chrono::NaiveDate], all: bool) {
        if holidays.is_empty() && worked.is_empty() {
            return;
        }
        let known = self.holidays.get_or_insert_default();
        known.retain(|day| !all && !worked.contains(&day.0) && !holidays.contains(&day.0));
        known.extend(holidays.iter().copied().map(Day));
        known.sort_by_key(|day| day.0);
    }
}

impl Catalogue {
    /// Takes rows in; where they are `all` that there is, what is of the same kinds and not among them goes.
    /// Gives how many weekdays, days, people and texts have changed.
    pub fn take(&mut self, rows: &[CatalogueRow], all: bool) -> usize {
        let before = self.named();
        let of_workshop = |row: &CatalogueRow| {
            matches!(row, CatalogueRow::Hours(_) | CatalogueRow::Day(..) | CatalogueRow::Mechanic(_))
        };
        if rows.iter().any(of_workshop) {
            let plan = self
                .workshop
                .get_or_insert_with(|| WorkshopPlan { finish: FINISH, ..WorkshopPlan::default() });
            plan.put_hours(rows, all);
            plan.put_days(rows, all);
            let mechanics = rows.iter().filter_map(|row| match row {
                CatalogueRow::Mechanic(mechanic) => Some(mechanic.clone()),
                _ => None,
            });
            put(&mut plan.mechanics, mechanics.collect(), all, |known, new| known.name == new.name);
        }
        let staff = rows.iter().filter_map(|row| match row {
            CatalogueRow::Staff(member) => Some(member.clone()),
            _ => None,
        });
        put(&mut self.staff, staff.collect(), all, |known, new| known.id == new.id);
        let texts = rows.iter().filter_map(|row| match row {
            CatalogueRow::Text(text) => Some(text.clone()),
            _ => None,
        });
        let texts: Vec<_> = texts.collect();
        if !texts.is_empty() {
            put(self.texts.get_or_insert_default(), texts, all, |known, new| known.id == new.id);
        }
        let after = self.named();
        let gone = before.keys().filter(|key| !after.contains_key(*key)).count();
        gone + after.iter().filter(|(key, item)| before.get(*key) != Some(item)).count()
    }

    /// Everything that rows are about, by name.
    fn named(&self) -> BTreeMap<String, serde_json::Value> {
        let mut items = BTreeMap::new();
        let plan = self.workshop.clone().unwrap_or_default();
        for (at, spans) in plan.week.iter().enumerate().filter(|(_, spans)| !spans.is_empty()) {
            items.insert(format!("week {at}"), spans.write());
        }
        for season in plan.seasons.iter().flatten() {
            for (at, spans) in season.week.iter().enumerate().filter(|(_, spans)| spans.is_some()) {
                items.insert(format!("season {} {} {at}", season.from, season.until), spans.write());
            }
        }
        for (day, spans) in &plan.days {
            items.insert(format!("day {day}"), spans.write());
        }
        for day in plan.holidays.iter().flatten() {
            items.insert(format!("holiday {day}"), day.write());
        }
        for (at, mechanic) in plan.mechanics.iter().enumerate() {
            let name = mechanic.name.clone().unwrap_or_else(|| at.to_string());
            items.insert(format!("mechanic {name}"), mechanic.write());
        }
        for member in &self.staff {
            items.insert(format!("staff {}", member.id), member.write());
        }
        for text in self.texts.iter().flatten() {
            items.insert(format!("text {}", text.id), text.write());
        }
        items
    }
}

#[cfg(test)]
mod tests;
