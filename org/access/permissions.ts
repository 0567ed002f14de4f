import type { Role } from "./roles.ts";

interface Permission {
  /** What it lets somebody do, in words. */
  readonly about: string;
  readonly for: readonly Role[];
}

/** Who may read and do what. Nobody is in this table for a list of people, because there is none. */
export const permissions = {
  readOrganisation: {
    about: "See the organisation's protected numbers",
    for: ["coeLead", "teamLead", "finance", "security", "admin"],
  },
  readTeams: {
    about: "See the protected numbers of every team",
    for: ["coeLead", "finance", "admin"],
  },
  readOwnTeam: { about: "See the protected numbers of one's own team", for: ["teamLead"] },
  exportNumbers: {
    about: "Take protected numbers out as a file",
    for: ["coeLead", "teamLead", "finance"],
  },
  readSettings: {
    about: "See targets, approved tools, repository tiers and budgets",
    for: ["coeLead", "teamLead", "finance", "security", "admin"],
  },
  setTargets: { about: "Set what is aimed at", for: ["coeLead"] },
  setTools: { about: "Approve tools", for: ["coeLead", "security"] },
  setRepositories: { about: "Sort repositories into risk tiers", for: ["security"] },
  setBudgets: { about: "Set budgets", for: ["finance"] },
  setRules: {
    about: "Say whether a prompt needs a second person, and whether what is in force is renewed",
    for: ["admin"],
  },
  readPrompts: {
    about: "See coaching prompts",
    for: ["coeLead", "teamLead", "finance", "security", "admin"],
  },
  writePrompts: { about: "Write, propose and retire prompts", for: ["coeLead"] },
  approvePrompts: { about: "Approve somebody else's prompt", for: ["coeLead", "security"] },
  publishPrompts: { about: "Sign prompts and hand them to editors", for: ["coeLead"] },
  readService: {
    about: "See what arrives and whether the service is well",
    for: ["coeLead", "security", "admin"],
  },
  readAudit: {
    about: "Read the log of what was done here",
    for: ["coeLead", "teamLead", "finance", "security", "admin"],
  },
  manageAccounts: { about: "Let people into the console and out of it", for: ["admin"] },
} as const satisfies Record<string, Permission>;

export type PermissionName = keyof typeof permissions;

export function isAllowed(role: Role, name: PermissionName): boolean {
  return (permissions[name].for as readonly Role[]).includes(role);
}
