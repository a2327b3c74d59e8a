use std::cell::Cell;
use std::time::Duration;

use lanepad::exchange::{Exchanged, Line, LineError, SyncState};
use lanepad::journal::{AttachmentId, DossierId};
use lanepad::protocol::{
    DossierAnswer, HeadsAnswer, HeadsRequest, Mark, PullAnswer, PushAnswer, PushRequest, VisitsAnswer,
};
use lanepad::visit::{Body, Change, Key};

use crate::server::Server;
use crate::tablet::{Http, Tablet};

pub(crate) fn opened(tablet: &Tablet, number: &str) -> DossierId {
    let dossier = DossierId::of_appointment("shop", number);
    let items = vec!["LFD.paint".to_owned(), "LFD.metal".to_owned()];
    tablet.write(
        dossier,
        Change::VisitOpened {
            number: format!("JC20260318-{number}"),
            appointment: None,
            arrived: 4_102_444_800_000,
            body: Body::Sedan,
            items,
        },
    );
    dossier
}

pub(crate) fn odometer(km: u32) -> Change {
    Change::OdometerRead { km, reason: None }
}

#[tokio::test]
async fn a_visit_taken_in_offline_stands_on_the_server_and_on_a_second_tablet() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path());
    let line = Http::new(&server.address);
    let (one, two) = (Tablet::new(1), Tablet::new(2));
    let visit = opened(&one, "1");
    one.write(visit, odometer(38_412));
    let photo = one.photo(visit, b"dashboard");
    assert_eq!(one.sync(visit), SyncState::OnThisTablet);
    one.exchange(&line).await.unwrap();
    assert_eq!(one.sync(visit), SyncState::Complete);
    two.exchange(&line).await.unwrap();
    assert_eq!(two.with(visit, |visit| visit.odometer()), Some((38_412, None)));
    assert!(two.has(photo));
    assert_eq!(two.sync(visit), SyncState::Complete);
    server.stop();
}

#[tokio::test]
async fn an_exchange_that_is_repeated_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path());
    let line = Http::new(&server.address);
    let tablet = Tablet::new(1);
    opened(&tablet, "1");
    let first = tablet.exchange(&line).await.unwrap();
    assert_eq!(first.pushed, 1);
    assert_eq!(tablet.exchange(&line).await.unwrap(), Exchanged::default());
}

/// The real line, whose first push reaches the server only after the second has been answered.
struct Overtaken<'a> {
    line: &'a Http,
    pushes: Cell<u32>,
    second_answered: tokio::sync::Notify,
}

impl Line for Overtaken<'_> {
    async fn push(&self, request: &PushRequest) -> Result<PushAnswer, LineError> {
        self.pushes.set(self.pushes.get() + 1);
        let number = self.pushes.get();
        if number == 1 {
            let waited = tokio::time::timeout(Duration::from_secs(20), self.second_answered.notified());
            waited.await.expect("a second push while the first is on its way");
        }
        let answer = self.line.push(request).await;
        if number == 2 {
            self.second_answered.notify_one();
        }
        answer
    }
    async fn pull(&self, after: Mark) -> Result<PullAnswer, LineError> {
        self.line.pull(after).await
    }
    async fn dossier(&self, dossier: DossierId) -> Result<DossierAnswer, LineError> {
        self.line.dossier(dossier).await
    }
    async fn heads(&self, request: &HeadsRequest) -> Result<Vec<HeadsAnswer>, LineError> {
        self.line.heads(request).await
    }
    async fn put_attachment(&self, attachment: AttachmentId, bytes: &[u8]) -> Result<(), LineError> {
        self.line.put_attachment(attachment, bytes).await
    }
    async fn get_attachment(&self, attachment: AttachmentId) -> Result<Vec<u8>, LineError> {
        self.line.get_attachment(attachment).await
    }
}

#[tokio::test]
async fn pushes_that_overtake_each_other_are_all_confirmed_and_the_visit_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path());
    let line = Http::new(&server.address);
    let (one, two) = (Tablet::new(1), Tablet::new(2));
    let visit = opened(&one, "1");
    for km in 0..1200 {
        one.write(visit, odometer(km));
    }
    let overtaken = Overtaken { line: &line, pushes: Cell::new(0), second_answered: Default::default() };
    assert_eq!(one.exchange(&overtaken).await.unwrap().pushed, 1201);
    assert_eq!((overtaken.pushes.get(), one.sync(visit)), (3, SyncState::Complete));
    assert_eq!(one.exchange(&line).await.unwrap(), Exchanged::default());
    assert_eq!(two.exchange(&line).await.unwrap().pulled, 1201);
    assert_eq!(
        one.with(visit, |visit| visit.journal.heads()),
        two.with(visit, |visit| visit.journal.heads())
    );
    assert!(two.with(visit, |visit| visit.journal.missing().is_empty()));
}

#[tokio::test]
async fn two_tablets_that_were_both_offline_show_the_same_visit_with_two_answers() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path());
    let line = Http::new(&server.address);
    let (one, two) = (Tablet::new(1), Tablet::new(2));
    let visit = opened(&one, "1");
    one.exchange(&line).await.unwrap();
    two.exchange(&line).await.unwrap();
    one.write(visit, odometer(100));
    two.write(visit, odometer(200));
    for tablet in [&one, &two, &one] {
        tablet.exchange(&line).await.unwrap();
    }
    for tablet in [&one, &two] {
        assert_eq!(tablet.with(visit, |visit| visit.two_answers()), [Key::Odometer]);
    }
    assert_eq!(
        one.with(visit, |visit| visit.journal.heads()),
        two.with(visit, |visit| visit.journal.heads())
    );
    one.write(visit, odometer(200));
    one.exchange(&line).await.unwrap();
    two.exchange(&line).await.unwrap();
    assert!(two.with(visit, |visit| visit.two_answers().is_empty()));
}

#[tokio::test]
async fn positions_have_no_gap_while_four_tablets_push_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path());
    let tablets: Vec<Tablet> = (1..=4).map(Tablet::new).collect();
    for (at, tablet) in tablets.iter().enumerate() {
        for visit in 0..5 {
            let dossier = opened(tablet, &format!("{at}-{visit}"));
            for km in 0..150 {
                tablet.write(dossier, odometer(km));
            }
        }
    }
    let lines: Vec<Http> = tablets.iter().map(|_| Http::new(&server.address)).collect();
    let exchanges = tablets.iter().zip(&lines).map(|(tablet, line)| tablet.exchange(line));
    for exchanged in futures_util::future::join_all(exchanges).await {
        exchanged.unwrap();
    }
    let mut mark = Mark::START;
    let mut entries = 0;
    loop {
        let page: PullAnswer = lines[0].pull(mark).await.unwrap();
        entries += page.entries.len() as u64;
        assert_eq!(page.to.position, entries, "a position was left out");
        mark = page.to;
        if !page.more {
            break;
        }
    }
    assert_eq!(entries, 4 * 5 * 151);
}

#[tokio::test]
async fn a_photo_that_is_still_on_the_other_tablet_leaves_the_visit_sent_and_names_that_tablet() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path());
    let line = Http::new(&server.address);
    let (one, two) = (Tablet::new(1), Tablet::new(2));
    let visit = opened(&one, "1");
    let photo = one.photo(visit, b"not a picture the server may keep");
    // Only the entries arrive.
    two.keep_raw(one.entry(one.with(visit, |visit| visit.photos()[0].id)));
    two.keep_raw(one.entry(one.with(visit, |visit| visit.journal.history().next().unwrap().by.id)));
    two.exchange(&line).await.unwrap();
    assert_eq!(two.sync(visit), SyncState::Sent);
    let answer: DossierAnswer = line.dossier(visit).await.unwrap();
    assert_eq!(answer.attachments_missing[0].attachment, photo);
    assert_eq!(answer.attachments_missing[0].device, one.device);
    one.exchange(&line).await.unwrap();
    two.exchange(&line).await.unwrap();
    assert_eq!(two.sync(visit), SyncState::Complete);
}

#[tokio::test]
async fn the_read_model_lists_open_visits_and_follows_new_entries() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path());
    let line = Http::new(&server.address);
    let tablet = Tablet::new(1);
    let visit = opened(&tablet, "7");
    tablet.exchange(&line).await.unwrap();
    let visits: VisitsAnswer = line.get("visits").await.unwrap();
    assert_eq!(visits.rows[0].number, "JC20260318-7");
    tablet.write(visit, Change::VisitCancelled { reason: Some("改天".to_owned().into()) });
    tablet.exchange(&line).await.unwrap();
    let visits: VisitsAnswer = line.get("visits").await.unwrap();
    assert_eq!(visits.rows[0].stage, lanepad::visit::Stage::Cancelled);
    assert_eq!(visits.at.position, 2);
}

#[tokio::test]
async fn what_was_stored_survives_a_stop_and_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let tablet = Tablet::new(1);
    let visit = opened(&tablet, "1");
    {
        let server = Server::start(folder.path());
        tablet.exchange(&Http::new(&server.address)).await.unwrap();
        server.stop();
    }
    {
        let server = Server::start(folder.path());
        tablet.write(visit, odometer(5));
        tablet.exchange(&Http::new(&server.address)).await.unwrap();
        drop(server); // SIGKILL
    }
    let server = Server::start(folder.path());
    let other = Tablet::new(2);
    other.exchange(&Http::new(&server.address)).await.unwrap();
    assert_eq!(other.entries(), 2);
}

#[tokio::test]
async fn a_live_notice_comes_when_another_tablet_has_pushed() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path());
    let line = Http::new(&server.address);
    let response = line.client.get(line.url("live")).send().await.unwrap();
    let mut notices = response;
    let first = notices.chunk().await.unwrap().unwrap();
    assert!(String::from_utf8_lossy(&first).contains("\"position\":0"));
    let tablet = Tablet::new(1);
    opened(&tablet, "1");
    tablet.exchange(&line).await.unwrap();
    let second = notices.chunk().await.unwrap().unwrap();
    assert!(String::from_utf8_lossy(&second).contains("\"position\":1"));
    server.stop();
}
