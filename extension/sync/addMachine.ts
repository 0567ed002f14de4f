import * as vscode from "vscode";
import { describeProblem } from "../../protocol/errors.ts";
import { inform, informModally } from "../messages.ts";
import { offer } from "../notices.ts";
import type { Session } from "../session.ts";

/** Another machine of the same person joins with a code of this one, so that they are not counted as two people. */
export async function addMachine(session: Session): Promise<void> {
  const copy = vscode.l10n.t("Copy the Code");
  const detail = vscode.l10n.t(
    "Whoever has it counts as you and can have deleted what you sent: give it to nobody. It lets one machine in, within ten minutes. Stopping and deleting on one of the machines then deletes what both sent.",
  );
  const question = vscode.l10n.t("Make a code for another machine of yours?");
  if ((await informModally(question, detail, copy)) !== copy) return;
  await session.settled();
  const reply = await session.ask("kept/syncCompanion", {});
  if (!reply.ok) {
    const { message, whatToDo } = describeProblem(reply.problem);
    return offer(`${message} ${whatToDo}`, ["kept.showLog"]);
  }
  await vscode.env.clipboard.writeText(reply.value.code);
  await inform(
    vscode.l10n.t("The code is in the clipboard. Paste it on the other machine, under Join an Organisation."),
  );
}
