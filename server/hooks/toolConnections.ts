import type { Surroundings } from "../agents/agent.ts";
import { AddressFile, endpointOf, makeAddress, type ReceiverAddress } from "../otel/receiverAddress.ts";
import { Connections, foundBy, isTelemetry, type Connection, type ConnectionChange } from "./connections.ts";
import { MadePlaces } from "./madePlaces.ts";
import { rememberedPlaces, rememberPlaces } from "./rememberedPlaces.ts";
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
  readonly #spool: HookSpool;
  readonly #addressFile: AddressFile;
  /** What would be written, until it is. */
  #planned: ReceiverAddress | undefined;

  constructor(options: ToolConnectionsOptions) {
    const { folder } = options;
    this.#options = options;
    this.#spool = new HookSpool(folder);
    this.#addressFile = new AddressFile(folder);
  }

  /** Where it is connected; where it would be, if it is nowhere. */
  list(): Connection[] {
    const [here, ...elsewhere] = this.#everywhere().map((connections) => connections.list());
    return here!.map((own, index) => {
      const others = elsewhere.map((list) => list[index]!);
      return [own, ...others].find(({ isConnected }) => isConnected) ?? own;
    });
  }

  /** Undefined for a tool that cannot be connected. */
  connect(tool: string, dryRun: boolean): ConnectionChange | undefined {
    const [here] = this.#everywhere();
    const change = here!.connecting(tool);
    if (dryRun || !change || "reason" in change) return change;
    const { folder, around, uuid } = this.#options;
    if (isTelemetry(tool)) {
      if (!this.#addressFile.read()) this.#addressFile.write(this.#address(), uuid());
    } else {
      writeShim(folder, around.platform, uuid);
      this.#spool.open();
    }
    rememberPlaces(folder, around, foundBy(tool));
    // A file for telemetry is closed to others also where nothing else changes.
    return change.before === change.after && !isTelemetry(tool) ? change : here!.write(change);
  }

  /**
   * Wherever it was connected. With the last tool goes the place where hooks leave what they say, and the address for telemetry.
   * Empty for a tool that cannot be connected.
   */
  disconnect(tool: string, dryRun: boolean): readonly ConnectionChange[] {
    const done = this.#everywhere().flatMap((connections) => {
      const change = connections.disconnecting(tool);
      if (dryRun || !change || "reason" in change || change.before === change.after) return change ?? [];
      return connections.write(change);
    });
    if (dryRun) return done;
    const left = this.list().filter(({ isConnected }) => isConnected);
    if (left.every((each) => isTelemetry(each.tool))) this.#spool.close();
    if (!left.some((each) => isTelemetry(each.tool))) this.#addressFile.remove();
    return done;
  }

  /** As things are, and as they were when tools were connected. */
  #everywhere(): readonly Connections[] {
    const { folder, around } = this.#options;
    const shim = shimPath(folder, around.platform);
    const named = { shim, endpointOf: (tool: string) => endpointOf(this.#address(), tool) };
    const made = new MadePlaces(folder);
    return rememberedPlaces(folder, around).map((each) => new Connections(each, { ...named, made }));
  }

  #address(): ReceiverAddress {
    return this.#addressFile.read() ?? (this.#planned ??= makeAddress(this.#options.uuid));
  }
}
