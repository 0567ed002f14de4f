import { reasonOf } from "../../protocol/errors.ts";
import type { ToolFigure, ToolRequest } from "../../core/tools/toolRecords.ts";
import type { Host } from "../host.ts";
import type { Admitted } from "./guard.ts";
import { Increments } from "./increments.ts";
import { readOtlp } from "./otlp.ts";
import { Repeats } from "./repeats.ts";
import { Receiver } from "./receiver.ts";
import { tokenOf, type AddressFile, type ReceiverAddress } from "./receiverAddress.ts";
import { toolTelemetry } from "./toolTelemetry.ts";

/** What one message of a tool's held. */
export interface TelemetryRead {
  readonly tool: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly requests: readonly ToolRequest[];
  readonly figures: readonly ToolFigure[];
  /** How many records were not understood. */
  readonly problems: number;
}

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
    const increments = new Increments(host.now());
    return Receiver.listen({
      port: address.port,
      tokens: new Map(toolTelemetry.map(({ tool }) => [tool, tokenOf(address, tool)])),
      take: (admitted, body) => this.#take(admitted, body, increments),
      drop,
      warn: (message) => host.log.warn(message),
    });
  }

  #take({ tool, signal, isJson }: Admitted, body: Uint8Array, increments: Increments): void {
    const { host, drop, take } = this.#options;
    if (this.#repeats.has(tool, body)) return;
    const { wanted, read } = toolTelemetry.find((each) => each.tool === tool)!;
    const requests: ToolRequest[] = [];
    const figures: ToolFigure[] = [];
    let problems = 0;
    const at = host.now();
    for (const record of readOtlp(body, { signal, isJson, wanted })) {
      const measured = record.measured && increments.of(record, record.measured);
      read(measured ? { ...record, measured } : record, at, {
        request: (request) => requests.push(request),
        figure: (figure) => figures.push(figure),
        problem: () => problems++,
      });
    }
    if (problems > 0) drop("telemetry.notUnderstood", problems);
    take({ tool, at, requests, figures, problems });
    this.#repeats.add(tool, body);
  }

  #close(): Promise<void> {
    const closing = this.#receiver?.close();
    this.#receiver = undefined;
    return (this.#closing = closing ?? this.#closing ?? Promise.resolve());
  }
}
