use super::ruling::tests::{NOW, bought};
use super::*;
use crate::catalogue::{Catalogue, Label};
use crate::coverage::Rule;
use crate::estimate::Origin;
use crate::visit::order::Item;
use crate::visit::tests::Tablet;

#[test]
fn what_the_rules_say_needs_no_reason_and_anything_else_does() {
    let (visit, concern) = bought(&mut Tablet::new(1), "2023-04-20", 38_412);
    let ruling = visit.ruling(concern, &Catalogue::default(), NOW);
    let decide = |decision, reason: &str| ruling.decide(concern, decision, reason).map(drop);
    assert_eq!(decide(Decision::Warranty, ""), Ok(()));
    for against in [
        Decision::Customer,
        Decision::Workshop,
        Decision::Goodwill,
        Decision::Recall,
        Decision::Undecided,
        Decision::Escalated,
    ] {
        assert_eq!(decide(against, " "), Err(NeedsReason), "{}", against.name());
        assert_eq!(decide(against, "易损件"), Ok(()), "{}", against.name());
    }
    let (visit, concern) = bought(&mut Tablet::new(1), "2023-04-20", 90_000);
    let ruling = visit.ruling(concern, &Catalogue::default(), NOW);
    let decide = |decision| ruling.decide(concern, decision, "").map(drop);
    assert_eq!(decide(Decision::Customer), Ok(()));
    assert_eq!(decide(Decision::Warranty), Err(NeedsReason));
}

#[test]
fn what_was_decided_says_who_bears_what_is_put_down_from_then_on() {
    let mut tablet = Tablet::new(1);
    let (mut visit, concern) = bought(&mut tablet, "2023-04-20", 38_412);
    assert_eq!(visit.bears(Some(concern)), Payer::Customer);
    for (decision, payer) in [
        (Decision::Warranty, Payer::Manufacturer),
        (Decision::Workshop, Payer::Dealership),
        (Decision::Escalated, Payer::Customer),
        (Decision::Approved, Payer::Manufacturer),
        (Decision::Refused, Payer::Customer),
    ] {
        let ruling = visit.ruling(concern, &Catalogue::default(), NOW);
        let decided = ruling.decide(concern, decision, "x").expect("a decision");
        tablet.write(&mut visit, decided);
        assert_eq!(visit.bears(Some(concern)), payer, "{}", decision.name());
    }
    assert_eq!(visit.bears(None), Payer::Customer);
}

#[test]
fn a_decision_keeps_the_period_with_its_numbers_and_says_by_whom_and_when() {
    let mut tablet = Tablet::new(1);
    let (mut visit, concern) = bought(&mut tablet, "2023-04-20", 38_412);
    let ruling = visit.ruling(concern, &Catalogue::default(), NOW);
    let decided = ruling.decide(concern, Decision::Warranty, "").expect("a decision");
    tablet.write(&mut visit, decided);
    // What is read of the car later leaves it as it was decided upon.
    tablet.write(&mut visit, Change::OdometerRead { km: 61_000, reason: None });
    let decided = visit.decided(concern).expect("a decision");
    let basis = decided.basis.expect("a period");
    assert_eq!((basis.rule, basis.km, basis.last_km), (Rule::Repair, 38_412, Some(60_000)));
    assert_eq!((decided.by.0.as_str(), decided.at > 0), ("lin", true));
}

#[test]
fn its_lines_go_to_who_bears_it_at_that_ones_rate_and_a_discount_above_that_keeps_the_price() {
    let mut tablet = Tablet::new(1);
    let (mut visit, concern) = bought(&mut tablet, "2023-04-20", 38_412);
    let item = Item {
        code: "A".into(),
        name: Label::default(),
        origin: None,
        skill: None,
        guarantee: None,
        old_part: None,
    };
    let part = Item { origin: Some(Origin::Maker), ..item.clone() };
    let rate = |payer| if payer == Payer::Customer { Fen(26_000) } else { Fen(18_000) };
    let at = |price| Terms::of_one(Fen(price));
    let lines = [
        (item.clone(), at(26_000)),
        (item.clone(), at(30_000)),
        (item, Terms { discount: Fen(20_000), ..at(26_000) }),
        (part, at(26_000)),
    ];
    for line in lines {
        let added = visit.add_line(Some(concern), line, false).expect("a line");
        tablet.write(&mut visit, added);
    }
    let ruling = visit.ruling(concern, &Catalogue::default(), NOW);
    let changes = visit.decide_with_lines(concern, Decision::Warranty, "", &ruling, &rate);
    for change in changes.expect("a decision") {
        tablet.write(&mut visit, change);
    }
    let borne: Vec<_> =
        visit.order_lines().iter().map(|line| (line.terms.payer, line.terms.price.0)).collect();
    let prices = [18_000, 30_000, 26_000, 26_000];
    assert_eq!(borne, prices.map(|price| (Payer::Manufacturer, price)));
    let again = visit.decide_with_lines(concern, Decision::Warranty, "", &ruling, &rate);
    assert_eq!(again.map(|changes| changes.len()), Ok(1), "nothing is said again");
}
