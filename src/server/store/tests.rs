//! The store alone: folders of older programs, and entries in any order.

use sqlx::Connection as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};

use super::{Job, SCHEMA, Store};
use crate::catalogue::Catalogue;
use crate::journal::{DeviceId, DossierId, Draft, Entry, EntryId, Pen, StaffId, write_entries};
use crate::protocol::{Mark, Receipt};
use crate::server::intake::Arrival;

fn dossier() -> DossierId {
    DossierId::of_appointment("shop", "1")
}

/// An entry after these, its count as its change.
fn after(parents: &[EntryId], seq: u64) -> Entry {
    let device = DeviceId::from_random([1; 16]);
    let pen = Pen { device, author: StaffId("lin".into()), wall: 1, offset: 0 };
    let draft = Draft { change: serde_json::json!({ "counted": { "n": seq } }), replaces: vec![] };
    write_entries(&pen, dossier(), 1, parents, seq, &[draft], &mut || [0; 16]).unwrap().remove(0)
}

async fn push(store: &Store, entries: &[&Entry]) -> Vec<Receipt> {
    let arrivals = entries.iter().map(|entry| Arrival::Entry(Box::new((*entry).clone()))).collect();
    store.push(Mark::START, arrivals).await.unwrap().receipts
}

#[tokio::test]
async fn a_folder_of_the_first_schema_opens_with_everything_in_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (after(&[], 1), after(&[], 2));
    let third = after(&[second.id], 3);
    let options = SqliteConnectOptions::new().filename(folder.path().join("lanepad.sqlite"));
    let mut old = SqliteConnection::connect_with(&options.create_if_missing(true)).await.unwrap();
    sqlx::raw_sql(SCHEMA[0]).execute(&mut old).await.unwrap();
    sqlx::raw_sql("PRAGMA user_version = 1").execute(&mut old).await.unwrap();
    let mut chain = Mark::START.chain;
    for (position, entry) in [(1, &first), (2, &second)] {
        chain = chain.chained(&entry.id);
        sqlx::query("INSERT INTO entries VALUES (?, ?, ?, ?, ?, '{}')")
            .bind(position)
            .bind(entry.id.0.to_vec())
            .bind(chain.0.to_vec())
            .bind(dossier().0.as_bytes().to_vec())
            .bind(entry.text.clone())
            .execute(&mut old)
            .await
            .unwrap();
    }
    sqlx::query("INSERT INTO dossiers (dossier, heads, missing, refused) VALUES (?, ?, '', '')")
        .bind(dossier().0.as_bytes().to_vec())
        .bind(format!("{} {}", first.id, second.id))
        .execute(&mut old)
        .await
        .unwrap();
    old.close().await.unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    assert_eq!(*store.newest().borrow(), Mark { position: 2, chain });
    let receipts = push(&store, &[&second, &third, &first]).await;
    assert_eq!(receipts, [Receipt::At(2), Receipt::At(3), Receipt::At(1)]);
    let held = store.journal(dossier()).await.unwrap();
    assert_eq!(held, [(1, first), (2, second), (3, third)]);
    store.close().await;
    Store::open(folder.path()).await.unwrap().close().await;
}

#[tokio::test]
async fn in_whatever_order_and_however_often_entries_come_each_stands_once_and_the_heads_are_the_same() {
    let root = after(&[], 1);
    let (left, right) = (after(&[root.id], 2), after(&[root.id], 3));
    let merged = after(&[left.id, right.id], 4);
    let all = [&root, &left, &right, &merged];
    let orders = (0..256).map(|n: usize| [n % 4, n / 4 % 4, n / 16 % 4, n / 64]);
    let orders: Vec<_> = orders.filter(|order| (0..4).all(|at| order.contains(&at))).collect();
    assert_eq!(orders.len(), 24);
    for order in orders {
        for in_one_push in [1, 2, 4] {
            let folder = tempfile::tempdir().unwrap();
            let store = Store::open(folder.path()).await.unwrap();
            let order = order.map(|at| all[at]);
            for entries in order.chunks(in_one_push) {
                let receipts = push(&store, entries).await;
                let twice = [entries, entries].concat();
                assert_eq!(push(&store, &twice).await, [&receipts[..], &receipts[..]].concat());
            }
            let answer = store.compare(dossier(), &all.map(|entry| entry.id)).await.unwrap();
            assert_eq!((answer.heads, answer.lacks, answer.whole), (vec![merged.id], vec![], true));
            let positions: Vec<u64> =
                store.journal(dossier()).await.unwrap().iter().map(|(position, _)| *position).collect();
            assert_eq!(positions, [1, 2, 3, 4]);
            store.close().await;
        }
    }
}

#[tokio::test]
async fn a_catalogue_that_an_older_release_kept_without_questions_is_given_with_them() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let older = Catalogue { interview: None, ..Catalogue::standard() };
    let text = serde_json::to_string(&older).unwrap().replace(",\"interview\":null", "");
    assert!(!text.contains("interview"), "as release 0.1.0 wrote it");
    store.ask(|answer| Job::Keep { name: "catalogue", text, answer }).await.unwrap();
    assert_eq!(store.catalogue().await.unwrap(), Catalogue::standard());
    // The usual ones stay the program's; a dealership's own are kept.
    store.set_catalogue(&Catalogue::standard()).await.unwrap();
    let kept: String = sqlx::query_scalar("SELECT value FROM meta WHERE name = 'catalogue'")
        .fetch_one(&store.pool)
        .await
        .unwrap();
    assert!(kept.contains("\"interview\":null"), "the usual questions were kept");
    let mut own = Catalogue::standard();
    own.interview.as_mut().unwrap().questions.truncate(1);
    store.set_catalogue(&own).await.unwrap();
    assert_eq!(store.catalogue().await.unwrap(), own);
    store.close().await;
}
