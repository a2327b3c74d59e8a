//! What a fact answers. Those that answer nothing are additions, keyed by their own id.

use super::Change;
use crate::journal::{EntryId, Fact};
use crate::visit::archive::ArchiveField;
use crate::visit::people::PersonRole;
use crate::visit::signature::SignedAs;
use crate::visit::vehicle::KeyAccess;
use crate::visit::wheels::Wheel;
use crate::visit::work_order::Term;

/// What an answer answers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// 车牌
    Plate,
    /// 车架号
    Vin,
    /// 车型
    Vehicle,
    /// 送修人
    Customer,
    /// 电话
    Phone,
    /// 称呼
    Salutation,
    /// 与车主关系
    Relation,
    /// One of the covers.
    Cover(String),
    /// 里程
    Odometer,
    /// 油量
    Fuel,
    /// 电量
    Charge,
    /// One of the lamps.
    Lamp(String),
    /// Whether the dashboard was looked at.
    Dashboard,
    /// 钥匙
    Keys,
    /// One of the documents.
    Document(String),
    /// One of the belongings.
    Belonging(String),
    /// Whether the customer was reminded.
    ValuablesReminder,
    /// What was left.
    ValuablesLeft,
    /// Who is in charge.
    Advisor,
    /// Cancelled or not.
    Cancelled,
    /// An item's grade.
    Item(String),
    /// An item's note.
    ItemNote(String),
    /// Where a mark stands.
    MarkPlace(EntryId),
    /// What a mark says.
    MarkDescription(EntryId),
    /// A mark's note.
    MarkNote(EntryId),
    /// Whether a mark is withdrawn.
    MarkWithdrawn(EntryId),
    /// Whether a photo is withdrawn.
    PhotoWithdrawn(EntryId),
    /// A concern's words.
    ConcernWords(EntryId),
    /// A concern's symptom group.
    ConcernSymptom(EntryId),
    /// Whether a concern is withdrawn.
    ConcernWithdrawn(EntryId),
    /// A wheel's tread.
    Tread(Wheel),
    /// A wheel's pressure.
    Pressure(Wheel),
    /// When a wheel's tyre was made.
    TyreMade(Wheel),
    /// A person's name.
    PersonName(PersonRole),
    /// A person's phone.
    PersonPhone(PersonRole),
    /// What a person is to the owner.
    PersonRelation(PersonRole),
    /// 联系人
    Contact,
    /// Whether somebody may sign.
    MaySign(SignedAs),
    /// A way into the car.
    Access(KeyAccess),
    /// 充电线
    Cables,
    /// 充电口盖
    PortFlap,
    /// Charging here.
    Charging,
    /// What was decided where the archive says otherwise.
    Archive(ArchiveField),
    /// Who will sign.
    Signer,
    /// What the authority to sign rests on.
    Authority,
    /// What a customer asks.
    QuestionWords(EntryId),
    /// Whether a question is answered.
    QuestionSettled(EntryId),
    /// How a refusal went.
    Refusal,
    /// What there is to say about it.
    RefusalWords,
    /// 车身
    Body,
    /// 左舵, 右舵
    Steering,
    /// What became of a mark of the last visit.
    CarriedMark(EntryId),
    /// What is drawn on a photo.
    PhotoDrawing(EntryId),
    /// A follow-up question of a concern.
    ConcernAnswer(EntryId, String),
    /// The order of the concerns.
    ConcernOrder,
    /// Whether a concern's summary is right.
    ConcernConfirmed(EntryId),
    /// Whether a recording is withdrawn.
    RecordingWithdrawn(EntryId),
    /// Whether a person may be recorded.
    RecordingConsent,
    /// A line's terms.
    Line(EntryId),
    /// Whether a line is withdrawn.
    LineWithdrawn(EntryId),
    /// What the customer said to a recommendation.
    LineAnswered(EntryId),
    /// What was found of a concern.
    ConcernFound(EntryId),
    /// What was agreed of a term.
    Term(Term),
    /// 预计交车
    Promise,
    /// Who bears a concern.
    Coverage(EntryId),
    /// Why an addition is asked for.
    AdditionReason(EntryId),
    /// What may happen without it.
    AdditionRisk(EntryId),
    /// When the car is ready with it.
    AdditionTime(EntryId),
    /// Whether an addition is withdrawn.
    AdditionWithdrawn(EntryId),
    /// What the customer says to a line of an addition.
    Reply(EntryId),
    /// How the customer answers an addition.
    AnswerNoted(EntryId),
    /// What failed, of a concern.
    Failure(EntryId),
    /// To which variant a line belongs.
    LineVariant(EntryId),
    /// The variant that the customer wants.
    VariantChosen,
    /// Where the part goes that a line replaces.
    OldPart(EntryId),
}

impl Fact for Change {
    type Key = Key;
    const VERSION: u32 = 1;

    fn key(&self) -> Option<Key> {
        Some(match self {
            Self::VisitOpened { .. }
            | Self::DamageMarked { .. }
            | Self::PhotoTaken { .. }
            | Self::ConcernRecorded { .. }
            | Self::CheckInSigned { .. }
            | Self::CheckInCountersigned { .. }
            | Self::PaperPrinted { .. }
            | Self::StepTimed { .. }
            | Self::QuestionAsked { .. }
            | Self::CheckInRefused { .. }
            | Self::CheckInOnPaper { .. }
            | Self::SheetPhotographed { .. }
            | Self::RecordingMade { .. }
            | Self::LineAdded { .. }
            | Self::OrderSigned { .. }
            | Self::OrderCountersigned { .. }
            | Self::AdditionFound { .. }
            | Self::CallMissed { .. }
            | Self::AdditionAnswered { .. } => return None,
            Self::PlateRead { .. } => Key::Plate,
            Self::VinRead { .. } => Key::Vin,
            Self::VehicleIdentified { .. } => Key::Vehicle,
            Self::CustomerNamed { .. } => Key::Customer,
            Self::PhoneGiven { .. } => Key::Phone,
            Self::SalutationChosen { .. } => Key::Salutation,
            Self::RelationGiven { .. } => Key::Relation,
            Self::CoverPlaced { cover, .. } => Key::Cover(cover.clone()),
            Self::OdometerRead { .. } => Key::Odometer,
            Self::FuelRead { .. } => Key::Fuel,
            Self::ChargeRead { .. } => Key::Charge,
            Self::LampSeen { lamp, .. } => Key::Lamp(lamp.clone()),
            Self::DashboardChecked { .. } => Key::Dashboard,
            Self::KeysTaken { .. } => Key::Keys,
            Self::DocumentTaken { document, .. } => Key::Document(document.clone()),
            Self::BelongingSeen { belonging, .. } => Key::Belonging(belonging.clone()),
            Self::ValuablesReminded { .. } => Key::ValuablesReminder,
            Self::ValuablesLeft { .. } => Key::ValuablesLeft,
            Self::AdvisorAssigned { .. } => Key::Advisor,
            Self::VisitCancelled { .. } => Key::Cancelled,
            Self::ItemGraded { item, .. } => Key::Item(item.clone()),
            Self::ItemNoted { item, .. } => Key::ItemNote(item.clone()),
            Self::MarkMoved { mark, .. } => Key::MarkPlace(*mark),
            Self::MarkDescribed { mark, .. } => Key::MarkDescription(*mark),
            Self::MarkNoted { mark, .. } => Key::MarkNote(*mark),
            Self::MarkWithdrawn { mark, .. } => Key::MarkWithdrawn(*mark),
            Self::PhotoWithdrawn { photo, .. } => Key::PhotoWithdrawn(*photo),
            Self::ConcernWorded { concern, .. } => Key::ConcernWords(*concern),
            Self::ConcernGrouped { concern, .. } => Key::ConcernSymptom(*concern),
            Self::ConcernWithdrawn { concern, .. } => Key::ConcernWithdrawn(*concern),
            Self::TreadMeasured { wheel, .. } => Key::Tread(*wheel),
            Self::PressureMeasured { wheel, .. } => Key::Pressure(*wheel),
            Self::TyreDated { wheel, .. } => Key::TyreMade(*wheel),
            Self::PersonNamed { role, .. } => Key::PersonName(*role),
            Self::PersonPhoned { role, .. } => Key::PersonPhone(*role),
            Self::PersonRelated { role, .. } => Key::PersonRelation(*role),
            Self::ContactChosen { .. } => Key::Contact,
            Self::SigningAllowed { signer, .. } => Key::MaySign(*signer),
            Self::AccessGiven { access, .. } => Key::Access(*access),
            Self::CablesTaken { .. } => Key::Cables,
            Self::PortFlapSeen { .. } => Key::PortFlap,
            Self::ChargingAgreed { .. } => Key::Charging,
            Self::ArchiveSettled { field, .. } => Key::Archive(*field),
            Self::SignerChosen { .. } => Key::Signer,
            Self::AuthorityNoted { .. } => Key::Authority,
            Self::QuestionWorded { question, .. } => Key::QuestionWords(*question),
            Self::QuestionSettled { question, .. } => Key::QuestionSettled(*question),
            Self::RefusalNoted { .. } => Key::Refusal,
            Self::RefusalWorded { .. } => Key::RefusalWords,
            Self::BodyChosen { .. } => Key::Body,
            Self::SteeringSeen { .. } => Key::Steering,
            Self::CarriedMarkSeen { earlier, .. } => Key::CarriedMark(*earlier),
            Self::PhotoAnnotated { photo, .. } => Key::PhotoDrawing(*photo),
            Self::ConcernAnswered { concern, question, .. } => Key::ConcernAnswer(*concern, question.clone()),
            Self::ConcernsOrdered { .. } => Key::ConcernOrder,
            Self::ConcernConfirmed { concern, .. } => Key::ConcernConfirmed(*concern),
            Self::RecordingWithdrawn { recording, .. } => Key::RecordingWithdrawn(*recording),
            Self::RecordingConsented { .. } => Key::RecordingConsent,
            Self::LineChanged { line, .. } => Key::Line(*line),
            Self::LineWithdrawn { line, .. } => Key::LineWithdrawn(*line),
            Self::LineAnswered { line, .. } => Key::LineAnswered(*line),
            Self::ConcernFound { concern, .. } => Key::ConcernFound(*concern),
            Self::TermAgreed { term, .. } => Key::Term(*term),
            Self::TimePromised { .. } => Key::Promise,
            Self::CoverageDecided { concern, .. } => Key::Coverage(*concern),
            Self::AdditionWorded { addition, .. } => Key::AdditionReason(*addition),
            Self::AdditionRisked { addition, .. } => Key::AdditionRisk(*addition),
            Self::AdditionTimed { addition, .. } => Key::AdditionTime(*addition),
            Self::AdditionWithdrawn { addition, .. } => Key::AdditionWithdrawn(*addition),
            Self::LineReplied { line, .. } => Key::Reply(*line),
            Self::AnswerNoted { addition, .. } => Key::AnswerNoted(*addition),
            Self::FailureNamed { concern, .. } => Key::Failure(*concern),
            Self::LineVaried { line, .. } => Key::LineVariant(*line),
            Self::VariantChosen { .. } => Key::VariantChosen,
            Self::OldPartGoes { line, .. } => Key::OldPart(*line),
        })
    }
}
