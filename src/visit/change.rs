//! The trade's facts that a visit's journal can hold. Each is an addition, keyed by its own id, or
//! an answer to a key. Names are retired, never renamed: `tests/samples` must parse for ever.

mod key;
mod kinds;

use super::addition::{Channel, Reply};
use super::archive::ArchiveField;
use super::covered::Decision;
use super::customer::{PersonName, Phone, Relation, Salutation};
use super::old_parts::OldPartTo;
use super::order::{Found, Item, Terms};
use super::part::Part;
use super::people::{ContactIs, PersonRole};
use super::photos::Drawn;
use super::recording::{Heard, RecordingKind, RecordingSubject};
use super::signature::{SignedAs, Strokes};
use super::signing::RefusalReason;
use super::variants::Variant;
use super::vehicle::{Charge, Charging, Energy, Fuel, KeyAccess, OdometerReason, Plate, PortFlap, Vin};
use super::wheels::{Pressure, Tread, TyreWeek, Wheel};
use super::work_order::Term;
use crate::coverage::{Failed, Finding};
use crate::diagram::{Body, Side};
use crate::documents::{AdditionFacts, AdditionSheet, CheckInFacts, OrderFacts, OrderSheet, Sheet};
use crate::journal::{AttachmentId, EntryId, Personal, StaffId};
use crate::record::variants;
use crate::route::Step;

pub use key::Key;
pub use kinds::{DamageKind, Grade, MarkPlace, Origin, PhotoSubject, Picture, Seen, Severity};

variants! {
/// One fact of a visit.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// The car is here. Pins the inspection list, so that a changed catalogue changes no open
    /// visit; of two openings the union holds.
    VisitOpened = "visit_opened" {
        /// The paper's number, `JC20260318-003B`.
        number: String,
        /// The appointment it came from.
        appointment: Option<String>,
        /// Arrival, milliseconds since 1970 UTC.
        arrived: i64,
        /// The drawing.
        body: Body,
        /// Ids of the inspection items.
        items: Vec<String>,
    },
    /// 车牌
    PlateRead = "plate_read" {
        /// As read from the car.
        plate: Personal<Plate>,
    },
    /// 车架号
    VinRead = "vin_read" {
        /// As read from the car.
        vin: Personal<Vin>,
    },
    /// 品牌车型, 颜色 and what the archive says of the car.
    VehicleIdentified = "vehicle_identified" {
        /// 品牌车型
        model: String,
        /// 颜色
        colour: String,
        /// What drives it.
        energy: Energy,
        /// 购车日期, `2023-04-20`.
        purchased: Option<String>,
        /// 家用: bought for private use.
        private_use: bool,
        /// The archive's last visit, `2025-09-12`.
        last_visit: Option<String>,
        /// The archive's last mileage in km.
        last_odometer: Option<u32>;
        /// 交车日期, where it is another day than that of the purchase.
        delivered: Option<String>,
    },
    /// 送修人
    CustomerNamed = "customer_named" {
        /// As they say it.
        name: Personal<PersonName>,
    },
    /// 联系电话
    PhoneGiven = "phone_given" {
        /// Normalised.
        phone: Personal<Phone>,
    },
    /// 称呼
    SalutationChosen = "salutation_chosen" {
        /// Chosen by the advisor, never guessed.
        salutation: Salutation,
    },
    /// 与车主关系
    RelationGiven = "relation_given" {
        /// Of who brings the car, to the owner.
        relation: Relation,
    },
    /// 三件套
    CoverPlaced = "cover_placed" {
        /// Catalogue id.
        cover: String,
        /// Placed or not.
        placed: bool,
    },
    /// 行驶里程
    OdometerRead = "odometer_read" {
        /// Kilometres.
        km: u32,
        /// Needed below the last known reading.
        reason: Option<OdometerReason>,
    },
    /// 油量
    FuelRead = "fuel_read" {
        /// Eighths.
        fuel: Fuel,
    },
    /// 电量
    ChargeRead = "charge_read" {
        /// Percent and range.
        charge: Charge,
    },
    /// 警告灯
    LampSeen = "lamp_seen" {
        /// Catalogue id.
        lamp: String,
        /// Lit or not.
        lit: bool,
    },
    /// The dashboard was looked at: without it no lamp lit is not the same as nobody looked.
    DashboardChecked = "dashboard_checked" {
        /// Looked at or not.
        checked: bool,
    },
    /// 钥匙
    KeysTaken = "keys_taken" {
        /// How many.
        count: u8,
    },
    /// 留店: documents received.
    DocumentTaken = "document_taken" {
        /// Catalogue id.
        document: String,
        /// Taken or not.
        taken: bool,
    },
    /// 随车物品
    BelongingSeen = "belonging_seen" {
        /// Catalogue id.
        belonging: String,
        /// In the car or not.
        present: bool,
    },
    /// 贵重物品: the customer was reminded to take them.
    ValuablesReminded = "valuables_reminded" {
        /// Done or not.
        reminded: bool,
    },
    /// 交店保管: valuables left, in words; empty for none.
    ValuablesLeft = "valuables_left" {
        /// What was left.
        what: Personal<String>,
    },
    /// 服务顾问 in charge.
    AdvisorAssigned = "advisor_assigned" {
        /// Staff id.
        advisor: StaffId,
    },
    /// Cancelled, or with no reason opened again.
    VisitCancelled = "visit_cancelled" {
        /// Why.
        reason: Option<Personal<String>>,
    },
    /// A grade, or with none the grade taken back.
    ItemGraded = "item_graded" {
        /// Catalogue id.
        item: String,
        /// The grade.
        grade: Option<Grade>,
    },
    /// What there is to say about an item.
    ItemNoted = "item_noted" {
        /// Catalogue id.
        item: String,
        /// In words.
        note: Personal<String>,
    },
    /// A damage mark; what is said of it are answers of their own.
    DamageMarked = "damage_marked" {
        /// Where.
        place: MarkPlace,
        /// What.
        kind: DamageKind,
        /// How bad.
        severity: Severity,
        /// Since when.
        origin: Origin,
    },
    /// The mark was moved.
    MarkMoved = "mark_moved" {
        /// The mark.
        mark: EntryId,
        /// To here.
        place: MarkPlace,
    },
    /// The mark's kind, severity and origin, said anew.
    MarkDescribed = "mark_described" {
        /// The mark.
        mark: EntryId,
        /// What.
        kind: DamageKind,
        /// How bad.
        severity: Severity,
        /// Since when.
        origin: Origin,
    },
    /// What there is to say about a mark.
    MarkNoted = "mark_noted" {
        /// The mark.
        mark: EntryId,
        /// In words.
        note: Personal<String>,
    },
    /// Withdrawn, or put back.
    MarkWithdrawn = "mark_withdrawn" {
        /// The mark.
        mark: EntryId,
        /// Withdrawn or not.
        withdrawn: bool,
    },
    /// A photo.
    PhotoTaken = "photo_taken" {
        /// What it shows.
        subject: PhotoSubject,
        /// At most 2,048 px.
        picture: Picture,
        /// At most 12 kB.
        thumbnail: Picture,
    },
    /// Withdrawn, or put back.
    PhotoWithdrawn = "photo_withdrawn" {
        /// The photo's entry.
        photo: EntryId,
        /// Withdrawn or not.
        withdrawn: bool,
    },
    /// A concern of the customer; its words are an answer of their own.
    ConcernRecorded = "concern_recorded" {
        /// Verbatim.
        words: Personal<String>,
        /// Catalogue id of the symptom group.
        symptom: Option<String>,
    },
    /// The concern's words, corrected.
    ConcernWorded = "concern_worded" {
        /// The concern.
        concern: EntryId,
        /// Verbatim.
        words: Personal<String>,
    },
    /// The concern's symptom group.
    ConcernGrouped = "concern_grouped" {
        /// The concern.
        concern: EntryId,
        /// Catalogue id.
        symptom: Option<String>,
    },
    /// Withdrawn, or put back.
    ConcernWithdrawn = "concern_withdrawn" {
        /// The concern.
        concern: EntryId,
        /// Withdrawn or not.
        withdrawn: bool,
    },
    /// 接车登记表 signed by the customer. Its parents are the heads of the fold that the sheet was
    /// drawn from; the digest printed on the paper is this entry's id.
    CheckInSigned = "check_in_signed" {
        /// What is agreed, free of language.
        facts: Box<CheckInFacts>,
        /// Every word shown, in each language that may be printed.
        sheet: Part<Box<Sheet>>,
        /// The photos shown.
        photos: Vec<AttachmentId>,
        /// The signature.
        strokes: Part<Strokes>,
        /// Who signed, as what.
        signer: Personal<PersonName>,
        /// In which role.
        signed_as: SignedAs,
        /// The consent sentence that stood above the pad.
        consent: String,
    },
    /// The advisor's countersignature.
    CheckInCountersigned = "check_in_countersigned" {
        /// The customer's signing entry.
        paper: EntryId,
        /// The signature.
        strokes: Part<Strokes>,
    },
    /// A print: the first is the customer's original, later ones are copies.
    PaperPrinted = "paper_printed" {
        /// The signing entry.
        paper: EntryId,
    },
    /// 花纹深度, or with none the reading taken back.
    TreadMeasured = "tread_measured" {
        /// The wheel.
        wheel: Wheel,
        /// Tenths of a millimetre.
        tread: Option<Tread>,
    },
    /// 胎压, or with none the reading taken back.
    PressureMeasured = "pressure_measured" {
        /// The wheel.
        wheel: Wheel,
        /// kPa.
        pressure: Option<Pressure>,
    },
    /// 轮胎生产周, or with none the reading taken back.
    TyreDated = "tyre_dated" {
        /// The wheel.
        wheel: Wheel,
        /// From its DOT code.
        made: Option<TyreWeek>,
    },
    /// A person beside who brings the car.
    PersonNamed = "person_named" {
        /// Which one.
        role: PersonRole,
        /// As they say it.
        name: Personal<PersonName>,
    },
    /// The phone of such a person.
    PersonPhoned = "person_phoned" {
        /// Which one.
        role: PersonRole,
        /// Normalised.
        phone: Personal<Phone>,
    },
    /// What such a person is to the owner.
    PersonRelated = "person_related" {
        /// Which one.
        role: PersonRole,
        /// To the owner.
        relation: Relation,
    },
    /// 联系人: whom to call about this visit.
    ContactChosen = "contact_chosen" {
        /// One of those who are known, or somebody else.
        contact: ContactIs,
    },
    /// Who may sign, and who may not.
    SigningAllowed = "signing_allowed" {
        /// As what.
        signer: SignedAs,
        /// Or not.
        allowed: bool,
    },
    /// A way into the car that is no key.
    AccessGiven = "access_given" {
        /// Which one.
        access: KeyAccess,
        /// Or not.
        given: bool,
    },
    /// 充电线 handed over.
    CablesTaken = "cables_taken" {
        /// How many.
        count: u8,
    },
    /// 充电口盖
    PortFlapSeen = "port_flap_seen" {
        /// Its state.
        flap: PortFlap,
    },
    /// Whether the car may be charged here.
    ChargingAgreed = "charging_agreed" {
        /// And who pays.
        charging: Charging,
    },
    /// The archive says otherwise than what was read or said, and somebody decided.
    ArchiveSettled = "archive_settled" {
        /// Of what.
        field: ArchiveField,
        /// What the archive says.
        archive: Personal<String>,
        /// Whether the archive's was taken; else what was read stands.
        taken: bool,
    },
    /// A step was left; its seconds on the screen add up, over every tablet.
    StepTimed = "step_timed" {
        /// Which one.
        step: Step,
        /// Visible, without pauses.
        seconds: u32,
    },
    /// Who will sign, of those who may.
    SignerChosen = "signer_chosen" {
        /// As what.
        signer: SignedAs,
    },
    /// 授权: what the authority to sign for the owner rests on; empty for nothing.
    AuthorityNoted = "authority_noted" {
        /// In words.
        words: Personal<String>,
    },
    /// 顾客有疑问: noted in customer mode; its words are an answer of their own.
    QuestionAsked = "question_asked" {
        /// The page that it was asked on.
        page: String,
    },
    /// What the customer asks.
    QuestionWorded = "question_worded" {
        /// The question.
        question: EntryId,
        /// Verbatim; empty for none.
        words: Personal<String>,
    },
    /// Answered, or taken up again.
    QuestionSettled = "question_settled" {
        /// The question.
        question: EntryId,
        /// Answered or not.
        settled: bool,
    },
    /// 拒绝签名, as it is being written down.
    RefusalNoted = "refusal_noted" {
        /// Why.
        reason: Option<RefusalReason>,
        /// Whether the text was read out.
        read_out: Option<bool>,
        /// The colleague who saw it.
        witness: Option<StaffId>,
    },
    /// What there is to say about a refusal.
    RefusalWorded = "refusal_worded" {
        /// In words; empty for none.
        words: Personal<String>,
    },
    /// 接车登记表 refused: closed with a witness's signature instead of the customer's.
    CheckInRefused = "check_in_refused" {
        /// What was shown.
        facts: Box<CheckInFacts>,
        /// Every word shown, the refusal too.
        sheet: Part<Box<Sheet>>,
        /// The photos shown.
        photos: Vec<AttachmentId>,
        /// The witness's signature.
        strokes: Part<Strokes>,
        /// Who refused.
        refuser: Personal<PersonName>,
        /// In which role.
        refused_as: SignedAs,
        /// Why.
        reason: RefusalReason,
        /// Whether the text was read out.
        read_out: bool,
        /// The colleague who saw it.
        witness: StaffId,
    },
    /// 接车登记表 to be signed by hand: the printed sheet has this entry's id as its digest.
    CheckInOnPaper = "check_in_on_paper" {
        /// What is agreed, free of language.
        facts: Box<CheckInFacts>,
        /// Every word shown.
        sheet: Part<Box<Sheet>>,
        /// The photos shown.
        photos: Vec<AttachmentId>,
        /// Who signs by hand.
        signer: Personal<PersonName>,
        /// In which role.
        signed_as: SignedAs,
    },
    /// A photo of the sheet that was signed by hand; the newest holds.
    SheetPhotographed = "sheet_photographed" {
        /// The entry of the paper.
        paper: EntryId,
        /// At most 2,048 px.
        picture: Picture,
        /// At most 12 kB.
        thumbnail: Picture,
    },
    /// The drawing that fits the car; without it that of the opening.
    BodyChosen = "body_chosen" {
        /// The drawing.
        body: Body,
    },
    /// 左舵, 右舵
    SteeringSeen = "steering_seen" {
        /// Where the driver sits.
        side: Side,
    },
    /// A mark of the last visit, looked at again. It says all of it anew: the earlier visit may be on
    /// another tablet.
    CarriedMarkSeen = "carried_mark_seen" {
        /// The entry that set it, in the earlier visit; from now on the mark's name in this one.
        earlier: EntryId,
        /// Where it stood.
        place: MarkPlace,
        /// What.
        kind: DamageKind,
        /// How bad.
        severity: Severity,
        /// In words.
        note: Option<Personal<String>>,
        /// What became of it.
        seen: Seen,
    },
    /// 照片标注: what is drawn on a photo, all of it; none for the photo as it was taken. Papers and
    /// customers see this picture, the photo's own stays as it is.
    PhotoAnnotated = "photo_annotated" {
        /// The photo's entry.
        photo: EntryId,
        /// In the order of drawing.
        drawn: Vec<Drawn>,
        /// With everything drawn and covered; at most 2,048 px.
        picture: Picture,
        /// At most 12 kB.
        thumbnail: Picture,
    },
    /// One follow-up question of a concern; nothing chosen and no number is the answer taken back.
    ConcernAnswered = "concern_answered" {
        /// The concern.
        concern: EntryId,
        /// The question's id.
        question: String,
        /// Ids of the choices, in their order.
        chosen: Vec<String>,
        /// In the question's unit.
        number: Option<u32>,
    },
    /// Concerns in order of weight, the first worry first; those that are not named come after.
    ConcernsOrdered = "concerns_ordered" {
        /// All of them, withdrawn ones too.
        order: Vec<EntryId>,
    },
    /// The summary was read to the customer and is right; with no sentence the tick is taken back.
    ConcernConfirmed = "concern_confirmed" {
        /// The concern.
        concern: EntryId,
        /// What was read.
        sentence: Option<Personal<String>>,
        /// The answers that it says: once one is replaced, nothing is confirmed any more.
        on: Vec<EntryId>,
    },
    /// A sound or a video.
    RecordingMade = "recording_made" {
        /// What it is about.
        subject: RecordingSubject,
        /// A memo, a sound or a video.
        kind: RecordingKind,
        /// Whose voice or image is in it.
        heard: Heard,
        /// SHA-256 of the bytes.
        attachment: AttachmentId,
        /// Bytes.
        size: u32,
        /// Milliseconds.
        length: u32,
        /// `audio/webm`
        media: String,
    },
    /// Withdrawn, or put back.
    RecordingWithdrawn = "recording_withdrawn" {
        /// The recording's entry.
        recording: EntryId,
        /// Withdrawn or not.
        withdrawn: bool,
    },
    /// The customer's separate consent to recordings of a person, given or withdrawn.
    RecordingConsented = "recording_consented" {
        /// Who.
        who: Personal<PersonName>,
        /// To these words.
        words: String,
        /// Given or not.
        given: bool,
    },
    /// 估价: a line, as the lists had it; its terms are said anew by answers of their own.
    LineAdded = "line_added" {
        /// What it answers; none for what nobody complained of.
        concern: Option<EntryId>,
        /// What is done or fitted.
        item: Item,
        /// How much, at what price, and who bears it.
        terms: Terms,
        /// Recommended by us: it counts once the customer has accepted it.
        suggested: bool,
        ;
        /// To which variant it belongs from the beginning; to all of them for none.
        variant: Option<Variant>,
    },
    /// A line's terms, said anew.
    LineChanged = "line_changed" {
        /// The line.
        line: EntryId,
        /// All of them.
        terms: Terms,
    },
    /// Withdrawn, or put back.
    LineWithdrawn = "line_withdrawn" {
        /// The line.
        line: EntryId,
        /// Withdrawn or not.
        withdrawn: bool,
    },
    /// What the customer said to a recommendation; none where that is taken back.
    LineAnswered = "line_answered" {
        /// The line.
        line: EntryId,
        /// Accepted or declined.
        accepted: Option<bool>,
    },
    /// 故障确认: what was found of a concern.
    ConcernFound = "concern_found" {
        /// The concern.
        concern: EntryId,
        /// What.
        found: Found,
    },
    /// What was agreed beside the lines: one of the term's choices, several apart by spaces, or words.
    TermAgreed = "term_agreed" {
        /// Of what.
        term: Term,
        /// What.
        value: Personal<String>,
    },
    /// 预计交车
    TimePromised = "time_promised" {
        /// Milliseconds since 1970 UTC.
        ready: i64,
        /// What was reckoned, where another time was said.
        reckoned: Option<i64>,
        /// Why another time was said.
        reason: Option<Personal<String>>,
    },
    /// 任务委托书 signed by the customer. Its parents are the heads of the fold that the sheet was drawn from;
    /// the digest printed on the paper is this entry's id.
    OrderSigned = "order_signed" {
        /// What is agreed, free of language but for words that people typed.
        facts: Box<OrderFacts>,
        /// Every word shown, in each language that may be printed.
        sheet: Part<Box<OrderSheet>>,
        /// The signature.
        strokes: Part<Strokes>,
        /// Who signed, as what.
        signer: Personal<PersonName>,
        /// In which role.
        signed_as: SignedAs,
        /// The sentence that stood above the pad.
        consent: String,
    },
    /// The advisor's countersignature.
    OrderCountersigned = "order_countersigned" {
        /// The customer's signing entry.
        paper: EntryId,
        /// The signature.
        strokes: Part<Strokes>,
    },
    /// Who bears a concern, and why where that needed a reason.
    CoverageDecided = "coverage_decided" {
        /// The concern.
        concern: EntryId,
        /// What.
        decision: Decision,
        /// Why.
        reason: Option<Personal<String>>;
        /// The period that led to it, with its numbers.
        basis: Option<Finding>,
        /// The numbers of the recalls that led to it, apart by spaces.
        recall: Option<String>,
    },
    /// What failed, of a concern: which periods are looked at.
    FailureNamed = "failure_named" {
        /// The concern.
        concern: EntryId,
        /// What.
        failed: Failed,
    },
    /// 增项: something was found after the order was signed. Its lines answer it as others do a concern.
    AdditionFound = "addition_found" {
        /// Why, in the workshop's words.
        reason: Personal<String>,
    },
    /// Why, said anew.
    AdditionWorded = "addition_worded" {
        /// The addition.
        addition: EntryId,
        /// In words.
        reason: Personal<String>,
    },
    /// 关系安全: what may happen where it is not done; with none it is not about safety.
    AdditionRisked = "addition_risked" {
        /// The addition.
        addition: EntryId,
        /// In words.
        risk: Option<Personal<String>>,
    },
    /// When the car will be ready with it; with none the promised time stands.
    AdditionTimed = "addition_timed" {
        /// The addition.
        addition: EntryId,
        /// Milliseconds since 1970 UTC.
        ready: Option<i64>,
    },
    /// Withdrawn, or put back.
    AdditionWithdrawn = "addition_withdrawn" {
        /// The addition.
        addition: EntryId,
        /// Withdrawn or not.
        withdrawn: bool,
    },
    /// What the customer says to a line of an addition, as it is being written down.
    LineReplied = "line_replied" {
        /// The line.
        line: EntryId,
        /// What.
        reply: Reply,
    },
    /// How the customer answers an addition, as it is being written down.
    AnswerNoted = "answer_noted" {
        /// The addition.
        addition: EntryId,
        /// How.
        channel: Channel,
        /// What the customer said, verbatim; empty for nothing.
        said: Personal<String>,
    },
    /// 没打通: the customer was called about an addition and not reached.
    CallMissed = "call_missed" {
        /// The addition.
        addition: EntryId,
        /// The number dialled.
        number: Personal<Phone>,
    },
    /// 增项确认单: the customer's answer, with everything that was asked. Its parents are the heads of the fold
    /// that the sheet was drawn from; the digest printed on the paper is this entry's id.
    AdditionAnswered = "addition_answered" {
        /// What was asked and answered, free of language but for words that people typed.
        facts: Box<AdditionFacts>,
        /// Every word of it, in each language that may be printed.
        sheet: Part<Box<AdditionSheet>>,
        /// How.
        channel: Channel,
        /// The signature, where it was made on the glass.
        strokes: Option<Part<Strokes>>,
        /// Who answered.
        who: Personal<PersonName>,
        /// As what.
        answered_as: SignedAs,
        /// The number, of a call or a message.
        number: Option<Personal<Phone>>,
        /// The words that were read out or lay on the table.
        asked: Personal<String>,
        /// What the customer said to it, verbatim.
        said: Option<Personal<String>>,
    },
    /// 方案: to which variant of the estimate a line belongs; to all of them for none.
    LineVaried = "line_varied" {
        /// The line.
        line: EntryId,
        /// Which one.
        variant: Option<Variant>,
    },
    /// The variant that the customer wants; with none the choice is open again.
    VariantChosen = "variant_chosen" {
        /// Which one.
        variant: Option<Variant>,
    },
    /// 旧件: where the part goes that a line replaces; as its kind and the order say for none.
    OldPartGoes = "old_part_goes" {
        /// The line.
        line: EntryId,
        /// Where to.
        to: Option<OldPartTo>,
    },
}
}
