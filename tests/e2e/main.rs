//! The built app in a real browser against a real server process.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::disallowed_methods, reason = "tests wait and measure")]

mod accessible;
mod bench;
mod board;
mod browser;
mod customer;
mod faults;
mod papers;
mod photos;
mod pictures;
mod reception;
#[path = "../api/server.rs"]
mod server;
mod start;
#[path = "../api/tablet.rs"]
#[expect(dead_code, reason = "the stories of the api tests need more of it")]
mod tablet;
mod tablets;
mod trouble;
mod updates;
mod walkaround;
