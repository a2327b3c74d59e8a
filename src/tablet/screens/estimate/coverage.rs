//! Who bears a concern: the dated rules with their numbers, and what somebody decides, with why.

use super::Desk;
use crate::icons::Icon;
use crate::journal::EntryId;
use crate::locale::{Language, day_of};
use crate::tablet::components::{Read, TextField, icon};
use crate::tablet::markup::{CollectView as _, Markup, derive, live, view};
use crate::tablet::signals::{Memo, RwSignal};
use crate::visit::Key;
use crate::visit::covered::Decision;

pub(super) fn coverage(desk: Desk, concern: EntryId) -> Markup {
    let app = desk.app;
    let today = move || day_of(app.now.get(), app.utc_offset());
    let decided = Memo::new(move |_| app.visit(|visit| visit.decided(concern)).flatten());
    // One that needs a reason first.
    let asked = RwSignal::new(None::<Decision>);
    let decide = move |decision: Decision, reason: &str| {
        let today = day_of(app.now.get_untracked(), app.utc_offset());
        let rate = |payer| desk.rate(payer);
        app.visit_now(|visit| visit.decide_with_lines(concern, decision, reason, today, &rate))
    };
    let tap = move |decision: Decision| match decide(decision, "") {
        Some(Ok(changes)) => {
            asked.set(None);
            app.write(changes);
        }
        Some(Err(_)) => asked.set(Some(decision)),
        None => {}
    };
    let rules = live(move || {
        let t = app.t();
        let findings = app.visit(|visit| visit.coverage(today())).unwrap_or_default();
        if findings.is_empty() {
            return view! { <p class="note">{icon(Icon::Info)}{t.coverage_unknown()}</p> };
        }
        let rule = |finding: &crate::coverage::Finding| {
            let (class, word) =
                if finding.is_inside() { ("tag good", t.inside()) } else { ("tag", t.outside()) };
            view! { <p class="es-rule" data-inside=finding.is_inside().to_string()><span class=class>{word}</span><span>{t.coverage_finding(finding)}</span></p> }
        };
        view! { {findings.iter().map(rule).collect_view()} }
    });
    let chip = move |decision: Decision| {
        let on = move || {
            let stands =
                decided.with(|decided| decided.as_ref().is_some_and(|decided| decided.decision == decision));
            match asked.get() {
                Some(asked) => asked == decision,
                None => stands,
            }
        };
        view! {
            <button type="button" class="chip" data-decision=decision.name() aria-pressed=move || on().to_string() on:click=move |_| tap(decision)>
                {move || on().then(|| icon(Icon::Tick))}{move || app.t().decision_word(decision)}</button>
        }
    };
    let said = live(move || {
        let reason = decided.get()?.reason?.value().cloned()?;
        asked.get().is_none().then(|| view! { <p class="note" data-why="">{format!("{}{}{reason}", app.t().why_so(), app.t().pick("：", ": "))}</p> })
    });
    let reason = live(move || {
        let decision = asked.get()?;
        let read = move |reason: &str| match decide(decision, reason) {
            Some(Ok(changes)) => Read::Write(changes),
            Some(Err(_)) => Read::Refuse(app.language.get_untracked().decision_needs_reason().to_owned()),
            None => Read::Nothing,
        };
        let field = TextField::new(
            app,
            format!("coverage/{concern}"),
            app.word(Language::decision_needs_reason),
            derive(String::new),
            Some(Key::Coverage(concern)),
            Box::new(read),
        );
        Some(field.then(leptos::prelude::Callback::new(move |()| asked.set(None))).view())
    });
    view! {
        <div class="es-cover">{rules}<div class="chips" role="group" aria-label=move || app.t().who_bears_it()>{Decision::ALL.into_iter().map(chip).collect_view()}</div>{said}{reason}</div>
    }
}
