//! 任务委托书: what was agreed beside the lines, when the car will be ready, what is missing before it can be
//! signed, and signing it.

use chrono::{NaiveDate, NaiveDateTime};

use super::check_in::{NotYet, Signing};
use super::customer::PersonName;
use super::order::{OrderLine, Pricing};
use super::part::{Attached, Part};
use super::signature::{SignedAs, Strokes};
use super::{Change, Key, Visit, answered};
use crate::documents::{OrderFacts, OrderSheet};
use crate::estimate::NotAnEstimate;
use crate::journal::{EntryId, Personal, StaffId};
use crate::promise::{Needed, NoPromise, Promise, Workshop, promise};
use crate::record::named;

named! {
    /// What is agreed beside the lines.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
    pub enum Term {
        /// 旧件
        OldParts = "old_parts",
        /// 洗车
        Wash = "wash",
        /// 试车
        TestDrive = "test_drive",
        /// 车辆数据: whether what the car has stored may be read out.
        DataUse = "data_use",
        /// 交车方式: how the car is given back.
        Handover = "handover",
        /// 付款
        Payment = "payment",
        /// 增项联系: how to ask for additional work.
        Channel = "channel",
        /// 多少钱以内不用问
        Ceiling = "ceiling",
        /// 发票抬头; empty for none.
        Invoice = "invoice",
        /// 联系到几点
        ReachedUntil = "reached_until",
        /// 顾问讲过了: the clause on additional work was explained; the customer's own tick.
        Explained = "explained",
        /// 等待: in the lounge, leaves, or somebody else comes. No part of the order.
        Waiting = "waiting",
        /// 代取人: who comes instead, and the phone.
        PickedUpBy = "picked_up_by",
    }
}

impl Term {
    /// Those that the advisor asks, in order.
    pub const ASKED: [Self; 8] = [
        Self::OldParts,
        Self::Wash,
        Self::TestDrive,
        Self::DataUse,
        Self::Handover,
        Self::Payment,
        Self::Channel,
        Self::Ceiling,
    ];

    /// What it can be; anything where it is words.
    pub fn choices(self) -> &'static [&'static str] {
        match self {
            Self::OldParts => &["take", "leave"],
            Self::Wash | Self::TestDrive | Self::DataUse => &["yes", "no"],
            Self::Handover => &["together", "keys", "brought"],
            Self::Payment => &["wechat", "alipay", "card", "cash"],
            Self::Channel => &["phone", "message", "here"],
            // In yuan.
            Self::Ceiling => &["0", "200", "500"],
            Self::Explained => &["yes"],
            Self::Waiting => &["lounge", "leaves", "other"],
            Self::Invoice | Self::ReachedUntil | Self::PickedUpBy => &[],
        }
    }

    /// Whether it is part of what is signed: where somebody waits may change without another signature.
    pub fn is_signed(self) -> bool {
        !matches!(self, Self::Waiting | Self::PickedUpBy)
    }

    /// Whether several may be chosen.
    pub fn is_many(self) -> bool {
        self == Self::Payment
    }
}

/// What is still missing on the work order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OrderGap {
    /// Nothing is to be done.
    NoLines,
    /// Together the lines come to what cannot be counted, as where two tablets put them down.
    NotCountable(NotAnEstimate),
    /// So many lines have no price, and nobody else bears them or brings the part.
    NoPrice(usize),
    /// So many recommendations have no answer.
    Unanswered(usize),
    /// 方案: there are several, and the customer has chosen none.
    Variant,
    /// 预计交车: none, or over already.
    Promise,
    /// Something that is to be agreed.
    Term(Term),
    /// Nobody may sign.
    Signer,
    /// The one who signs for the owner has no name.
    SignerName,
    /// Two answers stand to something.
    TwoAnswers(Key),
    /// So many entries are missing here.
    EntriesMissing(usize),
}

/// When the car will be ready, as it was said.
#[derive(Clone, Debug, PartialEq)]
pub struct Promised {
    /// Milliseconds since 1970 UTC.
    pub ready: i64,
    /// What was reckoned, where another time was said.
    pub reckoned: Option<i64>,
    /// Why another time was said.
    pub reason: Option<Personal<String>>,
}

/// A work order that was signed.
#[derive(Clone, Debug, PartialEq)]
pub struct SignedOrder {
    /// The signing entry: its id is the digest on the paper.
    pub id: EntryId,
    /// When, milliseconds since 1970 UTC, corrected.
    pub at: i64,
    /// What is agreed.
    pub facts: OrderFacts,
    /// Every word shown.
    pub sheet: Part<Box<OrderSheet>>,
    /// The signature.
    pub strokes: Part<Strokes>,
    /// Who.
    pub signer: Personal<PersonName>,
    /// As what.
    pub signed_as: SignedAs,
    /// The advisor's, with the time.
    pub countersigned: Option<(Part<Strokes>, StaffId, i64)>,
    /// How many times it was printed.
    pub printed: usize,
    /// From 1.
    pub version: usize,
}

/// Why a time cannot stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoTime {
    /// It is over already.
    Past,
    /// Another than reckoned, or than was signed, needs a reason.
    Reason,
}

impl Visit {
    /// What was agreed of a term; none where nobody was asked, or where it was erased.
    pub fn term(&self, term: Term) -> Option<&str> {
        answered!(self, Key::Term(term), TermAgreed, value)?.value().map(String::as_str)
    }

    /// A tap on a choice: it takes the place of the other, of several it joins them or leaves them.
    pub fn choose_term(&self, term: Term, choice: &str) -> Change {
        let before = self.term(term).unwrap_or_default();
        let value = if term.is_many() {
            let chosen = |id: &&&str| before.split(' ').any(|known| known == **id) != (**id == choice);
            term.choices().iter().filter(chosen).copied().collect::<Vec<_>>().join(" ")
        } else {
            choice.to_owned()
        };
        Change::TermAgreed { term, value: value.into() }
    }

    /// 预计交车
    pub fn promised(&self) -> Option<Promised> {
        match self.journal.answer(&Key::Promise)? {
            Change::TimePromised { ready, reckoned, reason } => {
                Some(Promised { ready: *ready, reckoned: *reckoned, reason: reason.clone() })
            }
            _ => None,
        }
    }

    /// When the car will be ready: its ordered work one after the other, once its parts are here.
    ///
    /// # Errors
    /// Why nobody can say.
    pub fn reckon(
        &self,
        workshop: &Workshop,
        now: NaiveDateTime,
        comes: impl Fn(&OrderLine) -> Needed,
    ) -> Result<Promise, NoPromise> {
        let lines: Vec<OrderLine> = self.order_lines().into_iter().filter(OrderLine::counts).collect();
        let jobs: Vec<_> =
            lines.iter().filter_map(|line| Some((line.item.skill?, line.terms.quantity))).collect();
        let parts: Vec<_> = lines.iter().filter(|line| line.item.origin.is_some()).map(comes).collect();
        promise(now, &jobs, &parts, workshop)
    }

    /// Says when the car will be ready.
    ///
    /// # Errors
    /// Why that time cannot stand.
    pub fn promise_time(
        &self,
        ready: i64,
        reckoned: Option<i64>,
        reason: &str,
        now: i64,
    ) -> Result<Change, NoTime> {
        if ready <= now {
            return Err(NoTime::Past);
        }
        let signed = self.signed_orders().pop().and_then(|signed| signed.facts.ready);
        let is_another = signed.or(reckoned).is_some_and(|before| before != ready);
        let reason = reason.trim();
        if is_another && reason.is_empty() {
            return Err(NoTime::Reason);
        }
        let reason = (!reason.is_empty()).then(|| reason.to_owned().into());
        Ok(Change::TimePromised { ready, reckoned: reckoned.filter(|time| *time != ready), reason })
    }

    /// What is missing at a moment, in the order of the screen. `explained` where the customer has come to the
    /// end.
    pub fn order_gaps(&self, explained: bool, now: i64) -> Vec<OrderGap> {
        let mut gaps = Vec::new();
        let missing = self.journal.missing().len();
        if missing > 0 {
            gaps.push(OrderGap::EntriesMissing(missing));
        }
        gaps.extend(self.two_answers().into_iter().map(OrderGap::TwoAnswers));
        let mut lacks = |absent: bool, gap: OrderGap| {
            if absent {
                gaps.push(gap);
            }
        };
        let lines: Vec<OrderLine> = self.order_lines().into_iter().filter(OrderLine::counts).collect();
        lacks(lines.is_empty() && !self.lacks_variant(), OrderGap::NoLines);
        let counted = self.estimate(Pricing::default(), NaiveDate::MIN);
        if let Err(why) = counted.sum() {
            lacks(true, OrderGap::NotCountable(why));
        }
        let free = lines.iter().filter(|line| line.lacks_price()).count();
        lacks(free > 0, OrderGap::NoPrice(free));
        let open = self.unanswered_lines();
        lacks(open > 0, OrderGap::Unanswered(open));
        lacks(self.lacks_variant(), OrderGap::Variant);
        lacks(self.promised().is_none_or(|promised| promised.ready <= now), OrderGap::Promise);
        for term in Term::ASKED {
            lacks(self.term(term).unwrap_or_default().is_empty(), OrderGap::Term(term));
        }
        lacks(explained && self.term(Term::Explained).is_none(), OrderGap::Term(Term::Explained));
        lacks(self.signer().is_none(), OrderGap::Signer);
        lacks(self.signer_has_no_name(), OrderGap::SignerName);
        gaps
    }

    fn order_can_be_signed(&self, pricing: Pricing, now: i64) -> Result<(), NotYet> {
        if self.cancelled().is_some() {
            return Err(NotYet::Cancelled);
        }
        let mut gaps = self.order_gaps(true, now);
        if let (true, Err(why)) = (gaps.is_empty(), self.estimate(pricing, NaiveDate::MIN).asked()) {
            gaps.push(OrderGap::NotCountable(why));
        }
        if gaps.is_empty() { Ok(()) } else { Err(NotYet::OrderGaps(gaps)) }
    }

    /// The customer's signing entry, on the fold that the sheet was drawn from.
    ///
    /// # Errors
    /// What is missing, or why the strokes are no signature.
    pub fn sign_order(
        &self,
        strokes: Strokes,
        signer: PersonName,
        sheet: OrderSheet,
        pricing: Pricing,
        now: i64,
    ) -> Result<Signing, NotYet> {
        self.order_can_be_signed(pricing, now)?;
        strokes.check().map_err(NotYet::Signature)?;
        let mut attached = Attached::new();
        let consent = sheet.zh.consent.clone();
        let terms_version = sheet.terms_version.clone();
        let draft = self.journal.draft(Change::OrderSigned {
            facts: Box::new(OrderFacts { terms_version, ..OrderFacts::of(self, pricing) }),
            sheet: Part::new(Box::new(sheet), &mut attached),
            strokes: Part::new(strokes, &mut attached),
            signer: self.cited(signer),
            signed_as: self.signs_as(),
            consent,
        });
        Ok(Signing { draft, attached })
    }

    /// The advisor's countersignature under the newest signed order.
    ///
    /// # Errors
    /// Nothing is signed, it has changed since, or the strokes are no signature.
    pub fn countersign_order(&self, strokes: Strokes) -> Result<Signing, NotYet> {
        let signed = self.signed_orders().pop().ok_or(NotYet::NothingSigned)?;
        if !self.order_changed_since(&signed).is_empty() {
            return Err(NotYet::ChangedSince);
        }
        strokes.check().map_err(NotYet::Signature)?;
        let mut attached = Attached::new();
        let strokes = Part::new(strokes, &mut attached);
        let draft = self.journal.draft(Change::OrderCountersigned { paper: signed.id, strokes });
        Ok(Signing { draft, attached })
    }

    /// Every signed order, oldest first; the last one holds.
    pub fn signed_orders(&self) -> Vec<SignedOrder> {
        let mut papers: Vec<SignedOrder> = Vec::new();
        for (by, fact) in self.journal.additions() {
            let version = papers.len() + 1;
            match fact {
                Change::OrderSigned { facts, sheet, strokes, signer, signed_as, .. } => {
                    papers.push(SignedOrder {
                        id: by.id,
                        at: by.at,
                        facts: (**facts).clone(),
                        sheet: sheet.clone(),
                        strokes: strokes.clone(),
                        signer: signer.clone(),
                        signed_as: *signed_as,
                        countersigned: None,
                        printed: 0,
                        version,
                    });
                }
                Change::OrderCountersigned { paper, strokes } => {
                    if let Some(paper) = papers.iter_mut().find(|known| known.id == *paper) {
                        paper.countersigned = Some((strokes.clone(), by.author.clone(), by.at));
                    }
                }
                Change::PaperPrinted { paper } => {
                    if let Some(paper) = papers.iter_mut().find(|known| known.id == *paper) {
                        paper.printed += 1;
                    }
                }
                _ => {}
            }
        }
        papers
    }

    /// What of a signed order differs from what the visit says now, by name of the fact.
    pub fn order_changed_since(&self, signed: &SignedOrder) -> Vec<&'static str> {
        OrderFacts::of(self, signed.facts.pricing).differences(&signed.facts, &self.journal)
    }
}

#[cfg(test)]
pub(crate) mod tests;
