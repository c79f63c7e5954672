// All of batchlint that is not the command line.
import init, * as raw from "./full.js";
import { at, words, wrap } from "./wrap.js";

/** Loads the module, by its address or its bytes. */
export async function load(module = new URL("./full_bg.wasm", import.meta.url)) {
  await init({ module_or_path: module });
  return {
    ...wrap(raw),
    rules: () => JSON.parse(raw.rules()).rules,
    rule: (name) => JSON.parse(raw.rule(name)),
    mend: (files, options, withUnsafe = false) => JSON.parse(raw.mend(...words(files, at(options)), withUnsafe)),
    schedule: (schedule, timeZone = "", options = {}, count = 10) =>
      JSON.parse(raw.schedule(schedule, timeZone, count, ...words(at(options)))),
    runs: (files, seconds, options) => JSON.parse(raw.runs(...words(files), seconds, ...words(at(options)))),
    manifest: (schedule, timeZone = "") => raw.manifest(schedule, timeZone),
    reading: (file) => raw.reading(file.name, file.text),
    simulate: (files, assumptions, options) => JSON.parse(raw.simulate(...words(files, assumptions, at(options)))),
  };
}
