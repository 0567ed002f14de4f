import { noteEntry, type AuditEntry } from "../../audit/auditLog.ts";
import { ask, type RunWork } from "../../store/statements.ts";

export interface ConsoleSettings {
  /** What was set, as JSON; undefined while nothing was. */
  consoleSetting(name: string): Promise<string | undefined>;
  setConsoleSetting(name: string, json: string, entry: AuditEntry): Promise<void>;
}

export function createConsoleSettings(run: RunWork): ConsoleSettings {
  return {
    consoleSetting: (name) =>
      run(function* () {
        const [row] = yield* ask<{ value: string }>(
          "SELECT value FROM console_setting WHERE name = $1",
          name,
        );
        return row?.value;
      }),

    setConsoleSetting: (name, json, entry) =>
      run(function* () {
        yield* ask(
          "INSERT INTO console_setting (name, value) VALUES ($1, $2) " +
            "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
          ...[name, json],
        );
        yield* noteEntry(entry);
      }),
  };
}
