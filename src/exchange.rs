//! The tablet's side of the exchange: what is asked in which order, and what an answer means.
//!
//! No I/O of its own: what is kept is behind `Shelf`, what is sent behind `Line`. The tablet,
//! the api tests and the benchmarks run this same code; only those two differ.

use litemap::LiteMap;
use std::collections::BTreeSet;
use std::pin::Pin;

use futures_util::future::{join, select_all};

use crate::journal::{AttachmentId, DossierId, Entry, EntryId};
use crate::protocol::{
    DossierAnswer, Heads, HeadsAnswer, HeadsRequest, MAX_BATCH, MAX_BODY_BYTES, Mark, Problem, ProblemKind,
    PullAnswer, PushAnswer, PushRequest, Receipt,
};
use crate::record::named;

/// Why a request had no answer.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum LineError {
    /// No server there; try again later.
    #[error("the server cannot be reached")]
    Unreachable,
    /// The server said why not.
    #[error("{}", .0.title)]
    Problem(Problem),
}

impl LineError {
    fn is(&self, kind: ProblemKind) -> bool {
        matches!(self, Self::Problem(problem) if problem.kind == kind)
    }
}

/// Where requests go.
#[expect(async_fn_in_trait, reason = "one task drives an exchange; nothing needs Send")]
pub trait Line {
    /// `POST journal`
    async fn push(&self, request: &PushRequest) -> Result<PushAnswer, LineError>;
    /// `GET journal`
    async fn pull(&self, after: Mark) -> Result<PullAnswer, LineError>;
    /// `GET dossiers/{id}`
    async fn dossier(&self, dossier: DossierId) -> Result<DossierAnswer, LineError>;
    /// `POST heads`
    async fn heads(&self, request: &HeadsRequest) -> Result<Vec<HeadsAnswer>, LineError>;
    /// `PUT attachments/{sha256}`
    async fn put_attachment(&self, attachment: AttachmentId, bytes: &[u8]) -> Result<(), LineError>;
    /// `GET attachments/{sha256}`
    async fn get_attachment(&self, attachment: AttachmentId) -> Result<Vec<u8>, LineError>;
}

/// What could not be kept. The exchange stops; the shelf's owner says it to the person.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("could not be kept: {0}")]
pub struct NotKept(pub String);

/// An entry with its place in the feed.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// The entry.
    pub entry: Entry,
    /// Its position.
    pub position: u64,
}

/// What a server's answer says of one dossier, kept with the visit: the sync state's only source.
pub type VisitReceipt = HeadsAnswer;

/// Where entries and attachments are kept.
#[expect(async_fn_in_trait, reason = "one task drives an exchange; nothing needs Send")]
pub trait Shelf {
    /// This device, and the number of its newest entry.
    async fn device(&self) -> Result<(crate::journal::DeviceId, u64), NotKept>;
    /// Entries that are not confirmed, whoever wrote them, oldest first, at most `limit`; those of
    /// one dossier in an order in which parents come first; without those that are being sent.
    async fn unsent(&self, limit: usize, sending: &BTreeSet<EntryId>) -> Result<Vec<Entry>, NotKept>;
    /// The server stored these; also where it refused one, which it then knows about.
    async fn confirm(&self, receipts: &[(EntryId, Receipt)]) -> Result<(), NotKept>;
    /// Entries of the feed: kept where they are new, confirmed where they are known; the mark is
    /// kept with them.
    async fn take(&self, placed: Vec<Placed>, pulled_to: Option<Mark>) -> Result<(), NotKept>;
    /// Up to where the feed has been pulled.
    async fn pulled_to(&self) -> Result<Mark, NotKept>;
    /// The highest mark met anywhere.
    async fn met(&self) -> Result<Mark, NotKept>;
    /// A mark was met; the highest is kept.
    async fn meet(&self, mark: Mark) -> Result<(), NotKept>;
    /// The server has gone back in time: takes confirmed from every row, entries and attachments,
    /// drops receipts, and puts both marks back to the start.
    async fn unconfirm(&self) -> Result<(), NotKept>;
    /// The heads of every dossier held.
    async fn held(&self) -> Result<Vec<Heads>, NotKept>;
    /// Everything of this dossier is on the server.
    async fn confirm_dossier(&self, dossier: DossierId) -> Result<(), NotKept>;
    /// Dossiers that name a parent which is not here.
    async fn dossiers_with_gaps(&self) -> Result<Vec<DossierId>, NotKept>;
    /// Attachments held and not confirmed, in the order of sending: thumbnails first, then what a
    /// signed paper shows, then oldest first, recordings last; without those that a person holds back.
    async fn unsent_attachments(&self) -> Result<Vec<AttachmentId>, NotKept>;
    /// The bytes of an attachment.
    async fn attachment(&self, attachment: AttachmentId) -> Result<Option<Vec<u8>>, NotKept>;
    /// The server holds this attachment, verified.
    async fn confirm_attachment(&self, attachment: AttachmentId) -> Result<(), NotKept>;
    /// Attachments that entries of open visits name and that are not here, thumbnails first.
    async fn wanted_attachments(&self) -> Result<Vec<AttachmentId>, NotKept>;
    /// An attachment came.
    async fn keep_attachment(&self, attachment: AttachmentId, bytes: Vec<u8>) -> Result<(), NotKept>;
    /// Visits whose receipt is older than what is held: entries or attachments came or went.
    async fn visits_without_receipt(&self) -> Result<Vec<Heads>, NotKept>;
    /// What the server holds of a visit.
    async fn keep_receipt(&self, receipt: VisitReceipt) -> Result<(), NotKept>;
    /// The server's time, milliseconds since 1970 UTC, just received.
    async fn server_time(&self, time: i64);
}

/// Why an exchange stopped before it was through.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Stopped {
    /// The line.
    #[error(transparent)]
    Line(#[from] LineError),
    /// The shelf.
    #[error(transparent)]
    Shelf(#[from] NotKept),
    /// The server answered what the protocol does not allow.
    #[error("the server's answer is not what the protocol says")]
    Answer,
}

/// What one exchange did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exchanged {
    /// Entries confirmed.
    pub pushed: usize,
    /// Entries received.
    pub pulled: usize,
    /// Attachments sent.
    pub attachments_sent: usize,
    /// Attachments received.
    pub attachments_received: usize,
    /// Attachments that would not go; they hold up nothing else.
    pub attachments_stuck: Vec<AttachmentId>,
    /// The server had gone back in time, and everything was compared again.
    pub compared_again: bool,
}

/// Sends what is unsent, fetches what is new, heals what differs. Safe to stop and repeat at any
/// point: every step is idempotent.
pub async fn exchange<S: Shelf, L: Line>(shelf: &S, line: &L) -> Result<Exchanged, Stopped> {
    let mut done = Exchanged::default();
    match once(shelf, line, &mut done).await {
        Err(Stopped::Line(error)) if error.is(ProblemKind::FeedDiffers) => {
            compare_again(shelf, line).await?;
            done.compared_again = true;
            once(shelf, line, &mut done).await?;
        }
        other => other?,
    }
    Ok(done)
}

async fn once<S: Shelf, L: Line>(shelf: &S, line: &L, done: &mut Exchanged) -> Result<(), Stopped> {
    push(shelf, line, done).await?;
    pull(shelf, line, done).await?;
    for dossier in shelf.dossiers_with_gaps().await? {
        fetch_dossier(shelf, line, dossier, done).await?;
    }
    receipts(shelf, line).await?;
    attachments(shelf, line, done).await?;
    receipts(shelf, line).await
}

/// Pushes on their way at once: while the server keeps one, the next is written down and sent, a
/// quarter more in the same time; a third brought nothing. The server takes them in any order.
const ON_THEIR_WAY: usize = 2;

/// What was sent, whether with all parents, and its answer.
type Sent = (Vec<EntryId>, bool, Result<PushAnswer, LineError>);

async fn push<S: Shelf, L: Line>(shelf: &S, line: &L, done: &mut Exchanged) -> Result<(), Stopped> {
    let mut limit = MAX_BATCH;
    let mut with_parents = false;
    let mut sending = BTreeSet::new();
    let mut on_their_way: Vec<Pin<Box<dyn Future<Output = Sent> + '_>>> = Vec::new();
    loop {
        let mut more = true;
        while more && on_their_way.len() < ON_THEIR_WAY {
            let entries = shelf.unsent(limit, &sending).await?;
            let asked = entries.len();
            let entries = fitting(entries);
            more = asked == limit || entries.len() < asked;
            if entries.is_empty() {
                break;
            }
            let ids: Vec<EntryId> = entries.iter().map(|entry| entry.id).collect();
            sending.extend(ids.iter().copied());
            let (device, last_seq) = shelf.device().await?;
            let request = PushRequest {
                device,
                last_seq,
                met: shelf.met().await?,
                entries: to_wire(&entries, with_parents),
            };
            on_their_way.push(Box::pin(async move { (ids, with_parents, line.push(&request).await) }));
        }
        if on_their_way.is_empty() {
            return Ok(());
        }
        let ((ids, had_parents, answer), _, others) = select_all(on_their_way).await;
        on_their_way = others;
        for id in &ids {
            sending.remove(id);
        }
        match answer {
            Ok(answer) => {
                if answer.receipts.len() != ids.len() {
                    return Err(Stopped::Answer);
                }
                let receipts: Vec<_> = ids.into_iter().zip(answer.receipts).collect();
                shelf.confirm(&receipts).await?;
                shelf.meet(answer.newest).await?;
                shelf.server_time(answer.time).await;
                done.pushed += receipts.len();
                with_parents = false;
            }
            Err(error) if error.is(ProblemKind::TooLarge) && ids.len() > 1 => {
                limit = limit.min(ids.len().div_ceil(2));
            }
            Err(error) if error.is(ProblemKind::SendWithParents) && !had_parents => {
                with_parents = true;
            }
            Err(error) => return Err(error.into()),
        }
    }
}

/// As many as fit into one body, one at least.
fn fitting(mut entries: Vec<Entry>) -> Vec<Entry> {
    let mut bytes = 0;
    let mut fits = |entry: &Entry| {
        bytes += entry.text.len() + entry.values_text().len() + 30;
        bytes <= MAX_BODY_BYTES - 1024
    };
    let count = entries.iter().take_while(|entry| fits(entry)).count().max(1);
    entries.truncate(count);
    entries
}

/// Entries for the wire: a sole parent that the batch names just before is left out.
pub fn to_wire(entries: &[Entry], with_parents: bool) -> Vec<crate::journal::WireEntry> {
    let mut newest: LiteMap<DossierId, EntryId> = LiteMap::new();
    let mut wire = Vec::with_capacity(entries.len());
    for entry in entries {
        let previous = newest.insert(entry.core.dossier, entry.id);
        wire.push(entry.to_wire(if with_parents { None } else { previous }));
    }
    wire
}

/// Reads a page or a push back: the reverse of [`to_wire`].
pub fn from_wire(
    wire: Vec<crate::journal::WireEntry>,
) -> impl Iterator<Item = Result<Entry, crate::journal::NotAnEntry>> {
    let mut newest: LiteMap<DossierId, EntryId> = LiteMap::new();
    wire.into_iter().map(move |wire| {
        let previous = |dossier: &DossierId| newest.get(dossier).copied();
        let entry = Entry::read_wire(wire, &previous)?;
        newest.insert(entry.core.dossier, entry.id);
        Ok(entry)
    })
}

async fn pull<S: Shelf, L: Line>(shelf: &S, line: &L, done: &mut Exchanged) -> Result<(), Stopped> {
    let mut after = shelf.pulled_to().await?;
    let mut answer = line.pull(after).await?;
    loop {
        let (to, more) = (answer.to, answer.more);
        // The next page is on its way while this one is read and kept.
        let next = async { if more { Some(line.pull(to).await) } else { None } };
        let (next, taken) = join(next, take_page(shelf, after, answer)).await;
        done.pulled += taken?;
        let Some(next) = next else { return Ok(()) };
        (after, answer) = (to, next?);
    }
}

async fn take_page<S: Shelf>(shelf: &S, after: Mark, answer: PullAnswer) -> Result<usize, Stopped> {
    let mut placed = Vec::with_capacity(answer.entries.len());
    let mut chain = after.chain;
    for (position, entry) in (after.position + 1..).zip(from_wire(answer.entries)) {
        let entry = entry.map_err(|_| Stopped::Answer)?;
        chain = chain.chained(&entry.id);
        placed.push(Placed { entry, position });
    }
    let count = placed.len();
    let to = Mark { position: after.position + count as u64, chain };
    if to != answer.to {
        return Err(Stopped::Answer);
    }
    shelf.take(placed, Some(to)).await?;
    shelf.meet(to).await?;
    shelf.server_time(answer.time).await;
    Ok(count)
}

async fn fetch_dossier<S: Shelf, L: Line>(
    shelf: &S,
    line: &L,
    dossier: DossierId,
    done: &mut Exchanged,
) -> Result<(), Stopped> {
    let answer = match line.dossier(dossier).await {
        Ok(answer) => answer,
        Err(error) if error.is(ProblemKind::NotFound) => return Ok(()),
        Err(error) => return Err(error.into()),
    };
    if answer.entries.len() != answer.positions.len() {
        return Err(Stopped::Answer);
    }
    let read = from_wire(answer.entries).zip(answer.positions);
    let placed = read.map(|(entry, position)| entry.map(|entry| Placed { entry, position }));
    let placed = placed.collect::<Result<Vec<_>, _>>().map_err(|_| Stopped::Answer)?;
    done.pulled += placed.len();
    Ok(shelf.take(placed, None).await?)
}

/// After the server has gone back in time: nothing is confirmed until it says so again. What is
/// equal on both sides is, at once; the rest is sent again, whoever wrote it, and pulled from 0.
async fn compare_again<S: Shelf, L: Line>(shelf: &S, line: &L) -> Result<(), Stopped> {
    shelf.unconfirm().await?;
    for dossiers in shelf.held().await?.chunks(MAX_BATCH) {
        let request = HeadsRequest { met: Mark::START, dossiers: dossiers.to_vec() };
        for answer in line.heads(&request).await? {
            let held = dossiers.iter().find(|held| held.dossier == answer.dossier);
            let equal = held.is_some_and(|held| held.heads == answer.heads);
            if equal && answer.whole {
                shelf.confirm_dossier(answer.dossier).await?;
            }
        }
    }
    Ok(())
}

async fn attachments<S: Shelf, L: Line>(shelf: &S, line: &L, done: &mut Exchanged) -> Result<(), Stopped> {
    for attachment in shelf.unsent_attachments().await? {
        let Some(bytes) = shelf.attachment(attachment).await? else { continue };
        match line.put_attachment(attachment, &bytes).await {
            Ok(()) => {
                shelf.confirm_attachment(attachment).await?;
                done.attachments_sent += 1;
            }
            Err(LineError::Unreachable) => return Err(LineError::Unreachable.into()),
            Err(LineError::Problem(_)) => done.attachments_stuck.push(attachment),
        }
    }
    for attachment in shelf.wanted_attachments().await? {
        match line.get_attachment(attachment).await {
            Ok(bytes) if AttachmentId::of(&bytes) == attachment => {
                shelf.keep_attachment(attachment, bytes).await?;
                done.attachments_received += 1;
            }
            Ok(_) => return Err(Stopped::Answer),
            Err(LineError::Unreachable) => return Err(LineError::Unreachable.into()),
            Err(LineError::Problem(_)) => {} // still on another tablet
        }
    }
    Ok(())
}

async fn receipts<S: Shelf, L: Line>(shelf: &S, line: &L) -> Result<(), Stopped> {
    let asked = shelf.visits_without_receipt().await?;
    for dossiers in asked.chunks(MAX_BATCH) {
        let request = HeadsRequest { met: shelf.met().await?, dossiers: dossiers.to_vec() };
        for receipt in line.heads(&request).await? {
            shelf.keep_receipt(receipt).await?;
        }
    }
    Ok(())
}

named! {
    /// The three words of the sync state.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
    pub enum SyncState {
        /// 已存本机: committed on this tablet.
        OnThisTablet = "on_this_tablet",
        /// 已发送: every entry of the visit is confirmed, and none was refused.
        Sent = "sent",
        /// 已齐: the server holds the visit without a gap and every attachment that it names.
        Complete = "complete",
    }
}

impl SyncState {
    /// The state of a visit, from what is unsent here, what the server refused of it, whoever wrote
    /// that, and the server's last receipt alone. What was refused is on no server and never will be.
    pub fn of(unsent: usize, refused: usize, heads: &[EntryId], receipt: Option<&VisitReceipt>) -> Self {
        if unsent + refused > 0 {
            return Self::OnThisTablet;
        }
        let Some(receipt) = receipt else { return Self::Sent };
        let same = receipt.heads.len() == heads.len() && heads.iter().all(|id| receipt.heads.contains(id));
        if receipt.whole && receipt.attachments_missing.is_empty() && same {
            Self::Complete
        } else {
            Self::Sent
        }
    }
}
