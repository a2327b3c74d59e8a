//! Sentences that hold a value: gaps, counts, notices.

use super::Language;
use crate::catalogue::Catalogue;
use crate::visit::Stage;
use crate::visit::check_in::{CheckInGap, NotYet};
use crate::visit::signature::NotASignature;

impl Language {
    /// The server could not store so many entries of a visit.
    pub fn entries_refused(self, count: usize) -> String {
        match self {
            Self::ZhCn => format!("服务器没有收下 {count} 条内容，请重新填写或导出"),
            Self::En => format!("The server did not take {count} entries; write them again or export them"),
        }
    }

    /// Why the server could not store an entry, by the word that it gave.
    pub fn refused_because(self, reason: &str) -> &'static str {
        match reason {
            "too_large" => self.pick("内容太大，超过 128 kB。", "It is too large, over 128 kB."),
            "damaged" => self.pick("内容在传送途中损坏了。", "It arrived damaged."),
            _ => self.pick("服务器读不懂这条内容。", "The server could not read it."),
        }
    }

    /// A mandatory text of the first page is empty.
    pub fn please_fill_in(self, label: &str) -> String {
        match self {
            Self::ZhCn => format!("请填写{label}。"),
            Self::En => format!("Please fill in: {label}."),
        }
    }

    /// Why strokes are no signature.
    pub fn not_a_signature(self, why: NotASignature) -> &'static str {
        match why {
            NotASignature::Empty => self.pick("还没有签名。", "Nothing has been signed yet."),
            NotASignature::TooSmall => {
                self.pick("这太小了，请签上姓名。", "That is too small. Please sign your name.")
            }
        }
    }

    /// `还缺：里程、脚垫`
    pub fn still_missing(self, named: &[String]) -> String {
        format!("{}{}{}", self.missing(), self.pick("：", ": "), named.join(self.pick("、", ", ")))
    }

    fn so_many_missing(self, count: usize) -> String {
        match self {
            Self::ZhCn => format!("还缺 {count} 项，请先补上。"),
            Self::En => format!("{count} things are still missing."),
        }
    }

    /// Why the check-in form cannot be signed now.
    pub fn not_yet(self, why: &NotYet) -> String {
        match why {
            NotYet::Gaps(gaps) => self.so_many_missing(gaps.len()),
            NotYet::OrderGaps(gaps) => self.so_many_missing(gaps.len()),
            NotYet::AdditionGaps(gaps) => self.so_many_missing(gaps.len()),
            NotYet::Signature(why) => self.not_a_signature(*why).into(),
            NotYet::Refusal(gaps) => self.refusal_lacks(gaps),
            NotYet::Cancelled => self.pick("这次接车已取消。", "This visit is cancelled.").into(),
            NotYet::NothingSigned => self.pick("顾客还没有签名。", "The customer has not signed yet.").into(),
            NotYet::ChangedSince => self
                .pick(
                    "签名后有改动，请顾客先重新签名。",
                    "It changed after signing; the customer signs again first.",
                )
                .into(),
        }
    }

    /// What is missing.
    pub fn gap(self, gap: &CheckInGap, catalogue: &Catalogue) -> String {
        match gap {
            CheckInGap::Plate => self.plate().into(),
            CheckInGap::Vin => self.vin().into(),
            CheckInGap::Model => self.model().into(),
            CheckInGap::Colour => self.colour().into(),
            CheckInGap::Customer => self.customer().into(),
            CheckInGap::Phone => self.phone().into(),
            CheckInGap::Owner => self.owner_missing().into(),
            CheckInGap::Signer => self.signer_missing().into(),
            CheckInGap::SignerName => self.signer_name_missing().into(),
            CheckInGap::Odometer => self.odometer().into(),
            CheckInGap::Fuel => self.fuel().into(),
            CheckInGap::Charge => self.charge().into(),
            CheckInGap::Dashboard => self.pick("查看仪表警告灯", "Look at the dashboard lamps").into(),
            CheckInGap::Advisor => self.advisor().into(),
            CheckInGap::Valuables => {
                self.pick("提醒顾客带走贵重物品", "Remind the customer of valuables").into()
            }
            CheckInGap::Concern => self.pick("顾客描述", "The customer's words").into(),
            CheckInGap::TwoAnswers(key) => {
                format!("{}: {}", self.two_answers(), self.key(key, catalogue))
            }
            CheckInGap::EntriesMissing(count) => self.entries_missing(*count),
            CheckInGap::BadUnexplained(count) => self.bad_unexplained(*count),
            CheckInGap::Covers => self.covers().into(),
            CheckInGap::ItemsUngraded(count) => match self {
                Self::ZhCn => format!("{count} 项未查看，纸单上会写明"),
                Self::En => format!("{count} items not looked at; the paper says so"),
            },
        }
    }

    /// So many entries are elsewhere.
    pub fn entries_missing(self, count: usize) -> String {
        match self {
            Self::ZhCn => format!("至少缺 {count} 条内容，还在另一台平板上"),
            Self::En => format!("At least {count} entries are still on another tablet"),
        }
    }

    /// `12 项`, `12 items`
    pub fn items(self, count: usize) -> String {
        match self {
            Self::ZhCn => format!("{count} 项"),
            Self::En => format!("{count} items"),
        }
    }

    /// `还有 12 处`
    pub fn zones_left(self, done: usize, of: usize) -> String {
        match self {
            Self::ZhCn => format!("已看 {done} / {of}"),
            Self::En => format!("{done} of {of} looked at"),
        }
    }

    /// `等了 26 分`
    pub fn waiting(self, minutes: i64) -> String {
        let (hours, rest) = (minutes / 60, minutes % 60);
        match (self, hours) {
            (Self::ZhCn, 0) => format!("{rest} 分钟"),
            (Self::En, 0) => format!("{rest} min"),
            (Self::ZhCn, 1..=23) => format!("{hours} 小时 {rest} 分"),
            (Self::En, 1..=23) => format!("{hours} h {rest} min"),
            (Self::ZhCn, _) => format!("{} 天", hours / 24),
            (Self::En, _) => format!("{} days", hours / 24),
        }
    }

    /// Where a visit stands.
    pub fn stage(self, stage: Stage) -> String {
        match stage {
            Stage::Vehicle => self.step_vehicle().into(),
            Stage::Walkaround { done, of } => format!("{} {done}/{of}", self.step_walkaround()),
            Stage::Interview => self.step_interview().into(),
            Stage::ToSign => self.pick("待顾客签名", "Customer to sign").into(),
            Stage::ToSignAgain => self.pick("待重新签名", "To sign again").into(),
            Stage::ToCountersign => self.pick("待顾问签名", "Advisor to sign").into(),
            Stage::ToPhotograph => self.to_photograph().into(),
            Stage::CheckedIn => self.pick("已接车", "Checked in").into(),
            Stage::Cancelled => self.cancelled().into(),
        }
    }

    /// `第 1 版`
    pub fn version_number(self, version: usize) -> String {
        match self {
            Self::ZhCn => format!("第 {version} 版"),
            Self::En => format!("v{version}"),
        }
    }

    /// `第 1 页，共 2 页`
    pub fn page_number(self, page: usize, of: usize) -> String {
        match self {
            Self::ZhCn => format!("第 {page} 页，共 {of} 页"),
            Self::En => format!("Page {page} of {of}"),
        }
    }

    /// A superseded paper; `differs` names what differs.
    pub fn superseded(self, by: usize, at: &str, differs: &str) -> String {
        match self {
            Self::ZhCn => format!("已被第 {by} 版取代，{at}，原因：{differs}"),
            Self::En => format!("已被第 {by} 版取代 Superseded by v{by}, {at}: {differs}"),
        }
    }

    /// In the foot of a copy.
    pub fn printed_copy(self, at: &str, count: usize, by: &str) -> String {
        match self {
            Self::ZhCn => format!("打印 {at}，第 {count} 次，{by}"),
            Self::En => format!("打印 Printed {at}, {count}, {by}"),
        }
    }

    /// What waits to be sent.
    pub fn unsent_count(self, entries: usize, photos: usize) -> String {
        match self {
            Self::ZhCn => format!("{entries} 条内容、{photos} 张照片"),
            Self::En => format!("{entries} entries, {photos} photos"),
        }
    }

    /// 门店 privacy notice of the check-in form: `{contact}` and `{hours}` stand for whom to ask, and when somebody
    /// is there.
    pub fn privacy_notice(self) -> &'static str {
        self.pick(
            "为履行维修合同和保存维修记录的法定义务，本店处理您的姓名、电话、车牌、车架号、里程和车辆照片，维修记录保存 6 年；用于广告、拍摄人像或向保险、厂家超出理赔范围提供的，另行征得您同意，不同意不影响服务。查阅、复制、更正、删除请联系 {contact}（营业时间 {hours}）。",
            "To fulfil the repair contract and the legal duty to keep repair records we process your name, phone number, plate, VIN, mileage and pictures of the car; repair records are kept for 6 years. Advertising, pictures of persons, or passing data to insurers or makers beyond a claim needs your separate consent; refusing does not affect the service. To see, copy, correct or delete your data: {contact} (open {hours}).",
        )
    }

    /// Stands for the number of pages in [`Language::consent_to`].
    pub const PAGES: &str = "{pages}";

    /// Above the signatures on paper: counts what is signed, so that nothing can be added.
    pub fn consent_to(self, marks: usize, photos: usize) -> String {
        let pages = Self::PAGES;
        match self {
            Self::ZhCn => format!(
                "以上 {pages} 页（{marks} 处标记、{photos} 张照片）我已核对，贵重物品已自行保管；个人信息告知已阅读并知悉。"
            ),
            Self::En => format!(
                "I have checked this form (pages: {pages}, marks: {marks}, photos: {photos}) and keep my valuables myself; I have read the notice on personal data."
            ),
        }
    }

    /// The same in a dealership's own words: what is counted stands behind them.
    pub fn own_consent_to(self, words: &str, marks: usize, photos: usize) -> String {
        let pages = Self::PAGES;
        match self {
            Self::ZhCn => format!("{words}（{pages} 页、{marks} 处标记、{photos} 张照片）"),
            Self::En => format!("{words} (pages: {pages}, marks: {marks}, photos: {photos})"),
        }
    }

    /// What was looked at and what was found, on the check-in form.
    pub fn looked_summary(self, looked: usize, of: usize, counts: [usize; 5]) -> String {
        let [good, attention, bad, not_applicable, none] = counts;
        match self {
            Self::ZhCn => {
                let all = if looked == of {
                    format!("全车 {of} 处已查看")
                } else {
                    format!("{of} 处中已查看 {looked} 处")
                };
                let rest = |word: &str, count: usize| match count {
                    0 => String::new(),
                    count => format!("，{word} {count}"),
                };
                let rest = rest("不适用", not_applicable) + &rest("未查看", none);
                format!("{all}：良好 {good}，注意 {attention}，异常 {bad}{rest}。")
            }
            Self::En => {
                let all = if looked == of {
                    format!("All {of} zones looked at")
                } else {
                    format!("{looked} of {of} zones looked at")
                };
                let rest = |word: &str, count: usize| match count {
                    0 => String::new(),
                    count => format!(", {word} {count}"),
                };
                let rest = rest("not applicable", not_applicable) + &rest("not looked at", none);
                format!("{all}: good {good}, attention {attention}, bad {bad}{rest}.")
            }
        }
    }
}
