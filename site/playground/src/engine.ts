// Asks the engine's thread. Of what is asked again before it is answered, only the last answer counts.
import type { Batchlint } from "../../../packages/wasm/dist/index.js";
import { type Answer, QUICK, type Question } from "./question.js";

type Asked = Omit<Batchlint, "checkText">;
type Waiting = { resolve: (value: never) => void; reject: (why: Error) => void };

let number = 0;
const waiting = new Map<number, Waiting>();
/** Whether all is answered by the whole engine: what a rule's page shows, only that may know. */
let isWhole = location.hash.startsWith("#rule=");
// It loads while the page is put together.
let worker: Worker | undefined = start();

function start(): Worker {
  const started = new Worker("worker.js", { type: "module", name: isWhole ? "whole" : "first" });
  started.addEventListener("message", ({ data }: MessageEvent<Answer>) => {
    const asked = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.trapped) stop("the engine stopped, which is a bug in batchlint: " + data.error);
    if (data.error === undefined) asked?.resolve(data.value as never);
    else asked?.reject(new Error(data.error));
  });
  started.addEventListener("error", (event) => stop(event.message || "the engine could not be loaded"));
  return started;
}

/** The next question starts another engine. */
function stop(why: string): void {
  worker?.terminate();
  worker = undefined;
  for (const { reject } of waiting.values()) reject(new Error(why));
  waiting.clear();
}

function ask(what: Question["what"], words: unknown[]): Promise<never> {
  worker ??= start();
  const id = ++number;
  worker.postMessage({ id, what, words } satisfies Question);
  return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
}

export function engine<What extends keyof Asked>(
  what: What,
  ...words: Parameters<Asked[What]>
): Promise<ReturnType<Asked[What]>> {
  const answered = ask(what, words);
  // To answer this it was loaded.
  if (!(what in QUICK)) void answered.then(() => (isWhole = true), () => {});
  return answered;
}

export const engineIsWhole = (): boolean => isWhole;

/** Loads what the first answer did without: scripts, charts, the simulation. */
export async function loadWhole(): Promise<void> {
  await ask("whole", []);
  isWhole = true;
}
