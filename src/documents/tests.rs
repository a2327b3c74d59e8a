use super::*;

mod ordered;
mod printed;
mod words;

#[test]
fn discs_that_would_overlap_are_moved_apart() {
    let points = [(100.0, 100.0), (100.0, 100.0), (105.0, 100.0), (400.0, 300.0)];
    let discs = spread(&points, 42.0);
    for (at, a) in discs.iter().enumerate() {
        for b in &discs[at + 1..] {
            assert!((a.0 - b.0).hypot(a.1 - b.1) > 41.9, "{discs:?}");
        }
    }
    assert_eq!(discs[3], points[3]);
}

#[test]
fn pages_hold_what_fits_and_never_part_what_stays_together() {
    let pages = paginate(&[50.0, 40.0, 30.0, 30.0], &[false, false, true, false], 100.0, 120.0, 0.0);
    assert_eq!(pages, [0..2, 2..4]);
    assert_eq!(paginate(&[300.0, 10.0], &[false, false], 100.0, 100.0, 0.0), [0..1, 1..2]);
    assert_eq!(paginate(&[], &[], 100.0, 100.0, 0.0).len(), 1);
}

#[test]
fn only_a_page_that_another_follows_gives_room_to_the_line_that_says_so() {
    assert_eq!(paginate(&[60.0, 40.0], &[false; 2], 100.0, 100.0, 5.0).len(), 1);
    assert_eq!(paginate(&[60.0, 40.0, 60.0, 40.0], &[false; 4], 100.0, 100.0, 5.0), [0..1, 1..2, 2..4]);
}
