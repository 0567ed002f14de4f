import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { agents } from "../../../server/agents/registry.ts";

const root = path.resolve(import.meta.dirname, "../../..");
const read = (file: string) => readFileSync(path.join(root, file), "utf8");

/** Files that the table takes agents from. */
const own = [...read("server/agents/registry.ts").matchAll(/from "\.\/(\w+)\.ts"/g)]
  .map(([, name]) => name!)
  .filter((name) => name !== "agent");

const serverFiles = readdirSync(path.join(root, "server"), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => `server/${name}`);
const besideAgents = serverFiles.filter((file) => path.dirname(file) === "server/agents");
const nameIn = (file: string) => path.basename(file, ".ts");

/** Parts of a tool's own file: called after it, or of use to nothing else. Editors are not tools, but some have the same name. */
function isOwnPart(file: string): boolean {
  const name = nameIn(file);
  if (own.some((each) => name.startsWith(each)) || name === "editorFolders") return true;
  const users = serverFiles.filter((each) => read(each).includes(`/${name}.ts"`));
  return users.length > 0 && users.every((each) => own.includes(nameIn(each)));
}

/** Where hooks, connections and telemetry of all tools alike are. What says how one tool's telemetry is read is that tool's own. */
const shared = [
  ...besideAgents.filter((file) => nameIn(file) !== "registry" && !isOwnPart(file)),
  ...serverFiles.filter((file) => file.startsWith("server/agents/reading/")),
  ...["hooks", "otel"].flatMap((folder) =>
    readdirSync(path.join(root, "server", folder))
      .filter((name) => name.endsWith(".ts") && !/^(?!tool)\w+Telemetry\.ts$/.test(name))
      .map((name) => `server/${folder}/${name}`),
  ),
  ...["server/commands/connect.ts", "server/commands/hook.ts", "server/commands/uninstall.ts"],
  "extension/connectTools.ts",
];

/** The tools that a file names: by their id or title in quotes, or by a file of theirs. */
function namedIn(text: string): string[] {
  const ids = agents.flatMap(({ tool, title, connections = [] }) => [
    ...[tool, title],
    ...connections.flatMap((each) => [each.tool, each.title]),
  ]);
  const quoted = [...new Set(ids)].filter((id) =>
    ["'", '"', "`"].some((mark) => text.includes(mark + id + mark)),
  );
  const taken = own.filter((name) => text.includes(`/agents/${name}.ts"`));
  return [...quoted, ...taken];
}

suite("An agent", () => {
  test("is named in its own files and in one table", () => {
    assert.ok(own.length > 10 && shared.length > 40);
    assert.ok(shared.includes("server/agents/toolHealth.ts"));
    for (const file of shared) assert.deepEqual(namedIn(read(file)), [], file);
    assert.deepEqual(namedIn('const tool = "codex"; import { amp } from "../agents/amp.ts";'), [
      "codex",
      "amp",
    ]);
  });

  test("that can be connected is so under one name, and what its hooks say is read", () => {
    const connections = agents.flatMap(({ connections: each = [] }) => each);
    const names = connections.map(({ tool }) => tool);
    assert.equal(new Set(names).size, names.length);
    for (const { tool, telemetryOf } of connections) {
      const of = agents.find((each) => each.tool === (telemetryOf ?? tool));
      assert.ok(telemetryOf === undefined ? of?.readHook : of?.telemetry, tool);
    }
  });
});
