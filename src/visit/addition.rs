//! 增项: work that was found after the order was signed. Its lines answer it as others answer a concern; what
//! the customer said to them is one entry with everything that was asked, and the signed order stays as it is.

use chrono::NaiveDate;

use super::check_in::{NotYet, Signing};
use super::customer::{PersonName, Phone};
use super::order::{Item, OrderLine, Pricing, Terms, estimate_of};
use super::part::{Attached, Part};
use super::signature::{SignedAs, Strokes};
use super::work_order::Term;
use super::{Change, Key, Visit, answered};
use crate::catalogue::Label;
use crate::documents::{AdditionFacts, AdditionSheet};
use crate::estimate::{Asked, NotAnEstimate, Origin, Payer};
use crate::journal::{EntryId, Personal, StaffId};
use crate::money::Fen;
use crate::record::{kept, named};

named! {
    /// How the customer answered.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Channel {
        /// 签名: on the glass.
        Glass = "glass",
        /// 电话
        Phone = "phone",
        /// 短信
        Message = "message",
        /// 免问: within what the order says need not be asked.
        Beforehand = "beforehand",
    }
}

impl Channel {
    /// In the order of offering.
    pub const ALL: [Self; 4] = [Self::Glass, Self::Phone, Self::Message, Self::Beforehand];

    /// Whether a number belongs to it.
    pub fn has_number(self) -> bool {
        matches!(self, Self::Phone | Self::Message)
    }
}

named! {
    /// Why not.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum WhyNot {
        /// 太贵
        Expensive = "expensive",
        /// 下次再做
        NextTime = "next_time",
        /// 要商量
        AskSomebody = "ask_somebody",
        /// 别处做
        Elsewhere = "elsewhere",
        /// 有疑问
        Doubt = "doubt",
    }
}

impl WhyNot {
    /// In the order of offering.
    pub const ALL: [Self; 5] =
        [Self::Expensive, Self::NextTime, Self::AskSomebody, Self::Elsewhere, Self::Doubt];
}

/// What the customer says to a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reply {
    /// Agreed to, or not; nothing said yet.
    pub accepted: Option<bool>,
    /// Why not.
    pub why_not: Option<WhyNot>,
    /// 顾客已知晓: of what was not agreed to and is about safety, that the customer knows what may happen.
    pub risk_known: bool,
    /// To which terms it was said: at others it is no answer.
    pub asked: Option<Terms>,
}

kept!(Reply { risk_known; accepted, why_not, asked });

/// Something that was found later.
#[derive(Clone, Debug, PartialEq)]
pub struct Addition {
    /// The entry that recorded it.
    pub id: EntryId,
    /// From 1.
    pub number: usize,
    /// When, milliseconds since 1970 UTC, corrected.
    pub at: i64,
    /// Who wrote it down.
    pub by: StaffId,
    /// Why.
    pub reason: Personal<String>,
    /// What may happen where it is not done; none where it is not about safety.
    pub risk: Option<Personal<String>>,
    /// What is to be done, and what the customer says to each as far as it is written down.
    pub lines: Vec<(OrderLine, Reply)>,
    /// When the car is ready with it; the promised time stands for none.
    pub ready: Option<i64>,
    /// How the customer answers; as they said on the order, where nobody has noted it.
    pub channel: Channel,
    /// What the customer said, verbatim; empty for nothing.
    pub said: Personal<String>,
}

impl Addition {
    /// Whether anything of it is agreed to, as far as it is written down.
    pub fn is_accepted(&self) -> bool {
        self.lines.iter().any(|(_, reply)| reply.accepted == Some(true))
    }
}

/// An answer as it was recorded.
#[derive(Clone, Debug, PartialEq)]
pub struct Answered {
    /// The entry: its id is the digest on the paper.
    pub id: EntryId,
    /// When, milliseconds since 1970 UTC, corrected.
    pub at: i64,
    /// Who recorded it.
    pub by: StaffId,
    /// What was asked and answered.
    pub facts: AdditionFacts,
    /// Every word of it.
    pub sheet: Part<Box<AdditionSheet>>,
    /// How.
    pub channel: Channel,
    /// The signature, where it was made on the glass.
    pub strokes: Option<Part<Strokes>>,
    /// Who answered.
    pub who: Personal<PersonName>,
    /// As what.
    pub answered_as: SignedAs,
    /// The number, of a call or a message.
    pub number: Option<Personal<Phone>>,
    /// What was read out or lay on the table.
    pub asked: Personal<String>,
    /// What the customer said, verbatim.
    pub said: Option<Personal<String>>,
    /// How many times it was printed.
    pub printed: usize,
    /// From 1, of the same addition.
    pub version: usize,
}

/// What the customer did not want done.
#[derive(Clone, Debug, PartialEq)]
pub struct Declined {
    /// What.
    pub item: Item,
    /// How much, at what price then.
    pub terms: Terms,
    /// What may happen without it, where it is about safety.
    pub risk: Option<Personal<String>>,
}

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
    /// The additions' entries, withdrawn ones too.
    pub(super) fn found_later(&self) -> Vec<EntryId> {
        let found = self.journal.additions();
        found.filter(|(_, fact)| matches!(fact, Change::AdditionFound { .. })).map(|(by, _)| by.id).collect()
    }

    /// What was found later, as it came; without what was withdrawn.
    pub fn additions(&self) -> Vec<Addition> {
        let lines = self.standing_lines();
        let found = self.journal.additions().filter_map(|(by, fact)| match fact {
            Change::AdditionFound { reason } => Some((by, reason)),
            _ => None,
        });
        let answered = self.standing_answers();
        let addition = |(at, (by, reason)): (usize, (&crate::journal::Standing, &Personal<String>))| {
            let id = by.id;
            let is_answered = answered.iter().any(|answer| answer.facts.addition == id);
            let own = lines.iter().filter(|line| line.concern == Some(id));
            let gone = answered!(self, Key::AdditionWithdrawn(id), AdditionWithdrawn, withdrawn);
            // What was answered does not vanish: it is declined by another answer.
            (is_answered || gone != Some(&true)).then(|| Addition {
                id,
                number: at + 1,
                at: by.at,
                by: by.author.clone(),
                reason: answered!(self, Key::AdditionReason(id), AdditionWorded, reason)
                    .unwrap_or(reason)
                    .clone(),
                risk: answered!(self, Key::AdditionRisk(id), AdditionRisked, risk).cloned().flatten(),
                lines: own.map(|line| (line.clone(), self.reply(line))).collect(),
                ready: answered!(self, Key::AdditionTime(id), AdditionTimed, ready).copied().flatten(),
                channel: answered!(self, Key::AnswerNoted(id), AnswerNoted, channel)
                    .copied()
                    .unwrap_or_else(|| self.usual_channel()),
                said: answered!(self, Key::AnswerNoted(id), AnswerNoted, said)
                    .cloned()
                    .unwrap_or_else(|| String::new().into()),
            })
        };
        found.enumerate().filter_map(addition).collect()
    }

    /// As the order says how to ask.
    fn usual_channel(&self) -> Channel {
        match self.term(Term::Channel) {
            Some("message") => Channel::Message,
            Some("here") => Channel::Glass,
            _ => Channel::Phone,
        }
    }

    /// What the customer says to a line of an addition, as it is now: another price needs another answer.
    pub fn reply(&self, line: &OrderLine) -> Reply {
        let reply = answered!(self, Key::Reply(line.id), LineReplied, reply).copied();
        let is_same = |reply: &Reply| reply.asked.is_none_or(|asked| asked == line.terms);
        reply.filter(is_same).unwrap_or_default()
    }

    /// Every recorded answer, oldest first; of one addition the last one holds.
    pub fn addition_answers(&self) -> Vec<Answered> {
        let mut all: Vec<Answered> = Vec::new();
        for (by, fact) in self.journal.additions() {
            match fact {
                Change::AdditionAnswered {
                    facts,
                    sheet,
                    channel,
                    strokes,
                    who,
                    answered_as,
                    number,
                    asked,
                    said,
                } => {
                    let before = all.iter().filter(|known| known.facts.addition == facts.addition).count();
                    all.push(Answered {
                        id: by.id,
                        at: by.at,
                        by: by.author.clone(),
                        facts: (**facts).clone(),
                        sheet: sheet.clone(),
                        channel: *channel,
                        strokes: strokes.clone(),
                        who: who.clone(),
                        answered_as: *answered_as,
                        number: number.clone(),
                        asked: asked.clone(),
                        said: said.clone(),
                        printed: 0,
                        version: before + 1,
                    });
                }
                Change::PaperPrinted { paper } => {
                    if let Some(paper) = all.iter_mut().find(|known| known.id == *paper) {
                        paper.printed += 1;
                    }
                }
                _ => {}
            }
        }
        all
    }

    /// Of each addition the answer that holds.
    pub fn standing_answers(&self) -> Vec<Answered> {
        let mut standing: Vec<Answered> = Vec::new();
        for answer in self.addition_answers() {
            standing.retain(|known| known.facts.addition != answer.facts.addition);
            standing.push(answer);
        }
        standing
    }

    /// The answer to an addition, where it still says what was asked.
    pub fn answer_to(&self, addition: &Addition, pricing: Pricing) -> Option<Answered> {
        let answers = self.addition_answers().into_iter();
        let newest = answers.rev().find(|answer| answer.facts.addition == addition.id)?;
        let now = AdditionFacts::of(self, addition, pricing);
        now.differences(&newest.facts, &self.journal).is_empty().then_some(newest)
    }

    /// Additions that nobody has answered yet, or that say something else now.
    pub fn open_additions(&self, pricing: Pricing) -> Vec<Addition> {
        let mut all = self.additions();
        all.retain(|addition| self.answer_to(addition, pricing).is_none());
        all
    }

    /// When the car is ready without an addition: by what was signed or agreed to last.
    pub fn ready_without(&self, addition: EntryId) -> Option<i64> {
        let mut ready = None;
        for (_, fact) in self.journal.additions() {
            match fact {
                Change::OrderSigned { facts, .. } => ready = facts.ready,
                Change::AdditionAnswered { facts, .. }
                    if facts.addition != addition && facts.is_accepted() =>
                {
                    ready = facts.ready.or(ready);
                }
                _ => {}
            }
        }
        ready.or_else(|| self.promised().map(|promised| promised.ready))
    }

    /// What the customer pays by the signed order and by what was agreed to since, that addition apart.
    pub fn agreed_without(&self, addition: EntryId) -> Fen {
        let order = self.signed_orders().pop().map_or(0, |order| order.facts.total.0);
        let others = self.standing_answers().into_iter();
        let others = others.filter(|answer| answer.facts.addition != addition);
        Fen(order + others.map(|answer| answer.facts.total.0).sum::<i64>())
    }

    /// What the customer pays for what is agreed to of an addition, as far as it is sure: a ceiling after the
    /// diagnosis stands with its line. Nothing where it cannot be counted.
    pub fn addition_asked(&self, addition: &Addition, pricing: Pricing) -> Asked {
        let accepted = addition.lines.iter().filter(|(_, reply)| reply.accepted == Some(true));
        let estimate = estimate_of(accepted.map(|(line, _)| line), pricing, NaiveDate::MIN);
        estimate.certain().asked().unwrap_or(Asked { net: Fen(0), tax: Fen(0), total: Fen(0) })
    }

    /// What is refused although it is about safety, with what may happen: it stays on every later paper, beside
    /// that of the addition itself.
    pub fn refused_risks(&self, beside: Option<EntryId>) -> Vec<(Label, Personal<String>)> {
        let mut refused = Vec::new();
        for answer in
            self.standing_answers().into_iter().filter(|answer| Some(answer.facts.addition) != beside)
        {
            let Some(risk) = &answer.facts.risk else { continue };
            let declined = answer.facts.lines.iter().filter(|(_, reply)| reply.accepted == Some(false));
            refused.extend(declined.map(|(line, _)| (line.item.name.clone(), risk.clone())));
        }
        refused
    }

    /// What the customer declined, recommended at the estimate or found later: it comes back at the next visit.
    pub fn declined(&self) -> Vec<Declined> {
        let recommended = self.order_lines().into_iter().filter(|line| line.accepted == Some(false));
        let mut declined: Vec<Declined> =
            recommended.map(|line| Declined { item: line.item, terms: line.terms, risk: None }).collect();
        for answer in self.standing_answers() {
            let AdditionFacts { lines, risk, .. } = answer.facts;
            let lines = lines.into_iter().filter(|(_, reply)| reply.accepted == Some(false));
            declined.extend(lines.map(|(line, _)| Declined {
                item: line.item,
                terms: line.terms,
                risk: risk.clone(),
            }));
        }
        declined
    }

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
        let free = count(&|(line, _)| {
            let is_brought = line.item.origin == Some(Origin::Brought);
            line.terms.price == Fen(0) && line.terms.payer == Payer::Customer && !is_brought
        });
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

#[cfg(test)]
mod tests;
