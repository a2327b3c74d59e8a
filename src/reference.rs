//! Reference data that a dealership's other programs know: labour operations, parts, labour rates, service
//! plans. Imported as tables, checked row by row, kept as one list of records by kind and key.

#[cfg(not(target_arch = "wasm32"))]
pub mod file;
#[cfg(not(target_arch = "wasm32"))]
pub mod table;

use serde_json::Value;

use crate::catalogue::{Day, Label};
use crate::coverage::GuaranteeClass;
use crate::estimate::{Origin, Payer};
use crate::money::{Fen, Quantity};
use crate::record::{Fields, Kept, by_value, kept, named, variant};

named! {
    /// What a technician must be able to do.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Skill {
        /// 机电
        Mechanical = "mechanical",
        /// 诊断
        Diagnosis = "diagnosis",
        /// 高压: with the 低压电工 permit.
        HighVoltage = "high_voltage",
        /// 钣金
        Body = "body",
        /// 喷漆
        Paint = "paint",
    }
}

named! {
    /// What becomes of the part that is replaced.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum OldPart {
        /// 客户所有: it belongs to the customer, who takes or leaves it.
        Customer = "customer",
        /// 旧件交换: the price supposes that it goes back to the maker.
        Exchange = "exchange",
        /// 危险废物: handed to a licensed collector, such as batteries and oil.
        Hazardous = "hazardous",
    }
}

/// 工时项目
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// 项目编码
    pub code: String,
    /// 项目名称
    pub name: Label,
    /// 工时
    pub hours: Quantity,
    /// 技能
    pub skill: Skill,
    /// 适用车型; none for all.
    pub models: Vec<String>,
    /// Its class for the shop's own guarantee.
    pub guarantee: GuaranteeClass,
}

kept!(Operation { code, name, hours, skill, models, guarantee });

/// 配件
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// 配件编码
    pub number: String,
    /// 配件名称
    pub name: Label,
    /// 零售价, of one.
    pub price: Fen,
    /// 库存
    pub stock: Quantity,
    /// 货位
    pub location: String,
    /// 预计到货; none where nothing is on the way.
    pub expected: Option<Day>,
    /// 旧件
    pub old_part: OldPart,
    /// 配件性质
    pub origin: Origin,
    /// 适用车型; none for all.
    pub models: Vec<String>,
    /// 替代件: numbers of parts that do in its place.
    pub alternatives: Option<Vec<String>>,
}

kept!(Part { number, name, price, stock, location, expected, old_part, origin, models; alternatives });

/// 工时单价, by who pays and by the customer's class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabourRate {
    /// 收费性质
    pub payer: Payer,
    /// 会员级别; empty for everybody.
    pub class: String,
    /// Of an hour.
    pub rate: Fen,
}

kept!(LabourRate { payer, class, rate });

/// 保养计划: what is done at one service of a model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServicePlan {
    /// 车型
    pub model: String,
    /// Since the purchase, whichever comes first.
    pub months: u32,
    /// Since the purchase.
    pub km: u32,
    /// 项目编码
    pub operations: Vec<String>,
}

kept!(ServicePlan { model, months, km, operations });

named! {
    /// What a record is of.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Kind {
        /// 工时项目
        Operation = "operation",
        /// 配件
        Part = "part",
        /// 工时单价
        Rate = "rate",
        /// 保养计划
        Plan = "plan",
    }
}

/// One record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Record {
    /// 工时项目
    Operation(Operation),
    /// 配件
    Part(Part),
    /// 工时单价
    Rate(LabourRate),
    /// 保养计划
    Plan(ServicePlan),
}

impl Record {
    /// What it is of.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Operation(_) => Kind::Operation,
            Self::Part(_) => Kind::Part,
            Self::Rate(_) => Kind::Rate,
            Self::Plan(_) => Kind::Plan,
        }
    }

    /// Which one of its kind.
    pub fn key(&self) -> String {
        match self {
            Self::Operation(operation) => operation.code.clone(),
            Self::Part(part) => part.number.clone(),
            Self::Rate(rate) => format!("{} {}", rate.payer.name(), rate.class),
            Self::Plan(plan) => format!("{} {} {}", plan.model, plan.months, plan.km),
        }
    }

    /// As it is kept; sent, its kind stands before it.
    pub fn value(&self) -> Value {
        match self {
            Self::Operation(operation) => operation.write(),
            Self::Part(part) => part.write(),
            Self::Rate(rate) => rate.write(),
            Self::Plan(plan) => plan.write(),
        }
    }
}

impl Kept for Record {
    fn read(value: Value) -> Result<Self, serde_json::Error> {
        let (kind, value) = Fields::of_variant(value)?;
        Ok(match Kind::read(kind.into())? {
            Kind::Operation => Self::Operation(Kept::read(value)?),
            Kind::Part => Self::Part(Kept::read(value)?),
            Kind::Rate => Self::Rate(Kept::read(value)?),
            Kind::Plan => Self::Plan(Kept::read(value)?),
        })
    }

    fn write(&self) -> Value {
        variant(self.kind().name(), self.value())
    }
}

by_value!(Record);
