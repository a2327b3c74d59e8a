//! The printed form at its limits: three hundred marks, the code that a phone reads, long names.

use std::path::Path;
use std::process::Command;

use lanepad::diagram::{Body, zone_at};
use lanepad::journal::DossierId;
use lanepad::visit::{Change, DamageKind, MarkPlace, Origin, Severity};

use crate::browser::{Browser, open_demo};
use crate::papers::{nothing_overlaps, text_of_pages};
use crate::reception::{CHINESE, ENGLISH, sign_both, take_in};
use crate::tablet::{Http, Tablet};

/// To be looked at: LANEPAD_PAPERS names a folder.
pub(crate) fn keep(pdf: &Path, name: &str) {
    if let Some(kept) = std::env::var_os("LANEPAD_PAPERS") {
        std::fs::copy(pdf, Path::new(&kept).join(format!("{name}.pdf"))).unwrap();
    }
}

/// What the codes on the first page say, read from a print of 200 dots to the inch.
fn codes_on(pdf: &Path) -> Vec<(String, usize)> {
    let output = Command::new("pdftoppm")
        .args(["-gray", "-r", "200", "-f", "1", "-l", "1", pdf.to_str().unwrap()])
        .output()
        .expect("poppler-utils");
    // P5, width, height, 255, then a byte a dot.
    let header: Vec<&[u8]> = output.stdout.splitn(4, |byte| byte.is_ascii_whitespace()).take(3).collect();
    let number = |at: usize| std::str::from_utf8(header[at]).unwrap().parse::<usize>().unwrap();
    let (width, height) = (number(1), number(2));
    let dots = &output.stdout[output.stdout.len() - width * height..];
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| dots[y * width + x]);
    let read = |grid: rqrr::Grid<_>| {
        let (of, text) = grid.decode().expect("a code that can be read");
        (text, of.version.0)
    };
    image.detect_grids().into_iter().map(read).collect()
}

#[tokio::test]
async fn the_code_on_the_print_is_read_and_names_the_form_its_version_and_the_whole_digest() {
    let (folder, _server, browser) = open_demo(CHINESE.tag).await;
    take_in(&browser, &CHINESE).await;
    browser.tap("#paper").await;
    browser.sees("#pages .page").await;
    let pdf = folder.path().join("paper.pdf");
    text_of_pages(&browser, &pdf).await;
    keep(&pdf, "draft");
    assert_eq!(codes_on(&pdf), [], "a draft has a code");
    browser.tap(".steps a:nth-child(4)").await;
    sign_both(&browser).await;
    browser.sees("#pages .sign .ink path").await;
    let text = text_of_pages(&browser, &pdf).await;
    keep(&pdf, "ordinary");
    let (code, version) = codes_on(&pdf).remove(0);
    let parts: Vec<&str> = code.split(':').collect();
    let [program, number, paper, digest] = parts[..] else { panic!("{code}") };
    assert_eq!((program, paper, version), ("LANEPAD/1", "1", 5));
    assert!(text.contains(&format!("编号{number}")), "{number} is not on the paper:\n{text}");
    assert_eq!(digest.len(), 64);
    // The eye compares the first sixteen.
    assert!(text.contains(&format!("摘要{}", &digest[..16])), "{digest} is not on the paper:\n{text}");
    let wide = "return document.querySelector('#pages .qr').getBoundingClientRect().width * 25.4 / 96";
    assert!(browser.js(wide, vec![]).await.as_f64().unwrap() >= 18.0);
    browser.quit().await;
}

async fn dossier_of(browser: &Browser) -> DossierId {
    let hash = browser.js("return location.hash", vec![]).await;
    hash.as_str().unwrap().rsplit('/').next().unwrap().parse().expect("an address with a visit")
}

#[tokio::test]
async fn three_hundred_marks_are_printed_legibly_on_pages_that_say_what_follows() {
    let (folder, server, browser) = open_demo(CHINESE.tag).await;
    take_in(&browser, &CHINESE).await;
    browser.sync("complete").await;
    let dossier = dossier_of(&browser).await;
    // A colleague's tablet, after hail.
    let (line, tablet) = (Http::new(&server.address), Tablet::new(7));
    tablet.exchange(&line).await.unwrap();
    let grid = (0..50).flat_map(|y| (0..70).map(move |x| (300 + x * 100, 200 + y * 90)));
    let on_the_car = grid.filter_map(|(x, y)| zone_at(Body::Sedan, x, y).map(|zone| (x, y, zone)));
    for (x, y, zone) in on_the_car.step_by(6).take(299) {
        let place = MarkPlace { view: zone.view, zone: zone.id.into(), x, y, body: None };
        let (kind, severity, origin) = (DamageKind::Dent, Severity::Heavy, Origin::FoundNow);
        tablet.write(dossier, Change::DamageMarked { place, kind, severity, origin });
    }
    tablet.exchange(&line).await.unwrap();
    browser
        .until(
            "the marks",
            "return document.querySelectorAll('[data-sheet] .car [data-mark]').length === 300",
            vec![],
        )
        .await;
    sign_both(&browser).await;
    browser.sees("#pages .sign .ink path").await;
    nothing_overlaps(&browser).await;
    let pdf = folder.path().join("paper.pdf");
    let text = text_of_pages(&browser, &pdf).await;
    keep(&pdf, "hail");
    for said in ["标记1–30", "标记271–300", "外观见第2页", "300处标记"] {
        assert!(text.contains(said), "{said} is not on the paper:\n{text}");
    }
    let numbers = "return [...document.querySelectorAll('#pages .unfolded text[font-weight=\"700\"]')].map(t => Number(t.textContent))";
    let numbers = browser.js(numbers, vec![]).await;
    let numbers: Vec<u64> = numbers.as_array().unwrap().iter().map(|n| n.as_u64().unwrap()).collect();
    assert_eq!(numbers, (1..=300).collect::<Vec<u64>>(), "each mark is drawn once");
    browser.quit().await;
}

#[tokio::test]
async fn a_name_of_thirty_characters_and_a_long_model_wrap_in_their_columns() {
    let (folder, _server, browser) = open_demo(ENGLISH.tag).await;
    take_in(&browser, &ENGLISH).await;
    browser.tap(".steps a:nth-child(1)").await;
    let name: String = "阿不都热合曼·买买提吐尔逊·热合曼".chars().cycle().take(30).collect();
    let model = "梅赛德斯-奔驰 AMG GLE 53 4MATIC+ 轿跑 SUV 2023 款 改款";
    browser.fill("input[id$=customer]", &name).await;
    browser.fill("input[id$=-model]", model).await;
    browser
        .until("the model", "return document.querySelector('.head').innerText.includes('改款')", vec![])
        .await;
    browser.tap(".steps a:nth-child(4)").await;
    sign_both(&browser).await;
    browser.sees("#pages .sign .ink path").await;
    nothing_overlaps(&browser).await;
    let pdf = folder.path().join("paper.pdf");
    text_of_pages(&browser, &pdf).await;
    keep(&pdf, "long");
    // What wraps beside another column is not one run in the PDF; on the page it is whole.
    let text = browser.js("return document.querySelector('#pages').textContent", vec![]).await;
    for said in [name.as_str(), model] {
        assert!(text.as_str().unwrap().contains(said), "{said} is not whole on the paper:\n{text}");
    }
    browser.quit().await;
}
