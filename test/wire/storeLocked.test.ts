import assert from "node:assert/strict";
import { lockWhileServing } from "../support/wire/lockWhileServing.ts";
import { problemsOfDatabase } from "../support/store/checkDatabase.ts";
import { temporaryFolder } from "../support/store/temporaryStore.ts";

suite("The server, while another program holds its database", function () {
  this.timeout(300_000);

  test("answers, acknowledges nothing that is not written, and writes it afterwards", async () => {
    const { folder, remove } = temporaryFolder();
    const result = await lockWhileServing(folder, { seconds: 3 });
    console.log(`      ${JSON.stringify(result)}`);
    assert.equal(result.acknowledgedMeanwhile, 0);
    assert.ok(result.acknowledgedAfter > 5);
    assert.deepEqual(problemsOfDatabase(folder), []);
    remove();
  });
});
