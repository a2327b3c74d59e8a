//! What a technician would ask about each group of symptoms: the catalogue carries it, so that a
//! dealership may ask otherwise. What it begins with is a file of the app, `public/interview.txt`: a tablet
//! whose catalogue is of a release that had no questions in it reads it there. Ids are retired, never renamed.

use super::{Choice, Label};
use crate::record::kept;

/// The group that says everything with one tap: `常规保养`.
pub const ROUTINE: &str = "routine";

/// What is asked where the dealership has a group of its own, or none was chosen.
const ANY: [&str; 4] = ["drive", "often", "since", "repair"];

/// A follow-up question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Stands in journals. Groups share questions: an answer stays where the group is changed.
    pub id: String,
    /// 从何时起
    pub label: Label,
    /// How an answer is said in a sentence; `*` stands for it.
    pub said: Label,
    /// Ids with their words.
    pub choices: Vec<Choice>,
    /// Whether several choices may be true at once.
    pub several: bool,
    /// A whole number up to this one is meant; there are no choices then.
    pub most: Option<u32>,
}

kept!(Question { id, label, said, choices, several, most });

/// How a group of symptoms is said, and what is asked about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The symptom group's id.
    pub id: String,
    /// 车有异响
    pub said: Label,
    /// Ids of its questions, in the order of asking.
    pub questions: Vec<String>,
}

kept!(Asked { id, said, questions });

/// The interview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interview {
    /// Every question.
    pub questions: Vec<Question>,
    /// What is asked about each group.
    pub groups: Vec<Asked>,
}

kept!(Interview { questions, groups });

impl Interview {
    /// What every dealership begins with.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn standard() -> Self {
        Self::of_file(STANDARD)
    }

    /// What the app's file says.
    pub fn of_file(file: &str) -> Self {
        let (questions, groups) = file.split_once("\n\n").unwrap_or((file, ""));
        Self {
            questions: questions.lines().filter_map(read_question).collect(),
            groups: groups.lines().filter_map(read_group).collect(),
        }
    }

    /// A question by its id; none where the dealership does not ask it.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.id == id)
    }

    /// What is asked about a group.
    pub fn asked(&self, symptom: Option<&str>) -> Option<&Asked> {
        self.groups.iter().find(|group| Some(group.id.as_str()) == symptom)
    }

    /// The questions about a group, in the order of asking.
    pub fn questions(&self, symptom: Option<&str>) -> Vec<&Question> {
        match self.asked(symptom) {
            Some(group) => group.questions.iter().filter_map(|id| self.question(id)).collect(),
            None => ANY.iter().filter_map(|id| self.question(id)).collect(),
        }
    }
}

fn read_question(line: &str) -> Option<Question> {
    let mut cells = line.split('|').map(str::to_owned);
    let (id, kind) = (cells.next()?, cells.next()?);
    let label = Label { zh: cells.next()?, en: cells.next()? };
    let said = Label { zh: cells.next()?, en: cells.next()? };
    let last = cells.next()?;
    let most = if kind == "#" { Some(last.parse().ok()?) } else { None };
    let choice = |choice: &str| {
        let mut words = choice.split('/').map(str::to_owned);
        Some(Choice { id: words.next()?, label: Label { zh: words.next()?, en: words.next()? } })
    };
    let choices = if most.is_none() { last.split(';').filter_map(choice).collect() } else { Vec::new() };
    Some(Question { id, label, said, choices, several: kind == "+", most })
}

fn read_group(line: &str) -> Option<Asked> {
    let mut cells = line.split('|').map(str::to_owned);
    let (id, said) = (cells.next()?, Label { zh: cells.next()?, en: cells.next()? });
    Some(Asked { id, said, questions: cells.next()?.split(' ').map(str::to_owned).collect() })
}

/// A question to a line: id, how it is answered (1 one, + several, # a number), Chinese, English, how an
/// answer is said in both, choices; of a number its most. Below them a group to a line: id, how it is said in
/// both languages, its questions in the order of asking.
#[cfg(not(target_arch = "wasm32"))]
const STANDARD: &str = include_str!("../../public/interview.txt");

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::catalogue::Catalogue;
    use crate::locale::Language;

    #[test]
    fn each_of_14_groups_has_4_to_8_questions_of_its_own_and_one_that_no_other_group_has() {
        let (interview, symptoms) = (Interview::standard(), Catalogue::standard().symptoms);
        assert_eq!(symptoms.len(), 14);
        let ids = |id: &str| -> Vec<&str> {
            interview.questions(Some(id)).iter().map(|question| question.id.as_str()).collect()
        };
        for symptom in &symptoms {
            let own = ids(&symptom.id);
            assert!((4..=8).contains(&own.len()), "{}: {own:?}", symptom.id);
            let asked = interview.asked(Some(&symptom.id)).expect("a group");
            assert_eq!(own, asked.questions, "{}", symptom.id);
            let others: BTreeSet<&str> = symptoms
                .iter()
                .filter(|other| other.id != symptom.id)
                .flat_map(|other| ids(&other.id))
                .collect();
            assert!(own.iter().any(|id| !others.contains(id)), "{} asks nothing of its own", symptom.id);
            assert!(!asked.said.zh.is_empty() && !asked.said.en.is_empty(), "{}", symptom.id);
        }
        assert_eq!(ids("a group of the dealership's"), ANY);
    }

    #[test]
    fn every_question_has_words_in_both_languages_a_sentence_and_ids_of_its_own() {
        let interview = Interview::standard();
        let lines = STANDARD.lines().filter(|line| !line.is_empty()).count();
        assert_eq!(interview.questions.len() + interview.groups.len(), lines, "a line is not read");
        let ids: BTreeSet<&str> = interview.questions.iter().map(|question| question.id.as_str()).collect();
        assert_eq!(ids.len(), interview.questions.len());
        let asked = interview.groups.iter().flat_map(|group| &group.questions).map(String::as_str);
        assert_eq!(asked.chain(ANY).collect::<BTreeSet<_>>(), ids, "asked and known");
        for question in &interview.questions {
            let id = &question.id;
            let chinese = |text: &str| text.chars().any(|c| ('\u{3000}'..='\u{9fff}').contains(&c));
            let words = question.choices.iter().map(|choice| &choice.label);
            for label in words.chain([&question.label, &question.said]) {
                let Label { zh, en } = label;
                assert!(!zh.is_empty() && !en.is_empty() && !chinese(en), "{id}: {label:?}");
            }
            assert!(question.said.zh.contains('*') && question.said.en.contains('*'), "{id}");
            let own: BTreeSet<&str> = question.choices.iter().map(|choice| choice.id.as_str()).collect();
            assert_eq!(own.len(), question.choices.len(), "{id}");
            match question.most {
                Some(most) => assert!(most > 0 && own.is_empty() && !question.several, "{id}"),
                None => assert!(own.len() >= 2, "{id}"),
            }
        }
    }

    #[test]
    fn the_groups_of_release_0_1_0_are_still_there() {
        let interview = Interview::standard();
        for old in [
            "routine",
            "noise",
            "vibration",
            "lamp",
            "brakes",
            "steering",
            "air",
            "starting",
            "power",
            "leak",
            "electrics",
            "charging",
            "body",
            "smell",
        ] {
            assert!(interview.asked(Some(old)).is_some(), "{old}");
            let named =
                crate::catalogue::choice_label(&Catalogue::standard().symptoms, old, Language::En) != old;
            assert!(named, "{old} has no word");
        }
    }
}
