import type {
  DaySumRow,
  DueRow,
  EditRow,
  SampleRow,
  SumKey,
  SumRow,
  Sums,
  SumsRange,
  VersionKey,
} from "./store.ts";

export type Sum = { -readonly [Name in keyof SumRow]: SumRow[Name] };

/** Adds to the sums of a key, and gives them. */
export function addUp(all: Map<string, Sum>, key: SumKey, sums: Sums): Sum {
  const found = all.get(keyText(key));
  if (found) {
    change(found, sums, 1);
    return found;
  }
  const made = { ...key, ...sums };
  all.set(keyText(key), made);
  return made;
}

/** Once it was pruned it is no longer there. */
export function isCounted(all: ReadonlyMap<string, Sum>, sum: Sum): boolean {
  return all.get(keyText(sum)) === sum;
}

export function sumsIn(all: ReadonlyMap<string, Sum>, { from, to, workspaces }: SumsRange): Sum[] {
  return [...all.values()]
    .filter(({ day }) => from <= day && day <= to)
    .filter(({ workspace }) => !workspaces || (workspace !== null && workspaces.includes(workspace)));
}

/** Sums of whole days, of sums of hours. */
export function daysOf(sums: readonly Sum[]): DaySumRow[] {
  const days = new Map<string, DaySumRow>();
  for (const sum of sums) {
    const { day, kind, tool, model, mode } = sum;
    const { edits, insertingEdits, insertedChars, deletedChars, keptChars } = sum;
    const { insertedSquared, keptSquared, insertedTimesKept } = sum;
    const key = JSON.stringify([day, kind, tool, model, mode]);
    const known = days.get(key);
    if (known) change(known, sum, 1);
    else
      days.set(key, {
        ...{ day, kind, tool, model, mode },
        ...{ edits, insertingEdits, insertedChars, deletedChars, keptChars },
        ...{ insertedSquared, keptSquared, insertedTimesKept },
      });
  }
  return [...days.values()];
}

/** Adds to sums, or takes away from them. */
export function change(sum: { -readonly [Name in keyof Sums]: Sums[Name] }, by: Sums, sign: 1 | -1): void {
  sum.edits += sign * by.edits;
  sum.insertingEdits += sign * by.insertingEdits;
  sum.insertedChars += sign * by.insertedChars;
  sum.deletedChars += sign * by.deletedChars;
  sum.keptChars += sign * by.keptChars;
  sum.insertedSquared += sign * by.insertedSquared;
  sum.keptSquared += sign * by.keptSquared;
  sum.insertedTimesKept += sign * by.insertedTimesKept;
}

export function keyText({ day, hour, workspace, languageId, kind, tool, model, mode }: SumKey): string {
  return JSON.stringify([day, hour, workspace, languageId, kind, tool, model, mode]);
}

export function versionText({ uri, window, session, version }: VersionKey): string {
  return JSON.stringify([uri, window, session, version]);
}

export interface StoredEdit {
  row: EditRow;
  /** Where it was added up. Once that was pruned, it is no longer in the map and nothing is moved. */
  sum: Sum;
  readonly samples: Map<number, SampleRow>;
  /** While samples are still to be taken. */
  followed: DueRow | undefined;
}
