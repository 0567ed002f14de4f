import { copyFile, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

/**
 * Makes the editor for the browser behave as the desktop one does, in two places.
 *
 * It answers yes to every question whether an extension may use a proposed interface. VS Code asks the extension's
 * manifest, and so does this one afterwards: what is tested without a proposal is tested as its users run it.
 *
 * Its log writer needs a compiler; one that needs none takes its place.
 */
export async function repair(vscode: string) {
  await askTheManifest(path.join(vscode, "out", "vs", "workbench", "api", "node", "extensionHostProcess.js"));
  await copyFile(
    path.join(import.meta.dirname, "file-log.cjs"),
    path.join(vscode, "node_modules", "@vscode", "spdlog", "index.js"),
  );
}

/** The function, and the one after it, whose message says which function it is. */
const alwaysYes =
  /function ([\w$]+)\(([\w$]+),([\w$]+)\)\{return!0\}(?=function [\w$]+\(\2,\3\)\{if\(!\1\(\2,\3\)\)throw new Error\(`Extension '\$\{\2\.identifier\.value\}' CANNOT use API proposal)/g;

async function askTheManifest(file: string) {
  const text = await readFile(file, "utf8");
  const found = text.match(alwaysYes)?.length ?? 0;
  if (found !== 1) throw new Error(`${file} answers for proposed interfaces in ${found} places, not in one.`);
  await writeFile(
    file,
    text.replace(alwaysYes, "function $1($2,$3){return!!$2.enabledApiProposals?.includes($3)}"),
  );
}
