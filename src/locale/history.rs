//! What a change says: for the history, for what differs from a signed paper, for what is too large.

use super::Language;
use crate::catalogue::{Catalogue, choice_label};
use crate::visit::{Change, Key};

impl Language {
    /// A change makes an entry that is larger than one may be.
    pub fn too_large(self, change: &Change, catalogue: &Catalogue) -> String {
        let subject = change_subject(self, change, catalogue);
        match self {
            Self::ZhCn => format!("{subject}：内容太长，超过 128 kB，没有保存。填的还在，请缩短。"),
            Self::En => {
                format!("{subject}: too long, over 128 kB; not saved. It is still here, please shorten it.")
            }
        }
    }

    /// The fact of a signed paper that differs, by the name of the fact.
    pub fn fact(self, name: &str) -> &'static str {
        match name {
            "plate" => self.plate(),
            "vin" => self.vin(),
            "model" => self.model(),
            "colour" => self.colour(),
            "customer" => self.customer(),
            "phone" => self.phone(),
            "salutation" => self.salutation(),
            "relation" => self.relation(),
            "odometer" => self.odometer(),
            "fuel" => self.fuel(),
            "charge" => self.charge(),
            "lamps" => self.lamps(),
            "covers" => self.covers(),
            "keys" => self.keys(),
            "documents" => self.documents_kept(),
            "belongings" => self.belongings(),
            "valuables" => self.valuables(),
            "grades" => self.inspection(),
            "marks" => self.damage(),
            "photos" => self.photos(),
            "concerns" => self.concerns(),
            "answers" => self.step_vehicle(),
            "lines" | "declined" | "ready" | "terms" | "net" | "tax" | "total" => self.order_fact(name),
            _ => self.check_in_form(),
        }
    }

    /// What an answer answers.
    pub fn key(self, key: &Key, catalogue: &Catalogue) -> String {
        match key {
            Key::Plate => self.plate().into(),
            Key::Vin => self.vin().into(),
            Key::Vehicle => self.model().into(),
            Key::Customer => self.customer().into(),
            Key::Phone => self.phone().into(),
            Key::Salutation => self.salutation().into(),
            Key::Relation => self.relation().into(),
            Key::Cover(id) => format!("{} {}", self.covers(), choice_label(&catalogue.covers, id, self)),
            Key::Odometer => self.odometer().into(),
            Key::Fuel => self.fuel().into(),
            Key::Charge => self.charge().into(),
            Key::Lamp(id) => format!("{} {}", self.lamps(), choice_label(&catalogue.lamps, id, self)),
            Key::Dashboard => self.dashboard().into(),
            Key::Keys => self.keys().into(),
            Key::Document(id) => choice_label(&catalogue.documents, id, self).into(),
            Key::Belonging(id) => choice_label(&catalogue.belongings, id, self).into(),
            Key::ValuablesReminder | Key::ValuablesLeft => self.valuables().into(),
            Key::Advisor => self.advisor().into(),
            Key::Cancelled => self.cancel_visit().into(),
            Key::Item(id) | Key::ItemNote(id) => {
                let group = crate::visit::walkaround::group_of(id);
                format!("{} · {}", catalogue.group_label(group, self), catalogue.item_label(id, self))
            }
            Key::MarkPlace(_) | Key::MarkDescription(_) | Key::MarkNote(_) | Key::MarkWithdrawn(_) => {
                self.damage().into()
            }
            Key::PhotoWithdrawn(_) => self.photo().into(),
            Key::PhotoDrawing(_) => self.annotation().into(),
            Key::Body | Key::Steering => self.body_kind().into(),
            Key::CarriedMark(_) => self.found_last_time().into(),
            Key::ConcernWords(_) | Key::ConcernSymptom(_) | Key::ConcernWithdrawn(_) => {
                self.concerns().into()
            }
            Key::ConcernAnswer(..)
            | Key::ConcernOrder
            | Key::ConcernConfirmed(_)
            | Key::RecordingWithdrawn(_)
            | Key::RecordingConsent => self.interview_key(key, catalogue),
            Key::Tread(wheel) => format!("{} · {}", self.wheel(*wheel), self.tread()),
            Key::Pressure(wheel) => format!("{} · {}", self.wheel(*wheel), self.pressure()),
            Key::TyreMade(wheel) => format!("{} · {}", self.wheel(*wheel), self.tyre_made()),
            Key::PersonName(_)
            | Key::PersonPhone(_)
            | Key::PersonRelation(_)
            | Key::Contact
            | Key::MaySign(_)
            | Key::Access(_)
            | Key::Cables
            | Key::PortFlap
            | Key::Charging
            | Key::Archive(_) => self.vehicle_key(key),
            Key::Signer => self.who_signs().into(),
            Key::Authority => self.authority().into(),
            Key::QuestionWords(_) | Key::QuestionSettled(_) => self.question().into(),
            Key::Refusal | Key::RefusalWords => self.refused_to_sign().into(),
            Key::Line(_)
            | Key::LineWithdrawn(_)
            | Key::LineAnswered(_)
            | Key::ConcernFound(_)
            | Key::Term(_)
            | Key::Promise
            | Key::Coverage(_)
            | Key::Failure(_)
            | Key::LineVariant(_)
            | Key::VariantChosen
            | Key::OldPart(_) => self.order_key(key).into(),
            Key::AdditionReason(_)
            | Key::AdditionRisk(_)
            | Key::AdditionTime(_)
            | Key::AdditionWithdrawn(_)
            | Key::Reply(_)
            | Key::AnswerNoted(_) => self.addition_key(key).into(),
        }
    }

    /// What a change says, in a few words: its subject and its value.
    pub fn change_said(self, change: &Change, catalogue: &Catalogue) -> (String, String) {
        let subject = change_subject(self, change, catalogue);
        let yes_no = |yes: bool| if yes { self.present() } else { self.absent() }.to_owned();
        let withdrawn = |yes: bool| if yes { self.withdrawn() } else { self.put_back() }.to_owned();
        let text = |value: Option<&String>| value.cloned().unwrap_or_else(|| self.erased().into());
        let said = |value: Option<String>| value.unwrap_or_else(|| self.withdrawn().into());
        let value = match change {
            Change::VisitOpened { number, .. } => number.clone(),
            Change::PlateRead { plate } => match plate.value() {
                Some(plate) => plate.to_string(),
                None => self.erased().into(),
            },
            Change::VinRead { vin } => vin.value().map_or_else(|| self.erased().into(), |vin| vin.grouped()),
            Change::VehicleIdentified { model, colour, .. } => format!("{model} {colour}"),
            Change::CustomerNamed { name } => text(name.value().map(ToString::to_string).as_ref()),
            Change::PhoneGiven { phone } => text(phone.value().map(|phone| phone.grouped()).as_ref()),
            Change::SalutationChosen { salutation } => self.salutation_word(*salutation).into(),
            Change::RelationGiven { relation } => self.relation_word(*relation).into(),
            Change::CoverPlaced { placed, .. } => yes_no(*placed),
            Change::OdometerRead { km, reason } => match reason {
                Some(reason) => format!("{} ({})", self.km(*km), self.odometer_reason_word(reason)),
                None => self.km(*km),
            },
            Change::FuelRead { fuel } => format!("{}/8", fuel.0),
            Change::ChargeRead { charge } => match charge.range_km {
                Some(range) => format!("{} %, {range} km", charge.percent),
                None => format!("{} %", charge.percent),
            },
            Change::LampSeen { lit, .. } => yes_no(*lit),
            Change::DashboardChecked { checked } => {
                if *checked { self.looked() } else { self.not_looked() }.into()
            }
            Change::KeysTaken { count } => count.to_string(),
            Change::DocumentTaken { taken, .. } => yes_no(*taken),
            Change::BelongingSeen { present, .. } => yes_no(*present),
            Change::ValuablesReminded { reminded } => yes_no(*reminded),
            Change::ValuablesLeft { what } => text(what.value()),
            Change::AdvisorAssigned { advisor } => catalogue.staff_name(advisor).into(),
            Change::VisitCancelled { reason } => match reason {
                Some(reason) => text(reason.value()),
                None => self.reopen().into(),
            },
            Change::ItemGraded { grade, .. } => {
                grade.map_or(self.not_looked(), |grade| self.grade(grade)).into()
            }
            Change::ItemNoted { note, .. } | Change::MarkNoted { note, .. } => text(note.value()),
            Change::DamageMarked { place, kind, severity, .. } => format!(
                "{} {}, {}",
                catalogue.group_label(&place.zone, self),
                self.damage_kind(*kind),
                self.how_bad(*severity)
            ),
            Change::MarkMoved { place, .. } => {
                format!("{} {}", self.move_mark(), catalogue.group_label(&place.zone, self))
            }
            Change::MarkDescribed { kind, severity, origin, .. } => {
                format!("{}, {}, {}", self.damage_kind(*kind), self.how_bad(*severity), self.origin(*origin))
            }
            Change::MarkWithdrawn { withdrawn: yes, .. }
            | Change::PhotoWithdrawn { withdrawn: yes, .. }
            | Change::ConcernWithdrawn { withdrawn: yes, .. } => withdrawn(*yes),
            Change::TreadMeasured { tread, .. } => said(tread.map(|tread| format!("{tread} mm"))),
            Change::PressureMeasured { pressure, .. } => said(pressure.map(|bar| format!("{bar} bar"))),
            Change::TyreDated { made, .. } => said(made.map(|made| made.to_string())),
            Change::PhotoTaken { picture, .. } => format!("{} × {}", picture.width, picture.height),
            Change::ConcernRecorded { words, .. } | Change::ConcernWorded { words, .. } => {
                text(words.value())
            }
            Change::ConcernGrouped { symptom, .. } => symptom
                .as_ref()
                .map_or(self.symptom_none(), |id| choice_label(&catalogue.symptoms, id, self))
                .into(),
            Change::CheckInSigned { signer, signed_as, .. } => format!(
                "{} {}",
                self.signed_as(*signed_as),
                text(signer.value().map(ToString::to_string).as_ref())
            ),
            Change::CheckInCountersigned { .. } => self.countersign().into(),
            Change::PaperPrinted { .. } => self.print().into(),
            Change::PersonNamed { .. }
            | Change::PersonPhoned { .. }
            | Change::PersonRelated { .. }
            | Change::ContactChosen { .. }
            | Change::SigningAllowed { .. }
            | Change::AccessGiven { .. }
            | Change::CablesTaken { .. }
            | Change::PortFlapSeen { .. }
            | Change::ChargingAgreed { .. }
            | Change::ArchiveSettled { .. }
            | Change::StepTimed { .. } => self.vehicle_change(change),
            Change::SignerChosen { .. }
            | Change::AuthorityNoted { .. }
            | Change::QuestionAsked { .. }
            | Change::QuestionWorded { .. }
            | Change::QuestionSettled { .. }
            | Change::RefusalNoted { .. }
            | Change::RefusalWorded { .. }
            | Change::CheckInRefused { .. }
            | Change::CheckInOnPaper { .. }
            | Change::SheetPhotographed { .. } => self.signing_change(change, catalogue),
            Change::ConcernAnswered { .. }
            | Change::ConcernsOrdered { .. }
            | Change::ConcernConfirmed { .. }
            | Change::RecordingMade { .. }
            | Change::RecordingWithdrawn { .. }
            | Change::RecordingConsented { .. } => self.interview_change(change, catalogue),
            Change::BodyChosen { body } => self.body_word(*body).into(),
            Change::SteeringSeen { side } => self.steering_word(*side).into(),
            Change::CarriedMarkSeen { place, kind, seen, .. } => format!(
                "{} {}, {}",
                catalogue.group_label(&place.zone, self),
                self.damage_kind(*kind),
                self.seen_word(*seen)
            ),
            Change::PhotoAnnotated { drawn, .. } => self.drawn_said(drawn),
            Change::LineAdded { .. }
            | Change::LineChanged { .. }
            | Change::LineWithdrawn { .. }
            | Change::LineAnswered { .. }
            | Change::ConcernFound { .. }
            | Change::TermAgreed { .. }
            | Change::TimePromised { .. }
            | Change::OrderSigned { .. }
            | Change::OrderCountersigned { .. }
            | Change::CoverageDecided { .. }
            | Change::FailureNamed { .. }
            | Change::LineVaried { .. }
            | Change::VariantChosen { .. }
            | Change::OldPartGoes { .. } => {
                self.order_change(change, catalogue.dealership.utc_offset_minutes)
            }
            Change::AdditionFound { .. }
            | Change::AdditionWorded { .. }
            | Change::AdditionRisked { .. }
            | Change::AdditionTimed { .. }
            | Change::AdditionWithdrawn { .. }
            | Change::LineReplied { .. }
            | Change::AnswerNoted { .. }
            | Change::CallMissed { .. }
            | Change::AdditionAnswered { .. } => {
                self.addition_change(change, catalogue.dealership.utc_offset_minutes)
            }
        };
        (subject, value)
    }
}

fn change_subject(language: Language, change: &Change, catalogue: &Catalogue) -> String {
    use crate::journal::Fact;
    match change.key() {
        Some(key) => language.key(&key, catalogue),
        None => match change {
            Change::VisitOpened { .. } => language.new_visit(),
            Change::DamageMarked { .. } => language.damage(),
            Change::PhotoTaken { .. } => language.photo(),
            Change::ConcernRecorded { .. } => language.concerns(),
            Change::StepTimed { .. } => language.minutes(),
            Change::QuestionAsked { .. } => language.question(),
            Change::RecordingMade { .. } => language.sound(),
            Change::LineAdded { .. } => language.step_estimate(),
            Change::OrderSigned { .. } | Change::OrderCountersigned { .. } => language.work_order(),
            Change::AdditionFound { .. } | Change::CallMissed { .. } | Change::AdditionAnswered { .. } => {
                language.additional_work()
            }
            _ => language.check_in_form(),
        }
        .into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_large_for_an_entry_is_named() {
        let change = Change::ValuablesLeft { what: "x".repeat(200_000).into() };
        let said = |language: Language| language.too_large(&change, &Catalogue::standard());
        assert!(said(Language::En).starts_with("Valuables: too long, over 128 kB; not saved."));
        assert!(said(Language::ZhCn).starts_with("贵重物品：内容太长"));
    }
}
