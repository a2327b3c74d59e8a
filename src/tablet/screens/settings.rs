//! 设置: whether the tablet can work today, how it looks, who holds it.

use crate::tablet::markup::{Markup, derive, view};

use crate::tablet::signals::RwSignal;

use super::readiness::{self, Checks};
use crate::icons::Icon;
use crate::locale::Language;
use crate::route::Route;
use crate::tablet::app::App;
use crate::tablet::components::{Choice, icon, link, places, shell, switch};
use crate::tablet::device::{self, Theme};

pub(super) fn settings(app: App) -> Markup {
    let checks = Checks::new(app);
    let title = view! {
        <div class="grow"><h1 class="t24">{move || app.t().settings()}</h1>
            <span class="note">{move || app.member().map(|member| format!("{} · {}", member.name, app.t().role(member.role)))}</span></div>
    };
    let main = view! {
        <div class="b2 ready-for-work">{readiness::list(checks)}<aside class="ap">{appearance(app)}</aside></div>
        {readiness::test_sheet(checks)}
    };
    let act = view! {
        <button class="btn" id="check-again" on:click=move |_| checks.all()>{icon(Icon::Again)}{move || app.t().check_again()}</button>
        <div class="why"></div>
        <button class="btn pri" id="next" on:click=move |_| app.go(Route::Board)>{move || app.t().begin_work()}{icon(Icon::Forward)}</button>
    };
    shell(app, places(app, Route::Settings), title, main, act)
}

/// A word of the locale.
type Word = fn(Language) -> &'static str;

fn choice(app: App, label: Word, choices: Vec<Choice>) -> Markup {
    view! { <div><span class="label">{move || label(app.t())}</span>{switch(app.word(label), choices)}</div> }
}

fn appearance(app: App) -> Markup {
    let vibrates = RwSignal::new(device::vibrates());
    let themes: [(Theme, Word); 4] = [
        (Theme::System, Language::as_system),
        (Theme::Light, Language::light),
        (Theme::Dark, Language::dark),
        (Theme::Sunlight, Language::sunlight),
    ];
    let themes = themes.into_iter().map(|(theme, word)| -> Choice {
        let choose = move || {
            device::remember_theme(theme);
            app.theme.set(theme);
        };
        (app.word(word), derive(move || app.theme.get() == theme), Box::new(choose))
    });
    let languages = Language::ALL.into_iter().map(|language| -> Choice {
        let choose = move || {
            device::remember_language(language);
            app.language.set(language);
        };
        let name = derive(move || language.name().to_owned());
        (name, derive(move || app.language.get() == language), Box::new(choose))
    });
    let switches: [(bool, Word); 2] = [(true, Language::on), (false, Language::off)];
    let switches = switches.into_iter().map(|(on, word)| -> Choice {
        let choose = move || {
            device::remember_vibration(on);
            vibrates.set(on);
        };
        (app.word(word), derive(move || vibrates.get() == on), Box::new(choose))
    });
    view! {
        <div class="col looks">
            {choice(app, Language::theme, themes.collect())}
            <p class="note">{move || app.t().sunlight_hint()}</p>
            {choice(app, Language::language, languages.collect())}
            {choice(app, Language::vibration, switches.collect())}
            <div class="label">{move || app.t().staff()}</div>
            {link(app, Route::Staff, "btn sm wide", view! { {icon(Icon::Person)}{move || app.t().change_person()} })}
            {link(app, Route::Tour, "btn sm wide", view! { {icon(Icon::Info)}{move || app.t().tour()} })}
        </div>
    }
}
