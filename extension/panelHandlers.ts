import type { Handlers } from "../protocol/messages.ts";
import type { CommitPlace, EditPlace, requestsFromPanel } from "../protocol/panel.ts";
import type { Session } from "./session.ts";
import { readSharing } from "./sync/readSharing.ts";

/** What the panel can have done in the editor. */
export interface PanelActions {
  readonly run: (command: string, ...args: unknown[]) => Thenable<unknown>;
  readonly openEdit: (place: EditPlace) => Promise<void>;
  readonly openCommit: (place: CommitPlace) => Promise<void>;
}

/** All that the panel can ask for. Joining, agreeing and leaving are not among it: commands ask the person about these. */
export function panelHandlers(
  session: Pick<Session, "ask" | "state">,
  { run, openEdit, openCommit }: PanelActions,
): Handlers<typeof requestsFromPanel> {
  const done = { ok: true, value: {} } as const;
  const runs = async (command: string, ...args: unknown[]) => {
    await run(command, ...args);
    return done;
  };
  return {
    state: () => Promise.resolve({ ok: true, value: session.state }),
    summary: (question) => session.ask("kept/summary", { ...question, isCompared: true }),
    edits: (question) => session.ask("kept/edits", question),
    openEdit: async (place) => {
      await openEdit(place);
      return done;
    },
    openCommit: async (place) => {
      await openCommit(place);
      return done;
    },
    unread: () => session.ask("kept/unread", {}),
    openUnread: (passage) => runs("kept.openUnread", passage),
    coach: () => session.ask("kept/coach", {}),
    answerTip: (answer) => session.ask("kept/answerTip", answer),
    takeTip: ({ tip }) => runs("kept.takeTip", tip),
    digest: () => session.ask("kept/digest", {}),
    team: () => session.ask("kept/team", {}),
    sharing: () => readSharing(session),
    markFolder: async ({ folder, mark }) => {
      const reply = await session.ask("kept/syncAct", { act: "mark", folder, mark });
      return reply.ok ? done : reply;
    },
    tools: () => session.ask("kept/tools", {}),
    connectTool: ({ tool }) => runs("kept.connectTool", tool),
    runCommand: ({ command }) => runs(command),
    openSettings: () => runs("workbench.action.openSettings", "@ext:kept.kept"),
  };
}
