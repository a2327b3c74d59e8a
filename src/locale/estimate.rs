//! The estimate: words, and why a line cannot stand; what its changes say.

use super::Language;
use crate::estimate::{NotAnEstimate, Origin, Payer};
use crate::money::{Fen, NotANumber, Quantity};
use crate::visit::order::{Found, Item, Terms};
use crate::visit::{Change, Key};

words! {
    step_estimate: "估价" | "Estimate";
    customer_pays: "顾客应付" | "Customer pays";
    labour: "工时费" | "Labour";
    parts_cost: "备件费" | "Parts";
    discounts: "优惠" | "Discounts";
    covered_cost: "他方承担" | "Borne by others";
    ceilings: "待报价上限" | "Ceiling after diagnosis";
    add_work: "加项目" | "Add work";
    add_part: "加备件" | "Add part";
    find_work: "项目编码、名称或拼音首字母" | "Code, name or pinyin initials";
    find_part: "备件编码、名称或拼音首字母" | "Number, name or pinyin initials";
    no_record: "没有找到。换个写法。" | "Nothing found. Try another way.";
    reference_missing: "项目和备件还没有到这台平板。连上服务器后会自己到。" | "Operations and parts are not on this tablet yet. They come by themselves once the server is reached.";
    quantity: "数量" | "Quantity";
    hours: "工时" | "Hours";
    unit_price: "单价" | "Price of one";
    discount: "优惠" | "Discount";
    payer: "谁承担" | "Who bears it";
    after_diagnosis: "检查后定价" | "Priced after diagnosis";
    to_be_priced: "待报价" | "To be priced";
    withdraw_line: "去掉这一行" | "Take the line out";
    line_withdrawn: "已去掉" | "Taken out";
    beside_concerns: "其他项目" | "Other work";
    start_with_concern: "先在“问诊”里记下顾客说的，再估价。" | "First note in the interview what the customer says.";
    recommended_work: "建议项目" | "Recommended work";
    recommended: "建议" | "Recommended";
    accepted: "顾客要做" | "Accepted";
    declined: "顾客不做" | "Declined";
    customer_wants_it: "做" | "Do it";
    customer_declines: "不做" | "Not now";
    price_now: "现价" | "Price now";
    in_stock: "有货" | "In stock";
    out_of_stock: "无货" | "Out of stock";
    no_longer_listed: "目录里已没有" | "No longer listed";
    data_of: "备件数据" | "Parts data";
    what_was_found: "检查结果" | "Finding";
    zero_price: "没有单价，请填写" | "No price: enter one";
    not_a_number: "请填数字，例如 12.50" | "Enter a number, such as 12.50";
    number_too_large: "数字太大" | "The number is too large";
}

impl Language {
    /// 谁承担
    pub fn payer_word(self, payer: Payer) -> &'static str {
        match payer {
            Payer::Customer => self.pick("顾客", "Customer"),
            Payer::Manufacturer => self.pick("厂家", "Maker"),
            Payer::Insurer => self.pick("保险", "Insurer"),
            Payer::Dealership => self.pick("本店", "We"),
        }
    }

    /// 配件性质
    pub fn origin_word(self, origin: Origin) -> &'static str {
        match origin {
            Origin::Maker => self.pick("原厂", "Original"),
            Origin::Equal => self.pick("同质", "Equal quality"),
            Origin::Other => self.pick("副厂", "Aftermarket"),
            Origin::Repaired => self.pick("修复", "Repaired"),
            Origin::Brought => self.pick("顾客自备", "Brought along"),
        }
    }

    /// 检查结果
    pub fn found_word(self, found: Found) -> &'static str {
        match found {
            Found::Confirmed => self.pick("已确认", "Confirmed"),
            Found::NeedsDiagnosis => self.pick("待诊断", "To diagnose"),
            Found::NotReproduced => self.pick("未再现", "Not found"),
        }
    }

    /// Why a line cannot stand.
    pub fn not_an_estimate(self, why: NotAnEstimate) -> &'static str {
        match why {
            NotAnEstimate::NoQuantity(_) => self.pick("数量要大于 0", "The quantity must be above 0"),
            NotAnEstimate::Negative(_) => {
                self.pick("单价和优惠不能小于 0", "Price and discount cannot be below 0")
            }
            NotAnEstimate::DiscountAboveLine(_) => {
                self.pick("优惠不能超过这一行的金额", "The discount is more than the line")
            }
            NotAnEstimate::TooLarge => self.pick(
                "金额太大，算不出来。请检查数量和单价。",
                "The amount is too large. Check quantity and price.",
            ),
            NotAnEstimate::TooManyLines => self.pick("最多 1,000 行", "1,000 lines at most"),
        }
    }

    /// Why a text is no number.
    pub fn number_refused(self, why: NotANumber) -> &'static str {
        match why {
            NotANumber::Unreadable => self.not_a_number(),
            NotANumber::TooFine => self.pick("小数位太多", "Too many places behind the point"),
            NotANumber::TooLarge => self.number_too_large(),
        }
    }

    /// `¥484.00`
    pub fn yuan(self, amount: Fen) -> String {
        match amount.0 < 0 {
            true => format!("-¥{}", Fen(-amount.0)),
            false => format!("¥{amount}"),
        }
    }

    /// `工时 0.5 × 180.00`, `原厂 1 × 128.00`
    pub fn line_counted(self, item: &Item, terms: &Terms) -> String {
        let what = item.origin.map_or(self.hours(), |origin| self.origin_word(origin));
        format!("{what} {} × {}", terms.quantity, terms.price)
    }

    /// `含税 13%：55.68`
    pub fn tax_of(self, rate: u16, amount: Fen) -> String {
        let rate = Quantity(i64::from(rate) * 10);
        match self {
            Self::ZhCn => format!("其中税 {rate}%：{amount}"),
            Self::En => format!("of it {rate} % tax: {amount}"),
        }
    }

    /// `报价 3 月 25 日前有效`
    pub fn valid_to(self, day: chrono::NaiveDate) -> String {
        match self {
            Self::ZhCn => format!("报价到 {} 有效", self.day(day)),
            Self::En => format!("Valid until {}", self.day(day)),
        }
    }

    /// `最多 600.00`
    pub fn at_most(self, amount: Fen) -> String {
        format!("{} {amount}", self.pick("最多", "at most"))
    }

    /// `无货，3 月 20 日到`
    pub fn expected_on(self, day: chrono::NaiveDate) -> String {
        match self {
            Self::ZhCn => format!("无货，{} 到", self.day(day)),
            Self::En => format!("out of stock, expected {}", self.day(day)),
        }
    }

    /// What an answer about the order answers.
    pub(super) fn order_key(self, key: &Key) -> &'static str {
        match key {
            Key::ConcernFound(_) => self.what_was_found(),
            Key::LineAnswered(_) => self.recommended_work(),
            Key::Term(term) => self.term_word(*term),
            Key::Promise => self.ready_by(),
            Key::LineVariant(_) | Key::VariantChosen => self.variants(),
            Key::OldPart(_) => self.old_part_goes(),
            Key::Coverage(_) => self.who_bears_it(),
            Key::Failure(_) => self.what_failed(),
            _ => self.step_estimate(),
        }
    }

    /// What a change of the order says.
    pub(super) fn order_change(self, change: &Change, utc_offset_minutes: i32) -> String {
        let counted = |terms: &Terms| format!("{} × {}", terms.quantity, terms.price);
        match change {
            Change::LineAdded { item, terms, .. } => {
                format!("{} {}", item.name.get(self), self.line_counted(item, terms))
            }
            Change::LineChanged { terms, .. } => {
                format!("{}, {}", counted(terms), self.payer_word(terms.payer))
            }
            Change::LineWithdrawn { withdrawn, .. } => {
                if *withdrawn { self.withdrawn() } else { self.put_back() }.into()
            }
            Change::LineAnswered { accepted, .. } => match accepted {
                Some(true) => self.accepted(),
                Some(false) => self.declined(),
                None => self.withdrawn(),
            }
            .into(),
            Change::ConcernFound { found, .. } => self.found_word(*found).into(),
            Change::TermAgreed { term, value } => match value.value() {
                None => self.erased().into(),
                Some(value) if term.choices().is_empty() => value.clone(),
                Some(value) => {
                    let words = value.split(' ').map(|choice| self.term_choice(*term, choice));
                    words.collect::<Vec<_>>().join(self.pick("、", ", "))
                }
            },
            Change::TimePromised { ready, .. } => self.date_time(*ready, utc_offset_minutes),
            Change::OrderSigned { signer, signed_as, .. } => format!(
                "{} {}",
                self.signed_as(*signed_as),
                signer.value().map_or_else(|| self.erased().to_owned(), ToString::to_string)
            ),
            Change::LineVaried { variant, .. } => {
                variant.map_or(self.for_all_variants(), |variant| self.variant_word(variant)).into()
            }
            Change::VariantChosen { variant } => {
                variant.map_or(self.withdrawn(), |variant| self.variant_word(variant)).into()
            }
            Change::OldPartGoes { to, .. } => {
                to.map_or(self.withdrawn(), |to| self.old_part_to_word(to)).into()
            }
            Change::OrderCountersigned { .. } => self.countersign_order().into(),
            Change::CoverageDecided { decision, reason, basis, recall, .. } => {
                let reason = reason.as_ref().and_then(|reason| reason.value());
                self.decided(*decision, reason, basis.as_ref(), recall.as_ref())
            }
            Change::FailureNamed { failed, .. } => self.failed_word(*failed).into(),
            _ => String::new(),
        }
    }
}
