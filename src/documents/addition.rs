//! 增项确认单: what was asked about additional work and what the customer answered, and the sheet with every
//! word of it.

mod paper;
mod text;

use super::differing;
use super::order::{LineFacts, OrderGroup, Total, order_number};
use super::sheet::{SheetPhoto, Tick, plate_shown};
use crate::catalogue::Catalogue;
use crate::journal::{EntryId, Journal, Personal};
use crate::locale::Language;
use crate::money::Fen;
use crate::record::{Kept as _, kept};
use crate::visit::addition::{Addition, Reply};
use crate::visit::order::Pricing;
use crate::visit::{Change, PhotoSubject, Visit};
pub use paper::addition_blocks;

/// What was asked and answered: a closed list.
#[derive(Clone, Debug, PartialEq)]
pub struct AdditionFacts {
    /// The paper's number.
    pub number: String,
    /// What it is about.
    pub addition: EntryId,
    /// Why.
    pub reason: Personal<String>,
    /// What may happen where it is not done.
    pub risk: Option<Personal<String>>,
    /// Each line with what the customer said to it.
    pub lines: Vec<(LineFacts, Reply)>,
    /// When the car is ready with it, milliseconds since 1970 UTC; the promised time stands for none.
    pub ready: Option<i64>,
    /// How it was quoted.
    pub pricing: Pricing,
    /// 不含税, of what was agreed to.
    pub net: Fen,
    /// 税额
    pub tax: Fen,
    /// 增加
    pub total: Fen,
    /// What the customer paid before it.
    pub before: Fen,
}

kept!(AdditionFacts { number, addition, reason, lines, pricing, net, tax, total, before; risk, ready });

/// Those that a later answer is compared by: what others come to meanwhile makes no other answer.
const FACTS: [&str; 4] = ["reason", "risk", "lines", "ready"];

/// `WT20260318-003B-Z1-3F`: two tablets may find a first one at once, so its entry's first digits stand behind it.
/// Once it was answered it keeps its number.
fn addition_number(visit: &Visit, addition: &Addition) -> String {
    let mut answers = visit.addition_answers().into_iter();
    let first = answers.find(|answer| answer.facts.addition == addition.id);
    first.map_or_else(
        || {
            let own = addition.id.to_string().to_ascii_uppercase();
            format!("{}-Z{}-{}", order_number(visit), addition.number, &own[..2])
        },
        |first| first.facts.number,
    )
}

impl AdditionFacts {
    /// The facts as the visit stands.
    pub fn of(visit: &Visit, addition: &Addition, pricing: Pricing) -> Self {
        let asked = visit.addition_asked(addition, pricing);
        let lines = addition.lines.iter().map(|(line, reply)| (LineFacts::of(line.clone()), *reply));
        Self {
            number: addition_number(visit, addition),
            addition: addition.id,
            reason: addition.reason.clone(),
            risk: addition.risk.clone(),
            lines: lines.collect(),
            ready: addition.ready,
            pricing,
            net: asked.net,
            tax: asked.tax,
            total: asked.total,
            before: visit.agreed_without(addition.id),
        }
    }

    /// Whether anything of it was agreed to.
    pub fn is_accepted(&self) -> bool {
        self.accepted().next().is_some()
    }

    /// What was agreed to.
    pub fn accepted(&self) -> impl Iterator<Item = &LineFacts> {
        self.answered(true)
    }

    /// What was not agreed to.
    pub fn declined(&self) -> impl Iterator<Item = &LineFacts> {
        self.answered(false)
    }

    fn answered(&self, yes: bool) -> impl Iterator<Item = &LineFacts> {
        self.lines.iter().filter(move |(_, reply)| reply.accepted == Some(yes)).map(|(line, _)| line)
    }

    /// Which facts differ from the recorded ones; an erased value never opens a difference.
    pub fn differences(&self, answered: &Self, journal: &Journal<Change>) -> Vec<&'static str> {
        differing(&FACTS, (&self.write(), &answered.write()), journal)
    }
}

/// What the customer said to a line, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReplyText {
    /// The line.
    pub name: String,
    /// 同意, 不同意, each with its box.
    pub ticks: Vec<Tick>,
    /// Why not, and that the risk is known.
    pub note: String,
}

kept!(ReplyText { name, ticks, note });

/// The words of one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AdditionText {
    /// Address and phone.
    pub shop: String,
    /// The day, and the order's number.
    pub date: String,
    /// Who and which car: label and value.
    pub party: Vec<(String, String)>,
    /// Why.
    pub reason: String,
    /// What may happen where it is not done.
    pub risk: Option<String>,
    /// What the photos show, and when they were taken.
    pub photos: Vec<String>,
    /// The lines.
    pub group: OrderGroup,
    /// What, before, change, now: of money and of time.
    pub changes: Vec<Vec<String>>,
    /// What the customer pays from now on.
    pub total: Total,
    /// The tax in what is added.
    pub tax: String,
    /// What was said to each line.
    pub replies: Vec<ReplyText>,
    /// How, every way with its box.
    pub ways: Vec<Tick>,
    /// Who answered, when, on which number, to whom: label and value.
    pub told: Vec<(String, String)>,
    /// What was read out or lay on the table.
    pub asked: String,
    /// What the customer said, verbatim.
    pub said: String,
    /// What was refused before although it is about safety.
    pub warned: Vec<String>,
    /// What an answer that was not signed is worth: title and text.
    pub later: Option<(String, String)>,
    /// The sentence above the signatures.
    pub consent: String,
    /// Who answers: role and name.
    pub signer: (String, String),
    /// Who asked: role and name.
    pub advisor: (String, String),
    /// What the authority of one who answers for the owner rests on.
    pub authority: Option<String>,
}

kept!(AdditionText {
    shop, date, party, reason, photos, group, changes, total, tax, replies, ways, told, asked, said, warned,
    consent, signer, advisor;
    risk, later, authority
});

/// The paper as it was shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdditionSheet {
    /// The layout's own number.
    pub layout: u32,
    /// The dealership's name.
    pub shop: String,
    /// The paper's number.
    pub number: String,
    /// With its point; `无牌` where there is none.
    pub plate: String,
    /// Whether there is no plate.
    pub without_plate: bool,
    /// In 3 6 2 6.
    pub vin: String,
    /// What it looks like.
    pub photos: Vec<SheetPhoto>,
    /// Minutes east of UTC of the times on it.
    pub utc_offset_minutes: i32,
    /// 中文
    pub zh: AdditionText,
    /// English
    pub en: AdditionText,
}

kept!(AdditionSheet { layout, shop, number, plate, without_plate, vin, photos, utc_offset_minutes, zh, en });

impl AdditionSheet {
    /// The sheet as the visit stands, asked by somebody at a moment in milliseconds since 1970 UTC.
    pub fn of(visit: &Visit, addition: &Addition, catalogue: &Catalogue, asked: (&str, i64)) -> Self {
        let shop = &catalogue.dealership;
        let photos = visit.addition_photos(addition.id);
        Self {
            layout: 1,
            shop: shop.name.clone(),
            number: addition_number(visit, addition),
            plate: plate_shown(visit),
            without_plate: visit.plate().is_none_or(|plate| plate.number().is_none()),
            vin: visit.vin().map(|vin| vin.grouped()).unwrap_or_default(),
            photos: photos
                .iter()
                .map(|photo| SheetPhoto {
                    attachment: photo.picture.attachment,
                    thumbnail: photo.thumbnail.attachment,
                })
                .collect(),
            utc_offset_minutes: shop.utc_offset_minutes,
            zh: text::text(Language::ZhCn, visit, addition, catalogue, asked),
            en: text::text(Language::En, visit, addition, catalogue, asked),
        }
    }

    /// The words of a language.
    pub fn text(&self, language: Language) -> &AdditionText {
        match language {
            Language::ZhCn => &self.zh,
            Language::En => &self.en,
        }
    }
}

impl Visit {
    /// What was found, in pictures.
    pub fn addition_photos(&self, addition: EntryId) -> Vec<crate::visit::Photo> {
        let mut photos = self.standing_photos();
        photos.retain(|photo| photo.subject == PhotoSubject::Addition(addition));
        photos
    }
}
