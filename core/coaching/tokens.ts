/** A piece of a condition, and where it stands. */
export type Token = { readonly at: number } & (
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "name"; readonly value: string }
  | { readonly kind: "sign"; readonly value: string }
  | { readonly kind: "end" }
);

/** Why a condition is refused, and the place in it. */
export class Refusal extends Error {
  readonly at: number;

  constructor(at: number, reason: string) {
    super(reason);
    this.at = at;
  }
}

const space = /\s/;
const digit = /[0-9]/;
const letter = /[A-Za-z]/;
const partOfName = /[A-Za-z0-9.]/;
const signs = ["<=", ">=", "==", "!=", "<", ">", "+", "-", "*", "/", "(", ")", ","];

/** Reads a condition once, from left to right. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const takeWhile = (kind: RegExp): string => {
    const start = at;
    while (at < text.length && kind.test(text[at]!)) at++;
    return text.slice(start, at);
  };
  while (at < text.length) {
    const start = at;
    const character = text[at]!;
    if (space.test(character)) at++;
    else if (digit.test(character)) {
      const digits = takeWhile(/[0-9.]/);
      const value = Number(digits);
      if (!Number.isFinite(value)) throw new Refusal(start, `${digits} is no number`);
      tokens.push({ at: start, kind: "number", value });
    } else if (letter.test(character)) {
      tokens.push({ at: start, kind: "name", value: takeWhile(partOfName) });
    } else if (character === "'") {
      const end = text.indexOf("'", at + 1);
      if (end === -1) throw new Refusal(start, "a text that begins with ' has no end");
      tokens.push({ at: start, kind: "text", value: text.slice(at + 1, end) });
      at = end + 1;
    } else {
      const value = signs.find((sign) => text.startsWith(sign, at));
      if (value === undefined) throw new Refusal(start, `${character} means nothing here`);
      tokens.push({ at: start, kind: "sign", value });
      at += value.length;
    }
  }
  tokens.push({ at, kind: "end" });
  return tokens;
}
