//! Additional work: found later, asked for by telephone or signed on the glass, without a network, then on a
//! second tablet; the signed order stays as it is, and every consent stands in the ledger.

use crate::browser::{Browser, open_demo, place_of};
use crate::estimate::{put_down, put_down_two};
use crate::order::{agree_all, is_ordered, on_another_tablet};
use crate::papers::{nothing_overlaps, text_of_pages};
use crate::photos::take_photo;
use crate::pictures::drawn;
use crate::reception::{CHINESE, ENGLISH, Words, sign_both, take_in};
use crate::server::Server;

/// A signed order; the advisor has countersigned it.
async fn ordered(browser: &Browser, words: &Words) {
    take_in(browser, words).await;
    sign_both(browser).await;
    put_down_two(browser).await;
    browser.sees("#next:disabled").await;
    agree_all(browser).await;
    is_ordered(browser).await;
    browser.tap(".steps a:nth-child(5)").await;
}

/// Something that was found, about safety, with two lines, of which one is declined.
pub(crate) async fn found_later(browser: &Browser, reason: &str, risk: &str) {
    browser.tap("#additions").await;
    browser.sees("[data-no-additions]").await;
    browser.tap("#next").await;
    browser.fill("[data-addition] textarea", reason).await;
    browser.tap("[data-addition] .chip").await;
    browser.sees("[data-addition] input[id^=f-risk]").await;
    browser.fill("[data-addition] input[id^=f-risk]", risk).await;
    browser.sees("[data-ask=work]").await;
    put_down(browser, "work", "R0011", "R0011").await;
    browser.sees("[data-code=R0011]").await;
    put_down(browser, "work", "R0012", "R0012").await;
    browser.sees("[data-code=R0012]").await;
    browser.tap("[data-code=R0011] + [data-reply] [data-accept]").await;
    browser.tap("[data-code=R0012] + [data-reply] [data-decline]").await;
    browser.sees(".ad-why").await;
}

/// Why not, and that the risk is known.
async fn declined_knowingly(browser: &Browser) {
    browser.tap(".ad-why .chip").await;
    browser.sees(".ad-why .chip[aria-pressed=true]").await;
    browser.tap("[data-known]").await;
    browser.sees("[data-known][aria-pressed=true]").await;
}

async fn asked_by_telephone(words: &Words, waits: &str, on_paper: &[&str]) {
    let (folder, server, browser) = open_demo(words.tag).await;
    ordered(&browser, words).await;
    browser.sync("complete").await;
    let (place, data) = (place_of(&server), folder.path().join("data"));
    server.stop();
    found_later(&browser, "水泵渗漏，张紧轮松旷", "可能漏水过热").await;
    take_photo(&browser, &folder.path().join("pump.jpg"), &drawn(&browser, 800, 600).await).await;
    browser.sees("[data-photo] img").await;
    // Nothing is printed and nothing recorded before the customer has said why not and knows what may happen.
    let paper = "location.hash = location.hash.replace('additions', 'addition-paper')";
    browser.js(paper, vec![]).await;
    browser.sees("#print:disabled").await;
    browser.js("history.back()", vec![]).await;
    browser.reads(waits).await;
    browser.sees("#next:disabled").await;
    declined_knowingly(&browser).await;
    browser.tap("#by-hours").await;
    browser.sees("[data-addition-ready]").await;
    browser.tap("#not-reached").await;
    browser.sees("[data-missed='1']").await;
    browser.fill("textarea[id^=f-said]", "先做张紧轮吧").await;
    browser.sees("#next:not(:disabled)").await;
    browser.tap("#next").await;
    browser.sees("[data-answered]").await;
    let added = browser.js("return document.querySelector('[data-added]').innerText", vec![]).await;
    let added = added.as_str().unwrap().to_owned();
    browser.tap("#next").await;
    browser.sees("#pages .sign .who").await;
    nothing_overlaps(&browser).await;
    let pdf = folder.path().join("addition.pdf");
    let text = text_of_pages(&browser, &pdf).await;
    crate::printing::keep(&pdf, &format!("addition-{}", words.tag));
    for value in on_paper.iter().copied().chain(["-Z1", "水泵渗漏", "可能漏水过热", "先做张紧轮吧"])
    {
        assert!(text.contains(value), "{value} is not on the paper:\n{text}");
    }
    browser.size((1180, 820)).await;
    // The order is what it was; the next paper of it warns of what was refused.
    browser.tap(".steps a:nth-child(5)").await;
    browser.sees("[data-signed='1']").await;
    browser.counts("[data-changed]", 0).await;
    browser.sync("on_this_tablet").await;

    let server = Server::start_on(&place, &data, &["--demo"]);
    browser.sync("complete").await;
    let other = on_another_tablet(folder.path(), &server, words.tag).await;
    other.tap("#additions").await;
    other.sees("[data-answered]").await;
    other.reads(&added).await;
    // The ledger: what was asked, in which words, at what price, how, and who answered.
    let history = "location.hash = location.hash.replace('additions', 'history')";
    other.js(history, vec![]).await;
    other.sees("#consents").await;
    let newest = "const one = document.querySelector('[data-consent]'); return [one.innerText.includes(arguments[0]), one.innerText.includes('水泵渗漏'), one.innerText.includes('138 0013 5621')]";
    assert_eq!(other.js(newest, vec![added.into()]).await, serde_json::json!([true, true, true]));
    other.quit().await;
    browser.quit().await;
}

#[tokio::test]
async fn additional_work_is_asked_for_by_telephone_and_the_answer_stands_on_a_second_tablet() {
    let on_paper = ["增项确认单", "不同意", "太贵", "顾客已知晓", "拨打号码", "交车时补签", "预计交车"];
    asked_by_telephone(&CHINESE, "不同意的原因 1", &on_paper).await;
}

#[tokio::test]
async fn the_same_answer_works_in_english() {
    let on_paper = ["增项确认单", "Additionalwork", "Tooexpensive", "Thecustomerknows", "Notsignedyet"];
    asked_by_telephone(&ENGLISH, "reasons why not 1", &on_paper).await;
}

#[tokio::test]
async fn additional_work_is_signed_on_the_glass_and_what_need_not_be_asked_has_its_limit() {
    let (_folder, _server, browser) = open_demo("en").await;
    ordered(&browser, &ENGLISH).await;
    found_later(&browser, "The tensioner is loose", "It may overheat").await;
    declined_knowingly(&browser).await;
    // Who comes back to the board sees that somebody is to be asked.
    browser.tap(".rail .home").await;
    browser.sees(".v[data-visit] [data-unanswered]").await;
    browser.tap(".v[data-visit]").await;
    browser.sees(".steps").await;
    browser.tap(".steps a:nth-child(5)").await;
    browser.tap("#additions").await;
    browser.sees("[data-known][aria-pressed=true]").await;
    // The order says that everything is asked.
    browser.tap("[data-answer] .seg button:nth-child(4)").await;
    browser.reads("the customer must be asked").await;
    browser.sees("#next:disabled").await;
    browser.tap("[data-answer] .seg button:nth-child(1)").await;
    browser.sees("#next:not(:disabled)").await;
    browser.tap("#next").await;
    browser.sees(".cm[data-page=order_addition]").await;
    browser.reads("The tensioner is loose").await;
    // An empty glass is no signature.
    browser.tap("#sign").await;
    browser.sees(".said.bad").await;
    browser.sign().await;
    browser.tap("#sign").await;
    browser.sees(".thanks").await;
    browser.give_back().await;
    browser.sees("[data-answered]").await;
    // Another price needs another answer.
    browser.tap("[data-code=R0011] .es-go").await;
    browser.sees(".es-edit").await;
    browser.fill(".es-fields .fld:nth-child(1) input", "9").await;
    browser.counts("[data-answered]", 0).await;
    let accept = "[data-code=R0011] + [data-reply] [data-accept]";
    browser.sees(&format!("{accept}[aria-pressed=false]")).await;
    browser.sees("#next:disabled").await;
    browser.tap(accept).await;
    browser.sees("#next:not(:disabled)").await;
    browser.quit().await;
}
