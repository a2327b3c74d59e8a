//! 委托: what is to be done about each concern, what it costs and who bears it. Prices are those of the
//! moment in which a line was put down; what the store says later changes no line.

use chrono::{Days, NaiveDate};

use super::old_parts::OldPartTo;
use super::variants::Variant;
use super::{Change, Key, PhotoSubject, Visit, answered};
use crate::catalogue::Label;
use crate::coverage::GuaranteeClass;
use crate::estimate::{Estimate, Kind, Line, NotAnEstimate, Origin, Payer};
use crate::journal::EntryId;
use crate::money::{Fen, Quantity, TaxRate};
use crate::record::{kept, named};
use crate::reference::{OldPart, Operation, Part, Skill};

/// No line comes to more, 10 billion yuan: a journal holds whole numbers up to 2⁵³, and so a thousand lines fit.
pub const LARGEST: Fen = Fen(1_000_000_000_000);
/// Nor of more pieces or hours, a million.
const MOST_OF_ONE: Quantity = Quantity(1_000_000_000);

/// How a dealership quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pricing {
    /// 税率 in hundredths of a per cent.
    pub tax: u16,
    /// Whether prices have their tax in them, as consumers are quoted.
    pub tax_included: bool,
    /// An estimate holds for so many days.
    pub valid_days: u32,
}

kept!(Pricing { tax, tax_included, valid_days });

impl Default for Pricing {
    fn default() -> Self {
        Self { tax: 1_300, tax_included: true, valid_days: 7 }
    }
}

/// What is done or fitted, as the lists had it when it was put down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// 项目编码, 配件编码
    pub code: String,
    /// In both languages.
    pub name: Label,
    /// Of a part; none for work.
    pub origin: Option<Origin>,
    /// Of work.
    pub skill: Option<Skill>,
    /// Of work.
    pub guarantee: Option<GuaranteeClass>,
    /// Of a part.
    pub old_part: Option<OldPart>,
}

kept!(Item { code, name; origin, skill, guarantee, old_part });

/// How much of it, at what price, and who bears it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Hours or pieces.
    pub quantity: Quantity,
    /// Of one.
    pub price: Fen,
    /// Taken off the line.
    pub discount: Fen,
    /// Who bears it.
    pub payer: Payer,
    /// 检查后定价: never beyond what the line comes to now.
    pub after_diagnosis: bool,
}

kept!(Terms { quantity, price, discount, payer, after_diagnosis });

named! {
    /// What was found of a concern.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Found {
        /// 已确认
        Confirmed = "confirmed",
        /// 待诊断
        NeedsDiagnosis = "needs_diagnosis",
        /// 未再现
        NotReproduced = "not_reproduced",
    }
}

impl Found {
    /// In the order of offering.
    pub const ALL: [Self; 3] = [Self::Confirmed, Self::NeedsDiagnosis, Self::NotReproduced];
}

/// A line of the estimate as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct OrderLine {
    /// The entry that put it down.
    pub id: EntryId,
    /// What it answers; none for what nobody complained of.
    pub concern: Option<EntryId>,
    /// What.
    pub item: Item,
    /// How much.
    pub terms: Terms,
    /// Recommended by us: it counts once the customer has accepted it.
    pub suggested: bool,
    /// What the customer said to a recommendation.
    pub accepted: Option<bool>,
    /// The variant that it belongs to; all of them for none.
    pub variant: Option<Variant>,
    /// It belongs to a variant that the customer has not chosen.
    pub left_out: bool,
    /// Where the part goes that it replaces, where somebody said so.
    pub old_part_to: Option<OldPartTo>,
}

impl OrderLine {
    /// Whether it is ordered: wanted, and in no variant that was not chosen.
    pub fn counts(&self) -> bool {
        self.is_wanted() && !self.left_out
    }

    /// Whether it is asked for, or recommended and accepted.
    pub fn is_wanted(&self) -> bool {
        !self.suggested || self.accepted == Some(true)
    }

    /// What it comes to, before who bears it is asked; nothing where that cannot be counted.
    pub fn amount(&self) -> Fen {
        let whole = self.terms.price.times(self.terms.quantity).unwrap_or_default();
        Fen(whole.0 - self.terms.discount.0)
    }

    /// Whether the customer is to bear it and nobody has said a price; what they bring needs none.
    pub fn lacks_price(&self) -> bool {
        let is_brought = self.item.origin == Some(Origin::Brought);
        self.terms.price == Fen(0) && self.terms.payer == Payer::Customer && !is_brought
    }

    /// Its terms where another bears it: at that one's rate where it was at the rate of who bore it before. Of a
    /// part, and where there is no rate, the price stays.
    pub fn borne_by(&self, payer: Payer, rate: &dyn Fn(Payer) -> Fen) -> Terms {
        let now = rate(payer);
        let at_rate =
            self.item.origin.is_none() && now > Fen(0) && self.terms.price == rate(self.terms.payer);
        Terms { payer, price: if at_rate { now } else { self.terms.price }, ..self.terms }
    }

    fn as_line(&self) -> Line<Option<EntryId>> {
        line(self.concern, &self.item, self.terms)
    }
}

fn line(concern: Option<EntryId>, item: &Item, terms: Terms) -> Line<Option<EntryId>> {
    let Terms { quantity, price, discount, payer, after_diagnosis } = terms;
    let kind = item.origin.map_or(Kind::Labour, Kind::Part);
    Line { concern, name: item.name.zh.clone(), kind, quantity, price, discount, payer, after_diagnosis }
}

/// Work, as it is put down for a concern.
pub fn work(operation: &Operation, rate: Fen) -> (Item, Terms) {
    let item = Item {
        code: operation.code.clone(),
        name: operation.name.clone(),
        origin: None,
        skill: Some(operation.skill),
        guarantee: Some(operation.guarantee),
        old_part: None,
    };
    (item, Terms { quantity: operation.hours, ..Terms::of_one(rate) })
}

/// A part, as it is put down for a concern.
pub fn part(part: &Part) -> (Item, Terms) {
    let item = Item {
        code: part.number.clone(),
        name: part.name.clone(),
        origin: Some(part.origin),
        skill: None,
        guarantee: None,
        old_part: Some(part.old_part),
    };
    (item, Terms::of_one(part.price))
}

impl Terms {
    /// One piece for the customer.
    pub fn of_one(price: Fen) -> Self {
        Self {
            quantity: Quantity::ONE,
            price,
            discount: Fen(0),
            payer: Payer::Customer,
            after_diagnosis: false,
        }
    }
}

/// What such lines come to.
pub(super) fn estimate_of<'a>(
    lines: impl Iterator<Item = &'a OrderLine>,
    pricing: Pricing,
    today: NaiveDate,
) -> Estimate<Option<EntryId>> {
    Estimate {
        lines: lines.map(OrderLine::as_line).collect(),
        rate: TaxRate(pricing.tax),
        tax_included: pricing.tax_included,
        valid_until: today + Days::new(pricing.valid_days.into()),
    }
}

/// Whether a change is about the order: the check-in form does not say it.
pub(super) fn about_the_order(change: &Change) -> bool {
    matches!(
        change,
        Change::LineAdded { .. }
            | Change::LineChanged { .. }
            | Change::LineWithdrawn { .. }
            | Change::LineAnswered { .. }
            | Change::ConcernFound { .. }
            | Change::TermAgreed { .. }
            | Change::TimePromised { .. }
            | Change::CoverageDecided { .. }
            | Change::AdditionFound { .. }
            | Change::AdditionWorded { .. }
            | Change::AdditionRisked { .. }
            | Change::AdditionTimed { .. }
            | Change::AdditionWithdrawn { .. }
            | Change::LineReplied { .. }
            | Change::AnswerNoted { .. }
            | Change::CallMissed { .. }
            | Change::PhotoTaken { subject: PhotoSubject::Addition(_), .. }
            | Change::FailureNamed { .. }
            | Change::LineVaried { .. }
            | Change::VariantChosen { .. }
            | Change::OldPartGoes { .. }
    )
}

impl Visit {
    /// The order's lines that stand: by concern in order of weight, then what answers none, each as they came.
    pub fn order_lines(&self) -> Vec<OrderLine> {
        let found_later = self.found_later();
        let mut lines = self.standing_lines();
        lines.retain(|line| line.concern.is_none_or(|concern| !found_later.contains(&concern)));
        let concerns: Vec<Option<EntryId>> = self.concerns().iter().map(|concern| Some(concern.id)).collect();
        lines.sort_by_key(|line| concerns.iter().position(|id| *id == line.concern).unwrap_or(usize::MAX));
        lines
    }

    /// All lines that stand, those of additions too, as they came.
    pub(super) fn standing_lines(&self) -> Vec<OrderLine> {
        let added = self.journal.additions().filter_map(|(by, fact)| match fact {
            Change::LineAdded { concern, item, terms, suggested, variant } => {
                Some((by.id, *concern, item, terms, (*suggested, *variant)))
            }
            _ => None,
        });
        let chosen = self.chosen_variant();
        let withdrawn = |line| answered!(self, Key::LineWithdrawn(line), LineWithdrawn, withdrawn).copied();
        added
            .filter(|(id, ..)| withdrawn(*id) != Some(true))
            .map(|(id, concern, item, terms, (suggested, from_the_first))| {
                let varied = answered!(self, Key::LineVariant(id), LineVaried, variant).copied();
                let variant = varied.unwrap_or(from_the_first);
                OrderLine {
                    id,
                    concern,
                    item: item.clone(),
                    terms: *answered!(self, Key::Line(id), LineChanged, terms).unwrap_or(terms),
                    suggested,
                    accepted: answered!(self, Key::LineAnswered(id), LineAnswered, accepted)
                        .copied()
                        .flatten(),
                    variant,
                    left_out: variant.is_some() && variant != chosen,
                    old_part_to: answered!(self, Key::OldPart(id), OldPartGoes, to).copied().flatten(),
                }
            })
            .collect()
    }

    /// The estimate as it stands on a day: what is asked for, and what was recommended and accepted.
    pub fn estimate(&self, pricing: Pricing, today: NaiveDate) -> Estimate<Option<EntryId>> {
        let lines = self.order_lines();
        estimate_of(lines.iter().filter(|line| line.counts()), pricing, today)
    }

    /// Whether the estimate can be counted with this line beside the others, recommended ones too: each of
    /// them may be accepted yet. Those were let through before, so what is wrong is wrong with this one.
    fn can_stand(
        &self,
        in_place_of: Option<EntryId>,
        own: Line<Option<EntryId>>,
    ) -> Result<(), NotAnEstimate> {
        let amount = own.price.times(own.quantity).unwrap_or(Fen(i64::MAX));
        if own.quantity > MOST_OF_ONE || own.price.max(own.discount).max(amount) > LARGEST {
            return Err(NotAnEstimate::TooLarge);
        }
        let others = self.standing_lines().into_iter().filter(|line| Some(line.id) != in_place_of);
        let lines = others.map(|line| line.as_line()).chain([own]).collect();
        let counted = Estimate { lines, rate: TaxRate(0), tax_included: true, valid_until: NaiveDate::MIN };
        counted.sum().map(drop)
    }

    /// Puts a line down.
    ///
    /// # Errors
    /// Why the estimate could not stand with it.
    pub fn add_line(
        &self,
        concern: Option<EntryId>,
        (item, terms): (Item, Terms),
        suggested: bool,
    ) -> Result<Change, NotAnEstimate> {
        self.can_stand(None, line(concern, &item, terms))?;
        Ok(Change::LineAdded { concern, item, terms, suggested, variant: None })
    }

    /// Says a line's terms anew.
    ///
    /// # Errors
    /// Why the estimate could not stand with it.
    pub fn change_line(&self, of: &OrderLine, terms: Terms) -> Result<Change, NotAnEstimate> {
        self.can_stand(Some(of.id), line(of.concern, &of.item, terms))?;
        Ok(Change::LineChanged { line: of.id, terms })
    }

    /// Another part in place of a line's: as many, borne by the same, in the same variant, at its own price.
    ///
    /// # Errors
    /// Why the estimate could not stand with it.
    pub fn exchange_part(&self, of: &OrderLine, with: &Part) -> Result<Vec<Change>, NotAnEstimate> {
        let (item, terms) = part(with);
        let Terms { quantity, payer, after_diagnosis, .. } = of.terms;
        let terms = Terms { quantity, payer, after_diagnosis, ..terms };
        self.can_stand(Some(of.id), line(of.concern, &item, terms))?;
        let suggested = of.suggested && of.accepted != Some(true);
        Ok(vec![
            Change::LineAdded { concern: of.concern, item, terms, suggested, variant: of.variant },
            Change::LineWithdrawn { line: of.id, withdrawn: true },
        ])
    }

    /// What was found of a concern.
    pub fn found(&self, concern: EntryId) -> Option<Found> {
        answered!(self, Key::ConcernFound(concern), ConcernFound, found).copied()
    }

    /// Recommendations that the customer has said nothing to.
    pub fn unanswered_lines(&self) -> usize {
        let open = |line: &&OrderLine| line.suggested && line.accepted.is_none();
        self.order_lines().iter().filter(open).count()
    }
}

#[cfg(test)]
mod tests;
