/**
 * What a tool waits for when it tells Kept of an edit, while so many records wait already; beside it a shell that does nothing,
 * which any hook costs, and one that starts three programs. Each includes what this process takes to start it. Run it with
 * `npm run bench -- hook`.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import path from "node:path";
import { spoolName, writeShim } from "../server/hooks/shim.ts";
import { HookSpool } from "../server/hooks/spool.ts";

const rounds = 200;
/** The last are more than may wait. */
const waitingCounts = [0, 100, 1000, 4000, 5000];
const record = JSON.stringify({ hook_event_name: "PostToolUse", text: "x".repeat(20_000) });
/** So short that as many as may wait have room. */
const waiting = JSON.stringify({ hook_event_name: "PostToolUse", text: "x".repeat(1500) });

console.log(`One hook with a record of 20 kB, milliseconds; bar 10. Load ${loadavg()[0]!.toFixed(1)}.`);
for (const count of waitingCounts) measure(count);

function measure(count: number): void {
  const home = mkdtempSync(path.join(tmpdir(), "kept-bench-"));
  try {
    const shim = writeShim(home, process.platform, () => "fresh");
    const spool = new HookSpool(home);
    spool.open();
    for (let number = 0; number < count; number++)
      writeFileSync(path.join(home, spoolName, `codex.${number}.0.json`), waiting);
    const ways: Record<string, readonly [string, readonly string[]]> = {
      "a shell that does nothing": ["/bin/sh", ["-c", ":"]],
      "a shell that starts three programs": [
        "/bin/sh",
        ["-c", "head -c 4000000 >/dev/null; wc -c </dev/null >/dev/null; mv -f . . 2>/dev/null"],
      ],
      "Kept's hook": [shim, ["claude-code"]],
    };
    const times = new Map(Object.keys(ways).map((name): [string, number[]] => [name, []]));
    for (let round = 0; round < rounds; round++) {
      // In turn, so that all meet the same machine.
      for (const [name, [program, args]] of Object.entries(ways)) {
        const before = performance.now();
        const { status } = spawnSync(program, args, { input: record });
        times.get(name)!.push(performance.now() - before);
        if (name === "Kept's hook" && status !== 0) throw new Error(`A hook ended with ${status}`);
      }
    }
    const { "claude-code": arrived = 0 } = spool.waiting();
    console.log(`\n${count} wait; ${arrived} of ${rounds} found room`);
    const bare = at(times.get("a shell that does nothing")!, 0.5);
    for (const [name, measured] of times) {
      const [median, most, worst] = [0.5, 0.95, 1].map((share) => at(measured, share).toFixed(1).padStart(5));
      const ratio = (at(measured, 0.5) / bare).toFixed(1);
      console.log(`${name.padEnd(34)} median ${median}   p95 ${most}   most ${worst}   ${ratio} x a shell`);
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function at(times: readonly number[], share: number): number {
  const sorted = times.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
}
