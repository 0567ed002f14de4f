import assert from "node:assert/strict";
import { settings } from "../../../protocol/settings.ts";

suite("A workspace's settings", () => {
  test("S4: are none in which an address, a path or a price would be believed", () => {
    const foreign = ["https://elsewhere.test", ["https://elsewhere.test"], [{}], "/etc"];
    const believed = Object.entries(settings)
      .filter(([, { scope }]) => scope !== "application" && scope !== "machine")
      .filter(([, { schema }]) => foreign.some((value) => schema.safeParse(value).success))
      .map(([name]) => name);
    // Globs of what is not recorded: they can only make less of it.
    assert.deepEqual(believed, ["kept.exclude"]);
  });
});

suite("The ids of settings", () => {
  test("S5: are none the beginning of another: an editor cannot hold a value and a key below it in one tree", () => {
    const ids = Object.keys(settings);
    const hidden = ids.filter((id) => ids.some((other) => other.startsWith(`${id}.`)));
    assert.deepEqual(hidden, []);
  });
});
