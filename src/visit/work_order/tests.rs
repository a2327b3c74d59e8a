use super::*;
use crate::catalogue::{Catalogue, Label, Mechanic, Passage, TextBlock, WorkshopPlan};
use crate::coverage::GuaranteeClass;
use crate::estimate::Origin;
use crate::locale::{of_the_wall, on_the_wall};
use crate::money::{Fen, Quantity};
use crate::promise::{Comes, Workshop};
use crate::record::Kept as _;
use crate::reference::{Operation, Skill};
use crate::visit::order::{Item, Terms, work};
use crate::visit::tests::{Tablet, name, ready, strokes};

/// Everything that is to be agreed.
pub(crate) const AGREED: [(Term, &str); 9] = [
    (Term::OldParts, "take"),
    (Term::Wash, "yes"),
    (Term::TestDrive, "yes"),
    (Term::DataUse, "no"),
    (Term::Handover, "together"),
    (Term::Payment, "wechat"),
    (Term::Channel, "phone"),
    (Term::Ceiling, "0"),
    (Term::Explained, "yes"),
];

/// 2026-03-18 16:30 in China.
pub(crate) const READY: i64 = 1_773_822_600_000;
pub(crate) const NOW: i64 = 1_773_800_760_000;

pub(crate) fn operation() -> Operation {
    Operation {
        code: "A".into(),
        name: Label { zh: "检查底盘".into(), en: "Check the chassis".into() },
        hours: Quantity(1_000),
        skill: Skill::Mechanical,
        models: Vec::new(),
        guarantee: GuaranteeClass::Other,
    }
}

fn with_line(tablet: &mut Tablet) -> Visit {
    let mut visit = ready(tablet);
    let concern = visit.standing_concerns().first().map(|concern| concern.id);
    let line = visit.add_line(concern, work(&operation(), Fen(18_000)), false).expect("a line");
    tablet.write(&mut visit, line);
    visit
}

/// A visit whose order can be signed.
pub(crate) fn agreed(tablet: &mut Tablet) -> Visit {
    let mut visit = with_line(tablet);
    for (term, choice) in AGREED {
        let change = visit.choose_term(term, choice);
        tablet.write(&mut visit, change);
    }
    let time = visit.promise_time(READY, Some(READY), "", NOW).expect("a time");
    tablet.write(&mut visit, time);
    visit
}

fn sheet(visit: &Visit) -> OrderSheet {
    OrderSheet::of(visit, &Catalogue::standard(), NOW)
}

pub(crate) fn sign(tablet: &mut Tablet, visit: &mut Visit) -> EntryId {
    let signing = visit.sign_order(strokes(), name("陈志远"), sheet(visit), Pricing::default(), NOW);
    tablet.draft(visit, signing.expect("an order").draft)
}

#[test]
fn an_order_says_everything_that_is_missing_and_is_not_signed_before() {
    let mut tablet = Tablet::new(1);
    let visit = ready(&mut tablet);
    let gaps = visit.order_gaps(true, NOW);
    let terms = Term::ASKED.map(OrderGap::Term);
    let all = [OrderGap::NoLines, OrderGap::Promise].into_iter().chain(terms);
    let all: Vec<_> = all.chain([OrderGap::Term(Term::Explained)]).collect();
    assert_eq!(gaps, all);
    let refused = visit.sign_order(strokes(), name("陈志远"), sheet(&visit), Pricing::default(), NOW);
    assert_eq!(refused.err(), Some(NotYet::OrderGaps(all)));
    assert_eq!(agreed(&mut Tablet::new(1)).order_gaps(true, NOW), []);
}

#[test]
fn a_recommendation_without_an_answer_and_a_line_without_a_price_hold_up_the_strokes() {
    let mut tablet = Tablet::new(1);
    let mut visit = agreed(&mut tablet);
    let free = visit.add_line(None, work(&operation(), Fen(0)), false).expect("a line");
    tablet.write(&mut visit, free);
    let suggested = visit.add_line(None, work(&operation(), Fen(100)), true).expect("a line");
    let line = tablet.write(&mut visit, suggested);
    assert_eq!(visit.order_gaps(true, NOW), [OrderGap::NoPrice(1), OrderGap::Unanswered(1)]);
    tablet.write(&mut visit, Change::LineAnswered { line, accepted: Some(false) });
    assert_eq!(visit.order_gaps(true, NOW), [OrderGap::NoPrice(1)]);
}

#[test]
fn a_time_that_is_over_is_none_and_a_part_that_the_customer_brings_needs_no_price() {
    let mut tablet = Tablet::new(1);
    let mut visit = agreed(&mut tablet);
    assert_eq!(visit.order_gaps(true, READY - 1), []);
    assert_eq!(visit.order_gaps(true, READY), [OrderGap::Promise]);
    let (item, terms) = work(&operation(), Fen(0));
    let brought = (Item { origin: Some(Origin::Brought), skill: None, ..item }, terms);
    let brought = visit.add_line(None, brought, false).expect("a line");
    tablet.write(&mut visit, brought);
    assert_eq!(visit.order_gaps(true, NOW), []);
}

#[test]
fn what_two_tablets_put_down_and_nobody_can_count_is_not_signed() {
    let mut tablet = Tablet::new(1);
    let mut visit = agreed(&mut tablet);
    for _ in 0..crate::estimate::MOST_LINES {
        let (item, terms) = work(&operation(), Fen(100));
        tablet.write(
            &mut visit,
            Change::LineAdded { concern: None, item, terms, suggested: false, variant: None },
        );
    }
    let gap = OrderGap::NotCountable(NotAnEstimate::TooManyLines);
    assert_eq!(visit.order_gaps(true, NOW), std::slice::from_ref(&gap));
    let refused = visit.sign_order(strokes(), name("陈志远"), sheet(&visit), Pricing::default(), NOW);
    assert_eq!(refused.err(), Some(NotYet::OrderGaps(vec![gap])));
}

#[test]
fn a_signed_order_stays_as_it_was_signed_and_a_change_asks_for_a_new_strokes() {
    let mut tablet = Tablet::new(1);
    let mut visit = agreed(&mut tablet);
    let first = sign(&mut tablet, &mut visit);
    let signed = visit.signed_orders().remove(0);
    assert_eq!((signed.id, signed.version, signed.facts.total), (first, 1, Fen(18_000)));
    assert_eq!(visit.order_changed_since(&signed), Vec::<&str>::new());
    let more = visit.add_line(None, work(&operation(), Fen(10_000)), false).expect("a line");
    tablet.write(&mut visit, more);
    assert_eq!(visit.order_changed_since(&signed), ["lines", "net", "tax", "total"]);
    assert_eq!(visit.countersign_order(strokes()).err(), Some(NotYet::ChangedSince));
    let second = sign(&mut tablet, &mut visit);
    let orders = visit.signed_orders();
    assert_eq!((orders.len(), orders[1].id, orders[1].version), (2, second, 2));
    assert_eq!(orders[0].facts, signed.facts, "the old paper stays");
    let hand = visit.countersign_order(strokes()).expect("a countersignature");
    tablet.draft(&mut visit, hand.draft);
    let orders = visit.signed_orders();
    assert!(orders[0].countersigned.is_none() && orders[1].countersigned.is_some());
}

#[test]
fn an_order_changes_no_check_in_form_and_the_form_no_order() {
    let mut tablet = Tablet::new(1);
    let mut visit = agreed(&mut tablet);
    sign(&mut tablet, &mut visit);
    let signed = visit.signed_orders().remove(0);
    let form = crate::documents::CheckInFacts::of(&visit);
    tablet.write(&mut visit, Change::CoverPlaced { cover: "seat".into(), placed: false });
    assert_eq!(visit.order_changed_since(&signed), Vec::<&str>::new());
    assert_eq!(form, crate::documents::CheckInFacts::of(&agreed(&mut Tablet::new(1))));
}

#[test]
fn where_the_customer_waits_changes_without_another_signature() {
    let mut tablet = Tablet::new(1);
    let mut visit = agreed(&mut tablet);
    sign(&mut tablet, &mut visit);
    let signed = visit.signed_orders().remove(0);
    let waits = visit.choose_term(Term::Waiting, "other");
    tablet.write(&mut visit, waits);
    let who = Change::TermAgreed { term: Term::PickedUpBy, value: "李明 139 0000 0000".to_owned().into() };
    tablet.write(&mut visit, who);
    assert_eq!(visit.term(Term::Waiting), Some("other"));
    assert_eq!(visit.order_changed_since(&signed), Vec::<&str>::new());
    let wash = visit.choose_term(Term::Wash, "no");
    tablet.write(&mut visit, wash);
    assert_eq!(visit.order_changed_since(&signed), ["terms"]);
}

#[test]
fn of_several_choices_a_tap_joins_and_a_second_one_leaves() {
    let mut tablet = Tablet::new(1);
    let mut visit = ready(&mut tablet);
    let mut tap = |visit: &mut Visit, term: Term, choice: &str| {
        let change = visit.choose_term(term, choice);
        tablet.write(visit, change);
        visit.term(term).map(str::to_owned).unwrap_or_default()
    };
    assert_eq!(tap(&mut visit, Term::Payment, "cash"), "cash");
    assert_eq!(tap(&mut visit, Term::Payment, "wechat"), "wechat cash");
    assert_eq!(tap(&mut visit, Term::Payment, "cash"), "wechat");
    assert_eq!(tap(&mut visit, Term::OldParts, "take"), "take");
    assert_eq!(tap(&mut visit, Term::OldParts, "leave"), "leave");
}

#[test]
fn another_time_than_reckoned_or_than_signed_needs_a_reason_and_a_past_one_is_none() {
    let mut tablet = Tablet::new(1);
    let mut visit = agreed(&mut tablet);
    let time = |visit: &Visit, ready: i64, reason: &str| visit.promise_time(ready, Some(READY), reason, NOW);
    assert_eq!(time(&visit, NOW, "x").err(), Some(NoTime::Past));
    assert_eq!(time(&visit, READY + 60_000, " ").err(), Some(NoTime::Reason));
    assert!(time(&visit, READY, "").is_ok());
    let later = time(&visit, READY + 60_000, "等配件").expect("a time");
    tablet.write(&mut visit, later);
    let promised = visit.promised().expect("a time");
    assert_eq!((promised.ready, promised.reckoned), (READY + 60_000, Some(READY)));
    sign(&mut tablet, &mut visit);
    assert_eq!(time(&visit, READY, "").err(), Some(NoTime::Reason), "the customer was told another");
    assert!(time(&visit, READY + 60_000, "").is_ok(), "what was signed");
}

#[test]
fn what_is_ordered_is_reckoned_and_what_is_declined_is_not() {
    let mut tablet = Tablet::new(1);
    let mut visit = with_line(&mut tablet);
    let suggested = visit.add_line(None, work(&operation(), Fen(100)), true).expect("a line");
    tablet.write(&mut visit, suggested);
    let mechanic = Mechanic { skills: vec![Skill::Mechanical], permit_until: None, name: None };
    let plan = WorkshopPlan {
        week: vec![vec!["08:00-18:00".into()]; 7],
        mechanics: vec![mechanic],
        ..WorkshopPlan::default()
    };
    let workshop: Workshop = plan.workshop();
    let now = on_the_wall(NOW, 480);
    let comes = |line: &OrderLine| Needed { name: line.item.code.clone(), comes: Comes::InStore };
    let reckoned = visit.reckon(&workshop, now, comes).expect("a time");
    let hours = (reckoned.ready - now).num_minutes();
    assert!((60..75).contains(&hours), "an hour of work, up to the next quarter: {hours} min");
    assert_eq!(of_the_wall(now, 480), NOW);
}

#[test]
fn a_line_says_its_terms_again_on_the_sheet_and_a_ceiling_stands_apart() {
    let mut tablet = Tablet::new(1);
    let mut visit = agreed(&mut tablet);
    let (item, terms) = work(&operation(), Fen(30_000));
    let later = (item, Terms { after_diagnosis: true, ..terms });
    let later = visit.add_line(None, later, false).expect("a line");
    tablet.write(&mut visit, later);
    let sheet = sheet(&visit);
    assert_eq!(sheet.number, format!("WT{}", visit.opening().expect("open").number.trim_start_matches("JC")));
    assert_eq!(sheet.zh.total.amount, "¥180.00");
    assert_eq!(sheet.zh.total.capitals, "大写 壹佰捌拾元整");
    assert_eq!(sheet.zh.ceiling.as_ref().map(|total| total.amount.as_str()), Some("¥480.00"));
    assert_eq!(sheet.en.groups.last().expect("a group").rows[0].own, "≤ 300.00");
}

/// A dealership with words of its own for two passages.
fn with_own_words(version: &str) -> Catalogue {
    let text = |passage: Passage, zh: &str, en: &str| TextBlock {
        id: passage.name().to_owned(),
        version: version.to_owned(),
        text: Label { zh: zh.to_owned(), en: en.to_owned() },
    };
    let guarantee = ("质保 {days} 日或 {km}。", "{days} days or {km}.");
    Catalogue {
        texts: Some(vec![
            text(Passage::Guarantee, guarantee.0, guarantee.1),
            text(Passage::OrderConsent, &format!("同意 {version}。"), &format!("Agreed, {version}.")),
        ]),
        ..Catalogue::standard()
    }
}

#[test]
fn other_words_of_the_terms_leave_a_signed_order_as_it_was_and_the_next_one_names_their_version() {
    let mut tablet = Tablet::new(1);
    let mut visit = agreed(&mut tablet);
    let mut sign_with = |visit: &mut Visit, catalogue: &Catalogue| {
        let sheet = OrderSheet::of(visit, catalogue, NOW);
        let signing = visit.sign_order(strokes(), name("陈志远"), sheet.clone(), Pricing::default(), NOW);
        tablet.draft(visit, signing.expect("an order").draft);
        sheet
    };
    let (before, after) = (with_own_words("2026-01"), with_own_words("2026-04"));
    let first = sign_with(&mut visit, &before);
    let signed = visit.signed_orders().remove(0);
    assert_eq!(visit.order_changed_since(&signed), Vec::<&str>::new(), "words alone change nothing");
    let second = sign_with(&mut visit, &after);
    let orders = visit.signed_orders();
    let sheets: Vec<_> = orders.iter().filter_map(|order| order.sheet.read(&|_| None)).collect();
    assert_eq!(sheets.iter().map(|sheet| &**sheet).collect::<Vec<_>>(), [&first, &second]);
    assert_eq!((&*first.zh.consent, &*second.zh.consent), ("同意 2026-01。", "同意 2026-04。"));
    assert_eq!(orders[0].facts.terms_version, Some(before.terms_version()));
    assert_eq!(orders[1].facts.terms_version, Some(after.terms_version()));
    assert_ne!(before.terms_version(), after.terms_version());
}

#[test]
fn a_passage_without_words_of_the_dealership_has_the_apps_and_days_and_distance_are_those_of_the_work() {
    let visit = agreed(&mut Tablet::new(1));
    let own = OrderSheet::of(&visit, &with_own_words("2026-01"), NOW);
    let fine: Vec<&str> = own.zh.fine.iter().map(|(_, words)| words.as_str()).collect();
    assert_eq!(fine[1], "质保 10 日或 2,000 km。");
    assert_eq!(own.en.fine[1].1, "10 days or 2,000 km.");
    let standard = sheet(&visit);
    assert_eq!(standard.zh.fine[1].1, "交车之日起 10 日或 2,000 km，先到为准，期内同一故障免费返修。");
    assert_eq!((fine[0], fine[2]), (&*standard.zh.fine[0].1, &*standard.zh.fine[2].1));
    assert_eq!(own.zh.clause, standard.zh.clause);
}

#[test]
fn the_version_of_the_terms_is_printed_where_it_was_noted_and_an_order_without_one_is_read() {
    let visit = agreed(&mut Tablet::new(1));
    let sheet = OrderSheet { terms_version: None, ..sheet(&visit) };
    assert_eq!(OrderSheet::read(sheet.write()).expect("a sheet"), sheet);
    assert!(sheet.write().get("terms_version").is_none());
    let printed = |sheet: OrderSheet| {
        let paper = crate::documents::Paper::order_draft(sheet, &visit);
        let blocks = crate::documents::order_blocks(&paper, crate::locale::Language::ZhCn);
        blocks.iter().map(|block| block.html.as_str()).collect::<String>()
    };
    assert!(!printed(sheet.clone()).contains("条款 "));
    let of = OrderSheet { terms_version: Some(Catalogue::standard().terms_version()), ..sheet };
    let sentence = format!("条款 {} 版。", crate::catalogue::texts::STANDARD);
    assert!(printed(of).contains(&sentence), "{sentence}");
}
