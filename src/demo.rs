//! The demo dealership: staff, today's appointments, vehicles with history. Deterministic.

mod guarantees;
mod reference;

use chrono::{Days, Months, NaiveDate};

use crate::catalogue::{
    Appointment, Catalogue, Day, Dealership, KnownVehicle, Mechanic, StaffMember, WorkshopPlan,
};
use crate::diagram::{Body, Side};
use crate::journal::StaffId;
use crate::reference::Skill;
use crate::visit::customer::Salutation::{self, Mr, Ms};
use crate::visit::staff::Role;
use crate::visit::vehicle::Energy::{self, Electric, Hybrid, Petrol, PlugIn};
use crate::visit::vehicle::{PlateColour, Reading, Vin};
pub use reference::reference;

/// Plate, owner, salutation, phone, model, colour, energy, VIN with any digit in place 9, months
/// since the purchase, days since the last visit, last mileage, what to mention.
type Row = (
    &'static str,
    &'static str,
    Salutation,
    &'static str,
    &'static str,
    &'static str,
    Energy,
    &'static str,
    u32,
    u64,
    u32,
    &'static str,
);

const CARS: &[Row] = &[
    (
        "粤BD12345",
        "陈志远",
        Mr,
        "13800135621",
        "比亚迪 汉 EV 2023 款",
        "时光灰",
        Electric,
        "LGXCE4CB0P0138126",
        35,
        187,
        31_905,
        "上次建议未做：更换后制动片",
    ),
    (
        "粤B7K908",
        "刘敏",
        Ms,
        "13902910372",
        "丰田 凯美瑞",
        "珍珠白",
        Petrol,
        "LVGBF5AK0NG104521",
        44,
        120,
        52_310,
        "",
    ),
    (
        "京A8F2K6",
        "王雅琴",
        Ms,
        "13691028834",
        "大众 帕萨特",
        "幻影黑",
        Petrol,
        "LSVCH2A40M2078812",
        57,
        210,
        78_220,
        "",
    ),
    (
        "粤S5T120",
        "何建国",
        Mr,
        "13727761209",
        "福田 图雅诺",
        "白",
        Petrol,
        "LVAV2JVB0LE512207",
        66,
        45,
        143_900,
        "",
    ),
    (
        "粤B2M5Q8",
        "黄立新",
        Mr,
        "13544211987",
        "本田 雅阁",
        "星月白",
        Petrol,
        "LHGCR1650K8010203",
        80,
        95,
        96_400,
        "前轮胎沟深 3.4 mm，下次检查",
    ),
    (
        "粤BDA6802",
        "周凯",
        Mr,
        "18688931022",
        "小鹏 P7",
        "暗夜黑",
        Electric,
        "LMVHFEFZ0NA017733",
        40,
        160,
        44_870,
        "",
    ),
    (
        "粤BF30915",
        "吴晓燕",
        Ms,
        "18922876541",
        "理想 L7",
        "银色",
        PlugIn,
        "LW433B120P1043390",
        30,
        75,
        38_120,
        "",
    ),
    (
        "粤B9H336",
        "孙浩",
        Mr,
        "13510023377",
        "日产 天籁",
        "曜石黑",
        Petrol,
        "LGBH52E00KY123456",
        76,
        182,
        39_480,
        "",
    ),
    (
        "粤BD77180",
        "赵雪",
        Ms,
        "13988012245",
        "蔚来 ET5",
        "云白",
        Electric,
        "LJ1EEAUU0P7700218",
        33,
        90,
        27_650,
        "",
    ),
    (
        "粤A6C519",
        "郑海波",
        Mr,
        "13622817754",
        "奥迪 A6L",
        "传奇黑",
        Petrol,
        "LFV3A24G0H3018865",
        108,
        240,
        121_300,
        "空调滤芯到期",
    ),
    (
        "粤BDF2290",
        "许静",
        Ms,
        "13728890016",
        "埃安 S",
        "珠光白",
        Electric,
        "LNAA1AA10N5102290",
        46,
        133,
        61_020,
        "",
    ),
    (
        "粤B8K66Z",
        "欧阳娜",
        Ms,
        "13823456712",
        "宝马 325Li",
        "矿石灰",
        Petrol,
        "LBVHY1100MMA13021",
        58,
        150,
        66_410,
        "",
    ),
    (
        "粤B3R2T7",
        "林国栋",
        Mr,
        "13925233018",
        "别克 君威",
        "雪域白",
        Petrol,
        "LSGKE5410PW123456",
        34,
        170,
        29_330,
        "",
    ),
    (
        "粤BD60088",
        "马丽",
        Ms,
        "18576620931",
        "特斯拉 Model 3",
        "珍珠白",
        Electric,
        "LRW3E7FS0PC610088",
        31,
        60,
        33_700,
        "",
    ),
    (
        "粤B5N1W2",
        "冯志强",
        Mr,
        "13798230145",
        "马自达 阿特兹",
        "魂动红",
        Petrol,
        "LVRHDAEC0KN204317",
        82,
        365,
        104_880,
        "制动液超过两年",
    ),
    (
        "粤BC20417",
        "谢婷",
        Ms,
        "13642908811",
        "比亚迪 海豹",
        "极地白",
        Electric,
        "LC0CE4DC0S1234567",
        12,
        100,
        9_870,
        "",
    ),
    (
        "粤B1D8P3",
        "罗文",
        Mr,
        "13428726650",
        "丰田 亚洲龙 双擎",
        "铂青铜",
        Hybrid,
        "LFMA180C0N0053318",
        47,
        88,
        71_230,
        "",
    ),
    (
        "粤B6L4V9",
        "梁慧珊",
        Ms,
        "13580017224",
        "雷克萨斯 ES 300h",
        "超音速石英白",
        Hybrid,
        "LTHBG1050M5023394",
        55,
        143,
        58_090,
        "",
    ),
    (
        "粤BH41207",
        "宋宇",
        Mr,
        "18820207785",
        "深蓝 SL03",
        "星云青",
        PlugIn,
        "LS6A2E0F0PA004127",
        29,
        77,
        25_640,
        "",
    ),
    (
        "粤B0Q5X1",
        "唐薇",
        Ms,
        "13761552390",
        "凯迪拉克 CT5",
        "水晶白",
        Petrol,
        "LSGUV8310NA012205",
        45,
        199,
        48_770,
        "",
    ),
    (
        "粤B4G8L6",
        "郭建华",
        Mr,
        "13510889027",
        "别克 GL8",
        "典雅黑",
        Petrol,
        "LSGUA83L0NA045128",
        50,
        118,
        83_210,
        "",
    ),
    (
        "粤B7P3C5",
        "韦国强",
        Mr,
        "13688710254",
        "长城 炮",
        "骑士黑",
        Petrol,
        "LGWDB7180NB120377",
        41,
        64,
        57_940,
        "",
    ),
    (
        "粤Z1234港",
        "邓嘉敏",
        Ms,
        "13590117736",
        "丰田 皇冠（右舵）",
        "珍珠白",
        Petrol,
        "JTNBE46K003012457",
        64,
        152,
        61_300,
        "",
    ),
];

const APPOINTMENTS: &[(u32, u32, usize, &str, &str, usize)] = &[
    (9, 0, 0, "早上起步有咔咔声", "检查底盘，约 1 小时，在店等", 0),
    (9, 30, 12, "常规保养", "", 1),
    (10, 30, 7, "4 万公里保养", "机油三滤、刹车油，在店等", 0),
    (11, 30, 8, "更换制动片，已备件", "前制动片，配件已到", 0),
    (14, 0, 9, "空调不凉，需诊断", "先诊断，报价后再修", 1),
    (15, 30, 10, "充电口盖检查", "", 0),
    (16, 0, 16, "6 万公里保养", "火花塞、变速箱油，17:30 来取", 1),
    (16, 30, 19, "右前门异响", "", 0),
];

const STAFF: &[(&str, &str, Role)] = &[
    ("lin", "林晓彤", Role::Advisor),
    ("zhao", "赵明", Role::Advisor),
    ("chen", "陈思齐", Role::Advisor),
    ("guo", "郭师傅", Role::Supervisor),
    ("he", "何静", Role::Inspector),
    ("luo", "罗经理", Role::Manager),
];

fn vin(pattern: &str) -> String {
    let fits = |digit: char| {
        let text = format!("{}{digit}{}", &pattern[..8], &pattern[9..]);
        matches!(Vin::read(&text), Reading::Valid(vin) if vin.check_digit_fits()).then_some(text)
    };
    "0123456789X".chars().find_map(fits).unwrap_or_else(|| pattern.to_owned())
}

/// Bodies by what the model's name begins with; the others are sedans.
const BODIES: &[(&str, Body)] = &[
    ("理想 L7", Body::Suv),
    ("哈弗", Body::Suv),
    ("福田 图雅诺", Body::Mpv),
    ("别克 GL8", Body::Mpv),
    ("长城", Body::Pickup),
    ("本田 奥德赛", Body::Mpv),
];

/// China has one time: UTC+8.
pub const UTC_OFFSET_MINUTES: i32 = 480;

/// Open every day, so that the demo promises a time on any.
fn workshop(today: NaiveDate) -> WorkshopPlan {
    let hours = vec!["08:30-12:00".to_owned(), "13:00-18:00".to_owned()];
    let skills = vec![Skill::Mechanical, Skill::Diagnosis];
    let permit = Some(Day(today + Months::new(8)));
    let mechanic =
        |skills: &[Skill], permit_until| Mechanic { skills: skills.to_vec(), permit_until, name: None };
    WorkshopPlan {
        week: vec![hours; 7],
        days: Vec::new(),
        mechanics: vec![
            mechanic(&skills, permit),
            mechanic(&skills, None),
            mechanic(&[Skill::Body, Skill::Paint], None),
        ],
        finish: 30,
        seasons: None,
        holidays: None,
    }
}

/// The demo at a moment, milliseconds since 1970 UTC.
pub fn at(now: i64) -> Catalogue {
    demo(crate::locale::day_of(now, UTC_OFFSET_MINUTES), UTC_OFFSET_MINUTES)
}

/// The demo as of a day, so that its appointments are today's.
pub fn demo(today: NaiveDate, utc_offset_minutes: i32) -> Catalogue {
    let midnight = today.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis()
        - i64::from(utc_offset_minutes) * 60_000;
    let car = |row: &Row| KnownVehicle {
        plate: row.0.into(),
        owner: row.1.into(),
        salutation: row.2,
        phone: row.3.into(),
        model: row.4.into(),
        colour: row.5.into(),
        energy: row.6,
        vin: vin(row.7),
        plate_colour: match row.0.chars().count() {
            8 => PlateColour::Green,
            _ if row.4.starts_with("福田") => PlateColour::Yellow,
            _ => PlateColour::Blue,
        },
        purchased: today.checked_sub_months(chrono::Months::new(row.8)).map(Day),
        private_use: !row.4.starts_with("福田"),
        last_visit: today.checked_sub_days(Days::new(row.9)).map(Day),
        last_odometer: Some(row.10),
        remark: row.11.into(),
        body: Some(BODIES.iter().find(|(name, _)| row.4.starts_with(name)).map_or(Body::Sedan, |row| row.1)),
        // A car that came over from Hong Kong.
        steering: row.4.ends_with("（右舵）").then_some(Side::Right),
        delivered: guarantees::delivered(row.0, today),
        recalls: guarantees::recalls(row.0),
        jobs: guarantees::jobs(row.0, today),
    };
    let appointment = |(at, row): (usize, &(u32, u32, usize, &str, &str, usize))| {
        let (hour, minute, car, wish, agreed, advisor) = *row;
        let car = &CARS[car];
        Appointment {
            id: format!("{today}-{}", at + 1),
            at: midnight + i64::from(hour * 60 + minute) * 60_000,
            plate: car.0.into(),
            name: car.1.into(),
            salutation: car.2,
            phone: car.3.into(),
            wish: wish.into(),
            agreed: (!agreed.is_empty()).then(|| agreed.to_owned()),
            advisor: StaffId(STAFF[advisor].0.into()),
        }
    };
    let member = |(id, name, role): &(&str, &str, Role)| StaffMember {
        id: StaffId((*id).into()),
        name: (*name).into(),
        role: *role,
    };
    Catalogue {
        dealership: Dealership {
            id: "demo".into(),
            name: "深圳南行汽车销售服务有限公司".into(),
            address: "深圳市南山区留仙路 88 号".into(),
            phone: "0755-2655 1234".into(),
            hours: "08:30–18:00".into(),
            privacy_contact: "0755-2655 1234".into(),
            province: "粤".into(),
            utc_offset_minutes,
        },
        staff: STAFF.iter().map(member).collect(),
        appointments: APPOINTMENTS.iter().enumerate().map(appointment).collect(),
        vehicles: CARS.iter().map(car).collect(),
        workshop: Some(workshop(today)),
        promised: Some(guarantees::promised()),
        ..Catalogue::standard()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::visit::vehicle::PlateNumber;

    #[test]
    fn every_demo_vehicle_has_a_valid_plate_and_vin() {
        let today = NaiveDate::from_ymd_opt(2026, 3, 18).expect("a date");
        for car in demo(today, 480).vehicles {
            assert!(matches!(PlateNumber::read(&car.plate), Reading::Valid(_)), "{}", car.plate);
            assert!(
                matches!(Vin::read(&car.vin), Reading::Valid(vin) if vin.check_digit_fits()),
                "{}",
                car.vin
            );
        }
    }
}
