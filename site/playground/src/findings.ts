// What is found: in the text, and in a list that the keyboard reaches.
import type { Diagnostic } from "@codemirror/lint";
import type { Check, File } from "../../../packages/wasm/dist/light.js";
import { type Item, make, prose, ruleLink } from "./dom.js";

type Finding = Check["findings"][number];
type Fix = Finding["fixes"][number];
type Range = Finding["range"];

/** What can be done about findings; bytes are those of the file that is named. */
export interface Actions {
  goTo(file: string, range: Range): void;
  apply(fix: Fix): void;
}

/** UTF-16 code units of the bytes of a text. */
export type Units = Map<number, number>;

const SEVERITIES = { error: "error", warning: "warning", advice: "info" } as const;

/** Every byte of a file that a finding or a fix names. */
export function bytesOf(found: Check, file: string): number[] {
  const bytes = new Set<number>();
  const add = ({ start, end }: Range) => void bytes.add(start.byte).add(end.byte);
  for (const finding of found.findings) {
    if (finding.file === file) add(finding.range);
    for (const { edits } of finding.fixes) edits.filter((edit) => edit.file === file).forEach((edit) => add(edit.range));
  }
  return [...bytes];
}

export function diagnostics(found: Check, file: string, units: Units, actions: Actions): Diagnostic[] {
  const own = found.findings.filter((finding) => finding.file === file);
  return own.map((finding) => ({
    from: units.get(finding.range.start.byte) ?? 0,
    to: units.get(finding.range.end.byte) ?? 0,
    severity: SEVERITIES[finding.severity],
    source: finding.rule,
    message: finding.help ? `${finding.message}\n${finding.help}` : finding.message,
    actions: finding.fixes.map((fix) => ({ name: fix.title, apply: () => actions.apply(fix) })),
  }));
}

/** The findings, those of the file that is shown first. */
export function items(found: Check, files: File[], active: number, actions: Actions): Item[] {
  const shown = files[active]?.name;
  const order = (finding: Finding) => (finding.file === shown ? 0 : 1);
  const all = [...found.findings].sort((one, other) => order(one) - order(other));
  const namesFile = files.length > 1;
  return all.map((finding) => ({ key: JSON.stringify([namesFile, finding]), make: () => item(finding, namesFile, actions) }));
}

function item(finding: Finding, namesFile: boolean, actions: Actions): HTMLElement {
  const { line, column } = finding.range.start;
  const place = `${namesFile ? `${finding.file}:` : ""}${line}:${column}`;
  const button = make(
    "button",
    { type: "button", class: "place", click: () => actions.goTo(finding.file, finding.range) },
    make("span", { class: `severity ${finding.severity}` }, finding.severity),
    ` ${place} `,
    make("span", { class: "message" }, ...prose(finding.message)),
  );
  const parts: HTMLElement[] = [button];
  if (finding.help) parts.push(make("p", {}, ...prose(finding.help)));
  if (finding.server) {
    const { field, reason } = finding.server;
    parts.push(make("p", { class: "faint" }, `The API server: ${field}${reason ? `: ${reason}` : ""}`));
  }
  for (const related of finding.related) {
    const go = () => actions.goTo(related.file, related.range);
    const file = related.file === finding.file ? "" : `${related.file}:`;
    const where = `${file}${related.range.start.line}:${related.range.start.column}`;
    parts.push(make("p", {}, make("button", { type: "button", class: "link", click: go }, where), " ", ...prose(related.message)));
  }
  const fixes = finding.fixes.map((fix) => {
    const words = fix.safety === "safe" ? fix.title : `${fix.title} (changes what runs)`;
    return make("button", { type: "button", click: () => actions.apply(fix) }, ...prose(words));
  });
  parts.push(make("p", { class: "fixes" }, ...fixes, ruleLink(finding.rule)));
  return make("li", {}, ...parts);
}

/** Counts in a sentence, for those who listen as well. */
export function summary(found: Check, isWhole: boolean): string {
  const { errors, warnings, advice, checked, suppressed, notShown } = found.summary;
  const counted = (count: number, what: string) => (count === 0 ? [] : [`${count} ${what}${count === 1 ? "" : "s"}`]);
  const counts = [
    ...counted(errors, "error"),
    ...counted(warnings, "warning"),
    ...(advice ? [`${advice} advice`] : []),
    ...(suppressed ? [`${suppressed} suppressed`] : []),
  ];
  const habits = Object.values(notShown.habits).reduce((sum, count) => sum + count, 0);
  if (habits) counts.push(`${habits} more with Pedantic`);
  const objects = checked === 1 ? "1 object checked" : `${checked} objects checked`;
  return `${objects}: ${counts.join(", ") || "nothing found"}${isWhole ? "" : " so far …"}`;
}

/** How many findings a file has. */
export const count = (found: Check, file: string): number => found.findings.filter((finding) => finding.file === file).length;

/** Objects that were not checked, and why; of files that are none, only where there is nothing else. */
export function unchecked(found: Check): Item[] {
  const isAlone = found.documents.length === 1;
  const left = found.documents.filter(({ checked, kind, reason }) => !checked && reason && (kind || isAlone));
  const words = left.map(({ kind, name, reason }) => `${[kind ?? "the document", name].filter(Boolean).join(" ")}: ${reason}`);
  return words.map((words) => ({ key: words, make: () => make("li", { class: "faint" }, words) }));
}
