//! What an electric car brings along: how it is opened, its charging port, whether it may be charged here.

use super::Charge;
use crate::record::named;

named! {
    /// A way into the car that is no key.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
    pub enum KeyAccess {
        /// 钥匙卡
        Card = "card",
        /// 手机 App 授权
        App = "app",
    }
}

impl KeyAccess {
    /// In the order of offering.
    pub const ALL: [Self; 2] = [Self::Card, Self::App];
}

named! {
    /// 充电口盖
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum PortFlap {
        /// 完好
        Good = "good",
        /// 损坏
        Damaged = "damaged",
        /// 缺失
        Missing = "missing",
    }
}

impl PortFlap {
    /// In the order of offering.
    pub const ALL: [Self; 3] = [Self::Good, Self::Damaged, Self::Missing];
}

named! {
    /// Whether the car may be charged in the shop, and who pays.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Charging {
        /// 不充电
        Not = "not",
        /// 充电，本店承担
        ShopPays = "shop_pays",
        /// 充电，顾客承担
        CustomerPays = "customer_pays",
    }
}

impl Charging {
    /// In the order of offering.
    pub const ALL: [Self; 3] = [Self::ShopPays, Self::CustomerPays, Self::Not];
}

/// At or below this many percent the advisor is warned: makers refuse battery claims where a car stood
/// below 20 % for over 15 days.
pub const LOW_CHARGE: u8 = 20;

impl Charge {
    /// Whether the advisor should speak of charging.
    pub fn is_low(self) -> bool {
        self.percent <= LOW_CHARGE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_charge_of_20_percent_is_low_and_21_is_not() {
        let charge = |percent| Charge { percent, range_km: None };
        assert!(charge(0).is_low() && charge(20).is_low());
        assert!(!charge(21).is_low());
    }
}
