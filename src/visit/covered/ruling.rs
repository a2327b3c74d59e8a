//! What the rules say of a concern's fault, each with the numbers that lead to it. The car is looked at as it came,
//! on that day and at that odometer; where it was serviced is asked nowhere.

use chrono::NaiveDate;

use super::super::order::Found;
use super::super::{Change, Key, Visit, answered};
use super::Decision;
use crate::catalogue::{Catalogue, EarlierJob, KnownVehicle, Label, Lasting, Promised, Recall};
use crate::coverage::{
    Car, Count, Due, Failed, Finding, Limits, Period, Repair, Rule, Use, cause_until, repaired_in_vain,
};
use crate::estimate::Payer;
use crate::journal::EntryId;
use crate::locale::{day_of, minutes_between, read_day};

/// All of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ruling {
    /// Periods: of repair, of the three guarantees, and of the early ones those that the car is within.
    pub periods: Vec<Finding>,
    /// Open recalls of the car.
    pub recalls: Vec<Recall>,
    /// Our own job on the same, while its guarantee runs.
    pub rework: Option<Rework>,
    /// What earlier repairs have come to, while the three guarantees run.
    pub repairs: Option<Repairs>,
    /// Why the maker's part cannot be reckoned.
    pub unknown: Option<Unknown>,
    /// Whether the fault was confirmed: else nothing is ruled.
    is_confirmed: bool,
}

/// What is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// The day of purchase, or the odometer.
    Car,
    /// The car came before the day on which it is said to have been bought or delivered.
    BoughtLater,
    /// How long the booklet stands in for what wears.
    Wearing,
}

/// 返修: it comes back to us.
#[derive(Clone, Debug, PartialEq)]
pub struct Rework {
    /// What was done.
    pub what: Label,
    /// Its order.
    pub number: String,
    /// How long it is guaranteed.
    pub finding: Finding,
    /// Up to when we must show another cause, that day included.
    pub cause_until: NaiveDate,
    /// Whether that day is over: then it is free whatever the cause.
    pub is_late: bool,
    /// So many jobs on it were in vain.
    pub in_vain: usize,
    /// Another shop is to be arranged, and paid for.
    pub another_shop: bool,
}

/// 三包 counters.
#[derive(Clone, Debug, PartialEq)]
pub struct Repairs {
    /// Repairs of the same problem, days of the car in all, days of the one that is under way.
    pub count: Count,
    /// How many of each are borne.
    pub limits: Limits,
    /// Whether it is about serious dangers: then two repairs are.
    pub dangerous: bool,
    /// What it comes to, and what it is near to.
    pub due: Vec<Due>,
}

impl Ruling {
    /// The period by which the maker bears it or does not: one that the car is within, where there is one.
    pub fn maker(&self) -> Option<&Finding> {
        let decides =
            |finding: &&Finding| matches!(finding.rule, Rule::Repair | Rule::Wearing | Rule::HighVoltage);
        let mut deciding = self.periods.iter().filter(decides);
        deciding.clone().find(|finding| finding.is_inside()).or_else(|| deciding.next())
    }

    /// Who bears a confirmed fault: we within the guarantee of our own job, the maker within its period, else the
    /// customer; nothing while it is not confirmed or the period is not known.
    pub fn ruled(&self) -> Option<Decision> {
        if !self.is_confirmed {
            return None;
        }
        if self.rework.is_some() {
            return Some(Decision::Workshop);
        }
        self.maker().map(|maker| if maker.is_inside() { Decision::Warranty } else { Decision::Customer })
    }

    /// Whether the rules bear a decision out: else it needs a reason.
    pub fn bears_out(&self, decision: Decision) -> bool {
        match decision {
            // Somebody is still to say something.
            Decision::Undecided | Decision::Escalated => false,
            Decision::Recall => !self.recalls.is_empty(),
            Decision::Workshop => self.rework.is_some(),
            // Beside our own guarantee the maker's may run.
            Decision::Warranty => self.ruled().is_none() || self.maker().is_some_and(Finding::is_inside),
            Decision::Customer | Decision::Goodwill | Decision::Approved | Decision::Refused => {
                self.ruled().is_none_or(|ruled| ruled == decision)
            }
        }
    }

    /// The period and the recalls that a decision is made upon.
    pub fn basis(&self, decision: Decision) -> (Option<Finding>, Option<String>) {
        match decision {
            Decision::Recall => {
                let numbers: Vec<_> = self.recalls.iter().map(|recall| recall.number.as_str()).collect();
                (None, (!numbers.is_empty()).then(|| numbers.join(" ")))
            }
            Decision::Workshop => (self.rework.as_ref().map(|rework| rework.finding), None),
            Decision::Customer
            | Decision::Warranty
            | Decision::Goodwill
            | Decision::Undecided
            | Decision::Escalated
            | Decision::Approved
            | Decision::Refused => (self.maker().copied(), None),
        }
    }
}

/// A car as it came, with what is promised of it.
struct Looked<'a> {
    car: Car,
    model: String,
    limits: Limits,
    catalogue: &'a Catalogue,
}

impl Looked<'_> {
    fn promised(&self, of: impl Fn(&Promised) -> Option<Lasting>) -> Option<Period> {
        self.catalogue.promised(&self.model, self.car.start(), of)
    }

    /// The law's least is for what is bought to live with; else the maker's word alone holds, where there is one.
    fn at_least(&self, promised: Option<Period>, least: Period) -> Vec<Period> {
        match (promised, self.car.is_guaranteed()) {
            (Some(promised), false) => vec![promised],
            (promised, _) => Period::beside(promised, least),
        }
    }

    /// How a rule's periods stand, on another day than that on which it came where that is asked.
    fn periods(&self, rule: Rule, car: &Car) -> Vec<Finding> {
        let periods = match rule {
            Rule::Repair => self.at_least(self.promised(|promised| promised.repair), self.limits.repair),
            Rule::ThreeGuarantees => {
                let promised = self.promised(|promised| promised.three_guarantees);
                Period::beside(promised, self.limits.three_guarantees)
            }
            Rule::NewAssembly | Rule::EarlyDanger => vec![self.limits.early],
            Rule::FirstDays => vec![self.limits.first_days],
            Rule::Wearing => self.promised(|promised| promised.wearing).into_iter().collect(),
            Rule::HighVoltage => self.promised(|promised| promised.high_voltage).into_iter().collect(),
            Rule::Workshop => Vec::new(),
        };
        let is_off = |day| self.catalogue.is_holiday(day);
        periods.into_iter().map(|period| car.look(rule, period, is_off)).collect()
    }

    /// All that are looked at for what failed.
    fn all(&self, failed: Failed) -> Vec<Finding> {
        let mut found: Vec<Finding> =
            failed.repaired_within().iter().flat_map(|rule| self.periods(*rule, &self.car)).collect();
        if self.car.is_guaranteed() {
            found.extend(self.periods(Rule::ThreeGuarantees, &self.car));
            let early = failed.early().iter().flat_map(|rule| self.periods(*rule, &self.car));
            found.extend(early.filter(Finding::is_inside));
        }
        found
    }

    /// What the maker's repairs within the three guarantees come to, with the one that is under way.
    fn repairs(
        &self,
        jobs: &[EarlierJob],
        symptom: Option<&str>,
        failed: Failed,
        under_way: Option<Repair>,
    ) -> Option<Repairs> {
        let runs_at = |day, km| {
            let then = Car { day, km, ..self.car };
            self.periods(Rule::ThreeGuarantees, &then).iter().any(Finding::is_inside)
        };
        if !self.car.is_guaranteed() || !runs_at(self.car.day, self.car.km) {
            return None;
        }
        let counts = |job: &&EarlierJob| {
            job.payer == Payer::Manufacturer && job.came.0 >= self.car.start() && runs_at(job.came.0, job.km)
        };
        let counted: Vec<&EarlierJob> = jobs.iter().filter(counts).collect();
        let dangerous = failed == Failed::Danger;
        let is_same = |job: &&&EarlierJob| match dangerous {
            true => job.failed == Some(Failed::Danger),
            false => symptom == Some(job.symptom.as_str()),
        };
        let all: Vec<Repair> = counted.iter().map(|job| job.repair()).chain(under_way).collect();
        let under_way: Vec<Repair> = under_way.into_iter().collect();
        // What fails is what was replaced: the fault is the same, or it is a main part of the same kind.
        let about_it = |job: &&&EarlierJob| {
            let of_kind = !failed.early().is_empty() && job.failed == Some(failed);
            of_kind || symptom == Some(job.symptom.as_str())
        };
        let replaced = counted.iter().filter(about_it).filter_map(|job| job.replaced.as_deref());
        let times = |part: &str| replaced.clone().filter(|other| *other == part).count() as u32;
        let count = Count {
            repairs: counted.iter().filter(is_same).count() as u32,
            days: Count::of(&all).days,
            longest: Count::of(&under_way).longest,
            replaced: replaced.clone().map(times).max().unwrap_or_default(),
        };
        let due = count.due(&self.limits, dangerous);
        (count.days > 0 || count.repairs > 0).then(|| Repairs {
            count,
            limits: self.limits.clone(),
            dangerous,
            due,
        })
    }
}

impl Visit {
    /// What failed, of a concern.
    pub fn failed(&self, concern: EntryId) -> Option<Failed> {
        answered!(self, Key::Failure(concern), FailureNamed, failed).copied()
    }

    /// What can fail in this car.
    pub fn can_fail(&self) -> Vec<Failed> {
        let has_battery = self.vehicle().is_none_or(|car| car.energy.has_traction_battery());
        Failed::ALL.into_iter().filter(|failed| has_battery || !failed.is_high_voltage()).collect()
    }

    /// The car itself in the archive: a plate may have moved, a VIN does not.
    fn known_by_vin<'a>(&self, catalogue: &'a Catalogue) -> Option<&'a KnownVehicle> {
        let vin = self.vin()?.to_string();
        catalogue.vehicles.iter().find(|car| car.vin == vin)
    }

    fn guaranteed<'a>(&self, catalogue: &'a Catalogue, (day, km): (NaiveDate, u32)) -> Option<Looked<'a>> {
        let vehicle = self.vehicle()?;
        let invoiced = vehicle.purchased.as_deref().and_then(read_day)?;
        let delivered = vehicle.delivered.as_deref().and_then(read_day);
        let used = if vehicle.private_use { Use::Private } else { Use::Business };
        let car = Car { invoiced, delivered, used, day, km };
        let all = [Limits::order_43()];
        // The order before, of 2013, had the same periods: of an older car they are over by both.
        let limits = Limits::on(&all, car.start()).unwrap_or(&all[0]).clone();
        Some(Looked { car, model: vehicle.model, limits, catalogue })
    }

    /// Whether the maker bears it and the customer has ordered it: from then on days of repair count.
    fn under_way(&self, concern: EntryId, now: i64) -> Option<Repair> {
        self.decided(concern).filter(|decided| decided.decision.payer() == Payer::Manufacturer)?;
        let since = self.signed_orders().first()?.at;
        let minutes = u32::try_from(minutes_between(since, now)).unwrap_or(u32::MAX);
        Some(Repair { minutes, deducted: 0 })
    }

    /// What the rules say of a concern at a moment.
    pub fn ruling(&self, concern: EntryId, catalogue: &Catalogue, now: i64) -> Ruling {
        let offset = catalogue.dealership.utc_offset_minutes;
        let came = day_of(self.opening().map_or(now, |opening| opening.arrived), offset);
        let known = self.known_by_vin(catalogue);
        let mut ruling = Ruling {
            recalls: known.and_then(|car| car.recalls.clone()).unwrap_or_default(),
            unknown: Some(Unknown::Car),
            is_confirmed: self.found(concern) == Some(Found::Confirmed),
            ..Ruling::default()
        };
        let Some((km, _)) = self.odometer() else { return ruling };
        let mut jobs = known.and_then(|car| car.jobs.clone()).unwrap_or_default();
        jobs.retain(|job| job.left.0 <= came);
        jobs.sort_by_key(|job| std::cmp::Reverse(job.left.0));
        let concerns = self.concerns();
        // A service is no fault that could come back.
        let fault = concerns.iter().find(|known| known.id == concern && !known.is_routine());
        let symptom = fault.and_then(|fault| fault.symptom.as_deref());
        let failed = self.failed(concern).unwrap_or(Failed::Ordinary);
        let looked = self.guaranteed(catalogue, (came, km));
        if looked.as_ref().is_some_and(|looked| looked.car.start() > came) {
            ruling.unknown = Some(Unknown::BoughtLater);
        } else if let Some(looked) = looked {
            ruling.periods = looked.all(failed);
            ruling.unknown = ruling.maker().is_none().then_some(Unknown::Wearing);
            ruling.repairs = looked.repairs(&jobs, symptom, failed, self.under_way(concern, now));
        }
        jobs.retain(|job| symptom == Some(job.symptom.as_str()));
        ruling.rework = rework(&jobs, (came, km), day_of(now, offset), |day| catalogue.is_holiday(day));
        ruling
    }
}

/// Whether the newest of our jobs on the same is guaranteed when the car comes.
fn rework(
    jobs: &[EarlierJob],
    (came, km): (NaiveDate, u32),
    today: NaiveDate,
    is_off: impl Fn(NaiveDate) -> bool + Copy,
) -> Option<Rework> {
    let same: Vec<_> = jobs.iter().map(EarlierJob::job).collect();
    let (in_vain, another_shop) = repaired_in_vain(&same, (came, km), is_off);
    let newest = jobs.first().filter(|_| in_vain > 0)?;
    let until = cause_until(came, is_off);
    Some(Rework {
        what: newest.what.clone(),
        number: newest.number.clone(),
        finding: newest.job().look((came, km), is_off),
        cause_until: until,
        is_late: today > until,
        in_vain,
        another_shop,
    })
}

#[cfg(test)]
pub(super) mod tests;
