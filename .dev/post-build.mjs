// After Trunk: names the build's files in sw.js, compresses everything once with brotli, moves the
// page's inline loader into a file of its own (the policy allows no inline script).
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

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
const inline = /<script type="module"( nonce="[^"]*")?>([\s\S]*?)<\/script>/;
const loader = html.match(inline);
if (loader) {
  const hash = createHash("sha256").update(loader[2]).digest("hex").slice(0, 16);
  writeFileSync(join(folder, `start-${hash}.js`), loader[2]);
  html = html.replace(inline, `<script type="module" src="/start-${hash}.js"></script>`);
  writeFileSync(page, html);
}

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
  const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } };
  writeFileSync(path + ".br", brotliCompressSync(bytes, options));
}
