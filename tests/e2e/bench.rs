//! `make bench`, the half in a browser: prints figures and ratios; never fails for a slow machine.
//!
//! The processor is slowed down four times, as a cheap tablet's is. What stands beside a figure was
//! measured in the same run, except where a line says that it was given.

use serde_json::{Value, json};

use crate::browser::{Browser, open_demo};
use crate::reception::{CHINESE, sign_both, take_in};
use crate::server::Server;

/// A page with the same 120 items, written by hand, that saves nothing.
pub(crate) const FLOOR: &str = "document.body.innerHTML = '<style>.grade[aria-pressed=true]{background:green;color:white}</style><main style=\"overflow:auto;height:100%\">' + [...Array(120).keys()].map(i => `<div class=item><div>Item ${i}</div><div class=grades>` + ['良好','注意','异常','不适用'].map(w => `<button class=grade aria-pressed=false>${w}</button>`).join('') + '</div></div>').join('') + '</main>'; for (const b of document.querySelectorAll('.grade')) b.addEventListener('click', () => { for (const o of b.parentElement.children) o.setAttribute('aria-pressed', String(o === b)); })";

/// The same page, which saves by hand before it shows: a row and a number in one transaction. What nobody
/// who saves first can be faster than.
pub(crate) const FLOOR_SAVED: &str = "return (async () => { const open = indexedDB.open('floor', 1); open.onupgradeneeded = () => { open.result.createObjectStore('entries', { keyPath: 'id' }); open.result.createObjectStore('meta', { keyPath: 'name' }); }; const base = await new Promise(done => open.onsuccess = () => done(open.result)); let n = 0; document.addEventListener('click', event => { const b = event.target.closest('.grade'); if (!b) return; event.stopPropagation(); const own = base.transaction(['entries', 'meta'], 'readwrite'); own.objectStore('entries').put({ id: ++n, core: 'x'.repeat(600) }); own.objectStore('meta').put({ name: 'number', n }); own.oncomplete = () => { for (const o of b.parentElement.children) o.setAttribute('aria-pressed', String(o === b)); }; own.commit(); }, true); return true; })()";

/// Taps one of two grades 60 times, so many milliseconds after the last one was painted, and measures from
/// the tap to the next paint after it is pressed.
pub(crate) fn taps(pause: u32, grades: [u32; 2]) -> String {
    let script = "return (async () => { const out = []; for (let n = 0; n < 60; n++) { const rows = [...document.querySelectorAll('.grades')]; const row = rows[n % rows.length]; const b = GRADES.map(at => row.children[at]).find(b => b.getAttribute('aria-pressed') !== 'true'); const pressed = () => b.getAttribute('aria-pressed') === 'true'; await new Promise(done => setTimeout(done, PAUSE)); const t = performance.now(); b.click(); if (!pressed()) await new Promise(done => { const watch = new MutationObserver(() => { if (pressed()) { watch.disconnect(); done(); } }); watch.observe(b, { attributes: true }); }); await new Promise(done => requestAnimationFrame(() => setTimeout(done))); out.push(performance.now() - t); } return out; })()";
    script.replace("PAUSE", &pause.to_string()).replace("GRADES", &format!("{grades:?}"))
}

/// Good or not applicable: nothing else changes.
pub(crate) const PLAIN: [u32; 2] = [0, 3];
/// Good or attention: with this one a field for a note comes and goes.
const NOTED: [u32; 2] = [0, 1];

/// Good or bad: with this one a field for a note opens.
pub(crate) const NOTED_BAD: [u32; 2] = [2, 0];

/// Between the taps of a hand, in milliseconds.
pub(crate) const HAND: u32 = 300;

/// Taps a grade 60 times and measures from the tap to the end of the transaction that holds its entry:
/// the only one that writes entries and numbers at once.
const COMMITS: &str = "return (async () => { const begin = IDBDatabase.prototype.transaction; let committed; IDBDatabase.prototype.transaction = function (stores, ...how) { const own = begin.call(this, stores, ...how); if (how[0] === 'readwrite' && ['entries', 'meta'].every(store => own.objectStoreNames.contains(store))) own.addEventListener('complete', () => committed?.()); return own; }; const out = []; for (let n = 0; n < 60; n++) { const rows = [...document.querySelectorAll('.grades')]; const b = [...rows[n % rows.length].children].find(b => b.getAttribute('aria-pressed') !== 'true'); const t = performance.now(); const end = new Promise(done => committed = done); b.click(); await end; out.push(performance.now() - t); await new Promise(done => { const look = () => b.getAttribute('aria-pressed') === 'true' ? requestAnimationFrame(() => setTimeout(done)) : setTimeout(look); look(); }); } IDBDatabase.prototype.transaction = begin; return out; })()";

/// The same by hand: a row and a number in one transaction, 60 times.
const RAW_WRITES: &str = "return (async () => { const open = indexedDB.open('floor', 1); open.onupgradeneeded = () => { open.result.createObjectStore('entries', { keyPath: 'id' }); open.result.createObjectStore('meta', { keyPath: 'name' }); }; const base = await new Promise(done => open.onsuccess = () => done(open.result)); const out = []; for (let n = 0; n < 60; n++) { const t = performance.now(); const own = base.transaction(['entries', 'meta'], 'readwrite'); own.objectStore('entries').put({ id: n, core: 'x'.repeat(600) }); own.objectStore('meta').put({ name: 'number', n }); await new Promise(done => own.oncomplete = done); out.push(performance.now() - t); await new Promise(done => requestAnimationFrame(() => setTimeout(done))); } base.close(); indexedDB.deleteDatabase('floor'); return out; })()";

/// Runs in every page before its own scripts: notes when the board can be used, and the app's memory. It looks
/// at the board alone: a frame that is asked for again and again elsewhere would stand in the way of taps.
pub(crate) const FROM_THE_START: &str = "{ const look = () => { if (document.querySelector('#new-visit') && document.querySelector('.v[data-visit]')) window.usable = performance.now(); else if (location.pathname === '/' && location.hash.length < 3) requestAnimationFrame(look); }; look(); const start = WebAssembly.instantiateStreaming; WebAssembly.instantiateStreaming = async (...what) => { const made = await start(...what); window.wasmMemory = made.instance.exports.memory; return made; }; }";

pub(crate) fn quantile(values: &Value, at: f64) -> f64 {
    let mut list: Vec<f64> = values.as_array().unwrap().iter().map(|value| value.as_f64().unwrap()).collect();
    list.sort_by(f64::total_cmp);
    list[((list.len() - 1) as f64 * at).round() as usize]
}

pub(crate) fn line(what: &str, values: &Value) {
    println!("{what:<40} p50 {:.1} ms, p98 {:.1} ms", quantile(values, 0.5), quantile(values, 0.98));
}

pub(crate) fn ratio(what: &str, ours: &Value, floor: &Value) {
    let times = |at| quantile(ours, at) / quantile(floor, at);
    println!("{what:<40} p50 {:.2}, p98 {:.2}", times(0.5), times(0.98));
}

/// What a page does for the first time is compiled for it.
pub(crate) fn without_first(values: &Value) -> Value {
    values.as_array().unwrap().iter().skip(3).cloned().collect()
}

/// A slow tablet that notes from the start.
pub(crate) async fn slowed(browser: &Browser) {
    browser.cdp("Emulation.setCPUThrottlingRate", json!({ "rate": 4 })).await;
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": FROM_THE_START })).await;
}

/// Opens the app's address and gives the milliseconds until the board can be used.
async fn start(browser: &Browser, address: &str) -> Value {
    browser.driver.goto("about:blank").await.unwrap();
    browser.driver.goto(address).await.unwrap();
    browser.until("a board that can be used", "return window.usable", vec![]).await
}

/// A page of the server's that is not the app, to work by hand beside its database.
pub(crate) async fn beside(browser: &Browser, server: &Server) {
    browser.driver.goto(format!("{}/health", server.address)).await.unwrap();
}

/// The floor page in the server's place, saving by hand: 60 taps at a hand's pace.
pub(crate) async fn saved_by_hand(browser: &Browser, server: &Server) -> Value {
    // Its style is in the page.
    browser.cdp("Page.setBypassCSP", json!({ "enabled": true })).await;
    beside(browser, server).await;
    browser.js(FLOOR, vec![]).await;
    browser.js(FLOOR_SAVED, vec![]).await;
    browser.js(&taps(HAND, PLAIN), vec![]).await
}

pub(crate) async fn to_walkaround(browser: &Browser) {
    browser.sees("#correct-plate").await;
    browser.tap(".steps a:nth-child(2)").await;
    browser.sees(".grade").await;
}

#[tokio::test]
#[ignore = "prints figures; run by make bench"]
async fn bench_of_a_tap() {
    let (_folder, server, browser) = open_demo(CHINESE.tag).await;
    slowed(&browser).await;
    browser.tap("[data-appointment] .btn").await;
    to_walkaround(&browser).await;
    let app = browser.js(&taps(HAND, PLAIN), vec![]).await;
    let noted = browser.js(&taps(HAND, NOTED), vec![]).await;
    let hasty = browser.js(&taps(0, PLAIN), vec![]).await;
    let commits = browser.js(COMMITS, vec![]).await;
    beside(&browser, &server).await;
    let raw = browser.js(RAW_WRITES, vec![]).await;
    let by_hand = saved_by_hand(&browser, &server).await;
    browser.driver.goto("data:text/html,<!doctype html><body></body>").await.unwrap();
    browser.js(FLOOR, vec![]).await;
    let floor = browser.js(&taps(HAND, PLAIN), vec![]).await;
    let floor_hasty = browser.js(&taps(0, PLAIN), vec![]).await;
    println!("\na tap, 4x CPU slow-down");
    line("tap to paint, saved, at a hand's pace", &app);
    line("floor, nothing saved", &floor);
    ratio("ratio (goal 1.3)", &app, &floor);
    ratio("the same, but a page's first three taps", &without_first(&app), &without_first(&floor));
    line("floor that saves by hand", &by_hand);
    ratio("its ratio", &by_hand, &floor);
    line("the same, with a field for a note", &noted);
    line("tap to paint, one right after the other", &hasty);
    line("floor, nothing saved", &floor_hasty);
    ratio("ratio", &hasty, &floor_hasty);
    line("tap to committed", &commits);
    line("floor, a row and a number by hand", &raw);
    ratio("ratio", &commits, &raw);
    println!("{:<40} p50 1.6 ms, p98 4.4 ms", "peers' write alone (given, not slowed)");
    browser.quit().await;
}

#[tokio::test]
#[ignore = "prints figures; run by make bench"]
async fn bench_of_a_start() {
    let (_folder, server, mut browser) = open_demo(CHINESE.tag).await;
    browser.tap("[data-appointment] .btn").await;
    browser.sees("#correct-plate").await;
    browser.sync("complete").await;
    browser.js("location.hash = '#/board'", vec![]).await;
    browser.sees(".v[data-visit]").await;
    let (address, profile) = (server.address.clone(), browser.profile.clone());
    slowed(&browser).await;
    let (mut cold, mut warm, mut offline) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..5 {
        let gone = json!({ "origin": address, "storageTypes": "service_workers,cache_storage" });
        browser.driver.goto("about:blank").await.unwrap();
        browser.cdp("Storage.clearDataForOrigin", gone).await;
        browser.cdp("Network.clearBrowserCache", json!({})).await;
        cold.push(start(&browser, &address).await);
        let size = browser.js("return performance.getEntriesByType('resource').some(file => file.name.endsWith('.wasm') && file.transferSize > 100000)", vec![]).await;
        assert_eq!(size, true, "the app did not come over the wire");
        browser.js("return navigator.serviceWorker.ready.then(() => true)", vec![]).await;
        start(&browser, &address).await;
        warm.push(start(&browser, &address).await);
    }
    server.stop();
    for _ in 0..5 {
        browser.quit().await;
        browser = Browser::start(&profile).await;
        slowed(&browser).await;
        offline.push(start(&browser, &address).await);
    }
    println!("\nfrom the address to the board, 4x CPU slow-down");
    let print = |what: &str, values: Vec<Value>| {
        let values = Value::from(values);
        println!("{what:<40} p50 {:.0} ms, worst {:.0} ms", quantile(&values, 0.5), quantile(&values, 1.0));
        quantile(&values, 0.5)
    };
    let cold = print("cold, nothing cached, over the wire", cold);
    print("warm, from the service worker", warm);
    let offline = print("new process, server down (goal 1500)", offline);
    println!("{:<40} {:.2}", "offline to cold", offline / cold);
    browser.quit().await;
}

#[tokio::test]
#[ignore = "prints figures; run by make bench"]
async fn bench_of_memory() {
    let (_folder, server, browser) = open_demo(CHINESE.tag).await;
    slowed(&browser).await;
    browser.driver.goto("about:blank").await.unwrap();
    browser.driver.goto(&server.address).await.unwrap();
    browser.sees("#new-visit").await;
    let memory = async || {
        browser.cdp("HeapProfiler.collectGarbage", json!({})).await;
        let used = browser.cdp("Runtime.getHeapUsage", json!({})).await;
        let wasm = browser.js("return window.wasmMemory.buffer.byteLength", vec![]).await;
        [used["usedSize"].as_f64().unwrap() / 1e6, wasm.as_f64().unwrap() / 1e6]
    };
    let empty = memory().await;
    take_in(&browser, &CHINESE).await;
    sign_both(&browser).await;
    browser.sync("complete").await;
    let [heap, wasm] = memory().await;
    println!("\nmemory, garbage collected");
    println!("{:<40} JS heap {:.1} MB, wasm {:.1} MB", "an empty board", empty[0], empty[1]);
    println!("{:<40} JS heap {heap:.1} MB, wasm {wasm:.1} MB", "a visit filled in and signed");
    browser.quit().await;
}

/// Notes when something is so, by the machine's clock, which both browsers read.
const WATCH: &str = "window.seen = 0; const so = new Function('return ' + arguments[0]); const look = () => { if (so()) window.seen = Date.now(); else setTimeout(look, 4); }; look()";

#[tokio::test]
#[ignore = "prints figures; run by make bench"]
async fn bench_of_a_second_tablet() {
    let (folder, server, one) = open_demo(CHINESE.tag).await;
    let two = Browser::start(&folder.path().join("two")).await;
    two.first_open(&server.address, CHINESE.tag, "light").await;
    for tablet in [&one, &two] {
        slowed(tablet).await;
    }
    take_in(&one, &CHINESE).await;
    // Both at the zone that is open at first.
    one.driver.refresh().await.unwrap();
    two.tap(".v[data-visit]").await;
    for tablet in [&one, &two] {
        tablet.tap(".steps a:nth-child(2)").await;
        tablet.tap(".seg > :first-child").await;
        tablet.sees(".grade").await;
        tablet.sync("complete").await;
    }
    let seen = async |at: Value| {
        let seen = two.until("it on the second tablet", "return window.seen || false", vec![]).await;
        json!(seen.as_f64().unwrap() - at.as_f64().unwrap())
    };
    let mut answers = Vec::new();
    for n in 0..20 {
        // The first item's second and first grade by turns.
        let grade = format!("document.querySelector('.grades').children[{}]", (n + 1) % 2);
        two.js(WATCH, vec![format!("{grade}.getAttribute('aria-pressed') === 'true'").into()]).await;
        let at = one.js(&format!("{grade}.click(); return Date.now()"), vec![]).await;
        answers.push(seen(at).await);
    }
    two.tap(".rail .home").await;
    two.sees(".v[data-visit]").await;
    one.tap(".steps a:nth-child(4)").await;
    let signed =
        format!("document.querySelector('.v[data-visit]')?.innerText.includes('{}')", CHINESE.signed);
    two.js(WATCH, vec![signed.into()]).await;
    let note = "addEventListener('click', event => { if (event.target.closest('#sign')) window.signed = Date.now(); }, true)";
    one.js(note, vec![]).await;
    sign_both(&one).await;
    let signature = seen(one.js("return window.signed", vec![]).await).await;
    let answers = Value::from(answers);
    println!("\nfrom one tablet to another's screen, 4x CPU slow-down (goal 2000)");
    println!(
        "{:<40} p50 {:.0} ms, worst {:.0} ms",
        "a grade",
        quantile(&answers, 0.5),
        quantile(&answers, 1.0)
    );
    println!("{:<40} {} ms", "the last signature", signature);
    one.quit().await;
    two.quit().await;
}

/// Fills the read model with rows like the first one: (how many, how many of them open).
pub(crate) const FILL: &str = "const [count, open] = arguments; return (async () => { const asked = indexedDB.open('lanepad'); const base = await new Promise(done => asked.onsuccess = () => done(asked.result)); const own = base.transaction('visits', 'readwrite'); const store = own.objectStore('visits'); const rows = store.getAll(); rows.onsuccess = () => { const text = rows.result[0].listed, day = 86400000, digits = (n, of) => String(n).padStart(of, '0'); for (let n = 0; n < count; n++) { const listed = JSON.parse(text), row = listed.row, is_open = n < open; row.dossier = `00000000-0000-8000-8000-${digits(n, 12)}`; row.appointment = null; row.plate.number.number = `粤B${digits(n, 5)}`; row.vin = `LGXCE4CB8P${digits(n, 7)}`; row.name = '王李张刘陈杨赵黄周吴'[n % 10] + '雅芝志远国栋晓彤'[n % 8] + '甲乙丙丁'[n % 4] + n; row.phone = `138${digits(n * 7, 8)}`; row.arrived -= is_open ? n * 60000 : day + n * 600000; row.stage = is_open ? 'vehicle' : 'checked_in'; listed.unsent = 0; listed.stale = false; store.put({ dossier: row.dossier, arrived: row.arrived, searched: [row.plate.number.number, row.vin, row.phone, row.name].join('\\n'), ...(is_open ? { open: 1 } : {}), listed: JSON.stringify(listed) }); } }; await new Promise(done => own.oncomplete = done); base.close(); })()";

/// Types a search a while after the last one was cleared, and waits for a visit; milliseconds from the input to
/// the paint of what it finds.
const SEARCH: &str = "const [text, found] = arguments; return (async () => { const field = document.querySelector('#search'); const type = text => { field.value = text; field.dispatchEvent(new Event('input', { bubbles: true })); }; const painted = so => new Promise(done => { const look = () => so() ? requestAnimationFrame(() => setTimeout(done)) : setTimeout(look); look(); }); await new Promise(done => setTimeout(done, 150)); const t = performance.now(); type(text); await painted(() => document.querySelector(`.lst.found [data-visit='${found}']`) && document.querySelectorAll('.lst.found .v').length <= 50); const took = performance.now() - t; type(''); await painted(() => document.querySelector('.lst.found') === null); return took; })()";

/// Goes back to the board; milliseconds from the tap to the paint of its first rows.
const HOME: &str = "return (async () => { await new Promise(done => setTimeout(done, 500)); const t = performance.now(); document.querySelector('.rail .home').click(); await new Promise(done => { const look = () => document.querySelector('.v[data-visit]') ? requestAnimationFrame(() => setTimeout(done)) : setTimeout(look); look(); }); return performance.now() - t; })()";

#[tokio::test]
#[ignore = "prints figures; run by make bench"]
async fn bench_of_a_board_of_10000_visits() {
    let (_folder, server, browser) = open_demo(CHINESE.tag).await;
    browser.tap("[data-appointment] .btn").await;
    browser.sees("#correct-plate").await;
    browser.sync("complete").await;
    slowed(&browser).await;
    let few = start(&browser, &server.address).await;
    beside(&browser, &server).await;
    browser.js(FILL, vec![10_000.into(), 60.into()]).await;
    let mut opens = Vec::new();
    for _ in 0..3 {
        opens.push(start(&browser, &server.address).await);
    }
    let opens = Value::from(opens);
    println!("\na board of 10,000 visits, 60 of them open, 4x CPU slow-down");
    println!(
        "{:<40} p50 {:.0} ms; with one visit {:.0} ms",
        "opens from the cache",
        quantile(&opens, 0.5),
        few.as_f64().unwrap()
    );
    let mut back = Vec::new();
    for _ in 0..5 {
        browser.tap(".v[data-visit]:not([data-visit^='00000000-'])").await;
        browser.sees("#correct-plate").await;
        back.push(browser.js(HOME, vec![]).await);
    }
    line("opens from a visit (goal 300)", &Value::from(back));
    let visit = |n: usize| format!("00000000-0000-8000-8000-{n:012}");
    for (what, text, n) in [
        ("first search, by plate", "粤B09876".to_owned(), 9_876),
        ("by plate", "粤B08765".to_owned(), 8_765),
        ("by name", "李芝乙4321".to_owned(), 4_321),
        ("by phone", format!("138 {:08}", 7_654 * 7), 7_654),
        ("by what most have", "138".to_owned(), 0),
    ] {
        let mut took = Vec::new();
        for _ in 0..if what.starts_with("first") { 1 } else { 9 } {
            took.push(browser.js(SEARCH, vec![text.clone().into(), visit(n).into()]).await);
        }
        let took = Value::from(took);
        println!("{what:<40} p50 {:.0} ms, worst {:.0} ms", quantile(&took, 0.5), quantile(&took, 1.0));
    }
    // An answer in the one visit that is real, until the server has called it complete.
    browser.tap(".v[data-visit]:not([data-visit^='00000000-'])").await;
    to_walkaround(&browser).await;
    browser.js("window.blocked = [0]; new PerformanceObserver(list => window.blocked.push(...list.getEntries().map(task => task.duration))).observe({ type: 'longtask' }); window.tapped = performance.now(); document.querySelector('.grade').click()", vec![]).await;
    let exchanged = "return performance.getEntriesByType('resource').some(file => file.name.endsWith('/heads') && file.startTime > window.tapped)";
    browser.until("an exchange", exchanged, vec![]).await;
    browser.sync("complete").await;
    let blocked = browser.js("return Math.max(...window.blocked)", vec![]).await;
    println!(
        "{:<40} {:.0} ms (0: under 50)",
        "an answer's exchange blocks at most",
        blocked.as_f64().unwrap()
    );
    browser.quit().await;
}
