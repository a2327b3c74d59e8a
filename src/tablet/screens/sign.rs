//! The advisor's signature under a form that was closed.

use crate::tablet::markup::{Markup, view};

use super::glass::Glass;
use crate::locale::Language;
use crate::route::{Route, Step};
use crate::tablet::app::{App, Trouble};
use crate::tablet::components::{shell, steps, visit_title};

pub(super) fn advisor(app: App) -> Markup {
    let glass = Glass::new(app);
    let sign = move || {
        let Some(dossier) = app.route.get_untracked().dossier() else { return };
        match app.visit_now(|visit| visit.countersign_check_in(glass.strokes())) {
            Some(signing) => glass.keep(signing, None, move || app.go(Route::Paper(dossier))),
            None => {
                let t = app.language.get_untracked();
                app.trouble.set(Some(Trouble::Said(t.visit_not_here().to_owned())));
            }
        }
    };
    let main = view! {
        <div class="form narrow sign-form">
            <h1 class="t24">{move || app.t().countersign()}</h1>
            <p class="two">{move || app.member().map(|member| format!("{} · {}", member.name, app.t().role(member.role)))}</p>
            {glass.pad()}{glass.said()}
            <div class="row">{glass.tools()}</div>
        </div>
    };
    let back = move |_| {
        if let Some(dossier) = app.route.get_untracked().dossier() {
            app.go(Route::Visit(dossier, Step::CheckIn));
        }
    };
    let act = view! {
        <button class="btn" on:click=back>{move || app.t().back()}</button>
        <div class="why"></div>
        {glass.confirm("btn pri", Language::confirm_signature, sign)}
    };
    shell(app, steps(app, Some(Step::CheckIn)), visit_title(app), main, act)
}
