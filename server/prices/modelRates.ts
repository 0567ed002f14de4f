import { calcPrice, type PriceCalculation } from "@pydantic/genai-prices";
import type { Tokens } from "../../core/tools/toolRecords.ts";

type Usage = Parameters<typeof calcPrice>[0];

/** The dataset counts what is cached as part of the input, and takes it off by itself. */
export function usageOf({ input, output, cacheRead, cacheWrite, cacheWriteLong }: Tokens): Usage {
  return {
    input_tokens: input + cacheRead + cacheWrite,
    cache_read_tokens: cacheRead,
    cache_write_tokens: cacheWrite,
    ...(cacheWriteLong > 0 && { cache_write_1h_tokens: cacheWriteLong }),
    output_tokens: output,
  };
}

const million = 1e6;
const none: Tokens = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, cacheWriteLong: 0, reasoning: 0 };
/** Names of models come from files. */
const mostModels = 1000;

/** In US dollars for a million tokens of each kind. */
interface Rates {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWriteShort: number;
  readonly cacheWriteLong: number;
}

/**
 * Prices of models by the dataset. It looks a model up anew for each request, which for a year of logs is most of the
 * time: where its price is the same for every amount and at all times, that is asked once.
 */
export class ModelRates {
  readonly #known = new Map<string, Rates | "unknown" | "varies">();

  /** In US dollars; undefined where the dataset does not know the model. */
  priceOf(model: string, tokens: Tokens, at: number): number | undefined {
    const rates = this.#ratesOf(model, at);
    if (rates === "unknown") return undefined;
    if (rates === "varies")
      return calcPrice(usageOf(tokens), model, { timestamp: new Date(at) })?.total_price;
    const { input, output, cacheRead, cacheWrite, cacheWriteLong } = tokens;
    const sum =
      input * rates.input +
      output * rates.output +
      cacheRead * rates.cacheRead +
      (cacheWrite - cacheWriteLong) * rates.cacheWriteShort +
      cacheWriteLong * rates.cacheWriteLong;
    return sum / million;
  }

  #ratesOf(model: string, at: number): Rates | "unknown" | "varies" {
    const known = this.#known.get(model);
    if (known !== undefined) return known;
    if (this.#known.size >= mostModels) this.#known.clear();
    const rates = ratesOf(model, at);
    this.#known.set(model, rates);
    return rates;
  }
}

function ratesOf(model: string, at: number): Rates | "unknown" | "varies" {
  const priced = (part: Partial<Tokens>) =>
    calcPrice(usageOf({ ...none, ...part }), model, { timestamp: new Date(at) });
  const input = priced({ input: million });
  if (!input) return "unknown";
  if (!isSteady(input)) return "varies";
  const rate = (part: Partial<Tokens>) => priced(part)!.total_price;
  return {
    input: input.total_price,
    output: rate({ output: million }),
    cacheRead: rate({ cacheRead: million }),
    cacheWriteShort: rate({ cacheWrite: million }),
    cacheWriteLong: rate({ cacheWrite: million, cacheWriteLong: million }),
  };
}

function isSteady({ model, model_price: prices }: PriceCalculation): boolean {
  return !Array.isArray(model.prices) && Object.values(prices).every((price) => typeof price !== "object");
}
