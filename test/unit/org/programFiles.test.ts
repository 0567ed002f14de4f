import assert from "node:assert/strict";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { findNativeBinding, readConsoleFiles } from "../../../org/programFiles.ts";
import { makeFolder } from "../../org/support/folder.ts";

suite("The files beside the program", () => {
  let folder: string;
  let remove: () => void;

  setup(() => {
    ({ folder, remove } = makeFolder());
  });

  teardown(() => remove());

  test("are found from the sources, from a bundle among them, and from a bundle alone", () => {
    const fromSources = readConsoleFiles(path.resolve("org"));
    assert.match(fromSources.stylesheet, /--vscode-foreground/);
    assert.match(fromSources.icon, /^<svg/);
    assert.deepEqual(readConsoleFiles(path.resolve("org/dist")), fromSources);
    cpSync(path.resolve("org/console"), path.join(folder, "console"), { recursive: true });
    assert.deepEqual(readConsoleFiles(folder), { ...fromSources, script: undefined });
  });

  test("include the script only where it was built", () => {
    cpSync(path.resolve("org/console"), path.join(folder, "console"), { recursive: true });
    for (const place of ["dist/console", "console"]) {
      mkdirSync(path.join(folder, place), { recursive: true });
      writeFileSync(path.join(folder, place, "console.js"), place);
      assert.equal(readConsoleFiles(folder).script, place);
    }
  });

  test("are asked for when they are missing", () => {
    assert.throws(() => readConsoleFiles(path.join(folder, "a", "b")), /console\/styles beside/);
  });

  test("include a native part only where one was put", () => {
    const programFolder = path.join(folder, "org", "dist");
    assert.equal(findNativeBinding(programFolder), undefined);
    const file = path.join(folder, "dist", "native", `${process.platform}-${process.arch}.node`);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, "");
    assert.equal(findNativeBinding(programFolder), file);
  });
});
