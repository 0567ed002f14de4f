import assert from "node:assert/strict";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { connectCommand, disconnectCommand } from "../../../../server/commands/connect.ts";

const present: Readonly<Record<string, string>> = {
  "of one line": '{"model":"opus"}',
  empty: "{}\n",
  "of two spaces": '{\n  "model": "opus",\n  "env": {\n    "A": "1"\n  }\n}\n',
  "of tabs": '{\n\t"model": "opus"\n}\n',
  "of four spaces and CRLF": '{\r\n    "model": "opus"\r\n}\r\n',
  "with comments": '{\n  // mine\n  "model": "opus", /* and mine */\n  "b": [1, 2]\n}\n',
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
      assert.match(connect().stdout, /claude-code \(Claude Code\): connected/);
      assert.equal(disconnect("claude-code").exitCode, 0);
      const left = readFileSync(settings, "utf8");
      assert.equal(left, text);
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

  test("follows a link and leaves it one", () => {
    const real = path.join(home, "dotfiles.json");
    writeFileSync(real, "{}\n");
    symlinkSync(real, settings);
    assert.equal(connect("claude-code").exitCode, 0);
    assert.ok(lstatSync(settings).isSymbolicLink());
    assert.match(readFileSync(real, "utf8"), /kept-hook/);
  });

  test("writes nothing where it is only asked what it would write", () => {
    assert.match(connect("claude-code", "--dry-run").stdout, /would be written:\n\{/);
    assert.equal(existsSync(settings), false);
    assert.equal(existsSync(path.join(home, "kept data")), false);
  });

  test("leaves a file alone that it does not understand, and says so", () => {
    for (const text of ["{ not JSON", "[]", '{"hooks": {"PreToolUse": 5}}']) {
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
