//! What is asked and taken: symptom groups, covers, lamps, belongings, documents.

use super::{Choice, Label};

pub(super) fn choices(rows: &[(&str, &str, &str)]) -> Vec<Choice> {
    let choice = |(id, zh, en): &(&str, &str, &str)| Choice {
        id: (*id).to_owned(),
        label: Label { zh: (*zh).to_owned(), en: (*en).to_owned() },
    };
    rows.iter().map(choice).collect()
}

pub(super) fn symptoms() -> Vec<Choice> {
    choices(&[
        ("routine", "常规保养", "Service"),
        ("noise", "异响", "Noise"),
        ("vibration", "抖动", "Vibration"),
        ("lamp", "警告灯", "Warning lamp"),
        ("brakes", "制动", "Brakes"),
        ("steering", "转向", "Steering"),
        ("air", "空调", "Air conditioning"),
        ("starting", "启动", "Starting"),
        ("power", "动力", "Power"),
        ("leak", "漏液", "Leak"),
        ("electrics", "电器", "Electrics"),
        ("charging", "充电续航", "Charging, range"),
        ("body", "车身", "Body"),
        ("smell", "异味", "Smell"),
    ])
}

pub(super) fn covers() -> Vec<Choice> {
    choices(&[("seat", "座椅套", "Seat"), ("wheel", "方向盘套", "Wheel"), ("mat", "脚垫", "Mat")])
}

pub(super) fn lamps() -> Vec<Choice> {
    choices(&[
        ("engine", "发动机", "Engine"),
        ("abs", "ABS", "ABS"),
        ("airbag", "安全气囊", "Airbag"),
        ("oil", "机油压力", "Oil pressure"),
        ("battery", "蓄电池", "12 V battery"),
        ("coolant", "水温", "Coolant"),
        ("tyre", "胎压", "Tyre pressure"),
        ("brake", "制动", "Brake"),
        ("esp", "车身稳定", "Stability"),
        ("steering", "转向助力", "Steering assist"),
        ("hv", "高压系统", "High voltage"),
        ("not_ready", "READY 不亮", "No READY"),
    ])
}

/// The belonging that is counted where the car is charged from outside.
pub const CABLE: &str = "cable";

pub(super) fn belongings() -> Vec<Choice> {
    choices(&[
        ("triangle", "三角警示牌", "Warning triangle"),
        ("tools", "工具", "Tools"),
        ("spare", "备胎", "Spare wheel"),
        ("jack", "千斤顶", "Jack"),
        ("repair_kit", "补胎套装", "Tyre repair kit"),
        ("extinguisher", "灭火器", "Extinguisher"),
        (CABLE, "充电线", "Charging cable"),
        ("lighter", "点烟器", "Lighter"),
        ("ashtray", "烟灰缸", "Ashtray"),
        ("child_seat", "儿童座椅", "Child seat"),
        ("umbrella", "雨伞", "Umbrella"),
        ("dash_camera", "行车记录仪", "Dash camera"),
    ])
}

/// The document that the VIN is read from.
pub const LICENCE: &str = "licence";

pub(super) fn documents() -> Vec<Choice> {
    choices(&[
        (LICENCE, "行驶证", "Vehicle licence"),
        ("booklet", "保养手册", "Service booklet"),
        ("insurance", "保险单", "Insurance policy"),
    ])
}
