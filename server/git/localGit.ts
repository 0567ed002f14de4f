import { statSync } from "node:fs";
import * as z from "zod";
import { movementOfFile } from "../../core/spans/gitMovement.ts";
import { fileOfAddress } from "../provenance/fileAddress.ts";
import type { GitView } from "../gitView.ts";
import type { Repositories } from "./repositories.ts";

const logMarkSchema = z.object({
  size: z.number(),
  writtenAt: z.number(),
  last: z.object({ at: z.number(), to: z.string().nullable() }).nullable(),
});
const markSchema = z.object({
  repository: z.string(),
  head: logMarkSchema,
  stash: logMarkSchema,
  commit: z.string().nullable(),
});

/** The repositories of this machine, asked by the address of a file. */
export class LocalGit implements GitView {
  readonly #repositories: Repositories;
  readonly #now: () => number;

  constructor(repositories: Repositories, now: () => number) {
    this.#repositories = repositories;
    this.#now = now;
  }

  branchOf(uri: string): string | undefined {
    const file = fileOfAddress(uri);
    const head = file === undefined ? undefined : this.#repositories.headOf(file, this.#now());
    return head?.branch ?? head?.commit ?? undefined;
  }

  markOf(uri: string): string | undefined {
    const file = fileOfAddress(uri);
    if (file === undefined) return undefined;
    const { mark } = this.#repositories.movementsSince(file, undefined, this.#now());
    return mark && JSON.stringify(mark);
  }

  movedSince(uri: string, mark: string | undefined): ReturnType<GitView["movedSince"]> {
    const file = fileOfAddress(uri);
    const parsed = mark === undefined ? undefined : markSchema.safeParse(JSON.parse(mark)).data;
    if (file === undefined || !parsed) return undefined;
    const { movements } = this.#repositories.movementsSince(file, parsed, this.#now());
    return movementOfFile(movements, writtenAt(file));
  }
}

/** Undefined for a file that is gone. */
function writtenAt(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs;
}
