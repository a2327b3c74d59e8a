//! 接车登记表: what is missing before it can be signed, signing, countersigning, and what differs
//! afterwards.

use super::addition::AdditionGap;
use super::change::{Change, Key};
use super::customer::PersonName;
use super::order::about_the_order;
use super::part::{Attached, Part};
use super::signature::{NotASignature, SignedAs, Strokes};
use super::signing::{Closing, RefusalGap};
use super::work_order::OrderGap;
use super::{Grade, Picture, Visit};
use crate::documents::{CheckInFacts, Sheet};
use crate::journal::{AttachmentId, Commitment, Draft, EntryId, Personal, Standing};

/// Whether a change signs or prints a paper, or only says how long a step took.
fn about_the_paper(change: &Change) -> bool {
    matches!(
        change,
        Change::CheckInSigned { .. }
            | Change::CheckInCountersigned { .. }
            | Change::PaperPrinted { .. }
            | Change::StepTimed { .. }
            | Change::QuestionAsked { .. }
            | Change::QuestionWorded { .. }
            | Change::QuestionSettled { .. }
            | Change::CheckInRefused { .. }
            | Change::CheckInOnPaper { .. }
            | Change::SheetPhotographed { .. }
            | Change::OrderSigned { .. }
            | Change::OrderCountersigned { .. }
            | Change::AdditionAnswered { .. }
    )
}

/// What is still missing on the check-in form; the locale has a label and the screen a link for
/// each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CheckInGap {
    /// 车牌, or a reason why there is none.
    Plate,
    /// 车架号
    Vin,
    /// 车型
    Model,
    /// 颜色
    Colour,
    /// 送修人
    Customer,
    /// 电话
    Phone,
    /// Another than the owner brings the car: who the owner is, or who brings it.
    Owner,
    /// Nobody may sign.
    Signer,
    /// The one who signs for the owner has no name.
    SignerName,
    /// 行驶里程
    Odometer,
    /// 油量
    Fuel,
    /// 电量
    Charge,
    /// The dashboard was not looked at.
    Dashboard,
    /// 服务顾问
    Advisor,
    /// The customer was not reminded of valuables.
    Valuables,
    /// 顾客描述
    Concern,
    /// Two answers stand to something that the paper contains.
    TwoAnswers(Key),
    /// So many entries are missing here.
    EntriesMissing(usize),
    /// Covers are not all placed. Does not hold up the signature.
    Covers,
    /// So many items are graded bad, and nobody said or showed why.
    BadUnexplained(usize),
    /// So many items have no grade. Does not hold up the signature: the paper says so.
    ItemsUngraded(usize),
}

impl CheckInGap {
    /// Whether the paper cannot be signed with it.
    pub fn holds_up(&self) -> bool {
        !matches!(self, Self::Covers | Self::ItemsUngraded(_))
    }
}

/// Why a check-in form cannot be signed now.
#[derive(Clone, Debug, PartialEq)]
pub enum NotYet {
    /// These are missing.
    Gaps(Vec<CheckInGap>),
    /// The strokes are no signature.
    Signature(NotASignature),
    /// The visit was cancelled.
    Cancelled,
    /// These are missing on the work order.
    OrderGaps(Vec<OrderGap>),
    /// These are missing on the answer to an addition.
    AdditionGaps(Vec<AdditionGap>),
    /// These are missing on the refusal.
    Refusal(Vec<RefusalGap>),
    /// There is nothing to countersign.
    NothingSigned,
    /// What was signed has changed since; the customer signs anew first.
    ChangedSince,
}

/// What was signed.
#[derive(Clone, Debug, PartialEq)]
pub struct SignedCheckIn {
    /// The signing entry: its id is the digest on the paper.
    pub id: EntryId,
    /// When, milliseconds since 1970 UTC, corrected.
    pub at: i64,
    /// What is agreed.
    pub facts: CheckInFacts,
    /// Every word shown.
    pub sheet: Part<Box<Sheet>>,
    /// The photos shown.
    pub photos: Vec<AttachmentId>,
    /// How it was closed.
    pub closing: Closing,
    /// The signature, where it was made on the glass.
    pub strokes: Option<Part<Strokes>>,
    /// Who; of a refusal who refused.
    pub signer: Personal<PersonName>,
    /// As what.
    pub signed_as: SignedAs,
    /// The photo of the sheet that was signed by hand, with its thumbnail.
    pub by_hand: Option<(Picture, Picture)>,
    /// The advisor's, of a refusal the witness's, with the time.
    pub countersigned: Option<(Part<Strokes>, crate::journal::StaffId, i64)>,
    /// How many times it was printed.
    pub printed: usize,
    /// From 1: a later signature makes the next version.
    pub version: usize,
}

/// What the signing entry takes with it.
pub struct SigningHand {
    /// The signature.
    pub strokes: Strokes,
    /// Who.
    pub signer: PersonName,
    /// As what.
    pub signed_as: SignedAs,
    /// The consent sentence above the pad.
    pub consent: String,
}

/// A signing entry, and what was too large for it: kept in one transaction.
#[derive(Clone, Debug, PartialEq)]
pub struct Signing {
    /// The entry.
    pub draft: Draft<Change>,
    /// Its attachments.
    pub attached: Attached,
}

impl Visit {
    /// What is missing, in the order of the steps.
    pub fn check_in_gaps(&self, covers: &[&str]) -> Vec<CheckInGap> {
        let mut gaps = Vec::new();
        let missing = self.journal.missing().len();
        if missing > 0 {
            gaps.push(CheckInGap::EntriesMissing(missing));
        }
        gaps.extend(self.two_answers().into_iter().map(CheckInGap::TwoAnswers));
        let vehicle = self.vehicle();
        let mut lacks = |absent: bool, gap: CheckInGap| {
            if absent {
                gaps.push(gap);
            }
        };
        lacks(self.plate().is_none(), CheckInGap::Plate);
        lacks(self.vin().is_none(), CheckInGap::Vin);
        let model = vehicle.as_ref().map(|vehicle| vehicle.model.trim().is_empty());
        lacks(model.unwrap_or(true), CheckInGap::Model);
        let colour = vehicle.as_ref().map(|vehicle| vehicle.colour.trim().is_empty());
        lacks(colour.unwrap_or(true), CheckInGap::Colour);
        lacks(self.customer().is_none(), CheckInGap::Customer);
        lacks(self.phone().is_none(), CheckInGap::Phone);
        lacks(self.bringer_has_the_owners_name(), CheckInGap::Owner);
        lacks(self.signer().is_none(), CheckInGap::Signer);
        lacks(self.signer_has_no_name(), CheckInGap::SignerName);
        lacks(!covers.iter().all(|cover| self.cover(cover)), CheckInGap::Covers);
        lacks(self.odometer().is_none(), CheckInGap::Odometer);
        let energy = vehicle.map(|vehicle| vehicle.energy);
        let fuel = energy.is_none_or(|energy| energy.has_fuel());
        lacks(fuel && self.fuel().is_none(), CheckInGap::Fuel);
        let charge = energy.is_some_and(|energy| energy.has_charge());
        lacks(charge && self.charge().is_none(), CheckInGap::Charge);
        lacks(!self.dashboard_checked(), CheckInGap::Dashboard);
        lacks(self.advisor().is_none(), CheckInGap::Advisor);
        lacks(!self.valuables_reminded(), CheckInGap::Valuables);
        let ungraded = self.items().into_iter().filter(|item| self.grade(item).is_none()).count();
        let bad = self.bad_without_reason().len();
        lacks(bad > 0, CheckInGap::BadUnexplained(bad));
        lacks(ungraded > 0, CheckInGap::ItemsUngraded(ungraded));
        let concerns = self.standing_concerns();
        let heard = concerns.iter().any(|concern| concern.is_routine() || self.is_described(concern));
        lacks(!heard, CheckInGap::Concern);
        gaps
    }

    /// The customer's signing entry, on the fold that the sheet was drawn from.
    ///
    /// # Errors
    /// What is missing, or why the strokes are no signature.
    pub fn sign_check_in(&self, hand: SigningHand, sheet: Sheet) -> Result<Signing, NotYet> {
        self.can_be_closed()?;
        hand.strokes.check().map_err(NotYet::Signature)?;
        let mut attached = Attached::new();
        let draft = self.journal.draft(Change::CheckInSigned {
            facts: Box::new(CheckInFacts::of(self)),
            sheet: Part::new(Box::new(sheet), &mut attached),
            photos: self.photos_shown(),
            strokes: Part::new(hand.strokes, &mut attached),
            signer: self.cited(hand.signer),
            signed_as: hand.signed_as,
            consent: hand.consent,
        });
        Ok(Signing { draft, attached })
    }

    /// Nothing is missing that holds up a form.
    pub(super) fn can_be_closed(&self) -> Result<(), NotYet> {
        if self.cancelled().is_some() {
            return Err(NotYet::Cancelled);
        }
        let gaps: Vec<_> = self.check_in_gaps(&[]).into_iter().filter(CheckInGap::holds_up).collect();
        if gaps.is_empty() { Ok(()) } else { Err(NotYet::Gaps(gaps)) }
    }

    /// The photos that a form shows.
    pub(super) fn photos_shown(&self) -> Vec<AttachmentId> {
        self.form_photos().iter().map(|photo| photo.picture.attachment).collect()
    }

    /// The advisor's countersignature under the newest signed form.
    ///
    /// # Errors
    /// Nothing is signed, it has changed since, or the strokes are no signature.
    pub fn countersign_check_in(&self, strokes: Strokes) -> Result<Signing, NotYet> {
        let signed = self.signed_check_ins().pop().ok_or(NotYet::NothingSigned)?;
        if !self.changed_since(&signed).is_empty() {
            return Err(NotYet::ChangedSince);
        }
        strokes.check().map_err(NotYet::Signature)?;
        let mut attached = Attached::new();
        let strokes = Part::new(strokes, &mut attached);
        let draft = self.journal.draft(Change::CheckInCountersigned { paper: signed.id, strokes });
        Ok(Signing { draft, attached })
    }

    /// Every signed form, oldest first; the last one holds.
    pub fn signed_check_ins(&self) -> Vec<SignedCheckIn> {
        let mut papers: Vec<SignedCheckIn> = Vec::new();
        let closed = |by: &Standing,
                      (facts, sheet, photos): (&CheckInFacts, &Part<Box<Sheet>>, &[AttachmentId]),
                      signer: (&Personal<PersonName>, SignedAs),
                      version: usize| SignedCheckIn {
            id: by.id,
            at: by.at,
            facts: facts.clone(),
            sheet: sheet.clone(),
            photos: photos.to_vec(),
            closing: Closing::Signed,
            strokes: None,
            signer: signer.0.clone(),
            signed_as: signer.1,
            by_hand: None,
            countersigned: None,
            printed: 0,
            version,
        };
        for (by, fact) in self.journal.additions() {
            let version = papers.len() + 1;
            match fact {
                Change::CheckInSigned { facts, sheet, photos, strokes, signer, signed_as, .. } => {
                    let paper = closed(by, (facts, sheet, photos), (signer, *signed_as), version);
                    papers.push(SignedCheckIn { strokes: Some(strokes.clone()), ..paper });
                }
                Change::CheckInOnPaper { facts, sheet, photos, signer, signed_as } => {
                    let paper = closed(by, (facts, sheet, photos), (signer, *signed_as), version);
                    papers.push(SignedCheckIn { closing: Closing::OnPaper, ..paper });
                }
                Change::CheckInRefused {
                    facts,
                    sheet,
                    photos,
                    strokes,
                    refuser,
                    refused_as,
                    witness,
                    ..
                } => {
                    let paper = closed(by, (facts, sheet, photos), (refuser, *refused_as), version);
                    let countersigned = Some((strokes.clone(), witness.clone(), by.at));
                    papers.push(SignedCheckIn { closing: Closing::Refused, countersigned, ..paper });
                }
                Change::SheetPhotographed { paper, picture, thumbnail } => {
                    if let Some(paper) = papers.iter_mut().find(|known| known.id == *paper) {
                        paper.by_hand = Some((picture.clone(), thumbnail.clone()));
                    }
                }
                Change::CheckInCountersigned { paper, strokes } => {
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

    /// What of a signed form differs from what the visit says now, by name of the fact.
    pub fn changed_since(&self, signed: &SignedCheckIn) -> Vec<&'static str> {
        CheckInFacts::of(self).differences(&signed.facts, &self.journal)
    }

    /// Entries that were not on the table when the form was signed, and are not about the paper.
    pub fn added_after(&self, signed: &SignedCheckIn) -> Vec<(&Standing, &Change)> {
        let seen = self.journal.ancestors(&[signed.id]);
        self.journal
            .facts()
            .filter(|(by, change)| {
                !seen.contains(&by.id) && !about_the_paper(change) && !about_the_order(change)
            })
            .collect()
    }

    /// The sheets that say these values again, in words: of papers that were signed when an entry with
    /// one of them was on the table. Who erases the values erases these too.
    pub fn sheets_saying(&self, values: &[Commitment]) -> (Vec<Commitment>, Vec<AttachmentId>) {
        let holds = |id: &EntryId| {
            let paper = self.journal.counted(id).is_some_and(|(_, change)| about_the_paper(change));
            !paper && self.journal.commitments(id).iter().any(|name| values.contains(name))
        };
        let (mut within, mut attached) = (Vec::new(), Vec::new());
        let mut says = |paper: EntryId, sheet: (Option<Commitment>, Option<AttachmentId>)| {
            if self.journal.ancestors(&[paper]).iter().any(holds) {
                within.extend(sheet.0);
                attached.extend(sheet.1);
            }
        };
        for paper in self.signed_check_ins() {
            says(paper.id, paper.sheet.named());
        }
        for paper in self.signed_orders() {
            says(paper.id, paper.sheet.named());
        }
        for paper in self.addition_answers() {
            says(paper.id, paper.sheet.named());
        }
        (within, attached)
    }

    /// Attachments that papers name beside the photos: large sheets and signatures.
    pub fn paper_attachments(&self) -> Vec<AttachmentId> {
        let of_paper = |paper: SignedCheckIn| {
            let countersigned = paper.countersigned.and_then(|(strokes, ..)| strokes.attachment());
            let strokes = paper.strokes.and_then(|strokes| strokes.attachment());
            [paper.sheet.attachment(), strokes, countersigned]
        };
        // Read where they stand: a visit's row names them at every tap.
        let orders = self.journal.additions().flat_map(|(_, fact)| match fact {
            Change::OrderSigned { sheet, strokes, .. } => [sheet.attachment(), strokes.attachment()],
            Change::OrderCountersigned { strokes, .. } => [strokes.attachment(), None],
            Change::AdditionAnswered { sheet, strokes, .. } => {
                [sheet.attachment(), strokes.as_ref().and_then(Part::attachment)]
            }
            _ => [None, None],
        });
        self.signed_check_ins().into_iter().flat_map(of_paper).chain(orders).flatten().collect()
    }

    /// How many items have each grade: good, attention, bad, not applicable, none.
    pub fn grade_counts(&self) -> [usize; 5] {
        let mut counts = [0; 5];
        for item in self.items() {
            counts[match self.grade(item) {
                Some(Grade::Good) => 0,
                Some(Grade::Attention) => 1,
                Some(Grade::Bad) => 2,
                Some(Grade::NotApplicable) => 3,
                None => 4,
            }] += 1;
        }
        counts
    }
}
