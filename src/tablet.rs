//! Wasm: the tablet's app.
