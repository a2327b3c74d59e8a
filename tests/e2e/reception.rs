//! The whole reception, in both languages, without a network; then it stands on a second tablet.

use crate::browser::{Browser, open_demo, place_of};
use crate::server::Server;

pub(crate) struct Words {
    pub(crate) tag: &'static str,
    pub(crate) no_lamps: &'static str,
    pub(crate) reminded: &'static str,
    pub(crate) all_covers: &'static str,
    pub(crate) signed: &'static str,
}

pub(crate) const CHINESE: Words = Words {
    tag: "zh-CN",
    no_lamps: "没有警告灯亮",
    reminded: "已提醒自行保管",
    all_covers: "全部放好",
    signed: "已接车",
};
pub(crate) const ENGLISH: Words = Words {
    tag: "en",
    no_lamps: "No lamp is lit",
    reminded: "Reminded to take them",
    all_covers: "All placed",
    signed: "Checked in",
};

/// From the appointment to the customer's form, everything filled in.
pub(crate) async fn take_in(browser: &Browser, words: &Words) {
    browser.tap("[data-appointment] .btn").await;
    browser.sees("#correct-plate").await;
    browser.tap_word(words.all_covers).await;
    browser.fill("input[id$=odometer]", "38412").await;
    browser.fill("input[id$=charge]", "64").await;
    browser
        .until("charge", "return document.querySelector('.head')?.innerText.includes('64 %')", vec![])
        .await;
    browser.fill("input[id$=range]", "312").await;
    browser.tap_word(words.no_lamps).await;
    browser.tap_word(words.reminded).await;
    browser.tap("#next").await;
    browser.sees(".carbox .car").await;
    browser.tap_car(358.0, 456.0).await;
    browser.sees("[data-kind=dent]").await;
    browser.tap("[data-kind=dent]").await;
    browser.sees("[data-kind=dent][aria-pressed=true]").await;
    browser.tap("#rest-good").await;
    browser.until("all zones", "return document.querySelector('#rest-good').disabled", vec![]).await;
    browser.tap(".steps a:nth-child(3)").await;
    browser.sees("[data-concern]").await;
    browser.tap(".steps a:nth-child(4)").await;
}

/// Opens the visit of the first appointment at its walk-around.
pub(crate) async fn to_the_car(browser: &Browser) {
    browser.tap("[data-appointment] .btn").await;
    browser.sees("#correct-plate").await;
    browser.tap(".steps a:nth-child(2)").await;
    browser.sees(".carbox .car").await;
}

/// From the customer's form, complete, to the paper that both have signed.
pub(crate) async fn sign_both(browser: &Browser) {
    to_the_glass(browser).await;
    both_hands(browser).await;
}

/// Through the pages that the customer reads.
pub(crate) async fn to_the_glass(browser: &Browser) {
    browser.tap("#next").await;
    browser.look_through().await;
}

/// The customer signs, then the advisor.
pub(crate) async fn both_hands(browser: &Browser) {
    browser.sign().await;
    browser.tap("#sign").await;
    browser.sees(".thanks").await;
    browser.give_back().await;
    browser.tap("#next").await;
    browser.sign().await;
    browser.tap("#sign").await;
    browser.sees("#pages .page").await;
}

async fn a_car_taken_in_offline(words: &Words) {
    let folder = tempfile::tempdir().unwrap();
    let (data, one, two) = (folder.path().join("data"), folder.path().join("one"), folder.path().join("two"));
    let server = Server::start_with(&data, &["--demo"]);
    let address = server.address.clone();
    let listen = place_of(&server);
    let first = Browser::start(&one).await;
    first.first_open(&address, words.tag, "light").await;
    server.stop();
    take_in(&first, words).await;
    sign_both(&first).await;
    first.sync("on_this_tablet").await;

    let server = Server::start_on(&listen, &data, &["--demo"]);
    first.sync("complete").await;
    let second = Browser::start(&two).await;
    second.first_open(&server.address, words.tag, "light").await;
    second.sees(".v[data-visit]").await;
    second.reads(words.signed).await;
    second.tap(".v[data-visit]").await;
    second.tap("#paper").await;
    second.sees("#pages .sign .ink").await;
    second.reads("38,412 km").await;
    second.quit().await;
    first.quit().await;
}

#[tokio::test]
async fn a_car_is_taken_in_without_a_network_and_stands_on_a_second_tablet_afterwards() {
    a_car_taken_in_offline(&CHINESE).await;
}

#[tokio::test]
async fn the_same_reception_works_in_english() {
    a_car_taken_in_offline(&ENGLISH).await;
}

#[tokio::test]
async fn the_language_can_be_switched_in_the_middle_without_losing_what_was_typed() {
    let (_folder, _server, browser) = open_demo("zh-CN").await;
    browser.tap("[data-appointment] .btn").await;
    browser.fill("input[id$=vin]", "LGXCE4").await;
    browser.reads("车架号是 17 位").await;
    let hash = browser.js("return location.hash", vec![]).await;
    browser.js("location.hash = '#/settings'", vec![]).await;
    browser.tap_word("English").await;
    browser.js("location.hash = arguments[0]", vec![hash]).await;
    browser.reads("A VIN has 17 characters").await;
    assert_eq!(browser.value("input[id$=vin]").await, "LGXCE4");
    browser.quit().await;
}

#[tokio::test]
async fn every_bad_value_gets_a_sentence_at_its_place_and_nothing_is_written() {
    let (_folder, _server, browser) = open_demo("en").await;
    browser.tap("[data-appointment] .btn").await;
    browser.sees("input[id$=vin]").await;
    let long = "9".repeat(10_000);
    for (field, text, sentence) in [
        ("vin", "LGXCE4CB8P0138I26", "never stands in a VIN"),
        ("vin", "LGXCE4CB8O0138126", "never stands in a VIN"),
        ("vin", "LGXCE4CB8Q0138126", "never stands in a VIN"),
        ("vin", "LGXCE4CB0P0138126", "The check digit should be"),
        ("vin", "<script>alert(1)<", "never stands in a VIN"),
        ("vin", "LGXCE4CB8P01381🚗6", "never stands in a VIN"),
        ("vin", "LGXCE4CB8P01381ש6", "never stands in a VIN"),
        ("vin", long.as_str(), "A VIN has 17 characters; these are 10000"),
        ("odometer", "<script>", "digits only"),
        ("odometer", "שלום", "digits only"),
        ("odometer", "-5", "cannot be below 0"),
        ("odometer", "9999999", "look at the dashboard again"),
        ("odometer", "🚗", "digits only"),
        ("odometer", "100", "Less than the last reading"),
        ("odometer", long.as_str(), "look at the dashboard again"),
        ("charge", "101", "from 0 to 100"),
        ("charge", "🚗", "from 0 to 100"),
        ("charge", long.as_str(), "from 0 to 100"),
        ("range", "-1", "from 0 to 2000"),
        ("range", long.as_str(), "from 0 to 2000"),
        ("phone", "🚗", "not part of a phone number"),
        ("phone", "<script>", "not part of a phone number"),
        ("phone", long.as_str(), "5 to 20 digits"),
        ("customer", "", "Enter the name"),
        ("phone", "call me", "not part of a phone number"),
        ("phone", "12", "5 to 20 digits"),
        ("customer", long.as_str(), "at most 64 characters"),
        ("valuables", long.as_str(), "At most 1000 characters"),
        ("model", long.as_str(), "At most 1000 characters"),
    ] {
        let css = format!("input[id$={field}]");
        browser.fill(&css, text).await;
        let script = "return document.querySelector(arguments[0])?.closest('.fld')?.querySelector('.said')?.innerText?.includes(arguments[1]) ?? false";
        browser
            .until(&format!("{sentence} ({field})"), script, vec![css.clone().into(), sentence.into()])
            .await;
        assert_eq!(browser.value(&css).await, text, "what was typed into {field} is gone");
    }
    // A right-to-left mark and a tag are text like any other.
    browser.fill("input[id$=customer]", "<b>\u{202e}王").await;
    browser.tap_word("Yes, it is written so").await;
    browser
        .until("the name", "return document.querySelector('.head').innerText.includes('<b>王')", vec![])
        .await;
    browser.quit().await;
}

/// Markup, a picture that would run a script, an emoji, and text from right to left with a mark that
/// would turn what follows it.
const STRANGE: &str = "<script>window.ran = 1</script><img src=x onerror='window.ran = 1'>🚗 \u{202e}שלום";
/// What is kept of it: all but the mark.
const STRANGE_KEPT: &str = "<script>window.ran = 1</script><img src=x onerror='window.ran = 1'>🚗 שלום";

#[tokio::test]
async fn every_free_text_takes_strange_text_as_text_and_refuses_10_000_characters_with_a_sentence() {
    let (_folder, _server, browser) = open_demo("en").await;
    take_in(&browser, &ENGLISH).await;
    let long = "长".repeat(10_000);
    let said = "return document.querySelector(arguments[0])?.closest('.fld').querySelector('.said')?.innerText.includes('At most 1000 characters; these are 10000') ?? false";
    let kept = "return [...document.querySelectorAll(arguments[0])].some(e => e.value === arguments[1] && e.closest('.fld').querySelector('.said') === null)";
    // Step of the visit, field, field in which it stands once it is kept.
    for (step, field, then) in [
        (1, "input[id$=-valuables]", "input[id$=-valuables]"),
        (1, "input[id$=-model]", "input[id$=-model]"),
        (1, "input[id$=-colour]", "input[id$=-colour]"),
        (2, "[data-note] input", "[data-note] input"),
        (2, "input[id^=f-mark-]", "input[id^=f-mark-]"),
        (3, "textarea[id$=-concern]", "[data-concern] textarea"),
        (3, "[data-concern] textarea", "[data-concern] textarea"),
        (1, "input[id$=-cancel]", "input[id$=-cancel]"),
    ] {
        browser.tap(&format!(".steps a:nth-child({step})")).await;
        if field.starts_with("[data-note]") {
            // The walk stands where it was left: at the mark.
            browser.tap(".seg > :first-child").await;
            browser.tap(".grade[data-g=bad]").await;
        } else if field.contains("f-mark-") {
            browser.tap_car(358.0, 456.0).await;
        }
        browser.fill(field, &long).await;
        browser.until(&format!("the sentence ({field})"), said, vec![field.into()]).await;
        browser.fill(field, STRANGE).await;
        browser.until(&format!("what is kept ({field})"), kept, vec![then.into(), STRANGE_KEPT.into()]).await;
    }
    browser.tap("#reopen").await;
    let clean = "return window.ran === undefined && document.querySelector('script:not([src]):not([type=module]), img[src=x]') === null";
    for screen in ["vehicle", "walkaround", "interview", "check-in", "history", "paper", "sign"] {
        browser
            .js(
                "location.hash = location.hash.replace(/#.[a-z-]+/, '#/' + arguments[0])",
                vec![screen.into()],
            )
            .await;
        browser
            .until(
                screen,
                "return location.hash.includes(arguments[0]) && document.querySelector('main, .cm') !== null",
                vec![screen.into()],
            )
            .await;
        if matches!(screen, "history" | "paper" | "sign") {
            browser.reads("<script>window.ran = 1</script>").await;
        }
        assert_eq!(browser.js(clean, vec![]).await, true, "{screen} ran or drew what was typed");
    }
    browser.quit().await;
}

#[tokio::test]
async fn an_unusual_plate_is_a_question_and_an_impossible_one_a_sentence() {
    let (_folder, _server, browser) = open_demo("en").await;
    browser.tap("#new-visit").await;
    for (text, sentence) in [
        ("", "Enter the plate"),
        ("粤B🚗", "never stands on a plate"),
        ("粤B<script>", "never stands on a plate"),
        ("粤Bשלום", "never stands on a plate"),
        ("粤B123456789", "No plate is that long"),
        (&*"9".repeat(10_000), "No plate is that long"),
        ("粤B1", "This plate is unusual"),
    ] {
        browser.fill("#plate-text", "").await;
        browser.js("const e = document.querySelector('#plate-text'); e.value = arguments[0]; e.dispatchEvent(new Event('input', {bubbles: true}))", vec![text.into()]).await;
        browser.tap("#start").await;
        browser.reads(sentence).await;
    }
    browser.tap_word("Yes, it is written so").await;
    browser.sees("#correct-plate").await;
    browser.quit().await;
}

/// Fills in the first page of an empty server.
pub(crate) async fn set_up(browser: &Browser) {
    for (field, text) in [
        ("name", "测试店"),
        ("address", "路 1 号"),
        ("phone", "0755-1"),
        ("hours", "9–18"),
        ("privacy", "0755-2"),
        ("advisor", "林晓彤、赵明"),
    ] {
        browser.fill(&format!("#{field}"), text).await;
    }
    browser.tap("#set-up").await;
    browser.sees("[data-person=advisor-2]").await;
}

#[tokio::test]
async fn an_empty_server_asks_for_the_dealership_first_and_says_what_it_cannot_take() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("data"));
    let browser = Browser::start(&folder.path().join("profile")).await;
    browser.driver.goto(&server.address).await.unwrap();
    browser.sees("#set-up").await;
    let said = "return document.querySelector(arguments[0]).closest('.fld').querySelector('.said')?.innerText.includes(arguments[1]) ?? false";
    for (text, sentence) in
        [("", "Please fill in"), ("   ", "Please fill in"), (&*"长".repeat(10_000), "At most 200 characters")]
    {
        for field in ["name", "address", "phone", "hours", "privacy", "advisor"] {
            browser.fill(&format!("#{field}"), text).await;
        }
        browser.tap("#set-up").await;
        for field in ["name", "address", "phone", "hours", "privacy", "advisor"] {
            let css = format!("#{field}");
            browser.sees(&format!("{css}[aria-invalid=true]")).await;
            browser.until(&format!("{sentence} ({field})"), said, vec![css.into(), sentence.into()]).await;
        }
    }
    set_up(&browser).await;
    browser.tap("[data-person=advisor-1]").await;
    browser.tap(".tour #next").await;
    browser.sees("#new-visit").await;
    browser.quit().await;
}

#[tokio::test]
async fn a_file_that_is_no_picture_is_refused_and_a_photo_is_kept_and_sent() {
    let (folder, _server, browser) = open_demo("en").await;
    browser.tap("[data-appointment] .btn").await;
    browser.sees("input[type=file]").await;
    let text = folder.path().join("note.jpg");
    std::fs::write(&text, "not a picture").unwrap();
    let input = browser.driver.find(thirtyfour::By::Css("input[type=file]")).await.unwrap();
    input.send_keys(text.to_str().unwrap()).await.unwrap();
    browser.reads("This file is not a picture").await;
    let large = folder.path().join("large.jpg");
    std::fs::write(&large, vec![0xff; 20 * 1024 * 1024 + 1]).unwrap();
    input.send_keys(large.to_str().unwrap()).await.unwrap();
    browser.reads("over 20 MB").await;
    let picture = folder.path().join("picture.png");
    std::fs::write(&picture, browser.driver.screenshot_as_png().await.unwrap()).unwrap();
    input.send_keys(picture.to_str().unwrap()).await.unwrap();
    browser.sees("[data-photo] img").await;
    browser.sees("[data-photo] [data-sent=true]").await;
    browser.sync("complete").await;
    browser.quit().await;
}
