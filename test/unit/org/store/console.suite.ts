import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import type { NewAccount, NoteAbout, VouchedAccount } from "../../../../org/access/accounts.ts";
import type { Act } from "../../../../org/audit/acts.ts";
import type { AuditEntry } from "../../../../org/audit/auditLog.ts";
import type { StoredPrompt } from "../../../../org/console/coaching/prompts.ts";
import type { Store } from "../../../../org/store/store.ts";
import { idOf } from "../../../org/support/batches.ts";

const start = Date.parse("2026-11-21T10:00:00Z");

export function entryOf(name: string, fields: Partial<AuditEntry> = {}): AuditEntry {
  return { entry: idOf(name), at: start, who: "Ada", act: "signedIn", subject: name, ...fields };
}

export function accountOf(name: string, fields: Partial<NewAccount> = {}): NewAccount {
  return {
    ...{ account: idOf(name), name, role: "coeLead", team: null, subject: null },
    ...{ keyHash: `key of ${name}`, createdOn: "2026-11-21", ...fields },
  };
}

export function promptOf(name: string, fields: Partial<StoredPrompt> = {}): StoredPrompt {
  return {
    ...{ prompt: idOf(name), state: "draft", author: idOf("Ada"), approver: null },
    ...{ firstDay: "2026-11-23", lastDay: "2026-12-06", item: `{"id":"${idOf(name)}"}`, publishedIn: null },
    ...fields,
  };
}

/** What every store must do for the console. */
export function consoleSuite(
  engine: string,
  open: () => Promise<{ readonly store: Store; remove(): Promise<void> }>,
): void {
  suite(`What the console keeps on ${engine}`, () => {
    let opened: Awaited<ReturnType<typeof open>>;
    let store: Store;

    setup(async () => {
      opened = await open();
      ({ store } = opened);
    });

    teardown(() => opened.remove());

    const written = async () =>
      (await store.auditEntries({ before: Number.MAX_SAFE_INTEGER, limit: 100 })).map(
        ({ subject }) => subject,
      );
    const ending = () => entryOf("ended", { act: "accountEnded" });

    test("accounts are found by key until they are ended, and names are free again", async () => {
      const { keyHash, ...ada } = accountOf("Ada", { role: "admin" });
      const { keyHash: none, ...bo } = accountOf("Bo", { keyHash: null, subject: "bo@example.org" });
      assert.equal(none, null);
      assert.equal(await store.addAccount({ ...ada, keyHash }, entryOf("Ada")), true);
      assert.equal(await store.addAccount({ ...bo, keyHash: null }, entryOf("Bo")), true);
      assert.deepEqual(await store.accounts(), [ada, bo]);
      assert.deepEqual(await store.accountByKey("key of Ada"), ada);
      assert.equal(await store.accountByKey("key of Bo"), undefined);
      assert.equal(await store.endAccount(bo.account, "2026-11-22", ending), "ended");
      assert.equal(await store.endAccount(bo.account, "2026-11-22", ending), "unknown");
      assert.deepEqual(await store.accounts(), [ada]);
      const again = accountOf("Bo again", { name: "Bo", subject: "bo@example.org", keyHash: null });
      assert.equal(await store.addAccount(again, entryOf("Bo again")), true);
    });

    suite("of those an identity provider vouches for", () => {
      const vouchedAs = (name: string, change: Partial<VouchedAccount> = {}): VouchedAccount => {
        const subject = `subject of ${name}`;
        const { account, role, team, createdOn } = accountOf(name);
        return { account, name, role, team, subject, createdOn, ...change };
      };
      const about: NoteAbout = (act, { name, role, team }) =>
        entryOf(`${act} ${name} ${role} ${team ?? "-"}`, { act, entry: randomUUID() });

      test("each has one account, whose role is what the provider says now", async () => {
        const bo = vouchedAs("Bo");
        assert.deepEqual(await store.accountOfVouched(bo, about), bo);
        await store.openSession(
          { tokenHash: "session", account: bo.account, expiresAt: 2_000 },
          entryOf("in", { at: 1_000 }),
        );
        const again = vouchedAs("other id", { name: "Bo", subject: bo.subject, role: bo.role });
        assert.deepEqual(await store.accountOfVouched(again, about), bo);
        assert.deepEqual(await store.accountOfSession("session", 1_500), bo);
        const moved = { ...bo, role: "teamLead", team: "Payments" } as const;
        assert.deepEqual(await store.accountOfVouched({ ...again, ...moved, account: "x" }, about), moved);
        assert.deepEqual(await store.accounts(), [moved]);
        assert.equal(await store.accountOfSession("session", 1_500), undefined);
        assert.deepEqual((await written()).filter((subject) => subject !== "in").sort(), [
          "accountChanged Bo teamLead Payments",
          `accountMade Bo ${bo.role} -`,
        ]);
      });

      test("two of one name get two names, and one who comes twice at once one account", async () => {
        const [first, second] = [vouchedAs("a", { name: "Bo" }), vouchedAs("b", { name: "Bo" })];
        assert.equal((await store.accountOfVouched(first, about)).name, "Bo");
        const both = await Promise.all(
          ["1", "2"].map((account) => store.accountOfVouched({ ...second, account }, about)),
        );
        assert.deepEqual(
          both.map(({ name }) => name),
          ["Bo (2)", "Bo (2)"],
        );
        assert.equal(both[0]?.account, both[1]?.account);
        assert.equal((await store.accounts()).length, 2);
      });

      test("whoever has no role any more has no account, be it the last administrator's", async () => {
        const bo = vouchedAs("Bo", { role: "admin" });
        await store.accountOfVouched(bo, about);
        await store.openSession(
          { tokenHash: "session", account: bo.account, expiresAt: 2_000 },
          entryOf("in", { at: 1_000 }),
        );
        await store.endVouched("somebody else", "2026-11-22", about);
        assert.equal((await store.accounts()).length, 1);
        await store.endVouched(bo.subject, "2026-11-22", about);
        assert.deepEqual(await store.accounts(), []);
        assert.equal(await store.accountOfSession("session", 1_500), undefined);
        assert.notEqual((await store.accountOfVouched({ ...bo, account: "new" }, about)).account, bo.account);
      });
    });

    test("no two accounts have one name, key or subject, and nothing is written of what did not happen", async () => {
      await store.addAccount(accountOf("Ada", { subject: "ada@example.org" }), entryOf("Ada"));
      for (const other of [
        accountOf("other", { name: "Ada" }),
        accountOf("other", { keyHash: "key of Ada" }),
        accountOf("other", { subject: "ada@example.org" }),
      ]) {
        assert.equal(await store.addAccount(other, entryOf("other")), false);
      }
      assert.deepEqual(await written(), ["Ada"]);
    });

    test("the last administrator cannot be ended", async () => {
      for (const name of ["Ada", "Bo"]) {
        await store.addAccount(accountOf(name, { role: "admin" }), entryOf(name));
      }
      const ended = await Promise.all(
        ["Ada", "Bo"].map((name) =>
          store.endAccount(idOf(name), "2026-11-22", () => entryOf(`ended ${name}`, { act: "accountEnded" })),
        ),
      );
      assert.deepEqual(ended.sort(), ["ended", "lastAdmin"]);
      assert.equal((await store.accounts()).length, 1);
      assert.equal((await written()).length, 3);
    });

    test("a session is its account's until it ends, by time, by closing or with the account", async () => {
      for (const name of ["Ada", "Bo"]) await store.addAccount(accountOf(name), entryOf(name));
      const session = (tokenHash: string, name: string, expiresAt: number) => ({
        ...{ tokenHash, account: idOf(name), expiresAt },
      });
      await store.openSession(session("one", "Ada", start + 100), entryOf("one"));
      await store.openSession(session("two", "Ada", start + 1000), entryOf("two"));
      await store.openSession(session("three", "Bo", start + 1000), entryOf("three"));
      const nameOf = async (token: string, at: number) =>
        (await store.accountOfSession(token, start + at))?.name;
      assert.deepEqual([await nameOf("one", 99), await nameOf("one", 100)], ["Ada", undefined]);
      await store.closeSession("two", entryOf("closed", { act: "signedOut" }));
      await store.closeSession("two", entryOf("closed again", { act: "signedOut" }));
      assert.equal(await nameOf("two", 1), undefined);
      await store.endAccount(idOf("Bo"), "2026-11-22", ending);
      assert.equal(await nameOf("three", 1), undefined);
      assert.ok(!(await written()).includes("closed again"));
    });

    test("the log is read from its end, in pieces", async () => {
      const names = ["a", "b", "c", "d", "e"];
      for (const [index, name] of names.entries()) {
        const act: Act = index === 0 ? "signedOut" : "signedIn";
        await store.note(entryOf(name, { at: start + index, act, who: "Ä, 'quoted'" }));
      }
      const first = await store.auditEntries({ before: start + 5, limit: 2 });
      assert.deepEqual(first[0], entryOf("e", { at: start + 4, who: "Ä, 'quoted'" }));
      const from = { before: start + 5, limit: 100 };
      const rest = await store.auditEntries({ ...from, after: first[1]?.entry });
      assert.deepEqual(
        [...first, ...rest].map(({ subject }) => subject),
        ["e", "d", "c", "b", "a"],
      );
      assert.deepEqual(await store.auditEntries({ ...from, after: "nothing" }), []);
    });

    test("no entry of the log is lost between two pieces, though all are of one moment", async () => {
      for (let each = 0; each < 7; each++) await store.note(entryOf(`at once ${each}`));
      const found: string[] = [];
      for (let after: string | undefined, left = 20; left > 0; left--) {
        const [entry] = await store.auditEntries({ before: Number.MAX_SAFE_INTEGER, after, limit: 1 });
        if (entry === undefined) break;
        found.push(entry.subject);
        after = entry.entry;
      }
      assert.deepEqual(
        found.sort(),
        [0, 1, 2, 3, 4, 5, 6].map((each) => `at once ${each}`),
      );
    });

    test("a setting is what it was set to last", async () => {
      assert.equal(await store.consoleSetting("targets"), undefined);
      for (const value of ["{}", '{"A1":0.7}']) {
        await store.setConsoleSetting("targets", value, entryOf(value, { act: "settingChanged" }));
      }
      assert.equal(await store.consoleSetting("targets"), '{"A1":0.7}');
      assert.equal((await written()).length, 2);
    });

    test("a prompt is changed only by whoever saw it as it is", async () => {
      const draft = promptOf("one");
      const saving = entryOf("saved", { act: "promptSaved" });
      const again = (name: string) => entryOf(name, { act: "promptSaved" });
      assert.equal(await store.putPrompt(draft, undefined, saving), true);
      assert.equal(await store.putPrompt(draft, undefined, again("twice")), false);
      const proposed = promptOf("one", { state: "proposed", item: '{"other":1}' });
      assert.equal(await store.putPrompt(proposed, draft, again("proposed")), true);
      assert.equal(await store.putPrompt(draft, draft, again("late")), false);
      const later = promptOf("two", { firstDay: "2026-12-01", state: "approved", approver: idOf("Bo") });
      await store.putPrompt(later, undefined, again("two"));
      assert.deepEqual(await store.prompts(), [later, proposed]);
      const publish = (sequence: number) =>
        store.addBundle({ sequence, envelope: "{}", prompts: [later.prompt] }, again(`bundle ${sequence}`));
      assert.deepEqual([await publish(7), await publish(8)], [true, true]);
      assert.deepEqual(await store.prompt(later.prompt), { ...later, publishedIn: 7 });
      assert.equal(await store.prompt(idOf("nobody's")), undefined);
      assert.equal((await written()).length, 5);
    });
  });
}
