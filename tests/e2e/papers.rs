//! The printed check-in form, as a PDF.

use std::process::Command;

use crate::browser::{Browser, open_demo};
use crate::photos::take_photo;
use crate::pictures::{base64, drawn};
use crate::reception::{CHINESE, ENGLISH, Words, sign_both, take_in};

struct Word {
    page: usize,
    box_: [f64; 4],
    text: String,
}

/// `pdftotext -bbox`: every word with its box, in points of 1/72 inch.
fn words_of(pdf: &std::path::Path) -> (usize, Vec<Word>) {
    let output = Command::new("pdftotext")
        .args(["-bbox", pdf.to_str().unwrap(), "-"])
        .output()
        .expect("poppler-utils");
    let text = String::from_utf8(output.stdout).unwrap();
    let mut page = 0;
    let mut words = Vec::new();
    for line in text.lines() {
        if line.contains("<page ") {
            page += 1;
        }
        let Some(rest) = line.trim().strip_prefix("<word ") else { continue };
        let number = |name: &str| -> f64 {
            let (_, rest) = rest.split_once(&format!("{name}=\"")).unwrap();
            rest.split('"').next().unwrap().parse().unwrap()
        };
        let text = rest.split_once('>').unwrap().1.trim_end_matches("</word>").to_owned();
        words.push(Word {
            page,
            box_: [number("xMin"), number("yMin"), number("xMax"), number("yMax")],
            text,
        });
    }
    (page, words)
}

/// What the printer would get of the paper on screen.
async fn printed(browser: &Browser, pdf: &std::path::Path) -> (usize, Vec<Word>) {
    browser.cdp("Emulation.clearDeviceMetricsOverride", serde_json::json!({})).await;
    let printed = browser
        .cdp("Page.printToPDF", serde_json::json!({ "printBackground": true, "preferCSSPageSize": true }))
        .await;
    std::fs::write(pdf, base64(printed["data"].as_str().unwrap())).unwrap();
    words_of(pdf)
}

/// All that is printed, without blanks.
pub(crate) async fn text_of_pages(browser: &Browser, pdf: &std::path::Path) -> String {
    let (_, words) = printed(browser, pdf).await;
    words.iter().map(|word| word.text.replace(' ', "")).collect()
}

/// Inside every section, every line of text lies in its section's box and no two boxes overlap; no disc
/// of a drawing lies on another.
pub(crate) async fn nothing_overlaps(browser: &Browser) {
    let overlaps = browser.js("const pages = [...document.querySelectorAll('#pages .page')]; const out = []; for (const page of pages) { const foot = page.querySelector('.foot').getBoundingClientRect(); const boxes = [...page.children].filter(e => !e.matches('.cross, .band')).map(e => [e.className, e.getBoundingClientRect()]); boxes.forEach(([name, box], i) => { if (name !== 'foot' && box.bottom > foot.top + .5) out.push(name + ' reaches into the foot'); const after = boxes[i + 1]; if (after && box.bottom > after[1].top + .5) out.push(name + ' overlaps ' + after[0]); }); for (const section of page.querySelectorAll('.sec')) { const box = section.getBoundingClientRect(); for (const e of section.querySelectorAll('span, p, i, b, img, svg')) { const r = e.getBoundingClientRect(); if (r.width && !e.closest('svg svg, .ink') && (r.left < box.left - 1 || r.right > box.right + 1 || r.bottom > box.bottom + 2)) out.push(section.innerText.slice(0, 8) + ': ' + e.textContent.slice(0, 20) + ' leaves its box'); } } for (const car of page.querySelectorAll('.unfolded')) { const discs = [...car.querySelectorAll(\"text[font-weight='700']\")].map(t => { const disc = t.previousElementSibling, ring = disc.previousElementSibling; const at = c => [c.getAttribute('cx'), c.getAttribute('cy')].join(); return ring?.tagName === 'circle' && at(ring) === at(disc) && +ring.getAttribute('r') > 12 ? ring : disc; }).map(c => [c.cx.baseVal.value, c.cy.baseVal.value, c.r.baseVal.value]); discs.forEach((a, i) => discs.slice(i + 1).forEach(b => { if (Math.hypot(a[0] - b[0], a[1] - b[1]) < a[2] + b[2] - 2) out.push('discs overlap at ' + a); })); } } return out", vec![]).await;
    assert_eq!(overlaps.as_array().unwrap().len(), 0, "{overlaps}");
}

async fn the_printed_form(words: &Words, values: &[&str]) {
    let (folder, _server, browser) = open_demo(words.tag).await;
    take_in(&browser, words).await;
    sign_both(&browser).await;
    browser.sees("#pages .sign .ink path").await;
    let pages = browser
        .js("return Number(document.querySelector('#pages').dataset.pages)", vec![])
        .await
        .as_u64()
        .unwrap() as usize;
    nothing_overlaps(&browser).await;
    let pdf = folder.path().join("paper.pdf");
    let (printed, found) = printed(&browser, &pdf).await;
    // To be looked at: LANEPAD_PAPERS names a folder.
    if let Some(kept) = std::env::var_os("LANEPAD_PAPERS") {
        std::fs::copy(&pdf, std::path::Path::new(&kept).join(format!("{}.pdf", words.tag))).unwrap();
    }
    assert_eq!(printed, pages, "pages of the PDF");
    for word in &found {
        // The box is the font's, high above and below the letters: its middle tells the line.
        let [x, y, x2, y2] = word.box_;
        let middle = (y + y2) / 2.0;
        assert!(
            x >= 50.0 && x2 <= 560.0 && (34.0..=812.0).contains(&middle),
            "{} stands in a margin of page {}: {:?}",
            word.text,
            word.page,
            word.box_
        );
    }
    let all: String = found.iter().map(|word| word.text.replace(' ', "")).collect();
    for value in values {
        assert!(all.contains(&value.replace(' ', "")), "{value} is not on the paper:\n{all}");
    }
    // The second print is a copy.
    browser.js("window.print = () => {}", vec![]).await;
    browser.tap("#print").await;
    browser.until("a copy", "return document.querySelector('#pages .tag') !== null", vec![]).await;
    browser.quit().await;
}

#[tokio::test]
async fn the_chinese_form_has_every_value_in_its_box_and_the_right_number_of_pages() {
    the_printed_form(
        &CHINESE,
        &[
            "接车登记表",
            "深圳南行汽车销售服务有限公司",
            "LGXCE4CB",
            "138126",
            "陈志远",
            "13800135621",
            "38,412km",
            "64%",
            "时光灰",
            "凹陷",
            "早上起步有咔咔声",
            "钥匙",
            "第1页，共1页",
            "摘要",
        ],
    )
    .await;
}

#[tokio::test]
async fn the_english_form_has_every_value_in_its_box_and_the_right_number_of_pages() {
    the_printed_form(
        &ENGLISH,
        &[
            "Vehicle check-in form",
            "138126",
            "13800135621",
            "38,412km",
            "64%",
            "Dent",
            "早上起步有咔咔声",
            "The Chinese text prevails",
            "Page1of",
        ],
    )
    .await;
}

#[tokio::test]
async fn the_paper_prints_without_a_server_and_the_second_print_is_a_copy() {
    let (folder, server, browser) = open_demo(CHINESE.tag).await;
    take_in(&browser, &CHINESE).await;
    sign_both(&browser).await;
    server.stop();
    browser.cdp("Network.clearBrowserCache", serde_json::json!({})).await;
    browser.driver.refresh().await.unwrap();
    browser.sees("#pages .sign .ink path").await;
    browser.js("window.print = () => {}", vec![]).await;
    let state = "return document.querySelector('[data-paper]').innerText === arguments[0]";
    browser.until("the original", state, vec!["原件".into()]).await;
    let original = text_of_pages(&browser, &folder.path().join("original.pdf")).await;
    browser.tap("#print").await;
    browser.until("a copy", state, vec!["副本 1".into()]).await;
    browser.sees("#pages .tag").await;
    let copy = text_of_pages(&browser, &folder.path().join("copy.pdf")).await;
    for value in ["接车登记表", "陈志远", "38,412km", "摘要", "第1页，共1页"] {
        assert!(original.contains(value), "{value} is not on the original:\n{original}");
        assert!(copy.contains(value), "{value} is not on the copy:\n{copy}");
    }
    assert!(!original.contains("副本"), "the original says that it is a copy:\n{original}");
    assert!(copy.contains("副本1"), "the copy does not say that it is one:\n{copy}");
    browser.quit().await;
}

#[tokio::test]
async fn fourteen_marks_and_twelve_photos_in_two_languages_take_two_pages_which_the_signature_counts() {
    let (folder, _server, browser) = open_demo(ENGLISH.tag).await;
    take_in(&browser, &ENGLISH).await;
    browser.tap(".steps a:nth-child(1)").await;
    let picture = drawn(&browser, 400, 300).await;
    let shown = "return document.querySelectorAll(arguments[0]).length === arguments[1]";
    for count in 1..=12 {
        take_photo(&browser, &folder.path().join("photo.jpg"), &picture).await;
        browser.until("a photo", shown, vec!["[data-photo] img".into(), count.into()]).await;
    }
    browser.tap(".steps a:nth-child(2)").await;
    let places = [
        (262, 256),
        (722, 300),
        (545, 72),
        (455, 452),
        (212, 470),
        (66, 320),
        (60, 260),
        (230, 300),
        (245, 440),
        (255, 470),
        (370, 485),
        (330, 262),
        (250, 220),
    ];
    for (count, (x, y)) in (2..).zip(places) {
        browser.tap_car(f64::from(x), f64::from(y)).await;
        browser.until("a mark", shown, vec![".carbox [data-mark]".into(), count.into()]).await;
    }
    browser.tap(".steps a:nth-child(4)").await;
    sign_both(&browser).await;
    browser.sees("#pages .sign .ink path").await;
    browser.until("the photos", shown, vec!["#pages .photos img".into(), 12.into()]).await;
    let pdf = folder.path().join("paper.pdf");
    let all = text_of_pages(&browser, &pdf).await;
    if let Some(kept) = std::env::var_os("LANEPAD_PAPERS") {
        std::fs::copy(&pdf, std::path::Path::new(&kept).join("fourteen-marks.pdf")).unwrap();
    }
    for said in ["第2页，共2页", "以上2页（14处标记、12张照片）", "pages:2,marks:14,photos:12"]
    {
        assert!(all.contains(said), "{said} is not on the paper:\n{all}");
    }
    browser.quit().await;
}

#[tokio::test]
async fn the_check_in_step_shows_what_will_be_signed_and_one_way_on() {
    let (_folder, _server, browser) = open_demo(ENGLISH.tag).await;
    take_in(&browser, &ENGLISH).await;
    browser.sees("[data-sheet] .car [data-mark]").await;
    let sheet = browser.js("return document.querySelector('[data-sheet]').innerText", vec![]).await;
    for said in ["陈志远", "LGX CE4CB8", "38,412 km", "64 %", "Dent", "Kept here", "Seat", "早上起步有咔咔声"]
    {
        assert!(sheet.as_str().unwrap().contains(said), "{said} is not shown: {sheet}");
    }
    let ways = "return [...document.querySelectorAll('.act .btn.pri')].filter(b => !b.disabled).length";
    assert_eq!(browser.js(ways, vec![]).await, 1);
    browser.quit().await;
}

#[tokio::test]
async fn a_temporary_plate_asks_for_its_last_day_warns_when_it_is_over_and_prints_it() {
    let (_folder, _server, browser) = open_demo(ENGLISH.tag).await;
    take_in(&browser, &ENGLISH).await;
    browser.tap(".steps a:nth-child(1)").await;
    browser.tap_word("Temporary").await;
    browser.sees("#plate-until").await;
    let choose = "const e = document.querySelector('#plate-until'); e.value = '2020-02-29'; e.dispatchEvent(new Event('change', { bubbles: true }))";
    browser.js(choose, vec![]).await;
    browser.reads("This temporary plate has expired").await;
    browser.tap(".steps a:nth-child(4)").await;
    browser.tap("#paper").await;
    browser.sees("#pages .plate.until").await;
    let plate = browser.js("return document.querySelector('#pages .plate').innerText", vec![]).await;
    assert!(plate.as_str().unwrap().contains("2020-02-29"), "{plate}");
    browser.quit().await;
}
