#!/usr/bin/env bash
# Installs every pinned tool that is missing and writes .tools/env.sh, which the Makefile sources.
#
# Tools live outside the clone, in $LANEPAD_TOOLS (default: the user's cache folder), so a second
# clone finds them. What is there at the right version is skipped; a second run takes a second.
#
# LANEPAD_TOOLCHAIN=rustup  ask rustup for the wasm target and stop if it cannot give it
# LANEPAD_TOOLCHAIN=debian  build the wasm target's standard library from Debian's packages
# (unset)                   try rustup first, Debian's packages second
set -euo pipefail
cd "$(dirname "$0")/.."

WASM_BINDGEN=0.2.129
TRUNK=0.21.14
WASM_SPLIT=0.2.4
CARGO_DENY=0.20.2
RUST=1.95.0

tools="${LANEPAD_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/lanepad-tools}"
mkdir -p "$tools/bin" .tools
say() { printf 'set-up: %s\n' "$*"; }
fail() { printf 'set-up: %s\n' "$*" >&2; exit 1; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else fail "needs root for: $*. Run \"make tools\" as root once, then again as yourself."
  fi
}
apt_updated=
install_packages() {
  [ -n "$apt_updated" ] || { as_root apt-get update -qq; apt_updated=1; }
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >"$tools/apt.log" 2>&1 ||
    { tail -20 "$tools/apt.log" >&2; fail "Debian's packages could not be installed: $*"; }
}

# --- Debian's packages: the browser under test, its driver, Chinese fonts, PDF readers ---------
missing=()
command -v cc >/dev/null || missing+=(gcc libc6-dev)
command -v make >/dev/null || missing+=(make)
command -v chromium >/dev/null || missing+=(chromium)
command -v chromedriver >/dev/null || missing+=(chromium-driver)
command -v pdftotext >/dev/null || missing+=(poppler-utils)
[ -d /usr/share/fonts/opentype/noto ] || missing+=(fonts-noto-cjk)
if [ ${#missing[@]} -gt 0 ]; then
  say "installing ${missing[*]} from Debian (about 1 minute)"
  install_packages "${missing[@]}"
fi
command -v npm >/dev/null || fail "node and npm are missing; Debian has them: apt-get install nodejs npm"
major() { "$1" --version 2>/dev/null | grep -oE '[0-9]+' | head -1; }
[ "$(major chromium)" = "$(major chromedriver)" ] ||
  fail "chromium ($(major chromium)) and chromedriver ($(major chromedriver)) differ in their major version; upgrade both."

# --- Rust for both targets -------------------------------------------------------------------
path="$tools/bin"
way="${LANEPAD_TOOLCHAIN:-}"
pin=
# Read whole before it is searched: a pipe that closes early would count as a failure.
rustup_has_all() {
  local targets
  targets=$(RUSTUP_TOOLCHAIN=$RUST rustup target list --installed) && grep -qx wasm32-unknown-unknown <<<"$targets" &&
    rustup which --toolchain "$RUST" cargo-clippy && rustup which --toolchain "$RUST" cargo-fmt &&
    [ -d "$(RUSTUP_TOOLCHAIN=$RUST rustc --print sysroot)/lib/rustlib/src/rust/library" ]
} >/dev/null 2>&1
if [ "$way" != debian ]; then
  why="there is no rustup here"
  if command -v rustup >/dev/null; then
    # Asked once: where its servers are silent, each start would wait for them anew.
    if ! rustup_has_all && { [ "$way" = rustup ] || [ ! -e "$tools/no-rustup" ]; }; then
      say "asking rustup for Rust $RUST and its wasm32 target (about 1 minute)"
      { timeout 600 rustup toolchain install "$RUST" --profile minimal -c clippy -c rustfmt -c rust-src &&
        timeout 300 rustup target add --toolchain "$RUST" wasm32-unknown-unknown; } >"$tools/rustup.log" 2>&1 || true
    fi
    if rustup_has_all; then
      pin="export RUSTUP_TOOLCHAIN=$RUST"
    else
      why="rustup gave no Rust $RUST for wasm32 ($(grep -m1 '^error' "$tools/rustup.log" || tail -1 "$tools/rustup.log"))"
    fi
  fi
  if [ -n "$pin" ]; then
    way=rustup
    rm -f "$tools/no-rustup"
  elif [ "$way" = rustup ]; then
    fail "$why."
  else
    way=debian
    [ -e "$tools/no-rustup" ] || say "$why; taking Debian's packages instead (LANEPAD_TOOLCHAIN=rustup asks again)"
    touch "$tools/no-rustup"
  fi
fi
if [ "$way" = debian ]; then
  debian="$tools/debian-rust"
  if ! command -v /usr/bin/rustc >/dev/null || [ ! -d /usr/lib/rustlib/src/rust ] || ! [ -x /usr/bin/cargo-clippy ] || ! [ -x /usr/bin/rustfmt ]; then
    say "installing Debian's Rust (about 1 minute; writes to /usr, needs root)"
    install_packages rustc-web cargo-web rust-web-src rust-web-clippy rustfmt-web
  fi
  llvm=$(/usr/bin/rustc -vV | sed -n 's/^LLVM version: \([0-9]*\).*/\1/p')
  if [ ! -x "/usr/lib/llvm-$llvm/bin/lld" ]; then
    say "installing lld-$llvm"
    install_packages "lld-$llvm"
  fi
  # A directory with Debian's tools alone, first on PATH, so that rustup's proxies are not asked.
  mkdir -p "$debian"
  for tool in cargo rustc rustdoc cargo-clippy clippy-driver rustfmt cargo-fmt; do
    [ -x "/usr/bin/$tool" ] && ln -sf "/usr/bin/$tool" "$debian/$tool"
  done
  path="$path:$debian"
  # rustc looks for its linker in its own folder.
  host=$(/usr/bin/rustc -vV | sed -n 's/^host: //p')
  linker="/usr/lib/rustlib/$host/bin/rust-lld"
  if [ ! -e "$linker" ]; then
    as_root mkdir -p "$(dirname "$linker")"
    as_root ln -sf "/usr/lib/llvm-$llvm/bin/lld" "$linker"
  fi
  # The standard library for wasm32, built once for this rustc.
  lib=/usr/lib/rustlib/wasm32-unknown-unknown/lib
  version=$(/usr/bin/rustc -V)
  if [ "$(cat "$lib/lanepad-version" 2>/dev/null)" != "$version" ]; then
    say "building the wasm32 standard library for $version (about 1 minute; writes to /usr, needs root)"
    empty=$(mktemp -d)
    mkdir -p "$empty/src"; : >"$empty/src/lib.rs"
    printf '[package]\nname = "empty_for_std"\nversion = "0.0.0"\nedition = "2021"\n' >"$empty/Cargo.toml"
    (cd "$empty" && env -u RUSTUP_TOOLCHAIN PATH="$debian:$PATH" RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 \
      RUSTFLAGS=-Cembed-bitcode=yes CARGO_TARGET_DIR="$empty/target" \
      /usr/bin/cargo build --quiet --release -Z build-std=std,panic_abort,test --target wasm32-unknown-unknown)
    rm -f "$empty"/target/wasm32-unknown-unknown/release/deps/libempty_for_std*
    as_root rm -rf "$lib"; as_root mkdir -p "$lib"
    as_root cp "$empty"/target/wasm32-unknown-unknown/release/deps/*.rlib "$lib/"
    printf '%s\n' "$version" | as_root tee "$lib/lanepad-version" >/dev/null
    rm -rf "$empty" target/wasm32-unknown-unknown  # artefacts of another std can't be read
  fi
fi
# shellcheck disable=SC1090
[ -z "$pin" ] || eval "$pin"
export PATH="$path:$PATH"

# --- Tools from crates.io, built here ---------------------------------------------------------
cargo_tool() { # crate, version, its command, minutes, features…
  local crate=$1 version=$2 command=$3 minutes=$4; shift 4
  [ "$(cat "$tools/$crate.version" 2>/dev/null)" = "$version" ] && [ -x "$tools/bin/$command" ] && return 0
  say "building $crate $version (about $minutes minutes on 2 cores)"
  CARGO_TARGET_DIR="$tools/build" CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_LTO=off \
    CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_DEBUG=0 \
    cargo install --quiet "$crate" --version "$version" --locked --root "$tools" "$@"
  printf '%s\n' "$version" >"$tools/$crate.version"
}
cargo_tool wasm-bindgen-cli "$WASM_BINDGEN" wasm-bindgen 3
cargo_tool trunk "$TRUNK" trunk 6
cargo_tool wasm_split_cli_support "$WASM_SPLIT" wasm-split-cli 2 --features build-binary
cargo_tool cargo-deny "$CARGO_DENY" cargo-deny 6 --no-default-features
rm -rf "$tools/build"

# --- Tools from npm ---------------------------------------------------------------------------
npm_wanted=$(cksum <.dev/npm/package-lock.json)
if [ "$(cat "$tools/npm/lock.cksum" 2>/dev/null)" != "$npm_wanted" ]; then
  say "installing wasm-opt, esbuild, axe-core and the reference canonicaliser from npm (about 10 seconds)"
  mkdir -p "$tools/npm"
  cp .dev/npm/package.json .dev/npm/package-lock.json "$tools/npm/"
  (cd "$tools/npm" && npm ci --no-audit --no-fund --silent)
  printf '%s\n' "$npm_wanted" >"$tools/npm/lock.cksum"
fi
for tool in wasm-opt esbuild; do
  ln -sf "$tools/npm/node_modules/.bin/$tool" "$tools/bin/$tool"
done

cat >.tools/env.sh.new <<ENV
export PATH="$path:\$PATH"
export LANEPAD_NODE_MODULES="$tools/npm/node_modules"
$pin
ENV
# Only touched when it changes, so that nothing is rebuilt for it.
cmp -s .tools/env.sh.new .tools/env.sh && rm .tools/env.sh.new || mv .tools/env.sh.new .tools/env.sh
say "ready ($(rustc -V | cut -d' ' -f1,2) by way of $way, trunk $TRUNK, wasm-bindgen $WASM_BINDGEN, chromium $(major chromium))"
