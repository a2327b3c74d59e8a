//! What is done and what it costs: searched, put down, changed, without a network, then on a second tablet.

use lanepad::catalogue::Label;
use lanepad::money::Fen;
use lanepad::visit::Change;
use lanepad::visit::order::{Item, Terms};

use crate::browser::{Browser, open_demo, place_of};
use crate::car::earlier_visit;
use crate::server::Server;
use crate::tablet::{Http, Tablet};

/// The total as it stands in sight.
const TOTAL: &str = "return document.querySelector('[data-total]')?.innerText === arguments[0]";

impl Browser {
    async fn totals(&self, total: &str) {
        self.until(total, TOTAL, vec![total.into()]).await;
    }
}

/// The first appointment's estimate, with operations and parts on the tablet.
async fn to_the_estimate(browser: &Browser) {
    browser.tap("[data-appointment] .btn").await;
    browser.sees("#correct-plate").await;
    browser.tap(".steps a:nth-child(5)").await;
    browser.sees("[data-age]").await;
}

/// Searches under a concern and puts the first result down.
pub(crate) async fn put_down(browser: &Browser, what: &str, text: &str, record: &str) {
    browser.tap(&format!("[data-ask={what}]")).await;
    browser.fill("#find", text).await;
    browser.tap(&format!("[data-record='{record}']")).await;
    browser.tap(&format!("[data-ask={what}]")).await;
}

/// Work and a part for the first appointment's car, as screens are looked at.
pub(crate) async fn put_down_two(browser: &Browser) {
    browser.tap(".steps a:nth-child(5)").await;
    browser.sees("[data-age]").await;
    put_down(browser, "work", "ghyqlgzc", "R0006").await;
    put_down(browser, "part", "0006", "HAN-0006").await;
    browser.sees("[data-code=HAN-0006]").await;
    browser.tap(".es-head .seg button").await;
    browser.sees(".es-cover").await;
}

/// The estimate with a line open for changing and a search with its results.
pub(crate) async fn open_all(browser: &Browser) {
    browser.tap("[data-code=HAN-0006] .es-go").await;
    browser.sees(".es-edit").await;
    browser.tap("[data-ask=part]").await;
    browser.fill("#find", "0006").await;
    browser.sees(".es-found").await;
}

/// Overwrites a field of the open line.
async fn say_anew(browser: &Browser, field: &str, text: &str) {
    browser.fill(&format!(".es-fields .fld:nth-child({field}) input"), text).await;
}

async fn a_bearing_is_estimated(language: &str, covered: &str) {
    let (folder, server, browser) = open_demo(language).await;
    to_the_estimate(&browser).await;
    // By pinyin initials, then by a part of the number.
    put_down(&browser, "work", "ghyqlgzc", "R0006").await;
    browser.totals("¥312.00").await;
    put_down(&browser, "part", "0006", "HAN-0006").await;
    browser.totals("¥736.20").await;

    // The car's own parts come first.
    browser.tap("[data-ask=part]").await;
    browser.fill("#find", "0006").await;
    let first = "return document.querySelector('.es-found')?.dataset.record";
    assert_eq!(browser.until("a part", first, vec![]).await, "HAN-0006");
    browser.tap("[data-ask=part]").await;

    // Without a network: another quantity, a discount that is too large, another who bears it.
    let (place, data) = (place_of(&server), folder.path().join("data"));
    server.stop();
    browser.tap("[data-code=HAN-0006] .es-go").await;
    browser.sees(".es-edit").await;
    say_anew(&browser, "1", "2").await;
    browser.totals("¥1,160.40").await;
    say_anew(&browser, "3", "900").await;
    browser.sees(".es-fields .fld:nth-child(3) .said.bad").await;
    browser.totals("¥1,160.40").await;
    say_anew(&browser, "3", "48.40").await;
    browser.totals("¥1,112.00").await;
    browser.tap("[data-code=R0006] .es-go").await;
    browser.sees("[data-code=R0006] .es-edit").await;
    browser.tap_word(covered).await;
    browser.totals("¥800.00").await;
    browser.reads("216.00").await;

    // What was taken out comes back.
    browser.tap("[data-withdraw]").await;
    browser.counts(".es-line", 1).await;
    browser.tap("#bring-back").await;
    browser.counts(".es-line", 2).await;
    browser.driver.refresh().await.unwrap();
    browser.totals("¥800.00").await;
    browser.sync("on_this_tablet").await;

    let _server = Server::start_on(&place, &data, &["--demo"]);
    let other = Browser::start(&folder.path().join("other")).await;
    other
        .first_open(&format!("http://localhost:{}", place.rsplit(':').next().unwrap()), language, "light")
        .await;
    other.tap("[data-visit]").await;
    other.sees(".steps").await;
    other.tap(".steps a:nth-child(5)").await;
    other.totals("¥800.00").await;
    other.quit().await;
    browser.quit().await;
}

#[tokio::test]
async fn a_bearing_is_estimated_without_a_network_and_stands_on_a_second_tablet() {
    a_bearing_is_estimated("zh-CN", "厂家").await;
}

#[tokio::test]
async fn the_same_in_english() {
    a_bearing_is_estimated("en", "Maker").await;
}

#[tokio::test]
async fn what_is_recommended_counts_only_once_the_customer_wants_it() {
    let (_folder, _server, browser) = open_demo("en").await;
    browser.tap("[data-appointment] .btn").await;
    browser.fill("input[id$=odometer]", "60000").await;
    browser
        .until("km", "return document.querySelector('.head')?.innerText.includes('60,000 km')", vec![])
        .await;
    browser.tap(".steps a:nth-child(5)").await;
    browser.tap("[data-due=ELECTRIC-SERVICE] .btn").await;
    browser.sees("[data-accept][aria-pressed=false]").await;
    browser.sees("[data-decline][aria-pressed=false]").await;
    browser.totals("¥0.00").await;
    browser.tap("[data-accept]").await;
    browser.totals("¥312.00").await;
    browser.tap("[data-decline]").await;
    browser.totals("¥0.00").await;
    browser.sees("[data-decline][aria-pressed=true]").await;
    browser.quit().await;
}

#[tokio::test]
async fn who_bears_a_fault_is_ruled_by_its_dates_and_another_decision_needs_a_reason() {
    let (_folder, _server, browser) = open_demo("en").await;
    browser.tap("[data-appointment] .btn").await;
    browser.fill("input[id$=odometer]", "38412").await;
    browser
        .until("km", "return document.querySelector('.head')?.innerText.includes('38,412 km')", vec![])
        .await;
    browser.tap(".steps a:nth-child(5)").await;
    browser.sees("[data-age]").await;
    put_down(&browser, "work", "ghyqlgzc", "R0006").await;
    browser.totals("¥312.00").await;
    browser.tap_word("Confirmed").await;
    browser.sees("[data-inside=true]").await;
    browser.sees("[data-rule=repair][data-inside=true]").await;
    browser.reads("Repair warranty from").await;
    browser.reads("60,000 km; here on").await;
    // As the rule says: at once, and its lines are the maker's at the maker's rate.
    browser.tap("[data-decision=warranty]").await;
    browser.sees("[data-decision=warranty][aria-pressed=true]").await;
    browser.totals("¥0.00").await;
    browser.reads("216.00").await;
    // Against it: with a reason only.
    browser.tap("[data-decision=customer]").await;
    let field = ".es-cover .fld input";
    browser.sees(field).await;
    browser.totals("¥0.00").await;
    browser.fill(field, "damaged by a kerb").await;
    browser.totals("¥312.00").await;
    browser.sees("[data-why]").await;
    browser.sees("[data-by]").await;
    // What failed decides which rules are looked at; the car's recall is said with each.
    browser.sees("[data-rule=recall]").await;
    browser.tap("[data-failed=battery_motor]").await;
    browser.sees("[data-failed=battery_motor][aria-pressed=true]").await;
    browser.sees("[data-rule=high_voltage][data-inside=true]").await;
    browser.tap("[data-failed=wearing]").await;
    browser.sees("[data-rule=wearing][data-inside=false]").await;
    // Now the rule says that the customer pays, and the warranty needs a reason.
    browser.tap("[data-decision=warranty]").await;
    browser.sees(field).await;
    browser.tap("[data-decision=recall]").await;
    browser.sees("[data-decision=recall][aria-pressed=true]").await;
    browser.totals("¥0.00").await;
    browser.quit().await;
}

#[tokio::test]
async fn what_was_declined_at_the_last_visit_comes_back_as_a_recommendation() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start_with(&folder.path().join("data"), &["--demo"]);
    let (line, other) = (Http::new(&server.address), Tablet::new(1));
    let earlier = earlier_visit(&other, "粤BD12345", &[], 0);
    let name = Label {
        zh: "更换右后轮速传感器".into(), en: "Replace rear right wheel speed sensor".into()
    };
    let item =
        Item { code: "R0012".into(), name, origin: None, skill: None, guarantee: None, old_part: None };
    let terms = Terms::of_one(Fen(10_000));
    let recommended = Change::LineAdded { concern: None, item, terms, suggested: true, variant: None };
    let declined = other.write(earlier, recommended);
    other.write(earlier, Change::LineAnswered { line: declined, accepted: Some(false) });
    other.exchange(&line).await.unwrap();
    let browser = Browser::start(&folder.path().join("profile")).await;
    browser.first_open(&server.address, "en", "light").await;
    browser.sees(".v[data-visit]").await;
    to_the_estimate(&browser).await;
    browser.sees("[data-declined=R0012]").await;
    browser.reads("Declined last time").await;
    browser.tap("[data-declined=R0012] .btn").await;
    // At what the lists say now, and it counts only once the customer wants it.
    browser.sees("[data-code=R0012] [data-accept][aria-pressed=false]").await;
    browser.reads("0.6 × 260.00").await;
    browser.counts("[data-declined]", 0).await;
    browser.quit().await;
}

#[tokio::test]
async fn variants_stand_side_by_side_and_the_customers_choice_is_what_is_ordered() {
    let (_folder, _server, browser) = open_demo("en").await;
    to_the_estimate(&browser).await;
    for (code, variant) in [("R0011", 2), ("R0012", 3)] {
        put_down(&browser, "work", code, code).await;
        browser.tap(&format!("[data-code={code}] .es-go")).await;
        browser.tap(&format!("[data-to-variant] button:nth-child({variant})")).await;
        browser.sees(&format!("[data-to-variant] button:nth-child({variant})[aria-pressed=true]")).await;
        browser.tap(&format!("[data-code={code}] .es-go")).await;
        browser.counts(".es-edit", 0).await;
    }
    browser.counts("[data-offered]", 2).await;
    browser.reads("which option the customer wants").await;
    browser.totals("¥0.00").await;
    browser.tap("[data-offered=b] [data-choose]").await;
    browser.sees("[data-offered=b] [data-choose][aria-pressed=true]").await;
    browser.totals("¥156.00").await;
    browser.sees("[data-code=R0011] [data-variant=a]").await;
    browser.quit().await;
}
