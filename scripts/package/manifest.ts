import { readFile } from "node:fs/promises";
import path from "node:path";
import { root } from "../paths.ts";

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly publisher: string;
  readonly [field: string]: unknown;
}

/** What only the repository needs. Dependencies are in the bundles. */
const leftOut = [
  "bin",
  "dependencies",
  "devDependencies",
  "optionalDependencies",
  "overrides",
  "private",
  "scripts",
  "type",
  "workspaces",
];

/** Says for each change what made it. Only hosts that grant it may run a package that declares it. */
const proposals = ["textDocumentChangeReason"];

export async function readManifest(): Promise<Manifest> {
  return JSON.parse(await readFile(path.join(root, "package.json"), "utf8")) as Manifest;
}

/** The manifest of the packaged extension. */
export function packagedManifest(manifest: Manifest, proposed: boolean): Manifest {
  const kept = Object.entries(manifest).filter(([field]) => !leftOut.includes(field));
  const engines = { vscode: (manifest["engines"] as { vscode: string }).vscode };
  return {
    ...(Object.fromEntries(kept) as unknown as Manifest),
    // The editor runs it once the extension is gone: tools must not go on calling what nobody reads.
    scripts: { "vscode:uninstall": "node ./dist/cli.js uninstall" },
    engines,
    ...(proposed ? { enabledApiProposals: proposals } : {}),
  };
}
