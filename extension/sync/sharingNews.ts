import * as vscode from "vscode";
import type { SharingNews } from "../../protocol/sync.ts";
import type { CommandId } from "../../protocol/commandIds.ts";
import { offer } from "../notices.ts";
import type { Session } from "../session.ts";

/** Says what sharing needs of the person, once: the server says it to one of their windows alone. */
export function tellSharingNews(session: Session): vscode.Disposable {
  return session.onSharingNews((news) => void tell(news));
}

function tell(news: SharingNews): Promise<void> {
  const t = vscode.l10n.t;
  const said: Record<SharingNews, readonly [string, readonly CommandId[]]> = {
    newFields: [
      t(
        "This Kept can share more than you agreed to. It stays on this machine until you have read it and agree.",
      ),
      ["kept.joinOrganisation"],
    ],
    invitationRefused: [
      t(
        "The organisation refused the invitation: it is used up, too old or wrong. Ask for another one, and join with it.",
      ),
      ["kept.leaveOrganisation"],
    ],
    unauthorized: [
      t(
        "Sharing stands still: this machine is not let in any more. Kept asks again by itself. If it was put out for good, stop sharing here and join with another invitation.",
      ),
      ["kept.leaveOrganisation"],
    ],
  };
  return offer(...said[news]);
}
