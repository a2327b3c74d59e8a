//! What the archive knows of a car, and taking it over.

use crate::tablet::markup::{CollectView as _, Markup, live, view};

use crate::tablet::signals::{Memo, RwSignal, Signal, effect};

use super::text;
use crate::catalogue::KnownVehicle;
use crate::icons::Icon;
use crate::journal::Fact as _;
use crate::locale::day_of;
use crate::tablet::app::App;
use crate::tablet::components::{icon, plate};
use crate::visit::archive::{ArchiveField, Difference};
use crate::visit::customer::{PersonName, Phone, Relation};
use crate::visit::vehicle::{Plate, PlateNumber, Vin};
use crate::visit::{Body, Change, Side};

/// What the archive knows of the car with this plate, as changes.
pub(crate) fn known_facts(app: App, plate: &str) -> Vec<Change> {
    let car = app.catalogue.with_untracked(|catalogue| {
        catalogue.known(plate, "").into_iter().find(|car| car.plate == plate).cloned()
    });
    match car {
        Some(car) => car_facts(&car, true),
        None => PlateNumber::read(plate).value().map(plate_read).into_iter().collect(),
    }
}

pub(super) fn plate_read(number: PlateNumber) -> Change {
    let colour = number.likely_colour();
    Change::PlateRead { plate: Plate::Number { number, colour }.into() }
}

pub(super) fn car_facts(car: &KnownVehicle, with_plate: bool) -> Vec<Change> {
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
        delivered: car.delivered.map(|day| day.to_string()),
    });
    changes.extend(car.body.filter(|body| *body != Body::Sedan).map(|body| Change::BodyChosen { body }));
    changes.extend(car.steering.filter(|side| *side != Side::Left).map(|side| Change::SteeringSeen { side }));
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
                <span>{t.owner()}</span><span>{t.addressed(&car.owner, Some(car.salutation))}</span>
                <span>{t.phone()}</span><span>{phone}</span>
                <span>{t.last_visit()}</span><span>{last.into_iter().flatten().collect::<Vec<_>>().join(t.pick("，", ", "))}</span>
            </span>
            {(!car.remark.is_empty()).then(|| view! { <span class="care row">{icon(Icon::Warning)}<span>{car.remark.clone()}</span></span> })}
        </button>
    }
}

pub(super) fn hits(
    app: App,
    typed: Signal<String>,
    take: impl Fn(KnownVehicle) + Copy + Send + 'static,
) -> Markup {
    live(move || {
        let t = app.t();
        let found: Vec<KnownVehicle> = app.catalogue.with(|catalogue| {
            catalogue.known(&typed.get(), &typed.get()).into_iter().take(2).cloned().collect()
        });
        (!found.is_empty()).then(|| {
            view! {
                <h2 class="sec"><span>{t.known_car()}</span><span class="n">{found.len()}</span><span class="grow"></span>{age(app)}</h2>
                {found.into_iter().map(|car| hit(app, &car.clone(), move || take(car.clone()))).collect_view()}
            }
        })
    })
}

/// The archive knows the car, and nothing was taken over yet.
pub(super) fn known_again(app: App) -> Markup {
    let typed = text(app, |visit| {
        let plate = visit.plate().and_then(Plate::number).map(|number| number.as_str().to_owned());
        visit.vehicle().is_none().then(|| visit.vin().map(ToString::to_string).or(plate)).flatten()
    });
    let take = move |car: KnownVehicle| {
        let mut changes = car_facts(&car, false);
        // What was read or said already stands; where the archive differs it is asked for.
        app.visit_now(|visit| {
            changes.retain(|change| change.key().is_none_or(|key| visit.journal.answer(&key).is_none()));
        });
        app.write(changes);
    };
    hits(app, typed, take)
}

/// `档案为 8:10 的数据`: the archive is as old as the last exchange.
fn age(app: App) -> Markup {
    let exchanged = RwSignal::new(None);
    effect(move |_| {
        app.reached.track();
        leptos::task::spawn_local(async move {
            let identity = app.storage().identity().await.ok();
            exchanged.set(identity.and_then(|identity| identity.exchanged));
        });
    });
    live(move || {
        exchanged.get().map(|at| {
            let (t, offset) = (app.t(), app.utc_offset());
            let today = day_of(at, offset) == day_of(app.now.get(), offset);
            let when = if today { t.time(at, offset) } else { t.date_time(at, offset) };
            view! { <span class="note" data-age="">{t.archive_as_of(&when)}</span> }
        })
    })
}

/// Where the archive says otherwise: both values side by side, taken or kept.
pub(super) fn differences(app: App) -> Markup {
    let list = move || app.visit(|visit| app.catalogue.with(|catalogue| visit.differences(catalogue)));
    let found = Memo::new(move |_| list().unwrap_or_default());
    live(move || {
        let found = found.get();
        let open = found.iter().filter(|difference| !difference.kept).count();
        let t = app.t();
        (!found.is_empty()).then(|| {
            view! {
                <section class="differs" data-open=open>
                    <h2 class="sec"><span>{t.differs()}</span><span class="n">{open}</span><span class="grow"></span>{age(app)}</h2>
                    {found.into_iter().map(|difference| row(app, difference)).collect_view()}
                </section>
            }
        })
    })
}

fn row(app: App, difference: Difference) -> Markup {
    let t = app.t();
    let name = t.archive_field(difference.field);
    let shown = |text: &str| match difference.field {
        ArchiveField::Plate => {
            PlateNumber::read(text).value().map_or_else(String::new, |plate| plate.to_string())
        }
        ArchiveField::Vin => Vin::read(text).value().map_or_else(|| text.to_owned(), |vin| vin.grouped()),
        ArchiveField::Phone => {
            Phone::read(text).value().map_or_else(|| text.to_owned(), |phone| phone.grouped())
        }
        ArchiveField::Odometer => text.parse().map_or_else(|_| text.to_owned(), |km| t.km(km)),
        ArchiveField::Model | ArchiveField::Colour | ArchiveField::Owner => text.to_owned(),
    };
    let (archive, now) = (shown(&difference.archive), shown(&difference.now));
    let kept = difference.kept;
    let takes = difference.field != ArchiveField::Odometer;
    let (to_keep, to_take) = (difference.clone(), difference);
    let keep = move |_| app.write(to_keep.keep());
    let take = move |_| {
        let changes = app.visit_now(|visit| {
            let car = app.catalogue.with_untracked(|catalogue| visit.archived(catalogue).cloned());
            car.map(|car| to_take.take(visit, &car))
        });
        app.write(changes.flatten().unwrap_or_default());
    };
    view! {
        <div class="differ" role="group" aria-label=name data-kept=kept>
            <b>{name}</b>
            <div><span class="note">{t.in_archive()}</span><span>{archive}</span>
                {takes.then(|| view! { <button type="button" class="btn sm" on:click=take>{t.take_archive()}</button> })}</div>
            <div><span class="note">{t.now_read()}</span><span>{now}</span>
                {if kept {
                    view! { <span class="tag good">{icon(Icon::Tick)}{t.kept_now()}</span> }
                } else {
                    view! { <button type="button" class="btn sm" on:click=keep>{t.keep_now()}</button> }
                }}</div>
        </div>
    }
}
