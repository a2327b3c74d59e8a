//! Signed papers: the facts that are agreed, free of language, and the sheet, which holds every word
//! shown. A paper is drawn from its sheet alone, so that it reads the same for ever.

/// The personal value that an answer cites, where one stands.
macro_rules! personal {
    ($visit:expr, $key:expr, $variant:ident, $field:ident) => {
        match $visit.journal.answer(&$key) {
            Some(Change::$variant { $field }) => Some($field.clone()),
            _ => None,
        }
    };
}

mod addition;
mod blocks;
mod drawing;
mod order;
mod pages;
mod paper;
mod refusal;
mod sheet;
mod signatures;

use serde_json::Value;

use crate::diagram::Body;
use crate::journal::{AttachmentId, EntryId, Journal, Personal, agree};
use crate::record::{Kept as _, kept};
use crate::visit::change::Key;
use crate::visit::customer::{PersonName, Phone, Relation, Salutation};
use crate::visit::people::ContactIs;
use crate::visit::recording::RecordingSubject;
use crate::visit::vehicle::{Charge, Fuel, OdometerReason, Plate, Vin};
use crate::visit::{Change, Concern, DamageKind, Grade, MarkPlace, Origin, Severity, Visit};
pub use addition::{AdditionFacts, AdditionSheet, AdditionText, ReplyText, addition_blocks};
pub use blocks::{Block, blocks};
pub use drawing::spread;
pub use order::{
    LineFacts, OrderFacts, OrderGroup, OrderRow, OrderSheet, OrderText, order_blocks, order_number,
};
pub use pages::{Piece, draw_pages, file_name, paginate};
pub use paper::{Head, Headed, Paper, PaperState};
pub use sheet::subject_shown;
pub use sheet::{Sheet, SheetMark, SheetPhoto, SheetText, Tick};

#[cfg(test)]
mod tests;

/// A mark as it is agreed.
#[derive(Clone, Debug, PartialEq)]
pub struct MarkFacts {
    /// The entry that set it.
    pub mark: EntryId,
    /// Where.
    pub place: MarkPlace,
    /// What.
    pub kind: DamageKind,
    /// How bad.
    pub severity: Severity,
    /// Since when.
    pub origin: Origin,
    /// In words.
    pub note: Option<Personal<String>>,
}

kept!(MarkFacts { mark, place, kind, severity, origin, note });

/// A concern as it is agreed.
#[derive(Clone, Debug, PartialEq)]
pub struct ConcernFacts {
    /// Verbatim.
    pub words: Personal<String>,
    /// Catalogue id of the symptom group.
    pub symptom: Option<String>,
    /// The answers to follow-up questions as they stand; absent where there is none.
    pub answers: Option<Vec<Change>>,
    /// Recordings that count; absent where there is none.
    pub recordings: Option<Vec<AttachmentId>>,
}

kept!(ConcernFacts { words, symptom; answers, recordings });

impl ConcernFacts {
    fn of(visit: &Visit, concern: Concern) -> Self {
        let own = |key: &&Key| matches!(key, Key::ConcernAnswer(id, _) if *id == concern.id);
        let answers = visit.journal.keys().filter(own).filter_map(|key| visit.journal.answer(key));
        let answers: Vec<Change> = answers.cloned().collect();
        let recordings = visit.recordings_of(&RecordingSubject::Concern(concern.id));
        let recordings: Vec<_> = recordings.iter().map(|recording| recording.attachment).collect();
        Self {
            words: concern.words,
            symptom: concern.symptom,
            answers: (!answers.is_empty()).then_some(answers),
            recordings: (!recordings.is_empty()).then_some(recordings),
        }
    }
}

/// What the check-in form agrees: a closed list. Personal values cite the answer's own commitment.
/// The advisor is not among them: a hand-over to a colleague asks for no new signature.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckInFacts {
    /// The paper's number.
    pub number: String,
    /// Arrival, milliseconds since 1970 UTC.
    pub arrived: i64,
    /// The drawing.
    pub body: Option<Body>,
    /// 车牌
    pub plate: Option<Personal<Plate>>,
    /// 车架号
    pub vin: Option<Personal<Vin>>,
    /// 车型
    pub model: Option<String>,
    /// 颜色
    pub colour: Option<String>,
    /// 送修人
    pub customer: Option<Personal<PersonName>>,
    /// 电话
    pub phone: Option<Personal<Phone>>,
    /// 称呼
    pub salutation: Option<Salutation>,
    /// 与车主关系
    pub relation: Option<Relation>,
    /// 里程
    pub odometer: Option<(u32, Option<OdometerReason>)>,
    /// 油量
    pub fuel: Option<Fuel>,
    /// 电量
    pub charge: Option<Charge>,
    /// Those that are lit; `None` where nobody looked.
    pub lamps: Option<Vec<String>>,
    /// Those that are placed.
    pub covers: Vec<String>,
    /// 钥匙
    pub keys: Option<u8>,
    /// Those that were taken.
    pub documents: Vec<String>,
    /// Those of which somebody said whether they are there.
    pub belongings: Vec<(String, bool)>,
    /// Reminded, and what was left.
    pub valuables: (bool, Option<Personal<String>>),
    /// Every pinned item.
    pub grades: Vec<(String, Option<Grade>)>,
    /// Marks that count.
    pub marks: Vec<MarkFacts>,
    /// Photos that count.
    pub photos: Vec<AttachmentId>,
    /// Concerns that count.
    pub concerns: Vec<ConcernFacts>,
    /// Answers that most visits do not have, as they stand: people beside who brings the car, what an
    /// electric car brings, what was kept against the archive. Absent where there is none.
    pub answers: Option<Vec<Change>>,
}

kept!(CheckInFacts {
    number, arrived, body, plate, vin, model, colour, customer, phone, salutation, relation, odometer,
    fuel, charge, lamps, covers, keys, documents, belongings, valuables, grades, marks, photos, concerns;
    answers
});

/// The names of the facts, as `differences` says them.
const FACTS: [&str; 25] = [
    "number",
    "arrived",
    "body",
    "plate",
    "vin",
    "model",
    "colour",
    "customer",
    "phone",
    "salutation",
    "relation",
    "odometer",
    "fuel",
    "charge",
    "lamps",
    "covers",
    "keys",
    "documents",
    "belongings",
    "valuables",
    "grades",
    "marks",
    "photos",
    "concerns",
    "answers",
];

fn ids_where(visit: &Visit, pick: impl Fn(&Key) -> Option<String>) -> Vec<String> {
    visit.journal.keys().filter_map(pick).collect()
}

/// The answers that stand and that the paper shows, beside those with a place of their own.
fn answers(visit: &Visit) -> Option<Vec<Change>> {
    let (people, kept) = (visit.people_beside(), visit.kept_differences());
    let shown = |key: &&Key| match key {
        Key::PersonName(role) | Key::PersonPhone(role) | Key::PersonRelation(role) => people.contains(role),
        Key::Contact => visit.contact_is() != ContactIs::Bringer,
        Key::Access(access) => visit.access_given(*access),
        Key::Archive(field) => kept.iter().any(|(kept, _)| kept == field),
        Key::Cables | Key::PortFlap | Key::Charging => true,
        _ => false,
    };
    let answers: Vec<Change> =
        visit.journal.keys().filter(shown).filter_map(|key| visit.journal.answer(key)).cloned().collect();
    (!answers.is_empty()).then_some(answers)
}

impl CheckInFacts {
    /// The facts as the visit stands.
    pub fn of(visit: &Visit) -> Self {
        let opening = visit.opening();
        let vehicle = visit.vehicle();
        let lamps = ids_where(visit, |key| match key {
            Key::Lamp(id) if visit.lamp(id) => Some(id.clone()),
            _ => None,
        });
        Self {
            number: opening.as_ref().map(|opening| opening.number.clone()).unwrap_or_default(),
            arrived: opening.as_ref().map(|opening| opening.arrived).unwrap_or_default(),
            body: opening.map(|_| visit.body()),
            plate: personal!(visit, Key::Plate, PlateRead, plate),
            vin: personal!(visit, Key::Vin, VinRead, vin),
            model: vehicle.as_ref().map(|vehicle| vehicle.model.clone()),
            colour: vehicle.map(|vehicle| vehicle.colour),
            customer: personal!(visit, Key::Customer, CustomerNamed, name),
            phone: personal!(visit, Key::Phone, PhoneGiven, phone),
            salutation: visit.salutation(),
            relation: visit.relation(),
            odometer: visit.odometer(),
            fuel: visit.fuel(),
            charge: visit.charge(),
            lamps: visit.dashboard_checked().then_some(lamps),
            covers: ids_where(visit, |key| match key {
                Key::Cover(id) if visit.cover(id) => Some(id.clone()),
                _ => None,
            }),
            keys: visit.keys_taken(),
            documents: ids_where(visit, |key| match key {
                Key::Document(id) if visit.document(id) => Some(id.clone()),
                _ => None,
            }),
            belongings: ids_where(visit, |key| match key {
                Key::Belonging(id) => Some(id.clone()),
                _ => None,
            })
            .into_iter()
            .filter_map(|id| visit.belonging(&id).map(|present| (id, present)))
            .collect(),
            valuables: (visit.valuables_reminded(), visit.valuables_left().cloned()),
            grades: visit.items().into_iter().map(|item| (item.to_owned(), visit.grade(item))).collect(),
            marks: visit
                .marks()
                .into_iter()
                .map(|mark| MarkFacts {
                    mark: mark.id,
                    place: mark.place,
                    kind: mark.kind,
                    severity: mark.severity,
                    origin: mark.origin,
                    note: mark.note,
                })
                .collect(),
            photos: visit.form_photos().iter().map(|photo| photo.picture.attachment).collect(),
            concerns: visit
                .standing_concerns()
                .into_iter()
                .map(|concern| ConcernFacts::of(visit, concern))
                .collect(),
            answers: answers(visit),
        }
    }

    /// Which facts differ from the signed ones, personal values compared by what they hold: an
    /// erased one never opens a difference.
    pub fn differences(&self, signed: &Self, journal: &Journal<Change>) -> Vec<&'static str> {
        differing(&FACTS, (&self.write(), &signed.write()), journal)
    }
}

/// The named facts that differ between now and then, personal values compared by what they hold.
fn differing(
    names: &[&'static str],
    (now, then): (&Value, &Value),
    journal: &Journal<Change>,
) -> Vec<&'static str> {
    let differs = |name: &&&str| {
        let of = |facts: &Value| facts.get(**name).cloned().unwrap_or(Value::Null);
        !agree(&of(now), &of(then), &|commitment| journal.value(commitment))
    };
    names.iter().filter(differs).copied().collect()
}
