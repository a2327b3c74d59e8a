//! Native: the server and its command line. It keeps no state of its own beside its folder: one
//! SQLite file, the attachments, the log of erasures.

mod api;
mod app;
mod attachments;
mod clock;
mod command;
mod import;
mod intake;
mod problem;
mod store;

pub use attachments::Attachments;
pub use command::{Command, Serve, run};
pub use store::{NotStored, Store};
