//! A visit: its journal read as the trade's facts, and the rules for writing the next one. Pure.

pub mod addition;
pub mod archive;
pub mod car;
pub mod change;
pub mod check_in;
pub mod consents;
pub mod covered;
pub mod customer;
mod initials;
pub mod interview;
mod lane;
pub mod minutes;
pub mod old_parts;
pub mod order;
pub mod part;
pub mod people;
pub mod photos;
mod question;
pub mod recording;
mod row;
mod search;
pub mod service;
pub mod signature;
pub mod signing;
pub mod staff;
pub mod variants;
pub mod vehicle;
pub mod walkaround;
pub mod wheels;
pub mod work_order;
pub mod workshop;

use std::collections::BTreeSet;

pub use crate::diagram::{Body, Side};
use crate::journal::{AttachmentId, DossierId, Journal, Personal, StaffId};
pub use change::{Change, DamageKind, Grade, Key, MarkPlace, Origin, PhotoSubject, Picture, Seen, Severity};
use customer::{PersonName, Phone, Relation, Salutation};
pub use initials::initials;
pub use interview::Concern;
pub use lane::{by_day, queue_number};
pub use photos::Photo;
pub use question::Question;
pub use row::{Stage, VisitRow, search_form};
pub use search::{Searchable, Searched};
use vehicle::{Charge, Charging, Energy, Fuel, KeyAccess, OdometerReason, Plate, PortFlap, Vin};

#[cfg(test)]
pub(crate) mod tests;

/// A visit, folded.
#[derive(Clone)]
pub struct Visit {
    /// The journal; what the visit says is read from it.
    pub journal: Journal<Change>,
}

/// What the opening says.
#[derive(Clone, Debug, PartialEq)]
pub struct Opening {
    /// The paper's number.
    pub number: String,
    /// The appointment.
    pub appointment: Option<String>,
    /// Arrival, milliseconds since 1970 UTC.
    pub arrived: i64,
    /// The drawing.
    pub body: Body,
}

/// What the archive said of the vehicle when it was taken over.
#[derive(Clone, Debug, PartialEq)]
pub struct Identified {
    /// 品牌车型
    pub model: String,
    /// 颜色
    pub colour: String,
    /// What drives it.
    pub energy: Energy,
    /// 购车日期
    pub purchased: Option<String>,
    /// 家用
    pub private_use: bool,
    /// The archive's last visit.
    pub last_visit: Option<String>,
    /// The archive's last mileage in km.
    pub last_odometer: Option<u32>,
    /// 交车日期, where it is another day than that of the purchase.
    pub delivered: Option<String>,
}

/// Reads one field of the answer to a key.
macro_rules! answered {
    ($visit:expr, $key:expr, $variant:ident, $field:ident) => {
        match $visit.journal.answer(&$key) {
            Some(Change::$variant { $field, .. }) => Some($field),
            _ => None,
        }
    };
}
use answered;

impl Visit {
    /// A visit of which nothing is known yet.
    pub fn new(dossier: DossierId) -> Self {
        Self { journal: Journal::new(dossier) }
    }

    /// The first opening; another tablet's adds its items only.
    pub fn opening(&self) -> Option<Opening> {
        self.journal.additions().find_map(|(_, fact)| match fact {
            Change::VisitOpened { number, appointment, arrived, body, .. } => Some(Opening {
                number: number.clone(),
                appointment: appointment.clone(),
                arrived: *arrived,
                body: *body,
            }),
            _ => None,
        })
    }

    /// The inspection items pinned at the opening, in their order; of two openings the union. What
    /// another body has and this one has not, such as a cargo bed, is none of this car's.
    pub fn items(&self) -> Vec<&str> {
        let elsewhere = crate::diagram::zones_elsewhere(self.body());
        let mut seen = BTreeSet::new();
        let lists = self.journal.additions().filter_map(|(_, fact)| match fact {
            Change::VisitOpened { items, .. } => Some(items),
            _ => None,
        });
        let own = |item: &&str| !elsewhere.contains(&walkaround::group_of(item));
        lists.flatten().map(String::as_str).filter(|item| own(item) && seen.insert(*item)).collect()
    }

    /// 车牌
    pub fn plate(&self) -> Option<&Plate> {
        answered!(self, Key::Plate, PlateRead, plate)?.value()
    }

    /// 车架号
    pub fn vin(&self) -> Option<&Vin> {
        answered!(self, Key::Vin, VinRead, vin)?.value()
    }

    /// 车型, 颜色 and what the archive knew.
    pub fn vehicle(&self) -> Option<Identified> {
        match self.journal.answer(&Key::Vehicle)? {
            Change::VehicleIdentified {
                model,
                colour,
                energy,
                purchased,
                private_use,
                last_visit,
                last_odometer,
                delivered,
            } => Some(Identified {
                model: model.clone(),
                colour: colour.clone(),
                energy: *energy,
                purchased: purchased.clone(),
                private_use: *private_use,
                last_visit: last_visit.clone(),
                last_odometer: *last_odometer,
                delivered: delivered.clone(),
            }),
            _ => None,
        }
    }

    /// 送修人
    pub fn customer(&self) -> Option<&PersonName> {
        answered!(self, Key::Customer, CustomerNamed, name)?.value()
    }

    /// 电话
    pub fn phone(&self) -> Option<&Phone> {
        answered!(self, Key::Phone, PhoneGiven, phone)?.value()
    }

    /// 称呼
    pub fn salutation(&self) -> Option<Salutation> {
        answered!(self, Key::Salutation, SalutationChosen, salutation).copied()
    }

    /// 与车主关系
    pub fn relation(&self) -> Option<Relation> {
        answered!(self, Key::Relation, RelationGiven, relation).copied()
    }

    /// Whether a cover is placed.
    pub fn cover(&self, id: &str) -> bool {
        answered!(self, Key::Cover(id.into()), CoverPlaced, placed).copied().unwrap_or_default()
    }

    /// 里程 in km, with the reason where it is below the last known one.
    pub fn odometer(&self) -> Option<(u32, Option<OdometerReason>)> {
        match self.journal.answer(&Key::Odometer)? {
            Change::OdometerRead { km, reason } => Some((*km, reason.clone())),
            _ => None,
        }
    }

    /// 油量
    pub fn fuel(&self) -> Option<Fuel> {
        answered!(self, Key::Fuel, FuelRead, fuel).copied()
    }

    /// 电量
    pub fn charge(&self) -> Option<Charge> {
        answered!(self, Key::Charge, ChargeRead, charge).copied()
    }

    /// Whether a dashboard lamp is lit.
    pub fn lamp(&self, id: &str) -> bool {
        answered!(self, Key::Lamp(id.into()), LampSeen, lit).copied().unwrap_or_default()
    }

    /// Whether somebody looked at the dashboard.
    pub fn dashboard_checked(&self) -> bool {
        answered!(self, Key::Dashboard, DashboardChecked, checked).copied().unwrap_or_default()
    }

    /// 钥匙 taken.
    pub fn keys_taken(&self) -> Option<u8> {
        answered!(self, Key::Keys, KeysTaken, count).copied()
    }

    /// Whether the car can be opened so.
    pub fn access_given(&self, access: KeyAccess) -> bool {
        answered!(self, Key::Access(access), AccessGiven, given).copied().unwrap_or_default()
    }

    /// 充电线 taken.
    pub fn cables_taken(&self) -> Option<u8> {
        answered!(self, Key::Cables, CablesTaken, count).copied()
    }

    /// 充电口盖
    pub fn port_flap(&self) -> Option<PortFlap> {
        answered!(self, Key::PortFlap, PortFlapSeen, flap).copied()
    }

    /// Whether the car may be charged here.
    pub fn charging(&self) -> Option<Charging> {
        answered!(self, Key::Charging, ChargingAgreed, charging).copied()
    }

    /// Whether a document was taken.
    pub fn document(&self, id: &str) -> bool {
        answered!(self, Key::Document(id.into()), DocumentTaken, taken).copied().unwrap_or_default()
    }

    /// Whether a belonging is in the car; `None` where nobody said.
    pub fn belonging(&self, id: &str) -> Option<bool> {
        answered!(self, Key::Belonging(id.into()), BelongingSeen, present).copied()
    }

    /// Whether the customer was reminded of valuables.
    pub fn valuables_reminded(&self) -> bool {
        answered!(self, Key::ValuablesReminder, ValuablesReminded, reminded).copied().unwrap_or_default()
    }

    /// Valuables left, in words.
    pub fn valuables_left(&self) -> Option<&Personal<String>> {
        answered!(self, Key::ValuablesLeft, ValuablesLeft, what)
    }

    /// 服务顾问 in charge.
    pub fn advisor(&self) -> Option<&StaffId> {
        answered!(self, Key::Advisor, AdvisorAssigned, advisor)
    }

    /// Why it was cancelled, if it is.
    pub fn cancelled(&self) -> Option<&Personal<String>> {
        answered!(self, Key::Cancelled, VisitCancelled, reason)?.as_ref()
    }

    /// Every attachment that the visit names and that is not erased: thumbnails first, then papers, then
    /// pictures, recordings last.
    pub fn attachments(&self) -> Vec<AttachmentId> {
        let photos: Vec<_> = self.taken().collect();
        let sheets: Vec<_> = self.signed_check_ins().into_iter().filter_map(|paper| paper.by_hand).collect();
        let thumbnails = photos.iter().map(|photo| photo.shown.1.attachment);
        let thumbnails = thumbnails.chain(sheets.iter().map(|(_, thumbnail)| thumbnail.attachment));
        let pictures = photos.iter().map(|photo| photo.shown.0.attachment);
        let pictures = pictures.chain(sheets.iter().map(|(picture, _)| picture.attachment));
        // What is drawn upon stays as it was taken, beside what is shown.
        let drawn_upon = photos.iter().filter(|photo| photo.original.0 != photo.shown.0);
        let pictures = pictures.chain(drawn_upon.map(|photo| photo.original.0.attachment));
        let recordings = self.recordings().into_iter().map(|recording| recording.attachment);
        let named = thumbnails.chain(self.paper_attachments()).chain(pictures).chain(recordings);
        named.filter(|id| !self.journal.erased_attachments().contains(id)).collect()
    }

    /// Keys to which two answers stand; no paper can be signed over one that it contains.
    pub fn two_answers(&self) -> Vec<Key> {
        let keys = self.journal.keys_answered_again().filter(|key| {
            // Only more than one unreplaced answer can differ.
            self.journal.unreplaced(key).len() > 1 && self.journal.answers(key).len() > 1
        });
        keys.cloned().collect()
    }
}

/// The check that a reading needs a reason, and the change that it makes.
///
/// # Errors
/// [`NeedsReason`] where the reading is below the last known one and no reason is given.
pub fn odometer_read(
    km: u32,
    reason: Option<OdometerReason>,
    last: Option<u32>,
) -> Result<Change, NeedsReason> {
    match last {
        Some(last) if km < last && reason.is_none() => Err(NeedsReason { last }),
        _ => Ok(Change::OdometerRead { km, reason }),
    }
}

/// The odometer shows less than it did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NeedsReason {
    /// The last known reading in km.
    pub last: u32,
}
