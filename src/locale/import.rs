//! What is wrong with a file that is imported, for who imports it.

use super::Language;
use crate::money::NotANumber;
use crate::reference::table::{BadRow, LONGEST_CELL, Why, heading};

impl Language {
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
            Why::NotOneOf(words) => match self {
                Self::ZhCn => format!("应为：{}", words.join("、")),
                Self::En => format!("must be one of {}", words.join(", ")),
            },
            Why::TooLong => match self {
                Self::ZhCn => format!("超过 {LONGEST_CELL} 个字"),
                Self::En => format!("has more than {LONGEST_CELL} characters"),
            },
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
