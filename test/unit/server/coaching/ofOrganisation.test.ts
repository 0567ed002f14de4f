import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { factsOf } from "../../../../core/coaching/facts.ts";
import type { Membership } from "../../../../protocol/enrolment.ts";
import { readSituation } from "../../../../server/coaching/situation.ts";
import { agree, leave } from "../../../../server/sync/joining.ts";
import { makeMachine, type Machine } from "../../../support/sync/machine.ts";
import { membership } from "../../../support/sync/scriptedCollector.ts";
import { batchOf, copilot, documentOf, editOf } from "../../../support/store/rows.ts";

/** From what the service answered to what advice may speak of. */
suite("What an organisation asks of a folder", () => {
  let root: string;
  let folder: string;
  let machine: Machine;

  setup(() => {
    root = mkdtempSync(path.join(tmpdir(), "kept-asked-"));
    folder = pathToFileURL(root).href;
    machine = makeMachine();
    mkdirSync(path.join(root, ".git"));
    writeFileSync(path.join(root, ".git", "HEAD"), "ref: refs/heads/main\n");
    writeFileSync(
      path.join(root, ".git", "config"),
      '[remote "origin"]\n\turl = https://github.com/example/payments.git\n',
    );
    const uri = `${folder}/src/total.ts`;
    machine.store.write(
      batchOf({
        documents: [documentOf({ uri, workspace: folder })],
        edits: [editOf({ uri, at: machine.now() - 60_000, origin: copilot })],
      }),
    );
  });

  teardown(() => {
    machine.close();
    rmSync(root, { recursive: true });
  });

  function join(change: Partial<Membership>): void {
    const { store, host } = machine;
    agree(
      { endpoint: "https://kept.example.org", keys: [], token: `kept_join_${"a".repeat(43)}` },
      { host, store, bytes: randomBytes },
    );
    store.sync.changeConsent({ membership: { ...membership, ...change } });
    store.sync.setWorkFolder(folder, machine.now());
  }

  const facts = async () =>
    Object.fromEntries(
      factsOf(
        await readSituation({
          ...{ store: machine.store, host: machine.host, folders: [folder], branch: null },
          uncommitted: [{ uri: `${folder}/src/total.ts`, lines: 25, unread: 0 }],
          texts: { problems: () => [], duplicates: () => [] },
          hashText: (text) => text,
          moment: { testedAt: null, review: null },
          isSeenNoted: false,
        }),
      ).values,
    );

  test("are the tools on its list, and nothing once the person left", async () => {
    assert.equal((await facts())["outside.edits"], undefined);
    join({ tools: ["claude-code"] });
    assert.deepEqual(
      [(await facts())["outside.tool"], (await facts())["outside.edits"]],
      ["GitHub Copilot", 1],
    );
    machine.store.sync.changeConsent({ membership: { ...membership, tools: ["github-copilot"] } });
    assert.equal((await facts())["outside.edits"], 0);
    leave({ store: machine.store, host: machine.host, chance: () => 0 });
    assert.equal((await facts())["outside.edits"], undefined);
  });

  test("is care for all of its code, where its remote is of the enhanced tier", async () => {
    assert.equal((await facts())["sensitive.lines"], 0);
    join({ tiers: [{ remote: "github.com/example/pay*", tier: "enhanced" }] });
    assert.deepEqual(
      [(await facts())["sensitive.area"], (await facts())["sensitive.lines"]],
      ["code of the enhanced tier", 25],
    );
  });
});
