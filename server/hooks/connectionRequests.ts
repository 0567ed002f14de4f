import type { Surroundings } from "../agents/agent.ts";
import type { RequestHandlers } from "../requests.ts";
import { ToolConnections } from "./toolConnections.ts";

export type ConnectionRequests = Pick<RequestHandlers, "kept/connections" | "kept/connect">;

/** Connecting tools for the editor's commands, as the command line does. */
export function connectionRequests(options: {
  readonly folder: string;
  readonly around: Surroundings;
  readonly uuid: () => string;
}): ConnectionRequests {
  const tools = new ToolConnections(options);
  return {
    "kept/connections": () => Promise.resolve({ ok: true, value: { connections: tools.list() } }),
    "kept/connect": ({ tool, action, dryRun }) => {
      const change = action === "connect" ? tools.connect(tool, dryRun) : tools.disconnect(tool, dryRun);
      if (change && "before" in change) {
        const { file, before, after, note } = change;
        const value = { file, before: before ?? null, after: after ?? null, note: note ?? null };
        return Promise.resolve({ ok: true, value });
      }
      const details = change
        ? { file: change.file, reason: change.reason }
        : { file: tool, reason: "there is no such tool" };
      return Promise.resolve({ ok: false, problem: { code: "connect.refused", details } });
    },
  };
}
