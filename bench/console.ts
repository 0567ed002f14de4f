/**
 * How long the console's pages take over thirteen months of 2,000 developers' published weeks: the real service, over HTTP,
 * with SQLite and with PostgreSQL. The weeks are written as publishing writes them, at the size that it comes to.
 */
import { tmpdir } from "node:os";
import { letIn } from "../org/access/keys.ts";
import { readSettings } from "../org/env.ts";
import { dateOf, epochDayOf, isoWeekOf } from "../org/ingest/isoWeek.ts";
import { openStore } from "../org/store/open.ts";
import type { Store } from "../org/store/store.ts";
import { seededRandom } from "../core/seededRandom.ts";
import type { ProtectedCell, ProtectedLine } from "../protocol/protection.ts";
import { tallies, type PublishedTally, type TallyName } from "../protocol/tallies.ts";
import { testHost } from "../test/org/support/app.ts";
import { idOf } from "../test/org/support/batches.ts";
import { makeFolder } from "../test/org/support/folder.ts";
import { startPostgres } from "../test/org/support/postgres.ts";
import { startService } from "../test/org/support/service.ts";
import { formHeaders } from "../test/org/support/visitor.ts";

const developers = 2000;
const teams = Array.from({ length: 100 }, (_, index) => `Team ${index + 1}`);
const weeks = 57;
const rounds = 12;
const barMs = 300;

const tools = ["claude-code", "codex", "cursor", "github-copilot", "gemini-cli"];
const columns = [...tools, "human", "tooling", "external", "unknown"];
const pages = ["/", "/adoption", "/outcomes", "/cost", "/coaching/effect", "/coaching", "/audit", "/service"];

const random = seededRandom(1);
const upTo = (most: number) => Math.floor(random() * most);

function cell(): ProtectedCell {
  if (random() < 0.2) return { state: "hidden", why: "fewPeople" };
  const insertedChars = upTo(90_000);
  return {
    ...{ state: "shown", people: 5 + upTo(15), edits: upTo(4000), insertedChars },
    keptChars: Math.floor(insertedChars * 0.8),
  };
}

const line = (): ProtectedLine => ({ all: cell(), cells: columns.map(cell) });

/** So many cells for each team as its people's tools, tiers and ages make. */
const keysOf: Readonly<Record<TallyName, readonly (readonly string[])[]>> = {
  "kept.funnel": tools.slice(0, 3).map((tool) => [tool, "*"]),
  "kept.requests": tools
    .slice(0, 3)
    .flatMap((tool) => ["standard", "heavy"].map((tier) => [tool, tier, "*"])),
  "kept.survival": ["14", "30", "90"].flatMap((age) => [
    ...tools.slice(0, 3).map((tool) => ["ai", tool, age]),
    ...["human", "tooling", "unknown"].map((kind) => [kind, "none", age]),
  ]),
  "kept.tip": ["C01", "C05", idOf("a prompt")].map((tip) => [tip, "*", "*"]),
};

function tally(table: TallyName, week: string): PublishedTally {
  const sums = Object.keys(tallies[table].sums);
  const cells = teams.flatMap((team) =>
    keysOf[table].map((keys) => ({ team, keys: [...keys], sums: sums.map(() => upTo(900)) })),
  );
  return { ...{ table, week, floor: 5, keys: Object.keys(tallies[table].keys), sums, cells }, hidden: [] };
}

async function fill(store: Store): Promise<string> {
  const today = epochDayOf(Date.now());
  const members = Array.from({ length: developers }, (_, person) => ({
    team: teams[person % teams.length]!,
    person: idOf(`person ${person}`),
  }));
  for (let back = weeks; back >= 1; back--) {
    const week = isoWeekOf(today - 3 - 7 * back);
    await store.addPublication({
      table: {
        ...{ week, floor: 5, columns, total: line() },
        teams: teams.map((team) => ({ team, line: line() })),
      },
      members,
      tallies: (Object.keys(keysOf) as TallyName[]).map((table) => tally(table, week)),
    });
  }
  const outcome = await letIn(
    { name: "Ada", role: "coeLead", team: null },
    { store, host: testHost },
    (act, subject) => ({
      ...{ entry: testHost.id(), at: testHost.now(), who: "bench", act, subject },
    }),
  );
  if (!outcome.ok) throw new Error("nobody could be let in");
  return outcome.key;
}

async function measure(name: string, environment: Readonly<Record<string, string>>): Promise<void> {
  const read = readSettings(environment, { homeFolder: tmpdir(), platform: process.platform });
  if (!read.ok) throw new Error(read.problems.join("\n"));
  const { store } = await openStore(read.settings);
  const key = await fill(store);
  await store.close();
  const service = await startService(environment);
  try {
    const signedIn = await fetch(`${service.address}/sign-in`, {
      ...{ method: "POST", headers: formHeaders, redirect: "manual" },
      body: new URLSearchParams({ key }).toString(),
    });
    const [cookie = ""] = (signedIn.headers.get("set-cookie") ?? "").split(";");
    const timed = async (path: string) => {
      const start = performance.now();
      const answer = await fetch(`${service.address}${path}`, { headers: { cookie } });
      const { length } = await answer.text();
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
      return { ms: performance.now() - start, length };
    };
    const first = (await timed("/")).ms;
    const all: number[] = [];
    for (const page of pages) {
      const own: number[] = [];
      let length = 0;
      for (let round = 0; round < rounds; round++) {
        const query = new URLSearchParams({ weeks: ["4", "13", "52"][round % 3]! });
        if (round % 4 === 3) query.set("team", teams[round]!);
        const answer = await timed(`${page}?${query.toString()}`);
        own.push(answer.ms);
        length = Math.max(length, answer.length);
      }
      all.push(...own);
      console.log(`${name} ${page.padEnd(17)} ${words(own)}, ${Math.ceil(length / 1024)} KiB`);
    }
    const p95 = quantile(all, 0.95);
    console.log(
      `${name}: ${words(all)} over ${all.length} pages, the first after a start ${Math.round(first)} ms; ` +
        `p95 is ${(p95 / barMs).toFixed(2)} of ${barMs} ms`,
    );
  } finally {
    await service.stop();
  }
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

const words = (values: readonly number[]) =>
  `median ${Math.round(quantile(values, 0.5))} ms, p95 ${Math.round(quantile(values, 0.95))} ms`;

console.log(
  `${developers} developers in ${teams.length} teams, ${weeks} published weeks to ${dateOf(epochDayOf(Date.now()))}`,
);
const { folder, remove } = makeFolder();
await measure("SQLite    ", { KEPT_ORG_DATA: folder });
remove();
const postgres = await startPostgres();
const other = makeFolder();
await measure("PostgreSQL", {
  KEPT_ORG_DATA: other.folder,
  KEPT_ORG_DATABASE_URL: await postgres.makeDatabase(),
});
await postgres.stop();
other.remove();
