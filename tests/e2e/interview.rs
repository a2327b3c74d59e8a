//! The fault interview: concerns in order of weight, questions, the sentence that is read back, and input
//! methods.

use serde_json::{Value, json};

use crate::browser::{Browser, open_demo};
use crate::reception::{ENGLISH, take_in};
use crate::recordings::{DEVICES, Tablet, record, runs_for, with_devices};
use crate::server::Server;

pub(crate) async fn to_the_interview(browser: &Browser) {
    browser.tap("[data-appointment] .btn").await;
    browser.sees(".steps").await;
    browser.tap(".steps a:nth-child(3)").await;
    browser.sees("[data-concern]").await;
}

/// A catalogue as release 0.1.0 kept it, in which there were no questions.
const OLD_CATALOGUE: &str = "return new Promise((done, failed) => { const r = indexedDB.open('lanepad'); r.onerror = failed; r.onsuccess = () => { const t = r.result.transaction('catalogue', 'readwrite'), s = t.objectStore('catalogue'), g = s.get('catalogue'); g.onsuccess = () => { const [catalogue, tag] = JSON.parse(g.result.text); const had = delete catalogue.interview && g.result.text.includes('interview'); s.put({ ...g.result, text: JSON.stringify([catalogue, tag]) }); t.oncomplete = () => { r.result.close(); done(had); }; }; }; })";

#[tokio::test]
async fn a_tablet_whose_catalogue_is_older_than_its_questions_asks_them_without_a_network() {
    let (_folder, server, browser) = open_demo("en").await;
    to_the_interview(&browser).await;
    browser.sync("complete").await;
    server.stop();
    assert_eq!(browser.js(OLD_CATALOGUE, vec![]).await, true);
    browser.driver.refresh().await.unwrap();
    browser.tap("[data-symptom=noise]").await;
    browser.counts("[data-question]", 8).await;
    choose(&browser, "often", &["Every time"]).await;
    browser.quit().await;
}

async fn choose(browser: &Browser, question: &str, words: &[&str]) {
    let tap = "const chip = [...document.querySelectorAll(`[data-question=${arguments[0]}] .chip`)].find(chip => chip.innerText.trim() === arguments[1]); chip?.click(); return chip !== undefined";
    let on = "return [...document.querySelectorAll(`[data-question=${arguments[0]}] .chip[aria-pressed=true]`)].some(chip => chip.innerText.trim() === arguments[1])";
    for word in words {
        browser.until(word, tap, vec![question.into(), (*word).into()]).await;
        browser.until(&format!("{word} chosen"), on, vec![question.into(), (*word).into()]).await;
    }
}

#[tokio::test]
async fn questions_are_answered_by_tapping_read_back_confirmed_and_no_more_once_one_is_changed() {
    let (_folder, _server, browser) = open_demo("zh-CN").await;
    to_the_interview(&browser).await;
    browser.tap("[data-symptom=noise]").await;
    browser.sees("[data-question=sound]").await;
    browser.counts("[data-question]", 8).await;
    browser.sees("[data-unasked=where]").await;
    choose(&browser, "where", &["右前轮"]).await;
    choose(&browser, "sound", &["咔哒"]).await;
    choose(&browser, "drive", &["转弯", "起步"]).await;
    choose(&browser, "since", &["一周内", "一个月内"]).await;
    browser.reads("先生，您说车有异响：在右前轮，是咔哒声，起步、转弯时，一个月内开始的。").await;
    browser.reads("8 问已答 4").await;
    // What is missing leads to where it is asked.
    browser.tap("[data-unasked=often]").await;
    let there = "return document.activeElement.closest('[data-question]')?.dataset.question";
    assert_eq!(browser.js(there, vec![]).await, "often");
    browser.tap("#confirm").await;
    browser.sees("#confirm[aria-pressed=true]").await;
    choose(&browser, "often", &["每次"]).await;
    browser.sees("#confirm[aria-pressed=false]").await;
    browser.sees("[data-stale]").await;
    browser.tap("#confirm").await;
    browser.sees("#confirm[aria-pressed=true]").await;
    choose(&browser, "speed", &["20 以下"]).await;
    choose(&browser, "temperature", &["冷车"]).await;
    choose(&browser, "repair", &["最近没修过"]).await;
    browser.sees("[data-all-asked]").await;
    browser.sees("[data-order] [data-complete=true]").await;
    // A second tap takes an answer back, and it is missing again.
    browser.tap("[data-question=repair] .chip[aria-pressed=true]").await;
    browser.sees("[data-unasked=repair]").await;
    browser.sync("complete").await;
    let stored = "return fetch(`/api/v1/dossiers/${location.hash.split('/').pop()}`).then(a => a.json()).then(d => d.entries.filter(e => e.core.change.concern_answered?.question === 'since').length)";
    assert_eq!(browser.js(stored, vec![]).await, 2, "one answer is one entry");
    browser.quit().await;
}

#[tokio::test]
async fn where_it_is_is_chosen_by_its_word_or_by_the_wheel_on_the_drawing_at_the_end_of_its_line() {
    let (_folder, _server, browser) = open_demo("en").await;
    to_the_interview(&browser).await;
    browser.tap("[data-symptom=noise]").await;
    browser.sees(".pick > svg.car").await;
    // The middle of a wheel: as high as its word, over the edge of the drawing.
    let wheel = "const word = document.querySelector('.pick [data-spot=' + arguments[0] + '] .chip'); word.scrollIntoView({ block: 'center' }); const r = word.getBoundingClientRect(), car = document.querySelector('.pick > svg').getBoundingClientRect(); const x = arguments[0].endsWith('f') ? car.left + 72 : car.right - 72; return [x, r.top + r.height / 2]";
    let tap_wheel = async |spot: &str| {
        let at = browser.js(wheel, vec![spot.into()]).await;
        let hit =
            "return document.elementFromPoint(...arguments[0])?.closest('[data-spot]')?.dataset.spot ?? null";
        assert_eq!(browser.js(hit, vec![at.clone()]).await, spot, "the wheel is no part of its word");
        browser.js("document.elementFromPoint(...arguments[0]).click()", vec![at]).await;
    };
    for spot in ["rf", "lf", "rr", "lr"] {
        tap_wheel(spot).await;
        browser.sees(&format!(".pick [data-spot={spot}] [aria-pressed=true]")).await;
    }
    for spot in ["lf", "rr"] {
        tap_wheel(spot).await;
        browser.sees(&format!(".pick [data-spot={spot}] [aria-pressed=false]")).await;
    }
    // The word in the middle lies upon the drawing.
    let upon = "const r = document.querySelector('.pick [data-spot=inside] .chip').getBoundingClientRect(); return document.elementFromPoint(r.left + r.width / 2, r.top + r.height / 2)?.closest('[data-spot]')?.dataset.spot ?? null";
    assert_eq!(browser.js(upon, vec![]).await, "inside", "the drawing lies over its word");
    choose(&browser, "where", &["Underbody"]).await;
    browser.reads("at the right front wheel and left rear wheel and underbody").await;
    browser.quit().await;
}

#[tokio::test]
async fn a_number_that_cannot_be_is_refused_with_a_sentence_and_stays_in_its_field() {
    let (_folder, _server, browser) = open_demo("en").await;
    to_the_interview(&browser).await;
    browser.tap("[data-symptom=starting]").await;
    browser.fill("[data-question=parked] input", "ten").await;
    browser.reads("Enter a whole number from 0 to 9999.").await;
    assert_eq!(browser.value("[data-question=parked] input").await, "ten");
    browser.fill("[data-question=parked] input", "１０").await;
    browser.reads("after 10 hours parked").await;
    browser.quit().await;
}

#[tokio::test]
async fn concerns_are_put_in_order_of_weight_withdrawn_and_brought_back() {
    let (_folder, _server, browser) = open_demo("en").await;
    to_the_interview(&browser).await;
    browser.counts("[data-order]", 1).await;
    for (words, concerns) in [("It smells of must", 2), ("The brakes squeak", 3)] {
        browser.fill("textarea[id$=-concern]", words).await;
        browser.counts("[data-concern]", concerns).await;
    }
    let order = "return [...document.querySelectorAll('[data-order] b')].map(b => b.innerText).join(' / ')";
    let first = browser.js(order, vec![]).await.as_str().unwrap().split(" / ").next().unwrap().to_owned();
    let reads = |order: &str| -> (String, Vec<Value>) {
        let script = "return [...document.querySelectorAll('[data-order] b')].map(b => b.innerText).join(' / ') === arguments[0]";
        (script.to_owned(), vec![order.into()])
    };
    let until = async |wanted: String| {
        let (script, arguments) = reads(&wanted);
        browser.until(&wanted, &script, arguments).await;
    };
    until(format!("{first} / It smells of must / The brakes squeak")).await;
    let sizes = "return [...document.querySelectorAll('[data-up], [data-down]')].every(b => b.offsetWidth >= 48 && b.offsetHeight >= 48)";
    assert_eq!(browser.js(sizes, vec![]).await, true, "too small for a thumb");
    browser.tap("[data-order]:nth-of-type(3) [data-up]").await;
    until(format!("{first} / The brakes squeak / It smells of must")).await;
    browser.tap("#bring-back").await;
    until(format!("{first} / It smells of must / The brakes squeak")).await;
    browser.tap("[data-order]:nth-of-type(1) [data-down]").await;
    until(format!("It smells of must / {first} / The brakes squeak")).await;
    // Withdrawn with one tap, brought back with one; its words and its place are as they were.
    browser.tap("[data-concern]:nth-of-type(1) [data-withdraw]").await;
    until(format!("{first} / The brakes squeak")).await;
    browser.tap("#bring-back").await;
    until(format!("It smells of must / {first} / The brakes squeak")).await;
    browser.quit().await;
}

#[tokio::test]
async fn routine_service_with_one_tap_is_a_fault_description() {
    let (_folder, _server, browser) = open_demo("en").await;
    to_the_interview(&browser).await;
    browser.tap("[data-concern] [data-withdraw]").await;
    let lacks = "return document.querySelector('.why').innerText.includes(\"customer's words\")";
    browser.until("what is missing", lacks, vec![]).await;
    browser.tap("#routine").await;
    browser
        .until(
            "nothing missing",
            "return !document.querySelector('.why').innerText.includes(\"customer's words\")",
            vec![],
        )
        .await;
    browser.sees("[data-open=true] [data-question=due]").await;
    browser.until("once only", "return document.querySelector('#routine') === null", vec![]).await;
    browser.quit().await;
}

/// What an input method does while it holds letters: it composes, and each state of them is an input.
const COMPOSE: &str = "const e = document.querySelector(arguments[0]); e.focus(); e.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true })); for (const text of arguments[1]) { e.value = text; e.dispatchEvent(new InputEvent('input', { bubbles: true, isComposing: true, inputType: 'insertCompositionText', data: text })); } return true";
const COMPOSED: &str = "const e = document.querySelector(arguments[0]); e.value = arguments[1]; e.dispatchEvent(new InputEvent('input', { bubbles: true, isComposing: true, data: arguments[1] })); e.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true, data: arguments[1] })); return true";

#[tokio::test]
async fn left_in_the_middle_of_an_input_methods_sentence_a_field_writes_it_once_and_whole() {
    let (_folder, _server, browser) = open_demo("zh-CN").await;
    to_the_interview(&browser).await;
    let new = "textarea[id$=-concern]";
    browser.js(COMPOSE, vec![new.into(), json!(["z", "zuo", "zuo zhuan"])]).await;
    browser.js("document.querySelector(arguments[0]).blur()", vec![new.into()]).await;
    // Some input methods end only now.
    browser.js(COMPOSED, vec![new.into(), "左转".into()]).await;
    browser.counts("[data-concern]", 2).await;
    let words = "return [...document.querySelectorAll('[data-concern] textarea')].map(e => e.value)[1]";
    assert_eq!(browser.js(words, vec![]).await, "左转");
    assert_eq!(browser.value(new).await, "", "it stands doubled in the field for the next one");
    browser.quit().await;
}

#[tokio::test]
async fn a_language_switched_in_the_middle_of_an_input_methods_sentence_loses_and_doubles_nothing() {
    let (_folder, _server, browser) = open_demo("zh-CN").await;
    to_the_interview(&browser).await;
    let here = browser.js("return location.hash", vec![]).await;
    let new = "textarea[id$=-concern]";
    browser.fill(new, "刹车响").await;
    browser.counts("[data-concern]", 2).await;
    browser.js(COMPOSE, vec![new.into(), json!(["p", "pian", "偏"])]).await;
    browser.js("location.hash = '#/settings'", vec![]).await;
    browser.tap_word("English").await;
    browser.reads("Settings").await;
    browser.js("location.hash = arguments[0]", vec![here]).await;
    browser
        .until(
            "what was typed",
            "return document.querySelector(arguments[0])?.value === '偏'",
            vec![new.into()],
        )
        .await;
    browser.counts("[data-concern]", 2).await;
    browser.js(COMPOSE, vec![new.into(), json!(["偏z", "偏zuo"])]).await;
    browser.js(COMPOSED, vec![new.into(), "偏左".into()]).await;
    browser.js("document.querySelector(arguments[0]).blur()", vec![new.into()]).await;
    browser.counts("[data-concern]", 3).await;
    let words = "return [...document.querySelectorAll('[data-concern] textarea')].map(e => e.value).slice(1)";
    assert_eq!(browser.js(words, vec![]).await, json!(["刹车响", "偏左"]));
    browser.quit().await;
}

#[tokio::test]
async fn the_form_prints_concerns_in_order_with_their_summaries_on_one_page() {
    let Tablet { browser, .. } = with_devices("zh-CN").await;
    browser.tap("[data-symptom=noise]").await;
    for (question, word) in [("where", "右前轮"), ("sound", "咔哒"), ("often", "每次"), ("since", "一个月内")]
    {
        choose(&browser, question, &[word]).await;
    }
    browser.tap("#confirm").await;
    browser.sees("#confirm[aria-pressed=true]").await;
    record(&browser, "sound", 1).await;
    browser.sees("[data-recording]").await;
    browser.tap("#routine").await;
    browser.sees("[data-open=true] [data-question=due]").await;
    choose(&browser, "due", &["机油机滤"]).await;
    let dossier = browser.js("return location.hash.split('/').pop()", vec![]).await;
    browser.js("location.hash = '#/paper/' + arguments[0]", vec![dossier]).await;
    browser.sees("#pages .page").await;
    for words in [
        "车有异响：在右前轮，是咔哒声",
        "已念给顾客听，顾客说对",
        "另有录音 1 段",
        "来做常规保养：做机油机滤",
    ] {
        browser.reads(words).await;
    }
    assert_eq!(browser.js("return document.querySelectorAll('#pages .page').length", vec![]).await, 1);
    browser.quit().await;
}

/// Pictures of the screen, to be looked at.
#[tokio::test]
#[ignore = "writes pictures; run by hand"]
async fn pictures_of_the_interview() {
    let target = std::env::temp_dir().join("interview-pictures");
    std::fs::create_dir_all(&target).unwrap();
    for (language, words, size, theme) in [
        ("zh-CN", &crate::reception::CHINESE, (1180, 820), "light"),
        ("en", &ENGLISH, (1180, 820), "dark"),
        ("zh-CN", &crate::reception::CHINESE, (820, 1180), "dark"),
        ("en", &ENGLISH, (820, 1180), "light"),
        ("zh-CN", &crate::reception::CHINESE, (1180, 820), "sunlight"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let server = Server::start_with(&folder.path().join("data"), &["--demo"]);
        let browser = Browser::start_with(&folder.path().join("profile"), size, DEVICES).await;
        browser.first_open(&server.address, language, theme).await;
        take_in(&browser, words).await;
        browser.tap(".steps a:nth-child(3)").await;
        browser.sees("[data-concern]").await;
        let shoot = async |name: &str| {
            let file = target.join(format!("{language}-{}-{theme}-{name}.png", size.0));
            browser.driver.screenshot(&file).await.unwrap();
        };
        shoot("1-begun").await;
        browser.tap("[data-symptom=noise]").await;
        browser.sees("[data-question=sound]").await;
        for question in ["where", "sound", "drive", "often", "since"] {
            browser.tap(&format!("[data-question={question}] .chip")).await;
            browser.sees(&format!("[data-question={question}] [aria-pressed=true]")).await;
        }
        browser.fill("textarea[id$=-concern]", language_words(language)).await;
        browser.counts("[data-concern]", 2).await;
        browser.tap("[data-order]:first-of-type .iv-go").await;
        browser.sees("[data-question=sound]").await;
        browser.js("document.querySelector('.main').scrollTo(0, 0)", vec![]).await;
        shoot("2-asked").await;
        browser.tap("[data-open=true] [data-record=memo]").await;
        browser.tap("[data-heard=customer]").await;
        browser.sees("[data-consent]").await;
        browser.js("document.querySelector('.main').scrollTo(0, 0)", vec![]).await;
        shoot("3-consent").await;
        browser.tap("[data-consents=yes]").await;
        runs_for(&browser, 1).await;
        shoot("4-recording").await;
        browser.tap("[data-recording-now] [data-stop]").await;
        browser.sees("[data-recording]").await;
        record(&browser, "video", 1).await;
        browser.counts("[data-recording]", 2).await;
        browser.tap("#confirm").await;
        browser.sees("#confirm[aria-pressed=true]").await;
        browser.js("document.querySelector('.main').scrollTo(0, 0)", vec![]).await;
        shoot("5-confirmed").await;
        browser
            .js("document.querySelector('[data-record=video]').scrollIntoView({block: 'center'})", vec![])
            .await;
        shoot("6-recorded").await;
        browser.quit().await;
    }
}

fn language_words(language: &str) -> &'static str {
    if language == "en" { "The air conditioning smells of must" } else { "空调一开有股霉味" }
}
