import { checkSyncKills } from "../support/sync/checkSyncKills.ts";

suite("What machines send to a service, while both are killed and the network is bad", function () {
  this.timeout(120_000);

  test("D1: arrives, and is counted once", () => checkSyncKills({ windows: 4, kills: 24, serviceKills: 8 }));
});
