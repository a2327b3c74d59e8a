//! The demo's operations, parts, labour rates and service plans, from two lists: what a car consists of, and
//! what is done to it beside replacing that. Deterministic.

use crate::catalogue::{Day, Label};
use crate::coverage::GuaranteeClass;
use crate::estimate::{Origin, Payer};
use crate::money::{Fen, Quantity};
use crate::record::Kept;
use crate::reference::{LabourRate, OldPart, Operation, Part, Record, ServicePlan, Skill};

/// What drives a model: both for a hybrid that is charged at a pile.
struct Model {
    zh: &'static str,
    en: &'static str,
    burns: bool,
    charges: bool,
}

const fn model(zh: &'static str, en: &'static str, burns: bool, charges: bool) -> Model {
    Model { zh, en, burns, charges }
}

const MODELS: [Model; 8] = [
    model("比亚迪 汉 EV", "BYD Han EV", false, true),
    model("比亚迪 秦 PLUS DM-i", "BYD Qin PLUS DM-i", true, true),
    model("丰田 凯美瑞", "Toyota Camry", true, false),
    model("大众 帕萨特", "VW Passat", true, false),
    model("本田 雅阁", "Honda Accord", true, false),
    model("小鹏 P7", "XPeng P7", false, true),
    model("理想 L7", "Li L7", true, true),
    model("福田 图雅诺", "Foton Toano", true, false),
];

impl Model {
    fn has(&self, drive: &str) -> bool {
        match drive {
            "c" => self.burns,
            "e" => self.charges,
            _ => true,
        }
    }
}

/// Where a component sits.
fn places(place: &str) -> &'static [(&'static str, &'static str)] {
    match place {
        "4" => &[
            ("左前", "Front left "),
            ("右前", "Front right "),
            ("左后", "Rear left "),
            ("右后", "Rear right "),
        ],
        "2" => &[("前", "Front "), ("后", "Rear ")],
        "l" => &[("左", "Left "), ("右", "Right ")],
        _ => &[("", "")],
    }
}

fn named<T: Kept>(name: &str) -> T {
    T::read(name.into()).expect("a name that is written so")
}

fn models_with(drive: &str) -> Vec<String> {
    if drive == "a" {
        return Vec::new();
    }
    MODELS.iter().filter(|model| model.has(drive)).map(|model| model.zh.to_owned()).collect()
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Everything; what is on the way comes so many days after `today`.
pub fn reference(today: chrono::NaiveDate) -> Vec<Record> {
    let mut records = Vec::new();
    let mut skill = Skill::Mechanical;
    let mut number = 0;
    for line in include_str!("components.txt").lines() {
        if let Some(section) = line.strip_prefix("# ") {
            skill = named(section);
            continue;
        }
        let [zh, en, price, hours, ref rest @ ..] = *line.split('|').collect::<Vec<_>>() else {
            panic!("a component: {line}")
        };
        let [drive, place, zh] = *zh.splitn(3, ' ').collect::<Vec<_>>() else { panic!("a place: {line}") };
        let old_part = rest.first().map_or(OldPart::Customer, |name| named(name));
        let price = Fen::read(price).expect("a price");
        for (at_zh, at_en) in places(place) {
            number += 1;
            let (zh, en) = (format!("{at_zh}{zh}"), capital(&format!("{at_en}{en}")));
            records.push(Record::Operation(Operation {
                code: format!("R{number:04}"),
                name: Label { zh: format!("更换{zh}"), en: format!("Replace {}", en.to_lowercase()) },
                hours: Quantity::read(hours).expect("hours"),
                skill,
                models: models_with(drive),
                guarantee: if old_part == OldPart::Exchange {
                    GuaranteeClass::Whole
                } else {
                    GuaranteeClass::Other
                },
            }));
            for (at, model) in MODELS.iter().enumerate().filter(|(_, model)| model.has(drive)) {
                let mut part = part(number, at, model, (&zh, &en), price, old_part, today);
                if part.stock == Quantity(0) && number.is_multiple_of(3) {
                    records.push(Record::Part(alternative(&mut part)));
                }
                records.push(Record::Part(part));
            }
        }
    }
    records.extend(include_str!("jobs.txt").lines().map(|line| Record::Operation(job(line))));
    records.extend(rates());
    records.extend(plans(&records));
    records
}

fn part(
    number: usize,
    at: usize,
    model: &Model,
    (zh, en): (&str, &str),
    price: Fen,
    old_part: OldPart,
    today: chrono::NaiveDate,
) -> Part {
    // So that stock, shelves and prices differ as they do in a store.
    let spread = number * 7 + at * 13;
    let stock = [4, 0, 2, 8, 1, 12, 0, 3][spread % 8];
    Part {
        number: format!("{}-{number:04}", ["HAN", "QIN", "CAM", "PAS", "ACC", "XPP", "LIL", "TOA"][at]),
        name: Label { zh: format!("{zh} · {}", model.zh), en: format!("{en}, {}", model.en) },
        price: Fen(price.0 / 100 * (90 + (spread % 31) as i64)),
        stock: Quantity(stock * 1_000),
        location: format!("{}-{:02}-{}", ['A', 'B', 'C', 'D'][spread % 4], spread % 24 + 1, spread % 5 + 1),
        expected: (stock == 0).then(|| Day(today + chrono::Days::new(2 + (spread % 9) as u64))),
        old_part,
        origin: if spread.is_multiple_of(6) { Origin::Equal } else { Origin::Maker },
        models: vec![model.zh.to_owned()],
        alternatives: None,
    }
}

/// What does in place of a part that is not in the store, of another maker and here at once.
fn alternative(of: &mut Part) -> Part {
    let number = format!("{}T", of.number);
    of.alternatives = Some(vec![number.clone()]);
    let price = Fen(of.price.0 / 100 * 78);
    let name =
        Label { zh: format!("{}，同质件", of.name.zh), en: format!("{}, equal quality", of.name.en) };
    let stock = Quantity(3_000);
    Part {
        number,
        name,
        price,
        stock,
        expected: None,
        origin: Origin::Equal,
        alternatives: None,
        ..of.clone()
    }
}

fn job(line: &str) -> Operation {
    let [code, zh, en, hours, skill, drive] = *line.split('|').collect::<Vec<_>>() else {
        panic!("a job: {line}")
    };
    Operation {
        code: code.to_uppercase(),
        name: Label { zh: zh.to_owned(), en: en.to_owned() },
        hours: Quantity::read(hours).expect("hours"),
        skill: named(skill),
        models: models_with(drive),
        guarantee: GuaranteeClass::Other,
    }
}

fn rates() -> Vec<Record> {
    let rate = |payer, class: &str, yuan: i64| {
        Record::Rate(LabourRate { payer, class: class.to_owned(), rate: Fen(yuan * 100) })
    };
    vec![
        rate(Payer::Customer, "", 260),
        rate(Payer::Customer, "金卡", 234),
        rate(Payer::Customer, "银卡", 247),
        rate(Payer::Manufacturer, "", 180),
        rate(Payer::Insurer, "", 220),
        rate(Payer::Dealership, "", 150),
    ]
}

/// Every model's services, of the operations that there are.
fn plans(records: &[Record]) -> Vec<Record> {
    let replacing = |zh: &str| {
        let name = format!("更换{zh}");
        let found = records.iter().find_map(|record| match record {
            Record::Operation(operation) if operation.name.zh == name => Some(operation.code.clone()),
            _ => None,
        });
        found.unwrap_or_else(|| panic!("an operation: {name}"))
    };
    let mut plans = Vec::new();
    for model in &MODELS {
        let (step, months) = if model.burns { (10_000, 6) } else { (20_000, 12) };
        for time in 1..=6_u32 {
            let check = match (time, model.burns) {
                (1, _) => "FIRST-SERVICE",
                (_, false) => "ELECTRIC-SERVICE",
                (time, true) if time.is_multiple_of(4) => "MAJOR-SERVICE",
                _ => "MINOR-SERVICE",
            };
            let mut operations = vec![check.to_owned()];
            if model.burns {
                operations.extend([replacing("机油"), replacing("机油滤清器")]);
            }
            if time.is_multiple_of(2) {
                operations.push(replacing("空调滤清器"));
            }
            if time.is_multiple_of(4) {
                operations.push(replacing("制动液"));
            }
            if time.is_multiple_of(4) && model.burns {
                operations.extend([replacing("空气滤清器"), replacing("火花塞")]);
            }
            if time.is_multiple_of(3) && model.charges {
                operations.push(replacing("减速器油"));
            }
            plans.push(Record::Plan(ServicePlan {
                model: model.zh.to_owned(),
                months: months * time,
                km: step * time,
                operations,
            }));
        }
    }
    plans
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::reference::Kind;

    fn all() -> Vec<Record> {
        reference(chrono::NaiveDate::from_ymd_opt(2026, 3, 18).expect("a day"))
    }

    #[test]
    fn there_are_300_operations_2000_parts_and_the_services_of_8_models() {
        let count = |kind| all().iter().filter(|record| record.kind() == kind).count();
        assert!(count(Kind::Operation) >= 300, "{}", count(Kind::Operation));
        assert!(count(Kind::Part) >= 2_000, "{}", count(Kind::Part));
        let models = |record: &Record| match record {
            Record::Plan(plan) => Some(plan.model.clone()),
            _ => None,
        };
        assert_eq!(all().iter().filter_map(models).collect::<HashSet<_>>().len(), 8);
    }

    #[test]
    fn no_two_names_are_equal_once_digits_are_taken_away_in_either_language() {
        let mut seen = HashSet::new();
        for record in all() {
            let name = match &record {
                Record::Operation(operation) => &operation.name,
                Record::Part(part) => &part.name,
                _ => continue,
            };
            assert!(name.en.is_ascii() && !name.zh.is_ascii(), "{name:?}");
            for text in [&name.zh, &name.en] {
                let bare: String = text.chars().filter(|c| !c.is_ascii_digit()).collect();
                assert!(seen.insert((record.kind(), bare)), "{text}");
            }
        }
    }

    #[test]
    fn keys_are_unique_services_name_operations_and_only_piles_cars_have_traction_batteries() {
        let all = all();
        let keys: HashSet<_> = all.iter().map(|record| (record.kind(), record.key())).collect();
        assert_eq!(keys.len(), all.len());
        for record in &all {
            match record {
                Record::Plan(plan) => {
                    for code in &plan.operations {
                        assert!(keys.contains(&(Kind::Operation, code.clone())), "{code}");
                    }
                }
                Record::Part(part) => {
                    let model = MODELS.iter().find(|model| model.zh == part.models[0]).expect("a model");
                    assert!(model.charges || !part.name.zh.contains("动力电池"), "{part:?}");
                    assert!(model.burns || !part.name.zh.contains("火花塞"), "{part:?}");
                    assert!(part.price > Fen(0), "{part:?}");
                }
                _ => {}
            }
        }
    }
}
