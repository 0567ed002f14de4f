import type { StoredTable } from "./storedTables.ts";

/** Sessions are left out: whoever restores a backup or moves signs in again. */
export const consoleTables: readonly StoredTable[] = [
  {
    name: "account",
    columns: {
      account: "text",
      name: "text",
      role: "text",
      team: "text",
      subject: "text",
      key_hash: "text",
      created_on: "text",
      ended_on: "text",
    },
    key: ["account"],
  },
  {
    name: "audit_entry",
    columns: { entry: "text", at: "integer", who: "text", act: "text", subject: "text" },
    key: ["entry"],
  },
  { name: "console_setting", columns: { name: "text", value: "text" }, key: ["name"] },
  {
    name: "prompt",
    columns: {
      prompt: "text",
      state: "text",
      author: "text",
      approver: "text",
      first_day: "text",
      last_day: "text",
      item: "text",
      published_in: "integer",
    },
    key: ["prompt"],
  },
];
