//! Whether a tablet can work today: what each check of the settings found, and what needs care.

use crate::record::named;

/// The tablet's clock may differ from the server's by so much, in milliseconds.
pub const CLOCK_MAY_DIFFER: i64 = 2 * 60_000;

/// Below this a battery that is not charged does not last a morning, in per cent.
const LOW_BATTERY: u8 = 20;

named! {
    /// A check, in the order of the list.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Check {
        /// 未发送
        Unsent = "unsent",
        /// 上次交换
        Exchange = "exchange",
        /// 存储
        Room = "room",
        /// Whether the system keeps what is stored.
        Kept = "kept",
        /// 时钟
        Clock = "clock",
        /// 程序
        Program = "program",
        /// 相机
        Camera = "camera",
        /// 麦克风
        Microphone = "microphone",
        /// 打印机
        Printer = "printer",
        /// 电量
        Battery = "battery",
    }
}

/// What the browser lets the app use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// It may.
    Granted,
    /// The system will ask at the first use.
    Ask,
    /// It may not, or there is none, or something else holds it.
    Refused,
}

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// 正在查
    Asking,
    /// The browser does not tell.
    Untold,
    /// Entries and attachments that are not confirmed.
    Unsent(usize, usize),
    /// The last exchange, and whether the server answered just now.
    Exchange(Option<i64>, bool),
    /// Whether a photo still fits, and the bytes in use.
    Room(bool, u64),
    /// Whether the system keeps what is stored.
    Kept(bool),
    /// The server's time minus the tablet's, milliseconds; none before the first exchange.
    Clock(Option<i64>),
    /// Whether a newer version waits.
    Program(bool),
    /// Camera or microphone.
    Allowed(Permission),
    /// The last test page: when, and whether it came out.
    Printer(Option<(i64, bool)>),
    /// Per cent, and whether it is being charged.
    Battery(u8, bool),
}

impl Check {
    /// In the order of the list.
    pub const ALL: [Self; 10] = [
        Self::Unsent,
        Self::Exchange,
        Self::Room,
        Self::Kept,
        Self::Clock,
        Self::Program,
        Self::Camera,
        Self::Microphone,
        Self::Printer,
        Self::Battery,
    ];
}

impl Finding {
    /// Whether a person should do something about it before work begins.
    pub fn needs_care(&self) -> bool {
        match self {
            Self::Asking | Self::Untold => false,
            Self::Unsent(entries, attachments) => entries + attachments > 0,
            Self::Exchange(last, reached) => last.is_none() || !reached,
            Self::Room(fits, _) => !fits,
            Self::Kept(kept) => !kept,
            Self::Clock(offset) => offset.is_some_and(|offset| offset.abs() > CLOCK_MAY_DIFFER),
            Self::Program(update) => *update,
            Self::Allowed(permission) => *permission != Permission::Granted,
            Self::Printer(last) => last.is_none_or(|(_, came)| !came),
            Self::Battery(percent, charging) => *percent < LOW_BATTERY && !charging,
        }
    }
}

/// The checks as they are shown: those that need care first, without what the browser does not tell.
pub fn in_order(findings: &[(Check, Finding)]) -> Vec<Check> {
    let shown = || findings.iter().filter(|(_, finding)| *finding != Finding::Untold);
    let care = shown().filter(|(_, finding)| finding.needs_care());
    let rest = shown().filter(|(_, finding)| !finding.needs_care());
    care.chain(rest).map(|(check, _)| *check).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_needs_care_stands_first_and_what_nobody_tells_is_left_out() {
        let findings = [
            (Check::Unsent, Finding::Unsent(0, 0)),
            (Check::Room, Finding::Asking),
            (Check::Clock, Finding::Clock(Some(180_000))),
            (Check::Printer, Finding::Printer(Some((1, true)))),
            (Check::Camera, Finding::Allowed(Permission::Refused)),
            (Check::Battery, Finding::Untold),
        ];
        assert_eq!(
            in_order(&findings),
            [Check::Clock, Check::Camera, Check::Unsent, Check::Room, Check::Printer]
        );
    }

    #[test]
    fn each_check_says_where_care_begins() {
        for (fine, care) in [
            (Finding::Unsent(0, 0), Finding::Unsent(0, 1)),
            (Finding::Exchange(Some(1), true), Finding::Exchange(Some(1), false)),
            (Finding::Room(true, 1), Finding::Room(false, 1)),
            (Finding::Kept(true), Finding::Kept(false)),
            (Finding::Clock(Some(-CLOCK_MAY_DIFFER)), Finding::Clock(Some(-CLOCK_MAY_DIFFER - 1))),
            (Finding::Clock(None), Finding::Clock(Some(CLOCK_MAY_DIFFER + 1))),
            (Finding::Program(false), Finding::Program(true)),
            (Finding::Allowed(Permission::Granted), Finding::Allowed(Permission::Ask)),
            (Finding::Printer(Some((1, true))), Finding::Printer(None)),
            (Finding::Battery(20, false), Finding::Battery(19, false)),
            (Finding::Battery(5, true), Finding::Exchange(None, true)),
        ] {
            assert!(!fine.needs_care(), "{fine:?}");
            assert!(care.needs_care(), "{care:?}");
        }
    }
}
