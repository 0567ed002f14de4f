import assert from "node:assert/strict";
import type { Store } from "../../../../org/store/store.ts";

/** What every store must do with devices. */
export function devicesSuite(
  engine: string,
  open: () => Promise<{ readonly store: Store; reopen(): Promise<Store>; remove(): Promise<void> }>,
): void {
  suite(`Devices are known on ${engine}`, () => {
    let opened: Awaited<ReturnType<typeof open>>;
    let store: Store;

    setup(async () => {
      opened = await open();
      ({ store } = opened);
    });

    teardown(() => opened.remove());

    const now = Date.parse("2026-11-11T12:00:00Z");
    const joining = (name: string, token = "token") => ({
      tokenHash: token,
      credentialHash: `credential of ${name}`,
      device: `device of ${name}`,
      person: `person of ${name}`,
      now,
      today: "2026-11-11",
      expires: "2027-02-09",
    });
    const invitation = { tokenHash: "token", team: "a", person: null, uses: 2, expiresAt: now + 1000 };

    test("that were let in, as often as the invitation says and as long", async () => {
      await store.addInvitation(invitation);
      const ada = {
        ...{ device: "device of ada", person: "person of ada", team: "a", expires: "2027-02-09" },
        personSeal: null,
      };
      assert.deepEqual(await store.join(joining("ada")), { ok: true, device: ada });
      // The answer was lost: the same device asks again, and uses nothing up.
      assert.deepEqual(await store.join({ ...joining("ada"), device: "another" }), {
        ok: true,
        device: ada,
      });
      assert.equal((await store.join(joining("bo"))).ok, true);
      assert.equal((await store.join(joining("cy"))).ok, false);
      assert.equal((await store.join(joining("cy", "no token"))).ok, false);
      await store.addInvitation({ ...invitation, tokenHash: "late", expiresAt: now });
      assert.equal((await store.join(joining("cy", "late"))).ok, false);
      assert.deepEqual(await store.findDevice("credential of ada", "2027-02-09"), ada);
      assert.equal(await store.findDevice("credential of ada", "2027-02-10"), undefined);
      assert.equal(await store.findDevice("credential of cy", "2026-11-11"), undefined);
      assert.equal(await store.countDevicesOf("person of bo", "2026-11-11"), 1);
    });

    test("only once where many use up the last of an invitation together", async () => {
      await store.addInvitation({ ...invitation, uses: 3 });
      const names = Array.from({ length: 12 }, (_, index) => `person ${index}`);
      const outcomes = await Promise.all(names.map((name) => store.join(joining(name))));
      assert.equal(outcomes.filter(({ ok }) => ok).length, 3);
      assert.equal(await store.endInvitations(), 0);
    });

    test("by the next credential and not by the one before, unless it is in use", async () => {
      await store.addInvitation(invitation);
      await store.join(joining("ada"));
      await store.join(joining("bo"));
      const next = { expires: "2027-03-01", personSeal: "a seal" };
      const replace = (credentialHash: string) =>
        store.replaceCredential("device of ada", { ...next, credentialHash });
      assert.equal(await replace("credential of bo"), false);
      assert.equal(await replace("credential of ada"), false);
      assert.equal(await replace("next"), true);
      assert.equal(await store.findDevice("credential of ada", "2026-11-11"), undefined);
      const { device, personSeal } = (await store.findDevice("next", "2027-03-01"))!;
      assert.deepEqual([device, personSeal], ["device of ada", "a seal"]);
    });

    test("as further ones of a person, three at a time, each with a seal of its own", async () => {
      await store.addInvitation(invitation);
      await store.join(joining("ada"));
      const companion = { ...invitation, person: "person of ada", personSeal: "sealed", uses: 1 };
      const reseal = (seal: string) => `${seal} again`;
      await store.addInvitation({ ...companion, tokenHash: "first" });
      // Only the last that was asked for is open.
      await store.addInvitation({ ...companion, tokenHash: "second" });
      const why = async (...given: Parameters<typeof joining>) => {
        const outcome = await store.join({ ...joining(...given), reseal });
        return outcome.ok ? outcome.device.personSeal : outcome.why;
      };
      assert.equal(await why("laptop", "first"), "invitation");
      assert.deepEqual(await store.join(joining("laptop", "second")), { ok: false, why: "credential" });
      assert.equal(await why("laptop", "second"), "sealed again");
      await store.addInvitation({ ...companion, tokenHash: "third" });
      assert.equal(await why("ada", "third"), null);
      assert.equal(await why("tower", "third"), "sealed again");
      await store.addInvitation({ ...companion, tokenHash: "fourth" });
      assert.equal(await why("fourth", "fourth"), "devices");
      assert.equal(await store.countDevicesOf("person of ada", "2026-11-11"), 3);
      await store.leave("device of laptop", "2026-11-12");
      assert.equal(await why("fourth", "fourth"), "sealed again");
    });

    test("until they leave, and who belonged to a team in a week", async () => {
      await store.setTeam("a", 12);
      await store.addInvitation(invitation);
      await store.join(joining("ada"));
      await store.join({ ...joining("bo"), person: "person of ada" });
      await store.addInvitation({ ...invitation, tokenHash: "b", team: "b" });
      await store.join({ ...joining("cy", "b"), today: "2026-11-16" });
      assert.deepEqual(await store.teamSizes(), [
        { team: "a", people: 12 },
        { team: "b", people: null },
      ]);
      const membersIn = (firstDay: string, lastDay: string) => store.members({ firstDay, lastDay });
      const ada = { team: "a", person: "person of ada" };
      assert.deepEqual(await membersIn("2026-11-09", "2026-11-15"), [ada]);
      await store.leave("device of ada", "2026-11-17");
      await store.leave("device of bo", "2026-11-17");
      assert.equal(await store.findDevice("credential of ada", "2026-11-17"), undefined);
      const cy = { team: "b", person: "person of cy" };
      assert.deepEqual(await membersIn("2026-11-16", "2026-11-22"), [ada, cy]);
      assert.deepEqual(await membersIn("2026-11-23", "2026-11-29"), [cy]);
      assert.equal(await store.revokeTeam("b", "2026-11-18"), 1);
      assert.equal(await store.countDevicesOf("person of cy", "2026-11-18"), 0);
    });

    test("of one organisation", async () => {
      assert.deepEqual([await store.organisation("one"), await store.organisation("two")], ["one", "one"]);
      store = await opened.reopen();
      assert.equal(await store.organisation("three"), "one");
    });
  });
}
