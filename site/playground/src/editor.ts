// The editor: a plain field, so that the first answer waits for nothing else, and soon CodeMirror in its place.
import type { Diagnostic } from "@codemirror/lint";
import type { Change, CodeMirror } from "./codemirror.js";
import { make } from "./dom.js";

export class Editor {
  private readonly field: HTMLTextAreaElement;
  private view: CodeMirror | undefined;
  /** What was opened, or typed since, and what is shown of it. */
  private text = "";
  private diagnostics: Diagnostic[] = [];

  constructor(private readonly parent: HTMLElement, private readonly label: string, private readonly changed: (text: string) => void) {
    const input = () => this.put(this.field.value);
    this.field = make("textarea", { "aria-label": label, spellcheck: "false", autocomplete: "off", wrap: "off", input });
    parent.append(this.field);
  }

  /** CodeMirror takes over, with the text and the place in it. */
  async furnish(): Promise<void> {
    const { CodeMirror } = await import("./codemirror.js");
    const { selectionStart, selectionEnd } = this.field;
    const isActive = document.activeElement === this.field;
    this.field.remove();
    this.view = new CodeMirror(this.parent, this.label, this.changed);
    this.view.open(this.text);
    this.view.show(this.diagnostics);
    if (isActive) this.view.goTo(selectionStart, selectionEnd);
  }

  /** Another file: what was done to the last one is not undone in this one. */
  open(text: string): void {
    this.text = text;
    this.diagnostics = [];
    this.field.value = text;
    this.view?.open(text);
  }

  /** Another text of the same file. */
  replace(text: string): void {
    if (this.view) this.view.replace(text);
    else this.put(text);
  }

  change(changes: Change[]): void {
    if (this.view) return this.view.change(changes);
    const backwards = [...changes].sort((one, other) => other.from - one.from);
    this.put(backwards.reduce((text, { from, to, insert }) => text.slice(0, from) + insert + text.slice(to), this.text));
  }

  show(diagnostics: Diagnostic[]): void {
    this.diagnostics = diagnostics;
    this.view?.show(diagnostics);
  }

  /** Selects a place, and goes there. */
  goTo(from: number, to: number): void {
    if (this.view) return this.view.goTo(from, to);
    this.field.focus();
    this.field.setSelectionRange(from, to);
  }

  private put(text: string): void {
    this.text = text;
    if (this.field.value !== text) this.field.value = text;
    this.changed(text);
  }
}
