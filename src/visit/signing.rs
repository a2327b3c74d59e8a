//! Who signs the check-in form as what, and how it is closed where nobody signs on the glass: printed
//! and signed by hand, or refused before a witness.

use super::check_in::{NotYet, Signing};
use super::customer::PersonName;
use super::part::{Attached, Part};
use super::people::{MaySign, PersonRole};
use super::signature::{SignedAs, Strokes};
use super::{Change, Key, Picture, Visit, answered};
use crate::documents::{CheckInFacts, Sheet};
use crate::journal::{EntryId, Personal, StaffId};
use crate::record::named;

named! {
    /// How a form was closed.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Closing {
        /// Signed on the glass.
        Signed = "signed",
        /// Printed and signed by hand.
        OnPaper = "on_paper",
        /// 拒绝签名
        Refused = "refused",
    }
}

named! {
    /// Why somebody would not sign.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum RefusalReason {
        /// 不认可损伤记录
        Damage = "damage",
        /// 不认可其他内容
        Content = "content",
        /// 不愿签名
        Unwilling = "unwilling",
        /// 没时间看
        NoTime = "no_time",
        /// In words.
        Other = "other",
    }
}

impl RefusalReason {
    /// In the order of offering.
    pub const ALL: [Self; 5] = [Self::Damage, Self::Content, Self::Unwilling, Self::NoTime, Self::Other];
}

/// The most characters about a refusal: they stand in a frame beside the witness's signature.
pub const LONGEST_REFUSAL: usize = 200;

/// What is missing on a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusalGap {
    /// Why.
    Reason,
    /// Another reason than those offered, in words.
    Words,
    /// Whether the text was read out.
    ReadOut,
    /// A colleague; who holds the tablet is none.
    Witness,
}

/// A refusal as it is being written down.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Refusal {
    /// Why.
    pub reason: Option<RefusalReason>,
    /// What there is to say about it.
    pub words: String,
    /// Whether the text was read out.
    pub read_out: Option<bool>,
    /// The colleague who saw it.
    pub witness: Option<StaffId>,
}

impl Refusal {
    /// What is missing, where this person writes it down.
    pub fn gaps(&self, by: &StaffId) -> Vec<RefusalGap> {
        let other = self.reason == Some(RefusalReason::Other);
        let lacks = [
            (self.reason.is_none(), RefusalGap::Reason),
            (other && self.words.trim().is_empty(), RefusalGap::Words),
            (self.read_out.is_none(), RefusalGap::ReadOut),
            (self.witness.as_ref().is_none_or(|witness| witness == by), RefusalGap::Witness),
        ];
        lacks.into_iter().filter(|(lacks, _)| *lacks).map(|(_, gap)| gap).collect()
    }

    /// The change that notes it, but for its words.
    pub fn noted(self) -> Change {
        Change::RefusalNoted { reason: self.reason, read_out: self.read_out, witness: self.witness }
    }
}

impl Visit {
    /// Who signs: who was chosen, else the first of those who may.
    pub fn signer(&self) -> Option<MaySign<'_>> {
        let chosen = answered!(self, Key::Signer, SignerChosen, signer).copied();
        let may = self.who_may_sign();
        let chosen = may.iter().position(|person| Some(person.signed_as) == chosen);
        may.into_iter().nth(chosen.unwrap_or_default())
    }

    /// As what they sign.
    pub fn signs_as(&self) -> SignedAs {
        if self.signer_has_no_name() {
            return SignedAs::Authorised;
        }
        self.signer().map_or(SignedAs::Owner, |person| person.signed_as)
    }

    /// Somebody is to sign for the owner, and nobody has said who.
    pub fn signer_has_no_name(&self) -> bool {
        answered!(self, Key::Signer, SignerChosen, signer) == Some(&SignedAs::Authorised)
            && self.person(PersonRole::Authorised).name.is_none()
    }

    /// What is written where the one who signs is chosen.
    pub fn signer_is(&self, signer: SignedAs) -> Vec<Change> {
        let mut changes = vec![Change::SignerChosen { signer }];
        if !self.may_sign(signer) {
            changes.push(Change::SigningAllowed { signer, allowed: true });
        }
        changes
    }

    /// What the authority to sign for the owner rests on, in words.
    pub fn authority(&self) -> String {
        let words = answered!(self, Key::Authority, AuthorityNoted, words);
        words.and_then(|words| words.value().cloned()).unwrap_or_default()
    }

    /// The refusal as it stands.
    pub fn refusal(&self) -> Refusal {
        let words = answered!(self, Key::RefusalWords, RefusalWorded, words);
        let words = words.and_then(|words| words.value().cloned()).unwrap_or_default();
        match self.journal.answer(&Key::Refusal) {
            Some(Change::RefusalNoted { reason, read_out, witness }) => {
                Refusal { reason: *reason, words, read_out: *read_out, witness: witness.clone() }
            }
            _ => Refusal { words, ..Refusal::default() },
        }
    }

    /// How the newest form was closed.
    pub fn closing(&self) -> Option<Closing> {
        self.signed_check_ins().pop().map(|paper| paper.closing)
    }

    /// A name as the journal already has it, so that erasing it once erases it here too.
    pub(super) fn cited(&self, name: PersonName) -> Personal<PersonName> {
        let roles = [PersonRole::Owner, PersonRole::Authorised];
        let known = [answered!(self, Key::Customer, CustomerNamed, name)].into_iter();
        let known = known.chain(roles.map(|role| answered!(self, Key::PersonName(role), PersonNamed, name)));
        let cited = known.flatten().find(|known| known.value() == Some(&name)).cloned();
        cited.unwrap_or_else(|| name.into())
    }

    fn signer_cited(&self) -> Result<Personal<PersonName>, NotYet> {
        self.can_be_closed()?;
        let name = self.signer().and_then(|signer| signer.person.name.cloned());
        Ok(self.cited(name.ok_or_else(|| NotYet::Gaps(vec![super::check_in::CheckInGap::Signer]))?))
    }

    /// The refusal, closed by the witness's signature. `by` writes it down.
    ///
    /// # Errors
    /// What is missing on the form or on the refusal, or why the strokes are no signature.
    pub fn refuse_check_in(&self, strokes: Strokes, sheet: Sheet, by: &StaffId) -> Result<Signing, NotYet> {
        let refuser = self.signer_cited()?;
        let refusal = self.refusal();
        let gaps = refusal.gaps(by);
        let Refusal { reason: Some(reason), read_out: Some(read_out), witness: Some(witness), .. } = refusal
        else {
            return Err(NotYet::Refusal(gaps));
        };
        if !gaps.is_empty() {
            return Err(NotYet::Refusal(gaps));
        }
        strokes.check().map_err(NotYet::Signature)?;
        let mut attached = Attached::new();
        let draft = self.journal.draft(Change::CheckInRefused {
            facts: Box::new(CheckInFacts::of(self)),
            sheet: Part::new(Box::new(sheet), &mut attached),
            photos: self.photos_shown(),
            strokes: Part::new(strokes, &mut attached),
            refuser,
            refused_as: self.signs_as(),
            reason,
            read_out,
            witness,
        });
        Ok(Signing { draft, attached })
    }

    /// The form as it will be printed and signed by hand.
    ///
    /// # Errors
    /// What is missing.
    pub fn sign_on_paper(&self, sheet: Sheet) -> Result<Signing, NotYet> {
        let signer = self.signer_cited()?;
        let mut attached = Attached::new();
        let draft = self.journal.draft(Change::CheckInOnPaper {
            facts: Box::new(CheckInFacts::of(self)),
            sheet: Part::new(Box::new(sheet), &mut attached),
            photos: self.photos_shown(),
            signer,
            signed_as: self.signs_as(),
        });
        Ok(Signing { draft, attached })
    }

    /// The paper that a photo of the sheet signed by hand belongs to: the newest, where it is one.
    pub fn to_be_photographed(&self) -> Option<EntryId> {
        let newest = self.signed_check_ins().pop()?;
        (newest.closing == Closing::OnPaper && newest.by_hand.is_none()).then_some(newest.id)
    }

    /// The change that keeps such a photo.
    pub fn sheet_photographed(&self, picture: Picture, thumbnail: Picture) -> Option<Change> {
        let paper = self.to_be_photographed()?;
        Some(Change::SheetPhotographed { paper, picture, thumbnail })
    }
}

#[cfg(test)]
mod tests;
