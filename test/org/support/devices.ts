import { createHash } from "node:crypto";
import { hashOf } from "../../../org/identity/secrets.ts";
import { dateOf } from "../../../org/ingest/isoWeek.ts";
import type { Store } from "../../../org/store/store.ts";
import { idOf } from "./batches.ts";

/** The same for the same name; as good as random for tests. */
export function secretOf(prefix: string, name: string): string {
  return prefix + createHash("sha256").update(name).digest("base64url");
}

/** A device of a person of its own that joined long ago, and the credential it shows. */
export async function joinAs(store: Store, name: string, team = "everyone"): Promise<string> {
  const credential = secretOf("kept_device_", name);
  const tokenHash = hashOf(`token of ${name}`);
  const now = Date.now();
  await store.addInvitation({ tokenHash, team, person: null, uses: 1, expiresAt: now + 60_000 });
  const { ok } = await store.join({
    tokenHash,
    credentialHash: hashOf(credential),
    device: idOf(`device ${name}`),
    person: idOf(`person ${name}`),
    now,
    today: dateOf(0),
    expires: "9999-12-31",
  });
  if (!ok) throw new Error(`${name} could not join`);
  return credential;
}
