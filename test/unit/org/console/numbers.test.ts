import assert from "node:assert/strict";
import { csvOf } from "../../../../org/console/pages/outcomes.ts";
import { heatOf, tellingMeasure, type Measure } from "../../../../org/console/heat.ts";
import { coverageOf, suppressedShare, toolsIn, viewOf } from "../../../../org/console/period.ts";
import { scorecardOf } from "../../../../org/console/scorecard.ts";
import { readTally } from "../../../../org/console/tallyReading.ts";
import { membershipSchema, teamAnswerSchema } from "../../../../protocol/enrolment.ts";
import type { ProtectedCell, PublishedTable } from "../../../../protocol/protection.ts";
import { makeApp, type AppForTest } from "../../../org/support/app.ts";
import { signInAs, textOf } from "../../../org/support/visitor.ts";
import { publishMadeWeeks } from "../../../org/support/weeks.ts";

const shown = (people: number | null, edits: number, inserted: number, kept: number): ProtectedCell => ({
  ...{ state: "shown", people, edits },
  ...{ insertedChars: inserted, keptChars: kept },
});
const hidden: ProtectedCell = { state: "hidden", why: "fewPeople" };

/** Weeks of one team of ten: half of the text is AI's, of which a share is kept that changes a little. */
function tablesOf(count: number, kept: (index: number) => number, cells?: ProtectedCell[]): PublishedTable[] {
  return Array.from({ length: count }, (_, index) => {
    const own = cells ?? [
      shown(6, 100, 1000 + index, Math.round(1000 * kept(index))),
      shown(10, 100, 1000, 820),
      shown(5, 50, 500, 100),
    ];
    const line = { all: shown(10, 250, 2500, 1900), cells: own };
    return {
      ...{
        week: `2026-W${String(46 - index).padStart(2, "0")}`,
        floor: 5,
        columns: ["codex", "human", "unknown"],
      },
      ...{ total: line, teams: [{ team: "=Payments", line: { all: hidden, cells: own.map(() => hidden) } }] },
    };
  });
}

const cardOf = (
  tables: readonly PublishedTable[],
  id: string,
  period: 4 | 13 | 52 = 4,
  team: string | null = null,
) => {
  const none = () => readTally([], "kept.requests", null);
  const card = scorecardOf(viewOf(tables, period, team), { S3: 0.25 }, none).find((each) => each.id === id);
  assert.ok(card);
  return card;
};

suite("The scorecard", () => {
  const like = (share: number) => (index: number) => share + (index % 3) / 100;

  test("gives a verdict only where all of the interval carries it", () => {
    assert.equal(cardOf(tablesOf(4, like(0.95)), "kept").verdict, "meets");
    assert.equal(cardOf(tablesOf(4, like(0.5)), "kept").verdict, "misses");
    assert.equal(
      cardOf(
        tablesOf(4, (index) => 0.7 + 0.08 * index),
        "kept",
      ).verdict,
      "notEnoughData",
    );
  });

  test("bids nobody wait where a difference is too small to be told", () => {
    const { verdict, action } = cardOf(
      tablesOf(4, (index) => 0.7 + 0.08 * index),
      "kept",
    );
    assert.deepEqual(
      [verdict, action],
      [
        "notEnoughData",
        "No difference from people's text can be told: see under Outcomes whether tools differ.",
      ],
    );
  });

  test("needs four weeks, and says how many are missing", () => {
    const card = cardOf(tablesOf(3, like(0.95)), "kept");
    assert.deepEqual(
      [card.now, card.verdict, card.evidence],
      [undefined, "notEnoughData", "Needs 1 more complete week."],
    );
    assert.equal(cardOf([], "kept").now, undefined);
  });

  test("speaks of a change only where the intervals do not touch", () => {
    const changed = [...tablesOf(4, like(0.9)), ...tablesOf(4, like(0.6))];
    assert.equal(cardOf(changed, "kept").trend, "up 30 points on the 4 weeks before");
    assert.equal(cardOf(tablesOf(8, like(0.9)), "kept").trend, "no change seen");
    assert.equal(cardOf(tablesOf(4, like(0.9)), "kept").trend, undefined);
  });

  test("counts unknown text for nobody, and no week of which a part is hidden", () => {
    assert.equal(cardOf(tablesOf(4, like(0.9)), "A3").now, "50 %");
    const partly = tablesOf(4, like(0.9), [hidden, shown(10, 100, 1000, 820), shown(5, 50, 500, 100)]);
    assert.deepEqual([cardOf(partly, "A3").now, cardOf(partly, "kept").now], [undefined, undefined]);
    const why =
      "Hidden to protect small groups: too few people took part. Needs 4 more weeks that may be shown.";
    assert.equal(cardOf(partly, "A3").evidence, why);
    const someTool = tablesOf(4, like(0.9)).map(({ columns, total, ...rest }) => ({
      ...{ ...rest, columns: [...columns, "cursor"] },
      total: { ...total, cells: [...total.cells, hidden] },
    }));
    assert.match(cardOf(someTool, "kept").evidence, /; 4 cells hidden$/);
  });

  test("has beside each number how sure it is and of how much", () => {
    const changing = tablesOf(4, (index) => 0.7 + 0.08 * index);
    assert.match(cardOf(changing, "kept").evidence, /^400 edits, 4 weeks, between \d+ and \d+ %$/);
    assert.equal(cardOf(tablesOf(4, like(0.9)), "A3").evidence, "800 edits, 4 weeks, sure to the percent");
  });

  test("says of a hidden team why, gives it no number of everybody, and bids nobody wait", () => {
    const of = (id: string) => cardOf(tablesOf(4, like(0.9)), id, 4, "=Payments");
    const why = /^Hidden to protect small groups: too few people took part\./;
    for (const id of ["A3", "kept"]) {
      assert.match(of(id).evidence, why);
      assert.doesNotMatch(of(id).evidence, /complete/);
    }
    assert.equal(of("A4").now, undefined);
    assert.match(of("A4").evidence, /too few people took part/);
    assert.match(of("kept").action, /^Waiting alone shows nothing/);
    assert.equal(cardOf(tablesOf(4, like(0.9)), "A4").now, "1");
  });

  test("says what is waited for, with the organisation's own target", () => {
    const card = cardOf([], "S3");
    assert.deepEqual([card.target, card.verdict, card.now], ["at least 25 %", "notEnoughData", undefined]);
    assert.match(card.evidence, /^Needs pull requests, CI/);
  });
});

suite("What the console shows of published weeks", () => {
  const tables = tablesOf(4, () => 0.9);

  test("coverage, hidden share and tools are of what is shown", () => {
    const { weeks } = viewOf(tables, 4, null);
    assert.equal(coverageOf(weeks), 0.8);
    assert.equal(suppressedShare(tables), 0.5);
    assert.deepEqual(toolsIn(weeks), ["codex"]);
    assert.equal(coverageOf(viewOf(tables, 4, "=Payments").weeks), null);
  });

  test("a cell of the map says how many, that it may not, or why it is hidden", () => {
    const [line] = viewOf(tables, 4, null).weeks;
    assert.ok(line);
    const of = (cell: ProtectedCell, by: Measure = "people") =>
      heatOf({ ...line, line: { ...line.line, cells: [cell] } }, "codex", by);
    assert.deepEqual(of(shown(6, 100, 1, 1)), {
      ...{ kind: "heat-4", word: "60 %", whole: "6 of 10 people", why: undefined },
    });
    assert.equal(of(shown(10, 100, 1, 1)).kind, "heat-5");
    assert.deepEqual([of(shown(null, 9, 1, 1)).kind, of(shown(null, 9, 1, 1)).word], ["masked", "used"]);
    assert.match(of(hidden).why ?? "", /too few people/);
    assert.match(heatOf(undefined, "codex", "people").why ?? "", /not published/);
    assert.equal(heatOf(line, "cursor", "people").word, "·");
    assert.equal(heatOf(line, "human", "people").word, "·");
  });

  test("a cell of the map says how much a tool edited where it may not say how many people used it", () => {
    const [line] = viewOf(tables, 4, null).weeks;
    assert.ok(line);
    const withCell = (cell: ProtectedCell) => ({ ...line, line: { ...line.line, cells: [cell] } });
    const untold = withCell(shown(null, 100, 1000, 900));
    const { kind, word, whole } = heatOf(untold, "codex", "edits");
    assert.deepEqual([kind, word, whole], ["heat-3", "40 %", "100 of 250 edits"]);
    assert.equal(heatOf(withCell(hidden), "codex", "edits").kind, "hatched");
    const told = withCell(shown(6, 100, 1000, 900));
    assert.equal(tellingMeasure([untold, told, told], ["codex"]), "edits");
    assert.equal(tellingMeasure([told, withCell(hidden)], ["codex"]), "people");
    assert.equal(tellingMeasure([], []), "people");
  });

  test("a file has what the page has, and no formula", () => {
    const [, first, , , all] = csvOf(viewOf(tables, 4, null)).split("\r\n");
    assert.equal(first, '2026-W46,"everybody","codex",shown,6,100,1000,900');
    assert.equal(all, '2026-W46,"everybody","all",shown,10,250,2500,1900');
    assert.match(csvOf(viewOf(tables, 4, "=Payments")), /"'=Payments","codex",hidden: fewPeople,,,,\r\n/);
  });
});

suite("The console over published weeks", () => {
  let service: AppForTest;

  suiteSetup(async () => {
    service = await makeApp();
    await publishMadeWeeks(
      service.store,
      [
        { team: "Payments", people: 12, tools: ["codex", "claude-code"], kept: 0.88 },
        { team: "Search", people: 9, tools: ["codex"], kept: 0.6 },
        { team: "Tiny", people: 3, tools: ["codex"], kept: 0.5 },
      ],
      5,
    );
  });

  suiteTeardown(() => service.close());

  test("a small team is named, hidden and explained, and its numbers are in no page and no file", async () => {
    const lead = await signInAs(service, "coeLead", { name: "A lead" });
    const heat = (await lead.get("/adoption?team=Tiny")).body;
    assert.match(textOf(heat), /Hidden to protect small groups: too few people took part\./);
    const file = await lead.post("/export", { weeks: "4", team: "Tiny" });
    assert.match(String(file.headers["content-type"]), /^text\/csv/);
    const rows = file.body.trim().split("\r\n").slice(1);
    assert.ok(rows.length > 0);
    for (const row of rows) assert.match(row, /,hidden: \w+,,,,$/);
    assert.match(textOf((await lead.get("/audit")).body), /A lead exported numbers 4 weeks of Tiny/);
  });

  test("a team lead sees everybody and their own team, and no other by any address", async () => {
    const lead = await signInAs(service, "teamLead", { name: "Another", team: "Search" });
    for (const path of ["/", "/adoption", "/outcomes"]) {
      const own = (await lead.get(`${path}?team=Search`)).body;
      assert.match(own, /<p class="of">Search<\/p>/);
      const other = (await lead.get(`${path}?team=Payments`)).body;
      assert.doesNotMatch(other, /Payments/, path);
      assert.match(other, /<p class="of">The organisation<\/p>/);
    }
    const refused = await lead.post("/export", { weeks: "13", team: "Payments" });
    assert.equal(refused.statusCode, 400);
    assert.doesNotMatch(refused.body, /Payments/);
  });

  test("no page has a script, a style of its own or an address elsewhere", async () => {
    const lead = await signInAs(service, "coeLead", { name: "A third" });
    for (const path of ["/", "/adoption", "/outcomes", "/settings", "/audit"]) {
      const { body, headers } = await lead.get(path);
      assert.doesNotMatch(body, /<script|<style|\sstyle=|\son[a-z]+=|https?:\/\/(?!github)/i, path);
      assert.match(String(headers["content-security-policy"]), /^default-src 'none'; style-src 'self'/);
    }
  });

  test("with its one script, a page allows that and nothing inline, and says the same", async () => {
    const scripted = await makeApp(undefined, { script: "/* drawn */" });
    const lead = await signInAs(scripted, "coeLead");
    const { body, headers } = await lead.get("/");
    const [, address = ""] = /<script src="(\/console\.js\?[0-9a-f]{12})" defer><\/script>/.exec(body) ?? [];
    assert.equal(body.match(/<script/g)?.length, 1);
    assert.match(
      String(headers["content-security-policy"]),
      /^default-src 'none'; script-src 'self'; style-src/,
    );
    const script = await lead.get(address);
    assert.equal(script.body, "/* drawn */");
    assert.match(String(script.headers["cache-control"]), /immutable/);
    assert.equal((await lead.get("/audit")).headers["cache-control"], "no-store");
    await scripted.close();
  });

  test("the header says what is hidden of all tables, and whom no sum has", async () => {
    const lead = await signInAs(service, "coeLead", { name: "A sixth" });
    const words = textOf((await lead.get("/")).body);
    assert.match(words, /Hidden \d+ % of the numbers of edits, and something in \d+ of 25 other tables/);
    assert.match(
      words,
      /Tiny and everyone are in no sum: fewer people than a number can be about, and together/,
    );
    const team = await signInAs(service, "teamLead", { name: "A seventh", team: "Search" });
    const theirs = textOf((await team.get("/")).body);
    assert.match(theirs, /2 small teams are in no sum/);
    assert.doesNotMatch(theirs, /Tiny/);
  });

  test("what is set is told to devices, and written down", async () => {
    const lead = await signInAs(service, "coeLead", { name: "A fourth" });
    const security = await signInAs(service, "security", { name: "A fifth" });
    const set = async (path: string, fields: Parameters<typeof lead.post>[1], by = lead) =>
      (await by.post(path, fields)).statusCode;
    assert.equal(await set("/settings/targets", { "Q4 requirement": "8.5", "Q4 baseline": "20" }), 303);
    assert.equal(await set("/settings/targets", { "Q4 requirement": "101" }), 400);
    assert.equal(await set("/settings/targets", { "Q4 requirement": "many" }), 400);
    assert.equal(await set("/settings/tools", { says: "list", tool: ["codex", "cursor"] }), 303);
    assert.equal(await set("/settings/tools", { says: "list", tool: ["nobody's"] }), 400);
    assert.equal(await set("/settings/organisation", { name: "<b>Example" }), 303);
    assert.equal(
      await set(
        "/settings/repositories",
        { sandbox: "github.com/example/play-*", enhanced: "a\r\n\r\nb" },
        security,
      ),
      303,
    );
    const header = await service.join("a device that asks", "Payments");
    const device = await service.app.inject({ url: "/v1/device", headers: header });
    assert.deepEqual(membershipSchema.parse(device.json()).tools, ["codex", "cursor"]);
    assert.deepEqual(membershipSchema.parse(device.json()).tiers, [
      { remote: "github.com/example/play-*", tier: "sandbox" },
      { remote: "a", tier: "enhanced" },
      { remote: "b", tier: "enhanced" },
    ]);
    const team = await service.app.inject({ url: "/v1/team", headers: header });
    assert.deepEqual(teamAnswerSchema.parse(team.json()).targets, { Q4: 0.085 });
    const page = (await lead.get("/settings")).body;
    assert.match(page, /name="Q4 requirement"[^>]*value="8.5"/);
    assert.match(page, /<textarea id="tier-enhanced"[^>]*>\s*a\nb<\/textarea/);
    assert.match((await lead.get("/")).body, /&lt;b&gt;Example/);
    const log = textOf((await lead.get("/audit")).body);
    for (const said of [
      "A fifth changed a setting repositories: github.com/example/play-* sandbox, a enhanced, b enhanced",
      "A fourth changed a setting tools: approved codex, cursor",
      "A fourth changed a setting targets: Q4 baseline 0.2; Q4 requirement 0.085",
    ])
      assert.ok(log.includes(said), `${said}\n${log}`);
  });
});
