//! Every screen measured in both languages, every theme and both ways of holding the tablet, switched in
//! the page: targets of a finger's size that do not overlap, no text cut off, the next step where it was,
//! and axe-core once per screen and theme.

use lanepad::catalogue::Label;
use lanepad::journal::DossierId;
use lanepad::money::{Fen, Quantity};
use lanepad::route::{Route, Step};
use lanepad::visit::Change;
use lanepad::visit::addition::Reply;
use lanepad::visit::customer::PersonName;
use lanepad::visit::order::{Item, Terms};
use serde_json::{Value, json};

use crate::accessible::{axe, findings};
use crate::browser::{Browser, open_demo_as};
use crate::estimate::{open_all, put_down_two};
use crate::reception::{CHINESE, sign_both, take_in};
use crate::server::Server;
use crate::tablet::{Http, Tablet};

/// What is wrong on the screen that is shown: one sentence each.
const MEASURE: &str = r#"
const named = e => `${e.tagName.toLowerCase()}${e.id ? '#' + e.id : ''}.${e.className} “${(e.innerText || e.getAttribute('aria-label') || '').trim().slice(0, 24)}”`;
const boxOf = e => {
  const own = e.getBoundingClientRect();
  const box = { left: own.left, top: own.top, right: own.right, bottom: own.bottom };
  for (let p = e.parentElement; p; p = p.parentElement) {
    if (getComputedStyle(p).overflow === 'visible') continue;
    const r = p.getBoundingClientRect();
    box.left = Math.max(box.left, r.left); box.top = Math.max(box.top, r.top);
    box.right = Math.min(box.right, r.right); box.bottom = Math.min(box.bottom, r.bottom);
  }
  return box;
};
const shown = e => e.checkVisibility({ visibilityProperty: true }) && !e.closest('.sr, [aria-hidden=true]') && e.getBoundingClientRect().width > 0;
const stays = e => { for (let p = e; p; p = p.parentElement) if (['sticky', 'fixed'].includes(getComputedStyle(p).position)) return p; return null; };
const targets = [...document.querySelectorAll('button, a[href], input:not([type=file]), textarea, label.add')].filter(shown);
const found = [];
for (const e of targets) {
  const { width, height } = e.getBoundingClientRect();
  if (width < 47.5 || height < 47.5) found.push(`${named(e)} is ${Math.round(width)} × ${Math.round(height)}`);
}
const boxes = targets.map(e => [e, boxOf(e)]).filter(([, b]) => b.right > b.left && b.bottom > b.top);
boxes.forEach(([e, a], at) => {
  for (const [other, b] of boxes.slice(at + 1)) {
    if (e.contains(other) || other.contains(e)) continue;
    // What is scrolled goes under a bar that stays.
    if (stays(e) !== stays(other)) continue;
    const [x, y] = [Math.min(a.right, b.right) - Math.max(a.left, b.left), Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)];
    if (x > 1 && y > 1) found.push(`${named(e)} and ${named(other)} overlap by ${Math.round(x)} × ${Math.round(y)}`);
  }
});
for (const e of document.querySelectorAll('body *')) {
  if (!shown(e) || e.closest('svg, textarea, input, #pages') || e.closest('.ell')) continue;
  const clips = ['hidden', 'clip'].includes(getComputedStyle(e).overflowX);
  const holds = e.matches('button, a, label, h1, h2, b, p, td, th, .chip, .tag');
  if ((clips || holds) && e.clientWidth > 1 && e.scrollWidth > e.clientWidth + 1) found.push(`${named(e)} is cut: ${e.scrollWidth} in ${e.clientWidth}`);
}
if (document.documentElement.scrollWidth > innerWidth) { const out = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1).slice(0, 4); found.push('the page is wider than the screen: ' + out.map(named).join(', ')); }
const steps = [...document.querySelectorAll('.pri')].filter(b => b.offsetHeight > 0 && !b.closest('#pages'));
if (steps.length > 1) found.push(`${steps.length} next steps`);
const step = steps[0]?.getBoundingClientRect();
return [found, step ? [innerWidth - step.right, innerHeight - step.bottom] : null];
"#;

async fn measure(browser: &Browser) -> (Vec<String>, Value) {
    let measured = browser.js(MEASURE, vec![]).await;
    let found = measured[0].as_array().expect("a list").iter();
    (found.map(|finding| finding.as_str().expect("a sentence").to_owned()).collect(), measured[1].clone())
}

/// Opens a screen without loading the page again.
async fn show(browser: &Browser, route: Route) {
    browser.js("location.hash = arguments[0]", vec![route.address().into()]).await;
    let drawn = "return location.hash === arguments[0] && document.querySelector('main, .cm') !== null && (arguments[1] === '' || document.querySelector(arguments[1]) !== null)";
    // Frame and screen come together but for the paper, whose pages follow their measuring.
    let also = if matches!(route, Route::Paper(_)) { "#pages .page" } else { "" };
    browser.until("the screen", drawn, vec![route.address().into(), also.into()]).await;
    if matches!(route, Route::Visit(_, Step::Estimate)) {
        open_all(browser).await;
    }
    let rest =
        "return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))";
    browser.js(rest, vec![]).await;
}

/// Chooses on the settings screen: of the switch with that many choices, or that names itself so.
async fn switch(browser: &Browser, language: &str, theme: usize) {
    show(browser, Route::Settings).await;
    let language_is = "const all = [...document.querySelectorAll('.main .seg')]; const button = all.flatMap(s => [...s.children]).find(b => b.innerText.trim() === arguments[0]); button?.click(); return button?.getAttribute('aria-pressed') === 'true'";
    browser.until(language, language_is, vec![language.into()]).await;
    let theme_is = "const seg = [...document.querySelectorAll('.main .seg')].find(s => s.children.length === 4); const button = seg?.children[arguments[0]]; button?.click(); return button?.getAttribute('aria-pressed') === 'true'";
    browser.until("the theme", theme_is, vec![theme.into()]).await;
}

/// A visit that is signed, and changed since by a colleague who types values as long as they come.
async fn with_the_longest_values(browser: &Browser, server: &Server) -> DossierId {
    take_in(browser, &CHINESE).await;
    sign_both(browser).await;
    put_down_two(browser).await;
    browser.sync("complete").await;
    let hash = browser.js("return location.hash", vec![]).await;
    let dossier = hash.as_str().unwrap().rsplit('/').next().unwrap().parse().expect("a visit");
    let (line, colleague) = (Http::new(&server.address), Tablet::new(7));
    colleague.exchange(&line).await.unwrap();
    let name = PersonName::read("Maximilian Alexander von Hohenstein-Sayn-Wittgenstein-Berleburgs").value();
    colleague.write(dossier, Change::CustomerNamed { name: name.expect("a name").into() });
    let words = "早上起步右前轮有咔咔声，左转更响，过减速带时更明显，跑了二十公里以后慢慢变小，停车再开又有；上次换过减震器以后就开始了。".repeat(3);
    colleague.write(
        dossier,
        Change::ConcernRecorded { words: words.clone().into(), symptom: Some("noise".into()) },
    );
    let addition = colleague.write(dossier, Change::AdditionFound { reason: words.clone().into() });
    colleague.write(dossier, Change::AdditionRisked { addition, risk: Some(words.into()) });
    let name = Label {
        zh: "更换动力电池高压维修开关总成及其密封件".into(),
        en: "Replace the traction battery's high-voltage service disconnect with its seals".into(),
    };
    let item =
        Item { code: "R0011".into(), name, origin: None, skill: None, guarantee: None, old_part: None };
    let terms = Terms { quantity: Quantity(999_000), ..Terms::of_one(Fen(99_999_999)) };
    let added = Change::LineAdded { concern: Some(addition), item, terms, suggested: false, variant: None };
    let declined = colleague.write(dossier, added);
    let reply = Reply { accepted: Some(false), ..Reply::default() };
    colleague.write(dossier, Change::LineReplied { line: declined, reply });
    colleague.exchange(&line).await.unwrap();
    show(browser, Route::Board).await;
    browser.reads("Maximilian").await;
    dossier
}

#[tokio::test]
async fn no_screen_has_a_small_or_covered_target_a_cut_text_or_a_next_step_elsewhere() {
    let (_folder, server, browser) = open_demo_as("zh-CN", (1180, 820), "light").await;
    let dossier = with_the_longest_values(&browser, &server).await;
    browser.js(&axe(), vec![]).await;
    let screens: Vec<Route> =
        Route::every(dossier).into_iter().filter(|route| !route.is_customers()).collect();
    let mut found = Vec::new();
    for size in [(1180, 820), (820, 1180)] {
        browser.size(size).await;
        browser.until("the turn", "return innerWidth === arguments[0]", vec![size.0.into()]).await;
        let mut corner = Value::Null;
        for language in ["中文", "English"] {
            for theme in 1..4 {
                switch(&browser, language, theme).await;
                for route in &screens {
                    show(&browser, *route).await;
                    let (wrong, step) = measure(&browser).await;
                    let place = format!("{route:?}, {language}, theme {theme}, {} wide", size.0);
                    found.extend(wrong.into_iter().map(|wrong| format!("{place}: {wrong}")));
                    if corner.is_null() {
                        corner = step.clone();
                    }
                    // Lists that only show have none.
                    if !step.is_null() && step != corner {
                        found.push(format!("{place}: the next step ends at {step}, elsewhere at {corner}"));
                    }
                    // What axe-core finds does not hang on language and turn: once per screen and theme.
                    if (size.0, language) == (1180, "中文") {
                        found.extend(findings(&browser).await.into_iter().map(|v| format!("{place}: {v}")));
                    }
                }
            }
        }
    }
    assert!(found.is_empty(), "{} findings\n{}", found.len(), found.join("\n"));
    browser.quit().await;
}

#[tokio::test]
async fn the_measure_finds_a_shifted_step_a_small_target_an_overlap_and_a_cut_label() {
    let (_folder, _server, browser) = open_demo_as("en", (1180, 820), "light").await;
    browser.sees("[data-appointment] .btn").await;
    let (nothing, right) = measure(&browser).await;
    assert_eq!(nothing, Vec::<String>::new());
    let after = async |change: &str| {
        browser.js(change, vec![]).await;
        measure(&browser).await
    };
    let (_, shifted) = after("document.querySelector('.pri').style.marginRight = '3px'").await;
    assert_ne!(shifted, right, "a step that moved by 3 px");
    let (small, _) = after("document.querySelector('.pri').style.cssText = 'transition:none;scale:.7'").await;
    assert!(small.iter().any(|wrong| wrong.contains(" is ")), "{small:?}");
    let (over, _) = after("document.querySelector('.pri').style.cssText = ''; document.querySelectorAll('.rail a')[1].style.cssText = 'position:relative;top:-40px'").await;
    assert!(over.iter().any(|wrong| wrong.contains("overlap")), "{over:?}");
    let (cut, _) = after("document.querySelector('#new-visit').style.cssText = 'width:60px;min-width:0;white-space:nowrap;overflow:hidden'").await;
    assert!(cut.iter().any(|wrong| wrong.contains("is cut")), "{cut:?}");
    assert_ne!(json!(null), right);
    browser.quit().await;
}
