//! axe-core on every screen, the screens enumerated from the code.

use lanepad::journal::DossierId;
use lanepad::route::Route;

use crate::browser::Browser;
use crate::reception::{CHINESE, ENGLISH, Words, sign_both, take_in};
use crate::server::Server;

fn axe() -> String {
    let modules =
        std::env::var("LANEPAD_NODE_MODULES").expect("the set-up script says where npm's tools are");
    std::fs::read_to_string(format!("{modules}/axe-core/axe.min.js"))
        .expect("axe-core is installed by the set-up script")
}

async fn no_screen_has_a_finding(words: &Words, size: (u32, u32), theme: &str) {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start_with(&folder.path().join("data"), &["--demo"]);
    let browser = Browser::start_at(&folder.path().join("profile"), size).await;
    browser.first_open(&server.address, words.tag).await;
    browser
        .js("localStorage.setItem('lanepad.theme', JSON.stringify(arguments[0]))", vec![theme.into()])
        .await;
    browser.driver.refresh().await.unwrap();
    browser.sees("#new-visit").await;
    take_in(&browser, words).await;
    sign_both(&browser).await;
    let hash = browser.js("return location.hash", vec![]).await;
    let dossier: DossierId = hash.as_str().unwrap().rsplit('/').next().unwrap().parse().unwrap();
    let axe = axe();
    let mut found = Vec::new();
    for route in Route::every(dossier) {
        browser.driver.goto("about:blank").await.unwrap();
        browser.driver.goto(format!("{}/{}", server.address, route.address())).await.unwrap();
        browser.until("the screen", "return !document.querySelector('#opening') && document.querySelector('main, .cm') !== null && location.hash === arguments[0]", vec![route.address().into()]).await;
        browser.js(&axe, vec![]).await;
        let script = "return axe.run(document, { resultTypes: ['violations'] }).then(r => r.violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(' | ')))";
        let violations = browser.js(script, vec![]).await;
        found
            .extend(violations.as_array().unwrap().iter().map(|violation| format!("{route:?}: {violation}")));
        let wide = browser.js("return document.documentElement.scrollWidth > innerWidth", vec![]).await;
        if wide == true {
            found.push(format!("{route:?}: wider than the screen"));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    browser.quit().await;
}

#[tokio::test]
async fn axe_finds_nothing_on_any_screen_in_chinese() {
    no_screen_has_a_finding(&CHINESE, (1180, 820), "light").await;
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
            let folder = tempfile::tempdir().unwrap();
            let server = Server::start_with(&folder.path().join("data"), &["--demo"]);
            let browser = Browser::start_at(&folder.path().join("profile"), size).await;
            browser.first_open(&server.address, words.tag).await;
            browser
                .js("localStorage.setItem('lanepad.theme', JSON.stringify(arguments[0]))", vec![theme.into()])
                .await;
            browser.driver.refresh().await.unwrap();
            browser.sees("#new-visit").await;
            take_in(&browser, words).await;
            let hash = browser.js("return location.hash", vec![]).await;
            let dossier: DossierId = hash.as_str().unwrap().rsplit('/').next().unwrap().parse().unwrap();
            for route in Route::every(dossier) {
                browser.driver.goto("about:blank").await.unwrap();
                browser.driver.goto(format!("{}/{}", server.address, route.address())).await.unwrap();
                browser.until("the screen", "return !document.querySelector('#opening') && document.querySelector('main, .cm') !== null", vec![]).await;
                browser
                    .until(
                        "the exchange",
                        "return document.querySelector('.cm, .whole, [data-sync=Complete]') !== null",
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
