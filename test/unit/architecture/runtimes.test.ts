import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

const root = path.resolve(import.meta.dirname, "../../..");

/** Compiles one line as if it stood in a folder, with that folder's own configuration. */
function errorsIn(folder: string, code: string): string[] {
  const configFile = path.join(root, folder, "tsconfig.json");
  const scratch = mkdtempSync(path.join(root, "node_modules", ".fixture-"));
  try {
    const file = path.join(scratch, "fixture.ts");
    writeFileSync(file, `${code}\n`);
    const config = ts.parseJsonConfigFileContent(
      ts.readConfigFile(configFile, (name) => ts.sys.readFile(name)).config,
      ts.sys,
      path.dirname(configFile),
    );
    const program = ts.createProgram({
      rootNames: [file],
      options: { ...config.options, noEmit: true, composite: false, incremental: false, rootDir: root },
    });
    return ts
      .getPreEmitDiagnostics(program)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

const page = "export const title = document.title;";
const node = 'import { readFileSync } from "node:fs";\nexport const read = readFileSync;';
const editor = 'import * as vscode from "vscode";\nexport const version = vscode.version;';

suite("Each folder's runtime", () => {
  const refused: [string, string[]][] = [
    ["protocol", [page, node]],
    ["core", [page, node]],
    ["webview", [node]],
    ["server", [page]],
    ["org", [page]],
    ["extension", [page]],
  ];
  const granted: [string, string[]][] = [
    ["webview", [page]],
    ["server", [node]],
    ["org", [node]],
    ["extension", [node, editor]],
  ];

  for (const [folder, codes] of refused) {
    test(`keeps other runtimes' libraries out of ${folder}`, function () {
      this.timeout(60_000);
      for (const code of codes) assert.notDeepEqual(errorsIn(folder, code), [], `${folder}: ${code}`);
    });
  }
  for (const [folder, codes] of granted) {
    test(`grants ${folder} its own`, function () {
      this.timeout(60_000);
      for (const code of codes) assert.deepEqual(errorsIn(folder, code), [], `${folder}: ${code}`);
    });
  }
});
