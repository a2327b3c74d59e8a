//! A newer program's change, with a personal value, passes through this server to this tablet.

use lanepad::journal::{DossierId, Draft, Pen, StaffId, write_entries};
use lanepad::protocol::ErasureRequest;
use serde::Serialize;

use crate::server::Server;
use crate::tablet::{Http, Tablet};

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Newer {
    CourtesyCarLent { driver: lanepad::journal::Personal<String>, days: u8 },
}

#[tokio::test]
async fn a_newer_change_is_passed_on_byte_for_byte_and_can_be_erased() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path());
    let line = Http::new(&server.address);
    let (newer, old) = (Tablet::new(1), Tablet::new(2));
    let dossier = DossierId::of_appointment("shop", "1");
    let pen = Pen { device: newer.device, author: StaffId("lin".into()), wall: 1, offset: 0 };
    let lent = Newer::CourtesyCarLent { driver: "王雅琴".to_owned().into(), days: 2 };
    let draft = Draft { change: serde_json::to_value(lent).unwrap(), replaces: vec![] };
    let entry = write_entries(&pen, dossier, 2, &[], 1, &[draft], &mut || [7; 16]).unwrap().remove(0);
    newer.keep_raw(entry.clone());
    newer.exchange(&line).await.unwrap();
    old.exchange(&line).await.unwrap();
    assert_eq!(old.entry(entry.id), entry);
    assert_eq!(old.with(dossier, |visit| visit.journal.not_understood()), 1);
    let commitments = old.with(dossier, |visit| visit.journal.commitments(&entry.id));
    let erasure = ErasureRequest { dossier, commitments: commitments.clone(), attachments: vec![] };
    let sent = line.client.post(line.url("erasures")).json(&erasure).send().await.unwrap();
    assert_eq!(sent.status(), 204);
    old.exchange(&line).await.unwrap();
    assert!(old.with(dossier, |visit| visit.journal.value(&commitments[0]).is_none()));
    let fresh = Tablet::new(3);
    fresh.exchange(&line).await.unwrap();
    assert!(fresh.entry(entry.id).values.is_empty());
    assert_eq!(fresh.entry(entry.id).text, entry.text);
    // A copy from before the erasure does not bring it back.
    newer.keep_raw(entry.clone());
    newer.exchange(&line).await.unwrap();
    assert!(!server.stop().contains("王雅琴"));
    let bytes = std::fs::read(folder.path().join("lanepad.sqlite")).unwrap();
    assert!(!bytes.windows(9).any(|window| window == "王雅琴".as_bytes()));
}
