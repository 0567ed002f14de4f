import assert from "node:assert/strict";
import path from "node:path";
import { ESLint } from "eslint";
import { exceptions, forbidden, onlyImportedBy } from "../../../eslint.layers.mjs";

const root = path.resolve(import.meta.dirname, "../../..");

/**
 * The real configuration, without the type information that a file which does not exist cannot have. So only rules
 * that need no types are asked.
 */
const eslint = new ESLint({
  cwd: root,
  overrideConfig: {
    languageOptions: { parserOptions: { projectService: false, project: null } },
    rules: {
      "@typescript-eslint/no-floating-promises": "off",
      "@typescript-eslint/switch-exhaustiveness-check": "off",
      "@typescript-eslint/consistent-type-imports": "off",
      "@typescript-eslint/restrict-template-expressions": "off",
    },
  },
  ruleFilter: ({ ruleId }) =>
    ["no-restricted-imports", "no-restricted-syntax", "no-console"].includes(ruleId),
});

async function refusals(file: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath: path.join(root, file) });
  const fatal = result?.messages.find((message) => message.fatal);
  assert.equal(fatal, undefined, fatal?.message);
  return [...new Set(result!.messages.map(({ ruleId }) => ruleId ?? "none"))];
}

const folders = Object.keys(forbidden);

suite("The layers", () => {
  suiteSetup(function () {
    // The first call loads the whole linter.
    this.timeout(60_000);
    return refusals("core/fixture.ts", "export const nothing = 0;\n");
  });

  for (const [folder, { folders: otherFolders, packages }] of Object.entries(forbidden)) {
    test(`refuse every forbidden import of ${folder}`, async function () {
      this.timeout(60_000);
      for (const glob of otherFolders) {
        const other = glob.replaceAll("*", "").replaceAll("/", "");
        const code = `import { thing } from "../${other}/thing.ts";\nexport const copy: unknown = thing;\n`;
        assert.deepEqual(
          await refusals(`${folder}/fixture.ts`, code),
          ["no-restricted-imports"],
          `${folder} may import ${other}`,
        );
      }
      for (const pattern of packages) {
        const name = pattern.replace("*", "something");
        const code = `import * as thing from "${name}";\nexport const copy: unknown = thing;\n`;
        assert.deepEqual(
          await refusals(`${folder}/fixture.ts`, code),
          ["no-restricted-imports"],
          `${folder} may import ${name}`,
        );
      }
    });
  }

  test("let each folder import what the map allows", async () => {
    const allowed: [string, string][] = [
      ["core/fixture.ts", "../protocol/origin.ts"],
      ["extension/fixture.ts", "vscode"],
      ["extension/fixture.ts", "../core/day.ts"],
      ["server/fixture.ts", "node:fs"],
      ["webview/fixture.ts", "lit"],
      ["org/fixture.ts", "fastify"],
      ["org/console/fixture.ts", "../../webview/fixture.ts"],
      ["protocol/fixture.ts", "zod"],
    ];
    for (const [file, name] of allowed) {
      const code = `import * as thing from "${name}";\nexport const copy: unknown = thing;\n`;
      assert.deepEqual(await refusals(file, code), [], `${file} may not import ${name}`);
    }
  });

  test("name folders that exist, and exceptions inside them", () => {
    for (const glob of Object.keys(exceptions)) assert.ok(folders.includes(glob.split("/")[0]!), glob);
  });

  test("keep a package that one file owns from all others", async () => {
    for (const [name, owners] of Object.entries(onlyImportedBy)) {
      const code = `import * as thing from "${name}";\nexport const copy: unknown = thing;\n`;
      for (const owner of owners) {
        assert.deepEqual(await refusals(owner, code), [], `${owner} may not import ${name}`);
        const neighbour = `${owner.split("/")[0]}/fixture.ts`;
        assert.deepEqual(await refusals(neighbour, code), ["no-restricted-imports"], neighbour);
      }
    }
  });

  test("let messages go through the one place that makes no links of them", async () => {
    for (const show of ["showInformationMessage", "showWarningMessage", "showErrorMessage"]) {
      const code = `import * as vscode from "vscode";\nexport const said = vscode.window.${show}("words");\n`;
      for (const file of ["extension/fixture.ts", "extension/sync/fixture.ts", "extension/main.ts"])
        assert.deepEqual(await refusals(file, code), ["no-restricted-syntax"], `${file}: ${show}`);
      const taken = `import { window } from "vscode";\nexport const { ${show} } = window;\n`;
      assert.deepEqual(await refusals("extension/fixture.ts", taken), ["no-restricted-syntax"], show);
      assert.deepEqual(await refusals("extension/messages.ts", code), []);
    }
  });

  test("pass time, chance and identity in, outside entry files", async () => {
    const ambient = [
      "export const now = Date.now();",
      "export const now = new Date();",
      "export const now = performance.now();",
      "export const chance = Math.random();",
      "export const id = crypto.randomUUID();",
      'import { randomUUID } from "node:crypto";\nexport const id = randomUUID;',
    ];
    for (const folder of ["protocol", "core", "extension", "server", "webview", "org"]) {
      for (const code of ambient) {
        assert.ok(
          (await refusals(`${folder}/fixture.ts`, `${code}\n`)).includes("no-restricted-syntax"),
          `${folder}: ${code}`,
        );
      }
    }
    assert.deepEqual(await refusals("server/main.ts", `${ambient[0]}\n`), []);
    assert.deepEqual(await refusals("core/fixture.ts", "export const then = new Date(0);\n"), []);
  });
});
