import type * as z from "zod";
import { limits, type Reason } from "../../protocol/collector.ts";

type Path = readonly PropertyKey[];

/** Why a value has the wrong form, in words that never repeat the value. A field is called by its place unless it has a name. */
export function reasonsOf(
  error: z.ZodError,
  base: Path = [],
  nameOf: (path: Path) => string | undefined = () => undefined,
): Reason[] {
  return error.issues.flatMap((issue) => {
    const path = [...base, ...issue.path];
    return issue.code === "unrecognized_keys"
      ? issue.keys.slice(0, limits.reasons).map((key) => reason([...path, key], "not in the contract"))
      : [reason(path, issue.message, nameOf(issue.path))];
  });
}

/** One reason; the field is the last name in the path unless another is given. */
export function reason(path: Path, detail: string, field = lastName(path)): Reason {
  return { pointer: pointerOf(path), field: wellFormed(cut(field, 64)), detail: cut(detail, 256) };
}

/** Given to `safeParse`, it replaces the library's messages where the contract gives none of its own. */
export const inPlainWords: z.core.$ZodErrorMap = (issue) => {
  if (issue.input === undefined) {
    return "required";
  }
  switch (issue.code) {
    case "invalid_type":
      return `expected ${issue.expected}`;
    case "invalid_value":
      return `expected ${issue.values.map(String).join(", ")}`;
    case "too_big":
      return `expected at most ${issue.maximum}`;
    case "too_small":
      return `expected at least ${issue.minimum}`;
    default:
      return "not of the agreed form";
  }
};

function pointerOf(path: Path): string {
  const parts = path.map((part) =>
    encodeURIComponent(
      wellFormed(cut(String(part), 64))
        .replaceAll("~", "~0")
        .replaceAll("/", "~1"),
    ).replaceAll("%24", "$"),
  );
  return cut(["#", ...parts].join("/"), 256);
}

function lastName(path: Path): string {
  return String(path.findLast((part) => typeof part === "string") ?? "body");
}

/** Half a surrogate pair can stand in a key, but not in a URI or in UTF-8. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
