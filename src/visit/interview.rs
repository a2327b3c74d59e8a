//! 问诊: the customer's concerns in order of weight, what was asked about each, what a technician would
//! still have to ask, and whether the customer was read what was understood.

use super::recording::RecordingSubject;
use super::{Change, Key, Visit, answered};
use crate::catalogue::symptoms::ROUTINE;
use crate::catalogue::{Catalogue, Question};
use crate::journal::{EntryId, Personal};

/// A concern of the customer.
#[derive(Clone, Debug, PartialEq)]
pub struct Concern {
    /// The entry that recorded it.
    pub id: EntryId,
    /// Verbatim; missing where erased.
    pub words: Personal<String>,
    /// Catalogue id of the symptom group.
    pub symptom: Option<String>,
    /// Withdrawn ones are kept and can be put back.
    pub withdrawn: bool,
}

impl Concern {
    /// Whether the words say something.
    pub fn has_words(&self) -> bool {
        self.words.value().is_some_and(|words| !words.trim().is_empty())
    }

    /// Routine service says all that a fault description must say with one tap.
    pub fn is_routine(&self) -> bool {
        self.symptom.as_deref() == Some(ROUTINE)
    }
}

/// The answer to a follow-up question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The question's id.
    pub question: String,
    /// Ids of the choices.
    pub chosen: Vec<String>,
    /// In the question's unit.
    pub number: Option<u32>,
}

/// What a technician would still have to ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unasked {
    /// The customer's own words: written or recorded.
    Words,
    /// The symptom group.
    Symptom,
    /// A follow-up question, by its id.
    Question(String),
}

impl Visit {
    /// Concerns in order of weight, withdrawn ones too: as they were put, then as they came.
    pub fn concerns(&self) -> Vec<Concern> {
        let recorded = self.journal.additions().filter_map(|(by, fact)| match fact {
            Change::ConcernRecorded { words, symptom } => Some((by.id, words, symptom)),
            _ => None,
        });
        let mut concerns: Vec<Concern> = recorded
            .map(|(id, words, symptom)| Concern {
                id,
                words: answered!(self, Key::ConcernWords(id), ConcernWorded, words).unwrap_or(words).clone(),
                symptom: answered!(self, Key::ConcernSymptom(id), ConcernGrouped, symptom)
                    .unwrap_or(symptom)
                    .clone(),
                withdrawn: answered!(self, Key::ConcernWithdrawn(id), ConcernWithdrawn, withdrawn)
                    .copied()
                    .unwrap_or_default(),
            })
            .collect();
        if let Some(order) = answered!(self, Key::ConcernOrder, ConcernsOrdered, order) {
            concerns
                .sort_by_key(|concern| order.iter().position(|id| *id == concern.id).unwrap_or(usize::MAX));
        }
        concerns
    }

    /// Concerns that count, in order of weight.
    pub fn standing_concerns(&self) -> Vec<Concern> {
        self.concerns().into_iter().filter(|concern| !concern.withdrawn).collect()
    }

    /// A concern one place up or down among those that count, and the way back; nothing at the end.
    pub fn concern_moved(&self, concern: EntryId, up: bool) -> Option<(Change, Change)> {
        let before: Vec<EntryId> = self.concerns().iter().map(|concern| concern.id).collect();
        let standing: Vec<EntryId> = self.standing_concerns().iter().map(|concern| concern.id).collect();
        let at = standing.iter().position(|id| *id == concern)?;
        let other = *standing.get(if up { at.checked_sub(1)? } else { at + 1 })?;
        let place = |id: EntryId| before.iter().position(|known| *known == id);
        let mut order = before.clone();
        order.swap(place(concern)?, place(other)?);
        Some((Change::ConcernsOrdered { order }, Change::ConcernsOrdered { order: before }))
    }

    /// The answer to a follow-up question, where one stands.
    pub fn concern_answer(&self, concern: EntryId, question: &str) -> Option<Answer> {
        match self.journal.answer(&Key::ConcernAnswer(concern, question.to_owned()))? {
            Change::ConcernAnswered { chosen, number, .. } if !chosen.is_empty() || number.is_some() => {
                Some(Answer { question: question.to_owned(), chosen: chosen.clone(), number: *number })
            }
            _ => None,
        }
    }

    /// The answers about a concern: those to its group's questions in the order of asking, then others
    /// that were given before the group was changed or by another program.
    pub fn concern_answers(&self, concern: &Concern, catalogue: &Catalogue) -> Vec<Answer> {
        let asked = catalogue.questions(concern.symptom.as_deref());
        let asked: Vec<&str> = asked.iter().map(|question| question.id.as_str()).collect();
        let others = self.journal.keys().filter_map(|key| match key {
            Key::ConcernAnswer(id, question) if *id == concern.id => Some(question.as_str()),
            _ => None,
        });
        let others = others.filter(|question| !asked.contains(question));
        asked
            .iter()
            .copied()
            .chain(others)
            .filter_map(|question| self.concern_answer(concern.id, question))
            .collect()
    }

    /// A tap on a choice: of one it takes the place of the other, of several it joins them, and a second
    /// tap takes it back.
    pub fn choose_answer(&self, concern: EntryId, question: &Question, choice: &str) -> Change {
        let before =
            self.concern_answer(concern, &question.id).map(|answer| answer.chosen).unwrap_or_default();
        let chosen = |id: &str| {
            if id == choice {
                !before.iter().any(|id| id == choice)
            } else {
                question.several && before.iter().any(|known| known == id)
            }
        };
        let chosen =
            question.choices.iter().map(|choice| &choice.id).filter(|id| chosen(id)).cloned().collect();
        Change::ConcernAnswered { concern, question: question.id.clone(), chosen, number: None }
    }

    /// What is still to be asked about a concern. Of routine service nobody needs the words.
    pub fn unasked(&self, concern: &Concern, catalogue: &Catalogue) -> Vec<Unasked> {
        let mut unasked = Vec::new();
        if !concern.is_routine() && !self.is_described(concern) {
            unasked.push(Unasked::Words);
        }
        if concern.symptom.is_none() {
            unasked.push(Unasked::Symptom);
        }
        let asked = catalogue.questions(concern.symptom.as_deref()).into_iter();
        let open = asked.filter(|question| self.concern_answer(concern.id, &question.id).is_none());
        unasked.extend(open.map(|question| Unasked::Question(question.id.clone())));
        unasked
    }

    /// Whether the customer's words are there, written or recorded.
    pub fn is_described(&self, concern: &Concern) -> bool {
        concern.has_words() || !self.recordings_of(&RecordingSubject::Concern(concern.id)).is_empty()
    }

    /// The answers that a concern's summary says, of every tablet.
    fn said_of(&self, concern: &Concern) -> Vec<EntryId> {
        let own = |key: &&Key| match key {
            Key::ConcernAnswer(id, _) | Key::ConcernWords(id) | Key::ConcernSymptom(id) => *id == concern.id,
            _ => false,
        };
        self.journal.keys().filter(own).flat_map(|key| self.journal.unreplaced(key)).collect()
    }

    /// The customer says that the sentence is right, or it is not so any more.
    pub fn confirm_concern(&self, concern: &Concern, sentence: Option<String>) -> Change {
        Change::ConcernConfirmed {
            concern: concern.id,
            sentence: sentence.map(Personal::from),
            on: self.said_of(concern),
        }
    }

    /// Whether the summary was confirmed and nothing that it says was answered anew since.
    pub fn is_confirmed(&self, concern: &Concern) -> bool {
        match self.journal.answer(&Key::ConcernConfirmed(concern.id)) {
            Some(Change::ConcernConfirmed { sentence: Some(_), on, .. }) => *on == self.said_of(concern),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests;
