//! 文本: contract terms and consents in a dealership's own words, each with its version. Where it has none, the
//! app's stand, which have a version too.

use super::{Catalogue, Label};
use crate::locale::Language;
use crate::record::{kept, named};

/// The version of the app's own words; another one with every change of them.
pub const STANDARD: &str = "2026-11";

named! {
    /// A passage that a dealership may word itself.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Passage {
        /// 增项条款
        AdditionalWork = "additional_work",
        /// 收费标准
        Charging = "charging",
        /// 质量保证期: `{days}` and `{km}` stand for what the law has at least for the work that is ordered.
        Guarantee = "guarantee",
        /// 电子签名
        ElectronicSignature = "electronic_signature",
        /// 委托确认: the sentence above the signatures.
        OrderConsent = "order_consent",
        /// 接车确认: the sentence above the signatures of the check-in form.
        CheckInConsent = "check_in_consent",
        /// 个人信息告知: `{contact}` and `{hours}` stand for whom to ask, and when somebody is there.
        PrivacyNotice = "privacy_notice",
        /// 录音录像同意
        RecordingConsent = "recording_consent",
    }
}

impl Passage {
    /// Those of the work order, as they stand on it.
    pub const ON_ORDER: [Self; 5] = [
        Self::AdditionalWork,
        Self::Charging,
        Self::Guarantee,
        Self::ElectronicSignature,
        Self::OrderConsent,
    ];

    /// What may stand in it for what only the paper knows.
    pub fn places(self) -> &'static [&'static str] {
        match self {
            Self::Guarantee => &["{days}", "{km}"],
            Self::PrivacyNotice => &["{contact}", "{hours}"],
            Self::AdditionalWork
            | Self::Charging
            | Self::ElectronicSignature
            | Self::OrderConsent
            | Self::CheckInConsent
            | Self::RecordingConsent => &[],
        }
    }
}

/// A dealership's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextBlock {
    /// A passage's name; a newer program has more of them.
    pub id: String,
    /// The dealership's own name of this wording, `2026-01`.
    pub version: String,
    /// In both languages.
    pub text: Label,
}

kept!(TextBlock { id, version, text });

/// Passages and the versions in which they were read.
pub type Versions = Vec<(String, String)>;

impl Catalogue {
    /// The dealership's own words for a passage.
    pub fn wording(&self, passage: Passage) -> Option<&TextBlock> {
        self.texts.iter().flatten().find(|text| text.id == passage.name())
    }

    /// The dealership's words for a passage, or the app's.
    pub fn words<'a>(&'a self, t: Language, passage: Passage, standard: &'a str) -> &'a str {
        self.wording(passage).map_or(standard, |own| own.text.get(t))
    }

    /// The sentence to which a customer signs the check-in form.
    pub fn check_in_consent(&self) -> Label {
        let words = |t: Language| self.words(t, Passage::CheckInConsent, t.consent()).to_owned();
        Label { zh: words(Language::ZhCn), en: words(Language::En) }
    }

    /// In which version each passage stands on a work order.
    pub fn terms_version(&self) -> Versions {
        let version = |passage| self.wording(passage).map_or(STANDARD, |text| &text.version);
        Passage::ON_ORDER.map(|passage| (passage.name().to_owned(), version(passage).to_owned())).to_vec()
    }
}
