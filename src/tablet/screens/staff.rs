//! Who holds the tablet, and the first page of an empty server.

use crate::tablet::markup::{CollectView as _, Markup, derive, view};
use leptos::prelude::*;

use crate::tablet::signals::RwSignal;

use crate::catalogue::Dealership;
use crate::icons::Icon;
use crate::locale::Language;
use crate::protocol::SetUpRequest;
use crate::route::Route;
use crate::tablet::app::App;
use crate::tablet::components::{icon, segments, trouble};
use crate::tablet::device;
use crate::tablet::transport::Fetch;
use crate::visit::vehicle::PROVINCES;

/// The dealership's minutes east of UTC: China has one time, whatever the tablet's clock is set to.
const CHINA: i32 = 8 * 60;

/// The longest line of the first page, in characters, as the server checks it.
const LONGEST_LINE: usize = 200;

/// A word of the locale.
type Word = fn(Language) -> &'static str;

pub(super) fn language_choice(app: App) -> Markup {
    let languages =
        Language::ALL.map(|language| (language, derive(move || language.name().to_owned()))).to_vec();
    segments(
        move || app.t().language().into(),
        languages,
        derive(move || Some(app.language.get())),
        move |language| {
            device::remember_language(language);
            app.language.set(language);
        },
    )
}

pub(super) fn choose(app: App) -> Markup {
    let people = move || {
        let staff = app.catalogue.with(|catalogue| catalogue.staff.clone());
        staff
            .into_iter()
            .map(|member| {
                let id = member.id.clone();
                let choose = move |_| {
                    let id = id.clone();
                    leptos::task::spawn_local(async move {
                        if let Err(error) = app.storage().put_person(&id).await {
                            return app.trouble.set(Some(crate::tablet::app::Trouble::NotSaved(error)));
                        }
                        app.person.set(Some(id));
                        let route = app.route.get_untracked();
                        app.go(if route == Route::Staff { Route::Board } else { route });
                    });
                };
                view! { <button type="button" class="person card" data-person=member.id.0.clone() on:click=choose>{icon(Icon::Person)}<b>{member.name}</b><span class="note">{move || app.t().role(member.role)}</span></button> }
            })
            .collect_view()
    };
    view! {
        <main class="whole"><div class="lang">{language_choice(app)}</div><h1 class="say">{move || app.t().who_are_you()}</h1><div class="people">{people}</div>{trouble(app)}</main>
    }
}

/// On an empty server: what the papers carry.
pub(super) fn first_start(app: App) -> Markup {
    let fields: [(Word, &'static str); 6] = [
        (Language::dealership_name, "name"),
        (Language::dealership_address, "address"),
        (Language::dealership_phone, "phone"),
        (Language::dealership_hours, "hours"),
        (Language::privacy_contact, "privacy"),
        (Language::advisor, "advisor"),
    ];
    let texts = fields.map(|_| RwSignal::new(String::new()));
    let province = RwSignal::new('粤');
    let missing = RwSignal::new(Vec::<usize>::new());
    let said = RwSignal::new(None::<String>);
    let set_up = move |event: web_sys::Event| {
        event.prevent_default();
        let text = |at: usize| texts[at].get_untracked().trim().to_owned();
        let empty: Vec<usize> = (0..texts.len())
            .filter(|at| text(*at).is_empty() || text(*at).chars().count() > LONGEST_LINE)
            .collect();
        missing.set(empty.clone());
        if !empty.is_empty() {
            return;
        }
        let dealership = Dealership {
            id: String::new(),
            name: text(0),
            address: text(1),
            phone: text(2),
            hours: text(3),
            privacy_contact: text(4),
            province: province.get_untracked().to_string(),
            utc_offset_minutes: CHINA,
        };
        let advisors = text(5)
            .split(['、', ',', '，'])
            .map(|name| name.trim().to_owned())
            .filter(|name| !name.is_empty())
            .collect();
        leptos::task::spawn_local(async move {
            let done = Fetch.set_up(&SetUpRequest { dealership, advisors }).await;
            let t = app.language.get_untracked();
            match done {
                Ok(written) => match app.storage().put_catalogue(&written, "").await {
                    Ok(catalogue) => {
                        app.catalogue.set(std::sync::Arc::new(catalogue));
                        app.go(Route::Board);
                    }
                    Err(error) => app.trouble.set(Some(crate::tablet::app::Trouble::NotSaved(error))),
                },
                Err(_) => said.set(Some(t.needs_server_once().to_owned())),
            }
        });
    };
    let why = move |at: usize| match texts[at].get().trim().chars().count() {
        0 => app.t().please_fill_in(fields[at].0(app.t())),
        count => app.t().longer_than(LONGEST_LINE, count),
    };
    let inputs = (0..fields.len())
        .map(|at| {
            let (label, id) = fields[at];
            let bad = move || missing.with(|missing| missing.contains(&at));
            view! {
                <div class="fld"><label class="label" for=id>{move || label(app.t())}</label>
                    <div class=move || if bad() { "field err" } else { "field" }><input id=id autocomplete="off" aria-invalid=move || bad().to_string() prop:value=move || texts[at].get() on:input=move |event| texts[at].set(event_target_value(&event)) /></div>
                    <div role="status">{move || bad().then(|| view! { <span class="said bad">{icon(Icon::Warning)}{why(at)}</span> })}</div></div>
            }
        })
        .collect_view();
    let provinces = PROVINCES
        .chars()
        .map(|c| view! { <option value=c.to_string() selected=c == '粤'>{c.to_string()}</option> })
        .collect_view();
    let heading = move || {
        if app.reached.get() == Some(false) {
            app.t().needs_server_once()
        } else {
            app.t().first_start_lead()
        }
    };
    view! {
        <main class="whole tour"><div class="lang">{language_choice(app)}</div>
            <form class="form narrow" on:submit=set_up><h1 class="say">{move || app.t().first_start()}</h1><p class="two">{heading}</p>
                <section class="card pad-in two-up">{inputs}
                    <div class="fld"><label class="label" for="province">{move || app.t().provinces()}</label><div class="field"><select id="province" on:change=move |event| if let Some(c) = event_target_value(&event).chars().next() { province.set(c) }>{provinces}</select></div></div></section>
                <div role="alert">{move || said.get().map(|why| view! { <span class="said bad">{icon(Icon::Offline)}{why}</span> })}</div>
                <button type="submit" class="btn pri corner" id="set-up">{move || app.t().set_up()}</button></form>{trouble(app)}</main>
    }
}
