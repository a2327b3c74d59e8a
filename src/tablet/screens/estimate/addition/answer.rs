//! How the customer's answer comes: on the glass, by telephone or message, or not at all yet; what is read to
//! them, when the car would be ready, what is added, and recording it.

use leptos::prelude::{Callable as _, Callback};

use super::{At, back};
use crate::documents::AdditionSheet;
use crate::icons::Icon;
use crate::locale::{Language, of_the_wall, on_the_wall};
use crate::money::Fen;
use crate::route::Route;
use crate::tablet::app::Trouble;
use crate::tablet::components::{TextField, icon, segments};
use crate::tablet::device;
use crate::tablet::markup::{CollectView as _, Markup, derive, live, view};
use crate::tablet::screens::estimate::{pricing, promise};
use crate::tablet::screens::glass;
use crate::tablet::screens::vehicle::free_text;
use crate::tablet::signals::{Memo, RwSignal};
use crate::visit::addition::{Addition, Channel};
use crate::visit::{Change, Key, Visit};

fn noted(addition: &Addition, channel: Channel) -> Change {
    Change::AnswerNoted { addition: addition.id, channel, said: addition.said.clone() }
}

pub(super) fn side(at: At) -> Markup {
    let At { app, addition, .. } = at;
    let channel = Memo::new(move |_| addition.with(|addition| addition.as_ref().map(|one| one.channel)));
    let choices = Channel::ALL.map(|channel| (channel, app.word(move |t| t.channel_word(channel)))).to_vec();
    let choose = move |channel| {
        app.write(addition.get_untracked().iter().map(|addition| noted(addition, channel)).collect());
    };
    let way =
        segments(move || app.t().how_answered().to_owned(), choices, derive(move || channel.get()), choose);
    view! {
        <section class="es-side ad-side" data-answer=""><h2 class="cap">{move || app.t().how_answered()}</h2>{way}{who(at, channel)}{read_out(at)}{words(at, channel)}</section>
        {time(at)}{money(at)}
    }
}

/// Who answers, on which number, and how often nobody did.
fn who(at: At, channel: Memo<Option<Channel>>) -> Markup {
    let At { app, id, .. } = at;
    let others = live(move || {
        app.visit(|visit| {
            let now = visit.signs_as();
            let may = visit.who_may_sign();
            let one = |signed_as| {
                let choose = move |_| app.write(app.visit_now(|visit| visit.signer_is(signed_as)).unwrap_or_default());
                view! { <button type="button" class="chip" aria-pressed=(signed_as == now).to_string() on:click=choose>{app.t().signed_as(signed_as)}</button> }
            };
            (may.len() > 1).then(|| {
                let all = may.iter().map(|person| one(person.signed_as)).collect_view();
                view! { <div class="chips" role="group" aria-label=app.t().who_answered()>{all}</div> }
            })
        })
        .flatten()
    });
    let person = live(move || {
        let t = app.t();
        app.visit(|visit| {
            let person = visit.signer()?.person;
            let name = person.name.map(ToString::to_string).unwrap_or_default();
            let has_number = channel.get().is_some_and(Channel::has_number);
            let number = person.phone.filter(|_| has_number).map(|phone| {
                let (shown, dialled) = (phone.grouped(), format!("tel:{phone}"));
                view! { <div class="kv2"><span>{t.number_dialled()}</span><b>{shown}</b></div><a class="btn sm wide" id="dial" href=dialled>{t.dial()}</a> }
            });
            let missed = |(by, fact): (&crate::journal::Standing, &Change)| match fact {
                Change::CallMissed { addition, .. } if *addition == id => Some(t.time(by.at, app.utc_offset())),
                _ => None,
            };
            let missed: Vec<String> = visit.journal.additions().filter_map(missed).collect();
            let missed = (!missed.is_empty()).then(|| view! { <div class="kv2" data-missed=missed.len()><span>{t.missed_calls()}</span><b>{missed.join(t.pick("、", ", "))}</b></div> });
            Some(view! { <div class="kv2"><span>{t.who_answered()}</span><b>{name}</b></div>{number}{missed} })
        })
        .flatten()
    });
    view! { {others}{person} }
}

fn read_out(at: At) -> Markup {
    let At { app, addition, .. } = at;
    let sentence = move || {
        let t = app.t();
        let addition = addition.get()?;
        app.visit(|visit| t.addition_question(visit, &addition, pricing(app), app.utc_offset()))
    };
    view! { <div class="iv-read ad-read"><span class="label">{icon(Icon::Words)}{move || app.t().read_to_customer()}</span><p data-read-out="">{sentence}</p></div> }
}

/// What the customer said, of a call or a message.
fn words(at: At, channel: Memo<Option<Channel>>) -> Markup {
    let At { app, id, addition, .. } = at;
    live(move || {
        channel.get().filter(|channel| channel.has_number())?;
        let shown = derive(move || at.with(|addition| addition.said.value().cloned().unwrap_or_default()));
        let read = move |typed: &str| {
            free_text(app, typed, |said| {
                let noted = |addition: &Addition| Change::AnswerNoted {
                    addition: addition.id,
                    channel: addition.channel,
                    said: said.clone().into(),
                };
                addition.get_untracked().iter().map(noted).collect()
            })
        };
        let field = TextField::new(
            app,
            format!("said/{id}"),
            app.word(Language::own_answer),
            shown,
            Some(Key::AnswerNoted(id)),
            Box::new(read),
        );
        Some(field.long().view())
    })
}

/// When the car would be ready with all of it: as promised, as its hours come to, or as somebody says.
fn time(at: At) -> Markup {
    let At { app, id, addition, .. } = at;
    let before = Memo::new(move |_| app.visit(|visit| visit.ready_beside(Some(id))).flatten());
    let ready = Memo::new(move |_| at.with(|addition| addition.ready));
    // Its work begins when the rest was to be ready, or now where that is over.
    let reckoned = Memo::new(move |_| {
        let plan = app.catalogue.with(|catalogue| catalogue.workshop.clone())?;
        let from = before.get()?.max(app.now.get() / promise::HALF_AN_HOUR * promise::HALF_AN_HOUR);
        let addition = addition.get()?;
        let jobs: Vec<_> = addition
            .lines
            .iter()
            .filter_map(|(line, _)| Some((line.item.skill?, line.terms.quantity)))
            .collect();
        let workshop = crate::promise::Workshop { finish: 0, ..plan.workshop() };
        let made =
            crate::promise::promise(on_the_wall(from, app.utc_offset()), &jobs, &[], &workshop).ok()?;
        (!jobs.is_empty()).then(|| of_the_wall(made.ready, app.utc_offset()))
    });
    let set = move |ready: Option<i64>| app.write(vec![Change::AdditionTimed { addition: id, ready }]);
    let shift = move |by: i64| {
        let from = ready.get_untracked().or(before.get_untracked());
        set(Some(from.unwrap_or_else(promise::soon) + by));
    };
    let shown = live(move || {
        let t = app.t();
        let offset = app.utc_offset();
        let before = before.get().map(|at| t.day_and_time(at, offset)).unwrap_or_default();
        match ready.get() {
            Some(ready) => {
                view! { <p class="es-ready" data-addition-ready=ready.to_string()><s class="note">{before}</s><b>{t.day_and_time(ready, offset)}</b></p> }
            }
            None => {
                view! { <p class="es-ready"><b>{before}</b><span class="tag">{t.time_unchanged()}</span></p> }
            }
        }
    });
    let proposed = live(move || {
        let by_hours = reckoned.get()?;
        (ready.get() != Some(by_hours)).then(|| view! { <button type="button" class="btn sm wide" id="by-hours" on:click=move |_| set(Some(by_hours))>{icon(Icon::Clock)}{format!("{} {}", app.t().by_its_hours(), app.t().day_and_time(by_hours, app.utc_offset()))}</button> })
    });
    let none = live(move || {
        ready.get().map(|_| view! { <button type="button" class="btn sm quiet" id="unchanged" on:click=move |_| set(None)>{icon(Icon::Undo)}{app.t().time_unchanged()}</button> })
    });
    view! {
        <section class="es-box" data-addition-time=""><h2 class="cap">{move || app.t().ready_by()}</h2>{shown}{proposed}
            <div class="row wrap">{promise::steps(app, shift)}{none}</div></section>
    }
}

fn money(at: At) -> Markup {
    let At { app, id, addition, .. } = at;
    let shown = live(move || {
        let t = app.t();
        let addition = addition.get()?;
        app.visit(|visit| {
            let added = visit.addition_asked(&addition, pricing(app)).total;
            let before = visit.agreed_without(id);
            view! {
                <div class="es-kv"><span>{t.before()}</span><b>{t.yuan(before)}</b></div>
                <div class="es-kv"><span>{t.added()}</span><b data-added="">{t.yuan(added)}</b></div>
                <div class="es-kv"><span>{t.you_pay_in_all()}</span><b class="t24" data-in-all="">{t.yuan(Fen(before.0 + added.0))}</b></div>
            }
        })
    });
    view! { <section class="es-box">{shown}</section> }
}

/// What is missing, and the one next step.
pub(super) fn act(at: At, add: Callback<web_sys::MouseEvent>) -> Markup {
    let At { app, id, addition, answered, .. } = at;
    let saving = RwSignal::new(false);
    let gaps = Memo::new(move |_| {
        let addition = addition.get()?;
        app.visit(|visit| visit.addition_gaps(&addition, pricing(app), app.now.get()))
    });
    let is_answered = Memo::new(move |_| answered.get().is_some());
    let why = live(move || {
        let t = app.t();
        let gaps = gaps.get().filter(|gaps| !gaps.is_empty() && !is_answered.get())?;
        let named: Vec<String> =
            app.catalogue.with(|catalogue| gaps.iter().map(|gap| t.addition_gap(gap, catalogue)).collect());
        let missing = t.still_missing(&named);
        Some(view! { {icon(Icon::Info)}<span class="ell" data-missing=gaps.len()>{missing}</span> })
    });
    let missed = move |_| {
        let phone = app.visit_now(|visit| visit.signer().and_then(|signer| signer.person.phone).cloned());
        if let Some(number) = phone.flatten() {
            app.write(vec![Change::CallMissed { addition: id, number: number.into() }]);
        }
    };
    let not_reached = live(move || {
        let calls = at.with(|addition| addition.channel == Channel::Phone) && !is_answered.get();
        calls.then(|| view! { <button class="btn" id="not-reached" on:click=missed>{app.t().not_reached()}</button> })
    });
    let record = move |_| {
        if saving.get_untracked() {
            return;
        }
        let by = app.member().map(|member| member.name).unwrap_or_default();
        let t = app.language.get_untracked();
        let (now, pricing) = (device::now(), pricing(app));
        let made = app.catalogue.with_untracked(|catalogue| {
            app.visit_now(|visit: &Visit| {
                let addition = visit.additions().into_iter().find(|addition| addition.id == id)?;
                let sheet = AdditionSheet::of(visit, &addition, catalogue, (&by, now));
                let asked = sheet.text(t).asked.clone();
                Some(visit.answer_addition(&addition, (Default::default(), asked), sheet, pricing, now))
            })
        });
        match made.flatten() {
            Some(Ok(signing)) => {
                saving.set(true);
                glass::keep(app, signing, None, move || saving.set(false));
            }
            Some(Err(why)) => app.trouble.set(Some(Trouble::Said(t.not_yet(&why)))),
            None => {}
        }
    };
    let next = live(move || {
        let t = app.t();
        let dossier = app.route.get_untracked().dossier()?;
        let ready = gaps.get().is_some_and(|gaps| gaps.is_empty());
        if is_answered.get() {
            return Some(view! {
                <button class="btn" id="new-addition" on:click=move |event| add.run(event)>{icon(Icon::Plus)}{t.new_addition()}</button>
                <button class="btn pri" id="next" on:click=move |_| app.go(Route::AdditionPaper(dossier))>{icon(Icon::Sheet)}{t.addition_form()}</button>
            });
        }
        Some(match at.with(|addition| addition.channel == Channel::Glass) {
            true => {
                view! { <button class="btn pri" id="next" disabled=!ready on:click=move |_| app.go(Route::SignAddition(dossier))>{icon(Icon::Pen)}{t.sign_addition()}</button> }
            }
            false => {
                view! { <button class="btn pri" id="next" disabled=!ready on:click=record>{icon(Icon::Tick)}{t.record_answer()}</button> }
            }
        })
    });
    view! { {back(app)}{not_reached}<div class="why">{why}</div>{next} }
}
