//! The tablet's storage in a real browser.
#![cfg(target_arch = "wasm32")]

use lanepad::journal::{AttachmentId, DossierId, Draft, StaffId};
use lanepad::protocol::Receipt;
use lanepad::tablet::storage::{Append, Storage};
use lanepad::visit::{Body, Change, Visit};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn name() -> String {
    format!("test-{}", js_sys::Math::random())
}

fn by() -> Append {
    Append::by(StaffId("lin".into()))
}

fn draft(change: Change) -> Draft<Change> {
    Draft { change, replaces: Vec::new() }
}

fn opened() -> Change {
    Change::VisitOpened {
        number: "JC1".into(),
        appointment: None,
        arrived: 1,
        body: Body::Sedan,
        items: vec!["LFD.paint".into()],
    }
}

fn odometer(km: u32) -> Change {
    Change::OdometerRead { km, reason: None }
}

/// Runs a script that gives a promise.
async fn script(text: &str) -> JsValue {
    let promise = js_sys::eval(text).expect("a script").dyn_into::<js_sys::Promise>().expect("a promise");
    JsFuture::from(promise).await.expect("the script runs")
}

#[wasm_bindgen_test]
async fn what_was_appended_is_there_after_opening_again() {
    let name = name();
    let dossier = DossierId::of_appointment("shop", "1");
    let storage = Storage::open(&name).await.unwrap();
    let mut visit = Visit::new(dossier);
    storage.append(&mut visit, &[draft(opened()), draft(odometer(5))], by()).await.unwrap();
    let identity = storage.identity().await.unwrap();
    assert_eq!(identity.seq, 2);
    let again = Storage::open(&name).await.unwrap();
    let kept = again.visit(dossier).await.unwrap().unwrap();
    assert_eq!(kept.odometer(), Some((5, None)));
    assert_eq!(again.identity().await.unwrap(), identity);
    let listed = again.listed(dossier).await.unwrap().unwrap();
    assert_eq!((listed.unsent, listed.row.heads.clone()), (2, kept.journal.heads()));
    assert!(again.visit(DossierId::of_appointment("shop", "nowhere")).await.unwrap().is_none());
}

#[wasm_bindgen_test]
async fn two_connections_that_write_at_once_draw_no_number_twice_and_lose_nothing() {
    let name = name();
    let dossier = DossierId::of_appointment("shop", "1");
    let (one, two) = (Storage::open(&name).await.unwrap(), Storage::open(&name).await.unwrap());
    let (mut first, mut second) = (Visit::new(dossier), Visit::new(dossier));
    one.append(&mut first, &[draft(opened())], by()).await.unwrap();
    for km in 0..25 {
        let here = [draft(odometer(km))];
        let there = [draft(Change::KeysTaken { count: km as u8 })];
        one.append(&mut first, &here, by()).await.unwrap();
        two.append(&mut second, &there, by()).await.unwrap();
    }
    assert_eq!(one.identity().await.unwrap().seq, 51);
    let kept = two.visit(dossier).await.unwrap().unwrap();
    assert_eq!((kept.journal.len(), kept.journal.missing().len()), (51, 0));
    assert_eq!(kept.journal.heads().len(), 1, "each wrote on what the other had written");
}

#[wasm_bindgen_test]
async fn what_only_the_second_copy_still_has_is_put_back() {
    let name = name();
    let dossier = DossierId::of_appointment("shop", "1");
    let storage = Storage::open(&name).await.unwrap();
    let mut visit = Visit::new(dossier);
    let photo = b"\xff\xd8\xff picture".to_vec();
    let attachment = AttachmentId::of(&photo);
    let how = Append { attachments: vec![(attachment, photo.clone(), false)], ..by() };
    storage.append(&mut visit, &[draft(opened()), draft(odometer(7))], how).await.unwrap();
    // The copies follow the commit: wait until both entries and the photo are there.
    let count = format!("caches.open('{name}-unsent').then(c => c.keys()).then(k => k.length)");
    while script(&count).await != 3.0 {}
    // The browser loses the whole database, as on a full disk.
    drop(storage);
    let lose = format!(
        "new Promise((done, failed) => {{ const r = indexedDB.open('{name}'); r.onsuccess = () => {{ const t = r.result.transaction(['entries', 'visits', 'attachments', 'meta'], 'readwrite'); for (const s of ['entries', 'visits', 'attachments', 'meta']) t.objectStore(s).clear(); t.oncomplete = () => {{ r.result.close(); done(); }}; t.onabort = failed; }}; r.onerror = failed; }})"
    );
    script(&lose).await;
    let again = Storage::open(&name).await.unwrap();
    let kept = again.visit(dossier).await.unwrap().expect("the visit is back");
    assert_eq!(kept.odometer(), Some((7, None)));
    assert_eq!(again.bytes(attachment).await.unwrap(), Some(photo));
    assert_eq!(again.unsent_counts().await.unwrap(), (2, 1));
}

#[wasm_bindgen_test]
async fn a_database_of_the_schema_before_is_upgraded_and_keeps_its_entries() {
    let name = name();
    let source = Storage::open(&format!("{name}-source")).await.unwrap();
    let dossier = DossierId::of_appointment("shop", "1");
    let mut visit = Visit::new(dossier);
    let entry = source.append(&mut visit, &[draft(opened())], by()).await.unwrap().remove(0);
    // Schema 1 had entries and their dossier's index alone.
    let row = serde_json::json!({ "id": entry.id, "dossier": dossier, "core": entry.text, "values": "{}", "unsent": 1, "refused": false });
    let old = format!(
        "new Promise((done, failed) => {{ const r = indexedDB.open('{name}', 1); r.onupgradeneeded = () => r.result.createObjectStore('entries', {{ keyPath: 'id' }}).createIndex('dossier', 'dossier'); r.onsuccess = () => {{ const t = r.result.transaction('entries', 'readwrite'); t.objectStore('entries').put({row}); t.oncomplete = () => {{ r.result.close(); done(); }}; }}; r.onerror = failed; }})"
    );
    script(&old).await;
    let storage = Storage::open(&name).await.unwrap();
    assert_eq!(storage.visit(dossier).await.unwrap().unwrap().opening().unwrap().number, "JC1");
    assert_eq!(storage.unsent_counts().await.unwrap(), (1, 0));
}

#[wasm_bindgen_test]
async fn a_draft_is_overwritten_found_and_dropped() {
    let storage = Storage::open(&name()).await.unwrap();
    assert_eq!(storage.draft("x").await.unwrap(), None);
    storage.put_draft("x", "早上".into()).await.unwrap();
    storage.put_draft("x", "早上起步".into()).await.unwrap();
    assert_eq!(storage.draft("x").await.unwrap().as_deref(), Some("早上起步"));
    storage.drop_draft("x").await.unwrap();
    assert_eq!(storage.draft("x").await.unwrap(), None);
}

#[wasm_bindgen_test]
async fn paper_numbers_are_counted_by_day_and_carry_the_tablets_letters() {
    let storage = Storage::open(&name()).await.unwrap();
    let letters = storage.identity().await.unwrap().letters;
    assert_eq!(storage.next_number("20260318").await.unwrap(), format!("JC20260318-001{letters}"));
    assert_eq!(storage.next_number("20260318").await.unwrap(), format!("JC20260318-002{letters}"));
    assert_eq!(storage.next_number("20260319").await.unwrap(), format!("JC20260319-001{letters}"));
}

#[wasm_bindgen_test]
async fn the_export_holds_everything_unsent_as_it_goes_over_the_wire() {
    let storage = Storage::open(&name()).await.unwrap();
    let mut visit = Visit::new(DossierId::of_appointment("shop", "1"));
    storage
        .append(
            &mut visit,
            &[draft(opened()), draft(Change::ValuablesLeft { what: "包".to_owned().into() })],
            by(),
        )
        .await
        .unwrap();
    let text = storage.export().await.unwrap();
    let file: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(file["entries"].as_array().unwrap().len(), 2);
    assert!(text.contains("包"));
}

#[wasm_bindgen_test]
async fn a_refused_entry_is_not_sent_again_but_stays_in_the_export() {
    use lanepad::exchange::Shelf as _;
    let storage = Storage::open(&name()).await.unwrap();
    let mut visit = Visit::new(DossierId::of_appointment("shop", "1"));
    let drafts = [draft(opened()), draft(odometer(1)), draft(odometer(2))];
    let entries = storage.append(&mut visit, &drafts, by()).await.unwrap();
    let receipts = [
        (entries[0].id, Receipt::At(1)),
        (entries[1].id, Receipt::Refused(2)),
        (entries[2].id, Receipt::At(3)),
    ];
    storage.confirm(&receipts).await.unwrap();
    assert_eq!(storage.unsent_counts().await.unwrap(), (0, 0));
    assert!(storage.unsent(10, &Default::default()).await.unwrap().is_empty());
    let file: serde_json::Value = serde_json::from_str(&storage.export().await.unwrap()).unwrap();
    let exported = file["entries"].as_array().unwrap();
    assert_eq!(exported.len(), 1, "{exported:?}");
    assert_eq!(exported[0]["core"]["change"]["odometer_read"]["km"], 1);
}

#[wasm_bindgen_test]
async fn a_row_that_cannot_be_read_holds_up_no_other() {
    use lanepad::exchange::Shelf as _;
    let name = name();
    let storage = Storage::open(&name).await.unwrap();
    let mut visit = Visit::new(DossierId::of_appointment("shop", "1"));
    let drafts = [draft(opened()), draft(odometer(1)), draft(odometer(2))];
    let entries = storage.append(&mut visit, &drafts, by()).await.unwrap();
    let spoil = format!(
        "new Promise((done, failed) => {{ const r = indexedDB.open('{name}'); r.onsuccess = () => {{ const t = r.result.transaction('entries', 'readwrite'); const s = t.objectStore('entries'); s.get('{}').onsuccess = e => s.put({{ ...e.target.result, core: 'no JSON' }}); t.oncomplete = () => {{ r.result.close(); done(); }}; }}; r.onerror = failed; }})",
        entries[0].id
    );
    script(&spoil).await;
    assert_eq!(storage.unsent(1, &Default::default()).await.unwrap(), entries[1..2]);
    assert_eq!(storage.unsent(1, &[entries[1].id].into()).await.unwrap(), entries[2..]);
    assert_eq!(storage.unsent(10, &Default::default()).await.unwrap(), entries[1..]);
    assert_eq!(storage.unsent_counts().await.unwrap(), (3, 0), "what is not sent is not called sent");
}

#[wasm_bindgen_test]
async fn another_tab_that_upgrades_is_given_way_and_writing_goes_on_afterwards() {
    let name = name();
    let storage = Storage::open(&name).await.unwrap();
    storage.put_draft("x", "before".into()).await.unwrap();
    let upgrade = format!(
        "new Promise(done => {{ const r = indexedDB.open('{name}', 3); r.onblocked = () => done('blocked'); r.onsuccess = () => {{ r.result.close(); done('upgraded'); }}; }})"
    );
    assert_eq!(script(&upgrade).await, "upgraded");
    storage.put_draft("y", "after".into()).await.unwrap();
    let mut visit = Visit::new(DossierId::of_appointment("shop", "1"));
    storage.append(&mut visit, &[draft(opened())], by()).await.unwrap();
    assert_eq!(storage.draft("x").await.unwrap().as_deref(), Some("before"));
    assert_eq!(storage.draft("y").await.unwrap().as_deref(), Some("after"));
    assert_eq!(storage.unsent_counts().await.unwrap(), (1, 0));
}
