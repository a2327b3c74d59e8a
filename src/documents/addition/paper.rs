//! What stands on an answer to additional work, in blocks that no page break cuts.

use std::fmt::Write as _;

use super::{AdditionSheet, AdditionText};
use crate::documents::blocks::{Block, both, escape, options, photos, word};
use crate::documents::order::{figures, heading, line, pairs, total};
use crate::documents::paper::Paper;
use crate::documents::signatures::{Hands, hands};
use crate::journal::AttachmentId;
use crate::locale::Language;

/// What it does to money and time: before, change, now.
fn changes(t: Language, zh: &AdditionText, en: &AdditionText) -> String {
    let heads: [fn(Language) -> &'static str; 4] =
        [Language::effect, Language::before, Language::change_word, Language::now_word];
    let tax = both(t, &zh.tax, &en.tax);
    figures(t, heads, &zh.changes, &en.changes)
        + &total(t, "total", &zh.total, &en.total)
        + &format!("<p class=\"n\">{tax}</p>")
}

/// What the customer said: to each line, how, to whom, in which words.
fn answer(t: Language, zh: &AdditionText, en: &AdditionText) -> String {
    let mut html = String::from("<table class=\"replies\">");
    let mut row = |name: &str, options: String, note: &str| {
        let _ = write!(
            html,
            "<tr><td>{name}</td><td><span class=\"opts\">{options}</span></td><td>{note}</td></tr>"
        );
    };
    for (own, other) in zh.replies.iter().zip(&en.replies) {
        let name = both(t, &own.name, &other.name);
        row(&name, options(t, &own.ticks, &other.ticks), &both(t, &own.note, &other.note));
    }
    html += "</table>";
    let _ = write!(
        html,
        "<div class=\"f\"><div><i>{}</i><span class=\"opts\">{}</span></div></div>{}",
        word(t, Language::how_answered),
        options(t, &zh.ways, &en.ways),
        pairs(t, "f c2", &zh.told, &en.told)
    );
    let _ = write!(
        html,
        "<p class=\"n\">{}</p><p class=\"quoted\">{}</p>",
        word(t, Language::words_read_out),
        both(t, &zh.asked, &en.asked)
    );
    if !zh.said.is_empty() {
        let _ = write!(
            html,
            "<p class=\"n\">{}</p><p class=\"quoted\">{}</p>",
            word(t, Language::own_words),
            escape(&zh.said)
        );
    }
    html
}

/// The blocks of an answer in order. `picture` gives an address for an attachment that is here.
pub fn addition_blocks(
    paper: &Paper<AdditionSheet>,
    t: Language,
    picture: &dyn Fn(AttachmentId, AttachmentId) -> Option<String>,
) -> Vec<Block> {
    let sheet = &paper.sheet;
    let (zh, en) = (&sheet.zh, &sheet.en);
    let mut list: Vec<Block> = Vec::new();
    let mut add = |section: fn(Language) -> &'static str, html: String, with_next: bool| {
        list.push(Block { section, html, with_next });
    };
    add(Language::order_party, pairs(t, "f c2", &zh.party, &en.party), false);
    let mut reason = format!("<p class=\"quoted\">{}</p>", escape(&zh.reason));
    if let (Some(own), Some(other)) = (&zh.risk, &en.risk) {
        let about = word(t, Language::about_safety);
        let _ = write!(reason, "<p class=\"n\"><b>{about}</b> {}</p>", both(t, own, other));
    }
    add(Language::addition_reason, reason, false);
    for row in photos(t, (&sheet.photos, &zh.photos, &en.photos), picture) {
        add(Language::addition_reason, row, false);
    }
    add(Language::order_lines_word, heading(t), true);
    let title = both(t, &zh.group.title, &en.group.title);
    add(Language::order_lines_word, format!("<p class=\"cap\">{title}</p>"), !zh.group.rows.is_empty());
    for at in 0..zh.group.rows.len() {
        add(Language::order_lines_word, line(t, &zh.group, &en.group, at), false);
    }
    add(Language::change_word, changes(t, zh, en), false);
    add(Language::customers_answer, answer(t, zh, en), false);
    if !zh.warned.is_empty() {
        let list = |warned: &[String], end: &str| warned.join(end);
        let text = both(t, &list(&zh.warned, "；"), &list(&en.warned, "; "));
        add(Language::refused_safety, format!("<p><b>{text}</b></p>"), false);
    }
    if let (Some(own), Some(other)) = (&zh.later, &en.later) {
        let clause = format!(
            "<div class=\"clause\"><h3>{}</h3><p>{}</p></div>",
            both(t, &own.0, &other.0),
            both(t, &own.1, &other.1)
        );
        add(Language::conditions, clause, true);
    }
    add(Language::signature, hands(paper, t, &round(zh), &round(en)), false);
    list
}

fn round(text: &AdditionText) -> Hands<'_> {
    let AdditionText { consent, authority, signer, advisor, .. } = text;
    Hands { consent, authority, signer, advisor }
}
