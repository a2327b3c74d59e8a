//! What a technician would ask about each group of symptoms: the catalogue carries it, so that a
//! dealership may ask otherwise. What it begins with is one text, a question or a group to a line. Ids are
//! retired, never renamed.

use super::{Choice, Label};
use crate::record::kept;

/// The group that says everything with one tap: `常规保养`.
pub const ROUTINE: &str = "routine";

/// What is asked where the dealership has a group of its own, or none was chosen.
const ANY: [&str; 4] = ["drive", "often", "since", "repair"];

/// A follow-up question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Stands in journals. Groups share questions: an answer stays where the group is changed.
    pub id: String,
    /// 从何时起
    pub label: Label,
    /// How an answer is said in a sentence; `*` stands for it.
    pub said: Label,
    /// Ids with their words.
    pub choices: Vec<Choice>,
    /// Whether several choices may be true at once.
    pub several: bool,
    /// A whole number up to this one is meant; there are no choices then.
    pub most: Option<u32>,
}

kept!(Question { id, label, said, choices, several, most });

/// How a group of symptoms is said, and what is asked about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The symptom group's id.
    pub id: String,
    /// 车有异响
    pub said: Label,
    /// Ids of its questions, in the order of asking.
    pub questions: Vec<String>,
}

kept!(Asked { id, said, questions });

/// The interview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interview {
    /// Every question.
    pub questions: Vec<Question>,
    /// What is asked about each group.
    pub groups: Vec<Asked>,
}

kept!(Interview { questions, groups });

impl Interview {
    /// What every dealership begins with.
    pub fn standard() -> Self {
        Self {
            questions: QUESTIONS.lines().filter_map(read_question).collect(),
            groups: GROUPS.lines().filter_map(read_group).collect(),
        }
    }

    /// A question by its id; none where the dealership does not ask it.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.id == id)
    }

    /// What is asked about a group.
    pub fn asked(&self, symptom: Option<&str>) -> Option<&Asked> {
        self.groups.iter().find(|group| Some(group.id.as_str()) == symptom)
    }

    /// The questions about a group, in the order of asking.
    pub fn questions(&self, symptom: Option<&str>) -> Vec<&Question> {
        match self.asked(symptom) {
            Some(group) => group.questions.iter().filter_map(|id| self.question(id)).collect(),
            None => ANY.iter().filter_map(|id| self.question(id)).collect(),
        }
    }
}

fn read_question(line: &str) -> Option<Question> {
    let mut cells = line.split('|').map(str::to_owned);
    let (id, kind) = (cells.next()?, cells.next()?);
    let label = Label { zh: cells.next()?, en: cells.next()? };
    let said = Label { zh: cells.next()?, en: cells.next()? };
    let last = cells.next()?;
    let most = if kind == "#" { Some(last.parse().ok()?) } else { None };
    let choice = |choice: &str| {
        let mut words = choice.split('/').map(str::to_owned);
        Some(Choice { id: words.next()?, label: Label { zh: words.next()?, en: words.next()? } })
    };
    let choices = if most.is_none() { last.split(';').filter_map(choice).collect() } else { Vec::new() };
    Some(Question { id, label, said, choices, several: kind == "+", most })
}

fn read_group(line: &str) -> Option<Asked> {
    let mut cells = line.split('|').map(str::to_owned);
    let (id, said) = (cells.next()?, Label { zh: cells.next()?, en: cells.next()? });
    Some(Asked { id, said, questions: cells.next()?.split(' ').map(str::to_owned).collect() })
}

/// id, how it is answered (1 one, + several, # a number), Chinese, English, how an answer is said in both,
/// choices; of a number its most.
const QUESTIONS: &str = "\
since|1|从何时起|Since when|*开始的|it began *|today/今天/Today;week/一周内/Within a week;month/一个月内/Within a month;earlier/更早/Longer ago
often|1|多久一次|How often|*出现|*|always/每次/Every time;often/经常/Often;sometimes/偶尔/Now and then;once/只有一次/Only once
repair|1|之前修过吗|After a repair|*|*|none/最近没修过/No repair lately;here/在本店修过之后/After a repair here;elsewhere/在别处修过之后/After a repair elsewhere;accident/事故之后/After an accident
speed|+|车速 km/h|Speed, km/h|车速 *|at * km/h|0/静止/0;20/20 以下/Under 20;60/20 到 60/20 to 60;100/60 到 100/60 to 100;more/100 以上/Over 100
temperature|1|冷车还是热车|Cold or warm|*时|when *|cold/冷车/Cold;warm/热车/Warm;both/冷热车/Cold and warm
load|1|载重|Load|*时|*|alone/只有驾驶员/Driver only;full/满载/Fully loaded;towing/拖挂/Towing;any/空车满载都有/With any load
weather|+|天气|Weather|*天气|in * weather|dry/晴/Dry;rain/雨/Wet;cold/冷/Cold;hot/热/Hot
drive|+|什么时候|When|*时|when *|start/起步/Moving off;turn/转弯/Turning;brake/制动/Braking;bumps/颠簸/Over bumps;steady/匀速/At steady speed;faster/加速/Accelerating;idle/怠速/Idling
where|+|哪个位置|Where|在*|at the *|rf/右前轮/Right front wheel;lf/左前轮/Left front wheel;rr/右后轮/Right rear wheel;lr/左后轮/Left rear wheel;engine/机舱/Engine bay;inside/车内/Cabin;rear/车尾/Rear end;under/车底/Underbody
sound|+|什么声音|What sound|是*声|a * sound|click/咔哒/Clicking;hum/嗡嗡/Humming;squeak/吱吱/Squeaking;scrape/摩擦/Scraping;knock/敲击/Knocking;hiss/嘶嘶/Hissing
felt|+|哪里感到|Where felt|*抖|felt in the *|wheel/方向盘/Steering wheel;seat/座椅/Seat;pedal/制动踏板/Brake pedal;body/全车/Whole car
lamp|+|哪个灯|Which lamp|*灯|the * lamp|engine/发动机/Engine;abs/ABS/ABS;airbag/安全气囊/Airbag;oil/机油压力/Oil pressure;battery/蓄电池/Battery;coolant/水温/Coolant;tyre/胎压/Tyre pressure;brake/制动/Brake;hv/高压系统/High voltage;other/其他/Other
lamp_colour|1|颜色|Colour|*|*|yellow/黄色/Yellow;red/红色/Red;other/其他颜色/Another colour
lamp_lit|1|怎么亮|How it lights|*|*|steady/常亮/Steady;flashes/闪烁/Flashing;gone/已熄灭/Gone out
effect|+|车有异常吗|Anything else|*|*|nothing/车无异常/Nothing else noticed;weak/动力不足/Less power;shakes/车抖/The car shakes;noise/有异响/With a noise;stalled/熄过火/It stalled
crank|1|按启动后|On starting|按启动后*|on starting *|nothing/没有反应/Nothing happens;slow/转得慢/It cranks slowly;turns/能转但不着/It cranks and does not start;dies/着了又熄/It starts and dies;not_ready/READY 不亮/No READY light
parked|#|停放多久（小时）|Hours parked|停放 * 小时后|after * hours parked|9999
key|1|钥匙|Key|*|*|found/能识别钥匙/The key is found;lost/不识别钥匙/The key is not found;unknown/没注意钥匙/The key was not looked at
jumped|1|搭电|Jump start|*|*|starts/搭电能启动/It starts with a jump;fails/搭电也不行/A jump does not help;untried/没搭过电/No jump was tried
power|+|怎么不好|What is wrong|*|*|weak/加速无力/Weak acceleration;jerks/顿挫/Jerking;limited/被限速/Limited speed;stalls/熄火/Stalling;revs/转速高车不快/High revs and no speed
refuelled|1|最近加油充电|Last fuel or charge|*|*|usual/加油充电照旧/Fuel or charge as usual;other/换过加油站或充电桩/At another place than usual
braking|+|怎么不好|What is wrong|制动*|braking: *|noise/有响声/Noise;long/距离长/Long way;soft/踏板软/Soft pedal;hard/踏板硬/Hard pedal;pulls/跑偏/Pulls aside;shakes/抖动/Shakes
force|1|踩得多重|Pedal force|*|*|light/轻踩/Light pedal;hard/重踩/Hard pedal;any/轻重都有/With any force
steering|+|怎么不好|What is wrong|转向*|steering: *|left/往左偏/Pulls left;right/往右偏/Pulls right;heavy/沉/Heavy;play/有间隙/Has play;off_centre/方向盘不正/Wheel off centre;noise/有响声/Noise
kerb|1|撞过路沿吗|Hit a kerb|*|*|yes/撞过路沿/A kerb was hit;no/没撞过路沿/No kerb was hit;unknown/不清楚撞没撞过/Not known if a kerb was hit
wheels_done|1|换胎或四轮定位|New tyres, alignment|*|*|yes/最近换胎或做过定位/Tyres or alignment done lately;no/最近没动过轮胎/Nothing done to the wheels
fluid|1|漏的是什么|What leaks|漏*|it is *|water/清水/Clear water;oil/深色油/Dark oil;coolant/绿色或粉色液体/Green or pink fluid;fuel/有汽油味的液体/Fluid that smells of fuel;unknown/不清楚的液体/An unknown fluid
leak_at|+|漏在哪里|Where|在*|at the *|front/车头下/Front;middle/车中间下/Middle;rear/车尾下/Rear;wheel/车轮旁/Wheel;inside/车内/Cabin
amount|1|漏多少|How much|*|*|drops/几滴/A few drops;puddle/一滩/A puddle;refill/需要补加/It needs topping up
leak_when|+|什么时候|When|*|*|parked/停放后/After parking;driving/行驶后/After driving;air/开空调后/With the air conditioning;wash/洗车或下雨后/After washing or rain
air|+|怎么不好|What is wrong|空调*|air conditioning: *|cold/不冷/Not cold;warm/不热/Not warm;weak/风小/Weak air;smell/有异味/Smell;noise/有响声/Noise;fog/玻璃起雾/Fogged glass
outlet|+|哪个出风口|Which outlets|*|*|all/全部出风口/All outlets;driver/主驾出风口/Driver's outlets;passenger/副驾出风口/Passenger's outlets;rear/后排出风口/Rear outlets
outside|#|当时气温（°C）|Outside temperature, °C|气温 * 度|at * °C outside|60
air_when|1|什么时候|When|*|*|first/刚开时/When just switched on;idle/怠速时/Idling;driving/行驶时/Driving;always/一直/All the time
filter|1|空调滤芯|Cabin filter|*|*|new/滤芯一年内换过/Filter changed within a year;old/滤芯一年没换/Filter older than a year;unknown/滤芯不清楚/Filter not known
device|+|什么不好用|What fails|*|*|windows/车窗/Windows;locks/门锁/Locks;lights/灯光/Lights;screen/中控屏/Screen;seats/座椅/Seats;camera/影像/Camera;audio/音响/Audio;wipers/雨刮/Wipers;other/其他电器/Another device
fails|1|怎么不好|How it fails|*|*|dead/完全不工作/Does not work at all;sometimes/时好时坏/Works now and then;alone/自己动作/Works by itself;wrong/显示不对/Shows something wrong
added|1|加装过吗|Anything fitted|*|*|none/没有加装/Nothing was fitted;camera/加装过记录仪/A dash camera was fitted;other/有其他加装/Something else was fitted
flat|1|蓄电池没电过吗|Flat battery|*|*|no/蓄电池没断过电/The battery was never flat;yes/蓄电池没电过/The battery was flat
charging|+|怎么不好|What is wrong|*|*|none/充不上/Does not charge;stops/中途停/Stops in between;slow/充得慢/Charges slowly;range/续航变少/Less range;flap/充电口打不开/Flap does not open
charger|+|在哪里充|Which charger|用*|on a *|home/家用桩/Home charger;slow/公共慢充/Public AC charger;fast/公共快充/Public DC charger;portable/随车充/Portable charger
percent|#|当时电量（%）|Charge then, %|电量 * % 时|at * % charge|100
range|#|充满续航（km）|Range when full, km|充满续航 * km|* km when full|2000
message|1|有提示吗|Any message|*|*|yes/有提示/With a message;no/没有提示/Without a message
part|+|哪个部位|Which part|*|*|door/车门/Door;window/车窗/Window;lid/后备厢/Boot;bonnet/机盖/Bonnet;sunroof/天窗/Sunroof;paint/漆面/Paint;trim/饰条/Trim;seat/座椅/Seat
part_fault|+|怎么不好|What is wrong|*|*|rattle/松旷有声/Rattles;wind/风噪/Wind noise;water/进水/Lets water in;stuck/打不开关不上/Does not open or close;damage/有损伤/Damaged
side|+|哪一侧|Which side|在*|on the *|left/左侧/Left;right/右侧/Right;front/前部/Front;rear/后部/Rear
smell|1|什么味|What smell|是*|it smells of *|burnt/焦味/Something burnt;fuel/汽油味/Fuel;sweet/甜味/Something sweet;must/霉味/Must;eggs/臭鸡蛋味/Rotten eggs;plastic/塑料味/Plastic
smell_at|1|车内还是车外|Inside or outside|在*|*|inside/车内/Inside;outside/车外/Outside;both/车内和车外/Inside and outside
smell_when|+|什么时候|When|*|*|air/开空调时/With the air conditioning;drive/行驶时/Driving;hill/爬坡时/Uphill;stop/停车后/After stopping;charge/充电时/Charging
due|+|要做什么|What is due|做*|*|oil/机油机滤/Oil and filter;filters/空滤和空调滤/Air and cabin filter;brake_fluid/制动液/Brake fluid;coolant/冷却液/Coolant;rotation/轮胎换位/Tyre rotation;check/全面检查/Full check
since_km|#|距上次保养（km）|km since the last service|距上次保养 * km|* km since the last service|99999
since_months|#|距上次保养（月）|Months since the last service|* 个月|* months since then|240
reminder|1|保养提示|Service reminder|*|*|shown/有保养提示/Reminder shown;none/没有保养提示/No reminder;unknown/没注意保养提示/Reminder not looked at
oil|1|用什么机油|Which oil|*|*|before/机油照旧/Oil as before;advise/机油请推荐/Oil as advised;own/机油自带/Own oil;electric/不用机油/No oil needed
topped_up|1|中间加过机油吗|Oil topped up|*|*|no/中间没加过机油/No oil topped up;yes/中间加过机油/Oil was topped up
also|1|还有别的问题吗|Anything else|*|*|no/没有别的问题/Nothing else;yes/另有问题/Something else as well";

/// id, how it is said in both languages, its questions in the order of asking.
const GROUPS: &str = "\
routine|来做常规保养|you come for routine service|due since_km since_months reminder oil topped_up also
noise|车有异响|the car makes a noise|where sound drive speed temperature often since repair
vibration|车抖动|the car vibrates|felt drive speed temperature load often since repair
lamp|警告灯亮|a warning lamp is on|lamp lamp_colour lamp_lit effect often since repair
brakes|制动不好|the brakes are not right|braking where speed force weather often since repair
steering|转向不好|the steering is not right|steering drive speed kerb wheels_done often since repair
air|空调不好|the air conditioning is not right|air outlet air_when outside filter often since repair
starting|不好启动|it does not start well|crank parked temperature key jumped weather often since
power|动力不好|it lacks power|power drive speed temperature load refuelled often since
leak|漏液|it leaks|fluid leak_at amount leak_when since repair
electrics|电器不好用|something electric fails|device fails added flat weather often since repair
charging|充电或续航不好|charging or range is not right|charging charger percent range message weather often since
body|车身有问题|the body has a fault|part part_fault side speed weather since repair
smell|有异味|there is a smell|smell smell_at smell_when temperature often since repair";

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::catalogue::Catalogue;
    use crate::locale::Language;

    #[test]
    fn each_of_14_groups_has_4_to_8_questions_of_its_own_and_one_that_no_other_group_has() {
        let (interview, symptoms) = (Interview::standard(), Catalogue::standard().symptoms);
        assert_eq!(symptoms.len(), 14);
        let ids = |id: &str| -> Vec<&str> {
            interview.questions(Some(id)).iter().map(|question| question.id.as_str()).collect()
        };
        for symptom in &symptoms {
            let own = ids(&symptom.id);
            assert!((4..=8).contains(&own.len()), "{}: {own:?}", symptom.id);
            let asked = interview.asked(Some(&symptom.id)).expect("a group");
            assert_eq!(own, asked.questions, "{}", symptom.id);
            let others: BTreeSet<&str> = symptoms
                .iter()
                .filter(|other| other.id != symptom.id)
                .flat_map(|other| ids(&other.id))
                .collect();
            assert!(own.iter().any(|id| !others.contains(id)), "{} asks nothing of its own", symptom.id);
            assert!(!asked.said.zh.is_empty() && !asked.said.en.is_empty(), "{}", symptom.id);
        }
        assert_eq!(ids("a group of the dealership's"), ANY);
    }

    #[test]
    fn every_question_has_words_in_both_languages_a_sentence_and_ids_of_its_own() {
        let interview = Interview::standard();
        assert_eq!(interview.questions.len(), QUESTIONS.lines().count(), "a line is not read");
        assert_eq!(interview.groups.len(), GROUPS.lines().count(), "a line is not read");
        let ids: BTreeSet<&str> = interview.questions.iter().map(|question| question.id.as_str()).collect();
        assert_eq!(ids.len(), interview.questions.len());
        let asked = interview.groups.iter().flat_map(|group| &group.questions).map(String::as_str);
        assert_eq!(asked.chain(ANY).collect::<BTreeSet<_>>(), ids, "asked and known");
        for question in &interview.questions {
            let id = &question.id;
            let chinese = |text: &str| text.chars().any(|c| ('\u{3000}'..='\u{9fff}').contains(&c));
            let words = question.choices.iter().map(|choice| &choice.label);
            for label in words.chain([&question.label, &question.said]) {
                let Label { zh, en } = label;
                assert!(!zh.is_empty() && !en.is_empty() && !chinese(en), "{id}: {label:?}");
            }
            assert!(question.said.zh.contains('*') && question.said.en.contains('*'), "{id}");
            let own: BTreeSet<&str> = question.choices.iter().map(|choice| choice.id.as_str()).collect();
            assert_eq!(own.len(), question.choices.len(), "{id}");
            match question.most {
                Some(most) => assert!(most > 0 && own.is_empty() && !question.several, "{id}"),
                None => assert!(own.len() >= 2, "{id}"),
            }
        }
    }

    #[test]
    fn the_groups_of_release_0_1_0_are_still_there() {
        let interview = Interview::standard();
        for old in [
            "routine",
            "noise",
            "vibration",
            "lamp",
            "brakes",
            "steering",
            "air",
            "starting",
            "power",
            "leak",
            "electrics",
            "charging",
            "body",
            "smell",
        ] {
            assert!(interview.asked(Some(old)).is_some(), "{old}");
            let named =
                crate::catalogue::choice_label(&Catalogue::standard().symptoms, old, Language::En) != old;
            assert!(named, "{old} has no word");
        }
    }
}
