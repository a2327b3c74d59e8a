//! Where the archive says otherwise than what was just read or said: side by side, taken or kept. Both
//! are answers, so that the paper can say what was kept.

use super::customer::{PersonName, Phone};
use super::people::PersonRole;
use super::vehicle::{Plate, PlateNumber, Vin};
use super::{Change, Identified, Key, Visit};
use crate::catalogue::{Catalogue, KnownVehicle};
use crate::journal::Personal;
use crate::record::named;

named! {
    /// What can differ.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
    pub enum ArchiveField {
        /// 车牌: the archive knows this VIN under another plate.
        Plate = "plate",
        /// 车架号: the archive knows this plate on another car.
        Vin = "vin",
        /// 车型
        Model = "model",
        /// 颜色
        Colour = "colour",
        /// 车主
        Owner = "owner",
        /// 车主电话
        Phone = "phone",
        /// 里程: less than the archive's, with the reason that was given. Nothing to take.
        Odometer = "odometer",
    }
}

impl ArchiveField {
    /// In the order of showing.
    pub const ALL: [Self; 7] =
        [Self::Plate, Self::Vin, Self::Model, Self::Colour, Self::Owner, Self::Phone, Self::Odometer];
}

/// One difference.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Of what.
    pub field: ArchiveField,
    /// What the archive says.
    pub archive: String,
    /// What was read or said.
    pub now: String,
    /// Whether somebody kept what was read.
    pub kept: bool,
}

impl Difference {
    /// What was read stands, and the archive's is noted.
    pub fn keep(&self) -> Vec<Change> {
        vec![self.settled(false)]
    }

    fn settled(&self, taken: bool) -> Change {
        Change::ArchiveSettled { field: self.field, archive: self.archive.clone().into(), taken }
    }

    /// The archive's value becomes the answer.
    pub fn take(&self, visit: &Visit, car: &KnownVehicle) -> Vec<Change> {
        let role = PersonRole::Owner;
        let alone = visit.owner_brings_it();
        let identified = |change: fn(&mut Identified, &KnownVehicle)| {
            visit.vehicle().map(|mut now| {
                change(&mut now, car);
                Change::from(now)
            })
        };
        let change = match self.field {
            ArchiveField::Plate => PlateNumber::read(&car.plate).value().map(|number| {
                let plate = Plate::Number { number, colour: car.plate_colour };
                Change::PlateRead { plate: plate.into() }
            }),
            ArchiveField::Vin => Vin::read(&car.vin).value().map(|vin| Change::VinRead { vin: vin.into() }),
            ArchiveField::Model => identified(|now, car| now.model = car.model.clone()),
            ArchiveField::Colour => identified(|now, car| now.colour = car.colour.clone()),
            ArchiveField::Owner => PersonName::read(&car.owner).value().map(|name| match alone {
                true => Change::CustomerNamed { name: name.into() },
                false => Change::PersonNamed { role, name: name.into() },
            }),
            ArchiveField::Phone => Phone::read(&car.phone).value().map(|phone| match alone {
                true => Change::PhoneGiven { phone: phone.into() },
                false => Change::PersonPhoned { role, phone: phone.into() },
            }),
            ArchiveField::Odometer => return Vec::new(),
        };
        change.into_iter().chain([self.settled(true)]).collect()
    }
}

impl From<Identified> for Change {
    fn from(car: Identified) -> Self {
        Self::VehicleIdentified {
            model: car.model,
            colour: car.colour,
            energy: car.energy,
            purchased: car.purchased,
            private_use: car.private_use,
            last_visit: car.last_visit,
            last_odometer: car.last_odometer,
            delivered: car.delivered,
        }
    }
}

impl Visit {
    /// The archive's car: the VIN is its key, a plate may have moved to another.
    pub fn archived<'a>(&self, catalogue: &'a Catalogue) -> Option<&'a KnownVehicle> {
        let vin = self.vin().map(ToString::to_string);
        let plate = self.plate().and_then(Plate::number).map(PlateNumber::as_str);
        let by = |fits: &dyn Fn(&&KnownVehicle) -> bool| catalogue.vehicles.iter().find(fits);
        by(&|car| vin.as_ref() == Some(&car.vin)).or_else(|| by(&|car| plate == Some(&car.plate)))
    }

    /// What stands now, as the archive would write it; none where nothing is known yet.
    fn stands(&self, field: ArchiveField) -> Option<String> {
        let text = match field {
            ArchiveField::Plate => self.plate()?.number()?.as_str().to_owned(),
            ArchiveField::Vin => self.vin()?.to_string(),
            ArchiveField::Model => self.vehicle()?.model,
            ArchiveField::Colour => self.vehicle()?.colour,
            ArchiveField::Owner => self.owner().name?.to_string(),
            ArchiveField::Phone => self.owner().phone?.to_string(),
            ArchiveField::Odometer => self.odometer()?.0.to_string(),
        };
        Some(text).filter(|text| !text.is_empty())
    }

    /// The last known mileage in km: as it was taken over, or as the archive has it.
    pub fn last_known_km(&self, catalogue: &Catalogue) -> Option<u32> {
        let taken_over = self.vehicle().and_then(|car| car.last_odometer);
        taken_over.or_else(|| self.archived(catalogue).and_then(|car| car.last_odometer))
    }

    fn kept(&self, field: ArchiveField) -> Option<&Personal<String>> {
        match self.journal.answer(&Key::Archive(field)) {
            Some(Change::ArchiveSettled { archive, taken: false, .. }) => Some(archive),
            _ => None,
        }
    }

    /// Where the archive says otherwise.
    pub fn differences(&self, catalogue: &Catalogue) -> Vec<Difference> {
        let Some(car) = self.archived(catalogue) else { return Vec::new() };
        let phone = Phone::read(&car.phone).value().map(|phone| phone.to_string());
        let less = self.odometer().filter(|(km, _)| car.last_odometer.is_some_and(|last| *km < last));
        let last = less.as_ref().and(car.last_odometer).map(|km| km.to_string());
        ArchiveField::ALL
            .into_iter()
            .filter_map(|field| {
                let archive = match field {
                    ArchiveField::Plate => &car.plate,
                    ArchiveField::Vin => &car.vin,
                    ArchiveField::Model => &car.model,
                    ArchiveField::Colour => &car.colour,
                    ArchiveField::Owner => &car.owner,
                    ArchiveField::Phone => phone.as_ref()?,
                    ArchiveField::Odometer => last.as_ref()?,
                };
                let now = self.stands(field).filter(|now| now != archive && !archive.is_empty())?;
                // A decision holds for what was decided on: the archive may say something else by now.
                let decided = self.kept(field).and_then(|kept| kept.value()) == Some(archive);
                let reason = less.as_ref().is_some_and(|(_, reason)| reason.is_some());
                let kept = decided || (field == ArchiveField::Odometer && reason);
                Some(Difference { field, archive: archive.clone(), now, kept })
            })
            .collect()
    }

    /// Differences in which what was read was kept, with what the archive said.
    pub fn kept_differences(&self) -> Vec<(ArchiveField, Personal<String>)> {
        let kept = ArchiveField::ALL.into_iter().filter_map(|field| {
            let archive = self.kept(field)?;
            (self.stands(field).as_ref() != archive.value()).then(|| (field, archive.clone()))
        });
        kept.collect()
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::super::customer::Relation;
    use super::super::tests::{Tablet, name, ready};
    use super::*;

    fn archive() -> Catalogue {
        crate::demo::demo(NaiveDate::from_ymd_opt(2026, 3, 18).expect("a day"), 480)
    }

    /// The demo's car as it stands in the archive, and the tablet that took it in.
    fn known() -> (Tablet, Visit) {
        let mut tablet = Tablet::new(1);
        let mut visit = ready(&mut tablet);
        let car = visit.vehicle().expect("it is known");
        let model = "比亚迪 汉 EV 2023 款".into();
        let vin = visit.archived(&archive()).expect("the plate is known").vin.clone();
        tablet.write(&mut visit, Change::from(Identified { model, ..car }));
        tablet.write(&mut visit, Change::VinRead { vin: Vin::read(&vin).value().expect("a VIN").into() });
        (tablet, visit)
    }

    fn fields(visit: &Visit) -> Vec<ArchiveField> {
        visit
            .differences(&archive())
            .into_iter()
            .filter(|found| !found.kept)
            .map(|found| found.field)
            .collect()
    }

    fn colour(visit: &Visit, colour: &str) -> Change {
        Change::from(Identified { colour: colour.into(), ..visit.vehicle().expect("a car") })
    }

    #[test]
    fn a_car_as_the_archive_has_it_differs_in_nothing() {
        assert_eq!(fields(&known().1), []);
    }

    #[test]
    fn what_differs_is_kept_or_taken_and_both_are_answers() {
        let (mut tablet, mut visit) = known();
        let white = colour(&visit, "白");
        tablet.write(&mut visit, white);
        tablet.write(&mut visit, Change::CustomerNamed { name: name("李强").into() });
        assert_eq!(fields(&visit), [ArchiveField::Colour, ArchiveField::Owner]);
        let found = visit.differences(&archive());
        assert_eq!((found[0].archive.as_str(), found[0].now.as_str()), ("时光灰", "白"));
        for change in found[0].keep() {
            tablet.write(&mut visit, change);
        }
        let car = visit.archived(&archive()).expect("known").clone();
        for change in found[1].take(&visit, &car) {
            tablet.write(&mut visit, change);
        }
        assert_eq!(fields(&visit), []);
        assert_eq!(visit.customer().expect("a name").to_string(), "陈志远");
        let kept = visit.kept_differences();
        assert_eq!(kept.len(), 1);
        assert_eq!(
            (kept[0].0, kept[0].1.value().map(String::as_str)),
            (ArchiveField::Colour, Some("时光灰"))
        );
        // Corrected to what the archive says after all: nothing differs, and nothing was kept.
        let grey = colour(&visit, "时光灰");
        tablet.write(&mut visit, grey);
        assert_eq!(visit.kept_differences(), []);
    }

    #[test]
    fn a_plate_on_another_car_and_a_car_under_another_plate_are_asked_for() {
        let (mut tablet, mut visit) = known();
        let other = Vin::read("LFV3A28W8N3012345").value().expect("a VIN");
        tablet.write(&mut visit, Change::VinRead { vin: other.into() });
        assert_eq!(fields(&visit), [ArchiveField::Vin]);
        let (mut tablet, mut visit) = known();
        let number = PlateNumber::read("粤BD54321").value().expect("a plate");
        let plate = Plate::Number { number, colour: crate::visit::vehicle::PlateColour::Green };
        tablet.write(&mut visit, Change::PlateRead { plate: plate.into() });
        assert_eq!(fields(&visit), [ArchiveField::Plate]);
    }

    #[test]
    fn a_mileage_below_the_archives_stands_beside_it_and_at_it_does_not() {
        let (mut tablet, mut visit) = known();
        assert_eq!(visit.last_known_km(&archive()), Some(31_905));
        tablet.write(&mut visit, Change::OdometerRead { km: 31_905, reason: None });
        assert_eq!(visit.differences(&archive()), []);
        let reason = Some(crate::visit::vehicle::OdometerReason::MeterReplaced);
        tablet.write(&mut visit, Change::OdometerRead { km: 31_904, reason });
        let found = visit.differences(&archive());
        let [found] = &found[..] else { panic!("{found:?} of {:?}", visit.odometer()) };
        assert_eq!((found.archive.as_str(), found.now.as_str()), ("31905", "31904"));
        assert!(found.kept, "the reason is the decision");
    }

    #[test]
    fn who_brings_the_car_is_not_held_against_the_owner() {
        let (mut tablet, mut visit) = known();
        for change in visit.brought_by(Relation::Driver) {
            tablet.write(&mut visit, change);
        }
        tablet.write(&mut visit, Change::CustomerNamed { name: name("李强").into() });
        assert_eq!(fields(&visit), []);
        let role = PersonRole::Owner;
        tablet.write(&mut visit, Change::PersonNamed { role, name: name("陈致远").into() });
        let found = visit.differences(&archive());
        let car = visit.archived(&archive()).expect("known").clone();
        for change in found[0].take(&visit, &car) {
            tablet.write(&mut visit, change);
        }
        assert_eq!(visit.owner().name.expect("a name").to_string(), "陈志远");
        assert_eq!(visit.customer().expect("a name").to_string(), "李强");
    }
}
