//! 任务委托书: the facts that are agreed, and the sheet with every word of it.

mod lines;
mod paper;
mod text;

use crate::catalogue::{Catalogue, Versions};
use crate::journal::{EntryId, Journal, Personal};
use crate::locale::Language;
use crate::money::Fen;
use crate::record::{Kept as _, kept};
use crate::visit::customer::{PersonName, Phone};
use crate::visit::old_parts::OldPartTo;
use crate::visit::order::{Found, Item, OrderLine, Pricing, Terms};
use crate::visit::vehicle::{OdometerReason, Plate, Vin};
use crate::visit::work_order::Term;
use crate::visit::{Change, Key, Visit};

use super::differing;
use super::sheet::{Tick, plate_shown};
pub(super) use lines::rows_of;
pub use lines::{OrderGroup, OrderRow};
pub use paper::order_blocks;
pub(super) use paper::{figures, heading, line, pairs, total};
pub(super) use text::party;

/// A line as it is agreed.
#[derive(Clone, Debug, PartialEq)]
pub struct LineFacts {
    /// The entry that put it down.
    pub line: EntryId,
    /// What it answers.
    pub concern: Option<EntryId>,
    /// What is done or fitted.
    pub item: Item,
    /// How much, at what price, and who bears it.
    pub terms: Terms,
    /// Where the part goes that it replaces, where somebody said so.
    pub old_part_to: Option<OldPartTo>,
}

kept!(LineFacts { line, concern, item, terms; old_part_to });

impl LineFacts {
    pub(super) fn of(line: OrderLine) -> Self {
        let OrderLine { id, concern, item, terms, old_part_to, .. } = line;
        Self { line: id, concern, item, terms, old_part_to }
    }
}

/// What the work order agrees: a closed list. Personal values cite the answer's own commitment.
#[derive(Clone, Debug, PartialEq)]
pub struct OrderFacts {
    /// The paper's number.
    pub number: String,
    /// 车牌
    pub plate: Option<Personal<Plate>>,
    /// 车架号
    pub vin: Option<Personal<Vin>>,
    /// 送修人
    pub customer: Option<Personal<PersonName>>,
    /// 电话
    pub phone: Option<Personal<Phone>>,
    /// 里程
    pub odometer: Option<(u32, Option<OdometerReason>)>,
    /// What was found of each concern that counts.
    pub concerns: Vec<(Personal<String>, Option<Found>)>,
    /// What is ordered.
    pub lines: Vec<LineFacts>,
    /// What was recommended and declined.
    pub declined: Vec<LineFacts>,
    /// 预计交车, milliseconds since 1970 UTC.
    pub ready: Option<i64>,
    /// What was agreed beside the lines, as it stands.
    pub terms: Vec<Change>,
    /// How it was quoted.
    pub pricing: Pricing,
    /// 不含税, of what is sure: a ceiling after the diagnosis stands with its line.
    pub net: Fen,
    /// 税额
    pub tax: Fen,
    /// 合计
    pub total: Fen,
    /// In which version the terms were read; absent where nobody noted it. Other words alone ask for no new
    /// signature: what was signed stands as it was.
    pub terms_version: Option<Versions>,
}

kept!(OrderFacts {
    number,
    plate,
    vin,
    customer,
    phone,
    odometer,
    concerns,
    lines,
    declined,
    ready,
    terms,
    pricing,
    net,
    tax,
    total;
    terms_version
});

const FACTS: [&str; 14] = [
    "number", "plate", "vin", "customer", "phone", "odometer", "concerns", "lines", "declined", "ready",
    "terms", "net", "tax", "total",
];

/// `WT20260318-003B` of `JC20260318-003B`.
pub fn order_number(visit: &Visit) -> String {
    let number = visit.opening().map(|opening| opening.number).unwrap_or_default();
    format!("WT{}", number.strip_prefix("JC").unwrap_or(&number))
}

impl OrderFacts {
    /// The facts as the visit stands; the terms' version is the sheet's.
    pub fn of(visit: &Visit, pricing: Pricing) -> Self {
        let line = LineFacts::of;
        let lines = visit.order_lines();
        let declined = lines.iter().filter(|line| line.accepted == Some(false)).cloned().map(line).collect();
        let terms = visit.journal.keys().filter(|key| matches!(key, Key::Term(term) if term.is_signed()));
        let terms = terms.filter_map(|key| visit.journal.answer(key)).cloned().collect();
        // What cannot be counted cannot be signed.
        let asked = visit.estimate(pricing, chrono::NaiveDate::MIN).certain().asked().unwrap_or_default();
        Self {
            number: order_number(visit),
            plate: personal!(visit, Key::Plate, PlateRead, plate),
            vin: personal!(visit, Key::Vin, VinRead, vin),
            customer: personal!(visit, Key::Customer, CustomerNamed, name),
            phone: personal!(visit, Key::Phone, PhoneGiven, phone),
            odometer: visit.odometer(),
            concerns: visit
                .standing_concerns()
                .into_iter()
                .map(|concern| (concern.words, visit.found(concern.id)))
                .collect(),
            lines: lines.into_iter().filter(OrderLine::counts).map(line).collect(),
            declined,
            ready: visit.promised().map(|promised| promised.ready),
            terms,
            pricing,
            net: asked.net,
            tax: asked.tax,
            total: asked.total,
            terms_version: None,
        }
    }

    /// Which facts differ from the signed ones; an erased value never opens a difference.
    pub fn differences(&self, signed: &Self, journal: &Journal<Change>) -> Vec<&'static str> {
        differing(&FACTS, (&self.write(), &signed.write()), journal)
    }
}

/// An amount that binds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Total {
    /// `预估，顾客应付`
    pub label: String,
    /// 大写
    pub capitals: String,
    /// `¥484.00`
    pub amount: String,
}

kept!(Total { label, capitals, amount });

/// The words of one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderText {
    /// Address and phone.
    pub shop: String,
    /// The day, and the check-in form's number.
    pub date: String,
    /// Who and which car: label and value.
    pub party: Vec<(String, String)>,
    /// A concern each, with its lines; what answers none comes last.
    pub groups: Vec<OrderGroup>,
    /// Who bears it, labour, parts, together.
    pub sums: Vec<Vec<String>>,
    /// `预估，顾客应付`, in capitals, and in figures.
    pub total: Total,
    /// The same with what is priced after the diagnosis.
    pub ceiling: Option<Total>,
    /// The tax in it or on it.
    pub tax: String,
    /// When it will be ready, until when prices hold, how to ask: label and value.
    pub told: Vec<(String, String)>,
    /// Old parts, wash, test drive and so on, every option with its box.
    pub agreed: Vec<(String, Vec<Tick>)>,
    /// The clause on additional work: title and text.
    pub clause: (String, String),
    /// Charging standard, guarantee, electronic signature: title and text.
    pub fine: Vec<(String, String)>,
    /// Recommended and declined, by name.
    pub declined: Vec<String>,
    /// Of each part that is replaced: what, and where the old one goes.
    pub old_parts: Option<Vec<(String, String)>>,
    /// Refused since although it is about safety, with what may happen.
    pub warned: Option<Vec<String>>,
    /// The sentence above the signatures.
    pub consent: String,
    /// Who signs: role and name.
    pub signer: (String, String),
    /// Who countersigns: role and name.
    pub advisor: (String, String),
    /// What the authority of one who signs for the owner rests on.
    pub authority: Option<String>,
}

kept!(OrderText {
    shop, date, party, groups, sums, total, tax, told, agreed, clause, fine, declined, consent, signer,
    advisor;
    ceiling, authority, warned, old_parts
});

/// The work order as it was shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderSheet {
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
    /// Minutes east of UTC of the times on it.
    pub utc_offset_minutes: i32,
    /// In which version the terms stand on it.
    pub terms_version: Option<Versions>,
    /// 中文
    pub zh: OrderText,
    /// English
    pub en: OrderText,
}

kept!(OrderSheet {
    layout, shop, number, plate, without_plate, vin, utc_offset_minutes, zh, en;
    terms_version
});

impl OrderSheet {
    /// The sheet as the visit stands, at a moment in milliseconds since 1970 UTC.
    pub fn of(visit: &Visit, catalogue: &Catalogue, now: i64) -> Self {
        Self {
            layout: 1,
            shop: catalogue.dealership.name.clone(),
            number: order_number(visit),
            plate: plate_shown(visit),
            without_plate: visit.plate().is_none_or(|plate| plate.number().is_none()),
            vin: visit.vin().map(|vin| vin.grouped()).unwrap_or_default(),
            utc_offset_minutes: catalogue.dealership.utc_offset_minutes,
            terms_version: Some(catalogue.terms_version()),
            zh: text::text(Language::ZhCn, visit, catalogue, now),
            en: text::text(Language::En, visit, catalogue, now),
        }
    }

    /// The words of a language.
    pub fn text(&self, language: Language) -> &OrderText {
        match language {
            Language::ZhCn => &self.zh,
            Language::En => &self.en,
        }
    }
}

/// Every option of a term with its box, in a language.
pub(super) fn ticks(t: Language, visit: &Visit, term: Term) -> Vec<Tick> {
    let agreed = visit.term(term).unwrap_or_default();
    let tick = |choice: &&str| Tick {
        label: t.term_choice(term, choice).to_owned(),
        chosen: agreed.split(' ').any(|known| known == *choice),
    };
    term.choices().iter().map(tick).collect()
}
