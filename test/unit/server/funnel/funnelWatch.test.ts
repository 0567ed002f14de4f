import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { findGit } from "../../../../server/git/findGit.ts";
import { Git } from "../../../../server/git/git.ts";
import { FunnelWatch } from "../../../../server/funnel/funnelWatch.ts";
import { editorAddress } from "../../../../server/provenance/fileAddress.ts";
import { noGit } from "../../../../server/gitView.ts";
import { plainHashes } from "../desk.ts";
import { batchOf } from "../../../support/store/rows.ts";
import { GitPlayground } from "../../../support/git/repository.ts";
import { chat, Desk } from "../desk.ts";

suite("AI edits on their way to a commit", () => {
  const play = new GitPlayground();
  const program = findGit(process.platform, process.env);
  let repositories = 0;
  let name: string;
  let desk: Desk;
  let isTrusted: boolean;
  let sequence: number;

  setup(() => {
    name = `repository-${++repositories}`;
    play.make(name);
    desk = new Desk("");
    isTrusted = true;
    sequence = 1000;
  });
  suiteTeardown(() => play.remove());

  function watchWith({ hasGit } = { hasGit: true }) {
    const watch = new FunnelWatch({
      host: {
        now: () => (desk.now += 60_000),
        elapsedMs: () => 0,
        utcOffsetMinutes: () => 0,
        uuid: () => "none",
        startTimer: () => () => undefined,
        log: { info: () => undefined, warn: (message) => assert.fail(message) },
      },
      ledger: desk.ledger,
      store: desk.store,
      git: new Git({
        program: hasGit ? program : undefined,
        environment: process.env,
        isTrusted: () => isTrusted,
      }),
      hashes: plainHashes,
      view: noGit,
      flush: () => void desk.commit(),
    });
    watch.start([]);
    return watch;
  }

  /** Opens a file with the text, and has a conversation write lines at its end. Gives back the edit's id. */
  function write(
    watch: FunnelWatch,
    file: string,
    text: string,
    added: string,
  ): { address: string; id: string } {
    const address = file.startsWith("/") ? editorAddress(file, "/") : file;
    desk.ledger.opening(address, 1);
    desk.ledger.open({ uri: address, languageId: "typescript", version: 1, text });
    watch.opened(address);
    const line = text.split("\n").length - 1;
    desk.ledger.observe({
      ...desk.observationOfNext(text.length, text.length, added, 2),
      ...chat,
      uri: address,
      sequence: ++sequence,
    });
    desk.ledger.change({
      uri: address,
      version: 2,
      contentChanges: [
        { range: { start: { line, character: 0 }, end: { line, character: 0 } }, text: added },
      ],
    });
    const [id] = desk.ledger.look(address)!.spans.owners();
    assert.ok(id);
    return { address, id };
  }

  const stagesOf = ({ id }: { id: string }) => {
    desk.commit();
    const { accepted, ...others } = desk.store.readStages(id);
    assert.equal(accepted, "auto");
    return others;
  };

  test("are saved, and committed with the lines that are in the commit", async () => {
    const watch = watchWith();
    const file = play.write(name, "src/ä b.ts", "one\n");
    const edit = write(watch, file, "one\n", "two\nthree\n");
    assert.deepEqual(stagesOf(edit), {});
    watch.saved(edit.address);
    await watch.look();
    assert.deepEqual(stagesOf(edit), { saved: "saved" });
    const name1 = play.commit(name, "src/ä b.ts", "zero\none\nthree\n");
    await watch.look();
    assert.deepEqual(stagesOf(edit), { saved: "saved", committed: "committed" });
    const commit = desk.store.readCommit(pathToFileURL(play.at(name)).href, name1);
    assert.deepEqual(
      commit?.files.map(({ path, ranges }) => [
        path,
        ranges.map((range) => ({ ...range, origin: range.origin.kind })),
      ]),
      [["src/ä b.ts", [{ firstLine: 3, lastLine: 3, editId: edit.id, origin: "ai" }]]],
    );
    assert.deepEqual(desk.store.readDrops(), []);
  });

  test("are of the kind of work that the commit of their task says it is", async () => {
    const watch = watchWith();
    const edit = write(watch, play.write(name, "a.ts", "one\n"), "one\n", "two\n");
    desk.commit();
    const task = { key: "task", tool: "github-copilot", place: null };
    desk.store.write(batchOf({ tasks: [{ editId: edit.id, task }] }));
    await watch.look();
    play.write(name, "a.ts", "one\ntwo\n");
    play.run(name, "add", "--all");
    play.run(name, "commit", "--quiet", "--message", "fix(a): what was wrong");
    await watch.look();
    desk.commit();
    assert.deepEqual(
      desk.store.requests.tasksSince(0).map(({ type }) => type),
      ["fix"],
    );
  });

  test("are not committed with a commit that has nothing of them", async () => {
    const watch = watchWith();
    const edit = write(watch, play.write(name, "a.ts", ""), "", "two\nthree\n");
    play.commit(name, "a.ts", "other\n");
    await watch.look();
    assert.deepEqual(stagesOf(edit), {});
  });

  test("are found in the commit when their document is closed", async () => {
    const watch = watchWith();
    const edit = write(watch, play.write(name, "a.ts", "one\n"), "one\n", "two\n");
    watch.closing(edit.address);
    desk.ledger.close(edit.address);
    desk.commit();
    play.commit(name, "a.ts", "one\ntwo\n");
    await watch.look();
    assert.deepEqual(stagesOf(edit), { saved: "saved", committed: "committed" });
  });

  test("are found in a commit that was made while no server ran", async () => {
    const first = watchWith();
    const edit = write(first, play.write(name, "a.ts", "one\n"), "one\n", "two\n");
    first.closing(edit.address);
    desk.ledger.close(edit.address);
    desk.commit();
    first.stop();
    play.commit(name, "a.ts", "one\ntwo\n");
    const second = watchWith();
    second.opened(edit.address);
    await second.look();
    assert.deepEqual(stagesOf(edit), { saved: "saved", committed: "committed" });
  });

  test("are in several commits, one after the other between two looks, and in an amended one", async () => {
    const watch = watchWith();
    play.commit(name, "base.ts", "base\n");
    const a = write(watch, play.write(name, "a.ts", ""), "", "a\n");
    const b = write(watch, play.write(name, "b.ts", ""), "", "b\n");
    play.write(name, "b.ts", "");
    play.commit(name, "a.ts", "a\n");
    play.commit(name, "b.ts", "b\n", "--amend");
    await watch.look();
    assert.deepEqual([stagesOf(a).committed, stagesOf(b).committed], ["committed", "committed"]);
  });

  test("say why it cannot be known: no repository, no file, no git, no trust", async () => {
    const watch = watchWith();
    const outside = write(watch, play.write("outside", "a.ts", ""), "", "a\n");
    watch.saved(outside.address);
    const untitled = write(watch, "untitled:Untitled-1", "", "b\n");
    watch.closing(untitled.address);
    const file = play.write(name, "a.ts", "");
    const distrusted = write(watch, file, "", "c\n");
    isTrusted = false;
    watch.saved(distrusted.address);
    await watch.look();
    assert.deepEqual(stagesOf(outside), { saved: "saved", committed: "noRepository" });
    assert.deepEqual(stagesOf(untitled), { saved: "noFile", committed: "noFile" });
    assert.deepEqual(stagesOf(distrusted), { saved: "saved", committed: "notTrusted" });
    play.commit(name, "a.ts", readFileSync(file, "utf8"));
    await watch.look();
    desk.commit();
    assert.deepEqual(desk.store.readDrops(), [{ name: "commit.notRead", count: 1 }]);
    isTrusted = true;
    play.commit(name, "a.ts", "c\n");
    await watch.look();
    assert.deepEqual(stagesOf(distrusted), { saved: "saved", committed: "committed" });
    const without = watchWith({ hasGit: false });
    const gitless = write(without, play.write(name, "g.ts", ""), "", "g\n");
    without.saved(gitless.address);
    await without.look();
    assert.deepEqual(stagesOf(gitless), { saved: "saved", committed: "noGit" });
  });

  test("are given up after half an hour in which nobody looked whether they were kept", async () => {
    const watch = watchWith();
    const edit = write(watch, play.write(name, "a.ts", ""), "", "a\n");
    desk.commit();
    await watch.look();
    assert.deepEqual(stagesOf(edit), {});
    desk.ledger.close(edit.address);
    desk.commit();
    desk.now += 31 * 60_000;
    await watch.look();
    assert.deepEqual(stagesOf(edit), { keptAt15: "notRead" });
  });
});
