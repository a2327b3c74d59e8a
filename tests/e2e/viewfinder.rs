//! The camera in the page: a burst, its faults, the way back; and what stays when the page is ended.

use serde_json::json;

use crate::browser::Browser;
use crate::photos::{holds, kept};
use crate::reception::to_the_car;
use crate::server::Server;

/// The camera shows a moving picture of the browser's own.
const CAMERA: &str = "--use-fake-device-for-media-stream";
/// And nobody is asked.
const ALLOWED: &str = "--use-fake-ui-for-media-stream";

async fn open_with(
    more: &[&str],
    language: &str,
    size: (u32, u32),
    theme: &str,
) -> (tempfile::TempDir, Server, Browser) {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start_with(&folder.path().join("data"), &["--demo"]);
    let browser = Browser::start_with(&folder.path().join("profile"), size, more).await;
    browser.first_open(&server.address, language, theme).await;
    (folder, server, browser)
}

/// A demo server and a tablet with a camera.
pub(crate) async fn open_with_camera(
    language: &str,
    size: (u32, u32),
    theme: &str,
) -> (tempfile::TempDir, Server, Browser) {
    open_with(&[CAMERA, ALLOWED], language, size, theme).await
}

/// Opens the viewfinder of the zone at hand; the page keeps the camera's stream for a look at it.
async fn look(browser: &Browser) {
    let keep = "const d = navigator.mediaDevices; if (!window.opened) { window.opened = []; const open = d.getUserMedia.bind(d); d.getUserMedia = async (c) => { const s = await open(c); window.opened.push(s); return s; }; } return true";
    browser.js(keep, vec![]).await;
    browser.tap("[data-camera]").await;
    browser.sees(".vf[data-live=true]").await;
}

async fn shoot(browser: &Browser, shots: usize) {
    for _ in 0..shots {
        browser.tap(".shutter").await;
    }
}

/// Whether a camera was opened at an address: what was typed is committed then.
pub(crate) const PLACE_KEPT: &str = "return new Promise((done, failed) => { const r = indexedDB.open('lanepad'); r.onerror = failed; r.onsuccess = () => { const get = r.result.transaction('meta').objectStore('meta').get('place'); get.onsuccess = () => { r.result.close(); done(get.result?.text.includes(arguments[0]) ?? false); }; }; })";

/// Every stream that was opened is closed: the camera's lamp is out.
const CLOSED: &str =
    "return opened.length > 0 && opened.every(s => s.getTracks().every(t => t.readyState === 'ended'))";

#[tokio::test]
async fn a_burst_is_kept_shot_by_shot_without_leaving_the_zone_and_the_last_can_be_taken_back() {
    let (folder, _server, browser) = open_with_camera("en", (1180, 820), "light").await;
    to_the_car(&browser).await;
    browser.tap("#next").await;
    let zone = "return document.querySelector('.zt').innerText";
    let before = browser.js(zone, vec![]).await;
    look(&browser).await;
    browser.reads("Grille").await;
    // The picture is there at once; saving comes after it.
    let at_once = "document.querySelector('.shutter').click(); return new Promise(requestAnimationFrame).then(() => document.querySelectorAll('.vf-film .ph').length)";
    assert_eq!(browser.js(at_once, vec![]).await, 1);
    shoot(&browser, 4).await;
    browser.counts(".vf [data-photo] img", 5).await;
    browser.counts(".vf [data-shot]", 0).await;
    browser.reads("5 photos").await;
    browser.tap("#last-back").await;
    browser.counts(".vf [data-photo]", 4).await;
    browser.tap(".vf #bring-back").await;
    browser.counts(".vf [data-photo]", 5).await;
    browser.tap("#last-back").await;
    browser.reads("4 photos").await;
    browser.tap("#shots-done").await;
    browser.counts(".vf", 0).await;
    browser.until("the camera closed", CLOSED, vec![]).await;
    assert_eq!(browser.js(zone, vec![]).await, before, "the zone was left");
    browser.counts(".strip-film .ph.own img", 4).await;
    browser.sync("complete").await;
    let kept = kept(&folder.path().join("data"));
    assert_eq!(kept.len(), 10, "five pictures and their thumbnails; the one taken back too");
    for (_, bytes) in &kept {
        assert!(!holds(bytes, "Exif") && !holds(bytes, "http://ns.adobe.com"), "more than pixels is kept");
    }
    browser.quit().await;
}

#[tokio::test]
async fn a_double_tap_on_the_shutter_is_one_photo_and_the_way_back_leaves_the_viewfinder_only() {
    let (_folder, _server, browser) = open_with_camera("en", (1180, 820), "light").await;
    to_the_car(&browser).await;
    let address = browser.js("return location.hash", vec![]).await;
    look(&browser).await;
    browser.sees(".shutter:not([disabled])").await;
    // In one go: a driver's second click waits for what the first one does, which no finger's does.
    let twice = "const shutter = document.querySelector('.shutter'); for (const detail of [1, 2]) shutter.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, detail }))";
    browser.js(twice, vec![]).await;
    browser.counts(".vf [data-photo]", 1).await;
    // Turned in the hand: the same shots, the same camera, everything in reach.
    for size in [(820, 1180), (1180, 820)] {
        browser.size(size).await;
        let reach = "return ['.shutter', '#shots-done', '#last-back', '.vf [data-photo]'].every(css => { const r = document.querySelector(css).getBoundingClientRect(); return r.left >= 0 && r.top >= 0 && r.right <= innerWidth && r.bottom <= innerHeight && r.width >= 48 && r.height >= 48; })";
        browser.until("everything in reach", reach, vec![]).await;
        browser.counts(".vf[data-live=true] [data-photo]", 1).await;
    }
    assert_eq!(browser.js("return opened.length", vec![]).await, 1, "the camera was opened again");
    browser.driver.back().await.unwrap();
    browser.counts(".vf", 0).await;
    browser.until("the camera closed", CLOSED, vec![]).await;
    assert_eq!(browser.js("return location.hash", vec![]).await, address);
    browser.sees(".carbox .car").await;
    browser.counts(".strip-film [data-photo]", 1).await;
    let inert = "return document.querySelector('.shell').inert";
    assert_eq!(browser.js(inert, vec![]).await, false);
    browser.quit().await;
}

/// Another program has camera and microphone, the next time they are asked for.
pub(crate) const BUSY_ONCE: &str = "const d = navigator.mediaDevices, open = d.getUserMedia.bind(d); d.getUserMedia = () => { d.getUserMedia = open; return Promise.reject(new DOMException('in use', 'NotReadableError')); }";

#[tokio::test]
async fn a_camera_that_is_refused_busy_gone_or_absent_says_what_to_do_and_can_be_tried_again() {
    let (_folder, server, browser) = open_with(&[CAMERA], "en", (1180, 820), "light").await;
    to_the_car(&browser).await;
    let permit = async |setting: &str| {
        let permission =
            json!({ "permission": { "name": "camera" }, "setting": setting, "origin": server.address });
        browser.cdp("Browser.setPermission", permission).await;
    };
    permit("denied").await;
    browser.tap("[data-camera]").await;
    browser.reads("The camera is not allowed. Allow it in the browser's site settings").await;
    browser.sees(".vf-said[role=alert] [data-system-camera]").await;
    browser.sees(".shutter[disabled]").await;
    permit("granted").await;
    browser.tap("#camera-again").await;
    browser.sees(".vf[data-live=true]").await;
    shoot(&browser, 1).await;
    browser.counts(".vf [data-photo]", 1).await;
    // Another app takes it.
    browser
        .js(
            "document.querySelector('video').srcObject.getTracks()[0].dispatchEvent(new Event('ended'))",
            vec![],
        )
        .await;
    browser.reads("The camera stopped; what was taken is kept.").await;
    browser.js(BUSY_ONCE, vec![]).await;
    browser.tap("#camera-again").await;
    browser.reads("Another app is using the camera.").await;
    browser.tap("#camera-again").await;
    browser.sees(".vf[data-live=true]").await;
    browser.counts(".vf [data-photo]", 1).await;
    browser.quit().await;

    let none = "--use-fake-device-for-media-stream=device-count=0";
    let (_folder, _server, browser) = open_with(&[none, ALLOWED], "zh-CN", (1180, 820), "light").await;
    to_the_car(&browser).await;
    browser.tap("[data-camera]").await;
    browser.reads("这台设备没有找到相机").await;
    browser.quit().await;
}

#[tokio::test]
async fn on_a_full_tablet_the_shots_before_stay_the_one_that_failed_says_so_and_text_goes_on() {
    let (_folder, server, browser) = open_with_camera("en", (1180, 820), "light").await;
    to_the_car(&browser).await;
    look(&browser).await;
    let used = browser.js("return navigator.storage.estimate().then(e => e.usage)", vec![]).await;
    let quota = json!({ "origin": server.address, "quotaSize": used.as_u64().unwrap() + 4_300_000 });
    browser.cdp("Storage.overrideQuotaForOrigin", quota).await;
    let next = "document.querySelector('.shutter:not([disabled])')?.click(); return document.querySelector('[data-shot=failed]') !== null";
    browser.until("a shot that has no room", next, vec![]).await;
    browser.reads("No room for the photo; text is still saved.").await;
    browser.counts("[data-shot=saving]", 0).await;
    browser.reads("Not saved").await;
    let photos = "return document.querySelectorAll('.vf [data-photo]').length";
    let saved = browser.js(photos, vec![]).await.as_u64().unwrap() as usize;
    assert!(saved > 0, "not even the first was saved");
    browser.tap("#shots-done").await;
    browser.tap(".grade[data-g=bad]").await;
    browser.fill("input[id*=-note-]", "cracked").await;
    browser.sync("complete").await;
    browser.driver.refresh().await.unwrap();
    browser.counts(".strip-film [data-photo]", saved.min(24)).await;
    browser
        .until("the note", "return document.querySelector('input[id*=-note-]')?.value === 'cracked'", vec![])
        .await;
    browser.quit().await;
}

/// How many photos wait among the drafts.
pub(crate) const WAITING: &str = "return new Promise(done => { const open = indexedDB.open('lanepad'); open.onsuccess = () => { const base = open.result; const all = base.transaction('drafts').objectStore('drafts').getAll(); all.onsuccess = () => { base.close(); done(all.result.filter(row => row.file).length === arguments[0]); }; }; })";

#[tokio::test]
async fn a_page_that_is_ended_while_the_systems_camera_is_open_comes_back_with_step_zone_text_and_photo() {
    let (folder, server, browser) = open_with_camera("en", (1180, 820), "light").await;
    let profile = folder.path().join("profile");
    to_the_car(&browser).await;
    browser.tap("#next").await;
    browser.tap("#next").await;
    browser.tap(".grade[data-g=bad]").await;
    browser.sees("input[id*=-note-]").await;
    let zone = "return document.querySelector('.zt')?.innerText ?? null";
    let before = browser.js(zone, vec![]).await;
    // Half a sentence, the field not left; then the system's camera, in the same moment.
    let type_on = "const e = document.querySelector('input[id*=-note-]'); e.focus(); document.execCommand('insertText', false, 'glass is cra'); document.querySelector('[data-system-camera]').click(); return true";
    browser.js(type_on, vec![]).await;
    browser.until("the place", PLACE_KEPT, vec!["#/walkaround/".into()]).await;
    // The photo came, and the page is ended before it is read.
    browser.js("window.createImageBitmap = () => new Promise(() => {})", vec![]).await;
    let picture = crate::pictures::drawn(&browser, 800, 600).await;
    let file = folder.path().join("camera.jpg");
    std::fs::write(&file, picture).unwrap();
    let input = browser.driver.find(thirtyfour::By::Css(".strip-film input[type=file]")).await.unwrap();
    input.send_keys(file.to_str().unwrap()).await.unwrap();
    browser.until("the waiting photo", WAITING, vec![1.into()]).await;
    browser.js("document.querySelector('[data-system-camera]').click()", vec![]).await;
    browser.until("the place", PLACE_KEPT, vec!["#/walkaround/".into()]).await;
    browser.kill();

    // The system starts the app at its first page.
    let browser = Browser::start(&profile).await;
    browser.driver.goto(&server.address).await.unwrap();
    browser
        .until("the zone", "return document.querySelector('.zt')?.innerText === arguments[0]", vec![before])
        .await;
    assert!(browser.js("return location.hash", vec![]).await.as_str().unwrap().starts_with("#/walkaround/"));
    browser
        .until(
            "the text",
            "return document.querySelector('input[id*=-note-]')?.value === 'glass is cra'",
            vec![],
        )
        .await;
    browser.counts(".strip-film .ph.own img", 1).await;
    browser.until("nothing waiting", WAITING, vec![0.into()]).await;
    browser.sync("complete").await;
    browser.quit().await;
}

#[tokio::test]
async fn axe_finds_nothing_on_viewfinder_and_photo_in_light_dark_and_sunlight() {
    for (language, size, theme) in
        [("zh-CN", (1180, 820), "light"), ("en", (820, 1180), "dark"), ("en", (1180, 820), "sunlight")]
    {
        let (_folder, _server, browser) = open_with_camera(language, size, theme).await;
        to_the_car(&browser).await;
        look(&browser).await;
        shoot(&browser, 2).await;
        browser.counts(".vf [data-photo] img", 2).await;
        no_finding(&browser, &format!("viewfinder {theme}")).await;
        browser.tap("#shots-done").await;
        browser.counts(".vf", 0).await;
        browser.tap("[data-photo] .look").await;
        browser.sees(".shown image[href]").await;
        no_finding(&browser, &format!("photo {theme}")).await;
        browser.quit().await;
    }
}

async fn no_finding(browser: &Browser, screen: &str) {
    browser.js(&crate::accessible::axe(), vec![]).await;
    assert_eq!(crate::accessible::findings(browser).await, Vec::<String>::new(), "{screen}");
}
