//! Every word for people, in every language: one row per word in `words`, one match per sentence
//! that holds a value. A word without a language does not compile.

mod history;
#[cfg(not(target_arch = "wasm32"))]
mod import;
mod numbers;
mod refusals;
mod sentences;
#[macro_use]
mod table;
mod addition;
mod board;
mod coverage;
mod estimate;
mod interview;
mod photos;
mod sign;
mod vehicle;
mod wheels;
mod words;
mod work_order;

use serde::{Deserialize, Serialize};

pub use numbers::{day_of, minutes_between, of_the_wall, on_the_wall, read_day, thousands};
pub use refusals::LONGEST_TEXT;

/// A language of the screens and papers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Language {
    /// 简体中文
    #[default]
    #[serde(rename = "zh-CN")]
    ZhCn,
    /// English
    #[serde(rename = "en")]
    En,
}

impl Language {
    /// In the order of offering.
    pub const ALL: [Self; 2] = [Self::ZhCn, Self::En];

    /// BCP 47, for `lang` attributes.
    pub fn tag(self) -> &'static str {
        match self {
            Self::ZhCn => "zh-CN",
            Self::En => "en",
        }
    }

    /// Its own name.
    pub fn name(self) -> &'static str {
        match self {
            Self::ZhCn => "中文",
            Self::En => "English",
        }
    }

    /// The language of a tag; anything but English is Chinese.
    pub fn of_tag(tag: &str) -> Self {
        if tag.starts_with("en") { Self::En } else { Self::ZhCn }
    }

    /// One of two texts.
    pub fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::ZhCn => zh,
            Self::En => en,
        }
    }
}
