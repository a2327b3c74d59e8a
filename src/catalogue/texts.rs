//! 文本: contract terms and consents in a dealership's own words, each with its version. Where it has none, the
//! app's stand, which have a version too.

use super::{Catalogue, Label};
use crate::record::{kept, named};

/// The version of the app's own words; another one with every change of them.
pub const STANDARD: &str = "2026-11";

named! {
    /// A passage of the work order that a dealership may word itself.
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
    }
}

impl Passage {
    /// As they stand on the paper.
    pub const ALL: [Self; 5] = [
        Self::AdditionalWork,
        Self::Charging,
        Self::Guarantee,
        Self::ElectronicSignature,
        Self::OrderConsent,
    ];
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

    /// In which version each passage stands on a work order.
    pub fn terms_version(&self) -> Versions {
        let version = |passage| self.wording(passage).map_or(STANDARD, |text| &text.version);
        Passage::ALL.map(|passage| (passage.name().to_owned(), version(passage).to_owned())).to_vec()
    }
}
