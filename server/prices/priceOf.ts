import { calcPrice } from "@pydantic/genai-prices";
import type { ToolRequest } from "../../core/toolRecords.ts";

/**
 * What a request costs by the list price of its day, in US dollars; undefined where the dataset does not know the model.
 * Who pays by subscription pays something else.
 */
export function listPriceOf({
  tokens,
  model,
  at,
}: Pick<ToolRequest, "tokens" | "model" | "at">): number | undefined {
  if (model === undefined) return undefined;
  const { input, output, cacheRead, cacheWrite, cacheWriteLong } = tokens;
  const usage = {
    // The dataset counts what is cached as part of the input, and takes it off by itself.
    input_tokens: input + cacheRead + cacheWrite,
    cache_read_tokens: cacheRead,
    cache_write_tokens: cacheWrite,
    ...(cacheWriteLong > 0 && { cache_write_1h_tokens: cacheWriteLong }),
    output_tokens: output,
  };
  return calcPrice(usage, model, { timestamp: new Date(at) })?.total_price;
}
