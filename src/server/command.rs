//! The command line.

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Args, Parser, Subcommand};
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::api::{Server, router};
use super::app::App;
use super::import::Import;
use super::{Attachments, Store};
use crate::catalogue::Catalogue;

/// Lanepad: the service lane of a car dealership.
#[derive(Debug, Parser)]
#[command(version)]
pub struct Command {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Serve the tablets of one dealership.
    Serve(Serve),
    /// Import operations, parts, labour rates, service plans, opening hours, staff and texts.
    Import(Import),
}

/// How to serve.
#[derive(Clone, Debug, Args)]
pub struct Serve {
    /// Where to listen. Until tablets are enrolled, this machine only.
    #[arg(long, env = "LANEPAD_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Where the database and the attachments lie.
    #[arg(long, env = "LANEPAD_DATA", default_value = "data")]
    pub data: PathBuf,
    /// The app's files, instead of those inside the program.
    #[arg(long, env = "LANEPAD_APP")]
    pub app: Option<PathBuf>,
    /// Serve the demo dealership: staff, today's appointments, vehicles with history.
    #[arg(long, env = "LANEPAD_DEMO", value_parser = clap::builder::BoolishValueParser::new())]
    pub demo: bool,
}

/// Runs the command line until it is done.
pub async fn run(command: Command) -> anyhow::Result<()> {
    let filter = tracing_subscriber::EnvFilter::try_from_env("LANEPAD_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info,sqlx=warn"));
    tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).init();
    match command.what {
        What::Serve(serve) => serve.run().await,
        What::Import(import) => import.run().await,
    }
}

impl Serve {
    async fn run(self) -> anyhow::Result<()> {
        anyhow::ensure!(
            self.listen.ip().is_loopback(),
            "{} is not this machine alone. Until tablets are enrolled, Lanepad listens on loopback only; \
             a tablet on a cable reaches it by `adb reverse tcp:8080 tcp:8080`.",
            self.listen
        );
        std::fs::create_dir_all(&self.data)
            .with_context(|| format!("the folder {} cannot be made", self.data.display()))?;
        let store = Store::open(&self.data)
            .await
            .with_context(|| format!("the database in {} cannot be opened", self.data.display()))?;
        if self.demo && store.reference(0, 1).await?.position == 0 {
            let today = crate::locale::day_of(super::clock::now(), crate::demo::UTC_OFFSET_MINUTES);
            store.put_reference(crate::demo::reference(today), Vec::new()).await?;
        }
        let begin = self.demo.then(|| {
            let demo = crate::demo::at(super::clock::now());
            Catalogue { staff: demo.staff, workshop: demo.workshop, ..Catalogue::standard() }
        });
        store.begin_with(begin.as_ref()).await?;
        let attachments = Attachments::open(&self.data.join("attachments"))?;
        let listener = TcpListener::bind(self.listen)
            .await
            .with_context(|| format!("{} cannot be listened on; is Lanepad running already?", self.listen))?;
        let address = listener.local_addr()?;
        // Whoever has read the line below may ask it to stop at once.
        let asked_to_stop = asked_to_stop()?;
        // The one line on standard output, for people and for scripts.
        println!("Lanepad: http://localhost:{} (data in {})", address.port(), self.data.display());
        let (close, closing) = watch::channel(false);
        let app = App { folder: self.app };
        let server = Server { store: store.clone(), attachments, app, demo: self.demo, closing };
        let stop = async move {
            asked_to_stop.await;
            tracing::info!("stopping: answering what was asked, then closing the database");
            let _ = close.send(true);
        };
        axum::serve(listener, router(server)).with_graceful_shutdown(stop).await?;
        store.close().await;
        tracing::info!("stopped");
        Ok(())
    }
}

/// Ends when the server is asked to stop. Signals are listened to from the call on, not from the
/// first await.
fn asked_to_stop() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}
