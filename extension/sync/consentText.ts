import * as vscode from "vscode";
import type { CatalogueField, SyncBatch, SyncPreview } from "../../protocol/sync.ts";

/** What a person reads before they agree: where to, what, for how long, and what becomes of it. */
export function consentText(preview: SyncPreview): string {
  const { endpoint, isCompanion, keys, fields, example, exampleDay } = preview;
  const t = vscode.l10n.t;
  return [
    `# ${t("Share sums with {0}?", new URL(endpoint).host)}`,
    "",
    t("Nothing has been sent, and nothing will be until you choose *Agree and Join*. This is all of it:"),
    "",
    `- ${t("**Where to:** {0}, and nowhere else.", `\`${endpoint}\``)}`,
    `- ${t("**What:** rounded sums of whole days that are over. No text, no file, no path, no repository, no name, no time of day.")}`,
    `- ${t("**Of which work:** folders on the organisation's list of repositories, and those you mark as work. Others are not even counted.")}`,
    `- ${t("**Since when:** from now on. Nothing recorded before you agree is ever sent.")}`,
    `- ${t("**Who you are:** a pseudonym that is another each week. Numbers are shown for groups of five people or more.")}`,
    ...(isCompanion
      ? [
          `- ${t("**As the same person as your other machine:** both go by the same pseudonym and count as one. Stopping and deleting on one deletes what both sent.")}`,
        ]
      : []),
    `- ${t("**Ending it:** *Stop Sharing and Delete* ends it at once and has what was sent deleted. Sums of groups that were published stay.")}`,
    `- ${t("**Reading it:** *Show What Was Sent* lists every batch, byte for byte.")}`,
    keys.length === 0
      ? `- ${t("**What comes back:** your team's numbers. The invitation names no key, so no prompt of the organisation is ever shown.")}`
      : `- ${t("**What comes back:** your team's numbers, and prompts signed with these keys: {0}.", keys.map((key) => `\`${key}\``).join(", "))}`,
    "",
    ...fieldsAndExample(fields, example, exampleDay),
  ].join("\n");
}

function fieldsAndExample(
  fields: readonly CatalogueField[],
  example: string | null,
  exampleDay: string | null,
): string[] {
  const t = vscode.l10n.t;
  return [
    `## ${t("Every field that leaves")}`,
    "",
    ...fieldTable(fields),
    "",
    `## ${t("The exact payload")}`,
    "",
    ...(example === null
      ? [t("Nothing is recorded yet, so there is no example.")]
      : [
          t(
            "What would have left of {0}, from all folders, had you shared it. It is made here and not sent.",
            exampleDay ?? "",
          ),
          "",
          "```json",
          example,
          "```",
        ]),
    "",
  ];
}

/** The same for a collector that is not Kept's, where nobody protects, forgets or deletes. */
export function sinkText(preview: SyncPreview, typedHeaders: readonly string[]): string {
  const t = vscode.l10n.t;
  const { endpoint, fields, example, exampleDay } = preview;
  const headers = [...typedHeaders, ...preview.headerNames];
  return [
    `# ${t("Share sums of weeks with {0}?", new URL(endpoint).host)}`,
    "",
    t("Nothing has been sent, and nothing will be until you choose *Agree and Join*. This is all of it:"),
    "",
    `- ${t("**Where to:** {0}, and nowhere else. It is a collector of OpenTelemetry's and not of Kept's.", `\`${endpoint}/v1/logs\``)}`,
    `- ${t("**What:** rounded sums of whole weeks that are over. No text, no file, no path, no repository, no name, no day, no time of day.")}`,
    `- ${t("**Of which work:** folders that you mark as work, and those on an administrator's list of repositories. Others are not even counted.")}`,
    `- ${t("**Since when:** from now on. Nothing recorded before you agree is ever sent.")}`,
    `- ${t("**Who you are:** a pseudonym that is another each week.")}`,
    headers.length === 0
      ? `- ${t("**With it:** no header field of yours or of Kept's.")}`
      : `- ${t("**With it:** these header fields: {0}. If they were given to you alone, whoever runs it knows by them who you are.", headers.map((name) => `\`${name}\``).join(", "))}`,
    `- ${t("**Ending it:** *Stop Sharing and Delete* ends it at once.")}`,
    `- ${t("**Reading it:** *Show What Was Sent* lists every batch, byte for byte.")}`,
    "",
    `## ${t("What is different from Kept's own service")}`,
    "",
    `- ${t("**Nobody protects small groups there.** Whoever runs it reads your week's sums as they are, and sees from which address and when they came.")}`,
    `- ${t("**Nothing can be deleted from here.** What was sent stays for as long as it is kept there; only whoever runs it can delete it.")}`,
    `- ${t("**It can arrive twice.** Each record has a random id by which what arrived twice can be told.")}`,
    `- ${t("**Nothing comes back:** no team's numbers and no prompts.")}`,
    "",
    ...fieldsAndExample(fields, example, exampleDay),
  ].join("\n");
}

/** Fields that a newer Kept has. They stay at home until the person agrees. */
export function newFieldsText(endpoint: string, fields: readonly CatalogueField[]): string {
  const t = vscode.l10n.t;
  return [
    `# ${t("Share more with {0}?", new URL(endpoint).host)}`,
    "",
    t(
      "This version of Kept knows fields that you have not agreed to. What they belong to stays at home until you do.",
    ),
    "",
    ...fieldTable(fields),
    "",
  ].join("\n");
}

/** Every batch, byte for byte. */
export function batchesText(batches: readonly SyncBatch[]): string {
  const t = vscode.l10n.t;
  const states = { sent: t("sent"), waiting: t("waits"), refused: t("refused") };
  const parts = batches.map(({ week, records, state, endedAt, reason, text }) =>
    [
      `## ${week}: ${states[state]}${endedAt === null ? "" : ` ${new Date(endedAt).toLocaleDateString()}`}`,
      "",
      t("Records: {0}", records) + (reason === "" ? "" : `. ${reason}`),
      "",
      "```json",
      text,
      "```",
      "",
    ].join("\n"),
  );
  const nothing = t("Nothing was sent in the last 30 days, and nothing waits.");
  return [`# ${t("What was sent")}`, "", ...(parts.length === 0 ? [nothing] : parts)].join("\n");
}

function fieldTable(fields: readonly CatalogueField[]): string[] {
  const t = vscode.l10n.t;
  return [
    `| ${t("field")} | ${t("means")} | ${t("kept")} |`,
    "|---|---|---|",
    ...fields.map(({ name, meaning, retention }) => `| \`${name}\` | ${meaning} | ${retention} |`),
  ];
}
