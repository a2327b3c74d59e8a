//! The car: bodies, the driver's side, looking closer, marks of the last visit, what can be brought back.

use std::time::Instant;

use lanepad::catalogue::Catalogue;
use lanepad::diagram::{Body, Side, centre, path, wheel_at, zone, zones};
use lanepad::journal::DossierId;
use lanepad::visit::vehicle::{Plate, PlateColour, PlateNumber};
use lanepad::visit::{Change, DamageKind, MarkPlace, Origin, Severity};
use serde_json::{Value, json};

use crate::browser::{Browser, open_demo, open_demo_as};
use crate::reception::to_the_car;
use crate::server::Server;
use crate::tablet::{Http, Tablet};

/// Where a point of the drawing stands in the window, whatever part of it is shown.
async fn pixel(browser: &Browser, (x, y): (f64, f64)) -> (f64, f64) {
    let script = "const s = document.querySelector('.carbox > .car'), m = s.getScreenCTM(), p = new DOMPoint(arguments[0], arguments[1]).matrixTransform(m); return [p.x, p.y]";
    let at = browser.js(script, vec![x.into(), y.into()]).await;
    (at[0].as_f64().unwrap(), at[1].as_f64().unwrap())
}

fn middle(body: Body, id: &str) -> (f64, f64) {
    let (x, y) = centre(body, zone(body, id).expect("a zone"));
    (f64::from(x) / 10.0, f64::from(y) / 10.0)
}

async fn tap_at(browser: &Browser, (x, y): (f64, f64)) {
    browser
        .driver
        .action_chain()
        .move_to(x.round() as i64, y.round() as i64)
        .click()
        .perform()
        .await
        .unwrap();
}

/// Fingers on the glass, as the browser gets them from a touch screen.
pub(crate) async fn fingers(browser: &Browser, kind: &str, points: &[(f64, f64)]) {
    let points: Vec<Value> =
        points.iter().enumerate().map(|(id, (x, y))| json!({ "x": x, "y": y, "id": id })).collect();
    browser.cdp("Input.dispatchTouchEvent", json!({ "type": kind, "touchPoints": points })).await;
}

async fn view_box(browser: &Browser) -> [f64; 4] {
    let text =
        browser.js("return document.querySelector('.carbox > .car').getAttribute('viewBox')", vec![]).await;
    let numbers: Vec<f64> = text.as_str().unwrap().split(' ').map(|n| n.parse().unwrap()).collect();
    numbers.try_into().unwrap()
}

#[tokio::test]
async fn another_body_has_its_own_zones_and_a_mark_of_before_asks_to_be_placed_again() {
    let (_folder, _server, browser) = open_demo("en").await;
    to_the_car(&browser).await;
    tap_at(&browser, pixel(&browser, middle(Body::Sedan, "LFD")).await).await;
    browser.counts(".carbox [data-mark]", 1).await;
    for (body, name) in [(Body::Suv, "suv"), (Body::Mpv, "mpv"), (Body::Pickup, "pickup")] {
        browser.tap("#car-kind").await;
        browser.tap(&format!("[data-body={name}]")).await;
        browser.sees(&format!("[data-body={name}][aria-pressed=true]")).await;
        browser.counts(".carbox > .car [data-zone]", zones(body).len()).await;
        browser.sees("#to-place").await;
    }
    // Placed again by a tap, exactly there.
    browser.tap("#to-place .btn").await;
    browser.sees(".carbox.moving").await;
    tap_at(&browser, pixel(&browser, middle(Body::Pickup, "CB")).await).await;
    browser.counts("#to-place", 0).await;
    let (x, y) = middle(Body::Pickup, "CB");
    let near = "const m = document.querySelector('.carbox [data-mark]').transform.baseVal[0].matrix; return Math.hypot(m.e - arguments[0], m.f - arguments[1]) < 1";
    browser.until("the mark where it was tapped", near, vec![x.into(), y.into()]).await;
    // What nobody looked at of a pickup stands on its paper, in its drawing.
    let dossier = browser.js("return location.hash.split('/').pop()", vec![]).await;
    browser.js("location.hash = '#/paper/' + arguments[0]", vec![dossier]).await;
    browser.sees("#pages .unfolded").await;
    let paths = "return [...document.querySelectorAll('#pages .unfolded path[fill=\"url(#unlooked)\"]')].map(p => p.getAttribute('d'))";
    let drawn = browser.js(paths, vec![]).await;
    let tailgate = path(Body::Pickup, zone(Body::Pickup, "TR").unwrap());
    assert!(drawn.as_array().unwrap().iter().any(|path| path == tailgate), "not the pickup's drawing");
    browser.quit().await;
}

#[tokio::test]
async fn the_steering_wheel_and_the_drivers_side_follow_the_answer() {
    let (_folder, _server, browser) = open_demo("en").await;
    to_the_car(&browser).await;
    let wheel = |side| {
        let place = wheel_at(Body::Sedan, side);
        (
            "return document.querySelector('.carbox > .car [data-wheel]').getAttribute('transform') === arguments[0]",
            place,
        )
    };
    let (script, place) = wheel(Side::Left);
    browser.until("the wheel on the left", script, vec![place.into()]).await;
    browser.tap("#car-kind").await;
    browser.tap_word("Right-hand drive").await;
    let (script, place) = wheel(Side::Right);
    browser.until("the wheel on the right", script, vec![place.into()]).await;
    browser.tap("#next").await;
    // The right side is the driver's now.
    browser.tap(".seg button:nth-child(2)").await;
    browser.reads("driver's side").await;
    browser.tap(".seg button:nth-child(4)").await;
    browser.reads("passenger's side").await;
    browser.quit().await;
}

#[tokio::test]
async fn a_known_car_comes_with_its_body_and_its_drivers_side() {
    let (_folder, _server, browser) = open_demo("zh-CN").await;
    for (plate, body, side) in
        [("粤B7P3C5", "皮卡", "左舵"), ("粤B4G8L6", "MPV", "左舵"), ("粤Z1234港", "轿车", "右舵")]
    {
        browser.tap("#new-visit").await;
        browser.fill("#plate-text", plate).await;
        browser.tap(&format!("[data-known='{plate}']")).await;
        browser.sees("#correct-plate").await;
        browser.tap(".steps a:nth-child(2)").await;
        let says = "const b = document.querySelector('#car-kind'); return b && arguments.length && b.innerText.includes(arguments[0]) && b.innerText.includes(arguments[1])";
        browser.until(plate, says, vec![body.into(), side.into()]).await;
        browser.tap(".rail .home").await;
    }
    browser.quit().await;
}

#[tokio::test]
async fn an_enlarged_view_takes_taps_exactly_and_the_small_car_leads_back() {
    let (_folder, _server, browser) = open_demo("en").await;
    to_the_car(&browser).await;
    browser.tap(".seg button:nth-child(4)").await;
    browser.tap("#enlarge").await;
    browser.sees("#whole-car").await;
    let scale = browser.js("return document.querySelector('.carbox > .car').getScreenCTM().a", vec![]).await;
    assert!((scale.as_f64().unwrap() - 2.2).abs() < 0.05, "a unit is {scale} pixels");
    // A mirror is no smaller than a finger there, and each zone that is shown takes its tap.
    for (id, number) in [("LMR", 1), ("LFG", 2)] {
        tap_at(&browser, pixel(&browser, middle(Body::Sedan, id)).await).await;
        browser.counts(".carbox > .car [data-mark]", number).await;
        browser
            .until(
                id,
                "return document.querySelector('.carbox > .car [data-z=now]').dataset.zone === arguments[0]",
                vec![id.into()],
            )
            .await;
    }
    let shown = view_box(&browser).await;
    browser.size((820, 1180)).await;
    let turned =
        "const s = document.querySelector('.carbox > .car').getBoundingClientRect(); return s.width > 700";
    browser.until("the tablet turned", turned, vec![]).await;
    assert_eq!(view_box(&browser).await, shown, "a turned tablet looks elsewhere");
    browser.size((1180, 820)).await;
    browser.tap("#whole-car").await;
    browser.until("the whole car", "return document.querySelector('.carbox > .car').getAttribute('viewBox').startsWith('-2.00 -2.00')", vec![]).await;
    browser.quit().await;
}

#[tokio::test]
async fn two_fingers_enlarge_the_car_where_they_are_and_never_set_a_mark() {
    let (_folder, _server, browser) = open_demo("en").await;
    to_the_car(&browser).await;
    let (x, y) = pixel(&browser, middle(Body::Sedan, "LFD")).await;
    let at = |apart: f64| [(x - apart, y), (x + apart, y)];
    fingers(&browser, "touchStart", &at(30.0)[..1]).await;
    fingers(&browser, "touchStart", &at(30.0)).await;
    for apart in [40.0, 55.0, 70.0] {
        fingers(&browser, "touchMove", &at(apart)).await;
    }
    browser.sees("#whole-car").await;
    fingers(&browser, "touchEnd", &at(70.0)[..1]).await;
    fingers(&browser, "touchEnd", &[]).await;
    let (now_x, now_y) = pixel(&browser, middle(Body::Sedan, "LFD")).await;
    assert!(
        (now_x - x).abs() < 3.0 && (now_y - y).abs() < 3.0,
        "the door slid from {x} {y} to {now_x} {now_y}"
    );
    // Two fingers that come down and go at once are no tap either, also where the browser makes one of it.
    fingers(&browser, "touchStart", &at(30.0)).await;
    fingers(&browser, "touchEnd", &[]).await;
    let click = "document.querySelector('.carbox > .car').dispatchEvent(new MouseEvent('click', { bubbles: true, clientX: arguments[0], clientY: arguments[1] })); return true";
    browser.js(click, vec![x.into(), y.into()]).await;
    browser.sync("complete").await;
    browser.counts(".carbox > .car [data-mark]", 0).await;
    // One finger moves what is enlarged, and sets nothing.
    let before = view_box(&browser).await;
    fingers(&browser, "touchStart", &[(x, y)]).await;
    fingers(&browser, "touchMove", &[(x - 60.0, y)]).await;
    fingers(&browser, "touchEnd", &[]).await;
    assert!(view_box(&browser).await[0] > before[0] + 10.0, "the car did not follow the finger");
    // One that stays is a tap: the only mark.
    tap_at(&browser, pixel(&browser, middle(Body::Sedan, "LFD")).await).await;
    browser.sees("[data-kind=scratch][aria-pressed=true]").await;
    browser.counts(".carbox > .car [data-mark]", 1).await;
    browser.quit().await;
}

#[tokio::test]
async fn a_double_tap_sets_one_mark() {
    let (_folder, _server, browser) = open_demo("en").await;
    to_the_car(&browser).await;
    let (x, y) = pixel(&browser, middle(Body::Sedan, "HD")).await;
    let (x, y) = (x.round() as i64, y.round() as i64);
    browser.driver.action_chain().move_to(x, y).double_click().perform().await.unwrap();
    browser.sees("[data-kind=scratch][aria-pressed=true]").await;
    browser.sync("complete").await;
    browser.counts(".carbox > .car [data-mark]", 1).await;
    browser.quit().await;
}

#[tokio::test]
async fn a_withdrawn_mark_can_be_brought_back_for_six_seconds_without_a_question() {
    let (_folder, _server, browser) = open_demo("zh-CN").await;
    to_the_car(&browser).await;
    browser.tap("#mark-here").await;
    browser.sees("[data-kind=scratch][aria-pressed=true]").await;
    browser.tap("#withdraw").await;
    browser.reads("已撤回标记 1").await;
    browser.counts(".carbox > .car [data-mark]", 0).await;
    browser.tap("#bring-back").await;
    browser.counts(".carbox > .car [data-mark]", 1).await;
    browser.counts("#bring-back", 0).await;
    // Untouched it goes by itself, and the mark stays withdrawn.
    browser.tap(".mkc").await;
    browser.tap("#withdraw").await;
    browser.sees("#bring-back").await;
    let began = Instant::now();
    let free = "const s = document.querySelector('.undo').getBoundingClientRect(), n = document.querySelector('#next').getBoundingClientRect(); return s.right <= n.left";
    browser.until("the next step free", free, vec![]).await;
    browser.counts("#bring-back", 0).await;
    assert!(began.elapsed().as_secs() >= 4, "gone after {:?}", began.elapsed());
    browser.counts(".carbox > .car [data-mark]", 0).await;
    browser.quit().await;
}

/// Zones with room for fifty marks each.
const MANY: &[&str] = &["LFD", "RFD", "HD", "RF", "LRD", "RRD"];

/// A visit of a demo car on another tablet, some days ago.
pub(crate) fn earlier_visit(tablet: &Tablet, plate: &str, zones: &[&str], times: i32) -> DossierId {
    let dossier = DossierId::of_appointment("earlier", plate);
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_millis() as i64;
    let number = PlateNumber::read(plate).value().expect("a plate");
    tablet.write(
        dossier,
        Change::VisitOpened {
            number: "JC20260101-001Z".into(),
            appointment: None,
            arrived: now - 5 * 86_400_000,
            body: Body::Sedan,
            items: Catalogue::standard().items(),
        },
    );
    let plate = Plate::Number { number, colour: PlateColour::Green };
    tablet.write(dossier, Change::PlateRead { plate: plate.into() });
    for id in zones {
        let shape = zone(Body::Sedan, id).unwrap();
        let (x, y) = centre(Body::Sedan, shape);
        for at in 0..times {
            let place = MarkPlace {
                view: shape.view,
                zone: shape.id.into(),
                x: x - 260 + at % 10 * 52,
                y: y - 100 + at / 10 * 52,
                body: None,
            };
            let (kind, severity, origin) = (DamageKind::Dent, Severity::Light, Origin::FoundNow);
            tablet.write(dossier, Change::DamageMarked { place, kind, severity, origin });
        }
    }
    dossier
}

#[tokio::test]
async fn marks_of_the_last_visit_are_proposed_and_each_says_what_became_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start_with(&folder.path().join("data"), &["--demo"]);
    let (line, other) = (Http::new(&server.address), Tablet::new(1));
    earlier_visit(&other, "粤BD12345", &["FBm", "LFD", "HD"], 1);
    other.exchange(&line).await.unwrap();
    let browser = Browser::start(&folder.path().join("profile")).await;
    browser.first_open(&server.address, "en", "light").await;
    browser.sees(".v[data-visit]").await;
    to_the_car(&browser).await;
    browser.counts(".carbox > .car [data-proposed]", 3).await;
    browser.counts(".carbox > .car [data-mark]", 0).await;
    browser.reads("3 marks from the last visit to confirm").await;
    for (seen, class) in [("still_there", "mk k"), ("repaired", "mk r"), ("new", "mk l")] {
        browser.tap("#carried .btn").await;
        browser.tap(&format!("[data-carried] [data-seen={seen}]")).await;
        let drawn =
            "return document.querySelector(`.carbox > .car [data-mark][class='${arguments[0]}']`) !== null";
        browser.until(class, drawn, vec![class.into()]).await;
    }
    browser.counts(".carbox > .car [data-proposed]", 0).await;
    browser.counts("#carried", 0).await;
    // Once more after a restart: answered is answered, and on the paper.
    browser.driver.refresh().await.unwrap();
    browser.counts(".carbox > .car [data-mark]", 3).await;
    let dossier = browser.js("return location.hash.split('/').pop()", vec![]).await;
    browser.js("location.hash = '#/paper/' + arguments[0]", vec![dossier]).await;
    browser.sees("#pages .marks").await;
    let paper = browser.js("return document.querySelector('#pages').innerText", vec![]).await;
    assert!(paper.as_str().unwrap().contains("Repaired since"), "not on the paper: {paper}");
    browser.quit().await;
}

#[tokio::test]
async fn three_hundred_marks_stay_smooth_and_keep_their_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start_with(&folder.path().join("data"), &["--demo"]);
    let (line, other) = (Http::new(&server.address), Tablet::new(1));
    let dossier = DossierId::of_appointment("earlier", "粤BD12345");
    earlier_visit(&other, "粤BD12345", MANY, 50);
    other.exchange(&line).await.unwrap();
    let browser = Browser::start(&folder.path().join("profile")).await;
    browser.first_open(&server.address, "en", "light").await;
    browser.sees(".v[data-visit]").await;
    browser.js("location.hash = '#/walkaround/' + arguments[0]", vec![dossier.to_string().into()]).await;
    browser.counts(".carbox > .car [data-mark]", 300).await;
    let numbers = "return [...document.querySelectorAll('.carbox > .car [data-mark] .no')].filter(e => getComputedStyle(e).display !== 'none').map(e => +e.textContent)";
    let numbers = browser.js(numbers, vec![]).await;
    assert_eq!(numbers, json!((1..=300).collect::<Vec<_>>()));
    // A finger that moves the enlarged car is followed, and nothing that lies on it is touched for that.
    browser.tap(".seg button:nth-child(4)").await;
    browser.tap("#enlarge").await;
    browser.sees("#whole-car").await;
    let touched = "const car = document.querySelector('.carbox > .car'), r = car.getBoundingClientRect(); const send = (type, x) => car.dispatchEvent(new PointerEvent(type, { bubbles: true, pointerId: 7, clientX: x, clientY: r.top + 100 })); const touched = new Set(), views = new Set(); new MutationObserver(list => list.forEach(one => touched.add(one.target === car ? one.attributeName : one.target.nodeName))).observe(car, { attributes: true, childList: true, characterData: true, subtree: true }); return new Promise(done => { send('pointerdown', r.left + 300); let step = 0; const frame = () => { views.add(car.getAttribute('viewBox')); if (step++ === 20) { send('pointerup', 0); done([[...touched].join(), views.size]); } else { send('pointermove', r.left + 300 - step * 6); requestAnimationFrame(frame); } }; requestAnimationFrame(frame); })";
    let touched = browser.js(touched, vec![]).await;
    assert_eq!(touched[0], "viewBox", "a move touches more than the view");
    let views = touched[1].as_u64().unwrap();
    assert!(views > 10, "of 20 moves only {views} were followed");
    browser.quit().await;
}

#[tokio::test]
async fn every_zone_of_every_body_comes_in_the_order_of_the_walk() {
    let (_folder, _server, browser) = open_demo_as("zh-CN", (820, 1180), "light").await;
    to_the_car(&browser).await;
    browser.tap("#car-kind").await;
    browser.tap("[data-body=suv]").await;
    browser.sees("[data-body=suv][aria-pressed=true]").await;
    browser.tap("#next").await;
    let here = "return document.querySelector('.carbox > .car [data-z=now]')?.dataset.zone";
    let wanted: Vec<&str> = zones(Body::Suv).iter().map(|zone| zone.id).collect();
    let mut walked = vec![browser.until("the first zone", here, vec![]).await];
    let button =
        "const r = document.querySelector('#next').getBoundingClientRect(); return [r.right, r.bottom]";
    let place = browser.js(button, vec![]).await;
    for next in &wanted[1..] {
        browser.tap("#group-good").await;
        browser.tap("#next").await;
        browser
            .until(
                next,
                "return document.querySelector('.carbox > .car [data-z=now]')?.dataset.zone === arguments[0]",
                vec![(*next).into()],
            )
            .await;
        walked.push(json!(next));
        assert_eq!(browser.js(button, vec![]).await, place, "the next step moved");
    }
    assert_eq!(json!(walked), json!(wanted));
    browser.quit().await;
}

/// To be looked at: LANEPAD_PICTURES names a folder.
#[tokio::test]
#[ignore = "writes pictures to be looked at"]
async fn the_car_in_pictures() {
    let kept = std::env::var("LANEPAD_PICTURES").expect("LANEPAD_PICTURES names a folder");
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start_with(&folder.path().join("data"), &["--demo"]);
    let (line, other) = (Http::new(&server.address), Tablet::new(1));
    earlier_visit(&other, "粤BD12345", &["FBm", "LFD", "HD"], 1);
    earlier_visit(&other, "粤B3R2T7", MANY, 50);
    other.exchange(&line).await.unwrap();
    for (language, size, theme) in [("zh-CN", (1180, 820), "light"), ("en", (820, 1180), "dark")] {
        let browser = Browser::start_at(&folder.path().join(language), size).await;
        browser.first_open(&server.address, language, theme).await;
        let shot = async |name: &str| {
            let picture = browser.driver.screenshot_as_png().await.unwrap();
            std::fs::write(format!("{kept}/{language}-{name}.png"), picture).unwrap();
        };
        browser.sees(".v[data-visit]").await;
        to_the_car(&browser).await;
        browser.tap(".seg button:nth-child(4)").await;
        shot("1-carried").await;
        tap_at(&browser, pixel(&browser, middle(Body::Sedan, "LRQ")).await).await;
        browser.sees("[data-kind=scratch][aria-pressed=true]").await;
        browser.tap(".seg button:nth-child(4)").await;
        browser.sees("#whole-car").await;
        shot("2-enlarged").await;
        browser.tap("#withdraw").await;
        browser.sees("#bring-back").await;
        shot("3-undo").await;
        browser.tap("#whole-car").await;
        for body in ["suv", "mpv", "pickup", "sedan"] {
            browser.tap("#car-kind").await;
            browser.tap(&format!("[data-body={body}]")).await;
            browser.sees(&format!("[data-body={body}][aria-pressed=true]")).await;
            shot(&format!("4-{body}")).await;
            browser.tap("#next").await;
        }
        let many = DossierId::of_appointment("earlier", "粤B3R2T7").to_string();
        browser.js("location.hash = '#/walkaround/' + arguments[0]", vec![many.into()]).await;
        browser.counts(".carbox > .car [data-mark]", 300).await;
        shot("5-many").await;
        browser.js("document.documentElement.dataset.theme = 'sunlight'; return true", vec![]).await;
        shot("6-sunlight").await;
        browser.quit().await;
    }
}
