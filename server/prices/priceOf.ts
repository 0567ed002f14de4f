import { ownCostNano, ownPriceFor } from "../../core/requests/ownPrices.ts";
import type { ToolRequest } from "../../core/tools/toolRecords.ts";
import type { OwnPrice } from "../../protocol/prices.ts";
import { ownPrices } from "../store/requests.ts";
import { ModelRates } from "./modelRates.ts";

const rates = new ModelRates();

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
  return rates.priceOf(model, tokens, at);
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
