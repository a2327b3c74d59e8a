//! 增项: what was found after the order was signed, what it costs, and what the customer says to each line.

mod answer;

use leptos::prelude::Callback;

use super::{Desk, adding, line, pricing};
use crate::icons::Icon;
use crate::journal::{EntryId, Personal};
use crate::locale::{Language, minutes_between};
use crate::route::{Route, Step};
use crate::tablet::app::App;
use crate::tablet::components::{
    TextField, chip, icon, segments, shell, steps, visit_title, write_with_undo,
};
use crate::tablet::markup::{CollectView as _, Markup, derive, live, rows, view};
use crate::tablet::screens::film::film;
use crate::tablet::screens::vehicle::free_text;
use crate::tablet::signals::{Memo, RwSignal};
use crate::visit::addition::{Addition, Reply, WhyNot};
use crate::visit::{Change, Key, PhotoSubject, Visit};

/// The addition at hand.
#[derive(Clone, Copy)]
struct At {
    desk: Desk,
    app: App,
    id: EntryId,
    addition: Memo<Option<Addition>>,
    /// Its answer, where it still says what was asked.
    answered: Memo<Option<EntryId>>,
}

impl At {
    fn of(desk: Desk, all: Memo<Vec<Addition>>, id: EntryId) -> Self {
        let app = desk.app;
        let find = move |all: &Vec<Addition>| all.iter().find(|addition| addition.id == id).cloned();
        let addition = Memo::new(move |_| all.with(find));
        let answered = Memo::new(move |_| {
            let addition = addition.get()?;
            app.visit(|visit| visit.answer_to(&addition, pricing(app)).map(|answer| answer.id)).flatten()
        });
        Self { desk, app, id, addition, answered }
    }

    /// Reads the addition.
    fn with<T: Default>(self, read: impl Fn(&Addition) -> T) -> T {
        self.addition.with(|addition| addition.as_ref().map(read).unwrap_or_default())
    }
}

pub(in crate::tablet::screens) fn additions(app: App) -> Markup {
    let all = Memo::new(move |_| app.visit(Visit::additions).unwrap_or_default());
    let desk = Desk::upon(
        app,
        Memo::new(move |_| {
            let lines = |addition: &Addition| addition.lines.iter().map(|(line, _)| line.clone()).collect();
            all.with(|all| all.iter().flat_map(|addition| -> Vec<_> { lines(addition) }).collect())
        }),
    );
    // The one that was chosen; else the first that is open, else the last.
    let chosen = RwSignal::new(None::<EntryId>);
    let ids = Memo::new(move |_| all.with(|all| all.iter().map(|one| one.id).collect::<Vec<_>>()));
    let shown = Memo::new(move |_| {
        let ids = ids.get();
        if let Some(chosen) = chosen.get().filter(|id| ids.contains(id)) {
            return Some(chosen);
        }
        let open = app.visit(|visit| visit.open_additions(pricing(app)).first().map(|open| open.id));
        open.flatten().or(ids.last().copied())
    });
    let add = move |_| {
        let draft = app.draft(Change::AdditionFound { reason: String::new().into() });
        app.write_drafts(vec![draft], move |ids| chosen.set(ids.first().copied()));
    };
    let several = live(move || {
        (ids.with(Vec::len) > 1).then(|| {
            let one = |one: &Addition| {
                let number = one.number;
                (one.id, derive(move || app.t().addition_title(number)))
            };
            let choices = all.with_untracked(|all| all.iter().map(one).collect());
            let label = move || app.t().additional_work().to_owned();
            segments(label, choices, derive(move || shown.get()), move |id| chosen.set(Some(id)))
        })
    });
    let main = live(move || match shown.get() {
        Some(id) => {
            let at = At::of(desk, all, id);
            view! { {sheet(at)} }
        }
        None => {
            view! { <p class="empty" data-no-additions="">{app.t().no_additions()}</p> }
        }
    });
    let side = live(move || shown.get().map(|id| answer::side(At::of(desk, all, id))));
    let main = view! {
        <div class="iv"><div class="iv-main es-main">{several}{main}</div><aside class="iv-side">{side}</aside></div>
    };
    let act = live(move || match shown.get() {
        Some(id) => answer::act(At::of(desk, all, id), Callback::new(add)),
        None => view! {
            {back(app)}<div class="why"></div>
            <button class="btn pri" id="next" on:click=add>{icon(Icon::Plus)}{app.t().new_addition()}</button>
        },
    });
    shell(app, steps(app, Some(Step::Estimate)), visit_title(app), main, act)
}

fn back(app: App) -> Markup {
    let go = move |_| {
        if let Some(dossier) = app.route.get_untracked().dossier() {
            app.go(Route::Visit(dossier, Step::Estimate));
        }
    };
    view! { <button class="btn" id="back" on:click=go>{move || app.t().back()}</button> }
}

fn sheet(at: At) -> Markup {
    let At { desk, app, id, addition, answered } = at;
    let head = live(move || {
        let t = app.t();
        addition.get().map(|addition| {
            let who = app.catalogue.with(|catalogue| catalogue.staff_name(&addition.by).to_owned());
            let minutes = minutes_between(addition.at, app.now.get());
            let state = match answered.get() {
                Some(_) => view! { <span class="tag good" data-answered="">{icon(Icon::Tick)}{t.answered_word()}</span> },
                None => view! { <span class="tag warn">{icon(Icon::Words)}{format!("{} {}", t.waits_for_answer(), t.waiting(minutes))}</span> },
            };
            view! { <div class="row wrap ad-head"><h1 class="t24">{t.addition_title(addition.number)}</h1>{state}<span class="grow"></span><span class="note">{format!("{who} {}", t.time(addition.at, app.utc_offset()))}</span></div> }
        })
    });
    let own = Memo::new(move |_| {
        at.with(|addition| addition.lines.iter().map(|(line, _)| line.id).collect::<Vec<_>>())
    });
    view! {
        {head}{reason(at)}
        <section class="card es-card">
            {rows(move || own.get(), EntryId::to_string, move |line| asked(at, line))}
            {adding(desk, Some(id))}
        </section>
    }
}

fn reason(at: At) -> Markup {
    let At { app, id, .. } = at;
    let said = |text: &Personal<String>| text.value().cloned().unwrap_or_default();
    let shown = derive(move || at.with(|addition| said(&addition.reason)));
    let read = move |typed: &str| {
        free_text(app, typed, |reason| vec![Change::AdditionWorded { addition: id, reason: reason.into() }])
    };
    let words = TextField::new(
        app,
        format!("addition/{id}"),
        app.word(Language::why_more),
        shown,
        Some(Key::AdditionReason(id)),
        Box::new(read),
    );
    let is_risky = Memo::new(move |_| at.with(|addition| addition.risk.is_some()));
    let about_safety = chip(app.word(Language::about_safety), derive(move || is_risky.get()), move |on| {
        let risk = on.then(|| String::new().into());
        app.write(vec![Change::AdditionRisked { addition: id, risk }]);
    });
    let risk = live(move || {
        is_risky.get().then(|| {
            let shown =
                derive(move || at.with(|addition| addition.risk.as_ref().map(said).unwrap_or_default()));
            let read = move |typed: &str| {
                let risk =
                    |risk: String| vec![Change::AdditionRisked { addition: id, risk: Some(risk.into()) }];
                free_text(app, typed, risk)
            };
            TextField::new(
                app,
                format!("risk/{id}"),
                app.word(Language::what_may_happen),
                shown,
                Some(Key::AdditionRisk(id)),
                Box::new(read),
            )
            .view()
        })
    });
    let withdraw = move |_| {
        let set = |withdrawn| Change::AdditionWithdrawn { addition: id, withdrawn };
        let said = app.language.get_untracked().addition_withdrawn().to_owned();
        write_with_undo(app, set(true), set(false), said);
    };
    // What was answered is declined by another answer.
    let was_answered = Memo::new(move |_| {
        let of = |visit: &Visit| visit.standing_answers().iter().any(|answer| answer.facts.addition == id);
        app.visit(of).unwrap_or_default()
    });
    let withdrawal = live(move || {
        (!was_answered.get()).then(|| view! { <button type="button" class="btn sm quiet" data-withdraw="" on:click=withdraw>{icon(Icon::Bin)}{app.t().withdraw_addition()}</button> })
    });
    view! {
        <section class="card pad-in" data-addition=id.to_string()>{words.long().view()}
            <div class="row wrap">{about_safety}<span class="grow"></span>{withdrawal}</div>
            {risk}
            {film(app, PhotoSubject::Addition(id))}</section>
    }
}

/// A line with what the customer says to it; nothing is chosen beforehand.
fn asked(at: At, id: EntryId) -> Markup {
    let At { desk, app, addition, .. } = at;
    let own = move |addition: &Addition| addition.lines.iter().find(|(line, _)| line.id == id).cloned();
    let asked = Memo::new(move |_| addition.with(|addition| addition.as_ref().and_then(own)));
    let reply = Memo::new(move |_| asked.get().map(|(_, reply)| reply).unwrap_or_default());
    let set = move |change: &dyn Fn(&mut Reply)| {
        let mut reply = reply.get_untracked();
        change(&mut reply);
        reply.asked = asked.get_untracked().map(|(line, _)| line.terms);
        app.write(vec![Change::LineReplied { line: id, reply }]);
    };
    let say = move |yes: bool| {
        set(&move |reply| {
            let accepted = (reply.accepted != Some(yes)).then_some(yes);
            *reply = Reply { accepted, ..Reply::default() };
        });
    };
    let is = move |yes: bool| (reply.get().accepted == Some(yes)).to_string();
    let why = live(move || {
        (reply.get().accepted == Some(false)).then(|| {
            let t = app.t();
            let chosen = |why: WhyNot| {
                let on = derive(move || reply.get().why_not == Some(why));
                chip(derive(move || app.t().why_not_word(why).to_owned()), on, move |on| {
                    set(&move |reply| reply.why_not = on.then_some(why));
                })
            };
            let risk = addition.get().and_then(|addition| addition.risk).map(|risk| {
                let known = move || reply.get().risk_known;
                let know = move |_| set(&move |reply| reply.risk_known = !reply.risk_known);
                let said = risk.value().cloned().unwrap_or_default();
                view! {
                    <div class="row wrap ad-risk"><span class="grow bad">{icon(Icon::Warning)}{format!("{}{}{said}", t.about_safety(), t.pick("，", ": "))}</span>
                        <button type="button" class="btn sm" data-known="" aria-pressed=move || known().to_string() on:click=know>{icon(Icon::Tick)}{t.risk_known()}</button></div>
                }
            });
            view! {
                <div class="ad-why"><div class="chips" role="group" aria-label=t.why_not()><span class="label">{t.why_not()}</span>{WhyNot::ALL.map(chosen).into_iter().collect_view()}</div>{risk}</div>
            }
        })
    });
    view! {
        {line::line(desk, id)}
        <div class="es-answer ad-answer" data-reply=id.to_string()><span class="grow"></span>
            <button type="button" class="btn sm" data-accept="" aria-pressed=move || is(true) on:click=move |_| say(true)>{icon(Icon::Tick)}{move || app.t().agreed_to()}</button>
            <button type="button" class="btn sm" data-decline="" aria-pressed=move || is(false) on:click=move |_| say(false)>{icon(Icon::Cross)}{move || app.t().not_agreed_to()}</button></div>
        {why}
    }
}
