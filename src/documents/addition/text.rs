//! Every word of an answer to additional work in one language.

use super::{AdditionText, ReplyText};
use crate::catalogue::Catalogue;
use crate::documents::order::{OrderGroup, Total, order_number, party, rows_of};
use crate::documents::sheet::Tick;
use crate::locale::Language;
use crate::money::Fen;
use crate::visit::Visit;
use crate::visit::addition::{Addition, Channel};
use crate::visit::signature::SignedAs;

pub(super) fn text(
    t: Language,
    visit: &Visit,
    addition: &Addition,
    catalogue: &Catalogue,
    (by, now): (&str, i64),
) -> AdditionText {
    let channel = addition.channel;
    let shop = &catalogue.dealership;
    let offset = shop.utc_offset_minutes;
    let pricing = catalogue.pricing.unwrap_or_default();
    let added = visit.addition_asked(addition, pricing);
    let before = visit.agreed_without(addition.id);
    let total = Fen(before.0 + added.total.0);
    let signer = visit.signer();
    let name = signer.and_then(|signer| signer.person.name).map(ToString::to_string).unwrap_or_default();
    let signed_as = visit.signs_as();
    let answer = |chosen: Option<bool>| {
        let tick = |label: &str, of| Tick { label: label.to_owned(), chosen: chosen == Some(of) };
        vec![tick(t.agreed_to(), true), tick(t.not_agreed_to(), false)]
    };
    let replies = addition.lines.iter().map(|(line, reply)| {
        let mut note: Vec<&str> = Vec::new();
        if reply.accepted == Some(false) {
            note.extend(reply.why_not.map(|why| t.why_not_word(why)));
            if reply.risk_known && addition.risk.is_some() {
                note.push(t.risk_known());
            }
        }
        ReplyText {
            name: line.item.name.get(t).to_owned(),
            ticks: answer(reply.accepted),
            note: note.join(t.pick("，", ", ")),
        }
    });
    let time = |at: Option<i64>| at.map(|at| t.date_time(at, offset)).unwrap_or_default();
    let ready = visit.ready_beside(Some(addition.id));
    let is_later = addition.ready.filter(|_| added.total.0 > 0 || addition.is_accepted());
    let mut changes = vec![vec![
        t.you_pay_in_all().to_owned(),
        before.to_string(),
        format!("+{}", added.total),
        total.to_string(),
    ]];
    let shift = is_later.zip(ready).map(|(new, old)| t.later_by(new - old)).unwrap_or_default();
    changes.push(vec![t.ready_by().to_owned(), time(ready), shift, time(is_later.or(ready))]);
    let mut told = vec![
        (t.who_answered().to_owned(), format!("{name}{}{}", t.pick("，", ", "), t.signed_as(signed_as))),
        (t.answered_at().to_owned(), t.date_time(now, offset)),
        (t.asked_by().to_owned(), by.to_owned()),
    ];
    if channel.has_number() {
        let phone = signer.and_then(|signer| signer.person.phone).map(|phone| phone.grouped());
        told.push((t.number_dialled().to_owned(), phone.unwrap_or_default()));
    }
    let ways = Channel::ALL.map(|way| Tick { label: t.channel_word(way).to_owned(), chosen: way == channel });
    let photos = visit.addition_photos(addition.id);
    let caption = |photo: &crate::visit::Photo| format!("{} {}", t.found_later(), t.time(photo.at, offset));
    let rows = addition.lines.iter().flat_map(|(line, _)| rows_of(t, line)).collect();
    let warned = visit
        .refused_risks(Some(addition.id))
        .into_iter()
        .map(|(name, risk)| t.warned_of(name.get(t), &risk));
    AdditionText {
        shop: format!("{}{}{} {}", shop.address, t.pick("　", "  "), t.phone(), shop.phone),
        date: format!("{}{}{}", t.date_time(now, offset), t.pick("，属 ", ", part of "), order_number(visit)),
        party: party(t, visit, visit.opening().map(|opening| opening.number).unwrap_or_default()),
        reason: addition.reason.value().cloned().unwrap_or_default(),
        risk: addition.risk.as_ref().and_then(|risk| risk.value()).cloned(),
        photos: photos.iter().map(caption).collect(),
        group: OrderGroup { title: t.addition_title(addition.number), said: String::new(), rows },
        changes,
        total: Total {
            label: t.estimated_total().to_owned(),
            capitals: format!("{} {}", t.in_capitals_word(), total.in_capitals()),
            amount: t.yuan(total),
        },
        tax: format!("{}{}", t.pick("增加部分", "Of what is added, "), t.tax_of(pricing.tax, added.tax)),
        replies: replies.collect(),
        ways: ways.to_vec(),
        told,
        asked: t.addition_question(visit, addition, pricing, offset),
        said: addition.said.value().map(|said| said.trim().to_owned()).unwrap_or_default(),
        warned: warned.collect(),
        later: (channel != Channel::Glass)
            .then(|| (t.to_be_signed().to_owned(), t.to_be_signed_text().to_owned())),
        consent: t.addition_consent().to_owned(),
        signer: (t.signed_as(signed_as).into(), name),
        advisor: (t.asked_by().into(), by.to_owned()),
        authority: (signed_as == SignedAs::Authorised)
            .then(|| crate::documents::refusal::authority(t, visit)),
    }
}
