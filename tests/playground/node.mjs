// What a user of the npm package runs in Node, as its README has it; beside the installed package.
import { readFile } from "node:fs/promises";
import { load } from "batchlint-wasm";
import { load as loadLight } from "batchlint-wasm/light";

const text = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: report}\nspec: {backoffLimit: -1}\n";
for (const [size, load_] of Object.entries({ full: load, light: loadLight })) {
  const bytes = await readFile(new URL(import.meta.resolve(`batchlint-wasm/${size}.wasm`)));
  const batchlint = await load_(bytes);
  const { findings } = batchlint.check([{ name: "job.yaml", text }], { kubernetesVersion: "1.33" });
  const refused = findings.find((one) => one.server?.field === "spec.backoffLimit");
  if (!refused) throw new Error(`${size}: ${JSON.stringify(findings)}`);
  console.log(`${size}: ${refused.message}`);
}
