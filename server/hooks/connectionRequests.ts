import type { Surroundings } from "../agents/agent.ts";
import type { RequestHandlers } from "../requests.ts";
import { isOfInterest, toolHealth } from "../agents/toolHealth.ts";
import type { Host } from "../host.ts";
import type { Store } from "../store/store.ts";
import type { ConnectionChange } from "./connections.ts";
import { HookSpool } from "./spool.ts";
import { ToolConnections } from "./toolConnections.ts";

export type ConnectionRequests = Pick<RequestHandlers, "kept/connections" | "kept/connect" | "kept/tools">;

/** Connecting tools for the editor's commands, as the command line does. */
export function connectionRequests(options: {
  readonly folder: string;
  readonly recordPlaces: Surroundings;
  readonly host: Pick<Host, "uuid">;
  readonly store: Pick<Store, "figures">;
}): ConnectionRequests {
  const { folder } = options;
  const tools = new ToolConnections({
    folder,
    around: options.recordPlaces,
    uuid: () => options.host.uuid(),
  });
  const spool = new HookSpool(folder);
  return {
    "kept/connections": () => {
      const connections = tools.list().map((each) => {
        const { tool, title, file, isInstalled, isConnected, isOutdated, isAnyTool } = each;
        return { tool, title, file, isInstalled, isConnected, isOutdated, isAnyTool };
      });
      return Promise.resolve({ ok: true, value: { connections } });
    },
    "kept/tools": () => {
      const facts = {
        connections: tools.list(),
        heard: options.store.figures.heard(),
        waiting: spool.waiting(),
      };
      return Promise.resolve({ ok: true, value: { tools: toolHealth(facts).filter(isOfInterest) } });
    },
    "kept/connect": ({ tool, action, dryRun }) => {
      const change =
        action === "connect" ? tools.connect(tool, dryRun) : mostTelling(tools.disconnect(tool, dryRun));
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

/** Of several places the one of which there is something to say. */
function mostTelling(changes: readonly ConnectionChange[]): ConnectionChange | undefined {
  const isSaid = (change: ConnectionChange) => !("before" in change) || change.before !== change.after;
  return changes.find(isSaid) ?? changes[0];
}
