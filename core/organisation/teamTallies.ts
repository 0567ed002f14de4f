import type { TeamState } from "../../protocol/heeding.ts";
import type { HiddenReason } from "../../protocol/protection.ts";
import { survivalAges, type PublishedTally, type TallyName } from "../../protocol/tallies.ts";

type OwnTally = TeamState["ownTallies"][number];

/** A number of a group, of what may be shown of it; or why there is none. */
export type TallyValue =
  | { readonly state: "shown"; readonly value: number; readonly of: number }
  | { readonly state: "hidden"; readonly why: HiddenReason }
  | { readonly state: "nothing" };

export type TallyMeasure =
  | "keptAt15"
  | "committed"
  | "undone"
  | "costOfRequest"
  | "cacheShare"
  | `alive${(typeof survivalAges)[number]}${"Ai" | "Human"}`
  | "helped";

export interface TallyRow {
  readonly measure: TallyMeasure;
  readonly unit: "share" | "usd";
  readonly team: TallyValue;
  readonly own: TallyValue;
}

interface Definition {
  readonly measure: TallyMeasure;
  readonly table: TallyName;
  readonly unit: TallyRow["unit"];
  /** What a sum has to be of. */
  readonly where?: Readonly<Record<string, string>>;
  readonly part: (sum: (name: string) => number) => number;
  readonly of: (sum: (name: string) => number) => number;
}

const accepted = ["accepted", "partly", "unasked", "undone", "untold"];
const total = (sum: (name: string) => number, names: readonly string[]) =>
  names.reduce((all, name) => all + sum(name), 0);

const definitions: readonly Definition[] = [
  {
    ...{ measure: "keptAt15", table: "kept.funnel", unit: "share" },
    part: (sum) => sum("kept"),
    of: (sum) => total(sum, ["kept", "gone"]),
  },
  {
    ...{ measure: "committed", table: "kept.funnel", unit: "share" },
    part: (sum) => sum("committed"),
    of: (sum) => total(sum, accepted),
  },
  {
    ...{ measure: "undone", table: "kept.funnel", unit: "share" },
    part: (sum) => sum("undone"),
    of: (sum) => total(sum, accepted),
  },
  ...survivalAges.flatMap((age) =>
    (["Ai", "Human"] as const).map((kind): Definition => ({
      ...{ measure: `alive${age}${kind}`, table: "kept.survival", unit: "share" },
      where: { age, kind: kind.toLowerCase() },
      part: (sum) => sum("surviving"),
      of: (sum) => sum("lines"),
    })),
  ),
  {
    ...{ measure: "costOfRequest", table: "kept.requests", unit: "usd" },
    part: (sum) => sum("cost.cents") / 100,
    of: (sum) => sum("requests") - sum("unpriced"),
  },
  {
    ...{ measure: "cacheShare", table: "kept.requests", unit: "share" },
    part: (sum) => sum("cache.read"),
    of: (sum) => total(sum, ["input", "cache.read", "cache.write"]),
  },
  {
    ...{ measure: "helped", table: "kept.tip", unit: "share" },
    part: (sum) => sum("helped"),
    of: (sum) => total(sum, ["helped", "not.for.me"]),
  },
];

/** What can be told of a week besides edits: the team's cells added up, and beside it one's own. */
export function tallyRows(
  published: readonly PublishedTally[],
  team: string,
  own: readonly OwnTally[],
): TallyRow[] {
  return definitions.map((definition) => ({
    measure: definition.measure,
    unit: definition.unit,
    team: ofTeam(definition, published, team),
    own: ofOwn(definition, own),
  }));
}

function ofTeam(definition: Definition, published: readonly PublishedTally[], team: string): TallyValue {
  const tally = published.find(({ table }) => table === definition.table);
  if (!tally) return { state: "nothing" };
  const needed = sumsOf(definition).map((name) => tally.sums.indexOf(name));
  const cells = tally.cells
    .filter((cell) => cell.team === team)
    .filter(({ sums }) => needed.every((at) => sums[at] !== null))
    .filter(({ keys }) =>
      Object.entries(definition.where ?? {}).every(
        ([name, wanted]) => keys[tally.keys.indexOf(publishedKey(name))] === wanted,
      ),
    );
  const value = valueOf(definition, (name) => {
    const index = tally.sums.indexOf(name);
    return index < 0 ? 0 : cells.reduce((sum, cell) => sum + (cell.sums[index] ?? 0), 0);
  });
  const [why] = tally.hidden;
  return value.state === "nothing" && why !== undefined ? { state: "hidden", why } : value;
}

/** The names of all sums that it is made of: a cell that withholds one of them tells nothing of it. */
function sumsOf({ part, of }: Definition): readonly string[] {
  const names = new Set<string>();
  const note = (name: string) => {
    names.add(name);
    return 0;
  };
  part(note);
  of(note);
  return [...names];
}

/** Its own name of the key, as `keys` of a table has it. */
function publishedKey(name: string): string {
  return name === "kind" ? "origin.kind" : name;
}

const nanoOfCent = 10_000_000;

function ofOwn(definition: Definition, own: readonly OwnTally[]): TallyValue {
  const rows = own
    .filter(({ table }) => table === definition.table)
    .filter(({ keys }) =>
      Object.entries(definition.where ?? {}).every(([name, wanted]) => keys[name] === wanted),
    );
  return valueOf(definition, (name) =>
    name === "cost.cents"
      ? rows.reduce((sum, { sums }) => sum + (sums["costNano"] ?? 0), 0) / nanoOfCent
      : rows.reduce((sum, { sums }) => sum + (sums[name] ?? 0), 0),
  );
}

function valueOf({ part, of, unit }: Definition, sum: (name: string) => number): TallyValue {
  const whole = of(sum);
  if (whole <= 0) return { state: "nothing" };
  const value = part(sum) / whole;
  // Of rounded sums a part can come out as more than the whole.
  return { state: "shown", value: unit === "share" ? Math.min(1, value) : value, of: whole };
}
