//! A visit's affairs: hand-over to a colleague, cancelling, two answers, history.

use crate::tablet::markup::{CollectView as _, Markup, derive, live, view};

use crate::icons::Icon;
use crate::locale::Language;
use crate::route::{Route, Step};
use crate::tablet::app::App;
use crate::tablet::components::{Read, TextField, icon, shell, steps, visit_title};
use crate::visit::consents::{About, Consent};
use crate::visit::staff::Role;
use crate::visit::{Change, Key, Visit};

/// Who is in charge, and cancelling.
pub(super) fn affairs(app: App) -> Markup {
    let advisors = move || {
        let staff = app.catalogue.with(|catalogue| catalogue.staff.clone());
        staff
            .into_iter()
            .filter(|member| member.role == Role::Advisor)
            .map(|member| {
                let (own, to) = (member.id.clone(), member.id.clone());
                let is = move || app.visit(|visit| visit.advisor() == Some(&own)).unwrap_or_default();
                view! { <button type="button" class="chip" aria-pressed=move || is().to_string()
                    on:click=move |_| app.write(vec![Change::AdvisorAssigned { advisor: to.clone() }])>{member.name}</button> }
            })
            .collect_view()
    };
    let reason = move |typed: &str| {
        if typed.trim().is_empty() {
            return Read::Nothing;
        }
        super::vehicle::free_text(app, typed, |reason| {
            vec![Change::VisitCancelled { reason: Some(reason.into()) }]
        })
    };
    let cancelled = move || app.visit(|visit| visit.cancelled().is_some()).unwrap_or_default();
    let value = derive(move || {
        app.visit(|visit| visit.cancelled().and_then(|reason| reason.value()).cloned())
            .flatten()
            .unwrap_or_default()
    });
    view! {
        <section class="card pad-in"><h2 class="sec">{move || app.t().visit_menu()}</h2>
            <div><span class="label">{move || app.t().hand_over()}</span><div class="chips">{advisors}</div></div>
            {TextField::new(app, app.draft_name("cancel"), app.word(Language::cancel_visit), value, Some(Key::Cancelled), Box::new(reason)).hint(app.word(Language::cancel_reason)).view()}
            {move || cancelled().then(|| view! { <button type="button" class="btn sm" id="reopen" on:click=move |_| app.write(vec![Change::VisitCancelled { reason: None }])>{icon(Icon::Again)}{app.t().reopen()}</button> })}
        </section>
    }
}

fn back(app: App) -> Markup {
    view! { <button class="btn" on:click=move |_| if let Some(dossier) = app.route.get_untracked().dossier() { app.go(Route::Visit(dossier, Step::Vehicle)) }>{move || app.t().back()}</button><div class="why"></div> }
}

/// Both stand with name and time until a person picks one.
pub(super) fn two_answers(app: App) -> Markup {
    let list = move || {
        let t = app.t();
        let offset = app.utc_offset();
        let questions = app.visit(|visit| {
            visit
                .two_answers()
                .into_iter()
                .map(|key| {
                    let answers: Vec<(String, String, Change)> = visit
                        .journal
                        .answers(&key)
                        .into_iter()
                        .map(|answer| {
                            let (_, value) =
                                app.catalogue.with(|catalogue| t.change_said(answer.fact, catalogue));
                            let who = app
                                .catalogue
                                .with(|catalogue| catalogue.staff_name(&answer.by.author).to_owned());
                            (
                                value,
                                format!("{who} · {}", t.date_time(answer.by.at, offset)),
                                answer.fact.clone(),
                            )
                        })
                        .collect();
                    (app.catalogue.with(|catalogue| t.key(&key, catalogue)), answers)
                })
                .collect::<Vec<_>>()
        });
        let questions = questions.unwrap_or_default();
        if questions.is_empty() {
            return view! { <p class="ready">{icon(Icon::Tick)}{t.no_two_answers()}</p> };
        }
        let question = |(name, answers): (String, Vec<(String, String, Change)>)| {
            view! {
                <section class="card pad-in" data-two=""><h2 class="sec">{name}</h2><div class="two-up">
                    {answers.into_iter().map(|(value, who, change)| view! {
                        <div class="answer"><b class="t22">{value}</b><span class="note">{who}</span>
                            <button type="button" class="btn sm" on:click=move |_| app.write(vec![change.clone()])>{icon(Icon::Tick)}{t.choose_this()}</button></div>
                    }).collect_view()}
                </div></section>
            }
        };
        view! { <p class="care row">{icon(Icon::Merge)}<span>{t.two_answers_choose()}</span></p>{questions.into_iter().map(question).collect_view()} }
    };
    shell(
        app,
        steps(app, None),
        visit_title(app),
        view! { <div class="form narrow"><h1 class="t24">{move || app.t().two_answers()}</h1>{list}</div> },
        back(app),
    )
}

/// Who changed what when.
pub(super) fn history(app: App) -> Markup {
    let rows = move || {
        let t = app.t();
        let offset = app.utc_offset();
        app.visit(|visit| {
            let mut rows: Vec<_> = visit
                .journal
                .history()
                .filter_map(|happening| row_of(app, t, offset, visit, &happening))
                .collect();
            rows.reverse();
            rows.truncate(500);
            rows.into_iter().collect_view()
        })
    };
    let main = view! { <div class="form">{ledger(app)}<h1 class="t24">{move || app.t().history()}</h1><ol class="history">{rows}</ol></div> };
    shell(app, steps(app, None), visit_title(app), main, back(app))
}

/// 同意记录: what the customer was asked, in which words, at what price, how, and who answered.
fn ledger(app: App) -> Markup {
    live(move || {
        let t = app.t();
        let mut all = app.visit(Visit::consents).unwrap_or_default();
        all.reverse();
        let row = |consent: Consent| {
            let by = app.catalogue.with(|catalogue| catalogue.staff_name(&consent.by).to_owned());
            let (class, mark) = if consent.given { ("tag good", Icon::Tick) } else { ("tag", Icon::Cross) };
            let word = match (&consent.about, consent.given) {
                (About::MissedCall, _) => t.not_reached(),
                (_, true) => t.agreed_to(),
                (_, false) => t.not_agreed_to(),
            };
            let how = [Some(t.consent_by(consent.channel).to_owned()), consent.who, consent.number];
            let how = how.into_iter().flatten().collect::<Vec<_>>().join(" · ");
            let price = consent.price.map(|price| view! { <b class="nb">{t.yuan(price)}</b> });
            let words = consent.words.map(|words| view! { <p class="quoted">{words}</p> });
            view! {
                <li data-consent="" data-given=consent.given.to_string()><div class="row wrap"><span class=class>{icon(mark)}{word}</span><b class="grow">{t.consent_about(&consent.about)}</b>{price}</div>
                    {words}<p class="note">{format!("{how} · {} · {by}", t.date_time(consent.at, app.utc_offset()))}</p></li>
            }
        };
        let none = all.is_empty().then(|| view! { <p class="note">{t.no_consents()}</p> });
        view! { <h1 class="t24" id="consents">{t.consents()}</h1>{none}<ol class="ledger">{all.into_iter().map(row).collect_view()}</ol> }
    })
}

fn row_of(
    app: App,
    t: Language,
    offset: i32,
    visit: &Visit,
    happening: &crate::journal::Happening<'_, Change>,
) -> Option<Markup> {
    let change = happening.fact?;
    let (subject, value) = app.catalogue.with(|catalogue| t.change_said(change, catalogue));
    let before: Vec<String> = happening
        .before
        .iter()
        .map(|(_, fact)| app.catalogue.with(|catalogue| t.change_said(fact, catalogue)).1)
        .collect();
    let who = app.catalogue.with(|catalogue| catalogue.staff_name(&happening.by.author).to_owned());
    let at = t.date_time(happening.by.at, offset);
    let stands = visit.journal.counted(&happening.by.id).is_some();
    Some(view! {
        <li class:gone=!stands><span class="note nb">{at}</span><span class="nb">{who}</span><b>{subject}</b>
            <span class="grow">{value}{(!before.is_empty()).then(|| view! { <s class="note">{before.join(", ")}</s> })}</span></li>
    })
}
