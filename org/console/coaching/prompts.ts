import { noteEntry, type AuditEntry } from "../../audit/auditLog.ts";
import { ask, type RunWork } from "../../store/statements.ts";

/** Where a prompt stands: it is written, waits for a second person, may be published, or was taken back. */
export type PromptState = "draft" | "proposed" | "approved" | "retired";

export interface StoredPrompt {
  /** Random, and the id of the item in the bundle. */
  readonly prompt: string;
  readonly state: PromptState;
  /** Account that wrote the text last; whoever it is cannot approve it where a second person is asked for. */
  readonly author: string;
  readonly approver: string | null;
  /** Days on which it is shown, both included. */
  readonly firstDay: string;
  readonly lastDay: string;
  /** The item of the bundle, as JSON. */
  readonly item: string;
  /** The bundle that first had it as it is; null while none had. */
  readonly publishedIn: number | null;
}

export interface Prompts {
  /** By first day, newest first. */
  prompts(): Promise<StoredPrompt[]>;
  prompt(prompt: string): Promise<StoredPrompt | undefined>;
  /** False where the prompt was changed by somebody else since it was read. */
  putPrompt(prompt: StoredPrompt, before: StoredPrompt | undefined, entry: AuditEntry): Promise<boolean>;
}

const columns =
  'prompt, state, author, approver, first_day AS "firstDay", last_day AS "lastDay", item, ' +
  'published_in AS "publishedIn"';

export function createPrompts(run: RunWork): Prompts {
  return {
    prompts: () =>
      run(() => ask<StoredPrompt>(`SELECT ${columns} FROM prompt ORDER BY first_day DESC, prompt`)),

    prompt: (prompt) =>
      run(function* () {
        return (yield* ask<StoredPrompt>(`SELECT ${columns} FROM prompt WHERE prompt = $1`, prompt))[0];
      }),

    putPrompt: (put, before, entry) =>
      run(function* () {
        const { prompt, state, author, approver, firstDay, lastDay, item, publishedIn } = put;
        const values = [prompt, state, author, approver, firstDay, lastDay, item, publishedIn];
        const changed =
          before === undefined
            ? yield* ask(
                "INSERT INTO prompt (prompt, state, author, approver, first_day, last_day, item, published_in) " +
                  "VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING 1 AS changed",
                ...values,
              )
            : yield* ask(
                "UPDATE prompt SET state = $2, author = $3, approver = $4, first_day = $5, last_day = $6, " +
                  "item = $7, published_in = $8 WHERE prompt = $1 AND state = $9 AND item = $10 " +
                  "RETURNING 1 AS changed",
                ...[...values, before.state, before.item],
              );
        if (changed.length === 0) return false;
        yield* noteEntry(entry);
        return true;
      }),
  };
}
