import assert from "node:assert/strict";
import { chmodSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import path from "node:path";
import {
  checkCertificate,
  checkClock,
  checkDisk,
  checkProvider,
  checkSecrets,
} from "../../../org/commands/examinations.ts";
import { checkBundle } from "../../../org/commands/checkBundle.ts";
import { addBundleKey, readTrustedKeys } from "../../../org/bundles/bundleKeys.ts";
import { signBundle } from "../../../org/bundles/signBundle.ts";
import type { Bundle } from "../../../protocol/bundle.ts";
import { readSettings, type Settings } from "../../../org/env.ts";
import { makeFolder } from "../../org/support/folder.ts";
import { clientId, startIdentityProvider } from "../../org/support/identityProvider.ts";
import { makeCertificate } from "../../support/sync/certificates.ts";

suite("What the doctor examines around the service", () => {
  let folder: string;
  let remove: () => void;
  const now = () => Date.now();

  setup(() => {
    ({ folder, remove } = makeFolder());
  });

  teardown(() => remove());

  function settingsWith(environment: Record<string, string> = {}): Settings {
    const read = readSettings(
      { KEPT_ORG_DATA: folder, ...environment },
      { homeFolder: folder, platform: "linux" },
    );
    if (!read.ok) throw new Error(read.problems.join("\n"));
    return read.settings;
  }

  const withProvider = (issuer: string, more: Record<string, string> = {}) =>
    settingsWith({
      KEPT_ORG_PUBLIC_URL: "http://127.0.0.1:9",
      KEPT_ORG_OIDC_ISSUER: issuer,
      KEPT_ORG_OIDC_CLIENT: clientId,
      KEPT_ORG_OIDC_ROLES: "kept-admins=admin",
      ...more,
    });

  test("keys and secrets that others can read, or that are not there", () => {
    const key = path.join(folder, "bundle-keys", `${addBundleKey(folder).id}.pem`);
    assert.deepEqual(checkSecrets(settingsWith()), [
      { ok: true, says: "1 key signs, for nobody else to read" },
    ]);
    const secret = path.join(folder, "client-secret");
    const settings = withProvider("https://sign-in.example.org", { KEPT_ORG_OIDC_SECRET_FILE: secret });
    assert.match(checkSecrets(settings)[0]?.says ?? "", /there is no .*client-secret/);
    if (process.platform === "win32") return;
    chmodSync(key, 0o640);
    writeFileSync(secret, "", { mode: 0o604 });
    const found = checkSecrets(settings);
    assert.deepEqual(
      found.map(({ ok }) => ok),
      [false, false],
    );
    assert.match(found.map(({ says }) => says).join("\n"), /\w+\.pem: chmod 600\n.*client-secret: chmod 600/);
  });

  test("whether the keys that signed what is in force are there", () => {
    const key = addBundleKey(folder);
    const bundle: Bundle = {
      ...{ version: 1, org: "5a1c2b7e-93d4-4f6a-8e21-6c0d9b8a7f10", sequence: 7, items: [] },
      ...{ issuedAt: Date.parse("2026-11-20T00:00:00Z"), expiresAt: Date.parse("2026-11-30T00:00:00Z") },
    };
    const envelope = signBundle(bundle, [key]).toString();
    const at = Date.parse("2026-11-21T00:00:00Z");
    assert.deepEqual(checkBundle(envelope, readTrustedKeys(folder), at), [
      { ok: true, says: "bundle 7, in force until 2026-11-30, is signed by 1 keys that are known here" },
    ]);
    const { folder: other, remove: removeOther } = makeFolder();
    addBundleKey(other);
    for (const keys of [[], readTrustedKeys(other)]) {
      const [found] = checkBundle(envelope, keys, at);
      assert.equal(found?.ok, false);
      assert.match(found.says, /^bundle 7, .* are not in bundle-keys: put their files back/);
    }
    removeOther();
    assert.deepEqual(checkBundle(envelope, [], bundle.expiresAt), []);
    assert.deepEqual(checkBundle(undefined, [], at), []);
  });

  test("the space there is", () => {
    assert.match(checkDisk(settingsWith())[0]?.says ?? "", /^\d+\.\d GB are free/);
    assert.deepEqual(checkDisk(settingsWith({ KEPT_ORG_DATA: path.join(folder, "not there") })), []);
  });

  test("the provider, and how far its clock is away", async function () {
    this.timeout(10_000);
    assert.deepEqual(await checkProvider(undefined), [{ ok: true, says: "keys alone open the console" }]);
    const identity = await startIdentityProvider("http://127.0.0.1:9");
    const settings = withProvider(identity.issuer);
    const found = await checkProvider(settings.provider);
    assert.deepEqual(
      found.map(({ ok }) => ok),
      [true],
    );
    assert.match(found[0]?.says ?? "", /vouches for those who open the console, 1 groups have a role/);
    assert.equal((await checkClock(settings, { now }))[0]?.ok, true);
    const [late] = await checkClock(settings, { now: () => now() + 600_000 });
    assert.equal(late?.ok, false);
    assert.match(late?.says ?? "", /let it be set by a time service/);
    identity.isDown = true;
    const [down] = await checkProvider(settings.provider);
    assert.equal(down?.ok, false);
    await identity.close();
    assert.equal((await checkProvider(settings.provider))[0]?.ok, false);
  });

  test("the certificate that editors see", async function () {
    this.timeout(10_000);
    assert.deepEqual(await checkCertificate(settingsWith(), { now }), []);
    const certificate = makeCertificate({ host: "localhost", from: now() - 1000, until: now() + 1_000_000 });
    const server = createServer(certificate);
    server.listen(0, "localhost");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const settings = settingsWith({ KEPT_ORG_PUBLIC_URL: `https://localhost:${port}` });
    const [seen] = await checkCertificate(settings, { now });
    assert.equal(seen?.ok, false);
    assert.match(seen?.says ?? "", /is refused \([A-Z_]+\)/);
    server.close();
    await once(server, "close");
    assert.match((await checkCertificate(settings, { now }))[0]?.says ?? "", /nothing answers with TLS/);
  });
});
