//! The tablet in the customer's hand, and what was signed with it.

use std::time::{Duration, Instant};

use serde_json::json;
use thirtyfour::By;

use crate::browser::{Browser, open_demo};
use crate::papers::text_of_pages;
use crate::reception::{ENGLISH, sign_both, take_in};

async fn hand_over(browser: &Browser) {
    take_in(browser, &ENGLISH).await;
    browser.tap("#next").await;
    browser.look_through().await;
}

#[tokio::test]
async fn customer_mode_of_a_visit_that_is_not_here_is_left_by_a_hold_too() {
    let (_folder, _server, browser) = open_demo("en").await;
    browser.js("location.hash = '#/sign/00000000-0000-8000-8000-000000000001'", vec![]).await;
    browser.sees(".cm #give-back").await;
    let button = browser.driver.find(By::Css("#give-back")).await.unwrap();
    browser.driver.action_chain().move_to_element_center(&button).click_and_hold().perform().await.unwrap();
    browser.sees(".shell .head").await;
    browser.driver.action_chain().release().perform().await.unwrap();
    browser.quit().await;
}

#[tokio::test]
async fn customer_mode_is_left_by_a_hold_of_two_seconds_and_by_nothing_else() {
    let (_folder, _server, browser) = open_demo("en").await;
    hand_over(&browser).await;
    let address = browser.js("return location.hash", vec![]).await;
    let ways = browser.js("return document.querySelectorAll('.cm a, .rail').length", vec![]).await;
    assert_eq!(ways, 0, "there is a link in customer mode");
    for way in [
        "history.back()",
        "history.go(-2)",
        "location.hash = '#/board'",
        "location.hash = location.hash.replace('sign', 'vehicle')",
        "location.hash = ''",
    ] {
        // The app hears of the new address before this promise does.
        let go = format!(
            "return new Promise(done => {{ addEventListener('hashchange', () => setTimeout(() => done(true)), {{ once: true }}); {way} }})"
        );
        browser.js(&go, vec![]).await;
        browser
            .until("the customer's address", "return location.hash === arguments[0]", vec![address.clone()])
            .await;
        let still = browser.js("return document.querySelectorAll('.cm').length === 1 && document.querySelectorAll('.shell').length === 0", vec![]).await;
        assert_eq!(still, true, "{way} leaves customer mode");
    }
    browser.driver.refresh().await.unwrap();
    browser.sees(".cm [data-pad]").await;
    let start = "return location.href.split('#')[0]";
    let start = browser.js(start, vec![]).await.as_str().unwrap().to_owned();
    browser.driver.goto("about:blank").await.unwrap();
    browser.driver.goto(&start).await.unwrap();
    browser.sees(".cm [data-pad]").await;

    let button = browser.driver.find(By::Css("#give-back")).await.unwrap();
    // Known is when the two seconds that the tap began are over.
    let watch = "const set = window.setTimeout; window.over = 0; window.setTimeout = (then, after, ...rest) => set(() => { then(...rest); if (after === 2000) window.over += 1; }, after)";
    browser.js(watch, vec![]).await;
    button.click().await.unwrap();
    browser.until("the end of the two seconds", "return window.over > 0", vec![]).await;
    let still = browser.js("return document.querySelector('.cm [data-pad]') !== null", vec![]).await;
    assert_eq!(still, true, "a short tap leaves customer mode");
    let pressed = Instant::now();
    browser.driver.action_chain().move_to_element_center(&button).click_and_hold().perform().await.unwrap();
    browser.sees(".shell #next").await;
    assert!(pressed.elapsed() >= Duration::from_secs(2), "left after {:?}", pressed.elapsed());
    browser.driver.action_chain().release().perform().await.unwrap();
    browser.quit().await;
}

/// Keeps the entries from being written for a while, as a slow tablet does.
const HOLD_WRITES: &str = "return new Promise(done => { const open = indexedDB.open('lanepad'); open.onsuccess = () => { const own = open.result.transaction('entries', 'readwrite'); const until = performance.now() + 2500; const hold = () => { if (performance.now() < until) own.objectStore('entries').count().onsuccess = hold; else open.result.close(); }; hold(); done(true); }; })";

#[tokio::test]
async fn what_is_still_being_written_when_the_tablet_is_handed_over_lies_on_the_table_too() {
    let (_folder, _server, browser) = open_demo("en").await;
    take_in(&browser, &ENGLISH).await;
    browser.tap(".steps a:nth-child(3)").await;
    browser.sees("[data-open=true] [data-symptom=smell]").await;
    browser.js(HOLD_WRITES, vec![]).await;
    browser.tap("[data-open=true] [data-symptom=smell]").await;
    browser.tap(".steps a:nth-child(4)").await;
    sign_both(&browser).await;
    browser.quit().await;
}

#[tokio::test]
async fn an_empty_pad_and_a_dot_are_refused_and_strokes_can_be_undone_and_cleared() {
    let (_folder, _server, browser) = open_demo("en").await;
    hand_over(&browser).await;
    let ink = "return document.querySelectorAll('[data-pad] .ink path').length";
    let has = |count: serde_json::Value| (format!("{ink} === arguments[0]"), vec![count]);
    browser.tap("#sign").await;
    browser.reads("Nothing has been signed yet.").await;
    let pad = browser.driver.find(By::Css("[data-pad]")).await.unwrap();
    browser.driver.action_chain().move_to_element_center(&pad).click().perform().await.unwrap();
    browser.until("a dot", &format!("{ink} > 0"), vec![]).await;
    browser.tap("#sign").await;
    browser.reads("That is too small. Please sign your name.").await;
    browser.tap("#undo").await;
    let (none, zero) = has(json!(0));
    browser.until("no dot", &none, zero.clone()).await;
    browser.sign().await;
    let one = browser.js(ink, vec![]).await;
    browser.sign().await;
    browser.until("a second stroke", &format!("{ink} > arguments[0]"), vec![one.clone()]).await;
    browser.tap("#undo").await;
    let (first, count) = has(one);
    browser.until("the first stroke alone", &first, count).await;
    browser.sign().await;
    browser.tap("#clear").await;
    browser.until("a clear pad", &none, zero).await;
    browser.tap("#sign").await;
    browser.reads("Nothing has been signed yet.").await;
    assert_eq!(browser.js("return document.querySelector('.thanks')", vec![]).await, json!(null));
    // Nothing of this is a signature: the form still waits for one.
    browser.sign().await;
    browser.tap("#sign").await;
    browser.sees(".thanks").await;
    browser.quit().await;
}

#[tokio::test]
async fn a_later_change_of_what_was_signed_asks_for_a_new_signature_and_the_old_paper_stays() {
    let (folder, _server, browser) = open_demo("en").await;
    take_in(&browser, &ENGLISH).await;
    sign_both(&browser).await;
    let old_digest = browser.js("return document.querySelector('#pages .foot .dg').innerText", vec![]).await;
    browser.tap(".steps a:nth-child(4)").await;
    browser.sees("[data-signed='1']").await;
    assert_eq!(browser.js("return document.querySelector('[data-changed]')", vec![]).await, json!(null));
    browser.tap(".steps a:nth-child(1)").await;
    browser.fill("input[id$=odometer]", "38500").await;
    browser
        .until("odometer", "return document.querySelector('.head').innerText.includes('38,500')", vec![])
        .await;
    browser.tap(".rail .home").await;
    browser.reads("To sign again").await;
    browser.tap(".v[data-visit]").await;
    browser.sees("[data-changed]").await;
    browser.reads("Changed after signing: Mileage").await;
    browser.reads("Customer signs again").await;
    // Until then the paper that was signed is the one that is shown.
    browser.tap("#paper").await;
    browser.sees("#pages .page").await;
    let pages = browser.js("return document.querySelector('#pages').innerText", vec![]).await;
    assert!(pages.as_str().unwrap().contains("38,412 km"), "the signed paper has changed: {pages}");
    browser.tap(".steps a:nth-child(4)").await;
    sign_both(&browser).await;

    let shows = "const text = document.querySelector('#pages').innerText; return arguments[0].every(word => text.includes(word)) && !arguments[1].some(word => text.includes(word))";
    browser
        .until("the new paper", shows, vec![json!(["38,500 km", "v2"]), json!(["38,412 km", "Superseded"])])
        .await;
    browser.tap_word("v1").await;
    browser
        .until(
            "the old paper",
            shows,
            vec![json!(["38,412 km", "v1", "Superseded by v2"]), json!(["38,500 km"])],
        )
        .await;
    browser.sees("#pages .cross").await;
    browser.sees("#pages .sign .ink path").await;
    let digest = browser.js("return document.querySelector('#pages .foot .dg').innerText", vec![]).await;
    assert_eq!(digest, old_digest, "the old paper is not the one that was signed");
    let printed = text_of_pages(&browser, &folder.path().join("old.pdf")).await;
    for word in ["Supersededbyv2", "38,412km"] {
        assert!(printed.contains(word), "{word} is not on the old paper:\n{printed}");
    }
    // Printing the old one makes no copy of the new one.
    browser.js("window.print = () => {}", vec![]).await;
    browser.tap("#print").await;
    let state = "return document.querySelector('[data-paper]').innerText === arguments[0]";
    browser.until("a copy of the old paper", state, vec!["Copy 1".into()]).await;
    browser.tap_word("v2").await;
    browser.until("the new paper's original", state, vec!["Original".into()]).await;
    browser.quit().await;
}
