//! What stands on the check-in form, in blocks that no page break cuts. In Chinese, or in both
//! languages: then English stands below in the same size, and a customer's own words as they were said.

use std::fmt::Write as _;

use super::drawing::{MOST_MARKS, car, disc};
use super::paper::Paper;
use super::sheet::{Sheet, SheetMark, SheetPhoto, SheetText, Tick};
use super::signatures::signatures;
use crate::icons::glyph;
use crate::journal::AttachmentId;
use crate::locale::Language;
use crate::visit::{Origin, Severity};

/// Where the number of pages will stand, which only the drawn paper knows; no text can hold it.
pub(super) const PAGES: &str = "<!--pages-->";

/// A word of the locale.
type Word = fn(Language) -> &'static str;

/// A piece of a page: what no page break cuts.
#[derive(Clone, Debug)]
pub struct Block {
    /// The section's name; consecutive blocks of one name stand under one heading.
    pub section: Word,
    /// What stands in it.
    pub html: String,
    /// Stays on one page with the block after it.
    pub with_next: bool,
}

impl Block {
    /// The section's name in English: what tells one section from another.
    pub(super) fn name(&self) -> &'static str {
        (self.section)(Language::En)
    }
}

impl PartialEq for Block {
    fn eq(&self, other: &Self) -> bool {
        (self.name(), &self.html, self.with_next) == (other.name(), &other.html, other.with_next)
    }
}

/// Text for HTML.
pub(super) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            _ => safe.push(c),
        }
    }
    safe
}

/// Chinese, and in two languages English on a line below where it says something else.
pub(super) fn both(t: Language, zh: &str, en: &str) -> String {
    below(t, &escape(zh), zh, en)
}

pub(super) fn below(t: Language, html: &str, zh: &str, en: &str) -> String {
    match t {
        Language::En if en.replace(", ", "，") != zh => {
            format!("{html}<span class=\"en\" lang=\"en\">{}</span>", escape(en))
        }
        Language::En | Language::ZhCn => html.to_owned(),
    }
}

/// The same for a word of the locale.
pub(super) fn word(t: Language, word: Word) -> String {
    both(t, word(Language::ZhCn), word(Language::En))
}

fn boxed(chosen: bool) -> String {
    let mark = if chosen {
        "<path d=\"M6 15.5 L13 23 L27 4\" fill=\"none\" stroke=\"#000\" stroke-width=\"4.4\" stroke-linecap=\"round\" stroke-linejoin=\"round\"/>"
    } else {
        ""
    };
    format!(
        "<svg class=\"box\" viewBox=\"0 0 31 31\" role=\"img\" aria-label=\"{}\"><rect x=\"1.2\" y=\"1.2\" width=\"28.6\" height=\"28.6\" fill=\"#fff\" stroke=\"#000\" stroke-width=\"2.2\"/>{mark}</svg>",
        if chosen { "✓" } else { "—" }
    )
}

/// Every option is printed, the chosen ones have a tick.
pub(super) fn options(t: Language, zh: &[Tick], en: &[Tick]) -> String {
    let mut html = String::new();
    for (zh, en) in zh.iter().zip(en) {
        let _ = write!(
            html,
            "<span class=\"opt\">{}<span>{}</span></span>",
            boxed(zh.chosen),
            both(t, &zh.label, &en.label)
        );
    }
    html
}

/// Nothing chosen is said in a word, so that nothing can be added later.
fn options_or_nothing(t: Language, zh: &[Tick], en: &[Tick]) -> String {
    let html = options(t, zh, en);
    if zh.iter().any(|tick| tick.chosen) {
        return html;
    }
    let nothing = format!("<b>{}</b>", Language::ZhCn.nothing());
    format!(
        "{html}<span class=\"opt\">{}</span>",
        below(t, &nothing, Language::ZhCn.nothing(), Language::En.nothing())
    )
}

/// A solid bar beside charge or fuel, of 100.
fn bar(level: u32) -> String {
    format!(
        " <svg class=\"level\" viewBox=\"0 0 220 34\"><rect x=\"1.5\" y=\"1.5\" width=\"207\" height=\"31\" fill=\"#fff\" stroke=\"#000\" stroke-width=\"3\"/><rect x=\"210\" y=\"10\" width=\"8\" height=\"14\" fill=\"#000\"/><rect x=\"6\" y=\"6\" width=\"{}\" height=\"22\" fill=\"#000\"/></svg> ",
        level.min(100) * 198 / 100
    )
}

/// A value with what must be seen first: the name, mileage, charge and fuel in bold, a bar.
fn value(sheet: &Sheet, label: &str, value: &str) -> String {
    let zh = Language::ZhCn;
    let strong = |big: &str| format!("<b class=\"big\">{}</b>", escape(big));
    if label == zh.customer() {
        // The name stands before its salutation; who signs may be somebody else.
        let name = value.strip_prefix(sheet.zh.signer.1.as_str()).map(|_| sheet.zh.signer.1.len());
        let (name, rest) = value.split_at(name.or_else(|| value.find(['，', ' '])).unwrap_or(value.len()));
        return format!("<b>{}</b>{}", escape(name), escape(rest));
    }
    if label == zh.odometer()
        && let Some((km, rest)) = value.split_once(' ')
    {
        return format!("{} {}", strong(km), escape(rest));
    }
    if label == zh.charge()
        && let Some((percent, rest)) = value.split_once(" %")
    {
        let rest = escape(rest.trim_start_matches('，'));
        return format!("{} %{}{rest}", strong(percent), bar(percent.parse().unwrap_or_default()));
    }
    if label == zh.fuel()
        && let Some(eighths) = value.strip_suffix("/8")
    {
        return strong(value) + &bar(eighths.parse().unwrap_or(0_u32) * 100 / 8);
    }
    escape(value)
}

fn fields(t: Language, sheet: &Sheet, zh: &[(String, String)], en: &[(String, String)]) -> String {
    let mut html = String::from("<div class=\"f c2\">");
    for ((label, said), (label_en, said_en)) in zh.iter().zip(en) {
        let _ = write!(
            html,
            "<div><i>{}</i><span>{}</span></div>",
            both(t, label, label_en),
            below(t, &value(sheet, label, said), said, said_en)
        );
    }
    html
}

fn condition(t: Language, sheet: &Sheet) -> String {
    let mut html = fields(t, sheet, &sheet.zh.condition, &sheet.en.condition);
    let _ = write!(
        html,
        "<div><i>{}</i><span class=\"opts\">{}</span></div></div>",
        both(t, "防护", "Covers"),
        options(t, &sheet.zh.covers, &sheet.en.covers)
    );
    html
}

/// `few` rows say everything in both languages; of many the English title alone stands below: the
/// legend says in both what a disc means.
fn mark_rows(t: Language, sheet: &Sheet, few: bool) -> Vec<String> {
    let rows = sheet.marks.iter().zip(sheet.zh.marks.iter().zip(&sheet.en.marks));
    rows.map(|(mark, ((title, details), (title_en, details_en)))| {
        let line = |text: &str| format!("<span class=\"d\" lang=\"en\">{}</span>", escape(text));
        let (zh, en) = (Language::ZhCn.photo(), Language::En.photo());
        let (details, english) = match t {
            Language::ZhCn => (details.clone(), String::new()),
            Language::En if few => (details.clone(), line(title_en) + &line(details_en)),
            Language::En => (details.replacen(zh, &format!("{zh} {en}"), 1), line(title_en)),
        };
        format!(
            "<li><span class=\"k\"><svg viewBox=\"-34 -34 68 68\">{}</svg></span><span class=\"g\"><svg viewBox=\"-13 -11 26 22\"><path d=\"{}\" fill=\"none\" stroke=\"#000\" stroke-width=\"2.6\" stroke-linecap=\"round\" stroke-linejoin=\"round\"/></svg></span><span><span class=\"t\">{}</span><span class=\"d\">{}</span>{english}</span></li>",
            disc(mark.number, mark.severity, mark.origin, (0.0, 0.0), 10.0),
            glyph(mark.kind),
            escape(title),
            escape(&details)
        )
    })
    .collect()
}

/// Which marks a drawing shows, where one alone would not be legible: `标记 31–60`.
fn which_marks(t: Language, marks: &[SheetMark]) -> String {
    let number = |mark: Option<&SheetMark>| mark.map(|mark| mark.number).unwrap_or_default();
    let numbers = format!("{}–{}", number(marks.first()), number(marks.last()));
    format!("<p class=\"n\"><b>{}</b></p>", both(t, &format!("标记 {numbers}"), &format!("Marks {numbers}")))
}

fn legend(t: Language, sheet: &Sheet) -> String {
    let entry = |shape: &str, word: Word| {
        let english = t.pick("", word(Language::En));
        format!("<span><svg viewBox=\"-21 -21 42 42\">{shape}</svg>{} {english}</span>", word(Language::ZhCn))
    };
    let circle = |paint: &str| format!("<circle r=\"15\" stroke=\"#000\" stroke-width=\"2.4\" {paint}/>");
    let severe = format!(
        "{}<circle r=\"20\" fill=\"none\" stroke=\"#000\" stroke-width=\"1.6\"/>",
        circle("fill=\"#000\"")
    );
    let mut entries = String::new();
    if !sheet.marks.is_empty() {
        entries += &entry(&circle("fill=\"#fff\""), |t| t.how_bad(Severity::Light));
        entries += &entry(&severe, |t| t.how_bad(Severity::Heavy));
        entries += &entry(&circle("fill=\"#fff\" stroke-dasharray=\"5 3.6\""), Language::known_before);
    }
    if sheet.marks.iter().any(|mark| mark.origin == Origin::Repaired) {
        let dots = "fill=\"#fff\" stroke-dasharray=\"0 4.4\" stroke-linecap=\"round\"";
        entries += &entry(&circle(dots), Language::repaired);
    }
    if !sheet.unlooked.is_empty() {
        let hatch = "<rect x=\"-18\" y=\"-18\" width=\"36\" height=\"36\" fill=\"url(#unlooked)\" stroke=\"#000\" stroke-width=\"1.6\"/>";
        entries += &entry(hatch, Language::nobody_looked);
    }
    format!("<div class=\"legend\">{entries}</div>")
}

pub(super) fn photos(
    t: Language,
    (photos, captions, captions_en): (&[SheetPhoto], &[String], &[String]),
    picture: &dyn Fn(AttachmentId, AttachmentId) -> Option<String>,
) -> Vec<String> {
    // Captions of two languages take two lines: many photos stand closer, so that two pages are enough.
    let (across, class) = match (photos.len(), t) {
        (..=5, _) => (5, ""),
        (9.., Language::En) => (6, " p12"),
        _ => (4, " p6"),
    };
    let captions = captions.iter().zip(captions_en);
    let mut figures = Vec::with_capacity(photos.len());
    for (at, (photo, (zh, en))) in photos.iter().zip(captions).enumerate() {
        let image = match picture(photo.attachment, photo.thumbnail) {
            Some(address) => format!("<img src=\"{}\" alt=\"{}\">", escape(&address), escape(zh)),
            None => format!("<span class=\"n\">{}</span>", t.photo_elsewhere()),
        };
        // The time stands once: where it finds room.
        let (subject, time) = zh.rsplit_once(' ').unwrap_or((zh, ""));
        let en = en.rsplit_once(' ').map_or(en.as_str(), |(subject, _)| subject);
        let caption = match t {
            Language::En if across != 4 => both(t, subject, &format!("{en} {time}")),
            _ => both(t, zh, en),
        };
        figures.push(format!(
            "<figure><div class=\"im\">{image}</div><figcaption><b>{}</b> {caption}</figcaption></figure>",
            at + 1
        ));
    }
    let row = |row: &[String]| format!("<div class=\"photos{class}\">{}</div>", row.concat());
    figures.chunks(across).map(row).collect()
}

/// What was found, as running text: so many findings to a paragraph that no page is too short for it.
fn findings(t: Language, sheet: &Sheet) -> Vec<String> {
    const MOST: usize = 8;
    let text = |list: &[String], stop: char| -> String {
        list.iter().map(|line| format!("{}{stop}", line.trim_end_matches(stop))).collect::<Vec<_>>().join(" ")
    };
    let both = |(zh, en): (&[String], &[String])| {
        format!("<p class=\"n\">{}</p>", both(t, &text(zh, '。').replace("。 ", "。"), &text(en, '.')))
    };
    sheet.zh.findings.chunks(MOST).zip(sheet.en.findings.chunks(MOST)).map(both).collect()
}

/// The blocks of a paper in order. `picture` gives an address for an attachment that is here.
pub fn blocks(
    paper: &Paper,
    t: Language,
    picture: &dyn Fn(AttachmentId, AttachmentId) -> Option<String>,
) -> Vec<Block> {
    let sheet = &paper.sheet;
    let (zh, en) = (&sheet.zh, &sheet.en);
    let mut list: Vec<Block> = Vec::new();
    let mut add = |section: Word, html: String, with_next: bool| {
        list.push(Block { section, html, with_next });
    };
    add(Language::vehicle_delivered, fields(t, sheet, &zh.vehicle, &en.vehicle) + "</div>", false);
    add(Language::state_of_car, condition(t, sheet), false);

    let few = sheet.marks.len() <= 6;
    let rows = mark_rows(t, sheet, few);
    let none = if rows.is_empty() {
        format!("<p><b>{}</b></p>", word(t, Language::no_damage))
    } else {
        String::new()
    };
    let mut findings = findings(t, sheet).into_iter();
    let first = findings.next().unwrap_or_default();
    if t == Language::ZhCn && few {
        // The drawing floats: what is longer than it goes on below it, in the whole width.
        let html = format!(
            "<div class=\"car-row\"><div class=\"car-side\">{}{}</div>{none}<ul class=\"marks\">{}</ul>{first}</div>",
            car(sheet, &sheet.marks, t, 100.0),
            legend(t, sheet),
            rows.concat(),
        );
        add(Language::exterior, html, false);
    } else {
        let (class, wide) = match (few, t) {
            (false, Language::ZhCn) => ("", 124.0),
            (true, _) | (_, Language::En) => (" few", 100.0),
        };
        let mut first = none + &first;
        let drawings = sheet.marks.len().div_ceil(MOST_MARKS).max(1);
        for drawing in 0..drawings {
            let some = |length: usize| {
                let from = drawing * MOST_MARKS;
                from.min(length)..(from + MOST_MARKS).min(length)
            };
            let which = if drawings > 1 {
                which_marks(t, &sheet.marks[some(sheet.marks.len())])
            } else {
                String::new()
            };
            let html = format!(
                "<div class=\"wide-car{class}\">{}</div><div class=\"under\">{which}{}{}</div>",
                car(sheet, &sheet.marks[some(sheet.marks.len())], t, wide),
                std::mem::take(&mut first),
                legend(t, sheet)
            );
            let rows = &rows[some(rows.len())];
            // A drawing is not left behind without a row of its list.
            add(Language::exterior, html, !rows.is_empty());
            for pair in rows.chunks(2) {
                add(Language::exterior, format!("<ul class=\"marks pair\">{}</ul>", pair.concat()), false);
            }
        }
    }
    for more in findings {
        add(Language::exterior, more, false);
    }
    for row in photos(t, (&sheet.photos, &zh.photos, &en.photos), picture) {
        add(Language::photos, row, false);
    }
    let valuables = below(t, &escape(&zh.valuables), &zh.valuables, &en.valuables);
    let belongings = format!(
        "<div class=\"opts\">{}<span class=\"all\"><span class=\"lab\">{}</span>　{valuables}</span></div>",
        options_or_nothing(t, &zh.belongings, &en.belongings),
        Language::ZhCn.valuables()
    );
    add(Language::belongings, belongings, false);
    let kept = options_or_nothing(t, &zh.kept, &en.kept);
    add(Language::kept_here, format!("<div class=\"opts\">{kept}</div>"), false);
    let asked = |text: &SheetText, at: usize| -> String {
        text.asked.as_ref().and_then(|asked| asked.get(at)).cloned().unwrap_or_default()
    };
    for (at, concern) in zh.concerns.iter().enumerate() {
        let (asked, asked_en) = (asked(zh, at), asked(en, at));
        let asked = match asked.is_empty() {
            true => String::new(),
            false => format!("<p class=\"n\">{}</p>", both(t, &asked, &asked_en)),
        };
        let parts = lines_of(concern);
        let last = parts.len() - 1;
        for (part, words) in parts.iter().enumerate() {
            let asked = if part == last { asked.as_str() } else { "" };
            add(Language::concerns, format!("<div class=\"words\">{}</div>{asked}", escape(words)), false);
        }
    }
    let notice = |text: &SheetText| format!("<p class=\"fine\">{}</p>", escape(&text.notice));
    let notice = match t {
        Language::ZhCn => notice(zh),
        Language::En => notice(zh) + &notice(en),
    };
    add(Language::personal_information, notice, true);
    add(Language::signature, signatures(paper, t), false);
    list
}

/// Verbatim words in parts that a page can hold, at the ends of their own lines.
fn lines_of(words: &str) -> Vec<String> {
    const MOST: usize = 400;
    let mut parts: Vec<String> = Vec::new();
    for line in words.split('\n') {
        let chars: Vec<char> = line.chars().collect();
        parts.extend(chars.chunks(MOST).map(|part| part.iter().collect::<String>()));
    }
    if parts.is_empty() { vec![String::new()] } else { parts }
}
