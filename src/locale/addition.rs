//! Additional work: words, the question that is read out, and what is missing before the answer is recorded.

use super::Language;
use crate::catalogue::Catalogue;
use crate::estimate::{Asked, Payer};
use crate::journal::Personal;
use crate::money::Fen;
use crate::visit::addition::{Addition, AdditionGap, Channel, WhyNot};
use crate::visit::consents::{About, By};
use crate::visit::customer::{PersonName, Salutation};
use crate::visit::order::Pricing;
use crate::visit::{Change, Key, Visit};

words! {
    addition_form: "增项确认单" | "Additional work";
    addition_reason: "原因" | "Reason";
    new_addition: "新增项" | "Add work";
    no_additions: "没有增项" | "No additional work";
    why_more: "发现了什么" | "What was found";
    about_safety: "关系安全" | "About safety";
    what_may_happen: "不做可能怎样" | "What may happen without it";
    agreed_to: "同意" | "Yes";
    not_agreed_to: "不同意" | "No";
    risk_known: "顾客已知晓" | "The customer knows";
    why_not: "为什么" | "Why not";
    how_answered: "怎么答复的" | "How they answered";
    words_read_out: "念给顾客听的话" | "What was read out";
    own_answer: "顾客原话" | "In the customer's words";
    who_answered: "答复人" | "Answered by";
    answered_at: "时间" | "Time";
    asked_by: "通话人" | "Asked by";
    number_dialled: "拨打号码" | "Number";
    dial: "拨打" | "Call";
    not_reached: "没打通" | "Not reached";
    record_answer: "记下答复" | "Record the answer";
    sign_addition: "请顾客签名" | "Ask for the signature";
    added: "增加" | "Added";
    effect: "对委托书的影响" | "Effect on the order";
    before: "原来" | "Before";
    change_word: "变化" | "Change";
    now_word: "现在" | "Now";
    you_pay_in_all: "顾客应付" | "Customer pays";
    customers_answer: "顾客答复" | "Answer";
    refused_safety: "安全告知" | "Safety";
    found_later: "增项照片" | "Found later";
    to_be_signed: "未当面签名，交车时补签" | "Not signed yet: to be signed at delivery";
    to_be_signed_text: "本单按顾客答复施工。您交车时核对签名；与您的答复不符的，可以不签，也不付这项费用。" | "Work is done by the customer's answer. Check and sign at delivery; what does not match your answer you need not sign, nor pay.";
    addition_consent: "以上原因、价格和时间已向我说明，我的答复如上。" | "Reason, price and time were explained to me; my answer is as above.";
    waits_for_answer: "等顾客答复" | "Waiting for the customer";
    answered_word: "已答复" | "Answered";
    withdraw_addition: "撤回增项" | "Withdraw";
    addition_withdrawn: "已撤回增项" | "Additional work withdrawn";
    time_unchanged: "时间不变" | "Time unchanged";
    by_its_hours: "按工时算" | "By its hours";
    missed_calls: "没打通" | "Not reached";
    sign_order_first: "签了委托书才有增项" | "Additional work comes after the signed order";
    consents: "同意记录" | "Consents";
    no_answer_yet: "还没有答复；每项都有答复后才能打印" | "No answer yet: it can be printed once every line is answered";
    declined_last_time: "上次没做" | "Declined last time";
    no_consents: "还没有" | "None yet";
}

impl Language {
    /// 陈先生, Mr Chen, or the whole name where no salutation was chosen.
    pub fn addressed(self, name: &str, salutation: Option<Salutation>) -> String {
        let family = PersonName::read(name).value().map(|name| name.family_name());
        match (family, salutation) {
            (Some(family), Some(salutation)) if salutation != Salutation::None => match self {
                Self::ZhCn => format!("{family}{}", self.salutation_word(salutation)),
                Self::En => format!("{} {family}", self.salutation_word(salutation)),
            },
            _ => name.to_owned(),
        }
    }

    /// 签名, 电话, …
    pub fn channel_word(self, channel: Channel) -> &'static str {
        match channel {
            Channel::Glass => self.pick("签名", "Signed"),
            Channel::Phone => self.pick("电话", "Phone"),
            Channel::Message => self.pick("短信", "Message"),
            Channel::Beforehand => self.pick("免问", "Agreed before"),
        }
    }

    /// 太贵, …
    pub fn why_not_word(self, why: WhyNot) -> &'static str {
        match why {
            WhyNot::Expensive => self.pick("太贵", "Too expensive"),
            WhyNot::NextTime => self.pick("下次再做", "Next time"),
            WhyNot::AskSomebody => self.pick("要商量", "Asks somebody first"),
            WhyNot::Elsewhere => self.pick("别处做", "Elsewhere"),
            WhyNot::Doubt => self.pick("有疑问", "Has doubts"),
        }
    }

    /// `增项 1`
    pub fn addition_title(self, number: usize) -> String {
        format!("{} {number}", self.additional_work())
    }

    /// `+1 小时 10 分`; `−30 分` where it is earlier. In milliseconds.
    pub fn later_by(self, by: i64) -> String {
        let minutes = by.abs() / 60_000;
        let sign = if by < 0 { "−" } else { "+" };
        let (hours, minutes) = (minutes / 60, minutes % 60);
        let (hour, minute) = (self.pick("小时", "h"), self.pick("分", "min"));
        match (hours, minutes) {
            (0, minutes) => format!("{sign}{minutes} {minute}"),
            (hours, 0) => format!("{sign}{hours} {hour}"),
            (hours, minutes) => format!("{sign}{hours} {hour} {minutes} {minute}"),
        }
    }

    /// `更换水泵：可能漏水过热`
    pub fn warned_of(self, name: &str, risk: &Personal<String>) -> String {
        let risk = risk.value().map_or(self.erased(), String::as_str);
        format!("{name}{}{risk}", self.pick("，顾客不做：", ", declined: "))
    }

    /// What is read to the customer: what was found, what each line costs, where tax comes on top what all of it
    /// comes to with it, when the car would be ready.
    pub fn addition_question(
        self,
        visit: &Visit,
        addition: &Addition,
        pricing: Pricing,
        utc_offset_minutes: i32,
    ) -> String {
        let name = visit.signer().and_then(|signer| signer.person.name);
        let salutation = visit.salutation().filter(|_| name == visit.customer());
        let name = self.addressed(&name.map(ToString::to_string).unwrap_or_default(), salutation);
        let reason = addition.reason.value().map(|reason| reason.trim()).unwrap_or_default();
        let reason = reason.trim_end_matches(['。', '.', '；', ';']);
        let price = |(line, _): &(crate::visit::order::OrderLine, _)| {
            let (name, amount, payer) = (line.item.name.get(self), line.amount(), line.terms.payer);
            if payer != Payer::Customer {
                return format!("{name}{}{}", self.pick("由", ": paid by "), self.payer_word(payer))
                    + self.pick("承担", "");
            }
            let most = if line.terms.after_diagnosis { self.pick("最多", "at most ") } else { "" };
            match self {
                Self::ZhCn => format!("{name} {most}{amount} 元"),
                Self::En => format!("{name} {most}¥{amount}"),
            }
        };
        let lines: Vec<String> = addition.lines.iter().map(price).collect();
        let lines = lines.join(self.pick("，", ", "));
        let on_top = Some(pricing).filter(|pricing| !pricing.tax_included);
        let with_tax = on_top.and_then(|pricing| addition.in_all(pricing)).filter(|asked| asked.tax > Fen(0));
        let with_tax = with_tax.map(|Asked { total, .. }| match self {
            Self::ZhCn => format!("。以上不含税，都做含税共 {total} 元"),
            Self::En => format!(". Tax comes on top: ¥{total} for all of it"),
        });
        let lines = format!("{lines}{}", with_tax.unwrap_or_default());
        let ready = addition.ready.map(|ready| self.day_and_time(ready, utc_offset_minutes));
        match (self, ready) {
            (Self::ZhCn, Some(ready)) => {
                format!("{name}，我们发现{reason}。{lines}。都做的话，{ready} 交车。您看哪项做？")
            }
            (Self::ZhCn, None) => {
                format!("{name}，我们发现{reason}。{lines}。交车时间不变。您看哪项做？")
            }
            (Self::En, Some(ready)) => format!(
                "{name}, we found: {reason}. {lines}. If all is done, the car is ready on {ready}. Which of it shall we do?"
            ),
            (Self::En, None) => format!(
                "{name}, we found: {reason}. {lines}. The car is ready as promised. Which of it shall we do?"
            ),
        }
    }

    /// What is missing before an answer can be recorded.
    pub fn addition_gap(self, gap: &AdditionGap, catalogue: &Catalogue) -> String {
        let of = |zh: &str, en: &str, count: usize| format!("{} {count}", self.pick(zh, en));
        match gap {
            AdditionGap::NoOrder => self.sign_order_first().into(),
            AdditionGap::Reason => self.addition_reason().into(),
            AdditionGap::NoLines => self.no_lines_yet().into(),
            AdditionGap::NoPrice(count) => format!("{} ({count})", self.zero_price()),
            AdditionGap::NotCountable(why) => self.not_an_estimate(*why).into(),
            AdditionGap::Unanswered(count) => of("顾客答复", "answers", *count),
            AdditionGap::WhyNot(count) => of("不同意的原因", "reasons why not", *count),
            AdditionGap::RiskUnknown(_) => {
                self.pick("安全告知的确认", "that the customer knows the risk").into()
            }
            AdditionGap::TimePast => self.time_is_past().into(),
            AdditionGap::Who => self.signer_missing().into(),
            AdditionGap::Number => self.pick("答复人的电话", "the phone of who answers").into(),
            AdditionGap::OverCeiling(most) => match self {
                Self::ZhCn => format!("超过免问金额 {most} 元，要问顾客"),
                Self::En => format!("it is over ¥{most}: the customer must be asked"),
            },
            AdditionGap::DeclinedUnasked => self
                .pick("有不同意的项，要问顾客", "something is declined: the customer must be asked")
                .into(),
            AdditionGap::Risk => self.what_may_happen().into(),
            AdditionGap::TwoAnswers(key) => {
                format!("{}{}{}", self.two_answers(), self.pick("：", ": "), self.key(key, catalogue))
            }
            AdditionGap::EntriesMissing(count) => self.entries_missing(*count),
        }
    }

    /// What an answer to an addition's question answers.
    pub(super) fn addition_key(self, key: &Key) -> &'static str {
        match key {
            Key::AdditionTime(_) => self.ready_by(),
            Key::Reply(_) | Key::AnswerNoted(_) => self.customers_answer(),
            _ => self.additional_work(),
        }
    }

    /// What a change of an addition says.
    pub(super) fn addition_change(self, change: &Change, utc_offset_minutes: i32) -> String {
        let text =
            |value: &Personal<String>| value.value().cloned().unwrap_or_else(|| self.erased().to_owned());
        match change {
            Change::AdditionFound { reason } | Change::AdditionWorded { reason, .. } => text(reason),
            Change::AdditionRisked { risk, .. } => match risk {
                Some(risk) => format!("{}{}{}", self.about_safety(), self.pick("：", ": "), text(risk)),
                None => self.withdrawn().into(),
            },
            Change::AdditionTimed { ready, .. } => match ready {
                Some(ready) => self.date_time(*ready, utc_offset_minutes),
                None => self.time_unchanged().into(),
            },
            Change::AdditionWithdrawn { withdrawn, .. } => {
                if *withdrawn { self.withdrawn() } else { self.put_back() }.into()
            }
            Change::LineReplied { reply, .. } => {
                let mut said = vec![match reply.accepted {
                    Some(true) => self.agreed_to(),
                    Some(false) => self.not_agreed_to(),
                    None => self.withdrawn(),
                }];
                said.extend(reply.why_not.map(|why| self.why_not_word(why)));
                if reply.risk_known {
                    said.push(self.risk_known());
                }
                said.join(self.pick("，", ", "))
            }
            Change::AnswerNoted { channel, said, .. } => {
                format!("{} {}", self.channel_word(*channel), text(said))
            }
            Change::CallMissed { number, .. } => {
                let number = number.value().map(|number| number.grouped()).unwrap_or_default();
                format!("{} {number}", self.not_reached())
            }
            Change::AdditionAnswered { facts, channel, who, .. } => {
                let who = who.value().map_or_else(|| self.erased().to_owned(), ToString::to_string);
                format!("{} {who}, +{}", self.channel_word(*channel), facts.total)
            }
            _ => String::new(),
        }
    }

    /// What a line of the ledger is about.
    pub fn consent_about(self, about: &About) -> String {
        let colon = self.pick("：", ": ");
        match about {
            About::CheckIn => self.check_in_form().into(),
            About::Order => self.work_order().into(),
            About::Addition(number, lines) => {
                let line = |(name, agreed): &(crate::catalogue::Label, bool)| {
                    let word = if *agreed { self.agreed_to() } else { self.not_agreed_to() };
                    format!("{} {word}", name.get(self))
                };
                let lines: Vec<String> = lines.iter().map(line).collect();
                format!("{number}{colon}{}", lines.join(self.pick("，", ", ")))
            }
            About::Recording => self.recording_consent().into(),
            About::Term(term, value) => {
                format!("{}{colon}{}", self.term_word(*term), self.term_choice(*term, value))
            }
            About::Recommended(name) => {
                format!("{}{colon}{}", self.recommended_work(), name.get(self))
            }
            About::Variant(variant) => self.variant_word(*variant).into(),
            About::MissedCall => self.additional_work().into(),
        }
    }

    /// How it was asked.
    pub fn consent_by(self, by: By) -> &'static str {
        match by {
            By::Hand => self.pick("平板上", "on the glass"),
            By::Word => self.pick("当面说", "spoken"),
            By::Paper => self.pick("纸上签", "on paper"),
            By::Channel(channel) => self.channel_word(channel),
        }
    }
}
