//! Who this tablet is, and whose turn it was to write.

use wasm_bindgen::JsValue;
use web_sys::IdbTransactionMode;

use super::raw::{Transaction, answer};
use super::{Storage, StorageError, from_js, to_js};
use crate::journal::DeviceId;
use crate::protocol::Mark;
use crate::record::kept;
use crate::tablet::device;

/// Who this tablet is: where this is gone, it is a new device.
#[derive(Clone, Debug, PartialEq)]
pub struct Identity {
    name: String,
    /// The device.
    pub device: DeviceId,
    /// Two letters behind the paper's number.
    pub letters: String,
    /// The number of its newest entry.
    pub seq: u64,
    /// The day of the newest paper number and how many that day has.
    pub papers: (String, u32),
    /// Up to where the feed was pulled.
    pub pulled_to: Option<Mark>,
    /// The highest mark met.
    pub met: Option<Mark>,
    /// The server's time minus ours, milliseconds.
    pub offset: i64,
    /// When the last exchange went through, milliseconds since 1970 UTC by this tablet's clock.
    pub exchanged: Option<i64>,
    /// Another one whenever anything of a visit was written, by whichever tab; none before the first.
    pub(super) turn: Option<u64>,
}

kept!(Identity { name, device, letters, seq, papers, pulled_to, met, offset, exchanged; turn });

impl Storage {
    /// Who this tablet is; drawn at random the first time.
    pub async fn identity(&self) -> Result<Identity, StorageError> {
        let transaction = self.begin(&["meta"], IdbTransactionMode::Readwrite, true).await?;
        let identity = identity_in(&transaction).await?;
        transaction.committed().await?;
        Ok(identity)
    }

    pub(super) async fn change_identity(
        &self,
        change: impl FnOnce(&mut Identity),
    ) -> Result<(), StorageError> {
        let transaction = self.begin(&["meta"], IdbTransactionMode::Readwrite, false).await?;
        let mut identity = identity_in(&transaction).await?;
        change(&mut identity);
        put_identity(&transaction, &mut identity)?;
        transaction.committed().await
    }

    /// The next paper number of a day, `JC20260318-003AB`: no two tablets print the same one.
    pub async fn next_number(&self, day: &str) -> Result<String, StorageError> {
        let mut number = String::new();
        self.change_identity(|identity| {
            let count = if identity.papers.0 == day { identity.papers.1 + 1 } else { 1 };
            identity.papers = (day.to_owned(), count);
            number = format!("JC{day}-{count:03}{}", identity.letters);
        })
        .await?;
        Ok(number)
    }
}

pub(super) async fn identity_in(transaction: &Transaction) -> Result<Identity, StorageError> {
    let kept = answer(&transaction.get("meta", "identity")?).await?;
    identity_of(transaction, kept).await
}

pub(super) async fn identity_of(transaction: &Transaction, kept: JsValue) -> Result<Identity, StorageError> {
    if let Some(identity) = from_js(kept)? {
        return Ok(identity);
    }
    let [a, b, ..] = device::random();
    let letter = |byte: u8| b"ABCDEFGHJKLMNPQRSTUVWXYZ"[usize::from(byte % 24)] as char;
    let identity = Identity {
        name: "identity".into(),
        device: DeviceId::from_random(device::random()),
        letters: [letter(a), letter(b)].iter().collect(),
        seq: 0,
        papers: (String::new(), 0),
        pulled_to: None,
        met: None,
        offset: 0,
        exchanged: None,
        turn: Some(device::now() as u64),
    };
    if let Ok(put) = transaction.store("meta")?.put(&to_js(&identity)?) {
        answer(&put).await?;
    }
    Ok(identity)
}

pub(super) fn put_identity(transaction: &Transaction, identity: &mut Identity) -> Result<(), StorageError> {
    identity.turn = Some(identity.turn.unwrap_or_default() + 1);
    transaction.store("meta")?.put(&to_js(identity)?)?;
    Ok(())
}

/// Something of a visit is being written beside an append.
pub(super) async fn take_a_turn(transaction: &Transaction) -> Result<(), StorageError> {
    let mut identity = identity_in(transaction).await?;
    put_identity(transaction, &mut identity)
}
