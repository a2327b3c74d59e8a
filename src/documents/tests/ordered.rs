//! The printed work order and the answers to additional work, as text: what a person reads on them.

use chrono::NaiveDate;

use super::super::{
    AdditionSheet, Block, Headed, OrderSheet, Paper, addition_blocks, draw_pages, order_blocks,
};
use super::printed::read;
use crate::catalogue::Catalogue;
use crate::estimate::{Origin, Payer};
use crate::journal::EntryId;
use crate::locale::Language;
use crate::money::{Fen, Quantity};
use crate::reference::OldPart;
use crate::visit::addition::{Channel, Reply, WhyNot};
use crate::visit::old_parts::OldPartTo;
use crate::visit::order::{Item, Terms, work};
use crate::visit::tests::{Tablet, name, strokes};
use crate::visit::variants::Variant;
use crate::visit::work_order::tests::{NOW, READY, agreed, operation};
use crate::visit::{Change, Visit};

fn shop() -> Catalogue {
    let today = NaiveDate::from_ymd_opt(2026, 3, 18).expect("a day");
    crate::demo::demo(today, crate::demo::UTC_OFFSET_MINUTES)
}

fn text<S: Headed>(paper: &Paper<S>, list: &[Block], t: Language) -> String {
    draw_pages(paper, t, list, std::slice::from_ref(&(0..list.len()))).iter().map(|page| read(page)).collect()
}

fn put(tablet: &mut Tablet, visit: &mut Visit, of: Option<EntryId>, line: (Item, Terms)) -> EntryId {
    let line = visit.add_line(of, line, false).expect("a line");
    tablet.write(visit, line)
}

fn part(price: i64, old_part: OldPart) -> (Item, Terms) {
    let (item, terms) = work(&operation(), Fen(price));
    let label = crate::catalogue::Label { zh: "前制动片".into(), en: "Front brake pads".into() };
    (Item { name: label, origin: Some(Origin::Maker), skill: None, old_part: Some(old_part), ..item }, terms)
}

/// Everything that an order can have, signed and countersigned.
fn full_order(tablet: &mut Tablet) -> Visit {
    let mut visit = agreed(tablet);
    let concern = visit.standing_concerns().first().map(|concern| concern.id);
    let (pads, terms) = part(46_800, OldPart::Customer);
    let discounted = Terms { quantity: Quantity(2_000), discount: Fen(3_600), ..terms };
    put(tablet, &mut visit, concern, (pads, discounted));
    let (covered, terms) = part(99_900, OldPart::Customer);
    put(tablet, &mut visit, concern, (covered, Terms { payer: Payer::Manufacturer, ..terms }));
    let (later, terms) = work(&operation(), Fen(60_000));
    put(tablet, &mut visit, None, (later, Terms { after_diagnosis: true, ..terms }));
    let recommended = visit.add_line(None, work(&operation(), Fen(9_900)), true).expect("a line");
    let line = tablet.write(&mut visit, recommended);
    tablet.write(&mut visit, Change::LineAnswered { line, accepted: Some(false) });
    for (variant, price) in [(Variant::A, 20_000), (Variant::B, 35_000)] {
        let line = put(tablet, &mut visit, concern, part(price, OldPart::Exchange));
        tablet.write(&mut visit, Change::LineVaried { line, variant: Some(variant) });
        tablet.write(&mut visit, Change::OldPartGoes { line, to: Some(OldPartTo::Shop) });
    }
    tablet.write(&mut visit, Change::VariantChosen { variant: Some(Variant::B) });
    let sheet = OrderSheet::of(&visit, &shop(), NOW);
    let pricing = shop().pricing.unwrap_or_default();
    let signing = visit.sign_order(strokes(), name("陈志远"), sheet, pricing, NOW).expect("an order");
    sign(tablet, &mut visit, signing);
    let countersigning = visit.countersign_order(strokes()).expect("it is signed");
    sign(tablet, &mut visit, countersigning);
    visit
}

fn sign(tablet: &mut Tablet, visit: &mut Visit, signing: crate::visit::check_in::Signing) {
    tablet.draft(visit, signing.draft);
}

/// Something that was found later, of which the first line is agreed to and the second is not.
fn answered(tablet: &mut Tablet, visit: &mut Visit, channel: Channel) {
    let found = Change::AdditionFound { reason: "水泵渗漏，张紧轮松旷".to_owned().into() };
    let addition = tablet.write(visit, found);
    let risk = Some("可能漏水过热".to_owned().into());
    tablet.write(visit, Change::AdditionRisked { addition, risk });
    tablet.write(visit, Change::AdditionTimed { addition, ready: Some(READY + 4_200_000) });
    let yes = put(tablet, visit, Some(addition), work(&operation(), Fen(45_800)));
    let no = put(tablet, visit, Some(addition), part(76_000, OldPart::Customer));
    let agreed = Reply { accepted: Some(true), ..Reply::default() };
    tablet.write(visit, Change::LineReplied { line: yes, reply: agreed });
    let declined =
        Reply { accepted: Some(false), why_not: Some(WhyNot::Expensive), risk_known: true, asked: None };
    tablet.write(visit, Change::LineReplied { line: no, reply: declined });
    let said = "先做张紧轮吧".to_owned().into();
    tablet.write(visit, Change::AnswerNoted { addition, channel, said });
    let found = visit.additions().pop().expect("an addition");
    let sheet = AdditionSheet::of(visit, &found, &shop(), ("林晓彤", NOW));
    let asked = sheet.zh.asked.clone();
    let pricing = shop().pricing.unwrap_or_default();
    let signing = visit.answer_addition(&found, (strokes(), asked), sheet, pricing, NOW).expect("an answer");
    sign(tablet, visit, signing);
}

#[test]
fn an_order_with_everything_that_it_can_have_reads_so_in_one_language_and_in_both() {
    let visit = full_order(&mut Tablet::new(1));
    let paper = Paper::of_order(&visit, &visit.signed_orders(), 0, &|_| None).expect("a paper");
    for t in Language::ALL {
        insta::assert_snapshot!(format!("full_order_{}", t.tag()), text(&paper, &order_blocks(&paper, t), t));
    }
}

#[test]
fn an_answer_by_telephone_reads_so_and_the_next_paper_warns_of_what_was_refused() {
    let mut tablet = Tablet::new(1);
    let mut visit = full_order(&mut tablet);
    answered(&mut tablet, &mut visit, Channel::Phone);
    answered(&mut tablet, &mut visit, Channel::Glass);
    for (which, way) in ["phone", "glass"].into_iter().enumerate() {
        let paper = Paper::of_addition(&visit, &visit.addition_answers(), which, &|_| None).expect("a paper");
        for t in Language::ALL {
            let list = addition_blocks(&paper, t, &|_, _| None);
            insta::assert_snapshot!(format!("addition_by_{way}_{}", t.tag()), text(&paper, &list, t));
        }
    }
    let sheet = OrderSheet::of(&visit, &shop(), NOW);
    let paper = Paper::order_draft(sheet, &visit);
    let zh = Language::ZhCn;
    let list = order_blocks(&paper, zh);
    insta::assert_snapshot!("order_after_a_refusal_zh-CN", text(&paper, &list, zh));
}
