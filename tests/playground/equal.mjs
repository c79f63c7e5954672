// The module says what the command line says, byte for byte: equal.mjs BATCHLINT MODULE FOLDER COUNT. Of the manifests in the
// folder every n-th is asked about, so that there are as many as wanted.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
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
let [findings, early, changed] = [0, 0, 0];
for (const path of paths) {
  const bytes = readFileSync(path);
  const text = bytes.toString("utf8");
  if (!Buffer.from(text, "utf8").equals(bytes)) continue;
  // Between two questions a minute may begin, and dates move.
  if (said(path) !== answered(path, text) && said(path) !== answered(path, text)) {
    console.error(`${path}:\n${said(path)}\n${answered(path, text)}`);
    process.exit(1);
  }
  // What a page shows first stays: there may be more to say.
  const now = Math.floor(Date.now() / 1000);
  const [all, first] = [batchlint, light].map((module) =>
    module.check([{ name: path, text }], { now }).findings.map((finding) => JSON.stringify(finding)),
  );
  if (all.length > first.length) changed += 1;
  const lost = first.filter((one) => !all.includes(one));
  if (lost.length > 0) throw new Error(`${path}: only the small module says ${lost.join("; ")}`);
  [findings, early] = [findings + all.length, early + first.length];
}
if (findings < paths.length) throw new Error("hardly anything is found: these are no manifests");
console.log(`${paths.length} manifests, ${findings} findings: byte for byte the same; ${early} of them at first`);
console.log(`of ${changed} manifests more is found when the whole module answers, and nothing otherwise`);

// Places as JavaScript counts, whatever stands before them.
const text = "é: 😀\nb: ü\n";
const at = (word) => Buffer.byteLength(text.slice(0, text.indexOf(word)));
const units = [...batchlint.units(text, [at("😀"), at("b"), at("ü"), Buffer.byteLength(text)])];
if (units.join() !== [text.indexOf("😀"), text.indexOf("b"), text.indexOf("ü"), text.length].join()) throw new Error(`units: ${units}`);

// What lies ahead is told in the program's words, too.
const FROM = ["2026-11-21T00:00Z", Date.parse("2026-11-21T00:00Z") / 1000];
const ahead = (answer, ...words) => {
  const args = [...words, "--from", FROM[0], "--format", "json"];
  const { stdout } = spawnSync(program, args, { encoding: "utf8", maxBuffer: 1 << 28 });
  if (JSON.stringify(answer) !== JSON.stringify(JSON.parse(stdout))) throw new Error(`${words.join(" ")} is told otherwise`);
};
const clean = new URL("../../fixtures/clean/", import.meta.url).pathname;
const fixtures = readdirSync(clean).filter((name) => name.endsWith(".yaml")).map((name) => join(clean, name));
for (const path of fixtures) {
  const [files, options] = [[{ name: path, text: readFileSync(path, "utf8") }], { now: FROM[1] }];
  ahead(batchlint.runs(files, 6 * 3600, options), "runs", path, "--for", "6h");
  ahead(batchlint.simulate(files, {}, options), "simulate", path);
  const claims = [{ name: "run-time", value: "40m" }];
  ahead(batchlint.simulate(files, { claims }, options), "simulate", path, "--run-time", "40m");
}
for (const [schedule, zone] of [["30 2 * * *", "Europe/Berlin"], ["0 24 * * *", "Etc/UTC"], ["every day at 3", "America/New_York"]]) {
  ahead(batchlint.schedule(schedule, zone, { now: FROM[1] }, 10), "schedule", schedule, "--time-zone", zone, "--count", "10");
}
console.log(`runs and simulations of ${fixtures.length} fixtures: the same`);

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

const below = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((one) =>
    one.isDirectory() ? below(join(folder, one.name)) : [join(folder, one.name)],
  );
const filesOf = (folder) => below(folder).sort().map((name) => ({ name, text: readFileSync(name, "utf8") }));
const key = ({ rule, file, range, message }) => `${file}:${range.start.byte}-${range.end.byte} ${rule} ${message}`;
const keys = (json) => JSON.parse(json).findings.map(key).sort().join("\n");
/** What is found in the files of a folder, and what becomes of them by their fixes, as the program does it. */
const alike = (what, folder) => {
  const files = filesOf(folder);
  const [here, there] = [keys(batchlint.checkText(files, { whole: true })), keys(said(folder))];
  if (here === "" || here !== there) throw new Error(`${what}:\n${here}\n\n${there}`);
  const { files: mended, applied, unfit } = batchlint.mend(files, { whole: true });
  const { status } = spawnSync(program, ["check", "--fix", "--quiet", folder], { encoding: "utf8" });
  if (status > 1) throw new Error(`${what}: --fix ends with ${status}`);
  for (const { name, text } of mended) {
    if (readFileSync(name, "utf8") !== text) throw new Error(`${what}: ${name} is mended otherwise:\n${text}\n${JSON.stringify(unfit)}`);
  }
  console.log(`${what} of ${files.length} files, ${here.split("\n").length} findings, ${applied.length} mended: the same`);
};
const scratch = mkdtempSync(join(tmpdir(), "equal-"));
// What does not belong to it is no part of the question.
mkdirSync(join(scratch, ".git"));

// A chart is checked where its author edits, as the command line does it, and mended there.
if (process.argv[6]) {
  cpSync(process.argv[6], join(scratch, "chart"), { recursive: true });
  alike("a chart", join(scratch, "chart"));
}
cpSync(new URL("../../fixtures/found", import.meta.url), join(scratch, "found"), { recursive: true });
alike("a folder", join(scratch, "found"));

// Each rule finds in its bad examples what it is for, and nothing in its good ones, as the page puts them.
let examples = 0;
for (const { name, audience } of batchlint.rules()) {
  const { bad, good, asOf } = batchlint.rule(name);
  const options = { pedantic: audience === "pedantic", now: asOf };
  const finds = ({ files, before }) =>
    batchlint.check(files, { ...options, before, whole: files.length > 1 }).findings.some((one) => one.rule === name);
  bad.forEach((example, at) => {
    if (!finds(example)) throw new Error(`${name} finds nothing in its bad example ${at + 1}`);
  });
  good.forEach((example, at) => {
    if (finds(example)) throw new Error(`${name} finds something in its good example ${at + 1}`);
  });
  examples += bad.length + good.length;
  // Those of several files are put together as the program does it.
  const [first] = bad;
  if (!first || first.files.length === 1 || first.files.some((file) => file.name.endsWith("Chart.yaml"))) continue;
  for (const { name: file, text } of first.files) {
    mkdirSync(join(scratch, name, dirname(file)), { recursive: true });
    writeFileSync(join(scratch, name, file), text);
  }
  alike(name, join(scratch, name));
}
console.log(`${examples} examples of rules: found, or not`);
rmSync(scratch, { recursive: true });
