import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { randomUUID } from "node:crypto";
import { hookCommand } from "../../../../server/commands/hook.ts";
import {
  closedName,
  lookedName,
  recordsToMeasure,
  sinceName,
  spoolName,
  untilName,
  writeShim,
} from "../../../../server/hooks/shim.ts";
import { HookSpool } from "../../../../server/hooks/spool.ts";

/** The shell's is what runs here; of the one for Windows nothing was run. */
const run = process.platform === "win32" ? suite.skip : suite;

run("The shim that tools' hooks call", () => {
  let home: string;
  let shim: string;
  let spool: HookSpool;

  setup(() => {
    // A space, as in the folder of a Mac.
    home = mkdtempSync(path.join(tmpdir(), "kept shim-"));
    shim = writeShim(home, "linux", () => "fresh");
    spool = new HookSpool(home);
    spool.open();
  });
  // What measures goes on for a moment.
  teardown(() => rmSync(home, { recursive: true, force: true, maxRetries: 3 }));

  const call = (input: string | Buffer, ...args: string[]) =>
    spawnSync(shim, args.length > 0 ? args : ["claude-code"], { input, env: { PATH: "/usr/bin:/bin" } });
  const left = () => spool.look(Date.now()).left.map(({ tool, read }) => [tool, read()]);

  test("leaves what it is given, as it is, for nobody else to read, and ends with 0", () => {
    const { status, stdout, stderr } = call('{"a":"ä\\n"}\n');
    assert.deepEqual([status, stdout.length, stderr.length], [0, 0, 0]);
    assert.deepEqual(left(), [["claude-code", '{"a":"ä\\n"}\n']]);
    const folder = path.join(home, spoolName);
    for (const name of readdirSync(folder))
      assert.equal(statSync(path.join(folder, name)).mode & 0o077, 0, name);
    assert.equal(statSync(shim).mode & 0o777, 0o700);
  });

  test("reads all of it and leaves nothing when Kept is gone, and when nobody looked for a month", () => {
    const long = "x".repeat(300_000);
    const month = Date.now() / 1000 - 31 * 24 * 3600;
    // As Kept leaves it at each look, a month ahead.
    const until = statSync(path.join(home, spoolName, untilName)).mtimeMs;
    assert.ok(Math.abs(until - Date.now() - 30 * 24 * 3_600_000) < 60_000);
    utimesSync(path.join(home, spoolName, lookedName), month, month);
    utimesSync(path.join(home, spoolName, untilName), month + 30 * 24 * 3600, month + 30 * 24 * 3600);
    assert.equal(call(long).status, 0);
    assert.deepEqual(readdirSync(path.join(home, spoolName)).sort(), [lookedName, untilName]);
    spool.close();
    assert.equal(call(long).status, 0);
    assert.equal(existsSync(path.join(home, spoolName)), false);
  });

  const inSpool = () => readdirSync(path.join(home, spoolName)).sort();
  /** Hooks that were called until one found no room. */
  const callUntilFull = () => {
    for (let calls = 0; calls <= 4 * recordsToMeasure; calls++) {
      assert.equal(call("more").status, 0);
      if (spool.noRoom > 0) return calls;
    }
    return Infinity;
  };

  test("leaves nothing more when twelve megabytes wait, and how often that was is said once", () => {
    const waiting = path.join(home, spoolName, "x.1.0.json");
    writeFileSync(waiting, Buffer.alloc(12_100_000));
    const more = callUntilFull();
    assert.ok(more <= 3 * recordsToMeasure, `${more} more found room`);
    assert.equal(call("still more").status, 0);
    spool.leave("codex", Buffer.from("{}"), Date.now(), "any");
    assert.deepEqual(spool.waiting(), { x: 1, ...(more > 0 && { "claude-code": more }) });
    assert.equal(spool.noRoom, 3);
    assert.equal(spool.look(Date.now()).noRoom, 3);
    assert.equal(call("it is full still").status, 0);
    assert.equal(spool.noRoom, 1);
    rmSync(waiting);
    assert.deepEqual([spool.look(Date.now()).noRoom, spool.look(Date.now()).noRoom], [1, 0]);
    assert.equal(call("again").status, 0);
    assert.equal(left().length, more + 1);
  });

  test("counts what records hold and not what the disk sets aside for them, up to four thousand of them", () => {
    const folder = path.join(home, spoolName);
    const leave = (from: number, to: number) => {
      for (let index = from; index < to; index++)
        writeFileSync(path.join(folder, `x.${index}.0.json`), '{"hook_event_name":"PostToolUse"}');
    };
    leave(0, 4000);
    // One that is as long as can be closes nothing.
    assert.equal(call(Buffer.alloc(5_000_000, "x")).status, 0);
    for (let calls = 0; calls < 3 * recordsToMeasure; calls++) assert.equal(call("more").status, 0);
    assert.equal(spool.noRoom, 0);
    assert.deepEqual(spool.waiting(), { x: 4000, "claude-code": 1 + 3 * recordsToMeasure });
    leave(4000, 4096);
    const more = callUntilFull();
    assert.ok(more <= 3 * recordsToMeasure, `${more} more found room`);
    spool.leave("codex", Buffer.from("{}"), Date.now(), "any");
    assert.equal(spool.noRoom, 2);
    spool.clear("x");
    assert.equal(call("room").status, 0);
    assert.equal(inSpool().filter((name) => name.endsWith(".json")).length, 2 + 3 * recordsToMeasure + more);
  });

  test("measures what waits itself where the process that does so is ended each time", () => {
    const folder = path.join(home, spoolName);
    writeFileSync(path.join(folder, "x.1.0.json"), Buffer.alloc(12_100_000));
    const since = path.join(folder, sinceName);
    writeFileSync(since, `${recordsToMeasure + 1}\n`);
    const calls = callUntilFull();
    assert.equal(calls, recordsToMeasure);
    assert.ok(inSpool().includes(closedName));
  });

  test("goes on whatever stands in what it keeps of its measuring", () => {
    const since = path.join(home, spoolName, sinceName);
    for (const [index, odd] of [
      "",
      "\n",
      "08",
      "-3",
      "$(touch evil)",
      "a[0]",
      "1 2",
      "999999999999",
      "\0",
    ].entries()) {
      writeFileSync(since, odd);
      const { status, stdout, stderr } = call("{}");
      assert.deepEqual([status, stdout.length, stderr.length], [0, 0, 0], odd);
      assert.equal(left().length, index + 1);
    }
  });

  test("cuts off what is longer than it takes, which is no record then", () => {
    assert.equal(call(Buffer.alloc(5_000_000, "x")).status, 0);
    const [[, text]] = left() as [[string, string]];
    assert.equal(text.length, 4_000_000);
  });

  test("is not talked into another folder", () => {
    assert.equal(call("{}", "../../evil").status, 0);
    assert.equal(call("{}", "Evil").status, 0);
    assert.deepEqual(left(), []);
  });

  test("loses nothing and mixes nothing when fifty run at once", async () => {
    const started = performance.now();
    const ended = Array.from({ length: 50 }, (_, index) => {
      const child = spawn(shim, ["codex"], { stdio: ["pipe", "ignore", "ignore"] });
      child.stdin.end(`${index}:`.repeat(20_000));
      return new Promise<number | null>((resolve) => child.on("exit", resolve));
    });
    assert.deepEqual([...new Set(await Promise.all(ended))], [0]);
    console.log(`fifty hooks at once took ${Math.round(performance.now() - started)} ms`);
    const texts = left().map(([, text]) => text!);
    assert.equal(texts.length, 50);
    const whole = new Set(texts.map((text) => text.split(":")[0]));
    assert.equal(whole.size, 50);
    for (const text of texts) assert.equal(new Set(text.split(":").slice(0, -1)).size, 1);
  });

  test("says how long one takes", () => {
    const times = Array.from({ length: 20 }, () => {
      const started = performance.now();
      call('{"session_id":"s"}');
      return performance.now() - started;
    }).sort((one, other) => one - other);
    console.log(`a hook takes ${times[10]!.toFixed(1)} ms with the start of its shell`);
    assert.equal(left().length, 20);
  });

  test("is deleted unread after a day, and taken by one process alone", () => {
    call("one");
    const file = path.join(
      home,
      spoolName,
      readdirSync(path.join(home, spoolName)).find((name) => !name.startsWith("."))!,
    );
    const [first] = spool.look(Date.now()).left;
    const [second] = new HookSpool(home).look(Date.now()).left;
    assert.deepEqual([first!.take(), second!.take()], [true, false]);
    call("two");
    assert.deepEqual(spool.look(Date.now() + 25 * 3_600_000), { left: [], tooOld: 1, noRoom: 0 });
    assert.equal(existsSync(file), false);
  });

  test("is deleted unread after a day by a command, too, and counted by the next look", () => {
    call("one");
    call("two");
    spool.dropOld(Date.now() + 23 * 3_600_000);
    assert.deepEqual(spool.waiting(), { "claude-code": 2 });
    spool.dropOld(Date.now() + 25 * 3_600_000);
    assert.deepEqual(spool.waiting(), {});
    call("three");
    const { tooOld, left: waiting } = spool.look(Date.now());
    assert.deepEqual([tooOld, waiting.length], [2, 1]);
    assert.equal(spool.look(Date.now()).tooOld, 0);
    new HookSpool(path.join(home, "nowhere")).dropOld(Date.now());
  });

  test("has a command that does the same, for calls of tools alone", () => {
    const hook = (payload: string, tool?: string) =>
      hookCommand(tool === undefined ? [] : [tool], {
        spool,
        now: () => Date.now(),
        uuid: () => randomUUID(),
        readInput: () => Buffer.from(payload),
      });
    const call = '{"hook_event_name":"PostToolUse"}';
    const prompt = '{"hook_event_name":"UserPromptSubmit","prompt":"secret"}';
    for (const [payload, tool] of [
      [call, "codex"],
      [prompt, "codex"],
      ["not JSON", "codex"],
      [call, "../evil"],
    ] as const)
      assert.deepEqual(hook(payload, tool), { exitCode: 0, stdout: "", stderr: "" });
    assert.deepEqual(left(), [["codex", call]]);
    assert.deepEqual(spool.waiting(), { codex: 1 });
    spool.close();
    assert.equal(hook(call, "codex").exitCode, 0);
    assert.equal(existsSync(path.join(home, spoolName)), false);
  });

  test("gives text as Windows writes it", () => {
    const folder = path.join(home, spoolName);
    writeFileSync(path.join(folder, "codex.1.0.json"), Buffer.from("\uFEFF{}", "utf16le"));
    writeFileSync(path.join(folder, "codex.2.0.json"), Buffer.from([0xff, 0xff, 0xff]));
    assert.deepEqual(
      left().map(([, text]) => text?.replace("\uFEFF", "")),
      ["{}", undefined],
    );
    assert.ok(readFileSync(path.join(folder, "codex.1.0.json")).length > 0);
  });
});
