//! Sentences that hold a value: refusals, questions, gaps, history.

use super::{Language, thousands};
use crate::catalogue::{Catalogue, choice_label};
use crate::visit::check_in::{CheckInGap, NotYet};
use crate::visit::customer::{LONGEST_NAME, NotAName, NotAPhone};
use crate::visit::signature::NotASignature;
use crate::visit::vehicle::{MOST_KM, NotAPlate, NotAVin, NotAnOdometer, UnusualVin};
use crate::visit::{Change, Key, Stage};

/// The longest free text, in characters.
pub const LONGEST_TEXT: usize = 1_000;

impl Language {
    /// Why a text is no VIN.
    pub fn not_a_vin(self, why: &NotAVin) -> String {
        match (self, why) {
            (Self::ZhCn, NotAVin::Length(n)) => format!("车架号是 17 位，这里有 {n} 位。"),
            (Self::En, NotAVin::Length(n)) => format!("A VIN has 17 characters; these are {n}."),
            (Self::ZhCn, NotAVin::Letter { found, position, proposal }) => {
                format!("第 {position} 位是 {found}，车架号里没有这个字母。是不是 {proposal}？")
            }
            (Self::En, NotAVin::Letter { found, position, proposal }) => {
                format!("{found} in place {position} never stands in a VIN. Is it {proposal}?")
            }
            (Self::ZhCn, NotAVin::Character(c)) => format!("“{c}”不会出现在车架号里。"),
            (Self::En, NotAVin::Character(c)) => format!("“{c}” never stands in a VIN."),
        }
    }

    /// The question about an unusual VIN.
    pub fn unusual_vin(self, why: &UnusualVin) -> String {
        let UnusualVin::CheckDigit { found, computed } = why;
        match self {
            Self::ZhCn => format!("第 9 位校验应为 {computed}，这里是 {found}。车上是这样写的吗？"),
            Self::En => {
                format!("The check digit should be {computed}, not {found}. Is it written so on the car?")
            }
        }
    }

    /// Why a text is no plate.
    pub fn not_a_plate(self, why: NotAPlate) -> String {
        match (self, why) {
            (Self::ZhCn, NotAPlate::Empty) => "请输入车牌，或选“无牌”。".into(),
            (Self::En, NotAPlate::Empty) => "Enter the plate, or choose “No plate”.".into(),
            (Self::ZhCn, NotAPlate::TooLong) => "车牌没有这么长。".into(),
            (Self::En, NotAPlate::TooLong) => "No plate is that long.".into(),
            (Self::ZhCn, NotAPlate::Character(c)) => format!("“{c}”不会出现在车牌上。"),
            (Self::En, NotAPlate::Character(c)) => format!("“{c}” never stands on a plate."),
        }
    }

    /// The question about an unusual plate.
    pub fn unusual_plate(self) -> String {
        self.pick(
            "这个车牌的样子少见。车上是这样写的吗？",
            "This plate is unusual. Is it written so on the car?",
        )
        .into()
    }

    /// Why a text is no name.
    pub fn not_a_name(self, why: NotAName) -> String {
        match (self, why) {
            (Self::ZhCn, NotAName::Empty) => "请输入送修人姓名。".into(),
            (Self::En, NotAName::Empty) => "Enter the name of who brings the car.".into(),
            (Self::ZhCn, NotAName::TooLong(n)) => format!("姓名最多 {LONGEST_NAME} 个字，这里有 {n} 个。"),
            (Self::En, NotAName::TooLong(n)) => {
                format!("A name has at most {LONGEST_NAME} characters; these are {n}.")
            }
        }
    }

    /// The question about an unusual name.
    pub fn unusual_name(self) -> String {
        self.pick("姓名里有少见的字符。是这样写的吗？", "The name has unusual characters. Is it written so?")
            .into()
    }

    /// Why a text is no telephone number.
    pub fn not_a_phone(self, why: NotAPhone) -> String {
        match (self, why) {
            (Self::ZhCn, NotAPhone::Empty) => "请输入电话。".into(),
            (Self::En, NotAPhone::Empty) => "Enter a phone number.".into(),
            (Self::ZhCn, NotAPhone::Character(c)) => format!("“{c}”不是电话号码里的字符。"),
            (Self::En, NotAPhone::Character(c)) => format!("“{c}” is not part of a phone number."),
            (Self::ZhCn, NotAPhone::Length(n)) => format!("电话是 5 到 20 位数字，这里有 {n} 位。"),
            (Self::En, NotAPhone::Length(n)) => format!("A phone number has 5 to 20 digits; these are {n}."),
        }
    }

    /// The question about an unusual telephone number.
    pub fn unusual_phone(self) -> String {
        self.pick(
            "这个号码不像手机或座机。是这样吗？",
            "This does not look like a mobile or landline number. Is it so?",
        )
        .into()
    }

    /// Why a text is no odometer reading.
    pub fn not_an_odometer(self, why: NotAnOdometer) -> String {
        let most = thousands(MOST_KM);
        match (self, why) {
            (Self::ZhCn, NotAnOdometer::Empty) => "请输入里程。".into(),
            (Self::En, NotAnOdometer::Empty) => "Enter the mileage.".into(),
            (Self::ZhCn, NotAnOdometer::NotANumber) => "里程只能是数字，例如 38412。".into(),
            (Self::En, NotAnOdometer::NotANumber) => "Mileage is digits only, such as 38412.".into(),
            (Self::ZhCn, NotAnOdometer::Negative) => "里程不能小于 0。".into(),
            (Self::En, NotAnOdometer::Negative) => "Mileage cannot be below 0.".into(),
            (Self::ZhCn, NotAnOdometer::TooLarge) => format!("里程超过 {most} km，请再看一眼仪表。"),
            (Self::En, NotAnOdometer::TooLarge) => {
                format!("More than {most} km; look at the dashboard again.")
            }
        }
    }

    /// The reading is below the last one.
    pub fn odometer_below(self, last: u32) -> String {
        let last = thousands(last);
        match self {
            Self::ZhCn => format!("比上次的 {last} km 少。请选原因，或更正。"),
            Self::En => format!("Less than the last reading of {last} km. Choose a reason, or correct it."),
        }
    }

    /// Why a text is no state of charge.
    pub fn not_a_percentage(self) -> String {
        self.pick("电量是 0 到 100 的整数。", "Charge is a whole number from 0 to 100.").into()
    }

    /// Why a text is no range in km.
    pub fn not_a_range(self) -> String {
        self.pick("续航是 0 到 2000 的整数。", "Range is a whole number from 0 to 2000.").into()
    }

    /// A free text is too long.
    pub fn text_too_long(self, characters: usize) -> String {
        self.longer_than(LONGEST_TEXT, characters)
    }

    /// A text is longer than its field may hold.
    pub fn longer_than(self, most: usize, characters: usize) -> String {
        match self {
            Self::ZhCn => format!("最多 {most} 个字，这里有 {characters} 个。没有保存，请缩短。"),
            Self::En => {
                format!("At most {most} characters; these are {characters}. Not saved; please shorten it.")
            }
        }
    }

    /// A change makes an entry that is larger than one may be.
    pub fn too_large(self, change: &Change, catalogue: &Catalogue) -> String {
        let subject = change_subject(self, change, catalogue);
        match self {
            Self::ZhCn => format!("{subject}：内容太长，超过 128 kB，没有保存。填的还在，请缩短。"),
            Self::En => {
                format!("{subject}: too long, over 128 kB; not saved. It is still here, please shorten it.")
            }
        }
    }

    /// The server could not store so many entries of a visit.
    pub fn entries_refused(self, count: usize) -> String {
        match self {
            Self::ZhCn => format!("服务器没有收下 {count} 条内容，请重新填写或导出"),
            Self::En => format!("The server did not take {count} entries; write them again or export them"),
        }
    }

    /// Why the server could not store an entry, by the word that it gave.
    pub fn refused_because(self, reason: &str) -> &'static str {
        match reason {
            "too_large" => self.pick("内容太大，超过 128 kB。", "It is too large, over 128 kB."),
            "damaged" => self.pick("内容在传送途中损坏了。", "It arrived damaged."),
            _ => self.pick("服务器读不懂这条内容。", "The server could not read it."),
        }
    }

    /// A mandatory text of the first page is empty.
    pub fn please_fill_in(self, label: &str) -> String {
        match self {
            Self::ZhCn => format!("请填写{label}。"),
            Self::En => format!("Please fill in: {label}."),
        }
    }

    /// Why strokes are no signature.
    pub fn not_a_signature(self, why: NotASignature) -> &'static str {
        match why {
            NotASignature::Empty => self.pick("还没有签名。", "Nothing has been signed yet."),
            NotASignature::TooSmall => {
                self.pick("这太小了，请签上姓名。", "That is too small. Please sign your name.")
            }
        }
    }

    /// Why the check-in form cannot be signed now.
    pub fn not_yet(self, why: &NotYet) -> String {
        match why {
            NotYet::Gaps(gaps) => match self {
                Self::ZhCn => format!("还缺 {} 项，请先补上。", gaps.len()),
                Self::En => format!("{} things are still missing.", gaps.len()),
            },
            NotYet::Signature(why) => self.not_a_signature(*why).into(),
            NotYet::Cancelled => self.pick("这次接车已取消。", "This visit is cancelled.").into(),
            NotYet::NothingSigned => self.pick("顾客还没有签名。", "The customer has not signed yet.").into(),
            NotYet::ChangedSince => self
                .pick(
                    "签名后有改动，请顾客先重新签名。",
                    "It changed after signing; the customer signs again first.",
                )
                .into(),
        }
    }

    /// What is missing.
    pub fn gap(self, gap: &CheckInGap, catalogue: &Catalogue) -> String {
        match gap {
            CheckInGap::Plate => self.plate().into(),
            CheckInGap::Vin => self.vin().into(),
            CheckInGap::Model => self.model().into(),
            CheckInGap::Colour => self.colour().into(),
            CheckInGap::Customer => self.customer().into(),
            CheckInGap::Phone => self.phone().into(),
            CheckInGap::Odometer => self.odometer().into(),
            CheckInGap::Fuel => self.fuel().into(),
            CheckInGap::Charge => self.charge().into(),
            CheckInGap::Dashboard => self.pick("查看仪表警告灯", "Look at the dashboard lamps").into(),
            CheckInGap::Advisor => self.advisor().into(),
            CheckInGap::Valuables => {
                self.pick("提醒顾客带走贵重物品", "Remind the customer of valuables").into()
            }
            CheckInGap::Concern => self.pick("顾客描述", "The customer's words").into(),
            CheckInGap::TwoAnswers(key) => {
                format!("{}: {}", self.two_answers(), self.key(key, catalogue))
            }
            CheckInGap::EntriesMissing(count) => self.entries_missing(*count),
            CheckInGap::Covers => self.covers().into(),
            CheckInGap::ItemsUngraded(count) => match self {
                Self::ZhCn => format!("{count} 项未查看，纸单上会写明"),
                Self::En => format!("{count} items not looked at; the paper says so"),
            },
        }
    }

    /// So many entries are elsewhere.
    pub fn entries_missing(self, count: usize) -> String {
        match self {
            Self::ZhCn => format!("至少缺 {count} 条内容，还在另一台平板上"),
            Self::En => format!("At least {count} entries are still on another tablet"),
        }
    }

    /// `12 项`, `12 items`
    pub fn items(self, count: usize) -> String {
        match self {
            Self::ZhCn => format!("{count} 项"),
            Self::En => format!("{count} items"),
        }
    }

    /// `还有 12 处`
    pub fn zones_left(self, done: usize, of: usize) -> String {
        match self {
            Self::ZhCn => format!("已看 {done} / {of}"),
            Self::En => format!("{done} of {of} looked at"),
        }
    }

    /// `等了 26 分`
    pub fn waiting(self, minutes: i64) -> String {
        let (hours, rest) = (minutes / 60, minutes % 60);
        match (self, hours) {
            (Self::ZhCn, 0) => format!("{rest} 分钟"),
            (Self::En, 0) => format!("{rest} min"),
            (Self::ZhCn, 1..=23) => format!("{hours} 小时 {rest} 分"),
            (Self::En, 1..=23) => format!("{hours} h {rest} min"),
            (Self::ZhCn, _) => format!("{} 天", hours / 24),
            (Self::En, _) => format!("{} days", hours / 24),
        }
    }

    /// Where a visit stands.
    pub fn stage(self, stage: Stage) -> String {
        match stage {
            Stage::Vehicle => self.step_vehicle().into(),
            Stage::Walkaround { done, of } => format!("{} {done}/{of}", self.step_walkaround()),
            Stage::Interview => self.step_interview().into(),
            Stage::ToSign => self.pick("待顾客签名", "Customer to sign").into(),
            Stage::ToSignAgain => self.pick("待重新签名", "To sign again").into(),
            Stage::ToCountersign => self.pick("待顾问签名", "Advisor to sign").into(),
            Stage::CheckedIn => self.pick("已接车", "Checked in").into(),
            Stage::Cancelled => self.cancelled().into(),
        }
    }

    /// `第 1 版`
    pub fn version_number(self, version: usize) -> String {
        match self {
            Self::ZhCn => format!("第 {version} 版"),
            Self::En => format!("v{version}"),
        }
    }

    /// `第 1 页，共 2 页`
    pub fn page_number(self, page: usize, of: usize) -> String {
        match self {
            Self::ZhCn => format!("第 {page} 页，共 {of} 页"),
            Self::En => format!("Page {page} of {of}"),
        }
    }

    /// A superseded paper; `differs` names what differs.
    pub fn superseded(self, by: usize, at: &str, differs: &str) -> String {
        match self {
            Self::ZhCn => format!("已被第 {by} 版取代，{at}，原因：{differs}"),
            Self::En => format!("已被第 {by} 版取代 Superseded by v{by}, {at}: {differs}"),
        }
    }

    /// In the foot of a copy.
    pub fn printed_copy(self, at: &str, count: usize, by: &str) -> String {
        match self {
            Self::ZhCn => format!("打印 {at}，第 {count} 次，{by}"),
            Self::En => format!("打印 Printed {at}, {count}, {by}"),
        }
    }

    /// What waits to be sent.
    pub fn unsent_count(self, entries: usize, photos: usize) -> String {
        match self {
            Self::ZhCn => format!("{entries} 条内容、{photos} 张照片"),
            Self::En => format!("{entries} entries, {photos} photos"),
        }
    }

    /// 门店 privacy notice of the check-in form: whom to ask, and when somebody is there.
    pub fn privacy_notice(self, contact: &str, hours: &str) -> String {
        match self {
            Self::ZhCn => format!(
                "为履行维修合同和保存维修记录的法定义务，本店处理您的姓名、电话、车牌、车架号、里程和车辆照片，维修记录保存 6 年；用于广告、拍摄人像或向保险、厂家超出理赔范围提供的，另行征得您同意，不同意不影响服务。查阅、复制、更正、删除请联系 {contact}（营业时间 {hours}）。"
            ),
            Self::En => format!(
                "To fulfil the repair contract and the legal duty to keep repair records we process your name, phone number, plate, VIN, mileage and pictures of the car; repair records are kept for 6 years. Advertising, pictures of persons, or passing data to insurers or makers beyond a claim needs your separate consent; refusing does not affect the service. To see, copy, correct or delete your data: {contact} (open {hours})."
            ),
        }
    }

    /// Stands for the number of pages in [`Language::consent_to`].
    pub const PAGES: &str = "{pages}";

    /// Above the signatures on paper: counts what is signed, so that nothing can be added.
    pub fn consent_to(self, marks: usize, photos: usize) -> String {
        let pages = Self::PAGES;
        match self {
            Self::ZhCn => format!(
                "以上 {pages} 页（{marks} 处标记、{photos} 张照片）我已核对，贵重物品已自行保管；个人信息告知已阅读并知悉。"
            ),
            Self::En => format!(
                "I have checked this form (pages: {pages}, marks: {marks}, photos: {photos}) and keep my valuables myself; I have read the notice on personal data."
            ),
        }
    }

    /// What was looked at and what was found, on the check-in form.
    pub fn looked_summary(self, looked: usize, of: usize, counts: [usize; 5]) -> String {
        let [good, attention, bad, not_applicable, none] = counts;
        match self {
            Self::ZhCn => {
                let all = if looked == of {
                    format!("全车 {of} 处已查看")
                } else {
                    format!("{of} 处中已查看 {looked} 处")
                };
                let rest = |word: &str, count: usize| match count {
                    0 => String::new(),
                    count => format!("，{word} {count}"),
                };
                let rest = rest("不适用", not_applicable) + &rest("未查看", none);
                format!("{all}：良好 {good}，注意 {attention}，异常 {bad}{rest}。")
            }
            Self::En => {
                let all = if looked == of {
                    format!("All {of} zones looked at")
                } else {
                    format!("{looked} of {of} zones looked at")
                };
                let rest = |word: &str, count: usize| match count {
                    0 => String::new(),
                    count => format!(", {word} {count}"),
                };
                let rest = rest("not applicable", not_applicable) + &rest("not looked at", none);
                format!("{all}: good {good}, attention {attention}, bad {bad}{rest}.")
            }
        }
    }

    /// The fact of a signed paper that differs, by the name of the fact.
    pub fn fact(self, name: &str) -> &'static str {
        match name {
            "plate" => self.plate(),
            "vin" => self.vin(),
            "model" => self.model(),
            "colour" => self.colour(),
            "customer" => self.customer(),
            "phone" => self.phone(),
            "salutation" => self.salutation(),
            "relation" => self.relation(),
            "odometer" => self.odometer(),
            "fuel" => self.fuel(),
            "charge" => self.charge(),
            "lamps" => self.lamps(),
            "covers" => self.covers(),
            "keys" => self.keys(),
            "documents" => self.documents_kept(),
            "belongings" => self.belongings(),
            "valuables" => self.valuables(),
            "grades" => self.inspection(),
            "marks" => self.damage(),
            "photos" => self.photos(),
            "concerns" => self.concerns(),
            _ => self.check_in_form(),
        }
    }

    /// What an answer answers.
    pub fn key(self, key: &Key, catalogue: &Catalogue) -> String {
        match key {
            Key::Plate => self.plate().into(),
            Key::Vin => self.vin().into(),
            Key::Vehicle => self.model().into(),
            Key::Customer => self.customer().into(),
            Key::Phone => self.phone().into(),
            Key::Salutation => self.salutation().into(),
            Key::Relation => self.relation().into(),
            Key::Cover(id) => format!("{} {}", self.covers(), choice_label(&catalogue.covers, id, self)),
            Key::Odometer => self.odometer().into(),
            Key::Fuel => self.fuel().into(),
            Key::Charge => self.charge().into(),
            Key::Lamp(id) => format!("{} {}", self.lamps(), choice_label(&catalogue.lamps, id, self)),
            Key::Dashboard => self.dashboard().into(),
            Key::Keys => self.keys().into(),
            Key::Document(id) => choice_label(&catalogue.documents, id, self).into(),
            Key::Belonging(id) => choice_label(&catalogue.belongings, id, self).into(),
            Key::ValuablesReminder | Key::ValuablesLeft => self.valuables().into(),
            Key::Advisor => self.advisor().into(),
            Key::Cancelled => self.cancel_visit().into(),
            Key::Item(id) | Key::ItemNote(id) => {
                let group = crate::visit::walkaround::group_of(id);
                format!("{} · {}", catalogue.group_label(group, self), catalogue.item_label(id, self))
            }
            Key::MarkPlace(_) | Key::MarkDescription(_) | Key::MarkNote(_) | Key::MarkWithdrawn(_) => {
                self.damage().into()
            }
            Key::PhotoWithdrawn(_) => self.photo().into(),
            Key::ConcernWords(_) | Key::ConcernSymptom(_) | Key::ConcernWithdrawn(_) => {
                self.concerns().into()
            }
        }
    }

    /// What a change says, in a few words: its subject and its value.
    pub fn change_said(self, change: &Change, catalogue: &Catalogue) -> (String, String) {
        let subject = change_subject(self, change, catalogue);
        let yes_no = |yes: bool| if yes { self.present() } else { self.absent() }.to_owned();
        let withdrawn = |yes: bool| if yes { self.withdrawn() } else { self.put_back() }.to_owned();
        let text = |value: Option<&String>| value.cloned().unwrap_or_else(|| self.erased().into());
        let value = match change {
            Change::VisitOpened { number, .. } => number.clone(),
            Change::PlateRead { plate } => match plate.value() {
                Some(plate) => plate.to_string(),
                None => self.erased().into(),
            },
            Change::VinRead { vin } => vin.value().map_or_else(|| self.erased().into(), |vin| vin.grouped()),
            Change::VehicleIdentified { model, colour, .. } => format!("{model} {colour}"),
            Change::CustomerNamed { name } => text(name.value().map(ToString::to_string).as_ref()),
            Change::PhoneGiven { phone } => text(phone.value().map(|phone| phone.grouped()).as_ref()),
            Change::SalutationChosen { salutation } => self.salutation_word(*salutation).into(),
            Change::RelationGiven { relation } => self.relation_word(*relation).into(),
            Change::CoverPlaced { placed, .. } => yes_no(*placed),
            Change::OdometerRead { km, reason } => match reason {
                Some(reason) => format!("{} ({})", self.km(*km), self.odometer_reason_word(reason)),
                None => self.km(*km),
            },
            Change::FuelRead { fuel } => format!("{}/8", fuel.0),
            Change::ChargeRead { charge } => match charge.range_km {
                Some(range) => format!("{} %, {range} km", charge.percent),
                None => format!("{} %", charge.percent),
            },
            Change::LampSeen { lit, .. } => yes_no(*lit),
            Change::DashboardChecked { checked } => {
                if *checked { self.looked() } else { self.not_looked() }.into()
            }
            Change::KeysTaken { count } => count.to_string(),
            Change::DocumentTaken { taken, .. } => yes_no(*taken),
            Change::BelongingSeen { present, .. } => yes_no(*present),
            Change::ValuablesReminded { reminded } => yes_no(*reminded),
            Change::ValuablesLeft { what } => text(what.value()),
            Change::AdvisorAssigned { advisor } => catalogue.staff_name(advisor).into(),
            Change::VisitCancelled { reason } => match reason {
                Some(reason) => text(reason.value()),
                None => self.reopen().into(),
            },
            Change::ItemGraded { grade, .. } => {
                grade.map_or(self.not_looked(), |grade| self.grade(grade)).into()
            }
            Change::ItemNoted { note, .. } | Change::MarkNoted { note, .. } => text(note.value()),
            Change::DamageMarked { place, kind, severity, .. } => format!(
                "{} {}, {}",
                catalogue.group_label(&place.zone, self),
                self.damage_kind(*kind),
                self.how_bad(*severity)
            ),
            Change::MarkMoved { place, .. } => {
                format!("{} {}", self.move_mark(), catalogue.group_label(&place.zone, self))
            }
            Change::MarkDescribed { kind, severity, origin, .. } => {
                format!("{}, {}, {}", self.damage_kind(*kind), self.how_bad(*severity), self.origin(*origin))
            }
            Change::MarkWithdrawn { withdrawn: yes, .. }
            | Change::PhotoWithdrawn { withdrawn: yes, .. }
            | Change::ConcernWithdrawn { withdrawn: yes, .. } => withdrawn(*yes),
            Change::PhotoTaken { picture, .. } => format!("{} × {}", picture.width, picture.height),
            Change::ConcernRecorded { words, .. } | Change::ConcernWorded { words, .. } => {
                text(words.value())
            }
            Change::ConcernGrouped { symptom, .. } => symptom
                .as_ref()
                .map_or(self.symptom_none(), |id| choice_label(&catalogue.symptoms, id, self))
                .into(),
            Change::CheckInSigned { signer, signed_as, .. } => format!(
                "{} {}",
                self.signed_as(*signed_as),
                text(signer.value().map(ToString::to_string).as_ref())
            ),
            Change::CheckInCountersigned { .. } => self.countersign().into(),
            Change::PaperPrinted { .. } => self.print().into(),
        };
        (subject, value)
    }
}

fn change_subject(language: Language, change: &Change, catalogue: &Catalogue) -> String {
    use crate::journal::Fact;
    match change.key() {
        Some(key) => language.key(&key, catalogue),
        None => match change {
            Change::VisitOpened { .. } => language.new_visit(),
            Change::DamageMarked { .. } => language.damage(),
            Change::PhotoTaken { .. } => language.photo(),
            Change::ConcernRecorded { .. } => language.concerns(),
            _ => language.check_in_form(),
        }
        .into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_large_for_an_entry_is_named() {
        let change = Change::ValuablesLeft { what: "x".repeat(200_000).into() };
        let said = |language: Language| language.too_large(&change, &Catalogue::standard());
        assert!(said(Language::En).starts_with("Valuables: too long, over 128 kB; not saved."));
        assert!(said(Language::ZhCn).starts_with("贵重物品：内容太长"));
    }
}
