import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { dayEventSchema, limits, problems, requestSchema } from "../../../protocol/collector.ts";
import { endpoints } from "../../../protocol/endpoints.ts";
import { invitationPrefix, invitationSchema } from "../../../protocol/enrolment.ts";
import { readBatch } from "../../../org/ingest/readBatch.ts";
import { tallies } from "../../../protocol/tallies.ts";

const contracts = [
  "protocol/collector.ts",
  "protocol/enrolment.ts",
  "protocol/endpoints.ts",
  "protocol/tallies.ts",
];
const document = "docs/collector-http.md";

suite("The collector's contract in prose", () => {
  const text = readFileSync(document, "utf8");
  const examples = [...text.matchAll(/```json\n([\s\S]*?)```/g)].map(
    ([, json]) => JSON.parse(json ?? "") as unknown,
  );

  for (const contract of contracts) {
    test(`was read again after the last change of ${contract}`, () => {
      // A checkout on Windows may have other line ends.
      const source = readFileSync(contract, "utf8").replaceAll("\r\n", "\n");
      const hash = createHash("sha256").update(source).digest("hex").slice(0, 16);
      const pinned = new RegExp(`^${contract} sha256: ([0-9a-f]{16})$`, "m").exec(text)?.[1];
      assert.equal(
        pinned,
        hash,
        `${contract} has changed. Read ${document}, change what is no longer true there, ` +
          `and then set its line to "${contract} sha256: ${hash}".`,
      );
    });
  }

  test("shows a body that a service takes", () => {
    const body = requestSchema.parse(examples[0]);
    const nextNoon = Date.parse("2026-11-21T12:00:00Z");
    const outcome = readBatch(Buffer.from(JSON.stringify(body)), nextNoon);
    assert.ok(outcome.ok && outcome.batch.refused === 0);
    assert.equal(outcome.batch.events[0]?.day, "2026-11-20");
  });

  test("shows answers that a service gives", () => {
    endpoints.ingest.answers[200].parse(examples[1]);
    endpoints.ingest.answers[400].parse(examples[2]);
    assert.equal(examples.length, 3);
  });

  test("shows an invitation in its text form", () => {
    const shown = {
      ...(JSON.parse(/^ {4}(\{"endpoint".*\})$/m.exec(text)?.[1] ?? "") as object),
      keys: ["0".repeat(32)],
      token: `kept_join_${"a".repeat(43)}`,
    };
    assert.equal(invitationSchema.parse(shown).endpoint, "https://kept.example.org");
    assert.ok(text.includes(`\`${invitationPrefix}\``));
    for (const endpoint of ["ftp://a", "https://a/path", "https://u:p@a", "https://a b", "//a", "https://"]) {
      assert.equal(invitationSchema.safeParse({ ...shown, endpoint }).success, false, endpoint);
    }
  });

  test("lists every address with its answers, every problem, every attribute and every limit", () => {
    for (const { method, path, answers } of Object.values(endpoints)) {
      const row = text.split("\n").find((line) => line.startsWith(`| \`${method} ${path}\``));
      const listed = (row ?? "").split("|")[3]?.match(/\b\d{3}\b/g);
      assert.deepEqual(listed, Object.keys(answers), `${method} ${path}`);
    }
    for (const [name, { status }] of Object.entries(problems)) {
      assert.match(text, new RegExp(`^\\| (?:\\d+, )?${status}(?:, \\d+)? \\|.*\`${name}\``, "m"));
    }
    for (const name of Object.keys(dayEventSchema.shape)) {
      assert.match(text, new RegExp(`^\\| \`${name.replace(".", "\\.")}\` \\|`, "m"));
    }
    for (const [name, { keys, sums }] of Object.entries(tallies)) {
      const listed = [keys, sums].map((each) =>
        Object.keys(each)
          .map((one) => `\`${one}\``)
          .join(" "),
      );
      assert.ok(text.includes(`| \`${name}\` | ${listed.join(" | ")} |`), name);
    }
    const numbers = [
      limits.bodyBytes,
      limits.compressedBytes,
      limits.records,
      limits.attributes,
      limits.depth,
    ];
    for (const limit of [...numbers, limits.attributeChars, limits.ageDays]) {
      assert.match(text, new RegExp(`^\\| .*\\b${limit.toLocaleString("en")} ?.* \\| .* \\|$`, "m"));
    }
    assert.match(text, new RegExp(`At most ${limits.reasons} reasons`));
  });
});
