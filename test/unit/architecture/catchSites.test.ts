import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../../..");
const folders = ["protocol", "core", "extension", "server", "webview", "org"];

/** Files in which something is caught, by a statement or by a promise's `catch` that does not answer at once. */
function catchingFiles(): string[] {
  return folders.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
      .map((name) => path.posix.join(folder, name.replaceAll("\\", "/")))
      .filter((name) => name.endsWith(".ts") && !/\/(node_modules|dist)\//.test(name))
      .filter((name) => /\bcatch (\(\w+\) )?\{/.test(readFileSync(path.join(root, name), "utf8"))),
  );
}

/** The places that ARCHITECTURE.md names under "Where failures end". */
function listedPlaces(): string[] {
  const text = readFileSync(path.join(root, "ARCHITECTURE.md"), "utf8");
  const section = text.slice(text.indexOf("## Where failures end"), text.indexOf("## Life of the server"));
  return [...section.matchAll(/`((?:protocol|core|extension|server|webview|org)\/[\w/.]*)`/g)].map(
    ([, place]) => place!,
  );
}

suite("The list of catch sites", () => {
  test("names every file that catches something, and nothing that is gone", () => {
    const places = listedPlaces();
    const catching = catchingFiles();
    const unlisted = catching.filter((name) => !places.some((place) => name.startsWith(place)));
    assert.deepEqual(unlisted, [], "Add them to ARCHITECTURE.md, or let the failure pass.");
    // A handler that Fastify calls, and the catalogue that the section ends with.
    const handlersOfLibraries = ["org/errors.ts", "protocol/errors.ts"];
    const idle = places.filter(
      (place) => !catching.some((name) => name.startsWith(place)) && !handlersOfLibraries.includes(place),
    );
    assert.deepEqual(idle, [], "ARCHITECTURE.md names places that catch nothing.");
  });
});
