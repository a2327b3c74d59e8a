//! What customers answered, what it comes to beside the signed order, and what they did not want done.

use super::{Addition, Channel};
use crate::catalogue::Label;
use crate::documents::{AdditionFacts, AdditionSheet, LineFacts};
use crate::journal::{EntryId, Personal, StaffId};
use crate::money::Fen;
use crate::visit::customer::{PersonName, Phone};
use crate::visit::order::{Item, Pricing, Terms};
use crate::visit::part::Part;
use crate::visit::signature::{SignedAs, Strokes};
use crate::visit::{Change, Visit};

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

impl Visit {
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

    /// How many additions nobody has ever answered, whatever they cost.
    pub fn unanswered_additions(&self) -> usize {
        // Of the journal alone: every row of a list asks.
        let answers = |id: EntryId| {
            self.journal.additions().any(
                |(_, fact)| matches!(fact, Change::AdditionAnswered { facts, .. } if facts.addition == id),
            )
        };
        let waits = |id: &EntryId| !self.is_addition_withdrawn(*id) && !answers(*id);
        self.found_later().iter().filter(|id| waits(id)).count()
    }

    /// When the car is ready, an addition apart: by what was signed or agreed to last.
    pub fn ready_beside(&self, addition: Option<EntryId>) -> Option<i64> {
        let mut ready = None;
        for (_, fact) in self.journal.additions() {
            match fact {
                Change::OrderSigned { facts, .. } => ready = facts.ready,
                Change::AdditionAnswered { facts, .. }
                    if Some(facts.addition) != addition && facts.is_accepted() =>
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

    /// What is refused although it is about safety, with what may happen: it stays on every later paper, beside
    /// that of the addition itself.
    pub fn refused_risks(&self, beside: Option<EntryId>) -> Vec<(Label, Personal<String>)> {
        let mut refused = Vec::new();
        let others = self.standing_answers().into_iter().map(|answer| answer.facts);
        for facts in others.filter(|facts| Some(facts.addition) != beside) {
            let Some(risk) = &facts.risk else { continue };
            refused.extend(facts.declined().map(|line| (line.item.name.clone(), risk.clone())));
        }
        refused
    }

    /// What the customer declined, recommended at the estimate or found later: it comes back at the next visit.
    pub fn declined(&self) -> Vec<Declined> {
        let recommended = self.order_lines().into_iter().filter(|line| line.accepted == Some(false));
        let mut declined: Vec<Declined> =
            recommended.map(|line| Declined { item: line.item, terms: line.terms, risk: None }).collect();
        for Answered { facts, .. } in self.standing_answers() {
            let risk = || facts.risk.clone();
            let line =
                |line: &LineFacts| Declined { item: line.item.clone(), terms: line.terms, risk: risk() };
            declined.extend(facts.declined().map(line));
        }
        declined
    }
}
