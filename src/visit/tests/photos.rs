//! Photos: what is drawn on them, and the same place at the last visit.

use super::super::photos::{Drawn, Tool};
use super::*;

fn picture(bytes: &[u8]) -> Picture {
    Picture { attachment: AttachmentId::of(bytes), size: bytes.len() as u32, width: 2_048, height: 1_536 }
}

fn take(tablet: &mut Tablet, visit: &mut Visit, subject: PhotoSubject, name: &str) -> EntryId {
    let (picture, thumbnail) = (picture(name.as_bytes()), picture(format!("small {name}").as_bytes()));
    tablet.write(visit, Change::PhotoTaken { subject, picture, thumbnail })
}

fn drawn(tool: Tool, points: &[[i32; 2]]) -> Drawn {
    let mut drawn = Drawn::begin(tool, points[0]);
    points[1..].iter().for_each(|point| drawn.go_on(*point));
    drawn
}

#[test]
fn papers_and_customers_see_a_photo_with_what_covers_it_and_the_original_is_kept_as_it_is() {
    let mut tablet = Tablet::new(1);
    let mut visit = ready(&mut tablet);
    let photo = take(&mut tablet, &mut visit, PhotoSubject::Zone("LFD".into()), "door");
    sign(&mut tablet, &mut visit);
    let annotated = |drawn: Vec<Drawn>, name: &str| Change::PhotoAnnotated {
        photo,
        drawn,
        picture: picture(name.as_bytes()),
        thumbnail: picture(format!("small {name}").as_bytes()),
    };
    let cover = drawn(Tool::Cover, &[[10, 10], [400, 200]]);
    tablet.write(&mut visit, annotated(vec![cover.clone()], "covered"));

    let shown = &visit.standing_photos()[0];
    assert_eq!((shown.picture.clone(), shown.original.clone()), (picture(b"covered"), picture(b"door")));
    assert_eq!(shown.drawn, [cover]);
    let sheet = Sheet::of(&visit, &Catalogue::standard());
    let on_paper = &sheet.photos[0];
    assert_eq!(on_paper.attachment, picture(b"covered").attachment);
    assert_eq!(on_paper.thumbnail, picture(b"small covered").attachment);
    for kept in [&b"covered"[..], b"small covered", b"door"] {
        assert!(visit.attachments().contains(&AttachmentId::of(kept)), "it would not be sent");
    }
    let signed = visit.signed_check_ins().pop().expect("a paper");
    assert_eq!(signed.photos, [picture(b"door").attachment], "what was signed shows what was shown then");
    assert!(!visit.changed_since(&signed).is_empty());

    // Everything wiped away again: the photo as it was taken, named once.
    tablet.write(&mut visit, annotated(vec![], "door"));
    let shown = &visit.standing_photos()[0];
    assert!(shown.drawn.is_empty() && shown.picture == shown.original);
    let names = visit.attachments();
    assert_eq!(names.iter().filter(|id| **id == AttachmentId::of(b"door")).count(), 1);
}

#[test]
fn what_is_drawn_is_path_data_and_a_touch_draws_nothing() {
    let path = |tool, points: &[[i32; 2]]| drawn(tool, points).path(40.0);
    assert_eq!(
        path(Tool::Circle, &[[300, 500], [100, 400]]),
        "M100 450A100 50 0 1 0 300 450A100 50 0 1 0 100 450Z"
    );
    assert_eq!(path(Tool::Arrow, &[[0, 0], [50, 50], [100, 0]]), "M0 0L100 0M67 -22L100 0L67 22");
    assert_eq!(path(Tool::Line, &[[0, 0], [2, 2], [20, 20], [40, 0]]), "M0 0L20 20L40 0");
    assert_eq!(path(Tool::Cover, &[[90, 80], [10, 20]]), "M10 20H90V80H10Z");
    assert!(!drawn(Tool::Circle, &[[100, 100], [110, 108]]).is_seen());
    assert!(drawn(Tool::Arrow, &[[100, 100], [100, 160]]).is_seen());
    let endless: Vec<[i32; 2]> = (0..5_000).map(|at| [at * 10 % 2_048, at]).collect();
    assert!(drawn(Tool::Line, &endless).points.len() <= 600, "a line that fits into no entry");
}

#[test]
fn a_place_is_compared_with_itself_at_the_last_visit_the_same_mark_first_whatever_the_body() {
    let mut tablet = Tablet::new(1);
    let mut earlier = Visit::new(DossierId::of_appointment("shop", "1"));
    let body = |body| Change::BodyChosen { body };
    tablet.write(&mut earlier, body(Body::Sedan));
    let place =
        MarkPlace { view: crate::diagram::View::Left, zone: "LFD".into(), x: 3300, y: 4500, body: None };
    let (kind, severity, origin) = (DamageKind::Scratch, Severity::Light, Origin::FoundNow);
    let mark = Change::DamageMarked { place: place.clone(), kind, severity, origin };
    let mark = tablet.write(&mut earlier, mark);
    let of_mark = take(&mut tablet, &mut earlier, PhotoSubject::Mark(mark), "scratch");
    let door = take(&mut tablet, &mut earlier, PhotoSubject::Zone("LFD".into()), "door");
    let gone = take(&mut tablet, &mut earlier, PhotoSubject::Zone("LFD".into()), "blurred");
    tablet.write(&mut earlier, Change::PhotoWithdrawn { photo: gone, withdrawn: true });
    let lid = take(&mut tablet, &mut earlier, PhotoSubject::Zone("TG".into()), "lid");
    let dashboard = take(&mut tablet, &mut earlier, PhotoSubject::Dashboard, "dashboard");

    let mut visit = Visit::new(DossierId::of_appointment("shop", "2"));
    tablet.write(&mut visit, body(Body::Suv));
    let seen = Seen::StillThere;
    let carried = Change::CarriedMarkSeen { earlier: mark, place, kind, severity, note: None, seen };
    tablet.write(&mut visit, carried);
    let then = |subject: PhotoSubject| -> Vec<EntryId> {
        visit.photos_then(&subject, &earlier).into_iter().map(|photo| photo.id).collect()
    };
    assert_eq!(then(PhotoSubject::Zone("LFD".into())), [door, of_mark]);
    assert_eq!(then(PhotoSubject::Mark(mark)), [of_mark, door]);
    assert_eq!(then(PhotoSubject::Zone("TR".into())), [lid], "a sedan's lid is an SUV's tailgate");
    assert_eq!(then(PhotoSubject::Dashboard), [dashboard]);
    assert!(then(PhotoSubject::Zone("RFD".into())).is_empty());
}

#[test]
fn the_film_beside_a_zone_begins_with_its_own_photos_the_newest_first() {
    let mut tablet = Tablet::new(1);
    let mut visit = ready(&mut tablet);
    let mark = visit.marks()[0].clone();
    let here = mark.place.zone.clone();
    let first = take(&mut tablet, &mut visit, PhotoSubject::Zone(here.clone()), "first");
    let elsewhere = take(&mut tablet, &mut visit, PhotoSubject::Zone("HD".into()), "elsewhere");
    let of_mark = take(&mut tablet, &mut visit, PhotoSubject::Mark(mark.id), "of the mark");
    let dashboard = take(&mut tablet, &mut visit, PhotoSubject::Dashboard, "dashboard");
    let film: Vec<(EntryId, bool)> =
        visit.film(&here).into_iter().map(|(photo, own)| (photo.id, own)).collect();
    assert_eq!(film, [(of_mark, true), (first, true), (dashboard, false), (elsewhere, false)]);
    tablet.write(&mut visit, Change::PhotoWithdrawn { photo: of_mark, withdrawn: true });
    assert_eq!(visit.film(&here)[0].0.id, first);
    tablet.write(&mut visit, Change::PhotoWithdrawn { photo: of_mark, withdrawn: false });
    assert_eq!(visit.film(&here)[0].0.id, of_mark, "a photo that was brought back is where it was");
}

#[test]
fn what_a_newer_program_says_beside_what_a_photo_shows_is_not_read_as_less() {
    use crate::record::Kept as _;
    use serde_json::json;
    let id = crate::journal::EntryId::of(b"mark");
    for known in [PhotoSubject::Mark(id), PhotoSubject::Dashboard, PhotoSubject::Zone("LFD".into())] {
        assert_eq!(PhotoSubject::read(known.write()).expect("it is known"), known);
    }
    for newer in [
        json!({ "dashboard": { "lit": true } }),
        json!({ "zone": "LFD", "seen": 1 }),
        json!("roof_box"),
        json!({}),
        json!(3),
    ] {
        assert!(PhotoSubject::read(newer.clone()).is_err(), "{newer}");
    }
}
