//! What the facts are made of: grades, damages and their places, what a photo shows.

use serde_json::Value;

use crate::diagram::{Body, View};
use crate::journal::{AttachmentId, EntryId};
use crate::record::{Fields, Kept, kept, misread, named, variant};

named! {
    /// A grade of an inspection item.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Grade {
        /// 良好
        Good = "good",
        /// 注意
        Attention = "attention",
        /// 异常
        Bad = "bad",
        /// 不适用
        NotApplicable = "not_applicable",
    }
}

named! {
    /// What kind of damage a mark shows.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum DamageKind {
        /// 划痕
        Scratch = "scratch",
        /// 凹陷
        Dent = "dent",
        /// 石击
        Chip = "chip",
        /// 裂纹
        Crack = "crack",
        /// 擦痕
        Scuff = "scuff",
        /// 缺件
        Missing = "missing",
    }
}

named! {
    /// How bad a damage is.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Severity {
        /// 轻微
        Light = "light",
        /// 较重
        Heavy = "heavy",
    }
}

named! {
    /// Whether a damage was there at an earlier visit.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Origin {
        /// 本次发现
        FoundNow = "found_now",
        /// 上次已有
        KnownBefore = "known_before",
        /// 已修复: it was there at an earlier visit and is no more.
        Repaired = "repaired",
    }
}

named! {
    /// What became of a mark of the last visit.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Seen {
        /// 还在
        StillThere = "still_there",
        /// 已修复
        Repaired = "repaired",
        /// 新伤: what is there now is another.
        New = "new",
    }
}

impl Seen {
    /// In the order of offering.
    pub const ALL: [Self; 3] = [Self::StillThere, Self::Repaired, Self::New];

    /// What the mark's origin is then.
    pub fn origin(self) -> Origin {
        match self {
            Self::StillThere => Origin::KnownBefore,
            Self::Repaired => Origin::Repaired,
            Self::New => Origin::FoundNow,
        }
    }
}

/// Where a mark stands in the drawing: tenths of the drawing's units, of the whole fold-out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkPlace {
    /// The view that it lies in.
    pub view: View,
    /// The zone that it lies in.
    pub zone: String,
    /// From the left.
    pub x: i32,
    /// From the top.
    pub y: i32,
    /// The drawing that it was set in; absent for that of the opening.
    pub body: Option<Body>,
}

kept!(MarkPlace { view, zone, x, y; body });

/// What a photo shows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PhotoSubject {
    /// A damage mark.
    Mark(EntryId),
    /// A zone of the car, or an area of the inspection.
    Zone(String),
    /// The dashboard: mileage, charge, lamps.
    Dashboard,
    /// A document received, by its catalogue id.
    Document(String),
    /// 授权书: what allows somebody to sign for the owner.
    Authority,
    /// What was shown to somebody who would not sign.
    Refusal,
    /// A concern of the customer.
    Concern(EntryId),
    /// 增项: what was found later. No photo of the check-in form.
    Addition(EntryId),
}

impl Kept for PhotoSubject {
    fn read(value: Value) -> Result<Self, serde_json::Error> {
        let (name, of) = Fields::of_variant(value)?;
        match name.as_str() {
            "mark" => Kept::read(of).map(Self::Mark),
            "zone" => Kept::read(of).map(Self::Zone),
            "document" => Kept::read(of).map(Self::Document),
            "concern" => Kept::read(of).map(Self::Concern),
            "addition" => Kept::read(of).map(Self::Addition),
            _ if !of.is_null() => misread("what a photo shows"),
            "dashboard" => Ok(Self::Dashboard),
            "authority" => Ok(Self::Authority),
            "refusal" => Ok(Self::Refusal),
            _ => misread("what a photo shows"),
        }
    }

    fn write(&self) -> Value {
        match self {
            Self::Mark(id) => variant("mark", id.write()),
            Self::Zone(id) => variant("zone", id.write()),
            Self::Dashboard => "dashboard".into(),
            Self::Document(id) => variant("document", id.write()),
            Self::Authority => "authority".into(),
            Self::Refusal => "refusal".into(),
            Self::Concern(id) => variant("concern", id.write()),
            Self::Addition(id) => variant("addition", id.write()),
        }
    }
}

/// A picture as stored: what the tablet keeps and sends.
#[derive(Clone, Debug, PartialEq, Eq)]
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

kept!(Picture { attachment, size, width, height });
