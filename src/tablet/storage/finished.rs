//! Finished visits, read a few at a time, newest arrival first.

use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{IdbCursorDirection, IdbKeyRange};

use super::raw::answer;
use super::{Listed, Storage, StorageError, listed_of};

/// So much time is read at once, in milliseconds: two days.
const WINDOW: f64 = 2.0 * 86_400_000.0;

/// At least so many rows are read where there are so many.
const ENOUGH: usize = 20;

impl Storage {
    /// Visits that are over and arrived before a time, and before which time the next ones are to be
    /// asked for; none where nothing is older.
    pub async fn finished(&self, before: i64) -> Result<(Vec<Listed>, Option<i64>), StorageError> {
        let transaction = self.read(&["visits"]).await?;
        let index = transaction.store("visits")?.index("arrived")?;
        let mut before = before as f64;
        let mut rows = Vec::new();
        loop {
            // The newest one before: days on which nobody came are not read.
            let older = IdbKeyRange::upper_bound_with_open(&JsValue::from_f64(before), true)?;
            let newest = index.open_cursor_with_range_and_direction(&older, IdbCursorDirection::Prev)?;
            let newest = answer(&newest).await?;
            if newest.is_null() {
                return Ok((rows, None));
            }
            if rows.len() >= ENOUGH {
                return Ok((rows, Some(before as i64)));
            }
            let at = newest.unchecked_into::<web_sys::IdbCursor>().key()?.as_f64().unwrap_or_default();
            let (from, to) = (JsValue::from_f64(at - WINDOW), JsValue::from_f64(before));
            let range = IdbKeyRange::bound_with_lower_open_and_upper_open(&from, &to, false, true)?;
            let mut window = listed_of(&answer(&index.get_all_with_key(&range)?).await?)?;
            window.retain(|listed| listed.row.stage.is_over());
            rows.extend(window.into_iter().rev());
            before = at - WINDOW;
        }
    }
}
