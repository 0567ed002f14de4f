import { calcPrice } from "@pydantic/genai-prices";
import { ownCostNano, ownPriceFor } from "../../core/ownPrices.ts";
import type { ToolRequest } from "../../core/toolRecords.ts";
import type { OwnPrice } from "../../protocol/prices.ts";
import { ownPrices } from "../store/requests.ts";

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

/** The version of the dataset, which is written beside each cost; a test compares it with the package. */
export const datasetVersion = "0.1.8";

export interface KnownCost {
  /** Billionths of a US dollar. */
  readonly costNano: number;
  readonly priceVersion: string;
}

/** What a request costs by the person's own prices, else by list price; undefined where neither knows the model. */
export function costOf(request: ToolRequest, day: string, own: readonly OwnPrice[]): KnownCost | undefined {
  const price = ownPriceFor(own, request.model, day);
  if (price)
    return {
      costNano: ownCostNano(price, request),
      priceVersion: `${ownPrices}${price.model} ${price.from ?? "always"}`,
    };
  const dollars = listPriceOf(request);
  if (dollars === undefined) return undefined;
  return { costNano: Math.round(dollars * 1e9), priceVersion: `list ${datasetVersion}` };
}
