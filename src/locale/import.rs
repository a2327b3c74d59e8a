//! What is wrong with a file that is imported, for who imports it.

use std::collections::BTreeMap;

use super::Language;
use crate::money::NotANumber;
use crate::reference::Kind;
use crate::reference::file::{LARGEST_FILE, NotRead};
use crate::reference::table::{BadRow, LONGEST_CELL, LONGEST_TEXT, Table, Why, heading};

impl Language {
    /// There is no database.
    pub fn no_database(self, folder: &str) -> String {
        match self {
            Self::ZhCn => format!("{folder} 里没有接车板的数据库。请先启动一次服务器。"),
            Self::En => format!("There is no database of Lanepad in {folder}. Start the server once before."),
        }
    }

    /// Why a file is not read at all.
    pub fn file_not_read(self, why: &NotRead) -> String {
        match (self, why) {
            (Self::ZhCn, NotRead::TooLarge) => {
                format!("文件超过 {} MB，请分成几个文件。什么都没有改动。", LARGEST_FILE >> 20)
            }
            (Self::En, NotRead::TooLarge) => {
                format!("the file has more than {} MB: divide it. Nothing was changed.", LARGEST_FILE >> 20)
            }
            (Self::ZhCn, NotRead::NotText) => {
                "不是文本文件。请在表格软件里另存为 CSV。什么都没有改动。".into()
            }
            (Self::En, NotRead::NotText) => {
                "is no text. Save it as CSV in the spreadsheet. Nothing was changed.".into()
            }
            (Self::ZhCn, NotRead::NoHeading) => {
                "没有找到表头，例如“配件编码、配件名称、零售价”。什么都没有改动。".into()
            }
            (Self::En, NotRead::NoHeading) => {
                "has no headings that are known, such as “number, name, price”. Nothing was changed.".into()
            }
            (Self::ZhCn, NotRead::NotJson { line }) => {
                format!("第 {line} 行不是完整的 JSON，文件可能不完整。什么都没有改动。")
            }
            (Self::En, NotRead::NotJson { line }) => {
                format!("is no whole JSON at line {line}: it may be cut off. Nothing was changed.")
            }
        }
    }

    /// Bad lines, and nothing was changed.
    pub fn import_refused(self, bad: usize) -> String {
        match self {
            Self::ZhCn => format!("{bad} 行有错，什么都没有改动。改好再导入，或用 --skip-bad 跳过这些行。"),
            Self::En => {
                let lines = if bad == 1 { "line is" } else { "lines are" };
                format!(
                    "{bad} {lines} wrong, nothing was changed. Mend them, or leave them out by --skip-bad."
                )
            }
        }
    }

    /// What was read and kept.
    pub fn imported(self, counts: &BTreeMap<Table, usize>, changed: usize, bad: usize) -> String {
        let named = |table: &Table, count: &usize| match (self, table) {
            (Self::ZhCn, Table::Of(Kind::Operation)) => format!("{count} 个工时项目"),
            (Self::ZhCn, Table::Of(Kind::Part)) => format!("{count} 种配件"),
            (Self::ZhCn, Table::Of(Kind::Rate)) => format!("{count} 个工时单价"),
            (Self::ZhCn, Table::Of(Kind::Plan)) => format!("{count} 个保养计划"),
            (Self::ZhCn, Table::Hours) => format!("{count} 行营业时间"),
            (Self::ZhCn, Table::Days) => format!("{count} 行节假日"),
            (Self::ZhCn, Table::Mechanics) => format!("{count} 名技师"),
            (Self::ZhCn, Table::Staff) => format!("{count} 名员工"),
            (Self::ZhCn, Table::Texts) => format!("{count} 段文本"),
            (Self::En, Table::Of(Kind::Operation)) => format!("{count} operations"),
            (Self::En, Table::Of(Kind::Part)) => format!("{count} parts"),
            (Self::En, Table::Of(Kind::Rate)) => format!("{count} labour rates"),
            (Self::En, Table::Of(Kind::Plan)) => format!("{count} service plans"),
            (Self::En, Table::Hours) => format!("{count} lines of opening hours"),
            (Self::En, Table::Days) => format!("{count} lines of days"),
            (Self::En, Table::Mechanics) => format!("{count} mechanics"),
            (Self::En, Table::Staff) => format!("{count} people"),
            (Self::En, Table::Texts) => format!("{count} texts"),
        };
        let read: Vec<String> = counts.iter().map(|(table, count)| named(table, count)).collect();
        match self {
            Self::ZhCn => format!("读入 {}；{changed} 条有变化，跳过 {bad} 行。", read.join("、")),
            Self::En => format!("Read {}; {changed} have changed, {bad} left out.", read.join(", ")),
        }
    }

    /// What is wrong with a row.
    pub fn bad_row(self, bad: &BadRow) -> String {
        let why = match &bad.why {
            Why::Missing => self.pick("不能为空", "must not be empty").to_owned(),
            Why::Number(NotANumber::Unreadable) => self.pick("不是数字", "is no number").to_owned(),
            Why::Number(NotANumber::TooFine) => {
                self.pick("小数位数太多", "has too many places behind the point").to_owned()
            }
            Why::Number(NotANumber::TooLarge) => self.pick("数字太大", "is too large").to_owned(),
            Why::TooSmall => self.pick("数字太小", "is too small").to_owned(),
            Why::NotADay => self.pick("不是日期", "is no date").to_owned(),
            Why::NotATime => self.pick("不是时间，例如 08:30", "is no time, such as 08:30").to_owned(),
            Why::NotAWeekday => {
                self.pick("不是星期，例如 周一", "is no day of the week, such as Mon").to_owned()
            }
            Why::NotLater => self.pick("不晚于开始时间", "is not later than the beginning").to_owned(),
            Why::ClosedAndOpen => self.pick("放假又有营业时间", "is closed and has hours").to_owned(),
            Why::NotOneOf(words) => match self {
                Self::ZhCn => format!("应为：{}", words.join("、")),
                Self::En => format!("must be one of {}", words.join(", ")),
            },
            Why::TooLong => match self {
                Self::ZhCn => format!("超过 {LONGEST_CELL} 个字"),
                Self::En => format!("has more than {LONGEST_CELL} characters"),
            },
            Why::TextTooLong => match self {
                Self::ZhCn => format!("超过 {LONGEST_TEXT} 个字"),
                Self::En => format!("has more than {LONGEST_TEXT} characters"),
            },
            Why::Braces => self
                .pick(
                    "花括号里只能是质保的 {days} 和 {km}",
                    "has braces around something else than a guarantee's {days} and {km}",
                )
                .to_owned(),
            Why::Cells(found, headings) => match self {
                Self::ZhCn => format!("这一行有 {found} 格，表头有 {headings} 格"),
                Self::En => format!("this line has {found} cells under {headings} headings"),
            },
            Why::CutOff => self
                .pick(
                    "文件到这一行没有换行就结束了，可能不完整",
                    "the file ends here without a line break: it may be cut off",
                )
                .to_owned(),
            Why::Twice(before) => match self {
                Self::ZhCn => format!("与 {before} 重复"),
                Self::En => format!("stands in {before} already"),
            },
            Why::Overlaps(before) => match self {
                Self::ZhCn => format!("与 {before} 的时间重叠"),
                Self::En => format!("does not go together with the hours in {before}"),
            },
            Why::NoSuchOperation(code) => match self {
                Self::ZhCn => format!("没有编码为“{code}”的项目"),
                Self::En => format!("there is no operation “{code}”"),
            },
            Why::NotAnObject => self.pick("不是一条记录", "is no record").to_owned(),
        };
        match (self, bad.column) {
            (_, None) => why,
            (Self::ZhCn, Some(column)) => format!("{}：{why}", heading(column)),
            (Self::En, Some(column)) => format!("{column}: {why}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_said_of_its_column_in_both_languages() {
        let bad = BadRow { column: Some("price"), why: Why::TooSmall };
        assert_eq!(Language::ZhCn.bad_row(&bad), "零售价：数字太小");
        assert_eq!(Language::En.bad_row(&bad), "price: is too small");
        let short = BadRow { column: None, why: Why::Cells(2, 5) };
        assert_eq!(Language::En.bad_row(&short), "this line has 2 cells under 5 headings");
    }
}
