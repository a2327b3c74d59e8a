//! 方案: up to three ways to do it, side by side. Lines belong to all of them or to one; the customer chooses.

use chrono::NaiveDate;

use super::order::{OrderLine, Pricing, estimate_of};
use super::{Change, Key, Visit, answered};
use crate::estimate::{Asked, NotAnEstimate};
use crate::record::named;

named! {
    /// One of them.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
    pub enum Variant {
        /// A
        A = "a",
        /// B
        B = "b",
        /// C
        C = "c",
    }
}

impl Variant {
    /// In the order of offering.
    pub const ALL: [Self; 3] = [Self::A, Self::B, Self::C];
}

/// A variant as it is offered.
#[derive(Clone, Debug, PartialEq)]
pub struct Offered {
    /// Which one.
    pub variant: Variant,
    /// What it has beside what all have.
    pub lines: Vec<OrderLine>,
    /// What the customer would pay, with what all have.
    pub asked: Result<Asked, NotAnEstimate>,
}

impl Visit {
    /// The one that the customer wants.
    pub fn chosen_variant(&self) -> Option<Variant> {
        answered!(self, Key::VariantChosen, VariantChosen, variant).copied().flatten()
    }

    /// Those that lines belong to, in order.
    pub fn variants(&self, pricing: Pricing) -> Vec<Offered> {
        let lines: Vec<OrderLine> = self.order_lines().into_iter().filter(OrderLine::is_wanted).collect();
        let offered = |variant| {
            let own: Vec<OrderLine> =
                lines.iter().filter(|line| line.variant == Some(variant)).cloned().collect();
            (!own.is_empty()).then(|| {
                let common = lines.iter().filter(|line| line.variant.is_none());
                let asked = estimate_of(common.chain(&own), pricing, NaiveDate::MIN).certain().asked();
                Offered { variant, lines: own, asked }
            })
        };
        Variant::ALL.into_iter().filter_map(offered).collect()
    }

    /// Whether there are variants and the customer has chosen none of them.
    pub(super) fn lacks_variant(&self) -> bool {
        let of: Vec<Variant> = self.order_lines().iter().filter_map(|line| line.variant).collect();
        !of.is_empty() && self.chosen_variant().is_none_or(|chosen| !of.contains(&chosen))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::EntryId;
    use crate::money::Fen;
    use crate::visit::order::work;
    use crate::visit::tests::Tablet;
    use crate::visit::work_order::OrderGap;
    use crate::visit::work_order::tests::{NOW, agreed, operation};

    const PRICING: Pricing = Pricing { tax: 1_300, tax_included: true, valid_days: 7 };

    fn in_variant(tablet: &mut Tablet, visit: &mut Visit, price: i64, variant: Option<Variant>) -> EntryId {
        let line = visit.add_line(None, work(&operation(), Fen(price)), false).expect("a line");
        let line = tablet.write(visit, line);
        tablet.write(visit, Change::LineVaried { line, variant });
        line
    }

    #[test]
    fn variants_stand_side_by_side_and_only_the_chosen_one_counts() {
        let mut tablet = Tablet::new(1);
        let mut visit = agreed(&mut tablet);
        in_variant(&mut tablet, &mut visit, 10_000, Some(Variant::A));
        in_variant(&mut tablet, &mut visit, 25_000, Some(Variant::B));
        let offered: Vec<_> = visit
            .variants(PRICING)
            .into_iter()
            .map(|offered| (offered.variant, offered.lines.len(), offered.asked.map(|asked| asked.total)))
            .collect();
        let all = [(Variant::A, 1, Ok(Fen(28_000))), (Variant::B, 1, Ok(Fen(43_000)))];
        assert_eq!(offered, all, "each with the line that all have");
        assert_eq!(visit.order_gaps(true, NOW), [OrderGap::Variant]);
        let total = |visit: &Visit| visit.estimate(PRICING, NaiveDate::MIN).asked().map(|asked| asked.total);
        assert_eq!(total(&visit), Ok(Fen(18_000)), "none of them counts before it is chosen");
        tablet.write(&mut visit, Change::VariantChosen { variant: Some(Variant::B) });
        assert_eq!((total(&visit), visit.order_gaps(true, NOW)), (Ok(Fen(43_000)), vec![]));
        let facts = crate::documents::OrderFacts::of(&visit, PRICING);
        assert_eq!((facts.lines.len(), facts.total), (2, Fen(43_000)));
        tablet.write(&mut visit, Change::VariantChosen { variant: Some(Variant::C) });
        assert_eq!(visit.order_gaps(true, NOW), [OrderGap::Variant], "nothing belongs to it");
    }

    #[test]
    fn a_line_can_be_put_back_to_all_variants() {
        let mut tablet = Tablet::new(1);
        let mut visit = agreed(&mut tablet);
        let line = in_variant(&mut tablet, &mut visit, 10_000, Some(Variant::C));
        assert_eq!(visit.variants(PRICING).len(), 1);
        tablet.write(&mut visit, Change::LineVaried { line, variant: None });
        assert_eq!((visit.variants(PRICING).len(), visit.order_gaps(true, NOW)), (0, vec![]));
    }
}
