import assert from "node:assert/strict";
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
});
