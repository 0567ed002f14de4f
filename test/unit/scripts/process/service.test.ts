import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { run, runOrThrow } from "../../../../scripts/process/run.ts";
import { startService } from "../../../../scripts/process/service.ts";

const patienceMs = 10_000;

suite("A service", () => {
  test("is waited for by what it says, and ends with its children", async () => {
    const grandchild = "setInterval(() => {}, 1000)";
    const script = `
      const child = require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(grandchild)}]);
      console.log("child " + child.pid);
      setInterval(() => {}, 1000);`;
    const service = startService(process.execPath, ["-e", script], { name: "The test's service" });
    const [, pid] = await service.waitFor(/child (\d+)/, patienceMs);
    assert.equal(isRunning(Number(pid)), true);
    await service.stop();
    assert.equal(isRunning(service.pid), false);
    assert.equal(await endsSoon(Number(pid)), true);
  });

  test("that ends too early is told of with what it said", async () => {
    const script = "console.error('no such port'); process.exitCode = 3";
    const service = startService(process.execPath, ["-e", script], { name: "The test's service" });
    await assert.rejects(service.waitFor(/listening/, patienceMs), /ended with code 3[^]*no such port/);
    assert.equal(await service.ended, 3);
  });

  test("that cannot be started is told of", async () => {
    const service = startService("/no/such/program", [], { name: "The test's service" });
    await assert.rejects(service.waitFor(/listening/, patienceMs), /ENOENT/);
  });

  test("that ignores a polite request is ended all the same", async () => {
    const script = "process.on('SIGTERM', () => {}); console.log('deaf'); setInterval(() => {}, 1000)";
    const service = startService(process.execPath, ["-e", script], { name: "The test's service" });
    await service.waitFor(/deaf/, patienceMs);
    await service.stop();
    assert.equal(isRunning(service.pid), false);
  });
});

suite("A command", () => {
  test("gives its output and code, and throws only when asked to", async () => {
    const script = "console.log('out'); console.error('err'); process.exitCode = 2";
    assert.deepEqual(await run(process.execPath, ["-e", script]), {
      code: 2,
      stdout: "out\n",
      stderr: "err\n",
    });
    await assert.rejects(runOrThrow(process.execPath, ["-e", script]), /ended with code 2\nout\n\nerr/);
  });
});

/** One that has ended but of whose end nobody has taken note yet does not run. */
function isRunning(pid: number) {
  try {
    process.kill(pid, 0);
    if (process.platform !== "linux") return true;
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

/** It was told to end, which takes a moment. */
async function endsSoon(pid: number) {
  const until = Date.now() + patienceMs;
  while (isRunning(pid) && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 50));
  return !isRunning(pid);
}
