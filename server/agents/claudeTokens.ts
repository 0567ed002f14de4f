import { normalised, type TokenConvention } from "../../core/tools/normalisedTokens.ts";
import type { Tokens } from "../../core/tools/toolRecords.ts";
import type { Sink } from "./agent.ts";
import { areCounted } from "./drift.ts";
import { countOf, fieldsOf, listOf, nameOf, type Fields } from "./fields.ts";

const counts = {
  always: ["input_tokens", "output_tokens"],
  sometimes: ["cache_read_input_tokens", "cache_creation_input_tokens"],
};

const cacheCounts = { always: [], sometimes: ["ephemeral_5m_input_tokens", "ephemeral_1h_input_tokens"] };

const convention: TokenConvention = { inputHas: "noCache", reasoning: "inOutput" };

/** Where the cache is told apart by how long it is kept, the parts are the sum. Undefined for what is not understood. */
export function tokensOf(usage: Fields, sink: Sink): Tokens | undefined {
  const created = fieldsOf(usage["cache_creation"]);
  if (!areCounted(usage, counts, sink) || !areCounted(created, cacheCounts, sink)) return undefined;
  const long = countOf(created["ephemeral_1h_input_tokens"]);
  const parts = countOf(created["ephemeral_5m_input_tokens"]) + long;
  // A gateway may send none of the parts, as null.
  const isOne = (usage["cache_creation"] ?? null) === null;
  const told = {
    input: countOf(usage["input_tokens"]),
    output: countOf(usage["output_tokens"]),
    cacheRead: countOf(usage["cache_read_input_tokens"]),
    cacheWrite: isOne ? countOf(usage["cache_creation_input_tokens"]) : parts,
    cacheWriteLong: long,
  };
  return normalised(told, convention);
}

/** What another model was asked while a message was made. The tokens of the message have none of it. */
export function adviceIn(usage: Fields, sink: Sink): { model: string | undefined; tokens: Tokens }[] {
  for (const key in usage)
    if (
      key !== "iterations" &&
      listOf(usage[key]).some((each) => fieldsOf(each)["input_tokens"] !== undefined)
    )
      sink.problem("a kind of tokens that is not known");
  return listOf(usage["iterations"])
    .map(fieldsOf)
    .flatMap((iteration) => {
      // What the message itself took, a piece at a time.
      if (iteration["type"] === "message") return [];
      if (iteration["type"] !== "advisor_message") {
        sink.problem("a kind of tokens that is not known");
        return [];
      }
      const tokens = tokensOf(iteration, sink);
      return tokens ? [{ model: nameOf(iteration["model"]), tokens }] : [];
    });
}
