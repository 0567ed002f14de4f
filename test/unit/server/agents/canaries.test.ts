import assert from "node:assert/strict";
import { randomBytes, randomUUID } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { ToolEdit } from "../../../../core/tools/toolRecords.ts";
import type { Host } from "../../../../server/host.ts";
import { agents } from "../../../../server/agents/registry.ts";
import { RecordWatch } from "../../../../server/agents/reading/recordWatch.ts";
import { Tools } from "../../../../server/agents/tools.ts";
import { hashesWithKeyIn } from "../../../../server/deviceKey.ts";
import { noGit } from "../../../../server/gitView.ts";
import { HookSpool } from "../../../../server/hooks/spool.ts";
import { Ledger } from "../../../../server/edits/ledger.ts";
import { Teller } from "../../../../server/matching/teller.ts";
import { openStore } from "../../../../server/store/openStore.ts";
import { readTextFile } from "../../../../server/unseen/textFile.ts";
import { furtherForms, writeSoundForm, writeSoundRecords } from "../../../support/agents/soundHome.ts";
import { soundRecords } from "../../../support/agents/soundRecords.ts";
import { wholeLook } from "../../../support/agents/wholeLook.ts";

const madeAt = Date.UTC(2026, 0, 5, 9);
const canary = "skCanary7f3a91";

/** All that lies in a folder, byte by byte. */
function bytesBelow(folder: string): Buffer {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const files = names.map((name) => path.join(folder, name)).filter((file) => statSync(file).isFile());
  return Buffer.concat(files.map((file) => readFileSync(file)));
}

/** Planted wherever somebody speaks, in what is written and what it takes the place of, and beside all that is known. */
function planted(json: string): string {
  return json
    .replaceAll("a prompt", `${canary} a prompt`)
    .replaceAll("an answer", `${canary} an answer`)
    .replaceAll("print()", `print(${canary})`)
    .replaceAll(
      /"(old_str(?:ing)?|old_text|oldString|original_content|old_str)":"a"/g,
      `"$1":"${canary} old"`,
    )
    .replaceAll(
      /(\\*")(content|contents|initialContent|text|new_str(?:ing)?|new_text|newString|new_content)(\\*":\\*")b(?=\\*")/g,
      `$1$2$3${canary} b`,
    )
    .replaceAll('"new_str":"1\\n2"', `"new_str":"1\\n${canary}"`)
    .replaceAll("+b", `+${canary} b`)
    .replaceAll(/\{"type":/g, `{"unknown":"${canary}","type":`);
}

suite("What tools record beside numbers", () => {
  let folder: string;
  let home: string;
  let kept: string;
  let work: string;

  setup(() => {
    folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), "kept-canary-")));
    [home, kept, work] = [path.join(folder, "home"), path.join(folder, "kept"), path.join(folder, "work")];
    for (const each of [home, kept, work]) mkdirSync(each);
  });
  teardown(() => rmSync(folder, { recursive: true, force: true }));

  /** A window that reads all there is, with the store on the disk, and ends. */
  const readAll = () => {
    let now = madeAt - 1000;
    const said: string[] = [];
    const timers: (() => void)[] = [];
    const host: Host = {
      now: () => now,
      elapsedMs: () => now,
      utcOffsetMinutes: () => 0,
      uuid: randomUUID,
      startTimer: (_, run) => {
        timers.push(run);
        return () => undefined;
      },
      log: { info: (text) => said.push(text), warn: (text) => said.push(text) },
    };
    const store = openStore({
      folder: kept,
      now: () => host.now(),
      uuid: randomUUID,
      nativeBinding: undefined,
      log: (text) => said.push(text),
      environmentVersions: process.versions,
    });
    const hashes = hashesWithKeyIn(kept, randomUUID, randomBytes);
    const place = pathToFileURL(work).href;
    const folderOf = (uri: string) => (uri.startsWith(`${place}/`) ? place : null);
    const ledger = new Ledger({
      window: "window",
      store,
      now: () => host.now(),
      utcOffsetMinutes: () => 0,
      uuid: randomUUID,
      hashes,
      git: noGit,
      readFile: readTextFile,
      workspaceOf: folderOf,
    });
    const look: { run: () => void } = { run: () => undefined };
    const asked: number[][] = [];
    const found: ToolEdit[] = [];
    const tools = new Tools({
      host,
      ledger,
      store,
      folder: kept,
      around: { platform: "linux", userHome: home, environment: {}, databases: { nativeBinding: undefined } },
      startReading: (order, take) => {
        const watch = new RecordWatch({ ...order, now: () => host.now() });
        look.run = () =>
          watch.look(true, (part) => {
            found.push(...part.edits);
            take(part);
          });
        return () => undefined;
      },
      hashText: (text) => hashes.text(text),
      folderOf,
      ask: (id, uris) => void asked.push([id, uris.length]),
      wake: () => undefined,
    });
    new HookSpool(kept).open();
    tools.follow({ agents: true, agentHomes: [], editDays: 3650, prices: [] }, [place]);
    now = madeAt + 60_000;
    const answerAll = () => {
      for (const [id, count] of asked.splice(0))
        tools.teller.answered(id!, Array<boolean>(count!).fill(true));
      ledger.commit((batch) => store.write(batch));
    };
    return { store, tools, found, said, timers, answerAll, look: () => look.run() };
  };

  for (const agent of agents) {
    test(`is neither stored nor said, of ${agent.title}`, () => {
      const known = writeSoundRecords(home, agent, (json) => planted(json).replaceAll("/work", work));
      for (const name of ["a.ts", "b.ts", "a.py", "a.csv"])
        writeFileSync(path.join(work, name), `${canary} b\nprint(${canary})\n`);
      assert.ok(bytesBelow(home).includes(canary), "there is something to keep quiet about");
      const { store, tools, found, said, answerAll, look } = readAll();
      look();
      answerAll();
      const tasks = store.requests.tasksSince(0).filter(({ tool }) => tool === agent.tool);
      const isCounted = found.some(({ isEvidenceAlone }) => !isEvidenceAlone);
      assert.equal(
        tasks.some(({ edits }) => edits > 0),
        isCounted,
        `its edits are taken in, from ${known}`,
      );
      tools.stop();
      store.close();
      assert.ok(JSON.stringify(found).includes(canary), "it is in what was written");
      assert.ok(bytesBelow(kept).includes(pathToFileURL(work).href), "the store is on the disk");
      assert.ok(!bytesBelow(kept).includes(canary), "no table, log or spool holds it");
      assert.ok(!said.join("\n").includes(canary), "nothing of it is said");
    });

    test(`leads nowhere outside of the workspace, of ${agent.title}`, () => {
      const drops: string[] = [];
      const place = pathToFileURL(work).href;
      const teller = new Teller({
        ledger: { drop: (name: string) => void drops.push(name) } as unknown as Ledger,
        folderOf: (uri) => (uri.startsWith(`${place}/`) ? place : null),
        ask: undefined,
        wake: () => undefined,
      });
      mkdirSync(path.join(folder, "other"));
      writeFileSync(path.join(folder, "other", "target.ts"), "b\n");
      symlinkSync(path.join(folder, "other"), path.join(work, "link"));
      symlinkSync(path.join(folder, "other", "target.ts"), path.join(work, "file.ts"));
      const hostile = [
        `${work}/../other/target.ts`,
        `${work}/link/target.ts`,
        `${work}/link/new.ts`,
        `${work}/file.ts`,
        `${folder}/other/target.ts`,
        "../other/target.ts",
        "/home/somebody/.ssh/config",
        "/root/.bashrc",
        "~/.bashrc",
        "/proc/self/environ",
        "\\\\\\\\server\\\\share\\\\a.ts",
        "file://server/share/a.ts",
        "file:///work/%2e%2e/other/target.ts",
      ];
      const name = /\/?(?:work\/)?(?<=[/":\s])a\.(?:ts|py|csv)/g;
      const [sound] = [JSON.stringify(soundRecords(agent).records)];
      let led = 0;
      for (const one of hostile) {
        const other = mkdtempSync(path.join(folder, "home-"));
        writeSoundRecords(other, agent, () => sound.replaceAll(name, one).replaceAll("/work", work));
        const watch = new RecordWatch({
          around: {
            platform: "linux",
            userHome: other,
            environment: {},
            databases: { nativeBinding: undefined },
          },
          since: 0,
          now: () => madeAt,
        });
        for (const edit of wholeLook(watch).edits.filter(
          ({ path: file }) => path.basename(file) !== "b.ts",
        )) {
          led++;
          // A name that only looks like another place is a file of the folder that the record names.
          const isBelow = edit.path.startsWith(`${work}/`) && !existsSync(edit.path);
          const isLed = isBelow && !edit.path.startsWith(path.join(work, "link"));
          assert.ok(isLed || teller.ownRecord(edit, "log") === undefined, `${one} led to ${edit.path}`);
        }
      }
      assert.ok(led > 3, `${led} hostile places were tried`);
      assert.ok(drops.every((drop) => drop === "record.outside"));
    });
  }

  for (const form of furtherForms)
    test(`is neither stored nor said, of ${form.title}`, () => {
      writeSoundForm(home, form, (json) => planted(json).replaceAll("/work", work));
      assert.ok(bytesBelow(home).includes(canary), "there is something to keep quiet about");
      const { store, tools, said, answerAll, look } = readAll();
      look();
      answerAll();
      assert.ok(
        store.requests.tasksSince(0).some(({ tool, input }) => tool === form.agent.tool && input > 0),
        "what it counts is taken in",
      );
      tools.stop();
      store.close();
      assert.ok(bytesBelow(kept).includes("SQLite format 3"), "the store is on the disk");
      assert.ok(!bytesBelow(kept).includes(canary), "no table, log or spool holds it");
      assert.ok(!said.join("\n").includes(canary), "nothing of it is said");
    });

  test("is in no spool once it is read, whichever tool's hook left it", () => {
    const { store, tools, said, timers, answerAll } = readAll();
    const spool = new HookSpool(kept);
    const file = path.join(work, "a.ts");
    writeFileSync(file, `${canary} b\n`);
    const call = { file_path: file, old_string: `${canary} old`, new_string: `${canary} b` };
    const payload = {
      ...{ session_id: "s1", conversation_id: "s1", trajectory_id: "s1", taskId: "s1", cwd: work },
      ...{ tool_name: "Edit", tool_use_id: "c1", tool_input: call, prompt: canary },
      hook_event_name: "PostToolUse",
    };
    const left = [...agents.map(({ tool }) => tool), "agent", "nobody's"];
    for (const tool of left)
      for (const said of [payload, { ...payload, hook_event_name: canary }, [canary], canary])
        spool.leave(tool, Buffer.from(JSON.stringify(said)), madeAt, randomUUID());
    assert.ok(bytesBelow(kept).includes(canary), "the spool is where it lies until then");
    for (const run of timers.splice(0)) run();
    answerAll();
    tools.stop();
    store.close();
    assert.ok(!bytesBelow(kept).includes(canary));
    assert.ok(!said.join("\n").includes(canary));
  });
});
