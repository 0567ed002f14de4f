import type { Tier } from "../../protocol/requestSummary.ts";

/**
 * Which models are of which tier, by a part of their name; the first row that fits decides. Tiers are what the vendors
 * themselves sell side by side: small and quick, the everyday one, and the largest or longest thinking.
 */
const tiers: readonly { readonly tier: Tier; readonly pattern: RegExp }[] = [
  {
    tier: "fast",
    pattern:
      /haiku|(^|[-_/. ])(mini|nano|lite|flash|small|tiny|instant|fast|turbo-instruct)([-_/. ]|\d|$)|(^|[-_/])(gemma|phi|ministral)|\d-8b|3\.5-turbo/,
  },
  {
    tier: "heavy",
    pattern:
      /opus|(^|[-_/. ])(o1|o3)(-pro|-preview)?($|-\d{4})|gpt-\d+(\.\d+)?-pro|deep-?(think|research)|ultra|-max($|-)|grok-\d+(\.\d+)?-heavy/,
  },
  {
    tier: "standard",
    pattern:
      /sonnet|gpt-(4|5|6)|codex|gemini-.*pro|gemini-pro|(^|[-_/])o4|deepseek|qwen|kimi|glm|minimax|mistral|devstral|codestral|grok|llama|command|composer|swe-1|raptor/,
  },
];

/** Thousands of tasks and requests are of a handful of models. */
const known = new Map<string, Tier>();
const mostKnown = 1_000;

/** A model's tier; `unknown` for what no row fits, and where the model is not known. */
export function tierOf(model: string | null): Tier {
  if (model === null) return "unknown";
  const found = known.get(model);
  if (found) return found;
  const name = model.toLowerCase();
  const tier = tiers.find(({ pattern }) => pattern.test(name))?.tier ?? "unknown";
  if (known.size >= mostKnown) known.clear();
  known.set(model, tier);
  return tier;
}
