import type { ToolRequest } from "../../core/toolRecords.ts";
import { listPriceOf } from "../prices/priceOf.ts";
import type { RequestRow } from "../store/requests.ts";

/** The dataset that comes with Kept. */
const listPrices = "genai-prices";
const nanoOf = (amount: number) => Math.round(amount * 1e9);

export interface RequestSurroundings {
  readonly hashText: (text: string) => string;
  readonly utcOffsetMinutes: (at: number) => number;
  /** Address of the folder that the tool worked in, where that is known. */
  readonly place: string | null;
}

/** A request as it is stored, however it came: the same one has the same key. */
export function requestRowOf(
  request: ToolRequest,
  { hashText, utcOffsetMinutes, place }: RequestSurroundings,
): RequestRow {
  const { tool, session, id, at, model, tokens, billed, latencyMs, isSubagent } = request;
  const price = listPriceOf(request);
  return {
    ...tokens,
    key: hashText(`request ${tool} ${id}`),
    task: { key: hashText(`task ${tool} ${session}`), tool, place },
    at,
    utcOffsetMinutes: utcOffsetMinutes(at),
    model: model ?? null,
    mode: null,
    latencyMs: latencyMs ?? null,
    costNano: price === undefined ? null : nanoOf(price),
    priceVersion: price === undefined ? null : listPrices,
    billedNano: billed ? nanoOf(billed.amount) : null,
    currency: billed?.currency ?? null,
    subagent: isSubagent,
  };
}
