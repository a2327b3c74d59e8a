#!/usr/bin/env bash
# Builds the app that ships into dist/. Its standard library is built with it, so that a panic is a trap
# without a sentence: those sentences, which nobody at a car reads, were a fifteenth of the app. stop.js
# says what matters. cargo and rustc call this unstable, so they are told that we know.
set -euo pipefail
cd "$(dirname "$0")/.."
export RUSTC_BOOTSTRAP=1
export CARGO_UNSTABLE_BUILD_STD=std,panic_abort
export CARGO_UNSTABLE_BUILD_STD_FEATURES=optimize_for_size
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none -Ctarget-feature=+simd128 --cfg split -Clink-arg=--emit-relocs -Cstrip=none"
exec trunk build --release "$@"
