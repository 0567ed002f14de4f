import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { metrics } from "../../../core/metrics/metrics.ts";
import { requested, requestedFormulas } from "../../../core/metrics/requested.ts";
import { kpiDocument } from "../../../scripts/generate/kpiDocument.ts";

/** How many there are of each letter of the catalogue: adoption, speed, quality, review, reliability, cost … */
const catalogue = { A: 8, S: 7, Q: 12, V: 6, R: 8, C: 13, P: 5, B: 6, G: 6 };

suite("The page of metrics", () => {
  const page = readFileSync(path.resolve(import.meta.dirname, "../../../docs/kpis.md"), "utf8");

  test("is what the catalogue says", () => {
    assert.equal(page, kpiDocument());
  });

  test("declares every metric of the catalogue, none twice", () => {
    const ids = Object.entries(catalogue).flatMap(([letter, count]) =>
      Array.from({ length: count }, (_, index) => `${letter}${index + 1}`),
    );
    const declared = [...page.matchAll(/^### ([A-Z]\d+) /gm)].map(([, id]) => id!);
    for (const id of ids) assert.equal(declared.filter((each) => each === id).length, 1, id);
    assert.deepEqual(
      declared,
      metrics.map(({ id }) => id),
    );
  });

  test("does not call measured what its metrics do not measure", () => {
    const rows = new Map(
      [...page.matchAll(/^\| \d+ \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm)].map(([, name, answer, why]) => [
        name!,
        [answer!, why!] as const,
      ]),
    );
    for (const [name, answer, why] of [
      ["Error rates of requests", "left out", /records do not tell/],
      ["Prices of a tier", "left out", /looked up/],
      ["Adoption across business units", "measured in part", /A1 Active use; .*one person/],
      ["Effect of each tool by kind of task", "measured in part", /Q4 Rework; .*kind of task/],
    ] as const) {
      assert.equal(rows.get(name)![0], answer, name);
      assert.match(rows.get(name)![1], why);
    }
  });

  test("answers each of the 79 figures that are asked for, and the ten formulas, with what or why not", () => {
    const rows = [...page.matchAll(/^\| (\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm)];
    assert.deepEqual(
      rows.map(([, number]) => Number(number)),
      Array.from({ length: 79 }, (_, index) => index + 1),
    );
    const answers = ["measured", "measured in part", "declared", "by hand", "left out"];
    for (const [, number, name, answer, why] of rows) {
      assert.ok(answers.includes(answer!), `${number} ${name}: ${answer}`);
      assert.ok(why!.length > 3, `${number} ${name}`);
    }
    assert.equal(new Set(requested.map(({ name }) => name)).size, 79);
    assert.equal(requestedFormulas.length, 10);
    for (const { name } of requestedFormulas) assert.ok(page.includes(`| ${name} | `), name);
  });
});
