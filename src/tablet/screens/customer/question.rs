//! 我有疑问: noted with the tap, so that it is not forgotten; its words can follow. It blocks nothing.

use crate::tablet::markup::{Markup, derive, view};

use crate::tablet::signals::{RwSignal, effect};

use crate::icons::Icon;
use crate::journal::EntryId;
use crate::locale::Language;
use crate::tablet::app::App;
use crate::tablet::components::{TextField, icon};
use crate::tablet::screens::vehicle::free_text;
use crate::visit::{Change, Key};

/// The button, and the panel that it opens.
pub(super) fn question(app: App, page: impl Fn() -> &'static str + 'static) -> (Markup, Markup) {
    let asking = RwSignal::new(None::<EntryId>);
    // A second tap before the first is written asks no second question.
    let writing = RwSignal::new(false);
    effect(move |_| {
        if app.trouble.get().is_some() {
            writing.set(false);
        }
    });
    let ask = move |_| {
        if writing.get_untracked() || asking.get_untracked().is_some() {
            return asking.set(None);
        }
        let page = page();
        match app.visit_now(|visit| visit.open_question(page)).flatten() {
            Some(open) => asking.set(Some(open)),
            None => {
                writing.set(true);
                let draft = app.draft(Change::QuestionAsked { page: page.to_owned() });
                app.write_drafts(vec![draft], move |ids| {
                    writing.set(false);
                    asking.set(ids.first().copied());
                });
            }
        }
    };
    let button = view! {
        <button class="btn ask" id="ask" aria-expanded=move || asking.get().is_some().to_string() on:click=ask>{icon(Icon::Words)}{move || app.t().have_a_question()}</button>
    };
    let panel = move || asking.get().map(|question| asked(app, question, asking));
    (button, view! { {panel} })
}

fn asked(app: App, question: EntryId, asking: RwSignal<Option<EntryId>>) -> Markup {
    let words = derive(move || {
        let found = app.visit(|visit| visit.questions().into_iter().find(|known| known.id == question));
        found.flatten().map(|known| known.words).unwrap_or_default()
    });
    let read = move |typed: &str| {
        free_text(app, typed, |words| vec![Change::QuestionWorded { question, words: words.into() }])
    };
    let settle = move |_| {
        app.write(vec![Change::QuestionSettled { question, settled: true }]);
        asking.set(None);
    };
    let label = app.word(Language::what_do_you_ask);
    let key = Some(Key::QuestionWords(question));
    view! {
        <section class="cm-ask" aria-label=move || app.t().have_a_question() data-question=question.to_string()>
            <p role="status">{icon(Icon::Tick)}{move || app.t().question_noted()}</p>
            {TextField::new(app, format!("question/{question}"), label, words, key, Box::new(read)).long().view()}
            <div class="row"><button class="btn" id="no-question" on:click=settle>{move || app.t().no_question()}</button><span class="grow"></span>
                <button class="btn" id="read-on" on:click=move |_| asking.set(None)>{move || app.t().read_on()}</button></div>
        </section>
    }
}
