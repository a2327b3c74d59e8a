//! Words about photos: the viewfinder, the film, what is drawn.

use super::Language;
use crate::picture::NotAPicture;
use crate::visit::photos::{Drawn, Tool};

words! {
    annotation: "照片标注" | "Photo marking";
    as_taken: "照原样" | "As it was taken";
    viewfinder: "取景" | "Viewfinder";
    shutter: "拍" | "Shoot";
    shots_done: "好了" | "Done";
    last_shot_back: "撤回上一张" | "Take back the last";
    saving_photo: "正在保存" | "Saving";
    photo_not_kept: "没存下" | "Not saved";
    system_camera: "系统相机" | "System camera";
    camera_opens: "正在打开相机" | "Opening the camera";
    camera_refused: "没有相机权限。请在浏览器的网站设置里允许相机，再试一次；也可以用系统相机。" | "The camera is not allowed. Allow it in the browser's site settings and try again, or use the system camera.";
    camera_busy: "相机正被别的应用占用。请关掉那个应用再试一次；也可以用系统相机。" | "Another app is using the camera. Close it and try again, or use the system camera.";
    camera_absent: "这台设备没有找到相机，可以用系统相机或选一张照片。" | "No camera was found here. Use the system camera, or choose a photo.";
    camera_stopped: "相机断开了，已拍的都在。请再试一次；也可以用系统相机。" | "The camera stopped; what was taken is kept. Try again, or use the system camera.";
    photo_heic: "这是 HEIC 照片，浏览器读不了，没有添加。请在相机设置里把格式改成“兼容性最佳”（JPEG），再拍一张。" | "This is a HEIC photo, which browsers cannot read; it was not added. Set the camera's format to \"Most compatible\" (JPEG) and take it again.";
    photo_cut_off: "这张照片不完整，只传来一部分，没有添加。请重拍或重选。" | "This photo is cut off: only part of it arrived. It was not added; take or choose it again.";
    open_photo: "查看照片" | "Look at the photo";
    last_time: "上次" | "Last time";
    now_shown: "现在" | "Now";
    see_original: "看原图" | "Original";
    see_drawn: "看标注" | "With marks";
    drawn_list: "已画" | "Drawn";
    nothing_drawn: "还没有画。选一种笔，在照片上画。" | "Nothing yet. Choose a tool and draw on the photo.";
    original_stays: "原图不动。遮住的地方，单据和顾客都看不到。" | "The original stays. What is covered, papers and customers do not show.";
    compare_then: "对照上次" | "Compare with last time";
}

impl Language {
    /// 圈
    pub fn tool(self, tool: Tool) -> &'static str {
        match tool {
            Tool::Circle => self.pick("圈", "Circle"),
            Tool::Arrow => self.pick("箭头", "Arrow"),
            Tool::Line => self.pick("手画", "Free hand"),
            Tool::Cover => self.pick("遮住", "Cover"),
        }
    }

    /// What is drawn, by kind.
    pub fn drawn_said(self, drawn: &[Drawn]) -> String {
        if drawn.is_empty() {
            return self.as_taken().to_owned();
        }
        let words: Vec<&str> = drawn.iter().map(|drawn| self.tool(drawn.tool)).collect();
        words.join(self.pick("、", ", "))
    }

    /// Why a file was not taken, and what to do.
    pub fn not_a_picture(self, why: NotAPicture) -> String {
        match why {
            NotAPicture::Unreadable => self.photo_not_image().to_owned(),
            NotAPicture::Heic => self.photo_heic().to_owned(),
            NotAPicture::CutOff => self.photo_cut_off().to_owned(),
            NotAPicture::TooLarge => self.photo_too_large().to_owned(),
            NotAPicture::TooManyPixels { width, height } => match self {
                Self::ZhCn => format!(
                    "这张照片有 {width} × {height} 像素，平板处理不了，没有添加。请把相机的像素调低再拍。"
                ),
                Self::En => format!(
                    "This photo has {width} × {height} pixels, too many for the tablet; it was not added. Set the camera to fewer and take it again."
                ),
            },
        }
    }

    /// 已拍 3 张
    pub fn shots(self, count: usize) -> String {
        match (self, count) {
            (Self::ZhCn, _) => format!("已拍 {count} 张"),
            (Self::En, 1) => "1 photo".into(),
            (Self::En, _) => format!("{count} photos"),
        }
    }
}
