//! `make bench`, the half without a browser: prints figures and ratios beside those of others; never
//! fails for a slow machine.
//!
//! The figures of the others were taken elsewhere and stand here as constants; nothing here measures
//! them, so a ratio says an order of magnitude and no more. On a machine that does other work two runs
//! differ by a third: compare two programs by turns, several times.
#![expect(clippy::disallowed_methods, reason = "a bench measures")]

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use lanepad::catalogue::Catalogue;
use lanepad::diagram::View;
use lanepad::exchange::{Line, LineError, NotKept, Placed, Shelf, VisitReceipt, exchange};
use lanepad::journal::{
    AttachmentId, DeviceId, DossierId, Draft, Entry, EntryId, Fact as _, Pen, StaffId, write_entries,
};
use lanepad::protocol::*;
use lanepad::visit::{Body, Change, DamageKind, Grade, MarkPlace, Origin, Severity, Visit, VisitRow};
use serde::de::DeserializeOwned;

use crate::server::Server;

/// Who, entries per second, bytes per entry on the wire: given, not measured here.
const OTHERS: [(&str, f64, Option<f64>); 4] = [
    ("PouchDB", 1_900.0, Some(350.0)),
    ("automerge-repo", 2_200.0, Some(61.0)),
    ("Yjs, no fsync", 65_000.0, Some(104.0)),
    ("raw SQLite rows", 155_000.0, None), // 130,000 to 180,000
];

/// The facts of a visit of so many entries: what a walk-around leaves behind.
fn changes(count: usize) -> Vec<Draft<Change>> {
    let items = Catalogue::standard().items();
    let opened = Change::VisitOpened {
        number: "JC20260318-003B".into(),
        appointment: None,
        arrived: 1_773_800_760_000,
        body: Body::Sedan,
        items: items.clone(),
    };
    let fact = |at: usize| {
        let item = items[at % items.len()].clone();
        match at % 20 {
            0 => Change::DamageMarked {
                place: MarkPlace {
                    view: View::Left,
                    zone: "LFD".into(),
                    x: 3200 + at as i32,
                    y: 4400,
                    body: None,
                },
                kind: DamageKind::Scratch,
                severity: Severity::Heavy,
                origin: Origin::FoundNow,
            },
            5 | 15 => Change::ItemNoted { item, note: format!("右前方第{at}处有划痕").into() },
            10 => Change::OdometerRead { km: 38_000 + at as u32, reason: None },
            _ => Change::ItemGraded { item, grade: Some(Grade::Good) },
        }
    };
    let all = std::iter::once(opened).chain((1..count).map(fact));
    all.map(|change| Draft { change, replaces: Vec::new() }).collect()
}

struct Writing {
    pen: Pen,
    seq: u64,
    salts: u128,
}

impl Writing {
    fn new() -> Self {
        let device = DeviceId::from_random([1; 16]);
        Self {
            pen: Pen { device, author: StaffId("lin".into()), wall: 1_773_800_760_000, offset: 0 },
            seq: 1,
            salts: 0,
        }
    }

    fn write(&mut self, dossier: DossierId, heads: &[EntryId], drafts: &[Draft<Change>]) -> Vec<Entry> {
        let mut heads = heads.to_vec();
        let mut entries = Vec::with_capacity(drafts.len());
        let mut newest = BTreeMap::new();
        for draft in drafts {
            let mut draft = draft.clone();
            let key = draft.change.key();
            draft.replaces.extend(key.as_ref().and_then(|key| newest.get(key)));
            // Spread over all 16 bytes, as random ones are.
            let mut salt = || {
                self.salts += 1;
                self.salts.wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835).to_be_bytes()
            };
            self.pen.wall += 900 + self.seq as i64 * 7919 % 5000;
            let written =
                write_entries(&self.pen, dossier, Change::VERSION, &heads, self.seq, &[draft], &mut salt);
            let entry = written.expect("an entry").remove(0);
            self.seq += 1;
            heads = vec![entry.id];
            newest.extend(key.map(|key| (key, entry.id)));
            entries.push(entry);
        }
        entries
    }
}

fn folded(dossier: DossierId, entries: &[Entry]) -> Visit {
    let mut visit = Visit::new(dossier);
    for entry in entries {
        visit.journal.insert(entry.clone());
    }
    visit
}

fn middle(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn timed<T>(what: impl FnOnce() -> T) -> (T, Duration) {
    let began = Instant::now();
    let done = what();
    (done, began.elapsed())
}

#[test]
#[ignore = "prints figures; run by make bench"]
fn bench_of_a_visit_of_600_entries() {
    let mut writing = Writing::new();
    let dossier = DossierId::of_appointment("shop", "bench");
    let entries = writing.write(dossier, &[], &changes(600));
    let replays = (0..9).map(|_| timed(|| folded(dossier, &entries)).1).collect();
    let mut visit = folded(dossier, &entries);
    let rows = (0..99).map(|_| timed(|| VisitRow::of(&visit)).1).collect();
    let item = Catalogue::standard().items()[0].clone();
    let mut grade = |grade| {
        let draft = visit.journal.draft(Change::ItemGraded { item: item.clone(), grade: Some(grade) });
        let heads = visit.journal.heads();
        let entry = writing.write(dossier, &heads, &[draft]).remove(0);
        visit.journal.insert(entry);
        VisitRow::of(&visit)
    };
    let appends = [Grade::Bad, Grade::Good].into_iter().cycle().take(99).map(|to| timed(|| grade(to)).1);
    let appends = appends.collect();
    println!("\na visit of 600 entries");
    println!("  replay              {:>10.1?}", middle(replays));
    println!("  append, row and all {:>10.1?}", middle(appends));
    println!("  of it the row       {:>10.1?}", middle(rows));
}

/// The tablet's side with nothing but memory under it: what is measured is the exchange.
#[derive(Default)]
struct Memory {
    entries: RefCell<Vec<Entry>>,
    confirmed: Cell<usize>,
    /// Confirmed before others that were sent earlier.
    early: RefCell<BTreeSet<EntryId>>,
    heads: RefCell<BTreeMap<DossierId, EntryId>>,
    receipts: RefCell<BTreeMap<DossierId, VisitReceipt>>,
    pulled_to: Cell<Option<Mark>>,
    met: Cell<Option<Mark>>,
}

impl Memory {
    fn keep(&self, entries: impl IntoIterator<Item = Entry>) {
        for entry in entries {
            self.heads.borrow_mut().insert(entry.core.dossier, entry.id);
            self.entries.borrow_mut().push(entry);
        }
    }
}

impl Shelf for Memory {
    async fn device(&self) -> Result<(DeviceId, u64), NotKept> {
        Ok((DeviceId::from_random([1; 16]), self.entries.borrow().len() as u64))
    }
    async fn unsent(&self, limit: usize, sending: &BTreeSet<EntryId>) -> Result<Vec<Entry>, NotKept> {
        let (entries, early) = (self.entries.borrow(), self.early.borrow());
        let unsent = entries[self.confirmed.get()..].iter();
        let unsent = unsent.filter(|entry| !sending.contains(&entry.id) && !early.contains(&entry.id));
        Ok(unsent.take(limit).cloned().collect())
    }
    async fn confirm(&self, receipts: &[(EntryId, Receipt)]) -> Result<(), NotKept> {
        let (entries, mut early) = (self.entries.borrow(), self.early.borrow_mut());
        early.extend(receipts.iter().map(|(id, _)| *id));
        while entries.get(self.confirmed.get()).is_some_and(|entry| early.remove(&entry.id)) {
            self.confirmed.set(self.confirmed.get() + 1);
        }
        Ok(())
    }
    async fn take(&self, placed: Vec<Placed>, pulled_to: Option<Mark>) -> Result<(), NotKept> {
        self.confirmed.set(self.confirmed.get() + placed.len());
        self.keep(placed.into_iter().map(|placed| placed.entry));
        self.pulled_to.set(pulled_to.or(self.pulled_to.get()));
        Ok(())
    }
    async fn pulled_to(&self) -> Result<Mark, NotKept> {
        // What was written here is not pulled again, so that a push is measured alone.
        Ok(self.pulled_to.get().or(self.met.get()).unwrap_or(Mark::START))
    }
    async fn met(&self) -> Result<Mark, NotKept> {
        Ok(self.met.get().unwrap_or(Mark::START))
    }
    async fn meet(&self, mark: Mark) -> Result<(), NotKept> {
        if self.met.get().is_none_or(|met| met.position < mark.position) {
            self.met.set(Some(mark));
        }
        Ok(())
    }
    async fn unconfirm(&self) -> Result<(), NotKept> {
        Err(NotKept("the server went back in time".into()))
    }
    async fn held(&self) -> Result<Vec<Heads>, NotKept> {
        let heads = self.heads.borrow();
        Ok(heads.iter().map(|(dossier, head)| Heads { dossier: *dossier, heads: vec![*head] }).collect())
    }
    async fn confirm_dossier(&self, _: DossierId) -> Result<(), NotKept> {
        Ok(())
    }
    async fn dossiers_with_gaps(&self) -> Result<Vec<DossierId>, NotKept> {
        Ok(Vec::new())
    }
    async fn unsent_attachments(&self) -> Result<Vec<AttachmentId>, NotKept> {
        Ok(Vec::new())
    }
    async fn attachment(&self, _: AttachmentId) -> Result<Option<Vec<u8>>, NotKept> {
        Ok(None)
    }
    async fn confirm_attachment(&self, _: AttachmentId) -> Result<(), NotKept> {
        Ok(())
    }
    async fn wanted_attachments(&self) -> Result<Vec<AttachmentId>, NotKept> {
        Ok(Vec::new())
    }
    async fn keep_attachment(&self, _: AttachmentId, _: Vec<u8>) -> Result<(), NotKept> {
        Ok(())
    }
    async fn visits_without_receipt(&self) -> Result<Vec<Heads>, NotKept> {
        let held = self.held().await?;
        let receipts = self.receipts.borrow();
        Ok(held.into_iter().filter(|held| !receipts.contains_key(&held.dossier)).collect())
    }
    async fn keep_receipt(&self, receipt: VisitReceipt) -> Result<(), NotKept> {
        self.receipts.borrow_mut().insert(receipt.dossier, receipt);
        Ok(())
    }
    async fn server_time(&self, _: i64) {}
}

/// HTTP as the tablet speaks it, bodies weighed as they go over the wire: what is sent goes as it is,
/// what comes is gzipped.
struct Weighed {
    address: String,
    client: reqwest::Client,
    sent: Cell<usize>,
    received: Cell<usize>,
    /// The first pushes, to weigh them gzipped when no clock runs.
    bodies: RefCell<Vec<(usize, Vec<u8>)>>,
}

impl Weighed {
    fn new(address: &str) -> Self {
        let client = reqwest::Client::builder().no_gzip().no_brotli().build().expect("a client");
        let (sent, received, bodies) = (Cell::default(), Cell::default(), RefCell::default());
        Self { address: address.to_owned(), client, sent, received, bodies }
    }

    async fn answer<T: DeserializeOwned>(&self, request: reqwest::RequestBuilder) -> Result<T, LineError> {
        let sent = request.header("accept-encoding", "gzip").send().await;
        let response = sent.map_err(|_| LineError::Unreachable)?;
        assert!(response.status().is_success(), "{}", response.status());
        let gzipped = response.headers().contains_key("content-encoding");
        let bytes = response.bytes().await.map_err(|_| LineError::Unreachable)?;
        self.received.set(self.received.get() + bytes.len());
        let mut plain = Vec::new();
        if gzipped {
            GzDecoder::new(&bytes[..]).read_to_end(&mut plain).expect("gzip");
        } else {
            plain.extend_from_slice(&bytes);
        }
        Ok(serde_json::from_slice(&plain).expect("the protocol's answer"))
    }

    async fn post<T: DeserializeOwned>(&self, path: &str, body: Vec<u8>) -> Result<T, LineError> {
        self.sent.set(self.sent.get() + body.len());
        self.answer(self.client.post(format!("{}/api/v1/{path}", self.address)).body(body)).await
    }

    fn gzipped_bytes_per_entry(&self) -> f64 {
        let bodies = self.bodies.take();
        let mut bytes = 0;
        for (_, body) in &bodies {
            let mut packed = GzEncoder::new(Vec::new(), Compression::default());
            packed.write_all(body).expect("memory");
            bytes += packed.finish().expect("memory").len();
        }
        bytes as f64 / bodies.iter().map(|(entries, _)| entries).sum::<usize>() as f64
    }
}

impl Line for Weighed {
    async fn push(&self, request: &PushRequest) -> Result<PushAnswer, LineError> {
        let body = serde_json::to_vec(request).expect("plain data");
        if self.bodies.borrow().len() < 20 {
            self.bodies.borrow_mut().push((request.entries.len(), body.clone()));
        }
        self.post("journal", body).await
    }
    async fn pull(&self, after: Mark) -> Result<PullAnswer, LineError> {
        let path = format!("journal?after={}&chain={}", after.position, after.chain);
        self.answer(self.client.get(format!("{}/api/v1/{path}", self.address))).await
    }
    async fn dossier(&self, _: DossierId) -> Result<DossierAnswer, LineError> {
        Err(LineError::Unreachable)
    }
    async fn heads(&self, request: &HeadsRequest) -> Result<Vec<HeadsAnswer>, LineError> {
        self.post("heads", serde_json::to_vec(request).expect("plain data")).await
    }
    async fn put_attachment(&self, _: AttachmentId, _: &[u8]) -> Result<(), LineError> {
        Ok(())
    }
    async fn get_attachment(&self, _: AttachmentId) -> Result<Vec<u8>, LineError> {
        Err(LineError::Unreachable)
    }
}

/// A process's own time and the most memory it had, as Linux tells.
fn spent(process: u32) -> (Duration, u64) {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // The name may hold blanks; what is counted begins behind it. Ticks are hundredths of a second.
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<u64>().ok()).unwrap_or(0);
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak = peak.and_then(|peak| peak.trim().strip_suffix(" kB")?.parse().ok()).unwrap_or(0);
    (Duration::from_millis((ticks(11) + ticks(12)) * 10), peak)
}

fn bytes_in(folder: &Path) -> u64 {
    let files = std::fs::read_dir(folder).expect("a folder").flatten();
    files
        .map(|file| match file.metadata().expect("a file") {
            folder if folder.is_dir() => bytes_in(&file.path()),
            file => file.len(),
        })
        .sum()
}

fn print(what: &str, entries: usize, time: Duration, server: Duration, bytes: f64) {
    let rate = entries as f64 / time.as_secs_f64();
    let own = server.as_secs_f64() * 1e6 / entries as f64;
    println!(
        "  {what}: {:.2} s, {rate:.0} entries/s, {bytes:.0} B per entry on the wire; the server's own {:.2} s, {own:.1} µs per entry",
        time.as_secs_f64(),
        server.as_secs_f64(),
    );
    for (name, their_rate, their_bytes) in OTHERS {
        let wire = their_bytes.map(|theirs| format!("{theirs:.0} B, ours {:.2} of it", bytes / theirs));
        let wire = wire.unwrap_or_else(|| "no wire".into());
        println!("    {name:<16} {their_rate:>7.0}/s, ours {:>6.2} times that; {wire}", rate / their_rate);
    }
}

async fn exchange_of(visits: usize) {
    const ENTRIES: usize = 200;
    let drafts = changes(ENTRIES);
    let mut writing = Writing::new();
    let (one, two) = (Memory::default(), Memory::default());
    for number in 0..visits {
        let dossier = DossierId::of_appointment("shop", &number.to_string());
        one.keep(writing.write(dossier, &[], &drafts));
    }
    let count = visits * ENTRIES;
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(folder.path());
    println!("\n{visits} visits of {ENTRIES} entries, a real server and SQLite (WAL, synchronous=FULL)");

    for (what, tablet, expected) in [("push", &one, (count, 0)), ("pull", &two, (0, count))] {
        let line = Weighed::new(&server.address);
        let before = spent(server.child.id()).0;
        let began = Instant::now();
        let done = exchange(tablet, &line).await.expect("an exchange");
        let took = began.elapsed();
        let own = spent(server.child.id()).0 - before;
        assert_eq!((done.pushed, done.pulled), expected);
        print(what, count, took, own, (line.sent.get() + line.received.get()) as f64 / count as f64);
        if done.pushed > 0 {
            println!("    the same bodies gzipped: {:.0} B per entry", line.gzipped_bytes_per_entry());
        }
    }
    let peak = spent(server.child.id()).1;
    let disk = bytes_in(folder.path());
    println!(
        "  the server's peak memory {} MB; its folder {} MB, {} B per entry",
        peak / 1024,
        disk / 1_000_000,
        disk / count as u64
    );
    server.stop();
    let disk = bytes_in(folder.path());
    println!("  its folder when it has stopped {} MB, {} B per entry", disk / 1_000_000, disk / count as u64);
}

// As in a browser, the network is another thread's than the app's.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
#[ignore = "prints figures; run by make bench"]
async fn bench_of_an_exchange_of_200_visits() {
    exchange_of(200).await;
}

// As in a browser, the network is another thread's than the app's.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
#[ignore = "prints figures; run by make bench"]
async fn bench_of_an_exchange_of_1000_visits() {
    exchange_of(1_000).await;
}

#[tokio::test]
#[ignore = "prints figures; run by make bench"]
async fn bench_of_an_import_of_100000_parts() {
    let folder = tempfile::TempDir::new().unwrap();
    let server = Server::start(folder.path());
    let names = ["前制动片", "后制动片", "机油滤清器", "空调滤清器", "前挡风玻璃", "左前减振器"];
    let rows = |price: usize| -> String {
        (0..100_000)
            .map(|n| {
                format!(
                    "P{n:06},{} · 车型{n},{}.{:02},{}\r\n",
                    names[n % 6],
                    n % 900 + price,
                    n % 100,
                    n % 12
                )
            })
            .collect()
    };
    let path = folder.path().join("parts.csv");
    let import = |price: usize| {
        let text = format!("配件编码,配件名称,零售价,库存\r\n{}", rows(price));
        std::fs::write(&path, &text).unwrap();
        let began = Instant::now();
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_lanepad"));
        let done = command.arg("import").arg(&path).arg("--data").arg(folder.path()).output().unwrap();
        assert!(done.status.success(), "{done:?}");
        (began.elapsed(), text.len())
    };
    let (new, bytes) = import(1);
    let (same, _) = import(1);
    let (changed, _) = import(2);
    println!(
        "\nimport of 100,000 parts, {:.1} MB, a debug build where the tests are one",
        bytes as f64 / 1e6
    );
    println!("{:<40} {:.1} s", "all new", new.as_secs_f64());
    println!("{:<40} {:.1} s", "nothing changed", same.as_secs_f64());
    println!("{:<40} {:.1} s", "every price changed", changed.as_secs_f64());
    server.stop();
}
