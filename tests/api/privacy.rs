use lanepad::journal::DossierId;
use lanepad::visit::Change;
use lanepad::visit::customer::{PersonName, Phone};
use lanepad::visit::vehicle::{Plate, PlateColour, PlateNumber, Vin};

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
