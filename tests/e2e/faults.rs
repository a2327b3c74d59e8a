//! What goes wrong in a service lane: no network, no server, a browser that dies.

use std::time::{Duration, Instant};

use crate::browser::{Browser, open_demo};
use crate::reception::{CHINESE, take_in};
use crate::server::Server;

#[tokio::test]
async fn a_cold_start_with_the_server_gone_opens_the_visit_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let profile = folder.path().join("profile");
    let server = Server::start_with(&folder.path().join("data"), &["--demo"]);
    let address = server.address.clone();
    let browser = Browser::start(&profile).await;
    browser.first_open(&address, "zh-CN", "light").await;
    browser.tap("[data-appointment] .btn").await;
    browser.fill("input[id$=odometer]", "38412").await;
    browser
        .until("odometer", "return document.querySelector('.head').innerText.includes('38,412')", vec![])
        .await;
    let hash = browser.js("return location.hash", vec![]).await.as_str().unwrap().to_owned();
    server.stop();
    browser.cdp("Network.clearBrowserCache", serde_json::json!({})).await;
    browser.quit().await;

    let browser = Browser::start(&profile).await;
    browser.driver.goto(format!("{address}/{hash}")).await.unwrap();
    browser
        .until("odometer", "return document.querySelector('.head')?.innerText.includes('38,412')", vec![])
        .await;
    browser.driver.goto(&address).await.unwrap();
    browser.sees(".v[data-visit]").await;
    browser.quit().await;
}

#[tokio::test]
async fn every_step_can_be_reloaded_and_shows_what_it_showed() {
    let (_folder, _server, browser) = open_demo("zh-CN").await;
    take_in(&browser, &CHINESE).await;
    for step in 1..=4 {
        browser.tap(&format!(".steps a:nth-child({step})")).await;
        let head = "return document.querySelector('.steps [aria-current]')?.innerText";
        let before = browser.until("the step", head, vec![]).await;
        browser.driver.refresh().await.unwrap();
        let after = browser.until("the step", head, vec![]).await;
        assert_eq!(before, after);
        browser
            .until("the visit", "return document.querySelector('.head').innerText.includes('38,412')", vec![])
            .await;
    }
    browser.quit().await;
}

#[tokio::test]
async fn a_killed_browser_loses_at_most_the_last_300_ms_of_typing() {
    let folder = tempfile::tempdir().unwrap();
    let profile = folder.path().join("profile");
    let server = Server::start_with(&folder.path().join("data"), &["--demo"]);
    let browser = Browser::start(&profile).await;
    browser.first_open(&server.address, "zh-CN", "light").await;
    browser.tap("[data-appointment] .btn").await;
    browser.sees("#correct-plate").await;
    browser.tap(".steps a:nth-child(3)").await;
    browser.sees("textarea[id$=-concern]").await;
    let hash = browser.js("return location.hash", vec![]).await.as_str().unwrap().to_owned();
    let mut running = Some(browser);
    // Pseudo-random moments, the same in every run, so that a failure can be looked at again.
    let mut chance = 0x2545_f491_u64;
    for round in 0..20 {
        let browser = match running.take() {
            Some(browser) => browser,
            None => Browser::start(&profile).await,
        };
        browser.driver.goto("about:blank").await.unwrap();
        browser.driver.goto(format!("{}/{hash}", server.address)).await.unwrap();
        browser.sees("textarea[id$=-concern]").await;
        browser.fill("textarea[id$=-concern]", "").await;
        let field = browser.driver.find(thirtyfour::By::Css("textarea[id$=-concern]")).await.unwrap();
        field.click().await.unwrap();
        chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let keys = 6 + (chance >> 60) as usize;
        let mut typed = Vec::new();
        for key in 0..keys {
            let letter = char::from(b'a' + (key % 26) as u8);
            field.send_keys(letter.to_string()).await.unwrap();
            typed.push((Instant::now(), letter));
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        tokio::time::sleep(Duration::from_millis((chance >> 32) % 100)).await;
        let killed = Instant::now();
        browser.kill();
        let certain: String = typed
            .iter()
            .filter(|(at, _)| killed.duration_since(*at) > Duration::from_millis(300))
            .map(|(_, c)| *c)
            .collect();
        let browser = Browser::start(&profile).await;
        browser.driver.goto(format!("{}/{hash}", server.address)).await.unwrap();
        browser.sees("textarea[id$=-concern]").await;
        let script = "return document.querySelector('textarea[id$=-concern]').value.startsWith(arguments[0])";
        browser
            .until(&format!("round {round}: what was typed ({certain})"), script, vec![certain.into()])
            .await;
        running = Some(browser);
    }
}
