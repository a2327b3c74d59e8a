// What wasm-bindgen writes is made for reading: long names with a hash on both sides of every call,
// comments, classes of crates that we never call. Here the names become short, on both sides alike,
// and what nobody calls goes: a fiftieth of the app. Then functions that are alike come to stand together.
// What the page's two scripts say to each other becomes one script.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { alike } from "./alike.mjs";

// Streams between Rust and the page: leptos brings them for server functions, which we have none of.
const UNUSED = /IntoUnderlying(ByteSource|Sink|Source)/;
// What these make shorter brotli finds less in.
const SKIPPED = ["simplify-locals", "simplify-locals-nostructure", "simplify-locals-notee-nostructure"];
const PASSES = ["-O1", ...SKIPPED.map((pass) => `--skip-pass=${pass}`), "--strip-debug", "--strip-producers", "--strip-target-features"];
const FEATURES = ["bulk-memory", "simd", "sign-ext", "nontrapping-float-to-int", "mutable-globals", "multivalue", "reference-types"];

const read = (bytes, at) => {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    value += (byte & 127) * 2 ** shift;
    if (byte < 128) return [value, at];
  }
};

const number = (value) => {
  const bytes = [];
  do bytes.push((value & 127) | (value > 127 ? 128 : 0));
  while ((value >>>= 7));
  return Buffer.from(bytes);
};

const text = (string) => Buffer.concat([number(Buffer.byteLength(string)), Buffer.from(string)]);

// The module with its imports renamed and without the exports that `keep` refuses.
const module = (bytes, rename, keep) => {
  const parts = [bytes.subarray(0, 8)];
  for (let at = 8; at < bytes.length; ) {
    const kind = bytes[at];
    const [size, start] = read(bytes, at + 1);
    const end = start + size;
    const string = (from) => {
      const [length, begin] = read(bytes, from);
      return [bytes.toString("utf8", begin, begin + length), begin + length];
    };
    let body = bytes.subarray(start, end);
    if (kind === 2 || kind === 7) {
      let [count, here] = read(bytes, start);
      const rows = [];
      for (; count; count--) {
        const from = here;
        let name, module;
        if (kind === 2) [module, here] = string(here);
        [name, here] = string(here);
        const rest = here;
        // An import of a function and every export are a kind and a number; we import nothing else.
        if (kind === 2 && bytes[here] !== 0) throw new Error(`an import that is no function: ${name}`);
        [, here] = read(bytes, here + 1);
        if (kind === 2) rows.push(Buffer.concat([text(module), text(rename(name)), bytes.subarray(rest, here)]));
        else if (keep(name)) rows.push(bytes.subarray(from, here));
      }
      body = Buffer.concat([number(rows.length), ...rows]);
    }
    parts.push(Buffer.from([kind]), number(body.length), body);
    at = end;
  }
  return Buffer.concat(parts);
};

// The module with its functions named by their place in the order in which neighbours are alike.
const named = (bytes) => {
  const [parts, bodies, names] = [[bytes], [], []];
  let imports = 0;
  for (let at = 8; at < bytes.length; ) {
    const [size, start] = read(bytes, at + 1);
    const end = start + size;
    let [count, here] = read(bytes, start);
    for (; bytes[at] === 2 && count; count--) {
      for (const _ of ["module", "name"]) {
        const [length, begin] = read(bytes, here);
        here = begin + length;
      }
      // Of what is brought in, functions alone are counted among the functions.
      if (bytes[here] !== 0) break;
      imports++;
      [, here] = read(bytes, here + 1);
    }
    for (; bytes[at] === 10 && count; count--) {
      const [length, begin] = read(bytes, here);
      bodies.push(bytes.subarray(begin, (here = begin + length)));
    }
    at = end;
  }
  const name = (at, place) => names.push(number(at), text(String(place).padStart(6, "0")));
  for (let at = 0; at < imports; at++) name(at, at);
  const places = new Map(alike(bodies).map((at, place) => [at, place]));
  for (let at = 0; at < bodies.length; at++) name(imports + at, imports + places.get(at));
  const list = Buffer.concat([number(imports + bodies.length), ...names]);
  const section = Buffer.concat([text("name"), number(1), number(list.length), list]);
  return Buffer.concat([...parts, number(0), number(section.length), section]);
};

const optimised = (wasm) => {
  const folder = mkdtempSync(join(tmpdir(), "lanepad-"));
  try {
    const [from, to] = [join(folder, "in.wasm"), join(folder, "out.wasm")];
    writeFileSync(from, wasm);
    const passes = (...passes) =>
      execFileSync("wasm-opt", [from, ...FEATURES.map((feature) => `--enable-${feature}`), ...passes, "-o", to], { stdio: ["ignore", "ignore", "pipe"] });
    passes(...PASSES);
    writeFileSync(from, named(readFileSync(to)));
    passes("--reorder-functions-by-name", "--strip-debug");
    return readFileSync(to);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

// The app's other files.
export const shrinkLater = optimised;

export const shrink = (glue, wasm) => {
  const hashed = /__wb[a-z]+_\w+_[0-9a-f]{16}/g;
  const names = new Map([...new Set(glue.match(hashed))].map((name, at) => [name, `i${at.toString(36)}`]));
  const short = (name) => names.get(name) ?? name;
  const js = glue
    .replace(hashed, short)
    .replace(/^\s*\/\*\*[\s\S]*?\*\/\s*$/gm, "")
    .replace(/^\s*\/\/.*$/gm, "")
    .replace(/^(export )?class IntoUnderlying\w+ \{[\s\S]*?^\}$/gm, "")
    .replace(/^if \(Symbol\.dispose\) IntoUnderlying.*$/gm, "")
    .replace(/^const IntoUnderlying\w+Finalization = [\s\S]*?;$/gm, "")
    .replace(/^\s+/gm, "");
  if (UNUSED.test(js)) throw new Error("the glue still names what the app never calls");
  return { js, wasm: optimised(module(wasm, short, (name) => !/intounderlying/.test(name))) };
};
