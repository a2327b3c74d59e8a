//! Words about wheels and tyres.

use super::Language;
use crate::visit::Grade;
use crate::visit::wheels::{NotAMeasure, Wheel};

words! {
    tread: "花纹深度" | "Tread depth";
    pressure: "胎压" | "Pressure";
    tyre_made: "生产周（DOT 末四位）" | "Made (end of the DOT code)";
    tyre_made_hint: "如 2319" | "such as 2319";
    tyre_at_limit: "低于限值，须更换" | "Below the limit, must be changed";
    tyre_near_limit: "接近限值" | "Near the limit";
    pressure_off: "超出常用范围" | "Outside the usual range";
    tyre_too_old: "年限已到，须更换" | "Too old, must be changed";
    tyre_old: "使用年限较长" | "Old";
    say_why_bad: "异常请拍照，或说明原因" | "Bad wants a photo or a note";
}

impl Language {
    /// 左前轮
    pub fn wheel(self, wheel: Wheel) -> &'static str {
        match wheel {
            Wheel::FrontLeft => self.pick("左前轮", "Left front wheel"),
            Wheel::FrontRight => self.pick("右前轮", "Right front wheel"),
            Wheel::RearLeft => self.pick("左后轮", "Left rear wheel"),
            Wheel::RearRight => self.pick("右后轮", "Right rear wheel"),
            Wheel::Spare => self.pick("备胎", "Spare wheel"),
        }
    }

    /// Why a reading cannot be.
    pub fn not_a_measure(self, why: NotAMeasure) -> &'static str {
        match why {
            NotAMeasure::NotANumber => self.pick("请输入数字，如 4.5。", "Enter a number such as 4.5."),
            NotAMeasure::OutOfRange => self.pick("轮胎没有这样的数值。", "No tyre has such a value."),
            NotAMeasure::NotAWeek => self
                .pick("末四位是周和年，如 2319。", "The last four digits are week and year, such as 2319."),
            NotAMeasure::Future => self.pick("这一周还没有到。", "That week has not come yet."),
        }
    }

    /// What a tread is worth, in words; nothing where it is good.
    pub fn tread_said(self, grade: Grade) -> Option<&'static str> {
        match grade {
            Grade::Bad => Some(self.tyre_at_limit()),
            Grade::Attention => Some(self.tyre_near_limit()),
            Grade::Good | Grade::NotApplicable => None,
        }
    }

    /// What a tyre's age is worth, in words: years, and what follows from them.
    pub fn tyre_age(self, years: u32, grade: Grade) -> String {
        let worth = match grade {
            Grade::Bad => self.tyre_too_old(),
            Grade::Attention => self.tyre_old(),
            Grade::Good | Grade::NotApplicable => "",
        };
        let separator = if worth.is_empty() { "" } else { self.pick("，", ", ") };
        match (self, years) {
            (Self::ZhCn, _) => format!("{years} 年{separator}{worth}"),
            (Self::En, 1) => format!("1 year{separator}{worth}"),
            (Self::En, _) => format!("{years} years{separator}{worth}"),
        }
    }

    /// So many bad items lack a reason.
    pub fn bad_unexplained(self, count: usize) -> String {
        match (self, count) {
            (Self::ZhCn, _) => format!("{count} 项异常没有照片或说明"),
            (Self::En, 1) => "1 bad item without photo or note".into(),
            (Self::En, _) => format!("{count} bad items without photo or note"),
        }
    }
}
