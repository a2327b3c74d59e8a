//! The built app in a real browser against a real server process.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::disallowed_methods, reason = "tests wait and measure")]

mod accessible;
mod additions;
mod bench;
mod bench_reception;
mod bench_reference;
mod board;
mod browser;
mod car;
mod customer;
mod drawing;
mod estimate;
mod faults;
mod feel;
mod interview;
mod layout;
mod order;
mod papers;
mod photos;
mod pictures;
mod printing;
mod reception;
mod recordings;
#[path = "../api/server.rs"]
mod server;
mod settings;
mod signing;
mod start;
#[path = "../api/tablet.rs"]
#[expect(dead_code, reason = "the stories of the api tests need more of it")]
mod tablet;
mod tablets;
mod taps;
mod trouble;
mod updates;
mod vehicle;
mod viewfinder;
mod walkaround;
mod wheels;
