//! The advisor's signature under a paper that was closed.

use crate::tablet::markup::{Markup, view};

use super::glass::Glass;
use crate::journal::DossierId;
use crate::locale::Language;
use crate::route::{Route, Step};
use crate::tablet::app::{App, Trouble};
use crate::tablet::components::{shell, steps, visit_title};
use crate::visit::Visit;
use crate::visit::check_in::{NotYet, Signing};
use crate::visit::signature::Strokes;

/// What is countersigned: its rule, its paper, and the step that it belongs to.
pub(super) struct Countersigned {
    pub(super) title: fn(Language) -> String,
    pub(super) sign: fn(&Visit, Strokes) -> Result<Signing, NotYet>,
    pub(super) paper: fn(DossierId) -> Route,
    pub(super) step: Step,
}

pub(super) fn advisor(app: App) -> Markup {
    let form = Countersigned {
        title: |t| t.countersign().to_owned(),
        sign: Visit::countersign_check_in,
        paper: Route::Paper,
        step: Step::CheckIn,
    };
    countersign(app, form)
}

pub(super) fn countersign(app: App, of: Countersigned) -> Markup {
    let Countersigned { title, sign, paper, step } = of;
    let glass = Glass::new(app);
    let confirm = move || {
        let Some(dossier) = app.route.get_untracked().dossier() else { return };
        match app.visit_now(|visit| sign(visit, glass.strokes())) {
            Some(signing) => glass.keep(signing, None, move || app.go(paper(dossier))),
            None => {
                let t = app.language.get_untracked();
                app.trouble.set(Some(Trouble::Said(t.visit_not_here().to_owned())));
            }
        }
    };
    let main = view! {
        <div class="form narrow sign-form">
            <h1 class="t24">{move || title(app.t())}</h1>
            <p class="two">{move || app.member().map(|member| format!("{} · {}", member.name, app.t().role(member.role)))}</p>
            {glass.pad()}{glass.said()}
            <div class="row">{glass.tools()}</div>
        </div>
    };
    let back = move |_| {
        if let Some(dossier) = app.route.get_untracked().dossier() {
            app.go(Route::Visit(dossier, step));
        }
    };
    let act = view! {
        <button class="btn" on:click=back>{move || app.t().back()}</button>
        <div class="why"></div>
        {glass.confirm("btn pri", Language::confirm_signature, confirm)}
    };
    shell(app, steps(app, Some(step)), visit_title(app), main, act)
}
