use super::*;
use crate::catalogue::Label;
use crate::estimate::Origin;
use crate::visit::order::Item;
use crate::visit::tests::{Tablet, ready};
use crate::visit::vehicle::Energy;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// A car that was bought on 2023-04-20 and shows so many km; its concern.
fn car(tablet: &mut Tablet, km: u32, private_use: bool) -> (Visit, EntryId) {
    let mut visit = ready(tablet);
    tablet.write(
        &mut visit,
        Change::VehicleIdentified {
            model: "比亚迪 汉 EV".into(),
            colour: "时光灰".into(),
            energy: Energy::Electric,
            purchased: Some("2023-04-20".into()),
            private_use,
            last_visit: None,
            last_odometer: None,
        },
    );
    tablet.write(&mut visit, Change::OdometerRead { km, reason: None });
    let concern = visit.standing_concerns()[0].id;
    tablet.write(&mut visit, Change::ConcernFound { concern, found: Found::Confirmed });
    (visit, concern)
}

#[test]
fn a_confirmed_fault_is_the_makers_up_to_the_last_day_and_the_last_km() {
    let ruled = |km: u32, today: &str| {
        let (visit, concern) = car(&mut Tablet::new(1), km, true);
        visit.ruled(concern, day(today))
    };
    assert_eq!(ruled(60_000, "2026-04-20"), Some(Decision::Warranty));
    assert_eq!(ruled(60_001, "2026-04-20"), Some(Decision::Customer));
    assert_eq!(ruled(60_000, "2026-04-21"), Some(Decision::Customer));
}

#[test]
fn the_three_guarantees_are_shown_for_what_is_bought_to_live_with_alone() {
    let rules = |private| {
        let (visit, _) = car(&mut Tablet::new(1), 38_412, private);
        visit.coverage(day("2026-03-18")).iter().map(|finding| finding.rule).collect::<Vec<_>>()
    };
    assert_eq!(rules(true), [Rule::Repair, Rule::ThreeGuarantees]);
    assert_eq!(rules(false), [Rule::Repair]);
}

#[test]
fn nothing_is_ruled_while_the_fault_is_not_confirmed_or_the_day_of_purchase_is_not_known() {
    let mut tablet = Tablet::new(1);
    let (mut visit, concern) = car(&mut tablet, 38_412, true);
    tablet.write(&mut visit, Change::ConcernFound { concern, found: Found::NeedsDiagnosis });
    assert_eq!(visit.ruled(concern, day("2026-03-18")), None);
    tablet.write(&mut visit, Change::ConcernFound { concern, found: Found::Confirmed });
    assert!(visit.ruled(concern, day("2026-03-18")).is_some());
    let vehicle = visit.vehicle().expect("a car");
    tablet.write(
        &mut visit,
        Change::VehicleIdentified {
            model: vehicle.model,
            colour: vehicle.colour,
            energy: vehicle.energy,
            purchased: None,
            private_use: true,
            last_visit: None,
            last_odometer: None,
        },
    );
    assert_eq!(visit.ruled(concern, day("2026-03-18")), None);
}

#[test]
fn what_the_rules_say_needs_no_reason_and_anything_else_does() {
    let (visit, concern) = car(&mut Tablet::new(1), 38_412, true);
    let today = day("2026-03-18");
    let decide = |decision, reason: &str| visit.decide(concern, decision, reason, today).map(drop);
    assert_eq!(decide(Decision::Warranty, ""), Ok(()));
    for against in [Decision::Customer, Decision::Goodwill, Decision::Undecided, Decision::Escalated] {
        assert_eq!(decide(against, " "), Err(NeedsReason), "{}", against.name());
        assert_eq!(decide(against, "易损件"), Ok(()), "{}", against.name());
    }
    let (visit, concern) = car(&mut Tablet::new(1), 90_000, true);
    let decide = |decision| visit.decide(concern, decision, "", today).map(drop);
    assert_eq!(decide(Decision::Customer), Ok(()));
    assert_eq!(decide(Decision::Warranty), Err(NeedsReason));
}

#[test]
fn what_was_decided_says_who_bears_what_is_put_down_from_then_on() {
    let mut tablet = Tablet::new(1);
    let (mut visit, concern) = car(&mut tablet, 38_412, true);
    assert_eq!(visit.bears(Some(concern)), Payer::Customer);
    for (decision, payer) in [
        (Decision::Warranty, Payer::Manufacturer),
        (Decision::Workshop, Payer::Dealership),
        (Decision::Escalated, Payer::Customer),
        (Decision::Approved, Payer::Manufacturer),
        (Decision::Refused, Payer::Customer),
    ] {
        let decided = visit.decide(concern, decision, "x", day("2026-03-18")).expect("a decision");
        tablet.write(&mut visit, decided);
        assert_eq!(visit.bears(Some(concern)), payer, "{}", decision.name());
    }
    assert_eq!(visit.bears(None), Payer::Customer);
}

#[test]
fn its_lines_go_to_who_bears_it_at_that_ones_rate_and_a_discount_above_that_keeps_the_price() {
    let mut tablet = Tablet::new(1);
    let (mut visit, concern) = car(&mut tablet, 38_412, true);
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
    let changes = visit.decide_with_lines(concern, Decision::Warranty, "", day("2026-03-18"), &rate);
    for change in changes.expect("a decision") {
        tablet.write(&mut visit, change);
    }
    let borne: Vec<_> =
        visit.order_lines().iter().map(|line| (line.terms.payer, line.terms.price.0)).collect();
    let prices = [18_000, 30_000, 26_000, 26_000];
    assert_eq!(borne, prices.map(|price| (Payer::Manufacturer, price)));
    let again = visit.decide_with_lines(concern, Decision::Warranty, "", day("2026-03-18"), &rate);
    assert_eq!(again.map(|changes| changes.len()), Ok(1), "nothing is said again");
}
