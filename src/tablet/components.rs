//! What screens are made of.

mod car;
mod field;
mod pad;
pub(crate) mod plate;

use super::markup::{CollectView as _, Markup, ToMarkup as _, derive, live, view};
use leptos::prelude::*;

use super::app::{App, Trouble};
use super::storage::StorageError;
use crate::exchange::SyncState;
use crate::icons::{Icon, icon as strokes};
use crate::route::{Route, Step};
use crate::visit::customer::Salutation;

pub(crate) use car::car;
pub(crate) use field::{Read, TextField};
pub(crate) use pad::pad;
pub(crate) use plate::{plate, plate_keys};

/// An icon; always beside a word, so hidden from readers.
pub(crate) fn icon(icon: Icon) -> Markup {
    view! {
        <svg class="ic" viewBox="0 0 24 24" aria-hidden="true">
            <path d=strokes(icon)></path>
        </svg>
    }
}

/// A button that goes somewhere.
pub(crate) fn link(app: App, route: Route, class: &'static str, label: Markup) -> Markup {
    view! {
        <a class=class href=route.address() on:click=move |event| { event.prevent_default(); app.go(route); }>
            {label}
        </a>
    }
}

/// A switch between a few choices; the chosen one is pressed.
pub(crate) fn segments<T: Copy + PartialEq + Send + Sync + 'static>(
    label: impl Fn() -> String + Send + Sync + 'static,
    choices: Vec<(T, Signal<String>)>,
    chosen: Signal<Option<T>>,
    choose: impl Fn(T) + Copy + 'static,
) -> Markup {
    let choices = choices.into_iter().map(|(choice, word)| {
        let pressed = derive(move || chosen.get() == Some(choice));
        (word, pressed, Box::new(move || choose(choice)) as Box<dyn Fn()>)
    });
    switch(derive(label), choices.collect())
}

/// Its word, whether it is chosen, and choosing it.
type Choice = (Signal<String>, Signal<bool>, Box<dyn Fn()>);

/// The switch itself: drawn by one function, whatever is chosen from.
fn switch(label: Signal<String>, choices: Vec<Choice>) -> Markup {
    let buttons = choices
        .into_iter()
        .map(|(word, pressed, choose)| {
            view! {
                <button type="button" aria-pressed=move || pressed.get().to_string() on:click=move |_| choose()>
                    {move || word.get()}</button>
            }
        })
        .collect_view();
    view! { <div class="seg" role="group" aria-label=move || label.get()>{buttons}</div> }
}

/// A chip that is on or off.
pub(crate) fn chip(label: Signal<String>, on: Signal<bool>, set: impl Fn(bool) + 'static) -> Markup {
    switchable(label, on, Box::new(set))
}

fn switchable(label: Signal<String>, on: Signal<bool>, set: Box<dyn Fn(bool)>) -> Markup {
    view! {
        <button type="button" class="chip" aria-pressed=move || on.get().to_string() on:click=move |_| set(!on.get_untracked())>
            {move || on.get().then(|| icon(Icon::Tick))}
            {move || label.get()}
        </button>
    }
}

/// 陈先生, Mr Chen, or the whole name where no salutation was chosen.
pub(crate) fn how_to_say(t: crate::locale::Language, name: &str, salutation: Option<Salutation>) -> String {
    use crate::locale::Language;
    let family = crate::visit::customer::PersonName::read(name).value().map(|name| name.family_name());
    match (family, salutation) {
        (Some(family), Some(salutation)) if salutation != Salutation::None => match t {
            Language::ZhCn => format!("{family}{}", t.salutation_word(salutation)),
            Language::En => format!("{} {family}", t.salutation_word(salutation)),
        },
        _ => name.to_owned(),
    }
}

pub(crate) fn sync_icon(state: SyncState) -> Icon {
    match state {
        SyncState::OnThisTablet => Icon::Unsent,
        SyncState::Sent => Icon::Sent,
        SyncState::Complete => Icon::Tick,
    }
}

/// The state that is always visible: of the open visit, or of everything.
fn sync_chip(app: App) -> Markup {
    let state = move || match app.route.get().dossier() {
        Some(_) => app.listed.get().map(|listed| listed.sync()),
        // Of everything: the least that any visit on the board has reached, by its own receipt.
        None if app.unsent.get() != (0, 0) => Some(SyncState::OnThisTablet),
        None => {
            let least = app.board.with(|rows| rows.iter().map(|listed| listed.sync()).min());
            least.or(Some(SyncState::Complete))
        }
    };
    let offline = move || app.reached.get() == Some(false);
    let class = move || match (offline(), state()) {
        (true, _) | (_, Some(SyncState::OnThisTablet)) => "sync warn",
        (false, Some(SyncState::Complete)) => "sync good",
        _ => "sync",
    };
    let words = move || {
        let t = app.t();
        let state = state().unwrap_or(SyncState::OnThisTablet);
        let (entries, photos) = app.unsent.get();
        let waiting = (entries + photos > 0).then(|| t.unsent_count(entries, photos));
        view! {
            {icon(if offline() { Icon::Offline } else { sync_icon(state) })}
            <span>
                <b data-sync=format!("{state:?}")>{t.sync(state)}</b>
                <span class="small">{waiting.unwrap_or_else(|| if offline() { t.pick("离线", "Offline") } else { t.pick("已连接", "Connected") }.to_owned())}</span>
            </span>
        }
    };
    view! { <a class=class href=Route::Waiting.address() on:click=move |event| { event.prevent_default(); app.go(Route::Waiting); }>{words}</a> }
}

/// What can be done about a trouble: the button's word, and doing it.
type WayOut = Option<(&'static str, fn(App))>;

/// A sentence that the person must see, with a way to close it.
pub(crate) fn trouble(app: App) -> Markup {
    live(move || {
        app.trouble.get().map(|trouble| {
            let t = app.t();
            let export: WayOut = Some((t.export_unsent(), super::screens::export));
            let (sentence, way_out): (String, WayOut) = match trouble {
                Trouble::NotSaved(StorageError::Full) => (t.not_saved_storage().to_owned(), export),
                Trouble::NotSaved(StorageError::TooLarge(change)) => {
                    (app.catalogue.with(|catalogue| t.too_large(&change, catalogue)), None)
                }
                Trouble::NotSaved(StorageError::Closed) => {
                    (t.storage_closed().to_owned(), Some((t.try_again(), |_| super::start_again())))
                }
                Trouble::NotSaved(StorageError::Failed(why)) => (format!("{} ({why})", t.not_saved()), export),
                Trouble::Said(sentence) => (sentence, None),
            };
            view! {
                <div class="trouble" role="alert">
                    {icon(Icon::Warning)}
                    <span class="grow">{sentence}</span>
                    {way_out.map(|(label, go)| view! { <button class="btn sm" on:click=move |_| go(app)>{label}</button> })}
                    <button class="btn sm" on:click=move |_| app.trouble.set(None)>{t.close()}</button>
                </div>
            }
        })
    })
}

/// The frame of an advisor's screen.
pub(crate) fn shell(app: App, rail: Markup, title: Markup, main: Markup, act: Markup) -> Markup {
    view! {
        <div class="shell">
            {rail}
            <header class="head">{title}{sync_chip(app)}</header>
            <main class="main" tabindex="0">{main}</main>
            <footer class="act">{act}</footer>
            {trouble(app)}
        </div>
    }
}

/// The rail outside a visit.
pub(crate) fn places(app: App, here: Route) -> Markup {
    let place = move |route: Route, mark: Icon, word: Signal<String>| {
        view! {
            <a href=route.address() aria-current=(route == here).then_some("page")
                on:click=move |event| { event.prevent_default(); app.go(route); }>
                {icon(mark)}<span>{move || word.get()}</span>
            </a>
        }
    };
    view! {
        <nav class="rail" aria-label=move || app.t().app()>
            <div class="dest">
                {place(Route::Board, Icon::Board, derive(move || app.t().board().to_owned()))}
                {place(Route::Waiting, Icon::Unsent, derive(move || app.t().waiting_list().to_owned()))}
            </div>
            <div class="grow"></div>
            <div class="dest">{place(Route::Settings, Icon::Settings, derive(move || app.t().settings().to_owned()))}</div>
        </nav>
    }
}

/// The rail inside a visit: the steps, each with what is known of it.
pub(crate) fn steps(app: App, here: Option<Step>) -> Markup {
    let step = move |number: usize, step: Step| {
        let state = move || {
            if here == Some(step) {
                return "now";
            }
            let done = app.visit(|visit| super::screens::step_is_done(visit, step)).unwrap_or_default();
            if done { "done" } else { "" }
        };
        let dossier = app.route.get_untracked().dossier();
        let go = move |event: leptos::ev::MouseEvent| {
            event.prevent_default();
            if let Some(dossier) = dossier {
                app.go(Route::Visit(dossier, step));
            }
        };
        let address = dossier.map(|dossier| Route::Visit(dossier, step).address());
        view! {
            <a data-s=state aria-current=move || (here == Some(step)).then_some("step") href=address on:click=go>
                <span class="dot">{move || if state() == "done" { icon(Icon::Tick) } else { number.to_markup() }}</span>
                <span>{move || app.t().step(step)}</span>
            </a>
        }
    };
    view! {
        <nav class="rail" aria-label=move || app.t().visit_menu()>
            <a class="home" href=Route::Board.address() on:click=move |event| { event.prevent_default(); app.go(Route::Board); }>
                {icon(Icon::Back)}<span>{move || app.t().board()}</span>
            </a>
            <div class="steps">{(1..).zip(Step::ALL).map(|(number, name)| step(number, name)).collect_view()}</div>
        </nav>
    }
}

/// The head of a visit: plate, person, car, and the two things that need a decision.
pub(crate) fn visit_title(app: App) -> Markup {
    let title = move || {
        let t = app.t();
        app.visit(|visit| {
            let opening = visit.opening();
            let arrived = opening.as_ref().map(|opening| t.time(opening.arrived, app.utc_offset()));
            let name = visit.customer().map(ToString::to_string).unwrap_or_default();
            let said = how_to_say(t, &name, visit.salutation());
            let model = visit.vehicle().map(|car| car.model).unwrap_or_default();
            let mut facts: Vec<String> = arrived.map(|time| format!("{time} {}", t.pick("到店", "arrived"))).into_iter().collect();
            facts.extend(opening.map(|opening| opening.number));
            facts.extend(visit.odometer().map(|(km, _)| t.km(km)));
            facts.extend(visit.charge().map(|charge| format!("{} {} %", t.charge(), charge.percent)));
            let dossier = visit.journal.dossier();
            let two = visit.two_answers().len();
            let cancelled = visit.cancelled().is_some();
            let missing = visit.journal.missing().len();
            let newer = visit.journal.not_understood();
            let refused = visit.journal.refused_here().count();
            view! {
                {plate(t, visit.plate(), "p52")}
                <div class="grow">
                    <div class="row"><h1 class="t24 nb">{said}</h1><span class="two ell">{model}</span></div>
                    <div class="note ell">{facts.join(" · ")}</div>
                </div>
                {(two > 0).then(|| link(app, Route::TwoAnswers(dossier), "tag warn big", view! { {icon(Icon::Merge)}{t.two_answers()} }))}
                {cancelled.then(|| view! { <span class="tag bad">{t.cancelled()}</span> })}
                {(missing > 0).then(|| view! { <span class="tag warn">{t.entries_missing(missing)}</span> })}
                {(refused > 0).then(|| link(app, Route::Waiting, "tag bad big", view! { {icon(Icon::Warning)}<span data-refused=refused>{t.entries_refused(refused)}</span> }))}
                {(newer > 0).then(|| view! { <span class="tag warn">{t.newer_entries()}</span> })}
                {link(app, Route::History(dossier), "btn sm sq quiet", view! { {icon(Icon::Clock)}<span class="sr">{t.history()}</span> })}
            }
        })
        .unwrap_or_else(|| view! { <div class="grow"><h1 class="t22">{app.t().visit_not_here()}</h1></div> })
    };
    view! { {title} }
}
