import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { connectCommand, disconnectCommand } from "../../../../server/commands/connect.ts";
import { uninstallCommand } from "../../../../server/commands/uninstall.ts";
import { readHookPayload } from "../../../../server/hooks/payload.ts";
import { HookSpool } from "../../../../server/hooks/spool.ts";

/** The shell's shim is what runs here; of the one for Windows nothing was run. */
const run = process.platform === "win32" ? suite.skip : suite;

run("Any other tool", () => {
  let home: string;

  setup(() => {
    home = mkdtempSync(path.join(tmpdir(), "kept-any-"));
  });
  teardown(() => rmSync(home, { recursive: true, force: true, maxRetries: 3 }));

  const options = () => ({
    // A space, as in the folder of a Mac.
    folder: path.join(home, "kept data"),
    around: { platform: "linux", userHome: home, environment: {} },
    uuid: () => "fresh",
  });
  const connect = (...args: string[]) => connectCommand(args, options());
  const disconnect = (...args: string[]) => disconnectCommand(args, options());

  test("is told what to call, which works as it is written, and all of that goes again", () => {
    assert.match(connect().stdout, /^agent \(Any other tool \(agent-v1\)\): not connected$/m);
    const { stdout } = connect("agent");
    const line = /^ {2}(\S.*kept-hook.* agent)$/m.exec(stdout)![1]!;
    const payloads = stdout.split("\n").filter((each) => each.startsWith("{"));
    assert.equal(payloads.length, 3);
    const spool = new HookSpool(options().folder);
    const call = (input: string) => {
      const { status, stdout: said } = spawnSync("/bin/sh", ["-c", line], { input, encoding: "utf8" });
      assert.deepEqual([status, said], [0, ""]);
    };
    for (const payload of payloads) call(payload);
    const edits = spool.look(Date.now()).left.flatMap(({ tool, read, at, take }) => {
      const told = readHookPayload(tool, read()!, at) ?? [];
      assert.ok(take());
      return told.map((edit) => `${edit.tool} ${edit.path} ${edit.text.kind} ${edit.outcome}`);
    });
    assert.deepEqual(edits.sort(), [
      "my-tool /path/of/the/repository/src/a.ts whole applied",
      "my-tool /path/of/the/repository/src/b.ts whole applied",
      "my-tool /path/of/the/repository/src/b.ts whole proposed",
    ]);
    // The last hook of another tool does not close it.
    connect("claude-code");
    disconnect("claude-code");
    call(payloads[0]!);
    assert.deepEqual(spool.waiting(), { agent: 1 });
    assert.match(disconnect("--all").stdout, /agent-v1\.txt is deleted/);
    assert.equal(spool.isOpen, false);
    call(payloads[0]!);
    connect("agent");
    assert.equal(uninstallCommand(["--data"], options()).exitCode, 0);
    assert.equal(existsSync(options().folder), false);
  });
});
