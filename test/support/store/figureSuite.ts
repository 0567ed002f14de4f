import assert from "node:assert/strict";
import type { ForgetScope } from "../../../protocol/forget.ts";
import type { FigureRow } from "../../../server/store/figures.ts";
import type { Store } from "../../../server/store/store.ts";
import { allowanceOf, figureOf, heardOf, noon } from "./rows.ts";
import type { StoreUnderTest } from "./storeSuite.ts";

const everything = { from: "0000-00-00", to: "9999-99-99" };
const all: ForgetScope = { repository: null, tool: null, from: null, to: null };
const day = 86_400_000;

/** How every store keeps what tools say of themselves as a whole. */
export function figureSuite(title: string, openStore: () => StoreUnderTest): void {
  suite(`${title}, with what tools say of themselves`, () => {
    let under: StoreUnderTest;
    setup(() => (under = openStore()));
    teardown(() => under.close());

    const add = (...figures: readonly Partial<FigureRow>[]) =>
      under.store.figures.write({ figures: figures.map((each) => figureOf(each)) });

    test("adds up what they count, by day, tool, measure and detail", () => {
      add({}, { count: 1, total: 0.25 }, { detail: "5000" }, { day: "2026-02-01" }, { tool: "codex" });
      add({ measure: "rejected", detail: "person", count: 1, total: 1 });
      const { figures } = under.restart();
      assert.deepEqual(told(figures.figures(everything)), [
        "2026-01-31 codex fourGram 300000: 2 of 1.5",
        "2026-01-31 github-copilot fourGram 300000: 3 of 1.75",
        "2026-01-31 github-copilot fourGram 5000: 2 of 1.5",
        "2026-01-31 github-copilot rejected person: 1 of 1",
        "2026-02-01 github-copilot fourGram 300000: 2 of 1.5",
      ]);
      assert.equal(figures.figures({ from: "2026-02-01", to: "2026-02-01" }).length, 1);
    });

    test("keeps of each window of a plan what was said last, whatever comes last", () => {
      const later = allowanceOf({ usedShare: 0.5, readAt: noon + 1, resetsAt: null });
      const other = allowanceOf({ windowMinutes: 10_080 });
      under.store.figures.write({ allowances: [allowanceOf(), later, other] });
      under.store.figures.write({ allowances: [allowanceOf({ usedShare: 0.75 })] });
      const kept = under.restart().figures.allowances();
      assert.deepEqual(
        kept.sort((one, two) => one.windowMinutes - two.windowMinutes),
        [later, other],
      );
    });

    test("adds up what is heard, and begins anew where the same is read again", () => {
      under.store.figures.write({ heard: [heardOf(), heardOf({ way: "hook", at: noon - 1 })] });
      under.store.figures.write({
        heard: [
          heardOf({ at: noon - 5, taken: 1, notUnderstood: 2 }),
          heardOf({ way: "hook", at: noon + 5, taken: 3, notUnderstood: 4, isAll: true }),
        ],
      });
      const heard = under.restart().figures.heard();
      assert.deepEqual(
        heard.sort((one, two) => (one.way < two.way ? -1 : 1)),
        [
          { tool: "codex", way: "hook", at: noon + 5, taken: 3, notUnderstood: 4 },
          { tool: "codex", way: "log", at: noon, taken: 10, notUnderstood: 3 },
        ],
      );
    });

    const fill = () =>
      under.store.figures.write({
        figures: [figureOf(), figureOf({ day: "2026-02-02" }), figureOf({ tool: "codex" })],
        allowances: [allowanceOf(), allowanceOf({ windowMinutes: 9, readAt: noon + 2 * day })],
        heard: [heardOf(), heardOf({ tool: "github-copilot", at: noon + 2 * day })],
      });
    const left = (store: Store) => {
      const { figures } = store;
      return [figures.figures(everything), figures.allowances(), figures.heard()].map((rows) => rows.length);
    };

    test("is pruned with the sums, and what plans allow with the edits", () => {
      fill();
      under.store.prune({ editsBefore: noon + day, sumsBefore: "2026-01-01" });
      assert.deepEqual(left(under.store), [3, 1, 2]);
      under.store.prune({ editsBefore: noon + day, sumsBefore: "2026-02-01" });
      assert.deepEqual(left(under.restart()), [1, 1, 1]);
    });

    const cases: Record<string, [Partial<ForgetScope>, number[]]> = {
      "a tool": [{ tool: "codex" }, [2, 0, 1]],
      "a period": [{ from: "2026-02-01", to: "2026-02-28" }, [2, 1, 1]],
      "a repository, of which none of it is": [{ repository: ["file:///project"] }, [3, 2, 2]],
      everything: [{}, [0, 0, 0]],
    };
    for (const [scope, [change, counts]] of Object.entries(cases)) {
      test(`forgets ${scope}`, () => {
        fill();
        under.store.forget({ ...all, ...change }, { dryRun: true });
        assert.deepEqual(left(under.store), [3, 2, 2]);
        assert.equal(under.store.forget({ ...all, ...change }, { dryRun: false }).outcome, "forgotten");
        assert.deepEqual(left(under.restart()), counts);
      });
    }
  });
}

function told(rows: readonly FigureRow[]): string[] {
  return rows
    .map(
      ({ day, tool, measure, detail, count, total }) =>
        `${day} ${tool} ${measure} ${detail}: ${count} of ${total}`,
    )
    .sort();
}
