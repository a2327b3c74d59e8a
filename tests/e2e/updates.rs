//! A second build is served in the middle of a visit.

use std::path::Path;

use crate::browser::{Browser, open_demo, place_of};
use crate::server::Server;

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for file in std::fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        let name = file.file_name();
        if file.file_type().unwrap().is_dir() {
            copy_folder(&file.path(), &to.join(name));
        } else if !name.to_string_lossy().ends_with(".br") {
            std::fs::copy(file.path(), to.join(name)).unwrap();
        }
    }
}

fn copy_app(to: &Path, number: &str) {
    copy_folder(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/dist")), to);
    let worker = std::fs::read_to_string(to.join("sw.js")).unwrap();
    let line = worker.lines().find(|line| line.starts_with("const BUILD")).unwrap().to_owned();
    std::fs::write(to.join("sw.js"), worker.replace(&line, &format!("const BUILD = \"{number}\";"))).unwrap();
}

#[tokio::test]
async fn a_new_version_is_not_taken_in_a_visit_but_offered_on_the_board_and_loses_nothing_unsent() {
    let folder = tempfile::tempdir().unwrap();
    let (data, app) = (folder.path().join("data"), folder.path().join("app"));
    copy_app(&app, "first");
    let flags = ["--demo", "--app", app.to_str().unwrap()];
    let server = Server::start_with(&data, &flags);
    let browser = Browser::start(&folder.path().join("profile")).await;
    browser.first_open(&server.address, "en", "light").await;
    browser.driver.refresh().await.unwrap();
    browser.tap("[data-appointment] .btn").await;
    browser.sees("input[id$=colour]").await;
    copy_app(&app, "second");
    browser
        .js("return navigator.serviceWorker.getRegistration().then(r => r.update()).then(() => true)", vec![])
        .await;
    browser
        .until(
            "a waiting version",
            "return navigator.serviceWorker.getRegistration().then(r => Boolean(r.waiting))",
            vec![],
        )
        .await;
    // From here on nothing can be sent: what is written is on this tablet alone.
    let listen = place_of(&server);
    server.stop();
    browser.fill("input[id$=colour]", "Teal").await;
    browser.sync("on_this_tablet").await;
    let caches =
        "return caches.keys().then(names => names.filter(n => n.startsWith('lanepad-app-')).sort().join())";
    assert_eq!(browser.js(caches, vec![]).await, "lanepad-app-first,lanepad-app-second");
    assert_eq!(browser.js("return document.querySelector('#update')", vec![]).await, serde_json::Value::Null);
    // A reload does not take it either.
    browser.driver.refresh().await.unwrap();
    browser.sees("input[id$=colour]").await;
    assert_eq!(browser.js(caches, vec![]).await, "lanepad-app-first,lanepad-app-second");
    browser.tap(".rail .home").await;
    browser.tap("#update").await;
    browser
        .until(
            "the new version",
            "return caches.keys().then(names => !names.includes('lanepad-app-first'))",
            vec![],
        )
        .await;
    browser.tap(".v[data-visit]").await;
    browser
        .until("the colour", "return document.querySelector('input[id$=colour]')?.value === 'Teal'", vec![])
        .await;
    browser.sync("on_this_tablet").await;
    let server = Server::start_on(&listen, &data, &flags);
    browser.sync("complete").await;
    drop(server);
    browser.quit().await;
}

#[tokio::test]
async fn a_worker_that_is_being_replaced_does_not_make_its_store_again() {
    let (_folder, _server, browser) = open_demo("en").await;
    // What the next worker does as it begins, while the last one may still have to answer.
    let replaced = "return (async () => { const ours = async () => (await caches.keys()).filter(n => n.startsWith('lanepad-app-')).length; await navigator.serviceWorker.ready; const before = await ours(); for (const name of await caches.keys()) await caches.delete(name); const answer = await fetch('/diagrams/sedan.svg'); return [before, answer.status, await ours()]; })()";
    browser.until("the worker", "return Boolean(navigator.serviceWorker.controller)", vec![]).await;
    assert_eq!(browser.js(replaced, vec![]).await, serde_json::json!([1, 200, 0]));
    browser.quit().await;
}
