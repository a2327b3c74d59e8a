//! What is inspected: the zones of all bodies in walking order, then four areas. An item is one row; a
//! visit takes those that its car has.

use super::lists::choices;
use super::{Choice, InspectionGroup, Label};

type Rows = &'static [(&'static str, &'static str, &'static str)];

const BUMPER: Rows = &[("paint", "漆面", "Paint"), ("fit", "安装与缝隙", "Fit and gaps")];
const BUMPER_END: Rows = &[("paint", "漆面", "Paint"), ("fit", "安装与缝隙", "Fit and gaps")];
const PANEL: Rows = &[("paint", "漆面", "Paint"), ("metal", "钣金", "Metal")];
const DOOR: Rows = &[
    ("paint", "漆面", "Paint"),
    ("metal", "钣金", "Metal"),
    ("handle", "把手与锁", "Handle, lock"),
    ("seal", "密封条", "Seal"),
];
const GLASS: Rows = &[("glass", "玻璃", "Glass"), ("seal", "密封条", "Seal")];
const MIRROR: Rows = &[("housing", "外壳", "Housing"), ("glass", "镜片", "Glass")];
const WHEEL: Rows = &[
    ("rim", "轮毂", "Rim"),
    ("wall", "胎侧", "Side wall"),
    ("tread", "胎面与沟深", "Tread"),
    ("valve", "气门嘴", "Valve"),
];
const SILL: Rows = &[("paint", "漆面", "Paint"), ("metal", "钣金", "Metal")];
const LAMP: Rows = &[("lens", "灯罩", "Lens"), ("light", "亮灯", "Lights up")];
const GRILLE: Rows = &[("grille", "格栅", "Grille"), ("badge", "车标", "Badge")];
const HOOD: Rows = &[("paint", "漆面", "Paint"), ("metal", "钣金", "Metal"), ("gap", "缝隙", "Gaps")];
const SCREEN: Rows =
    &[("glass", "玻璃", "Glass"), ("wipers", "雨刮", "Wipers"), ("washer", "喷水", "Washer")];
const ROOF: Rows = &[("paint", "漆面", "Paint"), ("metal", "钣金", "Metal"), ("sunroof", "天窗", "Sunroof")];
const LID: Rows = &[("paint", "漆面", "Paint"), ("metal", "钣金", "Metal"), ("lock", "锁", "Lock")];

const BED: Rows = &[("paint", "漆面", "Paint"), ("metal", "钣金", "Metal"), ("lining", "内衬", "Lining")];

/// Zone, Chinese, English, its items.
const ZONES: &[(&str, &str, &str, Rows)] = &[
    ("FBm", "前保险杠", "Front bumper", BUMPER),
    ("GR", "格栅", "Grille", GRILLE),
    ("LLf", "左大灯", "Left headlamp", LAMP),
    ("RLf", "右大灯", "Right headlamp", LAMP),
    ("RFB", "前保险杠右端", "Front bumper, right end", BUMPER_END),
    ("RMR", "右后视镜", "Right mirror", MIRROR),
    ("RFW", "右前轮", "Right front wheel", WHEEL),
    ("RFF", "右前翼子板", "Right front wing", PANEL),
    ("RFD", "右前门", "Right front door", DOOR),
    ("RFG", "右前窗", "Right front window", GLASS),
    ("RRG", "右后窗", "Right rear window", GLASS),
    ("RRD", "右后门", "Right rear door", DOOR),
    ("RSL", "右门槛", "Right sill", SILL),
    ("RQG", "右后三角窗", "Right quarter window", GLASS),
    ("RRQ", "右后翼子板", "Right rear wing", PANEL),
    ("RRW", "右后轮", "Right rear wheel", WHEEL),
    ("RRB", "后保险杠右端", "Rear bumper, right end", BUMPER_END),
    ("RBm", "后保险杠", "Rear bumper", BUMPER),
    ("TG", "后备厢盖立面", "Boot lid, rear face", PANEL),
    ("TR", "尾门", "Tailgate", LID),
    ("LLr", "左尾灯", "Left rear lamp", LAMP),
    ("RLr", "右尾灯", "Right rear lamp", LAMP),
    ("LFB", "前保险杠左端", "Front bumper, left end", BUMPER_END),
    ("LMR", "左后视镜", "Left mirror", MIRROR),
    ("LFW", "左前轮", "Left front wheel", WHEEL),
    ("LFF", "左前翼子板", "Left front wing", PANEL),
    ("LFD", "左前门", "Left front door", DOOR),
    ("LFG", "左前窗", "Left front window", GLASS),
    ("LRG", "左后窗", "Left rear window", GLASS),
    ("LRD", "左后门", "Left rear door", DOOR),
    ("LSL", "左门槛", "Left sill", SILL),
    ("LQG", "左后三角窗", "Left quarter window", GLASS),
    ("LRQ", "左后翼子板", "Left rear wing", PANEL),
    ("LRW", "左后轮", "Left rear wheel", WHEEL),
    ("LRB", "后保险杠左端", "Rear bumper, left end", BUMPER_END),
    ("HD", "机盖", "Bonnet", HOOD),
    ("WS", "前挡风玻璃", "Windscreen", SCREEN),
    ("RF", "车顶", "Roof", ROOF),
    ("BG", "后挡风玻璃", "Rear window", GLASS),
    ("DL", "后备厢盖", "Boot lid", LID),
    ("CB", "货厢", "Cargo bed", BED),
];

const AREAS: &[(&str, &str, &str, Rows)] = &[
    (
        "interior",
        "内饰",
        "Interior",
        &[
            ("seats", "座椅", "Seats"),
            ("belts", "安全带", "Belts"),
            ("roof_lining", "顶棚", "Roof lining"),
            ("dashboard", "仪表台", "Dashboard"),
            ("display", "中控屏", "Display"),
            ("mats", "地毯", "Carpet"),
            ("windows", "车窗升降", "Window lifts"),
            ("air", "空调", "Air conditioning"),
        ],
    ),
    (
        "bay",
        "机舱",
        "Engine bay",
        &[
            ("fluids", "油液", "Fluids"),
            ("hoses", "管路", "Hoses"),
            ("belt", "皮带", "Belts"),
            ("battery", "蓄电池", "12 V battery"),
            ("leaks", "渗漏", "Leaks"),
            ("harness", "线束", "Harness"),
        ],
    ),
    (
        "boot",
        "后备厢",
        "Boot",
        &[
            ("lining", "内衬", "Lining"),
            ("floor", "底板", "Floor"),
            ("seal", "密封条", "Seal"),
            ("struts", "撑杆", "Struts"),
        ],
    ),
    (
        "under",
        "底盘",
        "Underbody",
        &[
            ("guard", "护板", "Guard"),
            ("leaks", "渗漏", "Leaks"),
            ("exhaust", "排气", "Exhaust"),
            ("battery_case", "电池包外壳", "Battery case"),
        ],
    ),
];

pub(super) fn groups() -> Vec<InspectionGroup> {
    let group = |zone: bool| {
        move |(id, zh, en, rows): &(&str, &str, &str, Rows)| InspectionGroup {
            id: (*id).to_owned(),
            zone,
            label: Label { zh: (*zh).to_owned(), en: (*en).to_owned() },
            items: choices(rows)
                .into_iter()
                .map(|item| Choice { id: format!("{id}.{}", item.id), ..item })
                .collect(),
        }
    };
    ZONES.iter().map(group(true)).chain(AREAS.iter().map(group(false))).collect()
}
