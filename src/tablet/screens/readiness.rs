//! 开工检查: each check with its figure and a way to try it, those that need care first.

use crate::tablet::markup::{Markup, rows, view};
use leptos::prelude::*;

use crate::tablet::signals::{RwSignal, effect};

use crate::icons::Icon;
use crate::readiness::{Check, Finding, in_order};
use crate::tablet::app::App;
use crate::tablet::components::icon;
use crate::tablet::device;
use crate::tablet::transport::Fetch;

/// What the checks have found so far.
#[derive(Clone, Copy)]
pub(super) struct Checks {
    app: App,
    found: RwSignal<Vec<(Check, Finding)>>,
    /// A test page was sent to the printer, and nobody has said yet whether it came out.
    printing: RwSignal<bool>,
}

impl Checks {
    pub(super) fn new(app: App) -> Self {
        let found = RwSignal::new(Check::ALL.map(|check| (check, Finding::Asking)).to_vec());
        let checks = Self { app, found, printing: RwSignal::new(false) };
        // What is sent meanwhile is no longer unsent.
        effect(move |_| {
            let (entries, photos) = app.unsent.get();
            checks.set(Check::Unsent, Finding::Unsent(entries, photos));
        });
        effect(move |_| {
            let waits = app.update_ready.get();
            checks.set(Check::Program, Finding::Program(waits));
        });
        checks.all();
        checks
    }

    fn set(self, check: Check, finding: Finding) {
        self.found.update(|found| {
            for (of, known) in found.iter_mut() {
                if *of == check {
                    *known = finding.clone();
                }
            }
        });
    }

    fn of(self, check: Check) -> Finding {
        let found = |found: &Vec<(Check, Finding)>| found.iter().find(|(of, _)| *of == check).cloned();
        self.found.with(found).map_or(Finding::Untold, |(_, finding)| finding)
    }

    /// Looks at everything again, without asking the system for anything.
    pub(super) fn all(self) {
        for check in Check::ALL {
            self.look(check, false);
        }
    }

    /// Looks at one thing; `tries` where a person wants it tried, which may ask the system.
    fn look(self, check: Check, tries: bool) {
        if !matches!(check, Check::Unsent | Check::Printer) {
            self.set(check, Finding::Asking);
        }
        leptos::task::spawn_local(async move {
            let finding = self.found_by(check, tries).await;
            self.set(check, finding);
        });
    }

    async fn found_by(self, check: Check, tries: bool) -> Finding {
        let app = self.app;
        match check {
            Check::Unsent => {
                if tries {
                    super::export(app);
                }
                let (entries, photos) = app.unsent.get_untracked();
                Finding::Unsent(entries, photos)
            }
            Check::Exchange => {
                let reached = Fetch.catalogue(&app.tag.get_untracked()).await.is_ok();
                app.reached.set(Some(reached));
                if reached && tries {
                    // What waits is sent now, not at the next turn.
                    let _ = web_sys::Event::new("online").map(|event| window().dispatch_event(&event));
                }
                let identity = app.storage().identity().await.ok();
                Finding::Exchange(identity.and_then(|known| known.exchanged), reached)
            }
            Check::Room => {
                let fits = app.storage().has_room().await;
                let used = device::storage_estimate().await.map_or(0, |(used, _)| used);
                Finding::Room(fits, used)
            }
            Check::Kept => {
                if tries {
                    device::ask_to_persist().await;
                }
                match device::storage_estimate().await {
                    Some((_, kept)) => Finding::Kept(kept),
                    None => Finding::Untold,
                }
            }
            Check::Clock => {
                let identity = app.storage().identity().await.ok();
                Finding::Clock(identity.and_then(|known| known.exchanged.map(|_| known.offset)))
            }
            Check::Program => {
                if app.update_ready.get_untracked() && tries {
                    super::board::update_now();
                } else {
                    device::look_for_update().await;
                }
                Finding::Program(app.update_ready.get_untracked())
            }
            Check::Camera if tries => Finding::Allowed(device::try_media("video").await),
            Check::Microphone if tries => Finding::Allowed(device::try_media("audio").await),
            Check::Camera => Finding::Allowed(device::permission("camera").await),
            Check::Microphone => Finding::Allowed(device::permission("microphone").await),
            Check::Printer => {
                if tries {
                    self.print().await;
                }
                Finding::Printer(device::test_page())
            }
            Check::Battery => device::battery()
                .await
                .map_or(Finding::Untold, |(percent, charging)| Finding::Battery(percent, charging)),
        }
    }

    /// Prints the test page; the person says whether it came out, for no browser does.
    async fn print(self) {
        self.printing.set(true);
        device::after_paint().await;
        device::print(self.app.language.get_untracked().test_page());
    }

    fn came_out(self, came: bool) {
        device::remember_test_page((device::now(), came));
        self.printing.set(false);
        self.look(Check::Printer, false);
    }
}

fn mark(check: Check) -> Icon {
    match check {
        Check::Unsent => Icon::Unsent,
        Check::Exchange => Icon::Sent,
        Check::Room => Icon::Sheet,
        Check::Kept => Icon::Lock,
        Check::Clock => Icon::Clock,
        Check::Program => Icon::Again,
        Check::Camera => Icon::Camera,
        Check::Microphone => Icon::Microphone,
        Check::Printer => Icon::Print,
        Check::Battery => Icon::Charge,
    }
}

/// The list of checks.
pub(super) fn list(checks: Checks) -> Markup {
    let app = checks.app;
    let order = move || checks.found.with(|found| in_order(found));
    let count = move || {
        checks.found.with(|found| {
            let care = found.iter().filter(|(_, finding)| finding.needs_care()).count();
            app.t().checks(in_order(found).len(), care)
        })
    };
    let list = rows(order, |check| check.name().to_owned(), move |check| line(checks, check));
    view! {
        <section class="lst"><h2 class="sec"><span>{move || app.t().readiness()}</span><span class="n" role="status">{count}</span></h2>
            <ul class="grp checks">{list}</ul></section>
    }
}

fn line(checks: Checks, check: Check) -> Markup {
    let app = checks.app;
    let state = move || match checks.of(check) {
        Finding::Asking => "asking",
        finding if finding.needs_care() => "care",
        _ => "fine",
    };
    let said = move || match state() {
        "care" => view! { {icon(Icon::Warning)}<span class="sr">{app.t().attention()}</span> },
        "fine" => icon(Icon::Tick),
        _ => icon(Icon::Clock),
    };
    let action = move || {
        let t = app.t();
        if check == Check::Printer && checks.printing.get() {
            return view! {
                <span class="note">{t.did_it_come_out()}</span>
                <button class="btn sm" data-came="yes" on:click=move |_| checks.came_out(true)>{t.it_came_out()}</button>
                <button class="btn sm" data-came="no" on:click=move |_| checks.came_out(false)>{t.it_did_not()}</button>
            };
        }
        let label = match check {
            Check::Unsent => t.pick("导出", "Export"),
            Check::Exchange | Check::Clock => t.try_exchange(),
            Check::Room => t.try_room(),
            Check::Kept if checks.of(check) == Finding::Kept(true) => return Markup::Nothing,
            Check::Kept => t.ask_to_keep(),
            Check::Program if app.update_ready.get() => t.update_now(),
            Check::Program => t.look_for_update(),
            Check::Camera => t.try_camera(),
            Check::Microphone => t.try_microphone(),
            Check::Printer => t.try_print(),
            Check::Battery => return Markup::Nothing,
        };
        let id = (check == Check::Unsent).then_some("export");
        view! { <button class="btn sm" id=id data-try="" on:click=move |_| checks.look(check, true)>{label}</button> }
    };
    view! {
        <li data-check=check.name() data-state=state>
            <span class="st">{said}</span>{icon(mark(check))}
            <div class="grow"><b>{move || app.t().check(check)}</b>
                <span class="note">{move || app.t().finding_note(check, &checks.of(check), app.utc_offset())}</span></div>
            <b class="fig">{move || app.t().finding(&checks.of(check), app.utc_offset())}</b>
            <span class="do">{action}</span>
        </li>
    }
}

/// A sheet that shows whether the printer cuts off an edge. It is there for the printer only.
pub(super) fn test_sheet(checks: Checks) -> Markup {
    let app = checks.app;
    let sheet = move || {
        checks.printing.get().then(|| {
            let t = app.t();
            let shop = app.catalogue.with(|catalogue| catalogue.dealership.name.clone());
            view! {
                <div class="paper test-sheet" id="test-sheet" aria-hidden="true"><div class="page"><div class="frame">
                    <h1>{format!("{} · {}", t.app(), t.test_page())}</h1>
                    <p>{shop}</p><p>{t.date_time(device::now(), app.utc_offset())}</p><p>{t.test_page_frame()}</p>
                    <p>"接车登记表 粤B·D12345 ¥0123456789"</p></div></div></div>
            }
        })
    };
    view! { {sheet} }
}
