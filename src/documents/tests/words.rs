//! A dealership's own words on its papers.

use super::*;
use crate::catalogue::{Catalogue, Label, Passage, TextBlock};
use crate::locale::Language;
use crate::visit::tests::{Tablet, ready};

#[test]
fn a_dealerships_own_words_stand_on_the_check_in_form_with_what_is_counted() {
    let visit = ready(&mut Tablet::new(1));
    let text = |passage: Passage, zh: &str, en: &str| TextBlock {
        id: passage.name().to_owned(),
        version: "2026-01".to_owned(),
        text: Label { zh: zh.to_owned(), en: en.to_owned() },
    };
    let mut catalogue = Catalogue::standard();
    catalogue.dealership.privacy_contact = "何静 0755-1".into();
    catalogue.dealership.hours = "8–18".into();
    let before = Sheet::of(&visit, &catalogue);
    catalogue.texts = Some(vec![
        text(Passage::PrivacyNotice, "告知：{contact}，{hours}。", "Ask {contact}, {hours}."),
        text(Passage::CheckInConsent, "我已核对。", "I have checked it."),
    ]);
    let after = Sheet::of(&visit, &catalogue);
    assert_eq!(after.zh.notice, "告知：何静 0755-1，8–18。");
    assert_eq!(after.en.notice, "Ask 何静 0755-1, 8–18.");
    assert_eq!(after.zh.consent, "我已核对。（{pages} 页、1 处标记、0 张照片）");
    assert_eq!(after.en.consent, "I have checked it. (pages: {pages}, marks: 1, photos: 0)");
    assert_eq!(catalogue.check_in_consent().en, "I have checked it.");
    assert!(before.zh.notice.contains("何静 0755-1") && before.zh.consent.contains("1 处标记"));
    assert_eq!(Catalogue::standard().check_in_consent().zh, Language::ZhCn.consent());
    assert_eq!(catalogue.terms_version(), Catalogue::standard().terms_version(), "none is the order's");
}
