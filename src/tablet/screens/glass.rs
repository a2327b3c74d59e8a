//! Signing on the glass: one tap keeps one signature, and nothing says so before it is on disk. What was
//! not stored leaves its strokes where they are.

use crate::tablet::markup::{Markup, view};

use crate::tablet::signals::{RwSignal, effect};

use crate::icons::Icon;
use crate::journal::EntryId;
use crate::locale::Language;
use crate::tablet::app::App;
use crate::tablet::components::{icon, pad};
use crate::tablet::storage::Append;
use crate::visit::check_in::{NotYet, Signing};
use crate::visit::signature::Strokes;

/// Keeps an entry that binds, strictly, with the large parts of its paper, which are sent before pictures as
/// thumbnails are. `frozen` are the heads of the fold that was looked at.
pub(super) fn keep(app: App, signing: Signing, frozen: Option<Vec<EntryId>>, then: impl FnOnce() + 'static) {
    let Some(dossier) = app.route.get_untracked().dossier() else { return };
    let Signing { draft, attached } = signing;
    let attachments = attached.into_iter().map(|(id, bytes)| (id, bytes, true)).collect();
    let how = Append { strict: true, attachments, frozen, ..app.append_now() };
    app.append(dossier, vec![draft], how, move |_| then());
}

/// A pad with what belongs to it.
#[derive(Clone, Copy)]
pub(super) struct Glass {
    app: App,
    strokes: RwSignal<Strokes>,
    said: RwSignal<Option<String>>,
    saving: RwSignal<bool>,
    failed: RwSignal<bool>,
}

impl Glass {
    pub(super) fn new(app: App) -> Self {
        let (saving, failed) = (RwSignal::new(false), RwSignal::new(false));
        let glass = Self {
            app,
            strokes: RwSignal::new(Strokes::default()),
            said: RwSignal::new(None),
            saving,
            failed,
        };
        effect(move |_| {
            if app.trouble.get().is_some() && saving.get_untracked() {
                saving.set(false);
                failed.set(true);
            }
        });
        glass
    }

    pub(super) fn strokes(self) -> Strokes {
        self.strokes.get_untracked()
    }

    pub(super) fn say(self, sentence: String) {
        self.said.set(Some(sentence));
    }

    /// Keeps a signature, then goes on. `frozen` are the heads of the fold that was looked at.
    pub(super) fn keep(
        self,
        signing: Result<Signing, NotYet>,
        frozen: Option<Vec<EntryId>>,
        then: impl FnOnce() + 'static,
    ) {
        let app = self.app;
        // A second tap before the first has an answer.
        if self.saving.get_untracked() {
            return;
        }
        self.failed.set(false);
        match signing {
            Ok(signing) => {
                self.said.set(None);
                app.trouble.set(None);
                self.saving.set(true);
                keep(app, signing, frozen, move || {
                    self.saving.set(false);
                    then();
                });
            }
            Err(why) => self.say(app.language.get_untracked().not_yet(&why)),
        }
    }

    pub(super) fn pad(self) -> Markup {
        view! { <div class="glass" class:failed=move || self.failed.get()>{pad(self.app, self.strokes)}</div> }
    }

    /// Why it was not taken.
    pub(super) fn said(self) -> Markup {
        let sentence = move || match self.failed.get() {
            true => Some(self.app.t().signature_not_kept().to_owned()),
            false => self.said.get(),
        };
        view! { <div role="alert">{move || sentence().map(|why| view! { <span class="said bad">{icon(Icon::Warning)}<span>{why}</span></span> })}</div> }
    }

    /// Undo and clear, for a hand that went wrong.
    pub(super) fn tools(self) -> Markup {
        let (app, strokes) = (self.app, self.strokes);
        view! {
            <button type="button" class="btn grow" id="undo" on:click=move |_| strokes.update(|strokes| drop(strokes.strokes.pop()))>{icon(Icon::Undo)}{move || app.t().undo()}</button>
            <button type="button" class="btn grow" id="clear" on:click=move |_| strokes.update(|strokes| strokes.strokes.clear())>{icon(Icon::Bin)}{move || app.t().sign_anew()}</button>
        }
    }

    /// The button that keeps it.
    pub(super) fn confirm(
        self,
        class: &'static str,
        word: fn(Language) -> &'static str,
        sign: impl Fn() + 'static,
    ) -> Markup {
        let label = move || {
            let t = self.app.t();
            match (self.saving.get(), self.failed.get()) {
                (true, _) => view! { {icon(Icon::Again)}{t.saving_signature()} },
                (false, true) => view! { {icon(Icon::Again)}{t.save_again()} },
                (false, false) => view! { {icon(Icon::Tick)}{word(t)} },
            }
        };
        view! {
            <button class=class id="sign" aria-busy=move || self.saving.get().to_string() on:click=move |_| sign()>{label}</button>
        }
    }
}
