//! Customer mode: what was taken down, page by page, and the glass to sign on. Only the advisor leaves it.

mod pages;
mod question;

use std::rc::Rc;

use crate::tablet::markup::{CollectView as _, Markup, derive, view};
use leptos::prelude::*;

use crate::tablet::signals::{RwSignal, Signal};

use super::glass::Glass;
use crate::catalogue::Label;
use crate::documents::Sheet;
use crate::icons::Icon;
use crate::journal::{AttachmentId, EntryId};
use crate::locale::Language;
use crate::record::{named, write_json};
use crate::route::{Route, Step};
use crate::tablet::app::App;
use crate::tablet::components::{icon, plate, trouble};
use crate::tablet::device;
use crate::visit::check_in::SigningHand;
use crate::visit::customer::{PersonName, Salutation};
use crate::visit::signature::SignedAs;
use crate::visit::signing::Closing;
use crate::visit::walkaround::Mark;
use crate::visit::{Photo, Visit};
pub(super) use pages::{drawn, listed_marks, said_of};

/// Leaving customer mode takes a hold of this long, in milliseconds, until sign-in exists.
const HOLD: u64 = 2_000;

named! {
    /// A page; its name stands in the journal with the questions asked on it.
    #[derive(Clone, Copy, PartialEq, Eq)]
    enum Page {
        Car = "car",
        Outside = "outside",
        Kept = "kept",
        Words = "words",
        Sign = "sign",
    }
}

impl Page {
    const ALL: [Self; 5] = [Self::Car, Self::Outside, Self::Kept, Self::Words, Self::Sign];

    fn word(self, t: Language) -> &'static str {
        match self {
            Self::Car => t.page_car(),
            Self::Outside => t.page_outside(),
            Self::Kept => t.page_kept(),
            Self::Words => t.page_words(),
            Self::Sign => t.page_sign(),
        }
    }
}

/// The word of a page by the name that stands in the journal.
pub(super) fn page_word(t: Language, name: &str) -> &'static str {
    let page = Page::ALL.into_iter().find(|page| page.name() == name);
    match name.starts_with("order_") {
        true => t.work_order(),
        false => page.map_or(t.check_in_form(), |page| page.word(t)),
    }
}

/// What lies on the table, as it stood when the tablet was handed over: the sheet is drawn from this
/// fold, and its heads become the signature's parents.
struct Table {
    heads: Vec<EntryId>,
    sheet: Sheet,
    marks: Vec<Mark>,
    photos: Vec<Photo>,
    signer: Option<PersonName>,
    signed_as: SignedAs,
    salutation: Option<Salutation>,
    /// The sentence to which they sign, as it lay on the table.
    consent: Label,
    /// Signed already, and nothing has changed since.
    over: bool,
}

impl Table {
    fn of(app: App, visit: &Visit) -> Self {
        let signer = visit.signer().and_then(|signer| signer.person.name).cloned();
        let newest = visit.signed_check_ins().pop();
        Self {
            heads: visit.journal.heads(),
            sheet: app.catalogue.with_untracked(|catalogue| Sheet::of(visit, catalogue)),
            marks: visit.marks(),
            photos: visit.form_photos(),
            // Who brings the car is addressed as they like; somebody else by the whole name.
            salutation: visit.salutation().filter(|_| signer.as_ref() == visit.customer()),
            signer,
            signed_as: visit.signs_as(),
            consent: app.catalogue.with_untracked(|catalogue| catalogue.check_in_consent()),
            over: newest.is_some_and(|newest| {
                newest.closing == Closing::Signed && visit.changed_since(&newest).is_empty()
            }),
        }
    }

    /// What the page that was reached is remembered by: another sheet begins at the first.
    fn name(&self) -> String {
        let sheet = write_json(&self.sheet);
        AttachmentId::of(sheet.as_bytes()).to_string()
    }
}

pub(super) fn customer(app: App) -> Markup {
    let Some(table) = app.visit_now(|visit| Table::of(app, visit)) else {
        return view! { <div class="cm"><p class="empty">{move || app.t().visit_not_here()}</p>{hold(app)}</div> };
    };
    let name = table.name();
    let at = RwSignal::new(device::customer_page(&name).min(Page::ALL.len() - 1));
    let page = move || Page::ALL[at.get()];
    let over = RwSignal::new(table.over);
    let glass = Glass::new(app);
    let who = table.signer.as_ref().map(ToString::to_string).unwrap_or_default();
    let salutation = table.salutation;
    let table = Rc::new(table);
    let said_name = who.clone();
    let greeting = move || {
        let t = app.t();
        t.please_look(&t.addressed(&said_name, salutation), page() == Page::Sign)
    };
    let turn: Rc<dyn Fn(usize)> = Rc::new(move |to| {
        device::remember_customer_page(&name, to);
        at.set(to);
    });
    let signed = table.clone();
    let sign = move || {
        let t = app.language.get_untracked();
        let Table { heads, sheet, signer: Some(signer), signed_as, consent, .. } = &*signed else {
            return glass.say(t.signer_missing().to_owned());
        };
        let hand = SigningHand {
            strokes: glass.strokes(),
            signer: signer.clone(),
            signed_as: *signed_as,
            consent: consent.get(t).to_owned(),
        };
        // The rules see the fold that was on the table; what came since is "added after signing".
        let signing = app.visit_now(|visit| {
            Visit { journal: visit.journal.as_of(heads) }.sign_check_in(hand, sheet.clone())
        });
        if let Some(signing) = signing {
            glass.keep(signing, Some(heads.clone()), move || over.set(true));
        }
    };
    let sign: Rc<dyn Fn()> = Rc::new(sign);
    let shown = move || match page() {
        Page::Car => pages::car_and_state(app, &table.sheet),
        Page::Outside => pages::outside(app, &table),
        Page::Kept => pages::kept(app, &table.sheet),
        Page::Words => pages::words(app, &table.sheet),
        Page::Sign => pages::to_sign(app, &table, &who, glass),
    };
    let turn_next = turn.clone();
    let next = move || {
        let (turn, sign) = (turn_next.clone(), sign.clone());
        let now = page();
        if now == Page::Sign {
            return glass.confirm("btn pri xl", Language::confirm_signature, move || sign());
        }
        let word = move || if now == Page::Words { app.t().seen_sign() } else { app.t().seen_next() };
        view! { <button class="btn pri xl" id="seen" on:click=move |_| turn(now as usize + 1)>{word}{icon(Icon::Forward)}</button> }
    };
    let pages = Pages {
        at: derive(move || at.get()),
        name: |at| Page::ALL[at].name(),
        of: Page::ALL.len(),
        word: |t, at| Page::ALL[at].word(t),
        greeting: Box::new(greeting),
        main: Box::new(shown),
        next: Box::new(next),
        turn,
        over,
    };
    held(app, pages)
}

/// What the customer holds: pages, each with its name in the journal and its word, and a way on and back.
pub(super) struct Pages {
    pub(super) at: Signal<usize>,
    pub(super) name: fn(usize) -> &'static str,
    pub(super) of: usize,
    pub(super) word: fn(Language, usize) -> &'static str,
    pub(super) greeting: Box<dyn Fn() -> String>,
    pub(super) main: Box<dyn Fn() -> Markup>,
    pub(super) next: Box<dyn Fn() -> Markup>,
    pub(super) turn: Rc<dyn Fn(usize)>,
    /// Signed.
    pub(super) over: RwSignal<bool>,
}

/// The frame of customer mode.
pub(super) fn held(app: App, pages: Pages) -> Markup {
    let Pages { at, name, of, word, greeting, main, next, turn, over } = pages;
    let plate_now = app.visit_now(|visit| plate(app.language.get_untracked(), visit.plate(), "p64"));
    let back = move || {
        let turn = turn.clone();
        let now = at.get();
        (now > 0).then(|| view! {
            <button class="btn sq" id="page-before" aria-label=move || app.t().page_before() on:click=move |_| turn(now - 1)>{icon(Icon::Back)}</button>
        })
    };
    let (ask, panel) = question::question(app, move || name(at.get_untracked()));
    let thanks = move || {
        over.get()
            .then(|| view! { <section class="thanks" aria-labelledby="thanks"><p class="big" id="thanks">{app.t().give_back()}</p>{hold(app)}</section> })
    };
    view! {
        <div class="cm" data-customer="" data-page=move || name(at.get())>
            <header class="head">{plate_now}<h1 class="say grow">{greeting}</h1>
                <div class="cm-at"><b>{move || format!("{} · {}", app.t().page_of(at.get() + 1, of), word(app.t(), at.get()))}</b><div class="pg" aria-hidden="true">{move || dots(at.get(), of)}</div></div></header>
            {move || view! { <main class="cm-main" tabindex="0">{main()}</main> }}
            {panel}
            {trouble(app)}
            <footer class="act">{ask}{hold(app)}<span class="grow"></span>{back}{next}</footer>
            {thanks}
        </div>
    }
}

/// Where the customer is among the pages.
fn dots(at: usize, of: usize) -> Markup {
    let dot = |number: usize| match number.cmp(&at) {
        std::cmp::Ordering::Less => "d",
        std::cmp::Ordering::Equal => "n",
        std::cmp::Ordering::Greater => "",
    };
    (0..of).map(|number| view! { <i class=dot(number)></i> }).collect_view()
}

/// Given back by holding; a short tap does nothing. The advisor goes on where they handed it over.
pub(super) fn hold(app: App) -> Markup {
    let holding = RwSignal::new(0_u64);
    let leave = move || match app.route.get_untracked() {
        Route::Order(dossier) => app.go(Route::Visit(dossier, Step::Estimate)),
        Route::SignAddition(dossier) => app.go(Route::Additions(dossier)),
        route => {
            if let Some(dossier) = route.dossier() {
                app.go(Route::Visit(dossier, Step::CheckIn));
            }
        }
    };
    let down = move || {
        let turn = holding.get_untracked() + 1;
        // Odd while held, even when let go.
        holding.set(turn | 1);
        let mine = turn | 1;
        set_timeout(
            move || {
                if holding.try_get_untracked() == Some(mine) {
                    leave();
                }
            },
            std::time::Duration::from_millis(HOLD),
        );
    };
    let up = move || holding.update(|turn| *turn += *turn % 2);
    let held = move || holding.get() % 2 == 1;
    view! {
        <button class="btn hb" id="give-back" class:held=held
            on:pointerdown=move |_| down() on:pointerup=move |_| up() on:pointerleave=move |_| up() on:pointercancel=move |_| up()
            on:keydown=move |event| if (event.key() == "Enter" || event.key() == " ") && !event.repeat() { down() }
            on:keyup=move |_| up()>
            {icon(Icon::Lock)}<span>{move || app.t().hand_back()}<small>{move || if held() { app.t().keep_holding() } else { app.t().hold_here() }}</small></span>
        </button>
    }
}
