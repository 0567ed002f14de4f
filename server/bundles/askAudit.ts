import { auditAnswerSchema, type AuditAnswer } from "../../protocol/enrolment.ts";
import { ask, type Asked, type Asking } from "../sync/ask.ts";
import type { Transport } from "../sync/transport.ts";

/** A service that always has more is not followed for ever. */
const mostPages = 10;

/** The log page by page, so that nobody pushes what they did out of it. A page that fails leaves those before it. */
export async function askAudit(transport: Transport, asking: Asking): Promise<Asked<AuditAnswer>> {
  const first = await ask(transport, asking, auditAnswerSchema);
  if (first.value === undefined) return first;
  const entries = [...first.value.entries];
  let { older } = first.value;
  for (let page = 1; older !== null && page < mostPages; page++) {
    const { value } = await ask(transport, { ...asking, query: { before: older } }, auditAnswerSchema);
    if (value === undefined) break;
    entries.push(...value.entries);
    ({ older } = value);
  }
  return { ...first, value: { entries, older } };
}
