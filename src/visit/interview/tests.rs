use super::super::recording::{Heard, Recorded, RecordingKind};
use super::super::tests::{Tablet, hand, ready};
use super::*;
use crate::catalogue::Catalogue;
use crate::documents::{CheckInFacts, Sheet};
use crate::visit::check_in::CheckInGap;

fn answer(visit: &Visit, concern: EntryId, question: &str, choice: &str) -> Change {
    visit.choose_answer(concern, Catalogue::standard().question(question).expect("a question"), choice)
}

fn concern(visit: &Visit) -> Concern {
    visit.standing_concerns().remove(0)
}

fn second(tablet: &mut Tablet, visit: &mut Visit, words: &str) -> EntryId {
    tablet.write(visit, Change::ConcernRecorded { words: words.to_owned().into(), symptom: None })
}

#[test]
fn a_concern_moves_past_withdrawn_ones_and_back_and_the_paper_has_the_order_of_weight() {
    let mut tablet = Tablet::new(1);
    let mut visit = ready(&mut tablet);
    let first = concern(&visit).id;
    let hidden = second(&mut tablet, &mut visit, "空调一开有股霉味");
    let last = second(&mut tablet, &mut visit, "刹车响");
    tablet.write(&mut visit, Change::ConcernWithdrawn { concern: hidden, withdrawn: true });
    assert_eq!(visit.concern_moved(first, true), None, "the first goes no further up");
    assert_eq!(visit.concern_moved(last, false), None);
    let (up, back) = visit.concern_moved(last, true).expect("it is not the first");
    tablet.write(&mut visit, up);
    let order =
        |visit: &Visit| visit.standing_concerns().iter().map(|concern| concern.id).collect::<Vec<_>>();
    assert_eq!(order(&visit), [last, first]);
    let sheet = Sheet::of(&visit, &Catalogue::standard());
    assert!(sheet.zh.concerns[0].starts_with("刹车响"));
    let facts = CheckInFacts::of(&visit);
    assert_eq!(facts.concerns[0].words.value().map(String::as_str), Some("刹车响"));
    tablet.write(&mut visit, back);
    assert_eq!(order(&visit), [first, last]);
    // One that comes later stands last.
    let new = second(&mut tablet, &mut visit, "还有异味");
    assert_eq!(order(&visit), [first, last, new]);
}

#[test]
fn a_choice_of_one_takes_the_others_place_of_several_it_joins_and_a_second_tap_takes_it_back() {
    let mut tablet = Tablet::new(1);
    let mut visit = ready(&mut tablet);
    let id = concern(&visit).id;
    let tap = |tablet: &mut Tablet, visit: &mut Visit, question: &str, choice: &str| {
        let change = answer(visit, id, question, choice);
        tablet.write(visit, change);
        visit.concern_answer(id, question).map(|answer| answer.chosen).unwrap_or_default()
    };
    assert_eq!(tap(&mut tablet, &mut visit, "since", "week"), ["week"]);
    assert_eq!(tap(&mut tablet, &mut visit, "since", "month"), ["month"]);
    assert!(tap(&mut tablet, &mut visit, "since", "month").is_empty());
    assert_eq!(tap(&mut tablet, &mut visit, "drive", "turn"), ["turn"]);
    // In the order of the question, not of the taps.
    assert_eq!(tap(&mut tablet, &mut visit, "drive", "start"), ["start", "turn"]);
    assert_eq!(tap(&mut tablet, &mut visit, "drive", "turn"), ["start"]);
}

#[test]
fn answers_of_two_tablets_to_one_question_stand_both_and_those_to_two_questions_do_not_meet() {
    let (mut one, mut other) = (Tablet::new(1), Tablet::new(2));
    let mut visit = ready(&mut one);
    let id = concern(&visit).id;
    let drafts = [("since", "week"), ("often", "always"), ("since", "month")]
        .map(|(question, choice)| visit.journal.draft(answer(&visit, id, question, choice)));
    let [week, always, month] = drafts;
    one.draft(&mut visit, week);
    other.draft(&mut visit, always);
    assert!(visit.two_answers().is_empty());
    other.draft(&mut visit, month);
    assert_eq!(visit.two_answers(), [Key::ConcernAnswer(id, "since".into())]);
    assert!(visit.check_in_gaps(&[]).iter().any(|gap| matches!(gap, CheckInGap::TwoAnswers(_))));
}

#[test]
fn what_a_technician_would_still_ask_is_listed_until_it_is_answered() {
    let mut tablet = Tablet::new(1);
    let mut visit = ready(&mut tablet);
    let noise = concern(&visit);
    let catalogue = Catalogue::standard();
    let questions = catalogue.questions(Some("noise"));
    assert_eq!(visit.unasked(&noise, &catalogue).len(), questions.len());
    for question in &questions {
        let choice = &question.choices[0].id;
        let change = visit.choose_answer(noise.id, question, choice);
        assert!(visit.unasked(&noise, &catalogue).contains(&Unasked::Question(question.id.clone())));
        tablet.write(&mut visit, change);
        assert!(!visit.unasked(&noise, &catalogue).contains(&Unasked::Question(question.id.clone())));
    }
    assert!(visit.unasked(&noise, &catalogue).is_empty());
    // Of another group what both ask stays answered.
    tablet.write(&mut visit, Change::ConcernGrouped { concern: noise.id, symptom: Some("smell".into()) });
    let smell = concern(&visit);
    let open = visit.unasked(&smell, &catalogue);
    assert!(
        open.contains(&Unasked::Question("smell".into()))
            && !open.contains(&Unasked::Question("since".into()))
    );
    let bare = second(&mut tablet, &mut visit, " ");
    let bare = visit.concerns().into_iter().find(|concern| concern.id == bare).expect("it is there");
    assert!(visit.unasked(&bare, &catalogue).starts_with(&[Unasked::Words, Unasked::Symptom]));
}

#[test]
fn a_confirmed_summary_is_confirmed_no_more_once_something_that_it_says_is_answered_anew() {
    let mut tablet = Tablet::new(1);
    let mut visit = ready(&mut tablet);
    let id = concern(&visit).id;
    let confirm = |tablet: &mut Tablet, visit: &mut Visit| {
        let change = visit.confirm_concern(&concern(visit), Some("您说车有异响。".into()));
        tablet.write(visit, change);
        assert!(visit.is_confirmed(&concern(visit)));
    };
    assert!(!visit.is_confirmed(&concern(&visit)));
    confirm(&mut tablet, &mut visit);
    let changes = [
        answer(&visit, id, "since", "week"),
        Change::ConcernWorded { concern: id, words: "左前轮响".to_owned().into() },
        Change::ConcernGrouped { concern: id, symptom: Some("vibration".into()) },
    ];
    for change in changes {
        tablet.write(&mut visit, change.clone());
        assert!(!visit.is_confirmed(&concern(&visit)), "{change:?}");
        confirm(&mut tablet, &mut visit);
    }
    // What is not said leaves it, and another tablet's answer counts as well.
    tablet.write(&mut visit, Change::OdometerRead { km: 38_420, reason: None });
    assert!(visit.is_confirmed(&concern(&visit)));
    let late = visit.journal.draft(answer(&visit, id, "often", "once"));
    Tablet::new(2).draft(&mut visit, late);
    assert!(!visit.is_confirmed(&concern(&visit)));
    confirm(&mut tablet, &mut visit);
    let back = visit.confirm_concern(&concern(&visit), None);
    tablet.write(&mut visit, back);
    assert!(!visit.is_confirmed(&concern(&visit)));
}

#[test]
fn routine_service_with_one_tap_and_a_recording_instead_of_words_are_fault_descriptions() {
    let mut tablet = Tablet::new(1);
    let mut visit = ready(&mut tablet);
    let lacks = |visit: &Visit| visit.check_in_gaps(&[]).contains(&CheckInGap::Concern);
    let given = concern(&visit).id;
    tablet.write(&mut visit, Change::ConcernWithdrawn { concern: given, withdrawn: true });
    assert!(lacks(&visit));
    let routine = Change::ConcernRecorded { words: String::new().into(), symptom: Some(ROUTINE.into()) };
    let routine = tablet.write(&mut visit, routine);
    assert!(!lacks(&visit));
    let sheet = Sheet::of(&visit, &Catalogue::standard());
    assert_eq!(sheet.zh.concerns[0].lines().next(), Some("常规保养"));
    assert_eq!(sheet.en.concerns[0].lines().next(), Some("Service"));
    assert!(visit.sign_check_in(hand(), sheet).is_ok());
    // Another group without a word says too little, until it is said into the microphone.
    tablet.write(&mut visit, Change::ConcernGrouped { concern: routine, symptom: Some("noise".into()) });
    assert!(lacks(&visit));
    let memo = Recorded {
        subject: RecordingSubject::Concern(routine),
        kind: RecordingKind::Memo,
        heard: Heard::Advisor,
        length: 4_000,
        media: "audio/webm".into(),
    };
    let memo = visit.recording_made(memo, b"memo").expect("a memo");
    tablet.write(&mut visit, memo);
    assert!(!lacks(&visit));
}
