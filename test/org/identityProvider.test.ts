import assert from "node:assert/strict";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { createProvider } from "../../org/access/provider/provider.ts";
import { makeApp, type AppForTest } from "./support/app.ts";
import { makeFolder } from "./support/folder.ts";
import { launchBrowser } from "./support/looking.ts";
import {
  clientId,
  clientSecret,
  startIdentityProvider,
  type IdentityProviderForTest,
} from "./support/identityProvider.ts";

const artifacts = path.resolve("test/artifacts");

const looks = {
  light: { colorScheme: "light", viewport: { width: 1280, height: 700 } },
  narrow: { colorScheme: "dark", viewport: { width: 300, height: 700 } },
  contrast: { colorScheme: "dark", forcedColors: "active", viewport: { width: 720, height: 700 } },
} as const;

suite("Signing in by an identity provider in a browser", function () {
  this.timeout(60_000);
  let browser: Browser;
  let identity: IdentityProviderForTest;
  let service: AppForTest;
  let address: string;
  const { folder, remove } = makeFolder();

  suiteSetup(async () => {
    browser = await launchBrowser();
    const port = await freePort();
    address = `http://localhost:${port}`;
    identity = await startIdentityProvider(address);
    identity.people["ada"] = { name: "Ada Lovelace", groups: ["kept-admins"] };
    const secretFile = path.join(folder, "client-secret");
    writeFileSync(secretFile, clientSecret, { mode: 0o600 });
    const settings = {
      ...{
        issuer: identity.issuer,
        client: clientId,
        secretFile,
        claim: "groups",
        scopes: "openid groups profile",
      },
      roles: [{ group: "kept-admins", role: "admin", team: null }] as const,
    };
    const provider = createProvider(settings, address, () => Date.now());
    service = await makeApp(undefined, { console: { publicUrl: address, provider, bundleKeys: () => [] } });
    await service.app.listen({ host: "127.0.0.1", port });
  });

  suiteTeardown(async () => {
    await browser.close();
    await service.close();
    await identity.close();
    remove();
  });

  async function picture(page: Page, name: string): Promise<void> {
    await page.screenshot({ path: path.join(artifacts, `org-provider-${name}.png`), fullPage: true });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= (page.viewportSize()?.width ?? 0), `${name} is ${wide} wide`);
  }

  for (const [name, look] of Object.entries(looks)) {
    test(`a person comes in, and goes out of both, ${name}`, async () => {
      const context = await browser.newContext(look);
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on("console", (message) => {
        // Not the browser's advice that a form for passwords should have a name in it.
        if (message.type() === "error") complaints.push(message.text());
      });
      page.on("pageerror", (error) => complaints.push(error.message));
      await page.goto(address);
      await picture(page, `sign-in-${name}`);
      identity.who = "ada";
      await page.getByRole("link", { name: "Sign in at" }).click();
      await page.getByRole("heading", { name: "Adoption", level: 2 }).waitFor();
      await page.goto(`${address}/accounts`);
      assert.equal(await page.getByRole("row", { name: "Ada Lovelace (you)" }).count(), 1);
      await picture(page, `accounts-${name}`);
      await page.getByRole("button", { name: "Sign out" }).click();
      await page.getByRole("link", { name: "sign out there too" }).waitFor();
      await picture(page, `ended-${name}`);
      assert.deepEqual(await context.cookies(address), []);
      await page.getByRole("link", { name: "Sign in again" }).click();
      assert.deepEqual(complaints, []);
      identity.who = undefined;
      await context.clearCookies();
      await page.getByRole("link", { name: "Sign in at" }).click();
      await page.getByRole("alert").waitFor();
      await picture(page, `refused-${name}`);
      await context.close();
    });
  }
});

/** The provider wants to know where browsers come back to before there is a service. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
