//! The work order: agreed, read by the customer, ticked, signed, countersigned, printed; without a network, then
//! on a second tablet; a change afterwards asks for a new signature.

use lanepad::catalogue::Label;
use lanepad::journal::DossierId;
use lanepad::money::Fen;
use lanepad::visit::Change;
use lanepad::visit::order::{Item, Terms};

use crate::browser::{Browser, open_demo, place_of};
use crate::estimate::put_down_two;
use crate::papers::{nothing_overlaps, text_of_pages};
use crate::reception::{CHINESE, ENGLISH, Words, sign_both, take_in};
use crate::server::Server;
use crate::tablet::{Http, Tablet};

/// Everything is agreed: the first choice of each, the reckoned time.
pub(crate) async fn agree_all(browser: &Browser) {
    browser.tap("#promise").await;
    browser.sees("[data-promise] .tag.good").await;
    let terms = "return [...document.querySelectorAll('[data-term]')].map(e => e.dataset.term)";
    let terms = browser.js(terms, vec![]).await;
    let terms: Vec<String> =
        terms.as_array().unwrap().iter().map(|term| term.as_str().unwrap().to_owned()).collect();
    assert_eq!(terms.len(), 9, "{terms:?}");
    for term in terms {
        browser.counts(&format!("[data-term={term}] [aria-pressed=true]"), 0).await;
        browser.tap(&format!("[data-term={term}] button")).await;
        browser.sees(&format!("[data-term={term}] [aria-pressed=true]")).await;
    }
    browser.counts("[data-missing]", 0).await;
}

/// The visit on a second tablet, at its estimate.
pub(crate) async fn on_another_tablet(folder: &std::path::Path, server: &Server, language: &str) -> Browser {
    let other = Browser::start(&folder.join("other")).await;
    other.first_open(&server.address, language, "light").await;
    other.tap(".v[data-visit]").await;
    other.sees(".steps").await;
    other.tap(".steps a:nth-child(5)").await;
    other
}

/// The customer reads the pages, ticks the clause, signs, and gives the tablet back.
pub(crate) async fn signs_the_order(browser: &Browser) {
    browser.tap("#next").await;
    browser.sees(".cm[data-page=order_price]").await;
    browser.tap("#seen").await;
    browser.sees("#explained[aria-pressed=false]").await;
    let waits = browser.js("return document.querySelector('#seen').disabled", vec![]).await;
    assert_eq!(waits, true, "the clause is passed without its tick");
    browser.tap("#explained").await;
    browser.sees("#explained[aria-pressed=true]").await;
    browser.tap("#seen").await;
    browser.sign().await;
    browser.tap("#sign").await;
    browser.sees(".thanks").await;
    browser.give_back().await;
}

/// Signed by the customer and countersigned, on its paper.
pub(crate) async fn is_ordered(browser: &Browser) {
    signs_the_order(browser).await;
    browser.tap("#next").await;
    browser.sign().await;
    browser.tap("#sign").await;
    browser.sees("#pages .sign .s:nth-child(2) .ink").await;
}

async fn a_car_ordered_offline(words: &Words, on_paper: &[&str]) {
    let (folder, server, browser) = open_demo(words.tag).await;
    take_in(&browser, words).await;
    sign_both(&browser).await;
    put_down_two(&browser).await;
    let (place, data) = (place_of(&server), folder.path().join("data"));
    server.stop();
    browser.sees("#next:disabled").await;
    agree_all(&browser).await;
    is_ordered(&browser).await;
    nothing_overlaps(&browser).await;
    let pdf = folder.path().join("order.pdf");
    let text = text_of_pages(&browser, &pdf).await;
    crate::printing::keep(&pdf, &format!("order-{}", words.tag));
    for value in on_paper {
        assert!(text.contains(value), "{value} is not on the paper:\n{text}");
    }
    browser.size((1180, 820)).await;

    // What was signed stands; what is added asks for another signature, and the old paper stays.
    browser.tap(".steps a:nth-child(5)").await;
    browser.tap("[data-code=R0006] .es-go").await;
    browser.sees(".es-edit").await;
    browser.fill(".es-fields .fld:nth-child(1) input", "2").await;
    browser.sees("[data-changed]").await;
    browser.reads("736.20").await;
    is_ordered(&browser).await;
    browser.sync("on_this_tablet").await;

    let server = Server::start_on(&place, &data, &["--demo"]);
    browser.sync("complete").await;
    let other = on_another_tablet(folder.path(), &server, words.tag).await;
    other.sees("[data-signed='2']").await;
    other.tap("#order-paper").await;
    other.sees("#pages .sign .ink").await;
    other.reads("944.20").await;
    // The first one is still there, and says that it does not hold any more.
    other.tap(".why > .seg button:first-child").await;
    other.sees("#pages .band").await;
    other.reads("736.20").await;
    other.quit().await;
    browser.quit().await;
}

#[tokio::test]
async fn a_car_is_ordered_without_a_network_and_the_signed_order_stands_on_a_second_tablet() {
    let on_paper = [
        "任务委托书",
        "更换右前轮毂轴承",
        "HAN-0006",
        "¥736.20",
        "柒佰叁拾陆元贰角整",
        "增项须经本人同意",
        "允许，10km以内",
        "微信",
        "第1页",
        "摘要",
    ];
    a_car_ordered_offline(&CHINESE, &on_paper).await;
}

#[tokio::test]
async fn the_same_order_works_in_english() {
    let on_paper = [
        "任务委托书",
        "Workorder",
        "Replacefrontright",
        "¥736.20",
        "Additionalworkneedsyourconsent",
        "Page1of",
    ];
    a_car_ordered_offline(&ENGLISH, &on_paper).await;
}

#[tokio::test]
async fn another_time_than_the_reckoned_one_needs_a_reason_and_the_order_says_what_is_missing() {
    let (_folder, _server, browser) = open_demo("en").await;
    take_in(&browser, &ENGLISH).await;
    put_down_two(&browser).await;
    browser.reads("when it will be ready").await;
    browser.tap("[data-promise] summary").await;
    browser.tap("#day-later").await;
    let field = "[data-promise] .fld input";
    browser.sees(field).await;
    browser.fill(field, "  ").await;
    browser.sees("[data-promise] .said.bad").await;
    browser.reads("It differs from the reckoned one: say why").await;
    browser.counts("[data-promise] .tag.good", 0).await;
    browser.fill(field, "the part comes tomorrow").await;
    browser.sees("[data-promise] .tag.good").await;
    // Who comes instead is asked where somebody does.
    browser.counts("input[id$=picked_up_by]", 0).await;
    browser.tap("[data-term=waiting] button:last-child").await;
    browser.fill("input[id$=picked_up_by]", "Li Ming 139 0000 0000").await;
    browser.driver.refresh().await.unwrap();
    browser.sees("[data-term=waiting] button:last-child[aria-pressed=true]").await;
    assert_eq!(browser.value("input[id$=picked_up_by]").await, "Li Ming 139 0000 0000");
    browser.quit().await;
}

/// A visit whose order has sixty lines, on its paper.
pub(crate) async fn to_sixty_lines(browser: &Browser, server: &Server) {
    browser.tap("[data-appointment] .btn").await;
    browser.sees("#correct-plate").await;
    browser.sync("complete").await;
    let dossier = browser.js("return location.hash.split('/').pop()", vec![]).await;
    let dossier: DossierId = dossier.as_str().unwrap().parse().expect("a visit");
    let (line, colleague) = (Http::new(&server.address), Tablet::new(7));
    colleague.exchange(&line).await.unwrap();
    for number in 1..=60 {
        let name = Label {
            zh: format!("更换第 {number} 个高压线束支架及其密封圈"),
            en: format!("Replace bracket {number} of the high-voltage harness with its seal"),
        };
        let item = Item {
            code: format!("HV-{number:04}"),
            name,
            origin: None,
            skill: None,
            guarantee: None,
            old_part: None,
        };
        let terms = Terms::of_one(Fen(number * 1_000));
        colleague.write(
            dossier,
            Change::LineAdded { concern: None, item, terms, suggested: false, variant: None },
        );
    }
    colleague.exchange(&line).await.unwrap();
    browser.tap(".steps a:nth-child(5)").await;
    browser.sees("[data-code=HV-0060]").await;
}

#[tokio::test]
async fn an_order_of_sixty_lines_goes_over_several_pages_and_no_break_cuts_a_line() {
    let (folder, server, browser) = open_demo("en").await;
    to_sixty_lines(&browser, &server).await;
    browser.tap("#order-paper").await;
    browser.sees("#pages .sign").await;
    let pages = browser.js("return document.querySelectorAll('#pages .page').length", vec![]).await;
    assert!(pages.as_u64().unwrap() >= 3, "{pages} pages hold sixty lines in two languages");
    nothing_overlaps(&browser).await;
    let text = text_of_pages(&browser, &folder.path().join("long.pdf")).await;
    for number in 1..=60 {
        assert!(text.contains(&format!("HV-{number:04}")), "line {number} is not on the paper");
    }
    assert!(text.contains("¥18,300.00"), "the total is not on the paper");
    browser.quit().await;
}
