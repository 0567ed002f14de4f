import assert from "node:assert/strict";
import { Restarts } from "../../../extension/restarts.ts";

suite("Restarts of the server", () => {
  test("are allowed three times within three minutes, and no fourth time", () => {
    let now = 0;
    const restarts = new Restarts(() => now);
    const allowed = [0, 10_000, 20_000, 30_000].map((at) => {
      now = at;
      return restarts.mayStartAgain();
    });
    assert.deepEqual(allowed, [true, true, true, false]);
    assert.equal(restarts.count, 4);
  });

  test("are allowed for ever when they are rare", () => {
    let now = 0;
    const restarts = new Restarts(() => now);
    for (let time = 0; time < 20; time++) {
      assert.equal(restarts.mayStartAgain(), true);
      now += 61_000;
    }
  });

  test("begin anew when the user says so", () => {
    const restarts = new Restarts(() => 0);
    for (let time = 0; time < 4; time++) restarts.mayStartAgain();
    restarts.forget();
    assert.equal(restarts.mayStartAgain(), true);
  });
});
