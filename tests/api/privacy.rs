use lanepad::catalogue::Catalogue;
use lanepad::diagram::View;
use lanepad::documents::Sheet;
use lanepad::exchange::{Line as _, SyncState};
use lanepad::journal::DossierId;
use lanepad::protocol::ErasureRequest;
use lanepad::visit::check_in::SigningHand;
use lanepad::visit::customer::{PersonName, Phone};
use lanepad::visit::signature::{SignedAs, Strokes};
use lanepad::visit::vehicle::{Energy, Fuel, Plate, PlateColour, PlateNumber, Vin};
use lanepad::visit::{Change, DamageKind, Key, MarkPlace, Origin, Severity, Visit};

use crate::exchange::opened;
use crate::server::Server;
use crate::tablet::{Http, Tablet};

#[tokio::test]
async fn no_personal_value_stands_in_the_servers_log() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path());
    let line = Http::new(&server.address);
    let tablet = Tablet::new(1);
    let visit = opened(&tablet, "1");
    let concern = tablet
        .write(visit, Change::ConcernRecorded { words: "canary-concern".to_owned().into(), symptom: None });
    let number = PlateNumber::read("粤ZCNRY1").value().unwrap();
    for change in [
        Change::PlateRead { plate: Plate::Number { number, colour: PlateColour::Blue }.into() },
        Change::VinRead { vin: Vin::read("LGXCE4CB8P0138126").value().unwrap().into() },
        Change::CustomerNamed { name: PersonName::read("canary-name").value().unwrap().into() },
        Change::PhoneGiven { phone: Phone::read("13800135621").value().unwrap().into() },
        Change::ValuablesLeft { what: "canary-valuables".to_owned().into() },
        Change::VisitCancelled { reason: Some("canary-reason".to_owned().into()) },
        Change::ItemNoted { item: "LFD.paint".into(), note: "canary-item".to_owned().into() },
        Change::MarkNoted { mark: concern, note: "canary-mark".to_owned().into() },
        Change::ConcernWorded { concern, words: "canary-words".to_owned().into() },
    ] {
        tablet.write(visit, change);
    }
    tablet.exchange(&line).await.unwrap();
    // Requests that fail are logged too, and with them what they carried.
    for body in ["{\"device\":\"canary-broken\"", "{\"device\":\"canary-shape\",\"entries\":3}"] {
        line.client.post(line.url("journal")).body(body).send().await.unwrap();
    }
    line.client.get(line.url("dossiers/canary-path?name=canary-query")).send().await.unwrap();
    let _ =
        line.get::<serde_json::Value>(&format!("dossiers/{}", DossierId::of_appointment("shop", "x"))).await;
    let log = server.stop();
    assert!(log.lines().count() > 5, "nothing was logged: {log}");
    for value in ["canary", "CNRY", "LGXCE4CB8P0138126", "13800135621"] {
        assert!(!log.contains(value), "{value} stands in the log:\n{log}");
    }
}

/// Everything that a form needs, and so many marks that its sheet is an attachment.
fn ready(tablet: &Tablet) -> DossierId {
    let visit = opened(tablet, "1");
    let number = PlateNumber::read("粤BD12345").value().unwrap();
    for change in [
        Change::PlateRead { plate: Plate::Number { number, colour: PlateColour::Green }.into() },
        Change::VinRead { vin: Vin::read("LGXCE4CB8P0138126").value().unwrap().into() },
        Change::VehicleIdentified {
            model: "大众 朗逸".into(),
            colour: "白".into(),
            energy: Energy::Petrol,
            purchased: None,
            private_use: true,
            last_visit: None,
            last_odometer: None,
            delivered: None,
        },
        Change::CustomerNamed { name: PersonName::read("陈志远").value().unwrap().into() },
        Change::PhoneGiven { phone: Phone::read("13800135621").value().unwrap().into() },
        Change::OdometerRead { km: 38_412, reason: None },
        Change::FuelRead { fuel: Fuel(4) },
        Change::DashboardChecked { checked: true },
        Change::AdvisorAssigned { advisor: lanepad::journal::StaffId("lin".into()) },
        Change::ValuablesReminded { reminded: true },
        Change::ConcernRecorded { words: "常规保养".to_owned().into(), symptom: None },
    ] {
        tablet.write(visit, change);
    }
    for at in 0..300 {
        let place = MarkPlace { view: View::Left, zone: "LFD".into(), x: 3_200 + at, y: 4_400, body: None };
        let (kind, severity, origin) = (DamageKind::Scratch, Severity::Light, Origin::FoundNow);
        tablet.write(visit, Change::DamageMarked { place, kind, severity, origin });
    }
    visit
}

#[tokio::test]
async fn who_erases_the_customers_name_erases_the_large_sheet_that_says_it_everywhere() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path());
    let line = Http::new(&server.address);
    let tablet = Tablet::new(1);
    let visit = ready(&tablet);
    let signing = tablet.with(visit, |visit: &Visit| {
        let strokes = vec![vec![[500, 1200, 0, 400], [900, -500, 60, 500], [900, 700, 60, 500]]];
        let hand = SigningHand {
            strokes: Strokes { width: 6000, height: 2000, strokes },
            signer: visit.customer().unwrap().clone(),
            signed_as: SignedAs::Owner,
            consent: "以上内容我已核对".into(),
        };
        visit.sign_check_in(hand, Sheet::of(visit, &Catalogue::standard())).unwrap()
    });
    let [(sheet, bytes)] = signing.attached.try_into().unwrap();
    assert!(String::from_utf8(bytes.clone()).unwrap().contains("陈志远"));
    tablet.attach(sheet, bytes.clone());
    let signed = tablet.write(visit, signing.draft.change);
    tablet.exchange(&line).await.unwrap();
    assert!(line.get_attachment(sheet).await.is_ok(), "the server holds the sheet");

    let name =
        tablet.with(visit, |visit| visit.journal.commitments(&visit.journal.unreplaced(&Key::Customer)[0]));
    let erasure = ErasureRequest { dossier: visit, commitments: name, attachments: vec![] };
    let sent = line.client.post(line.url("erasures")).json(&erasure).send().await.unwrap();
    assert_eq!(sent.status(), 204);
    let kept = folder.path().join("attachments").join(&sheet.digits()[..2]).join(&sheet.digits()[2..]);
    assert!(!kept.exists(), "the file is still there");
    assert!(line.get_attachment(sheet).await.is_err());
    // A tablet that still holds it does not bring it back, and a backup's file is not handed out.
    line.put_attachment(sheet, &bytes).await.unwrap();
    assert!(!kept.exists());
    std::fs::write(&kept, &bytes).unwrap();
    assert!(line.get_attachment(sheet).await.is_err());

    tablet.exchange(&line).await.unwrap();
    assert_eq!(tablet.sync(visit), SyncState::Complete);
    tablet.with(visit, |visit| {
        assert!(visit.attachments().is_empty(), "the sheet is still asked for");
        assert!(visit.customer().is_none() && visit.phone().is_some());
        assert!(visit.signed_check_ins()[0].signer.value().is_none(), "the signer's name is still here");
    });
    let fresh = Tablet::new(2);
    fresh.exchange(&line).await.unwrap();
    assert!(!serde_json::to_string(&fresh.entry(signed).values).unwrap().contains("陈志远"));
    server.stop();
    let bytes = std::fs::read(folder.path().join("lanepad.sqlite")).unwrap();
    assert!(!bytes.windows(9).any(|window| window == "陈志远".as_bytes()));
}
