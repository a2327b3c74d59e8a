//! How many taps a whole reception takes.

use crate::browser::Browser;
use crate::viewfinder::open_with_camera;

/// A hand that counts: every tap, every field that is tapped before typing, every stroke, every hold.
/// Keys are apart, on the glass or on a keyboard.
struct Hand<'a> {
    browser: &'a Browser,
    taps: usize,
}

impl Hand<'_> {
    async fn tap(&mut self, css: &str) {
        self.browser.tap(css).await;
        self.taps += 1;
    }

    async fn tap_word(&mut self, word: &str) {
        self.browser.tap_word(word).await;
        self.taps += 1;
    }

    async fn fill(&mut self, css: &str, text: &str) {
        self.browser.fill(css, text).await;
        self.taps += 1;
    }

    async fn mark(&mut self, x: f64, y: f64) {
        self.browser.tap_car(x, y).await;
        self.browser.sees("[data-kind][aria-pressed=true]").await;
        self.taps += 1;
    }

    async fn sign(&mut self) {
        self.browser.sign().await;
        self.taps += 1;
        self.tap("#sign").await;
    }
}

const ITEMS_GRADED: &str = "return new Promise(done => { const open = indexedDB.open('lanepad'); open.onsuccess = () => { const rows = open.result.transaction('entries').objectStore('entries').getAll(); rows.onsuccess = () => done(new Set(rows.result.map(row => JSON.parse(row.core).change.item_graded?.item).filter(Boolean)).size); }; })";

#[tokio::test]
async fn a_known_cars_whole_reception_with_marks_photos_and_signatures_takes_under_60_taps() {
    let (_folder, _server, browser) = open_with_camera("en", (1180, 820), "light").await;
    let mut hand = Hand { browser: &browser, taps: 0 };
    hand.tap("[data-appointment] .btn").await;
    browser.sees("#correct-plate").await;
    hand.tap_word("All placed").await;
    hand.fill("input[id$=odometer]", "38412").await;
    hand.fill("input[id$=charge]", "64").await;
    hand.tap_word("No lamp is lit").await;
    hand.tap_word("Reminded to take them").await;
    hand.tap("#next").await;
    browser.sees(".carbox .car").await;

    hand.tap("[data-camera]").await;
    browser.sees(".vf[data-live=true]").await;
    for _ in 0..5 {
        hand.tap(".shutter").await;
    }
    browser
        .until("five photos", "return document.querySelectorAll('.vf [data-photo] img').length === 5", vec![])
        .await;
    hand.tap("#shots-done").await;
    for (x, y) in [(358.0, 456.0), (300.0, 456.0), (420.0, 456.0), (358.0, 60.0), (420.0, 60.0)] {
        hand.mark(x, y).await;
    }
    hand.tap("[data-kind=dent]").await;
    browser
        .until(
            "five marks",
            "return document.querySelectorAll('.carbox > .car [data-mark]').length === 5",
            vec![],
        )
        .await;
    hand.tap("#rest-good").await;
    browser.until("all zones", "return document.querySelector('#rest-good').disabled", vec![]).await;
    let graded = browser.js(ITEMS_GRADED, vec![]).await.as_u64().expect("a number");
    assert!(graded >= 20, "only {graded} items are graded");

    hand.tap(".steps a:nth-child(3)").await;
    browser.sees("[data-concern]").await;
    hand.fill("textarea[id$=-concern]", "It smells of must").await;
    browser
        .until("two concerns", "return document.querySelectorAll('[data-concern]').length === 2", vec![])
        .await;
    hand.tap("[data-open=true] [data-symptom=smell]").await;
    hand.tap(".steps a:nth-child(4)").await;

    hand.tap("#next").await;
    for _ in 0..4 {
        hand.tap(".cm #seen").await;
    }
    hand.sign().await;
    browser.sees(".thanks").await;
    browser.give_back().await;
    hand.taps += 1;
    hand.tap("#next").await;
    hand.sign().await;
    browser.sees("#pages .page").await;
    let paper = browser.js("return document.querySelector('#pages').innerText", vec![]).await;
    assert!(paper.as_str().expect("a text").contains("It smells of must"), "not on the form: {paper}");
    println!("{} taps", hand.taps);
    assert!(hand.taps < 60, "{} taps", hand.taps);
    browser.quit().await;
}
