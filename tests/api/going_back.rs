//! The server's folder is replaced by an older copy, and everything comes back.

use std::path::Path;

use lanepad::exchange::SyncState;

use crate::exchange::{odometer, opened};
use crate::server::Server;
use crate::tablet::{Http, Tablet};

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for item in std::fs::read_dir(from).unwrap() {
        let item = item.unwrap();
        let target = to.join(item.file_name());
        if item.file_type().unwrap().is_dir() {
            copy(&item.path(), &target);
        } else {
            std::fs::copy(item.path(), target).unwrap();
        }
    }
}

#[tokio::test]
async fn an_hour_old_copy_with_reused_positions_and_a_lost_photo_gets_everything_back() {
    let folder = tempfile::tempdir().unwrap();
    let (now, old) = (folder.path().join("now"), folder.path().join("old"));
    let (one, two, watcher) = (Tablet::new(1), Tablet::new(2), Tablet::new(3));
    let visit;
    {
        let server = Server::start(&now);
        let line = Http::new(&server.address);
        visit = opened(&one, "1");
        one.exchange(&line).await.unwrap();
        two.exchange(&line).await.unwrap();
        server.stop();
    }
    copy(&now, &old);
    let (photo, lost);
    {
        let server = Server::start(&now);
        let line = Http::new(&server.address);
        one.write(visit, odometer(38_412));
        photo = one.photo(visit, b"dashboard");
        lost = opened(&one, "lost");
        one.exchange(&line).await.unwrap();
        watcher.exchange(&line).await.unwrap();
        assert_eq!(watcher.sync(visit), SyncState::Complete);
        server.stop();
    }
    let server = Server::start(&old);
    let line = Http::new(&server.address);
    // The first tablet is off while another one fills the positions anew.
    two.write(visit, odometer(99));
    let other = opened(&two, "2");
    two.exchange(&line).await.unwrap();
    // A tablet with nothing of its own to send notices too, and gives back what it holds.
    let healed = watcher.exchange(&line).await.unwrap();
    assert!(healed.compared_again);
    assert_eq!(watcher.sync(visit), SyncState::Complete);
    assert!(one.exchange(&line).await.unwrap().compared_again);
    for tablet in [&two, &watcher, &one, &two] {
        tablet.exchange(&line).await.unwrap();
    }
    for tablet in [&one, &two, &watcher] {
        assert_eq!(tablet.entries(), 6);
        assert!(tablet.has(photo));
        for dossier in [visit, lost, other] {
            assert_eq!(tablet.sync(dossier), SyncState::Complete);
        }
    }
    let fresh = Tablet::new(9);
    fresh.exchange(&line).await.unwrap();
    assert_eq!(fresh.entries(), 6);
    assert!(fresh.has(photo));
}

#[tokio::test]
async fn complete_falls_back_while_the_older_copy_lacks_what_only_an_absent_tablet_has() {
    let folder = tempfile::tempdir().unwrap();
    let (now, old) = (folder.path().join("now"), folder.path().join("old"));
    let (one, watcher) = (Tablet::new(1), Tablet::new(3));
    Server::start(&now).stop();
    copy(&now, &old);
    let visit;
    {
        let server = Server::start(&now);
        let line = Http::new(&server.address);
        visit = opened(&one, "1");
        one.exchange(&line).await.unwrap();
        watcher.exchange(&line).await.unwrap();
        server.stop();
    }
    assert_eq!(watcher.sync(visit), SyncState::Complete);
    {
        use lanepad::exchange::{Line as _, Shelf as _};
        let server = Server::start(&old);
        let line = Http::new(&server.address);
        // It meets the 409 and takes confirmed from every row; then the line breaks.
        assert!(line.pull(watcher.pulled_to().await.unwrap()).await.is_err());
        watcher.unconfirm().await.unwrap();
        assert_eq!(watcher.sync(visit), SyncState::OnThisTablet);
        watcher.exchange(&line).await.unwrap();
        assert_eq!(watcher.sync(visit), SyncState::Complete);
    }
}
