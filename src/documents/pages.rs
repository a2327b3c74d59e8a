//! Papers as A4 pages of HTML: the screen measures blocks, [`paginate`] distributes them, [`draw_pages`] draws
//! the pages with heads and feet.

use std::fmt::Write as _;

use super::blocks::{Block, PAGES, both, escape, word};
use super::paper::{Frame, Headed, Paper, PaperState};
use crate::locale::Language;

/// Which blocks stand on a page.
pub type Piece = std::ops::Range<usize>;

/// `JC20260318-003B_v1_粤BD12345_接车登记表`: no name and no phone number; `_zh-en` with both languages.
pub fn file_name<S: Headed>(paper: &Paper<S>, language: Language) -> String {
    let Frame { head, state, version, .. } = paper.frame();
    let car = if head.without_plate {
        let vin: Vec<char> = head.vin.chars().filter(|c| *c != ' ').collect();
        vin[vin.len().saturating_sub(6)..].iter().collect()
    } else {
        head.plate.replace('·', "")
    };
    let zh = Language::ZhCn;
    let state = match state {
        PaperState::Draft => format!("_{}", zh.draft()),
        PaperState::Original => String::new(),
        PaperState::Copy(count) => format!("_{}{count}", zh.copy()),
    };
    let languages = match language {
        Language::ZhCn => "",
        Language::En => "_zh-en",
    };
    format!("{}_v{version}_{car}_{}{state}{languages}", head.number, (head.title)(zh))
}

/// Distributes blocks of these heights: the first page takes `first`, later ones `later`; every page
/// but the last gives `follows` of it to the line that says what the next page holds. All in one unit.
/// A block higher than a page gets one of its own.
pub fn paginate(heights: &[f64], with_next: &[bool], first: f64, later: f64, follows: f64) -> Vec<Piece> {
    let mut pages: Vec<Piece> = Vec::new();
    let mut from = 0;
    loop {
        let room = if pages.is_empty() { first } else { later };
        if heights[from..].iter().sum::<f64>() <= room {
            pages.push(from..heights.len());
            return pages;
        }
        let (mut filled, mut at) = (0.0, from);
        while at < heights.len() {
            let alone = with_next[at..].iter().position(|stays| !stays).unwrap_or(heights.len() - at - 1);
            let end = at + alone + 1;
            let height: f64 = heights[at..end].iter().sum();
            if filled + height > room - follows && at > from {
                break;
            }
            filled += height;
            at = end;
        }
        pages.push(from..at);
        from = at;
        if from == heights.len() {
            return pages;
        }
    }
}

/// One section of a page. `more` where the section began before.
fn section(block: &Block, head: bool, more: bool, t: Language) -> String {
    let class = if head { "sec" } else { "sec more" };
    let name = match (head, more) {
        (false, _) => String::new(),
        (true, false) => word(t, block.section),
        (true, true) => {
            let continued = |t: Language| format!("{}{}", (block.section)(t), t.continued());
            both(t, &continued(Language::ZhCn), &continued(Language::En))
        }
    };
    // Without a name the column stays, but nothing is announced as a heading.
    let name = if name.is_empty() { "<span></span>".to_owned() } else { format!("<h2>{name}</h2>") };
    format!("<section class=\"{class}\">{name}<div>{}</div></section>", block.html)
}

fn plate_html(plate: &str) -> String {
    escape(plate).replace('·', "<s>·</s>")
}

/// The pages of a paper: in Chinese, or in both languages, English below in the same size.
pub fn draw_pages<S: Headed>(
    paper: &Paper<S>,
    t: Language,
    blocks: &[Block],
    pages: &[Piece],
) -> Vec<String> {
    draw(&paper.frame(), t, blocks, pages)
}

fn draw(paper: &Frame<'_>, t: Language, blocks: &[Block], pages: &[Piece]) -> Vec<String> {
    let mut drawn = Vec::with_capacity(pages.len());
    for (at, piece) in pages.iter().enumerate() {
        let mut html = format!("<div class=\"page{}\">", t.pick("", " bi"));
        html.push_str(&band(paper, t));
        html.push_str(&if at == 0 { head(paper, t) } else { later_head(paper, t) });
        for index in piece.clone() {
            let Some(block) = blocks.get(index) else { continue };
            let same_before = index > 0 && blocks[index - 1].name() == block.name();
            let head = index == piece.start || !same_before;
            html.push_str(&section(block, head, same_before, t));
        }
        if let Some(next) = pages.get(at + 1) {
            html.push_str(&follows(&blocks[next.clone()], at + 2, t));
        }
        html.push_str(&foot(paper, t, at + 1, pages.len()));
        html.push_str("</div>");
        drawn.push(html.replace(PAGES, &pages.len().to_string()));
    }
    drawn
}

/// What the next page holds, as the last line of a page that is not the last.
fn follows(blocks: &[Block], page: usize, t: Language) -> String {
    let mut names: Vec<&str> = blocks.iter().map(|block| (block.section)(Language::ZhCn)).collect();
    names.dedup();
    let text = match t {
        Language::ZhCn => format!("{}见第 {page} 页。", names.join("、")),
        Language::En => format!("{}见第 {page} 页。 Continued on page {page}.", names.join("、")),
    };
    format!("<p class=\"n follows\">{}</p>", escape(&text))
}

/// In the top margin, and as one diagonal, so that nothing on the page moves.
fn band(paper: &Frame<'_>, t: Language) -> String {
    let Some((by, when, differs)) = paper.superseded else { return String::new() };
    let sentence = |t: Language| {
        let mut facts: Vec<&str> = differs.iter().map(|name| t.fact(name)).collect();
        facts.dedup();
        t.superseded(*by, &t.date_time(*when, paper.head.utc_offset_minutes), &facts.join(t.pick("、", ", ")))
    };
    format!(
        "<div class=\"band\"><span>{}</span><span>{}</span></div><svg class=\"cross\" viewBox=\"0 0 210 297\"><path d=\"M20 276L196 46\" stroke=\"#000\" stroke-width=\".27\"/></svg>",
        escape(&sentence(t)),
        inline(t, Language::reference_only)
    )
}

/// A word of each language in one line.
fn inline(t: Language, word: fn(Language) -> &'static str) -> String {
    match t {
        Language::ZhCn => word(Language::ZhCn).to_owned(),
        Language::En => format!("{} {}", word(Language::ZhCn), word(Language::En)),
    }
}

fn state_word(paper: &Frame<'_>, t: Language) -> String {
    let tag = |word: String| format!("<span class=\"tag\">{word}</span>");
    let state = match paper.state {
        PaperState::Draft => tag(format!("{} {}", inline(t, Language::draft), t.not_signed_yet())),
        PaperState::Original => String::new(),
        PaperState::Copy(count) => tag(format!("{} {count}", inline(t, Language::copy))),
    };
    if paper.void { state + &tag(inline(t, Language::void)) } else { state }
}

/// `第 1 版`, with `v1` behind it in two languages.
fn version(paper: &Frame<'_>, t: Language) -> String {
    let zh = Language::ZhCn.version_number(paper.version);
    match t {
        Language::ZhCn => zh,
        Language::En => format!("{zh} {}", Language::En.version_number(paper.version)),
    }
}

fn head(paper: &Frame<'_>, t: Language) -> String {
    let sheet = &paper.head;
    let digest = paper.digest_text().map_or(String::new(), |digest| {
        format!("<div class=\"digest\">{} <span>{digest}</span></div>", inline(t, Language::digest))
    });
    let until = sheet.plate_until.map_or(String::new(), |day| {
        format!("<span class=\"n\">{} {day}</span>", inline(t, Language::valid_until))
    });
    let english = match t {
        Language::ZhCn => String::new(),
        Language::En => format!("<div class=\"lead\" lang=\"en\">{}</div>", (sheet.title)(Language::En)),
    };
    let arrived = match t {
        Language::ZhCn => sheet.dated.0.to_owned(),
        Language::En => sheet.dated.0.replacen(' ', &format!(" {}", sheet.dated.1), 1),
    };
    format!(
        "<header class=\"head\"><div><h1>{}{}</h1>{english}<div class=\"shop\"><b>{}</b><br>{}</div></div><div><div class=\"plate{}\"><b>{}</b>{until}</div>{digest}</div>{}</header>\
         <div class=\"ids\"><span>{} <b>{}</b> {}</span><span>{}</span><span>{} <span class=\"vin\">{}</span></span></div>",
        (sheet.title)(Language::ZhCn),
        state_word(paper, t),
        escape(sheet.shop.0),
        escape(sheet.shop.1),
        match (sheet.without_plate, sheet.plate_until) {
            (true, _) => " none",
            (false, Some(_)) => " until",
            (false, None) => "",
        },
        if sheet.without_plate { escape(sheet.plate) } else { plate_html(sheet.plate) },
        code(paper),
        inline(t, Language::number),
        escape(sheet.number),
        version(paper, t),
        escape(&arrived),
        inline(t, Language::vin),
        escape(sheet.vin)
    )
}

fn later_head(paper: &Frame<'_>, t: Language) -> String {
    let sheet = &paper.head;
    let english = match t {
        Language::ZhCn => String::new(),
        Language::En => format!(" <span class=\"n\" lang=\"en\">{}</span>", sheet.short),
    };
    format!(
        "<header class=\"head2\"><h1>{}{}{english}</h1>{}<span class=\"pl\">{}</span><span class=\"vin\">{}</span><span class=\"no\">{} {}</span></header>",
        (sheet.title)(Language::ZhCn),
        Language::ZhCn.continued(),
        state_word(paper, Language::ZhCn),
        plate_html(sheet.plate),
        escape(sheet.vin),
        escape(sheet.number),
        Language::ZhCn.version_number(paper.version)
    )
}

fn foot(paper: &Frame<'_>, t: Language, page: usize, of: usize) -> String {
    let digest = paper.digest_text().map_or_else(
        || inline(t, Language::not_signed_yet),
        |digest| format!("{} <span class=\"dg\">{digest}</span>", inline(t, Language::digest)),
    );
    let printed = match (paper.state, paper.printed) {
        (PaperState::Copy(count), Some((at, by))) => {
            let when = t.date_time(*at, paper.head.utc_offset_minutes);
            escape(&t.printed_copy(&when, *count, by))
        }
        _ => String::new(),
    };
    let english = match t {
        Language::ZhCn => String::new(),
        Language::En => format!("　{}", Language::En.page_number(page, of)),
    };
    format!(
        "<footer class=\"foot\"><span>{digest}</span><span>{printed}</span><span><b>{}</b>{english}</span></footer>",
        Language::ZhCn.page_number(page, of)
    )
}

fn code(paper: &Frame<'_>) -> String {
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
