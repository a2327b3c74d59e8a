//! `make bench`: prints figures and ratios; never fails for a slow machine.

use serde_json::{Value, json};

use crate::browser::open_demo;
use crate::reception::CHINESE;

/// A page with the same 120 items, written by hand, that saves nothing.
const FLOOR: &str = "document.body.innerHTML = '<main style=\"overflow:auto;height:100%\">' + [...Array(120).keys()].map(i => `<div class=item><div>Item ${i}</div><div class=grades>` + ['良好','注意','异常','不适用'].map(w => `<button class=grade aria-pressed=false>${w}</button>`).join('') + '</div></div>').join('') + '</main>'; for (const b of document.querySelectorAll('.grade')) b.addEventListener('click', () => { for (const o of b.parentElement.children) o.setAttribute('aria-pressed', String(o === b)); })";

/// Taps a grade 60 times and measures from the tap to the next paint after it is pressed.
const TAPS: &str = "return (async () => { const out = []; for (let n = 0; n < 60; n++) { const rows = [...document.querySelectorAll('.grades')]; const row = rows[n % rows.length]; const b = [...row.children].find(b => b.getAttribute('aria-pressed') !== 'true'); const t = performance.now(); b.click(); await new Promise(done => { const look = () => { if (b.getAttribute('aria-pressed') === 'true') requestAnimationFrame(() => setTimeout(done)); else setTimeout(look); }; look(); }); out.push(performance.now() - t); } return out.sort((a, b) => a - b) })()";

fn quantile(values: &Value, at: f64) -> f64 {
    let list = values.as_array().unwrap();
    list[((list.len() - 1) as f64 * at).round() as usize].as_f64().unwrap()
}

#[tokio::test]
#[ignore = "prints figures; run by make bench"]
async fn bench() {
    let (_folder, server, browser) = open_demo(CHINESE.tag).await;
    browser.cdp("Emulation.setCPUThrottlingRate", json!({ "rate": 4 })).await;
    browser.tap("[data-appointment] .btn").await;
    browser.sees("#correct-plate").await;
    browser.tap(".steps a:nth-child(2)").await;
    browser.sees(".grade").await;
    let app = browser.js(TAPS, vec![]).await;
    let began = std::time::Instant::now();
    browser.driver.goto("about:blank").await.unwrap();
    browser.driver.goto(&server.address).await.unwrap();
    browser.sees(".v[data-visit]").await;
    let warm = began.elapsed();
    browser.driver.goto(format!("{}/icon.svg", server.address)).await.unwrap();
    browser.driver.goto("data:text/html,<!doctype html><body></body>").await.unwrap();
    browser.js(FLOOR, vec![]).await;
    let floor = browser.js(TAPS, vec![]).await;
    println!("4x CPU slow-down");
    println!("tap to paint, saved:  p50 {:.1} ms, p98 {:.1} ms", quantile(&app, 0.5), quantile(&app, 0.98));
    println!(
        "floor, nothing saved: p50 {:.1} ms, p98 {:.1} ms",
        quantile(&floor, 0.5),
        quantile(&floor, 0.98)
    );
    println!(
        "ratio:                p50 {:.2}, p98 {:.2}",
        quantile(&app, 0.5) / quantile(&floor, 0.5),
        quantile(&app, 0.98) / quantile(&floor, 0.98)
    );
    println!("start from the cache to board usable: {} ms", warm.as_millis());
    browser.quit().await;
}
