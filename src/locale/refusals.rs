//! Why a text is not taken, or asked about first.

use super::{Language, thousands};
use crate::visit::customer::{LONGEST_NAME, NotAName, NotAPhone};
use crate::visit::vehicle::{MOST_KM, NotAPlate, NotAVin, NotAnOdometer, UnusualVin};

/// The longest free text, in characters.
pub const LONGEST_TEXT: usize = 1_000;

impl Language {
    /// Why a text is no VIN.
    pub fn not_a_vin(self, why: &NotAVin) -> String {
        match (self, why) {
            (Self::ZhCn, NotAVin::Length(n)) => format!("车架号是 17 位，这里有 {n} 位。"),
            (Self::En, NotAVin::Length(n)) => format!("A VIN has 17 characters; these are {n}."),
            (Self::ZhCn, NotAVin::Letter { found, position, proposal }) => {
                format!("第 {position} 位是 {found}，车架号里没有这个字母。是不是 {proposal}？")
            }
            (Self::En, NotAVin::Letter { found, position, proposal }) => {
                format!("{found} in place {position} never stands in a VIN. Is it {proposal}?")
            }
            (Self::ZhCn, NotAVin::Character(c)) => format!("“{c}”不会出现在车架号里。"),
            (Self::En, NotAVin::Character(c)) => format!("“{c}” never stands in a VIN."),
        }
    }

    /// The question about an unusual VIN.
    pub fn unusual_vin(self, why: &UnusualVin) -> String {
        let UnusualVin::CheckDigit { found, computed } = why;
        match self {
            Self::ZhCn => format!("第 9 位校验应为 {computed}，这里是 {found}。车上是这样写的吗？"),
            Self::En => {
                format!("The check digit should be {computed}, not {found}. Is it written so on the car?")
            }
        }
    }

    /// Why a text is no plate.
    pub fn not_a_plate(self, why: NotAPlate) -> String {
        match (self, why) {
            (Self::ZhCn, NotAPlate::Empty) => "请输入车牌，或选“无牌”。".into(),
            (Self::En, NotAPlate::Empty) => "Enter the plate, or choose “No plate”.".into(),
            (Self::ZhCn, NotAPlate::TooLong) => "车牌没有这么长。".into(),
            (Self::En, NotAPlate::TooLong) => "No plate is that long.".into(),
            (Self::ZhCn, NotAPlate::Character(c)) => format!("“{c}”不会出现在车牌上。"),
            (Self::En, NotAPlate::Character(c)) => format!("“{c}” never stands on a plate."),
        }
    }

    /// The question about an unusual plate.
    pub fn unusual_plate(self) -> String {
        self.pick(
            "这个车牌的样子少见。车上是这样写的吗？",
            "This plate is unusual. Is it written so on the car?",
        )
        .into()
    }

    /// Why a text is no name.
    pub fn not_a_name(self, why: NotAName) -> String {
        match (self, why) {
            (Self::ZhCn, NotAName::Empty) => "请输入送修人姓名。".into(),
            (Self::En, NotAName::Empty) => "Enter the name of who brings the car.".into(),
            (Self::ZhCn, NotAName::TooLong(n)) => format!("姓名最多 {LONGEST_NAME} 个字，这里有 {n} 个。"),
            (Self::En, NotAName::TooLong(n)) => {
                format!("A name has at most {LONGEST_NAME} characters; these are {n}.")
            }
        }
    }

    /// Why a text is no telephone number.
    pub fn not_a_phone(self, why: NotAPhone) -> String {
        match (self, why) {
            (Self::ZhCn, NotAPhone::Empty) => "请输入电话。".into(),
            (Self::En, NotAPhone::Empty) => "Enter a phone number.".into(),
            (Self::ZhCn, NotAPhone::Character(c)) => format!("“{c}”不是电话号码里的字符。"),
            (Self::En, NotAPhone::Character(c)) => format!("“{c}” is not part of a phone number."),
            (Self::ZhCn, NotAPhone::Length(n)) => format!("电话是 5 到 20 位数字，这里有 {n} 位。"),
            (Self::En, NotAPhone::Length(n)) => format!("A phone number has 5 to 20 digits; these are {n}."),
        }
    }

    /// The question about an unusual telephone number.
    pub fn unusual_phone(self) -> String {
        self.pick(
            "这个号码不像手机或座机。是这样吗？",
            "This does not look like a mobile or landline number. Is it so?",
        )
        .into()
    }

    /// Why a text is no odometer reading.
    pub fn not_an_odometer(self, why: NotAnOdometer) -> String {
        let most = thousands(MOST_KM);
        match (self, why) {
            (Self::ZhCn, NotAnOdometer::Empty) => "请输入里程。".into(),
            (Self::En, NotAnOdometer::Empty) => "Enter the mileage.".into(),
            (Self::ZhCn, NotAnOdometer::NotANumber) => "里程只能是数字，例如 38412。".into(),
            (Self::En, NotAnOdometer::NotANumber) => "Mileage is digits only, such as 38412.".into(),
            (Self::ZhCn, NotAnOdometer::Negative) => "里程不能小于 0。".into(),
            (Self::En, NotAnOdometer::Negative) => "Mileage cannot be below 0.".into(),
            (Self::ZhCn, NotAnOdometer::TooLarge) => format!("里程超过 {most} km，请再看一眼仪表。"),
            (Self::En, NotAnOdometer::TooLarge) => {
                format!("More than {most} km; look at the dashboard again.")
            }
        }
    }

    /// The reading is below the last one.
    pub fn odometer_below(self, last: u32) -> String {
        let last = thousands(last);
        match self {
            Self::ZhCn => format!("比上次的 {last} km 少。请选原因，或更正。"),
            Self::En => format!("Less than the last reading of {last} km. Choose a reason, or correct it."),
        }
    }

    /// Why a text is no state of charge.
    pub fn not_a_percentage(self) -> String {
        self.pick("电量是 0 到 100 的整数。", "Charge is a whole number from 0 to 100.").into()
    }

    /// Why a text is no range in km.
    pub fn not_a_range(self) -> String {
        self.pick("续航是 0 到 2000 的整数。", "Range is a whole number from 0 to 2000.").into()
    }

    /// A free text is too long.
    pub fn text_too_long(self, characters: usize) -> String {
        self.longer_than(LONGEST_TEXT, characters)
    }

    /// A text is longer than its field may hold.
    pub fn longer_than(self, most: usize, characters: usize) -> String {
        match self {
            Self::ZhCn => format!("最多 {most} 个字，这里有 {characters} 个。没有保存，请缩短。"),
            Self::En => {
                format!("At most {most} characters; these are {characters}. Not saved; please shorten it.")
            }
        }
    }
}
