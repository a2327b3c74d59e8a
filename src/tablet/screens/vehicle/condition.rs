//! The state that the car arrives in: covers, mileage, fuel and charge, lamps.

use crate::tablet::markup::{CollectView as _, Markup, derive, live, view};

use crate::tablet::signals::{Memo, RwSignal};

use super::{choices, chosen, on, text};
use crate::icons::Icon;
use crate::locale::Language;
use crate::tablet::app::App;
use crate::tablet::components::{Read, TextField, chip, icon, segments};
use crate::visit::vehicle::{Charge, Charging, Fuel, OdometerReason, PortFlap, read_odometer, read_percent};
use crate::visit::{Change, Key, Visit, odometer_read};

pub(super) fn covers(app: App) -> Markup {
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

pub(super) fn odometer_field(app: App) -> Markup {
    let below = RwSignal::new(None::<(u32, u32)>);
    let last = move || {
        app.visit_now(|visit| app.catalogue.with_untracked(|catalogue| visit.last_known_km(catalogue)))
            .flatten()
    };
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
        let last =
            app.visit(|visit| app.catalogue.with(|catalogue| visit.last_known_km(catalogue))).flatten();
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
        TextField::new(app, app.draft_name("odometer"), label, value, Some(Key::Odometer), Box::new(read))
            .unit("km")
            .mode("numeric")
            .view();
    view! { <div>{field}{reasons}</div> }
}

pub(super) fn energy_fields(app: App) -> Markup {
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
        (Ok(km), None) if km <= 2_000 => Read::Refuse(app.language.get_untracked().charge_first().to_owned()),
        _ => Read::Refuse(app.language.get_untracked().not_a_range()),
    };
    let value = text(app, |visit| visit.charge().map(|charge| charge.percent.to_string()));
    let shown_range =
        text(app, |visit| visit.charge().and_then(|charge| charge.range_km).map(|km| km.to_string()));
    let low = move || app.visit(|visit| visit.charge().is_some_and(Charge::is_low)).unwrap_or_default();
    let counts = (0..=3_u8).map(|count| (count, derive(move || count.to_string()))).collect();
    let flaps = PortFlap::ALL.map(|flap| (flap, app.word(move |t| t.flap_word(flap))));
    let payers = Charging::ALL.map(|charging| (charging, app.word(move |t| t.charging_word(charging))));
    view! {
        <div class="two-up">
            {TextField::new(app, app.draft_name("charge"), app.word(Language::charge), value, Some(Key::Charge), Box::new(percent)).unit("%").mode("numeric").view()}
            {TextField::new(app, app.draft_name("range"), app.word(Language::range), shown_range, Some(Key::Charge), Box::new(range)).unit("km").mode("numeric").view()}
        </div>
        {move || low().then(|| view! { <p class="care row" id="low-charge">{icon(Icon::Warning)}<span>{app.t().low_charge()}</span></p> })}
        <div><span class="label">{move || app.t().charging()}</span>
            {segments(move || app.t().charging().into(), payers.to_vec(), chosen(app, Visit::charging), move |charging| app.write(vec![Change::ChargingAgreed { charging }]))}</div>
        <div><span class="label">{move || app.t().port_flap()}</span>
            {segments(move || app.t().port_flap().into(), flaps.to_vec(), chosen(app, Visit::port_flap), move |flap| app.write(vec![Change::PortFlapSeen { flap }]))}</div>
        <div><span class="label">{move || app.t().cables()}</span>
            {segments(move || app.t().cables().into(), counts, chosen(app, Visit::cables_taken), move |count| app.write(vec![Change::CablesTaken { count }]))}</div>
    }
}

pub(super) fn lamps(app: App) -> Markup {
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
            <div class="chips">{chip(app.word(Language::no_lamps), none, set_none)}{chips}</div></div>
    }
}
