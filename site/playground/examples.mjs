// The examples of the menu, from `fixtures/`: each a list of files under its name.
import { readFileSync, readdirSync, statSync } from "node:fs";
import { basename, join, relative } from "node:path";

const fixtures = new URL("../../fixtures/", import.meta.url).pathname;
const file = (path, name) => ({ name, text: readFileSync(path, "utf8") });
const below = (folder) =>
  readdirSync(folder)
    .map((name) => join(folder, name))
    .flatMap((path) => (statSync(path).isDirectory() ? below(path) : [path]));

const examples = {};
for (const group of ["found", "clean"]) {
  for (const name of readdirSync(join(fixtures, group)).filter((name) => name.endsWith(".yaml")).sort()) {
    examples[`${group}/${name.replace(".yaml", "")}`] = [file(join(fixtures, group, name), name)];
  }
}
for (const chart of ["templates/backup", "charts/report"].map((name) => join(fixtures, name))) {
  examples[`chart/${basename(chart)}`] = below(chart).sort().map((path) => file(path, relative(chart, path)));
}
process.stdout.write(JSON.stringify(examples));
