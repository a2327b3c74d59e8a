//! Every word of a work order in one language.

use super::lines::groups;
use super::{OrderText, Total, ticks};
use crate::catalogue::{Catalogue, Passage};
use crate::coverage::{GuaranteeClass, Length};
use crate::estimate::{Estimate, Payer};
use crate::journal::EntryId;
use crate::locale::{Language, day_of};
use crate::money::Fen;
use crate::visit::Visit;
use crate::visit::order::OrderLine;
use crate::visit::signature::SignedAs;
use crate::visit::work_order::Term;

/// One row for each who bears something: labour, parts, together.
fn sums(t: Language, estimate: &Estimate<Option<EntryId>>) -> Vec<Vec<String>> {
    let payers = [Payer::Customer, Payer::Manufacturer, Payer::Insurer, Payer::Dealership];
    let row = |payer: Payer| {
        let sum = estimate.sum_of(|line| line.payer == payer).ok()?;
        let together = Fen(sum.customer.0 + sum.covered.0);
        let is_there = sum.labour.0 + sum.parts.0 > 0;
        (is_there || payer == Payer::Customer).then(|| {
            vec![
                t.payer_word(payer).to_owned(),
                sum.labour.to_string(),
                sum.parts.to_string(),
                together.to_string(),
            ]
        })
    };
    payers.into_iter().filter_map(row).collect()
}

pub(in crate::documents) fn party(t: Language, visit: &Visit, number: String) -> Vec<(String, String)> {
    let comma = t.pick("，", ", ");
    let name = visit.customer().map(ToString::to_string).unwrap_or_default();
    let name = match visit.relation() {
        Some(relation) => format!("{name}{comma}{}", t.relation_word(relation)),
        None => name,
    };
    let vehicle = visit.vehicle();
    let model = vehicle.as_ref().map(|car| format!("{}{comma}{}", car.model, car.colour)).unwrap_or_default();
    let mut rows = vec![
        (t.customer().to_owned(), name),
        (t.phone().to_owned(), visit.phone().map(|phone| phone.grouped()).unwrap_or_default()),
        (t.model().to_owned(), model),
        (t.odometer().to_owned(), visit.odometer().map(|(km, _)| t.km(km)).unwrap_or_default()),
    ];
    if let Some(bought) = vehicle.and_then(|car| car.purchased) {
        rows.push((t.purchased().to_owned(), bought));
    }
    rows.push((t.step_check_in().to_owned(), number));
    rows
}

/// The shortest guarantee of what is done, as the law has it at least.
fn guarantee(t: Language, catalogue: &Catalogue, lines: &[OrderLine]) -> String {
    let classes = lines.iter().filter_map(|line| line.item.guarantee);
    let least = classes.map(GuaranteeClass::least).min_by_key(|period| period.km);
    let period = least.unwrap_or_else(|| GuaranteeClass::Other.least());
    let days = match period.length {
        Length::Days(days) => days,
        Length::Months(months) => months * 30,
    };
    let km = t.km(period.km.unwrap_or_default());
    let words = catalogue.words(t, Passage::Guarantee, t.guaranteed_for());
    words.replace("{days}", &days.to_string()).replace("{km}", &km)
}

pub(super) fn text(t: Language, visit: &Visit, catalogue: &Catalogue, now: i64) -> OrderText {
    let shop = &catalogue.dealership;
    let offset = shop.utc_offset_minutes;
    let pricing = catalogue.pricing.unwrap_or_default();
    let estimate = visit.estimate(pricing, day_of(now, offset));
    let certain = estimate.certain();
    let (asked, most) = (certain.asked().unwrap_or_default(), estimate.asked().unwrap_or_default());
    let ceilings = Fen(most.total.0 - asked.total.0);
    let total = |label: String, amount: Fen| Total {
        label,
        capitals: format!("{} {}", t.in_capitals_word(), amount.in_capitals()),
        amount: t.yuan(amount),
    };
    let number = visit.opening().map(|opening| opening.number).unwrap_or_default();
    let lines: Vec<OrderLine> = visit.order_lines();
    let declined = lines.iter().filter(|line| line.accepted == Some(false));
    let declined = declined.map(|line| line.item.name.get(t).to_owned()).collect();
    let old_part = |line: &OrderLine| {
        let to = visit.old_part_goes(line)?;
        Some((line.item.name.get(t).to_owned(), t.old_part_to_word(to).to_owned()))
    };
    let old_parts: Vec<_> = lines.iter().filter(|line| line.counts()).filter_map(old_part).collect();
    let warned = visit.refused_risks(None).into_iter();
    let warned: Vec<String> = warned.map(|(name, risk)| t.warned_of(name.get(t), &risk)).collect();
    let ordered: Vec<OrderLine> = lines.iter().filter(|line| line.counts()).cloned().collect();
    let ready = visit.promised().map(|promised| t.date_time(promised.ready, offset)).unwrap_or_default();
    let phone = visit.phone().map(|phone| phone.grouped()).unwrap_or_default();
    let chosen = |term: Term| {
        let chosen = ticks(t, visit, term).into_iter().filter(|tick| tick.chosen).map(|tick| tick.label);
        chosen.collect::<Vec<_>>().join(t.pick("、", ", "))
    };
    let wording = |passage, standard: &str| catalogue.words(t, passage, standard).to_owned();
    let invoice = visit.term(Term::Invoice).unwrap_or_default().to_owned();
    let mut told = vec![
        (t.ready_by().to_owned(), ready),
        (t.valid_until().to_owned(), estimate.valid_until.to_string()),
        (t.term_word(Term::Channel).to_owned(), format!("{} {phone}", chosen(Term::Channel))),
        (t.term_word(Term::Ceiling).to_owned(), chosen(Term::Ceiling)),
    ];
    if !invoice.is_empty() {
        told.push((t.term_word(Term::Invoice).to_owned(), invoice));
    }
    let until = visit.term(Term::ReachedUntil).unwrap_or_default().to_owned();
    if !until.is_empty() {
        told.push((t.term_word(Term::ReachedUntil).to_owned(), until));
    }
    let boxes = [Term::OldParts, Term::Wash, Term::TestDrive, Term::DataUse, Term::Handover, Term::Payment];
    let signer = visit.signer().and_then(|signer| signer.person.name).map(ToString::to_string);
    let signed_as = visit.signs_as();
    OrderText {
        shop: format!("{}{}{} {}", shop.address, t.pick("　", "  "), t.phone(), shop.phone),
        date: t.date_time(now, offset),
        party: party(t, visit, number),
        groups: groups(t, visit, catalogue),
        sums: sums(t, &certain),
        total: total(t.estimated_total().to_owned(), asked.total),
        ceiling: (ceilings > Fen(0)).then(|| total(t.with_ceilings(ceilings), most.total)),
        tax: t.tax_of(pricing.tax, asked.tax),
        told,
        agreed: boxes.map(|term| (t.term_word(term).to_owned(), ticks(t, visit, term))).to_vec(),
        clause: (t.clause_title().to_owned(), wording(Passage::AdditionalWork, t.clause_text())),
        fine: vec![
            (
                t.charging_standard().to_owned(),
                wording(Passage::Charging, t.charged_so(pricing.tax_included)),
            ),
            (t.guarantee_period().to_owned(), guarantee(t, catalogue, &ordered)),
            (
                t.electronic_signature().to_owned(),
                wording(Passage::ElectronicSignature, t.signed_electronically()),
            ),
        ],
        declined,
        old_parts: (!old_parts.is_empty()).then_some(old_parts),
        warned: (!warned.is_empty()).then_some(warned),
        consent: wording(Passage::OrderConsent, t.order_consent()),
        signer: (t.signed_as(signed_as).into(), signer.unwrap_or_default()),
        advisor: (
            t.advisor().into(),
            visit.advisor().map(|id| catalogue.staff_name(id).to_owned()).unwrap_or_default(),
        ),
        authority: (signed_as == SignedAs::Authorised)
            .then(|| crate::documents::refusal::authority(t, visit)),
    }
}
