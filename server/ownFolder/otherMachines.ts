import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { readOwnFile, rowsOfDay, type CountedRow, type OwnFile } from "../../core/ownFolder/ownFile.ts";
import { requestsOfDay } from "../../core/ownFolder/ownFileRequests.ts";
import type { SummaryRequests } from "../../core/requests/requestSummary.ts";
import type { OtherMachines, Skipped } from "../../protocol/ownFolder.ts";

/** Twenty-five months of somebody who works all day with ten tools need a tenth of it. */
const mostBytes = 64 * 1024 * 1024;

export interface OthersQuestion {
  readonly folder: string;
  /** This store's own id: its rows are in the database already. */
  readonly ownStore: string;
  readonly from: string;
  readonly to: string;
}

export interface Others {
  readonly rows: readonly CountedRow[];
  readonly requests: readonly SummaryRequests[];
  readonly others: OtherMachines;
}

/** Reads what other stores wrote into the folder. A file that did not change is not read again. */
export class OthersReader {
  readonly #read = new Map<string, { readonly stamp: string; readonly file: OwnFile | Skipped }>();

  /** Never throws: what cannot be read is counted. */
  async read({ folder, ownStore, from, to }: OthersQuestion): Promise<Others> {
    const skipped = new Map<Skipped, number>();
    const skip = (reason: Skipped, count = 1) => skipped.set(reason, (skipped.get(reason) ?? 0) + count);
    const rows: CountedRow[] = [];
    const requests: SummaryRequests[] = [];
    let machines = 0;
    for (const name of await namesIn(folder)) {
      const file = await this.#fileOf(path.join(folder, name), name);
      if (typeof file === "string") {
        skip(file);
        continue;
      }
      if (file.store === ownStore) continue;
      if (file.damagedLines > 0) skip("damagedLine", file.damagedLines);
      const before = rows.length + requests.length;
      for (const day of file.days.values()) {
        if (day.day < from || day.day > to) continue;
        for (const row of rowsOfDay(day)) rows.push(row);
        for (const row of requestsOfDay(day)) requests.push(row);
      }
      if (rows.length + requests.length > before) machines++;
    }
    return {
      rows,
      requests,
      others: { machines, skipped: [...skipped].map(([reason, count]) => ({ reason, count })) },
    };
  }

  async #fileOf(file: string, name: string): Promise<OwnFile | Skipped> {
    try {
      const found = await stat(file);
      if (!found.isFile()) return "unreadable";
      const { size, mtimeMs, ino } = found;
      const stamp = `${size} ${mtimeMs} ${ino}`;
      const known = this.#read.get(file);
      if (known?.stamp === stamp) return known.file;
      const read = size > mostBytes ? "unreadable" : readOwnFile(await readFile(file, "utf8"), name);
      this.#read.set(file, { stamp, file: read });
      return read;
    } catch {
      return "unreadable";
    }
  }
}

/** Hidden files belong to whatever keeps the folder in step, and those that end so are being written. */
async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => !name.startsWith(".") && !name.endsWith(".new"));
  } catch {
    return [];
  }
}
