import assert from "node:assert/strict";
import { existsSync, globSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../../..");
const documents = [...globSync("*.md", { cwd: root }), ...globSync("docs/**/*.md", { cwd: root })];
const textOf = (document: string) => readFileSync(path.join(root, document), "utf8");
/** Folders of which documents name files. */
const rooms = "bench|core|extension|media|org|protocol|scripts|server|test|webview";

suite("The documents", () => {
  test("link to files that are there", () => {
    const broken = documents.flatMap((document) =>
      [...textOf(document).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)/g)]
        .map(([, link]) => link!)
        .filter((link) => !existsSync(path.resolve(root, path.dirname(document), link)))
        .map((link) => `${document}: ${link}`),
    );
    assert.ok(documents.length > 30);
    assert.deepEqual(broken, []);
  });

  test("name files of the project that are there", () => {
    const named = new RegExp(`\`((?:${rooms})/[\\w./-]+\\.(?:ts|json|mjs|md))\``, "g");
    const missing = documents
      .filter((document) => document !== "CHANGELOG.md")
      .flatMap((document) =>
        [...textOf(document).matchAll(named)]
          .map(([, file]) => file!)
          .filter((file) => !existsSync(path.join(root, file)))
          .map((file) => `${document}: ${file}`),
      );
    assert.deepEqual(missing, []);
  });

  test("number each decision once, without a gap", () => {
    const numbers = readdirSync(path.join(root, "docs/adr")).map((name) => Number(name.slice(0, 4)));
    assert.deepEqual(
      numbers.sort((one, other) => one - other),
      numbers.map((_, index) => index + 1),
    );
  });
});
