//! The exchange: a real server process, the tablet's real client code, real SQLite.
#![cfg(not(target_arch = "wasm32"))]

mod bench;
mod exchange;
mod going_back;
mod import;
mod import_catalogue;
mod limits;
mod newer_program;
mod privacy;
mod server;
mod tablet;
