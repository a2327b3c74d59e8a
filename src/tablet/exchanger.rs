//! When the exchange runs, and in which tab: at start, after a write, when the network returns, on a
//! live notice and every 30 s, with back-off; in one tab, which holds a lock; the others follow.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use js_sys::Promise;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{BroadcastChannel, EventSource, MessageEvent};

use super::app::App;
use super::by_name::{call, get};
use super::device::{self, sleep};
use super::storage::Notice;
use super::transport::Fetch;
use crate::exchange::{LineError, Stopped, exchange};
use crate::journal::DossierId;

/// Without news an exchange takes place this often, in milliseconds.
const EVERY: i64 = 30_000;
/// The longest wait after failures, in milliseconds.
const LONGEST_BACK_OFF: i64 = 60_000;
/// A tab that holds the lock says so this often; where nothing is heard three times as long, it is
/// frozen and the lock is taken from it.
const HEARTBEAT: i32 = 5_000;

/// What is written is sent once the hand rests, but no later than this after it, in milliseconds: an
/// exchange would stand in the way of each tap of a hand that does not rest.
const LATEST: i64 = 60_000;

/// What a search looks through is read so long after the board stands, in milliseconds.
const READS_AHEAD: i32 = 1_500;

/// What other tabs hear before a visit's id where its journal is as it was.
const CONFIRMED: &str = "confirmed ";

struct Pace {
    wanted: Cell<bool>,
    /// The server may be another than before: its catalogue is asked for.
    met: Cell<bool>,
    leads: Cell<bool>,
    heard: Cell<i64>,
    /// The page's uptime when the first was written that is not sent yet.
    written: Cell<Option<i64>>,
    /// Visits of which something happened, and whether their journal is another now.
    due: RefCell<BTreeMap<DossierId, bool>>,
    following: Cell<bool>,
}

impl Pace {
    /// The board and the open visit follow what happened: what others wrote after the next paint, what
    /// was written here once the hand rests, for its answer is on the screen already.
    fn follow(self: &Rc<Self>, app: App, dossier: DossierId, others: bool) {
        app.search_again(dossier);
        *self.due.borrow_mut().entry(dossier).or_default() |= others;
        if self.following.replace(true) {
            return;
        }
        let pace = Rc::clone(self);
        spawn_local(async move {
            loop {
                device::after_paint().await;
                device::at_rest(|| pace.due.borrow().values().any(|others| *others)).await;
                let due = pace.due.take();
                if due.is_empty() {
                    return pace.following.set(false);
                }
                for (dossier, others) in due {
                    let _ = app.follow(dossier, others).await;
                }
                let _ = app.follow_all().await;
            }
        });
    }
}

/// Starts following and, in the tab that gets the lock, exchanging.
pub(crate) fn start(app: App) {
    let pace = Rc::new(Pace {
        wanted: Cell::new(true),
        met: Cell::new(true),
        leads: Cell::new(false),
        heard: Cell::new(device::now()),
        written: Cell::default(),
        due: RefCell::default(),
        following: Cell::default(),
    });
    let Ok(channel) = BroadcastChannel::new("lanepad") else { return };
    listen_to_other_tabs(app, &channel, Rc::clone(&pace));
    let (own, tell) = (Rc::clone(&pace), channel.clone());
    app.storage().on_notice(move |notice| {
        let (dossier, tag, others) = match notice {
            Notice::Written(dossier) => (dossier, "", false),
            Notice::Taken(dossier) => (dossier, "", true),
            Notice::Confirmed(dossier) => (dossier, CONFIRMED, false),
        };
        if matches!(notice, Notice::Written(_)) {
            own.wanted.set(true);
            own.written.set(own.written.get().or(Some(device::uptime())));
        }
        let _ = tell.post_message(&JsValue::from_str(&format!("{tag}{dossier}")));
        own.follow(app, dossier, others);
    });
    ask_for_the_lock(Rc::clone(&pace), false);
    live(Rc::clone(&pace));
    on_window("online", Rc::clone(&pace));
    spawn_local(beat(Rc::clone(&pace), channel));
    spawn_local(async move {
        sleep(READS_AHEAD).await;
        device::at_rest(|| false).await;
        let _ = app.searchable().await;
    });
    spawn_local(run(app, pace));
}

fn listen_to_other_tabs(app: App, channel: &BroadcastChannel, pace: Rc<Pace>) {
    let heard = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        pace.heard.set(device::now());
        let Some(text) = event.data().as_string() else { return };
        let confirmed = text.strip_prefix(CONFIRMED);
        if let Ok(dossier) = confirmed.unwrap_or(&text).parse::<DossierId>() {
            if confirmed.is_none() {
                pace.wanted.set(true);
            }
            pace.follow(app, dossier, confirmed.is_none());
        }
    });
    channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    heard.forget();
}

fn on_window(event: &str, pace: Rc<Pace>) {
    let back = Closure::<dyn Fn()>::new(move || pace.wanted.set(true));
    let _ = window().add_event_listener_with_callback(event, back.as_ref().unchecked_ref());
    back.forget();
}

/// Web Locks, by name: web-sys has them behind an unstable flag only.
fn ask_for_the_lock(pace: Rc<Pace>, steal: bool) {
    let own = Rc::clone(&pace);
    let held = Closure::<dyn Fn() -> Promise>::new(move || {
        own.leads.set(true);
        own.wanted.set(true);
        Promise::new(&mut |_, _| {}) // held until the tab ends or the lock is stolen
    });
    let ask = || -> Result<Promise, JsValue> {
        let locks = get(&window().navigator(), "locks");
        let options = device::object("steal", &steal.into());
        call(&locks, "request", &[&"lanepad-exchange".into(), &options, held.as_ref()])?.dyn_into()
    };
    let asked = ask();
    held.forget();
    spawn_local(async move {
        match asked {
            // It ends only when the lock was stolen: another tab leads, and this one queues again.
            Ok(promise) => {
                let _ = JsFuture::from(promise).await;
                pace.leads.set(false);
                ask_for_the_lock(pace, false);
            }
            Err(_) => pace.leads.set(true), // a browser without locks has this tab alone
        }
    });
}

async fn beat(pace: Rc<Pace>, channel: BroadcastChannel) {
    loop {
        sleep(HEARTBEAT).await;
        if pace.leads.get() {
            let _ = channel.post_message(&JsValue::from_str("beat"));
        } else if device::now() - pace.heard.get() > 3 * i64::from(HEARTBEAT) {
            pace.heard.set(device::now());
            ask_for_the_lock(Rc::clone(&pace), true);
        }
    }
}

fn live(pace: Rc<Pace>) {
    let Ok(source) = EventSource::new("/api/v1/live") else { return };
    let own = Rc::clone(&pace);
    let notice = Closure::<dyn Fn()>::new(move || pace.wanted.set(true));
    let opened = Closure::<dyn Fn()>::new(move || {
        own.met.set(true);
        own.wanted.set(true);
    });
    source.set_onmessage(Some(notice.as_ref().unchecked_ref()));
    source.set_onopen(Some(opened.as_ref().unchecked_ref()));
    notice.forget();
    opened.forget();
    // Kept for as long as the page: a closed source is opened again by the browser.
    std::mem::forget(source);
}

async fn run(app: App, pace: Rc<Pace>) {
    let mut failures = 0_u32;
    let mut next = 0;
    loop {
        sleep(100).await;
        let now = device::now();
        app.now.maybe_update(|shown| {
            let later = now - *shown > 20_000;
            if later {
                *shown = now;
            }
            later
        });
        let back_off = failures > 0 && now < next && !pace.wanted.get();
        if !pace.leads.get() || back_off || !(pace.wanted.get() || now >= next) {
            continue;
        }
        if failures > 3 && now < next {
            continue; // what was written meanwhile waits for the server like the rest
        }
        let waits = pace.written.get().map_or(0, |written| device::uptime() - written);
        if !device::rests() && waits < LATEST {
            continue;
        }
        let regular = now >= next;
        pace.wanted.set(false);
        pace.written.set(None);
        let result = exchange(&app.storage(), &Fetch).await;
        match result {
            Ok(done) => {
                failures = 0;
                app.reached.set(Some(true));
                if pace.met.replace(false) || regular {
                    fetch_catalogue(app).await;
                    next = device::now() + EVERY;
                }
                if !done.attachments_stuck.is_empty() {
                    leptos::logging::warn!("{} attachments would not go", done.attachments_stuck.len());
                }
            }
            Err(stopped) => {
                failures = failures.saturating_add(1);
                let offline = matches!(stopped, Stopped::Line(LineError::Unreachable));
                app.reached.set(Some(!offline));
                if !offline {
                    leptos::logging::warn!("{stopped}");
                }
                let wait = (500_i64 << failures.min(8)).min(LONGEST_BACK_OFF);
                // Up to a quarter more, by chance, so that many tablets do not come at once.
                let jitter = i64::from(device::random()[0]) * wait / 1024;
                next = device::now() + wait + jitter;
            }
        }
        let _ = app.follow_all().await;
    }
}

async fn fetch_catalogue(app: App) {
    if let Ok(Some((written, tag))) = Fetch.catalogue(&app.tag.get_untracked()).await
        && let Ok(catalogue) = app.storage().put_catalogue(&written, &tag).await
    {
        app.catalogue.set(std::sync::Arc::new(catalogue));
        app.tag.set(tag);
    }
}
