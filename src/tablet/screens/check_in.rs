//! 接车单: what is missing, with links, and what will be signed; then the customer signs, then the advisor.

use crate::tablet::markup::{CollectView as _, Markup, live, view};

use crate::tablet::signals::Memo;

use super::customer::{drawn, listed_marks, page_word, said_of};
use super::other_ways::photograph;
use super::who_signs::who_signs;
use crate::documents::Sheet;
use crate::icons::Icon;
use crate::locale::Language;
use crate::route::{Route, Step};
use crate::tablet::app::App;
use crate::tablet::components::{icon, link, shell, steps, visit_title};
use crate::visit::check_in::CheckInGap;
use crate::visit::signing::Closing;
use crate::visit::{Change, Question, Stage};

/// What is missing, as the visit stands.
pub(super) fn gaps(app: App) -> Vec<CheckInGap> {
    let covers: Vec<String> =
        app.catalogue.with(|catalogue| catalogue.covers.iter().map(|cover| cover.id.clone()).collect());
    let covers: Vec<&str> = covers.iter().map(String::as_str).collect();
    app.visit(|visit| visit.check_in_gaps(&covers)).unwrap_or_default()
}

/// Where a gap is filled.
fn place_of(gap: &CheckInGap) -> Step {
    match gap {
        CheckInGap::ItemsUngraded(_) | CheckInGap::BadUnexplained(_) => Step::Walkaround,
        CheckInGap::Concern => Step::Interview,
        CheckInGap::TwoAnswers(_) | CheckInGap::EntriesMissing(_) | CheckInGap::SignerName => Step::CheckIn,
        CheckInGap::Plate
        | CheckInGap::Vin
        | CheckInGap::Model
        | CheckInGap::Colour
        | CheckInGap::Customer
        | CheckInGap::Phone
        | CheckInGap::Owner
        | CheckInGap::Signer
        | CheckInGap::Odometer
        | CheckInGap::Fuel
        | CheckInGap::Charge
        | CheckInGap::Dashboard
        | CheckInGap::Advisor
        | CheckInGap::Valuables
        | CheckInGap::Covers => Step::Vehicle,
    }
}

/// `还缺：里程、电量`, for the bar of a step.
pub(super) fn missing_in_words(app: App, step: Step) -> Markup {
    live(move || {
        let t = app.t();
        let named: Vec<String> = gaps(app)
            .iter()
            .filter(|gap| place_of(gap) == step)
            .map(|gap| app.catalogue.with(|catalogue| t.gap(gap, catalogue)))
            .collect();
        (!named.is_empty()).then(|| {
            let colon = t.pick("：", ": ");
            view! { {icon(Icon::Info)}<span class="ell">{format!("{}{colon}{}", t.missing(), named.join(t.pick("、", ", ")))}</span> }
        })
    })
}

pub(super) fn check_in(app: App) -> Markup {
    let list = move || {
        let t = app.t();
        let (holding, looking): (Vec<_>, Vec<_>) = gaps(app).into_iter().partition(CheckInGap::holds_up);
        let rows = move |list: Vec<CheckInGap>| {
            list.into_iter()
                .map(|gap| {
                    let dossier = app.route.get_untracked().dossier();
                    let words = app.catalogue.with(|catalogue| t.gap(&gap, catalogue));
                    let to = dossier.map(|dossier| match gap {
                        CheckInGap::TwoAnswers(_) => Route::TwoAnswers(dossier),
                        _ => Route::Visit(dossier, place_of(&gap)),
                    });
                    view! {
                        <li class="gap">{icon(if gap.holds_up() { Icon::Warning } else { Icon::Info })}<span class="grow">{words}</span>
                            {to.map(|to| link(app, to, "btn sm", view! { {t.go_there()}{icon(Icon::Forward)} }))}</li>
                    }
                })
                .collect_view()
        };
        view! {
            {questions(app)}{signed(app)}
            {(!holding.is_empty()).then(|| view! { <section class="card pad-in"><h2 class="sec">{t.missing()}<span class="n">{holding.len()}</span></h2><ul class="gaps">{rows(holding.clone())}</ul></section> })}
            {holding.is_empty().then(|| view! { <p class="ready">{icon(Icon::Tick)}{t.ready_to_sign()}</p> })}
            {(!looking.is_empty()).then(|| view! { <section class="card pad-in"><h2 class="sec">{t.worth_a_look()}</h2><ul class="gaps">{rows(looking.clone())}</ul></section> })}
        }
    };
    let signer = Memo::new(move |_| app.visit(|visit| visit.stage()).is_some_and(Stage::is_to_sign));
    let signer = move || signer.get().then(|| who_signs(app));
    let main = view! { <div class="form">{list}{signer}{move || to_be_signed(app)}{times(app)}</div> };
    let stage = move || app.visit(|visit| visit.stage());
    let buttons = move || {
        let t = app.t();
        let dossier = app.route.get_untracked().dossier()?;
        let ready = gaps(app).iter().all(|gap| !gap.holds_up());
        let paper = view! { <button class="btn" id="paper" on:click=move |_| app.go(Route::Paper(dossier))>{icon(Icon::Sheet)}{t.show_paper()}</button> };
        let (label, route) = match stage()? {
            Stage::CheckedIn => {
                // Who refused may sign after all.
                let refused = app.visit(|visit| visit.closing()).flatten() == Some(Closing::Refused);
                let after_all = refused.then(|| view! { <button class="btn" id="sign-after-all" on:click=move |_| app.go(Route::Sign(dossier))>{icon(Icon::Pen)}{t.hand_to_customer()}</button> });
                return Some(view! {
                    {paper}{after_all}<button class="btn pri" id="next" on:click=move |_| app.go(Route::Visit(dossier, Step::Estimate))>{t.step_estimate()}{icon(Icon::Forward)}</button>
                });
            }
            Stage::ToPhotograph => return Some(view! { {paper}{photograph(app)} }),
            Stage::ToCountersign => (t.countersign(), Route::Countersign(dossier)),
            Stage::ToSignAgain => (t.sign_again(), Route::Sign(dossier)),
            Stage::Vehicle | Stage::Walkaround { .. } | Stage::Interview | Stage::ToSign => {
                (t.hand_to_customer(), Route::Sign(dossier))
            }
            Stage::Cancelled => return Some(view! { {paper} }),
        };
        let other = matches!(route, Route::Sign(_)).then(|| view! { <button class="btn" id="other-ways" disabled=!ready on:click=move |_| app.go(Route::OtherWays(dossier))>{t.other_ways()}</button> });
        Some(view! {
            {paper}{other}
            <button class="btn pri" id="next" disabled=!ready on:click=move |_| app.go(route)>{icon(Icon::Pen)}{label}</button>
        })
    };
    let act = view! { <div class="why"></div>{buttons} };
    shell(app, steps(app, Some(Step::CheckIn)), visit_title(app), main, act)
}

/// How long each step took so far, for the advisor alone.
fn times(app: App) -> Markup {
    live(move || {
        let t = app.t();
        let seconds = app
            .visit(|visit| Step::ALL.map(|step| (step, visit.seconds(step))))
            .into_iter()
            .flatten()
            .collect::<Vec<_>>();
        let of = |step: Step, seconds: u32| view! { <span data-minutes=seconds.to_string()>{t.step(step)}" "<b>{t.duration(seconds)}</b></span> };
        let all = seconds.iter().fold(0_u32, |sum, (_, seconds)| sum.saturating_add(*seconds));
        (all > 0).then(|| view! {
            <p class="minutes note">{icon(Icon::Clock)}<span>{t.minutes()}" "<b>{t.duration(all)}</b></span>
                {seconds.into_iter().filter(|(_, seconds)| *seconds > 0).map(|(step, seconds)| of(step, seconds)).collect_view()}</p>
        })
    })
}

/// What the paper will say, as the customer will see it.
fn to_be_signed(app: App) -> Option<Markup> {
    let t = app.t();
    let (sheet, marks) =
        app.visit(|visit| (app.catalogue.with(|catalogue| Sheet::of(visit, catalogue)), visit.marks()))?;
    let count = |label: &str, count: usize| {
        view! { <h2 class="sec">{label.to_owned()}<span class="n">{count}</span></h2> }
    };
    let mut rows = vec![(t.vin().to_owned(), sheet.vin.clone())];
    rows.extend(sheet.text(t).vehicle.iter().cloned());
    let said = said_of(t, &sheet, rows, t.concerns());
    let (list, damage, photos) =
        (listed_marks(t, &sheet), count(t.damage(), marks.len()), count(t.photos(), sheet.photos.len()));
    let car = drawn(app, &sheet, marks);
    Some(view! {
        <section class="card pad-in seen" data-sheet="">
            <div>{damage}<div class="carbox">{car}</div>{list}{photos}</div><div>{said}</div>
        </section>
    })
}

/// What the customer asked in customer mode and nobody has answered.
pub(super) fn questions(app: App) -> Option<Markup> {
    let t = app.t();
    let open = app.settled(|visit| visit.questions())?;
    let open: Vec<_> = open.into_iter().filter(|question| !question.settled).collect();
    let row = |Question { id, page, words, .. }: Question| {
        let words = if words.is_empty() { t.nothing_said().to_owned() } else { words };
        let settle = move |_| app.write(vec![Change::QuestionSettled { question: id, settled: true }]);
        view! {
            <li class="gap" data-question=id.to_string()>{icon(Icon::Words)}<span class="grow">{words}" "<span class="note">{page_word(t, &page)}</span></span>
                <button class="btn sm" on:click=settle>{icon(Icon::Tick)}{t.answered()}</button></li>
        }
    };
    (!open.is_empty()).then(|| view! { <section class="card pad-in"><h2 class="sec">{t.question()}<span class="n">{open.len()}</span></h2><ul class="gaps">{open.into_iter().map(row).collect_view()}</ul></section> })
}

/// What was signed, and what differs since.
fn signed(app: App) -> Option<Markup> {
    let t = app.t();
    let offset = app.utc_offset();
    app.visit(|visit| {
        let papers = visit.signed_check_ins();
        let newest = papers.last()?;
        let changed = visit.changed_since(newest);
        let added = visit.added_after(newest).len();
        let signer = newest.signer.value().map(ToString::to_string).unwrap_or_default();
        let line = |label: &str, text: String| view! { <div class="kv2"><span>{label.to_owned()}</span><b>{text}</b></div> };
        let differs: Vec<&str> = changed.iter().map(|name| Language::fact(t, name)).collect();
        Some(
            view! {
                <section class="card pad-in" data-signed=papers.len()>
                    <h2 class="sec">{t.check_in_form()}<span class="n">{t.version_number(newest.version)}</span></h2>
                    {line(t.closing(newest.closing).unwrap_or(t.signed()), format!("{signer}{}{} · {}", t.pick("，", ", "), t.signed_as(newest.signed_as), t.date_time(newest.at, offset)))}
                    {newest.by_hand.as_ref().map(|_| view! { <p class="two row">{icon(Icon::Tick)}{t.sheet_kept()}</p> })}
                    {newest.countersigned.as_ref().map(|(_, advisor, at)| line(if newest.closing == Closing::Refused { t.witness() } else { t.advisor() }, format!("{} · {}", app.catalogue.with(|catalogue| catalogue.staff_name(advisor).to_owned()), t.date_time(*at, offset))))}
                    {(!changed.is_empty()).then(|| view! { <p class="care row" data-changed="">{icon(Icon::Warning)}<span>{t.signed_now_changed()}{t.pick("：", ": ")}{differs.join(t.pick("、", ", "))}</span></p> })}
                    {(changed.is_empty() && added > 0).then(|| view! { <p class="note">{t.added_after()}" "{t.items(added)}</p> })}
                </section>
            },
        )
    })
    .flatten()
}
