import type * as z from "zod";
import { commands } from "../../protocol/commands.ts";
import { errorCatalogue } from "../../protocol/errors.ts";
import { recorded } from "../../protocol/events.ts";
import { exportColumns } from "../../protocol/export.ts";
import { fields } from "../../protocol/field.ts";
import { acceptKeys } from "../../protocol/keybindings.ts";
import { settings } from "../../protocol/settings.ts";

const generated = "<!-- Generated from protocol/ by `npm run generate`. Do not edit. -->";

export function settingsDocument(): string {
  const lines = [generated, "", "# Settings and commands", ""];
  for (const section of new Set(Object.values(settings).map((declared) => declared.section))) {
    lines.push(
      `## ${section}`,
      "",
      "| setting | default | where it can be set | what it does |",
      "|---|---|---|---|",
    );
    for (const [id, declared] of Object.entries(settings)) {
      if (declared.section !== section) continue;
      const values =
        "valueDescriptions" in declared ? valuesOf(declared.schema.options, declared.valueDescriptions) : "";
      lines.push(
        `| \`${id}\` | \`${JSON.stringify(declared.fallback)}\` | ${declared.scope} | ${declared.description}${values} |`,
      );
    }
    lines.push("");
  }
  lines.push("## Commands", "", "| command | id | what it does |", "|---|---|---|");
  for (const [id, { title, does }] of Object.entries(commands)) {
    lines.push(`| Kept: ${title} | \`${id}\` | ${does} |`);
  }
  lines.push(
    "",
    "## Keys",
    "",
    "All of them are the editor's own, under the editor's own conditions while `kept.enabled` and `kept.wrapAcceptKeys` are",
    "on. The editor runs its own command and then tells Kept.",
    "",
    "| key | on a Mac | does | tells | when |",
    "|---|---|---|---|---|",
  );
  for (const { key, mac, does, note, when } of acceptKeys) {
    lines.push(`| \`${key}\` | \`${mac ?? key}\` | ${does} | \`${note}\` | \`${when}\` |`);
  }
  return `${lines.join("\n")}\n`;
}

function valuesOf(values: readonly string[], descriptions: readonly string[]): string {
  return values.map((value, index) => ` \`${value}\`: ${descriptions[index] ?? ""}`).join("");
}

export function dataDocument(): string {
  const lines = [
    generated,
    "",
    "# What Kept records",
    "",
    "All of this is on this machine, in one folder for each user of the operating system: a database, and beside it the key",
    "of the hashes and what was found of histories. Nothing of it leaves the machine by itself; daily sums go to a folder of",
    "yours where you set `kept.ownFolder`, and rounded sums to an organisation that you joined. No source text, no prompt and no",
    "answer of a model is stored. One thing lies beside it for a moment: what a tool's hook hands over, which holds the text of",
    "an edit, is a file of the folder `hooks` until an editor has read it, a day at most while an editor runs. Nothing of its",
    "text is taken into the database.",
    "",
    "*Sensitivity*: `none` says nothing about a person, a place or a text; `personal` says something about one person's",
    "work and is seen by that person alone, but for rounded sums that they agreed to share; `local` names a file, a folder or a machine and never leaves the machine.",
    "",
  ];
  for (const { title, about, schema } of recorded) {
    lines.push(`## ${title}`, "", about, "", "| field | meaning | sensitivity | kept |", "|---|---|---|---|");
    for (const [name, field] of Object.entries(schema.shape)) {
      const described = fields.get(field as z.ZodType);
      if (!described) throw new Error(`${title}.${name} is recorded without saying what it means.`);
      lines.push(
        `| \`${name}\` | ${described.meaning} | ${described.sensitivity} | ${described.retention} |`,
      );
    }
    lines.push("");
  }
  lines.push(...exportSection());
  return `${lines.join("\n").trimEnd()}\n`;
}

function exportSection(): string[] {
  const titlesOf = (thing: string) =>
    thing === "funnel"
      ? ["Funnel, as counts"]
      : recorded.filter(({ exportedAs }) => exportedAs === thing).map(({ title }) => title);
  return [
    "## Export",
    "",
    "`kept export` and *Kept: Export My Data…* write what was recorded. Left out are what only this machine can use (the key,",
    "the lease, the counters, *Followed edit*, *Text at rest*), *History*, which is made anew from git, and *Sync*, of which",
    "*Kept: Show What Was Sent* shows each batch. As JSON it is one document with a list for each thing; as CSV it is one table whose first column says what a row is. A text that a",
    "spreadsheet would take for a formula has a `'` before it in CSV.",
    "",
    "| thing | is | columns |",
    "|---|---|---|",
    ...Object.entries(exportColumns).map(
      ([thing, columns]) =>
        `| \`${thing}\` | ${titlesOf(thing).join(", ")} | ${columns.map((column) => `\`${column}\``).join(", ")} |`,
    ),
  ];
}

export function errorsDocument(): string {
  const lines = [
    generated,
    "",
    "# Errors and what to do",
    "",
    "Codes never change their meaning. Words in braces are filled in.",
    "",
    "| code | message | what to do |",
    "|---|---|---|",
  ];
  for (const [code, { message, whatToDo }] of Object.entries(errorCatalogue)) {
    lines.push(`| \`${code}\` | ${message} | ${whatToDo} |`);
  }
  return `${lines.join("\n")}\n`;
}
