//! The board: finding a visit, handing it over, cancelling it, correcting its plate; the dealership's time.

use lanepad::demo::UTC_OFFSET_MINUTES;
use lanepad::locale::{Language, day_of};
use serde_json::json;

use crate::bench::FILL;
use crate::browser::{Browser, open_demo};
use crate::server::Server;

/// Opens the next appointment's visit and gives its id.
async fn next_appointment(browser: &Browser) -> String {
    browser.tap("[data-appointment] .btn").await;
    browser.sees("#correct-plate").await;
    let id = browser.js("return location.hash.split('/').pop()", vec![]).await;
    id.as_str().unwrap().to_owned()
}

async fn to_board(browser: &Browser) {
    browser.tap(".rail .home").await;
    browser.sees("#new-visit").await;
}

/// Waits until the list shows these visits and no other.
async fn lists(browser: &Browser, search: &str, visits: &[&str]) {
    browser.fill("#search", search).await;
    let script = "return JSON.stringify([...document.querySelectorAll('.lst:not([hidden]) .v')].map(v => v.dataset.visit).sort()) === JSON.stringify(arguments[0].sort())";
    browser.until(&format!("what “{search}” finds"), script, vec![json!(visits)]).await;
}

#[tokio::test]
async fn the_board_finds_a_visit_by_any_part_of_plate_vin_name_and_phone() {
    let (_folder, _server, browser) = open_demo("en").await;
    let chen = next_appointment(&browser).await;
    to_board(&browser).await;
    let lin = next_appointment(&browser).await;
    to_board(&browser).await;
    for (search, found) in [
        ("粤BD12345", vec![chen.as_str()]),
        ("bd·123", vec![&chen]),
        ("3R2", vec![&lin]),
        ("0P0138126", vec![]),
        ("P0138126", vec![&chen]),
        ("lsgke5410", vec![]),
        ("lsgke541", vec![&lin]),
        ("陈志", vec![&chen]),
        ("国栋", vec![&lin]),
        ("138 0013 5621", vec![&chen]),
        ("3925-2330", vec![&lin]),
        ("粤", vec![&chen, &lin]),
        ("nowhere", vec![]),
        ("", vec![&chen, &lin]),
    ] {
        lists(&browser, search, &found).await;
        if search == "nowhere" {
            browser.reads("Nothing found.").await;
        }
    }
    browser.quit().await;
}

/// Types a search and gives how many visits are shown before the browser does anything else: no database can
/// answer in that time.
const TYPE: &str = "const type = async text => { const field = document.querySelector('#search'); field.value = text; field.dispatchEvent(new Event('input', { bubbles: true })); for (let n = 0; n < 100; n++) await null; return document.querySelectorAll('.lst.found .v').length; };";

#[tokio::test]
async fn what_fills_more_than_a_screen_is_counted_at_once_and_comes_whole() {
    let (_folder, _server, browser) = open_demo("en").await;
    next_appointment(&browser).await;
    browser.sync("complete").await;
    browser.js(FILL, vec![json!(70), json!(30)]).await;
    to_board(&browser).await;
    browser.driver.refresh().await.unwrap();
    browser.counts(".lst .v", 31).await;
    // The newest fifty of all 71.
    browser.fill("#search", "138").await;
    browser.counts(".lst.found .v", 50).await;
    let count = "return document.querySelector('.lst.found .n').innerText === '50'";
    browser.until("their number", count, vec![]).await;
    browser.counts(".lst[hidden] .v", 31).await;
    // Asked again it stays, and a letter that comes while a list still grows has its answer at once.
    let again = "return (async () => { document.querySelector('#search').dispatchEvent(new Event('focus')); for (let n = 0; n < 100; n++) await null; return document.querySelectorAll('.lst.found .v').length === 50; })()";
    browser.until("all of it at once", again, vec![]).await;
    let hasty =
        format!("{TYPE} return (async () => await type('13') === 4 && await type('粤B00012') === 1)()");
    browser.until("a few with each letter", &hasty, vec![]).await;
    browser.fill("#search", "").await;
    browser.counts(".lst.found", 0).await;
    browser.counts(".lst:not([hidden]) .v", 31).await;
    browser.quit().await;
}

#[tokio::test]
async fn what_a_search_finds_is_painted_with_its_letter() {
    let (_folder, _server, browser) = open_demo("en").await;
    let visit = next_appointment(&browser).await;
    browser.sync("complete").await;
    to_board(&browser).await;
    lists(&browser, "粤BD12345", &[&visit]).await;
    // Again where the server's word came between: what it changes is read with the letter after it.
    let at_once = format!(
        "{TYPE} return (async () => {{ await type(''); await type(arguments[0]); return [...document.querySelectorAll('.lst.found .v')].map(v => v.dataset.visit).join() === arguments[1]; }})()"
    );
    browser.until("a visit with its letter", &at_once, vec![json!("bd1"), json!(visit)]).await;
    browser.until("nothing with its letter", &at_once, vec![json!("bd19"), json!("")]).await;
    browser.quit().await;
}

/// Goes home and counts how often the board is read until it stands.
const READS: &str = "return (async () => { let reads = 0; const all = IDBIndex.prototype.getAll; IDBIndex.prototype.getAll = function (...what) { if (this.name === 'open') reads++; return all.apply(this, what); }; document.querySelector('.rail .home').click(); await new Promise(done => { const look = () => document.querySelector('.v[data-visit]') ? done() : setTimeout(look); look(); }); IDBIndex.prototype.getAll = all; return reads; })()";

#[tokio::test]
async fn on_the_way_to_the_board_it_is_read_once() {
    let (_folder, _server, browser) = open_demo("en").await;
    next_appointment(&browser).await;
    let reads = browser.js(READS, vec![]).await;
    assert_eq!(reads, 1, "the board was read for the tap and for the address that it changed");
    browser.quit().await;
}

#[tokio::test]
async fn a_search_finds_what_has_changed_since_it_was_read() {
    let (_folder, _server, browser) = open_demo("en").await;
    let visit = next_appointment(&browser).await;
    to_board(&browser).await;
    lists(&browser, "陈志远", &[&visit]).await;
    lists(&browser, "", &[&visit]).await;
    browser.js("location.hash = '#/vehicle/' + arguments[0]", vec![json!(visit)]).await;
    browser.fill("input[id$=-customer]", "欧阳明日").await;
    browser
        .until("the name", "return document.querySelector('.head h1').innerText.includes('欧')", vec![])
        .await;
    to_board(&browser).await;
    lists(&browser, "欧阳", &[&visit]).await;
    lists(&browser, "志远", &[]).await;
    browser.quit().await;
}

#[tokio::test]
async fn one_visit_can_be_opened_straight_from_another_and_shows_its_own_answers() {
    let (_folder, _server, browser) = open_demo("en").await;
    // An electric car, and one with a tank: they have other fields.
    let electric = next_appointment(&browser).await;
    to_board(&browser).await;
    let petrol = next_appointment(&browser).await;
    for (visit, field, head) in
        [(&electric, "input[id$=-charge]", "陈"), (&petrol, "[aria-label=Fuel]", "林")]
    {
        browser.js("location.hash = '#/vehicle/' + arguments[0]", vec![visit.as_str().into()]).await;
        browser.sees(field).await;
        let shows = "return document.querySelector('.head h1').innerText.includes(arguments[0]) && document.querySelector('input[id$=-customer]').value.includes(arguments[0])";
        browser.until("the visit's customer", shows, vec![head.into()]).await;
    }
    browser.quit().await;
}

#[tokio::test]
async fn a_visit_is_handed_to_a_colleague_cancelled_with_a_reason_and_opened_again() {
    let (_folder, _server, browser) = open_demo("en").await;
    browser.sees("[data-appointment]").await;
    let appointments = "return document.querySelectorAll('[data-appointment]').length";
    let before = browser.js(appointments, vec![]).await.as_u64().unwrap();
    let visit = next_appointment(&browser).await;
    browser.tap_word("赵明").await;
    let in_charge = "return [...document.querySelectorAll('.chip[aria-pressed=true]')].some(chip => chip.textContent.trim() === '赵明')";
    browser.until("the colleague", in_charge, vec![]).await;
    browser.fill("input[id$=-cancel]", "The customer came on the wrong day").await;
    browser.sees(".head .tag.bad").await;
    to_board(&browser).await;
    let row = format!(".v[data-visit='{visit}']");
    let says =
        "return arguments[1].every(word => document.querySelector(arguments[0])?.innerText.includes(word))";
    browser.until("the row of a cancelled visit", says, vec![json!(row), json!(["赵明", "Cancelled"])]).await;
    assert_eq!(
        browser.js(appointments, vec![]).await,
        before - 1,
        "a cancelled visit's appointment came back to the list"
    );
    browser.tap(&row).await;
    browser.tap(".steps a:nth-child(4)").await;
    browser.sees("#paper").await;
    assert_eq!(browser.js("return document.querySelector('#next')", vec![]).await, json!(null));
    browser.js("location.hash = '#/history/' + arguments[0]", vec![visit.clone().into()]).await;
    browser.sees(".history li").await;
    browser.reads("The customer came on the wrong day").await;
    browser.js("location.hash = '#/vehicle/' + arguments[0]", vec![visit.into()]).await;
    browser.tap("#reopen").await;
    browser.until("an open visit", "return document.querySelector('.head .tag.bad') === null && document.querySelector('#reopen') === null && document.querySelector('input[id$=-cancel]').value === ''", vec![]).await;
    to_board(&browser).await;
    browser.until("the row of an open visit", says, vec![json!(row), json!(["赵明", "Vehicle"])]).await;
    browser.quit().await;
}

#[tokio::test]
async fn a_plate_is_corrected_with_its_keyboard_and_the_board_follows() {
    let (_folder, _server, browser) = open_demo("en").await;
    let visit = next_appointment(&browser).await;
    browser.sees(".head [aria-label=粤BD12345]").await;
    browser.tap("#correct-plate").await;
    browser.tap(".kb .key.fn").await;
    browser.sees(".typed [aria-label=粤BD1234]").await;
    browser.tap_word("8").await;
    browser.sees(".typed [aria-label=粤BD12348]").await;
    browser.tap_word("Save").await;
    browser.sees(".head [aria-label=粤BD12348]").await;
    to_board(&browser).await;
    browser.sees(&format!(".v[data-visit='{visit}'] [aria-label=粤BD12348]")).await;
    lists(&browser, "BD12345", &[]).await;
    lists(&browser, "BD12348", &[&visit]).await;
    browser.quit().await;
}

#[tokio::test]
async fn days_and_times_are_the_dealerships_wherever_the_tablet_thinks_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start_with(&folder.path().join("data"), &["--demo"]);
    let browser = Browser::start(&folder.path().join("profile")).await;
    browser.cdp("Emulation.setTimezoneOverride", json!({ "timezoneId": "America/New_York" })).await;
    browser.first_open(&server.address, "en", "light").await;
    let minutes = browser.js("return new Date().getTimezoneOffset()", vec![]).await.as_i64().unwrap();
    assert!(minutes >= 240, "the browser is not in New York: {minutes}");
    let now =
        || std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_millis() as i64;
    let day = |at: i64| Language::En.day(day_of(at, UTC_OFFSET_MINUTES));
    let shown = browser.until("the day", "return document.querySelector('h1')?.innerText", vec![]).await;
    assert!([day(now()), day(now() - 60_000)].contains(&shown.as_str().unwrap().to_owned()), "{shown}");
    browser.sees("[data-appointment] .t").await;
    let first = browser.js("return document.querySelector('[data-appointment] .t').innerText", vec![]).await;
    assert_eq!(first, "9:00");
    let before = now();
    let visit = next_appointment(&browser).await;
    let times = [before, now()].map(|at| Language::En.time(at, UTC_OFFSET_MINUTES));
    let head = browser.js("return document.querySelector('.head .note').innerText", vec![]).await;
    let is_said = |text: &serde_json::Value| times.iter().any(|time| text.as_str().unwrap().contains(time));
    assert!(is_said(&head), "{head} says none of {times:?}");
    browser.js("location.hash = '#/paper/' + arguments[0]", vec![visit.into()]).await;
    browser.sees("#pages .ids").await;
    let paper = browser.js("return document.querySelector('#pages .ids').innerText", vec![]).await;
    assert!(is_said(&paper), "{paper} says none of {times:?}");
    browser.quit().await;
}

#[tokio::test]
async fn the_appearance_can_be_switched_in_the_middle_without_losing_what_was_typed() {
    let (_folder, _server, browser) = open_demo("en").await;
    let visit = next_appointment(&browser).await;
    let ground = "return getComputedStyle(document.body).backgroundColor";
    let light = browser.js(ground, vec![]).await;
    // Typed, and the field is not left before the screen is.
    browser.js("const e = document.querySelector('input[id$=vin]'); e.focus(); e.select(); document.execCommand('insertText', false, 'LGXCE4'); location.hash = '#/settings'", vec![]).await;
    browser.tap_word("Dark").await;
    browser.sees("html[data-theme=dark]").await;
    assert_ne!(browser.js(ground, vec![]).await, light, "dark looks like light");
    browser.js("location.hash = '#/vehicle/' + arguments[0]", vec![visit.into()]).await;
    browser
        .until(
            "what was typed",
            "return document.querySelector('input[id$=vin]')?.value === 'LGXCE4'",
            vec![],
        )
        .await;
    browser.quit().await;
}
