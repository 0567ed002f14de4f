import assert from "node:assert/strict";
import { addBundleKey, readBundleKeys, readTrustedKeys } from "../../../org/bundles/bundleKeys.ts";
import { publishBundle } from "../../../org/bundles/publishBundle.ts";
import { renewBundle } from "../../../org/bundles/renewBundle.ts";
import { readPublished } from "../../../org/bundles/takeBundle.ts";
import type { StoredPrompt } from "../../../org/console/coaching/prompts.ts";
import { bundleItemSchema } from "../../../protocol/bundle.ts";
import { makeApp, testHost, type AppForTest } from "../../org/support/app.ts";
import { makeFolder } from "../../org/support/folder.ts";

const start = Date.parse("2026-11-02T12:00:00Z");
const day = 86_400_000;
const ids = ["1d4f6a52-9c1b-4f0e-8a55-0d9b7f3c2a11", "2d4f6a52-9c1b-4f0e-8a55-0d9b7f3c2a12"] as const;

suite("What is in force, before it ends", () => {
  let service: AppForTest;
  let now: number;
  let folder: string;
  let remove: () => void;

  setup(async () => {
    ({ folder, remove } = makeFolder());
    addBundleKey(folder);
    now = start;
    service = await makeApp();
  });

  teardown(async () => {
    await service.close();
    remove();
  });

  const host = () => ({ ...testHost, now: () => now });
  const entry = (subject = "") => ({
    ...{ entry: testHost.id(), at: now, who: "a test", act: "settingChanged" as const, subject },
  });
  const choose = (coaching: { secondPerson: boolean; renews: boolean }) =>
    service.store.setConsoleSetting("coaching", JSON.stringify(coaching), entry());
  const itemOf = (id: string, until: string) =>
    bundleItemSchema.parse({
      ...{ id, audience: { kind: "everyone" }, contact: "coaching@example.org", until },
      ...{ defaultLocale: "en", texts: { en: "Name one example file." } },
    });
  const publish = (days: number, items = [itemOf(ids[0], "2026-12-31")]) =>
    publishBundle(
      items,
      days,
      {
        store: service.store,
        host: host(),
        keys: readBundleKeys(folder),
        trusted: readTrustedKeys(folder),
        needed: 1,
      },
      () => entry(),
    );
  const renew = (keys = readBundleKeys(folder)) =>
    renewBundle({ store: service.store, host: host(), keys, trusted: readTrustedKeys(folder), needed: 1 });
  const inForce = async () => readPublished(await service.store.currentBundle());
  const approve = async (id: string, until: string, change: Partial<StoredPrompt> = {}) => {
    const prompt: StoredPrompt = {
      ...{ prompt: id, state: "approved", author: "a", approver: "b", firstDay: "2026-11-02" },
      ...{ lastDay: until, item: JSON.stringify(itemOf(id, until)), publishedIn: null, ...change },
    };
    assert.ok(await service.store.putPrompt(prompt, undefined, entry()));
  };

  test("is signed anew four days before, for as long as it was, and that is written down", async () => {
    await choose({ secondPerson: false, renews: true });
    await publish(10);
    now = start + 5 * day;
    assert.equal(await renew(), undefined);
    now = start + 6 * day;
    assert.equal((await renew())?.ok, true);
    const bundle = await inForce();
    assert.deepEqual([bundle?.sequence, bundle?.expiresAt], [2, now + 10 * day]);
    assert.equal(await renew(), undefined);
    const [newest] = await service.store.auditEntries({ before: now + 1, limit: 1 });
    assert.deepEqual([newest?.who, newest?.act], ["kept-org serve", "bundleRenewed"]);
  });

  test("is left to end where nobody chose otherwise, where no key lies, and once it has ended", async () => {
    await publish(10);
    now = start + 9 * day;
    assert.equal(await renew(), undefined);
    await choose({ secondPerson: false, renews: true });
    assert.equal(await renew([]), undefined);
    now = start + 10 * day;
    assert.equal(await renew(), undefined);
    assert.equal((await inForce())?.sequence, 1);
  });

  test("loses what is over, taken back or approved by nobody, and gains nothing", async () => {
    await choose({ secondPerson: true, renews: true });
    const items = [itemOf(ids[0], "2026-12-31"), itemOf(ids[1], "2026-11-05")];
    await publish(10, items);
    now = start + 8 * day;
    assert.equal(await renew(), undefined, "nobody approved any");
    await approve(ids[0], "2026-12-31");
    await approve(ids[1], "2026-11-05");
    await approve("3d4f6a52-9c1b-4f0e-8a55-0d9b7f3c2a13", "2026-12-31");
    await renew();
    assert.deepEqual(
      (await inForce())?.items.map(({ id }) => id),
      [ids[0]],
    );
  });

  test("is not what its own writer approved, nor what was changed since", async () => {
    await choose({ secondPerson: true, renews: true });
    await publish(10, [itemOf(ids[0], "2026-12-31"), itemOf(ids[1], "2026-12-30")]);
    await approve(ids[0], "2026-12-31", { approver: "a" });
    await approve(ids[1], "2026-12-29");
    now = start + 8 * day;
    assert.equal(await renew(), undefined);
  });
});
