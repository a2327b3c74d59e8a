//! Words about the interview, and the sentence that says what was understood.

use super::Language;
use crate::catalogue::{Catalogue, Question, choice_label};
use crate::visit::interview::{Answer, Concern, Unasked};
use crate::visit::recording::{NotARecording, RecordingKind};
use crate::visit::{Change, Key, Visit};

words! {
    concerns_heading: "顾客的问题" | "Concerns";
    routine_only: "只做常规保养" | "Routine service only";
    move_up: "上移" | "Move up";
    move_down: "下移" | "Move down";
    order_of_weight: "顾客最担心的排第一" | "The first worry first";
    moved: "已调整顺序" | "Order changed";
    concern_taken_back: "已撤回一个问题" | "Concern withdrawn";
    ask_on: "追问" | "Ask on";
    still_to_ask: "技师还会问" | "A technician would still ask";
    all_asked: "都问到了" | "All asked";
    read_to_customer: "念给顾客听" | "Read this to the customer";
    customer_says_right: "顾客说对" | "The customer says: right";
    read_again: "有改动，请再念一遍" | "Changed since: please read it again";
    you_say: "您说" | "you say ";
    confirmed_by_customer: "已念给顾客听，顾客说对" | "Read to the customer, who says it is right";
    the_order: "顺序" | "Order";
    memo: "语音" | "Memo";
    say_instead: "用语音说" | "Say it instead";
    sound: "录音" | "Sound";
    video: "录像" | "Video";
    stop_recording: "停止" | "Stop";
    recording_now: "正在录" | "Recording";
    who_speaks: "谁说话？" | "Who speaks?";
    what_is_recorded: "录什么？" | "What is recorded?";
    only_me: "我自己" | "Only me";
    only_the_car: "只有车" | "Only the car";
    a_person_too: "也有顾客" | "The customer too";
    consent_asked: "先请顾客同意" | "First the customer's consent";
    consent_words: "为说明这次的故障，本店可以录下我的声音和影像。录音录像只用于这次维修，我可以随时要求删除。不同意也不影响维修。" | "To explain this fault the shop may record my voice and image. The recording serves this repair only, and I can ask for its deletion at any time. Refusing changes nothing about the repair.";
    who_consents: "谁同意" | "Who consents";
    customer_agrees: "顾客同意" | "The customer agrees";
    customer_refuses: "顾客不同意" | "The customer refuses";
    recording_consent: "录音录像同意" | "Consent to recording";
    consent_taken_back: "已撤回录音同意" | "Consent withdrawn";
    take_back_consent: "撤回同意" | "Withdraw consent";
    refused_then_write: "没有录。请改用文字，或只录车。" | "Nothing was recorded. Please write it down, or record only the car.";
    microphone_refused: "没有麦克风或相机的权限，请改用文字；在浏览器的网站设置里可以允许。" | "Microphone or camera are not allowed: please type instead. The browser's site settings can allow them.";
    microphone_missing: "这台平板没有麦克风或相机，请改用文字。" | "This tablet has no microphone or camera: please type instead.";
    microphone_busy: "麦克风或相机被占用，请改用文字，或关掉别的程序再试。" | "Microphone or camera are in use: please type instead, or close the other program and try again.";
    microphone_unable: "这个浏览器不能录音录像，请改用文字。" | "This browser cannot record: please type instead.";
    nothing_recorded: "没有录到内容，请再录一次。" | "Nothing was recorded: please try again.";
    recording_other_type: "这种格式不能用，请用平板直接录。" | "This format cannot be used: please record with the tablet.";
    recording_no_consent: "顾客没有同意，没有保存。" | "The customer has not consented: nothing was kept.";
    recording_elsewhere: "录音还在别的平板上" | "The recording is still on another tablet";
    recording_taken_back: "已撤回一段录音" | "Recording withdrawn";
    play: "播放" | "Play";
    pause_sending: "暂停发送" | "Pause sending";
    resume_sending: "继续发送" | "Resume sending";
    sending_paused: "发送已暂停" | "Sending paused";
    waits_to_be_sent: "待发送" | "To be sent";
    has_recording: "另有" | "Also";
}

impl Language {
    /// 录音
    pub fn recording_kind(self, kind: RecordingKind) -> &'static str {
        match kind {
            RecordingKind::Memo => self.memo(),
            RecordingKind::Sound => self.sound(),
            RecordingKind::Video => self.video(),
        }
    }

    /// `0:14`, from milliseconds.
    pub fn length(self, milliseconds: u32) -> String {
        let seconds = (milliseconds + 500) / 1000;
        format!("{}:{:02}", seconds / 60, seconds % 60)
    }

    /// Why a recording was not kept.
    pub fn not_a_recording(self, why: NotARecording) -> String {
        match (why, self) {
            (NotARecording::Empty, _) => self.nothing_recorded().into(),
            (NotARecording::OtherType, _) => self.recording_other_type().into(),
            (NotARecording::NoConsent, _) => self.recording_no_consent().into(),
            (NotARecording::TooLarge(most), Self::ZhCn) => {
                format!("录音超过 {}，请分段录。", self.bytes(u64::from(most)))
            }
            (NotARecording::TooLarge(most), Self::En) => {
                format!("Larger than {}: please record shorter parts.", self.bytes(u64::from(most)))
            }
            (NotARecording::TooLong(most), Self::ZhCn) => format!("超过 {} 秒，请分段录。", most / 1000),
            (NotARecording::TooLong(most), Self::En) => {
                format!("Longer than {} seconds: please record shorter parts.", most / 1000)
            }
        }
    }

    /// A number up to this one is meant.
    pub fn number_up_to(self, most: u32) -> String {
        match self {
            Self::ZhCn => format!("请输入 0 到 {most} 的整数。"),
            Self::En => format!("Enter a whole number from 0 to {most}."),
        }
    }

    /// `6 问已答 2`
    pub fn asked(self, answered: usize, all: usize) -> String {
        match self {
            Self::ZhCn => format!("{all} 问已答 {answered}"),
            Self::En => format!("{answered} of {all} asked"),
        }
    }

    /// What is still to be asked.
    pub fn unasked<'a>(self, unasked: &Unasked, catalogue: &'a Catalogue) -> &'a str {
        match unasked {
            Unasked::Words => self.concerns(),
            Unasked::Symptom => self.symptom(),
            Unasked::Question(id) => catalogue.question(id).map_or("", |question| question.label.get(self)),
        }
    }

    /// The answer in words, as the chips have it.
    fn answer_words(
        self,
        question: Option<&Question>,
        chosen: &[String],
        number: Option<u32>,
    ) -> Vec<String> {
        let choices = question.map(|question| question.choices.as_slice()).unwrap_or_default();
        let word = |id: &String| choice_label(choices, id, self).to_owned();
        number.map(|number| number.to_string()).into_iter().chain(chosen.iter().map(word)).collect()
    }

    fn answer_said(self, answer: &Answer, catalogue: &Catalogue) -> Option<String> {
        let question = catalogue.question(&answer.question)?;
        let words = self.answer_words(Some(question), &answer.chosen, answer.number);
        let lower = |word: String| match self {
            Self::En => within_a_sentence(word),
            Self::ZhCn => word,
        };
        let words: Vec<String> = words.into_iter().map(lower).collect();
        Some(question.said.get(self).replace('*', &words.join(self.pick("、", " and "))))
    }

    /// What was understood of a concern, as a sentence: `车有异响：在右前轮，每次出现。`; empty where
    /// nothing was asked yet.
    pub fn concern_summary(self, visit: &Visit, concern: &Concern, catalogue: &Catalogue) -> String {
        let answers = visit.concern_answers(concern, catalogue);
        let interview = catalogue.interview.as_ref();
        let said = concern.symptom.as_deref().map(|id| match interview.and_then(|all| all.asked(Some(id))) {
            None => choice_label(&catalogue.symptoms, id, self),
            Some(asked) => asked.said.get(self),
        });
        let answers: Vec<String> =
            answers.iter().filter_map(|answer| self.answer_said(answer, catalogue)).collect();
        let answers = answers.join(self.pick("，", ", "));
        let stop = self.pick("。", ".");
        match (said, answers.is_empty()) {
            (None, true) => String::new(),
            (None, false) => answers + stop,
            (Some(said), true) => format!("{said}{stop}"),
            (Some(said), false) => format!("{said}{}{answers}{stop}", self.pick("：", ": ")),
        }
    }

    /// What a key of the interview is called.
    pub(super) fn interview_key(self, key: &Key, catalogue: &Catalogue) -> String {
        match key {
            Key::ConcernAnswer(_, id) => {
                catalogue.question(id).map_or(id.as_str(), |question| question.label.get(self)).into()
            }
            Key::ConcernOrder => self.concerns_heading().into(),
            Key::ConcernConfirmed(_) => self.customer_says_right().into(),
            Key::RecordingConsent => self.recording_consent().into(),
            _ => self.sound().into(),
        }
    }

    /// What a change of the interview says.
    pub(super) fn interview_change(self, change: &Change, catalogue: &Catalogue) -> String {
        match change {
            Change::ConcernAnswered { question, chosen, number, .. } => {
                let words = self.answer_words(catalogue.question(question), chosen, *number);
                if words.is_empty() { self.withdrawn().into() } else { words.join(self.pick("、", ", ")) }
            }
            Change::ConcernsOrdered { .. } => self.the_order().into(),
            Change::ConcernConfirmed { sentence: Some(sentence), .. } => {
                sentence.value().cloned().unwrap_or_else(|| self.erased().into())
            }
            Change::RecordingMade { kind, length, size, .. } => {
                format!(
                    "{} {}, {}",
                    self.recording_kind(*kind),
                    self.length(*length),
                    self.bytes(u64::from(*size))
                )
            }
            Change::RecordingConsented { who, given: true, .. } => {
                who.value().map_or_else(|| self.erased().into(), ToString::to_string)
            }
            Change::RecordingWithdrawn { withdrawn: false, .. } => self.put_back().into(),
            _ => self.withdrawn().into(),
        }
    }
}

/// `Every time` inside a sentence is `every time`; `ABS`, `READY` and `DC` stay.
fn within_a_sentence(word: String) -> String {
    let mut letters = word.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain([second]).chain(letters).collect()
        }
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::visit::tests::{Tablet, ready};

    fn answered(answers: &[(&str, &str)]) -> (Visit, Concern) {
        let mut tablet = Tablet::new(1);
        let mut visit = ready(&mut tablet);
        let (concern, catalogue) = (visit.standing_concerns().remove(0), Catalogue::standard());
        for (id, choice) in answers {
            let change = visit.choose_answer(concern.id, catalogue.question(id).expect("a question"), choice);
            tablet.write(&mut visit, change);
        }
        (visit, concern)
    }

    #[test]
    fn a_summary_says_every_answer_in_the_order_of_asking_in_both_languages() {
        let (mut visit, concern) = answered(&[
            ("often", "always"),
            ("where", "rf"),
            ("sound", "click"),
            ("drive", "turn"),
            ("drive", "start"),
            ("speed", "20"),
            ("since", "month"),
        ]);
        let catalogue = Catalogue::standard();
        let said = |visit: &Visit, t: Language| t.concern_summary(visit, &concern, &catalogue);
        assert_eq!(
            said(&visit, Language::ZhCn),
            "车有异响：在右前轮，是咔哒声，起步、转弯时，车速 20 以下，每次出现，一个月内开始的。"
        );
        assert_eq!(
            said(&visit, Language::En),
            "the car makes a noise: at the right front wheel, a clicking sound, when moving off and turning, at under 20 km/h, every time, it began within a month."
        );
        // A number, and what another program asked.
        let mut tablet = Tablet::new(2);
        for (question, chosen, number) in
            [("parked", vec![], Some(9)), ("of_tomorrow", vec!["x".into()], None)]
        {
            let (concern, question) = (concern.id, question.to_owned());
            tablet.write(&mut visit, Change::ConcernAnswered { concern, question, chosen, number });
        }
        assert!(
            said(&visit, Language::ZhCn).ends_with("停放 9 小时后。"),
            "{}",
            said(&visit, Language::ZhCn)
        );
    }

    #[test]
    fn without_an_answer_the_group_alone_is_said_and_without_a_group_nothing() {
        let (visit, concern) = answered(&[]);
        let catalogue = Catalogue::standard();
        assert_eq!(Language::ZhCn.concern_summary(&visit, &concern, &catalogue), "车有异响。");
        let bare = Concern { symptom: None, ..concern };
        assert_eq!(Language::En.concern_summary(&visit, &bare, &catalogue), "");
    }

    #[test]
    fn abbreviations_keep_their_capitals_inside_a_sentence() {
        let within = |word: &str| within_a_sentence(word.into());
        assert_eq!(within("Every time"), "every time");
        assert_eq!(within("ABS"), "ABS");
        assert_eq!(within("0"), "0");
    }

    #[test]
    fn what_a_change_of_the_interview_says_stands_in_the_history_in_words() {
        let (visit, concern) = answered(&[("drive", "turn"), ("drive", "start")]);
        let catalogue = Catalogue::standard();
        let change = visit.journal.answer(&Key::ConcernAnswer(concern.id, "drive".into())).expect("answered");
        let said = Language::En.change_said(change, &catalogue);
        assert_eq!(said, ("When".to_owned(), "Moving off, Turning".to_owned()));
    }
}
