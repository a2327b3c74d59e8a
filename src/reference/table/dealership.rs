//! A row of a table about the dealership itself: hours, days, mechanics, people, texts.

use chrono::{NaiveDate, NaiveTime};

use super::cells::{Row, bad};
use super::{BadRow, LONGEST_TEXT, Why};
use crate::catalogue::rows::{CatalogueRow, OpenHours, SeasonDays, Worked};
use crate::catalogue::{Label, Mechanic, Passage, StaffMember, TextBlock};
use crate::journal::StaffId;
use crate::promise::Span;
use crate::reference::Skill;
use crate::text::{nfc, nfkc};
use crate::visit::staff::Role;

/// Behind 周, 星期 or 礼拜, or as they are; Monday first.
const WEEKDAYS: [[&str; 5]; 7] = [
    ["一", "1", "mon", "monday", ""],
    ["二", "2", "tue", "tuesday", ""],
    ["三", "3", "wed", "wednesday", ""],
    ["四", "4", "thu", "thursday", ""],
    ["五", "5", "fri", "friday", ""],
    ["六", "6", "sat", "saturday", ""],
    ["日", "7", "sun", "sunday", "天"],
];

/// Instead of a time, where it is closed.
const CLOSED: [&str; 4] = ["休息", "休", "关门", "closed"];

pub(super) const SKILLS: &[(Skill, &[&str])] = &[
    (Skill::Mechanical, &["机电", "机修", "电工"]),
    (Skill::Diagnosis, &["诊断"]),
    (Skill::HighVoltage, &["高压", "三电"]),
    (Skill::Body, &["钣金"]),
    (Skill::Paint, &["喷漆"]),
];

const ROLES: &[(Role, &[&str])] = &[
    (Role::Advisor, &["服务顾问", "顾问", "接待"]),
    (Role::Supervisor, &["车间主管", "车间主任"]),
    (Role::Technician, &["维修技师", "技师", "维修工"]),
    (Role::TeamLeader, &["班组长", "班长", "组长"]),
    (Role::Inspector, &["质检员", "质检", "总检"]),
    (Role::RelationsClerk, &["客服专员", "客服"]),
    (Role::Manager, &["服务经理", "经理"]),
];

const PASSAGES: &[(Passage, &[&str])] = &[
    (Passage::AdditionalWork, &["增项条款", "增项"]),
    (Passage::Charging, &["收费标准"]),
    (Passage::Guarantee, &["质量保证期", "质量保证", "质保"]),
    (Passage::ElectronicSignature, &["电子签名"]),
    (Passage::OrderConsent, &["委托确认", "顾客确认"]),
    (Passage::CheckInConsent, &["接车确认"]),
    (Passage::PrivacyNotice, &["个人信息告知", "个人信息"]),
    (Passage::RecordingConsent, &["录音录像同意", "录音同意"]),
];

/// `周一`, `星期一`, `Mon`, `1`.
fn weekday(text: &str) -> Option<usize> {
    let text = ["星期", "礼拜", "周"].iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text).trim();
    WEEKDAYS.iter().position(|names| !text.is_empty() && names.contains(&text))
}

/// `周一至周五、周日`, `mon-fri`, `每天`.
fn weekdays(text: &str) -> Option<Vec<usize>> {
    if ["每天", "daily"].contains(&text) {
        return Some((0..7).collect());
    }
    let mut all = Vec::new();
    for part in text.split([',', '、', ';']) {
        let ends = part.split(['至', '到', '-', '~', '–']).map(|word| weekday(word.trim()));
        match *ends.collect::<Option<Vec<usize>>>()? {
            [day] => all.push(day),
            [from, until] => all.extend((from..from + (until + 7 - from) % 7 + 1).map(|day| day % 7)),
            _ => return None,
        }
    }
    Some(all)
}

/// A day of every year: `5-1`, `5/1`, `5月1日`.
fn day_of_year(text: &str) -> Option<String> {
    let text = text.trim_end_matches('日');
    let (month, day) = text.split_once(['/', '-', '.', '月'])?;
    // A year that has a 29 February.
    let day = NaiveDate::from_ymd_opt(2024, month.parse().ok()?, day.parse().ok()?)?;
    Some(day.format("%m-%d").to_string())
}

impl Row<'_> {
    fn time(&self, column: &'static str) -> Result<NaiveTime, BadRow> {
        let text = self.needed(column)?;
        let read = |pattern| NaiveTime::parse_from_str(&text, pattern);
        read("%H:%M").or_else(|_| read("%H:%M:%S")).or_else(|_| bad(column, Why::NotATime))
    }

    /// From and until; none where both cells are empty, or the first says that it is closed.
    fn span(&self) -> Result<Option<Span>, BadRow> {
        let (from, until) = (self.text("from")?.to_lowercase(), self.text("until")?);
        if until.is_empty() && (from.is_empty() || CLOSED.contains(&&*from)) {
            return Ok(None);
        }
        let span = Span { from: self.time("from")?, until: self.time("until")? };
        if span.from < span.until { Ok(Some(span)) } else { bad("until", Why::NotLater) }
    }

    fn season(&self) -> Result<Option<SeasonDays>, BadRow> {
        let day = |column| {
            let text = self.needed(column)?;
            day_of_year(&text).map_or_else(|| bad(column, Why::NotADay), Ok)
        };
        if self.text("season_from")?.is_empty() && self.text("season_until")?.is_empty() {
            return Ok(None);
        }
        Ok(Some((day("season_from")?, day("season_until")?)))
    }

    /// A text as it was written: its full-width signs are meant. On one line, as papers have it.
    fn wording(&self, column: &'static str, places: &[&str]) -> Result<String, BadRow> {
        self.wanted(column)?;
        let text = nfc(self.0.get(column).map(String::as_str).unwrap_or_default()).into_owned();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.chars().count() > LONGEST_TEXT {
            return bad(column, Why::TextTooLong);
        }
        let mut bare = text.clone();
        for place in places {
            bare = bare.replace(place, "");
        }
        if bare.contains(['{', '}']) { bad(column, Why::Braces) } else { Ok(text) }
    }

    /// That there is something in a cell of any length.
    fn wanted(&self, column: &'static str) -> Result<(), BadRow> {
        let is_empty = self.0.get(column).is_none_or(|text| nfkc(text).trim().is_empty());
        if is_empty { bad(column, Why::Missing) } else { Ok(()) }
    }
}

pub(super) fn hours(row: &Row<'_>) -> Result<CatalogueRow, BadRow> {
    let text = row.needed("weekday")?.to_lowercase();
    let Some(weekdays) = weekdays(&text) else { return bad("weekday", Why::NotAWeekday) };
    Ok(CatalogueRow::Hours(OpenHours { weekdays, season: row.season()?, span: row.span()? }))
}

pub(super) fn day(row: &Row<'_>) -> Result<CatalogueRow, BadRow> {
    let Some(day) = row.day("date")? else { return bad("date", Why::Missing) };
    let is_off = match row.text("is_off_day")?.is_empty() {
        true => None,
        false => Some(row.one_of::<bool>(
            "is_off_day",
            &[(true, &["true", "1", "是", "休息", "放假"]), (false, &["false", "0", "否", "上班", "补班"])],
        )?),
    };
    let worked = match (is_off, row.span()?) {
        (Some(true), None) => Worked::Holiday,
        (None, None) => Worked::Closed,
        (Some(false), None) => Worked::AsUsual,
        (Some(true), Some(_)) => return bad("is_off_day", Why::ClosedAndOpen),
        (_, Some(span)) => Worked::Hours(span),
    };
    Ok(CatalogueRow::Day(day, worked))
}

pub(super) fn mechanic(row: &Row<'_>) -> Result<CatalogueRow, BadRow> {
    let name = row.needed(if row.0.contains_key("person") { "person" } else { "mechanic" })?;
    let permit_until = row.day("permit_until")?;
    let mut skills = Vec::new();
    for word in row.list("skill")? {
        let skill = row.word("skill", &word, SKILLS)?;
        // Nobody touches high voltage by skill alone.
        match (skill, permit_until) {
            (Skill::HighVoltage, None) => return bad("permit_until", Why::Missing),
            (Skill::HighVoltage, Some(_)) => {}
            (other, _) if !skills.contains(&other) => skills.push(other),
            _ => {}
        }
    }
    if skills.is_empty() && permit_until.is_none() {
        return bad("skill", Why::Missing);
    }
    Ok(CatalogueRow::Mechanic(Mechanic { skills, permit_until, name: Some(name) }))
}

pub(super) fn member(row: &Row<'_>) -> Result<CatalogueRow, BadRow> {
    let id = StaffId(row.needed("id")?);
    // In JSON it is plainly the name.
    let name = if row.0.contains_key("person") { "person" } else { "name" };
    let name = row.needed(name)?;
    row.needed("role")?;
    Ok(CatalogueRow::Staff(StaffMember { id, name, role: row.one_of("role", ROLES)? }))
}

pub(super) fn text(row: &Row<'_>) -> Result<CatalogueRow, BadRow> {
    row.needed("id")?;
    let passage = row.one_of("id", PASSAGES)?;
    let places = passage.places();
    let version = row.needed("version")?;
    let text = Label { zh: row.wording("zh", places)?, en: row.wording("en", places)? };
    Ok(CatalogueRow::Text(TextBlock { id: passage.name().to_owned(), version, text }))
}

#[cfg(test)]
mod tests;
