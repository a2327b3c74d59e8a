//! An estimate: lines by concern, what each comes to, and who bears it. Prices are as the dealership quotes
//! them, tax included or not; totals add rounded lines, in whole fen.

use chrono::NaiveDate;

use crate::money::{Fen, Quantity, TaxRate};
use crate::record::named;

/// More lines are no estimate that anybody reads.
pub const MOST_LINES: usize = 1_000;

named! {
    /// Where a part comes from; the customer chooses, and every paper says it.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
    pub enum Origin {
        /// 原厂: from the car maker's own supply.
        Maker = "maker",
        /// 同质: of equal quality.
        Equal = "equal",
        /// 副厂: to standard, not authorised by the car maker.
        Other = "other",
        /// 修复: repaired and tested.
        Repaired = "repaired",
        /// 顾客自备: brought by the customer.
        Brought = "brought",
    }
}

/// What a line is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// 工时: the quantity is hours, the price that of one.
    Labour,
    /// 配件: the quantity is pieces.
    Part(Origin),
}

named! {
    /// Who bears a line.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
    pub enum Payer {
        /// 客户自付
        Customer = "customer",
        /// 三包, 质保: the manufacturer.
        Manufacturer = "manufacturer",
        /// 保险
        Insurer = "insurer",
        /// 返修, 善意: the dealership itself.
        Dealership = "dealership",
    }
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line<C> {
    /// The concern that it answers.
    pub concern: C,
    /// What is done or fitted.
    pub name: String,
    /// Labour or a part.
    pub kind: Kind,
    /// Hours or pieces.
    pub quantity: Quantity,
    /// Of one.
    pub price: Fen,
    /// Taken off the line, shown as a line of its own.
    pub discount: Fen,
    /// Who bears it.
    pub payer: Payer,
    /// 检查后定价: the price follows after the diagnosis, and never goes beyond what the line comes to now.
    pub after_diagnosis: bool,
}

/// Why an estimate cannot stand as it is. Places count from zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAnEstimate {
    /// Nothing, or less, of something.
    NoQuantity(usize),
    /// Less than nothing is asked for it, or taken off it.
    Negative(usize),
    /// More is taken off than it comes to.
    DiscountAboveLine(usize),
    /// More than can be counted.
    TooLarge,
    /// More than [`MOST_LINES`].
    TooManyLines,
}

/// What some lines come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// 工时费
    pub labour: Fen,
    /// 配件费
    pub parts: Fen,
    /// 优惠
    pub discounts: Fen,
    /// Of what is left, what the customer bears.
    pub customer: Fen,
    /// And what others bear: nothing for the customer, but counted.
    pub covered: Fen,
    /// Of what the customer bears, at most so much for what is priced after the diagnosis.
    pub ceilings: Fen,
}

impl Sum {
    fn plus(self, other: Self) -> Option<Self> {
        Some(Self {
            labour: self.labour.plus(other.labour)?,
            parts: self.parts.plus(other.parts)?,
            discounts: self.discounts.plus(other.discounts)?,
            customer: self.customer.plus(other.customer)?,
            covered: self.covered.plus(other.covered)?,
            ceilings: self.ceilings.plus(other.ceilings)?,
        })
    }
}

/// What the customer is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// 不含税
    pub net: Fen,
    /// 税额
    pub tax: Fen,
    /// 合计, also in capitals: [`Fen::in_capitals`].
    pub total: Fen,
}

/// An estimate for some concerns, named by whatever names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Estimate<C> {
    /// In the order of the paper.
    pub lines: Vec<Line<C>>,
    /// The day's rate.
    pub rate: TaxRate,
    /// Whether prices have their tax in them, as consumers are quoted.
    pub tax_included: bool,
    /// 有效期至, that day included.
    pub valid_until: NaiveDate,
}

impl<C> Line<C> {
    fn sum(&self, at: usize) -> Result<Sum, NotAnEstimate> {
        if self.quantity.0 <= 0 {
            return Err(NotAnEstimate::NoQuantity(at));
        }
        if self.price.0 < 0 || self.discount.0 < 0 {
            return Err(NotAnEstimate::Negative(at));
        }
        let whole = self.price.times(self.quantity).ok_or(NotAnEstimate::TooLarge)?;
        if self.discount > whole {
            return Err(NotAnEstimate::DiscountAboveLine(at));
        }
        let left = Fen(whole.0 - self.discount.0);
        let mut sum = Sum { discounts: self.discount, ..Sum::default() };
        match self.kind {
            Kind::Labour => sum.labour = whole,
            Kind::Part(_) => sum.parts = whole,
        }
        match self.payer {
            Payer::Customer => sum.customer = left,
            Payer::Manufacturer | Payer::Insurer | Payer::Dealership => sum.covered = left,
        }
        if self.after_diagnosis {
            sum.ceilings = sum.customer;
        }
        Ok(sum)
    }
}

impl<C: PartialEq + Clone> Estimate<C> {
    /// The same without what the customer is told the price of after the diagnosis: what is sure today.
    #[must_use]
    pub fn certain(&self) -> Self {
        let is_open = |line: &&Line<C>| line.after_diagnosis && line.payer == Payer::Customer;
        let lines = self.lines.iter().filter(|line| !is_open(line)).cloned().collect();
        Self { lines, ..self.clone() }
    }

    /// What all lines come to.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn sum(&self) -> Result<Sum, NotAnEstimate> {
        self.sum_of(|_| true)
    }

    /// What some lines come to.
    ///
    /// # Errors
    /// The first thing that is wrong with one of them.
    pub fn sum_of(&self, of: impl Fn(&Line<C>) -> bool) -> Result<Sum, NotAnEstimate> {
        if self.lines.len() > MOST_LINES {
            return Err(NotAnEstimate::TooManyLines);
        }
        let lines = self.lines.iter().enumerate().filter(|(_, line)| of(line));
        lines
            .map(|(at, line)| line.sum(at))
            .try_fold(Sum::default(), |all, sum| all.plus(sum?).ok_or(NotAnEstimate::TooLarge))
    }

    /// Each concern in the order in which it comes first, with what its lines come to.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn by_concern(&self) -> Result<Vec<(C, Sum)>, NotAnEstimate> {
        let mut concerns: Vec<C> = Vec::new();
        for line in &self.lines {
            if !concerns.contains(&line.concern) {
                concerns.push(line.concern.clone());
            }
        }
        let sum = |concern: C| Ok((concern.clone(), self.sum_of(|line| line.concern == concern)?));
        concerns.into_iter().map(sum).collect()
    }

    /// What the customer is asked for, its tax apart.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn asked(&self) -> Result<Asked, NotAnEstimate> {
        let customer = self.sum()?.customer;
        if self.tax_included {
            let (net, tax) = customer.apart(self.rate);
            return Ok(Asked { net, tax, total: customer });
        }
        let tax = customer.tax_on_top(self.rate).ok_or(NotAnEstimate::TooLarge)?;
        let total = customer.plus(tax).ok_or(NotAnEstimate::TooLarge)?;
        Ok(Asked { net: customer, tax, total })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn line(kind: Kind, quantity: &str, price: &str) -> Line<u8> {
        Line {
            concern: 1,
            name: "更换右前轮轴承".into(),
            kind,
            quantity: Quantity::read(quantity).expect("a quantity"),
            price: Fen::read(price).expect("a price"),
            discount: Fen(0),
            payer: Payer::Customer,
            after_diagnosis: false,
        }
    }

    fn of(lines: Vec<Line<u8>>) -> Estimate<u8> {
        let valid_until = "2026-12-05".parse().expect("a day");
        Estimate { lines, rate: TaxRate(1_300), tax_included: true, valid_until }
    }

    fn yuan(text: &str) -> Fen {
        Fen::read(text).expect("an amount")
    }

    #[test]
    fn labour_is_hours_times_rate_parts_are_pieces_times_price_and_a_discount_is_taken_off() {
        let labour = line(Kind::Labour, "0.3", "158.33");
        let part = Line { discount: yuan("9.61"), ..line(Kind::Part(Origin::Maker), "0.7", "85.15") };
        let sum = of(vec![labour, part]).sum().expect("an estimate");
        assert_eq!((sum.labour, sum.parts, sum.discounts), (yuan("47.50"), yuan("59.61"), yuan("9.61")));
        assert_eq!((sum.customer, sum.covered), (yuan("97.50"), Fen(0)));
    }

    #[test]
    fn what_others_bear_is_nothing_for_the_customer_and_is_counted() {
        let covered = Line { payer: Payer::Manufacturer, ..line(Kind::Labour, "2", "180") };
        let own = line(Kind::Part(Origin::Equal), "1", "60");
        let sum = of(vec![covered.clone(), own]).sum().expect("an estimate");
        assert_eq!((sum.customer, sum.covered, sum.labour), (yuan("60"), yuan("360"), yuan("360")));
        for payer in [Payer::Insurer, Payer::Dealership] {
            let asked = of(vec![Line { payer, ..covered.clone() }]).asked().expect("an estimate");
            assert_eq!(asked.total, Fen(0), "{payer:?}");
        }
    }

    #[test]
    fn what_is_priced_after_the_diagnosis_has_a_ceiling_within_the_total() {
        let later = Line { after_diagnosis: true, ..line(Kind::Labour, "3", "180") };
        let covered = Line { payer: Payer::Manufacturer, ..later.clone() };
        let sum = of(vec![later, line(Kind::Labour, "1", "180"), covered]).sum().expect("an estimate");
        assert_eq!(
            (sum.customer, sum.ceilings),
            (yuan("720"), yuan("540")),
            "what others bear binds nobody here"
        );
    }

    #[test]
    fn what_is_sure_today_has_its_own_tax_and_the_ceiling_has_it_too() {
        let later = Line { after_diagnosis: true, ..line(Kind::Labour, "1", "100") };
        let covered = Line { payer: Payer::Manufacturer, ..later.clone() };
        let mut estimate = of(vec![line(Kind::Labour, "1", "100"), later, covered]);
        estimate.tax_included = false;
        let (certain, most) = (estimate.certain().asked(), estimate.asked());
        assert_eq!(certain.map(|asked| (asked.tax, asked.total)), Ok((yuan("13"), yuan("113"))));
        assert_eq!(most.map(|asked| (asked.tax, asked.total)), Ok((yuan("26"), yuan("226"))));
        assert_eq!(estimate.certain().lines.len(), 2, "what others bear is sure for the customer");
    }

    #[test]
    fn tax_is_shown_apart_whether_prices_have_it_in_them_or_not() {
        let mut estimate = of(vec![line(Kind::Labour, "1", "1286.50")]);
        let with = Asked { net: yuan("1138.50"), tax: yuan("148.00"), total: yuan("1286.50") };
        assert_eq!(estimate.asked(), Ok(with));
        assert_eq!(with.total.in_capitals(), "壹仟贰佰捌拾陆元伍角整");
        estimate.tax_included = false;
        let on_top = Asked { net: yuan("1286.50"), tax: yuan("167.25"), total: yuan("1453.75") };
        assert_eq!(estimate.asked(), Ok(on_top), "13 % of 1286.50 are 167.245");
    }

    #[test]
    fn what_cannot_stand_says_which_line_and_why() {
        let good = line(Kind::Labour, "1", "100");
        let with = |bad: Line<u8>| of(vec![good.clone(), bad]).sum();
        let quantity = |quantity| Line { quantity: Quantity(quantity), ..good.clone() };
        assert_eq!(with(quantity(0)), Err(NotAnEstimate::NoQuantity(1)));
        assert_eq!(with(quantity(-1_000)), Err(NotAnEstimate::NoQuantity(1)));
        assert_eq!(with(Line { price: Fen(-1), ..good.clone() }), Err(NotAnEstimate::Negative(1)));
        assert_eq!(with(Line { discount: Fen(-1), ..good.clone() }), Err(NotAnEstimate::Negative(1)));
        assert!(with(Line { discount: yuan("100"), ..good.clone() }).is_ok(), "a present");
        let above = Line { discount: yuan("100.01"), ..good.clone() };
        assert_eq!(with(above), Err(NotAnEstimate::DiscountAboveLine(1)));
        assert_eq!(with(Line { price: Fen(i64::MAX), ..good.clone() }), Err(NotAnEstimate::TooLarge));
        let many = Line { price: Fen(i64::MAX), ..quantity(2_000) };
        assert_eq!(with(many), Err(NotAnEstimate::TooLarge));
        let most = of(vec![good.clone(); MOST_LINES]);
        assert_eq!(most.sum().map(|sum| sum.customer), Ok(yuan("100000")));
        assert_eq!(of(vec![good; MOST_LINES + 1]).sum(), Err(NotAnEstimate::TooManyLines));
    }

    fn lines() -> impl Strategy<Value = Vec<Line<u8>>> {
        let kind = prop_oneof![
            Just(Kind::Labour),
            Just(Kind::Part(Origin::Maker)),
            Just(Kind::Part(Origin::Brought)),
        ];
        let payer = prop_oneof![
            3 => Just(Payer::Customer),
            1 => Just(Payer::Manufacturer),
            1 => Just(Payer::Insurer),
            1 => Just(Payer::Dealership),
        ];
        let line = (0_u8..5, kind, 1_i64..50_000, 0_i64..1_000_000, payer, any::<bool>(), 0_i64..=100);
        let line = line.prop_map(|(concern, kind, quantity, price, payer, after_diagnosis, off)| {
            let (quantity, price) = (Quantity(quantity), Fen(price));
            let whole = price.times(quantity).expect("small");
            let discount = Fen(whole.0 * off / 100);
            Line { concern, name: "x".into(), kind, quantity, price, discount, payer, after_diagnosis }
        });
        prop::collection::vec(line, 0..40)
    }

    fn added(sums: impl IntoIterator<Item = Sum>) -> Sum {
        sums.into_iter().fold(Sum::default(), |all, sum| all.plus(sum).expect("small"))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]

        #[test]
        fn the_total_is_the_sum_of_the_lines_however_they_are_grouped(lines in lines()) {
            let estimate = of(lines);
            let whole = estimate.sum().expect("small");
            let of = |is: &dyn Fn(&Line<u8>) -> bool| estimate.sum_of(is).expect("small");
            let concerns = estimate.by_concern().expect("small");
            prop_assert_eq!(added(concerns.iter().map(|(_, sum)| *sum)), whole);
            let payers = [Payer::Customer, Payer::Manufacturer, Payer::Insurer, Payer::Dealership];
            prop_assert_eq!(added(payers.map(|payer| of(&|line| line.payer == payer))), whole);
            let (labour, parts) =
                (of(&|line| line.kind == Kind::Labour), of(&|line| line.kind != Kind::Labour));
            prop_assert_eq!(added([labour, parts]), whole);
            prop_assert_eq!(labour.parts, Fen(0));
            // Line by line: rounded each, then added.
            let customer: i64 = estimate
                .lines
                .iter()
                .filter(|line| line.payer == Payer::Customer)
                .map(|line| line.price.times(line.quantity).expect("small").0 - line.discount.0)
                .sum();
            prop_assert_eq!(whole.customer, Fen(customer));
            let billed = whole.labour.0 + whole.parts.0 - whole.discounts.0;
            prop_assert_eq!(billed, whole.customer.0 + whole.covered.0);
            let asked = estimate.asked().expect("small");
            prop_assert_eq!(asked.net.plus(asked.tax), Some(asked.total));
        }
    }
}
