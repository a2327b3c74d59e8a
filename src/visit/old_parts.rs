//! 旧件: where each part goes that is replaced. It belongs to the customer, unless the maker bears the repair or
//! the price supposes that it is exchanged; hazardous ones go to a licensed collector.

use super::Visit;
use super::order::OrderLine;
use super::work_order::Term;
use crate::estimate::Payer;
use crate::record::named;
use crate::reference::OldPart;

named! {
    /// Where it goes.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum OldPartTo {
        /// 带走
        Customer = "customer",
        /// 留店
        Shop = "shop",
        /// 返厂
        Maker = "maker",
    }
}

impl OldPartTo {
    /// In the order of offering.
    pub const ALL: [Self; 3] = [Self::Customer, Self::Shop, Self::Maker];
}

impl Visit {
    /// Where the part goes that a line replaces: as somebody said, else as who bears it, its kind, and the
    /// order's own answer say. None of work, and while the customer was not asked.
    pub fn old_part_goes(&self, line: &OrderLine) -> Option<OldPartTo> {
        line.item.origin?;
        if line.old_part_to.is_some() {
            return line.old_part_to;
        }
        if line.terms.payer == Payer::Manufacturer {
            return Some(OldPartTo::Maker);
        }
        match line.item.old_part {
            Some(OldPart::Exchange) => Some(OldPartTo::Maker),
            Some(OldPart::Hazardous) => Some(OldPartTo::Shop),
            Some(OldPart::Customer) | None => match self.term(Term::OldParts)? {
                "take" => Some(OldPartTo::Customer),
                _ => Some(OldPartTo::Shop),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::Origin;
    use crate::money::Fen;
    use crate::visit::Change;
    use crate::visit::order::{Item, Terms, work};
    use crate::visit::tests::Tablet;
    use crate::visit::work_order::tests::{agreed, operation};

    #[test]
    fn an_old_part_goes_where_its_payer_its_kind_and_the_order_say_unless_somebody_says_otherwise() {
        let mut tablet = Tablet::new(1);
        let mut visit = agreed(&mut tablet);
        let mut put = |old_part, payer| {
            let (item, terms) = work(&operation(), Fen(100));
            let item = Item { origin: Some(Origin::Maker), skill: None, old_part, ..item };
            let line = visit.add_line(None, (item, Terms { payer, ..terms }), false).expect("a line");
            let id = tablet.write(&mut visit, line);
            let of =
                |visit: &Visit| visit.order_lines().into_iter().find(|line| line.id == id).expect("a line");
            let before = visit.old_part_goes(&of(&visit));
            tablet.write(&mut visit, Change::OldPartGoes { line: id, to: Some(OldPartTo::Shop) });
            assert_eq!(visit.old_part_goes(&of(&visit)), Some(OldPartTo::Shop));
            before
        };
        assert_eq!(put(Some(OldPart::Customer), Payer::Customer), Some(OldPartTo::Customer), "as agreed");
        assert_eq!(put(Some(OldPart::Customer), Payer::Manufacturer), Some(OldPartTo::Maker));
        assert_eq!(put(Some(OldPart::Exchange), Payer::Customer), Some(OldPartTo::Maker));
        assert_eq!(put(Some(OldPart::Hazardous), Payer::Customer), Some(OldPartTo::Shop));
        let leave = visit.choose_term(Term::OldParts, "leave");
        tablet.write(&mut visit, leave);
        let labour = visit.order_lines().into_iter().find(|line| line.item.origin.is_none()).expect("work");
        assert_eq!(visit.old_part_goes(&labour), None, "work has no old part");
    }

    #[test]
    fn the_order_says_of_each_part_where_the_old_one_goes_and_another_answer_is_another_order() {
        let mut tablet = Tablet::new(1);
        let mut visit = agreed(&mut tablet);
        let (item, terms) = work(&operation(), Fen(100));
        let item =
            Item { origin: Some(Origin::Maker), skill: None, old_part: Some(OldPart::Customer), ..item };
        let line = visit.add_line(None, (item, terms), false).expect("a line");
        let line = tablet.write(&mut visit, line);
        crate::visit::work_order::tests::sign(&mut tablet, &mut visit);
        let signed = visit.signed_orders().pop().expect("an order");
        let words = |visit: &Visit| {
            let catalogue = crate::catalogue::Catalogue::standard();
            crate::documents::OrderSheet::of(visit, &catalogue, 0).zh.old_parts.expect("a part")
        };
        assert_eq!(words(&visit), [("检查底盘".to_owned(), "带走".to_owned())]);
        assert_eq!(visit.order_changed_since(&signed), [] as [&str; 0]);
        tablet.write(&mut visit, Change::OldPartGoes { line, to: Some(OldPartTo::Maker) });
        assert_eq!(words(&visit), [("检查底盘".to_owned(), "返厂".to_owned())]);
        assert_eq!(visit.order_changed_since(&signed), ["lines"]);
    }
}
