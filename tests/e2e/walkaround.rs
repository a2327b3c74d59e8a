//! Marks and zones on the drawing, and on the paper.

use lanepad::diagram::{Body, centre, path, zone, zones};
use serde_json::{Value, json};

use crate::browser::{Browser, open_demo};

async fn tap_zone(browser: &Browser, id: &str) {
    let (x, y) = centre(Body::Sedan, zone(Body::Sedan, id).expect("a zone"));
    browser.tap_car(f64::from(x) / 10.0, f64::from(y) / 10.0).await;
}

/// The same, with the visit's id.
async fn to_the_car(browser: &Browser) -> Value {
    crate::reception::to_the_car(browser).await;
    browser.js("return location.hash.split('/').pop()", vec![]).await
}

/// Class, place and number of every mark on the drawing.
const MARKS: &str = "return JSON.stringify([...document.querySelectorAll('.carbox [data-mark]')].map(m => [m.getAttribute('class'), m.getAttribute('transform'), m.querySelector('.no').textContent]))";

async fn marks(browser: &Browser) -> Vec<[String; 3]> {
    let text = browser.js(MARKS, vec![]).await;
    serde_json::from_str(text.as_str().unwrap()).unwrap()
}

async fn waits_for_marks(browser: &Browser, what: &str, wanted: &[[String; 3]]) {
    let wanted = serde_json::to_string(wanted).unwrap();
    browser.until(what, &format!("{MARKS} === arguments[0]"), vec![wanted.into()]).await;
}

#[tokio::test]
async fn a_mark_is_set_changed_moved_withdrawn_and_put_back_on_the_drawing() {
    let (_folder, _server, browser) = open_demo("en").await;
    let dossier = to_the_car(&browser).await;
    tap_zone(&browser, "LFD").await;
    browser.sees("[data-kind=scratch][aria-pressed=true]").await;
    let set = marks(&browser).await;
    assert_eq!((set.len(), set[0][0].as_str(), set[0][2].as_str()), (1, "mk l", "1"));
    browser.tap("[data-kind=crack]").await;
    browser.sees("[data-kind=crack][aria-pressed=true]").await;
    browser.tap_word("Severe").await;
    let mut changed = set.clone();
    changed[0][0] = "mk h".into();
    waits_for_marks(&browser, "a severe mark", &changed).await;
    browser.fill("input[id^=f-mark-]", "5 cm, to the metal").await;

    browser.tap("#move").await;
    browser.sees(".carbox.moving").await;
    tap_zone(&browser, "RFD").await;
    browser
        .until(
            "the mark's new zone",
            "return document.querySelector('.zt')?.innerText.includes('ight')",
            vec![],
        )
        .await;
    let moved = marks(&browser).await;
    assert!(moved.len() == 1 && moved[0][0] == "mk h" && moved[0][1] != set[0][1], "not moved: {moved:?}");

    browser.tap("#withdraw").await;
    waits_for_marks(&browser, "no mark", &[]).await;
    browser.tap("#bring-back").await;
    waits_for_marks(&browser, "the mark as it was", &moved).await;

    // A second one has the next number; a tap on the first opens it with all that was said.
    tap_zone(&browser, "GR").await;
    browser.sees("[data-kind=scratch][aria-pressed=true]").await;
    assert_eq!(marks(&browser).await.iter().map(|mark| mark[2].as_str()).collect::<Vec<_>>(), ["1", "2"]);
    browser.driver.refresh().await.unwrap();
    browser.sees(".carbox [data-mark]").await;
    tap_zone(&browser, "RFD").await;
    browser.sees("[data-kind=crack][aria-pressed=true]").await;
    assert_eq!(browser.value("input[id^=f-mark-]").await, "5 cm, to the metal");
    assert_eq!(marks(&browser).await.len(), 2, "a tap on a mark set another");

    browser.js("location.hash = '#/paper/' + arguments[0]", vec![dossier]).await;
    browser.sees("#pages .marks").await;
    let paper = browser.js("return document.querySelector('#pages').innerText", vec![]).await;
    for said in ["Crack", "5 cm, to the metal", "Scratch"] {
        assert!(paper.as_str().unwrap().contains(said), "{said} is not on the paper: {paper}");
    }
    browser.quit().await;
}

#[tokio::test]
async fn a_zone_that_nobody_looked_at_differs_from_one_without_damage_on_screen_and_on_paper() {
    let (_folder, _server, browser) = open_demo("en").await;
    let dossier = to_the_car(&browser).await;
    let state = "return [...document.querySelectorAll('.carbox [data-zone]')].map(z => [z.dataset.zone, z.dataset.z, getComputedStyle(z).fill])";
    let here = browser
        .until(
            "the first zone",
            "return document.querySelector('.carbox [data-z=now]')?.dataset.zone",
            vec![],
        )
        .await;
    let untouched = browser.js(state, vec![]).await;
    assert_eq!(untouched.as_array().unwrap().len(), zones(Body::Sedan).len());
    assert!(
        untouched
            .as_array()
            .unwrap()
            .iter()
            .all(|zone| ["now", "next", "todo"].contains(&zone[1].as_str().unwrap())),
        "a zone that nobody looked at looks done: {untouched}"
    );
    browser.tap("#group-good").await;
    browser.tap("#next").await;
    browser
        .until(
            "the next zone",
            "return document.querySelector(`.carbox [data-zone=${arguments[0]}]`)?.dataset.z === ''",
            vec![here.clone()],
        )
        .await;
    let zones_now = browser.js(state, vec![]).await;
    let fill_of = |state: &str| {
        zones_now.as_array().unwrap().iter().find(|zone| zone[1] == state).map(|zone| zone[2].clone())
    };
    assert_eq!(zones_now.as_array().unwrap().iter().filter(|zone| zone[1] == "").count(), 1);
    assert_ne!(fill_of(""), fill_of("todo"), "looked at and not looked at are drawn alike");

    let hatched = "return [...document.querySelectorAll('#pages .unfolded path[fill=\"url(#unlooked)\"]')].map(p => p.getAttribute('d'))";
    browser.js("location.hash = '#/paper/' + arguments[0]", vec![dossier.clone()]).await;
    browser.sees("#pages .unfolded").await;
    let on_paper = browser.js(hatched, vec![]).await;
    let wanted: Vec<&str> = zones(Body::Sedan)
        .iter()
        .filter(|zone| json!(zone.id) != here)
        .map(|zone| path(Body::Sedan, zone))
        .collect();
    let mut drawn: Vec<&str> =
        on_paper.as_array().unwrap().iter().map(|path| path.as_str().unwrap()).collect();
    let mut expected = wanted.clone();
    drawn.sort_unstable();
    expected.sort_unstable();
    assert_eq!(drawn, expected, "the paper hatches other zones than nobody looked at");
    browser.reads("zones looked at").await;
    browser.reads("not looked at").await;

    browser.js("location.hash = '#/walkaround/' + arguments[0]", vec![dossier.clone()]).await;
    browser.tap("#rest-good").await;
    browser.until("all zones", "return document.querySelector('#rest-good').disabled", vec![]).await;
    browser.js("location.hash = '#/paper/' + arguments[0]", vec![dossier]).await;
    browser.sees("#pages .unfolded").await;
    assert_eq!(browser.js(hatched, vec![]).await, json!([]));
    browser.quit().await;
}

#[tokio::test]
async fn what_did_not_change_keeps_its_place_in_the_page_its_focus_and_what_is_typed() {
    let (_folder, _server, browser) = open_demo("en").await;
    to_the_car(&browser).await;
    // A note of the first item is being typed while the second is graded.
    let grade = "const row = document.querySelectorAll('.item')[arguments[0]]; row.querySelector('.grade[data-g=' + arguments[1] + ']').click(); return true";
    browser.js(grade, vec![0.into(), "warn".into()]).await;
    browser.sees(".item-note input").await;
    let mark = "const field = document.querySelector('.item-note input'); field.focus(); document.execCommand('insertText', false, 'worn at the'); field.setSelectionRange(4, 4); for (const e of document.querySelectorAll('.item, .item-note input, .chip, .zone, .steps a, .act button')) e.stays = true; return true";
    browser.js(mark, vec![]).await;
    browser.js(grade, vec![1.into(), "bad".into()]).await;
    browser.sees(".item .grade[data-g=bad][aria-pressed=true]").await;
    let kept = "const field = document.activeElement; return [field.value, field.selectionStart, field.stays === true, ...['.item', '.chip', '.zone', '.steps a', '.act button'].map(css => [...document.querySelectorAll(css)].every(e => e.stays))]";
    assert_eq!(
        browser.js(kept, vec![]).await,
        json!(["worn at the", 4, true, true, true, true, true, true]),
        "drawn anew under the finger"
    );
    browser.quit().await;
}

#[tokio::test]
async fn where_a_note_opens_no_item_moves_under_the_finger() {
    let (_folder, _server, browser) = open_demo("en").await;
    to_the_car(&browser).await;
    let places = "return [...document.querySelectorAll('.item')].map(row => row.getBoundingClientRect().top)";
    let before = browser.js(places, vec![]).await;
    for (at, grade) in [(0, "bad"), (1, "warn")] {
        let tap = "document.querySelectorAll('.item')[arguments[0]].querySelector(`.grade[data-g=${arguments[1]}]`).click(); return true";
        browser.js(tap, vec![at.into(), grade.into()]).await;
        let notes = "return document.querySelectorAll('.item-note input').length === arguments[0]";
        browser.until("the note", notes, vec![(at + 1).into()]).await;
        assert_eq!(browser.js(places, vec![]).await, before, "an item moved where a note opened");
    }
    browser.quit().await;
}

#[tokio::test]
async fn a_row_that_stays_is_not_drawn_anew_where_another_comes() {
    let (_folder, _server, browser) = open_demo("en").await;
    browser.tap("[data-appointment] .btn").await;
    browser.sees("#correct-plate").await;
    browser.tap(".steps a:nth-child(3)").await;
    let count = "return document.querySelectorAll('[data-concern]').length === arguments[0]";
    browser.until("the wish of the appointment", count, vec![1.into()]).await;
    browser.js("document.querySelector('[data-concern]').stays = true", vec![]).await;
    browser.fill("textarea[id$=concern]", "It pulls to the left").await;
    browser.until("a second concern", count, vec![2.into()]).await;
    let kept = "const all = [...document.querySelectorAll('[data-concern]')]; return [all[0].stays === true, all[1].stays === true, all[1].querySelector('textarea').value]";
    assert_eq!(browser.js(kept, vec![]).await, json!([true, false, "It pulls to the left"]));
    browser.quit().await;
}

#[tokio::test]
async fn an_answer_is_painted_with_the_word_that_it_is_on_this_tablet_only() {
    let (_folder, _server, browser) = open_demo("en").await;
    to_the_car(&browser).await;
    browser.sync("complete").await;
    let painted = "return new Promise(done => { const button = document.querySelector('.grade[data-g=good]'); new MutationObserver(() => requestAnimationFrame(() => done(document.querySelector('.sync [data-sync]').dataset.sync))).observe(button, { attributes: true }); button.click(); })";
    assert_eq!(browser.js(painted, vec![]).await, "on_this_tablet", "a word is older than the answer");
    browser.quit().await;
}
