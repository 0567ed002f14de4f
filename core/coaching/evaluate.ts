import type { Condition, Expression } from "./condition.ts";

/** What is known. A name that is missing is unknown, which is neither yes nor no. */
export type Values = ReadonlyMap<string, number | string>;

type Value = number | string | boolean | undefined;

/** Whether a condition is known to hold. What rests on something unknown does not. */
export function holds({ expression }: Condition, values: Values): boolean {
  return evaluate(expression, values) === true;
}

/** Every part is looked at once at most. */
function evaluate(expression: Expression, values: Values): Value {
  switch (expression.kind) {
    case "constant":
      return expression.value;
    case "variable":
      return values.get(expression.name);
    case "known":
      return values.has(expression.name);
    case "not": {
      const of = evaluate(expression.of, values);
      return of === undefined ? undefined : !of;
    }
    case "and":
    case "or": {
      const decides = expression.kind === "or";
      const left = evaluate(expression.left, values);
      if (left === decides) return decides;
      const right = evaluate(expression.right, values);
      if (right === decides) return decides;
      return left === undefined || right === undefined ? undefined : !decides;
    }
    default:
      return ofTwo(expression.kind, evaluate(expression.left, values), evaluate(expression.right, values));
  }
}

type OfTwo = Exclude<Extract<Expression, { readonly left: Expression }>["kind"], "and" | "or">;

function ofTwo(kind: OfTwo, left: Value, right: Value): Value {
  if (left === undefined || right === undefined) return undefined;
  if (kind === "==") return left === right;
  if (kind === "!=") return left !== right;
  if (typeof left !== "number" || typeof right !== "number") return undefined;
  const value = arithmetic(kind, left, right);
  return typeof value === "number" && !Number.isFinite(value) ? undefined : value;
}

function arithmetic(kind: Exclude<OfTwo, "==" | "!=">, left: number, right: number): number | boolean {
  switch (kind) {
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return left / right;
    case "min":
      return Math.min(left, right);
    case "max":
      return Math.max(left, right);
  }
}
