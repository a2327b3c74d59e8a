//! 增项: work that was found after the order was signed. Its lines answer it as others answer a concern; what
//! the customer said to them is one entry with everything that was asked, and the signed order stays as it is.

mod answers;
mod gaps;

use chrono::NaiveDate;

use super::order::{OrderLine, Pricing, Terms, estimate_of};
use super::work_order::Term;
use super::{Change, Key, Visit, answered};
use crate::estimate::Asked;
use crate::journal::{EntryId, Personal, StaffId};
use crate::record::{kept, named};
pub use answers::{Answered, Declined};
pub use gaps::AdditionGap;

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
    /// What the customer would pay for all of it, ceilings too; none where it cannot be counted.
    pub fn in_all(&self, pricing: Pricing) -> Option<Asked> {
        estimate_of(self.lines.iter().map(|(line, _)| line), pricing, NaiveDate::MIN).asked().ok()
    }

    /// Whether anything of it is agreed to, as far as it is written down.
    pub fn is_accepted(&self) -> bool {
        self.lines.iter().any(|(_, reply)| reply.accepted == Some(true))
    }
}

impl Visit {
    /// The additions' entries, withdrawn ones too.
    pub(super) fn found_later(&self) -> Vec<EntryId> {
        let found = self.journal.additions();
        found.filter(|(_, fact)| matches!(fact, Change::AdditionFound { .. })).map(|(by, _)| by.id).collect()
    }

    fn is_addition_withdrawn(&self, id: EntryId) -> bool {
        answered!(self, Key::AdditionWithdrawn(id), AdditionWithdrawn, withdrawn).copied().unwrap_or_default()
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
            // What was answered does not vanish: it is declined by another answer.
            (is_answered || !self.is_addition_withdrawn(id)).then(|| Addition {
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

    /// What the customer pays for what is agreed to of an addition, as far as it is sure: a ceiling after the
    /// diagnosis stands with its line. Nothing where it cannot be counted.
    pub fn addition_asked(&self, addition: &Addition, pricing: Pricing) -> Asked {
        let accepted = addition.lines.iter().filter(|(_, reply)| reply.accepted == Some(true));
        let estimate = estimate_of(accepted.map(|(line, _)| line), pricing, NaiveDate::MIN);
        estimate.certain().asked().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
