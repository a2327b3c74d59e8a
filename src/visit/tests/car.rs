//! The car's body, its driver's side, and the marks of its last visit.

use super::*;
use crate::diagram::{centre, zone};

fn opened(tablet: &mut Tablet, body: Body) -> Visit {
    let mut visit = Visit::new(DossierId::of_appointment("shop", "2"));
    let items = Catalogue::standard().items();
    let opening = Change::VisitOpened {
        number: "JC20260401-001A".into(),
        appointment: None,
        arrived: 1_775_000_000_000,
        body,
        items,
    };
    tablet.write(&mut visit, opening);
    let number = PlateNumber::read("粤BD12345").value().expect("a plate");
    let plate = Plate::Number { number, colour: PlateColour::Green };
    tablet.write(&mut visit, Change::PlateRead { plate: plate.into() });
    visit
}

fn marked(tablet: &mut Tablet, visit: &mut Visit, id: &str) -> EntryId {
    let body = visit.body();
    let shape = zone(body, id).expect("a zone");
    let (x, y) = centre(body, shape);
    let place = MarkPlace { view: shape.view, zone: id.into(), x: x + 20, y, body: Some(body) };
    let (kind, severity, origin) = (DamageKind::Scratch, Severity::Heavy, Origin::FoundNow);
    tablet.write(visit, Change::DamageMarked { place, kind, severity, origin })
}

#[test]
fn inspection_groups_fall_to_the_zones_that_the_body_has_in_the_order_of_walking_round_it() {
    let mut tablet = Tablet::new(1);
    let mut visit = opened(&mut tablet, Body::Sedan);
    for body in Body::ALL {
        tablet.write(&mut visit, Change::BodyChosen { body });
        let groups: Vec<String> = visit.looked().into_iter().map(|(group, _)| group).collect();
        let zones: Vec<&str> = crate::diagram::zones(body).iter().map(|zone| zone.id).collect();
        assert_eq!(groups[..zones.len()], zones, "{body:?}");
        assert_eq!(groups[zones.len()..], ["interior", "bay", "boot", "under"], "{body:?}");
    }
}

#[test]
fn the_driver_sits_on_the_left_until_somebody_says_otherwise_and_the_paper_draws_the_wheel_there() {
    let mut tablet = Tablet::new(1);
    let mut visit = ready(&mut tablet);
    let catalogue = Catalogue::standard();
    assert_eq!(Sheet::of(&visit, &catalogue).steering, Some(Side::Left));
    tablet.write(&mut visit, Change::SteeringSeen { side: Side::Right });
    assert_eq!((visit.steering(), Sheet::of(&visit, &catalogue).steering), (Side::Right, Some(Side::Right)));
}

#[test]
fn a_zone_says_its_place_in_the_walk_and_whether_the_driver_sits_there() {
    let mut tablet = Tablet::new(1);
    let mut visit = opened(&mut tablet, Body::Suv);
    let at = |visit: &Visit, id: &str| {
        visit.place_in_the_walk(id).map(|place| (place.number, place.of, place.drivers))
    };
    assert_eq!(at(&visit, "LFD"), Some((5, 13, Some(true))));
    assert_eq!(at(&visit, "RFD"), Some((5, 13, Some(false))));
    assert_eq!(at(&visit, "BG"), Some((3, 5, None)));
    assert_eq!(at(&visit, "DL"), None);
    assert_eq!(at(&visit, "interior"), None);
    tablet.write(&mut visit, Change::SteeringSeen { side: Side::Right });
    assert_eq!(at(&visit, "RFD"), Some((5, 13, Some(true))));
}

#[test]
fn a_body_changed_later_keeps_a_mark_in_the_middle_of_its_zone_until_it_is_placed_again() {
    let mut tablet = Tablet::new(1);
    let mut visit = opened(&mut tablet, Body::Sedan);
    let door = marked(&mut tablet, &mut visit, "LFD");
    let lid = marked(&mut tablet, &mut visit, "DL");
    let before = visit.marks()[0].place.clone();
    assert!(visit.marks().iter().all(|mark| !mark.to_place));

    tablet.write(&mut visit, Change::BodyChosen { body: Body::Suv });
    let marks = visit.marks();
    let middle = centre(Body::Suv, zone(Body::Suv, "LFD").expect("a zone"));
    assert_eq!((marks[0].place.x, marks[0].place.y), middle);
    assert_eq!((marks[0].place.zone.as_str(), marks[0].to_place), ("LFD", true));
    // An SUV has no boot lid: its tailgate is what closes it there.
    assert_eq!((marks[1].place.zone.as_str(), marks[1].to_place), ("TR", true));
    assert_eq!(Sheet::of(&visit, &Catalogue::standard()).body, Body::Suv);

    let place = MarkPlace { x: middle.0 + 50, body: Some(Body::Suv), ..marks[0].place.clone() };
    tablet.write(&mut visit, Change::MarkMoved { mark: door, place: place.clone() });
    assert_eq!((&visit.marks()[0].place, visit.marks()[0].to_place), (&place, false));
    assert_eq!((visit.marks()[1].id, visit.marks()[1].to_place), (lid, true));

    // Nothing is lost: what was placed in the sedan stands there again. The moved one asks once more.
    tablet.write(&mut visit, Change::BodyChosen { body: Body::Sedan });
    assert!(visit.marks()[0].to_place && !visit.marks()[1].to_place);
    assert_eq!(visit.marks()[0].place.zone, before.zone);
}

#[test]
fn a_mark_of_the_last_visit_is_a_proposal_until_somebody_says_what_became_of_it() {
    let mut tablet = Tablet::new(1);
    let mut earlier = ready(&mut tablet);
    for zone in ["RFD", "HD"] {
        marked(&mut tablet, &mut earlier, zone);
    }
    let first = earlier.marks()[0].id;
    tablet.write(&mut earlier, Change::MarkNoted { mark: first, note: "12 cm".to_owned().into() });
    let mut visit = opened(&mut tablet, Body::Sedan);
    assert!(visit.is_of_car_of(&earlier) && !earlier.is_of_car_of(&visit));
    let proposed = visit.carried_from(&earlier);
    assert_eq!((proposed.len(), visit.marks().len()), (3, 0), "a proposal is a fact");
    let doors = ["LFD", "RFD", "HD"];
    assert!(visit.looked().iter().all(|(zone, looked)| !doors.contains(&&**zone) || looked.worst.is_none()));

    for (mark, seen) in proposed.iter().zip(Seen::ALL) {
        tablet.write(&mut visit, mark.clone().seen(seen));
    }
    assert_eq!(visit.open_of(&proposed), []);
    let said: Vec<_> = visit.marks().iter().map(|mark| (mark.number, mark.origin)).collect();
    assert_eq!(said, [(1, Origin::KnownBefore), (2, Origin::Repaired), (3, Origin::FoundNow)]);
    let marks = visit.marks();
    assert_eq!(marks[0].note.as_ref().and_then(|note| note.value()).map(String::as_str), Some("12 cm"));
    assert_eq!(marks[0].place.zone, "LFD");
    let looked = visit.looked();
    let worst = |id: &str| looked.iter().find(|(zone, _)| zone == id).and_then(|(_, looked)| looked.worst);
    assert_eq!((worst("LFD"), worst("RFD")), (Some(Grade::Bad), None), "what is repaired is bad");

    // Their state stands on the paper, in words.
    let sheet = Sheet::of(&visit, &Catalogue::standard());
    let details: Vec<&str> = sheet.zh.marks.iter().map(|(_, detail)| detail.as_str()).collect();
    for (detail, word) in details.iter().zip(["上次已有", "已修复", "本次发现"]) {
        assert!(detail.contains(word), "{detail}");
    }

    // It can be said anew, noted, moved and withdrawn like any other; the next visit is not told of it.
    tablet.write(&mut visit, proposed[0].clone().seen(Seen::Repaired));
    assert_eq!((visit.marks().len(), visit.marks()[0].origin), (3, Origin::Repaired));
    tablet.write(&mut visit, Change::MarkWithdrawn { mark: first, withdrawn: true });
    assert_eq!(visit.marks().len(), 2);
}

#[test]
fn two_tablets_that_saw_a_carried_mark_differently_ask_which_holds() {
    let (mut one, mut two) = (Tablet::new(1), Tablet::new(2));
    let earlier = ready(&mut one);
    let mut visit = opened(&mut one, Body::Sedan);
    let proposed = visit.carried_from(&earlier);
    let draft = |seen| visit.journal.draft(proposed[0].clone().seen(seen));
    let (still, gone) = (draft(Seen::StillThere), draft(Seen::Repaired));
    let mut elsewhere = opened(&mut Tablet::new(1), Body::Sedan);
    elsewhere.journal = visit.journal.as_of(&visit.journal.heads());
    one.draft(&mut visit, still);
    two.draft(&mut elsewhere, gone);
    visit.journal.insert(two.written[0].clone());
    assert_eq!(visit.two_answers(), [Key::CarriedMark(proposed[0].earlier)]);
    assert_eq!(visit.marks().len(), 1, "one damage became two");
}

#[test]
fn a_plate_that_went_to_another_car_carries_nothing() {
    let mut tablet = Tablet::new(1);
    let earlier = ready(&mut tablet);
    let mut visit = opened(&mut tablet, Body::Sedan);
    let vin = Vin::read("LSGKE5410PW123456").value().expect("a VIN");
    tablet.write(&mut visit, Change::VinRead { vin: vin.into() });
    assert!(!visit.is_of_car_of(&earlier));
    let vin = Vin::read("LGXCE4CB8P0138126").value().expect("a VIN");
    tablet.write(&mut visit, Change::VinRead { vin: vin.into() });
    assert!(visit.is_of_car_of(&earlier));
}
