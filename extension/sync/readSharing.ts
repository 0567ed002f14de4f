import type { Reply } from "../../protocol/errors.ts";
import type { PanelResult } from "../../protocol/panel.ts";
import type { Session } from "../session.ts";

/** All that the panel shows of sharing, in one answer. */
export async function readSharing(session: Pick<Session, "ask">): Promise<Reply<PanelResult<"sharing">>> {
  const state = await session.ask("kept/sync", {});
  if (!state.ok) return state;
  const batches = await session.ask("kept/syncBatches", {});
  if (!batches.ok) return batches;
  const next = await session.ask("kept/syncNext", {});
  if (!next.ok) return next;
  return {
    ok: true,
    value: { state: state.value, batches: batches.value.batches, next: next.value.batches },
  };
}
