import assert from "node:assert/strict";
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { connectables } from "../../server/hooks/connectables.ts";
import { shimPath } from "../../server/hooks/shim.ts";
import { HookSpool } from "../../server/hooks/spool.ts";

const dist = path.resolve(import.meta.dirname, "../../dist");
const payload = (index: number) =>
  JSON.stringify({ hook_event_name: "PostToolUse", session_id: "s", tool_name: "Write", index });

/** The shell's shim is what runs here; of the one for Windows nothing was run. */
const run = process.platform === "win32" ? suite.skip : suite;

run("A hook in the life of an installation", function () {
  this.timeout(60_000);
  let home: string;
  let folder: string;

  setup(() => {
    home = mkdtempSync(path.join(os.tmpdir(), "kept-life-"));
    folder = path.join(home, "kept");
    mkdirSync(path.join(home, ".claude"));
  });
  teardown(() => rmSync(home, { recursive: true, force: true }));

  /** The command of a version that is installed there, as its extension runs it. */
  const kept = (version: string, ...args: string[]) => {
    const env = { PATH: process.env["PATH"], HOME: home, KEPT_HOME: folder };
    const done = spawnSync(process.execPath, [path.join(home, version, "cli.js"), ...args], {
      env,
      encoding: "utf8",
    });
    assert.equal(done.status, 0, done.stderr + done.stdout);
    return done.stdout;
  };
  const install = (version: string) => {
    mkdirSync(path.join(home, version));
    cpSync(path.join(dist, "cli.js"), path.join(home, version, "cli.js"));
  };
  const settings = () => path.join(home, ".claude", "settings.json");
  /** What the tool was told to call, as its configuration has it. */
  const command = () => {
    const found = /"command":\s*"((?:[^"\\]|\\.)*)"/.exec(readFileSync(settings(), "utf8"));
    return JSON.parse(`"${found![1]!}"`) as string;
  };
  /** A tool runs what it read at its start: as one command line, in a shell. */
  const hook = (line: string, env: NodeJS.ProcessEnv = { PATH: "/usr/bin:/bin" }) =>
    spawn("/bin/sh", ["-c", line], { env, stdio: ["pipe", "pipe", "pipe"] });
  const ended = (child: ChildProcess) =>
    new Promise<string>((resolve) => {
      let said = "";
      child.stdout!.on("data", (chunk: Buffer) => (said += chunk.toString()));
      child.stderr!.on("data", (chunk: Buffer) => (said += chunk.toString()));
      child.on("close", (code) => resolve(`${code}${said}`));
    });
  const left = () =>
    new HookSpool(folder)
      .look(Date.now())
      .left.map(({ read }) => read())
      .sort();

  test("loses nothing when the version is replaced under a running tool, and a hook ends that was on its way", async () => {
    install("version-1");
    kept("version-1", "connect", "claude-code");
    const line = command();
    assert.ok(!line.includes("version-1"), line);
    // Each gets half of what it is told before the update, and the rest after it.
    const before = Array.from({ length: 10 }, (_, index) => {
      const child = hook(line);
      child.stdin.write(payload(index).slice(0, 20));
      return { child, index, end: ended(child) };
    });
    let updates = 0;
    const during: Promise<string>[] = [];
    let last = "version-1";
    for (const version of ["version-2", "version-3", "version-4"]) {
      during.push(
        ...Array.from({ length: 10 }, () => {
          const child = hook(line);
          child.stdin.end(payload(100 + updates++));
          return ended(child);
        }),
      );
      install(version);
      rmSync(path.join(home, last), { recursive: true });
      kept(version, "connect", "claude-code");
      last = version;
    }
    for (const { child, index } of before) child.stdin.end(payload(index).slice(20));
    const codes = await Promise.all([...before.map(({ end }) => end), ...during]);
    assert.deepEqual([...new Set(codes)], ["0"]);
    const all = [
      ...Array.from({ length: 10 }, (_, index) => index),
      ...during.map((_, index) => 100 + index),
    ];
    assert.deepEqual(left(), all.map(payload).sort());
    assert.equal(command(), line);
  });

  test("is out of the configuration at once when Kept is uninstalled, and what is called later ends well and leaves nothing", async () => {
    install("version-1");
    const own = '{\n  // mine\n  "model": "opus"\n}\n';
    writeFileSync(settings(), own);
    kept("version-1", "connect", "claude-code");
    const line = command();
    const onItsWay = hook(line);
    onItsWay.stdin.write(payload(0).slice(0, 20));
    const end = ended(onItsWay);
    kept("version-1", "uninstall");
    assert.equal(readFileSync(settings(), "utf8"), own);
    rmSync(path.join(home, "version-1"), { recursive: true });
    onItsWay.stdin.end(payload(0).slice(20));
    assert.equal(await end, "0");
    // The tool has not read its configuration again.
    const later = hook(line);
    later.stdin.end(payload(1));
    assert.equal(await ended(later), "0");
    assert.equal(existsSync(path.join(folder, "hooks")), false);
  });

  test("needs no Node: a shell and what any system has is enough", async () => {
    install("version-1");
    kept("version-1", "connect", "claude-code");
    const bare = path.join(home, "bare");
    mkdirSync(bare);
    for (const program of ["sh", "cat", "head", "mv", "rm", "wc"])
      symlinkSync(
        ["/bin", "/usr/bin"].map((each) => path.join(each, program)).find((each) => existsSync(each))!,
        path.join(bare, program),
      );
    const without = spawnSync("/bin/sh", ["-c", "command -v node"], { env: { PATH: bare } });
    assert.notEqual(without.status, 0);
    rmSync(path.join(home, "version-1"), { recursive: true });
    const child = hook(command(), { PATH: bare });
    child.stdin.end(payload(7));
    assert.equal(await ended(child), "0");
    assert.deepEqual(left(), [payload(7)]);
  });

  for (const [state, isThere] of [
    ["that had none", false],
    ["that had others' settings", true],
  ] as const) {
    test(`leaves every tool's configuration ${state} as it was, and with --data nothing of its own`, () => {
      install("version-1");
      const files = new Map<string, string | undefined>();
      const around = { platform: process.platform, userHome: home, environment: {} };
      const places = connectables.map(({ folder: place, file }) => {
        // The shell of whoever runs this, which the command runs in, too.
        const shell = { ...around, environment: { SHELL: process.env["SHELL"] } };
        const name = typeof file === "string" ? file : file(shell);
        return path.join(place(around, shimPath(folder, "linux")), ...name.split("/"));
      });
      for (const [index, file] of places.entries()) {
        mkdirSync(path.dirname(file), { recursive: true });
        // A whole file of Kept's own is made only where there is none.
        const isOwn = "file" in connectables[index]!.holds;
        const text = file.endsWith(".toml") ? 'model = "o"\n' : '{\n\t// mine\n\t"theirs": [1]\n}\n';
        if (isThere && !isOwn && !existsSync(file)) writeFileSync(file, text);
        if (isThere && !isOwn) chmodSync(file, 0o640);
        files.set(file, existsSync(file) ? readFileSync(file, "utf8") : undefined);
      }
      for (const { tool } of connectables) kept("version-1", "connect", tool);
      for (const [file, text] of files) {
        assert.ok(existsSync(file), file);
        assert.notEqual(readFileSync(file, "utf8"), text, file);
      }
      // What else Kept makes there.
      mkdirSync(path.join(folder, "fate"), { recursive: true });
      writeFileSync(path.join(folder, "fate", "any.json"), "{}");
      kept("version-1", "uninstall", "--data");
      for (const [file, text] of files)
        assert.equal(existsSync(file) ? readFileSync(file, "utf8") : undefined, text, file);
      assert.equal(existsSync(folder), false, existsSync(folder) ? readdirSync(folder).join(" ") : "");
      const strays = readdirSync(home, { recursive: true, encoding: "utf8" }).filter(
        (name) => /kept/i.test(path.basename(name)) && files.get(path.join(home, name)) === undefined,
      );
      assert.deepEqual(strays, []);
    });
  }
});
