// What a user of the npm package writes; only compiled.
import { type Check, load } from "batchlint-wasm";
import { load as loadLight } from "batchlint-wasm/light";

const batchlint = await load();
const files = [{ name: "job.yaml", text: "" }];
const found: Check = batchlint.check(files, { kubernetesVersion: "1.33", pedantic: true });
const places: [number, string, string | null][] = found.findings.map((one) => [one.range.start.byte, one.message, one.help]);
const { words, runs, clockChanges } = batchlint.schedule("0 2 * * 1-5", "Europe/Berlin");
const answers = batchlint.simulate(files, { claims: [{ name: "run-time", value: "40m" }] }).simulations[0]?.whatIf?.rows;
const mended: string[] = batchlint.mend(files, {}, true).files.map((file) => file.text);
const [example] = batchlint.rule("schedule-syntax").bad.map(({ files, before }) => batchlint.check(files, { before }));
const light = await loadLight(new Uint8Array());
// @ts-expect-error The small module does not simulate.
light.simulate(files, {});
// @ts-expect-error There is no such option.
batchlint.check(files, { colour: "red" });
export { answers, clockChanges, example, mended, places, runs, words };
