//! Reference data that a dealership may change: what is inspected and asked, its people, today's
//! appointments, the vehicles and customers it knows. Served as JSON and kept on the tablet.

mod guarantees;
mod inspection;
mod lists;
#[cfg(not(target_arch = "wasm32"))]
pub mod rows;
pub mod symptoms;
pub mod texts;
mod workshop;

pub use guarantees::{EarlierJob, Lasting, Promised, Recall};
pub use lists::{CABLE, LICENCE};
pub use symptoms::{Interview, Question};
pub use texts::{Passage, TextBlock, Versions};
pub use workshop::{AS_USUAL, Mechanic, SeasonPlan, WorkshopPlan};

use chrono::NaiveDate;

use crate::diagram::{Body, Side};
use crate::journal::StaffId;
use crate::locale::Language;
use crate::record::{kept, kept_within};
use crate::visit::customer::Salutation;
use crate::visit::order::Pricing;
use crate::visit::staff::Role;
use crate::visit::vehicle::{Energy, PlateColour};
use crate::visit::wheels::TyreLimits;

/// A word in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Label {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

kept!(Label { zh, en });

impl Label {
    /// The word in a language.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::ZhCn => &self.zh,
            Language::En => &self.en,
        }
    }
}

/// One of a list. Ids are retired, never renamed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Stands in journals.
    pub id: String,
    /// For people.
    pub label: Label,
}

kept!(Choice { id, label });

/// A zone of the car, or an area like the interior, with what is inspected there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InspectionGroup {
    /// A zone's id, `LFD`, or an area's, `interior`.
    pub id: String,
    /// Whether it is a zone of the drawing.
    pub zone: bool,
    /// 左前门
    pub label: Label,
    /// Ids are `group.item`.
    pub items: Vec<Choice>,
}

kept!(InspectionGroup { id, zone, label, items });

/// The dealership, as papers name it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dealership {
    /// Given by the server; empty until it is set up.
    pub id: String,
    /// 名称
    pub name: String,
    /// 地址
    pub address: String,
    /// 电话
    pub phone: String,
    /// 营业时间
    pub hours: String,
    /// Who answers about personal data.
    pub privacy_contact: String,
    /// The keyboard's preset, 粤.
    pub province: String,
    /// Minutes east of UTC: days and times are the dealership's, not the tablet's.
    pub utc_offset_minutes: i32,
}

kept!(Dealership { id, name, address, phone, hours, privacy_contact, province, utc_offset_minutes });

/// A person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffMember {
    /// Stands in entries.
    pub id: StaffId,
    /// 林晓彤
    pub name: String,
    /// What they do.
    pub role: Role,
}

kept!(StaffMember { id, name, role });

/// An appointment of today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appointment {
    /// The visit's dossier derives from it.
    pub id: String,
    /// Milliseconds since 1970 UTC.
    pub at: i64,
    /// Without the point.
    pub plate: String,
    /// 预约人
    pub name: String,
    /// 称呼
    pub salutation: Salutation,
    /// 电话
    pub phone: String,
    /// What is wanted, in a few words.
    pub wish: String,
    /// What was agreed on the telephone: the expected work, parts, waiting or coming back.
    pub agreed: Option<String>,
    /// Who expects them.
    pub advisor: StaffId,
}

kept!(Appointment { id, at, plate, name, salutation, phone, wish, agreed, advisor });

/// A day of the calendar, written `2026-03-18`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day(pub NaiveDate);

kept_within!(Day);

impl std::fmt::Display for Day {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(to)
    }
}

/// A vehicle that was here before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownVehicle {
    /// The vehicle's key.
    pub vin: String,
    /// Its plate when it was last here.
    pub plate: String,
    /// The plate's colour.
    pub plate_colour: PlateColour,
    /// 品牌车型
    pub model: String,
    /// 颜色
    pub colour: String,
    /// What drives it.
    pub energy: Energy,
    /// 购车日期
    pub purchased: Option<Day>,
    /// 家用
    pub private_use: bool,
    /// 上次到店
    pub last_visit: Option<Day>,
    /// km
    pub last_odometer: Option<u32>,
    /// 车主
    pub owner: String,
    /// 称呼
    pub salutation: Salutation,
    /// 电话
    pub phone: String,
    /// What to mention, such as work recommended and not done.
    pub remark: String,
    /// The drawing; nobody said for none.
    pub body: Option<Body>,
    /// Where the driver sits; on the left for none.
    pub steering: Option<Side>,
    /// 交车日期, where it is another day than that of the purchase.
    pub delivered: Option<Day>,
    /// 召回, open ones.
    pub recalls: Option<Vec<Recall>>,
    /// What was done to it here.
    pub jobs: Option<Vec<EarlierJob>>,
}

kept!(KnownVehicle {
    vin,
    plate,
    plate_colour,
    model,
    colour,
    energy,
    purchased,
    private_use,
    last_visit,
    last_odometer,
    owner,
    salutation,
    phone,
    remark,
    body,
    steering;
    delivered,
    recalls,
    jobs
});

/// Everything that a tablet needs to know beforehand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalogue {
    /// The dealership.
    pub dealership: Dealership,
    /// Its people.
    pub staff: Vec<StaffMember>,
    /// Zones in walking order, then areas.
    pub inspection: Vec<InspectionGroup>,
    /// 症状分类
    pub symptoms: Vec<Choice>,
    /// 三件套
    pub covers: Vec<Choice>,
    /// 警告灯
    pub lamps: Vec<Choice>,
    /// 随车物品
    pub belongings: Vec<Choice>,
    /// 留店证件
    pub documents: Vec<Choice>,
    /// Today's.
    pub appointments: Vec<Appointment>,
    /// The archive.
    pub vehicles: Vec<KnownVehicle>,
    /// Where a tyre is worn or old; none for the usual ones.
    pub tyres: Option<TyreLimits>,
    /// What is asked about each group of symptoms; none where the dealership has nothing of its own: then it
    /// is what the app's file says.
    pub interview: Option<Interview>,
    /// How it quotes; none for the usual way.
    pub pricing: Option<Pricing>,
    /// When the workshop works and who works there; none where nobody has said.
    pub workshop: Option<WorkshopPlan>,
    /// What makers promise beside the law; none where nobody has said.
    pub promised: Option<Vec<Promised>>,
    /// Contract terms and consents in its own words; none where it has only the app's.
    pub texts: Option<Vec<TextBlock>>,
}

kept!(Catalogue {
    dealership,
    staff,
    inspection,
    symptoms,
    covers,
    lamps,
    belongings,
    documents,
    appointments,
    vehicles,
    tyres,
    interview;
    pricing,
    workshop,
    promised,
    texts
});

impl Catalogue {
    /// The lists that every dealership begins with.
    pub fn standard() -> Self {
        Self {
            inspection: inspection::groups(),
            symptoms: lists::symptoms(),
            covers: lists::covers(),
            lamps: lists::lamps(),
            belongings: lists::belongings(),
            documents: lists::documents(),
            #[cfg(not(target_arch = "wasm32"))]
            interview: Some(Interview::standard()),
            #[cfg(not(target_arch = "wasm32"))]
            promised: Some(guarantees::usual()),
            ..Self::default()
        }
    }

    /// Whether the dealership has a name, which papers carry.
    pub fn is_set_up(&self) -> bool {
        !self.dealership.name.is_empty()
    }

    /// Ids of all inspection items, in order: what a visit pins.
    pub fn items(&self) -> Vec<String> {
        self.inspection.iter().flat_map(|group| &group.items).map(|item| item.id.clone()).collect()
    }

    /// A zone or area.
    pub fn group(&self, id: &str) -> Option<&InspectionGroup> {
        self.inspection.iter().find(|group| group.id == id)
    }

    /// 左前门, or the id where the catalogue no longer has it.
    pub fn group_label<'a>(&'a self, id: &'a str, language: Language) -> &'a str {
        self.group(id).map_or(id, |group| group.label.get(language))
    }

    /// 漆面, or the id where the catalogue no longer has it.
    pub fn item_label<'a>(&'a self, id: &'a str, language: Language) -> &'a str {
        let group = self.group(crate::visit::walkaround::group_of(id));
        let item = group.and_then(|group| group.items.iter().find(|item| item.id == id));
        item.map_or(id, |item| item.label.get(language))
    }

    /// A follow-up question; none where the dealership does not ask it.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.interview.as_ref()?.question(id)
    }

    /// What is asked about a group of symptoms, in the order of asking.
    pub fn questions(&self, symptom: Option<&str>) -> Vec<&Question> {
        self.interview.as_ref().map(|interview| interview.questions(symptom)).unwrap_or_default()
    }

    /// The person's name, or the id where the list no longer has them.
    pub fn staff_name<'a>(&'a self, id: &'a StaffId) -> &'a str {
        self.staff.iter().find(|member| member.id == *id).map_or(&id.0, |member| &member.name)
    }

    /// Vehicles whose plate begins so, or whose VIN ends so or is it; the whole plate first.
    pub fn known(&self, plate: &str, vin: &str) -> Vec<&KnownVehicle> {
        let plate_fits = |car: &&KnownVehicle| plate.chars().count() >= 4 && car.plate.starts_with(plate);
        let vin_fits = |car: &&KnownVehicle| vin.len() >= 6 && car.vin.ends_with(vin);
        let place = |car: &KnownVehicle| (car.plate != plate && car.vin != vin, car.plate.clone());
        let mut found: Vec<&KnownVehicle> = Vec::new();
        for car in self.vehicles.iter().filter(|car| plate_fits(car) || vin_fits(car)).take(6) {
            found.insert(found.partition_point(|other| place(other) <= place(car)), car);
        }
        found
    }
}

/// The label of a choice, or its id where the list no longer has it.
pub fn choice_label<'a>(list: &'a [Choice], id: &'a str, language: Language) -> &'a str {
    list.iter().find(|choice| choice.id == id).map_or(id, |choice| choice.label.get(language))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::diagram::zones;

    #[test]
    fn every_zone_of_every_drawing_is_inspected() {
        let catalogue = Catalogue::standard();
        let groups: BTreeSet<&str> =
            catalogue.inspection.iter().filter(|group| group.zone).map(|group| group.id.as_str()).collect();
        let drawn: BTreeSet<&str> = Body::ALL.into_iter().flat_map(zones).map(|zone| zone.id).collect();
        assert_eq!(groups, drawn);
    }

    #[test]
    fn there_are_about_120_items_with_ids_of_their_own_and_words_in_both_languages() {
        let catalogue = Catalogue::standard();
        let ids: BTreeSet<String> = catalogue.items().into_iter().collect();
        assert_eq!(ids.len(), catalogue.items().len());
        assert!((110..=130).contains(&ids.len()), "{}", ids.len());
        for group in &catalogue.inspection {
            for item in &group.items {
                assert_eq!(crate::visit::walkaround::group_of(&item.id), group.id);
                assert!(!item.label.zh.is_empty() && item.label.en.is_ascii(), "{}", item.id);
            }
        }
    }

    #[test]
    fn a_known_vehicle_is_found_by_the_beginning_of_its_plate_and_the_end_of_its_vin() {
        let today = NaiveDate::from_ymd_opt(2026, 3, 18).expect("a date");
        let catalogue = crate::demo::demo(today, 480);
        assert_eq!(catalogue.known("粤BD12345", "")[0].owner, "陈志远");
        assert!(catalogue.known("粤BD1", "").iter().any(|car| car.owner == "陈志远"));
        assert_eq!(catalogue.known("", "138126")[0].owner, "陈志远");
        assert!(catalogue.known("粤", "").is_empty());
    }
}
