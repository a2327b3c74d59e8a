//! Every screen and its address. Addresses stand behind `#`, so that the cached page answers all.

use crate::journal::DossierId;
use crate::record::named;

named! {
    /// A step of the reception, in the order of the rail.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Step {
        /// 车辆
        Vehicle = "vehicle",
        /// 环车检查
        Walkaround = "walkaround",
        /// 问诊
        Interview = "interview",
        /// 接车单
        CheckIn = "check_in",
        /// 估价
        Estimate = "estimate",
    }
}

impl Step {
    /// In order.
    pub const ALL: [Self; 5] =
        [Self::Vehicle, Self::Walkaround, Self::Interview, Self::CheckIn, Self::Estimate];

    /// The step after this one.
    pub fn next(self) -> Option<Self> {
        let at = Self::ALL.iter().position(|step| *step == self)?;
        Self::ALL.get(at + 1).copied()
    }
}

/// A screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// 看板
    Board,
    /// 新接车: a car of which nothing is known yet.
    NewVisit,
    /// A step of a visit.
    Visit(DossierId, Step),
    /// Customer mode: the customer checks and signs.
    Sign(DossierId),
    /// Signed by hand, or refused.
    OtherWays(DossierId),
    /// The advisor countersigns.
    Countersign(DossierId),
    /// The printed check-in form.
    Paper(DossierId),
    /// Customer mode: the customer checks and signs the work order.
    Order(DossierId),
    /// The advisor countersigns the work order.
    CountersignOrder(DossierId),
    /// The printed work order.
    OrderPaper(DossierId),
    /// 增项: what was found later, and what the customer says to it.
    Additions(DossierId),
    /// Customer mode: the customer checks and signs the answer to additional work.
    SignAddition(DossierId),
    /// The printed answers to additional work.
    AdditionPaper(DossierId),
    /// 两个答案
    TwoAnswers(DossierId),
    /// Who changed what when.
    History(DossierId),
    /// What waits to be sent.
    Waiting,
    /// 已完成: finished visits by day.
    Finished,
    /// 设置
    Settings,
    /// What the tablet does, on one page.
    Tour,
    /// Who holds the tablet.
    Staff,
    /// The dealership's name and address, on an empty server.
    FirstStart,
}

impl Route {
    /// One of every screen, for tests that must visit them all.
    pub fn every(dossier: DossierId) -> Vec<Self> {
        let mut all = vec![Self::Board, Self::NewVisit];
        all.extend(Step::ALL.map(|step| Self::Visit(dossier, step)));
        all.extend([
            Self::Sign(dossier),
            Self::OtherWays(dossier),
            Self::Countersign(dossier),
            Self::Paper(dossier),
            Self::Order(dossier),
            Self::CountersignOrder(dossier),
            Self::OrderPaper(dossier),
            Self::Additions(dossier),
            Self::SignAddition(dossier),
            Self::AdditionPaper(dossier),
            Self::TwoAnswers(dossier),
            Self::History(dossier),
            Self::Waiting,
            Self::Finished,
            Self::Settings,
            Self::Tour,
            Self::Staff,
            Self::FirstStart,
        ]);
        all
    }

    /// Whether the customer holds the tablet.
    pub fn is_customers(&self) -> bool {
        matches!(self, Self::Sign(_) | Self::Order(_) | Self::SignAddition(_))
    }

    /// The visit that the screen is about.
    pub fn dossier(&self) -> Option<DossierId> {
        match self {
            Self::Visit(id, _)
            | Self::Sign(id)
            | Self::OtherWays(id)
            | Self::Countersign(id)
            | Self::Paper(id)
            | Self::Order(id)
            | Self::CountersignOrder(id)
            | Self::OrderPaper(id)
            | Self::Additions(id)
            | Self::SignAddition(id)
            | Self::AdditionPaper(id)
            | Self::TwoAnswers(id)
            | Self::History(id) => Some(*id),
            Self::Board
            | Self::NewVisit
            | Self::Waiting
            | Self::Finished
            | Self::Settings
            | Self::Tour
            | Self::Staff
            | Self::FirstStart => None,
        }
    }

    /// The address, with its `#`.
    pub fn address(&self) -> String {
        let (name, dossier) = match self {
            Self::Board => ("board", None),
            Self::NewVisit => ("new", None),
            Self::Visit(id, Step::Vehicle) => ("vehicle", Some(id)),
            Self::Visit(id, Step::Walkaround) => ("walkaround", Some(id)),
            Self::Visit(id, Step::Interview) => ("interview", Some(id)),
            Self::Visit(id, Step::CheckIn) => ("check-in", Some(id)),
            Self::Visit(id, Step::Estimate) => ("estimate", Some(id)),
            Self::Sign(id) => ("sign", Some(id)),
            Self::OtherWays(id) => ("other-ways", Some(id)),
            Self::Countersign(id) => ("countersign", Some(id)),
            Self::Paper(id) => ("paper", Some(id)),
            Self::Order(id) => ("order", Some(id)),
            Self::CountersignOrder(id) => ("countersign-order", Some(id)),
            Self::OrderPaper(id) => ("order-paper", Some(id)),
            Self::Additions(id) => ("additions", Some(id)),
            Self::SignAddition(id) => ("sign-addition", Some(id)),
            Self::AdditionPaper(id) => ("addition-paper", Some(id)),
            Self::TwoAnswers(id) => ("two-answers", Some(id)),
            Self::History(id) => ("history", Some(id)),
            Self::Waiting => ("waiting", None),
            Self::Finished => ("finished", None),
            Self::Settings => ("settings", None),
            Self::Tour => ("tour", None),
            Self::Staff => ("staff", None),
            Self::FirstStart => ("first-start", None),
        };
        match dossier {
            Some(id) => format!("#/{name}/{id}"),
            None => format!("#/{name}"),
        }
    }

    /// The screen at an address; anything unknown is the board.
    pub fn parse(address: &str) -> Self {
        let mut parts = address.trim_start_matches(['#', '/']).split('/');
        let name = parts.next().unwrap_or_default();
        let id: Option<DossierId> = parts.next().and_then(|id| id.parse().ok());
        match (name, id) {
            ("new", _) => Self::NewVisit,
            ("vehicle", Some(id)) => Self::Visit(id, Step::Vehicle),
            ("walkaround", Some(id)) => Self::Visit(id, Step::Walkaround),
            ("interview", Some(id)) => Self::Visit(id, Step::Interview),
            ("check-in", Some(id)) => Self::Visit(id, Step::CheckIn),
            ("estimate", Some(id)) => Self::Visit(id, Step::Estimate),
            ("sign", Some(id)) => Self::Sign(id),
            ("other-ways", Some(id)) => Self::OtherWays(id),
            ("countersign", Some(id)) => Self::Countersign(id),
            ("paper", Some(id)) => Self::Paper(id),
            ("order", Some(id)) => Self::Order(id),
            ("countersign-order", Some(id)) => Self::CountersignOrder(id),
            ("order-paper", Some(id)) => Self::OrderPaper(id),
            ("additions", Some(id)) => Self::Additions(id),
            ("sign-addition", Some(id)) => Self::SignAddition(id),
            ("addition-paper", Some(id)) => Self::AdditionPaper(id),
            ("two-answers", Some(id)) => Self::TwoAnswers(id),
            ("history", Some(id)) => Self::History(id),
            ("waiting", _) => Self::Waiting,
            ("finished", _) => Self::Finished,
            ("settings", _) => Self::Settings,
            ("tour", _) => Self::Tour,
            ("staff", _) => Self::Staff,
            ("first-start", _) => Self::FirstStart,
            _ => Self::Board,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_leads_back_to_its_screen() {
        let dossier = DossierId::of_appointment("shop", "1");
        for route in Route::every(dossier) {
            assert_eq!(Route::parse(&route.address()), route);
        }
    }

    #[test]
    fn an_unknown_address_is_the_board() {
        for address in ["", "#/", "#/nowhere", "#/sign", "#/sign/x"] {
            assert_eq!(Route::parse(address), Route::Board);
        }
    }
}
