import { createHash, createHmac } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as z from "zod";
import { parsed } from "../agents/fields.ts";

const addressSchema = z.strictObject({
  port: z.int().min(1024).max(65_535),
  /** The secret from which each tool's token is made. */
  key: z.string().min(40).max(100),
});
export type ReceiverAddress = z.infer<typeof addressSchema>;

/** Below those that systems give out for a moment. */
const firstPort = 20_000;
const ports = 10_000;

/** Made once, when a tool is first told to send its telemetry here: tools keep what they were told. */
export function makeAddress(uuid: () => string): ReceiverAddress {
  const key = createHash("sha256").update(`${uuid()} ${uuid()}`).digest();
  return { port: firstPort + (key.readUInt16BE(0) % ports), key: key.toString("base64url") };
}

/** The file of the address, beside the database. While it is there, what tools send is received. */
export class AddressFile {
  readonly path: string;

  constructor(folder: string) {
    this.path = path.join(folder, "telemetry.json");
  }

  /** Undefined where there is none, or none that can be used. */
  read(): ReceiverAddress | undefined {
    if (this.changedAt === undefined) return undefined;
    try {
      return addressSchema.safeParse(parsed(readFileSync(this.path, "utf8"))).data;
    } catch {
      return undefined;
    }
  }

  get changedAt(): number | undefined {
    return statSync(this.path, { throwIfNoEntry: false })?.mtimeMs;
  }

  write(address: ReceiverAddress, id: string): void {
    mkdirSync(path.dirname(this.path), { recursive: true, mode: 0o700 });
    const fresh = `${this.path}.${id}`;
    writeFileSync(fresh, JSON.stringify(address), { mode: 0o600, flag: "wx" });
    renameSync(fresh, this.path);
  }

  remove(): void {
    rmSync(this.path, { force: true });
  }
}

/** Of one tool: whoever learns it can speak for no other. */
export function tokenOf({ key }: ReceiverAddress, tool: string): string {
  return `kept-${createHmac("sha256", key).update(`telemetry of ${tool}`).digest("base64url")}`;
}

/** Where a tool is to send its telemetry; what it sends it adds itself. */
export function endpointOf(address: ReceiverAddress, tool: string): string {
  return `http://127.0.0.1:${address.port}/${tokenOf(address, tool)}`;
}
