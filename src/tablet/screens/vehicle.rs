//! 车辆: plate, car, customer, condition, what is handed over.

use crate::tablet::markup::{CollectView as _, Markup, derive, live, view};
use leptos::prelude::*;

use crate::catalogue::{Choice, KnownVehicle};
use crate::icons::Icon;
use crate::journal::DossierId;
use crate::locale::{LONGEST_TEXT, Language};
use crate::route::{Route, Step};
use crate::tablet::app::App;
use crate::tablet::components::plate::typed_plate;
use crate::tablet::components::{
    Read, TextField, chip, how_to_say, icon, places, plate, plate_keys, segments, shell, steps, visit_title,
};
use crate::tablet::device;
use crate::visit::customer::{PersonName, Phone, Relation, Salutation};
use crate::visit::vehicle::{
    Charge, Energy, Fuel, NoPlate, OdometerReason, Plate, PlateColour, PlateNumber, Reading, Vin,
    read_odometer, read_percent,
};
use crate::visit::{Change, Identified, Key, PhotoSubject, Visit, odometer_read};

/// What the archive knows of the car with this plate, as changes.
pub(super) fn known_facts(app: App, plate: &str) -> Vec<Change> {
    let car = app.catalogue.with_untracked(|catalogue| {
        catalogue.known(plate, "").into_iter().find(|car| car.plate == plate).cloned()
    });
    match car {
        Some(car) => car_facts(&car, true),
        None => PlateNumber::read(plate).value().map(plate_read).into_iter().collect(),
    }
}

fn plate_read(number: PlateNumber) -> Change {
    let colour = number.likely_colour();
    Change::PlateRead { plate: Plate::Number { number, colour }.into() }
}

fn car_facts(car: &KnownVehicle, with_plate: bool) -> Vec<Change> {
    let mut changes = Vec::new();
    if let Some(number) = PlateNumber::read(&car.plate).value().filter(|_| with_plate) {
        changes.push(Change::PlateRead { plate: Plate::Number { number, colour: car.plate_colour }.into() });
    }
    changes.extend(Vin::read(&car.vin).value().map(|vin| Change::VinRead { vin: vin.into() }));
    changes.push(Change::VehicleIdentified {
        model: car.model.clone(),
        colour: car.colour.clone(),
        energy: car.energy,
        purchased: car.purchased.map(|day| day.to_string()),
        private_use: car.private_use,
        last_visit: car.last_visit.map(|day| day.to_string()),
        last_odometer: car.last_odometer,
    });
    changes
        .extend(PersonName::read(&car.owner).value().map(|name| Change::CustomerNamed { name: name.into() }));
    changes.extend(Phone::read(&car.phone).value().map(|phone| Change::PhoneGiven { phone: phone.into() }));
    changes.push(Change::SalutationChosen { salutation: car.salutation });
    changes.push(Change::RelationGiven { relation: Relation::Owner });
    changes
}

/// A known car, to be taken over by a tap.
fn hit(app: App, car: &KnownVehicle, take: impl Fn() + Send + 'static) -> Markup {
    let t = app.t();
    let number = PlateNumber::read(&car.plate).value();
    let drawn = number.map(|number| Plate::Number { number, colour: car.plate_colour });
    let phone = Phone::read(&car.phone).value().map(|phone| phone.masked());
    let last = [car.last_visit.map(|day| day.to_string()), car.last_odometer.map(|km| t.km(km))];
    view! {
        <button type="button" class="hit" data-known=car.plate.clone() on:click=move |_| take()>
            <span class="row">{plate(t, drawn.as_ref(), "p44")}<span class="tag acc">{icon(Icon::Tick)}{t.take_over()}</span></span>
            <b class="t22">{car.model.clone()}</b>
            <span class="kv">
                <span>{t.owner()}</span><span>{how_to_say(t, &car.owner, Some(car.salutation))}</span>
                <span>{t.phone()}</span><span>{phone}</span>
                <span>{t.last_visit()}</span><span>{last.into_iter().flatten().collect::<Vec<_>>().join(t.pick("，", ", "))}</span>
            </span>
            {(!car.remark.is_empty()).then(|| view! { <span class="care row">{icon(Icon::Warning)}<span>{car.remark.clone()}</span></span> })}
        </button>
    }
}

fn hits(app: App, typed: Signal<String>, take: impl Fn(KnownVehicle) + Copy + Send + 'static) -> Markup {
    live(move || {
        let t = app.t();
        let found: Vec<KnownVehicle> = app
            .catalogue
            .with(|catalogue| catalogue.known(&typed.get(), "").into_iter().take(2).cloned().collect());
        (!found.is_empty()).then(|| {
            view! {
                <h2 class="sec"><span>{t.known_car()}</span><span class="n">{found.len()}</span></h2>
                {found.into_iter().map(|car| hit(app, &car.clone(), move || take(car.clone()))).collect_view()}
            }
        })
    })
}

/// Why a typed plate is not taken at once; with the number where one tap takes it.
type PlateSaid = (String, Option<PlateNumber>);

/// A plate is taken as typed where it is of a known kind; else it is asked for, or refused.
fn read_plate(app: App, typed: &str) -> Result<PlateNumber, PlateSaid> {
    let t = app.language.get_untracked();
    match PlateNumber::read(typed) {
        Reading::Valid(number) => Ok(number),
        Reading::Unusual(number, _) => Err((t.unusual_plate(), Some(number))),
        Reading::Impossible(why) => Err((t.not_a_plate(why), None)),
    }
}

fn plate_said(
    app: App,
    said: RwSignal<Option<PlateSaid>>,
    take: impl Fn(PlateNumber) + Copy + Send + 'static,
) -> Markup {
    live(move || {
        said.get().map(|(sentence, number)| {
            let class = if number.is_some() { "said ask" } else { "said bad" };
            view! {
                <span class=class role="alert">{icon(Icon::Info)}<span class="grow">{sentence}</span>
                    {number.map(|number| view! { <button class="btn sm" on:click=move |_| take(number.clone())>{app.t().yes_so()}</button> })}
                </span>
            }
        })
    })
}

/// 新接车: a car of which nothing is known yet begins with its plate.
pub(super) fn new_visit(app: App) -> Markup {
    let typed = RwSignal::new(String::new());
    let said = RwSignal::new(None::<PlateSaid>);
    leptos::task::spawn_local(async move {
        if let Ok(Some(draft)) = app.storage().draft("new/plate").await {
            let _ = typed.try_update(|text| {
                if text.is_empty() {
                    *text = draft
                }
            });
        }
    });
    Effect::new(move |before: Option<()>| {
        let text = typed.get();
        said.set(None);
        if before.is_some() {
            leptos::task::spawn_local(async move {
                let _ = app.storage().put_draft("new/plate", text).await;
            });
        }
    });
    let begin = move |changes: Vec<Change>| {
        leptos::task::spawn_local(async move {
            let _ = app.storage().drop_draft("new/plate").await;
            super::board::open(app, DossierId::from_random(device::random()), None, changes).await;
        });
    };
    let take = move |car: KnownVehicle| begin(car_facts(&car, true));
    let start = move |_| match read_plate(app, &typed.get_untracked()) {
        Ok(number) => begin(known_facts(app, number.as_str())),
        Err(why) => said.set(Some(why)),
    };
    let none = NoPlate::ALL.map(|reason| {
        view! {
            <button type="button" class="chip" on:click=move |_| begin(vec![Change::PlateRead { plate: Plate::None { reason }.into() }])>
                {move || app.t().no_plate_reason(reason)}</button>
        }
    });
    let main = view! {
        <div class="b">
            <section class="lf">
                <div class="row typed">{move || typed_plate(&typed.get())}</div>
                <label class="sr" for="plate-text">{move || app.t().plate()}</label>
                <input id="plate-text" class="plate-text" autocomplete="off" prop:value=move || typed.get()
                    placeholder=move || app.t().plate()
                    on:input=move |event| typed.set(event_target_value(&event)) />
                {plate_said(app, said, move |number| begin(vec![plate_read(number)]))}
                {plate_keys(app, typed)}
            </section>
            <aside class="rt">
                {hits(app, typed.into(), take)}
                <div><span class="label">{move || app.t().no_plate()}</span><div class="chips">{none.into_iter().collect_view()}</div></div>
            </aside>
        </div>
    };
    let title = view! { <div class="grow"><h1 class="t24">{move || app.t().new_visit()}</h1></div> };
    let act = view! {
        <button class="btn" on:click=move |_| app.go(Route::Board)>{move || app.t().back()}</button>
        <div class="why"></div>
        <button class="btn pri" id="start" on:click=start>{move || app.t().start_visit()}{icon(Icon::Forward)}</button>
    };
    shell(app, places(app, Route::NewVisit), title, main, act)
}

fn text(app: App, read: impl Fn(&Visit) -> Option<String> + Send + Sync + 'static) -> Signal<String> {
    derive(move || app.visit(|visit| read(visit)).flatten().unwrap_or_default())
}

fn word(app: App, word: impl Fn(Language) -> &'static str + Send + Sync + 'static) -> Signal<String> {
    derive(move || word(app.t()).to_owned())
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

fn named(app: App, name: &str) -> String {
    let dossier = app.route.get_untracked().dossier().map(|id| id.to_string()).unwrap_or_default();
    format!("{dossier}/{name}")
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
        private_use: true,
        last_visit: None,
        last_odometer: None,
    })
}

fn identify(app: App, change: impl FnOnce(&mut Identified)) -> Vec<Change> {
    let mut car = identified(app);
    change(&mut car);
    vec![Change::VehicleIdentified {
        model: car.model,
        colour: car.colour,
        energy: car.energy,
        purchased: car.purchased,
        private_use: car.private_use,
        last_visit: car.last_visit,
        last_odometer: car.last_odometer,
    }]
}

/// The vehicle step of an open visit.
pub(super) fn vehicle(app: App) -> Markup {
    let main = view! {
        <div class="form">
            <section class="card pad-in"><h2 class="sec">{move || app.t().who_and_car()}</h2>
                {plate_row(app)}
                {known_again(app)}
                <div class="two-up">{vin_field(app)}{model_field(app)}{colour_field(app)}
                    <div><span class="label">{move || app.t().energy()}</span>
                        {segments(move || app.t().energy().into(), Energy::ALL.map(|energy| (energy, word(app, move |t| t.energy_word(energy)))).to_vec(),
                            chosen(app, |visit| visit.vehicle().map(|car| car.energy)), move |energy| app.write(identify(app, |car| car.energy = energy)))}</div>
                    {name_field(app)}{phone_field(app)}
                    <div><span class="label">{move || app.t().salutation()}</span>
                        {segments(move || app.t().salutation().into(), Salutation::ALL.map(|salutation| (salutation, word(app, move |t| t.salutation_word(salutation)))).to_vec(),
                            chosen(app, Visit::salutation), move |salutation| app.write(vec![Change::SalutationChosen { salutation }]))}</div>
                    <div><span class="label">{move || app.t().relation()}</span>
                        {segments(move || app.t().relation().into(), Relation::ALL.map(|relation| (relation, word(app, move |t| t.relation_word(relation)))).to_vec(),
                            chosen(app, Visit::relation), move |relation| app.write(vec![Change::RelationGiven { relation }]))}</div>
                </div>
            </section>
            <section class="card pad-in"><h2 class="sec">{move || app.t().state_of_car()}</h2>
                {covers(app)}
                <div class="two-up">{odometer_field(app)}{energy_fields(app)}</div>
                {lamps(app)}
                {super::walkaround::film(app, PhotoSubject::Dashboard)}
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

fn plate_row(app: App) -> Markup {
    let correcting = RwSignal::new(false);
    let typed = RwSignal::new(String::new());
    let said = RwSignal::new(None::<PlateSaid>);
    let write = move |number: PlateNumber| {
        let colour = number.likely_colour();
        app.write(vec![Change::PlateRead { plate: Plate::Number { number, colour }.into() }]);
        correcting.set(false);
        said.set(None);
    };
    let save = move |_| match read_plate(app, &typed.get_untracked()) {
        Ok(number) => write(number),
        Err(why) => said.set(Some(why)),
    };
    let open = move |_| {
        let now = app.visit_now(|visit| {
            visit.plate().and_then(Plate::number).map(|number| number.as_str().to_owned())
        });
        typed.set(now.flatten().unwrap_or_default());
        correcting.set(true);
    };
    let number = move || app.visit(|visit| visit.plate().and_then(Plate::number).cloned()).flatten();
    // Chosen, and its last day not given yet: until then the visit keeps the plate that it has.
    let temporary = RwSignal::new(false);
    let last_day = Memo::new(move |_| app.visit(|visit| visit.plate().and_then(Plate::until)).flatten());
    let until = move || {
        (temporary.get() || last_day.get().is_some()).then(|| {
            let write = move |event| {
                let day = crate::locale::read_day(&event_target_value(&event));
                if let Some((until, number)) = day.zip(untrack(number)) {
                    app.write(vec![Change::PlateRead { plate: Plate::Temporary { number, until }.into() }]);
                    temporary.set(false);
                }
            };
            let today = move || crate::locale::day_of(app.now.get(), app.utc_offset());
            let expired = move || app.visit(|visit| visit.plate().is_some_and(|plate| plate.expired(today())));
            view! {
                <div class="fld"><label class="label" for="plate-until">{app.t().valid_until()}</label>
                    <div class="field"><input id="plate-until" type="date" prop:value=last_day.get().map(|day| day.to_string()) on:change=write/></div>
                    {move || (expired() == Some(true)).then(|| view! { <span class="said ask" role="alert">{icon(Icon::Warning)}{app.t().plate_expired()}</span> })}
                </div>
            }
        })
    };
    let colours = move || {
        number().map(|number| {
            let colours = [
                PlateColour::Blue,
                PlateColour::Green,
                PlateColour::Yellow,
                PlateColour::White,
                PlateColour::Black,
                PlateColour::YellowGreen,
            ];
            let mut kinds: Vec<(Option<PlateColour>, Signal<String>)> = colours
                .map(|colour| (Some(colour), word(app, move |t| t.plate_colour_word(colour))))
                .to_vec();
            kinds.push((None, word(app, Language::temporary)));
            let now = derive(move || match app.visit(|visit| visit.plate().cloned()).flatten() {
                _ if temporary.get() => Some(None),
                Some(Plate::Number { colour, .. }) => Some(Some(colour)),
                Some(Plate::Temporary { .. }) => Some(None),
                Some(Plate::None { .. }) | None => None,
            });
            let number = StoredValue::new(number);
            segments(
                move || app.t().plate_colour().into(),
                kinds,
                now,
                move |kind| {
                    temporary.set(kind.is_none());
                    if let Some(colour) = kind {
                        let number = number.get_value();
                        app.write(vec![Change::PlateRead { plate: Plate::Number { number, colour }.into() }]);
                    }
                },
            )
        })
    };
    view! {
        <div class="row wrap">
            {move || app.visit(|visit| plate(app.t(), visit.plate(), "p64"))}
            <button type="button" class="btn sm" id="correct-plate" on:click=open>{icon(Icon::Pen)}{move || app.t().correct_plate()}</button>
            <div class="grow kinds">{colours}</div>
            {until}
        </div>
        {move || correcting.get().then(|| view! {
            <div class="card pad-in">
                <div class="row typed">{move || typed_plate(&typed.get())}</div>
                {plate_said(app, said, write)}
                {plate_keys(app, typed)}
                <div class="row"><button class="btn sm" on:click=move |_| correcting.set(false)>{app.t().cancel()}</button>
                    <span class="grow"></span><button class="btn sm" on:click=save>{app.t().save()}</button></div>
            </div>
        })}
    }
}

/// The archive knows the plate, and nothing was taken over yet.
fn known_again(app: App) -> Markup {
    let typed = text(app, |visit| {
        let known = visit.vin().is_some() || visit.vehicle().is_some();
        visit.plate().and_then(Plate::number).filter(|_| !known).map(|number| number.as_str().to_owned())
    });
    hits(app, typed, move |car| app.write(car_facts(&car, false)))
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
    TextField::new(app, named(app, name), word(app, label), value, Some(key), Box::new(read)).view()
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

fn vin_field(app: App) -> Markup {
    let read = move |typed: &str| {
        let t = app.language.get_untracked();
        meant(
            Vin::read(typed),
            |vin| Change::VinRead { vin: vin.into() },
            |why| t.unusual_vin(&why),
            |why| t.not_a_vin(&why),
        )
    };
    let value = text(app, |visit| visit.vin().map(|vin| vin.grouped()));
    answer(app, "vin", Language::vin, Key::Vin, value, read)
}

fn model_field(app: App) -> Markup {
    let read = move |typed: &str| free_text(app, typed, |model| identify(app, |car| car.model = model));
    let value = text(app, |visit| visit.vehicle().map(|car| car.model));
    answer(app, "model", Language::model, Key::Vehicle, value, read)
}

fn colour_field(app: App) -> Markup {
    let read = move |typed: &str| free_text(app, typed, |colour| identify(app, |car| car.colour = colour));
    let value = text(app, |visit| visit.vehicle().map(|car| car.colour));
    answer(app, "colour", Language::colour, Key::Vehicle, value, read)
}

fn name_field(app: App) -> Markup {
    let read = move |typed: &str| {
        let t = app.language.get_untracked();
        meant(
            PersonName::read(typed),
            |name| Change::CustomerNamed { name: name.into() },
            |_| t.unusual_name(),
            |why| t.not_a_name(why),
        )
    };
    let value = text(app, |visit| visit.customer().map(ToString::to_string));
    answer(app, "customer", Language::customer, Key::Customer, value, read)
}

fn phone_field(app: App) -> Markup {
    let read = move |typed: &str| {
        let t = app.language.get_untracked();
        meant(
            Phone::read(typed),
            |phone| Change::PhoneGiven { phone: phone.into() },
            |_| t.unusual_phone(),
            |why| t.not_a_phone(why),
        )
    };
    let value = text(app, |visit| visit.phone().map(|phone| phone.grouped()));
    TextField::new(
        app,
        named(app, "phone"),
        word(app, Language::phone),
        value,
        Some(Key::Phone),
        Box::new(read),
    )
    .mode("tel")
    .view()
}

fn covers(app: App) -> Markup {
    let list = move || app.catalogue.with(|catalogue| catalogue.covers.clone());
    let chips = move || {
        choices(
            app,
            list(),
            |visit, id| visit.cover(id),
            |cover, placed| Change::CoverPlaced { cover, placed },
        )
    };
    let all = move |_| {
        let changes = list()
            .into_iter()
            .filter(|choice| !app.visit_now(|visit| visit.cover(&choice.id)).unwrap_or_default());
        app.write(changes.map(|choice| Change::CoverPlaced { cover: choice.id, placed: true }).collect());
    };
    view! {
        <div><span class="label">{move || app.t().covers()}</span>
            <div class="chips">{chips}<button type="button" class="btn sm quiet" on:click=all>{move || app.t().covers_all()}</button></div></div>
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

fn odometer_field(app: App) -> Markup {
    let below = RwSignal::new(None::<(u32, u32)>);
    let last = move || app.visit_now(|visit| visit.vehicle().and_then(|car| car.last_odometer)).flatten();
    let read = move |typed: &str| {
        let t = app.language.get_untracked();
        below.set(None);
        match read_odometer(typed) {
            Ok(km) => match odometer_read(km, None, last()) {
                Ok(change) => Read::Write(vec![change]),
                Err(needs) => {
                    below.set(Some((km, needs.last)));
                    Read::Refuse(t.odometer_below(needs.last))
                }
            },
            Err(why) => Read::Refuse(t.not_an_odometer(why)),
        }
    };
    let value = text(app, |visit| visit.odometer().map(|(km, _)| crate::locale::thousands(km)));
    let label = derive(move || {
        let t = app.t();
        let last = app.visit(|visit| visit.vehicle().and_then(|car| car.last_odometer)).flatten();
        match last {
            Some(km) => format!("{}{}{} {}", t.odometer(), t.pick("，", ", "), t.last_odometer(), t.km(km)),
            None => t.odometer().to_owned(),
        }
    });
    let reasons = move || {
        below.get().map(|(km, last)| {
            let reason = move |reason: OdometerReason| {
                let words = reason.clone();
                let write = move |_| {
                    if let Ok(change) = odometer_read(km, Some(reason.clone()), Some(last)) {
                        app.write(vec![change]);
                        below.set(None);
                    }
                };
                view! { <button type="button" class="chip" on:click=write>{move || app.t().odometer_reason_word(&words)}</button> }
            };
            view! { <div class="chips" role="group" aria-label=app.t().odometer_reason()>{OdometerReason::ALL.map(reason).into_iter().collect_view()}</div> }
        })
    };
    let field =
        TextField::new(app, named(app, "odometer"), label, value, Some(Key::Odometer), Box::new(read))
            .unit("km")
            .mode("numeric")
            .view();
    view! { <div>{field}{reasons}</div> }
}

fn energy_fields(app: App) -> Markup {
    let energy = Memo::new(move |_| app.visit(|visit| visit.vehicle().map(|car| car.energy)).flatten());
    live(move || {
        let energy = energy.get();
        let charge = energy.is_some_and(|energy| energy.has_charge());
        let fuel = energy.is_none_or(|energy| energy.has_fuel());
        view! {
            {charge.then(|| charge_fields(app))}
            {fuel.then(|| {
                let eighths = (0..=8_u8).map(|eighth| (eighth, derive(move || match eighth { 0 => "E".to_owned(), 8 => "F".to_owned(), n => format!("{n}/8") }))).collect();
                view! { <div><span class="label">{move || app.t().fuel()}</span>
                    {segments(move || app.t().fuel().into(), eighths, chosen(app, |visit| visit.fuel().map(|fuel| fuel.0)), move |eighth| app.write(vec![Change::FuelRead { fuel: Fuel(eighth) }]))}</div> }
            })}
        }
    })
}

fn charge_fields(app: App) -> Markup {
    let now = move || app.visit_now(Visit::charge).flatten();
    let percent = move |typed: &str| match read_percent(typed) {
        Ok(percent) => Read::Write(vec![Change::ChargeRead {
            charge: Charge { percent, range_km: now().and_then(|charge| charge.range_km) },
        }]),
        Err(_) => Read::Refuse(app.language.get_untracked().not_a_percentage()),
    };
    let range = move |typed: &str| match (read_odometer(typed), now()) {
        (Ok(km), Some(charge)) if km <= 2_000 => {
            Read::Write(vec![Change::ChargeRead { charge: Charge { range_km: Some(km as u16), ..charge } }])
        }
        (Ok(km), None) if km <= 2_000 => Read::Refuse(app.language.get_untracked().not_a_percentage()),
        _ => Read::Refuse(app.language.get_untracked().not_a_range()),
    };
    let value = text(app, |visit| visit.charge().map(|charge| charge.percent.to_string()));
    let shown_range =
        text(app, |visit| visit.charge().and_then(|charge| charge.range_km).map(|km| km.to_string()));
    view! {
        <div class="two-up">
            {TextField::new(app, named(app, "charge"), word(app, Language::charge), value, Some(Key::Charge), Box::new(percent)).unit("%").mode("numeric").view()}
            {TextField::new(app, named(app, "range"), word(app, Language::range), shown_range, Some(Key::Charge), Box::new(range)).unit("km").mode("numeric").view()}
        </div>
    }
}

fn lamps(app: App) -> Markup {
    let list = move || app.catalogue.with(|catalogue| catalogue.lamps.clone());
    // A lamp that is lit says that somebody looked.
    let chips = move || {
        list()
            .into_iter()
            .map(|choice| {
                let (id, label) = (choice.id, choice.label);
                let own = id.clone();
                let set = move |lit: bool| {
                    let mut changes = vec![Change::LampSeen { lamp: id.clone(), lit }];
                    if !app.visit_now(Visit::dashboard_checked).unwrap_or_default() {
                        changes.push(Change::DashboardChecked { checked: true });
                    }
                    app.write(changes);
                };
                chip(
                    derive(move || label.get(app.t()).to_owned()),
                    on(app, move |visit| visit.lamp(&own)),
                    set,
                )
            })
            .collect_view()
    };
    let none = on(app, |visit| {
        visit.dashboard_checked()
            && !visit.journal.keys().any(|key| matches!(key, Key::Lamp(id) if visit.lamp(id)))
    });
    let set_none = move |checked: bool| {
        let mut changes: Vec<Change> = app
            .visit_now(|visit| {
                visit
                    .journal
                    .keys()
                    .filter_map(|key| match key {
                        Key::Lamp(id) if visit.lamp(id) => {
                            Some(Change::LampSeen { lamp: id.clone(), lit: false })
                        }
                        _ => None,
                    })
                    .collect()
            })
            .unwrap_or_default();
        changes.push(Change::DashboardChecked { checked });
        app.write(changes);
    };
    view! {
        <div><span class="label">{move || app.t().lamps()}</span>
            <div class="chips">{chip(word(app, Language::no_lamps), none, set_none)}{chips}</div></div>
    }
}

fn handed_over(app: App) -> Markup {
    let counts = (0..=3_u8).map(|count| (count, derive(move || count.to_string()))).collect();
    let documents = move || {
        choices(
            app,
            app.catalogue.with(|catalogue| catalogue.documents.clone()),
            |visit, id| visit.document(id),
            |document, taken| Change::DocumentTaken { document, taken },
        )
    };
    let belongings = move || {
        choices(
            app,
            app.catalogue.with(|catalogue| catalogue.belongings.clone()),
            |visit, id| visit.belonging(id) == Some(true),
            |belonging, present| Change::BelongingSeen { belonging, present },
        )
    };
    let left = text(app, |visit| visit.valuables_left().and_then(|left| left.value()).cloned());
    let read =
        move |typed: &str| free_text(app, typed, |what| vec![Change::ValuablesLeft { what: what.into() }]);
    view! {
        <div class="two-up">
            <div><span class="label">{move || app.t().keys()}</span>
                {segments(move || app.t().keys().into(), counts, chosen(app, Visit::keys_taken), move |count| app.write(vec![Change::KeysTaken { count }]))}</div>
            <div><span class="label">{move || app.t().documents_kept()}</span><div class="chips">{documents}</div></div>
        </div>
        <div><span class="label">{move || app.t().belongings()}</span><div class="chips">{belongings}</div></div>
        <div class="two-up">
            <div><span class="label">{move || app.t().valuables()}</span><div class="chips">
                {chip(word(app, Language::valuables_reminded), on(app, Visit::valuables_reminded), move |reminded| app.write(vec![Change::ValuablesReminded { reminded }]))}</div></div>
            {TextField::new(app, named(app, "valuables"), word(app, Language::valuables_left), left, Some(Key::ValuablesLeft), Box::new(read)).hint(word(app, Language::valuables_left_hint)).view()}
        </div>
    }
}
