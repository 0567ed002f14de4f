import type { Tip } from "../../../protocol/coaching.ts";

/** What a prompt says in one language. */
export interface PromptWords {
  readonly text: string;
  /** Of a rule: the text may quote numbers, which are put in on each machine. */
  readonly isRule: boolean;
  readonly contact: string;
  readonly suggestion: string | null;
  /** Host of the service's address, as editors name whoever sent it. */
  readonly sender: string;
}

/** A prompt as the panel's own component of a tip is given it. */
export function promptTip({ text, isRule, contact, suggestion, sender }: PromptWords): Tip {
  const nothing = { value: null, low: null, high: null, n: 0, needsMore: 0 };
  return {
    ...{ id: "preview", rule: "preview", title: "", message: isRule ? withPlaces(text) : text },
    ...{ state: "seen", day: "1970-01-01", severity: "normal", action: "openPanel", actionTitle: "" },
    ...{ evidence: [], expects: "", before: nothing, after: null, effect: null },
    prompt: { sender, contact, suggestion },
  };
}

const quoted = /\{([^{}|]*)(?:\|[^{}|]*\|[^{}|]*)?\}/g;

/** A number's name stands where the number will. */
function withPlaces(text: string): string {
  return text.replace(quoted, (_, name: string) => `‹${name}›`);
}
