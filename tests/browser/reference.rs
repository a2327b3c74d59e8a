//! Operations and parts on the tablet: kept as differences, found where they lie.

use lanepad::catalogue::Label;
use lanepad::estimate::Origin;
use lanepad::money::{Fen, Quantity};
use lanepad::protocol::ReferencePage;
use lanepad::reference::{Kind, OldPart, Part, Record};
use lanepad::tablet::storage::{Storage, record_name};
use lanepad::visit::{Searchable, search_form};
use wasm_bindgen_test::wasm_bindgen_test;

use super::{name, script};

fn part(number: &str, zh: &str, price: i64) -> Record {
    Record::Part(Part {
        number: number.into(),
        name: Label { zh: zh.into(), en: "Brake pads".into() },
        price: Fen(price),
        stock: Quantity::ONE,
        location: String::new(),
        expected: None,
        old_part: OldPart::Customer,
        origin: Origin::Maker,
        models: Vec::new(),
        alternatives: None,
    })
}

fn page(records: Vec<Record>, gone: &[&str], position: u64) -> ReferencePage {
    let gone = gone.iter().map(|key| (Kind::Part, (*key).to_owned())).collect();
    ReferencePage { records, gone, position, more: false }
}

async fn found(storage: &Storage, text: &str) -> Vec<String> {
    let all = Searchable::of(storage.searched_reference().await.unwrap());
    all.find(&search_form(text)).map(str::to_owned).collect()
}

#[wasm_bindgen_test]
async fn parts_are_kept_by_differences_and_found_by_number_name_and_initials() {
    let storage = Storage::open(&name()).await.unwrap();
    assert_eq!(storage.held_reference().await.unwrap(), None);
    let first = page(vec![part("A-1", "前制动片", 100), part("A-2", "后制动片", 200)], &[], 2);
    storage.keep_reference(&first, 5, false).await.unwrap();
    for (text, wanted) in [("a1", "part A-1"), ("后制", "part A-2"), ("hzdp", "part A-2")] {
        assert_eq!(found(&storage, text).await, [wanted], "{text}");
    }
    assert_eq!(found(&storage, "brake PADS").await.len(), 2);

    let second = page(vec![part("A-1", "前制动片", 150)], &["A-2"], 4);
    storage.keep_reference(&second, 9, false).await.unwrap();
    let names = [record_name(Kind::Part, "A-1"), record_name(Kind::Part, "A-2")];
    assert_eq!(storage.records(&names).await.unwrap(), [part("A-1", "前制动片", 150)]);
    assert!(found(&storage, "后制").await.is_empty());
    let held = storage.held_reference().await.unwrap().unwrap();
    assert_eq!((held.position, held.at), (4, 9));

    // Another list than the one that was held.
    storage.keep_reference(&page(vec![part("B-1", "机油", 300)], &[], 1), 11, true).await.unwrap();
    assert!(storage.records(&names).await.unwrap().is_empty());
    assert_eq!(found(&storage, "jy").await, ["part B-1"]);
}

#[wasm_bindgen_test]
async fn what_was_said_again_and_again_is_tidied_and_found_as_before() {
    let name = name();
    let storage = Storage::open(&name).await.unwrap();
    for time in 1..=5 {
        let records = vec![part("A-1", "前制动片", time), part("A-2", "后制动片", time)];
        storage.keep_reference(&page(records, &[], time as u64 * 2), 1, false).await.unwrap();
    }
    storage.keep_reference(&page(Vec::new(), &["A-1"], 11), 1, false).await.unwrap();
    let rows = format!(
        "new Promise(done => {{ const r = indexedDB.open('{name}'); r.onsuccess = () => {{ const g = r.result.transaction('reference').objectStore('reference').count(IDBKeyRange.bound('index ', 'index!')); g.onsuccess = () => {{ r.result.close(); done(g.result); }}; }}; }})"
    );
    assert_eq!(script(&rows).await, 6.0);
    storage.tidy_reference().await.unwrap();
    assert_eq!(script(&rows).await, 1.0);
    assert_eq!(found(&storage, "zdp").await, ["part A-2"]);
    storage.tidy_reference().await.unwrap();
    assert_eq!(found(&storage, "zdp").await, ["part A-2"]);
}

#[wasm_bindgen_test]
async fn thousands_of_parts_are_all_found() {
    let storage = Storage::open(&name()).await.unwrap();
    let many = (0..4_500).map(|n| part(&format!("N{n:05}"), "前制动片", 1)).collect();
    storage.keep_reference(&page(many, &[], 4_500), 1, false).await.unwrap();
    assert_eq!(found(&storage, "qzdp").await.len(), 4_500);
    assert_eq!(found(&storage, "n04499").await, ["part N04499"]);
}

#[wasm_bindgen_test]
async fn a_database_of_the_release_before_takes_reference_data_and_keeps_what_it_had() {
    let name = name();
    let old = format!(
        "new Promise((done, failed) => {{ const r = indexedDB.open('{name}', 2); r.onupgradeneeded = () => {{ const d = r.result, make = (s, k, ...i) => {{ const o = d.createObjectStore(s, {{ keyPath: k }}); for (const n of i) o.createIndex(n, n); }}; make('entries', 'id', 'dossier', 'unsent'); make('visits', 'dossier', 'open', 'arrived', 'stale'); make('attachments', 'id', 'unsent'); make('drafts', 'name'); make('catalogue', 'name'); make('meta', 'name'); }}; r.onsuccess = () => {{ const t = r.result.transaction('drafts', 'readwrite'); t.objectStore('drafts').put({{ name: 'x', text: 'before' }}); t.oncomplete = () => {{ r.result.close(); done(); }}; }}; r.onerror = failed; }})"
    );
    script(&old).await;
    let storage = Storage::open(&name).await.unwrap();
    assert_eq!(storage.draft("x").await.unwrap().as_deref(), Some("before"));
    storage.keep_reference(&page(vec![part("A-1", "前制动片", 100)], &[], 1), 1, false).await.unwrap();
    assert_eq!(found(&storage, "a1").await, ["part A-1"]);
}
