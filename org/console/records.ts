import { createAccounts, type Accounts } from "../access/accounts.ts";
import { createAuditLog, type AuditLog } from "../audit/auditLog.ts";
import type { RunWork } from "../store/statements.ts";
import { createPrompts, type Prompts } from "./coaching/prompts.ts";
import { createConsoleSettings, type ConsoleSettings } from "./settings/consoleSettings.ts";

/** What the console keeps in the store besides what devices sent. */
export interface ConsoleRecords extends Accounts, AuditLog, ConsoleSettings, Prompts {}

export function createConsoleRecords(run: RunWork): ConsoleRecords {
  return {
    ...createAccounts(run),
    ...createAuditLog(run),
    ...createConsoleSettings(run),
    ...createPrompts(run),
  };
}
