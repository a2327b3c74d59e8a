//! 在修: what stands in the workshop already, by the orders that are signed and countersigned. Nobody reports work
//! as done yet: a car counts until its promised time, and never for longer than up to it.

use super::{Change, Stage, Visit, VisitRow};
use crate::money::Quantity;
use crate::record::kept;
use crate::reference::Skill;

/// An hour has so many milliseconds for each thousandth of it.
const THOUSANDTH: i64 = 3_600;

/// What an order asks of the workshop.
#[derive(Clone, Debug, PartialEq)]
pub struct InWorkshop {
    /// When the customer signed, milliseconds since 1970 UTC.
    pub signed: i64,
    /// 预计交车, milliseconds since 1970 UTC.
    pub ready: i64,
    /// Each skill once.
    pub hours: Vec<(Skill, Quantity)>,
}

kept!(InWorkshop { signed, ready, hours });

impl Visit {
    /// What the newest countersigned order asks of the workshop, with what was agreed to since; none where there
    /// is no such order.
    pub fn in_workshop(&self) -> Option<InWorkshop> {
        let (mut signed, mut standing) = (Vec::new(), None);
        for (by, fact) in self.journal.additions() {
            match fact {
                Change::OrderSigned { facts, .. } => signed.push((by.id, by.at, facts)),
                Change::OrderCountersigned { paper, .. } => {
                    standing = signed.iter().find(|(id, ..)| id == paper).copied().or(standing);
                }
                _ => {}
            }
        }
        let (_, signed, facts) = standing?;
        let agreed = self.standing_answers();
        let added = agreed.iter().flat_map(|answer| answer.facts.accepted());
        let mut hours: Vec<(Skill, Quantity)> = Vec::new();
        for line in facts.lines.iter().chain(added) {
            let Some(skill) = line.item.skill else { continue };
            match hours.iter_mut().find(|(known, _)| *known == skill) {
                Some((_, hours)) => hours.0 += line.terms.quantity.0,
                None => hours.push((skill, line.terms.quantity)),
            }
        }
        Some(InWorkshop { signed, ready: self.ready_beside(None)?, hours })
    }

    /// What stands before it at a moment, of all rows: for each car and skill its hours. What was signed after its
    /// own order stands behind it.
    pub fn queue(&self, rows: &[VisitRow], now: i64) -> Vec<(Skill, Quantity)> {
        let own = self.in_workshop().map_or(i64::MAX, |work| work.signed);
        let mut queue = Vec::new();
        for row in rows {
            let Some(work) = &row.in_workshop else { continue };
            let is_other = row.dossier != self.journal.dossier() && row.stage != Stage::Cancelled;
            if is_other && work.signed < own && work.ready > now {
                let most = (work.ready - now) / THOUSANDTH;
                queue.extend(work.hours.iter().map(|(skill, hours)| (*skill, Quantity(hours.0.min(most)))));
            }
        }
        queue
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::DossierId;
    use crate::visit::tests::{Tablet, strokes};
    use crate::visit::work_order::tests::{NOW, READY, agreed, operation, sign};

    fn row(signed: i64, ready: i64, hours: i64) -> VisitRow {
        let mut row = VisitRow::of(&agreed(&mut Tablet::new(2)));
        row.dossier = DossierId::of_appointment("shop", &format!("{signed} {ready}"));
        row.in_workshop =
            Some(InWorkshop { signed, ready, hours: vec![(Skill::Mechanical, Quantity(hours))] });
        row
    }

    #[test]
    fn a_car_stands_in_the_workshop_once_its_order_is_countersigned_as_it_was_signed() {
        let mut tablet = Tablet::new(1);
        let mut visit = agreed(&mut tablet);
        let more =
            visit.add_line(None, super::super::order::work(&operation(), crate::money::Fen(100)), false);
        tablet.write(&mut visit, more.expect("a line"));
        sign(&mut tablet, &mut visit);
        assert_eq!(visit.in_workshop(), None, "the advisor's signature is missing");
        let hand = visit.countersign_order(strokes()).expect("a countersignature");
        tablet.draft(&mut visit, hand.draft);
        let work = VisitRow::of(&visit).in_workshop.expect("work");
        assert_eq!((work.ready, &*work.hours), (READY, &[(Skill::Mechanical, Quantity(2_000))][..]));
        let line = visit.order_lines()[0].id;
        tablet.write(&mut visit, Change::LineWithdrawn { line, withdrawn: true });
        sign(&mut tablet, &mut visit);
        assert_eq!(visit.in_workshop(), Some(work), "until the next one is countersigned");
        let hand = visit.countersign_order(strokes()).expect("a countersignature");
        tablet.draft(&mut visit, hand.draft);
        assert_eq!(visit.in_workshop().expect("work").hours, [(Skill::Mechanical, Quantity(1_000))]);
    }

    #[test]
    fn others_count_until_their_promised_time_and_never_for_longer_than_up_to_it() {
        let visit = agreed(&mut Tablet::new(1));
        let hour = 3_600_000;
        let queue =
            |row: VisitRow| visit.queue(&[row], NOW).into_iter().map(|(_, hours)| hours.0).sum::<i64>();
        assert_eq!(queue(row(1, NOW + 3 * hour, 2_000)), 2_000);
        assert_eq!(queue(row(1, NOW + hour, 2_000)), 1_000);
        assert_eq!(queue(row(1, NOW, 2_000)), 0);
        let cancelled = VisitRow { stage: Stage::Cancelled, ..row(1, NOW + hour, 500) };
        assert_eq!(queue(cancelled), 0);
        let own = VisitRow { dossier: visit.journal.dossier(), ..row(1, NOW + hour, 500) };
        assert_eq!(queue(own), 0);
    }

    #[test]
    fn what_was_signed_after_its_own_order_stands_behind_a_car() {
        let mut tablet = Tablet::new(1);
        let mut visit = agreed(&mut tablet);
        let before = [row(i64::MIN, READY, 500), row(i64::MAX - 1, READY, 700)];
        assert_eq!(visit.queue(&before, NOW).len(), 2);
        sign(&mut tablet, &mut visit);
        let hand = visit.countersign_order(strokes()).expect("a countersignature");
        tablet.draft(&mut visit, hand.draft);
        assert_eq!(visit.queue(&before, NOW), [(Skill::Mechanical, Quantity(500))]);
    }
}
