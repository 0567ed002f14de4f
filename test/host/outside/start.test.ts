import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { isolation } from "../../../scripts/editor/session.ts";
import { root } from "../../../scripts/paths.ts";
import { type Service, startService } from "../../../scripts/process/service.ts";
import { packageUnderTest } from "../../support/editor/packaged.ts";
import { Workbench } from "../../support/editor/workbench.ts";

const startTimeoutMs = 120_000;

/** It makes a package of its own, so once is enough. */
const run = packageUnderTest().flavour === "plain" ? suite : () => undefined;

run("npm start -- --demo", () => {
  let folder: string;
  let started: Service;
  let workbench: Workbench | undefined;

  suiteSetup(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "kept-start-"));
    const home = path.join(folder, "home");
    await mkdir(home);
    const script = path.join(root, "scripts", "start", "main.ts");
    const options = ["--demo", "--browser", "--port=0", `--folder=${path.join(folder, "demo")}`];
    started = startService(process.execPath, [script, ...options], {
      name: "npm start",
      env: { ...process.env, ...isolation({ home, keptHome: path.join(home, "kept") }) },
    });
    await started.waitFor(/Ctrl\+C ends it/, startTimeoutMs);
  });

  suiteTeardown(async () => {
    await workbench?.close();
    await started?.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  test("prints addresses that answer", async () => {
    const addresses = addressesIn(started.output());
    assert.equal(addresses.length, 2);
    for (const address of addresses) assert.equal((await fetch(address)).status, 200, address);
  });

  test("shows a panel with numbers, labelled as made up", async () => {
    const [editor] = addressesIn(started.output());
    workbench = await Workbench.open({ url: editor! });
    await workbench.openContainer("Kept");
    const panel = workbench.webview("view");
    await panel.getByText("This history is made up").waitFor();
    await panel
      .getByText(/^\d+\s?%$/)
      .first()
      .waitFor();
    assert.deepEqual(workbench.refused, []);
    await workbench.screenshot("start-demo");
  });

  test("leaves the user's own data alone", async () => {
    assert.deepEqual(await readdir(path.join(folder, "home")), []);
  });

  test("ends everything it started", async () => {
    const addresses = addressesIn(started.output());
    await started.stop();
    for (const address of addresses) await assert.rejects(fetch(address), address);
  });
});

function addressesIn(text: string): string[] {
  return text.match(/http:\/\/127\.0\.0\.1:\d+\/\S*/g) ?? [];
}
