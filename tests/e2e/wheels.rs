//! What is measured at a wheel, and what a bad item wants.

use lanepad::diagram::{Body, centre, zone};

use crate::browser::{Browser, open_demo};
use crate::reception::to_the_car;

/// The panel of a zone, by way of a mark there.
async fn to_zone(browser: &Browser, id: &str) {
    to_the_car(browser).await;
    let (x, y) = centre(Body::Sedan, zone(Body::Sedan, id).expect("a zone"));
    browser.tap_car(f64::from(x) / 10.0, f64::from(y) / 10.0).await;
    browser.sees("#withdraw").await;
    browser.tap("#next").await;
    browser.sees(&format!("[data-item^='{id}.']")).await;
}

#[tokio::test]
async fn a_wheel_is_measured_and_a_reading_that_cannot_be_is_refused_at_its_field() {
    let (_folder, _server, browser) = open_demo("en").await;
    to_zone(&browser, "LFW").await;
    let refused = async |field: &str, typed: &str, sentence: &str| {
        browser.fill(&format!("[data-tyre] input[id*={field}]"), typed).await;
        browser.reads(sentence).await;
        assert_eq!(
            browser.value(&format!("[data-tyre] input[id*={field}]")).await,
            typed,
            "what was typed is lost"
        );
    };
    refused("tread", "deep", "Enter a number such as 4.5.").await;
    refused("tread", "25", "No tyre has such a value.").await;
    refused("pressure", "30", "No tyre has such a value.").await;
    refused("made", "5419", "week and year").await;
    refused("made", "0199", "has not come yet").await;
    browser.fill("[data-tyre] input[id*=tread]", "1.5").await;
    browser.reads("Below the limit, must be changed").await;
    browser.fill("[data-tyre] input[id*=pressure]", "180 kPa").await;
    browser.reads("Outside the usual range").await;
    browser.fill("[data-tyre] input[id*=made]", "2310").await;
    browser.reads("Too old, must be changed").await;
    browser.fill("[data-tyre] input[id*=tread]", "").await;
    let gone = "return !document.body.innerText.includes('must be changed, ') && !document.body.innerText.includes('Below the limit')";
    browser.until("the reading taken back", gone, vec![]).await;
    let dossier = browser.js("return location.hash.split('/').pop()", vec![]).await;
    browser.js("location.hash = '#/history/' + arguments[0]", vec![dossier]).await;
    browser.reads("1.5 mm").await;
    browser.reads("1.8 bar").await;
    browser.quit().await;
}

#[tokio::test]
async fn an_item_graded_bad_asks_for_a_photo_or_a_note_until_there_is_one() {
    let (_folder, _server, browser) = open_demo("en").await;
    to_the_car(&browser).await;
    browser.tap("[data-item='FBm.paint'] [data-g=bad]").await;
    browser.reads("Bad wants a photo or a note").await;
    browser.tap(".steps a:nth-child(4)").await;
    browser.reads("1 bad item without photo or note").await;
    browser.quit().await;
}
