//! The read model: what lists and searches need of a visit, one row each.

use serde_json::Value;

use super::customer::Salutation;
use super::signing::Closing;
use super::vehicle::Plate;
use super::workshop::InWorkshop;
use super::{Change, Visit};
use crate::journal::{AttachmentId, DossierId, EntryId, Fact, StaffId};
use crate::record::{Fields, Kept, fields, kept, misread, variant, written};
use crate::text::upper;

/// Where a visit stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// 车辆: vehicle and customer are being read.
    Vehicle,
    /// 环车检查: so many of so many zones and areas are looked at.
    Walkaround {
        /// Looked at.
        done: usize,
        /// In all.
        of: usize,
    },
    /// 问诊: no concern is recorded yet.
    Interview,
    /// 接车单: to be signed by the customer.
    ToSign,
    /// Signed, and changed since: to be signed anew.
    ToSignAgain,
    /// To be countersigned by the advisor.
    ToCountersign,
    /// Signed by hand: a photo of the sheet is to come.
    ToPhotograph,
    /// The check-in form is signed by both, or its refusal by a witness.
    CheckedIn,
    /// Cancelled.
    Cancelled,
}

impl Kept for Stage {
    fn read(value: Value) -> Result<Self, serde_json::Error> {
        let (name, how_far) = Fields::of_variant(value)?;
        Ok(match name.as_str() {
            "walkaround" => {
                let mut fields = Fields::of(how_far)?;
                return fields!(fields, Self::Walkaround { done, of });
            }
            _ if !how_far.is_null() => return misread("a stage"),
            "vehicle" => Self::Vehicle,
            "interview" => Self::Interview,
            "to_sign" => Self::ToSign,
            "to_sign_again" => Self::ToSignAgain,
            "to_countersign" => Self::ToCountersign,
            "to_photograph" => Self::ToPhotograph,
            "checked_in" => Self::CheckedIn,
            "cancelled" => Self::Cancelled,
            _ => return misread("a stage"),
        })
    }

    fn write(&self) -> Value {
        let name = match self {
            Self::Vehicle => "vehicle",
            Self::Walkaround { done, of } => {
                return variant("walkaround", written(&[("done", done), ("of", of)], &[]));
            }
            Self::Interview => "interview",
            Self::ToSign => "to_sign",
            Self::ToSignAgain => "to_sign_again",
            Self::ToCountersign => "to_countersign",
            Self::ToPhotograph => "to_photograph",
            Self::CheckedIn => "checked_in",
            Self::Cancelled => "cancelled",
        };
        name.into()
    }
}

impl Stage {
    /// Whether the customer is to sign next, or later.
    pub fn is_to_sign(self) -> bool {
        match self {
            Self::Vehicle | Self::Walkaround { .. } | Self::Interview | Self::ToSign | Self::ToSignAgain => {
                true
            }
            Self::ToCountersign | Self::ToPhotograph | Self::CheckedIn | Self::Cancelled => false,
        }
    }
}

/// One visit in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct VisitRow {
    /// The visit.
    pub dossier: DossierId,
    /// The heads that this row was made from.
    pub heads: Vec<EntryId>,
    /// The fold's version that made it.
    pub fold: u32,
    /// How many entries it was made from, folded or waiting.
    pub entries: usize,
    /// The paper's number; empty where the opening is not here yet.
    pub number: String,
    /// The appointment it came from.
    pub appointment: Option<String>,
    /// Arrival, milliseconds since 1970 UTC.
    pub arrived: i64,
    /// 车牌
    pub plate: Option<Plate>,
    /// 车架号
    pub vin: String,
    /// 送修人
    pub name: String,
    /// 电话
    pub phone: String,
    /// 称呼
    pub salutation: Option<Salutation>,
    /// 车型
    pub model: String,
    /// 服务顾问
    pub advisor: Option<StaffId>,
    /// Where it stands.
    pub stage: Stage,
    /// How many questions have two answers.
    pub two_answers: usize,
    /// At least so many entries are missing.
    pub missing: usize,
    /// How many entries are a newer program's.
    pub not_understood: usize,
    /// Attachments that it names, thumbnails first.
    pub attachments: Vec<AttachmentId>,
    /// How the newest form was closed, where that was not by a signature on the glass.
    pub without_glass: Option<Closing>,
    /// What its order asks of the workshop; absent without one, and in rows of a program before this one.
    pub in_workshop: Option<InWorkshop>,
    /// How much of what was found later waits for the customer's answer; none where nothing does.
    pub unanswered: Option<usize>,
}

kept!(VisitRow {
    dossier, heads, fold, entries, number, appointment, arrived, plate, vin, name, phone, salutation,
    model, advisor, stage, two_answers, missing, not_understood, attachments;
    without_glass, in_workshop, unanswered
});

impl VisitRow {
    /// The row of a visit.
    pub fn of(visit: &Visit) -> Self {
        let opening = visit.opening();
        Self {
            dossier: visit.journal.dossier(),
            heads: visit.journal.heads(),
            fold: Change::VERSION,
            entries: visit.journal.len(),
            number: opening.as_ref().map(|opening| opening.number.clone()).unwrap_or_default(),
            appointment: opening.as_ref().and_then(|opening| opening.appointment.clone()),
            arrived: opening.map(|opening| opening.arrived).unwrap_or_default(),
            plate: visit.plate().cloned(),
            vin: visit.vin().map(ToString::to_string).unwrap_or_default(),
            name: visit.customer().map(ToString::to_string).unwrap_or_default(),
            phone: visit.phone().map(ToString::to_string).unwrap_or_default(),
            salutation: visit.salutation(),
            model: visit.vehicle().map(|vehicle| vehicle.model).unwrap_or_default(),
            advisor: visit.advisor().cloned(),
            stage: visit.stage(),
            two_answers: visit.two_answers().len(),
            missing: visit.journal.missing().len(),
            not_understood: visit.journal.not_understood(),
            attachments: visit.attachments(),
            without_glass: visit.closing().filter(|closing| *closing != Closing::Signed),
            in_workshop: visit.in_workshop(),
            unanswered: Some(visit.unanswered_additions()).filter(|count| *count > 0),
        }
    }

    /// The row once nothing but grades were written into its visit: more of it than this they leave as it
    /// was, and reading all of a visit anew is most of what an answer to a tap takes.
    pub fn graded(self, visit: &Visit) -> Self {
        Self {
            heads: visit.journal.heads(),
            entries: visit.journal.len(),
            stage: visit.stage(),
            two_answers: visit.two_answers().len(),
            ..self
        }
    }

    /// What a search looks through: plate, VIN, phone and name, each on a line.
    pub fn searched(&self) -> String {
        let plate = self.plate.as_ref().map(ToString::to_string).unwrap_or_default();
        search_form(&[&*plate, &self.vin, &self.phone, &self.name].join("\n"))
    }
}

/// A text as a search compares it: capitals, without what people set between letters.
pub fn search_form(text: &str) -> String {
    let mut text = upper(text.trim());
    text.retain(|c| !matches!(c, ' ' | '-' | '·' | '.'));
    text
}

impl Visit {
    /// Where the visit stands.
    pub fn stage(&self) -> Stage {
        if self.cancelled().is_some() {
            return Stage::Cancelled;
        }
        if let Some(signed) = self.signed_check_ins().pop() {
            return if !self.changed_since(&signed).is_empty() {
                Stage::ToSignAgain
            } else if signed.countersigned.is_none() {
                Stage::ToCountersign
            } else if signed.closing == Closing::OnPaper && signed.by_hand.is_none() {
                Stage::ToPhotograph
            } else {
                Stage::CheckedIn
            };
        }
        if self.plate().is_none() || self.odometer().is_none() {
            return Stage::Vehicle;
        }
        let (done, of) = self.groups_done();
        if done < of {
            return Stage::Walkaround { done, of };
        }
        if self.concerns().iter().all(|concern| concern.withdrawn) { Stage::Interview } else { Stage::ToSign }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_stage_is_read_as_it_is_written_and_what_says_more_is_none() {
        for stage in [Stage::Vehicle, Stage::Walkaround { done: 3, of: 41 }, Stage::ToSignAgain] {
            assert_eq!(Stage::read(stage.write()).expect("a stage"), stage);
        }
        assert_eq!(Stage::ToSignAgain.write(), json!("to_sign_again"));
        for newer in
            [json!({ "to_sign": { "by": 2 } }), json!({ "walkaround": { "done": 3 } }), json!("washed")]
        {
            assert!(Stage::read(newer.clone()).is_err(), "{newer}");
        }
    }
}
