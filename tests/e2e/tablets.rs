//! Several tablets and several tabs on one visit.

use std::collections::BTreeMap;

use lanepad::journal::{AttachmentId, DossierId};
use lanepad::visit::part::LARGEST_WITHIN;
use lanepad::visit::{Body, Change};

use crate::browser::{Browser, open_demo, place_of};
use crate::photos::{ON_THIS_TABLET, kept};
use crate::reception::{ENGLISH, sign_both, take_in};
use crate::server::Server;
use crate::tablet::{Http, Tablet};

#[tokio::test]
async fn two_tablets_that_were_both_offline_show_the_same_visit_and_two_answers() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let server = Server::start_with(&data, &["--demo"]);
    let address = server.address.clone();
    let listen = place_of(&server);
    let one = Browser::start(&folder.path().join("one")).await;
    let two = Browser::start(&folder.path().join("two")).await;
    one.first_open(&address, "en", "light").await;
    one.tap("[data-appointment] .btn").await;
    one.sees("#correct-plate").await;
    one.sync("complete").await;
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
        tablet.sync("complete").await;
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
    let feed = "return (async () => { let after = 0, chain = '0'.repeat(64), entries = []; for (;;) { const page = await (await fetch(`/api/v1/journal?after=${after}&chain=${chain}`)).json(); entries = entries.concat(page.entries.map(e => [e.core.device, e.core.seq])); after = page.to.position; chain = page.to.chain; if (!page.more) return entries.length > arguments[0] && entries; } })()";
    // As long as the machine takes: the patience begins anew with every entry that arrives.
    let mut arrived = 0;
    while arrived <= 400 {
        let entries = browser.until("more entries on the server", feed, vec![arrived.into()]).await;
        arrived = entries.as_array().unwrap().len();
    }
    browser.sync("complete").await;
    let entries = browser.until("both tabs' entries on the server", feed, vec![400.into()]).await;
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

/// Waits until a tablet holds an attachment.
async fn holds(browser: &Browser, attachment: AttachmentId) {
    let script = format!(
        "return (() => {{ {ON_THIS_TABLET} }})().then(all => all.some(([id]) => id === arguments[0]))"
    );
    browser.until("an attachment", &script, vec![attachment.to_string().into()]).await;
}

#[tokio::test]
async fn a_large_paper_goes_to_a_second_tablet_unasked_and_is_read_there_without_a_network() {
    let (folder, server, one) = open_demo("en").await;
    take_in(&one, &ENGLISH).await;
    one.tap(".steps a:nth-child(3)").await;
    for number in 0..7 {
        // A thousand characters at most, each twice on the sheet: once per language.
        one.fill("textarea[id$=-concern]", &format!("{}第{number}处", "刹车有异响，".repeat(160))).await;
        let there = "return document.querySelectorAll('[data-concern]').length === arguments[0]";
        one.until("the concern", there, vec![(number + 2).into()]).await;
    }
    one.tap(".steps a:nth-child(4)").await;
    sign_both(&one).await;
    one.sync("complete").await;
    let parts = kept(&folder.path().join("data"));
    let [(digits, sheet)] = parts.as_slice() else { panic!("{} attachments", parts.len()) };
    assert!(sheet.len() > LARGEST_WITHIN, "the sheet is no large one: {} bytes", sheet.len());

    let two = Browser::start(&folder.path().join("two")).await;
    two.first_open(&server.address, "en", "light").await;
    two.reads("Checked in").await;
    holds(&two, AttachmentId::from_digits(digits).unwrap()).await;
    server.stop();
    two.tap(".v[data-visit]").await;
    two.tap("#paper").await;
    two.sees("#pages .sign .ink").await;
    two.until("the paper", "return ['第0处', '第6处'].every(words => document.querySelector('#pages').innerText.includes(words))", vec![]).await;
    two.quit().await;
    one.quit().await;
}

#[tokio::test]
async fn pictures_of_closed_visits_are_fetched_for_two_days_and_of_open_ones_always() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start_with(&folder.path().join("data"), &["--demo"]);
    let (line, other) = (Http::new(&server.address), Tablet::new(1));
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_millis() as i64;
    let visit = |number: &str, days: i64, closed: bool| {
        let dossier = DossierId::of_appointment("shop", number);
        let (number, arrived) = (number.to_owned(), now - days * 86_400_000);
        let items = vec!["LFD.paint".to_owned()];
        other.write(
            dossier,
            Change::VisitOpened { number, appointment: None, arrived, body: Body::Sedan, items },
        );
        let photo = other.photo(dossier, format!("{days} {closed}").as_bytes());
        if closed {
            other.write(dossier, Change::VisitCancelled { reason: Some("later".to_owned().into()) });
        }
        (dossier, photo)
    };
    let (yesterdays, yesterday) = visit("yesterday", 1, true);
    let (_, before) = visit("before", 3, true);
    let (_, open) = visit("open", 3, false);
    other.exchange(&line).await.unwrap();
    let browser = Browser::start(&folder.path().join("profile")).await;
    browser.first_open(&server.address, "en", "light").await;
    holds(&browser, yesterday).await;
    holds(&browser, open).await;
    // What comes after it comes in a later exchange: by then the old one would have been fetched.
    let late = other.photo(yesterdays, b"late");
    other.exchange(&line).await.unwrap();
    holds(&browser, late).await;
    let ids = browser.js(ON_THIS_TABLET, vec![]).await;
    let ids: Vec<&str> = ids.as_array().unwrap().iter().filter_map(|one| one[0].as_str()).collect();
    assert!(!ids.contains(&before.to_string().as_str()), "a picture of three days ago fills the tablet");
    browser.quit().await;
}
