import { companionAnswerSchema, companionPrefix, type Companion } from "../../protocol/enrolment.ts";
import type { Reply } from "../../protocol/errors.ts";
import type { Consent } from "../../protocol/sync.ts";
import { ask } from "./ask.ts";
import type { Transport } from "./transport.ts";

/**
 * A code with which another machine of the same person joins: the organisation lets it in as the same person, and it takes
 * over the secret, so that both go by the same pseudonym in each week. The organisation never sees the secret. It pins the
 * keys that count here now.
 */
export async function companionCode(
  transport: Transport,
  consent: Consent,
  keys: readonly string[],
): Promise<Reply<{ readonly code: string }>> {
  const { endpoint, secret, credential, membership } = consent;
  if (membership === null || credential === null) return refused("the organisation has not answered yet");
  const { answer, value } = await ask(
    transport,
    { endpoint, address: "companion", credential },
    companionAnswerSchema,
  );
  if (!value) return refused(answer.reason);
  const companion: Companion = { endpoint, keys: [...keys], token: value.token, secret };
  const code = companionPrefix + Buffer.from(JSON.stringify(companion)).toString("base64url");
  return { ok: true, value: { code } };
}

export function refused(reason: string): Reply<never> {
  return { ok: false, problem: { code: "sync.noCompanion", details: { reason } } };
}
