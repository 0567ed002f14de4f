import { reasonOf } from "../../protocol/errors.ts";
import type { Host } from "../host.ts";
import type { Admitted } from "./guard.ts";
import { Repeats } from "./repeats.ts";
import { Receiver } from "./receiver.ts";
import { tokenOf, type AddressFile, type ReceiverAddress } from "./receiverAddress.ts";
import { TelemetryReader, type TelemetryRead } from "./telemetryReader.ts";
import { toolTelemetry } from "./toolTelemetry.ts";

export interface TelemetryIntakeOptions {
  readonly host: Host;
  readonly addressFile: AddressFile;
  readonly drop: (name: string, count: number) => void;
  readonly take: (read: TelemetryRead) => void;
}

/** How often it is looked whether tools were told to send, or whether the port has become free. */
const lookMs = 5000;

/**
 * Receives what tools send while some tool was told to. One process has the port; the others try again, and take over
 * when it ends.
 */
export class TelemetryIntake {
  readonly #options: TelemetryIntakeOptions;
  #stopTimer: (() => void) | undefined;
  readonly #repeats = new Repeats();
  #isOn = false;
  /** As of the last look. */
  #changedAt: number | undefined;
  #receiver: Receiver | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: TelemetryIntakeOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#isOn) return;
    this.#isOn = true;
    void this.#look();
  }

  stop(): Promise<void> {
    this.#isOn = false;
    this.#stopTimer?.();
    this.#stopTimer = undefined;
    return this.#close();
  }

  async #look(): Promise<void> {
    const { host, addressFile, drop } = this.#options;
    try {
      await this.#follow();
    } catch (thrown) {
      drop("telemetry.failed", 1);
      host.log.warn(`Kept cannot receive telemetry, by ${addressFile.path}: ${reasonOf(thrown)}`);
    }
    if (this.#isOn) this.#stopTimer = host.startTimer(lookMs, () => void this.#look());
  }

  async #follow(): Promise<void> {
    const { changedAt } = this.#options.addressFile;
    if (changedAt !== this.#changedAt) await this.#close();
    this.#changedAt = changedAt;
    if (changedAt === undefined || this.#receiver) return;
    const address = this.#options.addressFile.read();
    if (!address) return;
    const receiver = await this.#listen(address);
    // It was stopped meanwhile.
    if (!this.#isOn) await receiver?.close();
    else this.#receiver = receiver;
  }

  #listen(address: ReceiverAddress): Promise<Receiver | undefined> {
    const { host, drop } = this.#options;
    const reader = new TelemetryReader(host.now());
    return Receiver.listen({
      port: address.port,
      tokens: new Map(toolTelemetry.map(({ tool }) => [tool, tokenOf(address, tool)])),
      take: (admitted, body) => this.#take(admitted, body, reader),
      drop,
      warn: (message) => host.log.warn(message),
    });
  }

  #take(admitted: Admitted, body: Uint8Array, reader: TelemetryReader): void {
    const { host, drop, take } = this.#options;
    const { tool } = admitted;
    if (this.#repeats.has(tool, body)) return;
    const read = reader.read(admitted, body, host.now());
    if (read.problems > 0) drop("telemetry.notUnderstood", read.problems);
    take(read);
    this.#repeats.add(tool, body);
  }

  #close(): Promise<void> {
    const closing = this.#receiver?.close();
    this.#receiver = undefined;
    return (this.#closing = closing ?? this.#closing ?? Promise.resolve());
  }
}
