import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import type { ProblemDocument } from "../../../protocol/collector.ts";
import { endpoints } from "../../../protocol/endpoints.ts";
import { auditAnswerSchema } from "../../../protocol/enrolment.ts";
import { makeApp } from "../../org/support/app.ts";
import { signInAs } from "../../org/support/visitor.ts";

suite("The audit log for those who are measured", () => {
  test("is read by devices that joined, and by nobody else", async () => {
    const made = await makeApp();
    try {
      const { method, path: url } = endpoints.audit;
      assert.equal((await made.app.inject({ method, url })).statusCode, 401);
      const security = await signInAs(made, "security", { name: "Bo" });
      await security.post("/settings/tools", { says: "nothing" });
      assert.equal((await security.post("/sign-in", { key: "nobody's" })).statusCode, 403);
      const headers = await made.join("Ada");
      const answer = await made.app.inject({ method, url, headers });
      const { entries } = auditAnswerSchema.parse(answer.json());
      const done = entries.map(({ who, did }) => `${who} ${did}`);
      assert.ok(done.includes("Bo changed a setting"), done.join());
      assert.ok(done.includes("Bo signed in"), done.join());
      assert.ok(!done.some((each) => each.includes("could not sign in")), done.join());
    } finally {
      await made.close();
    }
  });

  test("is read to its end, however much one account does after something", async () => {
    const made = await makeApp();
    try {
      const { method, path: url } = endpoints.audit;
      const headers = await made.join("Ada");
      const at = Date.now() - 1000;
      const note = (subject: string) =>
        made.store.note({ entry: randomUUID(), at, who: "Bo", act: "numbersExported", subject });
      await made.store.note({
        ...{ entry: randomUUID(), at: at - 1, who: "Bo", act: "settingChanged", subject: "first" },
      });
      for (let each = 0; each < 450; each++) await note(`export ${each}`);
      const subjects: string[] = [];
      const sizes: number[] = [];
      for (let query = ""; sizes.length < 9;) {
        const answer = await made.app.inject({ method, url: `${url}${query}`, headers });
        const { entries, older } = auditAnswerSchema.parse(answer.json());
        subjects.push(...entries.map(({ subject }) => subject));
        sizes.push(entries.length);
        if (older === null) break;
        query = `?before=${older}`;
      }
      assert.deepEqual(sizes.slice(0, 2), [200, 200]);
      assert.equal(new Set(subjects.filter((subject) => subject.startsWith("export "))).size, 450);
      assert.equal(subjects.length, new Set(subjects).size);
      assert.ok(subjects.includes("first"));
      const wrong = await made.app.inject({ method, url: `${url}?before=%00`, headers });
      assert.deepEqual([wrong.statusCode, wrong.json<ProblemDocument>().errors?.[0]?.field], [400, "before"]);
    } finally {
      await made.close();
    }
  });
});
