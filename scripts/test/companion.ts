import { mkdir, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";
import { outFolder, root } from "../paths.ts";
import type { Flavour } from "./flavour.ts";

const insideFolder = path.join(root, "test", "host", "inside");

/** Bundles the inside suites into the test-only extension, and answers its folder. */
export async function buildCompanion(flavour: Flavour): Promise<string> {
  const folder = path.join(outFolder, "host", `companion-${flavour}`);
  await mkdir(folder, { recursive: true });
  await build({
    stdin: { contents: await entry(), resolveDir: root, loader: "ts" },
    outfile: path.join(folder, "companion.js"),
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node22",
    external: ["vscode"],
    sourcemap: "inline",
    logLevel: "warning",
  });
  await writeFile(path.join(folder, "package.json"), JSON.stringify(manifestOf(flavour), null, 2));
  return folder;
}

/** The suites are evaluated when mocha's globals are there, not when the bundle is loaded. */
async function entry() {
  const names = await readdir(insideFolder, { recursive: true });
  const suites = names.filter((name) => name.endsWith(".test.ts")).sort();
  if (suites.length === 0) throw new Error(`There are no suites in ${insideFolder}.`);
  const loads = suites.map((name) => `require(${JSON.stringify(path.join(insideFolder, name))});`);
  return [
    'import { companionOf } from "./test/host/companion/main.ts";',
    `export const { activate, run } = companionOf(() => {\n${loads.join("\n")}\n});`,
  ].join("\n");
}

/** It declares what the package beside it declares, so that the suites can see what the host makes of that. */
function manifestOf(flavour: Flavour) {
  return {
    name: "companion",
    publisher: "kept-test",
    version: "1.0.0",
    engines: { vscode: "^1.101.0" },
    main: "./companion.js",
    activationEvents: ["onStartupFinished"],
    capabilities: { untrustedWorkspaces: { supported: true } },
    ...(flavour === "proposed" ? { enabledApiProposals: ["textDocumentChangeReason"] } : {}),
  };
}
