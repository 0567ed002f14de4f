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
import { commandOf } from "../../../../server/hooks/connectable.ts";
import { hookCommand } from "../../../../server/commands/hook.ts";
import {
  closedName,
  lookedName,
  recordsToMeasure,
  spoolName,
  untilName,
  waitingName,
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

  for (const odd of ["kept ", "kept $HOME `id` ", "kept 'a' \"b\" \\ !! "])
    test(`is what a shell starts for the command of a folder called ${odd}`, () => {
      const there = mkdtempSync(path.join(tmpdir(), odd));
      const command = commandOf(
        writeShim(there, "linux", () => "fresh"),
        "claude-code",
      );
      const at = new HookSpool(there);
      at.open();
      const { status, stderr } = spawnSync("/bin/sh", ["-c", command], { input: "{}" });
      assert.deepEqual([status, stderr.toString()], [0, ""]);
      assert.equal(at.look(Date.now()).left.length, 1);
      rmSync(there, { recursive: true, force: true, maxRetries: 3 });
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
    assert.deepEqual(inSpool(), [lookedName, untilName]);
    spool.close();
    assert.equal(call(long).status, 0);
    assert.equal(existsSync(path.join(home, spoolName)), false);
  });

  const folder = () => path.join(home, spoolName);
  const inSpool = () => readdirSync(folder()).sort();
  /** What waits, in records and bytes. */
  const held = () => {
    const sizes = inSpool()
      .filter((name) => !name.startsWith("."))
      .map((name) => statSync(path.join(folder(), name)).size);
    return [sizes.length, sizes.reduce((sum, size) => sum + size, 0)] as const;
  };
  const most = 8_000_000;
  const lay = (waiting: { count: number; bytes: number }) => {
    for (let index = 0; index < waiting.count; index++)
      writeFileSync(path.join(folder(), `x.${index}.0.json`), Buffer.alloc(waiting.bytes));
  };

  test("never holds more than eight megabytes, the record that would be too much included", () => {
    let left = 0;
    for (let calls = 0; calls < 12; calls++) {
      assert.equal(call(Buffer.alloc(900_000, "x")).status, 0);
      assert.ok(held()[1] <= most, `${held()[1]}`);
      left = held()[0];
    }
    assert.deepEqual([left, spool.noRoom], [8, 4]);
    // A small one finds room beside eight large ones.
    assert.equal(call("small").status, 0);
    assert.equal(held()[0], 9);
    spool.leave("codex", Buffer.alloc(900_000), Date.now(), "any");
    assert.deepEqual([held()[0], spool.noRoom], [9, 5]);
    spool.leave("codex", Buffer.from("{}"), Date.now(), "other");
    assert.equal(held()[0], 10);
    assert.equal(call(Buffer.alloc(most - held()[1], "x")).status, 0);
    assert.deepEqual(held(), [11, most]);
    assert.equal(call("x").status, 0);
    spool.leave("codex", Buffer.from("{}"), Date.now(), "full");
    assert.deepEqual(held(), [11, most]);
    assert.ok(inSpool().includes(closedName));
    assert.equal(call("x").status, 0);
    assert.equal(spool.look(Date.now()).noRoom, 8);
    assert.equal(spool.look(Date.now()).noRoom, 0);
    spool.clear("codex");
    spool.clear("claude-code");
    assert.equal(call("room").status, 0);
    assert.deepEqual(held(), [1, 4]);
  });

  test("holds 4,096 records, whatever the disk sets aside for them", () => {
    lay({ count: 4000, bytes: 32 });
    spool.look(Date.now());
    // One that is as long as can be closes nothing.
    assert.equal(call(Buffer.alloc(5_000_000, "x")).status, 0);
    for (let more = 4001; more < 4096; more++) assert.equal(call("more").status, 0);
    assert.deepEqual([held()[0], spool.noRoom], [4096, 0]);
    for (let over = 0; over < 3; over++) assert.equal(call("over").status, 0);
    spool.leave("codex", Buffer.from("{}"), Date.now(), "any");
    assert.deepEqual([held()[0], spool.noRoom], [4096, 4]);
    assert.ok(inSpool().includes(closedName));
    assert.deepEqual(
      inSpool().filter((name) => name.endsWith(".part")),
      [],
    );
  });

  test("refuses nothing for what was taken meanwhile", () => {
    lay({ count: 8, bytes: 990_000 });
    for (const each of spool.look(Date.now()).left) each.take();
    assert.equal(call(Buffer.alloc(3_000_000, "x")).status, 0);
    assert.deepEqual([held(), spool.noRoom], [[1, 3_000_000], 0]);
  });

  test("counts what waits now and then, whoever left it, also where the process that does so is ended each time", () => {
    lay({ count: 8, bytes: 999_000 });
    const waiting = path.join(folder(), waitingName);
    writeFileSync(waiting, `0 0 ${recordsToMeasure}\n`);
    let calls = 0;
    for (; spool.noRoom === 0 && calls < 3 * recordsToMeasure; calls++)
      assert.equal(call(Buffer.alloc(1000)).status, 0);
    // Those that had room, those before it measures by itself, and one.
    assert.ok(calls <= recordsToMeasure + 1, `${calls}`);
    assert.ok(inSpool().includes(closedName));
  });

  test("goes on whatever stands in what it keeps of its measuring", () => {
    const waiting = path.join(folder(), waitingName);
    const odds = ["", "\n", "08 1 1", "1 08 1", "1 1 08", "-3 1 1", "$(touch evil) 1 1", "a[0] 1 1", "1 2"];
    odds.push("1 2 3 4", "999999999999 1 1", "1 99999999999999999999 1", "\0", "1 1 x", "*", "1  2");
    for (const [index, odd] of odds.entries()) {
      writeFileSync(waiting, odd);
      const { status, stdout, stderr } = call("{}");
      assert.deepEqual([status, stdout.length, stderr.length], [0, 0, 0], odd);
      assert.equal(held()[0], index + 1, odd);
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
    assert.deepEqual(hook(call, "codex"), { exitCode: 0, stdout: "", stderr: "" });
    // Whoever has a program of their own call it is told why nothing comes of it.
    const { exitCode, stdout, stderr } = hook('{"type":"ai_agent"}', "agent");
    assert.deepEqual([exitCode, stdout], [0, ""]);
    assert.match(stderr, /no tool is connected\. Run kept connect agent once/);
    assert.equal(existsSync(path.join(home, spoolName)), false);
    spool.open();
    assert.deepEqual(hook('{"type":"ai_agent"}'), { exitCode: 0, stdout: "", stderr: "" });
    assert.deepEqual(spool.waiting(), { agent: 1 });
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
