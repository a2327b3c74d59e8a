//! The page of components, in a debug build as this one is; the release build is looked at by e2e.

use wasm_bindgen_test::wasm_bindgen_test;

use super::script;

const STYLES: &str = concat!(
    include_str!("../../public/styles/tokens.css"),
    include_str!("../../public/styles/components.css"),
    include_str!("../../public/styles/screens.css"),
    include_str!("../../public/styles/board.css"),
);

const AXE: &str = include_str!(concat!(env!("LANEPAD_NODE_MODULES"), "/axe-core/axe.min.js"));

/// Contrast, names and roles; a page beside a test runner has neither a title nor one main part.
const FINDINGS: &str = "axe.run('#lanepad-components', { resultTypes: ['violations'], rules: { 'page-has-heading-one': { enabled: false } } }).then(r => r.violations.map(v => v.id + ': ' + v.nodes.slice(0, 4).map(n => n.html.slice(0, 160)).join(' | ')).join('\\n'))";

#[wasm_bindgen_test]
async fn every_component_is_on_its_page_and_axe_finds_nothing_in_all_three_themes() {
    let style = format!(
        "(s => {{ s.textContent = {}; document.head.append(s); document.documentElement.lang = 'zh-CN'; return Promise.resolve(0) }})(document.createElement('style'))",
        serde_json::to_string(STYLES).unwrap()
    );
    script(&style).await;
    js_sys::eval(AXE).expect("axe");
    lanepad::tablet::show_components().await.unwrap();
    let count = script("Promise.resolve(document.querySelectorAll('[data-component]').length)").await;
    assert!(count.as_f64().unwrap() >= 15.0, "only {count:?} components");
    for theme in ["light", "dark", "sunlight"] {
        let choose = format!(
            "new Promise(done => {{ [...document.querySelectorAll('#lanepad-components .seg button')].find(b => b.textContent.trim() === '{theme}').click(); const look = () => document.documentElement.dataset.theme === '{theme}' ? done(0) : requestAnimationFrame(look); look(); }})"
        );
        script(&choose).await;
        let found = script(FINDINGS).await.as_string().unwrap();
        assert!(found.is_empty(), "{theme}:\n{found}");
    }
}
