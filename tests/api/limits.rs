use lanepad::exchange::{Line as _, LineError, SyncState};
use lanepad::journal::{AttachmentId, DossierId, WireEntry};
use lanepad::protocol::*;
use lanepad::visit::Change;
use serde_json::json;

use crate::exchange::opened;
use crate::server::Server;
use crate::tablet::{Http, Tablet};

fn kind<T>(answer: Result<T, LineError>) -> Option<ProblemKind> {
    match answer {
        Err(LineError::Problem(problem)) => Some(problem.kind),
        _ => None,
    }
}

fn core(tablet: &Tablet, dossier: DossierId, seq: u64, note: &str) -> serde_json::Value {
    json!({ "dossier": dossier, "parents": [], "device": tablet.device, "seq": seq, "wall": 1, "offset": 0,
        "author": "lin", "version": 1, "change": { "odometer_read": { "km": 1, "reason": null, "note": note } } })
}

/// A core as another program may send it, its keys in any order.
fn wire(core: serde_json::Value) -> WireEntry {
    let core = serde_json::value::to_raw_value(&core).expect("JSON");
    WireEntry { core, values: Default::default() }
}

fn request(tablet: &Tablet, entries: Vec<WireEntry>) -> PushRequest {
    PushRequest { device: tablet.device, last_seq: 1, met: Mark::START, entries }
}

#[tokio::test]
async fn an_oversized_entry_is_refused_with_an_entry_in_its_place_and_holds_up_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path());
    let line = Http::new(&server.address);
    let tablet = Tablet::new(1);
    let visit = DossierId::of_appointment("shop", "1");
    let large = wire(core(&tablet, visit, 1, &"x".repeat(140_000)));
    let mut after = core(&tablet, visit, 2, "");
    after.as_object_mut().unwrap().remove("parents");
    let answer = line.push(&request(&tablet, vec![large, wire(after)])).await.unwrap();
    assert_eq!(answer.receipts, [Receipt::Refused(1), Receipt::At(2)]);
    let other = Tablet::new(2);
    other.exchange(&line).await.unwrap();
    assert!(other.with(visit, |visit| visit.journal.missing().is_empty()));
    let reasons = other.with(visit, |visit| visit.journal.refused().values().cloned().collect::<Vec<_>>());
    assert_eq!(reasons, ["too_large"]);
    // Every tablet knows that the server does not hold the visit as it was written.
    assert_eq!(other.sync(visit), SyncState::OnThisTablet);
}

#[tokio::test]
async fn parents_that_were_left_out_and_that_nothing_names_are_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path());
    let line = Http::new(&server.address);
    let tablet = Tablet::new(1);
    let mut alone = core(&tablet, DossierId::of_appointment("shop", "1"), 1, "");
    alone.as_object_mut().unwrap().remove("parents");
    let answer = line.push(&request(&tablet, vec![wire(alone)])).await;
    assert_eq!(kind(answer), Some(ProblemKind::SendWithParents));
}

#[tokio::test]
async fn what_is_malformed_or_too_large_is_answered_with_problem_details() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path());
    let line = Http::new(&server.address);
    for (body, kind) in [
        ("{\"device\":".to_owned(), ProblemKind::Malformed),
        ("[]".to_owned(), ProblemKind::Malformed),
        (format!("\"{}\"", "x".repeat(MAX_BODY_BYTES + 1)), ProblemKind::TooLarge),
    ] {
        let sent = line.client.post(line.url("journal")).body(body).send().await.unwrap();
        assert_eq!(sent.headers()["content-type"], "application/problem+json");
        let status = sent.status().as_u16();
        let problem: Problem = sent.json().await.unwrap();
        assert_eq!((problem.kind, problem.status), (kind, status));
    }
    // A small body that grows past the limit when it is unpacked.
    let packed = gzipped(&vec![b' '; 3 * MAX_BODY_BYTES]);
    let sent = line.client.post(line.url("journal")).header("content-encoding", "gzip").body(packed);
    assert_eq!(sent.send().await.unwrap().status(), 413);
    assert_eq!(kind(line.get::<serde_json::Value>("nowhere").await), Some(ProblemKind::NotFound));
    assert_eq!(kind(line.get::<serde_json::Value>("dossiers/x").await), Some(ProblemKind::NotFound));
}

#[tokio::test]
async fn a_push_that_is_too_large_is_split_until_it_fits() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path());
    let line = Http::new(&server.address);
    let tablet = Tablet::new(1);
    let visit = opened(&tablet, "1");
    for _ in 0..30 {
        tablet.write(visit, Change::ValuablesLeft { what: "长".repeat(20_000).into() });
    }
    assert_eq!(tablet.exchange(&line).await.unwrap().pushed, 31);
}

#[tokio::test]
async fn an_attachment_must_be_what_its_name_says_and_a_picture() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path());
    let line = Http::new(&server.address);
    let jpeg = [0xff, 0xd8, 0xff, 1, 2, 3];
    let wrong = line.put_attachment(AttachmentId::of(b"other"), &jpeg).await;
    assert_eq!(kind(wrong), Some(ProblemKind::DigestDiffers));
    let script = b"<script>alert(1)</script>";
    assert_eq!(
        kind(line.put_attachment(AttachmentId::of(script), script).await),
        Some(ProblemKind::NotAnAttachment)
    );
    let large = vec![0xff; MAX_ATTACHMENT_BYTES + 1];
    assert_eq!(
        kind(line.put_attachment(AttachmentId::of(&large), &large).await),
        Some(ProblemKind::TooLarge)
    );
    line.put_attachment(AttachmentId::of(&jpeg), &jpeg).await.unwrap();
    let url = line.url(&format!("attachments/{}", AttachmentId::of(&jpeg).digits()));
    assert_eq!(line.client.head(&url).send().await.unwrap().status(), 200);
    let part = line.client.get(&url).header("range", "bytes=4-").send().await.unwrap();
    assert_eq!(part.status(), 206);
    assert_eq!(part.bytes().await.unwrap().as_ref(), [2, 3]);
}

#[tokio::test]
async fn sounds_and_videos_are_attachments_of_their_own_type() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path());
    let line = Http::new(&server.address);
    let kept: [(&[u8], &str); 3] = [
        (b"\x1a\x45\xdf\xa3 webm", "video/webm"),
        (b"\0\0\0\x20ftypisom", "video/mp4"),
        (b"OggS\0", "audio/ogg"),
    ];
    for (bytes, media) in kept {
        let id = AttachmentId::of(bytes);
        line.put_attachment(id, bytes).await.unwrap();
        let answer = line.client.get(line.url(&format!("attachments/{}", id.digits()))).send().await.unwrap();
        assert_eq!(answer.headers()["content-type"], media);
    }
    let refused = line.put_attachment(AttachmentId::of(b"RIFF\0\0\0\0AVI "), b"RIFF\0\0\0\0AVI ").await;
    assert_eq!(kind(refused), Some(ProblemKind::NotAnAttachment));
}

#[tokio::test]
async fn an_empty_server_is_set_up_once_and_the_catalogue_has_a_tag() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path());
    let line = Http::new(&server.address);
    let dealership = lanepad::catalogue::Dealership {
        name: "测试店".into(),
        address: "路 1 号".into(),
        phone: "0755".into(),
        hours: "9–18".into(),
        privacy_contact: "0755".into(),
        province: "粤".into(),
        utc_offset_minutes: 480,
        id: String::new(),
    };
    let nobody = SetUpRequest { dealership: dealership.clone(), advisors: vec![] };
    assert_eq!(
        kind(line.post::<serde_json::Value>("dealership", &nobody).await),
        Some(ProblemKind::Malformed)
    );
    let request = SetUpRequest { dealership, advisors: vec!["林晓彤".into()] };
    let catalogue: lanepad::catalogue::Catalogue = line.post("dealership", &request).await.unwrap();
    assert!(catalogue.is_set_up() && !catalogue.dealership.id.is_empty() && catalogue.items().len() > 60);
    assert_eq!(
        kind(line.post::<serde_json::Value>("dealership", &request).await),
        Some(ProblemKind::AlreadySetUp)
    );
    let got = line.client.get(line.url("catalogue")).send().await.unwrap();
    let tag = got.headers()["etag"].clone();
    let again = line.client.get(line.url("catalogue")).header("if-none-match", tag).send().await.unwrap();
    assert_eq!(again.status(), 304);
}

#[tokio::test]
async fn answers_are_compressed_as_asked() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start_with(folder.path(), &["--demo"]);
    let line = Http::new(&server.address);
    for coding in ["gzip", "br"] {
        let plain = reqwest::Client::builder().no_gzip().no_brotli().build().unwrap();
        let got = plain.get(line.url("catalogue")).header("accept-encoding", coding).send().await.unwrap();
        assert_eq!(got.headers()["content-encoding"], coding);
    }
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut packed, bytes).unwrap();
    packed.finish().unwrap()
}

#[tokio::test]
async fn a_gzipped_push_is_stored_and_a_broken_one_is_answered_with_problem_details() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path());
    let line = Http::new(&server.address);
    let tablet = Tablet::new(1);
    let visit = DossierId::of_appointment("shop", "1");
    let push = |seq: u64| {
        let push = request(&tablet, vec![wire(core(&tablet, visit, seq, "重"))]);
        gzipped(&serde_json::to_vec(&push).unwrap())
    };
    let send = |body: Vec<u8>| {
        line.client.post(line.url("journal")).header("content-encoding", "gzip").body(body).send()
    };
    let answer: PushAnswer = send(push(1)).await.unwrap().json().await.unwrap();
    assert_eq!((answer.receipts, answer.newest.position), (vec![Receipt::At(1)], 1));
    let whole = push(2);
    for broken in [&whole[..whole.len() / 2], b"{\"no\":\"gzip\"}", b""] {
        let sent = send(broken.to_vec()).await.unwrap();
        assert_eq!(sent.headers()["content-type"], "application/problem+json");
        let problem: Problem = sent.json().await.unwrap();
        assert_eq!((problem.kind, problem.status), (ProblemKind::Malformed, 400));
    }
    let answer: PushAnswer = send(whole).await.unwrap().json().await.unwrap();
    assert_eq!(answer.receipts, [Receipt::At(2)], "nothing of the broken ones was stored");
}

#[tokio::test]
async fn a_folder_in_the_place_of_an_attachment_is_not_the_attachment() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path());
    let line = Http::new(&server.address);
    let tablet = Tablet::new(1);
    let visit = opened(&tablet, "1");
    let jpeg = [0xff, 0xd8, 0xff, 1, 2, 3];
    let id = AttachmentId::of(&jpeg);
    let place = folder.path().join("attachments").join(&id.digits()[..2]).join(&id.digits()[2..]);
    std::fs::create_dir_all(place.join("inside")).unwrap();
    assert_eq!(kind(line.get_attachment(id).await), Some(ProblemKind::NotFound));
    let erasure =
        ErasureRequest { dossier: visit, commitments: vec![], attachments: vec![AttachmentId::of(b"other")] };
    let other = AttachmentId::of(b"other").digits();
    std::fs::create_dir_all(folder.path().join("attachments").join(&other[..2]).join(&other[2..])).unwrap();
    assert_eq!(line.client.post(line.url("erasures")).json(&erasure).send().await.unwrap().status(), 204);
    line.put_attachment(id, &jpeg).await.unwrap();
    assert_eq!(line.get_attachment(id).await.unwrap(), jpeg);
}

#[tokio::test]
async fn only_this_machine_is_listened_to_and_only_under_its_own_name() {
    let folder = tempfile::tempdir().unwrap();
    let refused = std::process::Command::new(env!("CARGO_BIN_EXE_lanepad"))
        .args(["serve", "--listen", "0.0.0.0:0", "--data"])
        .arg(folder.path())
        .output()
        .unwrap();
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("loopback"));
    let server = Server::start(folder.path());
    let line = Http::new(&server.address);
    let foreign = line.client.get(line.url("catalogue")).header("host", "evil.example").send().await.unwrap();
    assert_eq!(foreign.status(), 404);
}
