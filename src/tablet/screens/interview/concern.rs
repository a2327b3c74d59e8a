//! One concern: its words, and while it is open its group, the questions, photos and recordings.

use std::sync::Arc;

use crate::tablet::signals::{Memo, Signal};

use super::{Open, followed, place_of};
use crate::catalogue::{Choice, Question};
use crate::diagram::{Body, View, art};
use crate::icons::Icon;
use crate::journal::EntryId;
use crate::tablet::app::App;
use crate::tablet::components::{
    Read, SOUND_AND_VIDEO, TextField, chip, icon, recorder, recording_words, write_with_undo,
};
use crate::tablet::markup::{CollectView as _, Markup, derive, live, view};
use crate::tablet::screens::film::film;
use crate::tablet::screens::vehicle::free_text;
use crate::visit::interview::Answer;
use crate::visit::recording::RecordingSubject;
use crate::visit::{Change, Concern, Key, PhotoSubject, Visit};

pub(super) fn card(app: App, id: EntryId, (tapped, shown): Open) -> Markup {
    let concern = followed(app, id);
    let words = derive(move || {
        concern
            .with(|concern| concern.as_ref().and_then(|concern| concern.words.value().cloned()))
            .unwrap_or_default()
    });
    let read = move |typed: &str| {
        free_text(app, typed, |words| vec![Change::ConcernWorded { concern: id, words: words.into() }])
    };
    let withdrawn = move || concern.with(|concern| concern.as_ref().is_some_and(|concern| concern.withdrawn));
    let number = move || {
        let standing = app.visit(|visit| visit.standing_concerns()).unwrap_or_default();
        standing
            .iter()
            .position(|concern| concern.id == id)
            .map(|at| format!(" {}", at + 1))
            .unwrap_or_default()
    };
    let label = derive(move || format!("{}{}", app.t().concerns(), number()));
    let is_open = Memo::new(move |_| shown.get() == Some(id));
    let withdraw = move |_| {
        let set = |withdrawn| Change::ConcernWithdrawn { concern: id, withdrawn };
        if withdrawn() {
            app.write(vec![set(false)]);
        } else {
            let said = app.language.get_untracked().concern_taken_back().to_owned();
            write_with_undo(app, set(true), set(false), said);
        }
    };
    let asked = live(move || is_open.get().then(|| asked(app, id, concern)));
    let ask = move || {
        (!is_open.get() && !withdrawn()).then(|| view! {
            <button type="button" class="btn sm" data-open="" on:click=move |_| tapped.set(Some(id))>{icon(Icon::Words)}{app.t().ask_on()}</button>
        })
    };
    view! {
        <section class="card pad-in iv-card" class:gone=withdrawn data-concern=id.to_string() data-open=move || is_open.get().to_string()>
            <div id=place_of(id, "words")>{TextField::new(app, format!("concern/{id}"), label, words, Some(Key::ConcernWords(id)), Box::new(read)).long().spoken(RecordingSubject::Concern(id)).view()}</div>
            {asked}
            <div class="row">{ask}<span class="grow"></span>
                <button type="button" class="btn sm quiet" data-withdraw="" on:click=withdraw>
                    {icon(Icon::Bin)}{move || if withdrawn() { app.t().put_back() } else { app.t().withdraw() }}</button></div>
        </section>
    }
}

fn asked(app: App, id: EntryId, concern: Memo<Option<Concern>>) -> Markup {
    let symptom = Memo::new(move |_| {
        concern.with(|concern| concern.as_ref().and_then(|concern| concern.symptom.clone()))
    });
    let groups = move || {
        let t = app.t();
        let choices = app.catalogue.with(|catalogue| catalogue.symptoms.clone());
        let group = |choice: Choice| {
            let (own, to) = (choice.id.clone(), choice.id);
            let group = move |_| {
                let symptom = (symptom.get_untracked().as_ref() != Some(&to)).then(|| to.clone());
                app.write(vec![Change::ConcernGrouped { concern: id, symptom }]);
            };
            let label = choice.label.get(t).to_owned();
            view! { <button type="button" class="chip" data-symptom=own.clone() aria-pressed=move || (symptom.get().as_ref() == Some(&own)).to_string() on:click=group>{label}</button> }
        };
        choices.into_iter().map(group).collect_view()
    };
    // Followed as one: a chip that follows the visit itself would be asked once more after it is gone.
    let answers = Memo::new(move |_| {
        let concern = concern.get();
        app.catalogue
            .with(|catalogue| {
                concern.and_then(|concern| app.visit(|visit| visit.concern_answers(&concern, catalogue)))
            })
            .unwrap_or_default()
    });
    let questions = Memo::new(move |_| {
        let symptom = symptom.get();
        app.catalogue.with(|catalogue| {
            let asked = catalogue.questions(symptom.as_deref());
            asked.into_iter().cloned().map(Arc::new).collect::<Vec<_>>()
        })
    });
    let questions = live(move || {
        questions.get().into_iter().map(|asked| question(app, id, asked, answers)).collect_view()
    });
    let (buttons, recordings) = recorder(app, RecordingSubject::Concern(id), SOUND_AND_VIDEO);
    // Withdrawn as easily as it was given.
    let consent = live(move || {
        let consent = app.visit(Visit::recording_consent).flatten()?;
        let t = app.t();
        let who = consent.who.value().map(ToString::to_string).unwrap_or_else(|| t.erased().to_owned());
        let said = format!(
            "{}{}{who} {}",
            t.recording_consent(),
            t.pick("：", ": "),
            t.time(consent.at, app.utc_offset())
        );
        let take_back = move |_| {
            let who = consent.who.clone();
            let set = |given| Change::RecordingConsented {
                who: who.clone(),
                words: recording_words(app, t),
                given,
            };
            write_with_undo(app, set(false), set(true), t.consent_taken_back().to_owned());
        };
        Some(
            view! { <div class="row" data-consented="">{icon(Icon::Tick)}<span class="grow">{said}</span><button type="button" class="btn sm quiet" id="take-back-consent" on:click=take_back>{t.take_back_consent()}</button></div> },
        )
    });
    view! {
        <div class="chips" id=place_of(id, "symptom") role="group" aria-label=move || app.t().symptom()>{groups}</div>
        <div class="iv-questions">{questions}</div>
        <div class="row">{buttons}</div>{consent}<div>{recordings}</div>
        {film(app, PhotoSubject::Concern(id))}
    }
}

fn question(app: App, id: EntryId, asked: Arc<Question>, answers: Memo<Vec<Answer>>) -> Markup {
    let of = asked.id.clone();
    let answer =
        derive(move || answers.with(|answers| answers.iter().find(|answer| answer.question == of).cloned()));
    let words = asked.clone();
    let label = derive(move || words.label.get(app.t()).to_owned());
    let choice = |Choice { id: choice, label }: &Choice| {
        let (of, own, label) = (choice.clone(), choice.clone(), label.clone());
        let on = derive(move || answer.get().is_some_and(|answer| answer.chosen.contains(&of)));
        let asked = asked.clone();
        let choose = move |_| {
            app.write(app.visit_now(|visit| visit.choose_answer(id, &asked, &own)).into_iter().collect());
        };
        let word = chip(derive(move || label.get(app.t()).to_owned()), on, choose);
        view! { <span data-spot=choice.clone()>{word}</span> }
    };
    let control = match asked.most {
        Some(most) => {
            let value = derive(move || answer.get().and_then(|answer| answer.number));
            number(app, id, asked.id.clone(), most, label, value)
        }
        None => {
            let choices = asked.choices.iter().map(choice).collect_view();
            let has_wheels = asked.choices.iter().any(|choice| choice.id == "rf");
            let on_the_car = has_wheels.then(|| car_from_above(app));
            let class = if on_the_car.is_some() { "pick" } else { "chips" };
            view! { <span class="label" aria-hidden="true">{move || label.get()}</span><div class=class>{on_the_car}{choices}</div> }
        }
    };
    view! { <div class="q" id=place_of(id, &asked.id) data-question=asked.id.clone() role="group" aria-label=move || label.get()>{control}</div> }
}

/// The car among the words of a question that has its wheels among them: the style sheet draws each wheel
/// as a part of its word's button, and the line between the two.
fn car_from_above(app: App) -> Markup {
    let body = app.visit_now(Visit::body).unwrap_or(Body::Sedan);
    let (x, y, width, height) = View::Top.frame(body);
    view! { <svg class="car" viewBox=format!("{x} {y} {width} {height}") aria-hidden="true"><g inner_html=art(body)></g></svg> }
}

fn number(
    app: App,
    concern: EntryId,
    question: String,
    most: u32,
    label: Signal<String>,
    value: Signal<Option<u32>>,
) -> Markup {
    let key = Key::ConcernAnswer(concern, question.clone());
    let draft = format!("answer/{concern}/{question}");
    let read = move |typed: &str| {
        let typed = crate::text::nfkc(typed);
        let typed = typed.trim();
        let number = typed.parse::<u32>().ok().filter(|number| *number <= most);
        if number.is_none() && !typed.is_empty() {
            return Read::Refuse(app.language.get_untracked().number_up_to(most));
        }
        let (question, chosen) = (question.clone(), Vec::new());
        Read::Write(vec![Change::ConcernAnswered { concern, question, chosen, number }])
    };
    let shown = derive(move || value.get().map(|number| number.to_string()).unwrap_or_default());
    TextField::new(app, draft, label, shown, Some(key), Box::new(read)).mode("numeric").view()
}
