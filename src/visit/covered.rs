//! Who bears a concern: what the dated rules say of this car today, and what somebody decided, with why.

use chrono::NaiveDate;

use super::order::{Found, Terms};
use super::{Change, Key, Visit};
use crate::coverage::{Car, Finding, Limits, Rule, Use};
use crate::estimate::Payer;
use crate::journal::{EntryId, Personal};
use crate::money::Fen;
use crate::record::named;

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

    /// Whether it stands; else somebody is still to say something.
    pub fn is_final(self) -> bool {
        !matches!(self, Self::Undecided | Self::Escalated)
    }
}

/// What was decided of a concern, by whom and when the journal says.
#[derive(Clone, Debug, PartialEq)]
pub struct Decided {
    /// What.
    pub decision: Decision,
    /// Why, where it needed a reason.
    pub reason: Option<Personal<String>>,
}

/// It needs a reason: it is against the rules that are shown, or it is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NeedsReason;

impl Visit {
    /// How the maker's periods stand for this car on a day; none where the day of purchase or the odometer is
    /// not known. Where the car was serviced is asked nowhere.
    pub fn coverage(&self, today: NaiveDate) -> Vec<Finding> {
        let (Some(vehicle), Some((km, _))) = (self.vehicle(), self.odometer()) else { return Vec::new() };
        let Some(invoiced) = vehicle.purchased.and_then(|day| day.parse().ok()) else { return Vec::new() };
        let used = if vehicle.private_use { Use::Private } else { Use::Business };
        let car = Car { invoiced, delivered: None, used, day: today, km };
        let all = [Limits::order_43()];
        let Some(limits) = Limits::on(&all, car.start()) else { return Vec::new() };
        let nobody_rests = |_| false;
        let mut found = vec![car.look(Rule::Repair, limits.repair, nobody_rests)];
        if car.is_guaranteed() {
            found.push(car.look(Rule::ThreeGuarantees, limits.three_guarantees, nobody_rests));
        }
        found
    }

    /// What the rules say a confirmed fault is: the maker's within the period of repair, else the customer's;
    /// nothing while it is not confirmed or nobody knows the day of purchase.
    pub fn ruled(&self, concern: EntryId, today: NaiveDate) -> Option<Decision> {
        if self.found(concern) != Some(Found::Confirmed) {
            return None;
        }
        let repair = self.coverage(today).into_iter().find(|finding| finding.rule == Rule::Repair)?;
        Some(if repair.is_inside() { Decision::Warranty } else { Decision::Customer })
    }

    /// What was decided of a concern.
    pub fn decided(&self, concern: EntryId) -> Option<Decided> {
        match self.journal.answer(&Key::Coverage(concern))? {
            Change::CoverageDecided { decision, reason, .. } => {
                Some(Decided { decision: *decision, reason: reason.clone() })
            }
            _ => None,
        }
    }

    /// Decides who bears a concern. What the rules say needs no reason; anything else does, and what is open.
    ///
    /// # Errors
    /// [`NeedsReason`].
    pub fn decide(
        &self,
        concern: EntryId,
        decision: Decision,
        reason: &str,
        today: NaiveDate,
    ) -> Result<Change, NeedsReason> {
        let reason = reason.trim();
        let against = self.ruled(concern, today).is_some_and(|ruled| ruled != decision);
        if reason.is_empty() && (against || !decision.is_final()) {
            return Err(NeedsReason);
        }
        let reason = (!reason.is_empty()).then(|| reason.to_owned().into());
        Ok(Change::CoverageDecided { concern, decision, reason })
    }

    /// The same, with the concern's lines as they are borne from then on. At another rate a discount may be more
    /// than its line: then that keeps its price.
    ///
    /// # Errors
    /// [`NeedsReason`].
    pub fn decide_with_lines(
        &self,
        concern: EntryId,
        decision: Decision,
        reason: &str,
        today: NaiveDate,
        rate: &dyn Fn(Payer) -> Fen,
    ) -> Result<Vec<Change>, NeedsReason> {
        let decided = self.decide(concern, decision, reason, today)?;
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
