//! What the demo's makers promise, and what some of its cars bring along: a recall, a job of ours that comes back,
//! repairs that add up. The recall numbers are none of an authority's.

use chrono::{Days, NaiveDate};

use crate::catalogue::{Day, EarlierJob, Label, Lasting, Promised, Recall};
use crate::coverage::{Failed, GuaranteeClass};
use crate::estimate::Payer;

fn label(zh: &str, en: &str) -> Label {
    Label { zh: zh.to_owned(), en: en.to_owned() }
}

fn lasting(months: u32, km: u32) -> Option<Lasting> {
    Some(Lasting { months, km: Some(km) })
}

/// What booklets of electric cars mostly have; one maker's promises more.
pub(super) fn promised() -> Vec<Promised> {
    let from = NaiveDate::from_ymd_opt(2022, 1, 1).map(Day);
    vec![
        Promised { wearing: lasting(6, 10_000), high_voltage: lasting(96, 120_000), ..Promised::default() },
        Promised {
            model: "小鹏".into(),
            valid_from: from,
            repair: lasting(60, 120_000),
            high_voltage: lasting(96, 160_000),
            ..Promised::default()
        },
    ]
}

/// The day of delivery of a car that waited.
pub(super) fn delivered(plate: &str, today: NaiveDate) -> Option<Day> {
    // Bought twelve months ago.
    (plate == "粤BC20417").then(|| Day(today - Days::new(352)))
}

pub(super) fn recalls(plate: &str) -> Option<Vec<Recall>> {
    let recall = |number: &str, zh: &str, en: &str| Recall { number: number.to_owned(), what: label(zh, en) };
    match plate {
        "粤BD12345" => {
            Some(vec![recall("S0000M0001V", "升级驻车制动控制软件", "Update the parking brake's software")])
        }
        _ => None,
    }
}

/// A job; days before today on which the car came and left.
struct Row(
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    GuaranteeClass,
    u64,
    u64,
    u32,
    Payer,
    Failed,
);

fn job(row: &Row, today: NaiveDate) -> EarlierJob {
    let Row(code, zh, en, symptom, guarantee, came, left, km, payer, failed) = *row;
    let left_on = today - Days::new(left);
    EarlierJob {
        number: left_on.format("GD%Y%m%d-07").to_string(),
        code: code.to_owned(),
        what: label(zh, en),
        symptom: symptom.to_owned(),
        guarantee,
        came: Day(today - Days::new(came)),
        left: Day(left_on),
        km,
        payer,
        // Signed at ten, inspected at four.
        minutes: (came - left) as u32 * 24 * 60 + 6 * 60,
        deducted: None,
        failed: Some(failed),
        replaced: (failed == Failed::BatteryMotor).then(|| code.to_owned()),
    }
}

pub(super) fn jobs(plate: &str, today: NaiveDate) -> Option<Vec<EarlierJob>> {
    use Failed::{BatteryMotor, Ordinary};
    use GuaranteeClass::{Other, Whole};
    use Payer::{Customer, Manufacturer};
    let rows: &[Row] = match plate {
        "粤BD77180" => &[Row(
            "R0324",
            "更换驱动电机",
            "Replace drive motor",
            "noise",
            Whole,
            92,
            90,
            27_650,
            Customer,
            BatteryMotor,
        )],
        "粤BC20417" => &[
            Row(
                "R0334",
                "更换直流充电口",
                "Replace direct-current charging port",
                "charging",
                Other,
                290,
                285,
                2_410,
                Manufacturer,
                Ordinary,
            ),
            Row(
                "R0328",
                "更换车载充电机",
                "Replace on-board charger",
                "charging",
                Other,
                204,
                196,
                5_180,
                Manufacturer,
                Ordinary,
            ),
            Row(
                "R0328",
                "更换车载充电机",
                "Replace on-board charger",
                "charging",
                Other,
                105,
                100,
                9_870,
                Manufacturer,
                Ordinary,
            ),
        ],
        _ => return None,
    };
    Some(rows.iter().map(|row| job(row, today)).collect())
}
