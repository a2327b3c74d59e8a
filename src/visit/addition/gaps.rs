//! What is missing before an answer is recorded, and recording it.

use chrono::NaiveDate;

use super::{Addition, Channel, Reply};
use crate::documents::{AdditionFacts, AdditionSheet};
use crate::estimate::NotAnEstimate;
use crate::journal::{EntryId, Personal};
use crate::money::Fen;
use crate::visit::check_in::{NotYet, Signing};
use crate::visit::order::{OrderLine, Pricing, estimate_of};
use crate::visit::part::{Attached, Part};
use crate::visit::signature::Strokes;
use crate::visit::work_order::Term;
use crate::visit::{Change, Key, Visit};

/// What is still missing before an answer can be recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AdditionGap {
    /// No order was signed: there is nothing to add to.
    NoOrder,
    /// Why it is asked for.
    Reason,
    /// Nothing is to be done.
    NoLines,
    /// So many lines have no price, and nobody else bears them or brings the part.
    NoPrice(usize),
    /// What cannot be counted.
    NotCountable(NotAnEstimate),
    /// So many lines have no answer.
    Unanswered(usize),
    /// So many were declined, and nobody said why.
    WhyNot(usize),
    /// So many were declined that are about safety, and the customer does not know what may happen.
    RiskUnknown(usize),
    /// The car is to be ready at a time that is over.
    TimePast,
    /// Nobody may answer.
    Who,
    /// The one who answers has no number.
    Number,
    /// It comes to more than what need not be asked, together with what was not asked before.
    OverCeiling(Fen),
    /// Something was declined, and the customer was not asked.
    DeclinedUnasked,
    /// It is about safety, and nobody said what may happen.
    Risk,
    /// Two answers stand to something.
    TwoAnswers(Key),
    /// So many entries are missing here.
    EntriesMissing(usize),
}

impl Visit {
    /// What is not asked comes to at most so much: the signed order's ceiling without what went this way before.
    fn need_not_ask(&self, addition: EntryId) -> Fen {
        let terms = self.signed_orders().pop().map(|order| order.facts.terms).unwrap_or_default();
        let ceiling = terms.iter().find_map(|agreed| match agreed {
            Change::TermAgreed { term: Term::Ceiling, value } => value.value()?.parse::<i64>().ok(),
            _ => None,
        });
        let yuan = ceiling.unwrap_or_default();
        let before = self.standing_answers().into_iter();
        let before = before
            .filter(|answer| answer.channel == Channel::Beforehand && answer.facts.addition != addition);
        Fen(yuan * 100 - before.map(|answer| answer.facts.total.0).sum::<i64>())
    }

    /// What is missing before the answer to an addition can be recorded, in the order of the screen.
    pub fn addition_gaps(&self, addition: &Addition, pricing: Pricing, now: i64) -> Vec<AdditionGap> {
        let mut gaps = Vec::new();
        let missing = self.journal.missing().len();
        if missing > 0 {
            gaps.push(AdditionGap::EntriesMissing(missing));
        }
        gaps.extend(self.two_answers().into_iter().map(AdditionGap::TwoAnswers));
        let mut lacks = |absent: bool, gap: AdditionGap| {
            if absent {
                gaps.push(gap);
            }
        };
        let count =
            |is: &dyn Fn(&(OrderLine, Reply)) -> bool| addition.lines.iter().filter(|line| is(line)).count();
        lacks(self.signed_orders().is_empty(), AdditionGap::NoOrder);
        let reason = addition.reason.value().map(|reason| reason.trim()).unwrap_or_default();
        lacks(reason.is_empty(), AdditionGap::Reason);
        let unsaid = |risk: &Personal<String>| risk.value().is_some_and(|risk| risk.trim().is_empty());
        lacks(addition.risk.as_ref().is_some_and(unsaid), AdditionGap::Risk);
        lacks(addition.lines.is_empty(), AdditionGap::NoLines);
        let free = count(&|(line, _)| line.lacks_price());
        lacks(free > 0, AdditionGap::NoPrice(free));
        let all = estimate_of(addition.lines.iter().map(|(line, _)| line), pricing, NaiveDate::MIN);
        if let Err(why) = all.asked() {
            lacks(true, AdditionGap::NotCountable(why));
        }
        let open = count(&|(_, reply)| reply.accepted.is_none());
        lacks(open > 0, AdditionGap::Unanswered(open));
        let declined = |reply: &Reply| reply.accepted == Some(false);
        let silent = count(&|(_, reply)| declined(reply) && reply.why_not.is_none());
        lacks(silent > 0, AdditionGap::WhyNot(silent));
        let unknown = count(&|(_, reply)| declined(reply) && !reply.risk_known);
        lacks(addition.risk.is_some() && unknown > 0, AdditionGap::RiskUnknown(unknown));
        lacks(addition.ready.is_some_and(|ready| ready <= now), AdditionGap::TimePast);
        let signer = self.signer().filter(|_| !self.signer_has_no_name());
        lacks(signer.is_none_or(|signer| signer.person.name.is_none()), AdditionGap::Who);
        let phone = signer.and_then(|signer| signer.person.phone);
        lacks(addition.channel.has_number() && phone.is_none(), AdditionGap::Number);
        if addition.channel == Channel::Beforehand {
            let most = self.need_not_ask(addition.id);
            // With its ceilings.
            let total = all.asked().map_or(Fen(0), |asked| asked.total);
            lacks(total > most, AdditionGap::OverCeiling(Fen(most.0.max(0))));
            // Nobody who was not asked has declined anything.
            let declined = count(&|(_, reply)| declined(reply));
            lacks(declined > 0, AdditionGap::DeclinedUnasked);
        }
        gaps
    }

    /// The entry that records an answer, on the fold that the sheet was drawn from: with the strokes, where it
    /// is signed, and with what was read out or lay on the table.
    ///
    /// # Errors
    /// What is missing, or why the strokes are no signature.
    pub fn answer_addition(
        &self,
        addition: &Addition,
        (strokes, asked): (Strokes, String),
        sheet: AdditionSheet,
        pricing: Pricing,
        now: i64,
    ) -> Result<Signing, NotYet> {
        if self.cancelled().is_some() {
            return Err(NotYet::Cancelled);
        }
        let gaps = self.addition_gaps(addition, pricing, now);
        let signer = self.signer();
        let name = signer.and_then(|signer| signer.person.name).cloned();
        let (true, Some(who)) = (gaps.is_empty(), name) else { return Err(NotYet::AdditionGaps(gaps)) };
        let mut attached = Attached::new();
        let strokes = match addition.channel {
            Channel::Glass => {
                strokes.check().map_err(NotYet::Signature)?;
                Some(Part::new(strokes, &mut attached))
            }
            Channel::Phone | Channel::Message | Channel::Beforehand => None,
        };
        let phone = signer.and_then(|signer| signer.person.phone).filter(|_| addition.channel.has_number());
        let said = addition.said.value().is_some_and(|said| !said.trim().is_empty());
        let draft = self.journal.draft(Change::AdditionAnswered {
            facts: Box::new(AdditionFacts::of(self, addition, pricing)),
            sheet: Part::new(Box::new(sheet), &mut attached),
            channel: addition.channel,
            strokes,
            who: self.cited(who),
            answered_as: self.signs_as(),
            number: phone.cloned().map(Into::into),
            asked: asked.into(),
            said: said.then(|| addition.said.clone()),
        });
        Ok(Signing { draft, attached })
    }
}
