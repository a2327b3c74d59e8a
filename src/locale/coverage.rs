//! Who bears a fault: what failed, the rules with their numbers, what follows from them, and what was decided.

use super::Language;
use crate::coverage::{Due, Failed, Finding, Rule};
use crate::visit::covered::{Decision, Repairs, Rework, Unknown};

words! {
    who_bears_it: "谁来承担" | "Who bears it";
    decided_upon: "依据" | "Decided upon";
    why_so: "为什么" | "Why";
    decision_needs_reason: "和规则不一样，或还没定，请写原因" | "It is against the rule, or still open: say why";
    inside: "在期内" | "within";
    outside: "已过期" | "over";
    what_failed: "什么坏了" | "What failed";
    open_recall: "未做召回" | "Open recall";
    comes_back: "返修" | "Comes back";
    three_guarantee_repairs: "三包累计" | "Repairs so far";
    tell_the_manager: "告诉经理" | "Tell the manager";
    customer_may_ask: "顾客可要求" | "Customer may ask";
}

impl Language {
    /// 顾客自付, 厂家质保, …
    pub fn decision_word(self, decision: Decision) -> &'static str {
        match decision {
            Decision::Customer => self.pick("顾客自付", "Customer pays"),
            Decision::Warranty => self.pick("厂家质保", "Maker's warranty"),
            Decision::Workshop => self.pick("本店返修", "Our earlier job"),
            Decision::Goodwill => self.pick("善意补偿", "Goodwill"),
            Decision::Recall => self.pick("召回", "Recall"),
            Decision::Undecided => self.pick("未定", "Undecided"),
            Decision::Escalated => self.pick("已报厂家", "Maker is asked"),
            Decision::Approved => self.pick("厂家同意", "Maker agrees"),
            Decision::Refused => self.pick("厂家不同意", "Maker refuses"),
        }
    }

    /// 易损件, …
    pub fn failed_word(self, failed: Failed) -> &'static str {
        match failed {
            Failed::Ordinary => self.pick("普通零件", "Ordinary part"),
            Failed::Wearing => self.pick("易损件", "Wearing part"),
            Failed::EngineGearbox => self.pick("发动机、变速箱主件", "Main part of engine or gearbox"),
            Failed::BatteryMotor => {
                self.pick("动力电池、驱动电机主件", "Main part of traction battery or motor")
            }
            Failed::DriveControl => self.pick("电控", "Drive control"),
            Failed::Danger => self.pick(
                "转向、制动失效，车身开裂，漏油，电池起火",
                "Steering or brakes, cracked body, fuel leak, battery fire",
            ),
        }
    }

    fn rule_word(self, rule: Rule) -> &'static str {
        match rule {
            Rule::Repair => self.pick("包修期", "Repair warranty"),
            Rule::ThreeGuarantees => self.pick("三包有效期", "Three-guarantee period"),
            Rule::NewAssembly => self.pick("早期总成更换", "Early new assembly"),
            Rule::EarlyDanger => self.pick("早期安全故障", "Early danger"),
            Rule::FirstDays => self.pick("七日内", "First seven days"),
            Rule::Wearing => self.pick("易损件质保", "Wearing parts"),
            Rule::HighVoltage => self.pick("三电质保", "High-voltage warranty"),
            Rule::Workshop => self.pick("本店质保", "Our guarantee"),
        }
    }

    /// `包修期 2023-04-20 起，到 2026-04-20 或 60,000 km；到店 2026-03-18，38,412 km`
    pub fn coverage_finding(self, finding: &Finding) -> String {
        let rule = self.rule_word(finding.rule);
        let km = finding.last_km.map(|km| format!("{}{}", self.pick(" 或 ", " or "), self.km(km)));
        let km = km.unwrap_or_default();
        let (start, last, came, now) = (finding.start, finding.last_day, finding.day, self.km(finding.km));
        match self {
            Self::ZhCn => format!("{rule} {start} 起，到 {last}{km}；到店 {came}，{now}"),
            Self::En => format!("{rule} from {start} until {last}{km}; here on {came} with {now}"),
        }
    }

    /// What the customer may ask for within a period that is not of repair.
    pub fn may_ask(self, rule: Rule) -> Option<&'static str> {
        match rule {
            Rule::NewAssembly => Some(self.pick("免费换新总成", "a new assembly, free")),
            Rule::EarlyDanger | Rule::FirstDays => {
                Some(self.pick("换车或退车", "another car, or to give it back"))
            }
            Rule::Repair | Rule::ThreeGuarantees | Rule::Wearing | Rule::HighVoltage | Rule::Workshop => None,
        }
    }

    /// Why nobody can reckon the maker's part.
    pub fn coverage_unknown(self, why: Unknown) -> &'static str {
        match why {
            Unknown::Car => self.pick(
                "没有购车日期或里程，算不出质保",
                "Without the day of purchase and the mileage no period can be reckoned",
            ),
            Unknown::BoughtLater => self.pick(
                "购车或交车日期在到店以后，请核对",
                "The day of purchase or delivery is after the car came: please check it",
            ),
            Unknown::Wearing => self.pick(
                "没有这款车的易损件质保期，请看三包凭证",
                "How long wearing parts of this model are covered is not known: look into the booklet",
            ),
        }
    }

    /// `“更换前轮轴承”（GD…）：本店质保 … 起，到 …；3 月 21 日前证明不了另有原因，免费返修`
    pub fn rework(self, rework: &Rework) -> String {
        let finding = self.coverage_finding(&rework.finding);
        let (what, number) = (rework.what.get(self), &rework.number);
        let until = self.day(rework.cause_until);
        match (self, rework.is_late) {
            (Self::ZhCn, false) => {
                format!("{what}（{number}）：{finding}。到 {until} 24:00 证明不了另有原因，就免费返修")
            }
            (Self::ZhCn, true) => {
                format!("{what}（{number}）：{finding}。{until} 已过，没有证明另有原因：免费返修")
            }
            (Self::En, false) => format!(
                "{what} ({number}): {finding}. Free, unless we show another cause by the end of {until}"
            ),
            (Self::En, true) => {
                format!(
                    "{what} ({number}): {finding}. {until} is over without another cause shown: it is free"
                )
            }
        }
    }

    /// `同一故障修了 2 次没修好：…`
    pub fn another_shop(self, in_vain: usize) -> String {
        match self {
            Self::ZhCn => format!("同一故障修了 {in_vain} 次没修好：联系其他维修厂，费用由本店承担"),
            Self::En => format!("{in_vain} repairs of this did not help: arrange another shop, at our cost"),
        }
    }

    /// `同一故障 3 次（限 4），累计 20 天（限 30），这次 0 天（限 5）`
    pub fn repairs_so_far(self, repairs: &Repairs) -> String {
        let Repairs { count, limits, dangerous, .. } = repairs;
        let most = if *dangerous { limits.dangerous_repairs } else { limits.repairs };
        let (days, at_once) = (limits.days, limits.days_at_once);
        let said = match self {
            Self::ZhCn => format!(
                "{} {} 次（限 {most}），累计 {} 天（限 {days}），这次 {} 天（限 {at_once}）",
                if *dangerous { "安全故障" } else { "同一故障" },
                count.repairs,
                count.days,
                count.longest
            ),
            Self::En => format!(
                "{}: {} repairs (of {most}), {} days in all (of {days}), {} days this time (of {at_once})",
                if *dangerous { "Dangers" } else { "The same" },
                count.repairs,
                count.days,
                count.longest
            ),
        };
        let (replaced, most) = (count.replaced, limits.replacements);
        match self {
            _ if replaced == 0 => said,
            Self::ZhCn => format!("{said}，同一总成或主要零件换过 {replaced} 次（限 {most}）"),
            Self::En => {
                format!("{said}, the same assembly or main part replaced {replaced} times (of {most})")
            }
        }
    }

    /// What repairs have come to.
    pub fn due_word(self, due: Due) -> &'static str {
        match due {
            Due::NearlyRepairs => self.pick("修理次数快到上限", "Nearly too many repairs"),
            Due::Repairs => {
                self.pick("修理次数到了上限：换车或退车", "Too many repairs: another car, or to give it back")
            }
            Due::NearlyReplacements => self.pick(
                "同一总成或主要零件更换次数快到上限",
                "The same assembly or main part nearly replaced too often",
            ),
            Due::Replacements => self.pick(
                "同一总成或主要零件更换次数到了上限，还是坏：换车或退车",
                "The same assembly or main part replaced too often, and it fails again: another car, or to give it back",
            ),
            Due::NearlyDays => self.pick("累计修理天数快到上限", "Nearly too many days of repair"),
            Due::Days => self.pick(
                "累计修理天数超过上限：换车或退车",
                "Too many days of repair: another car, or to give it back",
            ),
            Due::NearlyAnotherCar => {
                self.pick("这次修理天数快到上限", "This repair nearly takes too many days")
            }
            Due::AnotherCar => self.pick(
                "这次修理天数超过上限：代步车或交通补偿",
                "This repair takes too many days: another car meanwhile, or the fares",
            ),
        }
    }

    /// `厂家质保 (…) · 包修期 …`
    pub(super) fn decided(
        self,
        decision: Decision,
        reason: Option<&String>,
        basis: Option<&Finding>,
        recall: Option<&String>,
    ) -> String {
        let reason = reason.map(|reason| format!(" ({reason})"));
        let basis = basis.map(|basis| format!(" · {}", self.coverage_finding(basis)));
        let recall = recall.map(|number| format!(" {number}"));
        [Some(self.decision_word(decision).to_owned()), recall, reason, basis].into_iter().flatten().collect()
    }
}
