//! Stories of a visit, by way of its journal.

use super::check_in::{CheckInGap, NotYet, SigningHand};
use super::customer::{PersonName, Phone, Relation, Salutation};
use super::signature::{NotASignature, SignedAs, Strokes};
use super::vehicle::{Charge, Energy, PlateColour, PlateNumber, Vin};
use super::*;
use crate::catalogue::Catalogue;
use crate::documents::{Paper, PaperState, Sheet, blocks, draw_pages, paginate};
use crate::journal::{DeviceId, Draft, Entry, EntryId, Fact, Pen, write_entries};
use crate::locale::Language;

mod car;
mod photos;
mod row;
mod samples;

/// A tablet that writes into visits.
pub(crate) struct Tablet {
    pen: Pen,
    seq: u64,
    salts: u128,
    written: Vec<Entry>,
}

impl Tablet {
    pub(crate) fn new(number: u8) -> Self {
        Self {
            pen: Pen {
                device: DeviceId::from_random([number; 16]),
                author: StaffId("lin".into()),
                wall: 1_773_800_760_000,
                offset: 0,
            },
            seq: 1,
            salts: u128::from(number) << 64,
            written: Vec::new(),
        }
    }

    pub(crate) fn draft(&mut self, visit: &mut Visit, draft: Draft<Change>) -> EntryId {
        self.pen.wall += 1_000;
        let salts = &mut self.salts;
        let mut salt = || {
            *salts += 1;
            salts.to_be_bytes()
        };
        let heads = visit.journal.heads();
        let entries = write_entries(
            &self.pen,
            visit.journal.dossier(),
            Change::VERSION,
            &heads,
            self.seq,
            &[draft],
            &mut salt,
        );
        let entry = entries.expect("an entry").remove(0);
        self.seq += 1;
        let id = entry.id;
        self.written.push(entry.clone());
        visit.journal.insert(entry);
        id
    }

    pub(crate) fn write(&mut self, visit: &mut Visit, change: Change) -> EntryId {
        let draft = visit.journal.draft(change);
        self.draft(visit, draft)
    }
}

pub(crate) fn name(text: &str) -> PersonName {
    PersonName::read(text).value().expect("a name")
}

/// A visit with everything but the signature.
pub(crate) fn ready(tablet: &mut Tablet) -> Visit {
    let mut visit = Visit::new(DossierId::of_appointment("shop", "1"));
    let catalogue = Catalogue::standard();
    let place =
        MarkPlace { view: crate::diagram::View::Left, zone: "LFD".into(), x: 3200, y: 4400, body: None };
    let number = PlateNumber::read("粤BD12345").value().expect("a plate");
    let changes = [
        Change::VisitOpened {
            number: "JC20260318-003B".into(),
            appointment: Some("1".into()),
            arrived: 1_773_800_760_000,
            body: Body::Sedan,
            items: catalogue.items(),
        },
        Change::PlateRead { plate: Plate::Number { number, colour: PlateColour::Green }.into() },
        Change::VinRead { vin: Vin::read("LGXCE4CB8P0138126").value().expect("a VIN").into() },
        Change::VehicleIdentified {
            model: "比亚迪 汉 EV".into(),
            colour: "时光灰".into(),
            energy: Energy::Electric,
            purchased: Some("2023-04-20".into()),
            private_use: true,
            last_visit: None,
            last_odometer: Some(31_905),
            delivered: None,
        },
        Change::CustomerNamed { name: name("陈志远").into() },
        Change::PhoneGiven { phone: Phone::read("13800135621").value().expect("a phone").into() },
        Change::SalutationChosen { salutation: Salutation::Mr },
        Change::RelationGiven { relation: Relation::Owner },
        Change::OdometerRead { km: 38_412, reason: None },
        Change::ChargeRead { charge: Charge { percent: 64, range_km: Some(312) } },
        Change::DashboardChecked { checked: true },
        Change::AdvisorAssigned { advisor: StaffId("lin".into()) },
        Change::ValuablesReminded { reminded: true },
        Change::DamageMarked {
            place,
            kind: DamageKind::Scratch,
            severity: Severity::Heavy,
            origin: Origin::FoundNow,
        },
        Change::ConcernRecorded {
            words: "早上起步右前轮有<b>咔咔声".to_owned().into(),
            symptom: Some("noise".into()),
        },
    ];
    for change in changes {
        tablet.write(&mut visit, change);
    }
    visit
}

pub(crate) fn strokes() -> Strokes {
    Strokes {
        width: 6000,
        height: 2000,
        strokes: vec![vec![
            [500, 1200, 0, 400],
            [600, -500, 60, 500],
            [700, 600, 60, 600],
            [400, -300, 60, 500],
        ]],
    }
}

pub(crate) fn hand() -> SigningHand {
    SigningHand {
        strokes: strokes(),
        signer: name("陈志远"),
        signed_as: SignedAs::Owner,
        consent: "以上内容我已核对".into(),
    }
}

fn sign(tablet: &mut Tablet, visit: &mut Visit) -> EntryId {
    let sheet = Sheet::of(visit, &Catalogue::standard());
    let draft = visit.sign_check_in(hand(), sheet).expect("nothing is missing").draft;
    tablet.draft(visit, draft)
}

#[test]
fn a_visit_with_nothing_said_lists_all_that_is_missing_and_cannot_be_signed() {
    let visit = Visit::new(DossierId::of_appointment("shop", "2"));
    let gaps = visit.check_in_gaps(&["seat"]);
    for gap in [
        CheckInGap::Plate,
        CheckInGap::Vin,
        CheckInGap::Odometer,
        CheckInGap::Customer,
        CheckInGap::Concern,
        CheckInGap::Covers,
    ] {
        assert!(gaps.contains(&gap), "{gap:?}");
    }
    let refused = visit.sign_check_in(hand(), Sheet::of(&visit, &Catalogue::standard()));
    assert!(matches!(refused, Err(NotYet::Gaps(_))));
}

#[test]
fn a_signed_and_countersigned_form_is_checked_in() {
    let mut tablet = Tablet::new(1);
    let mut visit = ready(&mut tablet);
    assert!(matches!(visit.stage(), Stage::Walkaround { done: 0, .. }));
    sign(&mut tablet, &mut visit);
    assert_eq!(visit.stage(), Stage::ToCountersign);
    let draft = visit.countersign_check_in(strokes()).expect("it is signed").draft;
    tablet.draft(&mut visit, draft);
    assert_eq!(visit.stage(), Stage::CheckedIn);
}

#[test]
fn an_empty_and_a_dot_sized_signature_are_refused() {
    let mut tablet = Tablet::new(1);
    let visit = ready(&mut tablet);
    let sheet = Sheet::of(&visit, &Catalogue::standard());
    for (strokes, why) in [
        (Strokes::default(), NotASignature::Empty),
        (
            Strokes { width: 6000, height: 2000, strokes: vec![vec![[500, 500, 0, 500], [10, 10, 10, 500]]] },
            NotASignature::TooSmall,
        ),
    ] {
        let refused = visit.sign_check_in(SigningHand { strokes, ..hand() }, sheet.clone());
        assert_eq!(refused, Err(NotYet::Signature(why)));
    }
}

#[test]
fn a_later_change_of_what_was_signed_asks_for_a_new_signature_and_the_old_paper_stays() {
    let mut tablet = Tablet::new(1);
    let mut visit = ready(&mut tablet);
    let first = sign(&mut tablet, &mut visit);
    tablet.write(&mut visit, Change::OdometerRead { km: 38_420, reason: None });
    let papers = visit.signed_check_ins();
    assert_eq!(visit.changed_since(&papers[0]), ["odometer"]);
    assert_eq!(visit.stage(), Stage::ToSignAgain);
    assert_eq!(visit.countersign_check_in(strokes()), Err(NotYet::ChangedSince));
    sign(&mut tablet, &mut visit);
    let papers = visit.signed_check_ins();
    assert_eq!((papers.len(), papers[0].id, papers[1].version), (2, first, 2));
    assert_eq!(papers[0].facts.odometer, Some((38_412, None)));
    assert_eq!(visit.stage(), Stage::ToCountersign);
    assert_eq!(
        Paper::of_signed(&visit, &papers, 0, &|_| None).expect("a paper").superseded.map(|(by, ..)| by),
        Some(2)
    );
}

#[test]
fn handing_a_visit_to_a_colleague_asks_for_no_new_signature() {
    let mut tablet = Tablet::new(1);
    let mut visit = ready(&mut tablet);
    sign(&mut tablet, &mut visit);
    tablet.write(&mut visit, Change::AdvisorAssigned { advisor: StaffId("zhao".into()) });
    assert_eq!(visit.stage(), Stage::ToCountersign);
    let papers = visit.signed_check_ins();
    assert_eq!(visit.added_after(&papers[0]).len(), 1);
}

#[test]
fn what_was_signed_is_the_fold_of_the_signing_entrys_ancestors() {
    let mut tablet = Tablet::new(1);
    let mut visit = ready(&mut tablet);
    let id = sign(&mut tablet, &mut visit);
    tablet.write(&mut visit, Change::KeysTaken { count: 2 });
    let papers = visit.signed_check_ins();
    let then = Visit { journal: visit.journal.as_of(visit.journal.parents(&id)) };
    let facts = crate::documents::CheckInFacts::of(&then);
    assert!(facts.differences(&papers[0].facts, &visit.journal).is_empty());
}

#[test]
fn two_answers_hold_up_the_signature_until_one_is_picked() {
    let (mut one, mut two) = (Tablet::new(1), Tablet::new(2));
    let mut visit = ready(&mut one);
    let seen = visit.journal.draft(Change::OdometerRead { km: 38_500, reason: None });
    one.write(&mut visit, Change::OdometerRead { km: 38_412, reason: None });
    one.write(&mut visit, Change::OdometerRead { km: 38_413, reason: None });
    two.draft(&mut visit, seen);
    assert_eq!(visit.two_answers(), [Key::Odometer]);
    assert_eq!(visit.check_in_gaps(&[])[0], CheckInGap::TwoAnswers(Key::Odometer));
    one.write(&mut visit, Change::OdometerRead { km: 38_500, reason: None });
    assert!(visit.two_answers().is_empty());
}

#[test]
fn a_zone_nobody_looked_at_is_not_one_without_damage() {
    let mut tablet = Tablet::new(1);
    let mut visit = ready(&mut tablet);
    let catalogue = Catalogue::standard();
    assert!(Sheet::of(&visit, &catalogue).unlooked.contains(&"RFD".to_owned()));
    for change in visit.rest_is_good(&["RFD"]) {
        tablet.write(&mut visit, change);
    }
    let sheet = Sheet::of(&visit, &catalogue);
    assert!(!sheet.unlooked.contains(&"RFD".to_owned()));
    assert!(sheet.unlooked.contains(&"RRD".to_owned()));
    assert!(sheet.zh.findings[0].contains("未查看"), "{}", sheet.zh.findings[0]);
}

#[test]
fn a_mark_can_be_moved_described_anew_withdrawn_and_put_back() {
    let mut tablet = Tablet::new(1);
    let mut visit = ready(&mut tablet);
    let mark = visit.marks()[0].id;
    let place =
        MarkPlace { view: crate::diagram::View::Top, zone: "HD".into(), x: 2000, y: 2500, body: None };
    tablet.write(&mut visit, Change::MarkMoved { mark, place: place.clone() });
    tablet.write(
        &mut visit,
        Change::MarkDescribed {
            mark,
            kind: DamageKind::Dent,
            severity: Severity::Light,
            origin: Origin::KnownBefore,
        },
    );
    tablet.write(&mut visit, Change::MarkNoted { mark, note: "12 cm".to_owned().into() });
    let now = &visit.marks()[0];
    assert_eq!((&now.place, now.kind, now.severity), (&place, DamageKind::Dent, Severity::Light));
    tablet.write(&mut visit, Change::MarkWithdrawn { mark, withdrawn: true });
    assert!(visit.marks().is_empty() && visit.all_marks().len() == 1);
    tablet.write(&mut visit, Change::MarkWithdrawn { mark, withdrawn: false });
    assert_eq!(visit.marks().len(), 1);
}

#[test]
fn a_cancelled_visit_cannot_be_signed_until_it_is_opened_again() {
    let mut tablet = Tablet::new(1);
    let mut visit = ready(&mut tablet);
    tablet.write(&mut visit, Change::VisitCancelled { reason: Some("顾客改天再来".to_owned().into()) });
    assert_eq!(visit.stage(), Stage::Cancelled);
    let sheet = Sheet::of(&visit, &Catalogue::standard());
    assert_eq!(visit.sign_check_in(hand(), sheet), Err(NotYet::Cancelled));
    tablet.write(&mut visit, Change::VisitCancelled { reason: None });
    assert_ne!(visit.stage(), Stage::Cancelled);
}

#[test]
fn an_odometer_below_the_last_one_needs_a_reason() {
    use super::vehicle::OdometerReason;
    assert_eq!(odometer_read(5, None, Some(6)), Err(NeedsReason { last: 6 }));
    assert!(odometer_read(6, None, Some(6)).is_ok());
    assert!(odometer_read(5, Some(OdometerReason::MeterReplaced), Some(6)).is_ok());
}

#[test]
fn a_row_is_found_by_plate_vin_name_and_phone() {
    let mut tablet = Tablet::new(1);
    let visit = ready(&mut tablet);
    let row = VisitRow::of(&visit);
    for search in ["bd123", "粤B·D12345", "138126", "志远", "138 0013", "JC2026"] {
        assert_eq!(row.searched().contains(&search_form(search)), search != "JC2026", "{search}");
    }
    let row = VisitRow { name: "阿卜杜·热合曼".into(), ..row };
    for search in ["阿卜杜·热", "卜杜热合"] {
        assert!(row.searched().contains(&search_form(search)), "{search}");
    }
    assert!(!row.searched().contains(&search_form("26阿卜")), "one field's end and another's beginning");
    assert_eq!(row.heads, visit.journal.heads());
}

#[test]
fn the_paper_shows_every_mandatory_value_in_both_languages_and_escapes_what_people_wrote() {
    let mut tablet = Tablet::new(1);
    let mut visit = ready(&mut tablet);
    sign(&mut tablet, &mut visit);
    let papers = visit.signed_check_ins();
    let paper = Paper::of_signed(&visit, &papers, 0, &|_| None).expect("a paper");
    assert_eq!(paper.state, PaperState::Original);
    for language in Language::ALL {
        let list = blocks(&paper, language, &|_, _| None);
        let heights = vec![10.0; list.len()];
        let with_next: Vec<bool> = list.iter().map(|block| block.with_next).collect();
        let pages =
            draw_pages(&paper, language, &list, &paginate(&heights, &with_next, 1_000.0, 1_000.0, 0.0));
        assert_eq!(pages.len(), 1);
        for value in [
            "D12345",
            "LGX CE4CB8 P0 138126",
            "陈志远",
            "138 0013 5621",
            "38,412",
            "64</b> %",
            "时光灰",
            "JC20260318-003B",
            "LANEPAD",
        ] {
            let found = pages[0].contains(value)
                || value == "LANEPAD"
                    && paper.code().is_some_and(|code| code.starts_with("LANEPAD/1:JC20260318-003B:1:"));
            assert!(found, "{value} is not on the {} paper", language.tag());
        }
        assert!(pages[0].contains("&lt;b&gt;咔咔声") && !pages[0].contains("<b>咔咔声"));
        assert!(pages[0].contains(&language.page_number(1, 1)));
    }
}

#[test]
fn erasing_a_value_opens_no_difference_to_what_was_signed() {
    let mut tablet = Tablet::new(1);
    let mut visit = ready(&mut tablet);
    sign(&mut tablet, &mut visit);
    let phone = match visit.journal.answer(&Key::Phone) {
        Some(Change::PhoneGiven { phone }) => phone.commitment().expect("sealed"),
        _ => panic!("no phone"),
    };
    let server =
        Pen { device: DeviceId::from_random([9; 16]), author: StaffId("server".into()), wall: 0, offset: 0 };
    let verdict = crate::journal::Verdict::PersonalErased { commitments: vec![phone], attachments: vec![] };
    let heads = visit.journal.heads();
    let draft = Draft { change: verdict, replaces: vec![] };
    let entries = write_entries(&server, visit.journal.dossier(), 1, &heads, 1, &[draft], &mut || [0; 16])
        .expect("an entry");
    for entry in entries {
        visit.journal.insert(entry);
    }
    assert!(visit.phone().is_none());
    let papers = visit.signed_check_ins();
    assert!(visit.changed_since(&papers[0]).is_empty());
}

#[test]
fn who_erases_a_value_erases_the_sheets_that_say_it_again_and_no_other() {
    let named = |visit: &Visit, key: Key| visit.journal.commitments(&visit.journal.unreplaced(&key)[0]);
    let mut tablet = Tablet::new(1);
    let mut visit = ready(&mut tablet);
    let first = named(&visit, Key::Phone);
    assert_eq!(visit.sheets_saying(&first), (vec![], vec![]), "nothing is signed");
    sign(&mut tablet, &mut visit);
    let phone = Phone::read("13900000000").value().expect("a phone");
    tablet.write(&mut visit, Change::PhoneGiven { phone: phone.into() });
    let later = named(&visit, Key::Phone);
    let sheet = match &visit.signed_check_ins()[0].sheet {
        crate::visit::part::Part::Within(sheet) => sheet.commitment().expect("sealed"),
        crate::visit::part::Part::Attached { .. } => panic!("an ordinary sheet is small"),
    };
    assert_eq!(visit.sheets_saying(&first), (vec![sheet], vec![]));
    assert_eq!(visit.sheets_saying(&later), (vec![], vec![]), "it was said after signing");
    assert_eq!(visit.sheets_saying(&[sheet]), (vec![], vec![]), "a sheet is no value of the visit");
    let signer = visit.signed_check_ins()[0].signer.commitment();
    assert_eq!(
        named(&visit, Key::Customer),
        [signer.expect("sealed")],
        "the signer's name is the customer's"
    );
}

fn with_three_hundred_marks(tablet: &mut Tablet) -> Visit {
    let mut visit = ready(tablet);
    for at in 0..299 {
        let place = MarkPlace {
            view: crate::diagram::View::Left,
            zone: "LFD".into(),
            x: 3_200 + at,
            y: 4_400,
            body: None,
        };
        let (kind, severity, origin) = (DamageKind::Scratch, Severity::Light, Origin::FoundNow);
        tablet.write(&mut visit, Change::DamageMarked { place, kind, severity, origin });
    }
    visit
}

#[test]
fn a_large_sheet_is_an_attachment_that_the_signing_entry_names_and_the_paper_is_drawn_from_it() {
    use crate::exchange::{SyncState, VisitReceipt};
    let mut tablet = Tablet::new(1);
    let mut visit = with_three_hundred_marks(&mut tablet);
    let sheet = Sheet::of(&visit, &Catalogue::standard());
    let signing = visit.sign_check_in(hand(), sheet.clone()).expect("nothing is missing");
    let [(attachment, bytes)] = signing.attached.as_slice() else { panic!("the sheet alone is large") };
    // Writing it checks that the entry stays under 128 kB.
    tablet.draft(&mut visit, signing.draft);
    let papers = visit.signed_check_ins();
    assert_eq!(visit.paper_attachments(), [*attachment]);
    assert!(VisitRow::of(&visit).attachments.contains(attachment));

    assert!(Paper::of_signed(&visit, &papers, 0, &|_| None).is_none());
    let other = |_| Some(b"{}".to_vec());
    assert!(Paper::of_signed(&visit, &papers, 0, &other).is_none(), "bytes of another name");
    let held = |id| (id == *attachment).then(|| bytes.clone());
    assert_eq!(Paper::of_signed(&visit, &papers, 0, &held).expect("a paper").sheet, sheet);

    let device = DeviceId::from_random([1; 16]);
    let mut receipt = VisitReceipt {
        dossier: visit.journal.dossier(),
        heads: visit.journal.heads(),
        whole: true,
        lacks: Vec::new(),
        attachments_missing: vec![crate::protocol::AttachmentMissing { attachment: *attachment, device }],
    };
    let sync = |receipt: &VisitReceipt| SyncState::of(0, 0, &visit.journal.heads(), Some(receipt));
    assert_eq!(sync(&receipt), SyncState::Sent);
    receipt.attachments_missing.clear();
    assert_eq!(sync(&receipt), SyncState::Complete);
}

#[test]
fn a_long_signature_is_an_attachment_and_an_ordinary_paper_has_none() {
    let mut tablet = Tablet::new(1);
    let mut visit = ready(&mut tablet);
    sign(&mut tablet, &mut visit);
    assert!(visit.paper_attachments().is_empty());
    let mut long = strokes();
    long.strokes.resize(700, long.strokes[0].clone());
    let signing = visit.countersign_check_in(long.clone()).expect("it is signed");
    let (attachment, bytes) = signing.attached[0].clone();
    tablet.draft(&mut visit, signing.draft);
    let papers = visit.signed_check_ins();
    assert_eq!(visit.attachments(), [attachment]);
    let drawn = |here: bool| {
        let bytes = |_| here.then(|| bytes.clone());
        let paper = Paper::of_signed(&visit, &papers, 0, &bytes).expect("a paper");
        paper.countersigned.expect("countersigned").0
    };
    assert_eq!((drawn(false), drawn(true)), (None, Some(long)));
}
