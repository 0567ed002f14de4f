import type { OwnPrice } from "../../protocol/prices.ts";
import type { ToolRequest } from "../tools/toolRecords.ts";

/** The price entered for a model on a day: of several that fit, the one that holds since last. */
export function ownPriceFor(
  prices: readonly OwnPrice[],
  model: string | undefined,
  day: string,
): OwnPrice | undefined {
  if (model === undefined) return undefined;
  const fitting = prices.filter(
    (price) => fits(price.model, model) && (price.from === undefined || price.from <= day),
  );
  return fitting.reduce<OwnPrice | undefined>(
    (latest, price) => (latest && (latest.from ?? "") >= (price.from ?? "") ? latest : price),
    undefined,
  );
}

/** What a request costs by an entered price, in billionths of a US dollar. */
export function ownCostNano(price: OwnPrice, { tokens }: Pick<ToolRequest, "tokens">): number {
  const { input, output, cacheRead = input, cacheWrite = input } = price;
  const dollarsForMillion =
    tokens.input * input +
    tokens.output * output +
    tokens.cacheRead * cacheRead +
    tokens.cacheWrite * cacheWrite;
  // A dollar for a million tokens is a thousand billionths for one.
  return Math.round(dollarsForMillion * 1000);
}

function fits(pattern: string, model: string): boolean {
  const [name, wanted] = [model.toLowerCase(), pattern.toLowerCase()];
  return wanted.endsWith("*") ? name.startsWith(wanted.slice(0, -1)) : name === wanted;
}
