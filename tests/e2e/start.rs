//! What `make run` starts: the server with the demo, its health, the app; and the demo's end.

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::json;

use lanepad::catalogue::{Catalogue, Dealership};
use lanepad::protocol::SetUpRequest;

use crate::browser::{Browser, open_demo, open_demo_as, place_of};
use crate::reception::set_up;
use crate::server::Server;

#[tokio::test]
async fn the_server_answers_with_health_app_and_demo_and_starts_again_in_seconds() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let server = Server::start_with(&data, &["--demo"]);
    assert!(data.is_dir(), "the data does not lie where it was said");
    let client = reqwest::Client::new();
    let get = async |path: &str| {
        let answer = client.get(format!("{}/{path}", server.address)).send().await.unwrap();
        let header = |name: &str| {
            answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
        };
        (answer.status().as_u16(), header("content-type"), header("cache-control"), answer)
    };
    assert_eq!(get("health").await.0, 200);
    let (status, kind, cache, page) = get("").await;
    assert_eq!((status, kind.starts_with("text/html"), cache.as_str()), (200, true, "no-cache"));
    let page = page.text().await.unwrap();
    let wasm = page.split(['"', '\'']).find(|part| part.ends_with(".wasm")).expect("the page names its wasm");
    let (status, kind, cache, _) = get(wasm.trim_start_matches(['/', '.'])).await;
    assert_eq!((status, kind.as_str()), (200, "application/wasm"));
    assert!(cache.contains("immutable"), "{cache}");
    // The worker is asked for anew each time, and what is not there is never answered by the page.
    let (status, kind, cache, _) = get("sw.js").await;
    assert_eq!((status, kind.contains("javascript"), cache.as_str()), (200, true, "no-cache"));
    assert_eq!(get("nowhere.js").await.0, 404);
    let (_, _, _, catalogue) = get("api/v1/catalogue").await;
    let catalogue: lanepad::catalogue::Catalogue = catalogue.json().await.unwrap();
    assert!(catalogue.is_set_up() && catalogue.appointments.len() >= 5 && catalogue.vehicles.len() >= 10);
    server.stop();

    let began = Instant::now();
    let server = Server::start_with(&data, &["--demo"]);
    let health = reqwest::get(format!("{}/health", server.address)).await.unwrap();
    assert_eq!(health.status(), 200);
    assert!(began.elapsed() < Duration::from_secs(5), "the second start took {:?}", began.elapsed());
}

#[tokio::test]
async fn where_a_drawing_is_missing_the_app_says_so_and_begins_once_it_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let server = Server::start_with(&data, &["--demo"]);
    let listen = place_of(&server);
    let browser = Browser::start(&folder.path().join("profile")).await;
    browser.first_open(&server.address, "en", "light").await;
    browser.js("return caches.keys().then(names => Promise.all(names.map(name => caches.open(name).then(cache => cache.delete('/diagrams/suv.svg')))))", vec![]).await;
    server.stop();
    browser.driver.refresh().await.unwrap();
    browser.reads("The first start needs the server once.").await;
    let _server = Server::start_on(&listen, &data, &["--demo"]);
    browser.tap(".plain-page").await;
    browser.sees("#new-visit").await;
    browser.quit().await;
}

#[tokio::test]
async fn without_the_demo_an_empty_folder_asks_for_the_dealership_and_the_papers_carry_it() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let profile = folder.path().join("profile");
    let server = Server::start_with(&data, &["--demo"]);
    let listen = place_of(&server);
    let browser = Browser::start(&profile).await;
    browser.first_open(&server.address, "en", "light").await;
    browser.sees("[data-appointment]").await;
    server.stop();
    // The demo is removed: its folder is deleted, the server starts without it, the same tablet comes.
    std::fs::remove_dir_all(&data).unwrap();
    let server = Server::start_on(&listen, &data, &[]);
    set_up(&browser).await;
    browser.tap("[data-person=advisor-1]").await;
    browser.sees("#new-visit").await;
    assert_eq!(
        browser.js("return document.querySelectorAll('[data-appointment], .v').length", vec![]).await,
        0,
        "something of the demo is left"
    );
    browser.tap("#new-visit").await;
    browser.tap_word("Plate lost").await;
    browser.sees("#correct-plate").await;
    browser.js("location.hash = location.hash.replace('vehicle', 'paper')", vec![]).await;
    for text in ["测试店", "路 1 号", "0755-1", "0755-2", "9–18"] {
        browser
            .until(
                &format!("{text} on the paper"),
                "return document.querySelector('#pages')?.innerText.includes(arguments[0])",
                vec![text.into()],
            )
            .await;
    }
    drop(server);
    browser.quit().await;
}

#[tokio::test]
async fn the_appearance_follows_the_system_while_the_app_runs() {
    let (_folder, _server, browser) = open_demo_as("en", (1180, 820), "system").await;
    let is = "return document.documentElement.dataset.theme === arguments[0]";
    for theme in ["dark", "light", "dark"] {
        let features = json!([{ "name": "prefers-color-scheme", "value": theme }]);
        browser.cdp("Emulation.setEmulatedMedia", json!({ "features": features })).await;
        browser.until(theme, is, vec![theme.into()]).await;
    }
    browser.quit().await;
}

#[tokio::test]
async fn the_settings_say_what_is_used_and_whether_it_is_kept_and_promise_no_room() {
    let (_folder, _server, browser) = open_demo("en").await;
    browser.tap(".rail .dest:last-child a").await;
    let used = "return document.querySelector('[data-check=room][data-state=fine] .fig')?.innerText.replace('Used ', '')";
    let used = browser.until("what is used", used, vec![]).await;
    let used = used.as_str().unwrap();
    let (number, unit) = used.split_once(' ').unwrap();
    assert!(number.parse::<f64>().is_ok_and(|number| number > 0.0), "{used}");
    // The browser says that there are 10 GB, on a full disk too.
    assert!(matches!(unit, "B" | "kB" | "MB"), "{used}");
    browser.quit().await;
}

/// The lines that `make run` would run.
fn recipe(data: &Path, arguments: &[&str]) -> Vec<String> {
    let mut make = Command::new("make");
    for name in ["MAKEFLAGS", "MAKELEVEL", "MFLAGS", "LISTEN", "DATA", "DEMO"] {
        make.env_remove(name);
    }
    let data = format!("DATA={}", data.display());
    make.current_dir(env!("CARGO_MANIFEST_DIR")).args(["--dry-run", "run", "LISTEN=127.0.0.1:0", &data]);
    let said = make.args(arguments).output().expect("make").stdout;
    String::from_utf8(said).expect("text").lines().map(str::to_owned).collect()
}

/// What `make run` starts once everything is built: its last line, run as make runs it.
struct MakeRun {
    child: Child,
    address: String,
}

impl MakeRun {
    fn start(data: &Path, arguments: &[&str]) -> Self {
        let recipe = recipe(data, arguments);
        let last = recipe.last().expect("a recipe");
        let mut shell = Command::new("bash");
        shell.args(["-euo", "pipefail", "-c", last]).current_dir(env!("CARGO_MANIFEST_DIR"));
        let mut child = shell.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("a shell");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("piped")).read_line(&mut line).expect("a line");
        let address = line.split_whitespace().find(|word| word.starts_with("http://localhost:"));
        let Some(address) = address.map(str::to_owned) else {
            let mut said = String::new();
            child.stderr.take().expect("piped").read_to_string(&mut said).expect("text");
            panic!("make run did not start: {line}{said}");
        };
        assert!(line.contains(&format!("(data in {})", data.display())), "{line}");
        Self { child, address }
    }

    async fn get(&self, path: &str) -> reqwest::Response {
        let answer = reqwest::get(format!("{}/{path}", self.address)).await.expect("an answer");
        assert_eq!(answer.status(), 200, "{path}");
        answer
    }

    async fn catalogue(&self) -> Catalogue {
        self.get("api/v1/catalogue").await.json().await.expect("a catalogue")
    }

    /// Ctrl-C.
    fn interrupt(mut self) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &id]).status().expect("kill").success());
        assert!(self.child.wait().expect("it ends").success(), "Ctrl-C did not end it in good order");
    }
}

impl Drop for MakeRun {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn make_run_sets_up_then_builds_the_app_then_serves_the_demo() {
    let recipe = recipe(Path::new("somewhere"), &[]);
    let steps: Vec<&str> = recipe.iter().map(|line| line.trim_start_matches(". .tools/env.sh; ")).collect();
    assert_eq!(
        steps,
        [
            ".dev/setup.sh",
            ".dev/app.sh",
            "cargo build --quiet",
            "exec target/debug/lanepad serve --listen 127.0.0.1:0 --data somewhere --demo",
        ]
    );
}

#[tokio::test]
async fn make_run_starts_from_nothing_and_a_second_start_keeps_what_was_there() {
    let folder = tempfile::tempdir().unwrap();
    let demo = MakeRun::start(&folder.path().join("demo"), &[]);
    assert!(demo.get("health").await.text().await.unwrap().contains("\"set_up\":true"));
    assert!(demo.get("").await.text().await.unwrap().contains("Lanepad"));
    let catalogue = demo.catalogue().await;
    assert!(catalogue.is_set_up() && !catalogue.appointments.is_empty(), "the demo is not there");
    demo.interrupt();

    let data = folder.path().join("own");
    let first = MakeRun::start(&data, &["DEMO="]);
    assert!(!first.catalogue().await.is_set_up(), "without the demo there is a dealership already");
    let text = |text: &str| text.to_owned();
    let dealership = Dealership {
        name: text("测试店"),
        address: text("路 1 号"),
        phone: text("0755-1"),
        hours: text("9–18"),
        privacy_contact: text("0755-2"),
        ..Dealership::default()
    };
    let request = SetUpRequest { dealership, advisors: vec![text("林晓彤")] };
    let client = reqwest::Client::new();
    let sent =
        client.post(format!("{}/api/v1/dealership", first.address)).json(&request).send().await.unwrap();
    assert_eq!(sent.status(), 200);
    let kept = first.catalogue().await;
    first.interrupt();
    let second = MakeRun::start(&data, &["DEMO="]);
    assert_eq!(second.catalogue().await, kept, "the second start has lost something");
}

#[tokio::test]
async fn a_second_file_that_does_not_come_is_said_where_it_is_needed_and_comes_with_the_next_try() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start_with(&folder.path().join("data"), &["--demo"]);
    let browser = Browser::start(&folder.path().join("profile")).await;
    browser.cdp("Network.enable", json!({})).await;
    browser.cdp("Network.setBlockedURLs", json!({ "urls": ["*/later-*", "*/afterwards-*"] })).await;
    browser.first_open(&server.address, "en", "light").await;
    browser.js("location.hash = '#/settings'", vec![]).await;
    browser
        .until(
            "the sentence",
            "return document.body.innerText.includes('This page is not on the tablet yet')",
            vec![],
        )
        .await;
    browser.js("location.hash = '#/board'", vec![]).await;
    browser.sees("[data-appointment]").await;
    browser.js("location.hash = '#/settings'", vec![]).await;
    browser.cdp("Network.setBlockedURLs", json!({ "urls": [] })).await;
    browser.tap("#next").await;
    browser.sees("[data-check]").await;
    browser.quit().await;
}
