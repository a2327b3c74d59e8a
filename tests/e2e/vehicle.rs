//! The vehicle step: every kind of plate, VIN, electric cars, the archive's differences, people, minutes.

use serde_json::json;
use thirtyfour::By;

use crate::browser::{Browser, open_demo};
use crate::pictures::drawn;
use crate::viewfinder::PLACE_KEPT;

/// Presses keys of the screen's own keyboard, one after the other.
async fn press(browser: &Browser, keys: &[&str]) {
    let script = "const k = [...document.querySelectorAll('.key')].find(k => k.textContent === arguments[0]); if (!k || k.disabled) return false; k.click(); return true";
    for key in keys {
        browser.until(key, script, vec![(*key).into()]).await;
    }
}

/// Which of these keys are there to press.
async fn offered(browser: &Browser, keys: &str) -> String {
    let script = "return [...arguments[0]].filter(c => [...document.querySelectorAll('.key')].some(k => k.textContent === c && !k.disabled)).join('')";
    browser.js(script, vec![keys.into()]).await.as_str().unwrap_or_default().to_owned()
}

async fn ground(browser: &Browser, colour: &str) {
    let script = "return document.querySelector('.plate.big rect')?.getAttribute('fill') === arguments[0]";
    browser.until(colour, script, vec![colour.into()]).await;
}

/// A known car, taken in from its appointment.
async fn arrived(language: &str) -> (tempfile::TempDir, crate::server::Server, Browser) {
    let (folder, server, browser) = open_demo(language).await;
    browser.tap("[data-appointment] .btn").await;
    browser.sees("#correct-plate").await;
    (folder, server, browser)
}

#[tokio::test]
async fn the_plates_keyboard_follows_the_kind_and_so_does_the_colour() {
    let (_folder, _server, browser) = open_demo("zh-CN").await;
    browser.tap("#new-visit").await;
    press(&browser, &["粤", "B"]).await;
    assert_eq!(offered(&browser, "A9港澳学挂警领使临").await, "A9临");
    press(&browser, &["D", "1", "2", "3"]).await;
    ground(&browser, "url(#plate-green)").await;
    browser.reads("新能源，8 位").await;
    press(&browser, &["4", "5"]).await;
    assert_eq!(offered(&browser, "A9港澳学挂警领使临").await, "", "a full plate takes no more");
    let delete = "for (let at = 0; at < 8; at++) document.querySelector('.key.fn').click(); return true";
    for (keys, colour) in [
        (&["苏", "E", "1", "2", "3", "4", "5", "D"][..], "url(#plate-yellow-green)"),
        (&["鲁", "B", "1", "2", "3", "4", "挂"], "#F5B700"),
        (&["川", "A", "1", "2", "3", "4", "学"], "#F5B700"),
        (&["京", "A", "1", "2", "3", "4", "警"], "#fff"),
        (&["粤", "Z", "1", "A", "3", "4", "港"], "#16181A"),
        (&["使", "2", "2", "4", "5", "7", "8"], "#16181A"),
        (&["沪", "A", "1", "2", "3", "4", "领"], "#16181A"),
        (&["WJ", "1", "2", "3", "4", "5"], "#fff"),
        (&["沪", "B", "8", "K", "6", "6", "Z"], "#0B4AA2"),
        (&["粤", "B", "临", "0", "8", "2", "1", "3"], "#fff"),
    ] {
        browser.js(delete, vec![]).await;
        press(&browser, keys).await;
        ground(&browser, colour).await;
    }
    // The temporary one asks for its last day, and says when that is over.
    browser.tap("#start").await;
    browser.reads("看号牌，填最后一天").await;
    browser.js("const e = document.querySelector('#plate-until'); e.value = '2020-01-01'; e.dispatchEvent(new Event('change', {bubbles: true}))", vec![]).await;
    browser.reads("临时号牌已过期").await;
    browser.quit().await;
}

#[tokio::test]
async fn a_known_car_is_filled_in_by_one_tap_and_the_record_says_how_old_it_is() {
    let (_folder, _server, browser) = open_demo("zh-CN").await;
    browser.tap("#new-visit").await;
    press(&browser, &["粤", "B", "D", "1", "2"]).await;
    browser.sees("[data-known] ").await;
    browser
        .until(
            "the age",
            "return /^档案为 .* 的数据$/.test(document.querySelector('[data-age]')?.innerText)",
            vec![],
        )
        .await;
    browser.tap("[data-known=粤BD12345]").await;
    browser.sees("#correct-plate").await;
    for (field, value) in [
        ("vin", "LGX"),
        ("model", "比亚迪 汉 EV 2023 款"),
        ("colour", "时光灰"),
        ("customer", "陈志远"),
        ("phone", "138 0013 5621"),
    ] {
        let script = "return document.querySelector(arguments[0])?.value.startsWith(arguments[1])";
        browser.until(field, script, vec![format!("input[id$=-{field}]").into(), value.into()]).await;
    }
    browser.reads("校验位正确").await;
    assert_eq!(browser.js("return document.querySelectorAll('.differ').length", vec![]).await, 0);
    browser.quit().await;
}

/// What the browser would have where the device has it: it finds what the page says.
const DETECTOR: &str = "window.BarcodeDetector = class { async detect(picture) { if (!(picture instanceof Blob)) throw new TypeError(); return window.codes.map(rawValue => ({ rawValue })); } }";

#[tokio::test]
async fn a_scanned_code_is_taken_asked_for_or_refused_like_a_typed_one() {
    let (folder, server, browser) = arrived("en").await;
    let has = browser.js("return 'BarcodeDetector' in window", vec![]).await;
    let button = browser.js("return document.querySelector('#scan-vin') !== null", vec![]).await;
    assert_eq!(button, has, "the button is there where the browser can, and nowhere else");
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": DETECTOR })).await;
    browser.driver.refresh().await.unwrap();
    browser.sees("#scan-vin").await;
    let picture = folder.path().join("label.jpg");
    std::fs::write(&picture, drawn(&browser, 64, 48).await).unwrap();
    let scan = async |codes: serde_json::Value| {
        browser.js("window.codes = arguments[0]", vec![codes]).await;
        let input = browser.driver.find(By::Css("#scan-vin")).await.unwrap();
        input.send_keys(picture.to_str().unwrap()).await.unwrap();
    };
    scan(json!([])).await;
    browser.reads("No code was found in the picture").await;
    scan(json!(["LFV3A28W8N3O12345"])).await;
    browser.reads("never stands in a VIN").await;
    scan(json!(["LFV3A28W0N3012345"])).await;
    browser.reads("The check digit should be").await;
    let kept = browser.value("input[id$=-vin]").await;
    assert!(kept.starts_with("LGX"), "a question writes nothing: {kept}");
    scan(json!(["6901234567892", "ILFV3A28W8N3012345"])).await;
    let vin = "return document.querySelector('input[id$=-vin]').value === 'LFV 3A28W8 N3 012345'";
    browser.until("the VIN", vin, vec![]).await;
    drop(server);
    browser.quit().await;
}

#[tokio::test]
async fn what_was_typed_is_written_before_the_scanner_opens_the_systems_camera() {
    let (_folder, _server, browser) = arrived("en").await;
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": DETECTOR })).await;
    browser.driver.refresh().await.unwrap();
    browser.sees("#scan-vin").await;
    let scan = "const e = document.querySelector('input[id$=-colour]'); e.focus(); e.select(); document.execCommand('insertText', false, 'Teal'); document.querySelector('label:has(#scan-vin)').click(); return true";
    browser.js(scan, vec![]).await;
    browser.until("the place", PLACE_KEPT, vec!["#/vehicle/".into()]).await;
    let written = "return new Promise(done => { const r = indexedDB.open('lanepad'); r.onsuccess = () => { const rows = r.result.transaction('entries').objectStore('entries').getAll(); rows.onsuccess = () => { r.result.close(); done(rows.result.some(row => JSON.parse(row.core).change.vehicle_identified?.colour === 'Teal')); }; }; })";
    assert_eq!(browser.js(written, vec![]).await, true, "the camera opened before it was written");
    browser.quit().await;
}

#[tokio::test]
async fn the_licence_stands_beside_the_vin_and_counts_as_its_photo() {
    let (folder, _server, browser) = arrived("zh-CN").await;
    browser.sees(".vin-of input[type=file]").await;
    let picture = folder.path().join("licence.jpg");
    std::fs::write(&picture, drawn(&browser, 1200, 800).await).unwrap();
    let films = browser.driver.find_all(By::Css(".vin-of .film input[type=file]")).await.unwrap();
    films.last().unwrap().send_keys(picture.to_str().unwrap()).await.unwrap();
    browser.sees(".licence img").await;
    browser.tap(".licence").await;
    browser.sees(".licence[data-large=true]").await;
    browser.tap(".doc:first-child .chip").await;
    browser.sees(".doc:first-child .chip[aria-pressed=true]").await;
    assert_eq!(browser.js("return document.querySelectorAll('[data-photo]').length", vec![]).await, 1);
    browser.tap(".doc:nth-child(2) .chip").await;
    browser.sees(".doc:nth-child(2) .film input[type=file]").await;
    browser.quit().await;
}

#[tokio::test]
async fn a_charge_of_20_percent_warns_with_the_reason_and_what_an_electric_car_brings_is_kept() {
    let (_folder, _server, browser) = arrived("en").await;
    browser.fill("input[id$=-charge]", "20").await;
    browser.sees("#low-charge").await;
    browser.reads("battery's warranty").await;
    browser.fill("input[id$=-charge]", "21").await;
    browser.until("no warning", "return document.querySelector('#low-charge') === null", vec![]).await;
    let choose = "const g = document.querySelector(`[role=group][aria-label='${arguments[0]}']`); const b = [...g.querySelectorAll('button')].find(b => b.textContent === arguments[1]); b.click(); return true";
    let chosen = "return document.querySelector(`[role=group][aria-label='${arguments[0]}'] [aria-pressed=true]`)?.textContent === arguments[1]";
    let answers = [
        ("Charging here", "Customer pays"),
        ("Charging port flap", "Damaged"),
        ("Charging cables", "2"),
        ("Keys", "1"),
    ];
    for (group, word) in answers {
        browser.js(choose, vec![group.into(), word.into()]).await;
        browser.until(group, chosen, vec![group.into(), word.into()]).await;
    }
    browser.tap_word("Key card").await;
    browser.driver.refresh().await.unwrap();
    for (group, word) in answers {
        browser.until(group, chosen, vec![group.into(), word.into()]).await;
    }
    browser.sees(".access [aria-pressed=true]").await;
    browser.quit().await;
}

#[tokio::test]
async fn where_the_record_differs_both_values_stand_and_one_is_chosen() {
    let (_folder, _server, browser) = arrived("zh-CN").await;
    browser.fill("input[id$=-colour]", "白").await;
    browser.sees(".differ[aria-label=颜色]").await;
    let both = "const t = document.querySelector('.differ[aria-label=颜色]').innerText; return t.includes('时光灰') && t.includes('白')";
    browser.until("both", both, vec![]).await;
    browser.tap_word("用档案的").await;
    browser.until("the record's", "return document.querySelector('input[id$=-colour]').value === '时光灰' && document.querySelector('.differ') === null", vec![]).await;
    browser.fill("input[id$=-phone]", "13900000000").await;
    browser.sees(".differ[aria-label=车主电话]").await;
    browser.tap_word("用本次的").await;
    browser.sees(".differ[data-kept]").await;
    browser.sees(".differs[data-open='0']").await;
    browser.driver.refresh().await.unwrap();
    browser.sees(".differs[data-open='0']").await;
    browser.quit().await;
}

#[tokio::test]
async fn another_than_the_owner_brings_the_car_and_who_may_sign_is_an_answer() {
    let (_folder, _server, browser) = arrived("zh-CN").await;
    browser.tap_word("司机").await;
    browser.until("the owner", "return document.querySelector('input[id$=-owner-cus]')?.value === '陈志远' && document.querySelector('input[id$=-owner-pho]').value === '138 0013 5621'", vec![]).await;
    browser.reads("送修人还写着车主的姓名").await;
    let said = "return document.querySelector('input[id$=-customer]').closest('.fld').querySelector('.said')?.innerText.includes(arguments[0]) ?? false";
    for (length, sentence) in [
        (65, "姓名最多 64 个字，这里有 65 个"),
        (64, "姓名一般是 2 到 30 个字，这里有 64 个"),
        (31, "这里有 31 个"),
    ] {
        let long = "李".repeat(length);
        browser.fill("input[id$=-customer]", &long).await;
        browser.until(sentence, said, vec![sentence.into()]).await;
        assert_eq!(browser.value("input[id$=-customer]").await, long, "what was typed is gone");
    }
    browser.fill("input[id$=-customer]", "欧阳强").await;
    browser.fill("input[id$=-phone]", "0755-26551234-802").await;
    browser.until("nothing said", "return document.querySelector('.act .why').innerText.includes('还写着') === false && document.querySelector('.person-of .said') === null", vec![]).await;
    // Nobody may sign: a gap; somebody with authority has to be named.
    for role in ["送修人", "车主"] {
        let off = "const b = [...document.querySelectorAll('#may-sign .chip[aria-pressed=true]')].find(b => b.textContent === arguments[0]); if (!b) return false; b.click(); return true";
        browser.until(role, off, vec![role.into()]).await;
        let gone = "return [...document.querySelectorAll('#may-sign .chip')].find(b => b.textContent === arguments[0])?.ariaPressed === 'false'";
        browser.until(role, gone, vec![role.into()]).await;
    }
    browser.reads("没有人可以签名").await;
    browser.tap("#may-sign .chip:last-of-type").await;
    browser.fill("input[id$=-authorised-cus]", "王芳").await;
    browser
        .until(
            "somebody may",
            "return !document.querySelector('.act .why').innerText.includes('没有人可以签名')",
            vec![],
        )
        .await;
    browser.quit().await;
}

#[tokio::test]
async fn the_time_of_a_step_is_measured_kept_with_the_visit_and_shown_at_the_form() {
    let (_folder, _server, browser) = arrived("zh-CN").await;
    let two_seconds = "return performance.now() - (window.since ??= performance.now()) > 2300";
    browser.until("two seconds", two_seconds, vec![]).await;
    browser.tap(".steps a:nth-child(4)").await;
    browser.sees(".minutes [data-minutes]").await;
    browser.reads("车辆 0 分 0").await;
    browser.driver.refresh().await.unwrap();
    browser.sees(".minutes [data-minutes]").await;
    browser.sync("complete").await;
    browser.quit().await;
}
