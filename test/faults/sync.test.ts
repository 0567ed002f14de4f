import { checkSyncKills } from "../support/sync/checkSyncKills.ts";

suite("Sending, at length", function () {
  this.timeout(1_800_000);

  test("loses nothing and counts nothing twice while windows and service are killed a thousand times", () =>
    checkSyncKills({ windows: 4, kills: 1_000, serviceKills: 500 }));
});
