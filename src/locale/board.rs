//! The board, the settings, the first page of a tablet.

use super::Language;
use crate::readiness::{Check, Finding, Permission};

words! {
    // the board
    finished: "已完成" | "Done";
    day_by_day: "已完成，按日" | "Done, day by day";
    earlier: "更早的" | "Earlier";
    no_finished: "还没有完成的接车。" | "No visit is done yet.";
    no_earlier: "没有更早的了。" | "Nothing earlier.";
    search_hint: "也可以用姓名的拼音首字母，例如 czq。" | "Initials in pinyin work too, such as czq.";
    agreed: "约好" | "Agreed";

    // readiness
    readiness: "开工检查" | "Ready for work?";
    asking: "正在查" | "Checking";
    check_again: "全部再查" | "Check all";
    begin_work: "开工，去看板" | "Start work";
    try_print: "试印" | "Print";
    try_camera: "试拍" | "Try";
    try_microphone: "试录" | "Try";
    try_exchange: "试连" | "Connect";
    try_room: "试存" | "Try";
    ask_to_keep: "请求保留" | "Ask";
    look_for_update: "查新版" | "Check";
    did_it_come_out: "试印页出来了吗？" | "Did the test page come out?";
    it_came_out: "出来了" | "Yes";
    it_did_not: "没有" | "No";
    test_page: "试印页" | "Test page";
    test_page_frame: "四边的框完整、字清楚，打印机就能用。" | "If the frame is whole and the text is clear, the printer works.";

    // appearance
    as_system: "自动" | "Auto";
    sunlight: "强光" | "Sunlight";
    vibration: "震动反馈" | "Vibration";
    on: "开" | "On";
    off: "关" | "Off";
    sunlight_hint: "在阳光下：长按右上角的同步状态也能切换。" | "Outdoors: a long press on the sync state switches too.";
    tour: "这台平板怎么用" | "How this tablet works";

    // the first page
    tour_title: "接车，有没有网络都一样" | "The lane works with or without a network";
    tour_what: "车旁记下车辆、环车检查、顾客原话，请顾客当面核对签名。每点一下都先存在这台平板上，再发给店里。" | "Beside the car you note the vehicle, the walk-around and the customer's words; then the customer checks and signs. Every tap is stored on this tablet first and then sent.";
    tour_three: "右上角只有三种说法：" | "The top right corner says one of three things:";
    tour_here: "断电、断网都不会丢" | "Safe without power or network";
    tour_sent: "店里的服务器已收到" | "The server has it";
    tour_complete: "服务器有全部内容，包括照片" | "The server has all of it, photos too";
    tour_go: "知道了，开始" | "Got it, start";
}

impl Language {
    /// 3 号
    pub fn queue_number(self, number: usize) -> String {
        match self {
            Self::ZhCn => format!("{number} 号"),
            Self::En => format!("No. {number}"),
        }
    }

    /// How many wait, and how long the first one has.
    pub fn queue(self, count: usize, longest: i64) -> String {
        let longest = self.waiting(longest);
        match self {
            Self::ZhCn => format!("{count} 辆在等 · 最久 {longest}"),
            Self::En => format!("{count} waiting · longest {longest}"),
        }
    }

    /// 10 项，2 项要留意
    pub fn checks(self, count: usize, care: usize) -> String {
        match (self, care) {
            (Self::ZhCn, 0) => format!("{count} 项，都可以"),
            (Self::ZhCn, _) => format!("{count} 项，{care} 项要留意"),
            (Self::En, 0) => format!("{count} checks, all fine"),
            (Self::En, _) => format!("{count} checks, {care} need care"),
        }
    }

    /// The check's name.
    pub fn check(self, check: Check) -> &'static str {
        match check {
            Check::Unsent => self.unsent(),
            Check::Exchange => self.last_exchange(),
            Check::Room => self.storage(),
            Check::Kept => self.pick("长期保存", "Kept for long"),
            Check::Clock => self.pick("时钟", "Clock"),
            Check::Program => self.pick("程序", "App"),
            Check::Camera => self.pick("相机", "Camera"),
            Check::Microphone => self.pick("麦克风", "Microphone"),
            Check::Printer => self.pick("打印机", "Printer"),
            Check::Battery => self.pick("电量", "Battery"),
        }
    }

    /// What a check found, in a figure or a word.
    pub fn finding(self, finding: &Finding, utc_offset_minutes: i32) -> String {
        match finding {
            Finding::Asking => self.asking().to_owned(),
            Finding::Untold => String::new(),
            Finding::Unsent(0, 0) => self.none().to_owned(),
            Finding::Unsent(entries, photos) => self.unsent_count(*entries, *photos),
            Finding::Exchange(None, _) => self.never().to_owned(),
            Finding::Exchange(Some(at), _) => self.date_time(*at, utc_offset_minutes),
            Finding::Room(true, used) => format!("{} {}", self.storage_used(), self.bytes(*used)),
            Finding::Room(false, _) => self.pick("存不下照片", "No room for photos").to_owned(),
            Finding::Kept(true) => self.pick("已允许", "Granted").to_owned(),
            Finding::Kept(false) => self.pick("未允许", "Not granted").to_owned(),
            Finding::Clock(None) => self.pick("还没比过", "Not compared yet").to_owned(),
            Finding::Clock(Some(offset)) => self.differs_by(*offset),
            Finding::Program(true) => self.pick("有新版本", "New version").to_owned(),
            Finding::Program(false) => self.pick("最新", "Up to date").to_owned(),
            Finding::Allowed(Permission::Granted) => self.pick("可用", "Works").to_owned(),
            Finding::Allowed(Permission::Ask) => self.pick("还没允许", "Not allowed yet").to_owned(),
            Finding::Allowed(Permission::Refused) => self.pick("不能用", "Not available").to_owned(),
            Finding::Printer(None) => self.pick("还没试过", "Not tried yet").to_owned(),
            Finding::Printer(Some((_, true))) => self.pick("正常", "Works").to_owned(),
            Finding::Printer(Some((_, false))) => self.pick("没出纸", "No page").to_owned(),
            Finding::Battery(percent, _) => format!("{percent} %"),
        }
    }

    fn differs_by(self, offset: i64) -> String {
        let seconds = offset.unsigned_abs().div_ceil(1_000);
        match (self, seconds) {
            (Self::ZhCn, 0..120) => format!("差 {seconds} 秒"),
            (Self::En, 0..120) => format!("{seconds} s apart"),
            (Self::ZhCn, _) => format!("差 {}", self.waiting(seconds as i64 / 60)),
            (Self::En, _) => format!("{} apart", self.waiting(seconds as i64 / 60)),
        }
    }

    /// What stands behind a finding; of one that needs care, what works instead.
    pub fn finding_note(self, check: Check, finding: &Finding, utc_offset_minutes: i32) -> String {
        let text = match finding {
            Finding::Asking | Finding::Untold => "",
            Finding::Unsent(0, 0) => self.pick("都已送到服务器", "The server has everything"),
            Finding::Unsent(..) => self.pick(
                "已存本机，联网自动发送；急用可先导出",
                "Stored here, sent by itself; export it if urgent",
            ),
            Finding::Exchange(_, true) => self.server_reached(),
            Finding::Exchange(_, false) => {
                self.pick("连不上服务器，照常接车，连上后自动发送", "No server; work on, it is sent later")
            }
            Finding::Room(true, _) => self.pick("刚试过，照片放得下", "Tried just now: a photo fits"),
            Finding::Room(false, _) => self.pick(
                "文字仍能保存；请先导出未发送，再腾出空间",
                "Text is still saved; export, then free some space",
            ),
            Finding::Kept(true) => self.storage_kept(),
            Finding::Kept(false) => self.storage_not_kept(),
            Finding::Clock(Some(offset)) if offset.abs() > crate::readiness::CLOCK_MAY_DIFFER => self.pick(
                "照常接车，两个时间都会留；请打开“自动设定时间”",
                "Work on, both times are kept; set the time automatically",
            ),
            Finding::Clock(_) => self.pick("与店里的钟比", "Against the server's clock"),
            Finding::Program(true) => {
                self.pick("两台车之间再换，内容不变", "Change between two cars; nothing is lost")
            }
            Finding::Program(false) => concat!("Lanepad ", env!("CARGO_PKG_VERSION")),
            Finding::Allowed(Permission::Granted) if check == Check::Camera => {
                self.pick("可以拍照", "Photos can be taken")
            }
            Finding::Allowed(Permission::Granted) => self.pick("可以录音", "Sound can be recorded"),
            Finding::Allowed(Permission::Ask) => {
                self.pick("点右边，系统会问一次", "Tap; the system asks once")
            }
            Finding::Allowed(Permission::Refused) if check == Check::Camera => self.pick(
                "可以先写说明，或从相册选；请在系统里允许",
                "Write a note or choose a picture; allow it in the system",
            ),
            Finding::Allowed(Permission::Refused) => {
                self.pick("改用文字；请在系统里允许", "Write instead; allow it in the system")
            }
            Finding::Printer(Some((at, true))) => {
                let at = self.date_time(*at, utc_offset_minutes);
                return format!("{} {at}", self.pick("上次试印", "Last test"));
            }
            Finding::Printer(_) => self.pick(
                "签名照常，单子可以稍后从任何一台补印",
                "Signing works; papers can be printed later, from any tablet",
            ),
            Finding::Battery(_, true) => self.pick("正在充电", "Charging"),
            Finding::Battery(..) if finding.needs_care() => {
                self.pick("请尽快充电；已输入的都在本机", "Charge soon; what was entered is stored")
            }
            Finding::Battery(..) => self.pick("够用", "Enough"),
        };
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_is_said_to_differ_in_seconds_up_to_two_minutes() {
        assert_eq!(Language::ZhCn.finding(&Finding::Clock(Some(-900)), 480), "差 1 秒");
        assert_eq!(Language::En.finding(&Finding::Clock(Some(119_000)), 480), "119 s apart");
        assert_eq!(Language::ZhCn.finding(&Finding::Clock(Some(-47 * 60_000)), 480), "差 47 分钟");
    }

    #[test]
    fn what_fails_says_what_works_instead_in_both_languages() {
        let failing = [
            (Check::Unsent, Finding::Unsent(1, 0)),
            (Check::Exchange, Finding::Exchange(None, false)),
            (Check::Room, Finding::Room(false, 0)),
            (Check::Kept, Finding::Kept(false)),
            (Check::Clock, Finding::Clock(Some(999_000))),
            (Check::Program, Finding::Program(true)),
            (Check::Camera, Finding::Allowed(Permission::Refused)),
            (Check::Microphone, Finding::Allowed(Permission::Refused)),
            (Check::Printer, Finding::Printer(Some((0, false)))),
            (Check::Battery, Finding::Battery(3, false)),
        ];
        for (check, finding) in failing {
            for language in Language::ALL {
                assert!(finding.needs_care());
                assert!(!language.finding_note(check, &finding, 480).is_empty(), "{check:?} {language:?}");
            }
        }
    }
}
