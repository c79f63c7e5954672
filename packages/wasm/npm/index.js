// All of batchlint that is not the command line.
import init, * as raw from "./full.js";
import { wrap } from "./wrap.js";

/** Loads the module, by its address or its bytes. */
export async function load(module = new URL("./full_bg.wasm", import.meta.url)) {
  await init({ module_or_path: module });
  return {
    ...wrap(raw),
    simulate: (files, assumptions, options) => JSON.parse(raw.simulate(...wrap.words(files, assumptions, wrap.at(options)))),
  };
}
