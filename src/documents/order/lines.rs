//! The lines of a work order, concern by concern, in words and figures.

use crate::catalogue::{Catalogue, choice_label};
use crate::estimate::Payer;
use crate::locale::Language;
use crate::record::kept;
use crate::visit::Visit;
use crate::visit::order::OrderLine;

/// One line as it is printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderRow {
    /// 编码
    pub code: String,
    /// 项目与备件
    pub name: String,
    /// 来源: 工时, 原厂, …
    pub source: String,
    /// `0.50 h`, `1`
    pub quantity: String,
    /// 单价
    pub price: String,
    /// 自费; a ceiling stands with its sign.
    pub own: String,
    /// 他方承担, and who.
    pub others: String,
}

kept!(OrderRow { code, name, source, quantity, price, own, others });

/// A concern with its lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderGroup {
    /// `1 异响`
    pub title: String,
    /// The customer's words and what was found.
    pub said: String,
    /// Its lines.
    pub rows: Vec<OrderRow>,
}

kept!(OrderGroup { title, said, rows });

pub(in crate::documents) fn rows_of(t: Language, line: &OrderLine) -> Vec<OrderRow> {
    let amount = line.amount();
    let terms = &line.terms;
    let (mut own, mut others) = (String::new(), String::new());
    match (terms.payer, terms.after_diagnosis) {
        (Payer::Customer, false) => own = (amount).to_string(),
        (Payer::Customer, true) => own = format!("≤ {amount}"),
        (payer, _) => others = format!("{} {amount}", t.payer_word(payer)),
    }
    let unit = if line.item.origin.is_none() { " h" } else { "" };
    let name = line.item.name.get(t).to_owned();
    let name = if terms.after_diagnosis { format!("{name} ({})", t.after_diagnosis()) } else { name };
    let row = OrderRow {
        code: line.item.code.clone(),
        name,
        source: line.item.origin.map_or(t.hours(), |origin| t.origin_word(origin)).to_owned(),
        quantity: format!("{}{unit}", terms.quantity),
        price: terms.price.to_string(),
        own,
        others,
    };
    if terms.discount.0 == 0 {
        return vec![row];
    }
    // What is taken off stands as a line of its own: the price of one can be multiplied again.
    let less = OrderRow {
        name: t.discount().to_owned(),
        own: format!("−{}", terms.discount),
        ..OrderRow::default()
    };
    let whole = crate::money::Fen(amount.0 + terms.discount.0);
    let row = match terms.payer {
        Payer::Customer if !terms.after_diagnosis => OrderRow { own: whole.to_string(), ..row },
        _ => return vec![row],
    };
    vec![row, less]
}

/// The ordered lines under their concerns; a concern without one says that nothing is done about it.
pub(super) fn groups(t: Language, visit: &Visit, catalogue: &Catalogue) -> Vec<OrderGroup> {
    let lines: Vec<OrderLine> = visit.order_lines().into_iter().filter(OrderLine::counts).collect();
    let of = |concern| {
        let own = lines.iter().filter(|line| line.concern == concern);
        own.flat_map(|line| rows_of(t, line)).collect::<Vec<_>>()
    };
    let mut groups: Vec<OrderGroup> = Vec::new();
    for (at, concern) in visit.standing_concerns().iter().enumerate() {
        let words = concern.words.value().cloned().unwrap_or_default();
        let group = concern.symptom.as_deref().map(|id| choice_label(&catalogue.symptoms, id, t));
        let found = visit.found(concern.id).map(|found| t.found_word(found));
        let colon = t.pick("：", ": ");
        let mut said = Vec::new();
        if !words.is_empty() {
            said.push(format!("{}{colon}{words}", t.own_words()));
        }
        said.extend(found.map(|found| format!("{}{colon}{found}", t.what_was_found())));
        let rows = of(Some(concern.id));
        if rows.is_empty() {
            said.push(t.nothing_ordered().to_owned());
        }
        groups.push(OrderGroup {
            title: format!("{} {}", at + 1, group.unwrap_or_else(|| t.concerns())),
            said: said.join(t.pick("　", "  ")),
            rows,
        });
    }
    let none = of(None);
    if !none.is_empty() {
        groups.push(OrderGroup { title: t.beside_concerns().to_owned(), said: String::new(), rows: none });
    }
    groups
}
