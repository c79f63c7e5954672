// The engine's thread: the small module answers first, what it can, and the whole one from when it is there.
import { load as loadLight, type Light } from "../../../packages/wasm/dist/light.js";
import type { Batchlint } from "../../../packages/wasm/dist/index.js";
import { type Answer, QUICK, type Question } from "./question.js";

let whole: Promise<Batchlint> | undefined;
let ready: Batchlint | undefined;
// Nobody has to ask first.
const light: Promise<Light> | undefined = self.name === "whole" ? undefined : small();
// Whoever asks is told when nothing can be loaded.
light?.catch(() => {});

async function small(): Promise<Light> {
  return loadLight(new URL("light.wasm", location.href)).catch(() => (whole ??= all()));
}

async function all(): Promise<Batchlint> {
  const { load } = await import("../../../packages/wasm/dist/index.js");
  return (ready = await load(new URL("full.wasm", location.href)));
}

async function answer({ what, words }: Question): Promise<unknown> {
  if (what === "whole") return void (await (whole ??= all()));
  const engine = ready ?? (light && what in QUICK ? await light : await (whole ??= all()));
  return (engine as unknown as Record<string, (...words: unknown[]) => unknown>)[what]!(...words);
}

addEventListener("message", ({ data }: MessageEvent<Question>) => {
  const reply = (answer: Omit<Answer, "id">) => postMessage({ id: data.id, ...answer });
  answer(data).then(
    (value) => reply({ value }),
    (error: Error) => reply({ error: error.message, trapped: error instanceof WebAssembly.RuntimeError }),
  );
});
