//! The work order: words, what is agreed, the promised time, and what is missing.

use chrono::Timelike as _;

use super::{Language, day_of};
use crate::catalogue::Catalogue;
use crate::money::Fen;
use crate::promise::{NoPromise, What};
use crate::reference::Skill;
use crate::visit::old_parts::OldPartTo;
use crate::visit::variants::Variant;
use crate::visit::work_order::{OrderGap, Term};

words! {
    work_order: "任务委托书" | "Work order";
    own_words: "顾客原话" | "In the customer's words";
    nothing_ordered: "本次不处理" | "Nothing is done about it this time";
    in_capitals_word: "大写" | "in words";
    ready_by: "预计交车" | "Ready by";
    estimated_total: "预估，顾客应付" | "Estimate, customer pays";
    code_word: "编码" | "Code";
    what_is_done: "项目与备件" | "Work and parts";
    source: "来源" | "Source";
    price_each: "单价" | "Each";
    own_cost: "自费" | "Customer";
    together: "合计" | "Together";
    order_party: "委托" | "Order";
    order_lines_word: "项目" | "Work";
    declined_work: "建议未做" | "Declined";
    cost: "费用" | "Cost";
    agreed_terms: "约定" | "Agreed";
    additional_work: "增项" | "Additional work";
    conditions: "条款" | "Terms";
    clause_title: "增项须经本人同意" | "Additional work needs your consent";
    clause_text: "维修中发现委托以外的项目，或费用将超过上面的预估（待报价项目以上限为准），我们先告诉您原因、价格和交车时间的变化，您同意后才施工。未经您同意做的，您不必付费。" | "If we find work beyond this order, or the cost would exceed the estimate above (for what is priced after diagnosis: the ceiling), we first tell you the reason, the price and what it does to the time. We do it only after you agree. What was done without your consent you need not pay.";
    clause_short: "修车中发现要多做的，我们先告诉您原因、价格和时间。您同意了才做，没同意的不做，也不收费。" | "If more is to be done, we first tell you why, what it costs and how long it takes. We do it only if you agree; what you do not agree to is not done and not charged.";
    when_more_is_found: "发现新问题时" | "When something new is found";
    explained_to_me: "顾问讲过了，我明白" | "It was explained to me, I understand";
    charging_standard: "收费标准" | "Charging";
    guarantee_period: "质量保证期" | "Guarantee";
    guaranteed_for: "交车之日起 {days} 日或 {km}，先到为准，期内同一故障免费返修。" | "{days} days or {km} from delivery, whichever comes first; the same fault is repaired free of charge within it.";
    electronic_signature: "电子签名" | "Electronic signature";
    signed_electronically: "双方约定以电子形式订立本委托书，平板上手写的签名与纸上签名效力相同；签署后以摘要固定，改动可被查出。您也可以要求在纸上签名。" | "Both sides agree to conclude this order electronically; a signature written on the tablet has the same effect as one on paper. It is fixed by a digest, so that a change can be found. You may ask to sign on paper instead.";
    order_consent: "以上内容和增项条款已向我说明，我委托按此维修。" | "The above and the clause on additional work were explained to me; I order the work accordingly.";
    ask_customer_to_look: "请顾客过目" | "Show the customer";
    countersign_order: "顾问签名" | "Advisor signs";
    show_order: "看委托书" | "Show the order";
    price_page: "项目费用" | "Work and cost";
    clause_page: "约定" | "What we agree";
    you_pay: "您要付" | "You pay";
    seen_clause: "明白了，去签名" | "Understood, go and sign";
    take_this_time: "就这个时间" | "Promise this time";
    another_time: "改时间" | "Another time";
    earlier_half: "早 30 分" | "30 min earlier";
    later_half: "晚 30 分" | "30 min later";
    later_day: "晚 1 天" | "1 day later";
    reason_of_time: "为什么是这个时间" | "Why this time";
    time_needs_reason: "和算出来的不一样，请写原因" | "It differs from the reckoned one: say why";
    time_is_past: "这个时间已经过了" | "This time is over";
    promised_word: "已约定" | "Promised";
    no_workshop: "没有车间的上班时间，请自己定时间" | "The workshop's hours are not known: choose a time";
    no_lines_yet: "还没有项目" | "No work yet";
    old_parts: "旧件" | "Old parts";
    variants: "方案" | "Options";
    for_all_variants: "都有" | "All";
    choose_variant: "选这个" | "Choose this";
    variant_chosen: "已选" | "Chosen";
    to_variant: "属于方案" | "Belongs to option";
    alternatives: "替代件" | "Does in its place";
    old_part_goes: "旧件去向" | "Old part goes";
    signed_price: "签字时" | "when signed";
    promise_too_early: "时间不够了" | "No longer enough time";
    estimate_only: "还没约定" | "Not promised yet";
    promise_missing: "预计交车时间" | "when it will be ready";
}

impl Language {
    /// 旧件, 洗车, …
    pub fn term_word(self, term: Term) -> &'static str {
        match term {
            Term::OldParts => self.pick("旧件", "Old parts"),
            Term::Wash => self.pick("洗车", "Car wash"),
            Term::TestDrive => self.pick("试车", "Test drive"),
            Term::DataUse => self.pick("车辆数据", "Car data"),
            Term::Handover => self.pick("交车方式", "Hand-over"),
            Term::Payment => self.pick("付款", "Payment"),
            Term::Channel => self.pick("增项联系", "How to ask"),
            Term::Ceiling => self.pick("免问金额", "Need not ask up to"),
            Term::Invoice => self.pick("发票抬头", "Invoice to"),
            Term::ReachedUntil => self.pick("联系到几点", "Can be reached until"),
            Term::Explained => self.explained_to_me(),
            Term::Waiting => self.pick("顾客等待", "Where the customer waits"),
            Term::PickedUpBy => self.pick("代取人姓名和电话", "Who comes instead, and the phone"),
        }
    }

    /// 带走, 要, 微信, …
    pub fn term_choice(self, term: Term, choice: &str) -> &'static str {
        match (term, choice) {
            (_, "take") => self.pick("带走", "Take along"),
            (_, "leave") => self.pick("留店", "Leave here"),
            (Term::Wash, "yes") => self.pick("要", "Yes"),
            (Term::Wash, "no") => self.pick("不要", "No"),
            (Term::TestDrive, "yes") => self.pick("允许，10 km 以内", "Allowed, up to 10 km"),
            (Term::DataUse, "yes") => self.pick("允许读取", "May be read"),
            (Term::TestDrive | Term::DataUse, "no") => self.pick("不允许", "Not allowed"),
            (_, "together") => self.pick("陪同验车", "Walk round together"),
            (_, "keys") => self.pick("前台取钥匙", "Keys at the desk"),
            (_, "brought") => self.pick("送车上门", "Brought home"),
            (_, "wechat") => self.pick("微信", "WeChat"),
            (_, "alipay") => self.pick("支付宝", "Alipay"),
            (_, "card") => self.pick("银行卡", "Card"),
            (_, "cash") => self.pick("现金", "Cash"),
            (_, "phone") => self.pick("打电话", "By phone"),
            (_, "message") => self.pick("发短信", "By message"),
            (_, "here") => self.pick("在休息区", "In the lounge"),
            (_, "lounge") => self.pick("在休息区", "In the lounge"),
            (_, "leaves") => self.pick("先离开", "Leaves"),
            (_, "other") => self.pick("别人来取", "Somebody else comes"),
            (_, "0") => self.pick("都要问", "Always ask"),
            (_, "200") => "¥200",
            (_, "500") => "¥500",
            (_, "yes") => self.pick("是", "Yes"),
            _ => "",
        }
    }

    /// 带走, 留店, 返厂
    pub fn old_part_to_word(self, to: OldPartTo) -> &'static str {
        match to {
            OldPartTo::Customer => self.pick("带走", "Customer takes it"),
            OldPartTo::Shop => self.pick("留店", "Stays here"),
            OldPartTo::Maker => self.pick("返厂", "Back to the maker"),
        }
    }

    /// `方案 A`
    pub fn variant_word(self, variant: Variant) -> &'static str {
        match variant {
            Variant::A => self.pick("方案 A", "Option A"),
            Variant::B => self.pick("方案 B", "Option B"),
            Variant::C => self.pick("方案 C", "Option C"),
        }
    }

    /// `工时按小时单价计；价格含增值税。`
    pub fn charged_so(self, tax_included: bool) -> &'static str {
        match tax_included {
            true => self.pick(
                "工时按公布的工时定额和单价计；价格含增值税。",
                "Labour by the published hours and rate; prices include VAT.",
            ),
            false => self.pick(
                "工时按公布的工时定额和单价计；价格不含增值税，税额另列。",
                "Labour by the published hours and rate; VAT is added.",
            ),
        }
    }

    /// `条款 2026-01 版`; where the passages have several, each with its own.
    pub fn terms_version(self, versions: &[(String, String)]) -> String {
        let [(_, first), ..] = versions else { return String::new() };
        if versions.iter().all(|(_, version)| version == first) {
            return match self {
                Self::ZhCn => format!("条款 {first} 版。"),
                Self::En => format!("Terms, version {first}."),
            };
        }
        let each = versions.iter().map(|(id, version)| format!("{} {version}", self.passage(id)));
        let each = each.collect::<Vec<_>>().join(self.pick("、", ", "));
        match self {
            Self::ZhCn => format!("条款版本：{each}。"),
            Self::En => format!("Versions of the terms: {each}."),
        }
    }

    /// 增项, 收费标准, …; its name where it is a newer program's.
    fn passage(self, id: &str) -> &str {
        match id {
            "additional_work" => self.additional_work(),
            "charging" => self.charging_standard(),
            "guarantee" => self.guarantee_period(),
            "electronic_signature" => self.electronic_signature(),
            "order_consent" => self.pick("委托确认", "Consent"),
            _ => id,
        }
    }

    /// `连同待报价上限 600.00，最多`
    pub fn with_ceilings(self, ceilings: Fen) -> String {
        match self {
            Self::ZhCn => format!("连同待报价上限 {ceilings}，最多"),
            Self::En => format!("With the ceiling of {ceilings} after diagnosis, at most"),
        }
    }

    /// What is missing on the work order.
    pub fn order_gap(self, gap: &OrderGap, catalogue: &Catalogue) -> String {
        match gap {
            OrderGap::NoLines => self.no_lines_yet().into(),
            OrderGap::NotCountable(why) => self.not_an_estimate(*why).into(),
            OrderGap::NoPrice(count) => format!("{} ({count})", self.zero_price()),
            OrderGap::Unanswered(count) => match self {
                Self::ZhCn => format!("{count} 项建议顾客还没有答复"),
                Self::En => format!("{count} recommendations without an answer"),
            },
            OrderGap::Variant => self.pick("顾客选哪个方案", "which option the customer wants").into(),
            OrderGap::Promise => self.promise_missing().into(),
            OrderGap::Term(term) => self.term_word(*term).into(),
            OrderGap::Signer => self.signer_missing().into(),
            OrderGap::SignerName => self.signer_name_missing().into(),
            OrderGap::TwoAnswers(key) => {
                format!("{}{}{}", self.two_answers(), self.pick("：", ": "), self.key(key, catalogue))
            }
            OrderGap::EntriesMissing(count) => self.entries_missing(*count),
        }
    }

    /// Why no time can be reckoned.
    pub fn no_promise(self, why: &NoPromise) -> String {
        match (self, why) {
            (Self::ZhCn, NoPromise::Nobody(skill)) => format!("那天没有人能做{}", self.skill_word(*skill)),
            (Self::En, NoPromise::Nobody(skill)) => format!("Nobody can do {} then", self.skill_word(*skill)),
            (Self::ZhCn, NoPromise::NoDate(part)) => format!("{part}没有到货日期"),
            (Self::En, NoPromise::NoDate(part)) => format!("{part} has no date of arrival"),
            (_, NoPromise::TooFar) => self.pick("一年内排不上", "Not within a year").into(),
        }
    }

    /// 机电, 高压, …
    pub fn skill_word(self, skill: Skill) -> &'static str {
        match skill {
            Skill::Mechanical => self.pick("机电", "mechanics"),
            Skill::Diagnosis => self.pick("诊断", "diagnosis"),
            Skill::HighVoltage => self.pick("高压", "high voltage"),
            Skill::Body => self.pick("钣金", "body work"),
            Skill::Paint => self.pick("喷漆", "painting"),
        }
    }

    /// `今天 16:30` would be another tomorrow: `3 月 18 日 周三 16:30`.
    pub fn day_and_time(self, at: i64, utc_offset_minutes: i32) -> String {
        format!("{} {}", self.day(day_of(at, utc_offset_minutes)), self.time(at, utc_offset_minutes))
    }

    /// `3 月 18 日 周三 16:30` by the clock on the wall.
    pub fn clock(self, at: chrono::NaiveDateTime) -> String {
        format!("{} {}:{:02}", self.day(at.date()), at.hour(), at.minute())
    }

    /// One step of how a promise came about.
    pub fn promise_step(self, what: &What) -> String {
        match (self, what) {
            (_, What::Opening) => self.pick("车间开门", "The workshop opens").into(),
            (Self::ZhCn, What::Part(name, day)) => format!("{name} {} 到货", self.day(*day)),
            (Self::En, What::Part(name, day)) => format!("{name} comes on {}", self.day(*day)),
            (Self::ZhCn, What::Queue { skill, hours, cars, people }) => {
                format!("前面 {cars} 台，{} {hours} 工时，{people} 人做", self.skill_word(*skill))
            }
            (Self::En, What::Queue { skill, hours, cars, people }) => {
                let cars = if *cars == 1 { "1 car".to_owned() } else { format!("{cars} cars") };
                format!("{cars} before it, {} {hours} h among {people}", self.skill_word(*skill))
            }
            (Self::ZhCn, What::Work(skill, hours)) => format!("{} {hours} 工时", self.skill_word(*skill)),
            (Self::En, What::Work(skill, hours)) => format!("{} {hours} h", self.skill_word(*skill)),
            (Self::ZhCn, What::Finish(minutes)) => format!("总检、洗车 {minutes} 分"),
            (Self::En, What::Finish(minutes)) => format!("Check and wash {minutes} min"),
        }
    }

    /// The fact of a signed order that differs, by its name.
    pub(super) fn order_fact(self, name: &str) -> &'static str {
        match name {
            "lines" => self.order_lines_word(),
            "declined" => self.declined_work(),
            "ready" => self.ready_by(),
            "terms" => self.agreed_terms(),
            _ => self.cost(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::texts::STANDARD;
    use crate::journal::AttachmentId;

    #[test]
    fn the_apps_own_terms_have_another_version_whenever_their_words_change() {
        let words = |t: Language| {
            let charged = [true, false].map(|included| t.charged_so(included));
            let others = [t.clause_text(), t.guaranteed_for(), t.signed_electronically(), t.order_consent()];
            charged.into_iter().chain(others).collect::<Vec<_>>().join("\n")
        };
        let all = Language::ALL.map(words).join("\n");
        let known = ("2026-11", "a:a6ac5330d01ca0d4a1ec04fcc62d288a6cc739d7d615853dd8660c1bf51a0af9");
        assert_eq!((STANDARD, &*AttachmentId::of(all.as_bytes()).to_string()), known);
    }

    #[test]
    fn one_version_is_said_once_and_several_by_their_passages() {
        let of = |id: &str, version: &str| (id.to_owned(), version.to_owned());
        let alike = [of("additional_work", "2026-01"), of("charging", "2026-01")];
        assert_eq!(Language::ZhCn.terms_version(&alike), "条款 2026-01 版。");
        assert_eq!(Language::En.terms_version(&alike), "Terms, version 2026-01.");
        let several = [of("additional_work", "2026-01"), of("washing", "7")];
        assert_eq!(Language::ZhCn.terms_version(&several), "条款版本：增项 2026-01、washing 7。");
        assert_eq!(
            Language::En.terms_version(&several),
            "Versions of the terms: Additional work 2026-01, washing 7."
        );
        assert_eq!(Language::En.terms_version(&[]), "");
    }
}
