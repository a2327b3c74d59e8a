//! What failed decides which rules are looked at.

use super::Rule;
use crate::record::named;

named! {
    /// What failed.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Failed {
        /// 普通零件: nothing of what follows.
        Ordinary = "ordinary",
        /// 易损件
        Wearing = "wearing",
        /// 发动机, 变速箱, or a main part of them
        EngineGearbox = "engine_gearbox",
        /// 动力电池, 驱动电机, or a main part of them
        BatteryMotor = "battery_motor",
        /// 电控: what controls battery and motor; no assembly in the sense of the law.
        DriveControl = "drive_control",
        /// 安全故障: steering or brakes fail, the body cracks, fuel leaks, the battery burns.
        Danger = "danger",
    }
}

impl Failed {
    /// In the order of offering.
    pub const ALL: [Self; 6] = [
        Self::Ordinary,
        Self::Wearing,
        Self::EngineGearbox,
        Self::BatteryMotor,
        Self::DriveControl,
        Self::Danger,
    ];

    /// Whether only a car with a traction battery has it.
    pub fn is_high_voltage(self) -> bool {
        matches!(self, Self::BatteryMotor | Self::DriveControl)
    }

    /// Within which periods it is repaired free of charge; one of them suffices.
    pub fn repaired_within(self) -> &'static [Rule] {
        match self {
            Self::Ordinary | Self::EngineGearbox | Self::Danger => &[Rule::Repair],
            Self::Wearing => &[Rule::Wearing],
            Self::BatteryMotor | Self::DriveControl => &[Rule::Repair, Rule::HighVoltage],
        }
    }

    /// Within which periods the customer may ask for more: Order 43, Art. 20, 22, 23.
    pub fn early(self) -> &'static [Rule] {
        match self {
            Self::Ordinary | Self::Wearing | Self::DriveControl => &[],
            Self::EngineGearbox | Self::BatteryMotor => &[Rule::FirstDays, Rule::NewAssembly],
            Self::Danger => &[Rule::EarlyDanger],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_failed_decides_which_periods_are_looked_at() {
        use Rule::{EarlyDanger, FirstDays, HighVoltage, NewAssembly, Repair, Wearing};
        for (failed, repaired, early) in [
            (Failed::Ordinary, &[Repair][..], &[][..]),
            (Failed::Wearing, &[Wearing], &[]),
            (Failed::EngineGearbox, &[Repair], &[FirstDays, NewAssembly]),
            (Failed::BatteryMotor, &[Repair, HighVoltage], &[FirstDays, NewAssembly]),
            (Failed::DriveControl, &[Repair, HighVoltage], &[]),
            (Failed::Danger, &[Repair], &[EarlyDanger]),
        ] {
            assert_eq!((failed.repaired_within(), failed.early()), (repaired, early), "{}", failed.name());
        }
    }
}
