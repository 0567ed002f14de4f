import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { withConfiguredHomes } from "../../../../server/agents/configuredHomes.ts";
import { copilotChat } from "../../../../server/agents/copilotChat.ts";
import { findRecords } from "../../../../server/agents/reading/findRecords.ts";
import { recordsFound } from "../../../../server/agents/reading/recordsFound.ts";
import { tasksCommand } from "../../../../server/commands/tasks.ts";
import { droidSettings } from "../../../support/agents/chatRecords.ts";
import { claudeAnswer } from "../../../support/agents/logLines.ts";

const at = Date.UTC(2026, 0, 5, 9);
const chat = "workspaceStorage/1/chatSessions/a.json";

suite("Other homes", () => {
  let folder: string;
  setup(() => (folder = mkdtempSync(path.join(tmpdir(), "kept-homes-"))));
  teardown(() => rmSync(folder, { recursive: true }));

  const place = (...names: string[]) => path.join(folder, ...names);
  function write(file: string, text: string): string {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }
  const around = (platform = "linux") => ({ platform, userHome: place("own"), environment: {} });
  const log = `${claudeAnswer({ session: "s", at }, { id: "m" })}\n`;

  for (const own of ["linux", "darwin", "win32"])
    test(`are looked through for what each system would keep there, seen from ${own}`, () => {
      const windows = write(place("windows/AppData/Roaming/Code/User", chat), "{}");
      const mac = write(place("mac/Library/Application Support/Code - Insiders/User", chat), "{}");
      const linux = write(place("linux/.config/Code/User", chat), "{}");
      const otherHomes = [place("windows"), place("mac"), place("linux")];
      assert.deepEqual(findRecords(copilotChat, { ...around(own), otherHomes }), [windows, mac, linux]);
    });

  for (const [platform, settings] of [
    ["linux", ".config/Code/User/settings.json"],
    ["linux", ".vscode-server/data/Machine/settings.json"],
    ["linux", ".config/Cursor/User/settings.json"],
    ["darwin", "Library/Application Support/VSCodium/User/settings.json"],
    ["win32", "AppData/Roaming/Code/User/settings.json"],
  ] as const)
    test(`that ${settings} names are looked through by commands, too`, () => {
      write(
        place("own", settings),
        `{\n  // of WSL\n  "kept.agents.homes": [${JSON.stringify(place("wsl"))}],\n}`,
      );
      write(place("wsl/.claude/projects/work/s.jsonl"), log);
      const found = recordsFound(withConfiguredHomes(around(platform)));
      assert.equal(found.get("claude-code")?.files, 1);
      const { stdout } = tasksCommand([], {
        around: around(platform),
        now: () => at,
        resolve: (given) => given,
        isFolder: () => true,
        openStore: () => undefined,
      });
      assert.match(stdout, /^claude-code: 1 task in 1 file, 1 request/);
    });

  test("that no settings name, or settings that are none, are none", () => {
    write(place("own/.config/Code/User/settings.json"), '{ "kept.agents.homes": "everywhere" }');
    write(place("own/.config/VSCodium/User/settings.json"), "no settings");
    mkdirSync(place("own/.config/Cursor/User/settings.json"), { recursive: true });
    assert.deepEqual(withConfiguredHomes(around()).otherHomes, []);
  });

  test("that a command is told of are read by whatever system's places, and nothing of this one's", () => {
    write(place("own/.claude/projects/work/own.jsonl"), log);
    write(place("own/.config/Code/User/settings.json"), `{ "kept.agents.homes": ["${place("wsl")}"] }`);
    write(place("wsl/.claude/projects/work/s.jsonl"), log);
    const desktop = "AppData/Roaming/Claude/local-agent-mode-sessions/app/work/local_1";
    write(place("windows", desktop, ".claude/projects/work/s.jsonl"), log);
    const { stdout } = tasksCommand(["--home", place("windows")], {
      around: around(),
      now: () => at,
      resolve: (given) => given,
      isFolder: () => true,
      openStore: () => undefined,
    });
    assert.match(stdout, /^claude-code: 1 task in 1 file, 1 request/);
  });

  test("that tell the sum of a session alone have its tokens in what programs read, too", () => {
    write(place("own/.factory/sessions/-work/droid-1.settings.json"), JSON.stringify(droidSettings()));
    const { stdout } = tasksCommand(["--json"], {
      around: around(),
      now: () => Date.now(),
      resolve: (given) => given,
      isFolder: () => true,
      openStore: () => undefined,
    });
    const { tasks } = JSON.parse(stdout) as { tasks: { requests: number; tokens: object | null }[] };
    assert.deepEqual(
      tasks.map(({ requests, tokens }) => [requests, tokens]),
      [[0, { input: 6743, output: 1450 + 1088, cacheRead: 42_496, cacheWrite: 300, reasoning: 1088 }]],
    );
  });
});
