import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { hashOf } from "../../../org/identity/secrets.ts";
import { mondayOf } from "../../../org/ingest/isoWeek.ts";
import type { LogRecord } from "../../../protocol/collector.ts";
import { originKindSchema } from "../../../protocol/origin.ts";
import { invitationPrefix, invitationSchema } from "../../../protocol/enrolment.ts";
import { recordOf, requestOf } from "../../org/support/batches.ts";
import { secretOf } from "../../org/support/devices.ts";
import { makeFolder } from "../../org/support/folder.ts";
import { freePort } from "../../org/support/postgres.ts";
import { heldIn, post, startService, type RunningService } from "../../org/support/service.ts";

const program = path.resolve("test/support/org/clockedOrg.ts");
/** So that somebody whose editor says one of them is not the only one: under load typing is taken for a tool's now and then. */
const originKinds = originKindSchema.options;
/** Of each of those who only write to the service, by each origin. */
const editsADay = 40;
/** What each of them did in a week that they wrote. */
export const editsAWeek = { ai: 4 * editsADay, all: 4 * originKinds.length * editsADay } as const;

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

  /** People who join a team with one invitation, a device each: their credentials. */
  async people(team: string, count: number): Promise<string[]> {
    const printed = await this.command("token", "--team", team, "--uses", String(count));
    const words = Buffer.from(printed.slice(invitationPrefix.length), "base64url").toString();
    const { token } = invitationSchema.parse(JSON.parse(words));
    const credentials = Array.from({ length: count }, (_, each) =>
      secretOf("kept_device_", `${team} ${each}`),
    );
    for (const credential of credentials) {
      const answer = await fetch(`${this.address}/v1/enrolment`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ token, credentialHash: hashOf(credential) }),
      });
      if (answer.status !== 200) throw new Error(await answer.text());
    }
    return credentials;
  }

  /** Each of them has edits of every origin on the first four days of a week, and such other records. */
  async write(
    team: string,
    credentials: readonly string[],
    week: string,
    others: (person: string) => readonly LogRecord[] = () => [],
  ): Promise<void> {
    for (const [index, credential] of credentials.entries()) {
      const person = `${team} ${index}`;
      const records = [0, 1, 2, 3].flatMap((day) =>
        originKinds.map((originKind) =>
          recordOf({
            name: `${person} ${originKind} ${mondayOf(week) + day}`,
            ...{ day: mondayOf(week) + day, person, originKind },
            edits: editsADay,
          }),
        ),
      );
      const body = JSON.stringify(requestOf(`${person} ${week}`, [...records, ...others(person)]));
      const answer = await post(this.address, body, { authorization: `Bearer ${credential}` });
      if (answer.status !== 200) throw new Error(await answer.text());
    }
  }

  async stop(): Promise<void> {
    await this.#service?.stop();
    this.#place.remove();
  }
}
