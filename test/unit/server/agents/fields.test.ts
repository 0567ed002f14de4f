import assert from "node:assert/strict";
import { seededRandom } from "../../../../core/seededRandom.ts";
import { timeOf } from "../../../../server/agents/fields.ts";

suite("Times in records", () => {
  test("are what the engine takes them for, however they are written", () => {
    const random = seededRandom(3);
    const pick = (count: number) => Math.floor(random() * count);
    const said = (text: string) => (Date.parse(text) > 0 ? Math.trunc(Date.parse(text)) : undefined);
    const odd = ["2026-01-31T24:00:00.000Z", "2026-01-31T24:00:12.345Z", "2026-13-01T00:00:00.000Z"];
    const others = [
      ...odd,
      "2026-01-31 09:30:12.345Z",
      "2026-01-31T09:30:12.345+",
      "2026-02-31T09:30:12.345Z",
    ];
    for (const text of others) assert.equal(timeOf(text), said(text), text);
    for (let round = 0; round < 5000; round++) {
      const at = Date.UTC(2026, pick(12), 1 + pick(28), pick(24), pick(60), pick(60), pick(1000));
      const text = new Date(at + pick(3) * 400).toISOString();
      assert.equal(timeOf(text), said(text), text);
      // One letter is another: of most of these nothing is a time any more.
      const place = pick(text.length);
      const broken = text.slice(0, place) + "0 9:.6Zx+-T"[pick(11)]! + text.slice(place + 1);
      assert.equal(timeOf(broken), said(broken), broken);
    }
  });
});
