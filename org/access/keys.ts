import * as z from "zod";
import { teamNameSchema } from "../../protocol/teamName.ts";
import type { Act } from "../audit/acts.ts";
import type { AuditEntry } from "../audit/auditLog.ts";
import { lineSchema } from "../console/form.ts";
import type { Host } from "../host.ts";
import { hashOf } from "../identity/secrets.ts";
import { dateOf, epochDayOf } from "../ingest/isoWeek.ts";
import type { Store } from "../store/store.ts";
import { roles, roleSchema } from "./roles.ts";

export const keyPrefix = "kept_console_";

/** Whom to let in. */
export const newcomerSchema = z
  .object({
    name: lineSchema(60),
    role: roleSchema,
    team: z
      .literal("")
      .transform(() => null)
      .or(teamNameSchema)
      .nullable()
      .default(null),
  })
  .refine(({ role, team }) => (role === "teamLead") === (team !== null), {
    error: "is needed for a team lead and for nobody else",
    path: ["team"],
  });
export type Newcomer = z.infer<typeof newcomerSchema>;

export type LetInOutcome =
  | {
      readonly ok: true;
      /** Shown once. */
      readonly key: string;
    }
  | { readonly ok: false };

/** Makes an account. Of its key only a hash is kept. */
export async function letIn(
  { name, role, team }: Newcomer,
  { store, host }: { readonly store: Store; readonly host: Host },
  entry: (act: Act, subject: string) => AuditEntry,
): Promise<LetInOutcome> {
  const key = host.secret(keyPrefix);
  const isAdded = await store.addAccount(
    {
      // Nobody vouches for anybody yet but a key.
      ...{ account: host.id(), name, role, team, subject: null },
      keyHash: hashOf(key),
      createdOn: dateOf(epochDayOf(host.now())),
    },
    entry("accountMade", `${name}, ${roles[role]}${team === null ? "" : ` of ${team}`}`),
  );
  return isAdded ? { ok: true, key } : { ok: false };
}
