import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";
import { outFolder } from "../../../scripts/paths.ts";

/** The id by which the editor knows whose completion it was. */
export const providerId = "kept-test.companion";

/** Bundles the provider of completions into an extension, and answers its folder. */
export async function buildProvider(): Promise<string> {
  const folder = path.join(outFolder, "host", "provider");
  await mkdir(folder, { recursive: true });
  await build({
    entryPoints: [path.join(import.meta.dirname, "main.ts")],
    outfile: path.join(folder, "provider.js"),
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node22",
    external: ["vscode"],
    logLevel: "warning",
  });
  await writeFile(path.join(folder, "package.json"), JSON.stringify(manifest, null, 2));
  return folder;
}

const [publisher, name] = providerId.split(".");

const manifest = {
  name,
  publisher,
  version: "1.0.0",
  engines: { vscode: "^1.101.0" },
  main: "./provider.js",
  activationEvents: ["onStartupFinished"],
  enabledApiProposals: ["inlineCompletionsAdditions"],
  capabilities: { untrustedWorkspaces: { supported: true } },
};
