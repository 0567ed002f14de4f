import { permissions } from "../../org/access/permissions.ts";
import { roles, type Role } from "../../org/access/roles.ts";
import { acts } from "../../org/audit/acts.ts";
import { tableMeanings } from "../../org/transfer/tableMeanings.ts";

/** What lies at the service, who may do what there and what is written down of them, from its own tables. */
export function privacyOfService(): string {
  return [stored(), rights(), written()].join("\n\n");
}

function stored(): string {
  const rows = Object.entries(tableMeanings).map(
    ([name, { holds, about, kept }]) => `| \`${name}\` | ${holds} | ${about} | ${kept} |`,
  );
  return [
    "## What lies at the organisation",
    "",
    "Every table of the service's database; a test compares the list with it. Nothing else is written but counters without",
    "people, and lines about failures without bodies, addresses or times of requests.",
    "",
    "| table | holds | about | kept |",
    "|---|---|---|---|",
    ...rows,
  ].join("\n");
}

function rights(): string {
  const names = Object.keys(roles) as Role[];
  const rows = Object.values(permissions).map(({ about, for: allowed }) => {
    const marks = names.map((role) => ((allowed as readonly Role[]).includes(role) ? "yes" : "–"));
    return `| ${about} | ${marks.join(" | ")} |`;
  });
  return [
    "## Who at the organisation may do what",
    "",
    "The whole table of the console. There is no row for a list of people or devices, because there is no such list.",
    "",
    `| may | ${names.map((role) => roles[role]).join(" | ")} |`,
    `|---|${names.map(() => "---|").join("")}`,
    ...rows,
  ].join("\n");
}

function written(): string {
  return [
    "## What is written down of those who run it",
    "",
    `The audit log says who ${Object.values(acts).join(", ")}. Nothing can take an entry back; everybody who joined can read`,
    "the newest 200 in their editor, by day, and everybody who may open the console all of them. Who looked at which page, or",
    "which device asked for what, is not in it.",
  ].join("\n");
}
