//! Random histories: what tablets write, and when they hear of each other.

use proptest::prelude::*;

use super::{Entry, Said, Tablet};

/// One thing that happens.
#[derive(Clone, Debug)]
pub(super) enum Step {
    Add {
        tablet: usize,
        n: i64,
    },
    Answer {
        tablet: usize,
        key: u8,
        value: u8,
    },
    Tell {
        tablet: usize,
        key: u8,
        words: String,
    },
    /// `to` receives what `from` has, but for every `skip`th entry.
    Hear {
        from: usize,
        to: usize,
        skip: usize,
    },
}

pub(super) fn steps() -> impl Strategy<Value = Vec<Step>> {
    let tablet = 0..4_usize;
    let step = prop_oneof![
        (tablet.clone(), any::<i16>()).prop_map(|(tablet, n)| Step::Add { tablet, n: n.into() }),
        (tablet.clone(), 0..3_u8, 0..3_u8).prop_map(|(tablet, key, value)| Step::Answer {
            tablet,
            key,
            value
        }),
        (tablet.clone(), 0..2_u8, "[好坏a]{1,2}").prop_map(|(tablet, key, words)| Step::Tell {
            tablet,
            key,
            words
        }),
        (tablet.clone(), tablet, 2..9_usize).prop_map(|(from, to, skip)| Step::Hear { from, to, skip }),
    ];
    prop::collection::vec(step, 1..40)
}

/// Clocks up to ten years off, in milliseconds.
pub(super) fn clocks() -> impl Strategy<Value = [i64; 4]> {
    const TEN_YEARS: i64 = 315_576_000_000;
    prop::array::uniform4((1_773_000_000_000 - TEN_YEARS)..(1_773_000_000_000 + TEN_YEARS))
}

/// Plays the steps; every entry that was written, in order of writing.
pub(super) fn play(steps: &[Step], clocks: [i64; 4]) -> Vec<Entry> {
    let mut tablets: Vec<Tablet> =
        (0..4).map(|number| Tablet::new(number as u8 + 1, clocks[number])).collect();
    let mut written = Vec::new();
    for step in steps {
        match step.clone() {
            Step::Add { tablet, n } => written.push(tablets[tablet].write(Said::Added { n })),
            Step::Answer { tablet, key, value } => {
                written.push(tablets[tablet].write(Said::Answered { key, value }));
            }
            Step::Tell { tablet, key, words } => {
                written.push(tablets[tablet].write(Said::Told { key, words: words.into() }));
            }
            Step::Hear { from, to, skip } => {
                let heard = tablets[from].entries.clone();
                for (at, entry) in heard.into_iter().enumerate() {
                    if at % skip != skip - 1 {
                        tablets[to].take(entry);
                    }
                }
            }
        }
    }
    written
}

/// The same entries in an order given by random keys, some of them twice.
pub(super) fn shuffled(entries: &[Entry], keys: &[u32]) -> Vec<Entry> {
    let key = |at: usize| keys.get(at % keys.len().max(1)).copied().unwrap_or_default();
    let mut order: Vec<(u32, usize)> = (0..entries.len())
        .flat_map(|at| {
            let twice = key(at) % 3 == 0;
            let again = twice.then(|| (key(at + 7).rotate_left(9), at));
            [Some((key(at).wrapping_mul(at as u32 + 1), at)), again].into_iter().flatten()
        })
        .collect();
    order.sort_unstable();
    order.into_iter().map(|(_, at)| entries[at].clone()).collect()
}
