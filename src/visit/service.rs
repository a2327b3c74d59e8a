//! 保养: which service of its model's plan a car has come to, from its age, its odometer and its last visit.

use chrono::{Datelike as _, NaiveDate};

use super::Visit;
use crate::reference::ServicePlan;

/// A car as a service plan sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Serviced {
    /// 车型, with whatever stands behind it: a year, a trim.
    pub model: String,
    /// Whole months since the purchase, where that is known, and km.
    pub now: (Option<u32>, u32),
    /// The same at the last visit, where there was one.
    pub last: Option<(Option<u32>, u32)>,
}

/// Whole months between two days.
fn months(from: NaiveDate, to: NaiveDate) -> u32 {
    let all = (to.year() - from.year()) * 12 + to.month() as i32 - from.month() as i32;
    u32::try_from(all - i32::from(to.day() < from.day())).unwrap_or_default()
}

impl Serviced {
    /// The furthest service that it has come to since its last visit; none where there is nothing new.
    pub fn due<'a>(&self, plans: &'a [ServicePlan]) -> Option<&'a ServicePlan> {
        let reached = |(months, km): (Option<u32>, u32), plan: &ServicePlan| {
            km >= plan.km || months.is_some_and(|months| months >= plan.months)
        };
        plans
            .iter()
            .filter(|plan| self.model.starts_with(&plan.model))
            .filter(|plan| reached(self.now, plan) && !self.last.is_some_and(|last| reached(last, plan)))
            .max_by_key(|plan| (plan.model.len(), plan.km))
    }
}

impl Visit {
    /// The car, where model and odometer are known.
    pub fn serviced_as(&self, today: NaiveDate) -> Option<Serviced> {
        let car = self.vehicle()?;
        let (km, _) = self.odometer()?;
        let day = |text: Option<String>| text.and_then(|text| text.parse::<NaiveDate>().ok());
        let bought = day(car.purchased);
        let age = |on: NaiveDate| bought.map(|bought| months(bought, on));
        let last = day(car.last_visit).zip(car.last_odometer).map(|(on, km)| (age(on), km));
        Some(Serviced { model: car.model, now: (age(today), km), last })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(model: &str, months: u32, km: u32) -> ServicePlan {
        ServicePlan { model: model.into(), months, km, operations: Vec::new() }
    }

    fn plans() -> Vec<ServicePlan> {
        vec![plan("比亚迪 汉 EV", 12, 20_000), plan("比亚迪 汉 EV", 24, 40_000), plan("本田 雅阁", 6, 5_000)]
    }

    fn due(now: (Option<u32>, u32), last: Option<(Option<u32>, u32)>) -> Option<u32> {
        let car = Serviced { model: "比亚迪 汉 EV 2023 款".into(), now, last };
        car.due(&plans()).map(|plan| plan.km)
    }

    #[test]
    fn a_service_is_due_by_distance_or_by_time_whichever_comes_first() {
        assert_eq!(due((Some(11), 19_999), None), None);
        assert_eq!(due((Some(11), 20_000), None), Some(20_000));
        assert_eq!(due((Some(12), 100), None), Some(20_000));
        assert_eq!(due((Some(30), 50_000), None), Some(40_000), "the furthest one");
        assert_eq!(due((None, 19_999), None), None, "without a day of purchase by distance alone");
    }

    #[test]
    fn what_was_reached_at_the_last_visit_is_not_recommended_again() {
        let last = Some((Some(13), 21_000));
        assert_eq!(due((Some(20), 39_999), last), None);
        assert_eq!(due((Some(20), 40_000), last), Some(40_000));
    }

    #[test]
    fn a_model_without_a_plan_has_nothing_due() {
        let car = Serviced { model: "小鹏 P7".into(), now: (None, 500_000), last: None };
        assert_eq!(car.due(&plans()), None);
    }

    #[test]
    fn months_are_whole() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        assert_eq!(months(day("2025-03-18"), day("2026-03-17")), 11);
        assert_eq!(months(day("2025-03-18"), day("2026-03-18")), 12);
        assert_eq!(months(day("2026-03-18"), day("2025-03-18")), 0, "bought in the future");
    }
}
