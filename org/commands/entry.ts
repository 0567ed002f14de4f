import type { Act } from "../audit/acts.ts";
import type { AuditEntry } from "../audit/auditLog.ts";
import type { Host } from "../host.ts";

/** What a command did, in the log that everybody who may open the console reads. */
export function entryOf(command: string, act: Act, host: Host): (subject: string) => AuditEntry {
  return (subject) => ({ entry: host.id(), at: host.now(), who: command, act, subject });
}
