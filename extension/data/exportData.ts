import { createWriteStream, type WriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { once } from "node:events";
import * as vscode from "vscode";
import { describeProblem, reasonOf, type Problem, type Reply } from "../../protocol/errors.ts";
import type { ExportCursor, ExportFormat, ExportPart } from "../../protocol/export.ts";
import { inform, warn } from "../messages.ts";
import { offer } from "../notices.ts";
import type { Session } from "../session.ts";

type Ended = { readonly rows: number } | { readonly problem: Problem } | "cancelled";

/** Asks where to, and writes everything that is recorded there, a part at a time. */
export async function exportData(session: Session): Promise<void> {
  const place = await vscode.window.showSaveDialog({
    title: vscode.l10n.t("Export My Data"),
    saveLabel: vscode.l10n.t("Export"),
    filters: { JSON: ["json"], CSV: ["csv"] },
  });
  if (!place) return;
  if (place.scheme !== "file") {
    await warn(vscode.l10n.t("Choose a place on this machine."));
    return;
  }
  const format = place.path.toLowerCase().endsWith(".csv") ? "csv" : "json";
  const ended = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t("Exporting …"),
      cancellable: true,
    },
    (progress, token) =>
      writeTo(place.fsPath, format, session, token, (rows) =>
        progress.report({ message: vscode.l10n.t("Rows: {0}", rows) }),
      ),
  );
  if (ended === "cancelled") return;
  if ("problem" in ended) {
    const { message, whatToDo } = describeProblem(ended.problem);
    await offer(`${message} ${whatToDo}`, ["kept.showLog"]);
    return;
  }
  const open = vscode.l10n.t("Open");
  const chosen = await inform(vscode.l10n.t("Exported rows: {0}.", ended.rows), open);
  if (chosen === open) await vscode.commands.executeCommand("vscode.open", place);
}

/** The file has its name only when it is complete. */
async function writeTo(
  file: string,
  format: ExportFormat,
  session: Session,
  token: vscode.CancellationToken,
  report: (rows: number) => void,
): Promise<Ended> {
  const partial = `${file}.part`;
  const stream = createWriteStream(partial, { mode: 0o600 });
  try {
    const ended = await writeParts(stream, format, session, token, report);
    stream.end();
    await once(stream, "finish");
    if (ended !== "cancelled" && "rows" in ended) await rename(partial, file);
    return ended;
  } catch (thrown) {
    return { problem: { code: "request.failed", details: { reason: reasonOf(thrown) } } };
  } finally {
    stream.destroy();
    await rm(partial, { force: true });
  }
}

async function writeParts(
  stream: WriteStream,
  format: ExportFormat,
  session: Session,
  token: vscode.CancellationToken,
  report: (rows: number) => void,
): Promise<Ended> {
  await once(stream, "open");
  let rows = 0;
  let cursor: ExportCursor | null = null;
  do {
    if (token.isCancellationRequested) return "cancelled";
    const reply: Reply<ExportPart> = await session.ask("kept/export", { format, from: null, cursor });
    if (!reply.ok) return { problem: reply.problem };
    if (!stream.write(reply.value.text)) await once(stream, "drain");
    rows += reply.value.rows;
    report(rows);
    cursor = reply.value.next;
  } while (cursor);
  return { rows };
}
