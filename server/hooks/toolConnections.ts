import type { Surroundings } from "../agents/agent.ts";
import { Connections, type Connection, type ConnectionChange } from "./connections.ts";
import { shimPath, writeShim } from "./shim.ts";
import { HookSpool } from "./spool.ts";

export interface ToolConnectionsOptions {
  /** Kept's own. */
  readonly folder: string;
  readonly around: Surroundings;
  readonly uuid: () => string;
}

/** Connects tools and disconnects them, with what their hooks call and where that leaves what they say. */
export class ToolConnections {
  readonly #options: ToolConnectionsOptions;
  readonly #connections: Connections;
  readonly #spool: HookSpool;

  constructor(options: ToolConnectionsOptions) {
    const { around, folder } = options;
    this.#options = options;
    this.#connections = new Connections(around, shimPath(folder, around.platform));
    this.#spool = new HookSpool(folder);
  }

  list(): Connection[] {
    return this.#connections.list();
  }

  /** Undefined for a tool that cannot be connected. */
  connect(tool: string, dryRun: boolean): ConnectionChange | undefined {
    const change = this.#connections.connecting(tool);
    if (dryRun || !change || "reason" in change) return change;
    const { folder, around, uuid } = this.#options;
    writeShim(folder, around.platform, uuid);
    this.#spool.open();
    this.#connections.write(change);
    return change;
  }

  /** What is taken out of the last tool goes with the place where hooks leave what they say. */
  disconnect(tool: string, dryRun: boolean): ConnectionChange | undefined {
    const change = this.#connections.disconnecting(tool);
    if (dryRun || !change || "reason" in change) return change;
    if (change.before !== change.after) this.#connections.write(change);
    if (this.list().every(({ isConnected }) => !isConnected)) this.#spool.close();
    return change;
  }
}
