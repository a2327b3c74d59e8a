//! A row of a table as a record: headings as dealerships' programs write them, in any order, and what is
//! wrong with a cell. Pure.

mod cells;
mod dealership;
mod records;

use std::collections::HashMap;

use super::{Kind, Record};
use crate::catalogue::rows::CatalogueRow;
use crate::money::NotANumber;
use crate::text::nfkc;
use cells::Row;

/// The longest cell, in characters.
pub const LONGEST_CELL: usize = 200;

/// The longest text of a paper in one language, in characters: what stands above the signatures fits on one page
/// with them.
pub const LONGEST_TEXT: usize = 500;

/// A column: its own name, which is also that of JSON, and the headings that mean it.
type Column = (&'static str, &'static [&'static str]);

const COLUMNS: &[Column] = &[
    ("number", &["配件编码", "配件号", "零件号", "备件号"]),
    ("code", &["项目编码", "工时编码", "作业代码"]),
    ("name", &["配件名称", "项目名称", "名称", "备件名称", "零件名称"]),
    ("name_en", &["英文名称"]),
    ("hours", &["工时", "标准工时"]),
    ("skill", &["技能", "工种", "skills"]),
    ("models", &["适用车型"]),
    ("alternatives", &["替代件", "替换件"]),
    ("guarantee", &["质保类别", "维修类别"]),
    ("price", &["零售价", "单价", "售价"]),
    ("stock", &["库存", "数量", "库存数量"]),
    ("location", &["货位", "库位"]),
    ("expected", &["预计到货", "到货日期"]),
    ("old_part", &["旧件", "旧件处理"]),
    ("origin", &["配件性质", "配件来源"]),
    ("payer", &["收费性质"]),
    ("class", &["会员级别", "客户级别"]),
    ("rate", &["工时单价"]),
    ("model", &["车型"]),
    ("months", &["月数", "保养月数"]),
    ("km", &["里程", "保养里程", "公里数"]),
    ("operations", &["保养项目", "项目"]),
    ("weekday", &["星期", "周几"]),
    ("date", &["日期"]),
    ("from", &["开始", "开门", "上班"]),
    ("until", &["结束", "关门", "下班"]),
    ("season_from", &["季节开始", "季节起"]),
    ("season_until", &["季节结束", "季节止"]),
    ("is_off_day", &["放假", "isoffday"]),
    ("mechanic", &["技师", "技师姓名"]),
    ("permit_until", &["电工证有效期", "低压电工证有效期"]),
    ("id", &["编号", "工号", "文本"]),
    ("person", &["姓名", "员工姓名"]),
    ("role", &["岗位", "职务"]),
    ("version", &["版本"]),
    ("zh", &["中文"]),
    ("en", &["英文"]),
];

/// What a table is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// Records of reference data.
    Of(Kind),
    /// 营业时间
    Hours,
    /// 节假日, 补班
    Days,
    /// 技师
    Mechanics,
    /// 员工
    Staff,
    /// 文本
    Texts,
}

/// What a table cannot do without; the first one tells the tables apart.
const NEEDED: &[(Table, &[&str])] = &[
    (Table::Of(Kind::Part), &["number", "name", "price"]),
    (Table::Of(Kind::Plan), &["operations", "model", "months", "km"]),
    (Table::Of(Kind::Rate), &["rate", "payer"]),
    (Table::Of(Kind::Operation), &["code", "name", "hours"]),
    (Table::Hours, &["weekday", "from", "until"]),
    (Table::Days, &["date", "from", "until"]),
    // As holidays of a year are published.
    (Table::Days, &["date", "is_off_day"]),
    (Table::Staff, &["id", "role"]),
    (Table::Mechanics, &["mechanic", "skill"]),
    (Table::Mechanics, &["person", "skill"]),
    (Table::Texts, &["id", "version", "zh", "en"]),
];

/// A row of one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableRow {
    /// Reference data.
    Record(Record),
    /// Of the dealership itself.
    Catalogue(CatalogueRow),
}

impl TableRow {
    /// Of which table.
    pub fn table(&self) -> Table {
        match self {
            Self::Record(record) => Table::Of(record.kind()),
            Self::Catalogue(CatalogueRow::Hours(_)) => Table::Hours,
            Self::Catalogue(CatalogueRow::Day(..)) => Table::Days,
            Self::Catalogue(CatalogueRow::Mechanic(_)) => Table::Mechanics,
            Self::Catalogue(CatalogueRow::Staff(_)) => Table::Staff,
            Self::Catalogue(CatalogueRow::Text(_)) => Table::Texts,
        }
    }
}

/// A row by its columns' names.
pub type Cells = HashMap<&'static str, String>;

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRow {
    /// The column's name; none for the row as a whole.
    pub column: Option<&'static str>,
    /// Why.
    pub why: Why,
}

/// Why a row is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// The cell is empty.
    Missing,
    /// The cell is no number, or none that can be kept.
    Number(NotANumber),
    /// Less than nothing, or nothing where there must be something.
    TooSmall,
    /// The cell is no day of the calendar.
    NotADay,
    /// The cell is no time of the day.
    NotATime,
    /// The cell is no day of the week.
    NotAWeekday,
    /// It ends before it begins.
    NotLater,
    /// Closed, and with hours.
    ClosedAndOpen,
    /// The cell says something else than one of these.
    NotOneOf(Vec<&'static str>),
    /// More than [`LONGEST_CELL`] characters.
    TooLong,
    /// More than [`LONGEST_TEXT`] characters.
    TextTooLong,
    /// Braces around what stands for nothing.
    Braces,
    /// So many cells under so many headings.
    Cells(usize, usize),
    /// The file ends within this row, or lacks its last line break.
    CutOff,
    /// This row stands in a line before: its file and number.
    Twice(String),
    /// It does not go together with a line before: its file and number.
    Overlaps(String),
    /// No operation has this code.
    NoSuchOperation(String),
    /// The row is no object of JSON.
    NotAnObject,
}

/// The columns of a table, by their places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// What its rows are.
    pub table: Table,
    columns: Vec<Option<&'static str>>,
}

/// The column that a heading means. Blanks, brackets and what is in them mean nothing: `单价(元)`.
pub fn column(heading: &str) -> Option<&'static str> {
    let heading = nfkc(heading).to_lowercase();
    let heading = heading.split(['(', '[']).next().unwrap_or_default();
    let heading: String = heading.chars().filter(|c| !c.is_whitespace() && *c != '*').collect();
    let means = |(name, others): &&Column| *name == heading || others.contains(&&*heading);
    COLUMNS.iter().find(means).map(|(name, _)| *name)
}

/// A column's heading in Chinese.
pub fn heading(column: &str) -> &str {
    let found = COLUMNS.iter().find(|(name, _)| *name == column);
    found.map_or(column, |(_, headings)| headings[0])
}

/// What rows with these columns are.
pub fn table_of(columns: &[&str]) -> Option<Table> {
    let has_all = |needed: &&(Table, &[&str])| needed.1.iter().all(|name| columns.contains(name));
    NEEDED.iter().find(has_all).map(|(table, _)| *table)
}

impl Heading {
    /// Reads a row as headings; `None` where it is not that of a table we know, such as a title above it.
    pub fn read<'a>(cells: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        let columns: Vec<_> = cells.into_iter().map(column).collect();
        let known: Vec<&str> = columns.iter().flatten().copied().collect();
        table_of(&known).map(|table| Self { table, columns })
    }

    /// A row under it, by columns.
    ///
    /// # Errors
    /// It has more or fewer cells than there are headings.
    pub fn cells<'a>(&self, cells: impl IntoIterator<Item = &'a str>) -> Result<Cells, BadRow> {
        let cells: Vec<&str> = cells.into_iter().collect();
        if cells.len() != self.columns.len() {
            return Err(BadRow { column: None, why: Why::Cells(cells.len(), self.columns.len()) });
        }
        let named = self.columns.iter().zip(cells);
        Ok(named.filter_map(|(column, cell)| Some(((*column)?, cell.to_owned()))).collect())
    }
}

/// What a row says.
///
/// # Errors
/// The first cell that cannot be taken, and why.
pub fn table_row(table: Table, cells: &Cells) -> Result<TableRow, BadRow> {
    let row = Row(cells);
    let record = match table {
        Table::Of(Kind::Operation) => records::operation(&row).map(Record::Operation),
        Table::Of(Kind::Part) => records::part(&row).map(Record::Part),
        Table::Of(Kind::Rate) => records::rate(&row).map(Record::Rate),
        Table::Of(Kind::Plan) => records::plan(&row).map(Record::Plan),
        Table::Hours => return dealership::hours(&row).map(TableRow::Catalogue),
        Table::Days => return dealership::day(&row).map(TableRow::Catalogue),
        Table::Mechanics => return dealership::mechanic(&row).map(TableRow::Catalogue),
        Table::Staff => return dealership::member(&row).map(TableRow::Catalogue),
        Table::Texts => return dealership::text(&row).map(TableRow::Catalogue),
    };
    record.map(TableRow::Record)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::cells::bad;
    use super::*;
    use crate::catalogue::{Day, Label};
    use crate::estimate::{Origin, Payer};
    use crate::money::{Fen, Quantity};
    use crate::record::Kept as _;
    use crate::reference::{LabourRate, Part, ServicePlan, Skill};

    fn row(heading: &str, cells: &str) -> Result<Record, BadRow> {
        let heading = Heading::read(heading.split('\t')).expect("a heading");
        match table_row(heading.table, &heading.cells(cells.split('\t'))?)? {
            TableRow::Record(record) => Ok(record),
            TableRow::Catalogue(row) => panic!("{row:?}"),
        }
    }

    fn part_with(column: &str, cell: &str) -> Result<Part, BadRow> {
        let heading = format!("配件编码\t配件名称\t零售价\t{column}");
        match row(&heading, &format!("A1\t前制动片\t468\t{cell}"))? {
            Record::Part(part) => Ok(part),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn headings_are_known_by_their_synonyms_in_any_order_and_strange_ones_are_passed_over() {
        let part = row("产地\t单价（元）\t 配件名称*\t配件编码", "深圳\t￥1,286.50\t前制动片\tＡ1");
        let Ok(Record::Part(part)) = part else { panic!("{part:?}") };
        assert_eq!((part.price, &*part.number), (Fen(128_650), "A1"), "full-width signs are plain ones");
        assert_eq!(part.name, Label { zh: "前制动片".into(), en: "前制动片".into() });
        assert_eq!(part.origin, Origin::Maker);
        assert_eq!(Heading::read(["配件清单", "", ""]), None, "a title is no heading");
    }

    #[test]
    fn each_kind_of_table_is_told_by_its_columns() {
        let operation = row(
            "code\tname\tname_en\thours\tskill",
            "B01\t更换前制动片\tReplace front brake pads\t1.2 小时\t机电",
        );
        let Ok(Record::Operation(operation)) = operation else { panic!("{operation:?}") };
        assert_eq!((operation.hours, operation.skill), (Quantity(1_200), Skill::Mechanical));
        let rate = row("收费性质\t会员级别\t工时单价", "索赔\t\t180");
        assert_eq!(
            rate,
            Ok(Record::Rate(LabourRate {
                payer: Payer::Manufacturer,
                class: String::new(),
                rate: Fen(18_000)
            }))
        );
        let plan = row("车型\t月数\t里程\t保养项目", "汉 EV\t12\t20,000 公里\tM01、M02");
        let operations = vec!["M01".to_owned(), "M02".to_owned()];
        assert_eq!(
            plan,
            Ok(Record::Plan(ServicePlan { model: "汉 EV".into(), months: 12, km: 20_000, operations }))
        );
    }

    #[test]
    fn a_day_is_read_as_programs_and_spreadsheets_write_it() {
        let fifth = Some(Day(NaiveDate::from_ymd_opt(2026, 3, 5).expect("a day")));
        for text in ["2026/3/5", "2026-03-05", "20260305", "2026年3月5日", "46086"] {
            assert_eq!(part_with("预计到货", text).map(|part| part.expected), Ok(fifth), "{text}");
        }
        assert_eq!(part_with("预计到货", "").map(|part| part.expected), Ok(None));
        for text in ["2026-02-30", "下周", "460861", "20261301"] {
            assert_eq!(part_with("预计到货", text), bad("expected", Why::NotADay), "{text}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_cell_is_said_of_that_cell() {
        let price = |text: &str| row("配件编码\t配件名称\t零售价", &format!("A1\t前制动片\t{text}"));
        assert_eq!(price("9.13E+17"), bad("price", Why::Number(NotANumber::Unreadable)));
        assert_eq!(price("1.234"), bad("price", Why::Number(NotANumber::TooFine)));
        assert_eq!(price("99999999999999999999"), bad("price", Why::Number(NotANumber::TooLarge)));
        assert_eq!(price("-1"), bad("price", Why::TooSmall));
        assert!(price("0").is_ok(), "what is given away has a price too");
        assert_eq!(price(""), bad("price", Why::Missing));
        assert_eq!(price("1\t2"), Err(BadRow { column: None, why: Why::Cells(4, 3) }));
        assert_eq!(part_with("库存", "-1"), bad("stock", Why::TooSmall));
        assert_eq!(part_with("库存", "4 件").map(|part| part.stock), Ok(Quantity(4_000)));
        let origin = |word| part_with("配件性质", word).map(|part| part.origin);
        assert_eq!((origin("同质"), origin("Equal")), (Ok(Origin::Equal), Ok(Origin::Equal)));
        let origins = part_with("配件性质", "进口");
        assert!(
            matches!(origins, Err(BadRow { column: Some("origin"), why: Why::NotOneOf(_) })),
            "{origins:?}"
        );
        let name = |count: usize| row("code\tname\thours", &format!("B01\t{}\t1", "长".repeat(count)));
        assert!(name(LONGEST_CELL).is_ok());
        assert_eq!(name(LONGEST_CELL + 1), bad("name", Why::TooLong));
        assert_eq!(row("code\tname\thours", "B01\t检查\t0"), bad("hours", Why::TooSmall));
        let plan = |months: &str| row("model\tmonths\tkm\toperations", &format!("汉\t{months}\t20000\tM01"));
        assert_eq!(plan("0"), bad("months", Why::TooSmall));
        assert_eq!(plan("1.5"), bad("months", Why::Number(NotANumber::TooFine)));
        assert_eq!(plan("4294967296"), bad("months", Why::Number(NotANumber::TooLarge)));
        assert_eq!(row("model\tmonths\tkm\toperations", "汉\t1\t1\t"), bad("operations", Why::Missing));
    }

    #[test]
    fn a_record_is_read_as_it_is_written() {
        for record in [
            Record::Part(part_with("预计到货", "2026/3/5").expect("a part")),
            row("收费性质\t工时单价", "内部\t120").expect("a rate"),
            row("车型\t月数\t里程\t保养项目", "汉\t12\t20000\tM01").expect("a plan"),
            row("code\tname\thours\tmodels", "B01\t检查\t0.3\t汉;秦").expect("an operation"),
        ] {
            assert_eq!(Record::read(record.write()).expect("a record"), record);
        }
        assert!(Record::read(serde_json::json!(["wheel", {}])).is_err());
    }
}
