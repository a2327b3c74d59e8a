//! A photo, large: what is drawn on it, its place and time, the same place at the last visit; files that
//! are no photo; a film of two hundred.

use lanepad::journal::AttachmentId;
use lanepad::visit::{Change, PhotoSubject, Picture};

use crate::browser::{Browser, open_demo};
use crate::car::{earlier_visit, fingers};
use crate::photos::{give_200_photos, keeps, kept, take_photo};
use crate::pictures::{base64, drawn, size_of, with_exif};
use crate::reception::to_the_car;
use crate::server::Server;
use crate::tablet::{Http, Tablet};
use crate::viewfinder::WAITING;

/// A place on the picture, in thousandths of its width and height, as the window has it.
async fn on_picture(browser: &Browser, x: f64, y: f64) -> (f64, f64) {
    let script = "const r = document.querySelector('[data-drawing] image').getBoundingClientRect(); return [r.left + r.width * arguments[0] / 1000, r.top + r.height * arguments[1] / 1000]";
    let at = browser.js(script, vec![x.into(), y.into()]).await;
    (at[0].as_f64().unwrap(), at[1].as_f64().unwrap())
}

/// The tools, in the order of offering.
const CIRCLE: usize = 0;
const ARROW: usize = 1;
const LINE: usize = 2;
const COVER: usize = 3;

/// A stroke of a finger, which may wear a glove, with one of the tools.
async fn draw(browser: &Browser, tool: usize, points: &[(f64, f64)]) {
    browser.tap(&format!("[data-tool='{tool}']")).await;
    browser.sees(&format!("[data-tool='{tool}'][aria-pressed=true]")).await;
    for (at, (x, y)) in points.iter().enumerate() {
        let point = on_picture(browser, *x, *y).await;
        fingers(browser, if at == 0 { "touchStart" } else { "touchMove" }, &[point]).await;
    }
    fingers(browser, "touchEnd", &[]).await;
}

/// The colour of a kept picture at a place in thousandths: red, green and blue.
async fn colour(browser: &Browser, digits: &str, x: f64, y: f64) -> [u64; 3] {
    let script = "const [digits, x, y] = arguments; return (async () => { const p = await createImageBitmap(await (await fetch('/api/v1/attachments/' + digits)).blob()); const c = document.createElement('canvas'); c.width = p.width; c.height = p.height; const g = c.getContext('2d'); g.drawImage(p, 0, 0); return [...g.getImageData(p.width * x / 1000, p.height * y / 1000, 1, 1).data].slice(0, 3); })()";
    let colour = browser.js(script, vec![digits.into(), x.into(), y.into()]).await;
    [0, 1, 2].map(|at| colour[at].as_u64().unwrap())
}

async fn leave(browser: &Browser) {
    browser.tap("#photo-done").await;
    browser.counts(".over", 0).await;
}

#[tokio::test]
async fn what_is_drawn_and_covered_is_what_papers_show_and_the_original_stays_as_it_is() {
    let (folder, _server, browser) = open_demo("en").await;
    to_the_car(&browser).await;
    let data = folder.path().join("data");
    take_photo(&browser, &folder.path().join("door.jpg"), &drawn(&browser, 1_600, 1_200).await).await;
    browser.sees("[data-photo] [data-sent=true]").await;
    let originals = kept(&data);
    let thumbnail = "return document.querySelector('.strip-film [data-photo] img')?.src ?? null";
    let before = browser.js(thumbnail, vec![]).await;

    browser.tap("[data-photo] .look").await;
    browser.sees(".shown image[href]").await;
    draw(&browser, CIRCLE, &[(100.0, 100.0), (200.0, 200.0), (300.0, 300.0)]).await;
    draw(&browser, ARROW, &[(900.0, 900.0), (700.0, 700.0)]).await;
    draw(&browser, LINE, &[(100.0, 700.0), (150.0, 750.0), (200.0, 700.0)]).await;
    // Over the edge between red and blue, as a plate would stand there.
    draw(&browser, COVER, &[(420.0, 400.0), (580.0, 600.0)]).await;
    browser.counts(".drawn li", 4).await;
    // A touch draws nothing, and the last stroke can be taken away.
    draw(&browser, LINE, &[(500.0, 100.0)]).await;
    draw(&browser, LINE, &[(500.0, 100.0), (600.0, 100.0)]).await;
    browser.counts(".drawn li", 5).await;
    browser.tap("#undo-stroke").await;
    browser.counts(".drawn li", 4).await;
    browser.tap("#see-original").await;
    browser.counts(".shown path", 0).await;
    browser.tap("#see-original").await;
    browser.counts(".shown .cover", 1).await;
    // The way back keeps it too: what was covered is covered.
    browser.driver.back().await.unwrap();
    browser.counts(".over", 0).await;
    browser
        .until(
            "another thumbnail",
            &format!(
                "{} && {} !== arguments[0]",
                thumbnail.replace(" ?? null", ""),
                thumbnail.replace("return ", "").replace(" ?? null", "")
            ),
            vec![before],
        )
        .await;
    browser.sync("complete").await;

    let all = kept(&data);
    let new: Vec<_> =
        all.iter().filter(|(digits, _)| originals.iter().all(|(old, _)| old != digits)).collect();
    assert_eq!((all.len(), new.len()), (4, 2), "beside the originals, not in their place");
    let (shown, bytes) = (&new[0].0, &new[0].1);
    assert_eq!(size_of(bytes), (1_600, 1_200));
    let original = &originals[0].0;
    for (digits, covered) in [(original, false), (shown, true)] {
        let [red, _, blue] = colour(&browser, digits, 490.0, 500.0).await;
        assert_eq!(red > 230 && blue < 30, !covered, "the edge under the cover: {red} {blue}");
        let [red, green, blue] = colour(&browser, digits, 800.0, 800.0).await;
        assert_eq!(blue > 230 && red < 30 && green < 30, !covered, "the arrow: {red} {green} {blue}");
    }
    // The form shows that one.
    browser.js("location.hash = location.hash.replace('walkaround', 'paper')", vec![]).await;
    browser.sees("#pages .photos img").await;
    let on_paper = "return (async () => { const p = document.querySelector('#pages .photos img'); await p.decode(); const c = document.createElement('canvas'); c.width = p.naturalWidth; c.height = p.naturalHeight; const g = c.getContext('2d'); g.drawImage(p, 0, 0); const [r, , b] = g.getImageData(c.width * .49, c.height / 2, 1, 1).data; return r < 230 && b > 30; })()";
    assert_eq!(browser.js(on_paper, vec![]).await, true, "the form shows what is covered");

    // Everything wiped away is the photo as it was taken.
    browser.driver.back().await.unwrap();
    browser.tap("[data-photo] .look").await;
    browser.counts(".drawn li", 4).await;
    for left in (0..4).rev() {
        browser.tap(".drawn li button").await;
        browser.counts(".drawn li", left).await;
    }
    leave(&browser).await;
    browser.sync("complete").await;
    browser.tap("[data-photo] .look").await;
    browser.sees(".shown image[href]").await;
    browser.counts(".shown path", 0).await;
    assert_eq!(kept(&data).len(), 4, "an original was encoded again");
    browser.quit().await;
}

#[tokio::test]
async fn strokes_that_were_drawn_when_the_page_was_ended_are_there_again() {
    let (folder, server, browser) = open_demo("en").await;
    to_the_car(&browser).await;
    take_photo(&browser, &folder.path().join("door.jpg"), &drawn(&browser, 800, 600).await).await;
    browser.tap("[data-photo] .look").await;
    browser.sees(".shown image[href]").await;
    draw(&browser, COVER, &[(100.0, 100.0), (400.0, 300.0)]).await;
    let draft = "return new Promise((done, failed) => { const r = indexedDB.open('lanepad'); r.onerror = failed; r.onsuccess = () => { const all = r.result.transaction('drafts').objectStore('drafts').getAll(); all.onsuccess = () => { r.result.close(); done(all.result.some(d => d.name.startsWith('drawing/') && d.text.includes('cover'))); }; }; })";
    browser.until("the draft", draft, vec![]).await;
    let address = browser.js("return location.hash", vec![]).await.as_str().unwrap().to_owned();
    let profile = browser.profile.clone();
    browser.kill();
    let browser = Browser::start(&profile).await;
    browser.driver.goto(format!("{}/{address}", server.address)).await.unwrap();
    browser.tap("[data-photo] .look").await;
    browser.counts(".shown .cover", 1).await;
    leave(&browser).await;
    keeps(&folder.path().join("data"), 4).await;
    browser.sync("complete").await;
    browser.quit().await;
}

#[tokio::test]
async fn a_photo_says_its_place_and_the_dealerships_time_and_stands_beside_that_of_the_last_visit() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start_with(&folder.path().join("data"), &["--demo"]);
    let browser = Browser::start(&folder.path().join("profile")).await;
    let (line, other) = (Http::new(&server.address), Tablet::new(1));
    let earlier = earlier_visit(&other, "粤BD12345", &["FBm"], 1);
    browser.first_open(&server.address, "en", "light").await;
    let bytes = drawn(&browser, 400, 300).await;
    let attachment = AttachmentId::of(&bytes);
    let picture = Picture { attachment, size: bytes.len() as u32, width: 400, height: 300 };
    other.attach(attachment, bytes);
    let subject = PhotoSubject::Zone("FBm".into());
    other.write(earlier, Change::PhotoTaken { subject, picture: picture.clone(), thumbnail: picture });
    other.exchange(&line).await.unwrap();
    let held = crate::photos::ON_THIS_TABLET
        .replace("done(all.result.map(a => [a.id, a.bytes.length]))", "done(all.result.length > 0)");
    browser.until("the photo of then", &held, vec![]).await;

    // The tablet's own clock shows another zone's hours.
    let elsewhere = serde_json::json!({ "timezoneId": "America/New_York" });
    browser.cdp("Emulation.setTimezoneOverride", elsewhere).await;
    to_the_car(&browser).await;
    take_photo(&browser, &folder.path().join("now.jpg"), &drawn(&browser, 600, 800).await).await;
    browser.tap("[data-photo] .look").await;
    browser.sees(".shown image[href]").await;
    let stamp =
        browser.js("return document.querySelector('[data-drawing] .stamp').textContent", vec![]).await;
    let stamp = stamp.as_str().unwrap();
    assert!(stamp.starts_with("Front bumper · 粤B·D12345 · "), "{stamp}");
    let time = "const two = (n) => String(n).padStart(2, '0'), at = new Date(Date.now() + 8 * 3600e3); return [0, -60e3].map(back => { const t = new Date(at.getTime() + back); return `${two(t.getUTCHours())}:${two(t.getUTCMinutes())}`; })";
    let times = browser.js(time, vec![]).await;
    let now = times.as_array().unwrap().iter().any(|time| stamp.ends_with(time.as_str().unwrap()));
    assert!(now, "{stamp} at {times}");
    browser.tap("#compare").await;
    browser.sees("[data-then] image[href]").await;
    let texts = browser
        .js("return [...document.querySelectorAll('.shown .stamp')].map(s => s.textContent)", vec![])
        .await;
    assert!(texts[0].as_str().unwrap().starts_with("Last time · Front bumper"), "{texts}");
    assert!(texts[1].as_str().unwrap().starts_with("Now · Front bumper"), "{texts}");
    let beside = "const [then, now] = [...document.querySelectorAll('.shown')].map(s => s.getBoundingClientRect()); return then.right <= now.left && then.width > 300 && now.width > 300";
    assert_eq!(browser.js(beside, vec![]).await, true, "not side by side");
    leave(&browser).await;
    // On paper as on the screen.
    browser.js("location.hash = location.hash.replace('walkaround', 'paper')", vec![]).await;
    browser.sees("#pages .photos figcaption").await;
    let caption =
        browser.js("return document.querySelector('#pages .photos figcaption').textContent", vec![]).await;
    let caption = caption.as_str().unwrap();
    let hour = stamp.rsplit(' ').next().unwrap().trim_start_matches('0');
    assert!(caption.contains("Front bumper") && caption.contains(hour), "{caption} lacks {hour}");
    browser.quit().await;
}

#[tokio::test]
async fn a_file_that_is_cut_off_too_large_for_the_page_or_heic_says_what_to_do_before_it_is_decoded() {
    let (folder, _server, browser) = open_demo("en").await;
    to_the_car(&browser).await;
    let decoded = "window.decoded = 0; const decode = window.createImageBitmap; window.createImageBitmap = (...all) => { window.decoded += 1; return decode(...all); }";
    browser.js(decoded, vec![]).await;
    let whole = drawn(&browser, 800, 600).await;
    let mut hundred = whole.clone();
    let frame = hundred.windows(2).position(|marker| matches!(marker, [0xff, 0xc0..=0xc2])).unwrap();
    hundred[frame + 5..frame + 9].copy_from_slice(&[0x27, 0x10, 0x27, 0x10]);
    let heic = [b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec(), vec![0; 4_000]].concat();
    for (name, bytes, sentence) in [
        ("cut.jpg", whole[..whole.len() / 2].to_vec(), "This photo is cut off"),
        ("hundred.jpg", hundred, "10000 × 10000 pixels, too many for the tablet"),
        ("phone.heic", heic, "Set the camera's format to \"Most compatible\""),
    ] {
        take_photo(&browser, &folder.path().join(name), &bytes).await;
        browser.reads(sentence).await;
        browser.tap(".trouble .btn:last-child").await;
        browser.counts(".trouble", 0).await;
    }
    assert_eq!(browser.js("return window.decoded", vec![]).await, 0, "it was decoded first");
    browser.counts("[data-photo]", 0).await;
    // Nothing was broken by it, and nothing waits.
    take_photo(&browser, &folder.path().join("whole.jpg"), &whole).await;
    browser.sees("[data-photo] img").await;
    browser.until("nothing waiting", WAITING, vec![0.into()]).await;
    browser.quit().await;
}

/// What cameras, phones and programs write beside the pixels, in every kind of file.
#[tokio::test]
async fn whatever_stands_beside_the_pixels_of_any_file_is_gone_from_what_is_kept() {
    let (folder, _server, browser) = open_demo("en").await;
    to_the_car(&browser).await;
    let secret = "22.5431N 114.0579E";
    let plain = drawn(&browser, 400, 300).await;
    let exif = with_exif(&plain, 1, secret, "2026:03:18");
    // XMP in a segment of its own, a comment, and a tail behind the end.
    let segment = |marker: u8, text: &str| {
        let mut bytes = vec![0xff, marker];
        bytes.extend((text.len() as u16 + 2).to_be_bytes());
        bytes.extend(text.as_bytes());
        bytes
    };
    let xmp = segment(0xe1, &format!("http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>{secret}</x:xmpmeta>"));
    let jpeg = [&plain[..2], &xmp, &segment(0xfe, secret), &plain[2..], secret.as_bytes()].concat();
    let script = "const c = document.createElement('canvas'); c.width = 400; c.height = 300; c.getContext('2d').fillRect(0, 0, 200, 300); return c.toDataURL(arguments[0]).split(',')[1]";
    let png = base64(browser.js(script, vec!["image/png".into()]).await.as_str().unwrap());
    let text = format!("Location\0{secret}");
    let mut chunk = (text.len() as u32).to_be_bytes().to_vec();
    chunk.extend(b"tEXt");
    chunk.extend(text.as_bytes());
    chunk.extend(crc(&chunk[4..]).to_be_bytes());
    let png = [&png[..33], &chunk, &png[33..]].concat();
    let webp = base64(browser.js(script, vec!["image/webp".into()]).await.as_str().unwrap());
    for (at, (name, bytes)) in [("exif.jpg", exif), ("xmp.jpg", jpeg), ("text.png", png), ("chat.webp", webp)]
        .into_iter()
        .enumerate()
    {
        take_photo(&browser, &folder.path().join(name), &bytes).await;
        browser.counts("[data-photo] img", at + 1).await;
    }
    // Drawn upon, too.
    browser.tap("[data-photo] .look").await;
    browser.sees(".shown image[href]").await;
    draw(&browser, CIRCLE, &[(100.0, 100.0), (500.0, 500.0)]).await;
    leave(&browser).await;
    browser.sync("complete").await;
    let kept = kept(&folder.path().join("data"));
    // The same pixels are one attachment, whatever stood beside them.
    assert!(kept.len() >= 6, "{} attachments", kept.len());
    for (_, bytes) in &kept {
        for text in [secret, "Exif\0", "xmpmeta", "tEXt"] {
            assert!(!crate::photos::holds(bytes, text), "{text} is in what is kept");
        }
    }
    browser.quit().await;
}

/// The check sum of a PNG's chunk.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |sum, byte| {
        (0..8).fold(
            sum ^ u32::from(*byte),
            |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 },
        )
    })
}

#[tokio::test]
async fn of_two_hundred_photos_only_those_near_the_thumb_are_read_and_none_in_full() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start_with(&folder.path().join("data"), &["--demo"]);
    let browser = Browser::start(&folder.path().join("profile")).await;
    browser.first_open(&server.address, "en", "light").await;
    to_the_car(&browser).await;
    browser.sync("complete").await;
    let dossier = browser.js("return location.hash.split('/').pop()", vec![]).await;
    let dossier = dossier.as_str().unwrap().parse().unwrap();
    let (line, other) = (Http::new(&server.address), Tablet::new(1));
    other.exchange(&line).await.unwrap();
    let zone = |at| PhotoSubject::Zone(if at % 2 == 0 { "FBm" } else { "HD" }.into());
    give_200_photos(&browser, &other, dossier, zone).await;
    other.exchange(&line).await.unwrap();
    let here = |count: usize| {
        crate::photos::ON_THIS_TABLET.replace(
            "done(all.result.map(a => [a.id, a.bytes.length]))",
            &format!("done(all.result.length >= {count})"),
        )
    };
    // A start asks for what came last without waiting for the next half minute.
    browser.driver.refresh().await.unwrap();
    for count in [100, 200, 300, 400] {
        browser.until(&format!("{count} of them here"), &here(count), vec![]).await;
    }
    let reads = "window.reads = []; const get = IDBObjectStore.prototype.get; IDBObjectStore.prototype.get = function (key) { if (this.name === 'attachments') reads.push(key); return get.call(this, key); }; return true";
    browser.driver.refresh().await.unwrap();
    browser.sees(".strip-film").await;
    browser.counts(".strip-film [data-photo] img", 24).await;
    browser.sees(".film-row[aria-label=\"200 photos\"]").await;
    browser.counts(".strip-film .ph.own", 24).await;
    let wide = "return [...document.querySelectorAll('.strip-film img')].every(i => i.complete && i.naturalWidth === 240)";
    browser.until("small pictures only", wide, vec![]).await;
    // A tap reads none of them again.
    browser.js(reads, vec![]).await;
    browser.tap(".grade[data-g=good]").await;
    browser.sees(".grade[data-g=good][aria-pressed=true]").await;
    browser.sees(".head [data-sync]:not([data-sync=on_this_tablet])").await;
    assert_eq!(browser.js("return reads.length", vec![]).await, 0, "a tap reads photos");
    // Moved to its end it goes on, as often as there are more.
    let end = "const f = document.querySelector('.film-row'); f.scrollLeft = -f.scrollWidth; return document.querySelectorAll('.strip-film [data-photo]').length === 200";
    browser.until("all of them", end, vec![]).await;
    // Another zone has its own beside the camera.
    let went = browser.js("const began = performance.now(); document.querySelector('.seg > :nth-child(5)').click(); return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - began))))", vec![]).await;
    println!("another zone with 200 photos: {went} ms");
    let own = "const first = document.querySelector('.film-row > .ph'); return first.classList.contains('own') && document.querySelector('.zt').innerText === 'Bonnet'";
    browser.until("the bonnet's photos", own, vec![]).await;
    browser.quit().await;
}

/// The pictures of this part, to be looked at.
#[tokio::test]
#[ignore = "writes pictures"]
async fn pictures_of_photos() {
    let target = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/screenshots");
    std::fs::create_dir_all(target).unwrap();
    for (language, size, theme) in [
        ("zh-CN", (1180, 820), "light"),
        ("en", (820, 1180), "dark"),
        ("en", (1180, 820), "dark"),
        ("zh-CN", (820, 1180), "light"),
        ("en", (1180, 820), "sunlight"),
    ] {
        let (folder, _server, browser) = crate::viewfinder::open_with_camera(language, size, theme).await;
        let shot = async |name: &str| {
            let file = format!("{target}/photos-{language}-{}-{theme}-{name}.png", size.0);
            browser.driver.screenshot(std::path::Path::new(&file)).await.unwrap();
        };
        to_the_car(&browser).await;
        shot("no-photo").await;
        let picture = drawn(&browser, 1_600, 1_200).await;
        take_photo(&browser, &folder.path().join("a.jpg"), &picture).await;
        browser.sees("[data-photo] img").await;
        browser.tap("#next").await;
        browser.tap("[data-camera]").await;
        browser.sees(".vf[data-live=true]").await;
        for taken in 1..=3 {
            browser.tap(".shutter").await;
            browser.counts(".vf [data-photo] img", taken).await;
        }
        shot("viewfinder").await;
        browser.tap("#last-back").await;
        browser.sees(".vf #bring-back").await;
        shot("taken-back").await;
        browser
            .js(
                "document.querySelector('video').srcObject.getTracks()[0].dispatchEvent(new Event('ended'))",
                vec![],
            )
            .await;
        browser.sees(".vf-said").await;
        shot("stopped").await;
        browser.tap("#shots-done").await;
        browser.counts(".vf", 0).await;
        shot("film").await;
        browser.tap("[data-photo] .look").await;
        browser.sees(".shown image[href]").await;
        draw(&browser, CIRCLE, &[(250.0, 250.0), (550.0, 550.0)]).await;
        draw(&browser, ARROW, &[(900.0, 900.0), (560.0, 540.0)]).await;
        draw(&browser, LINE, &[(100.0, 700.0), (150.0, 780.0), (200.0, 700.0), (250.0, 790.0)]).await;
        draw(&browser, COVER, &[(700.0, 100.0), (900.0, 250.0)]).await;
        shot("drawn").await;
        leave(&browser).await;
        browser.js("location.hash = location.hash.replace('walkaround', 'vehicle')", vec![]).await;
        browser.sees("#correct-plate").await;
        browser.js("document.querySelector('.film').scrollIntoView({block: 'center'})", vec![]).await;
        shot("vehicle").await;
        browser.quit().await;
    }
}
