import { ownCostNano, ownPriceFor } from "../../core/requests/ownPrices.ts";
import type { ToolRequest } from "../../core/tools/toolRecords.ts";
import type { OwnPrice } from "../../protocol/prices.ts";
import { ownPrices } from "../store/requests.ts";
import { ModelRates } from "./modelRates.ts";

const rates = new ModelRates();

/** How many times as much an answer in the fast mode costs. The dataset does not say; it is what the vendor publishes. */
const fastFactors: readonly { readonly model: RegExp; readonly factor: number }[] = [
  { model: /^claude-opus-4-[67]\b/, factor: 6 },
  { model: /^claude-opus-4-8\b/, factor: 2 },
  { model: /^claude-opus-5(?!-\d\b)/, factor: 2 },
];

/** Undefined where nobody says: then it has no price, instead of a wrong one. */
function factorOf({ isFast, model = "" }: Pick<ToolRequest, "isFast" | "model">): number | undefined {
  if (isFast !== true) return 1;
  return fastFactors.find((known) => known.model.test(model.toLowerCase()))?.factor;
}

/**
 * What a request costs by the list price of its day, in US dollars; undefined where the dataset does not know the model.
 * Who pays by subscription pays something else.
 */
export function listPriceOf(
  request: Pick<ToolRequest, "tokens" | "model" | "at" | "isFast">,
): number | undefined {
  const { tokens, model, at } = request;
  const factor = factorOf(request);
  if (model === undefined || factor === undefined) return undefined;
  const price = rates.priceOf(model, tokens, at);
  return price === undefined ? undefined : price * factor;
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
  const factor = factorOf(request);
  if (price && factor !== undefined)
    return {
      costNano: Math.round(ownCostNano(price, request) * factor),
      priceVersion: `${ownPrices}${price.model} ${price.from ?? "always"}`,
    };
  const dollars = listPriceOf(request);
  if (dollars === undefined) return undefined;
  return { costNano: Math.round(dollars * 1e9), priceVersion: `list ${datasetVersion}` };
}
