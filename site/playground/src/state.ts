// What the page shows, in its address: behind the `#`, which no browser sends.
import type { File } from "../../../packages/wasm/dist/light.js";

export interface Settings {
  kubernetesVersion: string;
  controllerTimeZone: string;
  pedantic: boolean;
  /** In seconds since 1970; null: the clock's. */
  now: number | null;
}

export interface State {
  files: File[];
  active: number;
  /** The file beside it; -1: none, `WAS`: the file as it was. */
  beside: number;
  /** The files as they were, where their change is looked at. */
  before: File[];
  settings: Settings;
  tab: string;
}

export const WAS = -2;

/** What an address may ask for beside a whole state. */
export interface Asked {
  state?: State;
  rule?: string;
  example?: string;
  schedule?: { expression: string; zone: string };
}

const VERSION = "1.";

export async function written(state: State): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(state));
  const packed = await through(bytes, new CompressionStream("deflate-raw"));
  let text = "";
  for (const byte of packed) text += String.fromCharCode(byte);
  return "#s=" + VERSION + btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

export async function read(fragment: string): Promise<Asked> {
  const asked = new URLSearchParams(fragment.replace(/^#/, ""));
  const [packed, rule, example, expression] = ["s", "rule", "example", "schedule"].map((name) => asked.get(name));
  if (packed) return { state: await unpacked(packed) };
  if (rule) return { rule };
  if (example) return { example };
  return expression ? { schedule: { expression, zone: asked.get("zone") ?? "" } } : {};
}

async function unpacked(packed: string): Promise<State> {
  if (!packed.startsWith(VERSION)) throw new Error("this link is of another version of the page");
  const text = atob(packed.slice(VERSION.length).replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(text, (char) => char.charCodeAt(0));
  const json = new TextDecoder().decode(await through(bytes, new DecompressionStream("deflate-raw")));
  return checked(JSON.parse(json));
}

/** A link may come from anybody. */
function checked(value: unknown): State {
  const { files, active, beside, before, settings, tab } = value as Partial<State>;
  const isFile = (file: Partial<File>) => typeof file?.name === "string" && typeof file.text === "string";
  const areFiles = (files: unknown): files is File[] => Array.isArray(files) && files.every(isFile);
  if (!areFiles(files) || files.length === 0) throw new Error("this link holds no manifest");
  const alone = (files: File[]) => files.map(({ name, text }) => ({ name, text }));
  const was = areFiles(before) ? alone(before) : [];
  const said: Partial<Settings> = settings ?? {};
  return {
    files: alone(files),
    active: files[active ?? 0] ? (active ?? 0) : 0,
    beside: files[beside ?? -1] || (beside === WAS && was.length > 0) ? (beside ?? -1) : -1,
    before: was,
    settings: {
      kubernetesVersion: String(said.kubernetesVersion ?? ""),
      controllerTimeZone: String(said.controllerTimeZone ?? ""),
      pedantic: said.pedantic === true,
      now: typeof said.now === "number" && Number.isSafeInteger(said.now) ? said.now : null,
    },
    tab: String(tab ?? "findings"),
  };
}

async function through(bytes: Uint8Array<ArrayBuffer>, stream: GenericTransform): Promise<Uint8Array> {
  const piped = new Blob([bytes]).stream().pipeThrough(stream as ReadableWritablePair<Uint8Array, Uint8Array>);
  return new Uint8Array(await new Response(piped).arrayBuffer());
}

type GenericTransform = CompressionStream | DecompressionStream;
