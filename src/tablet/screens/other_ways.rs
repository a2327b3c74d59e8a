//! Where nobody signs on the glass: the form is printed and signed by hand, or refused before a witness.

use std::cell::RefCell;
use std::rc::Rc;

use crate::tablet::markup::{CollectView as _, ElementRef, Markup, derive, view};

use crate::tablet::signals::{RwSignal, Signal};

use super::film::{camera_file, film};
use super::glass::Glass;
use super::vehicle::free_text;
use crate::documents::Sheet;
use crate::icons::Icon;
use crate::journal::StaffId;
use crate::locale::Language;
use crate::route::{Route, Step};
use crate::tablet::app::App;
use crate::tablet::components::{Read, TextField, chip, icon, segments, shell, steps, visit_title};
use crate::tablet::photo;
use crate::tablet::storage::Append;
use crate::visit::recording::RecordingSubject;
use crate::visit::signing::{LONGEST_REFUSAL, Refusal, RefusalReason};
use crate::visit::{Change, Key, PhotoSubject, Visit};

pub(super) fn other_ways(app: App) -> Markup {
    let begun = app.visit_now(|visit| visit.refusal() != Refusal::default()).unwrap_or_default();
    let refused = RwSignal::new(begun);
    let glass = Glass::new(app);
    let choices = vec![(false, app.word(Language::on_paper)), (true, app.word(Language::refused_to_sign))];
    let ways = segments(
        move || app.t().other_ways().into(),
        choices,
        derive(move || Some(refused.get())),
        move |to| refused.set(to),
    );
    let body = move || match refused.get() {
        true => refusal(app, glass),
        false => view! {
            <section class="card pad-in"><p class="cap">{move || app.t().on_paper_how()}</p>{glass.said()}</section>
        },
    };
    let main = view! { <div class="form narrow"><h1 class="t24">{move || app.t().other_ways()}</h1>{ways}{body}</div> };
    let close = move || {
        let Some(dossier) = app.route.get_untracked().dossier() else { return };
        let refused = refused.get_untracked();
        let by = app.append_now().author;
        let signing = app.visit_now(|visit| {
            app.catalogue.with_untracked(|catalogue| match refused {
                true => visit.refuse_check_in(glass.strokes(), Sheet::refused(visit, catalogue), &by),
                false => visit.sign_on_paper(Sheet::of(visit, catalogue)),
            })
        });
        let then = if refused { Route::Paper(dossier) } else { Route::Countersign(dossier) };
        if let Some(signing) = signing {
            glass.keep(signing, None, move || app.go(then));
        }
    };
    let word = move || {
        let word = if refused.get() { Language::close_as_refused } else { Language::fix_and_go_on };
        glass.confirm("btn pri", word, close)
    };
    let back = move |_| {
        if let Some(dossier) = app.route.get_untracked().dossier() {
            app.go(Route::Visit(dossier, Step::CheckIn));
        }
    };
    let act = view! {
        <button class="btn" on:click=back>{move || app.t().back()}</button><div class="why"></div>{word}
    };
    shell(app, steps(app, Some(Step::CheckIn)), visit_title(app), main, act)
}

/// Changes what is noted of a refusal, and writes it.
type Note = dyn Fn(&dyn Fn(&mut Refusal));

fn refusal(app: App, glass: Glass) -> Markup {
    let now = move || app.visit(Visit::refusal).unwrap_or_default();
    // What a quick hand has tapped, also what is not committed yet: the next tap takes none of it back.
    let ahead = Rc::new(RefCell::new(app.visit_now(Visit::refusal).unwrap_or_default()));
    let note: Rc<Note> = Rc::new(move |change| {
        change(&mut ahead.borrow_mut());
        app.write(vec![ahead.borrow().clone().noted()]);
    });
    let reason = |reason: RefusalReason| {
        let label = derive(move || app.t().refusal_reason(reason).to_owned());
        let on = derive(move || now().reason == Some(reason));
        let note = note.clone();
        chip(label, on, move |on| note(&|refusal| refusal.reason = on.then_some(reason)))
    };
    let read = move |typed: &str| {
        let count = typed.chars().count();
        if count > LONGEST_REFUSAL {
            return Read::Refuse(app.language.get_untracked().longer_than(LONGEST_REFUSAL, count));
        }
        free_text(app, typed, |words| vec![Change::RefusalWorded { words: words.into() }])
    };
    let words = TextField::new(
        app,
        app.draft_name("refusal"),
        app.word(Language::refusal_words),
        derive(move || now().words),
        Some(Key::RefusalWords),
        Box::new(read),
    );
    let read_out = [(true, Language::read_out_yes as fn(Language) -> _), (false, Language::read_out_no)].map(|(yes, word)| {
        let note = note.clone();
        let choose = move |_| note(&|refusal| refusal.read_out = Some(yes));
        view! { <button type="button" aria-pressed=move || (now().read_out == Some(yes)).to_string() on:click=choose>{move || word(app.t())}</button> }
    });
    let read_out = view! { <div class="seg" role="group" aria-label=move || app.t().read_out()>{read_out.into_iter().collect_view()}</div> };
    let seen_by = note.clone();
    let witness = move |id: StaffId, label: String| {
        let own = id.clone();
        let on = derive(move || now().witness.as_ref() == Some(&own));
        let note = seen_by.clone();
        chip(Signal::stored(label), on, move |on| note(&|refusal| refusal.witness = on.then(|| id.clone())))
    };
    let witnesses = move || {
        let t = app.t();
        let own = app.person.get();
        let others: Vec<(StaffId, String)> = app.catalogue.with(|catalogue| {
            let others = catalogue.staff.iter().filter(|member| Some(&member.id) != own.as_ref());
            others
                .map(|member| (member.id.clone(), format!("{} · {}", member.name, t.role(member.role))))
                .collect()
        });
        if others.is_empty() {
            return view! { <p class="two">{t.no_witness()}</p> };
        }
        others.into_iter().map(|(id, label)| witness(id, label)).collect_view()
    };
    let label =
        |word: fn(Language) -> &'static str| view! { <span class="label">{move || word(app.t())}</span> };
    view! {
        <section class="card pad-in" data-refusal="">
            <div>{label(Language::reason)}<div class="chips">{RefusalReason::ALL.map(reason).into_iter().collect_view()}</div></div>
            {words.long().spoken(RecordingSubject::Refusal).view()}
            <div>{label(Language::read_out)}{read_out}</div>
            <div>{label(Language::refusal_photo)}{film(app, PhotoSubject::Refusal)}</div>
        </section>
        <section class="card pad-in">
            <div>{label(Language::witness)}<div class="chips" data-witnesses="">{witnesses}</div></div>
            <div>{label(Language::witness_signs)}{glass.pad()}</div>
            {glass.said()}<div class="row">{glass.tools()}</div>
        </section>
    }
}

/// The next step where a form was signed by hand: a photo of the sheet.
pub(super) fn photograph(app: App) -> Markup {
    let sheet = move |file| leptos::task::spawn_local(keep(app, file));
    view! {
        <label class="btn pri" id="next">{icon(Icon::Camera)}{move || app.t().photograph_sheet()}
            {camera_file(app, ElementRef::new(None), Some("sheet"), sheet)}</label>
    }
}

async fn keep(app: App, file: web_sys::File) {
    let photo = match photo::read(&file, &|_| {}).await {
        Ok(photo) => photo,
        Err(why) => return super::film::say(app, app.language.get_untracked().not_a_picture(why)),
    };
    let (picture, thumbnail) = (photo.whole.picture.clone(), photo.thumbnail.picture.clone());
    let change = app.visit_now(|visit| visit.sheet_photographed(picture, thumbnail)).flatten();
    let (Some(change), Some(dossier)) = (change, app.visit_now(|visit| visit.journal.dossier())) else {
        return;
    };
    let how = Append { strict: true, attachments: photo.attachments(), ..app.append_now() };
    app.append(dossier, vec![app.draft(change)], how, |_| {});
}
