//! What is written once must be read for ever: one entry per kind of change as it stands on the wire,
//! and a whole reception of each release with what it folds to, in `tests/samples`. Files are added
//! (`cargo test --lib samples_that_are_not_there_yet -- --ignored`), never changed.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::super::addition::{Channel, Reply, WhyNot};
use super::super::archive::ArchiveField;
use super::super::covered::Decision;
use super::super::old_parts::OldPartTo;
use super::super::order::{Found, Item, Pricing, Terms};
use super::super::people::{ContactIs, PersonRole};
use super::super::photos::{Drawn, Tool};
use super::super::recording::{Heard, Recorded, RecordingKind, RecordingSubject};
use super::super::signing::RefusalReason;
use super::super::variants::Variant;
use super::super::vehicle::{Charging, Fuel, KeyAccess, OdometerReason, PortFlap};
use super::super::wheels::{Pressure, Tread, TyreWeek, Wheel};
use super::super::work_order::tests::AGREED;
use super::*;
use crate::catalogue::Label;
use crate::coverage::{Failed, GuaranteeClass};
use crate::documents::{AdditionSheet, OrderSheet};
use crate::estimate::Payer;
use crate::journal::{Entry, WireEntry, open};
use crate::money::{Fen, Quantity};
use crate::reference::Skill;
use crate::route::Step;

/// Every change with its name on the wire. A new variant does not compile until it stands here.
macro_rules! names {
    ($($variant:ident $name:literal)*) => {
        const NAMES: &[&str] = &[$($name),*];

        fn name_of(change: &Change) -> &'static str {
            match change {
                $(Change::$variant { .. } => $name,)*
            }
        }
    };
}

names! {
    VisitOpened "visit_opened"
    PlateRead "plate_read"
    VinRead "vin_read"
    VehicleIdentified "vehicle_identified"
    CustomerNamed "customer_named"
    PhoneGiven "phone_given"
    SalutationChosen "salutation_chosen"
    RelationGiven "relation_given"
    CoverPlaced "cover_placed"
    OdometerRead "odometer_read"
    FuelRead "fuel_read"
    ChargeRead "charge_read"
    LampSeen "lamp_seen"
    DashboardChecked "dashboard_checked"
    KeysTaken "keys_taken"
    DocumentTaken "document_taken"
    BelongingSeen "belonging_seen"
    ValuablesReminded "valuables_reminded"
    ValuablesLeft "valuables_left"
    AdvisorAssigned "advisor_assigned"
    VisitCancelled "visit_cancelled"
    ItemGraded "item_graded"
    ItemNoted "item_noted"
    DamageMarked "damage_marked"
    MarkMoved "mark_moved"
    MarkDescribed "mark_described"
    MarkNoted "mark_noted"
    MarkWithdrawn "mark_withdrawn"
    PhotoTaken "photo_taken"
    PhotoWithdrawn "photo_withdrawn"
    ConcernRecorded "concern_recorded"
    ConcernWorded "concern_worded"
    ConcernGrouped "concern_grouped"
    ConcernWithdrawn "concern_withdrawn"
    CheckInSigned "check_in_signed"
    CheckInCountersigned "check_in_countersigned"
    PaperPrinted "paper_printed"
    TreadMeasured "tread_measured"
    PressureMeasured "pressure_measured"
    TyreDated "tyre_dated"
    PersonNamed "person_named"
    PersonPhoned "person_phoned"
    PersonRelated "person_related"
    ContactChosen "contact_chosen"
    SigningAllowed "signing_allowed"
    AccessGiven "access_given"
    CablesTaken "cables_taken"
    PortFlapSeen "port_flap_seen"
    ChargingAgreed "charging_agreed"
    ArchiveSettled "archive_settled"
    StepTimed "step_timed"
    SignerChosen "signer_chosen"
    AuthorityNoted "authority_noted"
    QuestionAsked "question_asked"
    QuestionWorded "question_worded"
    QuestionSettled "question_settled"
    RefusalNoted "refusal_noted"
    RefusalWorded "refusal_worded"
    CheckInRefused "check_in_refused"
    CheckInOnPaper "check_in_on_paper"
    SheetPhotographed "sheet_photographed"
    BodyChosen "body_chosen"
    SteeringSeen "steering_seen"
    CarriedMarkSeen "carried_mark_seen"
    PhotoAnnotated "photo_annotated"
    ConcernAnswered "concern_answered"
    ConcernsOrdered "concerns_ordered"
    ConcernConfirmed "concern_confirmed"
    RecordingMade "recording_made"
    RecordingWithdrawn "recording_withdrawn"
    RecordingConsented "recording_consented"
    LineAdded "line_added"
    LineChanged "line_changed"
    LineWithdrawn "line_withdrawn"
    LineAnswered "line_answered"
    ConcernFound "concern_found"
    TermAgreed "term_agreed"
    TimePromised "time_promised"
    OrderSigned "order_signed"
    OrderCountersigned "order_countersigned"
    CoverageDecided "coverage_decided"
    AdditionFound "addition_found"
    AdditionWorded "addition_worded"
    AdditionRisked "addition_risked"
    AdditionTimed "addition_timed"
    AdditionWithdrawn "addition_withdrawn"
    LineReplied "line_replied"
    AnswerNoted "answer_noted"
    CallMissed "call_missed"
    AdditionAnswered "addition_answered"
    FailureNamed "failure_named"
    LineVaried "line_varied"
    VariantChosen "variant_chosen"
    OldPartGoes "old_part_goes"
}

const RELEASES: [&str; 1] = ["0.1.0"];

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples")
}

fn sample(file: &str) -> String {
    std::fs::read_to_string(samples().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn text(value: &impl serde::Serialize) -> String {
    // By way of a value: a core is a text of its own, and samples are laid out throughout.
    let value = serde_json::to_value(value).expect("plain data");
    serde_json::to_string_pretty(&value).expect("plain data") + "\n"
}

/// The change as its own type reads it, personal values opened.
fn change_of(entry: &Entry) -> Change {
    let opened = open(&entry.core.change, &|name| entry.values.get(name).map(|salted| &salted.value));
    serde_json::from_value(opened).expect("a change that this program knows")
}

/// A reception from arrival to a second copy of the form, with every kind of change in it.
fn reception() -> (Visit, Vec<Entry>) {
    let mut tablet = Tablet::new(1);
    let mut visit = ready(&mut tablet);
    let item = Catalogue::standard().items()[0].clone();
    let (mark, concern) = (visit.marks()[0].id, visit.concerns()[0].id);
    let picture = |bytes: &[u8]| Picture {
        attachment: AttachmentId::of(bytes),
        size: bytes.len() as u32,
        width: 4,
        height: 3,
    };
    let place =
        MarkPlace { view: crate::diagram::View::Left, zone: "LFD".into(), x: 3300, y: 4500, body: None };
    let photo = Change::PhotoTaken {
        subject: PhotoSubject::Mark(mark),
        picture: picture(b"picture"),
        thumbnail: picture(b"thumbnail"),
    };
    let photo = tablet.write(&mut visit, photo);
    let (kind, severity, origin) = (DamageKind::Dent, Severity::Light, Origin::KnownBefore);
    for change in [
        Change::CoverPlaced { cover: "seat".into(), placed: true },
        Change::OdometerRead { km: 31_000, reason: Some(OdometerReason::MeterReplaced) },
        Change::FuelRead { fuel: Fuel(5) },
        Change::LampSeen { lamp: "engine".into(), lit: true },
        Change::KeysTaken { count: 2 },
        Change::DocumentTaken { document: "licence".into(), taken: true },
        Change::BelongingSeen { belonging: "umbrella".into(), present: true },
        Change::ValuablesLeft { what: "行车记录仪".to_owned().into() },
        Change::ItemGraded { item: item.clone(), grade: Some(Grade::Bad) },
        Change::ItemNoted { item, note: "漆面开裂".to_owned().into() },
        Change::MarkMoved { mark, place },
        Change::MarkDescribed { mark, kind, severity, origin },
        Change::MarkNoted { mark, note: "12 cm".to_owned().into() },
        Change::MarkWithdrawn { mark, withdrawn: true },
        Change::MarkWithdrawn { mark, withdrawn: false },
        Change::PhotoWithdrawn { photo, withdrawn: true },
        Change::PhotoWithdrawn { photo, withdrawn: false },
        Change::ConcernWorded { concern, words: "起步时右前轮咔咔响".to_owned().into() },
        Change::ConcernGrouped { concern, symptom: Some("brakes".into()) },
        Change::ConcernWithdrawn { concern, withdrawn: true },
        Change::ConcernWithdrawn { concern, withdrawn: false },
        Change::TreadMeasured { wheel: Wheel::FrontLeft, tread: Some(Tread(45)) },
        Change::PressureMeasured { wheel: Wheel::FrontLeft, pressure: Some(Pressure(230)) },
        Change::TyreDated { wheel: Wheel::Spare, made: Some(TyreWeek { week: 23, year: 2019 }) },
    ] {
        tablet.write(&mut visit, change);
    }
    let phone = Phone::read("13800135621").value().expect("a phone").into();
    let paper = sign(&mut tablet, &mut visit);
    let draft = visit.countersign_check_in(strokes()).expect("it is signed");
    tablet.draft(&mut visit, draft.draft);
    for change in [
        Change::PaperPrinted { paper },
        Change::PaperPrinted { paper },
        Change::VisitCancelled { reason: Some("顾客改天再来".to_owned().into()) },
        Change::VisitCancelled { reason: None },
        Change::PersonNamed { role: PersonRole::Owner, name: name("陈志远").into() },
        Change::PersonPhoned { role: PersonRole::Owner, phone },
        Change::PersonRelated { role: PersonRole::Contact, relation: Relation::Family },
        Change::ContactChosen { contact: ContactIs::Other },
        Change::SigningAllowed { signer: SignedAs::Deliverer, allowed: false },
        Change::AccessGiven { access: KeyAccess::Card, given: true },
        Change::CablesTaken { count: 1 },
        Change::PortFlapSeen { flap: PortFlap::Damaged },
        Change::ChargingAgreed { charging: Charging::CustomerPays },
        Change::ArchiveSettled {
            field: ArchiveField::Colour,
            archive: "时光灰".to_owned().into(),
            taken: false,
        },
        Change::StepTimed { step: Step::Vehicle, seconds: 95 },
        Change::SignerChosen { signer: SignedAs::Owner },
        Change::AuthorityNoted { words: "车主电话同意".to_owned().into() },
        Change::QuestionAsked { page: "outside".into() },
        Change::RefusalWorded { words: "标记 1 是上次就有的".to_owned().into() },
        Change::BodyChosen { body: Body::Suv },
        Change::SteeringSeen { side: Side::Right },
        Change::CarriedMarkSeen {
            earlier: EntryId::of(b"an earlier visit"),
            place: MarkPlace { body: Some(Body::Suv), ..visit.marks()[0].place.clone() },
            kind,
            severity,
            note: Some("5 cm".to_owned().into()),
            seen: Seen::Repaired,
        },
        Change::PhotoAnnotated {
            photo,
            drawn: vec![Drawn { tool: Tool::Circle, points: vec![[200, 300], [900, 700]] }],
            picture: picture(b"drawn upon"),
            thumbnail: picture(b"drawn upon, small"),
        },
    ] {
        tablet.write(&mut visit, change);
    }
    let chosen = vec!["start".to_owned(), "turn".to_owned()];
    tablet.write(
        &mut visit,
        Change::ConcernAnswered { concern, question: "drive".into(), chosen, number: None },
    );
    tablet.write(&mut visit, Change::ConcernsOrdered { order: vec![concern] });
    let heard = visit.concerns().remove(0);
    let confirmed = visit.confirm_concern(&heard, Some("车有异响：起步、转弯时。".to_owned()));
    tablet.write(&mut visit, confirmed);
    let (who, words) = (name("陈志远").into(), "可以录下我的声音和影像".to_owned());
    tablet.write(&mut visit, Change::RecordingConsented { who, words, given: true });
    let recorded = Recorded {
        subject: RecordingSubject::Concern(concern),
        kind: RecordingKind::Sound,
        heard: Heard::Customer,
        length: 14_000,
        media: "audio/webm".into(),
    };
    let recorded = visit.recording_made(recorded, b"sound").expect("it was consented");
    let recording = tablet.write(&mut visit, recorded);
    tablet.write(&mut visit, Change::RecordingWithdrawn { recording, withdrawn: true });
    let item = Item {
        code: "AC-0210".into(),
        name: Label { zh: "更换空调滤芯".into(), en: "Replace cabin filter".into() },
        origin: None,
        skill: Some(Skill::Mechanical),
        guarantee: Some(GuaranteeClass::Other),
        old_part: None,
    };
    let terms = Terms { quantity: Quantity(300), ..Terms::of_one(Fen(18_000)) };
    let added = Change::LineAdded { concern: Some(concern), item, terms, suggested: true, variant: None };
    let line = tablet.write(&mut visit, added);
    let dearer = Terms { price: Fen(20_000), payer: Payer::Manufacturer, ..terms };
    tablet.write(&mut visit, Change::LineChanged { line, terms: dearer });
    tablet.write(&mut visit, Change::LineAnswered { line, accepted: Some(true) });
    let reason = Some("配件待厂家确认".to_owned().into());
    let decision = Decision::Escalated;
    let decided = Change::CoverageDecided { concern, decision, reason, basis: None, recall: None };
    tablet.write(&mut visit, decided);
    let ready = 1_773_822_600_000;
    let reason = Some("等配件".to_owned().into());
    tablet.write(&mut visit, Change::TimePromised { ready, reckoned: Some(ready - 1_800_000), reason });
    for (term, choice) in AGREED {
        let agreed = visit.choose_term(term, choice);
        tablet.write(&mut visit, agreed);
    }
    let sheet = OrderSheet::of(&visit, &Catalogue::standard(), ready);
    let signed =
        visit.sign_order(strokes(), name("陈志远"), sheet, Pricing::default(), ready - 1).expect("an order");
    tablet.draft(&mut visit, signed.draft);
    let countersigned = visit.countersign_order(strokes()).expect("a countersignature");
    tablet.draft(&mut visit, countersigned.draft);
    found_later(&mut tablet, &mut visit, ready);
    for change in [
        Change::LineVaried { line, variant: Some(Variant::B) },
        Change::VariantChosen { variant: Some(Variant::B) },
        Change::OldPartGoes { line, to: Some(OldPartTo::Maker) },
    ] {
        tablet.write(&mut visit, change);
    }
    tablet.write(&mut visit, Change::LineWithdrawn { line, withdrawn: true });
    tablet.write(&mut visit, Change::ConcernFound { concern, found: Found::NeedsDiagnosis });
    let question = visit.questions()[0].id;
    tablet.write(&mut visit, Change::QuestionWorded { question, words: "这是什么？".to_owned().into() });
    tablet.write(&mut visit, Change::QuestionSettled { question, settled: true });
    let (reason, read_out) = (Some(RefusalReason::Damage), Some(true));
    let witness = Some(StaffId("luo".into()));
    tablet.write(&mut visit, Change::RefusalNoted { reason, read_out, witness });
    let sheet = |visit: &Visit| Sheet::of(visit, &Catalogue::standard());
    let refused = visit.refuse_check_in(strokes(), sheet(&visit), &StaffId("lin".into()));
    tablet.draft(&mut visit, refused.expect("all is said").draft);
    let on_paper = visit.sign_on_paper(sheet(&visit)).expect("nothing is missing");
    let paper = tablet.draft(&mut visit, on_paper.draft);
    let (picture, thumbnail) = (picture(b"sheet"), picture(b"small sheet"));
    tablet.write(&mut visit, Change::SheetPhotographed { paper, picture, thumbnail });
    tablet.write(&mut visit, Change::FailureNamed { concern, failed: Failed::BatteryMotor });
    (visit, tablet.written)
}

/// An addition that was asked for by telephone, at the second call.
fn found_later(tablet: &mut Tablet, visit: &mut Visit, ready: i64) {
    let found = Change::AdditionFound { reason: "水泵漏".to_owned().into() };
    let addition = tablet.write(visit, found);
    let terms = Terms { quantity: Quantity(800), ..Terms::of_one(Fen(18_000)) };
    let item = Item {
        code: "EN-0310".into(),
        name: Label { zh: "更换水泵".into(), en: "Replace water pump".into() },
        origin: None,
        skill: Some(Skill::Mechanical),
        guarantee: Some(GuaranteeClass::Other),
        old_part: None,
    };
    let added = Change::LineAdded { concern: Some(addition), item, terms, suggested: false, variant: None };
    let line = tablet.write(visit, added);
    let number = Phone::read("13800135621").value().expect("a phone").into();
    let reply = Reply {
        accepted: Some(false),
        why_not: Some(WhyNot::Expensive),
        risk_known: true,
        asked: Some(terms),
    };
    for change in [
        Change::AdditionWorded { addition, reason: "水泵渗漏".to_owned().into() },
        Change::AdditionRisked { addition, risk: Some("可能漏水过热".to_owned().into()) },
        Change::AdditionTimed { addition, ready: Some(ready + 3_600_000) },
        Change::AdditionWithdrawn { addition, withdrawn: true },
        Change::AdditionWithdrawn { addition, withdrawn: false },
        Change::CallMissed { addition, number },
        Change::LineReplied { line, reply },
    ] {
        tablet.write(visit, change);
    }
    let said = "太贵了，下次吧".to_owned().into();
    tablet.write(visit, Change::AnswerNoted { addition, channel: Channel::Phone, said });
    let found = visit.additions().remove(0);
    let sheet = AdditionSheet::of(visit, &found, &Catalogue::standard(), ("林晓彤", ready - 1));
    let asked = sheet.zh.asked.clone();
    let answer = visit.answer_addition(&found, (strokes(), asked), sheet, Pricing::default(), ready - 1);
    tablet.draft(visit, answer.expect("an answer").draft);
}

/// What a journal folds to, as far as a person ever sees it.
fn fold(visit: &Visit) -> Value {
    let opened = |fact: &Change| {
        let change = serde_json::to_value(fact).expect("plain data");
        open(&change, &|name| visit.journal.value(name))
    };
    let history = visit.journal.history().map(|happening| {
        let before: Vec<EntryId> = happening.before.iter().map(|(by, _)| by.id).collect();
        json!({
            "id": happening.by.id,
            "author": happening.by.author,
            "at": happening.by.at,
            "fact": happening.fact.map(opened),
            "before": before,
        })
    });
    json!({
        "row": VisitRow::of(visit),
        "facts": crate::documents::CheckInFacts::of(visit),
        "history": history.collect::<Vec<_>>(),
    })
}

#[test]
#[ignore = "adds files; run by hand when a variant or a release is new"]
fn samples_that_are_not_there_yet_are_written() {
    let (visit, entries) = reception();
    let add = |file: String, content: String| {
        let path = samples().join(file);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        if !path.exists() {
            std::fs::write(path, content).expect("a file");
        }
    };
    for entry in &entries {
        add(format!("changes/{}.json", name_of(&change_of(entry))), text(&entry.to_wire(None)));
    }
    let release = env!("CARGO_PKG_VERSION");
    let wire: Vec<WireEntry> = entries.iter().map(|entry| entry.to_wire(None)).collect();
    add(format!("releases/{release}/journal.json"), text(&wire));
    add(format!("releases/{release}/fold.json"), text(&fold(&visit)));
}

#[test]
fn every_kind_of_change_has_a_sample_that_reads_and_is_written_again_as_it_was() {
    for name in NAMES {
        let stored = sample(&format!("changes/{name}.json"));
        let wire: WireEntry = serde_json::from_str(&stored).expect("an entry");
        let entry = Entry::read(wire).unwrap_or_else(|error| panic!("{name}: {error}"));
        let change = change_of(&entry);
        assert_eq!(name_of(&change), *name);
        assert_eq!(serde_json::to_value(&change).expect("plain data"), entry.core.change, "{name}");
        // A personal value of a shape that is no longer read would be told as missing. What a paper's
        // facts cite from other entries is missing here, rightly.
        let known = format!("{change:?}").matches("Known(").count();
        assert_eq!(known, entry.values.len(), "{name}: a personal value is not read");
        assert_eq!(text(&entry.to_wire(None)), stored, "{name}");
    }
}

#[test]
fn a_reception_of_every_release_folds_to_what_it_did_then() {
    for release in RELEASES {
        let wire: Vec<WireEntry> =
            serde_json::from_str(&sample(&format!("releases/{release}/journal.json"))).expect("entries");
        let entries: Vec<Entry> = wire.into_iter().map(|wire| Entry::read(wire).expect("an entry")).collect();
        let mut visit = Visit::new(entries[0].core.dossier);
        // The order of arrival does not matter.
        for entry in entries.into_iter().rev() {
            visit.journal.insert(entry);
        }
        assert_eq!(text(&fold(&visit)), sample(&format!("releases/{release}/fold.json")), "{release}");
    }
}
