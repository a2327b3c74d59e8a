//! The words of customer mode, of signing, and of refusing to.

use super::Language;
use crate::catalogue::Catalogue;
use crate::visit::Change;
use crate::visit::signing::{Closing, RefusalGap, RefusalReason};

words! {
    // customer mode
    page_car: "车和状态" | "Car and condition";
    page_outside: "外观" | "Outside";
    page_kept: "留店和物品" | "Kept and belongings";
    page_words: "您说的情况" | "What you told us";
    page_sign: "告知和签名" | "Notice and signature";
    seen_next: "看过了，下一页" | "Seen, next page";
    seen_sign: "看过了，去签名" | "Seen, go and sign";
    page_before: "上一页" | "Page before";
    confirm_signature: "确认签名" | "Confirm signature";
    saving_signature: "正在保存签名" | "Saving the signature";
    save_again: "再存一次" | "Save once more";
    signature_not_kept: "签名还没有存下，笔迹都在。不用重签，请点一下再存。" | "The signature is not saved yet; your strokes are all here. No need to sign again: tap to save once more.";
    sign_anew: "重签" | "Start again";
    hand_back: "交还顾问" | "Give it back";
    hold_here: "按住 2 秒" | "Hold 2 seconds";
    have_a_question: "我有疑问" | "I have a question";
    question_noted: "记下了，顾问会来为您解答。您可以接着看。" | "Noted; your advisor will answer it. You can read on.";
    what_do_you_ask: "您想问什么？也可以不写" | "What would you like to ask? You may leave it empty";
    no_question: "没有疑问了" | "No question any more";
    read_on: "接着看" | "Read on";
    nothing_said: "未写内容" | "Without words";

    // the advisor's side
    question: "顾客有疑问" | "The customer's question";
    answered: "已答复" | "Answered";
    who_signs: "谁来签名" | "Who signs";
    signer_name: "受托人姓名" | "Name of who signs";
    signer_name_missing: "受托人姓名" | "Name of who signs on behalf";
    authority: "授权" | "Authority";
    authority_hint: "如：车主电话同意，138****5621" | "Such as: the owner agreed by phone";
    authority_not_noted: "签名人自称受车主委托" | "By the signer's own statement";
    authority_photo: "授权书照片（可不拍）" | "Photo of the authorisation, if there is one";
    other_ways: "不在平板上签" | "Not on the tablet";
    on_paper: "签在纸上" | "Sign on paper";
    refused_to_sign: "拒绝签名" | "Refused to sign";
    refused_tag: "拒签" | "Refused";
    paper_tag: "纸签" | "On paper";
    on_paper_how: "先印出来请顾客手写签名和日期，再把签好的那一页拍下来。顾问先在平板上签。" | "Print it, have it signed and dated by hand, then take a photo of the signed page. The advisor signs on the tablet first.";
    fix_and_go_on: "定稿，去签" | "Make it final";
    photograph_sheet: "拍手签页" | "Photo of the signed page";
    to_photograph: "待拍手签页" | "Signed page to photograph";
    sheet_kept: "手签页已拍" | "Signed page kept";
    reason: "原因" | "Reason";
    refusal_words: "顾客怎么说" | "What the customer says";
    read_out: "全文念读了吗" | "Was the text read out";
    read_out_yes: "已念读" | "Read out";
    read_out_no: "没有念读" | "Not read out";
    witness: "见证人" | "Witness";
    witness_signs: "请见证人签名" | "The witness signs here";
    no_witness: "没有别的同事可选。" | "There is no other colleague to choose.";
    refusal_photo: "现场照片（可不拍）" | "Photo, if there is one";
    close_as_refused: "记为拒签" | "Close as refused";
}

impl Language {
    /// Which page of how many: `第 2 页，共 5 页`.
    pub fn page_of(self, page: usize, of: usize) -> String {
        match self {
            Self::ZhCn => format!("第 {page} 页，共 {of} 页"),
            Self::En => format!("Page {page} of {of}"),
        }
    }

    /// What the customer is asked to do, by name: to look, and on the last page to sign.
    pub fn please_look(self, who: &str, last: bool) -> String {
        match (self, last) {
            (Self::ZhCn, false) => format!("{who}，请您核对"),
            (Self::ZhCn, true) => format!("{who}，请您核对后签名"),
            (Self::En, false) => format!("{who}, please check"),
            (Self::En, true) => format!("{who}, please check and sign"),
        }
    }

    /// Why somebody would not sign.
    pub fn refusal_reason(self, reason: RefusalReason) -> &'static str {
        match reason {
            RefusalReason::Damage => self.pick("不认可损伤记录", "Disputes the damage"),
            RefusalReason::Content => self.pick("不认可其他内容", "Disputes something else"),
            RefusalReason::Unwilling => self.pick("不愿签名", "Does not want to sign"),
            RefusalReason::NoTime => self.pick("没有时间看", "Has no time to read"),
            RefusalReason::Other => self.pick("其他", "Other"),
        }
    }

    /// Whether the text was read out, on paper.
    pub fn read_out_said(self, yes: bool) -> &'static str {
        match yes {
            true => self.pick("已当面念读全文", "The whole text was read out"),
            false => self.pick("未念读", "It was not read out"),
        }
    }

    /// In place of the consent, above a refusal.
    pub fn shown_but_refused(self, marks: usize, photos: usize) -> String {
        let pages = Self::PAGES;
        match self {
            Self::ZhCn => format!("以上 {pages} 页（{marks} 处标记、{photos} 张照片）已出示，未获签名。"),
            Self::En => {
                format!(
                    "This form (pages: {pages}, marks: {marks}, photos: {photos}) was shown and not signed."
                )
            }
        }
    }

    /// Areas in which everything is graded and nothing was found.
    pub fn nothing_found_in(self, areas: &[&str]) -> String {
        match self {
            Self::ZhCn => format!("{}无异常。", areas.join("、")),
            Self::En => format!("{}: fine.", areas.join(", ")),
        }
    }

    /// What is missing on a refusal.
    pub(super) fn refusal_lacks(self, gaps: &[RefusalGap]) -> String {
        let word = |gap: &RefusalGap| match gap {
            RefusalGap::Reason => self.reason(),
            RefusalGap::Words => self.refusal_words(),
            RefusalGap::ReadOut => self.read_out(),
            RefusalGap::Witness => self.witness(),
        };
        let words: Vec<&str> = gaps.iter().map(word).collect();
        format!("{}{}{}", self.missing(), self.pick("：", ": "), words.join(self.pick("、", ", ")))
    }

    /// 拒签, 纸签; a signature on the glass needs no word.
    pub fn closing(self, closing: Closing) -> Option<&'static str> {
        match closing {
            Closing::Signed => None,
            Closing::OnPaper => Some(self.paper_tag()),
            Closing::Refused => Some(self.refused_tag()),
        }
    }

    /// What a change about signing says.
    pub(super) fn signing_change(self, change: &Change, catalogue: &Catalogue) -> String {
        let text = |value: Option<&String>| value.cloned().unwrap_or_else(|| self.erased().into());
        match change {
            Change::SignerChosen { signer } => self.signed_as(*signer).into(),
            Change::AuthorityNoted { words }
            | Change::QuestionWorded { words, .. }
            | Change::RefusalWorded { words } => text(words.value()),
            Change::QuestionSettled { settled, .. } => {
                if *settled { self.answered() } else { self.question() }.into()
            }
            Change::RefusalNoted { reason, read_out, witness } => {
                let said = [
                    reason.map(|reason| self.refusal_reason(reason).to_owned()),
                    read_out.map(|yes| self.read_out_said(yes).to_owned()),
                    witness.as_ref().map(|id| catalogue.staff_name(id).to_owned()),
                ];
                said.into_iter().flatten().collect::<Vec<_>>().join(self.pick("，", ", "))
            }
            Change::CheckInRefused { .. } => self.refused_to_sign().into(),
            Change::CheckInOnPaper { .. } => self.on_paper().into(),
            Change::SheetPhotographed { .. } => self.sheet_kept().into(),
            _ => self.have_a_question().into(),
        }
    }
}
