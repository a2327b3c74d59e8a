//! What a camera gives and what is kept of it.

use std::path::Path;
use std::time::{Duration, Instant};

use lanepad::journal::{AttachmentId, DossierId};
use lanepad::visit::{Change, PhotoSubject, Picture};

use crate::browser::{Browser, PATIENCE, open_demo, place_of};
use crate::pictures::{drawn, size_of, with_exif};
use crate::server::Server;
use crate::tablet::Tablet;

/// Gives a file to the first place for photos that is on screen.
pub(crate) async fn take_photo(browser: &Browser, file: &Path, bytes: &[u8]) {
    std::fs::write(file, bytes).unwrap();
    browser.sees("input[type=file]").await;
    let input = browser.driver.find(thirtyfour::By::Css("input[type=file]")).await.unwrap();
    input.send_keys(file.to_str().unwrap()).await.unwrap();
}

/// A colleague's 200 photos of a visit, each another picture: `subject` says what the nth one shows.
pub(crate) async fn give_200_photos(
    browser: &Browser,
    colleague: &Tablet,
    dossier: DossierId,
    subject: impl Fn(usize) -> PhotoSubject,
) {
    let (small, large) = (drawn(browser, 240, 180).await, drawn(browser, 2_048, 1_536).await);
    let attach = |bytes: &[u8], at: usize, (width, height)| {
        let bytes = [bytes, &at.to_be_bytes()].concat();
        let attachment = AttachmentId::of(&bytes);
        let picture = Picture { attachment, size: bytes.len() as u32, width, height };
        colleague.attach(attachment, bytes);
        picture
    };
    for at in 0..200 {
        let (picture, thumbnail) = (attach(&large, at, (2_048, 1_536)), attach(&small, at, (240, 180)));
        colleague.write(dossier, Change::PhotoTaken { subject: subject(at), picture, thumbnail });
    }
}

/// Every attachment that the server keeps: the digits of its digest and its bytes, largest first.
pub(crate) fn kept(data: &Path) -> Vec<(String, Vec<u8>)> {
    let mut kept = Vec::new();
    for folder in std::fs::read_dir(data.join("attachments")).unwrap() {
        let folder = folder.unwrap();
        let first = folder.file_name().into_string().unwrap();
        if first.len() != 2 {
            continue;
        }
        for file in std::fs::read_dir(folder.path()).unwrap() {
            let file = file.unwrap();
            let digits = format!("{first}{}", file.file_name().to_str().unwrap());
            kept.push((digits, std::fs::read(file.path()).unwrap()));
        }
    }
    kept.sort_by_key(|(_, bytes)| std::cmp::Reverse(bytes.len()));
    kept
}

/// Waits until the server keeps so many: a picture that is drawn on is made after the window is left.
pub(crate) async fn keeps(data: &Path, wanted: usize) {
    let began = Instant::now();
    while kept(data).len() < wanted {
        assert!(began.elapsed() < PATIENCE, "the server keeps {} of {wanted} pictures", kept(data).len());
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
}

pub(crate) fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[tokio::test]
async fn a_photo_is_shown_small_as_one_that_is_being_saved_until_it_is_kept() {
    let (folder, _server, browser) = open_demo("en").await;
    browser.tap("[data-appointment] .btn").await;
    // The large picture is encoded once the test says so.
    let hold = "const encode = HTMLCanvasElement.prototype.toBlob; HTMLCanvasElement.prototype.toBlob = function (...how) { window.encode = () => encode.apply(this, how); }";
    browser.js(hold, vec![]).await;
    take_photo(&browser, &folder.path().join("door.jpg"), &drawn(&browser, 1_600, 1_200).await).await;
    let shown = "const small = document.querySelector('[data-shot=saving] img'); return Boolean(small?.naturalWidth) && small.parentElement.innerText.includes('Saving')";
    browser.until("the small picture", shown, vec![]).await;
    browser.until("the large one", "return Boolean(window.encode)", vec![]).await;
    browser.counts("[data-photo]", 0).await;
    browser.js("window.encode()", vec![]).await;
    browser.sees("[data-photo] img").await;
    browser.counts("[data-shot]", 0).await;
    browser.quit().await;
}

#[tokio::test]
async fn a_large_picture_of_a_turned_camera_is_kept_upright_small_and_without_its_place() {
    let (folder, _server, browser) = open_demo("en").await;
    browser.tap("[data-appointment] .btn").await;
    let (remark, day) = ("taken at the customer's home", "2026:03:18");
    // Orientation 6: what the chip saw on its left belongs on top.
    let camera = with_exif(&drawn(&browser, 4_000, 3_000).await, 6, remark, day);
    assert!(holds(&camera, remark) && holds(&camera, day) && size_of(&camera) == (4_000, 3_000));
    take_photo(&browser, &folder.path().join("camera.jpg"), &camera).await;
    browser.sees("[data-photo] img").await;
    browser.sync("complete").await;
    let kept = kept(&folder.path().join("data"));
    assert_eq!(kept.len(), 2, "the picture and its thumbnail");
    for (_, bytes) in &kept {
        for secret in ["Exif", remark, day] {
            assert!(!holds(bytes, secret), "{secret} is in what is kept");
        }
    }
    assert_eq!(size_of(&kept[0].1), (1_536, 2_048));
    assert_eq!(size_of(&kept[1].1), (180, 240));
    for (digits, _) in &kept {
        let colours = "const digits = arguments[0]; return (async () => { const p = await createImageBitmap(await (await fetch('/api/v1/attachments/' + digits)).blob()); const c = document.createElement('canvas'); c.width = p.width; c.height = p.height; const g = c.getContext('2d'); g.drawImage(p, 0, 0); const at = (part) => { const [r, , b] = g.getImageData(p.width / 2, p.height * part, 1, 1).data; return r > 200 && b < 60 ? 'red' : b > 200 && r < 60 ? 'blue' : 'neither'; }; return at(.1) + ' above ' + at(.9); })()";
        assert_eq!(browser.js(colours, vec![digits.clone().into()]).await, "red above blue");
    }
    browser.quit().await;
}

/// Ids and sizes of the attachments on this tablet.
pub(crate) const ON_THIS_TABLET: &str = "return new Promise((done, failed) => { const r = indexedDB.open('lanepad'); r.onerror = failed; r.onsuccess = () => { const all = r.result.transaction('attachments').objectStore('attachments').getAll(); all.onerror = failed; all.onsuccess = () => { r.result.close(); done(all.result.map(a => [a.id, a.bytes.length])); }; }; })";

#[tokio::test]
async fn a_stuck_photo_holds_up_no_entry_no_other_photo_and_no_other_visit() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let server = Server::start_with(&data, &["--demo"]);
    let (address, listen) = (server.address.clone(), place_of(&server));
    let browser = Browser::start(&folder.path().join("profile")).await;
    browser.first_open(&address, "en", "light").await;
    server.stop();
    browser.tap("[data-appointment] .btn").await;
    let picture = drawn(&browser, 800, 600).await;
    take_photo(&browser, &folder.path().join("stuck.jpg"), &picture).await;
    browser.sees("[data-photo] img").await;
    let first = browser.js("return location.hash", vec![]).await.as_str().unwrap().to_owned();
    let attachments = browser.js(ON_THIS_TABLET, vec![]).await;
    let of_size = |attachment: &serde_json::Value| attachment[1].as_u64().unwrap();
    let largest = attachments.as_array().unwrap().iter().max_by_key(|one| of_size(one)).unwrap();
    let id: lanepad::journal::AttachmentId = largest[0].as_str().unwrap().parse().unwrap();
    // The server's disk has no place for this one: a file lies where its folder has to be.
    let in_the_way = data.join("attachments").join(&id.digits()[..2]);
    std::fs::write(&in_the_way, "").unwrap();
    browser.fill("input[id$=colour]", "Teal").await;
    browser.tap(".rail .home").await;
    browser.tap("[data-appointment] .btn").await;
    browser
        .until("another visit", "return location.hash.startsWith('#/vehicle') && location.hash !== arguments[0] && document.querySelector('input[type=file]') !== null", vec![first.clone().into()])
        .await;
    take_photo(&browser, &folder.path().join("other.jpg"), &drawn(&browser, 600, 800).await).await;
    browser.sees("[data-photo] img").await;

    let server = Server::start_on(&listen, &data, &["--demo"]);
    browser.sync("complete").await;
    browser.sees("[data-photo] [data-sent=true]").await;
    browser.js("location.hash = arguments[0]", vec![first.into()]).await;
    browser
        .until("the colour", "return document.querySelector('input[id$=colour]')?.value === 'Teal'", vec![])
        .await;
    browser.sync("sent").await;
    browser.sees("[data-photo] [data-sent=false]").await;
    // The place is free again: it goes with the next exchange.
    std::fs::remove_file(&in_the_way).unwrap();
    browser.fill("input[id$=model]", "Another").await;
    browser.sees("[data-photo] [data-sent=true]").await;
    browser.sync("complete").await;
    drop(server);
    browser.quit().await;
}

#[tokio::test]
async fn a_refused_entry_holds_up_nothing_and_its_author_is_told_and_can_export_it() {
    let (folder, server, browser) = open_demo("en").await;
    browser.tap("[data-appointment] .btn").await;
    browser.sees("#correct-plate").await;
    // The line damages one personal value on its way, so that it fails its commitment.
    let damage = "const send = window.fetch; window.fetch = async (request) => { if (request.method === 'POST' && request.url.endsWith('/journal')) { const plain = request.headers.has('content-encoding') ? new Response(request.body.pipeThrough(new DecompressionStream('gzip'))) : request; const push = await plain.json(); for (const entry of push.entries) if (entry.core.change.valuables_left) for (const value of Object.values(entry.values)) value[1] += '?'; request = new Request(request.url, { method: 'POST', body: JSON.stringify(push) }); } return send(request); }";
    browser.js(damage, vec![]).await;
    browser.fill("input[id$=valuables]", "a watch").await;
    browser.fill("input[id$=colour]", "Teal").await;
    browser.sees(".head [data-refused='1']").await;
    browser.reads("The server did not take 1 entries").await;
    browser.sync("on_this_tablet").await;
    let colour = "return fetch(`/api/v1/dossiers/${location.hash.split('/').pop()}`).then(a => a.json()).then(d => d.entries.some(e => e.core.change.vehicle_identified?.colour === 'Teal') && d.entries.some(e => e.core.change.type === 'entry_refused'))";
    browser.until("what came after it, on the server", colour, vec![]).await;
    // An exchange later it is still not said to be sent, here or elsewhere.
    browser.fill("input[id$=model]", "Another").await;
    let nothing_waits = "return !document.querySelector('.head .sync').innerText.includes('entries')";
    browser.until("nothing unsent", nothing_waits, vec![]).await;
    browser.sync("on_this_tablet").await;
    let other = Browser::start(&folder.path().join("other")).await;
    other.first_open(&server.address, "en", "light").await;
    other.tap(".v[data-visit]").await;
    other.sync("on_this_tablet").await;
    let tag = "return document.querySelector('.head [data-refused]')";
    assert_eq!(other.js(tag, vec![]).await, serde_json::Value::Null, "it is told who cannot do anything");
    other.quit().await;
    // Another visit goes through.
    browser.tap(".rail .home").await;
    browser.tap("[data-appointment] .btn").await;
    browser.sees("#correct-plate").await;
    browser.sync("complete").await;
    browser.tap(".rail .home").await;
    browser.tap(".rail .dest a:nth-child(2)").await;
    browser.sees("#refused").await;
    for text in ["Not taken by the server", "Valuables a watch", "It arrived damaged."] {
        browser.reads(text).await;
    }
    let visits = "return document.querySelectorAll('#refused .kv2 a').length";
    assert_eq!(browser.js(visits, vec![]).await, 1, "it is not said which visit it is of");
    let file = browser.download(folder.path(), "#export").await;
    assert!(file.contains("a watch"), "what was refused is not in the export: {file}");
    browser.quit().await;
}
