//! The people of the dealership.

use crate::record::named;

named! {
    /// What a person does.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
    pub enum Role {
        /// 服务顾问
        Advisor = "advisor",
        /// 车间主管
        Supervisor = "supervisor",
        /// 维修技师
        Technician = "technician",
        /// 班组长
        TeamLeader = "team_leader",
        /// 质检员
        Inspector = "inspector",
        /// 客服专员
        RelationsClerk = "relations_clerk",
        /// 服务经理
        Manager = "manager",
    }
}
