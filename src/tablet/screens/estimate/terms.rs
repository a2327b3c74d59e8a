//! What is agreed beside the lines: asked one by one, nothing chosen beforehand.

use super::Desk;
use crate::tablet::components::{Choice, Read, TextField, switch};
use crate::tablet::markup::{CollectView as _, Markup, derive, live, view};
use crate::tablet::signals::Memo;
use crate::visit::work_order::Term;
use crate::visit::{Change, Key};

pub(super) fn terms(desk: Desk) -> Markup {
    let app = desk.app;
    let asked = |term: Term| {
        let agreed = Memo::new(move |_| {
            app.visit(|visit| visit.term(term).map(str::to_owned)).flatten().unwrap_or_default()
        });
        let choice = move |choice: &&'static str| -> Choice {
            let choice = *choice;
            let word = app.word(move |t| t.term_choice(term, choice));
            let chosen = derive(move || agreed.with(|agreed| agreed.split(' ').any(|known| known == choice)));
            let choose = move || {
                if let Some(change) = app.visit_now(|visit| visit.choose_term(term, choice)) {
                    app.write(vec![change]);
                }
            };
            (word, chosen, Box::new(choose))
        };
        let choices = term.choices().iter().map(choice).collect();
        let label = app.word(move |t| t.term_word(term));
        view! { <div class="es-term" data-term=term.name()><span class="label">{move || label.get()}</span>{switch(label, choices)}</div> }
    };
    let words = move |term: Term| {
        let agreed = derive(move || {
            app.visit(|visit| visit.term(term).map(str::to_owned)).flatten().unwrap_or_default()
        });
        let read = move |typed: &str| {
            crate::tablet::screens::vehicle::free_text(app, typed, |words| {
                vec![Change::TermAgreed { term, value: words.into() }]
            })
        };
        let read = move |typed: &str| match typed.trim().is_empty() {
            true => Read::Write(vec![Change::TermAgreed { term, value: String::new().into() }]),
            false => read(typed),
        };
        TextField::new(
            app,
            app.draft_name(term.name()),
            app.word(move |t| t.term_word(term)),
            agreed,
            Some(Key::Term(term)),
            Box::new(read),
        )
        .view()
    };
    let other =
        Memo::new(move |_| app.visit(|visit| visit.term(Term::Waiting) == Some("other")) == Some(true));
    let picked_up = live(move || other.get().then(|| words(Term::PickedUpBy)));
    view! {
        <section class="es-box"><h2 class="cap">{move || app.t().agreed_terms()}</h2>
            {Term::ASKED.into_iter().map(asked).collect_view()}
            {words(Term::Invoice)}{words(Term::ReachedUntil)}</section>
        <section class="es-box">{asked(Term::Waiting)}{picked_up}</section>
    }
}
