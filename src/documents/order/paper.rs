//! What stands on a work order, in blocks that no page break cuts: every line is one.

use std::fmt::Write as _;

use super::{OrderGroup, OrderSheet, OrderText, Total};
use crate::documents::blocks::{Block, both, escape, options, word};
use crate::documents::paper::Paper;
use crate::documents::signatures::{Hands, hands};
use crate::locale::Language;

/// The columns of the lines, told apart by what is right and what is small.
fn row(cells: [(&str, String); 7]) -> String {
    let mut html = String::from("<tr>");
    for (class, cell) in cells {
        let _ = write!(html, "<td class=\"{class}\">{cell}</td>");
    }
    html + "</tr>"
}

fn table(rows: &str) -> String {
    format!(
        "<table class=\"work\"><colgroup><col class=\"k\"><col><col class=\"s\"><col class=\"n\"><col class=\"p\"><col class=\"o\"><col class=\"w\"></colgroup>{rows}</table>"
    )
}

pub(in crate::documents) fn heading(t: Language) -> String {
    let words: [fn(Language) -> &'static str; 7] = [
        Language::code_word,
        Language::what_is_done,
        Language::source,
        Language::quantity,
        Language::price_each,
        Language::own_cost,
        Language::covered_cost,
    ];
    let mut html = String::from("<tr>");
    for (at, name) in words.into_iter().enumerate() {
        let class = if at < 3 { "" } else { "r" };
        let _ = write!(html, "<th class=\"{class}\">{}</th>", word(t, name));
    }
    table(&(html + "</tr>"))
}

pub(in crate::documents) fn line(t: Language, zh: &OrderGroup, en: &OrderGroup, at: usize) -> String {
    let (Some(own), Some(other)) = (zh.rows.get(at), en.rows.get(at)) else { return String::new() };
    let text = |text: &str| escape(text);
    table(&row([
        ("code", text(&own.code)),
        ("nm", both(t, &own.name, &other.name)),
        ("", both(t, &own.source, &other.source)),
        ("r", text(&own.quantity)),
        ("r", text(&own.price)),
        ("r", text(&own.own)),
        ("r", both(t, &own.others, &other.others)),
    ]))
}

/// Figures under their heads: what, then numbers.
pub(in crate::documents) fn figures(
    t: Language,
    heads: [fn(Language) -> &'static str; 4],
    rows: &[Vec<String>],
    rows_en: &[Vec<String>],
) -> String {
    let class = |at| if at == 0 { "" } else { "r" };
    let mut html = String::from("<table class=\"sums\"><tr>");
    for (at, name) in heads.into_iter().enumerate() {
        let _ = write!(html, "<th class=\"{}\">{}</th>", class(at), word(t, name));
    }
    html += "</tr>";
    for (row, other) in rows.iter().zip(rows_en) {
        html += "<tr>";
        for (at, (cell, other)) in row.iter().zip(other).enumerate() {
            let _ = write!(html, "<td class=\"{}\">{}</td>", class(at), both(t, cell, other));
        }
        html += "</tr>";
    }
    html + "</table>"
}

/// An amount that binds, in figures and in capitals.
pub(in crate::documents) fn total(t: Language, class: &str, own: &Total, other: &Total) -> String {
    format!(
        "<div class=\"{class}\"><span>{}</span><span>{}</span><b>{}</b></div>",
        both(t, &own.label, &other.label),
        escape(&own.capitals),
        escape(&own.amount)
    )
}

fn sums(t: Language, sheet: &OrderSheet) -> String {
    let (zh, en) = (&sheet.zh, &sheet.en);
    let heads: [fn(Language) -> &'static str; 4] =
        [Language::payer, Language::labour, Language::parts_cost, Language::together];
    let mut html = figures(t, heads, &zh.sums, &en.sums);
    html += &total(t, "total", &zh.total, &en.total);
    if let (Some(own), Some(other)) = (&zh.ceiling, &en.ceiling) {
        html += &total(t, "total most", own, other);
    }
    let _ = write!(html, "<p class=\"n\">{}</p>", both(t, &zh.tax, &en.tax));
    html
}

pub(in crate::documents) fn pairs(
    t: Language,
    class: &str,
    zh: &[(String, String)],
    en: &[(String, String)],
) -> String {
    let mut html = format!("<div class=\"{class}\">");
    for ((label, said), (label_en, said_en)) in zh.iter().zip(en) {
        let _ = write!(
            html,
            "<div><i>{}</i><span>{}</span></div>",
            both(t, label, label_en),
            both(t, said, said_en)
        );
    }
    html + "</div>"
}

/// The blocks of a work order in order.
pub fn order_blocks(paper: &Paper<OrderSheet>, t: Language) -> Vec<Block> {
    let sheet = &paper.sheet;
    let (zh, en) = (&sheet.zh, &sheet.en);
    let mut list: Vec<Block> = Vec::new();
    let mut add = |section: fn(Language) -> &'static str, html: String, with_next: bool| {
        list.push(Block { section, html, with_next });
    };
    add(Language::order_party, pairs(t, "f c2", &zh.party, &en.party), false);
    add(Language::order_lines_word, heading(t), true);
    for (group, other) in zh.groups.iter().zip(&en.groups) {
        let mut head = format!("<p class=\"cap\">{}</p>", both(t, &group.title, &other.title));
        if !group.said.is_empty() {
            let _ = write!(head, "<p class=\"n\">{}</p>", both(t, &group.said, &other.said));
        }
        add(Language::order_lines_word, head, !group.rows.is_empty());
        for at in 0..group.rows.len() {
            add(Language::order_lines_word, line(t, group, other, at), false);
        }
    }
    if !zh.declined.is_empty() {
        let list = |t: Language, names: &[String]| names.join(t.pick("、", ", "));
        let text = both(t, &list(Language::ZhCn, &zh.declined), &list(Language::En, &en.declined));
        add(Language::declined_work, format!("<p>{text}</p>"), false);
    }
    if let (Some(own), Some(other)) = (&zh.warned, &en.warned) {
        let text = both(t, &own.join("；"), &other.join("; "));
        add(Language::refused_safety, format!("<p><b>{text}</b></p>"), false);
    }
    add(Language::cost, sums(t, sheet), false);
    add(Language::agreed_terms, pairs(t, "f c2", &zh.told, &en.told), false);
    let mut agreed = String::from("<div class=\"f agreed-on\">");
    for ((label, ticks), (label_en, ticks_en)) in zh.agreed.iter().zip(&en.agreed) {
        let _ = write!(
            agreed,
            "<div><i>{}</i><span class=\"opts\">{}</span></div>",
            both(t, label, label_en),
            options(t, ticks, ticks_en)
        );
    }
    add(Language::agreed_terms, agreed + "</div>", false);
    if let (Some(own), Some(other)) = (&zh.old_parts, &en.old_parts) {
        // What a part is called is longer than any label.
        add(Language::old_parts, pairs(t, "f c2 parts", own, other), false);
    }
    let clause = format!(
        "<div class=\"clause\"><h3>{}</h3><p>{}</p></div>",
        both(t, &zh.clause.0, &en.clause.0),
        both(t, &zh.clause.1, &en.clause.1)
    );
    add(Language::additional_work, clause, false);
    let mut fine = String::new();
    for ((title, text), (title_en, text_en)) in zh.fine.iter().zip(&en.fine) {
        let _ = write!(
            fine,
            "<p class=\"fine\"><b>{}</b>{}</p>",
            both(t, title, title_en),
            both(t, text, text_en)
        );
    }
    if let Some(versions) = &sheet.terms_version {
        let said = [Language::ZhCn, Language::En].map(|t| t.terms_version(versions));
        let _ = write!(fine, "<p class=\"fine\">{}</p>", both(t, &said[0], &said[1]));
    }
    add(Language::conditions, fine, true);
    add(Language::signature, hands(paper, t, &round(zh), &round(en)), false);
    list
}

fn round(text: &OrderText) -> Hands<'_> {
    let OrderText { consent, authority, signer, advisor, .. } = text;
    Hands { consent, authority, signer, advisor }
}
