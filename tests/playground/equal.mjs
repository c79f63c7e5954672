// The module says what the command line says, byte for byte: equal.mjs BATCHLINT MODULE FOLDER COUNT. Of the manifests in the
// folder every n-th is asked about, so that there are as many as wanted.
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [program, module, folder, count] = process.argv.slice(2);
const { load } = await import(pathToFileURL(join(module, "index.js")));
const { load: loadLight } = await import(pathToFileURL(join(module, "light.js")));
const batchlint = await load(readFileSync(join(module, "full_bg.wasm")));
const light = await loadLight(readFileSync(join(module, "light_bg.wasm")));

const said = (path) => {
  const { stdout, status } = spawnSync(program, ["check", "--format", "json", path], { encoding: "utf8", maxBuffer: 1 << 28 });
  if (status > 1) throw new Error(`${path}: the program ends with ${status}`);
  return stdout;
};
const answered = (path, text) => batchlint.checkText([{ name: path, text }]);

const names = readdirSync(folder).filter((name) => name.endsWith(".yaml")).sort();
const step = Math.max(1, Math.floor(names.length / count));
const paths = names.filter((_, at) => at % step === 0).map((name) => join(folder, name)).slice(0, count);
let [findings, early] = [0, 0];
for (const path of paths) {
  const bytes = readFileSync(path);
  const text = bytes.toString("utf8");
  if (!Buffer.from(text, "utf8").equals(bytes)) continue;
  // Between two questions a minute may begin, and dates move.
  if (said(path) !== answered(path, text) && said(path) !== answered(path, text)) {
    console.error(`${path}:\n${said(path)}\n${answered(path, text)}`);
    process.exit(1);
  }
  // Of what a page shows first the words may change, and what else there is to say of it.
  const where = ({ rule, range }) => `${range.start.line} ${rule}`;
  const all = batchlint.check([{ name: path, text }]).findings.map(where);
  const first = light.check([{ name: path, text }]).findings.map(where);
  const lost = first.filter((one) => !all.includes(one));
  if (lost.length > 0) throw new Error(`${path}: only the small module says ${lost.join("; ")}`);
  [findings, early] = [findings + all.length, early + first.length];
}
if (findings < paths.length) throw new Error("hardly anything is found: these are no manifests");
console.log(`${paths.length} manifests, ${findings} findings: byte for byte the same; ${early} of them at first`);

// Places as JavaScript counts, whatever stands before them.
const text = "é: 😀\nb: ü\n";
const at = (word) => Buffer.byteLength(text.slice(0, text.indexOf(word)));
const units = [...batchlint.units(text, [at("😀"), at("b"), at("ü"), Buffer.byteLength(text)])];
if (units.join() !== [text.indexOf("😀"), text.indexOf("b"), text.indexOf("ü"), text.length].join()) throw new Error(`units: ${units}`);

// What is offered to be copied is clean.
const manifest = batchlint.manifest("0 2 * * 1-5", "Europe/Berlin");
const { findings: found } = batchlint.check([{ name: "cronjob.yaml", text: manifest }]);
if (found.length > 0) throw new Error(`the manifest to copy: ${found.map((one) => one.message).join("; ")}`);
for (const wrong of [{ kubernetesVersion: "2" }, { select: ["no-such-rule"] }, { controllerTimeZone: "Atlantis" }, { colour: "red" }]) {
  let why;
  try {
    batchlint.check([], wrong);
  } catch (error) {
    why = error;
  }
  if (!(why instanceof Error)) throw new Error(`nothing is said of ${JSON.stringify(wrong)}`);
}

// A chart is checked where its author edits, as the command line does it.
const chart = process.argv[6];
if (chart) {
  const below = (folder) =>
    readdirSync(folder, { withFileTypes: true }).flatMap((one) =>
      one.isDirectory() ? below(join(folder, one.name)) : [join(folder, one.name)],
    );
  const files = below(chart).sort().map((name) => ({ name, text: readFileSync(name, "utf8") }));
  const key = ({ rule, file, range, message }) => `${file}:${range.start.byte}-${range.end.byte} ${rule} ${message}`;
  const keys = (json) => JSON.parse(json).findings.map(key).sort();
  const [here, there] = [keys(batchlint.checkText(files, { whole: true })), keys(said(chart))];
  if (here.length === 0 || here.join("\n") !== there.join("\n")) throw new Error(`the chart:\n${here.join("\n")}\n\n${there.join("\n")}`);
  console.log(`a chart of ${files.length} files, ${here.length} findings: the same`);
}
