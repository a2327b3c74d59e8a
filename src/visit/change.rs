//! The trade's facts that a visit's journal can hold. Each is an addition, keyed by its own id, or
//! an answer to a key. Names are retired, never renamed: `tests/samples` must parse for ever.

use serde::{Deserialize, Serialize};

use super::customer::{PersonName, Phone, Relation, Salutation};
use super::part::Part;
use super::signature::{SignedAs, Strokes};
use super::vehicle::{Charge, Energy, Fuel, OdometerReason, Plate, Vin};
use crate::diagram::{Body, View};
use crate::documents::{CheckInFacts, Sheet};
use crate::journal::{AttachmentId, EntryId, Fact, Personal, StaffId};
use crate::record::variants;

/// A grade of an inspection item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// 良好
    Good,
    /// 注意
    Attention,
    /// 异常
    Bad,
    /// 不适用
    NotApplicable,
}

/// What kind of damage a mark shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DamageKind {
    /// 划痕
    Scratch,
    /// 凹陷
    Dent,
    /// 石击
    Chip,
    /// 裂纹
    Crack,
    /// 擦痕
    Scuff,
    /// 缺件
    Missing,
}

/// How bad a damage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// 轻微
    Light,
    /// 较重
    Heavy,
}

/// Whether a damage was there at an earlier visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// 本次发现
    FoundNow,
    /// 上次已有
    KnownBefore,
}

/// Where a mark stands in the drawing: tenths of the drawing's units, of the whole fold-out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkPlace {
    /// The view that it lies in.
    pub view: View,
    /// The zone that it lies in.
    pub zone: String,
    /// From the left.
    pub x: i32,
    /// From the top.
    pub y: i32,
}

/// What a photo shows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhotoSubject {
    /// A damage mark.
    Mark(EntryId),
    /// A zone of the car, or an area of the inspection.
    Zone(String),
    /// The dashboard: mileage, charge, lamps.
    Dashboard,
}

/// A picture as stored: what the tablet keeps and sends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// SHA-256 of the bytes.
    pub attachment: AttachmentId,
    /// Bytes.
    pub size: u32,
    /// Pixels, upright.
    pub width: u32,
    /// Pixels, upright.
    pub height: u32,
}

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
        last_odometer: Option<u32>,
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
}
}

/// What an answer answers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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
            | Self::PaperPrinted { .. } => return None,
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
        })
    }
}
