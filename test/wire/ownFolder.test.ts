import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { reportSchema, type Report } from "../../protocol/report.ts";
import { TestClient, typed } from "../support/wire/languageClient.ts";

const cli = path.resolve(import.meta.dirname, "../../dist/cli.js");
const planted = "canary-7f3ab1";

suite("A folder that several machines add up", () => {
  let root: string;
  let own: string;
  const clients: TestClient[] = [];

  setup(() => {
    root = mkdtempSync(path.join(os.tmpdir(), "kept-own-"));
    own = path.join(root, "own");
    mkdirSync(own);
  });
  teardown(async () => {
    await Promise.all(clients.splice(0).map((client) => client.stop().catch(() => client.kill())));
    rmSync(root, { recursive: true, force: true });
  });

  const kept = (home: string, ...args: string[]) =>
    spawnSync(process.execPath, [cli, ...args], {
      env: { ...process.env, KEPT_HOME: path.join(root, home) },
      encoding: "utf8",
    });

  const report = (home: string): Report => {
    const { stdout, stderr } = kept(home, "report", "--json");
    return reportSchema.parse(JSON.parse(stdout || `{"stderr":${JSON.stringify(stderr)}}`));
  };

  const edits = (home: string) => {
    const { metrics, otherMachines } = report(home);
    return [metrics[0]!.value, otherMachines?.machines];
  };

  /** A window on a machine of its own types some keys, and its sums are in the folder. */
  const work = async (home: string, keys: number, ownFolder = own, folders = [`file:///${planted}`]) => {
    const client = await TestClient.start({
      home: path.join(root, home),
      folders,
      initializationOptions: {
        window: "11111111-1111-4111-8111-111111111111",
        settings: { editDays: 90, sumMonths: 25, ownFolder: "" },
      },
    });
    clients.push(client);
    const uri = `file:///${planted}/${home}.ts`;
    await client.open(uri, "");
    for (let key = 1; key <= keys; key++) {
      await client.change(uri, key + 1, [0, 0, 0, 0], "x");
      await client.observe(typed({ sequence: key, uri, version: key + 1 }));
    }
    await client.until(() => client.acknowledged === keys, "all is written");
    await client.notify("kept/settings", {
      editDays: 90,
      sumMonths: 25,
      hover: true,
      codeLens: false,
      ownFolder,
    });
    return client;
  };

  const filesIn = (folder: string) => readdirSync(folder).filter((name) => name.endsWith(".jsonl"));

  const untilFiles = async (count: number, folder = own) => {
    for (let tries = 0; tries < 500; tries++) {
      try {
        const whole = filesIn(folder).filter((name) =>
          readFileSync(path.join(folder, name), "utf8").includes('"day"'),
        );
        if (whole.length === count) return;
      } catch {
        // Not made yet.
      }
      await pause(20);
    }
    throw new Error(`Waited in vain for ${count} files in ${folder}`);
  };

  test("counts each machine once, the own rows once, and names no place", async () => {
    await work("one", 3);
    await work("two", 4);
    await untilFiles(2);
    assert.deepEqual(
      [edits("one"), edits("two")],
      [
        [7, 1],
        [7, 1],
      ],
    );
    assert.deepEqual(
      [edits("one"), edits("two")],
      [
        [7, 1],
        [7, 1],
      ],
      "and again",
    );
    for (const name of filesIn(own)) {
      const text = readFileSync(path.join(own, name), "utf8");
      assert.ok(!text.includes(planted) && !text.includes("file:") && !text.includes(root), text);
    }
    assert.match(kept("one", "report").stdout, /7, including 1 other machine/);
  });

  test("gives a machine that was made anew its history again, without what was forgotten", async () => {
    const client = await work("old", 5);
    await untilFiles(1);
    await client.stop();
    clients.length = 0;
    rmSync(path.join(root, "old"), { recursive: true });
    await work("new", 2);
    await untilFiles(2);
    assert.deepEqual(edits("new"), [7, 1]);
    const [oldFile] = filesIn(own).filter((name) =>
      readFileSync(path.join(own, name), "utf8").includes(",5,5,5,"),
    );
    const before = readFileSync(path.join(own, oldFile!), "utf8");
    const today = report("new").period.to;
    const forgotten = kept("new", "forget", "--from", today, "--json");
    assert.equal(forgotten.status, 0, forgotten.stderr);
    assert.equal((JSON.parse(forgotten.stdout) as { ownFile: string }).ownFile, "cleaned");
    assert.deepEqual(edits("new"), [5, 1], "what another machine wrote is its own to delete");
    assert.equal(readFileSync(path.join(own, oldFile!), "utf8"), before);
    const mine = filesIn(own).find((name) => name !== oldFile)!;
    assert.ok(!readFileSync(path.join(own, mine), "utf8").includes(today));
  });

  test("takes its own file away when everything is forgotten", async () => {
    await work("one", 3);
    await untilFiles(1);
    assert.equal(kept("one", "forget", "--all").status, 0);
    assert.deepEqual(filesIn(own), []);
  });

  test("passes over and counts what is half written, foreign, of a newer Kept or damaged", async () => {
    await work("one", 3);
    await untilFiles(1);
    const [name] = filesIn(own);
    const file = path.join(own, name!);
    const stop = await work("two", 4);
    await untilFiles(2);
    await stop.stop();
    clients.pop();
    const other = path.join(
      own,
      filesIn(own).find((each) => each !== name)!,
    );
    // A line of a later day that was not written to its end.
    const line = readFileSync(other, "utf8").trimEnd().split("\n").at(-1)!;
    appendFileSync(other, line.slice(0, -9));
    writeFileSync(path.join(own, "notes.txt"), "mine");
    copyFileSync(other, path.join(own, "conflicted copy.jsonl"));
    const id = "22222222-2222-4222-8222-222222222222";
    writeFileSync(path.join(own, `${id}.jsonl`), `{"kept":"sums","format":2,"store":"${id}"}\n`);
    mkdirSync(path.join(own, "folder"));
    const { metrics, otherMachines } = report("one");
    assert.equal(metrics[0]!.value, 7);
    const skipped = new Map(otherMachines!.skipped.map(({ reason, count }) => [reason, count]));
    assert.deepEqual(Object.fromEntries(skipped), { foreign: 2, newer: 1, damagedLine: 1, unreadable: 1 });
    truncateSync(other, 20);
    assert.equal(report("one").metrics[0]!.value, 3);
    assert.ok(readFileSync(file).length > 0);
  });

  test("lies in the git directory of the first folder, where that is the wish", async () => {
    const repository = path.join(root, "repository");
    mkdirSync(path.join(repository, ".git"), { recursive: true });
    writeFileSync(path.join(repository, ".git/HEAD"), "ref: refs/heads/main\n");
    await work("one", 3, "${gitDirectory}", [pathToFileURL(repository).href]);
    await untilFiles(1, path.join(repository, ".git/kept"));
    await work("two", 1, "${gitDirectory}", [pathToFileURL(repository).href]);
    await untilFiles(2, path.join(repository, ".git/kept"));
    assert.deepEqual(edits("two"), [4, 1]);
  });

  test("says what is wrong with a folder that cannot be used, and records on", async () => {
    const client = await work("one", 1, "relative/folder");
    await client.until(
      () =>
        client.statuses.some(({ problems }) => problems.some(({ code }) => code === "ownFolder.cannotUse")),
      "it says so",
    );
    assert.deepEqual(edits("one"), [1, undefined]);
  });
});
