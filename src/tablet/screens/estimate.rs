//! 估价: what is done about each concern, line by line, what it comes to and who bears it.

mod addition;
mod coverage;
mod line;
mod promise;
mod search;
mod service;
mod terms;
mod total;
mod variants;

use crate::tablet::markup::{Markup, live, rows, view};

use crate::tablet::signals::{Memo, RwSignal, effect};

use litemap::LiteMap;

use crate::catalogue::choice_label;
use crate::estimate::Payer;
use crate::icons::Icon;
use crate::journal::EntryId;
use crate::locale::{Language, day_of};
use crate::money::Fen;
use crate::reference::{Kind, LabourRate, Part, Record};
use crate::route::{Route, Step};
use crate::tablet::app::App;
use crate::tablet::components::{icon, segments, shell, steps, visit_title};
use crate::tablet::device;
use crate::tablet::markup::derive;
use crate::visit::order::{self, Found, Item, OrderLine, Pricing, Terms};
use crate::visit::{Change, Visit};

/// What the screen's parts share.
#[derive(Clone, Copy)]
struct Desk {
    app: App,
    lines: Memo<Vec<OrderLine>>,
    /// The same for what lies further from the finger: once the answer to a tap is painted.
    settled: Memo<Vec<OrderLine>>,
    /// The line that is open for changing.
    open: RwSignal<Option<EntryId>>,
    /// Where something is searched for, and what.
    asked: RwSignal<Option<(Option<EntryId>, Kind)>>,
    rates: RwSignal<Vec<LabourRate>>,
    /// The parts of the lines as the lists have them now; none of those that they have no more.
    parts: RwSignal<LiteMap<String, Option<Part>>>,
    /// Why what was tapped could not be put down.
    said: RwSignal<Option<String>>,
}

impl Desk {
    /// A desk upon lines: prices and stock of their parts are followed, and what an hour costs.
    fn upon(app: App, lines: Memo<Vec<OrderLine>>) -> Self {
        let desk = Self {
            app,
            lines,
            settled: Memo::new(move |_| app.settled(|_| lines.get_untracked()).unwrap_or_default()),
            open: RwSignal::new(None),
            asked: RwSignal::new(None),
            rates: RwSignal::new(Vec::new()),
            parts: RwSignal::new(LiteMap::new()),
            said: RwSignal::new(None),
        };
        effect(move |_| {
            app.held_reference().track();
            let part = |line: &OrderLine| line.item.origin.is_some().then(|| line.item.code.clone());
            let numbers: Vec<String> = desk.settled.with(|lines| lines.iter().filter_map(part).collect());
            leptos::task::spawn_local(async move {
                let Ok(now) = app.parts(&numbers).await else { return };
                let of = |number: &String| now.iter().find(|part| part.number == *number).cloned();
                let now: LiteMap<_, _> = numbers.iter().map(|number| (number.clone(), of(number))).collect();
                desk.parts.maybe_update(|known| std::mem::replace(known, now.clone()) != now);
            });
        });
        effect(move |_| {
            app.held_reference().track();
            leptos::task::spawn_local(async move {
                if let Ok(rates) = app.labour_rates().await {
                    desk.rates.maybe_update(|known| std::mem::replace(known, rates.clone()) != rates);
                }
            });
        });
        leptos::task::spawn_local(async move {
            // So that the first letter finds it read.
            device::after_paint().await;
            app.search_ahead().await;
        });
        desk
    }

    /// What an hour costs; nothing where nobody has said.
    fn rate(self, payer: Payer) -> Fen {
        let of = |rates: &Vec<LabourRate>| {
            rates.iter().find(|rate| rate.payer == payer && rate.class.is_empty()).map(|rate| rate.rate)
        };
        self.rates.with_untracked(of).unwrap_or_default()
    }

    /// Puts a record down as a line.
    fn add(self, concern: Option<EntryId>, record: &Record, suggested: bool) {
        let payer = self.app.visit_now(|visit| visit.bears(concern)).unwrap_or(Payer::Customer);
        let line: (Item, Terms) = match record {
            Record::Operation(operation) => order::work(operation, self.rate(payer)),
            Record::Part(part) => order::part(part),
            Record::Rate(_) | Record::Plan(_) => return,
        };
        let line = (line.0, Terms { payer, ..line.1 });
        match self.app.visit_now(|visit| visit.add_line(concern, line, suggested)) {
            Some(Ok(change)) => {
                self.said.set(None);
                self.app.write(vec![change]);
            }
            Some(Err(why)) => {
                let t = self.app.language.get_untracked();
                self.said.set(Some(t.not_an_estimate(why).to_owned()));
            }
            None => {}
        }
    }
}

pub(super) use addition::additions;

/// How the dealership quotes.
fn pricing(app: App) -> Pricing {
    app.catalogue.with(|catalogue| catalogue.pricing.unwrap_or_default())
}

pub(super) fn estimate(app: App) -> Markup {
    let desk = Desk::upon(app, Memo::new(move |_| app.visit(Visit::order_lines).unwrap_or_default()));
    let concerns = Memo::new(move |_| {
        let standing = app.visit(Visit::standing_concerns).unwrap_or_default();
        standing.into_iter().map(|concern| concern.id).collect::<Vec<_>>()
    });
    let none = live(move || {
        concerns.with(Vec::is_empty).then(|| view! { <p class="empty">{app.t().start_with_concern()}</p> })
    });
    let main = view! {
        <div class="iv">
            <div class="iv-main es-main">
                {move || super::check_in::questions(app)}{signed(desk)}{none}
                {rows(move || concerns.get(), EntryId::to_string, move |id| card(desk, Some(id)))}
                {card(desk, None)}
                {service::recommended(desk)}
                {variants::variants(desk)}
            </div>
            <aside class="iv-side">{total::total(desk)}{promise::promise(desk)}{terms::terms(desk)}</aside>
        </div>
    };
    shell(app, steps(app, Some(Step::Estimate)), visit_title(app), main, act(desk))
}

/// What is missing, and the one next step.
fn act(desk: Desk) -> Markup {
    let app = desk.app;
    let gaps =
        Memo::new(move |_| app.settled(|visit| visit.order_gaps(false, app.now.get())).unwrap_or_default());
    let why = live(move || {
        let t = app.t();
        if desk.settled.with(Vec::is_empty) {
            return None;
        }
        let gaps = gaps.get();
        if !gaps.is_empty() {
            let named: Vec<String> =
                app.catalogue.with(|catalogue| gaps.iter().map(|gap| t.order_gap(gap, catalogue)).collect());
            let missing = t.still_missing(&named);
            return Some(
                view! { {icon(Icon::Info)}<span class="ell" data-missing=gaps.len()>{missing}</span> },
            );
        }
        let today = day_of(app.now.get(), app.utc_offset());
        let until = app.settled(|visit| visit.estimate(pricing(app), today).valid_until)?;
        Some(view! { {icon(Icon::Clock)}<span class="ell">{t.valid_to(until)}</span> })
    });
    let state = Memo::new(move |_| {
        app.settled(|visit| {
            let newest = visit.signed_orders().pop()?;
            Some((visit.order_changed_since(&newest).is_empty(), newest.countersigned.is_some()))
        })
        .flatten()
    });
    let buttons = live(move || {
        let t = app.t();
        let dossier = app.route.get_untracked().dossier()?;
        let there = !desk.settled.with(Vec::is_empty);
        let is_signed = state.get().is_some();
        let later = is_signed.then(|| {
            let open = app.settled(|visit| visit.open_additions(pricing(app)).len()).unwrap_or_default();
            let count = (open > 0).then(|| view! { <span class="tag warn">{open}</span> });
            view! { <button class="btn" id="additions" on:click=move |_| app.go(Route::Additions(dossier))>{icon(Icon::Plus)}{t.additional_work()}{count}</button> }
        });
        let paper = there.then(|| view! { <button class="btn" id="order-paper" on:click=move |_| app.go(Route::OrderPaper(dossier))>{icon(Icon::Sheet)}{t.show_order()}</button> });
        let ready = gaps.with(Vec::is_empty);
        let next = match state.get() {
            Some((true, true)) => {
                view! { <button class="btn pri" id="next" on:click=move |_| app.go(Route::Board)>{icon(Icon::Board)}{t.board()}</button> }
            }
            Some((true, false)) => {
                view! { <button class="btn pri" id="next" on:click=move |_| app.go(Route::CountersignOrder(dossier))>{icon(Icon::Pen)}{t.countersign()}</button> }
            }
            Some((false, _)) => {
                view! { <button class="btn pri" id="next" disabled=!ready on:click=move |_| app.go(Route::Order(dossier))>{icon(Icon::Pen)}{t.sign_again()}</button> }
            }
            None => {
                view! { <button class="btn pri" id="next" disabled=!ready on:click=move |_| app.go(Route::Order(dossier))>{icon(Icon::Pen)}{t.ask_customer_to_look()}</button> }
            }
        };
        Some(view! { {later}{paper}{next} })
    });
    view! { <div class="why">{why}</div>{buttons} }
}

/// What was signed, and what differs since.
fn signed(desk: Desk) -> Markup {
    let app = desk.app;
    live(move || {
        let t = app.t();
        app.settled(|visit| {
            let newest = visit.signed_orders().pop()?;
            let changed = visit.order_changed_since(&newest);
            let differs: Vec<&str> = changed.iter().map(|name| t.fact(name)).collect();
            let signer = newest.signer.value().map(ToString::to_string).unwrap_or_default();
            let when = t.date_time(newest.at, app.utc_offset());
            let before = (!changed.is_empty()).then(|| {
                view! { <p class="care row" data-changed="">{icon(Icon::Warning)}<span>{t.signed_now_changed()}{t.pick("：", ": ")}{differs.join(t.pick("、", ", "))}" · "{t.signed_price()}" "<b>{t.yuan(newest.facts.total)}</b></span></p> }
            });
            Some(view! {
                <section class="card pad-in" data-signed=newest.version><h2 class="sec">{t.work_order()}<span class="n">{t.version_number(newest.version)}</span></h2>
                    <div class="kv2"><span>{t.signed()}</span><b>{format!("{signer} · {when}")}</b></div>{before}</section>
            })
        })
        .flatten()
    })
}

/// A concern with its lines, or what answers none.
fn card(desk: Desk, concern: Option<EntryId>) -> Markup {
    let app = desk.app;
    let own = Memo::new(move |_| {
        let own = |lines: &Vec<OrderLine>| {
            lines.iter().filter(|line| line.concern == concern).map(|line| line.id).collect::<Vec<_>>()
        };
        desk.lines.with(own)
    });
    let head = live(move || {
        let t = app.t();
        let Some(id) = concern else {
            return view! { <h2 class="grow t20">{t.beside_concerns()}</h2> };
        };
        let named = app
            .catalogue
            .with(|catalogue| {
                app.settled(|visit| {
                    let standing = visit.standing_concerns();
                    let at = standing.iter().position(|concern| concern.id == id)?;
                    let group =
                        standing[at].symptom.as_deref().map(|id| choice_label(&catalogue.symptoms, id, t));
                    let words = standing[at].words.value().cloned().unwrap_or_default();
                    Some((at + 1, group.unwrap_or_default().to_owned(), words))
                })
            })
            .flatten();
        let Some((number, group, words)) = named else { return Markup::Nothing };
        view! { <span class="dot">{number}</span><h2 class="grow t20">{group}" "<span class="two">{words}</span></h2> }
    });
    let found = concern.map(|id| {
        let chosen = derive(move || app.visit(|visit| visit.found(id)).flatten());
        let choices = Found::ALL.map(|found| (found, app.word(move |t| t.found_word(found)))).to_vec();
        let choose = move |found| app.write(vec![Change::ConcernFound { concern: id, found }]);
        segments(move || app.t().what_was_found().to_owned(), choices, chosen, choose)
    });
    // Who bears it is asked once the fault was looked for.
    let covered = concern.map(|id| {
        let looked = Memo::new(move |_| app.visit(|visit| visit.found(id)).flatten().is_some());
        live(move || looked.get().then(|| coverage::coverage(desk, id)))
    });
    let name = concern.map_or_else(|| "none".to_owned(), |id| id.to_string());
    view! {
        <section class="card es-card" data-card=name>
            <div class="es-head">{head}{found}</div>
            {covered}
            {rows(move || own.get(), EntryId::to_string, move |id| line::line(desk, id))}
            {adding(desk, concern)}
        </section>
    }
}

/// Work and parts are added here: two buttons, and what is searched for below them.
fn adding(desk: Desk, concern: Option<EntryId>) -> Markup {
    let ask = move |kind: Kind, label: fn(Language) -> &'static str, id: &'static str| {
        let is_open = move || desk.asked.get() == Some((concern, kind));
        let toggle = move |_| {
            let now = desk.asked.get_untracked();
            desk.said.set(None);
            desk.asked.set((now != Some((concern, kind))).then_some((concern, kind)));
        };
        view! { <button type="button" class="btn sm" data-ask=id aria-expanded=move || is_open().to_string() on:click=toggle>{icon(Icon::Plus)}{move || label(desk.app.t())}</button> }
    };
    let search = live(move || match desk.asked.get() {
        Some((of, kind)) if of == concern => Some(search::search(desk, concern, kind)),
        _ => None,
    });
    view! {
        <div class="es-add">{ask(Kind::Operation, Language::add_work, "work")}{ask(Kind::Part, Language::add_part, "part")}</div>
        {search}
    }
}
