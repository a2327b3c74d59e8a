//! 送修人、车主、联系人, and who may sign.

use crate::tablet::markup::{CollectView as _, Markup, derive, live, view};

use crate::tablet::signals::{Memo, Signal};

use super::{chosen, meant, on, text};
use crate::locale::Language;
use crate::tablet::app::App;
use crate::tablet::components::{Read, TextField, chip, segments};
use crate::visit::customer::{PersonName, Phone, Relation, Salutation};
use crate::visit::people::{ContactIs, PersonRole};
use crate::visit::signature::SignedAs;
use crate::visit::{Change, Key, Visit};

/// Everybody whom the visit names.
pub(super) fn people(app: App) -> Markup {
    let salutations =
        Salutation::ALL.map(|salutation| (salutation, app.word(move |t| t.salutation_word(salutation))));
    let write = move |relation| {
        app.write(app.visit_now(|visit| visit.brought_by(relation)).unwrap_or_default());
    };
    let another = Memo::new(move |_| app.visit(|visit| !visit.owner_brings_it()).unwrap_or_default());
    view! {
        <div class="two-up">
            {name_field(app, None)}{phone_field(app, None)}
            <div><span class="label">{move || app.t().salutation()}</span>
                {segments(move || app.t().salutation().into(), salutations.to_vec(), chosen(app, Visit::salutation),
                    move |salutation| app.write(vec![Change::SalutationChosen { salutation }]))}</div>
            {relation_choice(app, &Relation::ALL, chosen(app, Visit::relation), write)}
        </div>
        {live(move || another.get().then(|| person(app, PersonRole::Owner)))}
        {contact(app, another)}
        {may_sign(app, another)}
    }
}

/// Name and phone of somebody beside who brings the car, and what they are to the owner.
fn person(app: App, role: PersonRole) -> Markup {
    let relation = (role != PersonRole::Owner).then(|| {
        let now = chosen(app, move |visit| visit.person(role).relation);
        // Of somebody else than the owner.
        relation_choice(app, &Relation::ALL[1..], now, move |relation| {
            app.write(vec![Change::PersonRelated { role, relation }])
        })
    });
    view! { <div class="two-up person-of">{name_field(app, Some(role))}{phone_field(app, Some(role))}{relation}</div> }
}

fn relation_choice(
    app: App,
    offered: &[Relation],
    now: Signal<Option<Relation>>,
    write: impl Fn(Relation) + Copy + 'static,
) -> Markup {
    let words = offered.iter().map(|relation| {
        let relation = *relation;
        (relation, app.word(move |t| t.relation_word(relation)))
    });
    view! {
        <div><span class="label">{move || app.t().relation()}</span>
            {segments(move || app.t().relation().into(), words.collect(), now, write)}</div>
    }
}

/// Where a person's name or phone stands: `None` is who brings the car.
fn field_of(role: Option<PersonRole>, what: &str) -> String {
    match role {
        None => what.to_owned(),
        Some(PersonRole::Owner) => format!("owner-{}", &what[..3]),
        Some(PersonRole::Contact) => format!("contact-{}", &what[..3]),
        Some(PersonRole::Authorised) => format!("authorised-{}", &what[..3]),
    }
}

fn name_field(app: App, role: Option<PersonRole>) -> Markup {
    let read = move |typed: &str| -> Read {
        let t = app.language.get_untracked();
        let change = |name: PersonName| match role {
            None => Change::CustomerNamed { name: name.into() },
            Some(role) => Change::PersonNamed { role, name: name.into() },
        };
        meant(PersonName::read(typed), change, |why| t.unusual_name(why), |why| t.not_a_name(why))
    };
    let value = text(app, move |visit| {
        let person = role.map_or_else(|| visit.bringer(), |role| visit.person(role));
        person.name.map(ToString::to_string)
    });
    let label = app.word(move |t| role.map_or_else(|| t.customer(), |role| t.person_role(role)));
    let key = role.map_or(Key::Customer, Key::PersonName);
    TextField::new(app, app.draft_name(&field_of(role, "customer")), label, value, Some(key), Box::new(read))
        .view()
}

fn phone_field(app: App, role: Option<PersonRole>) -> Markup {
    let read = move |typed: &str| -> Read {
        let t = app.language.get_untracked();
        let change = |phone: Phone| match role {
            None => Change::PhoneGiven { phone: phone.into() },
            Some(role) => Change::PersonPhoned { role, phone: phone.into() },
        };
        meant(Phone::read(typed), change, |_| t.unusual_phone(), |why| t.not_a_phone(why))
    };
    let value = text(app, move |visit| {
        let person = role.map_or_else(|| visit.bringer(), |role| visit.person(role));
        person.phone.map(Phone::grouped)
    });
    let key = role.map_or(Key::Phone, Key::PersonPhone);
    TextField::new(
        app,
        app.draft_name(&field_of(role, "phone")),
        app.word(Language::phone),
        value,
        Some(key),
        Box::new(read),
    )
    .mode("tel")
    .view()
}

/// Whom to call: who brings the car, unless something else is said.
fn contact(app: App, another: Memo<bool>) -> Markup {
    let other =
        Memo::new(move |_| app.visit(|visit| visit.contact_is() == ContactIs::Other).unwrap_or_default());
    let choice = live(move || {
        let offered =
            ContactIs::ALL.into_iter().filter(|contact| *contact != ContactIs::Owner || another.get());
        let words = offered.map(|contact| (contact, app.word(move |t| t.contact_word(contact)))).collect();
        segments(
            move || app.t().contact().into(),
            words,
            chosen(app, |visit| Some(visit.contact_is())),
            move |contact| app.write(vec![Change::ContactChosen { contact }]),
        )
    });
    view! {
        <div class="two-up"><div><span class="label">{move || app.t().contact()}</span>{choice}</div></div>
        {live(move || other.get().then(|| person(app, PersonRole::Contact)))}
    }
}

/// Who may sign; somebody else with the owner's authority has to be named.
fn may_sign(app: App, another: Memo<bool>) -> Markup {
    let authorised =
        Memo::new(move |_| app.visit(|visit| visit.may_sign(SignedAs::Authorised)).unwrap_or_default());
    let chips = move || {
        let roles = [SignedAs::Deliverer, SignedAs::Owner, SignedAs::Authorised];
        roles
            .into_iter()
            .filter(|signer| *signer != SignedAs::Deliverer || another.get())
            .map(|signer| {
                chip(
                    derive(move || app.t().signed_as(signer).to_owned()),
                    on(app, move |visit| visit.may_sign(signer)),
                    move |allowed| app.write(vec![Change::SigningAllowed { signer, allowed }]),
                )
            })
            .collect_view()
    };
    view! {
        <div id="may-sign"><span class="label">{move || app.t().may_sign()}</span><div class="chips">{chips}
            {move || authorised.get().then(|| view! { <span class="note">{app.t().authorised_hint()}</span> })}</div></div>
        {live(move || authorised.get().then(|| person(app, PersonRole::Authorised)))}
    }
}
