//! 同意记录: the ledger of a visit. What the customer was asked, in which words, at what price then, how, who
//! answered, when, and who of us wrote it down; nothing in it is ever taken away.

use super::addition::Channel;
use super::work_order::Term;
use super::{Change, Visit};
use crate::journal::{EntryId, StaffId};
use crate::money::Fen;

/// What was asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// 接车登记表
    CheckIn,
    /// 任务委托书
    Order,
    /// 增项, by its number, with each line's name and whether it was agreed to.
    Addition(String, Vec<(crate::catalogue::Label, bool)>),
    /// 录音录像
    Recording,
    /// 试车, 车辆数据 and what else is asked one by one.
    Term(Term, String),
    /// A recommendation, by its name.
    Recommended(crate::catalogue::Label),
    /// 方案: which of several was chosen.
    Variant(super::variants::Variant),
    /// 没打通: nobody answered a call.
    MissedCall,
}

/// How it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// On the glass, or ticked in customer mode.
    Hand,
    /// Spoken, beside the car.
    Word,
    /// On a sheet that is signed by hand.
    Paper,
    /// As an addition was asked.
    Channel(Channel),
}

/// One line of the ledger.
#[derive(Clone, Debug, PartialEq)]
pub struct Consent {
    /// The entry.
    pub id: EntryId,
    /// When, milliseconds since 1970 UTC, corrected.
    pub at: i64,
    /// Who wrote it down.
    pub by: StaffId,
    /// What was asked about.
    pub about: About,
    /// Agreed to, or not.
    pub given: bool,
    /// The exact words; none where only a choice was asked for, or where they were erased.
    pub words: Option<String>,
    /// The price then.
    pub price: Option<Fen>,
    /// How.
    pub channel: By,
    /// Who answered; none where it was erased, or nobody wrote it down.
    pub who: Option<String>,
    /// The number dialled.
    pub number: Option<String>,
}

/// Whether an answer allows or forbids something: what need not be asked does where it is more than nothing.
fn is_asked(term: Term, value: &str) -> bool {
    matches!(term, Term::TestDrive | Term::DataUse | Term::Explained)
        || (term == Term::Ceiling && !matches!(value, "" | "0"))
}

impl Visit {
    /// The ledger, oldest first. What was answered twice stands twice.
    pub fn consents(&self) -> Vec<Consent> {
        let mut ledger: Vec<Consent> = Vec::new();
        for (by, fact) in self.journal.facts() {
            let consent = |about, given, channel| Consent {
                id: by.id,
                at: by.at,
                by: by.author.clone(),
                about,
                given,
                words: None,
                price: None,
                channel,
                who: None,
                number: None,
            };
            ledger.push(match fact {
                Change::CheckInSigned { consent: words, signer, .. } => Consent {
                    words: Some(words.clone()),
                    who: signer.value().map(ToString::to_string),
                    ..consent(About::CheckIn, true, By::Hand)
                },
                Change::CheckInOnPaper { signer, .. } => Consent {
                    who: signer.value().map(ToString::to_string),
                    ..consent(About::CheckIn, true, By::Paper)
                },
                Change::CheckInRefused { refuser, .. } => Consent {
                    who: refuser.value().map(ToString::to_string),
                    ..consent(About::CheckIn, false, By::Word)
                },
                Change::OrderSigned { facts, consent: words, signer, .. } => Consent {
                    words: Some(words.clone()),
                    price: Some(facts.total),
                    who: signer.value().map(ToString::to_string),
                    ..consent(About::Order, true, By::Hand)
                },
                Change::RecordingConsented { who, words, given } => Consent {
                    words: Some(words.clone()),
                    who: who.value().map(ToString::to_string),
                    ..consent(About::Recording, *given, By::Word)
                },
                Change::TermAgreed { term, value } => {
                    // What was erased claims nothing.
                    let Some(value) = value.value().cloned() else { continue };
                    if !is_asked(*term, &value) {
                        continue;
                    }
                    let by = if *term == Term::Explained { By::Hand } else { By::Word };
                    let given = value != "no";
                    consent(About::Term(*term, value), given, by)
                }
                Change::VariantChosen { variant: Some(variant) } => {
                    consent(About::Variant(*variant), true, By::Word)
                }
                Change::LineAnswered { line, accepted: Some(accepted) } => {
                    // As it was then, withdrawn since or not.
                    let then = Visit { journal: self.journal.as_of(&[by.id]) };
                    let known = then.standing_lines().into_iter().find(|known| known.id == *line);
                    let Some(known) = known else { continue };
                    Consent {
                        price: Some(known.amount()),
                        ..consent(About::Recommended(known.item.name), *accepted, By::Word)
                    }
                }
                Change::CallMissed { number, .. } => Consent {
                    number: number.value().map(|number| number.grouped()),
                    ..consent(About::MissedCall, false, By::Channel(Channel::Phone))
                },
                Change::AdditionAnswered { facts, channel, who, number, asked, .. } => {
                    let line = |(line, reply): &(crate::documents::LineFacts, super::addition::Reply)| {
                        (line.item.name.clone(), reply.accepted == Some(true))
                    };
                    let lines = facts.lines.iter().map(line).collect();
                    let about = About::Addition(facts.number.clone(), lines);
                    Consent {
                        words: asked.value().cloned(),
                        price: Some(facts.total),
                        who: who.value().map(ToString::to_string),
                        number: number
                            .as_ref()
                            .and_then(|number| number.value())
                            .map(|phone| phone.grouped()),
                        ..consent(about, facts.is_accepted(), By::Channel(*channel))
                    }
                }
                _ => continue,
            });
        }
        ledger
    }
}
