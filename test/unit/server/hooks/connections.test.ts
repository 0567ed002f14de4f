import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { uninstallCommand } from "../../../../server/commands/uninstall.ts";
import { readHookPayload } from "../../../../server/hooks/payload.ts";
import { HookSpool } from "../../../../server/hooks/spool.ts";
import { connectCommand, disconnectCommand } from "../../../../server/commands/connect.ts";

const present: Readonly<Record<string, string>> = {
  "of one line": '{"model":"opus"}',
  empty: "{}\n",
  ...{ "with nothing in it": "", "with an empty line": "\n" },
  "of two spaces": '{\n  "model": "opus",\n  "env": {\n    "A": "1"\n  }\n}\n',
  "of tabs": '{\n\t"model": "opus"\n}\n',
  "of four spaces and CRLF": '{\r\n    "model": "opus"\r\n}\r\n',
  "with comments": '{\n  // mine\n  "model": "opus", /* and mine */\n  "b": [1, 2]\n}\n',
  "with groups that nothing is in": '{"hooks": {}, "x": 1, "env": {}}\n',
  "with a list that nothing is in": '{\n  "hooks": { "PostToolUse": [] },\n  "x": 1\n}\n',
  "with another's hooks":
    '{\n  "hooks": {\n    "PreToolUse": [\n      {\n        "matcher": "*",\n        "hooks": [{ "type": "command", "command": "other" }]\n      }\n    ],\n    "Stop": []\n  }\n}\n',
};

suite("Connecting a tool", () => {
  let home: string;
  let settings: string;

  setup(() => {
    home = mkdtempSync(path.join(tmpdir(), "kept-connect-"));
    settings = path.join(home, ".claude", "settings.json");
    mkdirSync(path.dirname(settings));
  });
  teardown(() => rmSync(home, { recursive: true, force: true }));

  const options = () => ({
    folder: path.join(home, "kept data"),
    around: { platform: "linux", userHome: home, environment: {} },
    uuid: () => "fresh",
  });
  const connect = (...args: string[]) => connectCommand(args, options());
  const disconnect = (...args: string[]) => disconnectCommand(args, options());
  const commands = () => readFileSync(settings, "utf8").match(/kept-hook/g) ?? [];

  for (const [name, text] of Object.entries(present)) {
    test(`leaves everything else of a file ${name}, and disconnecting takes exactly that out again`, () => {
      writeFileSync(settings, text, { mode: 0o640 });
      assert.equal(connect("claude-code").exitCode, 0);
      assert.equal(commands().length, 2);
      const connected = readFileSync(settings, "utf8");
      assert.equal(connect("claude-code").exitCode, 0);
      assert.equal(readFileSync(settings, "utf8"), connected, "twice is once");
      assert.match(connect("claude-code").stdout, /is right already\n$/);
      assert.match(connect().stdout, /claude-code \(Claude Code\): connected/);
      assert.equal(disconnect("claude-code").exitCode, 0);
      assert.equal(readFileSync(settings, "utf8"), text);
      assert.equal(statSync(settings).mode & 0o777, 0o640);
    });
  }

  test("makes what it calls, and a place for it to leave things, which go with the last tool", () => {
    assert.equal(connect("claude-code").exitCode, 0);
    assert.ok(existsSync(path.join(home, "kept data", "bin", "kept-hook")));
    assert.ok(existsSync(path.join(home, "kept data", "hooks")));
    assert.equal(connect("github-copilot").exitCode, 0);
    disconnect("claude-code");
    assert.ok(existsSync(path.join(home, "kept data", "hooks")));
    assert.match(disconnect("--all").stdout, /kept\.json is deleted/);
    assert.equal(existsSync(path.join(home, "kept data", "hooks")), false);
    assert.equal(disconnect("--all").stdout, "Nothing was connected.\n");
  });

  const others = [
    ["codex", ".codex/hooks.json"],
    ["cursor", ".cursor/hooks.json"],
    ["windsurf", ".codeium/windsurf/hooks.json"],
    ["opencode", ".config/opencode/plugins/kept.js"],
    ["amp", ".config/amp/plugins/kept.ts"],
    ["cline", "Documents/Cline/Hooks/PostToolUse"],
    ["github-copilot", ".copilot/hooks/kept.json"],
    ["agent", "kept data/bin/agent/agent-v1.txt"],
  ] as const;
  for (const [tool, name] of others) {
    test(`makes the file that ${tool} has not yet, and takes it away again`, () => {
      const file = path.join(home, name);
      const { exitCode, stdout } = connect(tool);
      assert.equal(exitCode, 0);
      assert.match(readFileSync(file, "utf8"), /kept-hook/);
      assert.match(connect().stdout, new RegExp(`${tool} .*: connected`));
      if (tool === "codex") assert.match(stdout, /type \/hooks there/);
      if (tool === "cursor")
        assert.equal((JSON.parse(readFileSync(file, "utf8")) as { version: 1 }).version, 1);
      assert.equal(disconnect(tool).exitCode, 0);
      assert.equal(existsSync(file), false);
    });
  }

  const older = {
    "claude-code": (text: string) => text.replaceAll('|Bash"', '"'),
    cursor: (text: string) => text.replace(/,\s*"afterShellExecution": \[[^\]]*\]/, ""),
    opencode: (text: string) => text.replace(', "bash"', ""),
  };
  for (const [tool, written] of Object.entries(older)) {
    test(`says that ${tool} is connected as an older Kept did, and connecting it again is all that it takes`, () => {
      connect("codex");
      connect(tool);
      const file = ["", ".cursor/hooks.json", ".config/opencode/plugins/kept.js"]
        .map((name) => (name === "" ? settings : path.join(home, name)))
        .find((each) => existsSync(each))!;
      const now = readFileSync(file, "utf8");
      writeFileSync(file, written(now));
      assert.notEqual(readFileSync(file, "utf8"), now);
      const listed = new RegExp(`^${tool} .*: connected by an older Kept, in .*: connect it again$`, "m");
      assert.match(connect().stdout, listed);
      disconnect("codex");
      assert.ok(new HookSpool(options().folder).isOpen, "it is still told by what is there");
      assert.match(connect(tool).stdout, /is written/);
      assert.equal(readFileSync(file, "utf8"), now);
      assert.doesNotMatch(connect().stdout, /older/);
      writeFileSync(file, written(now));
      disconnect(tool);
      assert.equal(existsSync(file), false);
    });
  }

  test("takes what others wrote behind its own for no older Kept's", () => {
    writeFileSync(settings, present["with another's hooks"]!);
    connect("claude-code");
    const other = { matcher: "*", hooks: [{ type: "command", command: "another" }] };
    const all = JSON.parse(readFileSync(settings, "utf8")) as { hooks: Record<string, object[]> };
    for (const event of ["PreToolUse", "PostToolUse"]) all.hooks[event]!.push(other);
    writeFileSync(settings, JSON.stringify(all));
    assert.match(connect().stdout, /^claude-code .*: connected, in/m);
  });

  test("leaves another program's script where it is", () => {
    const file = path.join(home, "Documents/Cline/Hooks/PostToolUse");
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, "#!/bin/sh\nexit 0\n");
    const { exitCode, stderr } = connect("cline");
    assert.equal(exitCode, 2);
    assert.match(stderr, /another program's file/);
    disconnect("--all");
    assert.equal(readFileSync(file, "utf8"), "#!/bin/sh\nexit 0\n");
  });

  test("gives Cline a script that calls Kept and says that it may go on", () => {
    connect("cline");
    const file = path.join(home, "Documents/Cline/Hooks/PostToolUse");
    const said = JSON.stringify({ hookName: "PostToolUse" });
    const { status, stdout } = spawnSync(file, { input: said, encoding: "utf8" });
    assert.deepEqual([status, stdout], [0, '{"cancel":false}\n']);
    const spool = new HookSpool(path.join(home, "kept data"));
    assert.deepEqual(
      spool.look(Date.now()).left.map(({ tool, read }) => [tool, read()]),
      [["cline", said]],
    );
  });

  test("gives OpenCode a plugin that tells of each edit and of nothing else", async () => {
    connect("opencode");
    const file = path.join(home, ".config/opencode/plugins/kept.js");
    // As its own runtime takes it: a module.
    const module = path.join(home, "plugin.mjs");
    writeFileSync(module, readFileSync(file));
    const { Kept } = (await import(pathToFileURL(module).href)) as {
      Kept: (about: object) => Promise<Record<string, (call: object, output: object) => Promise<void>>>;
    };
    const plugin = await Kept({ directory: "/repo" });
    const call = (tool: string) => ({ tool, sessionID: "s1", callID: "c1" });
    const args = { filePath: "a.ts", oldString: "a", newString: "b", command: "cat > b.ts <<E\nb\nE" };
    for (const tool of ["edit", "read", "bash"]) {
      await plugin["tool.execute.before"]!(call(tool), { args });
      await plugin["tool.execute.after"]!(call(tool), {});
    }
    const spool = new HookSpool(path.join(home, "kept data"));
    let left = spool.look(Date.now()).left;
    for (let tries = 0; tries < 200 && left.length < 2; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      left = spool.look(Date.now()).left;
    }
    assert.deepEqual(
      left
        .flatMap(({ tool, read, at }) =>
          readHookPayload(tool, read()!, at)?.map(({ path: edited }) => edited),
        )
        .sort(),
      ["/repo/a.ts", "/repo/b.ts"],
    );
  });

  test("gives Amp a plugin that tells of each edit that was made or failed, and of nothing else", async () => {
    connect("amp");
    const file = path.join(home, ".config/amp/plugins/kept.ts");
    const text = readFileSync(file, "utf8");
    // Amp passes over a plugin without it.
    assert.match(text, /^\/\/ @i-know-the-amp-plugin-api-is-wip-and-very-experimental-right-now\n/);
    const module = path.join(home, "plugin.mjs");
    writeFileSync(module, text);
    const { default: plugin } = (await import(pathToFileURL(module).href)) as {
      default: (amp: { on: (event: string, handler: (event: object) => unknown) => void }) => void;
    };
    const handlers = new Map<string, (event: object) => unknown>();
    plugin({ on: (event, handler) => handlers.set(event, handler) });
    // Asked before a call, it would have to say whether Amp may.
    assert.deepEqual([...handlers.keys()], ["tool.result"]);
    const edit = { path: "/repo/a.ts", old_str: "a", new_str: "b" };
    const calls = [
      ["c1", "edit_file", edit, "done"],
      ["c2", "Bash", { cmd: "cat > b.ts <<E\nb\nE", cwd: "/repo" }, "done"],
      ["c3", "create_file", { path: "/repo/c.ts", content: "c" }, "error"],
      ["c4", "Read", { path: "/repo/a.ts" }, "done"],
      ["c5", "edit_file", edit, "cancelled"],
    ] as const;
    for (const [toolUseID, tool, input, status] of calls)
      assert.equal(
        await handlers.get("tool.result")!({ toolUseID, tool, input, status, thread: { id: "T-1" } }),
        undefined,
      );
    handlers.get("tool.result")!({});
    const spool = new HookSpool(path.join(home, "kept data"));
    let left = spool.look(Date.now()).left;
    for (let tries = 0; tries < 200 && left.length < 3; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      left = spool.look(Date.now()).left;
    }
    const edits = left.flatMap(({ tool, read, at }) => readHookPayload(tool, read()!, at) ?? []);
    assert.deepEqual(
      edits
        .map(({ tool, session, call, path: edited, outcome }) => [tool, session, call, edited, outcome])
        .sort(),
      [
        ["amp", "T-1", "c1", "/repo/a.ts", "applied"],
        ["amp", "T-1", "c2", "/repo/b.ts", "applied"],
        ["amp", "T-1", "c3", "/repo/c.ts", "failed"],
      ],
    );
  });

  test("follows no link out of the home folder", () => {
    const outside = mkdtempSync(path.join(tmpdir(), "kept-outside-"));
    try {
      writeFileSync(path.join(outside, "settings.json"), "{}");
      symlinkSync(path.join(outside, "settings.json"), settings);
      assert.equal(connect("claude-code").exitCode, 2);
      assert.equal(readFileSync(path.join(outside, "settings.json"), "utf8"), "{}");
      // A folder that is a link, and the file not there yet.
      symlinkSync(outside, path.join(home, ".cursor"));
      const { exitCode, stderr } = connect("cursor");
      assert.equal(exitCode, 2);
      assert.match(stderr, /leads out of the home folder/);
      assert.deepEqual(readdirSync(outside), ["settings.json"]);
      // One that the tool's own variable names is the user's word.
      const around = { ...options().around, environment: { CLAUDE_CONFIG_DIR: outside } };
      assert.equal(connectCommand(["claude-code"], { ...options(), around }).exitCode, 0);
      assert.match(readFileSync(path.join(outside, "settings.json"), "utf8"), /kept-hook/);
    } finally {
      rmSync(outside, { recursive: true });
    }
  });

  test("is undone by uninstalling, which deletes what was recorded when told to, and nobody else's", () => {
    const data = path.join(home, "kept data");
    writeFileSync(settings, "{}\n");
    connect("claude-code");
    connect("cline");
    for (const name of ["kept.db", "device.key", "mine.txt"]) writeFileSync(path.join(data, name), "x");
    assert.equal(uninstallCommand([], options()).exitCode, 0);
    assert.equal(readFileSync(settings, "utf8"), "{}\n");
    assert.ok(existsSync(path.join(data, "kept.db")));
    assert.equal(uninstallCommand(["--data"], options()).exitCode, 0);
    assert.deepEqual(readdirSync(data), ["mine.txt"]);
    assert.equal(uninstallCommand(["--nonsense"], options()).exitCode, 2);
  });

  test("deletes what was recorded whatever files of tools hold, and says of each what it left and what to do", () => {
    const data = path.join(home, "kept data");
    const gemini = path.join(home, ".gemini", "settings.json");
    mkdirSync(path.dirname(gemini));
    connect("claude-code");
    const record = () => writeFileSync(path.join(data, "kept.db"), "x");
    for (const text of ['{"model":"pro",}', "no JSON"]) {
      // Never connected: nothing of Kept is in it, and nobody is bothered.
      writeFileSync(gemini, text);
      const quiet = uninstallCommand([], options());
      assert.deepEqual([quiet.exitCode, quiet.stderr], [0, ""]);
      connect("claude-code");
      record();
      const { exitCode, stderr, stdout } = uninstallCommand(["--data"], options());
      assert.deepEqual([exitCode, stderr], [0, ""]);
      assert.match(stdout, /is deleted/);
      assert.equal(existsSync(data), false);
      assert.equal(readFileSync(gemini, "utf8"), text);
    }
    // Connected, and damaged since.
    connect("claude-code");
    const damaged = readFileSync(settings, "utf8").slice(0, -3);
    writeFileSync(settings, damaged);
    record();
    const { exitCode, stderr, stdout } = uninstallCommand(["--data"], options());
    assert.equal(exitCode, 1);
    assert.equal(stderr.split("settings.json").length, 2, "once, however many parts of a tool have the file");
    assert.match(stderr, /no sound JSON.*kept-hook.*by hand/);
    assert.match(stdout, /is deleted/);
    assert.doesNotMatch(stdout, /Nothing was connected/);
    assert.equal(readFileSync(settings, "utf8"), damaged);
    // What it still calls stays, and does nothing.
    assert.deepEqual(readdirSync(data), ["bin"]);
  });

  test("deletes what was recorded where a tool's file cannot be read, and where a link leads out", () => {
    const outside = mkdtempSync(path.join(tmpdir(), "kept-outside-"));
    try {
      const data = path.join(home, "kept data");
      writeFileSync(path.join(outside, "settings.json"), "{}");
      symlinkSync(path.join(outside, "settings.json"), settings);
      mkdirSync(path.join(home, ".cursor", "hooks.json"), { recursive: true });
      mkdirSync(data);
      writeFileSync(path.join(data, "kept.db"), "x");
      const { exitCode, stderr } = uninstallCommand(["--data"], options());
      assert.equal(exitCode, 1);
      assert.match(stderr, /^kept: .*hooks\.json was left as it is[^\n]*\n$/);
      assert.equal(existsSync(data), false);
    } finally {
      rmSync(outside, { recursive: true });
    }
  });

  test("takes itself out where it was written, also when the variable that named the place is gone", () => {
    const elsewhere = path.join(home, "elsewhere");
    const around = { ...options().around, environment: { CLAUDE_CONFIG_DIR: elsewhere } };
    assert.equal(connectCommand(["claude-code"], { ...options(), around }).exitCode, 0);
    const file = path.join(elsewhere, "settings.json");
    assert.match(readFileSync(file, "utf8"), /kept-hook/);
    // Whoever asks without the variable is told, too, and the editor.
    assert.ok(connect().stdout.includes(`claude-code (Claude Code): connected, in ${file}`));
    assert.equal(uninstallCommand(["--data"], options()).exitCode, 0);
    assert.deepEqual([existsSync(elsewhere), existsSync(home)], [false, true]);
  });

  test("keeps the place for what hooks leave while a tool is connected in another place", () => {
    const around = { ...options().around, environment: { CODEX_HOME: path.join(home, "elsewhere") } };
    connectCommand(["codex"], { ...options(), around });
    connect("cursor");
    disconnect("cursor");
    assert.ok(new HookSpool(options().folder).isOpen);
    disconnect("codex");
    assert.equal(new HookSpool(options().folder).isOpen, false);
  });

  test("takes away the folders that it made, and leaves those in which something is", () => {
    connect("opencode");
    connect("windsurf");
    writeFileSync(path.join(home, ".codeium", "mine"), "");
    disconnect("--all");
    assert.deepEqual(readdirSync(home).sort(), [".claude", ".codeium", "kept data"]);
    assert.deepEqual(readdirSync(path.join(home, ".codeium")), ["mine"]);
    mkdirSync(path.join(home, ".config", "opencode", "plugins"), { recursive: true });
    connect("opencode");
    disconnect("opencode");
    assert.ok(existsSync(path.join(home, ".config", "opencode", "plugins")), "it was there before");
  });

  test("says a tool is there where its own records are", () => {
    mkdirSync(path.join(home, ".windsurf"));
    assert.match(connect().stdout, /^windsurf .*: installed, not connected$/m);
  });

  test("shows what comes and goes of a file, and nothing else that it holds", () => {
    writeFileSync(settings, '{\n  "env": {\n    "KEY": "somebody\'s secret"\n  }\n}\n');
    for (const { stdout } of [
      connect("claude-code", "--dry-run"),
      connect("claude-code"),
      disconnect("--all"),
    ]) {
      assert.match(stdout, /^[+-] .*kept-hook/m);
      assert.doesNotMatch(stdout, /secret/);
    }
  });

  test("follows a link and leaves it one", () => {
    const real = path.join(home, "dotfiles.json");
    writeFileSync(real, "{}\n");
    symlinkSync(real, settings);
    assert.equal(connect("claude-code").exitCode, 0);
    assert.ok(lstatSync(settings).isSymbolicLink());
    assert.match(readFileSync(real, "utf8"), /kept-hook/);
  });

  test("writes nothing where it is only asked what it would write", () => {
    assert.match(connect("claude-code", "--dry-run").stdout, /would be written:\n/);
    assert.equal(existsSync(settings), false);
    assert.equal(existsSync(path.join(home, "kept data")), false);
  });

  test("leaves a file alone that is in another encoding, which it would not stay in, and says so", () => {
    const latin = Buffer.from('{ "name": "J\u00fcrgen" }\n', "latin1");
    writeFileSync(settings, latin);
    const shell = path.join(home, ".bashrc");
    writeFileSync(shell, latin);
    mkdirSync(path.join(home, ".copilot"));
    for (const tool of ["claude-code", "claude-code-telemetry", "copilot-cli-telemetry"]) {
      const { exitCode, stderr } = connect(tool);
      assert.equal(exitCode, 2);
      assert.match(stderr, /it is no UTF-8/);
    }
    assert.deepEqual(disconnect("--all"), { exitCode: 0, stdout: "Nothing was connected.\n", stderr: "" });
    for (const file of [settings, shell]) assert.deepEqual(readFileSync(file), latin);
  });

  test("leaves a file alone that it does not understand, and says so", () => {
    for (const text of ["{ not JSON", "[]", '{"hooks": {"PreToolUse": 5}}', '{"hooks": {}, "hooks": {}}']) {
      writeFileSync(settings, text);
      const { exitCode, stderr } = connect("claude-code");
      assert.equal(exitCode, 2);
      assert.match(stderr, /settings\.json/);
      assert.equal(readFileSync(settings, "utf8"), text);
    }
    assert.equal(connect("vim").exitCode, 2);
    assert.equal(disconnect().exitCode, 2);
    assert.equal(connect("--nonsense").exitCode, 2);
  });
});
