import assert from "node:assert/strict";
import { riskTierOf } from "../../../../core/organisation/riskTier.ts";

const tiers = [
  { remote: "github.com/example/*", tier: "standard" },
  { remote: "github.com/example/pay*", tier: "enhanced" },
  { remote: "github.com/example/toys", tier: "sandbox" },
] as const;
const remotesOf = (name: string) => [`git@github.com:example/${name}.git`];

suite("The tier of a repository", () => {
  test("is the one of all that fit that asks for most care", () => {
    const tierOf = (name: string, own?: "sandbox" | "standard" | "enhanced") =>
      riskTierOf({ own, remotes: remotesOf(name) }, [...tiers]);
    assert.equal(tierOf("payments"), "enhanced");
    assert.equal(tierOf("toys"), "standard");
    assert.equal(tierOf("shop", "enhanced"), "enhanced");
    assert.equal(tierOf("payments", "sandbox"), "enhanced");
  });

  test("is what its own policy says where nobody else says anything, and else not known", () => {
    assert.equal(
      riskTierOf({ own: "sandbox", remotes: ["https://elsewhere.org/a/b"] }, [...tiers]),
      "sandbox",
    );
    assert.equal(
      riskTierOf({ own: undefined, remotes: ["https://elsewhere.org/a/b"] }, [...tiers]),
      undefined,
    );
    assert.equal(riskTierOf({ own: undefined, remotes: [] }, []), undefined);
  });
});
