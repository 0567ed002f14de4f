import { ruleFileSchema } from "../../protocol/coaching.ts";
import agents from "./catalogue/agents.json" with { type: "json" };
import change from "./catalogue/change.json" with { type: "json" };
import context from "./catalogue/context.json" with { type: "json" };
import cost from "./catalogue/cost.json" with { type: "json" };
import editor from "./catalogue/editor.json" with { type: "json" };
import policy from "./catalogue/policy.json" with { type: "json" };
import reading from "./catalogue/reading.json" with { type: "json" };
import retention from "./catalogue/retention.json" with { type: "json" };
import { checkRule, isChecked, type CheckedRule } from "./rule.ts";

/** Kept's own rules. They have the form that a workspace's have, and are held to the same limits. */
export function ownRules(): CheckedRule[] {
  return [agents, change, context, cost, editor, policy, reading, retention].flatMap((file) =>
    ruleFileSchema.parse(file).rules.map((rule) => {
      const checked = checkRule(rule, "kept");
      if (!isChecked(checked)) throw new Error(`${rule.id}: ${checked.field}: ${checked.reason}`);
      return checked;
    }),
  );
}
