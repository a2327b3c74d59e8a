#!/usr/bin/env bash
# Every check, in the order in which one is likely to fail; the last lines say how many tests ran.
set -euo pipefail
cd "$(dirname "$0")/.."
# What is sent before the board stands, what comes after it up to the order, and what comes after the order, in bytes.
budget=450000
later=150000
afterwards=80000
log=$(mktemp)
trap 'rm -f "$log"' EXIT
total=0
summary=()

section() { printf '\n== %s\n' "$*"; }
count() { # kind: adds up cargo's "N passed"
  local passed
  passed=$(grep -oE '[0-9]+ passed' "$log" | awk '{ sum += $1 } END { print sum + 0 }')
  [ "$passed" -gt 0 ] || { echo "no $1 test ran"; exit 1; }
  total=$((total + passed))
  summary+=("$1: $passed passed")
}
tests() { # kind, command…
  local kind=$1; shift
  section "$kind"
  "$@" 2>&1 | tee "$log" | sed -nE '/^test .*FAILED|^test result|panicked|^error|^ +(left|right):|waited for/p' ||
    { tail -80 "$log"; exit 1; }
  count "$kind"
}

section "format"
cargo fmt --all --check
section "app"
.dev/app.sh 2>&1 | grep -E 'error|warning|success' || true
[ -f dist/sw.js ] || exit 1
section "clippy, both targets"
cargo clippy --quiet --workspace --all-targets -- -D warnings
cargo clippy --quiet --target wasm32-unknown-unknown --lib --bins --test browser -- -D warnings
tests unit cargo test --quiet --lib --bins
tests api cargo test --test api
tests browser env CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner WASM_BINDGEN_TEST_TIMEOUT=120 \
  cargo test --target wasm32-unknown-unknown --test browser
# Two at a time: one waits while the other works, and there are two cores.
tests end-to-end cargo test --test e2e -- --test-threads=2
section "docs"
RUSTDOCFLAGS="-D warnings" cargo doc --quiet --no-deps --lib
RUSTDOCFLAGS="-D warnings" cargo doc --quiet --no-deps --lib --target wasm32-unknown-unknown
section "dependencies: bans, licences, sources"
cargo deny --log-level error check bans licenses sources
if timeout 60 cargo deny --log-level error check advisories >"$log" 2>&1; then
  echo "advisories: none"
elif grep -qiE 'failed to (fetch|clone|open)|could not' "$log"; then
  echo "advisories: not checked, their database cannot be reached"
else
  cat "$log"; exit 1
fi
section "byte budget"
fits() { # budget, what it is, files…
  local bytes most=$1 what=$2; shift 2
  bytes=$(cat "$@" | wc -c)
  printf '%s: %s bytes of at most %s (brotli: wasm, js, css, html)\n' "$what" "$bytes" "$most"
  [ "$bytes" -le "$most" ] || { echo "it is over its budget"; exit 1; }
}
fits "$budget" "before the board stands" dist/index.html.br dist/styles-*.css.br dist/*.js.br dist/lanepad-*.wasm.br
fits "$later" "up to the order" dist/later-*.br dist/shared-*.br
fits "$afterwards" "after it" dist/afterwards-*.br

printf '\n'
printf '%s\n' "${summary[@]}"
echo "$total passed, 0 failed"
