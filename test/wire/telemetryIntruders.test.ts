import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import os from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import type { Reply } from "../../protocol/errors.ts";
import type { Summary } from "../../protocol/summary.ts";
import { launchBrowser } from "../../scripts/browser/launch.ts";
import { AddressFile, tokenOf } from "../../server/otel/receiverAddress.ts";
import { freePort } from "../support/otel/freePort.ts";
import { TestClient } from "../support/wire/languageClient.ts";

const cli = path.resolve(import.meta.dirname, "../../dist/cli.js");
const nobody = 65_534;
/** To the browser it is another machine's name; the browser's own resolver leads it here, as rebinding does. */
const rebound = "evil.example";

const message = JSON.stringify({
  resourceLogs: [
    {
      scopeLogs: [
        {
          logRecords: [
            {
              timeUnixNano: "1790000000000000000",
              attributes: Object.entries({
                "event.name": "tool_decision",
                tool_name: "Edit",
                decision: "accept",
                source: "config",
              }).map(([key, value]) => ({ key, value: { stringValue: value } })),
            },
          ],
        },
      ],
    },
  ],
});

suite("What is not a tool that was told to, at the receiver of a running server", function () {
  this.timeout(120_000);
  let home: string;
  let client: TestClient;
  let port: number;
  let token: string;

  suiteSetup(async () => {
    home = mkdtempSync(path.join(os.tmpdir(), "kept-intruders-"));
    // The way to it is open to everybody; what is Kept's own is not.
    chmodSync(home, 0o755);
    for (const name of ["work", ".claude"]) mkdirSync(path.join(home, name));
    client = await TestClient.start({
      home: path.join(home, "kept"),
      userHome: home,
      folders: [pathToFileURL(path.join(home, "work")).href],
      initializationOptions: {
        window: "11111111-1111-4111-8111-111111111111",
        settings: { editDays: 90, sumMonths: 25 },
      },
    });
    await client.until(() => client.statuses.length > 0, "the server runs");
    const env = { ...process.env, KEPT_HOME: path.join(home, "kept"), HOME: home };
    assert.equal(spawnSync(process.execPath, [cli, "connect", "claude-code-telemetry"], { env }).status, 0);
    const address = new AddressFile(path.join(home, "kept")).read()!;
    [port, token] = [address.port, tokenOf(address, "claude-code")];
    const until = Date.now() + 30_000;
    while ((await post("/v1/logs")) !== 401) {
      assert.ok(Date.now() < until, "it listens");
      await wait(200);
    }
  });
  suiteTeardown(async () => {
    await client.kill();
    rmSync(home, { recursive: true, force: true });
  });

  const post = (place: string) =>
    fetch(`http://127.0.0.1:${port}${place}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: message,
    }).then(
      ({ status }) => status,
      () => undefined,
    );
  const state = async () => {
    const reply = await client.ask<Reply<Summary>>("kept/summary", { days: 800, scope: "all" });
    assert.ok(reply.ok);
    const { decisions } = reply.value.toolsSay;
    const refused = reply.value.drops.find(({ name }) => name === "telemetry.refused")?.count ?? 0;
    return { taken: decisions.reduce((sum, { accepted }) => sum + accepted, 0), refused };
  };
  const takenNow = async () => (await state()).taken;
  /** Refusals are counted with the next writing. */
  const refusedMoreThan = async (before: number) => {
    const until = Date.now() + 10_000;
    while ((await state()).refused <= before) {
      assert.ok(Date.now() < until, "it was refused, and that is counted");
      await wait(100);
    }
  };

  test("a process of another user cannot read the token, and is refused without it", async function () {
    if (process.getuid?.() !== 0) {
      console.log("not root: nobody else can be impersonated here, so this was not tried");
      this.skip();
    }
    const run = (script: string) =>
      spawnSync(process.execPath, ["-e", script], {
        uid: nobody,
        gid: nobody,
        cwd: "/",
        encoding: "utf8",
        env: {},
      });
    const folder = path.join(home, "kept");
    const settings = path.join(home, ".claude", "settings.json");
    for (const file of [new AddressFile(folder).path, settings]) {
      const { stdout, stderr } = run(
        `try { require("fs").readFileSync(${JSON.stringify(file)}); console.log("read") } catch (e) { console.log(e.code) }`,
      );
      assert.equal(stdout.trim(), "EACCES", `${file} ${stderr}`);
    }
    assert.equal(run(`console.log(process.getuid())`).stdout.trim(), String(nobody));
    const { refused } = await state();
    const before = await takenNow();
    const sent = run(
      `const body = ${JSON.stringify(message)};
       const tries = ["/v1/logs", "/kept-guess/v1/logs", "/${"A".repeat(43)}/v1/logs"];
       Promise.all(tries.map((place) => fetch("http://127.0.0.1:${port}" + place, {
         method: "POST", headers: { "content-type": "application/json", authorization: "Bearer kept-guess" }, body,
       }).then(({ status }) => status))).then((all) => console.log(all.join(" ")));`,
    );
    assert.equal(sent.stdout.trim(), "401 401 401", sent.stderr);
    await refusedMoreThan(refused);
    assert.equal(await takenNow(), before);
  });

  test("a tool that was told to is heard: what is refused below is refused for what it is", async () => {
    const before = await takenNow();
    assert.equal(await post(`/${token}/v1/logs`), 200);
    assert.equal(await takenNow(), before + 1);
  });

  suite("and pages in a browser that know even the token", () => {
    let browser: Browser;
    let pages: Server;
    let pagePort: number;

    suiteSetup(async () => {
      pagePort = await freePort();
      pages = createServer((_, response) =>
        response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><body>a page</body>"),
      );
      await new Promise<void>((resolve) => pages.listen(pagePort, "127.0.0.1", resolve));
      browser = await launchBrowser([
        `--host-resolver-rules=MAP ${rebound} 127.0.0.1`,
        // Newer browsers stop some of it by themselves; others do not.
        "--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests,PrivateNetworkAccessSendPreflights",
      ]);
    });
    suiteTeardown(async () => {
      await browser.close();
      await new Promise((resolve) => pages.close(resolve));
    });

    const asks: Record<string, (to: string, body: string) => Promise<string>> = {
      "fetch as a script may": (to, body) =>
        fetch(to, { method: "POST", headers: { "content-type": "application/json" }, body }).then(
          ({ status }) => String(status),
          () => "failed",
        ),
      "fetch without asking": (to, body) =>
        fetch(to, { method: "POST", mode: "no-cors", body }).then(
          ({ type }) => type,
          () => "failed",
        ),
      "fetch without asking, with a type of its own": (to, body) =>
        fetch(to, {
          method: "POST",
          mode: "no-cors",
          body: new Blob([body], { type: "application/json" }),
        }).then(
          ({ type }) => type,
          () => "failed",
        ),
      "a beacon": (to, body) =>
        Promise.resolve(String(navigator.sendBeacon(to, new Blob([body], { type: "text/plain" })))),
      "a form": (to, body) =>
        new Promise((resolve) => {
          const frame = document.createElement("iframe");
          frame.name = "into";
          document.body.append(frame);
          const form = document.createElement("form");
          Object.assign(form, { action: to, method: "post", enctype: "text/plain", target: "into" });
          const field = document.createElement("input");
          Object.assign(field, { name: body, value: "" });
          form.append(field);
          document.body.append(form);
          form.submit();
          setTimeout(() => resolve("sent"), 500);
        }),
      "a picture": (to) =>
        new Promise((resolve) => {
          const picture = new Image();
          picture.onload = () => resolve("loaded");
          picture.onerror = () => resolve("failed");
          picture.src = to;
        }),
    };

    for (const [name, ask] of Object.entries(asks)) {
      for (const [from, to] of [
        ["another origin on this machine", "127.0.0.1"],
        ["another origin that names it otherwise", "localhost"],
        ["a name that leads here", rebound],
      ] as const) {
        test(`leave nothing: ${name}, from ${from}`, async () => {
          const before = await state();
          const page = await browser.newPage();
          try {
            await page.goto(`http://${to === rebound ? rebound : "127.0.0.1"}:${pagePort}/`);
            const target = `http://${to}:${port}/${token}/v1/logs`;
            // What it is told is what the browser lets it see.
            const script = `(${String(ask)})(${JSON.stringify(target)}, ${JSON.stringify(message)})`;
            assert.notEqual(await page.evaluate(script), "200");
            await refusedMoreThan(before.refused);
            assert.equal(await takenNow(), before.taken);
          } finally {
            await page.close();
          }
        });
      }
    }

    test("leave nothing: a page of whose own origin the receiver has become a part", async () => {
      const before = await state();
      const page = await browser.newPage();
      try {
        // The name led to the attacker's own server when the page came, and leads to the receiver by now: to the browser
        // all of it is one origin.
        const own = `http://${rebound}:${port}/`;
        await page.route(own, (route) =>
          route.fulfill({ contentType: "text/html", body: "<!doctype html>" }),
        );
        await page.goto(own);
        const status = await page.evaluate(
          ([url, body]) =>
            fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body }).then(
              (response) => response.status,
            ),
          [`/${token}/v1/logs`, message] as const,
        );
        assert.equal(status, 403);
        await refusedMoreThan(before.refused);
        assert.equal(await takenNow(), before.taken);
      } finally {
        await page.close();
      }
    });
  });
});
