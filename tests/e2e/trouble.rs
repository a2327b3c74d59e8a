//! What must never pass in silence: a panic, a storage that does not open, a full tablet.

use serde_json::json;

use crate::browser::{Browser, open_demo, place_of};
use crate::pictures::noisy;
use crate::reception::{ENGLISH, take_in};
use crate::server::Server;

#[tokio::test]
async fn a_panic_says_that_the_work_is_saved_and_goes_on_in_the_visit_where_it_was() {
    let (_folder, _server, browser) = open_demo("en").await;
    browser.tap("[data-appointment] .btn").await;
    browser.fill("input[id$=odometer]", "38412").await;
    let odometer = "return document.querySelector('.head')?.innerText.includes('38,412') ?? false";
    browser.until("odometer", odometer, vec![]).await;
    let hash = browser.js("return location.hash", vec![]).await;
    let type_on = "const e = document.querySelector('input[id$=customer]'); e.focus(); e.select(); document.execCommand('insertText', false, 'Wang Yaqin')";
    browser.js(type_on, vec![]).await;
    let kept = "return new Promise((done, failed) => { const r = indexedDB.open('lanepad'); r.onerror = failed; r.onsuccess = () => { const all = r.result.transaction('drafts').objectStore('drafts').getAll(); all.onerror = failed; all.onsuccess = () => { r.result.close(); done(all.result.some(draft => draft.text === 'Wang Yaqin')); }; }; })";
    browser.until("the draft", kept, vec![]).await;
    // What others in the page do wrong, such as an extension, is nobody's business here.
    browser.js("return new Promise(done => { addEventListener('error', () => setTimeout(done, 0)); setTimeout(() => { throw new Error('an extension'); }); })", vec![]).await;
    assert_eq!(browser.js("return document.querySelector('.plain-page')", vec![]).await, json!(null));
    // The browser gives no chance any more, which no personal value can be written without.
    browser.js("Crypto.prototype.getRandomValues = () => { throw new Error('no chance'); }; document.activeElement.blur()", vec![]).await;
    browser.sees("body > .plain-page").await;
    browser.reads("Your work is saved. Tap to go on.").await;
    browser.tap(".plain-page").await;
    browser.until("odometer", odometer, vec![]).await;
    browser
        .until(
            "the name",
            "return document.querySelector('input[id$=customer]').value === 'Wang Yaqin'",
            vec![],
        )
        .await;
    assert_eq!(browser.js("return location.hash", vec![]).await, hash);
    browser.quit().await;
}

#[tokio::test]
async fn a_storage_that_does_not_open_is_said_in_a_sentence_and_can_be_tried_again() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start_with(&folder.path().join("data"), &["--demo"]);
    let browser = Browser::start(&folder.path().join("profile")).await;
    browser.driver.goto(format!("{}/icon.svg", server.address)).await.unwrap();
    // A later program has been here: its schema is above ours.
    browser.js("return new Promise(done => { const r = indexedDB.open('lanepad', 99); r.onsuccess = () => { r.result.close(); done(true); }; })", vec![]).await;
    browser.driver.goto(&server.address).await.unwrap();
    browser.sees("body > .plain-page").await;
    browser.reads("The tablet's storage cannot be opened.").await;
    assert_eq!(browser.js("return document.querySelector('.shell, main')", vec![]).await, json!(null));
    browser.js("return new Promise(done => { indexedDB.deleteDatabase('lanepad').onsuccess = () => done(true); })", vec![]).await;
    browser.tap(".plain-page").await;
    browser.sees("[data-person=lin]").await;
    browser.quit().await;
}

/// From here on the browser has so many bytes for this address.
async fn quota(browser: &Browser, address: &str, bytes: u64) {
    browser.cdp("Storage.overrideQuotaForOrigin", json!({ "origin": address, "quotaSize": bytes })).await;
}

#[tokio::test]
async fn on_a_nearly_full_tablet_a_photo_is_refused_with_a_sentence_while_text_is_still_saved() {
    let folder = tempfile::tempdir().unwrap();
    let profile = folder.path().join("profile");
    let server = Server::start_with(&folder.path().join("data"), &["--demo"]);
    let browser = Browser::start(&profile).await;
    browser.first_open(&server.address, "en", "light").await;
    browser.tap("[data-appointment] .btn").await;
    browser.sees("#correct-plate").await;
    browser.sync("complete").await;
    let hash = browser.js("return location.hash", vec![]).await.as_str().unwrap().to_owned();
    let picture = noisy(&browser, 1_600).await;
    assert!(picture.len() > 1_000_000, "{} bytes are no large picture", picture.len());
    let file = folder.path().join("picture.jpg");
    std::fs::write(&file, picture).unwrap();
    let used = browser.js("return navigator.storage.estimate().then(e => e.usage)", vec![]).await;
    browser.quit().await;

    // The photo itself would fit, and text not any more after one or two of them.
    let browser = Browser::start(&profile).await;
    quota(&browser, &server.address, used.as_u64().unwrap() + 3_000_000).await;
    browser.driver.goto(format!("{}/{hash}", server.address)).await.unwrap();
    browser.sees("input[type=file]").await;
    let input = browser.driver.find(thirtyfour::By::Css("input[type=file]")).await.unwrap();
    input.send_keys(file.to_str().unwrap()).await.unwrap();
    browser.reads("No room for the photo; text is still saved.").await;
    assert_eq!(browser.js("return document.querySelector('[data-photo]')", vec![]).await, json!(null));
    browser.fill("input[id$=odometer]", "38412").await;
    browser
        .until("odometer", "return document.querySelector('.head').innerText.includes('38,412')", vec![])
        .await;
    browser.sync("complete").await;
    browser.quit().await;
}

/// 4,000 points on the glass, about 60 kB.
const LONG_SIGNATURE: &str = "const pad = document.querySelector('[data-pad]'), r = pad.getBoundingClientRect(); const at = (name, n) => pad.dispatchEvent(new PointerEvent(name, { bubbles: true, pointerId: 7, pressure: .5, clientX: r.left + r.width * (.5 + .4 * Math.sin(n / 7)), clientY: r.top + r.height * (.5 + .4 * Math.cos(n / 5)) })); at('pointerdown', 0); for (let n = 1; n < 4000; n += 1) at('pointermove', n); at('pointerup', 4000)";

#[tokio::test]
async fn on_a_full_tablet_nothing_is_shown_as_saved_and_what_is_unsent_can_be_exported() {
    let folder = tempfile::tempdir().unwrap();
    let profile = folder.path().join("profile");
    let server = Server::start_with(&folder.path().join("data"), &["--demo"]);
    let address = server.address.clone();
    let browser = Browser::start(&profile).await;
    browser.first_open(&address, "en", "light").await;
    server.stop();
    take_in(&browser, &ENGLISH).await;
    let dossier = browser.js("return location.hash.split('/').pop()", vec![]).await;
    let dossier = dossier.as_str().unwrap();
    browser.quit().await;

    let full = "The tablet cannot store it; this step was not saved.";
    let browser = Browser::start(&profile).await;
    quota(&browser, &address, 1).await;
    browser.driver.goto(format!("{address}/#/walkaround/{dossier}")).await.unwrap();
    browser.sees(".grade[data-g=good][aria-pressed=true]").await;
    browser.tap(".grade[data-g=bad]").await;
    browser.sees(".trouble[role=alert]").await;
    browser.reads(full).await;
    let pressed = "return document.querySelector('.item .grade[aria-pressed=true]').dataset.g";
    assert_eq!(browser.js(pressed, vec![]).await, "good", "a grade that was not saved is shown");
    let file = browser.download(folder.path(), ".trouble .btn").await;
    assert!(file.contains("38412"), "the export lacks the odometer: {file}");

    browser.tap(".trouble .btn:last-child").await;
    browser.tap(".steps a:nth-child(1)").await;
    let type_on = "const e = document.querySelector('input[id$=odometer]'); if (!e) return false; e.focus(); e.select(); return document.execCommand('insertText', false, '39000')";
    browser.until("the odometer's field", type_on, vec![]).await;
    // Typing alone says it, before the field is left.
    browser.reads(full).await;
    browser.tap(".trouble .btn:last-child").await;
    browser.js("document.activeElement.blur()", vec![]).await;
    browser.reads(full).await;
    let head = browser.js("return document.querySelector('.head').innerText", vec![]).await;
    assert!(head.as_str().unwrap().contains("38,412 km"), "the head shows what was not saved: {head}");
    assert_eq!(browser.value("input[id$=odometer]").await, "39000", "what was typed is gone");

    browser.js("location.hash = '#/check-in/' + arguments[0]", vec![dossier.into()]).await;
    browser.tap("#next").await;
    browser.look_through().await;
    browser.sign().await;
    browser.tap("#sign").await;
    browser.sees(".cm .trouble[role=alert]").await;
    browser.reads(full).await;
    assert_eq!(browser.js("return document.querySelector('.thanks')", vec![]).await, json!(null));

    // A signature that is large enough for a file of its own is no photo.
    browser.tap(".trouble .btn:last-child").await;
    browser.js(LONG_SIGNATURE, vec![]).await;
    browser.tap("#sign").await;
    browser.reads(full).await;
    let said = browser.js("return document.querySelector('.cm').innerText", vec![]).await;
    assert!(!said.as_str().unwrap().contains("photo;"), "a signature is called a photo: {said}");
    assert_eq!(browser.js("return document.querySelector('.thanks')", vec![]).await, json!(null));
    browser.quit().await;
}

#[tokio::test]
async fn a_storage_that_the_browser_takes_away_is_said_and_a_new_start_has_what_was_saved() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let server = Server::start_with(&data, &["--demo"]);
    let (address, listen) = (server.address.clone(), place_of(&server));
    let browser = Browser::start(&folder.path().join("profile")).await;
    browser.first_open(&address, "en", "light").await;
    browser.tap("[data-appointment] .btn").await;
    browser.sees("#correct-plate").await;
    browser.sync("complete").await;
    server.stop();
    browser.fill("input[id$=odometer]", "38412").await;
    let odometer = "return document.querySelector('.head')?.innerText.includes('38,412') ?? false";
    browser.until("odometer", odometer, vec![]).await;
    let copies = "return caches.open('lanepad-unsent').then(c => c.keys()).then(k => k.length === 1)";
    browser.until("the second copy", copies, vec![]).await;
    let take_away = json!({ "origin": address, "storageTypes": "indexeddb" });
    browser.cdp("Storage.clearDataForOrigin", take_away).await;
    browser.fill("input[id$=colour]", "Teal").await;
    browser.reads("The browser has closed the tablet's storage; this step was not saved.").await;
    assert_eq!(browser.value("input[id$=colour]").await, "Teal", "what was typed is gone");
    let server = Server::start_on(&listen, &data, &["--demo"]);
    browser.tap(".trouble .btn").await;
    browser.tap("[data-person=lin]").await;
    browser.until("odometer", odometer, vec![]).await;
    browser.sync("complete").await;
    drop(server);
    browser.quit().await;
}

#[tokio::test]
async fn an_old_page_in_another_tab_that_holds_up_an_upgrade_is_named_and_its_end_is_enough() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start_with(&folder.path().join("data"), &["--demo"]);
    let browser = Browser::start(&folder.path().join("profile")).await;
    browser.driver.goto(format!("{}/icon.svg", server.address)).await.unwrap();
    // An older program's page, frozen: it does not give way.
    browser.js("return new Promise(done => { const r = indexedDB.open('lanepad', 1); r.onsuccess = () => { window.held = r.result; done(true); }; })", vec![]).await;
    let old = browser.driver.window().await.unwrap();
    let new = browser.driver.new_tab().await.unwrap();
    browser.driver.switch_to_window(new.clone()).await.unwrap();
    browser.driver.goto(&server.address).await.unwrap();
    browser.reads("An older page of Lanepad is still open. Close the other tabs").await;
    browser.driver.switch_to_window(old).await.unwrap();
    browser.driver.close_window().await.unwrap();
    browser.driver.switch_to_window(new).await.unwrap();
    browser.sees("[data-person=lin]").await;
    browser.quit().await;
}
