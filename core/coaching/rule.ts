import type { Rule, Tip } from "../../protocol/coaching.ts";
import { parseCondition, type Condition } from "./condition.ts";
import { namesInMessage, typeOfVariable } from "./variables.ts";

/** A rule that was found sound. */
export interface CheckedRule {
  readonly rule: Rule;
  readonly source: "kept" | "workspace" | "org";
  readonly when: Condition;
  readonly suppressIf: Condition | undefined;
  /** Of an organisation's prompt: who sent it, and whether its text quotes numbers or is to be taken as it stands. */
  readonly prompt?: NonNullable<Tip["prompt"]> & { readonly quotesNumbers: boolean };
}

/** What is wrong with a rule, and in which of its fields. */
export interface RuleFault {
  readonly field: "when" | "suppressIf" | "message" | "minSample";
  readonly reason: string;
}

/** A rule of the right form may still speak of what there is not. */
export function checkRule(rule: Rule, source: CheckedRule["source"]): CheckedRule | RuleFault {
  const when = parseCondition(rule.when, typeOfVariable);
  if (!when.ok) return { field: "when", reason: placed(when) };
  const suppressIf =
    rule.suppressIf === undefined ? undefined : parseCondition(rule.suppressIf, typeOfVariable);
  if (suppressIf && !suppressIf.ok) return { field: "suppressIf", reason: placed(suppressIf) };
  const quoted = namesInMessage(rule.message);
  if (quoted.length === 0)
    return { field: "message", reason: "it quotes no number, such as {uncommitted.lines}" };
  const unknown = quoted.find((name) => typeOfVariable(name) === undefined);
  if (unknown !== undefined) return { field: "message", reason: `there is no number of the name ${unknown}` };
  if (rule.minSample && typeOfVariable(rule.minSample.of) !== "number") {
    return { field: "minSample", reason: `there is no number of the name ${rule.minSample.of}` };
  }
  return { rule, source, when: when.condition, suppressIf: suppressIf?.condition };
}

export function isChecked(result: CheckedRule | RuleFault): result is CheckedRule {
  return "rule" in result;
}

function placed({ at, reason }: { readonly at: number; readonly reason: string }): string {
  return `${reason} (at character ${at + 1})`;
}
