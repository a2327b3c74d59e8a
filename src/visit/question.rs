//! What the customer asks while looking through the form. It never blocks anything; the advisor sees it.

use super::{Change, Key, Visit, answered};
use crate::journal::EntryId;

/// A question of the customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The entry that noted it.
    pub id: EntryId,
    /// The page that it was asked on.
    pub page: String,
    /// Verbatim; empty where none were written, or they are erased.
    pub words: String,
    /// Answered.
    pub settled: bool,
}

impl Visit {
    /// Questions in order, answered ones too.
    pub fn questions(&self) -> Vec<Question> {
        let asked = self.journal.facts().filter_map(|(by, fact)| match fact {
            Change::QuestionAsked { page } => Some((by.id, page)),
            _ => None,
        });
        asked
            .map(|(id, page)| Question {
                id,
                page: page.clone(),
                words: answered!(self, Key::QuestionWords(id), QuestionWorded, words)
                    .and_then(|words| words.value().cloned())
                    .unwrap_or_default(),
                settled: answered!(self, Key::QuestionSettled(id), QuestionSettled, settled)
                    .copied()
                    .unwrap_or_default(),
            })
            .collect()
    }

    /// The question on a page that waits for its answer: a second tap asks no second one.
    pub fn open_question(&self, page: &str) -> Option<EntryId> {
        let mut open = self.questions().into_iter().filter(|question| !question.settled);
        open.find(|question| question.page == page).map(|question| question.id)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{Tablet, hand, ready};
    use super::*;
    use crate::catalogue::Catalogue;
    use crate::documents::Sheet;
    use crate::visit::Stage;

    #[test]
    fn a_question_is_kept_with_its_words_and_holds_up_no_signature() {
        let mut tablet = Tablet::new(1);
        let mut visit = ready(&mut tablet);
        let question = tablet.write(&mut visit, Change::QuestionAsked { page: "outside".into() });
        assert_eq!(visit.open_question("outside"), Some(question));
        assert_eq!(visit.open_question("kept"), None);
        let words = "这道划痕是上次就有的吧？".to_owned();
        tablet.write(&mut visit, Change::QuestionWorded { question, words: words.clone().into() });
        assert_eq!(visit.questions()[0].words, words);
        let sheet = Sheet::of(&visit, &Catalogue::standard());
        let draft = visit.sign_check_in(hand(), sheet).expect("a question blocks nothing").draft;
        tablet.draft(&mut visit, draft);
        tablet.write(&mut visit, Change::QuestionSettled { question, settled: true });
        assert_eq!(visit.open_question("outside"), None);
        // What is said about a paper changes nothing on it.
        let paper = visit.signed_check_ins().remove(0);
        assert_eq!((visit.stage(), visit.added_after(&paper).len()), (Stage::ToCountersign, 0));
    }
}
