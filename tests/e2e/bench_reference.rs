//! `make bench`: a search among 100,000 parts, and putting a line down.

use std::process::Command;
use std::time::Instant;

use serde_json::Value;

use crate::bench::{quantile, slowed};
use crate::browser::open_demo;
use crate::order::to_sixty_lines;
use crate::papers::text_of_pages;

/// Types a text letter by letter and gives the milliseconds from each key to its answer on the page, and to the
/// frame that shows it.
const TYPE: &str = "const [text] = arguments; return (async () => { const field = document.querySelector('#find'); const took = []; for (let n = 1; n <= text.length; n++) { let answered; const watch = new MutationObserver(() => { if (document.querySelector('.es-search').dataset.answered === field.value) answered ??= performance.now(); }); watch.observe(document.querySelector('.es-search'), { attributes: true }); const t = performance.now(); field.value = text.slice(0, n); field.dispatchEvent(new Event('input', { bubbles: true })); await new Promise(done => { const look = () => answered ? requestAnimationFrame(() => setTimeout(done)) : setTimeout(look); look(); }); watch.disconnect(); took.push([answered - t, performance.now() - t]); await new Promise(done => setTimeout(done, 150)); } field.value = ''; field.dispatchEvent(new Event('input', { bubbles: true })); return took; })()";

/// Puts the first result down and gives the milliseconds until its line is painted.
const ADD: &str = "return (async () => { const lines = document.querySelectorAll('.es-line').length; const t = performance.now(); document.querySelector('.es-found').click(); await new Promise(done => { const look = () => document.querySelectorAll('.es-line').length > lines ? requestAnimationFrame(() => setTimeout(done)) : setTimeout(look); look(); }); return performance.now() - t; })()";

#[tokio::test]
#[ignore = "prints figures; run by make bench"]
async fn bench_of_a_search_among_100000_parts() {
    let (folder, server, browser) = open_demo("zh-CN").await;
    let names = ["前制动片", "后制动片", "机油滤清器", "空调滤清器", "前挡风玻璃", "左前减振器"];
    let mut text = String::from("配件编码,配件名称,零售价,库存\r\n");
    for n in 0..98_000 {
        text += &format!("P{n:06},{} 车型{n},{}.00,3\r\n", names[n % 6], n % 900 + 1);
    }
    let file = folder.path().join("parts.csv");
    std::fs::write(&file, text).unwrap();
    let mut import = Command::new(env!("CARGO_BIN_EXE_lanepad"));
    let import = import.arg("import").arg(&file).arg("--data").arg(folder.path().join("data"));
    assert!(import.output().unwrap().status.success());
    browser.driver.refresh().await.unwrap();
    let began = Instant::now();
    browser.tap("[data-appointment] .btn").await;
    browser.tap(".steps a:nth-child(5)").await;
    let held = "return new Promise(done => { const r = indexedDB.open('lanepad'); r.onsuccess = () => { const g = r.result.transaction('reference').objectStore('reference').count(); g.onsuccess = () => { r.result.close(); done(g.result > 100000); }; }; })";
    while browser.js(held, vec![]).await != true {
        assert!(began.elapsed().as_secs() < 240, "they do not come");
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    }
    println!("\n100,000 parts, 4x CPU slow-down");
    println!("{:<40} {:.1} s (no slow-down)", "on the tablet after", began.elapsed().as_secs_f64());
    slowed(&browser).await;
    browser.driver.refresh().await.unwrap();
    let began = Instant::now();
    browser.tap("[data-ask=part]").await;
    browser.sees("#find").await;
    browser.js(TYPE, vec!["P0".into()]).await;
    println!("{:<40} {:.1} s", "first answer after a cold start", began.elapsed().as_secs_f64());
    for text in ["P097531", "qzdp", "车型4711", "左前减", "HAN-0006"] {
        let mut took = Vec::new();
        for _ in 0..5 {
            took.extend(browser.js(TYPE, vec![text.into()]).await.as_array().unwrap().iter().cloned());
        }
        for (at, what) in ["answered", "painted"].into_iter().enumerate() {
            let took: Value = took.iter().map(|pair| pair[at].clone()).collect();
            let what = format!("{text}, {what}");
            println!("{what:<40} p50 {:.0} ms, p98 {:.0} ms", quantile(&took, 0.5), quantile(&took, 0.98));
        }
    }
    browser.js(TYPE, vec!["HAN-0006".into()]).await;
    browser.js("const e = document.querySelector('#find'); e.value = 'HAN'; e.dispatchEvent(new Event('input', { bubbles: true }))", vec![]).await;
    browser.sees(".es-found").await;
    let mut took = Vec::new();
    for _ in 0..24 {
        took.push(browser.js(ADD, vec![]).await);
    }
    let took = Value::from(took);
    println!(
        "{:<40} p50 {:.0} ms, p98 {:.0} ms",
        "a line put down and painted",
        quantile(&took, 0.5),
        quantile(&took, 0.98)
    );
    browser.quit().await;
    server.stop();
}

#[tokio::test]
#[ignore = "prints figures; run by make bench"]
async fn bench_of_an_order_of_sixty_lines_on_paper() {
    let (folder, server, browser) = open_demo("zh-CN").await;
    to_sixty_lines(&browser, &server).await;
    slowed(&browser).await;
    let began = Instant::now();
    browser.tap("#order-paper").await;
    browser.sees("#pages .sign").await;
    println!("\nan order of 60 lines, 4x CPU slow-down");
    println!("{:<40} {:.0} ms", "its pages drawn after", began.elapsed().as_secs_f64() * 1_000.0);
    let began = Instant::now();
    text_of_pages(&browser, &folder.path().join("order.pdf")).await;
    println!("{:<40} {:.0} ms", "its PDF, printed and read again", began.elapsed().as_secs_f64() * 1_000.0);
    browser.quit().await;
}
