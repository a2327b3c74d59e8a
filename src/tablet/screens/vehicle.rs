//! 车辆: plate, car, customer, condition, what is handed over.

mod archive;
mod condition;
mod data;
mod handed_over;
mod people;
mod plates;
mod vin;

use crate::tablet::markup::{CollectView as _, Markup, derive, view};

use crate::tablet::signals::Signal;

use crate::catalogue::Choice;
use crate::icons::Icon;
use crate::locale::{LONGEST_TEXT, Language};
use crate::route::{Route, Step};
use crate::tablet::app::App;
use crate::tablet::components::{Read, TextField, chip, icon, segments, shell, steps, visit_title};
use crate::visit::vehicle::{Energy, Reading};
use crate::visit::{Change, Identified, Key, PhotoSubject, Visit};

pub(super) use archive::known_facts;
use archive::{differences, known_again};
use condition::{covers, energy_fields, lamps, odometer_field};
use data::{colour_field, model_field};
use handed_over::handed_over;
use people::people;
pub(super) use plates::new_visit;
use plates::plate_row;
use vin::vin_field;

fn text(app: App, read: impl Fn(&Visit) -> Option<String> + Send + Sync + 'static) -> Signal<String> {
    derive(move || app.visit(|visit| read(visit)).flatten().unwrap_or_default())
}

fn on(app: App, read: impl Fn(&Visit) -> bool + Send + Sync + 'static) -> Signal<bool> {
    derive(move || app.visit(|visit| read(visit)).unwrap_or_default())
}

fn chosen<T: Send + Sync + 'static>(
    app: App,
    read: impl Fn(&Visit) -> Option<T> + Send + Sync + 'static,
) -> Signal<Option<T>> {
    derive(move || app.visit(|visit| read(visit)).flatten())
}

/// A text of at most [`LONGEST_TEXT`] characters.
pub(super) fn free_text(app: App, text: &str, write: impl FnOnce(String) -> Vec<Change>) -> Read {
    let count = text.chars().count();
    if count > LONGEST_TEXT {
        return Read::Refuse(app.language.get_untracked().text_too_long(count));
    }
    let clean: String =
        text.chars().filter(|c| *c == '\n' || !crate::visit::customer::is_invisible(*c)).collect();
    Read::Write(write(clean.trim().to_owned()))
}

fn identified(app: App) -> Identified {
    app.visit_now(Visit::vehicle).flatten().unwrap_or(Identified {
        model: String::new(),
        colour: String::new(),
        energy: Energy::Petrol,
        purchased: None,
        delivered: None,
        private_use: true,
        last_visit: None,
        last_odometer: None,
    })
}

fn identify(app: App, change: impl FnOnce(&mut Identified)) -> Vec<Change> {
    let mut car = identified(app);
    change(&mut car);
    vec![car.into()]
}

/// The vehicle step of an open visit.
pub(super) fn vehicle(app: App) -> Markup {
    let main = view! {
        <div class="form">
            <section class="card pad-in"><h2 class="sec">{move || app.t().vehicle_delivered()}</h2>
                {plate_row(app)}
                {known_again(app)}
                {differences(app)}
                {vin_field(app)}
                <div class="two-up">{model_field(app)}{colour_field(app)}</div>
                <div><span class="label">{move || app.t().energy()}</span>
                    {segments(move || app.t().energy().into(), Energy::ALL.map(|energy| (energy, app.word(move |t| t.energy_word(energy)))).to_vec(),
                        chosen(app, |visit| visit.vehicle().map(|car| car.energy)), move |energy| app.write(identify(app, |car| car.energy = energy)))}</div>
            </section>
            <section class="card pad-in"><h2 class="sec">{move || app.t().people()}</h2>{people(app)}</section>
            <section class="card pad-in"><h2 class="sec">{move || app.t().state_of_car()}</h2>
                {covers(app)}
                <div class="two-up">{odometer_field(app)}{energy_fields(app)}</div>
                {lamps(app)}
                {super::film::film(app, PhotoSubject::Dashboard)}
            </section>
            <section class="card pad-in"><h2 class="sec">{move || app.t().handed_over()}</h2>{handed_over(app)}</section>
            {super::visit::affairs(app)}
        </div>
    };
    let next = move |_| {
        if let Some(dossier) = app.route.get_untracked().dossier() {
            app.go(Route::Visit(dossier, Step::Walkaround));
        }
    };
    let act = view! {
        <div class="why">{super::check_in::missing_in_words(app, Step::Vehicle)}</div>
        <button class="btn pri" id="next" on:click=next>{move || app.t().step(Step::Walkaround)}{icon(Icon::Forward)}</button>
    };
    shell(app, steps(app, Some(Step::Vehicle)), visit_title(app), main, act)
}

/// A field for one answer of the visit.
fn answer(
    app: App,
    name: &str,
    label: fn(Language) -> &'static str,
    key: Key,
    value: Signal<String>,
    read: impl Fn(&str) -> Read + Send + Sync + 'static,
) -> Markup {
    TextField::new(app, app.draft_name(name), app.word(label), value, Some(key), Box::new(read)).view()
}

/// What is read is written; what may be so is asked for; what cannot be so is refused.
fn meant<T, U, I>(
    reading: Reading<T, U, I>,
    change: impl Fn(T) -> Change,
    ask: impl Fn(U) -> String,
    refuse: impl Fn(I) -> String,
) -> Read {
    match reading {
        Reading::Valid(value) => Read::Write(vec![change(value)]),
        Reading::Unusual(value, why) => Read::Ask(ask(why), vec![change(value)]),
        Reading::Impossible(why) => Read::Refuse(refuse(why)),
    }
}

/// Chips of a catalogue list.
fn choices(
    app: App,
    list: Vec<Choice>,
    is: fn(&Visit, &str) -> bool,
    change: fn(String, bool) -> Change,
) -> Markup {
    list.into_iter()
        .map(|choice| {
            let (id, label) = (choice.id, choice.label);
            let own = id.clone();
            chip(
                derive(move || label.get(app.t()).to_owned()),
                on(app, move |visit| is(visit, &own)),
                move |on| app.write(vec![change(id.clone(), on)]),
            )
        })
        .collect_view()
}
