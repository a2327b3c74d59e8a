//! What a paper is, whatever it is a paper of: its sheet, its state, its hands, and what every page says.

use super::addition::AdditionSheet;
use super::order::OrderSheet;
use super::sheet::Sheet;
use crate::journal::{AttachmentId, EntryId, StaffId};
use crate::locale::Language;
use crate::visit::Visit;
use crate::visit::addition::Answered;
use crate::visit::check_in::SignedCheckIn;
use crate::visit::part::Part;
use crate::visit::signature::Strokes;
use crate::visit::signing::Closing;
use crate::visit::work_order::SignedOrder;

/// What a paper is, beside what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaperState {
    /// Not signed: no digest, no code.
    Draft,
    /// The first print after signing.
    Original,
    /// A later print, counted from 1.
    Copy(usize),
}

/// What every page of a paper says, whatever it is a paper of.
#[derive(Clone, Copy, Debug)]
pub struct Head<'a> {
    /// 接车登记表
    pub title: fn(Language) -> &'static str,
    /// Its English name where there is little room.
    pub short: &'static str,
    /// The dealership's name, and its address and phone.
    pub shop: (&'a str, &'a str),
    /// The paper's number.
    pub number: &'a str,
    /// With its point.
    pub plate: &'a str,
    /// The last day of a temporary plate.
    pub plate_until: Option<&'a str>,
    /// Whether there is no plate.
    pub without_plate: bool,
    /// In 3 6 2 6.
    pub vin: &'a str,
    /// When it was, as the line below the head says it: in Chinese, and with English in it.
    pub dated: (&'a str, &'a str),
    /// Minutes east of UTC.
    pub utc_offset_minutes: i32,
}

/// A sheet that pages can be drawn of.
pub trait Headed {
    /// What every page says.
    fn head(&self) -> Head<'_>;
}

impl Headed for Sheet {
    fn head(&self) -> Head<'_> {
        Head {
            title: Language::check_in_form,
            short: "Check-in form",
            shop: (&self.shop, &self.zh.shop),
            number: &self.number,
            plate: &self.plate,
            plate_until: self.plate_until.as_deref(),
            without_plate: self.without_plate,
            vin: &self.vin,
            dated: (&self.zh.arrived, "Arrived "),
            utc_offset_minutes: self.utc_offset_minutes,
        }
    }
}

impl Headed for OrderSheet {
    fn head(&self) -> Head<'_> {
        Head {
            title: Language::work_order,
            short: "Work order",
            shop: (&self.shop, &self.zh.shop),
            number: &self.number,
            plate: &self.plate,
            plate_until: None,
            without_plate: self.without_plate,
            vin: &self.vin,
            dated: (&self.zh.date, ""),
            utc_offset_minutes: self.utc_offset_minutes,
        }
    }
}

impl Headed for AdditionSheet {
    fn head(&self) -> Head<'_> {
        Head {
            title: Language::addition_form,
            short: "Additional work",
            shop: (&self.shop, &self.zh.shop),
            number: &self.number,
            plate: &self.plate,
            plate_until: None,
            without_plate: self.without_plate,
            vin: &self.vin,
            dated: (&self.zh.date, ""),
            utc_offset_minutes: self.utc_offset_minutes,
        }
    }
}

/// Everything that a paper is drawn from.
#[derive(Clone, Debug, PartialEq)]
pub struct Paper<S = Sheet> {
    /// Every word.
    pub sheet: S,
    /// Draft, original or copy.
    pub state: PaperState,
    /// From 1.
    pub version: usize,
    /// The signing entry.
    pub digest: Option<EntryId>,
    /// How it was closed.
    pub closing: Closing,
    /// The customer's strokes, where they are here, and the time of closing.
    pub signed: Option<(Option<Strokes>, i64)>,
    /// The advisor's strokes and the time.
    pub countersigned: Option<(Option<Strokes>, i64)>,
    /// The later version where there is one, its time, and the facts that differ, by name.
    pub superseded: Option<(usize, i64, Vec<&'static str>)>,
    /// The visit was cancelled: nothing on the paper holds.
    pub void: bool,
    /// When and by whom this copy is printed; a draft and the customer's original do not say it.
    pub printed: Option<(i64, String)>,
}

impl Paper<OrderSheet> {
    /// The paper that a signed order is, as it is printed now; the newest version holds.
    pub fn of_order(
        visit: &Visit,
        papers: &[SignedOrder],
        which: usize,
        bytes: &dyn Fn(AttachmentId) -> Option<Vec<u8>>,
    ) -> Option<Self> {
        let signed = papers.get(which)?;
        Some(Self {
            state: PaperState::printed(signed.printed),
            digest: Some(signed.id),
            signed: Some((signed.strokes.read(bytes), signed.at)),
            countersigned: read_hand(signed.countersigned.as_ref(), bytes),
            superseded: papers.get(which + 1).map(|later| {
                (later.version, later.at, later.facts.differences(&signed.facts, &visit.journal))
            }),
            ..Self::unsigned(*signed.sheet.read(bytes)?, signed.version, visit)
        })
    }

    /// The order before it is signed.
    pub fn order_draft(sheet: OrderSheet, visit: &Visit) -> Self {
        Self::unsigned(sheet, visit.signed_orders().len() + 1, visit)
    }
}

impl Paper<AdditionSheet> {
    /// The paper that a recorded answer is, as it is printed now; a later answer takes its place.
    pub fn of_addition(
        visit: &Visit,
        answers: &[Answered],
        which: usize,
        bytes: &dyn Fn(AttachmentId) -> Option<Vec<u8>>,
    ) -> Option<Self> {
        let answer = answers.get(which)?;
        let mut after = answers[which + 1..].iter();
        let later = after.find(|later| later.facts.addition == answer.facts.addition);
        let signed = answer.strokes.as_ref().map(|strokes| (strokes.read(bytes), answer.at));
        Some(Self {
            state: PaperState::printed(answer.printed),
            digest: Some(answer.id),
            signed,
            superseded: later.map(|later| {
                (later.version, later.at, later.facts.differences(&answer.facts, &visit.journal))
            }),
            ..Self::unsigned(*answer.sheet.read(bytes)?, answer.version, visit)
        })
    }
}

impl Paper {
    /// The paper that a signed form is, as it is printed now; the newest version holds. `bytes` gives
    /// what is held of an attachment; none where the sheet was erased or is not here yet.
    pub fn of_signed(
        visit: &Visit,
        papers: &[SignedCheckIn],
        which: usize,
        bytes: &dyn Fn(AttachmentId) -> Option<Vec<u8>>,
    ) -> Option<Self> {
        let signed = papers.get(which)?;
        Some(Self {
            state: PaperState::printed(signed.printed),
            digest: Some(signed.id),
            closing: signed.closing,
            signed: Some((signed.strokes.as_ref().and_then(|strokes| strokes.read(bytes)), signed.at)),
            countersigned: read_hand(signed.countersigned.as_ref(), bytes),
            superseded: papers.get(which + 1).map(|later| {
                (later.version, later.at, later.facts.differences(&signed.facts, &visit.journal))
            }),
            ..Self::unsigned(*signed.sheet.read(bytes)?, signed.version, visit)
        })
    }

    /// The paper before it is signed.
    pub fn draft(sheet: Sheet, visit: &Visit) -> Self {
        Self::unsigned(sheet, visit.signed_check_ins().len() + 1, visit)
    }
}

impl<S: Headed> Paper<S> {
    fn unsigned(sheet: S, version: usize, visit: &Visit) -> Self {
        Self {
            sheet,
            state: PaperState::Draft,
            version,
            digest: None,
            closing: Closing::Signed,
            signed: None,
            countersigned: None,
            superseded: None,
            void: visit.cancelled().is_some(),
            printed: None,
        }
    }

    /// What is drawn on every page: one function draws papers of every kind.
    pub(super) fn frame(&self) -> Frame<'_> {
        Frame {
            head: self.sheet.head(),
            state: &self.state,
            version: self.version,
            digest: self.digest,
            superseded: self.superseded.as_ref(),
            void: self.void,
            printed: self.printed.as_ref(),
        }
    }

    /// What the code says: the whole digest.
    pub fn code(&self) -> Option<String> {
        self.frame().code()
    }
}

/// A second signature, as far as it is here, and its time.
fn read_hand(
    signed: Option<&(Part<Strokes>, StaffId, i64)>,
    bytes: &dyn Fn(AttachmentId) -> Option<Vec<u8>>,
) -> Option<(Option<Strokes>, i64)> {
    signed.map(|(hand, _, at)| (hand.read(bytes), *at))
}

impl PaperState {
    /// After so many prints.
    fn printed(times: usize) -> Self {
        match times {
            0 => Self::Original,
            times => Self::Copy(times),
        }
    }
}

/// What pages say beside their blocks.
pub(super) struct Frame<'a> {
    pub(super) head: Head<'a>,
    pub(super) state: &'a PaperState,
    pub(super) version: usize,
    pub(super) digest: Option<EntryId>,
    pub(super) superseded: Option<&'a (usize, i64, Vec<&'static str>)>,
    pub(super) void: bool,
    pub(super) printed: Option<&'a (i64, String)>,
}

impl Frame<'_> {
    pub(super) fn digest_text(&self) -> Option<String> {
        let digits = self.digest?.to_string().to_ascii_uppercase();
        Some(
            digits
                .as_bytes()
                .chunks(4)
                .take(4)
                .map(|four| String::from_utf8_lossy(four).into_owned())
                .collect::<Vec<_>>()
                .join(" "),
        )
    }

    pub(super) fn code(&self) -> Option<String> {
        let digest = self.digest?.to_string().to_ascii_uppercase();
        Some(format!("LANEPAD/1:{}:{}:{digest}", self.head.number, self.version))
    }
}
