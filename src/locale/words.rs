//! The words: name, Chinese, English.

mod car;

use super::Language;
use crate::diagram::View;
use crate::exchange::SyncState;
use crate::route::Step;
use crate::visit::customer::{Relation, Salutation};
use crate::visit::signature::SignedAs;
use crate::visit::staff::Role;
use crate::visit::vehicle::{Energy, NoPlate, OdometerReason, PlateColour};
use crate::visit::{DamageKind, Grade, Origin, Severity};

words! {
    // the app
    app: "接车板" | "Lanepad";
    back: "返回" | "Back";
    board: "看板" | "Board";
    visits: "接车" | "Visits";
    waiting_list: "待发送" | "To send";
    settings: "设置" | "Settings";
    done: "完成" | "Done";
    cancel: "不改了" | "Keep it";
    save: "保存" | "Save";
    change: "更改" | "Change";
    undo: "撤销" | "Undo";
    clear: "清除" | "Clear";
    close: "关闭" | "Close";
    yes_so: "是的，就这样写" | "Yes, it is written so";
    next: "下一步" | "Next";
    more: "更多" | "More";
    go_there: "去填写" | "Go there";
    none: "无" | "none";
    erased: "已删除" | "erased";

    // the board
    appointments: "预约" | "Appointments";
    in_lane: "接车中" | "In the lane";
    search: "车牌、车架号、姓名、电话" | "Plate, VIN, name, phone";
    new_visit: "新接车" | "New visit";
    arrived: "到店" | "Arrived";
    nobody_waits: "现在没有车在等。" | "No car is waiting now.";
    no_appointments: "今天没有预约了。" | "No more appointments today.";
    nothing_found: "没有找到。换个写法，或新接车。" | "Nothing found. Try another way, or start a new visit.";
    checked_in_today: "已接车" | "Checked in";
    appointment_late: "已过时间" | "late";
    possible_duplicate: "同一辆车有两次接车" | "Two visits of one car";

    // vehicle
    step_vehicle: "车辆" | "Vehicle";
    step_walkaround: "环车检查" | "Walk-around";
    step_interview: "问诊" | "Interview";
    step_check_in: "接车单" | "Check-in form";
    plate: "车牌" | "Plate";
    vin: "车架号" | "VIN";
    no_plate: "无牌" | "No plate";
    plate_colour: "车牌颜色" | "Plate colour";
    temporary: "临时" | "Temporary";
    valid_until: "有效至" | "Valid until";
    plate_expired: "临时号牌已过期，不能上路行驶" | "This temporary plate has expired; the car is not to be driven on the road";
    correct_plate: "更正车牌" | "Correct the plate";
    delete: "删除" | "Delete";
    letters: "字母" | "Letters";
    provinces: "省份" | "Provinces";
    model: "车型" | "Model";
    colour: "颜色" | "Colour";
    energy: "动力" | "Drive";
    customer: "送修人" | "Delivered by";
    phone: "电话" | "Phone";
    salutation: "称呼" | "Salutation";
    relation: "与车主关系" | "To the owner";
    covers: "防护三件套" | "Protective covers";
    covers_all: "全部放好" | "All placed";
    odometer: "行驶里程" | "Mileage";
    last_odometer: "上次" | "last";
    odometer_reason: "为什么比上次少？" | "Why is it less than last time?";
    fuel: "油量" | "Fuel";
    charge: "电量" | "Charge";
    range: "续航" | "Range";
    dashboard: "仪表" | "Dashboard";
    lamps: "警告灯" | "Warning lamps";
    no_lamps: "没有警告灯亮" | "No lamp is lit";
    keys: "钥匙" | "Keys";
    documents_kept: "留店证件" | "Documents kept";
    belongings: "随车物品" | "Belongings";
    valuables: "贵重物品" | "Valuables";
    valuables_reminded: "已提醒自行保管" | "Reminded to take them";
    valuables_left: "交店保管" | "Left with us";
    valuables_left_hint: "没有就不填" | "Leave empty if none";
    known_car: "来过的车" | "Been here before";
    take_over: "是这辆车" | "It is this car";
    last_visit: "上次到店" | "Last visit";
    purchased: "购车日期" | "Bought";
    private_use: "家用" | "private use";
    owner: "车主" | "Owner";
    who_and_car: "车与人" | "Car and customer";
    state_of_car: "车辆状态" | "Condition";
    handed_over: "物品与证件" | "Belongings and documents";
    start_visit: "开始接车" | "Start the visit";
    present: "有" | "yes";
    absent: "没有" | "no";

    // walk-around
    good: "良好" | "Good";
    attention: "注意" | "Attention";
    bad: "异常" | "Bad";
    not_applicable: "不适用" | "N/A";
    all_good: "其余良好" | "The rest is good";
    whole_group_good: "本区全部良好" | "All good here";
    next_zone: "下一处" | "Next";
    tap_the_car: "点车上的位置" | "Tap the place on the car";
    areas: "车内与机舱" | "Inside and under";
    car_views: "五面图" | "All sides";
    not_looked: "未查看" | "Not looked at";
    looked: "已查看" | "Looked at";
    damage: "损伤" | "Damage";
    note: "说明" | "Note";
    note_hint: "多大、在哪里" | "How large, where";
    photo: "照片" | "Photo";
    photos: "照片" | "Photos";
    take_photo: "拍照" | "Take a photo";
    withdraw: "撤回" | "Withdraw";
    put_back: "恢复" | "Put back";
    withdrawn: "已撤回" | "Withdrawn";
    move_mark: "移动" | "Move";
    move_hint: "点新的位置" | "Tap the new place";
    found_now: "本次发现" | "Found now";
    known_before: "上次已有" | "There before";
    photo_elsewhere: "照片还在另一台平板上" | "The photo is still on another tablet";
    kind: "种类" | "Kind";
    severity: "程度" | "Severity";

    // interview
    concerns: "顾客描述" | "The customer's words";
    concern_hint: "照原话写" | "In their own words";
    add_concern: "再加一条" | "Add another";
    symptom: "症状" | "Symptom";
    symptom_none: "其他" | "Other";

    // check-in form
    check_in_form: "接车登记表" | "Vehicle check-in form";
    missing: "还缺" | "Still missing";
    worth_a_look: "可以补充" | "Worth a look";
    ready_to_sign: "都齐了，请顾客核对签名。" | "All there. Hand the tablet to the customer.";
    hand_to_customer: "请顾客签名" | "Customer signs";
    sign_again: "请顾客重新签名" | "Customer signs again";
    countersign: "顾问签名" | "Advisor signs";
    print: "打印" | "Print";
    show_paper: "看纸单" | "See the paper";
    please_sign: "请在这里签名" | "Please sign here";
    keep_holding: "请继续按住…" | "Keep holding…";
    give_back: "谢谢！请把平板交还服务顾问。" | "Thank you! Please give the tablet back.";
    signed: "已签名" | "Signed";
    signed_now_changed: "签名后有改动" | "Changed after signing";
    added_after: "签名后补充" | "Added after signing";
    draft: "草稿" | "Draft";
    original: "原件" | "Original";
    copy: "副本" | "Copy";
    void: "作废" | "Void";
    digest: "摘要" | "Digest";
    number: "编号" | "No.";
    advisor: "服务顾问" | "Advisor";
    vehicle_delivered: "送修车辆" | "Vehicle";
    exterior: "外观" | "Exterior";
    inspection: "检查" | "Inspection";
    kept_here: "留店" | "Kept here";
    paper_not_here: "这张纸的内容还不在这台平板上，连上后会取回。" | "What this paper says is not on this tablet; it comes with the network.";
    personal_information: "个人信息" | "Personal data";
    signature: "签名" | "Signatures";
    continued: "（续）" | " (continued)";
    reference_only: "本页只供查阅" | "For reference only";
    current_draft: "当前草稿" | "Current draft";
    no_damage: "无外观损伤" | "No damage outside";
    nothing: "无" | "none";
    nobody_looked: "未查看" | "Not looked at";
    consent: "以上内容我已核对，贵重物品已自行保管；个人信息告知已阅读并知悉。" | "I have checked the above and keep my valuables myself; I have read the notice on personal data.";
    chinese_prevails: "中英文不一致时，以中文为准。" | "The Chinese text prevails.";
    not_signed_yet: "未签名" | "Not signed";

    // visit
    visit_menu: "这次接车" | "This visit";
    history: "改动记录" | "History";
    cancel_visit: "取消接车" | "Cancel the visit";
    cancel_reason: "为什么取消" | "Why";
    cancelled: "已取消" | "Cancelled";
    reopen: "重新打开" | "Open again";
    hand_over: "转给同事" | "Hand to a colleague";
    two_answers: "两个答案" | "Two answers";
    two_answers_choose: "两台平板填了不同的内容。请选一个。" | "Two tablets answered differently. Choose one.";
    choose_this: "用这个" | "Use this";
    no_two_answers: "没有需要选的。" | "Nothing to choose.";

    // sync
    nothing_waits: "没有待发送的内容。" | "Nothing waits to be sent.";
    server_unreachable: "暂时连不上服务器，照常工作，连上后自动发送。" | "The server cannot be reached just now. Work on; it is sent by itself later.";
    server_reached: "已连上服务器" | "Connected to the server";
    last_exchange: "上次交换" | "Last exchange";
    never: "还没有" | "never";
    refused: "服务器没有收下" | "Not taken by the server";
    export_unsent: "导出未发送的内容" | "Export what is unsent";

    // settings
    language: "语言" | "Language";
    theme: "显示" | "Appearance";
    light: "浅色" | "Light";
    dark: "深色" | "Dark";
    storage: "存储" | "Storage";
    storage_used: "已用" | "Used";
    storage_kept: "系统会保留" | "Kept by the system";
    storage_not_kept: "空间不足时系统可能清除" | "May be cleared when space runs out";
    unsent: "未发送" | "Unsent";
    staff: "使用人" | "Who holds it";
    who_are_you: "现在谁拿着平板？" | "Who holds the tablet?";
    change_person: "换人" | "Someone else";
    version: "版本" | "Version";
    update_ready: "有新版本，可以更新。" | "A new version is ready.";
    update_now: "现在更新" | "Update now";
    clock_differs: "平板时间与服务器相差较大" | "The tablet's clock differs from the server's";
    newer_entries: "有内容来自更新的版本，更新后可见。" | "Some entries are from a newer version. Update to see all.";

    // first start
    first_start: "建立门店" | "Set up the dealership";
    first_start_lead: "纸单上会印这些内容。" | "Papers carry these.";
    dealership_name: "门店名称" | "Name";
    dealership_address: "地址" | "Address";
    dealership_phone: "电话" | "Phone";
    dealership_hours: "营业时间" | "Opening hours";
    privacy_contact: "个人信息联系方式" | "Contact for personal data";
    set_up: "建立" | "Set it up";
    needs_server_once: "第一次打开需要连上服务器。" | "The first start needs the server once.";
    later_missing: "这一页还没有装到平板上。请连上服务器再试一次。" | "This page is not on the tablet yet. Connect to the server, then try again.";
    try_again: "再试一次" | "Try again";

    // trouble
    not_saved: "这一步没有保存。请再试一次；不行就先导出未发送的内容，再重新打开。" | "This step was not saved. Try again; if that fails, export what is unsent and open Lanepad again.";
    not_saved_storage: "平板存不下了，这一步没有保存。请先导出未发送的内容，再腾出空间。" | "The tablet cannot store it; this step was not saved. Export what is unsent, then free some space.";
    storage_failed: "平板的存储打不开。已保存的内容没有动，请再试一次。" | "The tablet's storage cannot be opened. What was saved is left as it is; try again.";
    storage_closed: "浏览器关闭了平板的存储，这一步没有保存。请再试一次，从已保存的内容继续。" | "The browser has closed the tablet's storage; this step was not saved. Try again to go on from what was saved.";
    close_other_tabs: "还有旧的接车板页面开着。请把其他页面关掉，这里会自动继续。" | "An older page of Lanepad is still open. Close the other tabs; this page then goes on by itself.";
    visit_not_here: "这次接车不在这台平板上，连上后会取回。" | "This visit is not on this tablet; it comes with the network.";
    photo_not_image: "这个文件不是图片，没有添加。" | "This file is not a picture; it was not added.";
    photo_too_large: "图片超过 20 MB，没有添加。" | "The picture is over 20 MB; it was not added.";
    photo_no_room: "平板空间不够，照片没有添加；文字仍可照常保存。" | "No room for the photo; text is still saved.";
}

impl Language {
    /// 车辆, 环车检查, …
    pub fn step(self, step: Step) -> &'static str {
        match step {
            Step::Vehicle => self.step_vehicle(),
            Step::Walkaround => self.step_walkaround(),
            Step::Interview => self.step_interview(),
            Step::CheckIn => self.step_check_in(),
            Step::Estimate => self.step_estimate(),
        }
    }

    /// 良好, 注意, 异常, 不适用
    pub fn grade(self, grade: Grade) -> &'static str {
        match grade {
            Grade::Good => self.good(),
            Grade::Attention => self.attention(),
            Grade::Bad => self.bad(),
            Grade::NotApplicable => self.not_applicable(),
        }
    }

    /// 划痕, 凹陷, …
    pub fn damage_kind(self, kind: DamageKind) -> &'static str {
        match kind {
            DamageKind::Scratch => self.pick("划痕", "Scratch"),
            DamageKind::Dent => self.pick("凹陷", "Dent"),
            DamageKind::Chip => self.pick("石击", "Stone chip"),
            DamageKind::Crack => self.pick("裂纹", "Crack"),
            DamageKind::Scuff => self.pick("擦痕", "Scuff"),
            DamageKind::Missing => self.pick("缺件", "Missing part"),
        }
    }

    /// 轻微, 较重
    pub fn how_bad(self, severity: Severity) -> &'static str {
        match severity {
            Severity::Light => self.pick("轻微", "Slight"),
            Severity::Heavy => self.pick("较重", "Severe"),
        }
    }

    /// 本次发现, 上次已有
    pub fn origin(self, origin: Origin) -> &'static str {
        match origin {
            Origin::FoundNow => self.found_now(),
            Origin::KnownBefore => self.known_before(),
            Origin::Repaired => self.repaired(),
        }
    }

    /// 先生, 女士, …; nothing for none.
    pub fn salutation_word(self, salutation: Salutation) -> &'static str {
        match salutation {
            Salutation::Mr => self.pick("先生", "Mr"),
            Salutation::Ms => self.pick("女士", "Ms"),
            Salutation::Director => self.pick("总", "Director"),
            Salutation::Teacher => self.pick("老师", "Teacher"),
            Salutation::None => self.pick("不称呼", "None"),
        }
    }

    /// 车主本人, 家人, …
    pub fn relation_word(self, relation: Relation) -> &'static str {
        match relation {
            Relation::Owner => self.pick("车主本人", "Owner"),
            Relation::Family => self.pick("家人", "Family"),
            Relation::Driver => self.pick("司机", "Driver"),
            Relation::Other => self.pick("其他人", "Someone else"),
        }
    }

    /// 汽油, 纯电, …
    pub fn energy_word(self, energy: Energy) -> &'static str {
        match energy {
            Energy::Petrol => self.pick("汽油", "Petrol"),
            Energy::Diesel => self.pick("柴油", "Diesel"),
            Energy::Hybrid => self.pick("油电混合", "Hybrid"),
            Energy::PlugIn => self.pick("插电混动", "Plug-in"),
            Energy::Electric => self.pick("纯电", "Electric"),
        }
    }

    /// Why there is no plate.
    pub fn no_plate_reason(self, reason: NoPlate) -> &'static str {
        match reason {
            NoPlate::NewCar => self.pick("新车未上牌", "New, not registered yet"),
            NoPlate::Lost => self.pick("号牌遗失", "Plate lost"),
            NoPlate::Other => self.pick("其他原因", "Another reason"),
        }
    }

    /// 蓝, 绿, …
    pub fn plate_colour_word(self, colour: PlateColour) -> &'static str {
        match colour {
            PlateColour::Blue => self.pick("蓝牌", "Blue"),
            PlateColour::Green => self.pick("绿牌", "Green"),
            PlateColour::Yellow => self.pick("黄牌", "Yellow"),
            PlateColour::White => self.pick("白牌", "White"),
            PlateColour::Black => self.pick("黑牌", "Black"),
            PlateColour::YellowGreen => self.pick("黄绿牌", "Yellow-green"),
        }
    }

    /// Why the odometer shows less.
    pub fn odometer_reason_word(self, reason: &OdometerReason) -> &'static str {
        match reason {
            OdometerReason::MeterReplaced => self.pick("换过仪表", "Instrument replaced"),
            OdometerReason::EarlierWrong => self.pick("上次记错了", "Last reading was wrong"),
            OdometerReason::OtherCar => self.pick("档案是另一辆车的", "The record is another car's"),
        }
    }

    /// 车头, 右侧, …
    pub fn view(self, view: View) -> &'static str {
        match view {
            View::Front => self.pick("车头", "Front"),
            View::Right => self.pick("右侧", "Right"),
            View::Rear => self.pick("车尾", "Rear"),
            View::Left => self.pick("左侧", "Left"),
            View::Top => self.pick("车顶", "Top"),
        }
    }

    /// 已存本机, 已发送, 已齐
    pub fn sync(self, state: SyncState) -> &'static str {
        match state {
            SyncState::OnThisTablet => self.pick("已存本机", "On this tablet"),
            SyncState::Sent => self.pick("已发送", "Sent"),
            SyncState::Complete => self.pick("已齐", "Complete"),
        }
    }

    /// 车主本人, 送修人
    pub fn signed_as(self, signed_as: SignedAs) -> &'static str {
        match signed_as {
            SignedAs::Owner => self.pick("车主", "Owner"),
            SignedAs::Deliverer => self.pick("送修人", "Delivered by"),
            SignedAs::Authorised => self.authorised(),
        }
    }

    /// 服务顾问, …
    pub fn role(self, role: Role) -> &'static str {
        match role {
            Role::Advisor => self.pick("服务顾问", "Service advisor"),
            Role::Supervisor => self.pick("车间主管", "Workshop supervisor"),
            Role::Technician => self.pick("维修技师", "Technician"),
            Role::TeamLeader => self.pick("班组长", "Team leader"),
            Role::Inspector => self.pick("质检员", "Inspector"),
            Role::RelationsClerk => self.pick("客服专员", "Customer relations"),
            Role::Manager => self.pick("服务经理", "Service manager"),
        }
    }
}
