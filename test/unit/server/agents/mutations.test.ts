import assert from "node:assert/strict";
import path from "node:path";
import { allowanceWindowSchema } from "../../../../protocol/allowance.ts";
import { seededRandom } from "../../../../core/seededRandom.ts";
import type { ToolText } from "../../../../core/tools/toolRecords.ts";
import type { Agent } from "../../../../server/agents/agent.ts";
import { copilotEditing } from "../../../../server/agents/copilotEditing.ts";
import { agents } from "../../../../server/agents/registry.ts";
import { soundRecords } from "../../../support/agents/soundRecords.ts";
import { Found } from "../../../support/agents/found.ts";

const mutationsOfEach = 10_000;
/** None of them is a path, a text or a name of anything. */
const odd: readonly unknown[] = [
  null,
  "",
  -1,
  1e308,
  true,
  [],
  {},
  [[]],
  "\u0000",
  "\ud800",
  "__proto__",
  "../../..",
];

/** Where they lead to, as a folder and as a file of the folder that the records name. */
const oddPlaces = new Set(["/", "/work", "/work/\u0000", "/work/\ud800", "/work/__proto__"]);

/** These say where in a text something was put: at another place it makes another text of the same parts. */
const composing: ReadonlySet<Agent> = new Set([copilotEditing]);

suite("Records that are wrong in any way", () => {
  for (const agent of agents) {
    test(`of ${agent.title} give no exception and no edit or count that was not there`, function () {
      this.timeout(60_000);
      const random = seededRandom(20_260_106);
      const { file, records } = soundRecords(agent);
      const sound = readAll(records);
      assert.deepEqual(sound.problems, []);
      assert.ok(sound.edits.length > 0, "there is something to read");
      const places = new Set(sound.edits.map((edit) => edit.path));
      const texts = new Set(sound.edits.flatMap(({ text }) => writtenIn(text)));
      let problems = 0;
      for (let count = 0; count < mutationsOfEach; count++) {
        const mutated = structuredClone(records) as unknown[];
        for (let change = 0; change <= count % 3; change++) mutate(mutated, random);
        const found = readAll(mutated);
        problems += found.problems.length;
        for (const { path: place, text, at, session } of found.edits) {
          const isKnown = places.has(place) || oddPlaces.has(place);
          assert.ok(isKnown && path.isAbsolute(place), `${place} of ${JSON.stringify(mutated)}`);
          assert.ok(Number.isSafeInteger(at) && session !== "");
          for (const written of writtenIn(text))
            assert.ok(
              texts.has(written) || odd.includes(written.trim()) || composing.has(agent),
              `${written} of ${JSON.stringify(mutated)}`,
            );
        }
        for (const window of found.allowances)
          assert.ok(allowanceWindowSchema.safeParse(window).success, JSON.stringify(window));
        for (const { tokens, at, id } of found.requests) {
          for (const tokensOfKind of Object.values(tokens))
            assert.ok(tokensOfKind >= 0 && Number.isInteger(tokensOfKind), JSON.stringify(tokens));
          assert.ok(Number.isSafeInteger(at) && id !== "");
        }
      }
      assert.ok(problems > 0, "what is not understood is counted");

      function readAll(all: readonly unknown[]): Found {
        const found = new Found();
        const reader = agent.makeReader(file, () => 1_800_000_000_000);
        const sink = {
          request: found.request.bind(found),
          edit: found.edit.bind(found),
          allowance: found.allowance.bind(found),
          problem: (reason: string) => found.problem(0, reason),
        };
        for (const record of all) reader.read(record, sink);
        return found;
      }
    });

    test(`of ${agent.title} give nothing of what was said`, () => {
      const { file, records } = soundRecords(agent);
      const said = JSON.stringify(records);
      assert.match(said, /a prompt/, "there is something to keep quiet about");
      const found = new Found();
      const reader = agent.makeReader(file, () => 1_800_000_000_000);
      for (const record of records)
        reader.read(record, {
          request: (request) => found.request(request),
          edit: (edit) => found.edit(edit),
          allowance: (window) => found.allowance(window),
          problem: (reason) => found.problem(0, reason),
        });
      assert.doesNotMatch(JSON.stringify(found), /a prompt|an answer/);
    });
  }
});

/** Puts something odd in the place of one value, or takes it out. */
function mutate(root: unknown[], random: () => number): void {
  const places: { readonly holder: Record<string, unknown>; readonly key: string }[] = [];
  const collect = (value: unknown) => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      places.push({ holder: value as Record<string, unknown>, key });
      collect(inner);
    }
  };
  collect(root);
  const place = places[Math.floor(random() * places.length)];
  if (!place) return;
  const value = odd[Math.floor(random() * (odd.length + 1))];
  if (value === undefined && !Array.isArray(place.holder)) delete place.holder[place.key];
  else place.holder[place.key] = structuredClone(value);
}

function writtenIn(text: ToolText): string[] {
  if (text.kind === "whole") return [text.after];
  return text.kind === "pieces" ? text.pieces.map(({ after }) => after) : [];
}
