import assert from "node:assert/strict";
import {
  answered,
  coachOf,
  newOpportunities,
  tipsNow,
  type Coaching,
} from "../../../../core/coaching/coach.ts";
import { factsOf } from "../../../../core/coaching/facts.ts";
import {
  practiceLevel,
  promptIdOf,
  promptRules,
  promptsShown,
  textIn,
  type PromptsInForce,
} from "../../../../core/coaching/orgPrompts.ts";
import type { BundleItem } from "../../../../protocol/bundle.ts";
import { tipRecordSchema } from "../../../../protocol/coaching.ts";
import { editOf, now, rowOf, shareOf, situationOf, today } from "../../../support/coaching/situation.ts";

const id = "5a1c2b7e-93d4-4f6a-8e21-6c0d9b8a7f10";
const sender = "kept.example.org";

function itemOf(of: Partial<BundleItem> = {}): BundleItem {
  return {
    id,
    audience: { kind: "everyone" },
    contact: "coaching@example.org",
    defaultLocale: "en",
    texts: { en: "Ask for tests {first}." },
    ...of,
  };
}

const facts = factsOf(
  situationOf({
    edits: [editOf({ tool: "codex", languageId: "go" })],
    rows: ["2026-03-01", "2026-03-02", "2026-03-02"].map((day) => rowOf({ day })),
    uncommitted: [{ uri: "file:///a/b.ts", path: "b.ts", lines: 12, unread: 0 }],
  }),
);

function inForce(items: BundleItem[], of: Partial<PromptsInForce> = {}): PromptsInForce {
  return { items, sender, team: "Payments", locale: "en-GB", day: today, ...of };
}

const means = { uuid: () => "tip-1", draw: () => 0.5, measure: () => shareOf(0.8, 0.7, 0.9) };

function coachingOf(items: BundleItem[], of: Partial<Coaching> = {}): Coaching {
  return {
    rules: promptRules(inForce(items), facts),
    records: [],
    muted: { all: false, rules: [], senders: [] },
    facts,
    today: { now, day: today },
    ...of,
  };
}

suite("Prompts of an organisation", () => {
  test("are for those they name, decided from what is known here", () => {
    const reaches = (audience: BundleItem["audience"]) =>
      promptRules(inForce([itemOf({ audience })]), facts).length === 1;
    assert.ok(reaches({ kind: "everyone" }));
    assert.ok(reaches({ kind: "team", team: "Payments" }));
    assert.ok(!reaches({ kind: "team", team: "Search" }));
    assert.ok(reaches({ kind: "tool", tool: "codex" }));
    assert.ok(!reaches({ kind: "tool", tool: "cursor" }));
    assert.ok(reaches({ kind: "language", languageId: "go" }));
    assert.ok(!reaches({ kind: "language", languageId: "rust" }));
    assert.ok(reaches({ kind: "level", level: "starting" }));
    assert.ok(!reaches({ kind: "level", level: "daily" }));
    assert.deepEqual([0, 4, 5, 12, 13].map(practiceLevel), [
      "starting",
      "starting",
      "regular",
      "regular",
      "daily",
    ]);
  });

  test("begin and end with the person's own days", () => {
    const due = (from: string | undefined, until: string | undefined) =>
      promptRules(inForce([itemOf({ ...(from ? { from } : {}), ...(until ? { until } : {}) })]), facts)
        .length;
    assert.equal(due(today, today), 1);
    assert.equal(due("2026-04-01", undefined), 0);
    assert.equal(due(undefined, "2026-03-30"), 0);
    const later = itemOf({ from: "2026-04-01" });
    assert.deepEqual(
      promptsShown(inForce([later, itemOf({ until: "2026-03-30" })]), facts).map(({ from }) => from),
      ["2026-04-01"],
    );
  });

  test("of which several are due come in the order of their schedule, whatever their ids are", () => {
    const named = (first: string, of: Partial<BundleItem>) => itemOf({ id: first + id.slice(1), ...of });
    const items = [
      named("1", { from: "2026-03-20" }),
      named("2", { from: "2026-03-10", until: "2026-12-31" }),
      named("3", {}),
      named("4", { from: "2026-03-10", until: "2026-06-30" }),
    ];
    const order = ["3", "4", "2", "1"];
    assert.deepEqual(
      promptsShown(inForce(items), facts).map((shown) => shown.id[0]),
      order,
    );
    const rules = promptRules(inForce(items.toReversed()), facts);
    const coaching: Coaching = {
      rules,
      records: [],
      muted: { all: false, rules: [], senders: [] },
      facts,
      today: { now, day: today },
    };
    assert.deepEqual(
      newOpportunities(coaching, means).map(({ rule }) => promptIdOf(rule)?.[0]),
      order,
    );
  });

  test("speak the editor's language where they have it", () => {
    const texts = { en: "Tests first.", de: "Erst Tests.", "pt-BR": "Testes primeiro." };
    const said = (locale: string) => textIn({ texts, defaultLocale: "en" }, locale);
    assert.deepEqual(["en", "de-AT", "pt-br", "pt", "fr"].map(said), [
      texts.en,
      texts.de,
      texts["pt-BR"],
      texts["pt-BR"],
      texts.en,
    ]);
  });

  test("are tips with a sender, said as they stand, and fit into what is stored", () => {
    const coaching = coachingOf([itemOf({ suggestion: "Write tests like those in FILE." })]);
    const records = newOpportunities(coaching, means);
    assert.doesNotThrow(() => tipRecordSchema.parse(records[0]));
    assert.equal(promptIdOf(records[0]!.rule), id);
    assert.equal(promptIdOf("C01"), undefined);
    const coach = coachOf({ ...coaching, records }, { problems: [], org: null });
    assert.equal(coach.tip?.message, "Ask for tests {first}.");
    assert.deepEqual(coach.tip.prompt, {
      sender,
      contact: "coaching@example.org",
      suggestion: "Write tests like those in FILE.",
    });
  });

  test("are held out like every tip", () => {
    const coaching = coachingOf([itemOf()]);
    const records = newOpportunities(coaching, { ...means, draw: () => 0.05 });
    assert.deepEqual(
      records.map(({ isHeldOut }) => isHeldOut),
      [true],
    );
    assert.deepEqual(tipsNow({ ...coaching, records }), []);
  });

  test("end with what somebody says of them, and do not come again", () => {
    const coaching = coachingOf([itemOf()]);
    const [record] = newOpportunities(coaching, means);
    for (const word of ["helped", "notForMe"] as const) {
      const ended = answered(record!, word, now)!;
      assert.equal(ended.state, word);
      const records = [ended];
      assert.deepEqual(tipsNow({ ...coaching, records }), []);
      assert.deepEqual(newOpportunities({ ...coaching, records }, means), []);
    }
  });

  test("are silent while their sender is muted, and gone when they are taken back", () => {
    const coaching = coachingOf([itemOf()]);
    const records = newOpportunities(coaching, means);
    assert.equal(tipsNow({ ...coaching, records }).length, 1);
    const muted = { all: false, rules: [], senders: [sender] };
    assert.deepEqual(tipsNow({ ...coaching, records, muted }), []);
    assert.deepEqual(newOpportunities({ ...coaching, muted }, means), []);
    const coach = coachOf({ ...coachingOf([]), records }, { problems: [], org: null });
    assert.deepEqual([coach.tip, coach.waiting, coach.tried], [null, [], []]);
  });

  test("with a condition are rules, and quote numbers", () => {
    const rule = itemOf({
      when: "uncommitted.lines > 10",
      texts: { en: "{uncommitted.lines|line|lines} wait." },
    });
    const coaching = coachingOf([rule]);
    assert.equal(newOpportunities(coaching, means)[0]?.message, "12 lines wait.");
    const silent = coachingOf([{ ...rule, when: "uncommitted.lines > 20" }]);
    assert.deepEqual(newOpportunities(silent, means), []);
  });

  test("that speak of what this version does not know are not said, and say so", () => {
    for (const of of [
      { when: "weather.rain > 1" },
      { when: "uncommitted.lines > 1", texts: { en: "{weather.rain} of rain." } },
      { minSample: { of: "weather.rain", least: 1 } },
    ]) {
      const items = [itemOf(of)];
      assert.deepEqual(promptRules(inForce(items), facts), []);
      assert.deepEqual(
        promptsShown(inForce(items), facts).map(({ isUnderstood }) => isUnderstood),
        [false],
      );
    }
  });
});
