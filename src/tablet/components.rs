//! What screens are made of.

mod car;
mod field;
mod pad;
pub(crate) mod plate;
mod recorder;
mod sync;
mod undo;

use super::markup::{CollectView as _, Markup, ToMarkup as _, derive, live, view};

use crate::tablet::signals::{Memo, Signal};

use super::app::{App, Trouble};
use super::storage::StorageError;
use crate::icons::{Icon, icon as strokes};
use crate::journal::DossierId;
use crate::locale::{Language, day_of};
use crate::route::{Route, Step};
use crate::visit::Visit;
use crate::visit::queue_number;
use crate::visit::vehicle::Plate;

pub(crate) use car::{Look, Tap, car, side_view, small_car, working_car};
pub(crate) use field::{Read, TextField};
pub(crate) use pad::pad;
pub(crate) use plate::{plate, plate_keys};
pub(crate) use recorder::{MEMO, SOUND_AND_VIDEO, recorder, recording_words};
use sync::sync_chip;
pub(crate) use sync::sync_icon;
pub(crate) use undo::{Undo, undo_strip, write_with_undo};

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
pub(crate) type Choice = (Signal<String>, Signal<bool>, Box<dyn Fn()>);

/// The switch itself: drawn by one function, whatever is chosen from.
pub(crate) fn switch(label: Signal<String>, choices: Vec<Choice>) -> Markup {
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
        <div class="shell" inert=move || app.over.with(Option::is_some)>
            {rail}
            <header class="head">{title}{sync_chip(app)}</header>
            <main class="main" tabindex="0">{main}</main>
            <footer class="act">{act}{undo_strip(app)}</footer>
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
                {place(Route::Board, Icon::Board, app.word(Language::board))}
                {place(Route::Waiting, Icon::Unsent, app.word(Language::waiting_list))}
            </div>
            <div class="grow"></div>
            <div class="dest">{place(Route::Settings, Icon::Settings, app.word(Language::settings))}</div>
        </nav>
    }
}

/// The rail inside a visit: the steps, each with what is known of it.
pub(crate) fn steps(app: App, here: Option<Step>) -> Markup {
    let done = Memo::new(move |_| {
        let is_done = |visit: &Visit| Step::ALL.map(|step| super::screens::step_is_done(visit, step));
        app.settled(is_done).unwrap_or_default()
    });
    let step = move |number: usize, step: Step| {
        let state = move || match done.with(|done| done[number - 1]) {
            _ if here == Some(step) => "now",
            true => "done",
            false => "",
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

/// Today's place of a visit, as far as the board is known.
pub(crate) fn place_in_queue(app: App, dossier: DossierId) -> Option<usize> {
    let today = day_of(app.now.get(), app.utc_offset());
    app.board.with(|all| {
        let of = all.iter().find(|listed| listed.row.dossier == dossier)?;
        queue_number(all.iter().map(|listed| &listed.row), &of.row, today, app.utc_offset())
    })
}

/// What the head of a visit says. It is drawn anew where it differs, not at every tap.
#[derive(Clone, PartialEq)]
struct Title {
    dossier: DossierId,
    plate: Option<Plate>,
    said: String,
    model: String,
    facts: String,
    two: usize,
    cancelled: bool,
    closing: Option<&'static str>,
    missing: usize,
    newer: usize,
    refused: usize,
}

impl Title {
    fn of(t: Language, offset: i32, number: Option<usize>, visit: &Visit) -> Self {
        let opening = visit.opening();
        let arrived = opening.as_ref().map(|opening| t.time(opening.arrived, offset));
        let name = visit.customer().map(ToString::to_string).unwrap_or_default();
        let mut facts: Vec<String> =
            arrived.map(|time| format!("{time} {}", t.pick("到店", "arrived"))).into_iter().collect();
        facts.extend(number.map(|number| t.queue_number(number)));
        facts.extend(opening.map(|opening| opening.number));
        facts.extend(visit.odometer().map(|(km, _)| t.km(km)));
        facts.extend(visit.charge().map(|charge| format!("{} {} %", t.charge(), charge.percent)));
        Self {
            dossier: visit.journal.dossier(),
            plate: visit.plate().cloned(),
            said: t.addressed(&name, visit.salutation()),
            model: visit.vehicle().map(|car| car.model).unwrap_or_default(),
            facts: facts.join(" · "),
            two: visit.two_answers().len(),
            cancelled: visit.cancelled().is_some(),
            closing: visit.closing().and_then(|closing| t.closing(closing)),
            missing: visit.journal.missing().len(),
            newer: visit.journal.not_understood(),
            refused: visit.journal.refused_here().count(),
        }
    }
}

/// The head of a visit: plate, person, car, and the two things that need a decision.
pub(crate) fn visit_title(app: App) -> Markup {
    let title = Memo::new(move |_| {
        let number = app.route.get().dossier().and_then(|dossier| place_in_queue(app, dossier));
        app.settled(|visit| Title::of(app.t(), app.utc_offset(), number, visit))
    });
    let title = move || {
        let t = app.t();
        let Some(title) = title.get() else {
            return view! { <div class="grow"><h1 class="t22">{t.visit_not_here()}</h1></div> };
        };
        let Title { dossier, two, missing, newer, refused, .. } = title;
        view! {
            {plate(t, title.plate.as_ref(), "p52")}
            <div class="grow">
                <div class="row"><h1 class="t24 ell">{title.said}</h1><span class="two ell">{title.model}</span></div>
                <div class="note ell">{title.facts}</div>
            </div>
            {(two > 0).then(|| link(app, Route::TwoAnswers(dossier), "tag warn big", view! { {icon(Icon::Merge)}{t.two_answers()} }))}
            {title.closing.map(|word| view! { <span class="tag warn" data-closing="">{icon(Icon::Sheet)}{word}</span> })}
            {title.cancelled.then(|| view! { <span class="tag bad">{t.cancelled()}</span> })}
            {(missing > 0).then(|| view! { <span class="tag warn">{t.entries_missing(missing)}</span> })}
            {(refused > 0).then(|| link(app, Route::Waiting, "tag bad big", view! { {icon(Icon::Warning)}<span data-refused=refused>{t.entries_refused(refused)}</span> }))}
            {(newer > 0).then(|| view! { <span class="tag warn">{t.newer_entries()}</span> })}
            {link(app, Route::History(dossier), "btn sm sq quiet", view! { {icon(Icon::Clock)}<span class="sr">{t.history()}</span> })}
        }
    };
    view! { {title} }
}
