//! The tablet's storage in a real browser.
#![cfg(target_arch = "wasm32")]

use lanepad::journal::{AttachmentId, DossierId, Draft, StaffId};
use lanepad::tablet::storage::{Append, Storage, StorageError};
use lanepad::visit::customer::PersonName;
use lanepad::visit::{Body, Change, Searchable, Visit};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

mod components;
mod exchange;
mod names;
mod reference;

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
async fn a_search_looks_through_every_visit_newest_first_whoever_kept_its_row() {
    let name = name();
    let storage = Storage::open(&name).await.unwrap();
    let mut ids = Vec::new();
    for (appointment, at, who) in [("1", 1_000, "陈志远"), ("2", 3_000, "林国栋"), ("3", 2_000, "王雅琴")]
    {
        let dossier = DossierId::of_appointment("shop", appointment);
        let Change::VisitOpened { number, appointment, body, items, .. } = opened() else { unreachable!() };
        let opened = Change::VisitOpened { number, appointment, arrived: at, body, items };
        let named = Change::CustomerNamed { name: PersonName::read(who).value().unwrap().into() };
        storage.append(&mut Visit::new(dossier), &[draft(opened), draft(named)], by()).await.unwrap();
        ids.push(dossier.to_string());
    }
    // A program before this one wrote its row without what is searched.
    let forget = format!(
        "new Promise((done, failed) => {{ const r = indexedDB.open('{name}'); r.onsuccess = () => {{ const t = r.result.transaction('visits', 'readwrite'), s = t.objectStore('visits'), g = s.get('{}'); g.onsuccess = () => {{ if (!g.result.searched) failed(); delete g.result.searched; s.put(g.result); }}; t.oncomplete = () => {{ r.result.close(); done(); }}; }}; }})",
        ids[0]
    );
    script(&forget).await;
    let (searched, rows): (Vec<_>, Vec<_>) = storage.searched().await.unwrap().into_iter().unzip();
    let of_each: Vec<(String, String)> = searched
        .iter()
        .zip(&rows)
        .map(|(searched, row)| (searched.id.clone(), row.read().unwrap().row.dossier.to_string()))
        .collect();
    assert!(of_each.iter().all(|(searched, row)| searched == row), "{of_each:?}");
    let all = Searchable::of(searched);
    let in_order: Vec<&str> = all.visits().map(|(id, _)| id).collect();
    assert_eq!(in_order, [&ids[1], &ids[2], &ids[0]]);
    for ((_, text), who) in all.visits().zip(["林国栋", "王雅琴", "陈志远"]) {
        assert!(text.contains(who), "{text}");
    }
    let nowhere = DossierId::of_appointment("shop", "4");
    let some = storage.searched_of(&[ids[2].parse().unwrap(), nowhere]).await.unwrap();
    let names: Vec<String> = some.iter().map(|(_, row)| row.read().unwrap().row.name).collect();
    assert_eq!(names, ["王雅琴"]);
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
async fn another_tab_that_upgrades_is_given_way_and_writing_goes_on_afterwards() {
    let name = name();
    let storage = Storage::open(&name).await.unwrap();
    storage.put_draft("x", "before".into()).await.unwrap();
    let upgrade = format!(
        "new Promise(done => {{ const r = indexedDB.open('{name}', 4); r.onblocked = () => done('blocked'); r.onsuccess = () => {{ r.result.close(); done('upgraded'); }}; }})"
    );
    assert_eq!(script(&upgrade).await, "upgraded");
    storage.put_draft("y", "after".into()).await.unwrap();
    let mut visit = Visit::new(DossierId::of_appointment("shop", "1"));
    storage.append(&mut visit, &[draft(opened())], by()).await.unwrap();
    assert_eq!(storage.draft("x").await.unwrap().as_deref(), Some("before"));
    assert_eq!(storage.draft("y").await.unwrap().as_deref(), Some("after"));
    assert_eq!(storage.unsent_counts().await.unwrap(), (1, 0));
}

#[wasm_bindgen_test]
async fn an_entry_that_is_too_large_is_named_and_nothing_of_its_step_is_kept() {
    let storage = Storage::open(&name()).await.unwrap();
    let dossier = DossierId::of_appointment("shop", "1");
    let large = Change::ValuablesLeft { what: "长".repeat(50_000).into() };
    let drafts = [draft(opened()), draft(large.clone()), draft(odometer(1))];
    let refused = storage.append(&mut Visit::new(dossier), &drafts, by()).await;
    assert_eq!(refused.err(), Some(StorageError::TooLarge(Box::new(large))));
    assert!(storage.visit(dossier).await.unwrap().is_none());
    assert_eq!(storage.identity().await.unwrap().seq, 0);
    storage.append(&mut Visit::new(dossier), &drafts[..1], by()).await.unwrap();
    assert_eq!(storage.unsent_counts().await.unwrap(), (1, 0));
}

#[wasm_bindgen_test]
async fn a_connection_that_was_closed_without_a_word_is_opened_again() {
    let keep = "(() => { const open = IDBFactory.prototype.open; window.connections = []; IDBFactory.prototype.open = function (...how) { const request = open.apply(this, how); request.addEventListener('success', () => window.connections.push(request.result)); return request; }; return Promise.resolve(); })()";
    script(keep).await;
    let storage = Storage::open(&name()).await.unwrap();
    storage.put_draft("x", "before".into()).await.unwrap();
    script("(() => { for (const one of window.connections) one.close(); return Promise.resolve(); })()")
        .await;
    storage.put_draft("y", "after".into()).await.unwrap();
    assert_eq!(storage.draft("x").await.unwrap().as_deref(), Some("before"));
    assert_eq!(storage.draft("y").await.unwrap().as_deref(), Some("after"));
}

#[wasm_bindgen_test]
async fn a_database_that_was_taken_away_is_said_to_be_closed_until_it_is_started_anew() {
    let name = name();
    let dossier = DossierId::of_appointment("shop", "1");
    let storage = Storage::open(&name).await.unwrap();
    storage.append(&mut Visit::new(dossier), &[draft(opened())], by()).await.unwrap();
    let count = format!("caches.open('{name}-unsent').then(c => c.keys()).then(k => k.length)");
    while script(&count).await != 1.0 {}
    let lose = format!(
        "new Promise((done, failed) => {{ const r = indexedDB.deleteDatabase('{name}'); r.onsuccess = done; r.onerror = failed; }})"
    );
    script(&lose).await;
    // An empty one without its stores would look like a tablet that knows nothing.
    for _ in 0..2 {
        assert_eq!(storage.put_draft("x", "typed".into()).await, Err(StorageError::Closed));
        assert_eq!(storage.visit(dossier).await.err(), Some(StorageError::Closed));
    }
    let again = Storage::open(&name).await.unwrap();
    assert!(again.visit(dossier).await.unwrap().is_some());
}

#[wasm_bindgen_test]
async fn an_upgrade_that_another_tab_holds_up_is_said_and_goes_on_once_that_tab_is_closed() {
    let name = name();
    let old = format!(
        "new Promise((done, failed) => {{ const r = indexedDB.open('{name}', 1); r.onupgradeneeded = () => r.result.createObjectStore('drafts', {{ keyPath: 'name' }}).put({{ name: 'x', text: 'before' }}); r.onsuccess = () => {{ window.old = r.result; done(); }}; r.onerror = failed; }})"
    );
    script(&old).await;
    let (said, opened) = (Rc::new(Cell::new(false)), Rc::new(RefCell::new(None)));
    let (mark, to) = (Rc::clone(&said), Rc::clone(&opened));
    wasm_bindgen_futures::spawn_local(async move {
        let storage = Storage::open_or_say(&name, Box::new(move || mark.set(true))).await;
        *to.borrow_mut() = Some(storage);
    });
    let turn = "new Promise(done => setTimeout(done))";
    while !said.get() {
        script(turn).await;
    }
    assert!(opened.borrow().is_none(), "it does not wait for the other tab");
    script("(() => { window.old.close(); return Promise.resolve(); })()").await;
    while opened.borrow().is_none() {
        script(turn).await;
    }
    let storage = opened.borrow_mut().take().unwrap().unwrap();
    assert_eq!(storage.draft("x").await.unwrap().as_deref(), Some("before"));
}

#[wasm_bindgen_test]
async fn a_database_that_is_taken_away_right_after_an_answer_is_copied_all_the_same() {
    let name = name();
    let storage = Storage::open(&name).await.unwrap();
    let dossier = DossierId::of_appointment("shop", "1");
    storage.append(&mut Visit::new(dossier), &[draft(opened())], by()).await.unwrap();
    let lose = format!(
        "new Promise((done, failed) => {{ const r = indexedDB.deleteDatabase('{name}'); r.onsuccess = done; r.onerror = failed; }})"
    );
    script(&lose).await;
    let copied = format!(
        "(async () => {{ const c = await caches.open('{name}-unsent'); for (let n = 0; n < 1000; n++) {{ if ((await c.keys()).length === 1) return 'copied'; await new Promise(requestAnimationFrame); }} return 'lost'; }})()"
    );
    assert_eq!(script(&copied).await.as_string().as_deref(), Some("copied"));
    assert!(Storage::open(&name).await.unwrap().visit(dossier).await.unwrap().is_some());
}

#[wasm_bindgen_test]
async fn a_row_names_its_attachments_also_where_a_program_before_this_one_wrote_them_as_text() {
    let name = name();
    let dossier = DossierId::of_appointment("shop", "1");
    let storage = Storage::open(&name).await.unwrap();
    let mut visit = Visit::new(dossier);
    let (picture, thumbnail) = (picture(b"large"), picture(b"small"));
    let photo = Change::PhotoTaken {
        subject: lanepad::visit::PhotoSubject::Dashboard,
        picture: picture.clone(),
        thumbnail: thumbnail.clone(),
    };
    storage.append(&mut visit, &[draft(opened()), draft(photo)], by()).await.unwrap();
    let names = [thumbnail.attachment, picture.attachment];
    assert_eq!(storage.listed(dossier).await.unwrap().unwrap().row.attachments, names);

    let as_text = format!("[\"{}\",\"{}\"]", names[0], names[1]);
    let before = format!(
        "new Promise(done => {{ const r = indexedDB.open('{name}'); r.onsuccess = () => {{ const t = r.result.transaction('visits', 'readwrite'), s = t.objectStore('visits'); s.get('{dossier}').onsuccess = e => {{ const row = e.target.result; delete row.attachments; row.listed = row.listed.replace('\"attachments\":[]', '\"attachments\":{as_text}'); s.put(row); }}; t.oncomplete = () => {{ r.result.close(); done(); }}; }}; }})"
    );
    script(&before).await;
    assert_eq!(storage.listed(dossier).await.unwrap().unwrap().row.attachments, names);
}

fn picture(bytes: &[u8]) -> lanepad::visit::Picture {
    let size = bytes.len() as u32;
    lanepad::visit::Picture { attachment: AttachmentId::of(bytes), size, width: 4, height: 3 }
}
