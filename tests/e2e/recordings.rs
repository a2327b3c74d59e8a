//! Sounds, videos and memos: consent, limits, their way to the server, and a microphone that is not there.

use serde_json::json;

use crate::browser::{Browser, open_demo, place_of};
use crate::interview::to_the_interview;
use crate::photos::{kept, take_photo};
use crate::pictures::drawn;
use crate::reception::{ENGLISH, both_hands, take_in, to_the_glass};
use crate::server::Server;
use crate::viewfinder::BUSY_ONCE;

/// A camera and a microphone that the browser makes up, allowed without asking.
pub(crate) const DEVICES: &[&str] = &["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];

pub(crate) struct Tablet {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) server: Server,
    pub(crate) browser: Browser,
}

/// A tablet with camera and microphone, in the interview of the first appointment.
pub(crate) async fn with_devices(language: &str) -> Tablet {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start_with(&folder.path().join("data"), &["--demo"]);
    let browser = Browser::start_with(&folder.path().join("profile"), (1180, 820), DEVICES).await;
    browser.first_open(&server.address, language, "light").await;
    to_the_interview(&browser).await;
    Tablet { folder, server, browser }
}

/// Records until the clock says so many seconds, and stops.
pub(crate) async fn record(browser: &Browser, what: &str, seconds: u32) {
    browser.tap(&format!("[data-open=true] [data-record={what}]")).await;
    browser.tap("[data-heard=alone]").await;
    runs_for(browser, seconds).await;
    browser.tap("[data-recording-now] [data-stop]").await;
}

pub(crate) async fn runs_for(browser: &Browser, seconds: u32) {
    browser.sees("[data-recording-now]").await;
    let clock = "const clock = document.querySelector('[data-recording-now] [role=timer]'); return clock !== null && Number(clock.innerText.split(':')[1].slice(0, 2)) >= arguments[0]";
    browser.until("the seconds", clock, vec![seconds.into()]).await;
}

#[tokio::test]
async fn a_sound_of_the_car_is_recorded_offline_played_sent_and_withdrawn_with_undo() {
    let Tablet { folder, server, browser } = with_devices("en").await;
    let listen = place_of(&server);
    let data = folder.path().join("data");
    server.stop();
    record(&browser, "sound", 2).await;
    browser.sees("[data-recording] [data-play]").await;
    let said = browser.js("return document.querySelector('[data-recording] b').innerText", vec![]).await;
    let said = said.as_str().unwrap();
    assert!(said.starts_with("Sound 0:0") && said.ends_with(" kB"), "{said}");
    browser.tap("[data-recording] [data-play]").await;
    browser.until("the sound", "const a = document.querySelector('[data-recording] audio'); return a !== null && a.readyState >= 2 && a.error === null", vec![]).await;
    browser.tap("[data-recording] [data-withdraw]").await;
    browser.counts("[data-recording]", 0).await;
    browser.tap("#bring-back").await;
    browser.counts("[data-recording]", 1).await;
    let server = Server::start_on(&listen, &data, &["--demo"]);
    browser.sees("[data-recording][data-sending=sent]").await;
    browser.sync("complete").await;
    let kept = kept(&data);
    assert_eq!(kept.len(), 1);
    assert!(kept[0].1.starts_with(&[0x1a, 0x45, 0xdf, 0xa3]), "a WebM of sound");
    // Another tablet has it too and plays it.
    let other = Browser::start(&folder.path().join("other")).await;
    other.first_open(&server.address, "en", "light").await;
    other.tap(".v[data-visit]").await;
    other.sees(".steps").await;
    other.tap(".steps a:nth-child(3)").await;
    other.tap("[data-recording][data-sending=sent] [data-play]").await;
    other.until("the sound", "const a = document.querySelector('[data-recording] audio'); return a !== null && a.readyState >= 2", vec![]).await;
    other.quit().await;
    browser.quit().await;
}

#[tokio::test]
async fn without_consent_no_recording_of_a_person_starts_and_the_consent_is_a_fact() {
    let Tablet { browser, .. } = with_devices("en").await;
    // Whether a microphone was opened, ever.
    browser.js("const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices); window.opened = 0; navigator.mediaDevices.getUserMedia = (asked) => { window.opened += 1; return open(asked); }", vec![]).await;
    let begin = async || {
        browser.tap("[data-open=true] [data-record=memo]").await;
        browser.tap("[data-heard=customer]").await;
        browser.sees("[data-consent]").await;
    };
    begin().await;
    browser.reads("Refusing changes nothing about the repair").await;
    browser.tap("[data-consents=no]").await;
    browser.reads("Nothing was recorded. Please write it down").await;
    begin().await;
    browser.fill("#consent-who", "").await;
    browser.tap("[data-consents=yes]").await;
    browser.sees("[data-no-recording]").await;
    assert_eq!(browser.js("return window.opened", vec![]).await, 0, "it was opened without consent");
    browser.counts("[data-recording]", 0).await;
    browser.fill("#consent-who", "陈志远").await;
    browser.tap("[data-consents=yes]").await;
    runs_for(&browser, 1).await;
    browser.tap("[data-recording-now] [data-stop]").await;
    browser.counts("[data-recording]", 1).await;
    // Asked once: the next recording of the customer begins at once.
    browser.tap("[data-open=true] [data-record=memo]").await;
    browser.tap("[data-heard=customer]").await;
    runs_for(&browser, 1).await;
    browser.sees("[data-consented]").await;
    // Leaving the screen ends it, and what was recorded is kept.
    browser.tap(".steps a:nth-child(4)").await;
    browser.sees("#next").await;
    browser.tap(".steps a:nth-child(3)").await;
    browser.counts("[data-recording]", 2).await;
    // Withdrawn as easily as given: the next one asks again.
    browser.tap("#take-back-consent").await;
    begin().await;
    let dossier = browser.js("return location.hash.split('/').pop()", vec![]).await;
    browser.js("location.hash = '#/history/' + arguments[0]", vec![dossier]).await;
    browser.reads("Consent to recording").await;
    browser.reads("陈志远").await;
    browser.quit().await;
}

#[tokio::test]
async fn a_video_ends_by_itself_after_thirty_seconds_and_goes_after_the_photos_unless_it_is_held_back() {
    let Tablet { folder, server, browser } = with_devices("en").await;
    let listen = place_of(&server);
    server.stop();
    browser.tap("[data-open=true] [data-record=video]").await;
    browser.tap("[data-heard=alone]").await;
    browser.sees("[data-recording-now] video.preview").await;
    runs_for(&browser, 15).await;
    runs_for(&browser, 28).await;
    browser.sees("[data-recording]").await;
    let said = browser.js("return document.querySelector('[data-recording] b').innerText", vec![]).await;
    let said = said.as_str().unwrap().to_owned();
    assert!(said.starts_with("Video 0:30 · ") && said.ends_with('B'), "{said}");
    let picture = drawn(&browser, 800, 600).await;
    take_photo(&browser, &folder.path().join("late.jpg"), &picture).await;
    browser.sees("[data-photo] img").await;
    let order = "return new Promise((done) => { const r = indexedDB.open('lanepad'); r.onsuccess = () => { const all = r.result.transaction('attachments').objectStore('attachments').index('unsent').getAll(); all.onsuccess = () => { r.result.close(); done(all.result.map(a => a.bytes[0])); }; }; })";
    // A thumbnail, a picture, and last the video, though it was first.
    assert_eq!(browser.js(order, vec![]).await, json!([0xff, 0xff, 0x1a]));
    browser.tap("[data-recording] [data-hold]").await;
    browser.sees("[data-recording][data-sending=held]").await;
    let data = folder.path().join("data");
    let server = Server::start_on(&listen, &data, &["--demo"]);
    browser.sees("[data-photo] [data-sent=true]").await;
    browser.sync("sent").await;
    assert_eq!(kept(&data).len(), 2, "what is held back was sent");
    browser.sees("[data-recording][data-sending=held]").await;
    browser.tap("[data-recording] [data-hold]").await;
    browser.sees("[data-recording][data-sending=sent]").await;
    browser.sync("complete").await;
    browser.tap("[data-recording] [data-play]").await;
    browser.until("the picture", "const v = document.querySelector('[data-recording] video'); return v !== null && v.videoWidth > 0", vec![]).await;
    drop(server);
    browser.quit().await;
}

#[tokio::test]
async fn a_refused_or_missing_microphone_says_what_works_instead_and_typing_goes_on() {
    let (_folder, server, browser) = open_demo("en").await;
    to_the_interview(&browser).await;
    let deny =
        json!({ "permission": { "name": "microphone" }, "setting": "denied", "origin": server.address });
    browser.cdp("Browser.setPermission", deny).await;
    browser.tap("[data-open=true] [data-record=memo]").await;
    browser.tap("[data-heard=alone]").await;
    browser.reads("please type instead").await;
    browser.sees("[data-no-recording]").await;
    browser.fill("[data-concern] textarea", "It pulls to the left").await;
    browser
        .until(
            "the words",
            "return document.querySelector('[data-order] b').innerText.includes('It pulls to the left')",
            vec![],
        )
        .await;
    browser.quit().await;
}

#[tokio::test]
async fn a_microphone_that_another_program_holds_says_so_and_can_be_tried_again() {
    let Tablet { browser, .. } = with_devices("en").await;
    browser.js(BUSY_ONCE, vec![]).await;
    browser.tap("[data-open=true] [data-record=sound]").await;
    browser.tap("[data-heard=alone]").await;
    browser.reads("Microphone or camera are in use").await;
    browser.sees("[data-no-recording]").await;
    browser.counts("[data-recording]", 0).await;
    browser.fill("[data-concern] textarea", "It hums").await;
    record(&browser, "sound", 1).await;
    browser.sees("[data-recording] [data-play]").await;
    browser.counts("[data-no-recording]", 0).await;
    assert_eq!(browser.value("[data-concern] textarea").await, "It hums");
    browser.quit().await;
}

#[tokio::test]
async fn a_memo_stands_beside_every_long_text_of_the_advisor() {
    let Tablet { browser, .. } = with_devices("en").await;
    browser.tap(".steps a:nth-child(1)").await;
    browser.sees(".fld:has(input[id$=-valuables]) [data-record=memo]").await;
    browser.tap(".steps a:nth-child(2)").await;
    browser.sees(".carbox .car").await;
    browser.tap(".grade[data-g=bad]").await;
    browser.sees("[data-note] .fld [data-record=memo]").await;
    browser.tap_car(358.0, 456.0).await;
    browser.tap(".fld:has(input[id^=f-mark-]) [data-record=memo]").await;
    browser.tap("[data-heard=alone]").await;
    runs_for(&browser, 1).await;
    // Typing goes on meanwhile.
    browser.fill("input[id^=f-mark-]", "12 cm").await;
    browser.tap("[data-recording-now] [data-stop]").await;
    browser.sees(".fld:has(input[id^=f-mark-]) [data-recording]").await;
    assert_eq!(browser.value("input[id^=f-mark-]").await, "12 cm");
    browser.quit().await;
}

#[tokio::test]
async fn a_dealerships_own_words_are_what_a_customer_reads_consents_to_and_signs() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let server = Server::start_with(&data, &["--demo"]);
    let file = folder.path().join("texts.csv");
    let rows = [
        "文本,版本,中文,英文",
        "接车确认,2026-01,单子我看过了。,I have read this form.",
        "个人信息告知,2026-01,问 {contact}。,Ask {contact} for your data.",
        "录音录像同意,2026-01,可以录音。,The shop may record me.",
    ];
    std::fs::write(&file, rows.map(|row| format!("{row}\r\n")).concat()).unwrap();
    let mut import = std::process::Command::new(env!("CARGO_BIN_EXE_lanepad"));
    let import = import.arg("import").arg(&file).arg("--data").arg(&data).output().unwrap();
    assert!(import.status.success(), "{}", String::from_utf8_lossy(&import.stderr));
    let browser = Browser::start_with(&folder.path().join("profile"), (1180, 820), DEVICES).await;
    browser.first_open(&server.address, ENGLISH.tag, "light").await;
    take_in(&browser, &ENGLISH).await;
    browser.tap(".steps a:nth-child(3)").await;
    browser.tap("[data-open=true] [data-record=memo]").await;
    browser.tap("[data-heard=customer]").await;
    browser.sees("[data-consent]").await;
    browser.reads("The shop may record me.").await;
    browser.tap("[data-consents=yes]").await;
    runs_for(&browser, 1).await;
    browser.tap("[data-recording-now] [data-stop]").await;
    browser.counts("[data-recording]", 1).await;
    browser.tap(".steps a:nth-child(4)").await;
    to_the_glass(&browser).await;
    browser.reads("I have read this form.").await;
    both_hands(&browser).await;
    let paper = browser.js("return document.querySelector('#pages').textContent", vec![]).await;
    for words in
        ["for your data.", "I have read this form. (pages: ", "marks: 1, photos: 0)", "单子我看过了。（"]
    {
        assert!(paper.as_str().unwrap().contains(words), "not on the paper: {words}\n{paper}");
    }
    // What was consented to stands in the ledger in the words that were read.
    let dossier = browser.js("return location.hash.split('/').pop()", vec![]).await;
    browser.js("location.hash = '#/history/' + arguments[0]", vec![dossier]).await;
    browser.reads("The shop may record me.").await;
    browser.quit().await;
}
