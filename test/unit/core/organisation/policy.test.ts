import assert from "node:assert/strict";
import { mayRecord, readPolicy } from "../../../../core/organisation/policy.ts";

const example = {
  record: true,
  sync: false,
  tier: "enhanced",
  approvedTools: ["github-copilot", "claude-code"],
  disclosure: "required",
} as const;

suite("A repository's policy", () => {
  test("is what stands in it, and may say nothing", () => {
    assert.deepEqual(readPolicy(JSON.stringify(example)), { state: "read", policy: example });
    assert.deepEqual(readPolicy("\uFEFF{}"), { state: "read", policy: {} });
    assert.deepEqual(readPolicy(undefined), { state: "none" });
  });

  test("forbids recording where it says so, and where nobody knows what it says", () => {
    const may = (text: string | undefined) => mayRecord(readPolicy(text));
    for (const text of [undefined, "{}", '{"record":true}', '{"sync":false}'])
      assert.equal(may(text), true, text);
    for (const text of [
      '{"record":false}',
      "",
      "no JSON",
      "null",
      "[]",
      '{"record":"no"}',
      '{"recrod":false}',
      "{}".padEnd(70_000),
    ]) {
      assert.equal(may(text), false, text.slice(0, 40));
    }
  });

  test("says which field is wrong", () => {
    const reading = readPolicy('{"tier":"secret"}');
    assert.equal(reading.state, "malformed");
    assert.match(reading.state === "malformed" ? reading.reason : "", /tier/);
  });
});
