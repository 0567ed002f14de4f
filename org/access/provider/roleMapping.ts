import { teamNameSchema } from "../../../protocol/teamName.ts";
import { roleSchema, type Role } from "../roles.ts";

/** What somebody may be in the console, as one of the groups they are in says. */
export interface MappedRole {
  readonly group: string;
  readonly role: Role;
  /** Of a team lead; null for every other role. */
  readonly team: string | null;
}

/**
 * `kept-admins=admin; payments-leads=teamLead:Payments` as a list; undefined where a part of it is nothing of the kind.
 * Names of groups in a directory hold commas.
 */
export function parseRoleMapping(text: string): MappedRole[] | undefined {
  const mapped = text.split(";").map((part) => parseOne(part.trim()));
  return mapped.some((one) => one === undefined) ? undefined : (mapped as MappedRole[]);
}

function parseOne(part: string): MappedRole | undefined {
  // A group's name may hold the sign itself, as directories' names do.
  const [, group, word, team] = /^(.{1,200})=([A-Za-z]+)(?::(.+))?$/u.exec(part) ?? [];
  const role = roleSchema.safeParse(word);
  if (group === undefined || !role.success) return undefined;
  if ((role.data === "teamLead") !== (team !== undefined)) return undefined;
  if (team === undefined) return { group, role: role.data, team: null };
  const name = teamNameSchema.safeParse(team.trim());
  return name.success ? { group, role: role.data, team: name.data } : undefined;
}

/** The first that fits, in the order they were written down; without any nobody is let in. */
export function roleFor(claim: unknown, mapping: readonly MappedRole[]): MappedRole | undefined {
  const groups = new Set(
    (Array.isArray(claim) ? (claim as unknown[]) : [claim]).filter((group) => typeof group === "string"),
  );
  return mapping.find(({ group }) => groups.has(group));
}
