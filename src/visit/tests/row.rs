//! A visit's row in lists, after what was written.

use super::*;

#[test]
fn a_grade_leaves_the_row_of_a_list_as_reading_the_whole_visit_makes_it() {
    let mut tablet = Tablet::new(1);
    let mut visit = ready(&mut tablet);
    let items: Vec<String> = visit.items().into_iter().map(str::to_owned).collect();
    let grades = [Some(Grade::Good), Some(Grade::Bad), None];
    let mut row = VisitRow::of(&visit);
    for item in &items {
        for grade in grades.iter().chain([&Some(Grade::Good)]) {
            tablet.write(&mut visit, Change::ItemGraded { item: item.clone(), grade: *grade });
            row = row.graded(&visit);
            assert_eq!(row, VisitRow::of(&visit), "after {item}: {grade:?}");
        }
    }
    assert_eq!(row.stage, Stage::ToSign);
    sign(&mut tablet, &mut visit);
    row = VisitRow::of(&visit);
    let graded = |grade| Change::ItemGraded { item: items[0].clone(), grade: Some(grade) };
    let (mut other, mut elsewhere) = (Tablet::new(2), visit.clone());
    other.write(&mut elsewhere, graded(Grade::Bad));
    tablet.write(&mut visit, graded(Grade::Attention));
    row = row.graded(&visit);
    assert_eq!(row, VisitRow::of(&visit), "of what is signed");
    assert_eq!(row.stage, Stage::ToSignAgain);
    visit.journal.insert(other.written.pop().expect("what it wrote"));
    row = VisitRow::of(&visit);
    assert_eq!(row.two_answers, 1);
    tablet.write(&mut visit, graded(Grade::Bad));
    row = row.graded(&visit);
    assert_eq!(row, VisitRow::of(&visit), "of two answers");
    assert_eq!(row.two_answers, 0);
}
