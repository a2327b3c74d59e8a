//! A row of a table as a record: headings as dealerships' programs write them, in any order, and what is
//! wrong with a cell. Pure.

mod cells;

use std::collections::HashMap;

use super::{Kind, LabourRate, OldPart, Operation, Part, Record, ServicePlan, Skill};
use crate::coverage::GuaranteeClass;
use crate::estimate::{Origin, Payer};
use crate::money::{NotANumber, Quantity};
use crate::text::nfkc;
use cells::{Row, bad};

/// The longest cell, in characters.
pub const LONGEST_CELL: usize = 200;

/// A column: its own name, which is also that of JSON, and the headings that mean it.
type Column = (&'static str, &'static [&'static str]);

const COLUMNS: &[Column] = &[
    ("number", &["配件编码", "配件号", "零件号", "备件号"]),
    ("code", &["项目编码", "工时编码", "作业代码"]),
    ("name", &["配件名称", "项目名称", "名称", "备件名称", "零件名称"]),
    ("name_en", &["英文名称"]),
    ("hours", &["工时", "标准工时"]),
    ("skill", &["技能", "工种"]),
    ("models", &["适用车型"]),
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
];

/// What a kind of record cannot do without; the first one tells the kinds apart.
const NEEDED: &[(Kind, &[&str])] = &[
    (Kind::Part, &["number", "name", "price"]),
    (Kind::Plan, &["operations", "model", "months", "km"]),
    (Kind::Rate, &["rate", "payer"]),
    (Kind::Operation, &["code", "name", "hours"]),
];

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
    /// The cell says something else than one of these.
    NotOneOf(Vec<&'static str>),
    /// More than [`LONGEST_CELL`] characters.
    TooLong,
    /// So many cells under so many headings.
    Cells(usize, usize),
    /// The file ends within this row, or lacks its last line break.
    CutOff,
    /// This row stands in a line before: its file and number.
    Twice(String),
    /// No operation has this code.
    NoSuchOperation(String),
    /// The row is no object of JSON.
    NotAnObject,
}

/// The columns of a table, by their places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// What its rows are.
    pub kind: Kind,
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
pub fn kind_of(columns: &[&str]) -> Option<Kind> {
    let has_all = |needed: &&(Kind, &[&str])| needed.1.iter().all(|name| columns.contains(name));
    NEEDED.iter().find(has_all).map(|(kind, _)| *kind)
}

impl Heading {
    /// Reads a row as headings; `None` where it is not that of a table we know, such as a title above it.
    pub fn read<'a>(cells: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        let columns: Vec<_> = cells.into_iter().map(column).collect();
        let known: Vec<&str> = columns.iter().flatten().copied().collect();
        kind_of(&known).map(|kind| Self { kind, columns })
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

/// A row as a record of a kind.
///
/// # Errors
/// The first cell that cannot be taken, and why.
pub fn record(kind: Kind, cells: &Cells) -> Result<Record, BadRow> {
    let row = Row(cells);
    match kind {
        Kind::Operation => operation(&row).map(Record::Operation),
        Kind::Part => part(&row).map(Record::Part),
        Kind::Rate => rate(&row).map(Record::Rate),
        Kind::Plan => plan(&row).map(Record::Plan),
    }
}

fn operation(row: &Row<'_>) -> Result<Operation, BadRow> {
    let hours = row.quantity("hours", &row.needed("hours")?)?;
    if hours == Quantity(0) {
        return bad("hours", Why::TooSmall);
    }
    Ok(Operation {
        code: row.needed("code")?,
        name: row.name()?,
        hours,
        skill: row.one_of(
            "skill",
            &[
                (Skill::Mechanical, &["机电", "机修", "电工"]),
                (Skill::Diagnosis, &["诊断"]),
                (Skill::HighVoltage, &["高压", "三电"]),
                (Skill::Body, &["钣金"]),
                (Skill::Paint, &["喷漆"]),
            ],
        )?,
        models: row.list("models")?,
        guarantee: row.one_of(
            "guarantee",
            &[
                (GuaranteeClass::Other, &["小修", "专项修理", "一级维护"]),
                (GuaranteeClass::SecondMaintenance, &["二级维护"]),
                (GuaranteeClass::Whole, &["总成修理", "整车修理"]),
            ],
        )?,
    })
}

fn part(row: &Row<'_>) -> Result<Part, BadRow> {
    let stock = row.text("stock")?;
    Ok(Part {
        number: row.needed("number")?,
        name: row.name()?,
        price: row.amount("price")?,
        stock: if stock.is_empty() { Quantity(0) } else { row.quantity("stock", &stock)? },
        location: row.text("location")?,
        expected: row.day("expected")?,
        old_part: row.one_of(
            "old_part",
            &[
                (OldPart::Customer, &["客户所有"]),
                (OldPart::Exchange, &["旧件交换", "返厂"]),
                (OldPart::Hazardous, &["危险废物"]),
            ],
        )?,
        origin: row.one_of(
            "origin",
            &[
                (Origin::Maker, &["原厂", "原厂件"]),
                (Origin::Equal, &["同质", "同质件"]),
                (Origin::Other, &["副厂", "副厂件"]),
                (Origin::Repaired, &["修复", "修复件"]),
                (Origin::Brought, &["顾客自备", "自备"]),
            ],
        )?,
        models: row.list("models")?,
    })
}

fn rate(row: &Row<'_>) -> Result<LabourRate, BadRow> {
    row.needed("payer")?;
    let payer = row.one_of(
        "payer",
        &[
            (Payer::Customer, &["自费", "客户自付"]),
            (Payer::Manufacturer, &["索赔", "三包", "质保"]),
            (Payer::Insurer, &["保险"]),
            (Payer::Dealership, &["内部", "免费"]),
        ],
    )?;
    Ok(LabourRate { payer, class: row.text("class")?, rate: row.amount("rate")? })
}

fn plan(row: &Row<'_>) -> Result<ServicePlan, BadRow> {
    let operations = row.list("operations")?;
    if operations.is_empty() {
        return bad("operations", Why::Missing);
    }
    Ok(ServicePlan {
        model: row.needed("model")?,
        months: row.whole("months")?,
        km: row.whole("km")?,
        operations,
    })
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::catalogue::{Day, Label};
    use crate::money::Fen;
    use crate::record::Kept as _;

    fn row(heading: &str, cells: &str) -> Result<Record, BadRow> {
        let heading = Heading::read(heading.split('\t')).expect("a heading");
        record(heading.kind, &heading.cells(cells.split('\t'))?)
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
