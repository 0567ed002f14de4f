import type { ServerSettings } from "../../protocol/settings.ts";
import type { Surroundings } from "../agents/agent.ts";
import type { Hashes } from "../deviceKey.ts";
import { writeEditFates } from "../fate/editFates.ts";
import { FatesReader } from "../fate/fatesReader.ts";
import { FateWatch } from "../fate/fateWatch.ts";
import { passMemory } from "../fate/passMemory.ts";
import type { Git } from "../git/git.ts";
import type { Host } from "../host.ts";
import type { Ledger } from "../edits/ledger.ts";
import type { Store } from "../store/store.ts";
import type { ParamsOf } from "../../protocol/server.ts";
import { LongWork } from "./longWork.ts";
import { BeforeKeptReading, type StartMonth } from "./beforeKept.ts";

export interface PastsOptions {
  readonly host: Host;
  /** Kept's own. */
  readonly folder: string;
  readonly store: Store;
  readonly ledger: Pick<Ledger, "drop">;
  readonly hashes: Hashes;
  readonly git: Git;
  readonly around: Surroundings;
  readonly startMonth: StartMonth;
  readonly onChanged: () => void;
  readonly onWorking: (now: ParamsOf<"kept/working">) => void;
}

/** What is learnt of the past: from the histories of repositories, and from what tools recorded before Kept watched. */
export class Pasts {
  readonly fates: FatesReader;
  readonly #histories: FateWatch;
  readonly #before: BeforeKeptReading;

  constructor(options: PastsOptions) {
    const { folder, host, ledger, store, onChanged, onWorking } = options;
    const long = new LongWork(host, (works) => onWorking({ works: [...works] }));
    this.fates = new FatesReader(folder);
    this.#histories = new FateWatch({
      ...options,
      memory: passMemory(options),
      onLooked: onChanged,
      onPass: (root, pass, pace) => writeEditFates(store, root, pass, host.now(), pace),
      onFailed: () => ledger.drop("handler.failed", 1),
      onProgress: (done, all) => long.report({ work: "history", done, all }),
      onEnded: () => long.ended("history"),
    });
    this.#before = new BeforeKeptReading({
      ...options,
      onProgress: (done, all) => long.report({ work: "records", done, all }),
      onEnded: () => long.ended("records"),
    });
  }

  start(folders: readonly string[]): void {
    this.#histories.start(folders);
  }

  /** A document was opened: its repository is one to look at. */
  opened(uri: string): void {
    this.#histories.follow(uri);
  }

  /** What tools recorded is read only where the person lets it be. */
  follow({ agents, agentHomes }: Pick<ServerSettings, "agents" | "agentHomes">): void {
    if (agents) this.#before.start(agentHomes);
    else this.#before.stop();
  }

  /** The person wants none of it now. */
  stopReading(): void {
    this.#before.cancel();
    this.#histories.cancel();
  }

  /** Data was deleted. */
  forget(): void {
    this.#histories.forget();
  }

  stop(): void {
    this.#histories.stop();
    this.#before.stop();
  }
}
