//! The check-in form as A4 pages of HTML. A block is what no page break cuts; the screen measures
//! blocks, [`paginate`] distributes them, [`draw_pages`] draws the pages.

use std::fmt::Write as _;

use super::drawing::{car, disc};
use super::sheet::{Sheet, SheetText, Tick};
use crate::icons::glyph;
use crate::journal::{AttachmentId, EntryId, Personal};
use crate::locale::Language;
use crate::visit::Visit;
use crate::visit::check_in::SignedCheckIn;
use crate::visit::signature::Strokes;

/// What a paper is, beside what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaperState {
    /// Not signed: no digest, no code.
    Draft,
    /// The first print after signing.
    Original,
    /// A later print, counted from 1.
    Copy(usize),
}

/// Everything that a paper is drawn from.
#[derive(Clone, Debug)]
pub struct Paper {
    /// Every word.
    pub sheet: Sheet,
    /// Draft, original or copy.
    pub state: PaperState,
    /// From 1.
    pub version: usize,
    /// The signing entry.
    pub digest: Option<EntryId>,
    /// The customer's strokes and the time of signing.
    pub signed: Option<(Option<Strokes>, i64)>,
    /// The advisor's strokes and the time.
    pub countersigned: Option<(Option<Strokes>, i64)>,
    /// The later version and its time, where there is one.
    pub superseded: Option<(usize, i64)>,
}

/// A piece of a page: what no page break cuts.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// The section's name; consecutive blocks of one name stand under one heading.
    pub section: String,
    /// What stands in it.
    pub html: String,
    /// Stays on one page with the block after it.
    pub with_next: bool,
}

/// Which blocks stand on a page.
pub type Piece = std::ops::Range<usize>;

impl Paper {
    /// The paper that a signed form is, as it is printed now; the newest version holds.
    pub fn of_signed(papers: &[SignedCheckIn], which: usize) -> Option<Self> {
        let signed = papers.get(which)?;
        let strokes = |strokes: &Personal<Strokes>| strokes.value().cloned();
        Some(Self {
            sheet: (**signed.sheet.value()?).clone(),
            state: match signed.printed {
                0 => PaperState::Original,
                printed => PaperState::Copy(printed),
            },
            version: signed.version,
            digest: Some(signed.id),
            signed: Some((strokes(&signed.strokes), signed.at)),
            countersigned: signed.countersigned.as_ref().map(|(hand, _, at)| (strokes(hand), *at)),
            superseded: papers.get(which + 1).map(|later| (later.version, later.at)),
        })
    }

    /// The paper before it is signed.
    pub fn draft(sheet: Sheet, visit: &Visit) -> Self {
        Self {
            sheet,
            state: PaperState::Draft,
            version: visit.signed_check_ins().len() + 1,
            digest: None,
            signed: None,
            countersigned: None,
            superseded: None,
        }
    }

    fn digest_text(&self) -> Option<String> {
        let digits = self.digest?.to_string().to_ascii_uppercase();
        Some(
            digits
                .as_bytes()
                .chunks(4)
                .take(4)
                .map(|four| String::from_utf8_lossy(four).into_owned())
                .collect::<Vec<_>>()
                .join(" "),
        )
    }

    /// What the code says: the whole digest.
    pub fn code(&self) -> Option<String> {
        let digest = self.digest?.to_string().to_ascii_uppercase();
        Some(format!("LANEPAD/1:{}:{}:{digest}", self.sheet.number, self.version))
    }
}

/// `JC20260318-003B_v1_粤BD12345_接车登记表.pdf`: no name and no phone number.
pub fn file_name(paper: &Paper, language: Language) -> String {
    let car = if paper.sheet.without_plate {
        let vin: String = paper.sheet.vin.chars().filter(|c| *c != ' ').collect();
        vin.chars().skip(vin.chars().count().saturating_sub(6)).collect()
    } else {
        paper.sheet.plate.replace('·', "")
    };
    let state = match paper.state {
        PaperState::Draft => format!("_{}", language.draft()),
        PaperState::Original => String::new(),
        PaperState::Copy(count) => format!("_{}{count}", language.copy()),
    };
    format!("{}_v{}_{car}_{}{state}", paper.sheet.number, paper.version, language.check_in_form())
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

fn tick(option: &Tick) -> String {
    let mark = if option.chosen {
        "<path d=\"M6 15.5 L13 23 L27 4\" fill=\"none\" stroke=\"#000\" stroke-width=\"4.4\" stroke-linecap=\"round\" stroke-linejoin=\"round\"/>"
    } else {
        ""
    };
    format!(
        "<span class=\"opt\"><svg class=\"box\" viewBox=\"0 0 31 31\" role=\"img\" aria-label=\"{}\"><rect x=\"1.2\" y=\"1.2\" width=\"28.6\" height=\"28.6\" fill=\"#fff\" stroke=\"#000\" stroke-width=\"2.2\"/>{mark}</svg>{}</span> ",
        if option.chosen { "✓" } else { "—" },
        escape(&option.label)
    )
}

fn fields(list: &[(String, String)], sheet: &Sheet, language: Language) -> String {
    let mut html = String::from("<div class=\"f c2\">");
    for (label, value) in list {
        let bar = sheet.level.filter(|_| {
            *label == language.charge()
                || (*label == language.fuel() && !list.iter().any(|(other, _)| *other == language.charge()))
        });
        let bar = bar.map_or(String::new(), |level| {
            format!(" <svg class=\"level\" viewBox=\"0 0 220 34\"><rect x=\"1.5\" y=\"1.5\" width=\"207\" height=\"31\" fill=\"#fff\" stroke=\"#000\" stroke-width=\"3\"/><rect x=\"210\" y=\"10\" width=\"8\" height=\"14\" fill=\"#000\"/><rect x=\"6\" y=\"6\" width=\"{}\" height=\"22\" fill=\"#000\"/></svg>", u32::from(level) * 198 / 100)
        });
        let big = if *label == language.odometer() { " class=\"big\"" } else { "" };
        let _ = write!(
            html,
            "<div><i>{}</i><span><b{big}>{}</b>{bar}</span></div>",
            escape(label),
            escape(value)
        );
    }
    html + "</div>"
}

fn mark_rows(sheet: &Sheet, text: &SheetText) -> Vec<String> {
    let rows = sheet.marks.iter().zip(&text.marks);
    rows.map(|(mark, (title, details))| {
        format!(
            "<li><span class=\"k\"><svg viewBox=\"-21 -21 42 42\">{}</svg></span><span class=\"g\"><svg viewBox=\"-13 -11 26 22\"><path d=\"{}\" fill=\"none\" stroke=\"#000\" stroke-width=\"2.6\" stroke-linecap=\"round\" stroke-linejoin=\"round\"/></svg></span><span><span class=\"t\">{}</span><br><span class=\"d\">{}</span></span></li>",
            disc(mark.number, mark.severity, mark.origin, 0.0, 0.0),
            glyph(mark.kind),
            escape(title),
            escape(details)
        )
    })
    .collect()
}

fn legend(language: Language) -> String {
    let entry = |circle: &str, word: &str| {
        format!(
            "<span><svg viewBox=\"-21 -21 42 42\"><circle r=\"15\" stroke=\"#000\" stroke-width=\"2.4\" {circle}/></svg>{word}</span>"
        )
    };
    format!(
        "<div class=\"legend\">{}{}{}</div>",
        entry("fill=\"#fff\"", language.how_bad(crate::visit::Severity::Light)),
        entry("fill=\"#000\"", language.how_bad(crate::visit::Severity::Heavy)),
        entry("fill=\"#fff\" stroke-dasharray=\"5 3.6\"", language.known_before())
    )
}

/// The blocks of a paper in order. `picture` gives an address for an attachment that is here.
pub fn blocks(
    paper: &Paper,
    language: Language,
    picture: &dyn Fn(AttachmentId, AttachmentId) -> Option<String>,
) -> Vec<Block> {
    let sheet = &paper.sheet;
    let text = sheet.text(language);
    let t = language;
    let mut list: Vec<Block> = Vec::new();
    let mut add = |section: &str, html: String, with_next: bool| {
        list.push(Block { section: section.to_owned(), html, with_next });
    };
    add(t.vehicle_delivered(), fields(&text.vehicle, sheet, t), false);
    let covers: String = text.covers.iter().map(tick).collect();
    let covers =
        format!("<div class=\"f\"><div><i>{}</i><span>{covers}</span></div></div>", t.pick("防护", "Covers"));
    add(t.state_of_car(), fields(&text.condition, sheet, t) + &covers, false);

    let paragraphs = |lines: &[String]| {
        lines.iter().map(|line| format!("<p class=\"n\">{}</p>", escape(line))).collect::<String>()
    };
    let rows = mark_rows(sheet, text);
    let none = if rows.is_empty() { format!("<p><b>{}</b></p>", t.no_damage()) } else { String::new() };
    if rows.len() <= 6 && text.findings.len() <= 5 {
        let html = format!(
            "<div class=\"car-row\">{}<div>{none}<ul class=\"marks\">{}</ul>{}{}</div></div>",
            car(sheet, t),
            rows.concat(),
            legend(t),
            paragraphs(&text.findings)
        );
        add(t.exterior(), html, false);
    } else {
        add(
            t.exterior(),
            format!("<div class=\"wide-car\">{}</div>{none}{}", car(sheet, t), legend(t)),
            false,
        );
        for pair in rows.chunks(2) {
            add(t.exterior(), format!("<ul class=\"marks two\">{}</ul>", pair.concat()), false);
        }
        for line in &text.findings {
            add(t.exterior(), paragraphs(std::slice::from_ref(line)), false);
        }
    }
    let across = if sheet.photos.len() <= 5 { (5, "") } else { (4, " p6") };
    let photos: Vec<_> = (1..).zip(sheet.photos.iter().zip(&text.photos)).collect();
    for row in photos.chunks(across.0) {
        let figures: String = row
            .iter()
            .map(|(number, (photo, caption))| {
                let image = match picture(photo.attachment, photo.thumbnail) {
                    Some(address) => format!("<img src=\"{}\" alt=\"{}\">", escape(&address), escape(caption)),
                    None => format!("<span class=\"n\">{}</span>", t.photo_elsewhere()),
                };
                format!("<figure><div class=\"im\">{image}</div><figcaption><b>{number}</b> {}</figcaption></figure>", escape(caption))
            })
            .collect();
        add(t.photos(), format!("<div class=\"photos{}\">{figures}</div>", across.1), false);
    }
    let belongings: String = text.belongings.iter().map(tick).collect();
    add(
        t.belongings(),
        format!(
            "<div>{belongings}</div><div><span class=\"lab\">{}</span>　{}</div>",
            t.valuables(),
            escape(&text.valuables)
        ),
        false,
    );
    add(t.kept_here(), format!("<div>{}</div>", text.kept.iter().map(tick).collect::<String>()), false);
    for concern in &text.concerns {
        for part in lines_of(concern) {
            add(t.concerns(), format!("<div class=\"words\">{}</div>", escape(&part)), false);
        }
    }
    add(t.personal_information(), format!("<p class=\"fine\">{}</p>", escape(&text.notice)), true);
    add(t.signature(), signatures(paper, text, t), false);
    list
}

/// Verbatim words in parts that a page can hold, at the ends of their own lines.
fn lines_of(words: &str) -> Vec<String> {
    const MOST: usize = 400;
    let mut parts: Vec<String> = Vec::new();
    for line in words.split('\n') {
        let chars: Vec<char> = line.chars().collect();
        if chars.is_empty() {
            continue;
        }
        parts.extend(chars.chunks(MOST).map(|part| part.iter().collect::<String>()));
    }
    if parts.is_empty() { vec![String::new()] } else { parts }
}

fn signatures(paper: &Paper, text: &SheetText, t: Language) -> String {
    let side = |who: &(String, String), hand: Option<&(Option<Strokes>, i64)>| {
        let ink = match hand {
            Some((Some(strokes), _)) => strokes_svg(strokes),
            Some((None, _)) => format!("<span class=\"none\">{}</span>", t.erased()),
            None => String::new(),
        };
        let when = hand.map(|(_, at)| t.date_time(*at, paper.sheet.utc_offset_minutes)).unwrap_or_default();
        format!(
            "<div class=\"s\"><div class=\"ln\">{ink}</div><div class=\"who\"><span>{}　{}</span><span>{when}</span></div></div>",
            escape(&who.0),
            escape(&who.1)
        )
    };
    let prevails = if t == Language::En {
        format!("<div class=\"n\">{}</div>", t.chinese_prevails())
    } else {
        String::new()
    };
    format!(
        "<div>{}</div>{prevails}<div class=\"sign two\">{}{}</div>",
        escape(&text.consent),
        side(&text.signer, paper.signed.as_ref()),
        side(&text.advisor, paper.countersigned.as_ref())
    )
}

/// Strokes as drawn, one black, as high as the line, never stretched.
fn strokes_svg(strokes: &Strokes) -> String {
    let (x, y, width, height) = strokes.bounds();
    let pad = 6.0;
    // 16.6 mm high: pixels per millimetre of this signature, for a pen of 0.35 to 0.7 mm.
    let per_mm = (height + 2.0 * pad) / 16.6;
    let paths: String = strokes
        .paths(0.35 * per_mm, 0.7 * per_mm)
        .into_iter()
        .map(|(path, width)| format!("<path d=\"{path}\" stroke-width=\"{width:.2}\"/>"))
        .collect();
    format!(
        "<svg class=\"ink\" viewBox=\"{:.1} {:.1} {:.1} {:.1}\" preserveAspectRatio=\"xMinYMax meet\">{paths}</svg>",
        x - pad,
        y - pad,
        width + 2.0 * pad,
        height + 2.0 * pad
    )
}

/// Distributes blocks of these heights: the first page takes `first`, later ones `later`; all in
/// one unit. A block higher than a page gets one of its own.
pub fn paginate(heights: &[f64], with_next: &[bool], first: f64, later: f64) -> Vec<Piece> {
    let mut pages: Vec<Piece> = Vec::new();
    let mut from = 0;
    let mut filled = 0.0;
    let mut at = 0;
    while at < heights.len() {
        let mut end = at + 1;
        while end < heights.len() && with_next[end - 1] {
            end += 1;
        }
        let height: f64 = heights[at..end].iter().sum();
        let room = if pages.is_empty() { first } else { later };
        if filled + height > room && at > from {
            pages.push(from..at);
            from = at;
            filled = 0.0;
        }
        filled += height;
        at = end;
    }
    pages.push(from..heights.len());
    pages
}

/// One section of a page. `more` where the section began before.
fn section(block: &Block, head: bool, more: bool, language: Language) -> String {
    let name = if head {
        format!("{}{}", escape(&block.section), if more { language.continued() } else { "" })
    } else {
        String::new()
    };
    let class = if head { "sec" } else { "sec more" };
    format!("<section class=\"{class}\"><h2>{name}</h2><div>{}</div></section>", block.html)
}

fn plate_html(plate: &str) -> String {
    escape(plate).replace('·', "<s>·</s>")
}

/// The pages of a paper.
pub fn draw_pages(paper: &Paper, language: Language, blocks: &[Block], pages: &[Piece]) -> Vec<String> {
    let mut drawn = Vec::with_capacity(pages.len());
    for (at, piece) in pages.iter().enumerate() {
        let mut html = String::from("<div class=\"page\">");
        if let Some((by, when)) = paper.superseded {
            let when = language.date_time(when, paper.sheet.utc_offset_minutes);
            let _ = write!(
                html,
                "<div class=\"band\"><span>{}</span></div><svg class=\"cross\" viewBox=\"0 0 210 297\"><path d=\"M14 283L196 20\" stroke=\"#000\" stroke-width=\".27\"/></svg>",
                escape(&language.superseded(by, &when))
            );
        }
        html.push_str(&if at == 0 { head(paper, language) } else { later_head(paper, language) });
        for index in piece.clone() {
            let Some(block) = blocks.get(index) else { continue };
            let same_before = index > 0 && blocks[index - 1].section == block.section;
            let head = index == piece.start || !same_before;
            html.push_str(&section(block, head, same_before, language));
        }
        html.push_str(&foot(paper, language, at + 1, pages.len()));
        html.push_str("</div>");
        drawn.push(html);
    }
    drawn
}

fn state_word(paper: &Paper, language: Language) -> String {
    let word = match paper.state {
        PaperState::Draft => language.draft().to_owned(),
        PaperState::Original => return String::new(),
        PaperState::Copy(count) => format!("{} {count}", language.copy()),
    };
    format!("<span class=\"tag\">{word}</span>")
}

fn head(paper: &Paper, t: Language) -> String {
    let sheet = &paper.sheet;
    let digest = paper.digest_text().map_or(String::new(), |digest| {
        format!("<div class=\"digest\">{} <span>{digest}</span></div>", t.digest())
    });
    format!(
        "<header class=\"head\"><div><h1>{}{}</h1><div class=\"shop\"><b>{}</b><br>{}</div></div><div><div class=\"plate{}\">{}</div>{digest}</div>{}</header>\
         <div class=\"ids\"><span>{} <b>{}</b> {}</span><span>{}</span><span>{} <span class=\"vin\">{}</span></span></div>",
        t.check_in_form(),
        state_word(paper, t),
        escape(&sheet.shop),
        escape(&sheet.text(t).shop),
        if sheet.without_plate { " none" } else { "" },
        if sheet.without_plate { t.no_plate().to_owned() } else { plate_html(&sheet.plate) },
        code(paper),
        t.number(),
        escape(&sheet.number),
        t.version_number(paper.version),
        escape(&sheet.text(t).arrived),
        t.vin(),
        escape(&sheet.vin)
    )
}

fn later_head(paper: &Paper, t: Language) -> String {
    let sheet = &paper.sheet;
    format!(
        "<header class=\"head2\"><h1>{}{}</h1>{}<span class=\"pl\">{}</span><span class=\"vin\">{}</span><span class=\"no\">{} {}</span></header>",
        t.pick("接车登记表", "Check-in form"),
        t.continued(),
        state_word(paper, t),
        plate_html(&sheet.plate),
        escape(&sheet.vin),
        escape(&sheet.number),
        t.version_number(paper.version)
    )
}

fn foot(paper: &Paper, t: Language, page: usize, of: usize) -> String {
    let digest = paper.digest_text().map_or_else(
        || t.not_signed_yet().to_owned(),
        |digest| format!("{} <span class=\"dg\">{digest}</span>", t.digest()),
    );
    format!(
        "<footer class=\"foot\"><span>{digest}</span><span></span><span><b>{}</b></span></footer>",
        t.page_number(page, of)
    )
}

fn code(paper: &Paper) -> String {
    let Some(text) = paper.code() else { return "<span></span>".into() };
    let Ok(code) = qrcode::QrCode::with_error_correction_level(text.as_bytes(), qrcode::EcLevel::M) else {
        return "<span></span>".into();
    };
    let width = code.width();
    let colours = code.to_colors();
    let mut path = String::new();
    for (row, modules) in colours.chunks(width).enumerate() {
        let mut column = 0;
        while column < width {
            let run = modules[column..].iter().take_while(|module| **module == qrcode::Color::Dark).count();
            if run > 0 {
                let _ = write!(path, "M{column} {row}h{run}v1h-{run}z");
            }
            column += run.max(1);
        }
    }
    format!(
        "<svg class=\"qr\" viewBox=\"0 0 {width} {width}\" shape-rendering=\"crispEdges\" role=\"img\" aria-label=\"QR\"><path d=\"{path}\"/></svg>"
    )
}
