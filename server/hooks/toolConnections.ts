import type { Surroundings } from "../agents/agent.ts";
import { AddressFile, endpointOf, makeAddress, type ReceiverAddress } from "../otel/receiverAddress.ts";
import { Connections, isTelemetry, type Connection, type ConnectionChange } from "./connections.ts";
import { rememberPlaces } from "./rememberedPlaces.ts";
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
  readonly #addressFile: AddressFile;
  /** What would be written, until it is. */
  #planned: ReceiverAddress | undefined;

  constructor(options: ToolConnectionsOptions) {
    const { around, folder } = options;
    this.#options = options;
    this.#spool = new HookSpool(folder);
    this.#addressFile = new AddressFile(folder);
    const shim = shimPath(folder, around.platform);
    this.#connections = new Connections(around, shim, (tool) => endpointOf(this.#address(), tool));
  }

  list(): Connection[] {
    return this.#connections.list();
  }

  /** Undefined for a tool that cannot be connected. */
  connect(tool: string, dryRun: boolean): ConnectionChange | undefined {
    const change = this.#connections.connecting(tool);
    if (dryRun || !change || "reason" in change) return change;
    const { folder, around, uuid } = this.#options;
    if (isTelemetry(tool)) {
      if (!this.#addressFile.read()) this.#addressFile.write(this.#address(), uuid());
    } else {
      writeShim(folder, around.platform, uuid);
      this.#spool.open();
    }
    rememberPlaces(folder, around);
    // A file for telemetry is closed to others also where nothing else changes.
    return change.before === change.after && !isTelemetry(tool) ? change : this.#connections.write(change);
  }

  /** With the last tool goes the place where hooks leave what they say, and the address for telemetry. */
  disconnect(tool: string, dryRun: boolean): ConnectionChange | undefined {
    const change = this.#connections.disconnecting(tool);
    if (dryRun || !change || "reason" in change) return change;
    const done = change.before === change.after ? change : this.#connections.write(change);
    const left = this.list().filter(({ isConnected }) => isConnected);
    if (left.every((each) => isTelemetry(each.tool))) this.#spool.close();
    if (!left.some((each) => isTelemetry(each.tool))) this.#addressFile.remove();
    return done;
  }

  #address(): ReceiverAddress {
    return this.#addressFile.read() ?? (this.#planned ??= makeAddress(this.#options.uuid));
  }
}
