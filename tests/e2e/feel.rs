//! How it feels in the hand: the next step's place, the way back, double taps, rotation, ticks, the sun.

use serde_json::json;

use crate::browser::{Browser, open_demo};
use crate::reception::{ENGLISH, sign_both, take_in};

async fn tap_at(browser: &Browser, css: &str, times: u32) {
    browser.sees(css).await;
    // What comes sooner than a hand can mean it belongs to the tap before.
    browser
        .until("a hand's pause", "return performance.now() - (window.tappedAt ?? -1e9) > 500", vec![])
        .await;
    let middle = "const e = document.querySelector(arguments[0]); e.scrollIntoView({block: 'center'}); const r = e.getBoundingClientRect(); return [r.left + r.width / 2, r.top + r.height / 2]";
    let place = browser.js(middle, vec![css.into()]).await;
    for count in 1..=times {
        for kind in ["mousePressed", "mouseReleased"] {
            let event =
                json!({ "type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": count });
            browser.cdp("Input.dispatchMouseEvent", event).await;
        }
    }
    browser.js("window.tappedAt = performance.now()", vec![]).await;
}

#[tokio::test]
async fn the_back_gesture_leads_to_the_screen_before_and_loses_nothing() {
    let (_folder, _server, browser) = open_demo("en").await;
    let at = "return location.hash.includes(arguments[0]) && document.querySelector(arguments[1]) !== null";
    browser.tap(".rail .dest:last-child a").await;
    browser.sees("[data-check]").await;
    browser.driver.back().await.unwrap();
    browser.until("the board", at, vec!["board".into(), "#new-visit".into()]).await;
    browser.tap("#new-visit").await;
    browser.sees("#start").await;
    browser.driver.back().await.unwrap();
    browser.until("the board", at, vec!["board".into(), "#new-visit".into()]).await;
    browser.tap("[data-appointment] .btn").await;
    browser.sees("#correct-plate").await;
    // Typed, and the field is not left before the screen is.
    browser.js("const e = document.querySelector('input[id$=vin]'); e.focus(); e.select(); document.execCommand('insertText', false, 'LGXCE4')", vec![]).await;
    browser.driver.back().await.unwrap();
    browser.until("the board", at, vec!["board".into(), "#new-visit".into()]).await;
    browser.driver.forward().await.unwrap();
    browser
        .until(
            "what was typed",
            "return document.querySelector('input[id$=vin]')?.value === 'LGXCE4'",
            vec![],
        )
        .await;
    for (step, before) in [(2, "vehicle"), (3, "walkaround"), (4, "interview")] {
        browser.tap(&format!(".steps a:nth-child({step})")).await;
        browser.until("the step", "return document.querySelector('.steps a:nth-child(' + arguments[0] + ')')?.dataset.s === 'now'", vec![step.into()]).await;
        browser.driver.back().await.unwrap();
        browser.until(before, "return location.hash.includes(arguments[0]) && document.querySelector('.steps a:nth-child(' + arguments[1] + ')')?.dataset.s === 'now'", vec![before.into(), (step - 1).into()]).await;
        browser.driver.forward().await.unwrap();
        browser.until("the step again", "return document.querySelector('.steps a:nth-child(' + arguments[0] + ')')?.dataset.s === 'now'", vec![step.into()]).await;
    }
    browser.quit().await;
}

#[tokio::test]
async fn after_the_customer_has_given_it_back_no_way_back_leads_into_customer_mode() {
    let (_folder, _server, browser) = open_demo("en").await;
    take_in(&browser, &ENGLISH).await;
    sign_both(&browser).await;
    let address = "return location.hash.split('/')[1]";
    for _ in 0..6 {
        let before = browser.js(address, vec![]).await;
        browser.driver.back().await.unwrap();
        browser.until("another screen", "return location.hash.split('/')[1] !== arguments[0] && document.querySelector('.shell') !== null", vec![before]).await;
        assert_eq!(browser.js("return document.querySelector('.cm')", vec![]).await, json!(null));
        if browser.js(address, vec![]).await == "vehicle" {
            break;
        }
    }
    browser.quit().await;
}

#[tokio::test]
async fn every_screen_begins_at_its_top_however_far_the_one_before_was_scrolled() {
    let (_folder, _server, browser) = open_demo("en").await;
    browser.tap("[data-appointment] .btn").await;
    browser.sees("#correct-plate").await;
    let scrolled = "const m = document.querySelector('.main'); m.scrollTop = 300; return m.scrollTop";
    assert_eq!(browser.js(scrolled, vec![]).await, 300);
    browser.tap(".rail .home").await;
    browser.sees("#new-visit").await;
    let top = "return document.querySelector('.main').scrollTop === 0";
    browser.until("the top of the board", top, vec![]).await;
    browser.js("document.querySelector('.main').scrollTop = 40; location.hash = '#/settings'", vec![]).await;
    browser.sees("[data-check]").await;
    browser.until("the top of the settings", top, vec![]).await;
    browser.quit().await;
}

/// How many entries on the tablet hold a text.
const ENTRIES: &str = "return new Promise(done => { const r = indexedDB.open('lanepad'); r.onsuccess = () => { const g = r.result.transaction('entries').objectStore('entries').getAll(); g.onsuccess = () => { r.result.close(); done(g.result.filter(e => e.core.includes(arguments[0])).length); }; }; })";

#[tokio::test]
async fn a_double_tap_opens_one_visit_takes_one_step_and_signs_once() {
    let (_folder, _server, browser) = open_demo("en").await;
    tap_at(&browser, "[data-appointment] .btn", 2).await;
    browser.sees("#correct-plate").await;
    assert_eq!(browser.js(ENTRIES, vec!["visit_opened".into()]).await, 1);
    // The next step of the next screen stands under the same finger.
    let zone = "return document.querySelector('.side .zt')?.innerText";
    browser.tap(".steps a:nth-child(2)").await;
    let first = browser.until("the first zone", zone, vec![]).await;
    browser.driver.back().await.unwrap();
    browser.sees("#correct-plate").await;
    tap_at(&browser, "#next", 2).await;
    browser.sees(".carbox .car").await;
    assert_eq!(browser.until("a zone", zone, vec![]).await, first, "the second tap took a step of its own");
    browser.js("location.hash = '#/board'", vec![]).await;
    browser.sees("#new-visit").await;
    tap_at(&browser, "#new-visit", 2).await;
    browser.sees("#start").await;
    assert_eq!(browser.js(ENTRIES, vec!["visit_opened".into()]).await, 1, "the second tap opened a visit");
    browser.quit().await;
}

#[tokio::test]
async fn two_fingers_on_two_appointments_at_once_open_no_two_visits() {
    let (_folder, _server, browser) = open_demo("en").await;
    browser.sees("[data-appointment]").await;
    let places = "return [...document.querySelectorAll('[data-appointment] .btn')].slice(0, 2).map((b, id) => { const r = b.getBoundingClientRect(); return { x: r.left + r.width / 2, y: r.top + r.height / 2, id }; })";
    let fingers = browser.js(places, vec![]).await;
    assert_eq!(fingers.as_array().unwrap().len(), 2);
    browser.cdp("Emulation.setTouchEmulationEnabled", json!({ "enabled": true, "maxTouchPoints": 5 })).await;
    browser.cdp("Input.dispatchTouchEvent", json!({ "type": "touchStart", "touchPoints": fingers })).await;
    browser.cdp("Input.dispatchTouchEvent", json!({ "type": "touchEnd", "touchPoints": [] })).await;
    // The same with a mouse, as fast as two taps can follow each other.
    let both = "const b = [...document.querySelectorAll('[data-appointment] .btn')].slice(0, 2); for (const one of b) one.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, detail: 1 }))";
    browser.js(both, vec![]).await;
    browser.sees("#correct-plate").await;
    assert_eq!(browser.js(ENTRIES, vec!["visit_opened".into()]).await, 1);
    browser.quit().await;
}

#[tokio::test]
async fn grades_keys_and_marks_are_felt_until_it_is_switched_off() {
    let (_folder, _server, browser) = open_demo("en").await;
    let watch = "const own = navigator.vibrate.bind(navigator); window.ticks = []; navigator.vibrate = time => { window.ticks.push(time); return own(time); }";
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": watch })).await;
    browser.driver.refresh().await.unwrap();
    browser.tap("#new-visit").await;
    browser.tap(".kb .key:not([disabled])").await;
    // What a tap does comes first.
    let felt = async |what: &str, times: u64| {
        browser.until(what, "return window.ticks.length === arguments[0]", vec![times.into()]).await;
    };
    felt("a key", 1).await;
    browser.js("location.hash = '#/board'", vec![]).await;
    browser.tap("[data-appointment] .btn").await;
    browser.tap(".steps a:nth-child(2)").await;
    browser.sees(".carbox .car").await;
    browser.tap(".grade").await;
    browser.tap_car(358.0, 456.0).await;
    browser.sees("[data-kind]").await;
    felt("a grade and a mark", 3).await;
    browser.js("location.hash = '#/settings'", vec![]).await;
    browser.tap_word("Off").await;
    felt("the press that switches it off", 4).await;
    browser.driver.back().await.unwrap();
    browser.tap(".grade[aria-pressed=false]").await;
    browser.sees(".grade[aria-pressed=true]").await;
    // Its tick would come before it is switched on, by a press that is felt no more than this one.
    browser.js("location.hash = '#/settings'", vec![]).await;
    let on = "const on = [...document.querySelectorAll('.looks button')].find(e => e.textContent.trim() === 'On'); on?.click(); window.ticks.push('on'); return on !== undefined";
    browser.until("the switch", on, vec![]).await;
    browser.driver.back().await.unwrap();
    browser.tap(".grade[aria-pressed=false]").await;
    felt("a grade", 6).await;
    let ticks = browser.js("return window.ticks.slice(4)", vec![]).await;
    assert_eq!(ticks, json!(["on", 10]), "what was tapped before is felt though it was off");
    browser.quit().await;
}

#[tokio::test]
async fn where_a_browser_cannot_vibrate_a_tap_is_answered_all_the_same() {
    let (_folder, _server, browser) = open_demo("en").await;
    // Known is when the time of a tick is over.
    let without = "delete Navigator.prototype.vibrate; const set = window.setTimeout; window.over = 0; window.setTimeout = (then, after, ...rest) => set(() => { then(...rest); if (after === 60) set(() => window.over += 1); }, after)";
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": without })).await;
    browser.driver.refresh().await.unwrap();
    browser.tap("[data-appointment] .btn").await;
    browser.tap(".steps a:nth-child(2)").await;
    browser.tap(".grade").await;
    browser.until("the time of a tick", "return window.over > 0", vec![]).await;
    browser.sees(".shell .grade[aria-pressed=true]").await;
    browser.quit().await;
}

#[tokio::test]
async fn with_reduced_motion_nothing_moves_for_longer_than_a_hundredth_of_a_second() {
    let (_folder, _server, browser) = open_demo("en").await;
    let moves = "return [...document.querySelectorAll('*')].flatMap(e => { const s = getComputedStyle(e); return [s.transitionDuration, s.animationDuration].join().split(',').map(parseFloat).filter(t => t > 0.01).map(t => e.tagName + '.' + e.className + ' ' + t); })";
    assert_ne!(browser.js(moves, vec![]).await, json!([]), "nothing moves at all, so this proves nothing");
    let features = json!([{ "name": "prefers-reduced-motion", "value": "reduce" }]);
    browser.cdp("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    take_in(&browser, &ENGLISH).await;
    for screen in ["board", "settings", "tour", "new"] {
        browser.js("location.hash = '#/' + arguments[0]", vec![screen.into()]).await;
        browser
            .until(
                screen,
                "return location.hash.includes(arguments[0]) && document.querySelector('.pri') !== null",
                vec![screen.into()],
            )
            .await;
        assert_eq!(browser.js(moves, vec![]).await, json!([]), "{screen}");
    }
    browser.quit().await;
}

#[tokio::test]
async fn turning_the_tablet_in_the_middle_of_a_signature_or_a_word_loses_nothing() {
    let (_folder, _server, browser) = open_demo("en").await;
    browser.sees("[data-appointment]").await;
    browser.js("const e = document.querySelector('#search'); e.focus(); document.execCommand('insertText', false, 'LGX')", vec![]).await;
    let typed = "const e = document.activeElement; return e.id === 'search' && e.value";
    for size in [(820, 1180), (1180, 820)] {
        browser.size(size).await;
        browser.until("the turn", "return innerWidth === arguments[0]", vec![size.0.into()]).await;
        assert_eq!(browser.js(typed, vec![]).await, "LGX");
    }
    browser.fill("#search", "").await;
    browser.sees("[data-appointment]").await;
    take_in(&browser, &ENGLISH).await;
    browser.tap("#next").await;
    browser.look_through().await;
    browser.sign().await;
    let ink = "return [...document.querySelectorAll('[data-pad] .ink path')].map(p => p.getAttribute('d'))";
    let before = browser.js(ink, vec![]).await;
    assert!(!before.as_array().unwrap().is_empty());
    browser.size((820, 1180)).await;
    browser
        .until(
            "an upright pad",
            "return innerHeight > innerWidth && document.querySelector('[data-pad]') !== null",
            vec![],
        )
        .await;
    assert_eq!(browser.js(ink, vec![]).await, before, "the strokes are others after the turn");
    browser.tap("#sign").await;
    browser.give_back().await;
    browser.quit().await;
}

#[tokio::test]
async fn a_long_press_on_the_sync_state_goes_into_the_sun_and_out_and_a_tap_still_opens_the_list() {
    let (_folder, _server, browser) = open_demo("en").await;
    let theme = "return document.documentElement.dataset.theme === arguments[0]";
    for shown in ["sunlight", "light"] {
        let chip = browser.driver.find(thirtyfour::By::Css(".head .sync")).await.unwrap();
        browser.driver.action_chain().move_to_element_center(&chip).click_and_hold().perform().await.unwrap();
        browser.until(shown, theme, vec![shown.into()]).await;
        browser.driver.action_chain().release().perform().await.unwrap();
        browser.sees("#new-visit").await;
    }
    browser.tap(".head .sync").await;
    browser.sees("#export").await;
    // The way with keys.
    browser.js("location.hash = '#/settings'", vec![]).await;
    browser.tap_word("Sunlight").await;
    browser.until("sunlight", theme, vec!["sunlight".into()]).await;
    browser.js("location.hash = '#/board'", vec![]).await;
    browser.sees("#new-visit").await;
    let soft = "const fine = ['rgba(0, 0, 0, 0)', 'rgb(255, 255, 255)', 'rgb(0, 0, 0)', 'rgb(255, 230, 0)']; return [...document.querySelectorAll('.shell *')].filter(e => !fine.includes(getComputedStyle(e).backgroundColor)).map(e => e.className + ' ' + getComputedStyle(e).backgroundColor)";
    assert_eq!(browser.js(soft, vec![]).await, json!([]), "a soft fill in the sun");
    browser.quit().await;
}

#[tokio::test]
async fn a_release_does_not_hold_the_page_of_components() {
    let (_folder, _server, browser) = open_demo("en").await;
    browser.driver.goto("about:blank").await.unwrap();
    browser.driver.goto(format!("{}/#/components", _server.address)).await.unwrap();
    browser.sees("#new-visit").await;
    browser.quit().await;
    let dist = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("dist");
    let files = std::fs::read_dir(dist).unwrap().flatten().map(|file| file.path());
    let app = files.filter(|file| file.extension().is_some_and(|end| end == "wasm"));
    let app: Vec<Vec<u8>> = app.map(|file| std::fs::read(file).unwrap()).collect();
    let in_one = |bytes: &Vec<u8>, text: &str| bytes.windows(text.len()).any(|at| at == text.as_bytes());
    let holds = |text: &str| app.iter().any(|bytes| in_one(bytes, text));
    assert!(holds("new-visit") && holds("es-search"), "the app's texts are not found as they are");
    assert!(!holds("lanepad-components"), "the page of components is in the app");
}
