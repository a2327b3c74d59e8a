//! Two mains: on wasm the tablet's app, natively the server's command line.

#[cfg(target_arch = "wasm32")]
fn main() {
    lanepad::tablet::start();
}

#[cfg(not(target_arch = "wasm32"))]
#[tokio::main]
async fn main() -> anyhow::Result<()> {
    lanepad::server::run(clap::Parser::parse()).await
}
