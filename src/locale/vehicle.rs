//! The words of the vehicle step: people, papers, energy, the archive, minutes.

use super::Language;
use crate::visit::archive::ArchiveField;
use crate::visit::customer::UnusualName;
use crate::visit::people::{ContactIs, PersonRole};
use crate::visit::vehicle::{Charging, KeyAccess, PortFlap};
use crate::visit::{Change, Key};

words! {
    people: "送修人与车主" | "Who brings it, who owns it";
    contact: "联系人" | "Contact";
    authorised: "受托人" | "On behalf";
    may_sign: "可以签名" | "May sign";
    may_not_sign: "不能签名" | "May not sign";
    other_person: "其他人" | "Someone else";
    owner_phone: "车主电话" | "Owner's phone";
    owner_missing: "送修人还写着车主的姓名" | "Delivered by: still the owner's name";
    signer_missing: "没有人可以签名" | "Nobody may sign";
    contact_phone: "联系电话" | "Phone";
    authorised_hint: "凭车主授权签名" | "Signs with the owner's authority";
    no_name_yet: "还没有姓名" | "No name yet";

    // the plate's keyboard
    keyboard: "字母数字" | "Letters, digits";
    until_missing: "看号牌，填最后一天" | "Enter the last day that the plate shows";
    new_energy: "新能源，8 位" | "New energy, 8 characters";

    // VIN
    scan_vin: "扫码" | "Scan";
    nothing_scanned: "照片里没有找到条码。靠近一些、拍清楚，或直接输入。" | "No code was found in the picture. Move closer, or type it.";
    licence_photo: "拍行驶证，看着照片输入" | "Photograph the licence and type from it";
    enlarge: "放大" | "Enlarge";
    check_digit_differs: "校验位不符，已确认" | "Check digit differs, confirmed";
    check_digit_free: "这个厂家不用校验位" | "This maker does not use the check digit";
    check_digit_fits: "校验位正确" | "Check digit fits";

    // energy and what is handed over
    charge_first: "请先填电量，再填续航。" | "Enter the charge first, then the range.";
    cables: "充电线" | "Charging cables";
    port_flap: "充电口盖" | "Charging port flap";
    flap_good: "完好" | "Good";
    flap_damaged: "损坏" | "Damaged";
    flap_missing: "缺失" | "Missing";
    charging: "在店充电" | "Charging here";
    charging_not: "不充电" | "No charging";
    charging_shop: "本店承担" | "We pay";
    charging_customer: "顾客承担" | "Customer pays";
    access_card: "钥匙卡" | "Key card";
    access_app: "App 授权" | "App access";
    low_charge: "电量不到或刚到 20 %：长期低电量会影响电池质保，请与顾客商定充电。" | "Charge at or below 20 %: standing low for long can cost the battery's warranty. Agree on charging with the customer.";

    // the archive
    differs: "与档案不同" | "Differs from the record";
    in_archive: "档案" | "Record";
    now_read: "本次" | "Now";
    take_archive: "用档案的" | "Take the record's";
    keep_now: "用本次的" | "Keep this";
    kept_now: "已用本次的" | "This is kept";
    archive_kept: "档案不同" | "Record differs";

    // minutes
    minutes: "用时" | "Time taken";
}

impl Language {
    /// 车主, 联系人, 受托人
    pub fn person_role(self, role: PersonRole) -> &'static str {
        match role {
            PersonRole::Owner => self.owner(),
            PersonRole::Contact => self.contact(),
            PersonRole::Authorised => self.authorised(),
        }
    }

    /// 送修人, 车主, 其他人
    pub fn contact_word(self, contact: ContactIs) -> &'static str {
        match contact {
            ContactIs::Bringer => self.customer(),
            ContactIs::Owner => self.owner(),
            ContactIs::Other => self.other_person(),
        }
    }

    /// 钥匙卡, App 授权
    pub fn access_word(self, access: KeyAccess) -> &'static str {
        match access {
            KeyAccess::Card => self.access_card(),
            KeyAccess::App => self.access_app(),
        }
    }

    /// 完好, 损坏, 缺失
    pub fn flap_word(self, flap: PortFlap) -> &'static str {
        match flap {
            PortFlap::Good => self.flap_good(),
            PortFlap::Damaged => self.flap_damaged(),
            PortFlap::Missing => self.flap_missing(),
        }
    }

    /// 不充电, 本店承担, 顾客承担
    pub fn charging_word(self, charging: Charging) -> &'static str {
        match charging {
            Charging::Not => self.charging_not(),
            Charging::ShopPays => self.charging_shop(),
            Charging::CustomerPays => self.charging_customer(),
        }
    }

    /// 车牌, 车架号, …
    pub fn archive_field(self, field: ArchiveField) -> &'static str {
        match field {
            ArchiveField::Plate => self.plate(),
            ArchiveField::Vin => self.vin(),
            ArchiveField::Model => self.model(),
            ArchiveField::Colour => self.colour(),
            ArchiveField::Owner => self.owner(),
            ArchiveField::Phone => self.owner_phone(),
            ArchiveField::Odometer => self.odometer(),
        }
    }

    /// The question about an unusual name.
    pub fn unusual_name(self, why: UnusualName) -> String {
        match (self, why) {
            (Self::ZhCn, UnusualName::Length(n)) => {
                format!("姓名一般是 2 到 30 个字，这里有 {n} 个。是这样写的吗？")
            }
            (Self::En, UnusualName::Length(n)) => {
                format!("Names mostly have 2 to 30 characters; this has {n}. Is it written so?")
            }
            (_, UnusualName::Characters) => self
                .pick(
                    "姓名里有少见的字符。是这样写的吗？",
                    "The name has unusual characters. Is it written so?",
                )
                .into(),
        }
    }

    /// `档案为 8:10 的数据`: when the archive was last compared with the server's.
    pub fn archive_as_of(self, when: &str) -> String {
        match self {
            Self::ZhCn => format!("档案为 {when} 的数据"),
            Self::En => format!("Record as of {when}"),
        }
    }

    /// `充电线 2 条`
    pub fn so_many_cables(self, cable: &str, count: u8) -> String {
        match self {
            Self::ZhCn => format!("{cable} {count} 条"),
            Self::En => format!("{cable}: {count}"),
        }
    }

    /// `3 分 05 秒`
    pub fn duration(self, seconds: u32) -> String {
        let (minutes, seconds) = (seconds / 60, seconds % 60);
        match self {
            Self::ZhCn => format!("{minutes} 分 {seconds:02} 秒"),
            Self::En => format!("{minutes} min {seconds:02} s"),
        }
    }

    /// What an answer of the vehicle step answers.
    pub(super) fn vehicle_key(self, key: &Key) -> String {
        let of = |role: PersonRole, what: &str| format!("{} {what}", self.person_role(role));
        match key {
            Key::PersonName(role) => self.person_role(*role).into(),
            Key::PersonPhone(role) => of(*role, self.phone()),
            Key::PersonRelation(role) => of(*role, self.relation()),
            Key::Contact => self.contact().into(),
            Key::MaySign(signer) => format!("{} {}", self.may_sign(), self.signed_as(*signer)),
            Key::Access(access) => self.access_word(*access).into(),
            Key::Cables => self.cables().into(),
            Key::PortFlap => self.port_flap().into(),
            Key::Charging => self.charging().into(),
            Key::Archive(field) => format!("{} {}", self.differs(), self.archive_field(*field)),
            _ => String::new(),
        }
    }

    /// What a change of the vehicle step says.
    pub(super) fn vehicle_change(self, change: &Change) -> String {
        let text = |value: Option<String>| value.unwrap_or_else(|| self.erased().into());
        match change {
            Change::PersonNamed { name, .. } => text(name.value().map(ToString::to_string)),
            Change::PersonPhoned { phone, .. } => text(phone.value().map(|phone| phone.grouped())),
            Change::PersonRelated { relation, .. } => self.relation_word(*relation).into(),
            Change::ContactChosen { contact } => self.contact_word(*contact).into(),
            Change::SigningAllowed { allowed, .. } => {
                if *allowed { self.may_sign() } else { self.may_not_sign() }.into()
            }
            Change::AccessGiven { given, .. } => if *given { self.present() } else { self.absent() }.into(),
            Change::CablesTaken { count } => count.to_string(),
            Change::PortFlapSeen { flap } => self.flap_word(*flap).into(),
            Change::ChargingAgreed { charging } => self.charging_word(*charging).into(),
            Change::ArchiveSettled { archive, taken, .. } => {
                let how = if *taken { self.take_archive() } else { self.keep_now() };
                format!("{how} ({})", text(archive.value().cloned()))
            }
            Change::StepTimed { step, seconds } => {
                format!("{} {}", self.step(*step), self.duration(*seconds))
            }
            _ => String::new(),
        }
    }
}
