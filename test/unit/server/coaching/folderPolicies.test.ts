import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Policy } from "../../../../protocol/policy.ts";
import { approvedTools, riskTiers } from "../../../../server/coaching/folderPolicies.ts";
import { makeMachine, type Machine } from "../../../support/sync/machine.ts";
import { membership } from "../../../support/sync/scriptedCollector.ts";

suite("What holds in a folder", () => {
  let root: string;
  let folder: string;
  let machine: Machine;

  setup(() => {
    root = mkdtempSync(path.join(tmpdir(), "kept-folder-"));
    folder = pathToFileURL(root).href;
    machine = makeMachine();
    machine.join("https://kept.example.org");
  });

  teardown(() => {
    machine.close();
    rmSync(root, { recursive: true });
  });

  const policy = (own: Policy) => {
    mkdirSync(path.join(root, ".kept"), { recursive: true });
    writeFileSync(path.join(root, ".kept", "policy.json"), JSON.stringify(own));
  };
  const isWork = (at: number | null) => machine.store.sync.setWorkFolder(folder, at);
  const told = (change: Partial<typeof membership>) =>
    machine.store.sync.changeConsent({ membership: { ...membership, ...change } });
  const tools = () => approvedTools(machine.store, [folder]).map((each) => each.tools);

  test("is the organisation's list of tools where it is work, and nowhere else", () => {
    told({ tools: ["codex", "claude-code"] });
    assert.deepEqual(tools(), []);
    isWork(1);
    assert.deepEqual(approvedTools(machine.store, [folder]), [
      { folder, policy: null, tools: ["codex", "claude-code"] },
    ]);
    told({ tools: null });
    assert.deepEqual(tools(), []);
  });

  test("is what is on both lists where the folder has one of its own", () => {
    policy({ approvedTools: ["Claude Code", "cursor"] });
    assert.deepEqual(tools(), [["Claude Code", "cursor"]]);
    isWork(1);
    told({ tools: ["codex", "claude-code"] });
    assert.deepEqual(tools(), [["claude-code"]]);
    assert.match(approvedTools(machine.store, [folder])[0]?.policy ?? "", /\.kept\/policy\.json$/);
  });

  test("is the tier that its remotes, compared here, or its policy ask for", () => {
    const tiers = () => riskTiers(machine.store, [folder]).get(folder);
    assert.equal(tiers(), undefined);
    policy({ tier: "sandbox" });
    assert.equal(tiers(), "sandbox");
    told({ tiers: [{ remote: "github.com/example/pay*", tier: "enhanced" }] });
    assert.equal(tiers(), "sandbox");
    mkdirSync(path.join(root, ".git"));
    writeFileSync(path.join(root, ".git", "HEAD"), "ref: refs/heads/main\n");
    writeFileSync(
      path.join(root, ".git", "config"),
      '[remote "origin"]\n\turl = git@github.com:example/payments.git\n',
    );
    assert.equal(tiers(), "enhanced");
  });
});
