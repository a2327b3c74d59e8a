//! Settings, the first page, and finished visits by day.

use serde_json::json;

use crate::browser::{Browser, open_demo, open_demo_as};
use crate::server::Server;

async fn to_settings(browser: &Browser) {
    browser.tap(".rail .dest:last-child a").await;
    browser.sees("[data-check]").await;
}

/// Waits until a check is in a state and says something.
async fn check(browser: &Browser, check: &str, state: &str, says: &str) {
    let script = "const l = document.querySelector(`[data-check=${arguments[0]}]`); return l?.dataset.state === arguments[1] && l.innerText.includes(arguments[2])";
    browser
        .until(&format!("{check} {state}: {says}"), script, vec![check.into(), state.into(), says.into()])
        .await;
}

async fn order(browser: &Browser) -> Vec<String> {
    let script = "return [...document.querySelectorAll('[data-check]')].map(l => l.dataset.state)";
    serde_json::from_value(browser.js(script, vec![]).await).unwrap()
}

#[tokio::test]
async fn the_settings_check_the_tablet_and_what_needs_care_stands_first() {
    let (_folder, server, browser) = open_demo("en").await;
    browser.sync("complete").await;
    to_settings(&browser).await;
    check(&browser, "exchange", "fine", "Connected").await;
    check(&browser, "unsent", "fine", "none").await;
    check(&browser, "room", "fine", "Used").await;
    check(&browser, "clock", "fine", "s apart").await;
    check(&browser, "program", "fine", "Up to date").await;
    check(&browser, "printer", "care", "Not tried yet").await;
    browser
        .until(
            "no check that is still asked",
            "return document.querySelector('[data-state=asking]') === null",
            vec![],
        )
        .await;
    let states = order(&browser).await;
    assert!(states.len() >= 9, "{states:?}");
    assert!(states.is_sorted_by_key(|state| state == "fine"), "care does not stand first: {states:?}");
    let checked =
        format!("{} checks, {} need care", states.len(), states.iter().filter(|s| *s == "care").count());
    browser.reads(&checked).await;
    // The server goes: the line says what works instead.
    server.stop();
    browser.tap("[data-check=exchange] [data-try]").await;
    check(&browser, "exchange", "care", "work on").await;
    browser.tap("#next").await;
    browser.sees("#new-visit").await;
    browser.quit().await;
}

#[tokio::test]
async fn a_clock_that_differs_by_three_minutes_is_said_and_work_goes_on() {
    let (_folder, _server, browser) = open_demo("en").await;
    browser.sync("complete").await;
    let shift = "return new Promise(done => { const r = indexedDB.open('lanepad'); r.onsuccess = () => { const t = r.result.transaction('meta', 'readwrite'), s = t.objectStore('meta'), g = s.get('identity'); g.onsuccess = () => s.put({ ...g.result, offset: 185000 }); t.oncomplete = () => { r.result.close(); done(true); }; }; })";
    browser.js(shift, vec![]).await;
    to_settings(&browser).await;
    check(&browser, "clock", "care", "3 min apart").await;
    check(&browser, "clock", "care", "both times are kept").await;
    browser.quit().await;
}

#[tokio::test]
async fn a_refused_camera_says_what_works_instead_and_an_allowed_one_is_tried() {
    let (_folder, server, browser) = open_demo("en").await;
    let allow = async |setting: &str| {
        for name in ["videoCapture", "audioCapture"] {
            browser.cdp("Browser.setPermission", json!({ "permission": { "name": if name == "videoCapture" { "camera" } else { "microphone" } }, "setting": setting, "origin": server.address })).await;
        }
    };
    allow("denied").await;
    to_settings(&browser).await;
    check(&browser, "camera", "care", "Write a note or choose a picture").await;
    check(&browser, "microphone", "care", "Write instead").await;
    browser.tap("[data-check=camera] [data-try]").await;
    check(&browser, "camera", "care", "Not available").await;
    allow("granted").await;
    browser.tap("#check-again").await;
    check(&browser, "camera", "fine", "Photos can be taken").await;
    check(&browser, "microphone", "fine", "Works").await;
    browser.quit().await;
}

#[tokio::test]
async fn the_test_page_is_one_page_with_a_frame_and_a_person_says_whether_it_came_out() {
    let (_folder, _server, browser) = open_demo("en").await;
    to_settings(&browser).await;
    browser.tap("[data-check=printer] [data-try]").await;
    browser.sees("#test-sheet .frame").await;
    browser.sees("[data-came=yes]").await;
    browser.cdp("Emulation.setEmulatedMedia", json!({ "media": "print" })).await;
    let seen = "const s = document.querySelector('#test-sheet'), f = s.querySelector('.frame').getBoundingClientRect(); return [s.offsetHeight > 0 && f.height > 300, document.querySelector('.checks').offsetHeight]";
    assert_eq!(
        browser.js(seen, vec![]).await,
        json!([true, 0]),
        "the printer gets the page and nothing else"
    );
    browser.cdp("Emulation.setEmulatedMedia", json!({ "media": "" })).await;
    browser.tap("[data-came=no]").await;
    check(&browser, "printer", "care", "printed later").await;
    browser.tap("[data-check=printer] [data-try]").await;
    browser.tap("[data-came=yes]").await;
    check(&browser, "printer", "fine", "Last test").await;
    browser.driver.refresh().await.unwrap();
    check(&browser, "printer", "fine", "Last test").await;
    browser.quit().await;
}

#[tokio::test]
async fn the_first_page_is_shown_once_and_can_be_read_again_from_the_settings() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start_with(&folder.path().join("data"), &["--demo"]);
    let browser = Browser::start(&folder.path().join("profile")).await;
    browser.driver.goto(&server.address).await.unwrap();
    browser.tap("[data-person=lin]").await;
    browser.sees(".tour").await;
    for (button, says) in [("first-child", "已存本机"), ("last-child", "On this tablet")] {
        browser.tap(&format!(".tour .lang button:{button}")).await;
        browser.reads(says).await;
    }
    browser.tap(".tour #next").await;
    browser.sees("#new-visit").await;
    browser.driver.refresh().await.unwrap();
    browser.sees("#new-visit").await;
    assert_eq!(browser.js("return document.querySelector('.tour')", vec![]).await, json!(null));
    to_settings(&browser).await;
    browser.tap_word("How this tablet works").await;
    browser.sees(".tour").await;
    browser.quit().await;
}

#[tokio::test]
async fn finished_visits_stand_under_their_days_and_older_ones_come_on_demand() {
    let (_folder, _server, browser) = open_demo_as("en", (820, 1180), "light").await;
    browser.tap("[data-appointment] .btn").await;
    browser.sees("#correct-plate").await;
    browser.sync("complete").await;
    // 60 finished visits, one every six hours, the newest one of them before today's.
    let fill = "return new Promise(done => { const r = indexedDB.open('lanepad'); r.onsuccess = () => { const t = r.result.transaction('visits', 'readwrite'), s = t.objectStore('visits'), g = s.getAll(); g.onsuccess = () => { for (let n = 1; n <= 60; n++) { const listed = JSON.parse(g.result[0].listed), row = listed.row; row.dossier = `00000000-0000-8000-8000-${String(n).padStart(12, '0')}`; row.name = '王伟' + n; row.arrived -= 86400000 + n * 21600000; row.stage = n % 10 ? 'checked_in' : 'cancelled'; listed.stale = false; s.put({ dossier: row.dossier, arrived: row.arrived, searched: row.name, listed: JSON.stringify(listed) }); } }; t.oncomplete = () => { r.result.close(); done(true); }; }; })";
    browser.js(fill, vec![]).await;
    browser.tap(".rail .home").await;
    browser.tap(".act a.btn").await;
    browser.sees(".v").await;
    let count = "return document.querySelectorAll('.v').length";
    let first = browser.js(count, vec![]).await.as_u64().unwrap();
    assert!((20..50).contains(&first), "{first} at once");
    let days = "const d = [...document.querySelectorAll('[data-day]')].map(h => h.dataset.day); return [d.length > 3, new Set(d).size === d.length, JSON.stringify(d) === JSON.stringify([...d].sort().reverse())]";
    assert_eq!(browser.js(days, vec![]).await, json!([true, true, true]), "each day once, newest first");
    for _ in 0..3 {
        if browser.js("return document.querySelector('#earlier') !== null", vec![]).await == true {
            let before = browser.js(count, vec![]).await;
            browser.tap("#earlier").await;
            browser.until("older ones", "return document.querySelectorAll('.v').length > arguments[0] || !document.querySelector('#earlier')", vec![before]).await;
        }
    }
    browser.until("all of them", "return document.querySelectorAll('.v').length === 60", vec![]).await;
    browser.reads("Nothing earlier.").await;
    assert_eq!(browser.js(days, vec![]).await, json!([true, true, true]), "a day is not begun twice");
    browser.quit().await;
}

#[tokio::test]
async fn a_visit_is_found_by_its_initials_and_has_its_place_in_todays_queue() {
    let (_folder, _server, browser) = open_demo("en").await;
    browser
        .until(
            "what was agreed",
            "return document.querySelector('[data-appointment] [data-agreed]')?.innerText.length > 8",
            vec![],
        )
        .await;
    for _ in 0..2 {
        browser.tap("[data-appointment] .btn").await;
        browser.sees("#correct-plate").await;
        browser.tap(".rail .home").await;
        browser.sees("#new-visit").await;
    }
    let row = "return [...document.querySelectorAll('.lst:not([hidden]) .v')].length === 1 && document.querySelector('.lst:not([hidden]) .v').innerText.includes(arguments[0]) && document.querySelector('.lst:not([hidden]) .v').innerText.includes(arguments[1])";
    for (search, name, number) in
        [("czy", "陈", "No. 1"), ("CZ", "陈", "No. 1"), ("lgd", "林", "No. 2"), ("gd", "林", "No. 2")]
    {
        browser.fill("#search", search).await;
        browser.until(search, row, vec![name.into(), number.into()]).await;
    }
    browser.fill("#search", "xyzq").await;
    browser.reads("Initials in pinyin").await;
    browser.quit().await;
}
