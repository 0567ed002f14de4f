import assert from "node:assert/strict";
import { recordOf } from "../coaching/situation.ts";
import { batchOf, copilot, documentOf, editOf, human, noon, sampleOf } from "./rows.ts";
import type { StoreUnderTest } from "./storeSuite.ts";

const day = 86_400_000;
const minute = 60_000;

/** What every store gives to advice, and keeps of it, whatever it is made of. */
export function coachingSuite(title: string, openStore: () => StoreUnderTest): void {
  suite(`${title}, with advice`, () => {
    let under: StoreUnderTest;
    setup(() => (under = openStore()));
    teardown(() => under.close());

    const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1);

    test("gives back what was said, the last state of each", () => {
      const first = recordOf({ id: "1", rule: "C01", nudgedAt: noon });
      const second = recordOf({ id: "2", rule: "C02", isHeldOut: true });
      assert.deepEqual(under.store.coaching.writeTips([first, second]), { outcome: "written" });
      const done = { ...first, state: "done", effect: "helped", after: first.before } as const;
      under.store.coaching.writeTips([done]);
      assert.deepEqual(under.restart().coaching.readTips().sort(byId), [done, second]);
    });

    test("keeps one tip of a rule for a day: another window was first", () => {
      under.store.coaching.writeTips([recordOf({ id: "1" })]);
      under.store.coaching.writeTips([recordOf({ id: "2" }), recordOf({ id: "3", day: "2026-04-01" })]);
      assert.deepEqual(
        under
          .restart()
          .coaching.readTips()
          .sort(byId)
          .map(({ id }) => id),
        ["1", "3"],
      );
    });

    test("tells others that something was said", () => {
      const before = under.store.revision();
      under.store.coaching.writeTips([recordOf()]);
      assert.notEqual(under.store.revision(), before);
    });

    test("deletes tips with what they quote, and prunes them with sums", () => {
      under.store.coaching.writeTips(
        ["2026-01-01", "2026-02-01", "2026-03-01"].map((on) => recordOf({ id: on, day: on })),
      );
      const days = () =>
        under
          .restart()
          .coaching.readTips()
          .map((tip) => tip.day)
          .sort();
      const february = { repository: null, tool: "codex", from: "2026-02-01", to: "2026-02-28" };
      under.store.forget(february, { dryRun: true });
      assert.equal(days().length, 3);
      under.store.forget(february, { dryRun: false });
      assert.deepEqual(days(), ["2026-01-01", "2026-03-01"]);
      under.setNow(noon);
      under.store.prune({ editsBefore: 0, sumsBefore: "2026-01-02" });
      assert.deepEqual(days(), ["2026-03-01"]);
      under.store.forget({ repository: null, tool: null, from: null, to: null }, { dryRun: false });
      assert.deepEqual(days(), []);
    });

    test("gives AI edits of late with what is known of them, the newest first", () => {
      const at = (minutes: number) => noon + minutes * minute;
      under.store.write(
        batchOf({
          documents: [documentOf()],
          edits: [
            editOf({ id: "old", at: at(0), origin: copilot, version: 2 }),
            editOf({ id: "typed", at: at(1), origin: human, version: 3 }),
            editOf({ id: "late", at: at(2), origin: copilot, version: 4, keptChars: 4 }),
            editOf({ id: "new", at: at(3), origin: copilot, version: 5 }),
          ],
          samples: [
            sampleOf({ editId: "new", linesInserted: 3 }),
            sampleOf({ editId: "new", dueMs: 5000, linesInserted: 31 }),
            sampleOf({ editId: "new", dueMs: 15 * minute, linesInserted: 2, fourGram: 0.25, noRevert: 0.5 }),
            sampleOf({ editId: "new", dueMs: 60 * minute, linesInserted: 99, fourGram: 0 }),
            sampleOf({ editId: "late", dueMs: 15 * minute, fourGram: 0.1, late: true, linesInserted: null }),
          ],
          stages: [{ editId: "late", stage: "committed", outcome: "committed" }],
          seen: [{ editId: "new", seen: "[10,0,10]" }],
          records: [{ editId: "new", recordAt: "codex:session-1:request-1" }],
        }),
      );
      const { coaching } = under.restart();
      const common = {
        uri: "file:///project/a.ts",
        workspace: "file:///project",
        languageId: "typescript",
        utcOffsetMinutes: 0,
      };
      const made = { kind: "ai", tool: "github-copilot", mode: "agent" };
      assert.deepEqual(coaching.readRecentAiEdits(at(1), 10), [
        {
          ...common,
          ...made,
          at: at(3),
          keptChars: 10,
          lines: 31,
          fourGram: 0.25,
          noRevert: 0.5,
          seen: "[10,0,10]",
          committed: null,
          recordAt: "codex:session-1:request-1",
        },
        {
          ...common,
          ...made,
          at: at(2),
          keptChars: 4,
          lines: null,
          fourGram: null,
          noRevert: null,
          seen: null,
          committed: "committed",
          recordAt: null,
        },
      ]);
      assert.equal(coaching.readRecentAiEdits(0, 2).length, 2);
    });

    test("tells who edited a document on which day", () => {
      under.setNow(noon);
      const lib = documentOf({ uri: "file:///project/lib.py", languageId: "python" });
      under.store.write(
        batchOf({
          documents: [documentOf(), lib],
          edits: [
            editOf({ id: "1", at: noon, version: 2 }),
            editOf({ id: "2", at: noon + minute, version: 3 }),
            editOf({ id: "3", at: noon + day, version: 4 }),
            editOf({ id: "4", at: noon + day, version: 5, origin: copilot }),
            editOf({ id: "5", uri: lib.uri }),
          ],
        }),
      );
      const { coaching } = under.restart();
      const rows = coaching.readEdited(["file:///project/a.ts", "file:///none"], noon);
      assert.deepEqual(rows.map(({ kind, at }) => `${kind} ${(at - noon) / minute}`).sort(), [
        "ai 1440",
        "human 1",
        "human 1440",
      ]);
      assert.deepEqual(coaching.readRecentDocuments(noon), [
        { uri: "file:///project/a.ts", workspace: "file:///project", languageId: "typescript" },
        { uri: "file:///project/lib.py", workspace: "file:///project", languageId: "python" },
      ]);
      assert.deepEqual(coaching.readRecentDocuments(noon + 1), []);
    });

    test("counts the lines of commits by who wrote them, without what nobody writes by hand", () => {
      const file = (path: string, editId: string, lastLine: number) => ({
        path,
        ranges: [{ firstLine: 1, lastLine, editId }],
      });
      under.store.write(
        batchOf({
          documents: [documentOf()],
          edits: [editOf({ id: "ai", origin: copilot }), editOf({ id: "mine", version: 3 })],
          commits: [
            { repository: "file:///project", name: "1", at: noon - day, files: [file("a.ts", "ai", 9)] },
            {
              repository: "file:///project",
              name: "2",
              at: noon,
              files: [file("a.ts", "ai", 5), file("b.ts", "mine", 2), file("package-lock.json", "ai", 900)],
            },
          ],
        }),
      );
      assert.deepEqual(under.restart().coaching.readCommittedLines(noon), [
        { at: noon, lines: 7, aiLines: 5 },
      ]);
    });
  });
}
