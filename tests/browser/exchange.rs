//! The storage as the exchange's shelf.

use lanepad::exchange::{Placed, Shelf as _, SyncState};
use lanepad::journal::{AttachmentId, DeviceId, DossierId, Draft, Pen, StaffId, Verdict, write_entries};
use lanepad::protocol::Receipt;
use lanepad::tablet::storage::{Append, Storage};
use lanepad::visit::{Change, Visit};
use wasm_bindgen_test::wasm_bindgen_test;

use super::{by, draft, name, odometer, opened, script};

/// Another device's.
fn pen_elsewhere() -> Pen {
    let (device, author) = (DeviceId::from_random([9; 16]), StaffId("colleague".into()));
    Pen { device, author, wall: 0, offset: 0 }
}

#[wasm_bindgen_test]
async fn a_refused_entry_is_not_sent_again_but_stays_in_the_export() {
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
    // The server's word in the journal has not come yet, and it is not said to be sent even so.
    let dossier = visit.journal.dossier();
    let sync = async || storage.listed(dossier).await.unwrap().unwrap().sync();
    assert_eq!(sync().await, SyncState::OnThisTablet);
    let waiting = storage.waiting().await.unwrap();
    assert_eq!(waiting.iter().map(|listed| (listed.unsent, listed.refused)).collect::<Vec<_>>(), [(0, 1)]);
    // The server goes back in time, and everything is compared again.
    storage.unconfirm().await.unwrap();
    storage.confirm_dossier(dossier).await.unwrap();
    assert_eq!(sync().await, SyncState::OnThisTablet);
    let file: serde_json::Value = serde_json::from_str(&storage.export().await.unwrap()).unwrap();
    let exported = file["entries"].as_array().unwrap();
    assert_eq!(exported.len(), 1, "{exported:?}");
    assert_eq!(exported[0]["core"]["change"]["odometer_read"]["km"], 1);
}

#[wasm_bindgen_test]
async fn a_row_that_cannot_be_read_holds_up_no_other() {
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
async fn what_is_confirmed_before_its_copy_is_there_keeps_none() {
    let name = name();
    let storage = Storage::open(&name).await.unwrap();
    let mut visit = Visit::new(DossierId::of_appointment("shop", "1"));
    let first = storage.append(&mut visit, &[draft(opened())], by()).await.unwrap();
    storage.confirm(&[(first[0].id, Receipt::At(1))]).await.unwrap();
    let second = storage.append(&mut visit, &[draft(odometer(1))], by()).await.unwrap();
    let only = format!(
        "(async () => {{ const c = await caches.open('{name}-unsent'); for (let n = 0; n < 1000; n++) {{ const k = await c.keys(); if (k.length === 1 && k[0].url.endsWith('{}')) return 'one'; await new Promise(requestAnimationFrame); }} return 'more'; }})()",
        second[0].id
    );
    assert_eq!(script(&only).await.as_string().as_deref(), Some("one"), "a confirmed entry keeps its copy");
}

#[wasm_bindgen_test]
async fn what_the_server_has_erased_is_gone_from_the_rows_the_attachments_and_the_second_copy() {
    let name = name();
    let dossier = DossierId::of_appointment("shop", "1");
    let storage = Storage::open(&name).await.unwrap();
    let mut visit = Visit::new(dossier);
    let (sheet, bytes) = (AttachmentId::of(b"{}"), b"{}".to_vec());
    let how = Append { attachments: vec![(sheet, bytes, true)], ..by() };
    let left = draft(Change::ValuablesLeft { what: "电脑包".to_owned().into() });
    let entries = storage.append(&mut visit, &[draft(opened()), left], how).await.unwrap();
    let commitments = visit.journal.commitments(&entries[1].id);
    let confirmed = [(entries[0].id, Receipt::At(1)), (entries[1].id, Receipt::At(2))];
    storage.confirm(&confirmed).await.unwrap();
    // The copies are put beside after the commit.
    let copies = format!(
        "(async () => {{ const c = await caches.open('{name}-unsent'); while (!(await c.match('/unsent-attachment/{}'))) await new Promise(requestAnimationFrame); }})()",
        sheet.digits()
    );
    script(&copies).await;

    let verdict = Verdict::PersonalErased { commitments, attachments: vec![sheet] };
    let verdict = Draft { change: verdict, replaces: vec![] };
    let heads = visit.journal.heads();
    let entry = write_entries(&pen_elsewhere(), dossier, 1, &heads, 1, &[verdict], &mut || [0; 16])
        .unwrap()
        .remove(0);
    storage.take(vec![Placed { entry, position: 3 }], None).await.unwrap();

    assert_eq!(storage.bytes(sheet).await.unwrap(), None);
    let rows = format!(
        "new Promise(done => {{ const r = indexedDB.open('{name}'); r.onsuccess = () => {{ const all = r.result.transaction('entries').objectStore('entries').getAll(); all.onsuccess = () => {{ r.result.close(); done(JSON.stringify(all.result)); }}; }}; }})"
    );
    assert!(!script(&rows).await.as_string().unwrap().contains("电脑包"));
    // Opened again, nothing is put back.
    let again = Storage::open(&name).await.unwrap();
    assert_eq!(again.bytes(sheet).await.unwrap(), None);
    let kept = again.visit(dossier).await.unwrap().unwrap();
    assert!(kept.valuables_left().is_some_and(|left| left.value().is_none()));
}

#[wasm_bindgen_test]
async fn an_append_builds_on_what_the_exchange_or_another_tab_has_written_since_the_last_one() {
    let name = name();
    let dossier = DossierId::of_appointment("shop", "1");
    let storage = Storage::open(&name).await.unwrap();
    let mut visit = Visit::new(dossier);
    storage.append(&mut visit, &[draft(opened())], by()).await.unwrap();
    storage.append(&mut visit, &[draft(odometer(5))], by()).await.unwrap();

    let keys = draft(Change::KeysTaken { count: 2 });
    let heads = visit.journal.heads();
    let entry =
        write_entries(&pen_elsewhere(), dossier, 1, &heads, 1, &[keys], &mut || [0; 16]).unwrap().remove(0);
    storage.take(vec![Placed { entry: entry.clone(), position: 3 }], None).await.unwrap();
    let next = storage.append(&mut visit, &[draft(odometer(6))], by()).await.unwrap().remove(0);
    assert_eq!(next.core.parents, [entry.id], "written beside what the exchange had brought");
    assert_eq!(storage.listed(dossier).await.unwrap().unwrap().row.heads, [next.id]);

    // A receipt is kept by the row that the next tap writes.
    storage.confirm(&[(next.id, Receipt::At(4))]).await.unwrap();
    storage.append(&mut visit, &[draft(odometer(7))], by()).await.unwrap();
    assert_eq!(storage.listed(dossier).await.unwrap().unwrap().unsent, 3, "of four, one is confirmed");

    let elsewhere = Storage::open(&name).await.unwrap();
    let mut theirs = elsewhere.visit(dossier).await.unwrap().unwrap();
    let there = elsewhere.append(&mut theirs, &[draft(odometer(8))], by()).await.unwrap().remove(0);
    let here = storage.append(&mut visit, &[draft(odometer(9))], by()).await.unwrap().remove(0);
    assert_eq!(here.core.parents, [there.id]);
    assert_eq!(here.core.seq, there.core.seq + 1);
}
