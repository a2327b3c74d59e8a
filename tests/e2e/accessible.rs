//! axe-core on every screen, the screens enumerated from the code.

use lanepad::journal::DossierId;
use lanepad::route::{Route, Step};

use crate::additions::found_later;
use crate::browser::{Browser, open_demo_as};
use crate::estimate::{open_all, put_down_two};
use crate::order::{agree_all, signs_the_order};
use crate::reception::{CHINESE, ENGLISH, Words, sign_both, take_in};
use crate::server::Server;

pub(crate) fn axe() -> String {
    let modules =
        std::env::var("LANEPAD_NODE_MODULES").expect("the set-up script says where npm's tools are");
    std::fs::read_to_string(format!("{modules}/axe-core/axe.min.js"))
        .expect("axe-core is installed by the set-up script")
}

/// What axe-core finds on the screen, which it was brought to before: the rule and up to three places.
pub(crate) async fn findings(browser: &Browser) -> Vec<String> {
    let script = "return axe.run(document, { resultTypes: ['violations'] }).then(r => r.violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(' | ')))";
    let found = browser.js(script, vec![]).await;
    found.as_array().expect("a list").iter().map(ToString::to_string).collect()
}

/// The visit that the address names.
async fn open_visit(browser: &Browser) -> DossierId {
    let hash = browser.js("return location.hash", vec![]).await;
    hash.as_str().unwrap().rsplit('/').next().unwrap().parse().expect("an address with a visit")
}

/// Every screen before the order is signed, the customer's last, since only a hold leaves it; and those that
/// come after it.
fn before_and_after_the_order(dossier: DossierId) -> (Vec<Route>, Vec<Route>) {
    let is_later = |route: &Route| {
        matches!(route, Route::Additions(_) | Route::SignAddition(_) | Route::AdditionPaper(_))
    };
    let (later, before): (Vec<Route>, Vec<Route>) = Route::every(dossier).into_iter().partition(is_later);
    let (mut screens, customers): (Vec<Route>, Vec<Route>) =
        before.into_iter().partition(|route| !route.is_customers());
    screens.extend(customers);
    (screens, later)
}

/// From the signed order to an addition that waits for its signature.
async fn to_an_addition(browser: &Browser, server: &Server, dossier: DossierId) {
    visit_screen(browser, server, Route::Visit(dossier, Step::Estimate)).await;
    signs_the_order(browser).await;
    found_later(browser, "水泵渗漏 The pump leaks", "可能过热 It may overheat").await;
    browser.tap("[data-answer] .seg button:nth-child(1)").await;
    browser.sees("[data-answer] .seg button:nth-child(1)[aria-pressed=true]").await;
}

/// Opens a screen as a cold start would.
async fn visit_screen(browser: &Browser, server: &Server, route: Route) {
    // One customer's screen is no way to another.
    let held = "return document.querySelector('.thanks') ? '.thanks #give-back' : document.querySelector('.cm') ? '#give-back' : ''";
    if let Some(held) = browser.js(held, vec![]).await.as_str().filter(|held| !held.is_empty()) {
        browser.hold(held).await;
    }
    browser.driver.goto("about:blank").await.unwrap();
    browser.driver.goto(format!("{}/{}", server.address, route.address())).await.unwrap();
    let drawn = "return !document.querySelector('#opening') && document.querySelector('main, .cm') !== null && location.hash === arguments[0]";
    browser.until("the screen", drawn, vec![route.address().into()]).await;
    if matches!(route, Route::Visit(_, Step::Estimate)) {
        open_all(browser).await;
    }
}

async fn no_screen_has_a_finding(words: &Words, size: (u32, u32), theme: &str) {
    let (_folder, server, browser) = open_demo_as(words.tag, size, theme).await;
    take_in(&browser, words).await;
    sign_both(&browser).await;
    put_down_two(&browser).await;
    agree_all(&browser).await;
    let dossier = open_visit(&browser).await;
    let axe = axe();
    let mut found = Vec::new();
    let (before, after) = before_and_after_the_order(dossier);
    let at = before.len();
    for (number, route) in before.into_iter().chain(after).enumerate() {
        if number == at {
            to_an_addition(&browser, &server, dossier).await;
        }
        visit_screen(&browser, &server, route).await;
        browser.js(&axe, vec![]).await;
        found.extend(findings(&browser).await.into_iter().map(|finding| format!("{route:?}: {finding}")));
        let wide = browser.js("return document.documentElement.scrollWidth > innerWidth", vec![]).await;
        if wide == true {
            found.push(format!("{route:?}: wider than the screen"));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    browser.quit().await;
}

#[tokio::test]
async fn axe_finds_nothing_on_any_screen_upright_in_english_and_dark() {
    no_screen_has_a_finding(&ENGLISH, (820, 1180), "dark").await;
}

/// `make screenshots`: the pictures of the README, taken again.
#[tokio::test]
#[ignore = "writes pictures; run by make screenshots"]
async fn screenshots() {
    let target = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/screenshots");
    std::fs::create_dir_all(target).unwrap();
    for (words, name) in [(&CHINESE, "zh"), (&ENGLISH, "en")] {
        for (theme, size, form) in [("light", (1180, 820), "wide"), ("dark", (820, 1180), "upright")] {
            let (_folder, server, browser) = open_demo_as(words.tag, size, theme).await;
            take_in(&browser, words).await;
            put_down_two(&browser).await;
            agree_all(&browser).await;
            let dossier = open_visit(&browser).await;
            let (before, after) = before_and_after_the_order(dossier);
            let at = before.len();
            for (number, route) in before.into_iter().chain(after).enumerate() {
                if number == at {
                    to_an_addition(&browser, &server, dossier).await;
                }
                visit_screen(&browser, &server, route).await;
                browser
                    .until(
                        "the exchange",
                        "return document.querySelector('.cm, .whole, [data-sync=complete]') !== null",
                        vec![],
                    )
                    .await;
                let file = route.address().trim_start_matches("#/").split('/').next().unwrap().to_owned();
                browser
                    .driver
                    .screenshot(std::path::Path::new(&format!("{target}/{name}-{form}-{file}.png")))
                    .await
                    .unwrap();
            }
            browser.quit().await;
        }
    }
}
