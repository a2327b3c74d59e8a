//! The check-in form's sheet: every word, in each language that may be printed.

mod concerns;
mod people;

use crate::catalogue::{Catalogue, Choice, Passage, choice_label};
use crate::diagram::{Body, Side};
use crate::journal::AttachmentId;
use crate::locale::Language;
use crate::record::kept;
use crate::visit::customer::Salutation;
use crate::visit::signature::SignedAs;
use crate::visit::vehicle::{KeyAccess, Plate};
use crate::visit::{DamageKind, Grade, Origin, Photo, PhotoSubject, Severity, Visit};
use people::{archive_field, belonging, charging_fields, document, people_fields};

/// An option that is printed whether chosen or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tick {
    /// 三角警示牌
    pub label: String,
    /// Whether its box has a tick.
    pub chosen: bool,
}

kept!(Tick { label, chosen });

/// A mark as the drawing and the list show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetMark {
    /// From 1.
    pub number: usize,
    /// Tenths of the drawing's units.
    pub x: i32,
    /// Tenths of the drawing's units.
    pub y: i32,
    /// The glyph.
    pub kind: DamageKind,
    /// Open or black disc.
    pub severity: Severity,
    /// Whole or dashed disc.
    pub origin: Origin,
}

kept!(SheetMark { number, x, y, kind, severity, origin });

/// A photo on the paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetPhoto {
    /// The picture, at most 2,048 px.
    pub attachment: AttachmentId,
    /// Its thumbnail.
    pub thumbnail: AttachmentId,
}

kept!(SheetPhoto { attachment, thumbnail });

/// The words of one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SheetText {
    /// Address and phone.
    pub shop: String,
    /// `到店 2026-03-18 10:26`
    pub arrived: String,
    /// Who and car: label and value.
    pub vehicle: Vec<(String, String)>,
    /// Mileage, fuel, charge, lamps: label and value.
    pub condition: Vec<(String, String)>,
    /// 防护
    pub covers: Vec<Tick>,
    /// One per mark: title and details.
    pub marks: Vec<(String, String)>,
    /// What was looked at, what was found, what nobody looked at.
    pub findings: Vec<String>,
    /// One per photo.
    pub photos: Vec<String>,
    /// 随车物品
    pub belongings: Vec<Tick>,
    /// 贵重物品
    pub valuables: String,
    /// 留店
    pub kept: Vec<Tick>,
    /// Verbatim, one per concern, in order of weight.
    pub concerns: Vec<String>,
    /// What was asked about each, one per concern; absent where nothing was.
    pub asked: Option<Vec<String>>,
    /// The notice on personal data.
    pub notice: String,
    /// The sentence above the signatures; [`Language::PAGES`] stands for the number of pages.
    pub consent: String,
    /// Who signs: role and name.
    pub signer: (String, String),
    /// Who countersigns: role and name.
    pub advisor: (String, String),
    /// What the authority of one who signs for the owner rests on.
    pub authority: Option<String>,
    /// Why nobody signed, whether the text was read out, the photo's number.
    pub refusal: Option<String>,
}

kept!(SheetText {
    shop, arrived, vehicle, condition, covers, marks, findings, photos, belongings, valuables, kept,
    concerns, notice, consent, signer, advisor;
    asked, authority, refusal
});

/// The plate with its point, or `无牌`; nothing where nobody has read it.
pub(super) fn plate_shown(visit: &Visit) -> String {
    match visit.plate() {
        Some(Plate::Number { number, .. } | Plate::Temporary { number, .. }) => number.to_string(),
        Some(Plate::None { .. }) => Language::ZhCn.no_plate().to_owned(),
        None => String::new(),
    }
}

/// The check-in form as it was shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// The layout's own number.
    pub layout: u32,
    /// The dealership's name.
    pub shop: String,
    /// The paper's number.
    pub number: String,
    /// With its point; `无牌` where there is none.
    pub plate: String,
    /// The last day of a temporary plate.
    pub plate_until: Option<String>,
    /// Whether there is no plate.
    pub without_plate: bool,
    /// In 3 6 2 6.
    pub vin: String,
    /// The drawing.
    pub body: Body,
    /// Where the driver sits; absent on papers of before it was asked.
    pub steering: Option<Side>,
    /// Marks.
    pub marks: Vec<SheetMark>,
    /// Zones that nobody looked at.
    pub unlooked: Vec<String>,
    /// Photos.
    pub photos: Vec<SheetPhoto>,
    /// Minutes east of UTC of the times on it.
    pub utc_offset_minutes: i32,
    /// 中文
    pub zh: SheetText,
    /// English
    pub en: SheetText,
}

kept!(Sheet {
    layout, shop, number, plate, without_plate, vin, body, marks, unlooked, photos, utc_offset_minutes, zh,
    en;
    plate_until, steering
});

impl Sheet {
    /// The sheet as the visit stands.
    pub fn of(visit: &Visit, catalogue: &Catalogue) -> Self {
        let opening = visit.opening();
        let body = visit.body();
        let plate = visit.plate();
        let marks = visit.marks();
        let zones = crate::diagram::zones(body);
        let looked = visit.looked();
        let unlooked = looked.iter().filter(|(zone, looked)| {
            looked.graded == 0
                && zones.iter().any(|shape| shape.id == zone)
                && !marks.iter().any(|mark| mark.place.zone == *zone)
        });
        Self {
            layout: 1,
            shop: catalogue.dealership.name.clone(),
            number: opening.map(|opening| opening.number).unwrap_or_default(),
            plate: plate_shown(visit),
            plate_until: plate.and_then(Plate::until).map(|day| day.to_string()),
            without_plate: plate.is_none_or(|plate| plate.number().is_none()),
            vin: visit.vin().map(|vin| vin.grouped()).unwrap_or_default(),
            body,
            steering: Some(visit.steering()),
            marks: marks
                .iter()
                .map(|mark| SheetMark {
                    number: mark.number,
                    x: mark.place.x,
                    y: mark.place.y,
                    kind: mark.kind,
                    severity: mark.severity,
                    origin: mark.origin,
                })
                .collect(),
            unlooked: unlooked.map(|(zone, _)| zone.clone()).collect(),
            photos: visit
                .form_photos()
                .iter()
                .map(|photo| SheetPhoto {
                    attachment: photo.picture.attachment,
                    thumbnail: photo.thumbnail.attachment,
                })
                .collect(),
            utc_offset_minutes: catalogue.dealership.utc_offset_minutes,
            zh: text(Language::ZhCn, visit, catalogue),
            en: text(Language::En, visit, catalogue),
        }
    }

    /// The words of a language.
    pub fn text(&self, language: Language) -> &SheetText {
        match language {
            Language::ZhCn => &self.zh,
            Language::En => &self.en,
        }
    }
}

fn text(language: Language, visit: &Visit, catalogue: &Catalogue) -> SheetText {
    let t = language;
    let shop = &catalogue.dealership;
    let offset = shop.utc_offset_minutes;
    let opening = visit.opening();
    let comma = t.pick("，", ", ");
    let ticks = |list: &[Choice], chosen: &dyn Fn(&str) -> bool| -> Vec<Tick> {
        list.iter()
            .map(|choice| Tick { label: choice.label.get(t).into(), chosen: chosen(&choice.id) })
            .collect()
    };
    let mut kept = vec![match visit.keys_taken() {
        Some(count) if count > 0 => Tick {
            label: match t {
                Language::ZhCn => format!("钥匙 {count} 把"),
                Language::En => format!("Keys: {count}"),
            },
            chosen: true,
        },
        _ => Tick { label: t.keys().into(), chosen: false },
    }];
    let given = KeyAccess::ALL.into_iter().filter(|access| visit.access_given(*access));
    kept.extend(given.map(|access| Tick { label: t.access_word(access).into(), chosen: true }));
    kept.extend(catalogue.documents.iter().map(|choice| document(t, visit, choice)));
    let left = visit.valuables_left().and_then(|left| left.value()).filter(|left| !left.is_empty());
    let signer = visit.signer().and_then(|signer| signer.person.name).map(ToString::to_string);
    let signed_as = visit.signs_as();
    let standing = visit.standing_concerns();
    let asked: Vec<String> =
        standing.iter().map(|concern| concerns::asked(t, visit, concern, catalogue)).collect();
    SheetText {
        shop: format!("{}{}{} {}", shop.address, t.pick("　", "  "), t.phone(), shop.phone),
        arrived: opening
            .map(|opening| format!("{} {}", t.pick("到店", "Arrived"), t.date_time(opening.arrived, offset)))
            .unwrap_or_default(),
        vehicle: vehicle_fields(t, visit, catalogue),
        condition: condition_fields(t, visit, catalogue),
        covers: ticks(&catalogue.covers, &|id| visit.cover(id)),
        marks: marks_text(t, visit, catalogue),
        findings: findings(t, visit, catalogue),
        photos: photo_captions(t, visit, catalogue, offset),
        belongings: catalogue.belongings.iter().map(|choice| belonging(t, visit, choice)).collect(),
        valuables: format!(
            "{}{comma}{}{}{}",
            t.pick("已提醒自行保管", "reminded to take them"),
            t.pick("交店保管", "left with us"),
            t.pick("：", ": "),
            left.map_or(t.nothing(), String::as_str)
        ),
        kept,
        concerns: standing.iter().map(|concern| concerns::words(t, concern, catalogue)).collect(),
        asked: asked.iter().any(|asked| !asked.is_empty()).then_some(asked),
        notice: catalogue
            .words(t, Passage::PrivacyNotice, t.privacy_notice())
            .replace("{contact}", &shop.privacy_contact)
            .replace("{hours}", &shop.hours),
        consent: {
            let (marks, photos) = (visit.marks().len(), visit.form_photos().len());
            match catalogue.wording(Passage::CheckInConsent) {
                Some(own) => t.own_consent_to(own.text.get(t), marks, photos),
                None => t.consent_to(marks, photos),
            }
        },
        signer: (t.signed_as(signed_as).into(), signer.unwrap_or_default()),
        advisor: (
            t.advisor().into(),
            visit.advisor().map(|id| catalogue.staff_name(id).to_owned()).unwrap_or_default(),
        ),
        authority: (signed_as == SignedAs::Authorised).then(|| super::refusal::authority(t, visit)),
        refusal: None,
    }
}

fn vehicle_fields(t: Language, visit: &Visit, catalogue: &Catalogue) -> Vec<(String, String)> {
    let comma = t.pick("，", ", ");
    let mut name = visit.customer().map(ToString::to_string).unwrap_or_default();
    if let Some(salutation) = visit.salutation().filter(|salutation| *salutation != Salutation::None) {
        name = match t {
            Language::ZhCn => format!("{name} {}", t.salutation_word(salutation)),
            Language::En => format!("{} {name}", t.salutation_word(salutation)),
        };
    }
    if let Some(relation) = visit.relation() {
        name = format!("{name}{comma}{}", t.relation_word(relation));
    }
    let phone = visit.phone().map(|phone| phone.grouped()).unwrap_or_default();
    let vehicle = visit.vehicle();
    let model = vehicle.as_ref().map(|car| format!("{}{comma}{}", car.model, car.colour)).unwrap_or_default();
    let mut fields = Vec::new();
    if let Some(Plate::None { reason }) = visit.plate() {
        fields.push((t.plate().to_owned(), format!("{}{comma}{}", t.no_plate(), t.no_plate_reason(*reason))));
    }
    fields.extend([(t.customer().to_owned(), name), (t.phone().to_owned(), phone)]);
    fields.extend(people_fields(t, visit));
    fields.push((t.model().to_owned(), model));
    if let Some(bought) = vehicle.as_ref().and_then(|car| car.purchased.clone()) {
        let private = vehicle.as_ref().is_some_and(|car| car.private_use);
        let bought = if private { format!("{bought}{comma}{}", t.private_use()) } else { bought };
        fields.push((t.purchased().to_owned(), bought));
    }
    let advisor = visit.advisor().map(|id| catalogue.staff_name(id).to_owned()).unwrap_or_default();
    fields.push((t.advisor().to_owned(), advisor));
    if let Some(last) = vehicle.as_ref().and_then(|car| car.last_visit.clone()) {
        let km = vehicle.and_then(|car| car.last_odometer).map(|km| format!("{comma}{}", t.km(km)));
        fields.push((t.last_visit().to_owned(), format!("{last}{}", km.unwrap_or_default())));
    }
    fields.extend(archive_field(t, visit));
    fields
}

fn condition_fields(t: Language, visit: &Visit, catalogue: &Catalogue) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    if let Some((km, reason)) = visit.odometer() {
        let reason = reason.map(|reason| format!(" ({})", t.odometer_reason_word(&reason)));
        fields.push((t.odometer().to_owned(), format!("{}{}", t.km(km), reason.unwrap_or_default())));
    }
    let energy = visit.vehicle().map(|vehicle| vehicle.energy);
    if let Some(charge) = visit.charge().filter(|_| energy.is_none_or(|energy| energy.has_charge())) {
        let range = charge.range_km.map(|km| match t {
            Language::ZhCn => format!("，约 {km} km"),
            Language::En => format!(", about {km} km"),
        });
        fields.push((t.charge().to_owned(), format!("{} %{}", charge.percent, range.unwrap_or_default())));
    }
    if let Some(fuel) = visit.fuel().filter(|_| energy.is_none_or(|energy| energy.has_fuel())) {
        fields.push((t.fuel().to_owned(), format!("{}/8", fuel.0)));
    }
    fields.extend(charging_fields(t, visit));
    let lit: Vec<&str> =
        catalogue.lamps.iter().filter(|lamp| visit.lamp(&lamp.id)).map(|lamp| lamp.label.get(t)).collect();
    let lamps = match (visit.dashboard_checked(), lit.is_empty()) {
        (false, true) => t.nobody_looked().to_owned(),
        (true, true) => t.none().to_owned(),
        (_, false) => lit.join(t.pick("、", ", ")),
    };
    fields.push((t.lamps().to_owned(), lamps));
    fields
}

fn marks_text(t: Language, visit: &Visit, catalogue: &Catalogue) -> Vec<(String, String)> {
    let photos = visit.form_photos();
    let comma = t.pick("，", ", ");
    visit
        .marks()
        .iter()
        .map(|mark| {
            let note = mark.note.as_ref().and_then(|note| note.value()).filter(|note| !note.is_empty());
            let title = format!(
                "{} {}{}",
                catalogue.group_label(&mark.place.zone, t),
                t.damage_kind(mark.kind),
                note.map(|note| format!(" {note}")).unwrap_or_default()
            );
            let shown: Vec<String> = (1..)
                .zip(&photos)
                .filter(|(_, photo)| photo.subject == PhotoSubject::Mark(mark.id))
                .map(|(number, _)| number.to_string())
                .collect();
            let shown = if shown.is_empty() {
                String::new()
            } else {
                format!("{comma}{} {}", t.photo(), shown.join(t.pick("、", ", ")))
            };
            (title, format!("{}{comma}{}{shown}", t.how_bad(mark.severity), t.origin(mark.origin)))
        })
        .collect()
}

fn findings(t: Language, visit: &Visit, catalogue: &Catalogue) -> Vec<String> {
    let looked = visit.looked();
    let zones: Vec<_> =
        looked.iter().filter(|(zone, _)| catalogue.group(zone).is_none_or(|group| group.zone)).collect();
    let done = zones.iter().filter(|(_, looked)| looked.is_done()).count();
    let mut lines = vec![t.looked_summary(done, zones.len(), visit.grade_counts())];
    let fine: Vec<&str> = looked
        .iter()
        .filter(|(id, looked)| {
            looked.is_done() && looked.worst.is_none() && catalogue.group(id).is_some_and(|group| !group.zone)
        })
        .map(|(id, _)| catalogue.group_label(id, t))
        .collect();
    if !fine.is_empty() {
        lines.push(t.nothing_found_in(&fine));
    }
    for item in visit.items() {
        let Some(grade @ (Grade::Attention | Grade::Bad)) = visit.grade(item) else { continue };
        let group = catalogue.group_label(crate::visit::walkaround::group_of(item), t);
        let note = visit.item_note(item).and_then(|note| note.value()).filter(|note| !note.is_empty());
        lines.push(format!(
            "{group} {}{}{}{}",
            catalogue.item_label(item, t),
            t.pick("：", ": "),
            t.grade(grade),
            note.map(|note| format!("{}{note}", t.pick("，", ", "))).unwrap_or_default()
        ));
    }
    let open: Vec<&str> = looked
        .iter()
        .filter(|(_, looked)| !looked.is_done())
        .map(|(zone, _)| catalogue.group_label(zone, t))
        .collect();
    if !open.is_empty() && open.len() < looked.len() {
        lines.push(format!("{}{}{}", t.nobody_looked(), t.pick("：", ": "), open.join(t.pick("、", ", "))));
    }
    lines
}

fn photo_captions(t: Language, visit: &Visit, catalogue: &Catalogue, offset: i32) -> Vec<String> {
    let caption = |photo: &Photo| {
        format!("{} {}", subject_shown(t, visit, catalogue, &photo.subject), t.time(photo.at, offset))
    };
    visit.form_photos().iter().map(caption).collect()
}

/// What a photo shows, in words: the zone of a mark, the name of a document.
pub fn subject_shown(t: Language, visit: &Visit, catalogue: &Catalogue, subject: &PhotoSubject) -> String {
    let said = match subject {
        PhotoSubject::Dashboard => t.dashboard(),
        PhotoSubject::Document(id) => choice_label(&catalogue.documents, id, t),
        PhotoSubject::Authority => t.authority(),
        PhotoSubject::Refusal => t.refused_to_sign(),
        PhotoSubject::Concern(_) => t.concerns(),
        PhotoSubject::Addition(_) => t.additional_work(),
        PhotoSubject::Zone(zone) => catalogue.group_label(zone, t),
        PhotoSubject::Mark(_) => match visit.zone_shown(subject) {
            Some(zone) => return catalogue.group_label(&zone, t).to_owned(),
            None => t.damage(),
        },
    };
    said.to_owned()
}
