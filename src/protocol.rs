//! Requests and answers of the exchange, one definition for both ends. JSON under `/api/v1`.
//!
//! A position is an entry's place in the dealership's feed, from 1 without a gap; the chain of a
//! position is the hash of everything up to it. Both stand once per answer as a `Mark`: the
//! positions of a page follow from where it begins.

#[cfg(not(target_arch = "wasm32"))]
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::catalogue::Dealership;
use crate::journal::{AttachmentId, Commitment, DeviceId, Digest, DossierId, EntryId, WireEntry};
use crate::record::{Fields, Kept, by_value, kept, misread, named, variant, written};
use crate::reference::{Kind, Record};
use crate::visit::VisitRow;

/// The most entries in one push or page.
pub const MAX_BATCH: usize = 500;
/// The most records of reference data in one page.
pub const MAX_RECORDS: u32 = 2_000;
/// The largest body of a push, in bytes before compression.
pub const MAX_BODY_BYTES: usize = 1024 * 1024;
/// The largest attachment, in bytes.
pub const MAX_ATTACHMENT_BYTES: usize = 20 * 1024 * 1024;

/// A place in the dealership's feed and what the feed was up to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// From 1; 0 is before the first entry.
    pub position: u64,
    /// SHA-256(chain of the position before ‖ id).
    pub chain: Digest,
}

kept!(Mark { position, chain });

impl Mark {
    /// Before the first entry.
    pub const START: Self = Self { position: 0, chain: Digest::START };
}

/// `POST journal`: up to [`MAX_BATCH`] entries or [`MAX_BODY_BYTES`]. Idempotent.
#[derive(Clone, Debug)]
#[cfg_attr(not(target_arch = "wasm32"), derive(Serialize, Deserialize))]
pub struct PushRequest {
    /// The sending tablet.
    pub device: DeviceId,
    /// The number of its newest entry, sent or not.
    pub last_seq: u64,
    /// The highest mark that it has met anywhere; 409 where the server's feed has no such one.
    pub met: Mark,
    /// A sole parent that is the previous entry of the same dossier in the batch may be left out.
    pub entries: Vec<WireEntry>,
}

#[cfg(target_arch = "wasm32")]
kept!(PushRequest { device, last_seq, met, entries });

/// What became of one entry of a push.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Receipt {
    /// Stored at this position, now or earlier.
    At(u64),
    /// It could not be stored; an `EntryRefused` stands at this position in its place.
    Refused(u64),
}

impl Kept for Receipt {
    fn read(value: Value) -> Result<Self, serde_json::Error> {
        let (name, position) = Fields::of_variant(value)?;
        match name.as_str() {
            "at" => Kept::read(position).map(Self::At),
            "refused" => Kept::read(position).map(Self::Refused),
            _ => misread("a receipt"),
        }
    }

    fn write(&self) -> Value {
        match self {
            Self::At(position) => variant("at", position.write()),
            Self::Refused(position) => variant("refused", position.write()),
        }
    }
}

/// The answer to a push.
#[derive(Clone, Debug)]
pub struct PushAnswer {
    /// One per entry, in the request's order.
    pub receipts: Vec<Receipt>,
    /// The feed's newest mark after this push.
    pub newest: Mark,
    /// The server's time, milliseconds since 1970 UTC.
    pub time: i64,
}

kept!(PushAnswer { receipts, newest, time });

/// The answer to `GET journal?after=P&chain=C`: the entries at P+1, P+2, … in order of position.
#[derive(Clone, Debug)]
#[cfg_attr(not(target_arch = "wasm32"), derive(Serialize, Deserialize))]
pub struct PullAnswer {
    /// Parents left out as in a push.
    pub entries: Vec<WireEntry>,
    /// The mark of the last entry, or the one asked from: ask on from here.
    pub to: Mark,
    /// Whether there is more.
    pub more: bool,
    /// The server's time, milliseconds since 1970 UTC.
    pub time: i64,
}

#[cfg(target_arch = "wasm32")]
kept!(PullAnswer { entries, to, more, time });

/// The answer to `GET reference?after=P`: records that are new, have changed or are gone since, in the order in
/// which they did. Each takes a new position whenever it changes.
#[derive(Clone, Debug, PartialEq)]
pub struct ReferencePage {
    /// With those that are gone at most [`MAX_RECORDS`].
    pub records: Vec<Record>,
    /// Kinds and keys of those that were taken away.
    pub gone: Vec<(Kind, String)>,
    /// The position of the last one, or the one asked from: ask on from here. Zero where the server has never
    /// been as far as it was asked from: what is held is another list's.
    pub position: u64,
    /// Whether there may be more.
    pub more: bool,
}

kept!(ReferencePage { records, gone, position, more });

/// The answer to `GET visits`: the read model's rows of open visits and of the last 30 days.
#[derive(Clone, Debug)]
pub struct VisitsAnswer {
    /// One per visit.
    pub rows: Vec<VisitRow>,
    /// Where the feed stood when they were read.
    pub at: Mark,
}

kept!(VisitsAnswer { rows, at });

/// The answer to `GET dossiers/{id}`: one whole journal.
#[derive(Clone, Debug)]
#[cfg_attr(not(target_arch = "wasm32"), derive(Serialize, Deserialize))]
pub struct DossierAnswer {
    /// In order of position.
    pub entries: Vec<WireEntry>,
    /// The position of each.
    pub positions: Vec<u64>,
    /// Named and not here yet, with the tablet that has it.
    pub attachments_missing: Vec<AttachmentMissing>,
}

#[cfg(target_arch = "wasm32")]
kept!(DossierAnswer { entries, positions, attachments_missing });

/// An attachment that entries name and the server does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttachmentMissing {
    /// The attachment.
    pub attachment: AttachmentId,
    /// The tablet whose entry names it.
    pub device: DeviceId,
}

kept!(AttachmentMissing { attachment, device });

/// `POST heads`: what a tablet holds of some dossiers. Asked at start, after a 409, and for the
/// receipt of a visit.
#[derive(Clone, Debug)]
pub struct HeadsRequest {
    /// The highest mark met; 409 as with a push. [`Mark::START`] right after one.
    pub met: Mark,
    /// The childless entries held of each dossier.
    pub dossiers: Vec<Heads>,
}

kept!(HeadsRequest { met, dossiers });

/// The childless entries of a dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heads {
    /// The dossier.
    pub dossier: DossierId,
    /// Sorted.
    pub heads: Vec<EntryId>,
}

kept!(Heads { dossier, heads });

/// What the server holds of one dossier that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadsAnswer {
    /// The dossier.
    pub dossier: DossierId,
    /// The server's heads, sorted; empty where it has never heard of it.
    pub heads: Vec<EntryId>,
    /// Which of the tablet's heads the server lacks.
    pub lacks: Vec<EntryId>,
    /// Whether every parent of every entry is there.
    pub whole: bool,
    /// Attachments that its entries name and the server does not hold.
    pub attachments_missing: Vec<AttachmentMissing>,
}

kept!(HeadsAnswer { dossier, heads, lacks, whole, attachments_missing });

/// `POST dealership`: the first page of an empty server.
#[derive(Clone, Debug, PartialEq)]
pub struct SetUpRequest {
    /// Name, address, phone, hours, privacy contact; the id is given by the server.
    pub dealership: Dealership,
    /// Names of the service advisors, one at least.
    pub advisors: Vec<String>,
}

kept!(SetUpRequest { dealership, advisors });

/// `POST erasures`: personal values and attachments of a dossier that are to be forgotten for ever.
#[derive(Clone, Debug, PartialEq)]
pub struct ErasureRequest {
    /// The dossier whose journal says so.
    pub dossier: DossierId,
    /// The values.
    pub commitments: Vec<Commitment>,
    /// The attachments.
    pub attachments: Vec<AttachmentId>,
}

kept!(ErasureRequest { dossier, commitments, attachments });

/// What `GET live` sends as the data of each event; a hint only.
#[derive(Clone, Copy, Debug)]
pub struct LiveNotice {
    /// The feed's newest position.
    pub position: u64,
}

kept!(LiveNotice { position });

named! {
    /// Why the server did not do it; the locale has a sentence for each.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum ProblemKind {
        /// 400: the request is not what the protocol says.
        Malformed = "malformed",
        /// 404.
        NotFound = "not_found",
        /// 409: the server's feed has no such mark; it has gone back in time.
        FeedDiffers = "feed_differs",
        /// 409: a core came without parents and the entry before it cannot be read.
        SendWithParents = "send_with_parents",
        /// 409: the dealership is set up already.
        AlreadySetUp = "already_set_up",
        /// 413: send less at once.
        TooLarge = "too_large",
        /// 415: no picture, sound or document that attachments may be.
        NotAnAttachment = "not_an_attachment",
        /// 422: the bytes are not what the digest says.
        DigestDiffers = "digest_differs",
        /// 500, 503: not this request's fault.
        Internal = "internal",
    }
}

/// Problem details, RFC 9457, `application/problem+json`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// `about:blank`-style name of the kind, written `type`.
    pub kind: ProblemKind,
    /// The HTTP status.
    pub status: u16,
    /// A short English sentence for logs and integrators; never personal data.
    pub title: String,
    /// Details of this occurrence; never personal data.
    pub detail: Option<String>,
}

impl Kept for Problem {
    fn read(value: Value) -> Result<Self, serde_json::Error> {
        let mut of = Fields::of(value)?;
        let kind = of.take("type")?;
        Ok(Self { kind, status: of.take("status")?, title: of.take("title")?, detail: of.take("detail")? })
    }

    fn write(&self) -> Value {
        let Self { kind, status, title, detail } = self;
        written(&[("type", kind), ("status", status), ("title", title)], &[("detail", detail)])
    }
}

by_value!(Problem);
