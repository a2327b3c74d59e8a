//! The lane's order: who came when, day by day.

use chrono::NaiveDate;

use super::{Stage, VisitRow};
use crate::locale::day_of;

/// 排队号: the place among the arrivals of its day, from 1; none of another day. It derives from the
/// arrivals alone, so that every tablet says the same; a cancelled visit keeps its number, so that no
/// other one changes.
pub fn queue_number<'a>(
    rows: impl Iterator<Item = &'a VisitRow>,
    of: &VisitRow,
    today: NaiveDate,
    utc_offset_minutes: i32,
) -> Option<usize> {
    let is_today = |row: &VisitRow| day_of(row.arrived, utc_offset_minutes) == today;
    let before = |row: &&VisitRow| is_today(row) && (row.arrived, row.dossier) < (of.arrived, of.dossier);
    is_today(of).then(|| rows.filter(before).count() + 1)
}

impl Stage {
    /// Whether nobody waits for it any more.
    pub fn is_over(self) -> bool {
        matches!(self, Self::CheckedIn | Self::Cancelled)
    }
}

/// Rows under their days. They come in order of their arrival, the newest first, and stay so.
pub fn by_day<T>(rows: Vec<T>, arrived: fn(&T) -> i64, utc_offset_minutes: i32) -> Vec<(NaiveDate, Vec<T>)> {
    let mut days: Vec<(NaiveDate, Vec<T>)> = Vec::new();
    for row in rows {
        let day = day_of(arrived(&row), utc_offset_minutes);
        match days.last_mut().filter(|(last, _)| *last == day) {
            Some((_, rows)) => rows.push(row),
            None => days.push((day, vec![row])),
        }
    }
    days
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::DossierId;
    use crate::visit::Visit;

    const MINUTE: i64 = 60_000;
    const DAY: i64 = 24 * 60 * MINUTE;
    /// 2026-03-18 0:00 in China.
    const MIDNIGHT: i64 = 1_773_763_200_000;

    fn arrived(number: u32, at: i64, stage: Stage) -> VisitRow {
        let dossier = DossierId::of_appointment("shop", &number.to_string());
        VisitRow { arrived: at, stage, ..VisitRow::of(&Visit::new(dossier)) }
    }

    #[test]
    fn the_place_in_the_queue_follows_from_the_arrival_and_begins_anew_every_day() {
        let today = day_of(MIDNIGHT, 480);
        let rows = [
            arrived(1, MIDNIGHT + 90 * MINUTE, Stage::Vehicle),
            arrived(2, MIDNIGHT - MINUTE, Stage::Vehicle),
            arrived(3, MIDNIGHT, Stage::CheckedIn),
            arrived(4, MIDNIGHT + 30 * MINUTE, Stage::Cancelled),
        ];
        let number = |at: usize| queue_number(rows.iter(), &rows[at], today, 480);
        assert_eq!([0, 1, 2, 3].map(number), [Some(3), None, Some(1), Some(2)]);
        let other = |at: usize| queue_number(rows.iter().rev(), &rows[at], today, 480);
        assert_eq!(
            [0, 1, 2, 3].map(other),
            [0, 1, 2, 3].map(number),
            "another tablet has them in another order"
        );
    }

    #[test]
    fn visits_stand_under_the_dealerships_days() {
        let times = vec![MIDNIGHT + 2 * MINUTE, MIDNIGHT + MINUTE, MIDNIGHT - MINUTE, MIDNIGHT - 3 * DAY];
        let days = by_day(times, |at| *at, 480);
        let days: Vec<(String, Vec<i64>)> =
            days.into_iter().map(|(day, rows)| (day.to_string(), rows)).collect();
        assert_eq!(
            days,
            [
                ("2026-03-18".to_owned(), vec![MIDNIGHT + 2 * MINUTE, MIDNIGHT + MINUTE]),
                ("2026-03-17".to_owned(), vec![MIDNIGHT - MINUTE]),
                ("2026-03-15".to_owned(), vec![MIDNIGHT - 3 * DAY]),
            ]
        );
    }
}
