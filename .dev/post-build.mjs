// After Trunk: cuts off the screens that are asked for later, shrinks what wasm-bindgen wrote and what we
// wrote, makes one style sheet of all, moves the
// page's inline loader into a file of its own (the policy allows no inline script), names the build's
// files in sw.js, compresses everything once with brotli.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { shrink, shrinkLater } from "./shrink.mjs";

if (process.env.TRUNK_PROFILE === "debug") {
  // While developing, a service worker would go on showing what was before the save.
  writeFileSync(join(process.env.TRUNK_STAGING_DIR, "update.js"), "");
  process.exit();
}

const folder = process.env.TRUNK_STAGING_DIR;
const files = (at) =>
  readdirSync(at).flatMap((name) => {
    const path = join(at, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });

const page = join(folder, "index.html");
let html = readFileSync(page, "utf8");
const hash = (bytes) => createHash("sha256").update(bytes).digest("hex").slice(0, 16);
const integrity = (bytes) => `sha384-${createHash("sha384").update(bytes).digest("base64")}`;
const change = (from, to) => {
  if (!html.includes(from)) throw new Error(`the page does not name ${from}`);
  html = html.replaceAll(from, to);
};

const minified = (source, loader) =>
  execFileSync("esbuild", ["--minify", `--loader=${loader}`, "--log-level=error"], { input: source });
for (const name of ["update.js", "stop.js"]) {
  const path = join(folder, name);
  writeFileSync(path, minified(readFileSync(path), "js"));
}

// Trunk knows nothing of other files, so wasm-bindgen writes once more, of the app without it.
const split = () => {
  const built = join(process.env.CARGO_TARGET_DIR ?? "target", "wasm32-unknown-unknown/wasm-release/lanepad.wasm");
  const at = mkdtempSync(join(tmpdir(), "lanepad-"));
  const file = (name) => readFileSync(join(at, name));
  try {
    execFileSync("wasm-split-cli", [built, at, "--out-name", "lanepad"]);
    execFileSync("wasm-bindgen", [join(at, "lanepad.wasm"), "--target=web", "--no-typescript", "--keep-lld-exports", `--out-dir=${at}`]);
    // One for each part of the app, and one for what several of them share.
    let link = file("__wasm_split.js").toString();
    for (const part of readdirSync(at).filter((name) => /^(split|chunk)_.*\.wasm$/.test(name))) {
      if (!link.includes(part)) throw new Error(`${part} is not named where it is brought`);
      const bytes = shrinkLater(file(part));
      const name = `${part.replace(/^split_|\.wasm$/g, "").replace(/^chunk_.*/, "shared")}-${hash(bytes)}.wasm`;
      writeFileSync(join(folder, name), bytes);
      link = link.replaceAll(part, name);
    }
    const { js, wasm } = shrink(file("lanepad.js").toString(), file("lanepad_bg.wasm"));
    writeFileSync(join(at, "lanepad.js"), js);
    writeFileSync(join(at, "__wasm_split.js"), link);
    const bundle = ["--bundle", "--minify", "--format=esm", "--log-level=error", join(at, "lanepad.js")];
    return { js: execFileSync("esbuild", bundle), wasm };
  } finally {
    rmSync(at, { recursive: true });
  }
};

const [, was] = html.match(/\/lanepad-([0-9a-f]+)\.js/);
const [glue, wasm] = [`lanepad-${was}.js`, `lanepad-${was}_bg.wasm`];
const before = [glue, wasm].map((name) => readFileSync(join(folder, name)));
if (!before[0].includes("__wasm_split")) throw new Error("this build has no second file: build by .dev/app.sh");
const small = split();
const name = `lanepad-${hash(Buffer.concat([small.wasm, small.js]))}`;
[small.js, small.wasm].forEach((after, at) => {
  change(integrity(before[at]), integrity(after));
  rmSync(join(folder, [glue, wasm][at]));
  writeFileSync(join(folder, [`${name}.js`, `${name}_bg.wasm`][at]), after);
});
change(`lanepad-${was}`, name);

const sheet = /<link rel="stylesheet" href="\/([^"]+)"[^>]*>\n/g;
const styles = [...html.matchAll(sheet)].map(([, name]) => name);
const css = minified(styles.map((name) => readFileSync(join(folder, name), "utf8")).join(""), "css");
for (const name of styles) rmSync(join(folder, name));
writeFileSync(join(folder, `styles-${hash(css)}.css`), css);
let first = true;
html = html.replace(sheet, () => {
  const link = `<link rel="stylesheet" href="/styles-${hash(css)}.css" integrity="${integrity(css)}">\n`;
  return first ? ((first = false), link) : "";
});

const inline = /<script type="module"( nonce="[^"]*")?>([\s\S]*?)<\/script>/;
const loader = html.match(inline);
if (loader) {
  writeFileSync(join(folder, `start-${hash(loader[2])}.js`), loader[2]);
  html = html.replace(inline, `<script type="module" src="/start-${hash(loader[2])}.js"></script>`);
}
writeFileSync(page, html);

for (const path of files(folder)) if (path.endsWith(".br")) rmSync(path);
const names = files(folder)
  .map((path) => "/" + relative(folder, path))
  .filter((name) => name !== "/sw.js")
  .sort();
const sum = createHash("sha256");
for (const name of names) sum.update(name).update(readFileSync(join(folder, name)));
sum.update(readFileSync(join(folder, "sw.js")));
const worker = join(folder, "sw.js");
const list = names.map((name) => (name === "/index.html" ? "/" : name));
writeFileSync(
  worker,
  readFileSync(worker, "utf8")
    .replace("BUILD_NUMBER", sum.digest("hex").slice(0, 16))
    .replace('["BUILD_FILES"]', JSON.stringify(list)),
);
for (const path of files(folder)) {
  const bytes = readFileSync(path);
  const options = {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGBLOCK]: constants.BROTLI_MAX_INPUT_BLOCK_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  };
  writeFileSync(path + ".br", brotliCompressSync(bytes, options));
}
