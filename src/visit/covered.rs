//! Who bears a concern: what the dated rules say of this car today, and what somebody decided, with why.

mod ruling;

use super::order::Terms;
use super::{Change, Key, Visit};
use crate::coverage::Finding;
use crate::estimate::Payer;
use crate::journal::{EntryId, Personal, StaffId};
use crate::money::Fen;
use crate::record::named;

pub use ruling::{Repairs, Rework, Ruling, Unknown};

named! {
    /// What was decided.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Decision {
        /// 顾客自付
        Customer = "customer",
        /// 厂家质保
        Warranty = "warranty",
        /// 返修: our own earlier job, free of charge.
        Workshop = "workshop",
        /// 善意补偿
        Goodwill = "goodwill",
        /// 召回
        Recall = "recall",
        /// 未定: more is to be found out first.
        Undecided = "undecided",
        /// 已报厂家: the maker is asked.
        Escalated = "escalated",
        /// 厂家同意
        Approved = "approved",
        /// 厂家不同意
        Refused = "refused",
    }
}

impl Decision {
    /// In the order of offering.
    pub const ALL: [Self; 9] = [
        Self::Customer,
        Self::Warranty,
        Self::Workshop,
        Self::Goodwill,
        Self::Recall,
        Self::Undecided,
        Self::Escalated,
        Self::Approved,
        Self::Refused,
    ];

    /// Who bears what is done about it.
    pub fn payer(self) -> Payer {
        match self {
            Self::Warranty | Self::Recall | Self::Approved => Payer::Manufacturer,
            Self::Workshop | Self::Goodwill => Payer::Dealership,
            Self::Customer | Self::Undecided | Self::Escalated | Self::Refused => Payer::Customer,
        }
    }
}

/// What was decided of a concern.
#[derive(Clone, Debug, PartialEq)]
pub struct Decided {
    /// What.
    pub decision: Decision,
    /// Why, where it needed a reason.
    pub reason: Option<Personal<String>>,
    /// The period that it was decided upon.
    pub basis: Option<Finding>,
    /// By whom.
    pub by: StaffId,
    /// Milliseconds since 1970 UTC.
    pub at: i64,
}

/// It needs a reason: it is against the rules that are shown, or it is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NeedsReason;

impl Ruling {
    /// Decides who bears a concern. What the rules say needs no reason; anything else does, and what is open.
    ///
    /// # Errors
    /// [`NeedsReason`].
    pub fn decide(&self, concern: EntryId, decision: Decision, reason: &str) -> Result<Change, NeedsReason> {
        let reason = reason.trim();
        if reason.is_empty() && !self.bears_out(decision) {
            return Err(NeedsReason);
        }
        let reason = (!reason.is_empty()).then(|| reason.to_owned().into());
        let (basis, recall) = self.basis(decision);
        Ok(Change::CoverageDecided { concern, decision, reason, basis, recall })
    }
}

impl Visit {
    /// What was decided of a concern.
    pub fn decided(&self, concern: EntryId) -> Option<Decided> {
        let answer = self.journal.answers(&Key::Coverage(concern)).pop()?;
        let (by, at) = (answer.by.author.clone(), answer.by.at);
        match answer.fact {
            Change::CoverageDecided { decision, reason, basis, .. } => {
                Some(Decided { decision: *decision, reason: reason.clone(), basis: *basis, by, at })
            }
            _ => None,
        }
    }

    /// Decides who bears a concern, with its lines as they are borne from then on. At another rate a discount may be more
    /// than its line: then that keeps its price.
    ///
    /// # Errors
    /// [`NeedsReason`].
    pub fn decide_with_lines(
        &self,
        concern: EntryId,
        decision: Decision,
        reason: &str,
        ruling: &Ruling,
        rate: &dyn Fn(Payer) -> Fen,
    ) -> Result<Vec<Change>, NeedsReason> {
        let decided = ruling.decide(concern, decision, reason)?;
        let payer = decision.payer();
        let own = self.order_lines().into_iter();
        let own = own.filter(|line| line.concern == Some(concern) && line.terms.payer != payer);
        let borne = own.filter_map(|line| {
            let changed = self.change_line(&line, line.borne_by(payer, rate));
            changed.or_else(|_| self.change_line(&line, Terms { payer, ..line.terms })).ok()
        });
        Ok(std::iter::once(decided).chain(borne).collect())
    }

    /// Who bears what is put down for a concern from now on.
    pub fn bears(&self, concern: Option<EntryId>) -> Payer {
        let decided = concern.and_then(|concern| self.decided(concern));
        decided.map_or(Payer::Customer, |decided| decided.decision.payer())
    }
}

#[cfg(test)]
mod tests;
