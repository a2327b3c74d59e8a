use super::*;
use crate::documents::CheckInFacts;
use crate::money::Fen;
use crate::visit::tests::{Tablet, ready};

fn operation(code: &str, hours: &str) -> Operation {
    Operation {
        code: code.into(),
        name: Label { zh: "更换空调滤芯".into(), en: "Replace cabin filter".into() },
        hours: Quantity::read(hours).expect("hours"),
        skill: Skill::Mechanical,
        models: Vec::new(),
        guarantee: GuaranteeClass::Other,
    }
}

fn yuan(text: &str) -> Fen {
    Fen::read(text).expect("an amount")
}

fn today() -> NaiveDate {
    "2026-03-18".parse().expect("a day")
}

/// A visit with two concerns, and a line of 90.00 for the second.
fn with_line(tablet: &mut Tablet) -> (Visit, [EntryId; 2], EntryId) {
    let mut visit = ready(tablet);
    let words = "空调有异味".to_owned().into();
    tablet.write(&mut visit, Change::ConcernRecorded { words, symptom: None });
    let concerns: Vec<EntryId> = visit.standing_concerns().iter().map(|concern| concern.id).collect();
    let [first, second] = [concerns[0], concerns[1]];
    let added = visit.add_line(Some(second), work(&operation("A", "0.5"), yuan("180")), false);
    let line = tablet.write(&mut visit, added.expect("a line"));
    (visit, [first, second], line)
}

#[test]
fn lines_stand_under_their_concerns_in_order_of_weight_and_what_answers_none_comes_last() {
    let mut tablet = Tablet::new(1);
    let (mut visit, [first, second], _) = with_line(&mut tablet);
    let other = visit.add_line(None, work(&operation("B", "1"), yuan("180")), false).expect("a line");
    tablet.write(&mut visit, other);
    let early = visit.add_line(Some(first), work(&operation("C", "1"), yuan("180")), false).expect("a line");
    tablet.write(&mut visit, early);
    let codes = |visit: &Visit| {
        visit.order_lines().iter().map(|line| line.item.code.clone()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(codes(&visit), "C A B");
    tablet.write(&mut visit, Change::ConcernsOrdered { order: vec![second, first] });
    assert_eq!(codes(&visit), "A C B");
}

#[test]
fn a_line_that_is_withdrawn_counts_no_more_and_comes_back_with_its_terms() {
    let mut tablet = Tablet::new(1);
    let (mut visit, _, line) = with_line(&mut tablet);
    let total = |visit: &Visit| visit.estimate(Pricing::default(), today()).asked().expect("small").total;
    assert_eq!(total(&visit), yuan("90"));
    let known = visit.order_lines().remove(0);
    let half = Terms { price: yuan("100"), ..known.terms };
    let changed = visit.change_line(&known, half).expect("terms");
    tablet.write(&mut visit, changed);
    assert_eq!(total(&visit), yuan("50"));
    tablet.write(&mut visit, Change::LineWithdrawn { line, withdrawn: true });
    assert_eq!((total(&visit), visit.order_lines().len()), (Fen(0), 0));
    tablet.write(&mut visit, Change::LineWithdrawn { line, withdrawn: false });
    assert_eq!(total(&visit), yuan("50"));
}

#[test]
fn what_is_recommended_counts_once_the_customer_has_accepted_it() {
    let mut tablet = Tablet::new(1);
    let (mut visit, ..) = with_line(&mut tablet);
    let suggested = visit.add_line(None, work(&operation("B", "1"), yuan("180")), true).expect("a line");
    let line = tablet.write(&mut visit, suggested);
    let total = |visit: &Visit| visit.estimate(Pricing::default(), today()).asked().expect("small").total;
    assert_eq!((total(&visit), visit.unanswered_lines()), (yuan("90"), 1), "no option is ticked beforehand");
    tablet.write(&mut visit, Change::LineAnswered { line, accepted: Some(true) });
    assert_eq!((total(&visit), visit.unanswered_lines()), (yuan("270"), 0));
    tablet.write(&mut visit, Change::LineAnswered { line, accepted: Some(false) });
    assert_eq!((total(&visit), visit.unanswered_lines()), (yuan("90"), 0));
    assert_eq!(visit.order_lines().len(), 2, "what was declined is kept");
}

#[test]
fn a_line_that_cannot_be_counted_is_refused_with_why_and_the_others_stay() {
    let mut tablet = Tablet::new(1);
    let (visit, ..) = with_line(&mut tablet);
    let line = visit.order_lines().remove(0);
    let change = |terms: Terms| visit.change_line(&line, terms).map(drop);
    let of = line.terms;
    assert!(matches!(change(Terms { quantity: Quantity(0), ..of }), Err(NotAnEstimate::NoQuantity(_))));
    assert!(matches!(change(Terms { price: Fen(-1), ..of }), Err(NotAnEstimate::Negative(_))));
    assert_eq!(change(Terms { discount: yuan("90"), ..of }), Ok(()), "a present");
    let above = Terms { discount: yuan("90.01"), ..of };
    assert!(matches!(change(above), Err(NotAnEstimate::DiscountAboveLine(_))));
    // A number that no journal holds is refused before it is written; the largest is written.
    for large in [LARGEST.0 + 1, i64::MAX] {
        let price = Terms { price: Fen(large), quantity: Quantity::ONE, ..of };
        assert_eq!(change(price), Err(NotAnEstimate::TooLarge), "{large}");
        let discount = Terms { discount: Fen(large), ..of };
        assert_eq!(change(discount), Err(NotAnEstimate::TooLarge), "{large}");
        assert_eq!(change(Terms { quantity: Quantity(large), ..of }), Err(NotAnEstimate::TooLarge));
    }
    let largest = Terms { price: LARGEST, quantity: Quantity::ONE, ..of };
    let changed = visit.change_line(&line, largest).expect("terms");
    let mut visit = visit;
    tablet.write(&mut visit, changed);
    assert_eq!(visit.order_lines()[0].amount(), LARGEST);
}

#[test]
fn the_thousand_and_first_line_is_refused() {
    let mut tablet = Tablet::new(1);
    let (mut visit, ..) = with_line(&mut tablet);
    for _ in 1..crate::estimate::MOST_LINES {
        let (item, terms) = work(&operation("B", "1"), yuan("1"));
        tablet.write(
            &mut visit,
            Change::LineAdded { concern: None, item, terms, suggested: false, variant: None },
        );
    }
    let more = visit.add_line(None, work(&operation("B", "1"), yuan("1")), false);
    assert_eq!(more.map(drop), Err(NotAnEstimate::TooManyLines));
}

#[test]
fn what_is_estimated_changes_no_signed_check_in_form() {
    let mut tablet = Tablet::new(1);
    let (mut visit, [first, _], line) = with_line(&mut tablet);
    let signed = CheckInFacts::of(&visit);
    tablet.write(&mut visit, Change::ConcernFound { concern: first, found: Found::Confirmed });
    tablet.write(&mut visit, Change::LineWithdrawn { line, withdrawn: true });
    assert_eq!(visit.found(first), Some(Found::Confirmed));
    let differs = |visit: &Visit| CheckInFacts::of(visit).differences(&signed, &visit.journal);
    assert_eq!(differs(&visit), Vec::<&str>::new());
    tablet.write(&mut visit, Change::ConcernWithdrawn { concern: first, withdrawn: true });
    assert_eq!(differs(&visit), ["concerns"]);
}

#[test]
fn another_part_takes_a_parts_place_as_many_of_it_for_the_same_concern_and_payer() {
    let mut tablet = Tablet::new(1);
    let mut visit = ready(&mut tablet);
    let concern = Some(visit.standing_concerns()[0].id);
    let stored = |number: &str, price: i64| Part {
        number: number.into(),
        name: Label { zh: "前制动片".into(), en: "Front pads".into() },
        price: Fen(price),
        stock: Quantity(0),
        location: String::new(),
        expected: None,
        old_part: OldPart::Customer,
        origin: Origin::Maker,
        models: Vec::new(),
        alternatives: Some(vec!["A1T".into()]),
    };
    let (item, terms) = part(&stored("A1", 46_800));
    let terms = Terms { quantity: Quantity(2_000), payer: Payer::Insurer, discount: Fen(100), ..terms };
    let line = visit.add_line(concern, (item, terms), false).expect("a line");
    let line = tablet.write(&mut visit, line);
    tablet.write(&mut visit, Change::LineVaried { line, variant: Some(Variant::B) });
    let line = visit.order_lines().remove(0);
    let equal = Part { origin: Origin::Equal, ..stored("A1T", 36_500) };
    for change in visit.exchange_part(&line, &equal).expect("it can stand") {
        tablet.write(&mut visit, change);
    }
    let lines = visit.order_lines();
    let OrderLine { item, terms, concern: of, variant, .. } = &lines[0];
    assert_eq!(*variant, Some(Variant::B), "it stays in its variant");
    assert_eq!((lines.len(), &*item.code, item.origin, *of), (1, "A1T", Some(Origin::Equal), concern));
    let now = (terms.quantity, terms.price, terms.payer, terms.discount);
    assert_eq!(now, (Quantity(2_000), Fen(36_500), Payer::Insurer, Fen(0)), "a discount was of the other");
    let dear = Part { price: Fen(LARGEST.0 + 1), ..equal };
    assert_eq!(visit.exchange_part(&lines[0], &dear), Err(NotAnEstimate::TooLarge));
}
