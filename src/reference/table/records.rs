//! A row of a table as a record of reference data.

use super::cells::{Row, bad};
use super::dealership::SKILLS;
use super::{BadRow, Why};
use crate::coverage::GuaranteeClass;
use crate::estimate::{Origin, Payer};
use crate::money::Quantity;
use crate::reference::{LabourRate, OldPart, Operation, Part, ServicePlan};

pub(super) fn operation(row: &Row<'_>) -> Result<Operation, BadRow> {
    let hours = row.quantity("hours", &row.needed("hours")?)?;
    if hours == Quantity(0) {
        return bad("hours", Why::TooSmall);
    }
    Ok(Operation {
        code: row.needed("code")?,
        name: row.name()?,
        hours,
        skill: row.one_of("skill", SKILLS)?,
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

pub(super) fn part(row: &Row<'_>) -> Result<Part, BadRow> {
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
        alternatives: Some(row.list("alternatives")?).filter(|others| !others.is_empty()),
    })
}

pub(super) fn rate(row: &Row<'_>) -> Result<LabourRate, BadRow> {
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

pub(super) fn plan(row: &Row<'_>) -> Result<ServicePlan, BadRow> {
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
