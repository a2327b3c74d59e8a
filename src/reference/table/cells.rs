//! The cells of a row as texts, amounts, days and lists.

use chrono::{Days, NaiveDate};

use super::{BadRow, Cells, LONGEST_CELL, Why};
use crate::catalogue::{Day, Label};
use crate::money::{Fen, NotANumber, Quantity};
use crate::record::Kept;
use crate::text::nfkc;

/// A row, whose cells are read by their columns' names.
pub(super) struct Row<'a>(pub(super) &'a Cells);

pub(super) fn bad<T>(column: &'static str, why: Why) -> Result<T, BadRow> {
    Err(BadRow { column: Some(column), why })
}

/// As people write a number with what is counted behind it: `48,600 公里`, `1.5h`.
fn bare(text: &str) -> &str {
    text.trim_end_matches(|c: char| !c.is_ascii_digit() && c != '.').trim_end()
}

/// `2026/3/5`, `2026-03-05`, `20260305`, `2026年3月5日`, or a spreadsheet's 46086.
fn day(text: &str) -> Option<NaiveDate> {
    if let Ok(number) = text.parse::<u32>() {
        return match text.len() {
            8 => NaiveDate::from_ymd_opt((number / 10_000) as i32, number / 100 % 100, number % 100),
            // Days since the one before 1900 began, with a 29 February 1900 that never was.
            5 => NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(number.into())),
            _ => None,
        };
    }
    let text = text.trim_end_matches('日');
    let parts: Vec<&str> = text.split(['/', '-', '.', '年', '月']).collect();
    let [year, month, day] = parts.try_into().ok()?;
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

impl Row<'_> {
    pub(super) fn text(&self, column: &'static str) -> Result<String, BadRow> {
        let text = nfkc(self.0.get(column).map(String::as_str).unwrap_or_default());
        let text = text.trim();
        if text.chars().count() > LONGEST_CELL {
            return bad(column, Why::TooLong);
        }
        Ok(text.to_owned())
    }

    pub(super) fn needed(&self, column: &'static str) -> Result<String, BadRow> {
        let text = self.text(column)?;
        if text.is_empty() { bad(column, Why::Missing) } else { Ok(text) }
    }

    pub(super) fn name(&self) -> Result<Label, BadRow> {
        let (zh, en) = (self.needed("name")?, self.text("name_en")?);
        // Few programs have names in two languages: one is better than none.
        let en = if en.is_empty() { zh.clone() } else { en };
        Ok(Label { zh, en })
    }

    pub(super) fn amount(&self, column: &'static str) -> Result<Fen, BadRow> {
        match Fen::read(&self.needed(column)?) {
            Ok(fen) if fen < Fen(0) => bad(column, Why::TooSmall),
            Ok(fen) => Ok(fen),
            Err(why) => bad(column, Why::Number(why)),
        }
    }

    pub(super) fn quantity(&self, column: &'static str, text: &str) -> Result<Quantity, BadRow> {
        match Quantity::read(bare(text)) {
            Ok(quantity) if quantity < Quantity(0) => bad(column, Why::TooSmall),
            Ok(quantity) => Ok(quantity),
            Err(why) => bad(column, Why::Number(why)),
        }
    }

    pub(super) fn whole(&self, column: &'static str) -> Result<u32, BadRow> {
        let quantity = self.quantity(column, &self.needed(column)?)?;
        match u32::try_from(quantity.0 / 1_000) {
            Ok(0) => bad(column, Why::TooSmall),
            Ok(number) if quantity.0 % 1_000 == 0 => Ok(number),
            Ok(_) => bad(column, Why::Number(NotANumber::TooFine)),
            Err(_) => bad(column, Why::Number(NotANumber::TooLarge)),
        }
    }

    /// A day; none where the cell is empty.
    pub(super) fn day(&self, column: &'static str) -> Result<Option<Day>, BadRow> {
        let text = self.text(column)?;
        match day(&text) {
            Some(day) => Ok(Some(Day(day))),
            None if text.is_empty() => Ok(None),
            None => bad(column, Why::NotADay),
        }
    }

    pub(super) fn list(&self, column: &'static str) -> Result<Vec<String>, BadRow> {
        let text = self.0.get(column).map(|text| nfkc(text)).unwrap_or_default();
        let items = text.split([';', ',', '、', '|']).map(str::trim).filter(|item| !item.is_empty());
        let items: Vec<String> = items.map(str::to_owned).collect();
        if items.iter().any(|item| item.chars().count() > LONGEST_CELL) {
            return bad(column, Why::TooLong);
        }
        Ok(items)
    }

    /// One of a list, as it is written or by one of its words; the first where the cell is empty.
    pub(super) fn one_of<T: Kept + Copy>(
        &self,
        column: &'static str,
        of: &[(T, &[&'static str])],
    ) -> Result<T, BadRow> {
        let text = self.text(column)?;
        if text.is_empty() { Ok(of[0].0) } else { self.word(column, &text, of) }
    }

    /// One of a list by a word of a cell.
    pub(super) fn word<T: Kept + Copy>(
        &self,
        column: &'static str,
        word: &str,
        of: &[(T, &[&'static str])],
    ) -> Result<T, BadRow> {
        let word = word.to_lowercase();
        let by_word = of.iter().find(|(_, words)| words.contains(&&*word)).map(|(value, _)| *value);
        match by_word.or_else(|| T::read(word.into()).ok()) {
            Some(value) => Ok(value),
            None => bad(column, Why::NotOneOf(of.iter().map(|(_, words)| words[0]).collect())),
        }
    }
}
