import assert from "node:assert/strict";
import { existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { FatesReader } from "../../../../server/fate/fatesReader.ts";
import { FateWatch } from "../../../../server/fate/fateWatch.ts";
import { fateFolder, forgetPasses, passMemory } from "../../../../server/fate/passMemory.ts";
import { findGit } from "../../../../server/git/findGit.ts";
import { Git } from "../../../../server/git/git.ts";
import { plainHashes } from "../desk.ts";
import { writeEditFates } from "../../../../server/fate/editFates.ts";
import { MemoryStore } from "../../../../server/store/memoryStore.ts";
import { copilot, editsBatch } from "../../../support/store/rows.ts";
import { GitPlayground } from "../../../support/git/repository.ts";

const dayMs = 24 * 60 * 60_000;

suite("Histories of a window's repositories", () => {
  const play = new GitPlayground();
  const home = play.at("home");
  const reader = new FatesReader(home);
  let now = 1_802_000_000_000;
  let isTrusted: boolean;
  let looked: number;
  let worked: string[];
  let store: MemoryStore;
  suiteTeardown(() => play.remove());
  setup(() => {
    [isTrusted, looked, worked] = [true, 0, []];
    forgetPasses(home);
    store = new MemoryStore({ now: () => now });
  });

  function watching(...folders: string[]): FateWatch {
    const host = {
      now: () => now,
      elapsedMs: () => 0,
      utcOffsetMinutes: () => 0,
      uuid: () => "unfinished",
      startTimer: () => () => undefined,
      log: { info: () => undefined, warn: (message: string) => assert.fail(message) },
    };
    const program = findGit(process.platform, process.env);
    const watch = new FateWatch({
      host,
      git: new Git({ program, environment: process.env, isTrusted: () => isTrusted }),
      memory: passMemory({
        host,
        folder: home,
        hashes: { ...plainHashes, text: (text) => Buffer.from(text).toString("base64url") },
        store: {
          kind: "disk",
          readCommit: () => undefined,
          readCommitNames: () => [],
          readOrigins: () => new Map(),
          readSeen: () => new Map(),
        },
      }),
      onLooked: () => looked++,
      onProgress: (done, all) => worked.push(`${done} of ${all}`),
      onEnded: () => worked.push("over"),
      onPass: (root, pass, pace) => writeEditFates(store, root, pass, now, pace),
      onFailed: () => assert.fail(),
    });
    watch.start(folders.map((folder) => address(folder)));
    return watch;
  }

  const address = (...names: string[]) => pathToFileURL(play.at(...names)).href;
  const byClaude = ["--trailer", "Co-authored-by: Claude <noreply@anthropic.com>"];

  test("are left alone once the person has no patience, until they move", async () => {
    for (const name of ["long", "longer"]) {
      play.make(name);
      for (const text of ["one\n", "two\n", "three\n"]) play.commit(name, "a.ts", text);
    }
    const watch = watching("long", "longer");
    const looking = watch.look();
    watch.cancel();
    await looking;
    await watch.look();
    assert.deepEqual([looked, reader.read(undefined, 0)?.repositories ?? 0], [0, 0]);
    assert.equal(worked.at(-1), "over");
    play.commit("long", "a.ts", "four\n");
    await watch.look();
    assert.equal(looked, 1);
    assert.deepEqual(worked.slice(-2), ["4 of 4", "over"]);
  });

  test("are looked at once, again after a commit, and again when a day has passed", async () => {
    play.make("one");
    play.commit("one", "a.ts", "first line\nsecond line\n", ...byClaude);
    const watch = watching("one");
    await watch.look();
    await watch.look();
    assert.equal(looked, 1);
    const [ai] = reader.read(undefined, 0)!.kinds;
    assert.deepEqual([ai!.origin, ai!.lines], [{ kind: "ai" }, 2]);
    play.commit("one", "a.ts", "first line\nanother line\n");
    await watch.look();
    assert.equal(looked, 2);
    assert.deepEqual(
      reader.read(undefined, 0)!.kinds.map(({ origin, lines }) => [origin.kind, lines]),
      [
        ["ai", 2],
        ["unknown", 1],
      ],
    );
    now += dayMs;
    await watch.look();
    assert.equal(looked, 3);
    assert.equal(reader.read(undefined, 0)!.at, now);
  });

  test("tell of each edit whose lines were committed whether it is alive a month later", async () => {
    play.make("months");
    const name = play.commit("months", "a.ts", "of the first\nof the second\n");
    now = new Date(play.run("months", "show", "-s", "--format=%cI", name)).getTime();
    const ranges = [
      { firstLine: 1, lastLine: 1, editId: "edit-1" },
      { firstLine: 2, lastLine: 2, editId: "edit-2" },
    ];
    const committed = (editId: string) => ({ editId, stage: "committed", outcome: "committed" }) as const;
    store.write({
      ...editsBatch({ origin: copilot }, { origin: copilot }),
      stages: [committed("edit-1"), committed("edit-2")],
      commits: [{ repository: address("months"), name, at: now, files: [{ path: "a.ts", ranges }] }],
    });
    const watch = watching("months");
    const told = () => ["edit-1", "edit-2"].map((id) => store.readStages(id).aliveAt30);
    await watch.look();
    assert.deepEqual(told(), [undefined, undefined]);
    play.commit("months", "a.ts", "of the first\nof a person\n");
    now += dayMs;
    await watch.look();
    assert.deepEqual(told(), [undefined, "gone"]);
    now += 30 * dayMs;
    await watch.look();
    assert.deepEqual(told(), ["alive", "gone"]);
  });

  test("are told of by the folders that are asked about, and each change is seen", async () => {
    play.make("left");
    play.commit("left", "src/a.ts", "first line\n");
    play.make("right");
    play.commit("right", "b.ts", "first line\nsecond line\n");
    await watching("left/src", "right").look();
    const lines = (fates: ReturnType<FatesReader["read"]>) =>
      fates?.kinds.reduce((sum, kind) => sum + kind.lines, 0);
    assert.equal(lines(reader.read(undefined, 0)), 3);
    assert.equal(lines(reader.read([address("left", "src")], 0)), 1);
    assert.equal(lines(reader.read([address("right")], 0)), 2);
    assert.equal(reader.read([address("rig")], 0), null);
    assert.equal(reader.read(undefined, 0), reader.read(undefined, 0), "the same answer is not made twice");
    const [damaged] = readdirSync(fateFolder(home)).filter((name) => name.endsWith(".json"));
    writeFileSync(path.join(fateFolder(home), damaged!), "{");
    assert.equal(reader.read(undefined, 0)!.repositories, 1);
  });

  test("set apart what a repository's attributes say, and not what they say is written by hand", async () => {
    play.make("marked");
    play.write("marked", ".gitattributes", "api/** linguist-generated\ndist/** -linguist-generated\n");
    play.write("marked", "api/client.ts", "generated one\ngenerated two\n");
    play.write("marked", "dist/own.ts", "written by hand\n");
    play.commit("marked", "a.ts", "first line\n");
    await watching("marked").look();
    const { linesSetApart, kinds } = reader.read(undefined, 0)!;
    assert.deepEqual([linesSetApart, kinds[0]!.lines], [2, 4]);
  });

  test("that nobody may ask git about, or that have no commit, are counted with the reason", async () => {
    play.make("empty");
    isTrusted = false;
    await watching("one").look();
    isTrusted = true;
    await watching("empty").look();
    assert.deepEqual(
      reader
        .read(undefined, 0)!
        .unknown.map(({ reason, count }) => `${reason} ${count}`)
        .sort(),
      ["noCommit 1", "notTrusted 1"],
    );
  });

  test("leave nothing once data is deleted, and are looked at anew", async () => {
    const watch = watching("one");
    await watch.look();
    assert.equal(statSync(fateFolder(home)).mode & 0o777, 0o700);
    assert.equal(readdirSync(fateFolder(home)).length, 2);
    forgetPasses(home);
    watch.forget();
    assert.ok(!existsSync(fateFolder(home)));
    assert.equal(reader.read(undefined, 0), null);
    await watch.look();
    assert.equal(reader.read(undefined, 0)!.repositories, 1);
  });

  test("leave nothing of a look that is stopped", async () => {
    const watch = watching("one");
    const looking = watch.look();
    watch.stop();
    await looking;
    assert.ok(!existsSync(fateFolder(home)));
    assert.equal(looked, 0);
  });
});
