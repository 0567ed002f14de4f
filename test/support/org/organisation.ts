import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { openStore } from "../../../org/store/open.ts";
import { readSettings } from "../../../org/env.ts";
import { mondayOf } from "../../../org/ingest/isoWeek.ts";
import { recordOf, requestOf } from "../../org/support/batches.ts";
import { joinAs } from "../../org/support/devices.ts";
import { makeFolder } from "../../org/support/folder.ts";
import { freePort } from "../../org/support/postgres.ts";
import { heldIn, post, startService, type RunningService } from "../../org/support/service.ts";

const program = path.resolve("test/support/org/clockedOrg.ts");

/** A real service whose clock is put forward and back by starting it again, at one address. */
export class Organisation {
  readonly #place = makeFolder();
  readonly #environment: Record<string, string>;
  #service: RunningService | undefined;

  private constructor(port: number) {
    this.#environment = {
      KEPT_ORG_DATA: this.#place.folder,
      KEPT_ORG_PORT: String(port),
      KEPT_ORG_DEVICES_EACH: "1",
      KEPT_ORG_PUBLIC_URL: `http://127.0.0.1:${port}`,
    };
  }

  static async make(): Promise<Organisation> {
    return new Organisation(await freePort());
  }

  get address(): string {
    return this.#environment["KEPT_ORG_PUBLIC_URL"]!;
  }

  /** Starts it, or starts it again, so many days from now. */
  async standAt(days: number): Promise<void> {
    await this.#service?.stop();
    this.#service = await startService({ ...this.#environment, CLOCK_DAYS: String(days) }, program);
  }

  /** How many events its store holds. */
  async heldEvents(): Promise<number> {
    return (await heldIn(this.#environment)).events;
  }

  /** What its command line prints. */
  async command(...words: string[]): Promise<string> {
    const child = spawn(process.execPath, [path.resolve("org/main.ts"), ...words], {
      env: { PATH: process.env["PATH"], ...this.#environment },
      stdio: ["ignore", "pipe", "ignore"],
    });
    let printed = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (printed += text));
    const [code] = (await once(child, "close")) as [number];
    if (code !== 0) throw new Error(`kept-org ${words[0]} ended with ${code}`);
    return printed.trim();
  }

  /** People who are in a team long since, with a credential each. */
  async people(team: string, count: number): Promise<string[]> {
    const read = readSettings(this.#environment, {
      homeFolder: this.#place.folder,
      platform: process.platform,
    });
    if (!read.ok) throw new Error(read.problems.join("\n"));
    const { store } = await openStore(read.settings);
    try {
      const credentials = [];
      for (let each = 0; each < count; each++) credentials.push(await joinAs(store, `${team} ${each}`, team));
      return credentials;
    } finally {
      await store.close();
    }
  }

  /** Each of them wrote something on the first four days of a week. */
  async write(team: string, credentials: readonly string[], week: string): Promise<void> {
    for (const [index, credential] of credentials.entries()) {
      const person = `${team} ${index}`;
      const records = [0, 1, 2, 3].flatMap((day) =>
        ["ai", "human"].map((originKind) =>
          recordOf({ name: `${person} ${originKind} ${day}`, day: mondayOf(week) + day, person, originKind }),
        ),
      );
      const answer = await post(this.address, JSON.stringify(requestOf(person, records)), {
        authorization: `Bearer ${credential}`,
      });
      if (answer.status !== 200) throw new Error(await answer.text());
    }
  }

  async stop(): Promise<void> {
    await this.#service?.stop();
    this.#place.remove();
  }
}
