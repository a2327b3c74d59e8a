//! Several tablets and several tabs on one visit.

use std::collections::BTreeMap;

use crate::browser::{Browser, open_demo};
use crate::server::Server;

#[tokio::test]
async fn two_tablets_that_were_both_offline_show_the_same_visit_and_two_answers() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let server = Server::start_with(&data, &["--demo"]);
    let address = server.address.clone();
    let listen = address.replace("http://localhost", "127.0.0.1");
    let one = Browser::start(&folder.path().join("one")).await;
    let two = Browser::start(&folder.path().join("two")).await;
    one.first_open(&address, "en", "light").await;
    one.tap("[data-appointment] .btn").await;
    one.sync("Complete").await;
    two.first_open(&address, "en", "light").await;
    two.tap(".v[data-visit]").await;
    two.sees(".steps a:nth-child(1)").await;
    two.tap(".steps a:nth-child(1)").await;
    server.stop();
    for (tablet, km) in [(&one, "40001"), (&two, "40002")] {
        tablet.fill("input[id$=odometer]", km).await;
        tablet
            .until("odometer", "return document.querySelector('.head').innerText.includes('40,00')", vec![])
            .await;
    }
    one.fill("input[id$=colour]", "Red").await;
    two.fill("input[id$=customer]", "Wang Yaqin").await;
    let server = Server::start_on(&listen, &data, &["--demo"]);
    for tablet in [&one, &two] {
        tablet.sync("Complete").await;
        tablet.sees(".head .tag.warn").await;
        tablet.until("both answers", "return document.querySelector('input[id$=colour]').value === 'Red' && document.querySelector('input[id$=customer]').value === 'Wang Yaqin'", vec![]).await;
        tablet.tap(".head .tag.warn").await;
        tablet.reads("40,001 km").await;
        tablet.reads("40,002 km").await;
    }
    one.tap("[data-two] .btn").await;
    one.reads("Nothing to choose").await;
    two.reads("Nothing to choose").await;
    drop(server);
    one.quit().await;
    two.quit().await;
}

#[tokio::test]
async fn two_tabs_that_write_at_once_leave_no_gap_and_no_twin_in_the_numbers() {
    let (_folder, _server, browser) = open_demo("en").await;
    browser.tap("[data-appointment] .btn").await;
    browser.sees("#correct-plate").await;
    browser.tap(".steps a:nth-child(2)").await;
    browser.sees(".grade").await;
    let address = browser.driver.current_url().await.unwrap();
    let first = browser.driver.window().await.unwrap();
    let second = browser.driver.new_tab().await.unwrap();
    browser.driver.switch_to_window(second.clone()).await.unwrap();
    browser.driver.goto(address.as_str()).await.unwrap();
    browser.sees(".grade").await;
    // Each tab answers 200 times, by its own timer, both at once.
    let script = "let n = 0; const grades = [...document.querySelectorAll('.grade')]; window.answered = 0; const step = () => { if (n < 200) { grades[n % 4].click(); n += 1; setTimeout(step, 5); } else { window.answered = n; } }; step()";
    browser.js(script, vec![]).await;
    browser.driver.switch_to_window(first).await.unwrap();
    browser.js(script, vec![]).await;
    browser.until("the first tab", "return window.answered === 200", vec![]).await;
    browser.driver.switch_to_window(second).await.unwrap();
    browser.until("the second tab", "return window.answered === 200", vec![]).await;
    browser.sync("Complete").await;
    let feed = "return (async () => { let after = 0, chain = '0'.repeat(64), entries = []; for (;;) { const page = await (await fetch(`/api/v1/journal?after=${after}&chain=${chain}`)).json(); entries = entries.concat(page.entries.map(e => [e.core.device, e.core.seq])); after = page.to.position; chain = page.to.chain; if (!page.more) return entries.length > 400 && entries; } })()";
    let entries = browser.until("both tabs' entries on the server", feed, vec![]).await;
    let mut numbers: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    for entry in entries.as_array().unwrap() {
        numbers.entry(entry[0].as_str().unwrap().to_owned()).or_default().push(entry[1].as_u64().unwrap());
    }
    assert_eq!(numbers.len(), 1, "one profile is one device");
    for (device, mut seen) in numbers {
        seen.sort_unstable();
        let wanted: Vec<u64> = (1..=seen.len() as u64).collect();
        assert_eq!(seen, wanted, "numbers of {device}");
    }
    browser.quit().await;
}
