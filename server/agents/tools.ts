import type { ServerSettings } from "../../protocol/settings.ts";
import { HookIntake } from "../hooks/hookIntake.ts";
import { HookSpool } from "../hooks/spool.ts";
import type { Host } from "../host.ts";
import type { Ledger } from "../edits/ledger.ts";
import { Teller, type TellerOptions } from "../matching/teller.ts";
import { AddressFile } from "../otel/receiverAddress.ts";
import { TelemetryFigures } from "../otel/telemetryFigures.ts";
import { TelemetryRequests } from "../otel/telemetryRequests.ts";
import { TelemetryIntake } from "../otel/telemetryIntake.ts";
import type { Store } from "../store/store.ts";
import { AgentRecords, type StartReading } from "./agentRecords.ts";
import { RecordHealth } from "./recordHealth.ts";
import { RequestIntake } from "./requestIntake.ts";
import type { Surroundings } from "./agent.ts";

export interface ToolsOptions extends Omit<TellerOptions, "ledger"> {
  readonly host: Host;
  readonly ledger: Ledger;
  readonly store: Store;
  /** Kept's own. */
  readonly folder: string;
  readonly around: Surroundings;
  readonly startReading: StartReading;
  readonly hashText: (text: string) => string;
}

/** All that tools tell of themselves: by what they keep, by their hooks, and by what they send. */
export class Tools {
  readonly teller: Teller;
  readonly #records: AgentRecords;
  readonly #hooks: HookIntake;
  readonly #telemetry: TelemetryIntake;
  #prices: ServerSettings["prices"] = [];

  constructor(options: ToolsOptions) {
    const { host, ledger, store, folder } = options;
    this.teller = new Teller(options);
    const telling = { host, ledger, teller: this.teller };
    const intake = new RequestIntake({ ...options, ...telling });
    this.#records = new AgentRecords({
      ...options,
      ...telling,
      requests: intake,
      health: new RecordHealth(store.figures),
    });
    this.#hooks = new HookIntake({ ...telling, spool: new HookSpool(folder), figures: store.figures });
    const requests = new TelemetryRequests(store.requests, () => ({
      hashText: options.hashText,
      utcOffsetMinutes: (at) => host.utcOffsetMinutes(at),
      prices: this.#prices,
    }));
    const figures = new TelemetryFigures(store.figures, (at) => host.utcOffsetMinutes(at));
    this.#telemetry = new TelemetryIntake({
      host,
      addressFile: new AddressFile(folder),
      drop: (name, count) => ledger.drop(name, count),
      take: (read) => {
        figures.take(read);
        const lost = requests.take(read);
        if (lost > 0) ledger.drop("telemetry.notStored", lost);
      },
    });
  }

  follow(
    {
      agents,
      agentHomes,
      editDays,
      prices,
    }: Pick<ServerSettings, "agents" | "agentHomes" | "editDays" | "prices">,
    folders: readonly string[],
  ): void {
    if (!agents) {
      this.stop();
      return;
    }
    this.#prices = prices;
    this.#records.start(folders, { otherHomes: agentHomes, editDays, prices });
    this.#hooks.start();
    this.#telemetry.start();
  }

  stop(): void {
    this.#records.stop();
    this.#hooks.stop();
    void this.#telemetry.stop();
  }
}
