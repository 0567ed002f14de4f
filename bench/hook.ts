/**
 * What a tool waits for when it tells Kept of an edit; beside it a shell that does nothing, which any hook costs, and one
 * that starts two programs. Each includes what this process takes to start it. Run it with `npm run bench -- hook`.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import path from "node:path";
import { writeShim } from "../server/hooks/shim.ts";
import { HookSpool } from "../server/hooks/spool.ts";

const rounds = 200;
const home = mkdtempSync(path.join(tmpdir(), "kept-bench-"));

try {
  const shim = writeShim(home, process.platform, () => "fresh");
  const spool = new HookSpool(home);
  spool.open();
  const ways: Record<string, readonly [string, readonly string[]]> = {
    "a shell that does nothing": ["/bin/sh", ["-c", ":"]],
    "a shell that starts two programs": [
      "/bin/sh",
      ["-c", "head -c 4000000 >/dev/null; mv -f . . 2>/dev/null"],
    ],
    "Kept's hook": [shim, ["claude-code"]],
  };
  const times = new Map(Object.keys(ways).map((name): [string, number[]] => [name, []]));
  let arrived = 0;
  for (let round = 0; round < rounds; round++) {
    // In turn, so that all meet the same machine.
    for (const [name, [program, args]] of Object.entries(ways)) {
      const input = JSON.stringify({ hook_event_name: "PostToolUse", text: "x".repeat(20_000) });
      const before = performance.now();
      spawnSync(program, args, { input });
      times.get(name)!.push(performance.now() - before);
    }
    for (const record of spool.look(Date.now()).left) if (record.take()) arrived++;
  }
  if (arrived !== rounds) throw new Error(`${arrived} of ${rounds} records arrived`);
  console.log(`One hook with a record of 20 kB, milliseconds; bar 10. Load ${loadavg()[0]!.toFixed(1)}.\n`);
  const bare = at(times.get("a shell that does nothing")!, 0.5);
  for (const [name, measured] of times) {
    const [median, most] = [at(measured, 0.5), at(measured, 0.95)];
    console.log(
      `${name.padEnd(34)} median ${median.toFixed(1).padStart(5)}   p95 ${most.toFixed(1).padStart(5)}   ${(median / bare).toFixed(1)} x a shell`,
    );
  }
} finally {
  rmSync(home, { recursive: true, force: true });
}

function at(times: readonly number[], share: number): number {
  return times.toSorted((one, other) => one - other)[Math.floor(times.length * share)]!;
}
