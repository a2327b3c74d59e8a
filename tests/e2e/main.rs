//! The built app in a real browser against a real server process.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::disallowed_methods, reason = "tests wait and measure")]

mod accessible;
mod bench;
mod browser;
mod faults;
mod papers;
mod reception;
#[path = "../api/server.rs"]
mod server;
mod tablets;
mod updates;
