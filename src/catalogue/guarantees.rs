//! What guarantees rest on: what makers promise for their models, a car's open recalls and its earlier jobs.

use chrono::NaiveDate;

use super::{Catalogue, Day, Label};
use crate::coverage::{Failed, GuaranteeClass, Job, Length, Period, Repair};
use crate::estimate::Payer;
use crate::record::kept;

/// As booklets have it: so many months, so many km.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lasting {
    /// 月
    pub months: u32,
    /// 公里; none where only the months count.
    pub km: Option<u32>,
}

kept!(Lasting { months; km });

impl From<Lasting> for Period {
    fn from(lasting: Lasting) -> Self {
        Self { length: Length::Months(lasting.months), km: lasting.km }
    }
}

/// 质保条款: what a booklet promises beside the law. What it is silent about is asked of a more general one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Promised {
    /// 车型, by what its name begins with; empty for every model.
    pub model: String,
    /// For cars whose periods began on this day or later; none for all.
    pub valid_from: Option<Day>,
    /// 包修期
    pub repair: Option<Lasting>,
    /// 三包有效期
    pub three_guarantees: Option<Lasting>,
    /// 易损件
    pub wearing: Option<Lasting>,
    /// 三电
    pub high_voltage: Option<Lasting>,
}

kept!(Promised { model; valid_from, repair, three_guarantees, wearing, high_voltage });

/// 召回, not done on this car yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recall {
    /// 召回编号
    pub number: String,
    /// What is done.
    pub what: Label,
}

kept!(Recall { number, what });

/// An earlier job of ours on a car.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlierJob {
    /// 工单号
    pub number: String,
    /// 项目编码
    pub code: String,
    /// 项目名称
    pub what: Label,
    /// 症状分类
    pub symptom: String,
    /// Its class for our own guarantee.
    pub guarantee: GuaranteeClass,
    /// 进厂
    pub came: Day,
    /// 出厂
    pub left: Day,
    /// The odometer then.
    pub km: u32,
    /// Who bore it.
    pub payer: Payer,
    /// From the signed order to the passed inspection, in minutes.
    pub minutes: u32,
    /// Of them those that do not count among the days in all: parts made for this car, a traction battery under
    /// way, the rescue trip.
    pub deducted: Option<u32>,
    /// What had failed.
    pub failed: Option<Failed>,
    /// 更换的总成或主要零件: its number or name, where one was replaced. An assembly counts as itself, and not
    /// as its main parts as well.
    pub replaced: Option<String>,
}

kept!(EarlierJob {
    number,
    code,
    what,
    symptom,
    guarantee,
    came,
    left,
    km,
    payer,
    minutes;
    deducted,
    failed,
    replaced
});

impl EarlierJob {
    /// For our own guarantee.
    pub fn job(&self) -> Job {
        Job { class: self.guarantee, came: self.came.0, left: self.left.0, km: self.km }
    }

    /// For the days of the three guarantees.
    pub fn repair(&self) -> Repair {
        Repair { minutes: self.minutes, deducted: self.deducted.unwrap_or_default() }
    }
}

/// 易损件 as many booklets have them; a dealership writes down what its own say.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn usual() -> Vec<Promised> {
    let wearing = Some(Lasting { months: 6, km: Some(10_000) });
    vec![Promised { wearing, ..Promised::default() }]
}

impl Catalogue {
    /// What is promised for a model whose periods began on a day: by the longest of the names that fit, the
    /// newest of those.
    pub fn promised(
        &self,
        model: &str,
        start: NaiveDate,
        of: impl Fn(&Promised) -> Option<Lasting>,
    ) -> Option<Period> {
        let all = self.promised.iter().flatten();
        let fits = |promised: &&Promised| {
            model.starts_with(&promised.model) && promised.valid_from.is_none_or(|from| from.0 <= start)
        };
        let says = all.filter(fits).filter_map(|promised| Some((promised, of(promised)?)));
        let newest =
            says.max_by_key(|(promised, _)| (promised.model.len(), promised.valid_from.map(|day| day.0)));
        newest.map(|(_, lasting)| lasting.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn wearing(model: &str, from: Option<&str>, months: u32) -> Promised {
        let wearing = Some(Lasting { months, km: None });
        let valid_from = from.map(|from| Day(day(from)));
        Promised { model: model.into(), valid_from, wearing, ..Promised::default() }
    }

    #[test]
    fn a_promise_is_that_of_the_longest_name_and_of_the_day_on_which_periods_began() {
        let promised = vec![
            wearing("", None, 1),
            wearing("比亚迪", Some("2022-01-01"), 2),
            wearing("比亚迪", Some("2024-01-01"), 3),
            wearing("比亚迪 汉", Some("2025-01-01"), 4),
        ];
        let catalogue = Catalogue { promised: Some(promised), ..Catalogue::default() };
        let months = |model: &str, start: &str| {
            catalogue.promised(model, day(start), |promised| promised.wearing).map(|period| period.length)
        };
        for (model, start, expected) in [
            ("大众 帕萨特", "2026-01-01", 1),
            ("比亚迪 海豹", "2021-12-31", 1),
            ("比亚迪 海豹", "2022-01-01", 2),
            ("比亚迪 海豹", "2023-12-31", 2),
            ("比亚迪 海豹", "2024-01-01", 3),
            ("比亚迪 汉 EV", "2024-12-31", 3),
            ("比亚迪 汉 EV", "2025-01-01", 4),
        ] {
            assert_eq!(months(model, start), Some(Length::Months(expected)), "{model} {start}");
        }
        let silent = catalogue.promised("比亚迪 汉 EV", day("2026-01-01"), |promised| promised.repair);
        assert_eq!(silent, None);
        let nobody =
            Catalogue::default().promised("比亚迪", day("2026-01-01"), |promised| promised.wearing);
        assert_eq!(nobody, None);
    }
}
