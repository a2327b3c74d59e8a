//! A text field that loses nothing: what is typed is a draft within 200 ms, an entry on blur.

use std::time::Duration;

use crate::tablet::markup::{Markup, derive, view};
use leptos::prelude::*;

use crate::tablet::signals::{RwSignal, Signal, StoredValue};

use crate::icons::Icon;
use crate::journal::{Draft, EntryId, Fact as _};
use crate::tablet::app::App;
use crate::tablet::components::{MEMO, icon, recorder};
use crate::visit::recording::RecordingSubject;
use crate::visit::{Change, Key};

/// What was made of a typed text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Read {
    /// Write these.
    Write(Vec<Change>),
    /// It may be so: ask once, then write these.
    Ask(String, Vec<Change>),
    /// It cannot be so.
    Refuse(String),
    /// Nothing was typed and nothing needs to be.
    Nothing,
}

/// What a typed text means. Boxed: one field in the app, not one for every meaning.
pub(crate) type Meaning = Box<dyn Fn(&str) -> Read + Send + Sync>;

/// After so many milliseconds of typing the draft is written, and so on while typing goes on.
const DRAFT_AFTER: Duration = Duration::from_millis(150);

/// A labelled field for one answer.
pub(crate) struct TextField {
    app: App,
    name: String,
    label: Signal<String>,
    value: Signal<String>,
    key: Option<Key>,
    read: Meaning,
    then: Option<Callback<()>>,
    long: bool,
    unit: &'static str,
    mode: &'static str,
    hint: Signal<String>,
    memo: Option<RecordingSubject>,
}

impl TextField {
    /// A field of one line. `name` is its draft's, unique in the app; `value` is the answer as it
    /// stands, `key` what it answers (none for an addition), `read` what a text means.
    pub(crate) fn new(
        app: App,
        name: String,
        label: Signal<String>,
        value: Signal<String>,
        key: Option<Key>,
        read: Meaning,
    ) -> Self {
        let hint = derive(String::new);
        let (then, long, unit, mode, memo) = (None, false, "", "text", None);
        Self { app, name, label, value, key, read, then, long, unit, mode, hint, memo }
    }

    /// What happens after it was written.
    pub(crate) fn then(self, then: Callback<()>) -> Self {
        Self { then: Some(then), ..self }
    }

    /// Several lines.
    pub(crate) fn long(self) -> Self {
        Self { long: true, ..self }
    }

    /// Behind the text, such as km.
    pub(crate) fn unit(self, unit: &'static str) -> Self {
        Self { unit, ..self }
    }

    /// The keyboard: `numeric`, `tel`, `text`.
    pub(crate) fn mode(self, mode: &'static str) -> Self {
        Self { mode, ..self }
    }

    /// In the empty field.
    pub(crate) fn hint(self, hint: Signal<String>) -> Self {
        Self { hint, ..self }
    }

    /// May be said into the microphone instead.
    pub(crate) fn spoken(self, about: RecordingSubject) -> Self {
        Self { memo: Some(about), ..self }
    }

    pub(crate) fn view(self) -> Markup {
        field(self)
    }
}

fn field(given: TextField) -> Markup {
    let TextField { app, name, label, value, key, read, then, long, unit, mode, hint, memo } = given;
    // Typed and not yet an entry; `None` where the field shows the answer.
    let typed = RwSignal::new(None::<String>);
    let said = RwSignal::new(None::<Read>);
    let replaces = StoredValue::new(None::<Vec<EntryId>>);
    let waiting = StoredValue::new(false);
    // An input method holds letters that are no text yet; left meanwhile, the field is done once they are.
    let (composing, left) = (StoredValue::new(false), StoredValue::new(false));
    let name = StoredValue::new(name);
    let key = StoredValue::new(key);
    let read = StoredValue::new(read);
    let id = format!("f-{}", name.get_value().replace([' ', '/'], "-"));

    // Read here, not in the task: where the screen goes on at once, the field is gone before it runs.
    let own_name = name.get_value();
    leptos::task::spawn_local(async move {
        let draft = app.storage().draft(&own_name).await.ok().flatten();
        if let Some(draft) = draft {
            let meant = read.try_with_value(|read| read(&draft));
            typed.update(|typed| {
                if typed.is_none() {
                    *typed = Some(draft);
                }
            });
            said.set(meant.filter(|meant| matches!(meant, Read::Refuse(_) | Read::Ask(..))));
        }
    });

    let write_draft = move || {
        waiting.update_value(|waiting| *waiting = false);
        let (Some(Some(text)), Some(name)) = (typed.try_get_untracked(), name.try_get_value()) else {
            return;
        };
        leptos::task::spawn_local(async move {
            if let Err(error) = app.storage().put_draft(&name, text).await {
                app.trouble.set(Some(crate::tablet::app::Trouble::NotSaved(error)));
            }
        });
    };
    let keep_draft = move || {
        if !waiting.get_value() {
            waiting.set_value(true);
            set_timeout(write_draft, DRAFT_AFTER);
        }
    };
    // Leaving the screen does not wait for the timer.
    on_cleanup(move || {
        if waiting.try_get_value() == Some(true) {
            write_draft();
        }
    });
    let begin = move || {
        if replaces.with_value(Option::is_none)
            && let Some(key) = key.get_value()
        {
            let seen = app.visit_now(|visit| visit.journal.unreplaced(&key)).unwrap_or_default();
            replaces.set_value(Some(seen));
        }
    };
    let input = move |text: String| {
        begin();
        typed.set(Some(text));
        said.set(None);
        keep_draft();
    };
    let write = move |changes: Vec<Change>| {
        let seen = replaces.get_value();
        let draft = |change: Change| match (&seen, change.key()) {
            (Some(seen), Some(_)) => Draft { change, replaces: seen.clone() },
            _ => app.draft(change),
        };
        let drafts = changes.into_iter().map(draft).collect();
        let text = typed.get_untracked();
        app.write_drafts(drafts, move |_| {
            let name = name.try_get_value();
            // Typing may have gone on meanwhile: then the draft stays.
            if typed.try_get_untracked() == Some(text) {
                typed.set(None);
                said.set(None);
                replaces.set_value(None);
                if let Some(name) = name {
                    leptos::task::spawn_local(async move {
                        let _ = app.storage().drop_draft(&name).await;
                    });
                }
            }
            if let Some(then) = then {
                then.try_run(());
            }
        });
    };
    let done = move || {
        // A field that is taken off the screen while it has the focus is left too: its draft is kept.
        let Some(Some(text)) = typed.try_get_untracked() else { return };
        if text == value.get_untracked() {
            typed.set(None);
            said.set(None);
            let name = name.get_value();
            leptos::task::spawn_local(async move {
                let _ = app.storage().drop_draft(&name).await;
            });
            return;
        }
        match read.with_value(|read| read(&text)) {
            Read::Write(changes) => write(changes),
            Read::Nothing => said.set(None),
            asked => {
                write_draft();
                said.set(Some(asked));
            }
        }
    };
    let leave = move || {
        let composes = composing.try_get_value() == Some(true);
        left.set_value(composes);
        if !composes {
            done();
        }
    };
    let compose = move |_| composing.set_value(true);
    let composed = move |event| {
        composing.set_value(false);
        input(event_target_value(&event));
        if left.get_value() {
            leave();
        }
    };
    let shown = move || typed.get().unwrap_or_else(|| value.get());
    let class = move || match said.get() {
        Some(Read::Refuse(_)) => "field err",
        Some(Read::Ask(..)) => "field ask",
        _ => "field",
    };
    let message = format!("{id}-said");
    let described = message.clone();
    let invalid = move || matches!(said.get(), Some(Read::Refuse(_))).to_string();
    let control = if long {
        view! {
            <textarea id=id.clone() rows="2" aria-describedby=described aria-invalid=invalid placeholder=hint prop:value=shown
                on:input=move |event| input(event_target_value(&event)) on:blur=move |_| leave()
                on:compositionstart=compose on:compositionend=composed></textarea>
        }
    } else {
        view! {
            <input id=id.clone() type="text" inputmode=mode autocomplete="off" aria-describedby=described aria-invalid=invalid
                placeholder=hint prop:value=shown
                on:input=move |event| input(event_target_value(&event)) on:blur=move |_| leave()
                on:compositionstart=compose on:compositionend=composed
                on:keydown=move |event| if event.key() == "Enter" && !composing.get_value() { done() } />
        }
    };
    let sentence = move || {
        said.get().map(|said| match said {
            Read::Refuse(why) => view! { <span class="said bad">{icon(Icon::Warning)}{why}</span> },
            Read::Ask(question, changes) => view! {
                <span class="said ask">{icon(Icon::Info)}<span class="grow">{question}</span>
                    <button type="button" class="btn sm" on:click=move |_| write(changes.clone())>{app.t().yes_so()}</button>
                </span>
            },
            Read::Write(_) | Read::Nothing => Markup::Nothing,
        })
    };
    let (speak, spoken) = memo.map(|about| recorder(app, about, MEMO)).unzip();
    view! {
        <div class="fld">
            <label class="label" for=id>{move || label.get()}</label>
            <div class=class>{control}{speak}{(!unit.is_empty()).then(|| view! { <span class="note">{unit}</span> })}</div>
            <div id=message role="status">{sentence}</div>{spoken}
        </div>
    }
}
