/** A piece of a page whose values were escaped when they were put in. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Value = string | number | Html | readonly Html[];

/** A template tag: text in a value never becomes markup. */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Html {
  return new Html(
    strings.map((text, index) => (index === 0 ? "" : print(values[index - 1])) + text).join(""),
  );
}

const names: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function print(value: Value | undefined): string {
  if (value instanceof Html) {
    return value.text;
  }
  if (value instanceof Array) {
    return value.map(({ text }) => text).join("");
  }
  return String(value ?? "").replace(/[&<>"']/g, (character) => names[character] ?? "");
}
