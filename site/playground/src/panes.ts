// The editors, with what is found in the files that they show.
import type { Check, File } from "../../../packages/wasm/dist/light.js";
import { find, renew, reveal } from "./dom.js";
import { Editor } from "./editor.js";
import { engine, engineIsWhole } from "./engine.js";
import { type Actions, type Units, bytesOf, count, diagnostics, items, summary, unchecked } from "./findings.js";
import { beside, changed, file, options, state, trying } from "./store.js";

/** An editor with the file that it shows; a chart has its values beside a template. */
class Pane {
  readonly editor: Editor;
  /** What was checked last of it, and where its bytes are. */
  checked: { text: string; units: Units } = { text: "", units: new Map() };

  constructor(selector: string, label: string, readonly file: () => File | undefined) {
    this.editor = new Editor(find(selector), label, (text) => {
      const file = this.file();
      if (!file || file.text === text) return;
      file.text = text;
      changed();
    });
  }

  open(): void {
    this.editor.open(this.file()?.text ?? "");
  }

  /** Shows what was found, and whether it could: what was typed meanwhile may have moved the places. */
  async show(check: Check): Promise<boolean> {
    const file = this.file();
    // Of what a file was, nothing is said.
    if (!file || !state.files.includes(file)) return true;
    const { name, text } = file;
    const bytes = bytesOf(check, name);
    const places = bytes.length ? await engine("units", text, bytes) : [];
    if (this.file()?.text !== text || this.file()?.name !== name) return false;
    this.checked = { text, units: new Map(bytes.map((byte, at) => [byte, places[at]!])) };
    this.editor.show(diagnostics(check, name, this.checked.units, actions));
    return true;
  }
}

export const pane = new Pane("#editor", "Manifest", file);
export const panes = [pane, new Pane("#beside", "The file beside it", beside)];

/** Puts another text into a file, be it shown or not. */
export function write(file: File, text: string): void {
  if (file.text === text) return;
  const pane = panes.find((pane) => pane.file() === file);
  if (pane) return pane.editor.replace(text);
  file.text = text;
  changed();
}

/** Checks, and shows it; not where something was typed meanwhile. */
export async function check(): Promise<boolean> {
  const { files, active } = state;
  const check = await engine("check", files, options());
  for (const pane of panes) {
    if (!(await pane.show(check))) return false;
  }
  find("#summary").textContent = summary(check, engineIsWhole());
  find("#further").hidden ||= engineIsWhole();
  renew(find("#list"), [...items(check, files, active, actions), ...unchecked(check)]);
  files.forEach(({ name }, at) => tell(find(`#file-${at}`), name, count(check, name)));
  reveal(find(`#file-${active}`));
  const isSafe = (fix: { safety: string }) => fix.safety === "safe";
  // What can be mended of a chart is known once it is tried.
  const isChart = files.some(({ name }) => name === "Chart.yaml" || name.endsWith("/Chart.yaml"));
  find<HTMLButtonElement>("#mend").disabled = !check.findings.some((one) => isChart || one.fixes.some(isSafe));
  return true;
}

/** A file's tab, and how much is found in it. */
function tell(tab: HTMLElement, name: string, count: number): void {
  tab.textContent = count ? `${name} (${count})` : name;
}

let show: (at: number) => void = () => {};

/** Who puts another file into the editor. */
export const onOpen = (open: typeof show): void => void (show = open);

const actions: Actions = {
  goTo(name, range) {
    const at = state.files.findIndex((one) => one.name === name);
    if (at < 0) return;
    if (at !== state.active && state.files[at] !== beside()) show(at);
    const pane = panes.find((pane) => pane.file() === state.files[at])!;
    trying(async () => {
      const [from, to] = await engine("units", state.files[at]!.text, [range.start.byte, range.end.byte]);
      pane.editor.goTo(from!, to!);
    })();
  },
  apply(fix) {
    for (const file of state.files) {
      const edits = fix.edits.filter((edit) => edit.file === file.name);
      const pane = panes.find((pane) => pane.file() === file);
      if (!pane) {
        trying(() => edit(file, edits))();
      } else if (pane.checked.text === file.text) {
        const at = (byte: number) => pane.checked.units.get(byte) ?? 0;
        pane.editor.change(edits.map(({ range, text }) => ({ from: at(range.start.byte), to: at(range.end.byte), insert: text })));
      }
    }
  },
};

/** Edits a file that is not in the editor. */
async function edit(other: File, edits: Check["findings"][number]["fixes"][number]["edits"]): Promise<void> {
  if (edits.length === 0) return;
  const bytes = edits.flatMap(({ range }) => [range.start.byte, range.end.byte]);
  const places = await engine("units", other.text, bytes);
  const changes = edits.map(({ text }, at) => ({ from: places[2 * at]!, to: places[2 * at + 1]!, text }));
  for (const { from, to, text } of changes.sort((one, two) => two.from - one.from)) {
    other.text = other.text.slice(0, from) + text + other.text.slice(to);
  }
  changed();
}

