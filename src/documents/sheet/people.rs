//! Who else is named on the sheet, what the archive says otherwise, and what is handed over.

use super::Tick;
use crate::catalogue::{CABLE, Choice};
use crate::journal::Personal;
use crate::locale::Language;
use crate::visit::archive::ArchiveField;
use crate::visit::customer::Relation;
use crate::visit::people::{ContactIs, PersonRole};
use crate::visit::{PhotoSubject, Visit};

/// A document with the numbers of its photos: `行驶证（照片 3）`.
pub(super) fn document(t: Language, visit: &Visit, choice: &Choice) -> Tick {
    let subject = PhotoSubject::Document(choice.id.clone());
    let photos = (1..).zip(visit.form_photos()).filter(|(_, photo)| photo.subject == subject);
    let numbers: Vec<String> = photos.map(|(number, _): (usize, _)| number.to_string()).collect();
    let label = choice.label.get(t);
    let label = match (t, numbers.is_empty()) {
        (_, true) => label.to_owned(),
        (Language::ZhCn, false) => format!("{label}（{} {}）", t.photo(), numbers.join("、")),
        (Language::En, false) => format!("{label} ({} {})", t.photo().to_lowercase(), numbers.join(", ")),
    };
    Tick { label, chosen: visit.document(&choice.id) }
}

/// A belonging; of charging cables their number, where it was counted.
pub(super) fn belonging(t: Language, visit: &Visit, choice: &Choice) -> Tick {
    let label = choice.label.get(t);
    match visit.cables_taken().filter(|_| choice.id == CABLE) {
        Some(0) => Tick { label: label.into(), chosen: false },
        Some(count) => Tick { label: t.so_many_cables(label, count), chosen: true },
        None => Tick { label: label.into(), chosen: visit.belonging(&choice.id) == Some(true) },
    }
}

/// Those beside who brings the car: `王芳，家人，138 0013 5621`.
pub(super) fn people_fields(t: Language, visit: &Visit) -> Vec<(String, String)> {
    let comma = t.pick("，", ", ");
    let said = |role: PersonRole| {
        let person = visit.person(role);
        let relation = person.relation.filter(|relation| *relation != Relation::Owner);
        let parts = [
            person.name.map(ToString::to_string),
            relation.map(|relation| t.relation_word(relation).to_owned()),
            person.phone.map(|phone| phone.grouped()),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (t.person_role(role).to_owned(), parts.join(comma))
    };
    let mut fields: Vec<(String, String)> = visit.people_beside().into_iter().map(said).collect();
    if visit.contact_is() == ContactIs::Owner {
        fields.push((t.contact().to_owned(), t.owner().to_owned()));
    }
    fields
}

/// Where the archive says otherwise and what was read was kept: `颜色：时光灰`.
pub(super) fn archive_field(t: Language, visit: &Visit) -> Option<(String, String)> {
    let kept = visit.kept_differences();
    let said = |(field, archive): &(ArchiveField, Personal<String>)| {
        let archive = archive.value().map_or(t.erased(), String::as_str);
        format!("{}{}{archive}", t.archive_field(*field), t.pick("：", ": "))
    };
    let said: Vec<String> = kept.iter().map(said).collect();
    (!said.is_empty()).then(|| (t.archive_kept().to_owned(), said.join(t.pick("；", "; "))))
}

/// The port's flap, and whether the car may be charged here.
pub(super) fn charging_fields(t: Language, visit: &Visit) -> Vec<(String, String)> {
    let flap = visit.port_flap().map(|flap| (t.port_flap(), t.flap_word(flap)));
    let charging = visit.charging().map(|charging| (t.charging(), t.charging_word(charging)));
    let said = flap.into_iter().chain(charging);
    said.map(|(label, word)| (label.to_owned(), word.to_owned())).collect()
}
