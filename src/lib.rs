//! Lanepad 接车板: the service lane of a car dealership on a tablet, offline first.
//!
//! One package, two targets: `wasm32` is the tablet's app, native is the server and command line.
//! What both need compiles for both, without I/O, clock or randomness.

/// Reference data that a dealership may change: inspection, symptoms, staff, appointments, vehicles.
pub mod catalogue;
/// Who pays for a repair, from dates and distances.
pub mod coverage;
/// Numbers of drawings as text.
mod decimal;
/// The demo dealership.
#[cfg(not(target_arch = "wasm32"))]
pub mod demo;
/// The unfolded car: its drawing, zones and what a tap hits.
pub mod diagram;
/// What a printed sheet says, from a visit.
pub mod documents;
/// What a repair will cost, and who bears it.
pub mod estimate;
/// The tablet's side of the exchange, without I/O.
pub mod exchange;
/// Icons and damage glyphs as path data.
pub mod icons;
/// Entries, ids, the graph, its order, canonical JSON, personal values.
pub mod journal;
/// Every word for people, one struct value per language.
pub mod locale;
/// Money, quantities and tax.
pub mod money;
/// What a picture file says of itself.
pub mod picture;
/// When a car will be ready.
pub mod promise;
/// Requests and answers of the exchange, one definition for both ends.
pub mod protocol;
/// Whether a tablet can work today.
pub mod readiness;
/// Structures as JSON, read field by field.
mod record;
/// Operations, parts, labour rates and service plans.
pub mod reference;
/// Every screen and its address.
pub mod route;
/// Native: the server and its command line.
#[cfg(not(target_arch = "wasm32"))]
pub mod server;
/// Wasm: the tablet's app.
#[cfg(target_arch = "wasm32")]
pub mod tablet;
/// Unicode normal forms and capitals.
mod text;
/// The rules of a visit, pure.
pub mod visit;
