//! Who bears a concern: what failed, the dated rules with their numbers, and what somebody decides, with why.

use super::Desk;
use crate::coverage::{Due, Failed, Finding};
use crate::icons::Icon;
use crate::journal::EntryId;
use crate::locale::Language;
use crate::tablet::components::{Read, TextField, icon};
use crate::tablet::markup::{CollectView as _, Markup, derive, live, view};
use crate::tablet::signals::{Memo, RwSignal};
use crate::visit::covered::{Decision, Repairs, Rework, Ruling};
use crate::visit::{Change, Key};

/// One rule: how it stands, and the numbers.
fn row(rule: &'static str, inside: bool, class: &'static str, word: &'static str, text: String) -> Markup {
    view! { <p class="es-rule" data-rule=rule data-inside=inside.to_string()><span class=class>{word}</span><span>{text}</span></p> }
}

fn period(t: Language, finding: &Finding) -> Markup {
    let inside = finding.is_inside();
    let text = t.coverage_finding(finding);
    let (class, word, text) = match (inside, t.may_ask(finding.rule)) {
        (true, Some(asks)) => {
            ("tag warn", t.customer_may_ask(), format!("{asks}{}{text}", t.pick("：", ": ")))
        }
        (true, None) => ("tag good", t.inside(), text),
        (false, _) => ("tag", t.outside(), text),
    };
    row(finding.rule.name(), inside, class, word, text)
}

fn comes_back(t: Language, rework: &Rework) -> Markup {
    let another = rework
        .another_shop
        .then(|| row("another_shop", true, "tag bad", t.tell_the_manager(), t.another_shop(rework.in_vain)));
    let class = if rework.is_late { "tag bad" } else { "tag warn" };
    view! { {row("workshop", true, class, t.comes_back(), t.rework(rework))}{another} }
}

fn repairs(t: Language, repairs: &Repairs) -> Markup {
    let due = |due: &Due| {
        let (class, word) = match due {
            Due::NearlyRepairs | Due::NearlyReplacements | Due::NearlyDays | Due::NearlyAnotherCar => {
                ("tag warn", t.tell_the_manager())
            }
            Due::Repairs | Due::Replacements | Due::Days | Due::AnotherCar => {
                ("tag bad", t.customer_may_ask())
            }
        };
        row(due.name(), true, class, word, t.due_word(*due).to_owned())
    };
    let counted = row("repairs", true, "tag", t.three_guarantee_repairs(), t.repairs_so_far(repairs));
    view! { {counted}{repairs.due.iter().map(due).collect_view()} }
}

/// What the rules say, each with its numbers.
fn rules(t: Language, ruling: &Ruling) -> Markup {
    let colon = t.pick("：", ": ");
    let recall = |recall: &crate::catalogue::Recall| {
        let text = format!("{}{colon}{}", recall.number, recall.what.get(t));
        row("recall", true, "tag warn", t.open_recall(), text)
    };
    view! {
        {ruling.recalls.iter().map(recall).collect_view()}
        {ruling.rework.as_ref().map(|rework| comes_back(t, rework))}
        {ruling.periods.iter().map(|finding| period(t, finding)).collect_view()}
        {ruling.unknown.map(|why| view! { <p class="note" data-unknown="">{icon(Icon::Info)}{t.coverage_unknown(why)}</p> })}
        {ruling.repairs.as_ref().map(|counted| repairs(t, counted))}
    }
}

/// What failed, of what this car has.
fn failure(desk: Desk, concern: EntryId) -> Markup {
    let app = desk.app;
    let failed = Memo::new(move |_| app.visit(|visit| visit.failed(concern)).flatten());
    let can_fail = app.visit_now(|visit| visit.can_fail()).unwrap_or_default();
    let chip = move |choice: Failed| {
        let on = move || failed.get() == Some(choice);
        let name = move |_| app.write(vec![Change::FailureNamed { concern, failed: choice }]);
        view! {
            <button type="button" class="chip" data-failed=choice.name() aria-pressed=move || on().to_string() on:click=name>
                {move || on().then(|| icon(Icon::Tick))}{move || app.t().failed_word(choice)}</button>
        }
    };
    view! { <div class="chips" role="group" aria-label=move || app.t().what_failed()>{can_fail.into_iter().map(chip).collect_view()}</div> }
}

pub(super) fn coverage(desk: Desk, concern: EntryId) -> Markup {
    let app = desk.app;
    let ruling = Memo::new(move |_| {
        let now = app.now.get();
        let ruled = app.visit(|visit| app.catalogue.with(|catalogue| visit.ruling(concern, catalogue, now)));
        ruled.unwrap_or_default()
    });
    let decided = Memo::new(move |_| app.visit(|visit| visit.decided(concern)).flatten());
    // One that needs a reason first.
    let asked = RwSignal::new(None::<Decision>);
    let decide = move |decision: Decision, reason: &str| {
        let rate = |payer| desk.rate(payer);
        let ruling = ruling.get_untracked();
        app.visit_now(|visit| visit.decide_with_lines(concern, decision, reason, &ruling, &rate))
    };
    let tap = move |decision: Decision| match decide(decision, "") {
        Some(Ok(changes)) => {
            asked.set(None);
            app.write(changes);
        }
        Some(Err(_)) => asked.set(Some(decision)),
        None => {}
    };
    let rules = live(move || ruling.with(|ruling| rules(app.t(), ruling)));
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
        let decided = decided.get().filter(|_| asked.get().is_none())?;
        let t = app.t();
        let by = app.catalogue.with(|catalogue| catalogue.staff_name(&decided.by).to_owned());
        let by = format!("{by} · {}", t.date_time(decided.at, app.utc_offset()));
        let reason = decided.reason.as_ref().and_then(|reason| reason.value());
        let why = reason.map(|reason| view! { <p class="note" data-why="">{format!("{}{}{reason}", t.why_so(), t.pick("：", ": "))}</p> });
        // What was read since may lead to other numbers.
        let basis = ruling.with(|ruling| ruling.basis(decided.decision).0);
        let upon = decided.basis.filter(|upon| basis.as_ref() != Some(upon));
        let upon = upon.map(|upon| view! { <p class="note" data-upon="">{format!("{}{}{}", t.decided_upon(), t.pick("：", ": "), t.coverage_finding(&upon))}</p> });
        Some(view! { <p class="note" data-by=decided.by.0>{by}</p>{upon}{why} })
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
        <div class="es-cover">{failure(desk, concern)}{rules}<div class="chips" role="group" aria-label=move || app.t().who_bears_it()>{Decision::ALL.into_iter().map(chip).collect_view()}</div>{said}{reason}</div>
    }
}
