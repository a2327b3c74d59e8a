//! The people of the dealership.

use serde::{Deserialize, Serialize};

/// What a person does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 服务顾问
    Advisor,
    /// 车间主管
    Supervisor,
    /// 维修技师
    Technician,
    /// 班组长
    TeamLeader,
    /// 质检员
    Inspector,
    /// 客服专员
    RelationsClerk,
    /// 服务经理
    Manager,
}
