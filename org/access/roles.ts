import * as z from "zod";

/** Who may open the console, and how each is called there. */
export const roles = {
  coeLead: "CoE lead",
  teamLead: "Team lead",
  finance: "Finance",
  security: "Security",
  admin: "Administrator",
} as const;

export type Role = keyof typeof roles;

export const roleSchema = z.enum(Object.keys(roles) as [Role, ...Role[]], {
  error: "expected one of the roles",
});
