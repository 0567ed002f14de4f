import { ruleLimits } from "../../protocol/coaching.ts";
import { Refusal, tokensOf, type Token } from "./tokens.ts";

export type ValueType = "number" | "text";
type Type = ValueType | "condition";
type Comparison = "<" | "<=" | ">" | ">=" | "==" | "!=";
type Operation = "+" | "-" | "*" | "/";

export type Expression =
  | { readonly kind: "constant"; readonly value: number | string | boolean }
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "known"; readonly name: string }
  | { readonly kind: "not"; readonly of: Expression }
  | {
      readonly kind: "and" | "or" | Comparison | Operation;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: "min" | "max"; readonly left: Expression; readonly right: Expression };

/** A condition that was found sound: every name exists, the types agree, and its cost has a bound. */
export interface Condition {
  readonly expression: Expression;
  /** The variables it speaks of, in the order in which they stand. */
  readonly names: readonly string[];
  readonly steps: number;
}

export type ParsedCondition =
  | { readonly ok: true; readonly condition: Condition }
  | { readonly ok: false; readonly at: number; readonly reason: string };

/** Which variables there are. */
export type TypeOf = (name: string) => ValueType | undefined;

/** Parses a condition. It has no loops, no calls and no patterns: what it costs is its length. */
export function parseCondition(text: string, typeOf: TypeOf): ParsedCondition {
  if (text.length > ruleLimits.conditionChars) {
    return { ok: false, at: 0, reason: `it is longer than ${ruleLimits.conditionChars} characters` };
  }
  try {
    const parser = new Parser(tokensOf(text), typeOf);
    const expression = parser.whole();
    return { ok: true, condition: { expression, names: [...parser.names], steps: parser.steps } };
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    return { ok: false, at: thrown.at, reason: thrown.message };
  }
}

interface Typed {
  readonly expression: Expression;
  readonly type: Type;
  readonly at: number;
}

const comparisons: readonly string[] = ["<", "<=", ">", ">=", "==", "!="];

class Parser {
  readonly names = new Set<string>();
  steps = 0;
  readonly #tokens: readonly Token[];
  readonly #typeOf: TypeOf;
  #next = 0;
  #depth = 0;

  constructor(tokens: readonly Token[], typeOf: TypeOf) {
    this.#tokens = tokens;
    this.#typeOf = typeOf;
  }

  whole(): Expression {
    const { expression, type } = this.#or();
    const token = this.#peek();
    if (token.kind !== "end") throw new Refusal(token.at, "expected the end, or and, or or");
    if (type !== "condition") throw new Refusal(0, "expected a comparison: it says neither yes nor no");
    return expression;
  }

  #or(): Typed {
    return this.#nested(() =>
      this.#chain(["or"], () => this.#chain(["and"], () => this.#not(), "condition"), "condition"),
    );
  }

  #not(): Typed {
    const { at } = this.#peek();
    if (!this.#takeName("not")) return this.#comparison();
    const of = this.#nested(() => this.#not());
    this.#expect(of, "condition");
    return this.#made(at, "condition", { kind: "not", of: of.expression });
  }

  #comparison(): Typed {
    const left = this.#sum();
    const token = this.#peek();
    if (token.kind !== "sign" || !comparisons.includes(token.value)) return left;
    this.#next++;
    const right = this.#sum();
    const isEquality = token.value === "==" || token.value === "!=";
    if (left.type !== right.type)
      throw new Refusal(token.at, `a ${left.type} cannot be compared with a ${right.type}`);
    if (left.type === "condition" || (left.type === "text" && !isEquality)) {
      throw new Refusal(
        token.at,
        `${token.value} does not compare ${left.type === "text" ? "texts" : "conditions"}`,
      );
    }
    const kind = token.value as Comparison;
    return this.#made(left.at, "condition", { kind, left: left.expression, right: right.expression });
  }

  #sum(): Typed {
    return this.#chain(["+", "-"], () => this.#chain(["*", "/"], () => this.#single(), "number"), "number");
  }

  #single(): Typed {
    const token = this.#peek();
    this.#next++;
    switch (token.kind) {
      case "number":
      case "text":
        return this.#made(token.at, token.kind, { kind: "constant", value: token.value });
      case "name":
        return this.#named(token.at, token.value);
      case "sign":
        if (token.value === "(") {
          const inner = this.#or();
          this.#takeSign(")");
          return inner;
        }
        if (token.value === "-") {
          const of = this.#nested(() => this.#single());
          this.#expect(of, "number");
          const zero: Expression = { kind: "constant", value: 0 };
          return this.#made(token.at, "number", { kind: "-", left: zero, right: of.expression });
        }
        throw new Refusal(token.at, `expected a number or a name, not ${token.value}`);
      case "end":
        throw new Refusal(token.at, "expected a number or a name, and it ends");
    }
  }

  #named(at: number, name: string): Typed {
    if (name === "true" || name === "false") {
      return this.#made(at, "condition", { kind: "constant", value: name === "true" });
    }
    if (name === "known") {
      this.#takeSign("(");
      const token = this.#peek();
      if (token.kind !== "name") throw new Refusal(token.at, "expected a name");
      this.#next++;
      this.#type(token.at, token.value);
      this.#takeSign(")");
      return this.#made(at, "condition", { kind: "known", name: token.value });
    }
    if (name === "min" || name === "max") {
      this.#takeSign("(");
      const left = this.#nested(() => this.#sum());
      this.#takeSign(",");
      const right = this.#nested(() => this.#sum());
      this.#takeSign(")");
      this.#expect(left, "number");
      this.#expect(right, "number");
      return this.#made(at, "number", { kind: name, left: left.expression, right: right.expression });
    }
    return this.#made(at, this.#type(at, name), { kind: "variable", name });
  }

  #type(at: number, name: string): ValueType {
    const type = this.#typeOf(name);
    if (type === undefined) throw new Refusal(at, `there is no number of the name ${name}`);
    this.names.add(name);
    return type;
  }

  /** Several of a kind in a row, from left to right. */
  #chain(words: readonly string[], one: () => Typed, type: Type): Typed {
    let left = one();
    for (;;) {
      const token = this.#peek();
      if ((token.kind !== "name" && token.kind !== "sign") || !words.includes(token.value)) return left;
      this.#next++;
      const right = one();
      this.#expect(left, type);
      this.#expect(right, type);
      const kind = token.value as "and" | "or" | Operation;
      left = this.#made(left.at, type, { kind, left: left.expression, right: right.expression });
    }
  }

  #made(at: number, type: Type, expression: Expression): Typed {
    this.steps++;
    if (this.steps > ruleLimits.conditionSteps) {
      throw new Refusal(at, `it takes more than ${ruleLimits.conditionSteps} steps`);
    }
    return { at, type, expression };
  }

  #nested<Result>(run: () => Result): Result {
    this.#depth++;
    if (this.#depth > ruleLimits.conditionDepth) throw new Refusal(this.#peek().at, "it is nested too deep");
    const result = run();
    this.#depth--;
    return result;
  }

  #expect({ at, type }: Typed, wanted: Type): void {
    if (type !== wanted) throw new Refusal(at, `expected a ${wanted}, and this is a ${type}`);
  }

  #peek(): Token {
    return this.#tokens[Math.min(this.#next, this.#tokens.length - 1)]!;
  }

  #takeName(name: string): boolean {
    const token = this.#peek();
    if (token.kind !== "name" || token.value !== name) return false;
    this.#next++;
    return true;
  }

  #takeSign(sign: string): void {
    const token = this.#peek();
    if (token.kind !== "sign" || token.value !== sign) throw new Refusal(token.at, `expected ${sign}`);
    this.#next++;
  }
}
