//! "Who changed what when": the journal told as happenings.

use super::graph::{Fact, Journal, Standing};

/// One thing that happened to a dossier.
pub struct Happening<'a, F> {
    /// Who and when.
    pub by: &'a Standing,
    /// What; nothing where the entry is the server's verdict or a newer program's.
    pub fact: Option<&'a F>,
    /// What it replaced, with who had said that.
    pub before: Vec<(&'a Standing, &'a F)>,
}

impl<F: Fact> Journal<F> {
    /// Everything that happened, in the journal's order.
    pub fn history(&self) -> impl Iterator<Item = Happening<'_, F>> {
        self.in_order().map(|(by, fact)| Happening { by, fact, before: self.replaced_of(&by.id) })
    }
}
