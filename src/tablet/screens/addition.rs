//! Additional work in customer mode: what was found, what each line costs and what was said to it, on one page
//! with the glass.

use std::rc::Rc;

use super::customer::{Pages, held, hold};
use super::film::shown_picture;
use super::glass::Glass;
use super::order::{agreed, row};
use crate::catalogue::Catalogue;
use crate::documents::{AdditionSheet, AdditionText};
use crate::journal::EntryId;
use crate::locale::Language;
use crate::tablet::app::App;
use crate::tablet::device;
use crate::tablet::markup::{CollectView as _, Markup, derive, live, view};
use crate::tablet::signals::RwSignal;
use crate::visit::Visit;
use crate::visit::addition::{Addition, Channel};
use crate::visit::customer::{PersonName, Salutation};
use crate::visit::order::Pricing;

/// What lies on the table, as it stood when the tablet was handed over.
struct Table {
    heads: Vec<EntryId>,
    addition: Addition,
    sheet: AdditionSheet,
    pricing: Pricing,
    signer: Option<PersonName>,
    salutation: Option<Salutation>,
}

impl Table {
    /// The first that waits for a signature and lacks nothing else; else the first that waits for one.
    fn of(visit: &Visit, catalogue: &Catalogue, by: &str) -> Option<Self> {
        let pricing = catalogue.pricing.unwrap_or_default();
        let mut open = visit.open_additions(pricing);
        open.retain(|addition| addition.channel == Channel::Glass);
        let is_ready = |addition: &Addition| visit.addition_gaps(addition, pricing, device::now()).is_empty();
        let at = open.iter().position(is_ready).unwrap_or_default();
        let addition = open.into_iter().nth(at)?;
        let signer = visit.signer().and_then(|signer| signer.person.name).cloned();
        Some(Self {
            heads: visit.journal.heads(),
            sheet: AdditionSheet::of(visit, &addition, catalogue, (by, device::now())),
            addition,
            pricing,
            salutation: visit.salutation().filter(|_| signer.as_ref() == visit.customer()),
            signer,
        })
    }
}

pub(super) fn sign(app: App) -> Markup {
    let by = app.member().map(|member| member.name).unwrap_or_default();
    let table = app
        .catalogue
        .with_untracked(|catalogue| app.visit_now(|visit| Table::of(visit, catalogue, &by)).flatten());
    let Some(table) = table else {
        return view! { <div class="cm"><p class="empty">{move || app.t().no_additions()}</p>{hold(app)}</div> };
    };
    let over = RwSignal::new(false);
    let glass = Glass::new(app);
    let who = table.signer.as_ref().map(ToString::to_string).unwrap_or_default();
    let (salutation, said_name) = (table.salutation, who.clone());
    let table = Rc::new(table);
    let greeting = move || {
        let t = app.t();
        t.please_look(&t.addressed(&said_name, salutation), true)
    };
    let signed = Rc::clone(&table);
    let confirm = move || {
        let t = app.language.get_untracked();
        let Table { heads, addition, sheet, pricing, .. } = &*signed;
        // The rules see the fold that was on the table; what came since is none of it.
        let signing = app.visit_now(|visit| {
            let looked_at = Visit { journal: visit.journal.as_of(heads) };
            let asked = sheet.text(t).asked.clone();
            looked_at.answer_addition(
                addition,
                (glass.strokes(), asked),
                sheet.clone(),
                *pricing,
                device::now(),
            )
        });
        if let Some(signing) = signing {
            glass.keep(signing, Some(heads.clone()), move || over.set(true));
        }
    };
    let confirm: Rc<dyn Fn()> = Rc::new(confirm);
    let page = move || shown(app, &table, &who, glass);
    let next = move || {
        let confirm = Rc::clone(&confirm);
        glass.confirm("btn pri xl", Language::confirm_signature, move || confirm())
    };
    let pages = Pages {
        at: derive(|| 0),
        name: |_| "order_addition",
        of: 1,
        word: |t, _| t.additional_work(),
        greeting: Box::new(greeting),
        main: Box::new(page),
        next: Box::new(next),
        turn: Rc::new(|_| {}),
        over,
    };
    held(app, pages)
}

fn shown(app: App, table: &Table, who: &str, glass: Glass) -> Markup {
    let (sheet, who) = (table.sheet.clone(), who.to_owned());
    let photos = sheet.photos.iter().map(|photo| {
        let address = shown_picture(app, vec![photo.attachment, photo.thumbnail]);
        view! { <span class="ph">{move || address.get().map(|address| view! { <img src=address alt=app.t().photo() /> })}</span> }
    });
    let photos = photos.collect_view();
    let words = sheet.clone();
    let said = live(move || said(app.t(), words.text(app.t())));
    let to_sign = live(move || {
        let text = sheet.text(app.t());
        agreed(&text.consent, &who, &text.signer.0, text.authority.as_ref())
    });
    view! {
        <div class="cm-two or-two ad-two">
            <section>{said}<div class="film">{photos}</div></section>
            <section class="cm-sign">{to_sign}<div class="cm-glass">{glass.pad()}<div class="cm-tools">{glass.tools()}</div></div>{glass.said()}</section>
        </div>
    }
}

fn said(t: Language, text: &AdditionText) -> Markup {
    let risk = text
        .risk
        .as_ref()
        .map(|risk| view! { <p class="note"><b>{t.about_safety()}</b>" "{risk.clone()}</p> });
    let reply = |reply: &crate::documents::ReplyText| {
        let chosen = reply.ticks.iter().find(|tick| tick.chosen).map(|tick| tick.label.clone());
        let dot = if reply.note.is_empty() { "" } else { " · " };
        let note = format!("{dot}{}", reply.note);
        view! { <div class="es-kv"><span>{reply.name.clone()}</span><b>{format!("{}{note}", chosen.unwrap_or_default())}</b></div> }
    };
    let changes = text.changes.iter().map(|row| {
        let at = |at: usize| row.get(at).cloned().unwrap_or_default();
        let said = if at(1) == at(3) { at(3) } else { format!("{} → {}", at(1), at(3)) };
        view! { <div class="es-kv"><span>{at(0)}</span><b>{said}</b></div> }
    });
    view! {
        <p class="cw">{text.reason.clone()}</p>{risk}
        <section class="card or-group"><h2 class="cap">{text.group.title.clone()}</h2>{text.group.rows.iter().map(row).collect_view()}</section>
        {text.replies.iter().map(reply).collect_view()}
        {changes.collect_view()}
    }
}
