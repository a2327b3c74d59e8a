//! The end of the form: what is agreed, and two hands below it; or a frame that says why there is one.

use super::blocks::{PAGES, both, escape, word};
use super::paper::{Headed, Paper};
use crate::decimal::{hundredths, tenths};
use crate::locale::Language;
use crate::visit::signature::Strokes;
use crate::visit::signing::Closing;

/// Room for a hand that writes day and time.
const DATE_BY_HAND: &str = "　　　年　　月　　日　　:　　";
const DATE_BY_HAND_EN: &str = "日期 Date　　　　 -　　 -　　　　:　　";

/// Role and name.
pub(super) type Who = (String, String);

fn side(t: Language, ink: &str, who: &Who, who_en: &Who, when: &str) -> String {
    let who = both(t, &format!("{}　{}", who.0, who.1), &format!("{}, {}", who_en.0, who_en.1));
    format!(
        "<div class=\"s\"><div class=\"ln\">{ink}</div><div class=\"who\"><span>{who}</span><span class=\"when\">{when}</span></div></div>"
    )
}

/// What stands on a line that was signed on the glass; without its strokes it was erased.
fn ink(t: Language, strokes: Option<&Strokes>) -> String {
    match strokes {
        Some(strokes) => strokes_svg(strokes),
        None => format!("<span class=\"none\">{}</span>", t.erased()),
    }
}

/// The line of who was to sign, and the time below it.
fn first_hand(paper: &Paper, t: Language) -> (String, String) {
    let Some((strokes, at)) = &paper.signed else { return Default::default() };
    let when = t.date_time(*at, paper.sheet.utc_offset_minutes);
    match paper.closing {
        Closing::Signed => (ink(t, strokes.as_ref()), when),
        // The hand that signs writes the date too.
        Closing::OnPaper => (String::new(), t.pick(DATE_BY_HAND, DATE_BY_HAND_EN).to_owned()),
        Closing::Refused => {
            let (zh, en) = (&paper.sheet.zh.refusal, &paper.sheet.en.refusal);
            let text = both(t, zh.as_deref().unwrap_or_default(), en.as_deref().unwrap_or_default());
            let frame = format!(
                "<p class=\"none refused\"><b>{}</b>　{text}</p>",
                t.pick(Language::ZhCn.refused_to_sign(), "拒绝签名 Refused to sign")
            );
            (frame, when)
        }
    }
}

pub(super) fn signatures(paper: &Paper, t: Language) -> String {
    let (zh, en) = (&paper.sheet.zh, &paper.sheet.en);
    let first = first_hand(paper, t);
    let second = on_the_glass(paper.countersigned.as_ref(), t, paper.sheet.utc_offset_minutes);
    agreed(
        t,
        (&zh.consent, &en.consent),
        (&zh.authority, &en.authority),
        side(t, &first.0, &zh.signer, &en.signer, &escape(&first.1))
            + &side(t, &second.0, &zh.advisor, &en.advisor, &second.1),
    )
}

/// What stands round the hands, in a language.
pub(super) struct Hands<'a> {
    pub(super) consent: &'a str,
    pub(super) authority: &'a Option<String>,
    pub(super) signer: &'a Who,
    pub(super) advisor: &'a Who,
}

/// The end of a paper: what is agreed, and two hands below it.
pub(super) fn hands<S: Headed>(paper: &Paper<S>, t: Language, zh: &Hands, en: &Hands) -> String {
    let offset = paper.sheet.head().utc_offset_minutes;
    let [first, second] =
        [&paper.signed, &paper.countersigned].map(|by| on_the_glass(by.as_ref(), t, offset));
    agreed(
        t,
        (zh.consent, en.consent),
        (zh.authority, en.authority),
        side(t, &first.0, zh.signer, en.signer, &first.1)
            + &side(t, &second.0, zh.advisor, en.advisor, &second.1),
    )
}

/// A hand that signed on the glass, and when.
fn on_the_glass(signed: Option<&(Option<Strokes>, i64)>, t: Language, offset: i32) -> (String, String) {
    match signed {
        Some((strokes, at)) => (ink(t, strokes.as_ref()), t.date_time(*at, offset)),
        None => Default::default(),
    }
}

/// The consent, what an authority rests on, and the hands.
fn agreed(
    t: Language,
    consent: (&str, &str),
    (authority, authority_en): (&Option<String>, &Option<String>),
    hands: String,
) -> String {
    let prevails = match t {
        Language::ZhCn => String::new(),
        Language::En => format!("<div class=\"n\">{}</div>", t.chinese_prevails()),
    };
    let authority = authority.as_ref().zip(authority_en.as_ref()).map(|(zh, en)| {
        format!(
            "<div class=\"f\"><div><i>{}</i><span>{}</span></div></div>",
            word(t, Language::authority),
            both(t, zh, en)
        )
    });
    format!(
        "<div class=\"agreed\">{}</div>{}{prevails}<div class=\"sign pair\">{hands}</div>",
        both(t, consent.0, consent.1).replace(Language::PAGES, PAGES),
        authority.unwrap_or_default(),
    )
}

/// Strokes as drawn, one black, as high as the line, never stretched.
fn strokes_svg(strokes: &Strokes) -> String {
    let (x, y, width, height) = strokes.bounds();
    let pad = 6.0;
    // 14 mm high: pixels per millimetre of this signature, for a pen of 0.35 to 0.7 mm.
    let per_mm = (height + 2.0 * pad) / 14.0;
    let paths: String = strokes
        .paths(0.35 * per_mm, 0.7 * per_mm)
        .into_iter()
        .map(|(path, width)| format!("<path d=\"{path}\" stroke-width=\"{}\"/>", hundredths(width)))
        .collect();
    format!(
        "<svg class=\"ink\" viewBox=\"{} {} {} {}\" preserveAspectRatio=\"xMinYMax meet\">{paths}</svg>",
        tenths(x - pad),
        tenths(y - pad),
        tenths(width + 2.0 * pad),
        tenths(height + 2.0 * pad)
    )
}
