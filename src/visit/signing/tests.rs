use super::super::check_in::{CheckInGap, SigningHand};
use super::super::customer::Relation;
use super::super::signature::NotASignature;
use super::super::tests::{Tablet, hand, name, ready, strokes};
use super::*;
use crate::catalogue::Catalogue;
use crate::journal::AttachmentId;
use crate::visit::{Stage, VisitRow};

fn lin() -> StaffId {
    StaffId("lin".into())
}

fn refuse(visit: &Visit) -> Result<Signing, NotYet> {
    visit.refuse_check_in(strokes(), Sheet::refused(visit, &Catalogue::standard()), &lin())
}

fn noted(reason: RefusalReason, witness: &str) -> Change {
    let witness = Some(StaffId(witness.into()));
    Refusal { reason: Some(reason), read_out: Some(true), witness, ..Refusal::default() }.noted()
}

fn picture(bytes: &[u8]) -> Picture {
    Picture { attachment: AttachmentId::of(bytes), size: 1, width: 3, height: 4 }
}

#[test]
fn a_refusal_needs_its_reason_whether_it_was_read_out_and_a_colleague_as_witness() {
    let mut tablet = Tablet::new(1);
    let mut visit = ready(&mut tablet);
    let lacks = |visit: &Visit| match refuse(visit) {
        Err(NotYet::Refusal(gaps)) => gaps,
        other => panic!("{other:?}"),
    };
    assert_eq!(lacks(&visit), [RefusalGap::Reason, RefusalGap::ReadOut, RefusalGap::Witness]);
    tablet.write(&mut visit, noted(RefusalReason::Other, "lin"));
    assert_eq!(lacks(&visit), [RefusalGap::Words, RefusalGap::Witness], "nobody is their own witness");
    tablet.write(&mut visit, Change::RefusalWorded { words: "要先问家人".to_owned().into() });
    tablet.write(&mut visit, noted(RefusalReason::Other, "luo"));
    let empty = visit.refuse_check_in(Strokes::default(), Sheet::of(&visit, &Catalogue::standard()), &lin());
    assert_eq!(empty, Err(NotYet::Signature(NotASignature::Empty)));
    assert!(refuse(&visit).is_ok());
    tablet.write(&mut visit, Change::ValuablesReminded { reminded: false });
    assert!(matches!(refuse(&visit), Err(NotYet::Gaps(_))), "a form with gaps cannot be refused either");
}

#[test]
fn a_refused_form_goes_on_like_a_signed_one_is_marked_and_may_be_signed_later() {
    let mut tablet = Tablet::new(1);
    let mut visit = ready(&mut tablet);
    tablet.write(&mut visit, noted(RefusalReason::Damage, "luo"));
    let draft = refuse(&visit).expect("all is said").draft;
    tablet.draft(&mut visit, draft);
    assert_eq!((visit.stage(), visit.closing()), (Stage::CheckedIn, Some(Closing::Refused)));
    assert_eq!(VisitRow::of(&visit).without_glass, Some(Closing::Refused));
    let paper = visit.signed_check_ins().remove(0);
    assert_eq!(paper.signer.value(), Some(&name("陈志远")));
    assert_eq!(paper.countersigned.map(|(_, witness, _)| witness), Some(StaffId("luo".into())));
    let sheet = Sheet::of(&visit, &Catalogue::standard());
    let draft = visit.sign_check_in(hand(), sheet).expect("they signed after all").draft;
    tablet.draft(&mut visit, draft);
    assert_eq!((visit.stage(), visit.closing()), (Stage::ToCountersign, Some(Closing::Signed)));
    assert_eq!(VisitRow::of(&visit).without_glass, None);
    assert_eq!(visit.signed_check_ins()[1].version, 2);
}

#[test]
fn a_form_signed_by_hand_waits_for_the_advisor_and_then_for_its_photo() {
    let mut tablet = Tablet::new(1);
    let mut visit = ready(&mut tablet);
    let sheet = Sheet::of(&visit, &Catalogue::standard());
    let draft = visit.sign_on_paper(sheet).expect("nothing is missing").draft;
    let paper = tablet.draft(&mut visit, draft);
    assert_eq!(visit.stage(), Stage::ToCountersign);
    let draft = visit.countersign_check_in(strokes()).expect("it is final").draft;
    tablet.draft(&mut visit, draft);
    assert_eq!((visit.stage(), visit.to_be_photographed()), (Stage::ToPhotograph, Some(paper)));
    let change = visit.sheet_photographed(picture(b"sheet"), picture(b"small")).expect("a paper waits");
    tablet.write(&mut visit, change);
    assert_eq!((visit.stage(), visit.to_be_photographed()), (Stage::CheckedIn, None));
    // It is sent like every picture, and asks for no new signature.
    let named = [AttachmentId::of(b"small"), AttachmentId::of(b"sheet")];
    assert_eq!(visit.attachments(), named);
}

#[test]
fn who_signs_is_chosen_before_among_those_who_may_and_a_name_is_cited_never_copied() {
    let mut tablet = Tablet::new(1);
    let mut visit = ready(&mut tablet);
    let changes = visit.brought_by(Relation::Driver).into_iter();
    for change in changes.chain([Change::CustomerNamed { name: name("李强").into() }]) {
        tablet.write(&mut visit, change);
    }
    let who = |visit: &Visit| visit.signer().and_then(|signer| signer.person.name.cloned());
    assert_eq!((visit.signs_as(), who(&visit)), (SignedAs::Deliverer, Some(name("李强"))));
    for change in visit.signer_is(SignedAs::Owner) {
        tablet.write(&mut visit, change);
    }
    assert_eq!((visit.signs_as(), who(&visit)), (SignedAs::Owner, Some(name("陈志远"))));
    let sheet = Sheet::of(&visit, &Catalogue::standard());
    assert_eq!(sheet.zh.signer, ("车主".to_owned(), "陈志远".to_owned()));
    let owner = SigningHand { signer: name("陈志远"), signed_as: visit.signs_as(), ..hand() };
    let draft = visit.sign_check_in(owner, sheet).expect("nothing is missing").draft;
    tablet.draft(&mut visit, draft);
    let cited = visit.signed_check_ins()[0].signer.commitment();
    let role = Key::PersonName(PersonRole::Owner);
    let named = visit.journal.commitments(&visit.journal.unreplaced(&role)[0]);
    assert_eq!(named, [cited.expect("sealed")]);
}

#[test]
fn somebody_with_authority_signs_under_their_own_name_and_the_paper_says_on_what_it_rests() {
    let mut tablet = Tablet::new(1);
    let mut visit = ready(&mut tablet);
    for change in visit.signer_is(SignedAs::Authorised) {
        tablet.write(&mut visit, change);
    }
    assert!(visit.check_in_gaps(&[]).contains(&CheckInGap::SignerName));
    let role = PersonRole::Authorised;
    tablet.write(&mut visit, Change::PersonNamed { role, name: name("王芳").into() });
    assert!(!visit.check_in_gaps(&[]).contains(&CheckInGap::SignerName));
    let text = |visit: &Visit| Sheet::of(visit, &Catalogue::standard()).zh;
    assert_eq!(text(&visit).authority.as_deref(), Some("签名人自称受车主委托"));
    tablet.write(&mut visit, Change::AuthorityNoted { words: "车主电话同意".to_owned().into() });
    let subject = crate::visit::PhotoSubject::Authority;
    let (picture, thumbnail) = (picture(b"letter"), picture(b"small letter"));
    tablet.write(&mut visit, Change::PhotoTaken { subject, picture, thumbnail });
    let text = text(&visit);
    assert_eq!(text.signer, ("受托人".to_owned(), "王芳".to_owned()));
    assert_eq!(text.authority.as_deref(), Some("车主电话同意。照片 1"));
}

#[test]
fn the_sheet_of_a_refusal_says_why_whether_it_was_read_out_the_photo_and_the_witness() {
    let mut tablet = Tablet::new(1);
    let mut visit = ready(&mut tablet);
    tablet.write(&mut visit, noted(RefusalReason::Damage, "luo"));
    tablet.write(&mut visit, Change::RefusalWorded { words: "标记 1 是上次就有的".to_owned().into() });
    let subject = crate::visit::PhotoSubject::Refusal;
    let (picture, thumbnail) = (picture(b"shown"), picture(b"small"));
    tablet.write(&mut visit, Change::PhotoTaken { subject, picture, thumbnail });
    let sheet = Sheet::refused(&visit, &Catalogue::standard());
    let said = "不认可损伤记录：标记 1 是上次就有的。已当面念读全文。照片 1。";
    assert_eq!(sheet.zh.refusal.as_deref(), Some(said));
    assert!(!sheet.zh.consent.contains("我已核对"), "{}", sheet.zh.consent);
}
