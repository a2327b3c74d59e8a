//! Customer mode page by page, who signs as what, refusing, and signing by hand.

use serde_json::json;
use thirtyfour::By;

use crate::browser::{Browser, open_demo, open_demo_as};
use crate::papers::text_of_pages;
use crate::photos::take_photo;
use crate::pictures::drawn;
use crate::reception::{CHINESE, ENGLISH, Words, sign_both, take_in};

const PAGES: [&str; 5] = ["car", "outside", "kept", "words", "sign"];

async fn on_page(browser: &Browser, page: &str) {
    browser.sees(&format!(".cm[data-page={page}]")).await;
}

/// In customer mode, on the first page.
async fn hand_over(browser: &Browser, words: &Words) {
    take_in(browser, words).await;
    browser.tap("#next").await;
    on_page(browser, "car").await;
}

#[tokio::test]
async fn the_customer_sees_page_by_page_what_is_on_the_form_and_the_next_step_stays_where_it_is() {
    let (_folder, _server, browser) = open_demo(ENGLISH.tag).await;
    hand_over(&browser, &ENGLISH).await;
    let corner = "const r = document.querySelector('.cm .btn.pri').getBoundingClientRect(); return [Math.round(r.right), Math.round(r.bottom)]";
    let first = browser.js(corner, vec![]).await;
    for (at, (page, said)) in PAGES
        .into_iter()
        .zip([
            &["LGX CE4CB8", "38,412 km", "64 %", "Seat"][..],
            &["Dent", "All 37 zones looked at"],
            &["Keys", "Warning triangle", "reminded to take them"],
            &["早上起步有咔咔声"],
            &["repair records are kept for 6 years", "I have checked the above", "陈志远", "Owner"],
        ])
        .enumerate()
    {
        on_page(&browser, page).await;
        let text = browser.js("return document.querySelector('.cm').innerText", vec![]).await;
        let text = text.as_str().unwrap();
        for said in said {
            let said = *said;
            assert!(
                text.contains(said) || said == "Warning triangle" || said == "Keys" && text.contains("none"),
                "{said} is not on page {page}: {text}"
            );
        }
        assert!(text.contains(&format!("Page {} of 5", at + 1)), "{text}");
        assert_eq!(browser.js(corner, vec![]).await, first, "the next step has moved on page {page}");
        // The customer sees neither the advisor's tools nor whether anything is sent.
        let tools = "return document.querySelectorAll('.cm :is(a, .rail, .sync, input[type=file])').length";
        assert_eq!(browser.js(tools, vec![]).await, 0);
        if page != "sign" {
            browser.tap("#seen").await;
        }
    }
    browser.tap("#page-before").await;
    on_page(&browser, "words").await;
    browser.quit().await;
}

#[tokio::test]
async fn the_page_that_was_reached_stays_through_a_reload_and_the_back_gesture() {
    let (_folder, _server, browser) = open_demo(ENGLISH.tag).await;
    hand_over(&browser, &ENGLISH).await;
    browser.tap("#seen").await;
    on_page(&browser, "outside").await;
    browser.tap("#seen").await;
    on_page(&browser, "kept").await;
    for way in ["history.back()", "location.hash = '#/board'", "location.hash = ''"] {
        let go = format!(
            "return new Promise(done => {{ addEventListener('hashchange', () => setTimeout(() => done(true)), {{ once: true }}); {way} }})"
        );
        browser.js(&go, vec![]).await;
        browser.until("customer mode", "return location.hash.startsWith('#/sign/')", vec![]).await;
        on_page(&browser, "kept").await;
    }
    browser.driver.refresh().await.unwrap();
    on_page(&browser, "kept").await;
    browser.quit().await;
}

/// Before they are an entry, words are a draft that its field commits when it is left.
const WORDED: &str = "return new Promise(done => { const open = indexedDB.open('lanepad'); open.onsuccess = () => { const rows = open.result.transaction('entries').objectStore('entries').getAll(); rows.onsuccess = () => { open.result.close(); done(rows.result.some(row => row.core.includes('question_worded'))); }; }; })";

#[tokio::test]
async fn a_question_is_noted_blocks_nothing_and_the_advisor_sees_and_answers_it() {
    let (_folder, _server, browser) = open_demo(ENGLISH.tag).await;
    hand_over(&browser, &ENGLISH).await;
    browser.tap("#seen").await;
    on_page(&browser, "outside").await;
    // Two taps in a hurry are one question.
    browser.js("const b = document.querySelector('#ask'); b.click(); b.click();", vec![]).await;
    browser.sees(".cm-ask").await;
    browser.fill("textarea[id^=f-question]", "Was this dent not there before?").await;
    browser.tap("#read-on").await;
    browser.until("the words as an entry", WORDED, vec![]).await;
    // Reloaded in the middle, it is still there.
    browser.driver.refresh().await.unwrap();
    on_page(&browser, "outside").await;
    browser.tap("#ask").await;
    let words = "return document.querySelector('textarea[id^=f-question]')?.value === 'Was this dent not there before?'";
    browser.until("what was asked", words, vec![]).await;
    browser.tap("#read-on").await;
    browser.look_through().await;
    browser.sign().await;
    browser.tap("#sign").await;
    browser.give_back().await;
    let questions = "return document.querySelectorAll('.gap[data-question]').length";
    browser.until("one question", &format!("{questions} === 1"), vec![]).await;
    browser.reads("Was this dent not there before?").await;
    browser.tap(".gap[data-question] .btn").await;
    browser.until("no question", &format!("{questions} === 0"), vec![]).await;
    browser.sees("#next").await;
    let signed = browser.js("return document.querySelector('[data-signed]')?.innerText ?? ''", vec![]).await;
    assert!(!signed.as_str().unwrap().contains("Added after"), "a question changes no paper: {signed}");
    browser.quit().await;
}

#[tokio::test]
async fn somebody_with_authority_signs_under_their_own_name_and_the_paper_says_as_what() {
    let (folder, _server, browser) = open_demo(CHINESE.tag).await;
    take_in(&browser, &CHINESE).await;
    browser.sees("[data-who-signs]").await;
    browser.tap_word("受托人").await;
    browser.sees("input[id$=-signer]").await;
    browser.until("a gap", "return document.querySelector('#next').disabled", vec![]).await;
    browser.fill("input[id$=-signer]", "").await;
    browser.fill("input[id$=-signer]", &"长".repeat(65)).await;
    browser.reads("最多 64").await;
    browser.fill("input[id$=-signer]", "王芳").await;
    browser.fill("input[id$=-authority]", "车主电话同意").await;
    let picture = drawn(&browser, 400, 300).await;
    take_photo(&browser, &folder.path().join("letter.jpg"), &picture).await;
    browser.sees("[data-who-signs] [data-photo] img").await;
    browser.tap("#next").await;
    browser.look_through().await;
    browser.reads("王芳，请您核对后签名").await;
    browser.reads("受托人").await;
    browser.sign().await;
    browser.tap("#sign").await;
    browser.give_back().await;
    browser.reads("王芳，受托人").await;
    browser.tap("#next").await;
    browser.sign().await;
    browser.tap("#sign").await;
    browser.sees("#pages .sign .ink path").await;
    let pdf = folder.path().join("paper.pdf");
    let paper = text_of_pages(&browser, &pdf).await;
    keep(&pdf, "authorised");
    for said in ["受托人　王芳", "车主电话同意。照片1", "陈志远先生，车主本人"] {
        assert!(
            paper.contains(&said.replace('　', "")) || paper.contains(said),
            "{said} is missing:\n{paper}"
        );
    }
    browser.quit().await;
}

/// To be looked at: LANEPAD_PAPERS names a folder.
fn keep(pdf: &std::path::Path, name: &str) {
    if let Some(kept) = std::env::var_os("LANEPAD_PAPERS") {
        std::fs::copy(pdf, std::path::Path::new(&kept).join(format!("{name}.pdf"))).unwrap();
    }
}

#[tokio::test]
async fn a_refusal_says_what_is_missing_then_closes_the_form_with_a_witness_and_a_paper_of_its_own() {
    let (folder, _server, browser) = open_demo(CHINESE.tag).await;
    take_in(&browser, &CHINESE).await;
    browser.tap("#other-ways").await;
    browser.tap_word("拒绝签名").await;
    browser.sees("[data-refusal]").await;
    browser.tap("#sign").await;
    browser.reads("还缺：原因、全文念读了吗、见证人").await;
    browser.tap_word("不认可损伤记录").await;
    browser.fill("textarea[id$=-refusal]", &"长".repeat(201)).await;
    browser.reads("最多 200").await;
    browser.fill("textarea[id$=-refusal]", "顾客认为标记 1 不是本次停车前的损伤").await;
    browser.tap_word("已念读").await;
    let own = browser.js("return document.querySelector('[data-witnesses]').innerText", vec![]).await;
    assert!(!own.as_str().unwrap().contains("林晓彤"), "nobody is their own witness: {own}");
    let chosen = "return document.querySelectorAll('.chip[aria-pressed=true]').length === arguments[0]";
    browser.until("the reason", chosen, vec![1.into()]).await;
    browser.tap("[data-witnesses] .chip").await;
    browser.until("the witness", chosen, vec![2.into()]).await;
    let picture = drawn(&browser, 400, 300).await;
    take_photo(&browser, &folder.path().join("scene.jpg"), &picture).await;
    browser.sees("[data-refusal] [data-photo] img").await;
    browser.tap("#sign").await;
    browser.reads("还没有签名").await;
    // What was noted stays through a reload.
    browser.driver.refresh().await.unwrap();
    browser.until("what was noted", chosen, vec![2.into()]).await;
    browser.sign().await;
    browser.tap("#sign").await;
    browser.sees("#pages .sign .refused").await;
    let pdf = folder.path().join("paper.pdf");
    let paper = text_of_pages(&browser, &pdf).await;
    keep(&pdf, "refused");
    for said in
        ["拒绝签名", "标记1不是本次停车前的损伤", "已当面念读全文", "照片1", "见证人", "已出示，未获签名"]
    {
        assert!(paper.contains(said), "{said} is not on the paper:\n{paper}");
    }
    assert!(!paper.contains("我已核对"), "a paper that was refused says that it was agreed:\n{paper}");
    // The visit goes on like a signed one, and is marked.
    browser.tap(".steps a:nth-child(4)").await;
    browser.sees("[data-closing]").await;
    browser.sees("#sign-after-all").await;
    browser.tap("#next").await;
    // The next step is the estimate; the board says where the visit stands.
    browser.tap(".rail .home").await;
    browser.reads("已接车").await;
    browser.reads("拒签").await;
    browser.quit().await;
}

#[tokio::test]
async fn a_form_signed_by_hand_is_printed_with_an_empty_line_and_kept_as_a_photo() {
    let (folder, _server, browser) = open_demo(ENGLISH.tag).await;
    take_in(&browser, &ENGLISH).await;
    browser.tap("#other-ways").await;
    browser.tap("#sign").await;
    browser.sees(".sign-form [data-pad]").await;
    browser.sign().await;
    browser.tap("#sign").await;
    browser.sees("#pages .sign .ink path").await;
    let lines = "return [...document.querySelectorAll('#pages .sign .ln')].map(l => l.childElementCount)";
    assert_eq!(browser.js(lines, vec![]).await, json!([0, 1]), "the customer's line is empty");
    let title = "window.print = () => { window.printed = document.title }; document.querySelector('#print').click(); return window.printed";
    let title = browser.js(title, vec![]).await;
    assert!(title.as_str().unwrap().ends_with("_v1_粤BD12345_接车登记表_zh-en"), "{title}");
    browser.tap(".steps a:nth-child(4)").await;
    browser.sees("#next input[type=file]").await;
    let no_picture = folder.path().join("note.jpg");
    std::fs::write(&no_picture, "no picture").unwrap();
    let input = browser.driver.find(By::Css("#next input[type=file]")).await.unwrap();
    input.send_keys(no_picture.to_str().unwrap()).await.unwrap();
    browser.reads("This file is not a picture").await;
    let picture = drawn(&browser, 400, 300).await;
    take_photo(&browser, &folder.path().join("sheet.jpg"), &picture).await;
    browser.reads("Signed page kept").await;
    browser.sync("complete").await;
    browser.tap("#next").await;
    // The next step is the estimate; the board says where the visit stands.
    browser.tap(".rail .home").await;
    browser.reads("Checked in").await;
    browser.reads("On paper").await;
    browser.quit().await;
}

/// Strokes on the glass as pixels of the screen: how many, and the box round them relative to the pad.
const INK: &str = "const pad = document.querySelector('[data-pad]').getBoundingClientRect(), ink = [...document.querySelectorAll('[data-pad] .ink path')].map(p => p.getBoundingClientRect()); const l = Math.min(...ink.map(r => r.left)), r = Math.max(...ink.map(r => r.right)), t = Math.min(...ink.map(r => r.top)), b = Math.max(...ink.map(r => r.bottom)); return { count: ink.length, inside: l >= pad.left && r <= pad.right && t >= pad.top && b <= pad.bottom, shape: (r - l) / (b - t), right: r }";

#[tokio::test]
async fn turning_the_tablet_in_the_middle_of_a_signature_keeps_every_stroke_in_shape() {
    let (_folder, _server, browser) = open_demo(ENGLISH.tag).await;
    hand_over(&browser, &ENGLISH).await;
    browser.look_through().await;
    browser.sign().await;
    let before = browser.js(INK, vec![]).await;
    browser.size((820, 1180)).await;
    browser.until("upright", "return innerWidth === 820", vec![]).await;
    let turned = browser.js(INK, vec![]).await;
    assert_eq!((&turned["count"], &turned["inside"]), (&before["count"], &json!(true)), "{turned}");
    let shape = |ink: &serde_json::Value| ink["shape"].as_f64().unwrap();
    assert!((shape(&turned) / shape(&before) - 1.0).abs() < 0.05, "stretched: {before} {turned}");
    // Going on draws where the finger is: the second half reaches further right than the first.
    browser.sign().await;
    let more = browser.js(INK, vec![]).await;
    assert_eq!(more["inside"], true, "{more}");
    assert!(more["count"].as_u64() > turned["count"].as_u64());
    browser.tap("#sign").await;
    browser.sees(".thanks").await;
    browser.quit().await;
}

/// One touch after the other by real input events: kind, and where each finger is with its radius.
async fn touch(browser: &Browser, kind: &str, fingers: &[(i64, i64, i64, u32)]) {
    let points: Vec<_> = fingers
        .iter()
        .map(|(id, x, y, radius)| json!({ "id": id, "x": x, "y": y, "radiusX": radius, "radiusY": radius, "force": 0.5 }))
        .collect();
    browser.cdp("Input.dispatchTouchEvent", json!({ "type": kind, "touchPoints": points })).await;
}

#[tokio::test]
async fn a_second_finger_and_the_ball_of_the_hand_draw_nothing_and_no_line_joins_two_fingers() {
    let (_folder, _server, browser) = open_demo(ENGLISH.tag).await;
    hand_over(&browser, &ENGLISH).await;
    browser.look_through().await;
    let pad = browser.js("const r = document.querySelector('[data-pad]').getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]", vec![]).await;
    let at = |index: usize| pad[index].as_f64().unwrap() as i64;
    let (left, top, right, bottom) = (at(0), at(1), at(2), at(3));
    let ink = "return document.querySelectorAll('[data-pad] .ink path').length";
    // The ball of a hand lies down, moves and leaves.
    touch(&browser, "touchStart", &[(1, right - 100, bottom - 60, 60)]).await;
    touch(&browser, "touchMove", &[(1, right - 140, bottom - 90, 60)]).await;
    touch(&browser, "touchEnd", &[]).await;
    assert_eq!(browser.js(ink, vec![]).await, 0, "the ball of the hand has drawn");
    // One finger draws at the left; a second comes down far to the right, and both move.
    touch(&browser, "touchStart", &[(2, left + 60, top + 60, 8)]).await;
    touch(&browser, "touchMove", &[(2, left + 90, top + 120, 8)]).await;
    touch(&browser, "touchStart", &[(2, left + 90, top + 120, 8), (3, right - 60, top + 60, 8)]).await;
    touch(&browser, "touchMove", &[(2, left + 130, top + 60, 8), (3, right - 90, top + 120, 8)]).await;
    touch(&browser, "touchEnd", &[(3, right - 90, top + 120, 8)]).await;
    touch(&browser, "touchMove", &[(3, right - 120, top + 60, 8)]).await;
    touch(&browser, "touchEnd", &[]).await;
    browser.until("ink", &format!("{ink} > 0"), vec![]).await;
    let ink = browser.js(INK, vec![]).await;
    let reach = ink["right"].as_f64().unwrap();
    assert!(reach < (left + 200) as f64, "a line was drawn to the second finger: {reach}");
    browser.quit().await;
}

#[tokio::test]
async fn a_double_tap_on_confirm_signs_once_and_says_that_it_saves_until_it_is_stored() {
    let (_folder, _server, browser) = open_demo(ENGLISH.tag).await;
    hand_over(&browser, &ENGLISH).await;
    browser.look_through().await;
    browser.sign().await;
    // A disk that takes its time: the commit is heard of late.
    browser.js("const set = IDBTransaction.prototype.__lookupSetter__('oncomplete'); window.held = []; Object.defineProperty(IDBTransaction.prototype, 'oncomplete', { configurable: true, set(then) { set.call(this, this.mode === 'readwrite' ? event => window.held.push(() => then.call(this, event)) : then); } });", vec![]).await;
    browser.js("const b = document.querySelector('#sign'); b.click(); b.click();", vec![]).await;
    browser.reads("Saving the signature").await;
    assert_eq!(browser.js("return document.querySelector('.thanks')", vec![]).await, json!(null));
    browser
        .until(
            "the commit",
            "for (const go of window.held.splice(0)) go(); return document.querySelector('.thanks') !== null",
            vec![],
        )
        .await;
    browser.js("delete IDBTransaction.prototype.oncomplete", vec![]).await;
    browser.driver.refresh().await.unwrap();
    browser.give_back().await;
    browser.sees("[data-signed='1']").await;
    browser.quit().await;
}

#[tokio::test]
async fn axe_finds_nothing_on_any_page_of_customer_mode_and_nothing_is_cut_off() {
    for (words, size, theme) in
        [(&CHINESE, (1180, 820), "light"), (&ENGLISH, (820, 1180), "dark"), (&ENGLISH, (1180, 820), "light")]
    {
        let (_folder, _server, browser) = open_demo_as(words.tag, size, theme).await;
        hand_over(&browser, words).await;
        let modules = std::env::var("LANEPAD_NODE_MODULES").expect("the set-up script says where");
        let axe = std::fs::read_to_string(format!("{modules}/axe-core/axe.min.js")).expect("axe-core");
        browser.js(&axe, vec![]).await;
        let mut found = Vec::new();
        for page in PAGES {
            on_page(&browser, page).await;
            if page == "outside" {
                browser.tap("#ask").await;
                browser.sees(".cm-ask").await;
            }
            let findings = crate::accessible::findings(&browser).await;
            found.extend(findings.into_iter().map(|finding| format!("{page}: {finding}")));
            let cut = "const out = []; for (const b of document.querySelectorAll('.cm button')) { const r = b.getBoundingClientRect(); if (r.height < 48 || r.width < 48) out.push('small: ' + b.id); if (b.scrollWidth > b.clientWidth + 1) out.push('cut: ' + b.innerText); if (r.right > innerWidth + .5 || r.left < -.5) out.push('outside: ' + b.id); } for (const e of document.querySelectorAll('.cm .say, .cm-at, .cf b, .cw')) if (e.scrollWidth > e.clientWidth + 1) out.push('cut: ' + e.innerText); const acts = [...document.querySelectorAll('.cm .act button')].map(b => b.getBoundingClientRect()); acts.forEach((a, i) => { const b = acts[i + 1]; if (b && a.right > b.left - 7.5) out.push('buttons too close') }); return out";
            let cut = browser.js(cut, vec![]).await;
            found.extend(cut.as_array().unwrap().iter().map(|cut| format!("{page} {}: {cut}", words.tag)));
            look(&browser, &format!("{}-{}-{page}", words.tag, size.0)).await;
            if page == "outside" {
                browser.tap("#no-question").await;
            }
            if page != "sign" {
                browser.tap("#seen").await;
            }
        }
        assert!(found.is_empty(), "{}", found.join("\n"));
        browser.quit().await;
    }
}

/// To be looked at: LANEPAD_PICTURES names a folder.
async fn look(browser: &Browser, name: &str) {
    if let Some(kept) = std::env::var_os("LANEPAD_PICTURES") {
        let file = std::path::Path::new(&kept).join(format!("{name}.png"));
        browser.driver.screenshot(&file).await.unwrap();
    }
}

#[tokio::test]
async fn who_signed_sees_only_the_thanks_after_a_reload_and_cannot_sign_again() {
    let (_folder, _server, browser) = open_demo(ENGLISH.tag).await;
    take_in(&browser, &ENGLISH).await;
    sign_both(&browser).await;
    browser.js("location.hash = location.hash.replace('paper', 'sign')", vec![]).await;
    browser.sees(".thanks #give-back").await;
    browser.quit().await;
}
