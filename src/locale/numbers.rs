//! Numbers, days and times as people read them; times are the dealership's.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, Timelike};

use super::Language;
use crate::decimal::tenths;
use crate::record::{Kept, misread};

/// `38,412`
pub fn thousands(number: u32) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn local(at: i64, utc_offset_minutes: i32) -> DateTime<FixedOffset> {
    let offset = FixedOffset::east_opt(utc_offset_minutes.clamp(-1439, 1439) * 60);
    let offset = offset.unwrap_or_else(|| FixedOffset::east_opt(0).expect("UTC is an offset"));
    DateTime::from_timestamp_millis(at).unwrap_or_default().with_timezone(&offset)
}

/// What a clock on the dealership's wall shows at a time in milliseconds since 1970 UTC.
pub fn on_the_wall(at: i64, utc_offset_minutes: i32) -> NaiveDateTime {
    local(at, utc_offset_minutes).naive_local()
}

/// The moment that a clock on the dealership's wall shows so, milliseconds since 1970 UTC.
pub fn of_the_wall(at: NaiveDateTime, utc_offset_minutes: i32) -> i64 {
    at.and_utc().timestamp_millis() - i64::from(utc_offset_minutes) * 60_000
}

/// The dealership's day of a time in milliseconds since 1970 UTC.
pub fn day_of(at: i64, utc_offset_minutes: i32) -> NaiveDate {
    local(at, utc_offset_minutes).date_naive()
}

/// Whole minutes from one time to another, none below zero.
pub fn minutes_between(from: i64, to: i64) -> i64 {
    (to.saturating_sub(from) / 60_000).max(0)
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Reads `2026-03-18`. chrono's own reader knows every format there is, and weighs as much.
pub fn read_day(text: &str) -> Option<NaiveDate> {
    let mut parts = text.splitn(3, '-');
    let mut part = |length: usize| {
        let digits =
            parts.next().filter(|part| part.len() == length && part.bytes().all(|b| b.is_ascii_digit()))?;
        digits.parse::<u32>().ok()
    };
    let (year, month, day) = (part(4)?, part(2)?, part(2)?);
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

/// A day as it is kept.
impl Kept for NaiveDate {
    fn read(value: serde_json::Value) -> Result<Self, serde_json::Error> {
        read_day(value.as_str().unwrap_or_default()).map_or_else(|| misread("2026-03-18"), Ok)
    }

    fn write(&self) -> serde_json::Value {
        self.to_string().into()
    }
}

impl Language {
    /// `9:12`
    pub fn time(self, at: i64, utc_offset_minutes: i32) -> String {
        let at = local(at, utc_offset_minutes);
        format!("{}:{:02}", at.hour(), at.minute())
    }

    /// `2026-03-18 10:52`
    pub fn date_time(self, at: i64, utc_offset_minutes: i32) -> String {
        let at = local(at, utc_offset_minutes);
        format!("{} {:02}:{:02}", at.date_naive(), at.hour(), at.minute())
    }

    /// `3 月 18 日 周三`, `Wed 18 Mar`
    pub fn day(self, day: NaiveDate) -> String {
        match self {
            Self::ZhCn => {
                let week = ["一", "二", "三", "四", "五", "六", "日"];
                let week = week[day.weekday().num_days_from_monday() as usize];
                format!("{} 月 {} 日 周{week}", day.month(), day.day())
            }
            Self::En => format!("{} {} {}", day.weekday(), day.day(), MONTHS[day.month0() as usize]),
        }
    }

    /// `38,412 km`
    pub fn km(self, km: u32) -> String {
        format!("{} km", thousands(km))
    }

    /// `1.4 MB`
    pub fn bytes(self, bytes: u64) -> String {
        match bytes {
            0..1_000 => format!("{bytes} B"),
            1_000..1_000_000 => format!("{} kB", bytes / 1_000),
            1_000_000..1_000_000_000 => format!("{} MB", tenths(bytes as f64 / 1e6)),
            _ => format!("{} GB", tenths(bytes as f64 / 1e9)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_days_are_the_dealerships() {
        let late = 1_773_855_000_000; // 2026-03-18 17:30 UTC
        assert_eq!(Language::ZhCn.date_time(late, 480), "2026-03-19 01:30");
        assert_eq!(Language::En.time(late, -300), "12:30");
        assert_eq!(Language::ZhCn.day(day_of(late, 480)), "3 月 19 日 周四");
        assert_eq!(Language::En.day(day_of(late, 0)), "Wed 18 Mar");
    }

    #[test]
    fn a_day_is_read_as_it_is_written_and_nothing_else_is_one() {
        let day = day_of(1_773_855_000_000, 0);
        assert_eq!(read_day(&day.to_string()), Some(day));
        for not in ["", "2026-3-18", "2026-02-30", "2026-03-18T00:00", "20260318", "+026-03-18", "2026-03"] {
            assert_eq!(read_day(not), None, "{not:?} was read as a day");
        }
    }

    #[test]
    fn numbers_have_groups_of_three() {
        assert_eq!([0, 999, 38_412, 1_234_567].map(thousands), ["0", "999", "38,412", "1,234,567"]);
    }
}
