//! `#/components`, in debug builds only: tokens and components in their states on one page. Nothing here
//! is a screen; what a screen needs stands where screens take it from.

use crate::tablet::markup::{CollectView as _, Markup, derive, view};
use leptos::prelude::*;

use crate::tablet::signals::{RwSignal, effect};

use crate::icons::{Icon, glyph};
use crate::tablet::app::App;
use crate::tablet::components::{chip, icon, pad, plate, segments};
use crate::tablet::device::Theme;
use crate::visit::DamageKind;
use crate::visit::signature::Strokes;
use crate::visit::vehicle::{NoPlate, Plate, PlateColour, PlateNumber};

const COLOURS: [&str; 16] = [
    "bg",
    "surface",
    "surface-2",
    "line",
    "line-strong",
    "ink",
    "ink-2",
    "ink-3",
    "accent",
    "accent-soft",
    "good",
    "good-soft",
    "warn",
    "warn-soft",
    "bad",
    "bad-soft",
];

/// Of this page alone; it is not in the app's styles.
const STYLE: &str = ".part{gap:16px 24px;align-items:flex-start}\
.part>.col{gap:4px}\
.part .key{width:58px}\
.part .pad{width:420px;height:160px}\
.part .grades{width:340px}\
.part .strip{width:420px;height:80px}\
.swatch{display:block;width:72px;height:48px;border:1px solid var(--line-strong);border-radius:6px}";

fn part(name: &'static str, states: Vec<(&'static str, Markup)>) -> Markup {
    let states = states
        .into_iter()
        .map(|(state, shown)| view! { <div class="col"><div class="row wrap">{shown}</div><span class="note">{state}</span></div> });
    view! { <section class="card pad-in" data-component=name><h2 class="sec">{name}</h2><div class="row wrap part">{states.collect_view()}</div></section> }
}

fn number(text: &str, colour: PlateColour) -> Option<Plate> {
    PlateNumber::read(text).value().map(|number| Plate::Number { number, colour })
}

fn button(
    class: &'static str,
    state: Option<&'static str>,
    disabled: bool,
    mark: Icon,
    word: &'static str,
) -> Markup {
    view! { <button type="button" class=class data-s=state disabled=disabled>{icon(mark)}{word}</button> }
}

fn grades(name: &'static str, chosen: &'static [&'static str], two: bool) -> Markup {
    let grade = |(id, mark, word): (&'static str, Icon, &'static str)| {
        let is = chosen.contains(&id);
        view! {
            <button type="button" class="grade" data-g=id aria-pressed=(is && !two).to_string() data-two=(is && two).then_some("")>{icon(mark)}<span>{word}</span></button>
        }
    };
    let all = [
        ("good", Icon::Tick, "良好"),
        ("warn", Icon::Warning, "注意"),
        ("bad", Icon::Cross, "异常"),
        ("na", Icon::Dash, "不适用"),
    ];
    view! { <div class="grades" role="group" aria-label=name>{all.map(grade).collect_view()}</div> }
}

fn mark(class: &'static str, kind: DamageKind) -> Markup {
    let ring = (class == "mk h").then(|| view! { <circle class="hr" r="21"></circle> });
    view! {
        <svg class="car" width="56" height="56" viewBox="-28 -28 56 56" aria-hidden="true"><g class=class>{ring}<circle class="d" r="16"></circle><path class="gl" d=glyph(kind)></path></g></svg>
    }
}

fn zone(state: &'static str) -> Markup {
    view! {
        <svg class="car" width="96" height="64" viewBox="0 0 96 64" aria-hidden="true"><rect class="o" x="4" y="4" width="88" height="56" rx="8"></rect><rect class="zone" data-z=state x="4" y="4" width="88" height="56" rx="8"></rect></svg>
    }
}

fn field(class: &'static str, label: &'static str, text: &'static str, said: Option<Markup>) -> Markup {
    view! { <div class="fld"><label><span class="label">{label}</span><span class=class><input value=text /></span></label>{said}</div> }
}

fn sync(class: &'static str, mark: Icon, word: &'static str, note: &'static str) -> Markup {
    view! { <span class=class>{icon(mark)}<span><b>{word}</b><span class="small">{note}</span></span></span> }
}

fn step(state: &'static str, dot: Markup, word: &'static str) -> Markup {
    view! { <a data-s=state href="#/components"><span class="dot">{dot}</span><span>{word}</span></a> }
}

fn plates(app: App) -> Markup {
    let t = app.t();
    let none = Some(Plate::None { reason: NoPlate::NewCar });
    part(
        "Plate",
        vec![
            ("blue", plate(t, number("京A8F2K6", PlateColour::Blue).as_ref(), "p44")),
            ("green", plate(t, number("粤BD12345", PlateColour::Green).as_ref(), "p44")),
            ("yellow", plate(t, number("粤S5T120", PlateColour::Yellow).as_ref(), "p44")),
            ("white", plate(t, number("粤A7316X", PlateColour::White).as_ref(), "p44")),
            ("none", plate(t, none.as_ref(), "p44")),
        ],
    )
}

fn controls() -> Markup {
    let (on, choice) = (RwSignal::new(true), RwSignal::new(0_u8));
    let word = |word: &'static str| derive(move || word.to_owned());
    let choices = vec![(0, word("带走")), (1, word("留店"))];
    view! {
        {part("Primary button", vec![
            ("rest", button("btn pri", None, false, Icon::Forward, "下一区")),
            ("pressed", button("btn pri", Some("pressed"), false, Icon::Forward, "下一区")),
            ("disabled", button("btn pri", None, true, Icon::Pen, "请签名")),
        ])}
        {part("Secondary button", vec![
            ("rest", button("btn", None, false, Icon::Tick, "其余良好")),
            ("pressed", button("btn", Some("pressed"), false, Icon::Tick, "其余良好")),
            ("disabled", button("btn", None, true, Icon::Tick, "其余良好")),
            ("quiet", button("btn sm quiet", None, false, Icon::Pen, "修改")),
        ])}
        {part("Chip", vec![
            ("rest", chip(word("转弯"), derive(|| false), |_| {})),
            ("chosen", chip(word("起步"), on.into(), move |now| on.set(now))),
        ])}
        {part("Segmented choice", vec![("one of two", segments(|| "旧件".to_owned(), choices, derive(move || Some(choice.get())), move |now| choice.set(now)))])}
        {part("Key", vec![
            ("rest", view! { <button type="button" class="key">"B"</button> }),
            ("forbidden", view! { <button type="button" class="key" disabled=true>"I"</button> }),
        ])}
    }
}

fn states() -> Markup {
    view! {
        {part("Four grades", vec![
            ("not yet", grades("a", &[], false)), ("good", grades("b", &["good"], false)), ("watch", grades("c", &["warn"], false)),
            ("bad", grades("d", &["bad"], false)), ("not applicable", grades("e", &["na"], false)), ("two answers", grades("f", &["good", "bad"], true)),
        ])}
        {part("Zone", ["done", "todo", "now", "next", "warn", "bad"].map(|state| (state, zone(state))).into())}
        {part("Damage mark", vec![
            ("scratch, severe", mark("mk h", DamageKind::Scratch)), ("dent, slight", mark("mk l", DamageKind::Dent)), ("chip", mark("mk l", DamageKind::Chip)),
            ("crack", mark("mk h", DamageKind::Crack)), ("scuff", mark("mk l", DamageKind::Scuff)), ("there before", mark("mk k", DamageKind::Missing)),
        ])}
        {part("Step strip", vec![("done, missing, here, open", view! {
            <nav class="strip" aria-label="steps">{step("done", icon(Icon::Tick), "车辆")}{step("miss", icon(Icon::Warning), "环车检查")}{step("now", view! { "3" }, "问诊")}{step("", view! { "4" }, "接车单")}</nav>
        })])}
        {part("Tag", vec![
            ("here", view! { <span class="tag acc">{icon(Icon::Car)}"环车检查 27/37"</span> }), ("waiting", view! { <span class="tag warn">{icon(Icon::Words)}"等顾客答复"</span> }),
            ("late", view! { <span class="tag bad">{icon(Icon::Clock)}"超时 25 分"</span> }), ("done", view! { <span class="tag good">{icon(Icon::Tick)}"已签名"</span> }),
            ("neutral", view! { <span class="tag">{icon(Icon::Cross)}"已取消"</span> }),
        ])}
        {part("Field", vec![
            ("rest", field("field", "里程", "31905", None)), ("focus", field("field focus", "里程", "3841", None)),
            ("error", field("field err", "里程", "3841", Some(view! { <span class="said bad">{icon(Icon::Warning)}"比上次少，请选原因"</span> }))),
            ("warning", field("field ask", "车架号", "LGXCE4CB7P0", Some(view! { <span class="said ask">{icon(Icon::Info)}"校验位不符，可继续"</span> }))),
        ])}
        {part("Photo", vec![
            ("unsent", view! { <div class="ph"><span class="b">"3"{icon(Icon::Unsent)}</span></div> }),
            ("add", view! { <button type="button" class="add">{icon(Icon::Camera)}"拍照"</button> }),
        ])}
        {part("Sync state", vec![
            ("complete", sync("sync good", Icon::Tick, "已齐", "已连接")), ("sent", sync("sync", Icon::Sent, "已发送", "已连接")),
            ("offline", sync("sync warn", Icon::Offline, "已存本机", "6 条待发送")), ("refused", sync("sync bad", Icon::Warning, "没有收下", "2 条")),
        ])}
        {part("Sentence", vec![
            ("care", view! { <p class="care row">{icon(Icon::Warning)}"平板空间不够"</p> }), ("ready", view! { <p class="ready">{icon(Icon::Tick)}"都齐了"</p> }),
            ("trouble", view! { <p class="said bad">{icon(Icon::Warning)}"没有存下"</p> }),
        ])}
        {part("Progress", vec![("27 of 37", view! { <div class="bar" style="width:160px"><i style="width:73%"></i></div> })])}
        {part("PIN", vec![("three of six", view! { <div class="pin"><i class="f"></i><i class="f"></i><i class="f"></i><i></i><i></i><i></i></div> })])}
    }
}

/// The page.
pub(crate) fn components(app: App) -> Markup {
    let strokes = RwSignal::new(Strokes::default());
    let themes = [(Theme::Light, "light"), (Theme::Dark, "dark"), (Theme::Sunlight, "sunlight")];
    let theme = move |(theme, word): (Theme, &'static str)| (theme, derive(move || word.to_owned()));
    let colours = COLOURS.map(|name| {
        view! { <div class="col"><span class="swatch" style=format!("background:var(--{name})")></span><span class="note">{name}</span></div> }
    });
    let dressed = move || {
        if let Some(root) = document().document_element() {
            let name = match app.theme.get() {
                Theme::System | Theme::Light => "light",
                Theme::Dark => "dark",
                Theme::Sunlight => "sunlight",
            };
            let _ = root.set_attribute("data-theme", name);
        }
    };
    effect(move |_| dressed());
    view! {
        <main class="desk" id="lanepad-components"><style>{STYLE}</style><div class="form">
            <h1 class="say">"Components"</h1>
            {segments(|| "Theme".to_owned(), themes.map(theme).to_vec(), derive(move || Some(app.theme.get())), move |theme| app.theme.set(theme))}
            <section class="card pad-in"><h2 class="sec">"Colours"</h2><div class="row wrap">{colours.collect_view()}</div></section>
            {plates(app)}{controls()}{states()}
            {part("Signature pad", vec![("empty or signed", pad(app, strokes))])}
        </div></main>
    }
}
