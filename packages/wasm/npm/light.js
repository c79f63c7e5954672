// What fits into a page's first second: manifests checked, without their shell scripts.
import init, * as raw from "./light_raw.js";
import { wrap } from "./wrap.js";

/** Loads the module, by its address or its bytes. */
export async function load(module = new URL("./light_bg.wasm", import.meta.url)) {
  await init({ module_or_path: module });
  return wrap(raw);
}
