use super::*;
use crate::catalogue::Catalogue;
use crate::documents::AdditionSheet;
use crate::estimate::Origin;
use crate::locale::Language;
use crate::money::{Fen, Quantity};
use crate::visit::check_in::NotYet;
use crate::visit::consents::{About, By};
use crate::visit::order::Item;
use crate::visit::signature::{SignedAs, Strokes};
use crate::visit::tests::{Tablet, strokes};
use crate::visit::work_order::tests::{NOW, READY, agreed, operation, sign};

const PRICING: Pricing = Pricing { tax: 1_300, tax_included: true, valid_days: 7 };

/// A visit whose order is signed: one hour for 180.00.
fn ordered(tablet: &mut Tablet) -> Visit {
    let mut visit = agreed(tablet);
    sign(tablet, &mut visit);
    visit
}

fn found(tablet: &mut Tablet, visit: &mut Visit, reason: &str) -> EntryId {
    tablet.write(visit, Change::AdditionFound { reason: reason.to_owned().into() })
}

fn line(tablet: &mut Tablet, visit: &mut Visit, addition: EntryId, price: Fen) -> EntryId {
    let (item, terms) = crate::visit::order::work(&operation(), price);
    let line = visit.add_line(Some(addition), (item, terms), false).expect("a line");
    tablet.write(visit, line)
}

fn reply(tablet: &mut Tablet, visit: &mut Visit, line: EntryId, accepted: bool, why: Option<WhyNot>) {
    let of = visit.standing_lines().into_iter().find(|of| of.id == line).expect("a line");
    let reply = Reply { accepted: Some(accepted), why_not: why, risk_known: false, asked: Some(of.terms) };
    tablet.write(visit, Change::LineReplied { line, reply });
}

fn addition(visit: &Visit, id: EntryId) -> Addition {
    visit.additions().into_iter().find(|addition| addition.id == id).expect("an addition")
}

fn gaps(visit: &Visit, id: EntryId, channel: Channel) -> Vec<AdditionGap> {
    visit.addition_gaps(&Addition { channel, ..addition(visit, id) }, PRICING, NOW)
}

fn sheet(visit: &Visit, addition: &Addition) -> AdditionSheet {
    AdditionSheet::of(visit, addition, &Catalogue::standard(), ("林晓彤", NOW))
}

fn answer(tablet: &mut Tablet, visit: &mut Visit, id: EntryId, channel: Channel) -> Result<EntryId, NotYet> {
    let said = "可以，做吧".to_owned().into();
    tablet.write(visit, Change::AnswerNoted { addition: id, channel, said });
    let addition = addition(visit, id);
    let sheet = sheet(visit, &addition);
    let asked = sheet.zh.asked.clone();
    let signing = visit.answer_addition(&addition, (strokes(), asked), sheet, PRICING, NOW)?;
    Ok(tablet.draft(visit, signing.draft))
}

#[test]
fn an_answer_waits_for_everything_that_is_missing_and_says_it() {
    let mut tablet = Tablet::new(1);
    let mut visit = agreed(&mut tablet);
    let id = found(&mut tablet, &mut visit, " ");
    let all = [AdditionGap::NoOrder, AdditionGap::Reason, AdditionGap::NoLines];
    assert_eq!(gaps(&visit, id, Channel::Phone), all);
    sign(&mut tablet, &mut visit);
    tablet.write(&mut visit, Change::AdditionWorded { addition: id, reason: "水泵渗漏".to_owned().into() });
    let risk = Some("可能漏水过热".to_owned().into());
    tablet.write(&mut visit, Change::AdditionRisked { addition: id, risk });
    let pump = line(&mut tablet, &mut visit, id, Fen(0));
    assert_eq!(gaps(&visit, id, Channel::Phone), [AdditionGap::NoPrice(1), AdditionGap::Unanswered(1)]);
    let priced = visit.change_line(&addition(&visit, id).lines[0].0, Terms::of_one(Fen(76_000)));
    tablet.write(&mut visit, priced.expect("a price"));
    reply(&mut tablet, &mut visit, pump, false, None);
    tablet.write(&mut visit, Change::AdditionRisked { addition: id, risk: Some(" ".to_owned().into()) });
    assert!(gaps(&visit, id, Channel::Phone).contains(&AdditionGap::Risk), "a risk that nobody named");
    tablet.write(
        &mut visit,
        Change::AdditionRisked { addition: id, risk: Some("可能漏水过热".to_owned().into()) },
    );
    let no = [AdditionGap::WhyNot(1), AdditionGap::RiskUnknown(1)];
    assert_eq!(gaps(&visit, id, Channel::Phone), no);
    assert_eq!(answer(&mut tablet, &mut visit, id, Channel::Phone), Err(NotYet::AdditionGaps(no.to_vec())));
    let known =
        Reply { accepted: Some(false), why_not: Some(WhyNot::Expensive), risk_known: true, asked: None };
    tablet.write(&mut visit, Change::LineReplied { line: pump, reply: known });
    assert_eq!(gaps(&visit, id, Channel::Phone), []);
    tablet.write(&mut visit, Change::AdditionTimed { addition: id, ready: Some(NOW) });
    assert_eq!(gaps(&visit, id, Channel::Phone), [AdditionGap::TimePast], "now is over");
    tablet.write(&mut visit, Change::AdditionTimed { addition: id, ready: Some(NOW + 1) });
    assert_eq!(gaps(&visit, id, Channel::Phone), []);
    assert!(answer(&mut tablet, &mut visit, id, Channel::Phone).is_ok());
}

#[test]
fn what_was_agreed_to_is_added_to_price_and_time_and_the_signed_order_stays_as_it_is() {
    let mut tablet = Tablet::new(1);
    let mut visit = ordered(&mut tablet);
    let id = found(&mut tablet, &mut visit, "张紧轮松旷");
    let (yes, no) =
        (line(&mut tablet, &mut visit, id, Fen(45_800)), line(&mut tablet, &mut visit, id, Fen(76_000)));
    reply(&mut tablet, &mut visit, yes, true, None);
    reply(&mut tablet, &mut visit, no, false, Some(WhyNot::NextTime));
    let ready = Some(READY + 3_600_000);
    tablet.write(&mut visit, Change::AdditionTimed { addition: id, ready });
    answer(&mut tablet, &mut visit, id, Channel::Glass).expect("an answer");
    let facts = visit.standing_answers().remove(0).facts;
    assert_eq!((facts.before, facts.total, facts.net), (Fen(18_000), Fen(45_800), Fen(40_531)));
    let other = found(&mut tablet, &mut visit, "雨刮片老化");
    assert_eq!(visit.agreed_without(other), Fen(63_800));
    assert_eq!((visit.ready_beside(Some(other)), visit.ready_beside(Some(id))), (ready, Some(READY)));
    let order = visit.signed_orders().pop().expect("an order");
    assert_eq!(visit.order_changed_since(&order), [] as [&str; 0]);
    let lines: Vec<EntryId> = visit.order_lines().iter().map(|line| line.id).collect();
    assert!(!lines.contains(&yes) && lines.len() == 1, "an addition's line is none of the order's");
}

#[test]
fn an_answered_addition_is_open_again_once_it_says_something_else_and_both_answers_are_kept() {
    let mut tablet = Tablet::new(1);
    let mut visit = ordered(&mut tablet);
    let id = found(&mut tablet, &mut visit, "张紧轮松旷");
    let pulley = line(&mut tablet, &mut visit, id, Fen(45_800));
    reply(&mut tablet, &mut visit, pulley, true, None);
    assert_eq!(visit.open_additions(PRICING).len(), 1);
    answer(&mut tablet, &mut visit, id, Channel::Phone).expect("an answer");
    assert_eq!(visit.open_additions(PRICING), []);
    let dearer = visit.change_line(&addition(&visit, id).lines[0].0, Terms::of_one(Fen(50_000)));
    tablet.write(&mut visit, dearer.expect("a price"));
    assert_eq!(visit.open_additions(PRICING).len(), 1, "another price needs another answer");
    assert_eq!(
        gaps(&visit, id, Channel::Phone),
        [AdditionGap::Unanswered(1)],
        "the yes was to the other price"
    );
    reply(&mut tablet, &mut visit, pulley, true, None);
    answer(&mut tablet, &mut visit, id, Channel::Phone).expect("an answer");
    let kept: Vec<_> = visit.addition_answers().iter().map(|kept| (kept.facts.total, kept.version)).collect();
    assert_eq!(kept, [(Fen(45_800), 1), (Fen(50_000), 2)]);
    assert_eq!(visit.agreed_without(EntryId::of(b"another")), Fen(68_000), "the last one holds");
    tablet.write(&mut visit, Change::AdditionWithdrawn { addition: id, withdrawn: true });
    assert_eq!(visit.additions().len(), 1, "what was answered does not vanish");
    let other = found(&mut tablet, &mut visit, "雨刮片老化");
    tablet.write(&mut visit, Change::AdditionWithdrawn { addition: other, withdrawn: true });
    assert_eq!(visit.additions().len(), 1, "what nobody answered does");
}

#[test]
fn a_call_needs_a_number_and_a_signature_its_strokes() {
    let mut tablet = Tablet::new(1);
    let mut visit = ordered(&mut tablet);
    let id = found(&mut tablet, &mut visit, "张紧轮松旷");
    let pulley = line(&mut tablet, &mut visit, id, Fen(45_800));
    reply(&mut tablet, &mut visit, pulley, true, None);
    tablet.write(&mut visit, Change::SignerChosen { signer: SignedAs::Authorised });
    assert_eq!(gaps(&visit, id, Channel::Glass), [AdditionGap::Who], "nobody has said who");
    let role = crate::visit::people::PersonRole::Authorised;
    let named = crate::visit::tests::name("陈小明").into();
    tablet.write(&mut visit, Change::PersonNamed { role, name: named });
    tablet.write(&mut visit, Change::SigningAllowed { signer: SignedAs::Authorised, allowed: true });
    assert_eq!(gaps(&visit, id, Channel::Phone), [AdditionGap::Number]);
    assert_eq!(gaps(&visit, id, Channel::Message), [AdditionGap::Number]);
    assert_eq!(gaps(&visit, id, Channel::Glass), []);
    let found = Addition { channel: Channel::Glass, ..addition(&visit, id) };
    let empty = (Strokes::default(), String::new());
    let refused = visit.answer_addition(&found, empty, sheet(&visit, &found), PRICING, NOW);
    assert!(matches!(refused, Err(NotYet::Signature(_))), "an empty glass is no signature");
}

#[test]
fn what_need_not_be_asked_is_up_to_what_the_order_says_in_all() {
    let mut tablet = Tablet::new(1);
    let mut visit = agreed(&mut tablet);
    let ceiling = visit.choose_term(Term::Ceiling, "200");
    tablet.write(&mut visit, ceiling);
    sign(&mut tablet, &mut visit);
    let mut ask = |price: Fen| {
        let id = found(&mut tablet, &mut visit, "雨刮片老化");
        let wiper = line(&mut tablet, &mut visit, id, price);
        reply(&mut tablet, &mut visit, wiper, true, None);
        let gaps = gaps(&visit, id, Channel::Beforehand);
        if gaps.is_empty() {
            answer(&mut tablet, &mut visit, id, Channel::Beforehand).expect("an answer");
        }
        gaps
    };
    assert_eq!(ask(Fen(20_001)), [AdditionGap::OverCeiling(Fen(20_000))]);
    assert_eq!(ask(Fen(12_000)), []);
    assert_eq!(ask(Fen(8_001)), [AdditionGap::OverCeiling(Fen(8_000))], "with what went this way before");
    assert_eq!(ask(Fen(8_000)), []);
    // What is said of it after the signature allows nothing.
    let dearer = visit.choose_term(Term::Ceiling, "500");
    tablet.write(&mut visit, dearer);
    let id = found(&mut tablet, &mut visit, "雨刮片老化");
    let wiper = line(&mut tablet, &mut visit, id, Fen(100));
    reply(&mut tablet, &mut visit, wiper, true, None);
    assert_eq!(gaps(&visit, id, Channel::Beforehand), [AdditionGap::OverCeiling(Fen(0))]);
    reply(&mut tablet, &mut visit, wiper, false, Some(WhyNot::Expensive));
    let over = AdditionGap::OverCeiling(Fen(0));
    assert_eq!(gaps(&visit, id, Channel::Beforehand), [over, AdditionGap::DeclinedUnasked]);
}

#[test]
fn a_refusal_that_is_about_safety_stays_on_every_later_paper() {
    let mut tablet = Tablet::new(1);
    let mut visit = ordered(&mut tablet);
    let id = found(&mut tablet, &mut visit, "后制动片到限");
    tablet.write(
        &mut visit,
        Change::AdditionRisked { addition: id, risk: Some("制动距离变长".to_owned().into()) },
    );
    let pads = line(&mut tablet, &mut visit, id, Fen(48_400));
    let known =
        Reply { accepted: Some(false), why_not: Some(WhyNot::Elsewhere), risk_known: true, asked: None };
    tablet.write(&mut visit, Change::LineReplied { line: pads, reply: known });
    answer(&mut tablet, &mut visit, id, Channel::Phone).expect("an answer");
    let later = found(&mut tablet, &mut visit, "雨刮片老化");
    let sheet = sheet(&visit, &addition(&visit, later));
    let again = self::sheet(&visit, &addition(&visit, id)).zh.warned;
    assert_eq!(again, [] as [String; 0], "its own next paper says what is answered then");
    assert_eq!(sheet.zh.warned, ["检查底盘，顾客不做：制动距离变长"]);
    assert_eq!(sheet.en.warned, ["Check the chassis, declined: 制动距离变长"]);
    let order = crate::documents::OrderSheet::of(&visit, &Catalogue::standard(), NOW);
    assert_eq!((order.zh.warned, order.en.warned), (Some(sheet.zh.warned), Some(sheet.en.warned)));
}

#[test]
fn the_ledger_keeps_what_was_asked_with_its_words_and_the_price_then() {
    let mut tablet = Tablet::new(1);
    let mut visit = ordered(&mut tablet);
    let id = found(&mut tablet, &mut visit, "张紧轮松旷");
    let pulley = line(&mut tablet, &mut visit, id, Fen(45_800));
    let number = visit.phone().expect("a phone").clone().into();
    tablet.write(&mut visit, Change::CallMissed { addition: id, number });
    reply(&mut tablet, &mut visit, pulley, true, None);
    answer(&mut tablet, &mut visit, id, Channel::Phone).expect("an answer");
    let ledger = visit.consents();
    let newest = ledger.last().expect("a consent");
    let asked = "陈先生，我们发现张紧轮松旷。检查底盘 458.00 元。交车时间不变。您看哪项做？";
    assert_eq!(newest.words.as_deref(), Some(asked));
    assert_eq!((newest.price, newest.channel), (Some(Fen(45_800)), By::Channel(Channel::Phone)));
    assert_eq!((newest.who.as_deref(), newest.number.as_deref()), (Some("陈志远"), Some("138 0013 5621")));
    assert!(matches!(&newest.about, About::Addition(number, lines) if number.contains("-Z1-") && lines[0].1));
    let missed = &ledger[ledger.len() - 2];
    assert_eq!((missed.about.clone(), missed.given), (About::MissedCall, false));
    let order = ledger.iter().find(|consent| consent.about == About::Order).expect("the order");
    assert_eq!((order.price, order.given), (Some(Fen(18_000)), true));
    assert!(order.words.as_deref().is_some_and(|words| words.contains("增项条款")));
    let drive = |consent: &&crate::visit::consents::Consent| {
        matches!(&consent.about, About::Term(Term::TestDrive, value) if value == "yes") && consent.given
    };
    assert_eq!(ledger.iter().filter(drive).count(), 1, "the test drive");
    let data = |consent: &&crate::visit::consents::Consent| {
        matches!(&consent.about, About::Term(Term::DataUse, value) if value == "no") && !consent.given
    };
    assert_eq!(ledger.iter().filter(data).count(), 1, "a no is kept too");
    let ceiling =
        |consent: &&crate::visit::consents::Consent| matches!(&consent.about, About::Term(Term::Ceiling, _));
    assert_eq!(ledger.iter().filter(ceiling).count(), 0, "that everything is asked allows nothing");
    let change = visit.choose_term(Term::Ceiling, "200");
    tablet.write(&mut visit, change);
    assert_eq!(visit.consents().iter().filter(ceiling).count(), 1);
}

#[test]
fn what_is_found_later_is_on_no_check_in_form() {
    let mut tablet = Tablet::new(1);
    let mut visit = ordered(&mut tablet);
    let id = found(&mut tablet, &mut visit, "张紧轮松旷");
    let picture = crate::visit::Picture {
        attachment: crate::journal::AttachmentId::of(b"pulley"),
        size: 1,
        width: 2,
        height: 2,
    };
    let subject = crate::visit::PhotoSubject::Addition(id);
    tablet.write(&mut visit, Change::PhotoTaken { subject, picture: picture.clone(), thumbnail: picture });
    assert_eq!((visit.form_photos().len(), visit.addition_photos(id).len()), (0, 1));
    assert_eq!(crate::documents::CheckInFacts::of(&visit).photos, []);
    let brought = Item { origin: Some(Origin::Brought), ..crate::visit::order::work(&operation(), Fen(0)).0 };
    let free = Terms { quantity: Quantity::ONE, ..Terms::of_one(Fen(0)) };
    let line = visit.add_line(Some(id), (brought, free), false).expect("a line");
    tablet.write(&mut visit, line);
    assert_eq!(
        gaps(&visit, id, Channel::Glass),
        [AdditionGap::Unanswered(1)],
        "what is brought needs no price"
    );
}

#[test]
fn what_was_declined_is_known_at_the_next_visit_with_what_may_happen() {
    let mut tablet = Tablet::new(1);
    let mut visit = agreed(&mut tablet);
    let recommended = visit.add_line(None, crate::visit::order::work(&operation(), Fen(9_900)), true);
    let recommended = tablet.write(&mut visit, recommended.expect("a line"));
    assert_eq!(visit.declined(), [], "nothing was said to it yet");
    tablet.write(&mut visit, Change::LineAnswered { line: recommended, accepted: Some(false) });
    sign(&mut tablet, &mut visit);
    let id = found(&mut tablet, &mut visit, "后制动片到限");
    let risk = Some("制动距离变长".to_owned().into());
    tablet.write(&mut visit, Change::AdditionRisked { addition: id, risk });
    let (yes, no) =
        (line(&mut tablet, &mut visit, id, Fen(100)), line(&mut tablet, &mut visit, id, Fen(200)));
    reply(&mut tablet, &mut visit, yes, true, None);
    let known =
        Reply { accepted: Some(false), why_not: Some(WhyNot::NextTime), risk_known: true, asked: None };
    tablet.write(&mut visit, Change::LineReplied { line: no, reply: known });
    assert_eq!(visit.declined().len(), 1, "an answer counts once it is recorded");
    answer(&mut tablet, &mut visit, id, Channel::Phone).expect("an answer");
    let declined: Vec<_> = visit
        .declined()
        .into_iter()
        .map(|declined| (declined.terms.price, declined.risk.and_then(|risk| risk.value().cloned())))
        .collect();
    assert_eq!(declined, [(Fen(9_900), None), (Fen(200), Some("制动距离变长".to_owned()))]);
}

#[test]
fn the_car_is_ready_when_what_was_signed_or_agreed_to_last_says_so() {
    let mut tablet = Tablet::new(1);
    let mut visit = ordered(&mut tablet);
    let id = found(&mut tablet, &mut visit, "张紧轮松旷");
    let pulley = line(&mut tablet, &mut visit, id, Fen(45_800));
    reply(&mut tablet, &mut visit, pulley, true, None);
    tablet.write(&mut visit, Change::AdditionTimed { addition: id, ready: Some(READY + 3_600_000) });
    answer(&mut tablet, &mut visit, id, Channel::Phone).expect("an answer");
    let other = EntryId::of(b"another");
    assert_eq!(visit.ready_beside(Some(other)), Some(READY + 3_600_000));
    let later = visit.promise_time(READY + 90_000_000, None, "等配件", NOW).expect("a time");
    tablet.write(&mut visit, later);
    sign(&mut tablet, &mut visit);
    assert_eq!(visit.ready_beside(Some(other)), Some(READY + 90_000_000), "the order was signed anew since");
}

#[test]
fn the_ledger_says_what_a_recommendation_cost_when_it_was_answered_and_keeps_it_when_it_is_withdrawn() {
    let mut tablet = Tablet::new(1);
    let mut visit = agreed(&mut tablet);
    let recommended = visit.add_line(None, crate::visit::order::work(&operation(), Fen(9_900)), true);
    let recommended = tablet.write(&mut visit, recommended.expect("a line"));
    tablet.write(&mut visit, Change::LineAnswered { line: recommended, accepted: Some(false) });
    let known = visit.order_lines().into_iter().find(|line| line.id == recommended).expect("a line");
    let cheaper = visit.change_line(&known, Terms::of_one(Fen(6_000))).expect("a price");
    tablet.write(&mut visit, cheaper);
    tablet.write(&mut visit, Change::LineWithdrawn { line: recommended, withdrawn: true });
    let ledger = visit.consents();
    let said = ledger.iter().find(|consent| matches!(consent.about, About::Recommended(_)));
    assert_eq!(said.map(|said| (said.price, said.given)), Some((Some(Fen(9_900)), false)));
}

#[test]
fn what_waits_for_an_answer_stands_in_the_list_and_what_is_agreed_to_in_the_workshop() {
    let mut tablet = Tablet::new(1);
    let mut visit = ordered(&mut tablet);
    let hand = visit.countersign_order(strokes()).expect("a countersignature");
    tablet.draft(&mut visit, hand.draft);
    let id = found(&mut tablet, &mut visit, "水泵渗漏");
    let (yes, no) =
        (line(&mut tablet, &mut visit, id, Fen(76_000)), line(&mut tablet, &mut visit, id, Fen(10_000)));
    tablet.write(&mut visit, Change::AdditionTimed { addition: id, ready: Some(READY + 3_600_000) });
    let listed = |visit: &Visit| {
        let row = crate::visit::VisitRow::of(visit);
        let work = row.in_workshop.expect("work");
        (row.unanswered, work.ready - READY, work.hours.iter().map(|(_, hours)| hours.0).sum::<i64>())
    };
    assert_eq!(listed(&visit), (Some(1), 0, 1_000), "it waits, and asks nothing of the workshop yet");
    reply(&mut tablet, &mut visit, yes, true, None);
    reply(&mut tablet, &mut visit, no, false, Some(WhyNot::NextTime));
    answer(&mut tablet, &mut visit, id, Channel::Phone).expect("an answer");
    assert_eq!(listed(&visit), (None, 3_600_000, 2_000), "what was agreed to alone, and its time");
    tablet.write(&mut visit, Change::AdditionTimed { addition: id, ready: Some(READY + 1_800_000) });
    answer(&mut tablet, &mut visit, id, Channel::Phone).expect("an answer");
    assert_eq!(listed(&visit), (None, 1_800_000, 2_000), "it is ready earlier than was said first");
    let other = found(&mut tablet, &mut visit, "制动片磨损");
    assert_eq!(listed(&visit).0, Some(1));
    tablet.write(&mut visit, Change::AdditionWithdrawn { addition: other, withdrawn: true });
    assert_eq!(listed(&visit).0, None, "it was withdrawn");
}

#[test]
fn what_is_read_out_says_what_comes_on_top() {
    let mut tablet = Tablet::new(1);
    let mut visit = ordered(&mut tablet);
    let id = found(&mut tablet, &mut visit, "张紧轮松旷");
    line(&mut tablet, &mut visit, id, Fen(10_000));
    line(&mut tablet, &mut visit, id, Fen(20_000));
    let read = |t: Language, tax_included| {
        let pricing = Pricing { tax_included, ..PRICING };
        t.addition_question(&visit, &addition(&visit, id), pricing, 480)
    };
    assert!(!read(Language::ZhCn, true).contains("含税"));
    assert!(read(Language::ZhCn, false).contains("以上不含税，都做含税共 339.00 元。"));
    assert!(read(Language::En, false).contains("Tax comes on top: ¥339.00 for all of it."));
}
