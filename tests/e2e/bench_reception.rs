//! `make bench`: a visit as full as they come, typing, a large photo, and a day of fifty visits.

use lanepad::catalogue::Catalogue;
use lanepad::diagram::{Body, zone_at};
use lanepad::journal::DossierId;
use lanepad::visit::{Change, DamageKind, MarkPlace, Origin, PhotoSubject, Severity};
use serde_json::json;

use crate::bench::{
    FLOOR, FLOOR_SAVED, HAND, NOTED_BAD, PLAIN, beside, line, quantile, ratio, saved_by_hand, slowed, taps,
    to_walkaround, without_first,
};
use crate::browser::{Browser, open_demo};
use crate::photos::{give_200_photos, take_photo};
use crate::pictures::noisy;
use crate::reception::CHINESE;
use crate::server::Server;
use crate::tablet::{Http, Tablet};

/// A colleague's 100 marks and 200 photos in the visit that is open.
async fn fill(browser: &Browser, server: &Server) {
    browser.sync("complete").await;
    let dossier = browser.js("return location.hash.split('/').pop()", vec![]).await;
    let dossier: DossierId = dossier.as_str().expect("an address").parse().expect("a visit");
    let (line, colleague) = (Http::new(&server.address), Tablet::new(9));
    colleague.exchange(&line).await.unwrap();
    let grid = (0..40).flat_map(|y| (0..60).map(move |x| (300 + x * 115, 200 + y * 110)));
    let on_the_car = grid.filter_map(|(x, y)| zone_at(Body::Sedan, x, y).map(|zone| (x, y, zone)));
    for (x, y, zone) in on_the_car.step_by(12).take(100) {
        let place = MarkPlace { view: zone.view, zone: zone.id.into(), x, y, body: None };
        let (kind, severity, origin) = (DamageKind::Scratch, Severity::Light, Origin::FoundNow);
        colleague.write(dossier, Change::DamageMarked { place, kind, severity, origin });
    }
    give_200_photos(browser, &colleague, dossier, |_| PhotoSubject::Zone("FBm".into())).await;
    colleague.exchange(&line).await.unwrap();
    browser
        .until(
            "the marks",
            "return document.querySelectorAll('.carbox > .car [data-mark]').length === 100",
            vec![],
        )
        .await;
    browser.sync("complete").await;
}

/// What is on the screen as a page that stands by itself: its head, its body, and its theme.
const AS_A_PAGE: &str = "return (async () => { for (const picture of document.querySelectorAll('img[src^=\"blob:\"]')) { const bytes = await (await fetch(picture.src)).blob(); picture.src = await new Promise(done => { const read = new FileReader(); read.onload = () => done(read.result); read.readAsDataURL(bytes); }); } const styles = [...document.querySelectorAll('style,link[rel=stylesheet]')].map(style => style.outerHTML).join(''); return [styles, document.body.innerHTML, document.documentElement.dataset.theme]; })()";

/// Such a page in another one's place, with grades that are pressed by hand.
const BY_HAND: &str = "document.head.innerHTML = arguments[0][0]; document.body.innerHTML = arguments[0][1]; document.documentElement.dataset.theme = arguments[0][2]; for (const b of document.querySelectorAll('.grade')) b.addEventListener('click', () => { for (const o of b.parentElement.children) o.setAttribute('aria-pressed', String(o === b)); }); return Promise.all([...document.images].map(picture => picture.decode().catch(() => {}))).then(() => document.styleSheets.length)";

#[tokio::test]
#[ignore = "prints figures; run by make bench"]
async fn bench_of_a_tap_among_120_items_100_marks_and_200_photos() {
    let (_folder, server, browser) = open_demo(CHINESE.tag).await;
    browser.cdp("Page.setBypassCSP", json!({ "enabled": true })).await;
    browser.tap("[data-appointment] .btn").await;
    to_walkaround(&browser).await;
    fill(&browser, &server).await;
    slowed(&browser).await;
    browser.driver.refresh().await.unwrap();
    browser.sees(".carbox > .car [data-mark]").await;
    // A page that no hand has touched may not vibrate, and the browser says so at every tap.
    browser.tap(".zt").await;
    let app = browser.js(&taps(HAND, PLAIN), vec![]).await;
    let bad = browser.js(&taps(HAND, NOTED_BAD), vec![]).await;
    let page = browser.js(AS_A_PAGE, vec![]).await;
    beside(&browser, &server).await;
    let styled = browser.js(BY_HAND, vec![page]).await;
    assert!(styled.as_u64() > Some(0), "the page by hand has no style");
    let same = browser.js(&taps(HAND, PLAIN), vec![]).await;
    browser.js(FLOOR_SAVED, vec![]).await;
    let same_saved = browser.js(&taps(HAND, PLAIN), vec![]).await;
    let by_hand = saved_by_hand(&browser, &server).await;
    browser.driver.goto("data:text/html,<!doctype html><body></body>").await.unwrap();
    browser.js(FLOOR, vec![]).await;
    let floor = browser.js(&taps(HAND, PLAIN), vec![]).await;
    println!("\n{} items, 100 marks, 200 photos, 4x CPU slow-down", Catalogue::standard().items().len());
    line("tap to paint, saved, at a hand's pace", &app);
    line("floor, 120 items by hand, nothing saved", &floor);
    ratio("ratio (goal 1.3)", &app, &floor);
    ratio("the same, but a page's first three taps", &without_first(&app), &without_first(&floor));
    line("floor that saves by hand", &by_hand);
    ratio("its ratio", &by_hand, &floor);
    line("the same page by hand, nothing saved", &same);
    ratio("the app's ratio to it", &app, &same);
    line("the same page that saves by hand", &same_saved);
    ratio("the app's ratio to it", &app, &same_saved);
    line("a tap on bad that opens its note", &bad);
    println!("{:<40} Enketo 32/106, ODK 132/326, SurveyJS 107/649 ms", "others with 120 items (given)");
    browser.quit().await;
}

/// Types letters as fast as people do and gives the frames between them, in milliseconds.
const TYPE: &str = "const field = document.querySelector(arguments[0]); return (async () => { const frames = []; let last = performance.now(), on = true; const frame = now => { frames.push(now - last); last = now; if (on) requestAnimationFrame(frame); }; field.focus(); requestAnimationFrame(now => { last = now; requestAnimationFrame(frame); }); for (const letter of 'The right front wheel clicks when turning left in the morning') { document.execCommand('insertText', false, letter); await new Promise(done => setTimeout(done, 90)); } on = false; return frames; })()";

#[tokio::test]
#[ignore = "prints figures; run by make bench"]
async fn bench_of_typing() {
    let (_folder, _server, browser) = open_demo(CHINESE.tag).await;
    browser.tap("[data-appointment] .btn").await;
    browser.sees("#correct-plate").await;
    browser.tap(".steps a:nth-child(3)").await;
    browser.sees("textarea[id$=-concern]").await;
    slowed(&browser).await;
    let frames = browser.js(TYPE, vec!["textarea[id$=-concern]".into()]).await;
    let all = frames.as_array().unwrap();
    let late = all.iter().filter(|frame| frame.as_f64().unwrap() > 34.0).count();
    println!("\ntyping 62 letters, 90 ms apart, 4x CPU slow-down");
    println!(
        "{:<40} {late} of {}, the longest {:.0} ms",
        "frames over 34 ms",
        all.len(),
        quantile(&frames, 1.0)
    );
    browser.quit().await;
}

#[tokio::test]
#[ignore = "prints figures; run by make bench"]
async fn bench_of_a_photo_of_12_megapixels() {
    let (folder, _server, browser) = open_demo(CHINESE.tag).await;
    // Noise, tiled: as large as a camera's file, and as hard to read.
    let picture = noisy(&browser, 3_464).await;
    browser.tap("[data-appointment] .btn").await;
    browser.sees("input[type=file]").await;
    browser.sync("complete").await;
    slowed(&browser).await;
    let watch = "window.shown = window.saved = 0; const look = () => { if (!window.shown && document.querySelector('.film img, [data-photo] img, [data-shot] img')) window.shown = performance.now(); if (document.querySelector('[data-photo] img')) window.saved = performance.now(); else requestAnimationFrame(look); }; look(); document.addEventListener('change', () => window.began = performance.now(), { capture: true, once: true }); return true";
    browser.js(watch, vec![]).await;
    take_photo(&browser, &folder.path().join("large.jpg"), &picture).await;
    let took = browser
        .until(
            "a saved photo",
            "return window.saved ? [window.shown - window.began, window.saved - window.began] : null",
            vec![],
        )
        .await;
    println!("\na photo of 12 megapixels, {:.1} MB, 4x CPU slow-down", picture.len() as f64 / 1e6);
    println!(
        "{:<40} on screen {:.0} ms (goal 1000), saved {:.0} ms (goal 2000)",
        "from its choice",
        took[0].as_f64().unwrap(),
        took[1].as_f64().unwrap()
    );
    browser.quit().await;
}

#[tokio::test]
#[ignore = "prints figures; run by make bench"]
async fn bench_of_memory_after_fifty_visits() {
    let (_folder, server, browser) = open_demo(CHINESE.tag).await;
    let (line, colleague) = (Http::new(&server.address), Tablet::new(9));
    let visits: Vec<DossierId> =
        (0..50).map(|n| DossierId::of_appointment("bench", &n.to_string())).collect();
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_millis() as i64;
    for (n, dossier) in visits.iter().enumerate() {
        colleague.write(
            *dossier,
            Change::VisitOpened {
                number: format!("JC20260101-{n:03}Z"),
                appointment: None,
                arrived: now,
                body: Body::Sedan,
                items: Catalogue::standard().items(),
            },
        );
    }
    colleague.exchange(&line).await.unwrap();
    slowed(&browser).await;
    browser.driver.goto("about:blank").await.unwrap();
    browser.driver.goto(&server.address).await.unwrap();
    browser
        .until("all of them", "return document.querySelectorAll('.v[data-visit]').length >= 50", vec![])
        .await;
    let memory = async || {
        browser.cdp("HeapProfiler.collectGarbage", json!({})).await;
        let wasm = browser.js("return window.wasmMemory.buffer.byteLength", vec![]).await;
        wasm.as_f64().unwrap() / 1e6
    };
    let mut after = Vec::new();
    for (n, dossier) in visits.iter().enumerate() {
        for (step, css) in [
            ("vehicle", "#correct-plate, .plate"),
            ("walkaround", ".grade"),
            ("interview", "textarea"),
            ("check-in", "#next"),
        ] {
            browser.js("location.hash = arguments[0]", vec![format!("#/{step}/{dossier}").into()]).await;
            let there =
                "return location.hash === arguments[0] && document.querySelector(arguments[1]) !== null";
            browser.until(step, there, vec![format!("#/{step}/{dossier}").into(), css.into()]).await;
            if step == "walkaround" {
                browser.tap("#group-good").await;
                browser.sees(".grade[aria-pressed=true]").await;
            }
        }
        browser.js("location.hash = '#/board'", vec![]).await;
        browser.sees("#new-visit").await;
        if [4, 19, 34, 49].contains(&n) {
            after.push(memory().await);
        }
    }
    println!("\nwasm memory, one visit after another");
    let ratio = after[3] / after[0];
    println!("{:<40} {after:.1?} MB, ratio {ratio:.2} (goal 1.10)", "after 5, 20, 35 and 50 visits");
    browser.quit().await;
}
