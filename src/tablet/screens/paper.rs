//! Printed papers: measured, then paged, then drawn.

use crate::tablet::markup::{CollectView as _, ElementRef, Markup, derive, live, view};
use litemap::LiteMap;

use crate::tablet::signals::{Memo, RwSignal, Signal, effect};
use wasm_bindgen::JsCast as _;

use crate::documents::{
    Block, Headed, OrderSheet, Paper, PaperState, Piece, Sheet, SheetPhoto, addition_blocks, blocks,
    draw_pages, file_name, order_blocks, paginate,
};
use crate::icons::Icon;
use crate::journal::AttachmentId;
use crate::locale::Language;
use crate::route::{Route, Step};
use crate::tablet::app::App;
use crate::tablet::components::{icon, segments, shell, steps, visit_title};
use crate::tablet::device::{self, Address};
use crate::visit::{Change, Visit};

/// Room for blocks on the first and on later pages, in CSS pixels (96 to the inch): 297 mm less
/// margins, heads and foot, and a little air for rounding and for a section that goes on.
const FIRST_PAGE: f64 = (274.0 - 31.6 - 6.2 - 0.8) * 96.0 / 25.4;
const LATER_PAGE: f64 = (274.0 - 9.6 - 6.2 - 2.0) * 96.0 / 25.4;
/// The line that says what stands on the next page.
const FOLLOWS: f64 = 5.4 * 96.0 / 25.4;

/// How many were signed, and whether the visit says something else than the last one now.
type Signed = fn(&Visit) -> (usize, bool);

/// What one of several papers is called.
type Name = fn(&Visit, Language, usize) -> String;

/// A paper of which the last version holds.
fn version(_: &Visit, t: Language, at: usize) -> String {
    t.version_number(at + 1)
}

/// Draws pieces of a list of blocks as pages; none where the paper is not here.
type Draw = dyn Fn(&[Block], &[Piece]) -> Option<Vec<String>>;

/// A paper on the screen: how it is drawn, what it is, printing it, and where the way back leads.
struct Desk {
    app: App,
    language: RwSignal<Language>,
    list: Memo<Vec<Block>>,
    draw: Box<Draw>,
    state: Signal<Option<PaperState>>,
    versions: Markup,
    print: Box<dyn Fn()>,
    back: Step,
    /// Why there is none: nobody has answered yet, or its words are elsewhere.
    none: Signal<&'static str>,
}

/// What is shown of a paper: in which language, which of its versions, and the parts of it that stand beside
/// their entries, as far as they are here.
#[derive(Clone, Copy)]
struct Shown {
    app: App,
    language: RwSignal<Language>,
    which: RwSignal<Option<usize>>,
    parts: RwSignal<LiteMap<AttachmentId, Vec<u8>>>,
}

impl Shown {
    fn new(app: App) -> Self {
        let language = RwSignal::new(app.language.get_untracked());
        let parts = RwSignal::new(LiteMap::<AttachmentId, Vec<u8>>::new());
        // What papers name; again whenever something of the visit arrived.
        effect(move |_| {
            app.followed.track();
            for id in app.visit(Visit::paper_attachments).unwrap_or_default() {
                leptos::task::spawn_local(async move {
                    if parts.try_with_untracked(|parts| !parts.contains_key(&id)) == Some(true)
                        && let Ok(Some(bytes)) = app.storage().bytes(id).await
                    {
                        parts.update(|parts| drop(parts.insert(id, bytes)));
                    }
                });
            }
        });
        Self { app, language, which: RwSignal::new(None), parts }
    }

    /// Which of so many signed papers; one behind the last for the draft.
    fn at(self, signed: usize) -> usize {
        self.which.get().unwrap_or(signed.saturating_sub(1))
    }

    fn held(self, id: AttachmentId) -> Option<Vec<u8>> {
        self.parts.with(|parts| parts.get(&id).cloned())
    }

    /// As it would be printed now.
    fn to_print<S>(self, paper: Paper<S>) -> Paper<S> {
        let by = self.app.member().map(|member| member.name).unwrap_or_default();
        Paper { printed: Some((self.app.now.get(), by)), ..paper }
    }

    /// The screen of such a paper. `signed` says how many were signed, and whether the visit says something
    /// else than the last one now.
    fn view<S: Headed + Clone + PartialEq + Send + Sync + 'static>(
        self,
        paper: Memo<Option<Paper<S>>>,
        list: Memo<Vec<Block>>,
        (signed, name): (Signed, Name),
        back: Step,
    ) -> Markup {
        let Self { app, language, which, .. } = self;
        let print = move || {
            let Some(now) = paper.get_untracked() else { return };
            device::print(&file_name(&now, language.get_untracked()));
            // The next one is a copy.
            if let Some(paper) = now.digest {
                app.write(vec![Change::PaperPrinted { paper }]);
            }
        };
        desk(Desk {
            app,
            language,
            list,
            draw: Box::new(move |list, pieces| Some(draw_pages(&paper.get()?, language.get(), list, pieces))),
            state: derive(move || paper.get().map(|paper| paper.state)),
            versions: versions(app, which, name, move || app.visit(signed)),
            print: Box::new(print),
            back,
            none: derive(move || match app.visit(signed) {
                Some((0, _)) => app.t().no_answer_yet(),
                _ => app.t().paper_not_here(),
            }),
        })
    }
}

pub(super) fn paper(app: App) -> Markup {
    let shown = Shown::new(app);
    let paper = Memo::new(move |_| {
        app.visit(|visit| {
            let papers = visit.signed_check_ins();
            let at = shown.at(papers.len());
            if at >= papers.len() {
                let sheet = app.catalogue.with(|catalogue| Sheet::of(visit, catalogue));
                return Some(Paper::draft(sheet, visit));
            }
            Paper::of_signed(visit, &papers, at, &|id| shown.held(id)).map(|paper| shown.to_print(paper))
        })
        .flatten()
    });
    let pictures = pictures(app, move || paper.get().map(|paper| paper.sheet.photos).unwrap_or_default());
    let list = Memo::new(move |_| {
        let Some(paper) = paper.get() else { return Vec::new() };
        let address = |known: &LiteMap<_, Address>, id| known.get(&id).map(Address::text);
        pictures.with(|known| blocks(&paper, shown.language.get(), &|id, _| address(known, id)))
    });
    let signed = |visit: &Visit| {
        let papers = visit.signed_check_ins();
        let changed = papers.last().is_some_and(|last| !visit.changed_since(last).is_empty());
        (papers.len(), changed)
    };
    shown.view(paper, list, (signed, version), Step::CheckIn)
}

/// The work order.
pub(super) fn order_paper(app: App) -> Markup {
    let shown = Shown::new(app);
    let began = device::now();
    let paper = Memo::new(move |_| {
        app.visit(|visit| {
            let papers = visit.signed_orders();
            let at = shown.at(papers.len());
            if at >= papers.len() {
                let sheet = app.catalogue.with(|catalogue| OrderSheet::of(visit, catalogue, began));
                return Some(Paper::order_draft(sheet, visit));
            }
            Paper::of_order(visit, &papers, at, &|id| shown.held(id)).map(|paper| shown.to_print(paper))
        })
        .flatten()
    });
    let list = Memo::new(move |_| {
        paper.get().map(|paper| order_blocks(&paper, shown.language.get())).unwrap_or_default()
    });
    let signed = |visit: &Visit| {
        let papers = visit.signed_orders();
        let changed = papers.last().is_some_and(|last| !visit.order_changed_since(last).is_empty());
        (papers.len(), changed)
    };
    shown.view(paper, list, (signed, version), Step::Estimate)
}

/// The answers to additional work, each a paper.
pub(super) fn addition_paper(app: App) -> Markup {
    let shown = Shown::new(app);
    let paper = Memo::new(move |_| {
        app.visit(|visit| {
            let answers = visit.addition_answers();
            let at = shown.at(answers.len());
            Paper::of_addition(visit, &answers, at, &|id| shown.held(id)).map(|paper| shown.to_print(paper))
        })
        .flatten()
    });
    let pictures = pictures(app, move || paper.get().map(|paper| paper.sheet.photos).unwrap_or_default());
    let list = Memo::new(move |_| {
        let Some(paper) = paper.get() else { return Vec::new() };
        let address = |known: &LiteMap<_, Address>, id| known.get(&id).map(Address::text);
        pictures.with(|known| addition_blocks(&paper, shown.language.get(), &|id, _| address(known, id)))
    });
    let name: Name = |visit, t, at| {
        let number = visit.addition_answers().get(at).map(|answer| answer.facts.number.clone());
        let number = number.unwrap_or_default();
        // `Z1-3F`
        let own = number.rsplit_once("-Z").map(|(_, own)| format!("Z{own}")).unwrap_or_default();
        format!("{} {own}", t.additional_work())
    };
    shown.view(paper, list, (|visit| (visit.addition_answers().len(), false), name), Step::Estimate)
}

/// The pictures that a paper shows, as they arrive.
fn pictures(
    app: App,
    photos: impl Fn() -> Vec<SheetPhoto> + Send + Sync + 'static,
) -> RwSignal<LiteMap<AttachmentId, Address>> {
    let pictures = RwSignal::new(LiteMap::<AttachmentId, Address>::new());
    effect(move |_| {
        for photo in photos() {
            if pictures.with_untracked(|known| known.contains_key(&photo.attachment)) {
                continue;
            }
            leptos::task::spawn_local(async move {
                for id in [photo.attachment, photo.thumbnail] {
                    if let Ok(Some(bytes)) = app.storage().bytes(id).await
                        && let Some(address) = Address::of_picture(&bytes)
                    {
                        pictures.update(|known| drop(known.insert(photo.attachment, address)));
                        return;
                    }
                }
            });
        }
    });
    pictures
}

/// Which of several versions is shown: how many were signed, and whether the visit says something else now.
fn versions(
    app: App,
    which: RwSignal<Option<usize>>,
    name: Name,
    signed: impl Fn() -> Option<(usize, bool)> + 'static,
) -> Markup {
    live(move || {
        let (count, changed) = signed().unwrap_or_default();
        let named = move |at| app.visit(|visit| name(visit, app.t(), at)).unwrap_or_default();
        (count > 1 || changed).then(|| {
            let mut choices: Vec<(usize, Signal<String>)> =
                (0..count).map(|at| (at, derive(move || named(at)))).collect();
            if changed {
                choices.push((count, app.word(Language::current_draft)));
            }
            let now = derive(move || Some(which.get().unwrap_or(count - 1)));
            segments(move || app.t().version().into(), choices, now, move |at| which.set(Some(at)))
        })
    })
}

/// The pages of a paper, measured and paged whenever it is another.
fn desk(shown: Desk) -> Markup {
    let Desk { app, language, list, draw, state, versions, print, back, none } = shown;
    let measured = ElementRef::new(None);
    let pages = RwSignal::new(Vec::<String>::new());
    effect(move |_| {
        let Some(column) = measured.get() else { return pages.set(Vec::new()) };
        let list = list.get();
        let Some(whole) = draw(&list, std::slice::from_ref(&(0..list.len()))) else {
            return pages.set(Vec::new());
        };
        let heights = measure(&column, &list, &whole.concat());
        let with_next: Vec<bool> = list.iter().map(|block| block.with_next).collect();
        let pieces = paginate(&heights, &with_next, FIRST_PAGE, LATER_PAGE, FOLLOWS);
        pages.set(draw(&list, &pieces).unwrap_or_default());
    });
    let languages =
        Language::ALL.map(|language| (language, derive(move || language.name().to_owned()))).to_vec();
    let word = move || {
        state.get().map(|state| match state {
            PaperState::Draft => app.t().draft().to_owned(),
            PaperState::Original => app.t().original().to_owned(),
            PaperState::Copy(count) => format!("{} {count}", app.t().copy()),
        })
    };
    let main = view! {
        <div class="desk">
            {move || state.with(Option::is_none).then(|| view! { <p class="empty">{none.get()}</p> })}
            <div class="paper measure" node_ref=measured aria-hidden="true"></div>
            <div class="paper" id="pages" lang=Language::ZhCn.tag() data-pages=move || pages.with(Vec::len)>
                {move || pages.get().into_iter().map(|html| view! { <div inner_html=html></div> }).collect_view()}
            </div>
        </div>
    };
    let act = view! {
        <button class="btn" on:click=move |_| if let Some(dossier) = app.route.get_untracked().dossier() { app.go(Route::Visit(dossier, back)) }>{move || app.t().back()}</button>
        <div class="why"><b data-paper="">{word}</b><div class="lang">{segments(move || app.t().language().into(), languages, derive(move || Some(language.get())), move |chosen| language.set(chosen))}</div>{versions}</div>
        <button class="btn pri" id="print" disabled=move || state.with(Option::is_none) on:click=move |_| print()>{icon(Icon::Print)}{move || app.t().print()}</button>
    };
    shell(app, steps(app, Some(back)), visit_title(app), main, act)
}

/// Draws every block in a column of a page's width and reads its height.
fn measure(column: &web_sys::Element, list: &[Block], whole: &str) -> Vec<f64> {
    column.set_inner_html(whole);
    let Ok(sections) = column.query_selector_all(".sec") else { return vec![0.0; list.len()] };
    let height = |at: u32| {
        sections.item(at).map_or(0.0, |section| {
            section.unchecked_into::<web_sys::Element>().get_bounding_client_rect().height()
        })
    };
    let heights = (0..list.len() as u32).map(height).collect();
    column.set_inner_html("");
    heights
}
