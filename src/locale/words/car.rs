//! The car: bodies, steering, marks of the last visit, looking closer.

use super::super::Language;
use crate::diagram::{Body, Side};
use crate::visit::Seen;

words! {
    body_kind: "车身" | "Body";
    which_body: "选车身" | "Choose the body";
    whole_car: "看全车" | "Whole car";
    previous_zone: "上一区" | "Previous";
    mark_here: "在此区加标记" | "Mark this zone";
    legend_unlooked: "未检查" | "Not yet";
    driver_side: "驾驶侧" | "driver's side";
    passenger_side: "副驾侧" | "passenger's side";
    repaired: "已修复" | "Repaired since";
    found_last_time: "上次记下的" | "From the last visit";
    look_at_it: "去看" | "Look";
    what_now: "现在怎样" | "What is it now";
    place_again: "重新放" | "Place again";
    take_back: "恢复" | "Bring back";
}

impl Language {
    /// 轿车
    pub fn body_word(self, body: Body) -> &'static str {
        match body {
            Body::Sedan => self.pick("轿车", "Sedan"),
            Body::Suv => "SUV",
            Body::Mpv => "MPV",
            Body::Pickup => self.pick("皮卡", "Pickup"),
        }
    }

    /// 左舵, 右舵
    pub fn steering_word(self, side: Side) -> &'static str {
        match side {
            Side::Left => self.pick("左舵", "Left-hand drive"),
            Side::Right => self.pick("右舵", "Right-hand drive"),
        }
    }

    /// 还在
    pub fn seen_word(self, seen: Seen) -> &'static str {
        match seen {
            Seen::StillThere => self.pick("还在", "Still there"),
            Seen::Repaired => self.pick("已修复", "Repaired"),
            Seen::New => self.pick("新伤", "New one"),
        }
    }

    /// `第 6 区，共 12 区`
    pub fn zone_number(self, number: usize, of: usize) -> String {
        match self {
            Self::ZhCn => format!("第 {number} 区，共 {of} 区"),
            Self::En => format!("zone {number} of {of}"),
        }
    }

    /// Marks of the last visit that nobody looked at again.
    pub fn carried_open(self, count: usize) -> String {
        match (self, count) {
            (Self::ZhCn, _) => format!("上次的 {count} 处标记，请确认"),
            (Self::En, 1) => "1 mark from the last visit to confirm".into(),
            (Self::En, _) => format!("{count} marks from the last visit to confirm"),
        }
    }

    /// Marks that were set in the drawing of another body.
    pub fn to_place_again(self, count: usize) -> String {
        match (self, count) {
            (Self::ZhCn, _) => format!("车身改了，{count} 处标记请重新放"),
            (Self::En, 1) => "The body changed: place 1 mark again".into(),
            (Self::En, _) => format!("The body changed: place {count} marks again"),
        }
    }

    /// `已撤回标记 1`
    pub fn mark_taken_back(self, number: usize) -> String {
        match self {
            Self::ZhCn => format!("已撤回标记 {number}"),
            Self::En => format!("Mark {number} withdrawn"),
        }
    }

    /// A photo was withdrawn.
    pub fn photo_taken_back(self) -> &'static str {
        self.pick("已撤回照片", "Photo withdrawn")
    }
}
