//! A browser with its own profile, as a tablet is; and what an advisor's hand does in it.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::server::Server;

/// Where a server listens, to start another in its place.
pub(crate) fn place_of(server: &Server) -> String {
    server.address.replace("http://localhost", "127.0.0.1")
}

/// A demo server and a tablet that has opened it, as most stories begin.
pub(crate) async fn open_demo(language: &str) -> (tempfile::TempDir, Server, Browser) {
    open_demo_as(language, (1180, 820), "light").await
}

/// The same in a size and a theme.
pub(crate) async fn open_demo_as(
    language: &str,
    size: (u32, u32),
    theme: &str,
) -> (tempfile::TempDir, Server, Browser) {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start_with(&folder.path().join("data"), &["--demo"]);
    let browser = Browser::start_at(&folder.path().join("profile"), size).await;
    browser.first_open(&server.address, language, theme).await;
    (folder, server, browser)
}

/// How long anything on screen may take before a test gives up, on a busy machine with two cores.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// A chromedriver and its port. It looks for a free port in one family of addresses and binds it in both, so
/// that on a busy machine it may find the second one taken and end; then another port is tried.
fn chromedriver() -> (Child, String) {
    for _ in 0..5 {
        let mut process = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("chromedriver is installed by the set-up script");
        let lines = BufReader::new(process.stdout.take().expect("piped")).lines();
        let said = |line: String| {
            let (_, port) = line.split_once("successfully on port ")?;
            Some(port.trim_end_matches('.').to_owned())
        };
        if let Some(port) = lines.map_while(Result::ok).find_map(said) {
            return (process, port);
        }
        eprintln!("chromedriver ended before it listened: {:?}", process.wait());
    }
    panic!("chromedriver does not start");
}

pub(crate) struct Browser {
    pub(crate) driver: WebDriver,
    pub(crate) profile: PathBuf,
    process: Child,
}

impl Browser {
    pub(crate) async fn start(profile: &std::path::Path) -> Self {
        Self::start_at(profile, (1180, 820)).await
    }

    pub(crate) async fn start_at(profile: &std::path::Path, size: (u32, u32)) -> Self {
        Self::start_with(profile, size, &[]).await
    }

    /// The same with more arguments for the browser.
    pub(crate) async fn start_with(profile: &std::path::Path, size: (u32, u32), more: &[&str]) -> Self {
        let (process, port) = chromedriver();
        let mut capabilities = DesiredCapabilities::chrome();
        for argument in [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--hide-scrollbars",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ]
        .iter()
        .chain(more)
        {
            capabilities.add_arg(argument).expect("an argument");
        }
        capabilities.add_arg(&format!("--user-data-dir={}", profile.display())).expect("an argument");
        let driver =
            WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities).await.expect("a session");
        let browser = Self { driver, profile: profile.to_owned(), process };
        browser.size(size).await;
        browser
    }

    pub(crate) async fn cdp(&self, command: &str, parameters: Value) -> Value {
        self.driver.cdp().send_raw(command, parameters).await.expect("devtools answer")
    }

    pub(crate) async fn size(&self, (width, height): (u32, u32)) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.cdp("Emulation.setDeviceMetricsOverride", size).await;
    }

    pub(crate) async fn js(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.driver.execute(script, arguments).await.expect("the script runs").json().clone()
    }

    /// Waits for something on screen that a script says is so.
    pub(crate) async fn until(&self, what: &str, script: &str, arguments: Vec<Value>) -> Value {
        let began = Instant::now();
        loop {
            if let Ok(found) = self.driver.execute(script, arguments.clone()).await {
                let found = found.json().clone();
                if !matches!(found, Value::Null | Value::Bool(false)) {
                    return found;
                }
            }
            if began.elapsed() > PATIENCE {
                let text = self
                    .js("return location.hash + '\\n' + (document.querySelector('.plain-page')?.dataset.why ?? '') + document.body.innerText.slice(0, 800)", vec![])
                    .await;
                panic!("waited for {what} in vain; the screen says:\n{}", text.as_str().unwrap_or_default());
            }
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }

    pub(crate) async fn sees(&self, css: &str) {
        self.until(css, "return document.querySelector(arguments[0]) !== null", vec![css.into()]).await;
    }

    /// Waits until so many are on screen.
    pub(crate) async fn counts(&self, css: &str, wanted: usize) {
        let script = "return document.querySelectorAll(arguments[0]).length === arguments[1]";
        self.until(&format!("{wanted} × {css}"), script, vec![css.into(), wanted.into()]).await;
    }

    pub(crate) async fn reads(&self, text: &str) {
        self.until(text, "return document.body.innerText.includes(arguments[0])", vec![text.into()]).await;
    }

    /// Taps what a selector finds once it is there and can be tapped.
    pub(crate) async fn tap(&self, css: &str) {
        let script = "const e = document.querySelector(arguments[0]); if (!e || e.disabled) return false; e.scrollIntoView({block: 'center'}); e.click(); return true";
        self.until(css, script, vec![css.into()]).await;
    }

    /// Taps the button or link that says this.
    pub(crate) async fn tap_word(&self, word: &str) {
        let script = "const e = [...document.querySelectorAll('button, a')].find(e => e.textContent.trim().includes(arguments[0])); if (!e || e.disabled) return false; e.click(); return true";
        self.until(word, script, vec![word.into()]).await;
    }

    /// Types into a field with real keys and leaves it.
    pub(crate) async fn fill(&self, css: &str, text: &str) {
        self.sees(css).await;
        let script = "const e = document.querySelector(arguments[0]); e.scrollIntoView({block: 'center'}); e.focus(); e.select?.(); document.execCommand('insertText', false, arguments[1]); e.blur(); return true";
        self.js(script, vec![css.into(), text.into()]).await;
    }

    pub(crate) async fn value(&self, css: &str) -> String {
        let value =
            self.js("return document.querySelector(arguments[0])?.value ?? ''", vec![css.into()]).await;
        value.as_str().unwrap_or_default().to_owned()
    }

    /// Taps a place of the drawing, in its units.
    pub(crate) async fn tap_car(&self, x: f64, y: f64) {
        let script = "const s = document.querySelector('.carbox .car'), r = s.getBoundingClientRect(), k = Math.min(r.width / 788, r.height / 514); return [r.left + (r.width - 788 * k) / 2 + (arguments[0] + 2) * k, r.top + (r.height - 514 * k) / 2 + (arguments[1] + 2) * k]";
        self.sees(".carbox .car").await;
        let place = self.js(script, vec![x.into(), y.into()]).await;
        let at = |index: usize| place[index].as_f64().expect("a place") as i64;
        self.driver.action_chain().move_to(at(0), at(1)).click().perform().await.expect("a tap");
    }

    /// Looks through the pages of customer mode, to the glass.
    pub(crate) async fn look_through(&self) {
        let turn = "const next = document.querySelector('.cm #seen'); next?.click(); return document.querySelector('.cm [data-pad]') !== null";
        self.until("the last page", turn, vec![]).await;
    }

    /// Signs on the glass.
    pub(crate) async fn sign(&self) {
        self.sees("[data-pad]").await;
        let pad = self.driver.find(By::Css("[data-pad]")).await.expect("a pad");
        let mut hand = self.driver.action_chain().move_to_element_with_offset(&pad, -160, 0).click_and_hold();
        for (x, y) in [(60, -40), (60, 80), (60, -80), (60, 70), (60, -50)] {
            hand = hand.move_by_offset(x, y);
        }
        hand.release().perform().await.expect("a signature");
    }

    /// Gives the tablet back once something is signed.
    pub(crate) async fn give_back(&self) {
        self.hold(".thanks #give-back").await;
    }

    /// Holds the button that gives the tablet back, for as long as it takes.
    pub(crate) async fn hold(&self, css: &str) {
        self.sees(css).await;
        let button = self.driver.find(By::Css(css)).await.expect("a button");
        self.driver
            .action_chain()
            .move_to_element_center(&button)
            .click_and_hold()
            .perform()
            .await
            .expect("held");
        self.sees("#next").await;
        self.driver.action_chain().release().perform().await.expect("let go");
    }

    /// Opens the app for the first time in a language, as the first advisor.
    pub(crate) async fn first_open(&self, address: &str, language: &str, theme: &str) {
        self.driver.goto(address).await.expect("the app");
        self.js("localStorage.setItem('lanepad.language', JSON.stringify(arguments[0])); localStorage.setItem('lanepad.theme', JSON.stringify(arguments[1])); localStorage.setItem('lanepad.toured', 'true')", vec![language.into(), theme.into()]).await;
        self.driver.refresh().await.expect("the app");
        self.tap("[data-person=lin]").await;
        self.sees("#new-visit").await;
        self.js("return navigator.serviceWorker.ready.then(() => true)", vec![]).await;
    }

    /// Taps what hands out a file, and gives the file's text.
    pub(crate) async fn download(&self, folder: &std::path::Path, css: &str) -> String {
        let folder = folder.join("downloads");
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir(&folder).expect("a folder");
        let allow = json!({ "behavior": "allow", "downloadPath": folder.to_str() });
        self.cdp("Page.setDownloadBehavior", allow).await;
        self.tap(css).await;
        let began = Instant::now();
        while began.elapsed() < PATIENCE {
            let mut files = std::fs::read_dir(&folder).expect("the folder").flatten().map(|file| file.path());
            if let Some(file) = files.find(|file| file.extension().is_some_and(|end| end == "json")) {
                let text = std::fs::read_to_string(file).expect("a file");
                // The name is there before what is in it.
                if !text.is_empty() {
                    return text;
                }
            }
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
        panic!("{css} handed out no file");
    }

    /// Waits until the open visit's state is one of the three words.
    pub(crate) async fn sync(&self, word: &str) {
        self.sees(&format!(".head [data-sync={word}]")).await;
    }

    /// Ends browser and driver in good order.
    pub(crate) async fn quit(mut self) {
        let _ = self.driver.clone().quit().await;
        let _ = self.process.kill();
        let _ = self.process.wait();
    }

    /// SIGKILL: nothing is said goodbye to.
    pub(crate) fn kill(mut self) {
        let pattern = format!("user-data-dir={}", self.profile.display());
        let _ = Command::new("pkill").args(["-9", "-f", &pattern]).status();
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = std::fs::remove_file(self.profile.join("SingletonLock"));
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Else the driver would say goodbye to a process that is gone, and wait for its answer.
        std::mem::forget(self.driver.clone());
        let pattern = format!("user-data-dir={}", self.profile.display());
        let _ = Command::new("pkill").args(["-9", "-f", &pattern]).status();
        let _ = self.process.kill();
    }
}
