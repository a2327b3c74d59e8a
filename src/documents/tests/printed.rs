//! The printed check-in form of visits of every kind, as text: what a person reads on each page.

use chrono::NaiveDate;

use super::super::{Paper, Sheet, blocks, draw_pages, paginate};
use crate::catalogue::Catalogue;
use crate::diagram::{Body, zone_at};
use crate::journal::{AttachmentId, DossierId, EntryId, StaffId};
use crate::locale::Language;
use crate::visit::archive::ArchiveField;
use crate::visit::check_in::SigningHand;
use crate::visit::customer::{PersonName, Phone, Relation, Salutation};
use crate::visit::people::{ContactIs, PersonRole};
use crate::visit::recording::{Heard, Recorded, RecordingKind, RecordingSubject};
use crate::visit::signature::SignedAs;
use crate::visit::signing::RefusalReason;
use crate::visit::tests::{Tablet, hand, strokes};
use crate::visit::vehicle::{
    Charge, Charging, Energy, Fuel, KeyAccess, NoPlate, Plate, PlateColour, PlateNumber, PortFlap, Vin,
};
use crate::visit::{Change, DamageKind, Grade, MarkPlace, Origin, PhotoSubject, Picture, Severity, Visit};

/// 2026-03-18 10:26 in China.
const ARRIVED: i64 = 1_773_800_760_000;

fn shop() -> Catalogue {
    let today = NaiveDate::from_ymd_opt(2026, 3, 18).expect("a day");
    crate::demo::demo(today, crate::demo::UTC_OFFSET_MINUTES)
}

/// A visit in the making: everything that must be said is said, the rest is added by name.
struct Reception {
    tablet: Tablet,
    visit: Visit,
}

fn a_car() -> Reception {
    let mut reception =
        Reception { tablet: Tablet::new(1), visit: Visit::new(DossierId::of_appointment("shop", "1")) };
    let number = PlateNumber::read("粤BD12345").value().expect("a plate");
    let name = PersonName::read("陈志远").value().expect("a name");
    for change in [
        Change::VisitOpened {
            number: "JC20260318-003B".into(),
            appointment: None,
            arrived: ARRIVED,
            body: Body::Sedan,
            items: shop().items(),
        },
        Change::PlateRead { plate: Plate::Number { number, colour: PlateColour::Green }.into() },
        Change::VinRead { vin: Vin::read("LGXCE4CB8P0138126").value().expect("a VIN").into() },
        Change::VehicleIdentified {
            model: "比亚迪 汉 EV 2023 款".into(),
            colour: "时光灰".into(),
            energy: Energy::Electric,
            purchased: Some("2023-04-20".into()),
            private_use: true,
            last_visit: Some("2025-09-12".into()),
            last_odometer: Some(31_905),
            delivered: None,
        },
        Change::CustomerNamed { name: name.into() },
        Change::PhoneGiven { phone: Phone::read("13800135621").value().expect("a phone").into() },
        Change::SalutationChosen { salutation: Salutation::Mr },
        Change::RelationGiven { relation: Relation::Owner },
        Change::OdometerRead { km: 38_412, reason: None },
        Change::ChargeRead { charge: Charge { percent: 64, range_km: Some(312) } },
        Change::DashboardChecked { checked: true },
        Change::AdvisorAssigned { advisor: StaffId("lin".into()) },
        Change::ValuablesReminded { reminded: true },
    ] {
        reception.say(change);
    }
    for cover in ["seat", "wheel", "mat"] {
        reception.say(Change::CoverPlaced { cover: cover.into(), placed: true });
    }
    reception
}

impl Reception {
    fn say(&mut self, change: Change) -> EntryId {
        self.tablet.write(&mut self.visit, change)
    }

    fn with(mut self, changes: impl IntoIterator<Item = Change>) -> Self {
        for change in changes {
            self.say(change);
        }
        self
    }

    fn with_everything_left(self) -> Self {
        let belongings =
            ["triangle", "tools", "repair_kit", "cable", "child_seat", "umbrella", "dash_camera"];
        let seen =
            belongings.map(|belonging| Change::BelongingSeen { belonging: belonging.into(), present: true });
        self.with(seen).with([
            Change::KeysTaken { count: 1 },
            Change::DocumentTaken { document: "licence".into(), taken: true },
            Change::DocumentTaken { document: "booklet".into(), taken: true },
        ])
    }

    fn with_concern(self, words: &str) -> Self {
        self.with([Change::ConcernRecorded { words: words.to_owned().into(), symptom: Some("noise".into()) }])
    }

    fn with_rest_good(mut self) -> Self {
        let groups: Vec<String> = self.visit.groups().iter().map(|group| (*group).to_owned()).collect();
        let groups: Vec<&str> = groups.iter().map(String::as_str).collect();
        for change in self.visit.rest_is_good(&groups) {
            self.say(change);
        }
        self
    }

    fn photo(&mut self, subject: PhotoSubject) {
        let at = self.visit.photos().len();
        let picture = |what: &str| Picture {
            attachment: AttachmentId::of(format!("{what} {at}").as_bytes()),
            size: 1,
            width: 4,
            height: 3,
        };
        self.say(Change::PhotoTaken {
            subject,
            picture: picture("picture"),
            thumbnail: picture("thumbnail"),
        });
    }

    fn mark(&mut self, at: (i32, i32), what: (DamageKind, Severity, Origin), note: &str) -> EntryId {
        let shape = zone_at(Body::Sedan, at.0 * 10, at.1 * 10).expect("a zone");
        let place =
            MarkPlace { view: shape.view, zone: shape.id.into(), x: at.0 * 10, y: at.1 * 10, body: None };
        let (kind, severity, origin) = what;
        let mark = self.say(Change::DamageMarked { place, kind, severity, origin });
        if !note.is_empty() {
            self.say(Change::MarkNoted { mark, note: note.to_owned().into() });
        }
        mark
    }

    /// So many of fourteen marks, each with a photo of its own where there are that many.
    fn with_marks(mut self, marks: usize, photos: usize) -> Self {
        use DamageKind::{Chip, Crack, Dent, Missing, Scratch, Scuff};
        use Origin::{FoundNow, KnownBefore};
        use Severity::{Heavy, Light};
        let all = [
            ((330, 450), (Scratch, Heavy, FoundNow), "12 cm"),
            ((262, 256), (Chip, Light, FoundNow), "5 处"),
            ((722, 300), (Scuff, Light, FoundNow), ""),
            ((545, 72), (Scuff, Light, KnownBefore), ""),
            ((455, 452), (Dent, Light, FoundNow), "6 cm"),
            ((212, 470), (Missing, Heavy, FoundNow), ""),
            ((66, 320), (Crack, Heavy, FoundNow), ""),
            ((60, 260), (Crack, Heavy, FoundNow), ""),
            ((230, 300), (Dent, Heavy, FoundNow), "30 cm"),
            ((245, 440), (Dent, Heavy, FoundNow), "18 cm"),
            ((255, 470), (Scratch, Light, FoundNow), "8 cm"),
            ((370, 478), (Scuff, Light, FoundNow), "20 cm"),
            ((330, 262), (Crack, Light, FoundNow), "3 cm"),
            ((250, 220), (Chip, Light, KnownBefore), "5 处"),
        ];
        self.photo(PhotoSubject::Dashboard);
        for (at, (place, what, note)) in all.into_iter().take(marks).enumerate() {
            let mark = self.mark(place, what, note);
            if at + 1 < photos {
                self.photo(PhotoSubject::Mark(mark));
            }
        }
        self
    }

    fn refused(mut self) -> Self {
        self.photo(PhotoSubject::Refusal);
        let witness = Some(StaffId("luo".into()));
        let (reason, read_out) = (Some(RefusalReason::Damage), Some(true));
        let mut reception = self.with([
            Change::RefusalNoted { reason, read_out, witness },
            Change::RefusalWorded { words: "标记 1 不是这次停车前的损伤".to_owned().into() },
        ]);
        let sheet = Sheet::refused(&reception.visit, &shop());
        let closed = reception.visit.refuse_check_in(strokes(), sheet, &StaffId("lin".into()));
        reception.tablet.draft(&mut reception.visit, closed.expect("all is said").draft);
        reception
    }

    fn on_paper(mut self) -> Self {
        let closed = self.visit.sign_on_paper(Sheet::of(&self.visit, &shop())).expect("nothing is missing");
        self.tablet.draft(&mut self.visit, closed.draft);
        self
    }

    fn signed(mut self) -> Self {
        let sheet = Sheet::of(&self.visit, &shop());
        let signer = self.visit.signer().and_then(|signer| signer.person.name.cloned()).expect("a name");
        let hand = SigningHand { signer, signed_as: self.visit.signs_as(), ..hand() };
        let draft = self.visit.sign_check_in(hand, sheet).expect("nothing is missing").draft;
        self.tablet.draft(&mut self.visit, draft);
        self
    }

    fn countersigned(mut self) -> Self {
        let draft = self.visit.countersign_check_in(strokes()).expect("it is signed").draft;
        self.tablet.draft(&mut self.visit, draft);
        self
    }

    fn printed(mut self) -> Self {
        let paper = self.visit.signed_check_ins().pop().expect("it is signed").id;
        self.say(Change::PaperPrinted { paper });
        self
    }

    fn paper(&self, which: usize) -> Paper {
        Paper::of_signed(&self.visit, &self.visit.signed_check_ins(), which, &|_| None).expect("a paper")
    }
}

fn ordinary() -> Reception {
    a_car()
        .with_marks(5, 5)
        .with_rest_good()
        .with([
            Change::ItemGraded { item: "LFW.tread".into(), grade: Some(Grade::Attention) },
            Change::ItemNoted { item: "LFW.tread".into(), note: "沟深 2.8 mm".to_owned().into() },
        ])
        .with_everything_left()
        .with_concern("早上起步右前轮有咔咔声，左转更响。")
        .with_concern("空调一开有股霉味。")
        .signed()
        .countersigned()
}

fn long() -> Reception {
    a_car()
        .with_marks(14, 12)
        .with_rest_good()
        .with_everything_left()
        .with_concern("昨天傍晚在停车场出口撞了左前角的柱子，当时车速很慢，气囊没有弹出。\n撞完以后左大灯不亮，打方向没有感觉异常。")
        .signed()
        .countersigned()
}

fn nothing_found_unsigned() -> Reception {
    a_car().with_rest_good().with_concern("常规保养")
}

fn nothing_found() -> Reception {
    nothing_found_unsigned().signed().countersigned()
}

fn unplated() -> Reception {
    a_car()
        .with_marks(1, 0)
        .with([Change::PlateRead { plate: Plate::None { reason: NoPlate::NewCar }.into() }])
        .with_concern("新车首次检查")
        .signed()
}

fn temporary() -> Reception {
    let number = PlateNumber::read("粤B临08213").value().expect("a plate");
    let until = NaiveDate::from_ymd_opt(2026, 4, 2).expect("a day");
    a_car()
        .with_rest_good()
        .with([Change::PlateRead { plate: Plate::Temporary { number, until }.into() }])
        .with_concern("常规保养")
        .signed()
}

fn long_values() -> Reception {
    let name = "阿不都热合曼·买买提吐尔逊".chars().cycle().take(64).collect::<String>();
    a_car()
        .with_rest_good()
        .with([
            Change::CustomerNamed { name: PersonName::read(&name).value().expect("a name").into() },
            Change::RelationGiven { relation: Relation::Driver },
            Change::VehicleIdentified {
                model: "梅赛德斯-奔驰 AMG GLE 53 4MATIC+ 轿跑 SUV 2023 款 改款".into(),
                colour: "耀岩黑金属漆 / 曜石黑双色车身".into(),
                energy: Energy::Hybrid,
                purchased: None,
                private_use: false,
                last_visit: None,
                last_odometer: None,
                delivered: None,
            },
            Change::OdometerRead { km: 1_038_412, reason: None },
            Change::FuelRead { fuel: Fuel(5) },
            Change::LampSeen { lamp: "engine".into(), lit: true },
            Change::LampSeen { lamp: "tyre".into(), lit: true },
            Change::ValuablesLeft {
                what: "笔记本电脑一台（灰色，带充电器和鼠标），装在黑色双肩包里，放后备厢左侧；儿童推车一辆"
                    .to_owned()
                    .into(),
            },
        ])
        .with_concern(&"行驶中方向盘抖动，时速八十公里以上更明显。".repeat(12))
        .signed()
}

fn authorised() -> Reception {
    let reception = a_car().with_rest_good().with_concern("常规保养");
    let chosen = reception.visit.signer_is(SignedAs::Authorised);
    let name = PersonName::read("王芳").value().expect("a name");
    reception
        .with(chosen)
        .with([
            Change::PersonNamed { role: PersonRole::Authorised, name: name.into() },
            Change::AuthorityNoted { words: "车主电话同意，138****5621".to_owned().into() },
        ])
        .signed()
        .countersigned()
}

/// So many marks in a grid over the whole car: more than one drawing can hold.
fn covered_with(marks: i32) -> Reception {
    let mut reception = a_car().with_rest_good().with_concern("冰雹之后");
    let places = (0..50).flat_map(|y| (0..70).map(move |x| (30 + x * 10, 20 + y * 9)));
    let on_the_car = places.filter(|(x, y)| zone_at(Body::Sedan, x * 10, y * 10).is_some());
    for place in on_the_car.step_by(6).take(marks as usize) {
        reception.mark(place, (DamageKind::Dent, Severity::Heavy, Origin::FoundNow), "");
    }
    assert_eq!(reception.visit.marks().len(), marks as usize);
    reception
}

/// Millimetres that a browser gives a block, by its section's place; photos and drawing by kind.
fn height(html: &str) -> f64 {
    let lines = |of: f64| (html.chars().count() as f64 / of).ceil();
    match html {
        _ if html.contains("car-row") => 81.0,
        _ if html.contains("wide-car") => 96.0,
        _ if html.contains("photos p6") => 36.0,
        _ if html.contains("class=\"photos") => 30.0,
        _ if html.contains("class=\"sign") => 34.0,
        _ if html.contains("class=\"words") => 4.0 + 6.0 * lines(60.0),
        _ => 4.0 + 5.2 * html.matches("<i>").count().div_ceil(2).max(1) as f64,
    }
}

fn pages(paper: &Paper, language: Language) -> Vec<String> {
    let picture = |_, _| Some("blob:".to_owned());
    let list = blocks(paper, language, &picture);
    let heights: Vec<f64> = list.iter().map(|block| height(&block.html)).collect();
    let with_next: Vec<bool> = list.iter().map(|block| block.with_next).collect();
    draw_pages(paper, language, &list, &paginate(&heights, &with_next, 234.0, 256.0, 5.0))
}

/// What a person reads: one line per line of the page; boxes as `[x]`, drawings as what they show.
pub(super) fn read(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        let Some((tag, after)) = tag.split_once('>') else { break };
        rest = after;
        let name = tag.split([' ', '/']).find(|word| !word.is_empty()).unwrap_or_default();
        let shape = ["box", "level", "qr", "ink", "cross"]
            .into_iter()
            .find(|shape| name == "svg" && tag.contains(&format!("class=\"{shape}\"")));
        if let Some(shape) = shape {
            let (drawn, after) = rest.split_once("</svg>").unwrap_or((rest, ""));
            rest = after;
            text.push_str(match shape {
                "box" if drawn.contains("<path") => "[x] ",
                "box" => "[ ] ",
                shape => shape,
            });
        } else {
            match name {
                "text" | "span" | "i" => text.push(' '),
                "img" => text.push_str("photo"),
                "div" | "li" | "p" | "br" | "section" | "figure" | "header" | "footer" | "h1" | "h2" => {
                    text.push('\n');
                }
                "path" if tag.contains("url(#unlooked)") => text.push('▨'),
                "path" if tag.contains("class=\"leader\"") => text.push('╱'),
                "circle" if tag.contains("stroke-dasharray") => text.push_str(" dashed"),
                _ => {}
            }
        }
    }
    text.push_str(rest);
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

fn printed(paper: &Paper, language: Language) -> String {
    let pages = pages(paper, language);
    let read = pages.iter().map(|page| read(page)).collect::<Vec<_>>();
    read.join("\n\n——— next page ———\n\n")
}

macro_rules! printed_in_both_languages {
    ($($name:ident: $reception:expr, $which:expr;)*) => {
        $(#[test]
        fn $name() {
            let paper = $reception.paper($which);
            for language in Language::ALL {
                let name = format!("{}_{}", stringify!($name), language.tag());
                insta::assert_snapshot!(name, printed(&paper, language));
            }
        })*
    };
}

/// A driver brings a company's car; the archive says another colour; cables, card, licence with photo.
fn brought_by_a_driver() -> Reception {
    let mut reception = a_car();
    for change in reception.visit.brought_by(Relation::Driver) {
        reception.say(change);
    }
    let name = |text: &str| PersonName::read(text).value().expect("a name").into();
    let (contact, phone) = (PersonRole::Contact, Phone::read("0755-26551234-802").value().expect("a phone"));
    let archive = "珍珠白".to_owned().into();
    let mut reception = reception
        .with_marks(5, 5)
        .with_rest_good()
        .with_everything_left()
        .with([
            Change::CustomerNamed { name: name("李强") },
            Change::ContactChosen { contact: ContactIs::Other },
            Change::PersonNamed { role: contact, name: name("王芳") },
            Change::PersonPhoned { role: contact, phone: phone.into() },
            Change::PersonRelated { role: contact, relation: Relation::Family },
            Change::CablesTaken { count: 2 },
            Change::PortFlapSeen { flap: PortFlap::Damaged },
            Change::ChargingAgreed { charging: Charging::CustomerPays },
            Change::AccessGiven { access: KeyAccess::Card, given: true },
            Change::ArchiveSettled { field: ArchiveField::Colour, archive, taken: false },
        ])
        .with_concern("早上起步右前轮有咔咔声，左转更响。");
    reception.photo(PhotoSubject::Document("licence".into()));
    reception.signed().countersigned()
}

/// Two concerns put in another order, asked about, one read back, one with a video.
fn asked_about() -> Reception {
    let mut reception = a_car()
        .with_rest_good()
        .with_concern("空调一开有股霉味。")
        .with_concern("早上起步右前轮有咔咔声，左转更响。");
    let [smell, noise] = [0, 1].map(|at| reception.visit.concerns().remove(at));
    let answers =
        [("where", "rf"), ("sound", "click"), ("drive", "start"), ("often", "always"), ("since", "month")];
    let catalogue = Catalogue::standard();
    for (id, choice) in answers {
        let question = catalogue.question(id).expect("a question");
        reception.say(reception.visit.choose_answer(noise.id, question, choice));
    }
    let (moved, _) = reception.visit.concern_moved(noise.id, true).expect("it is the second");
    reception.say(moved);
    reception.say(reception.visit.confirm_concern(&noise, Some("您说车有异响".to_owned())));
    let video = Recorded {
        subject: RecordingSubject::Concern(smell.id),
        kind: RecordingKind::Video,
        heard: Heard::Car,
        length: 9_000,
        media: "video/webm".into(),
    };
    reception.say(reception.visit.recording_made(video, b"video").expect("a video"));
    reception.signed().countersigned()
}

#[test]
fn what_was_answered_after_signing_asks_for_a_new_signature_and_so_does_a_recording() {
    let reception = asked_about();
    let concern = reception.visit.standing_concerns().remove(0);
    let changed = |reception: &Reception| {
        let signed = reception.visit.signed_check_ins().remove(0);
        reception.visit.changed_since(&signed)
    };
    assert!(changed(&reception).is_empty());
    assert_eq!(pages(&reception.paper(0), Language::ZhCn).len(), 1, "an ordinary car has one page");
    let catalogue = Catalogue::standard();
    let question = catalogue.question("speed").expect("a question");
    let answer = reception.visit.choose_answer(concern.id, question, "20");
    let reception = reception.with([answer]);
    assert_eq!(changed(&reception), ["concerns"]);
    let recording = reception.visit.recordings()[0].id;
    let reception = asked_about().with([Change::RecordingWithdrawn { recording, withdrawn: true }]);
    assert_eq!(changed(&reception), ["concerns"]);
}

printed_in_both_languages! {
    a_car_with_concerns_in_order_of_weight: asked_about(), 0;
    a_car_that_a_driver_brings: brought_by_a_driver(), 0;
    an_ordinary_car: ordinary(), 0;
    a_car_with_fourteen_marks_and_twelve_photos: long(), 0;
    nothing_found_and_nothing_left: nothing_found(), 0;
    a_car_without_plate_and_zones_nobody_looked_at: unplated(), 0;
    values_as_long_as_they_may_be: long_values(), 0;
    a_copy: nothing_found().printed().printed(), 0;
    a_car_with_a_temporary_plate: temporary(), 0;
    a_form_of_a_cancelled_visit: nothing_found().with([Change::VisitCancelled { reason: Some("客户改期".to_owned().into()) }]), 0;
    a_refused_form: nothing_found_unsigned().refused(), 0;
    a_form_to_be_signed_by_hand: nothing_found_unsigned().on_paper().countersigned(), 0;
    a_form_signed_with_authority: authorised(), 0;
    a_superseded_form: nothing_found().with([Change::OdometerRead { km: 38_420, reason: None }]).signed(), 0;
}

#[test]
fn what_changes_after_signing_changes_no_paper_but_the_draft_of_the_next_one() {
    let reception = nothing_found();
    let signed = reception.paper(0);
    let reception = reception.with([Change::OdometerRead { km: 38_420, reason: None }]);
    for language in Language::ALL {
        assert_eq!(printed(&reception.paper(0), language), printed(&signed, language));
        let draft = Paper::draft(Sheet::of(&reception.visit, &shop()), &reception.visit);
        insta::assert_snapshot!(format!("changed_since_{}", language.tag()), printed(&draft, language));
    }
}

#[test]
fn three_hundred_marks_stand_on_ten_drawings_each_before_its_own_list() {
    let reception = covered_with(300);
    let paper = Paper::draft(Sheet::of(&reception.visit, &shop()), &reception.visit);
    for language in Language::ALL {
        let list = blocks(&paper, language, &|_, _| None);
        let drawings = list.iter().filter(|block| block.html.contains("wide-car"));
        assert_eq!(drawings.clone().count(), 10);
        assert!(drawings.clone().all(|block| block.with_next), "a drawing is left behind without its list");
        let said: Vec<bool> = (1..=10)
            .zip(drawings)
            .map(|(at, block)| block.html.contains(&format!("{}–{}", at * 30 - 29, at * 30)))
            .collect();
        assert_eq!(said, [true; 10]);
        let text = printed(&paper, language);
        assert!(text.contains("300 处标记"), "the sentence above the signatures counts them");
    }
}

#[test]
fn thirty_discs_at_one_place_fan_out_until_none_covers_another() {
    // On the smaller drawing, 100 mm wide: a millimetre is 7.56 units, a disc with its ring 6.9 mm apart.
    let apart = 6.9 * 7.56;
    for place in [(320.0, 440.0), (20.0, 20.0), (766.0, 490.0)] {
        let discs = super::super::spread(&[place; 30], apart);
        for (at, a) in discs.iter().enumerate() {
            for b in &discs[at + 1..] {
                let between = (a.0 - b.0).hypot(a.1 - b.1);
                assert!(between > apart - 0.3 * 7.56, "{place:?}: {between} of {apart}");
            }
        }
    }
}

#[test]
fn the_printed_file_is_named_by_number_version_plate_and_state_never_by_a_person() {
    let of = |reception: &Reception, language| super::super::file_name(&reception.paper(0), language);
    let reception = nothing_found();
    assert_eq!(of(&reception, Language::ZhCn), "JC20260318-003B_v1_粤BD12345_接车登记表");
    let copy = reception.printed().printed();
    assert_eq!(of(&copy, Language::En), "JC20260318-003B_v1_粤BD12345_接车登记表_副本2_zh-en");
    assert_eq!(of(&unplated(), Language::ZhCn), "JC20260318-003B_v1_138126_接车登记表");
}
