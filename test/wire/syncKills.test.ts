import { checkSyncKills } from "../support/sync/checkSyncKills.ts";

suite("What machines send to a service, while both are killed and the network is bad", function () {
  // Its clock runs sixty times as fast: a network that is bad for a minute is an outage of an hour, after which most wait another.
  this.timeout(300_000);

  test("D1: arrives, and is counted once", () => checkSyncKills({ windows: 4, kills: 24, serviceKills: 8 }));
});
