import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { readRegularFile } from "../../../server/regularFile.ts";

const root = path.resolve(import.meta.dirname, "../../..");
const program = path.join(root, "test/support/hostile/readOtherThanFiles.ts");
/** Whoever waits for a pipe waits for ever. */
const patienceMs = 60_000;

async function readAll(what: string): Promise<Record<string, unknown>> {
  // So much memory is never needed for a file; a device would fill any.
  const child = spawn(process.execPath, ["--max-old-space-size=512", program, what], {
    stdio: ["ignore", "pipe", "pipe"],
    timeout: patienceMs,
    killSignal: "SIGKILL",
  });
  let [out, errors] = ["", ""];
  child.stdout.on("data", (part: Buffer) => (out += part.toString()));
  child.stderr.on("data", (part: Buffer) => (errors += part.toString()));
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  assert.equal(code, 0, `It does not end at: ${out.split("\n").at(-1)}. ${errors}`);
  const rows = out
    .trimEnd()
    .split("\n")
    .map((line) => line.split(/ (.*)/));
  return Object.fromEntries(rows.map(([name, result]) => [name!, JSON.parse(result!) as unknown]));
}

const noFile = /^(?:0: )?it is no regular file$/;
const expected: Readonly<Record<string, (result: unknown) => void>> = {
  rules: (reasons) => assert.deepEqual(reasons, ["it is no regular file"]),
  contextFile: (files) => assert.deepEqual(files, []),
  policy: (mayRecord) => assert.equal(mayRecord, false),
  text: (text) => assert.equal(text, "unreadable"),
  traces: (records) => assert.equal(records, 0),
  repository: (head) => assert.equal(head, null),
  log: (problems) => assert.match(String(problems), noFile),
  document: (problems) => assert.match(String(problems), noFile),
  database: (problems) => assert.match(String(problems), noFile),
  toolSettings: (result) => {
    const [isConnected, change] = result as [boolean, { readonly reason?: string }];
    assert.equal(isConnected, false);
    assert.match(change.reason ?? "", noFile);
  },
  administratorPolicy: (policy) => assert.ok(policy),
  otherMachine: (skipped) => assert.deepEqual(skipped, [{ reason: "unreadable", count: 1 }]),
  conversation: (place) => assert.equal(place, null),
};

/**
 * Files that open what is there without `server/regularFile.ts`: what Kept itself wrote into its own folder, what came
 * with it, and what somebody named on the command line, which may well be a pipe.
 */
const ownFiles = [
  ...["server/cli.ts", "server/deviceKey.ts", "server/output.ts", "server/regularFile.ts"],
  ...["server/writeThrough.ts"],
  ...["server/demo/sampleTexts.ts", "server/otel/receiverAddress.ts"],
  ...["server/fate/fatesReader.ts", "server/fate/historyFile.ts"],
  ...["server/hooks/madePlaces.ts", "server/hooks/rememberedPlaces.ts", "server/hooks/spool.ts"],
  // They look at what it is themselves.
  ...["server/notes/readTraces.ts", "server/records/conversation.ts"],
  ...["server/ownFolder/otherMachines.ts", "server/ownFolder/ownFile.ts"],
  ...["extension/policies.ts"],
];

const importing =
  /import \{[^}]*\b(?:readFile|readFileSync|open|openSync|createReadStream)\b[^}]*\} from "node:fs(?:\/promises)?"/;

suite("What is no regular file", function () {
  this.timeout(2 * patienceMs);

  for (const what of ["pipe", "device"]) {
    test(`is read at none of the places that Kept reads: a ${what}`, async function () {
      if (process.platform === "win32") return this.skip();
      const read = await readAll(what);
      assert.deepEqual(Object.keys(read), Object.keys(expected));
      for (const [name, result] of Object.entries(read)) expected[name]!(result);
    });
  }

  test("is looked for by everything that opens files of others", () => {
    const opening = ["server", "extension"].flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
        .map((name) => path.posix.join(folder, name.replaceAll("\\", "/")))
        .filter((name) => name.endsWith(".ts") && !name.startsWith("server/store/"))
        .filter((name) => importing.test(readFileSync(path.join(root, name), "utf8"))),
    );
    assert.deepEqual(
      opening.filter((name) => !ownFiles.includes(name)),
      [],
      "Read it with server/regularFile.ts.",
    );
    assert.deepEqual(
      ownFiles.filter((name) => !opening.includes(name)),
      [],
      "They open nothing any more.",
    );
  });
});

suite("A regular file", () => {
  let folder: string;
  setup(() => (folder = mkdtempSync(path.join(tmpdir(), "kept-regular-"))));
  teardown(() => rmSync(folder, { recursive: true }));

  test("is read whole up to a limit, through links, and never beyond it", () => {
    const file = path.join(folder, "a");
    for (const length of [0, 1, 99_999, 100_000]) {
      writeFileSync(file, "a".repeat(length));
      assert.equal(readRegularFile(file, 100_000).length, length);
    }
    symlinkSync(file, path.join(folder, "link"));
    assert.equal(readRegularFile(path.join(folder, "link"), 100_000).length, 100_000);
    writeFileSync(file, "a".repeat(100_001));
    assert.throws(() => readRegularFile(file, 100_000), /it has 100001 bytes; 100000 is the most/);
    assert.throws(() => readRegularFile(path.join(folder, "none"), 9), /ENOENT/);
    assert.throws(() => readRegularFile(folder, 9), /it is no regular file/);
  });

  test("that says it is empty is read no further either", function () {
    if (process.platform !== "linux") return this.skip();
    assert.throws(() => readRegularFile("/proc/self/status", 10), /it has more than 10 bytes/);
    assert.match(readRegularFile("/proc/self/status", 100_000).toString(), /^Name:/);
  });
});
