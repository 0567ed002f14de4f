import type { PatchedFile } from "./applyPatch.ts";
import type { ShellCommand } from "./shellWords.ts";
import type { ToolText } from "./toolRecords.ts";

/** What replaces text in a file, as its options say. */
interface Substitution {
  readonly script: string | undefined;
  readonly files: readonly string[];
  readonly dialect: "basic" | "extended" | "perl";
}

const unsaid: ToolText = { kind: "unsaid" };
/** Shorter ones stand in a text by chance. */
const leastLetters = 8;

/** The files that a command writes whose words say all of it: `sed -i`, `perl -pi -e`, `echo` and `printf` into a file. */
export function filesOfCommand({ words, output }: ShellCommand): PatchedFile[] {
  const [program, ...given] = words;
  if (output) {
    const after = program === "echo" ? echoed(given) : program === "printf" ? printed(given) : undefined;
    if (after === undefined || output.file.startsWith("/dev/")) return [];
    return [
      {
        path: output.file,
        text: output.appends ? { kind: "pieces", pieces: [{ after }] } : { kind: "whole", after },
      },
    ];
  }
  const found =
    program === "sed" || program === "gsed" ? ofSed(given) : program === "perl" ? ofPerl(given) : undefined;
  if (!found || found.files.some((file) => file === "" || file.startsWith("-"))) return [];
  const text = found.script === undefined ? unsaid : textOf(found.script, found.dialect);
  return found.files.map((path) => ({ path, text }));
}

function ofSed(given: readonly string[]): Substitution | undefined {
  let [isInPlace, isExtended, isSilent] = [false, false, false];
  const scripts: string[] = [];
  const rest = [...given];
  while (rest[0]?.startsWith("-") && rest[0] !== "-") {
    const option = rest.shift()!;
    if (option === "--") break;
    const cluster = /^-([Ernsz]*)(?:i(\.?\w*))?$/.exec(option);
    if (option === "-e" || option === "--expression") scripts.push(rest.shift() ?? "");
    else if (/^--expression=/.test(option)) scripts.push(option.slice("--expression=".length));
    else if (/^--in-place(?:=.*)?$/.test(option)) isInPlace = true;
    else if (option === "--regexp-extended") isExtended = true;
    else if (cluster) {
      isExtended ||= /[Er]/.test(cluster[1]!);
      isSilent ||= /[nz]/.test(cluster[1]!);
      if (cluster[2] === undefined) continue;
      isInPlace = true;
      // As the sed of a Mac is told that it shall keep no copy.
      if (cluster[2] === "" && rest[0] === "") rest.shift();
    } else return undefined;
  }
  if (!isInPlace) return undefined;
  if (scripts.length === 0) scripts.push(rest.shift() ?? "");
  const [script] = scripts;
  const isOne = scripts.length === 1 && !isSilent;
  return { script: isOne ? script : undefined, files: rest, dialect: isExtended ? "extended" : "basic" };
}

function ofPerl(given: readonly string[]): Substitution | undefined {
  let [isInPlace, prints] = [false, false];
  let script: string | undefined;
  const rest = [...given];
  while (rest[0]?.startsWith("-")) {
    const option = rest.shift()!;
    // What follows an i names the copy.
    const [, letters, last] = /^-(?=.)([pw]*)(e|i(?:\.\w+)?)?$/.exec(option) ?? [];
    if (letters === undefined) return undefined;
    isInPlace ||= last?.startsWith("i") === true;
    prints ||= letters.includes("p");
    if (last !== "e") continue;
    if (script !== undefined) return undefined;
    script = rest.shift() ?? "";
  }
  return isInPlace && prints && script !== undefined ? { script, files: rest, dialect: "perl" } : undefined;
}

/** `s/one/other/g` of letters that stand for themselves; what else a script does to a file nobody can tell from it. */
function textOf(script: string, dialect: Substitution["dialect"]): ToolText {
  const mark = /^s([/|#,@:!%+_])/.exec(script)?.[1];
  if (mark === undefined) return unsaid;
  const [before, after, flags, ...more] = partsOf(script.slice(2), mark);
  if (before === undefined || after === undefined || flags === undefined || more.length > 0) return unsaid;
  if (!/^g?;?$/.test(flags)) return unsaid;
  const special = dialect === "basic" ? ".*[]^$" : ".*[]^$+?(){}|";
  const [from, to] = [
    literal(before, dialect === "perl" ? `${special}@` : special, mark),
    literal(after, dialect === "perl" ? "$@" : "&", mark),
  ];
  if (!from || to === undefined || from === to || from.length + to.length < leastLetters) return unsaid;
  return { kind: "pieces", pieces: [{ before: from, after: to }], isIfThere: true };
}

/** What stands between the marks that no backslash is before. */
function partsOf(text: string, mark: string): string[] {
  const parts = [""];
  for (let at = 0; at < text.length; at++) {
    if (text[at] === mark) {
      parts.push("");
      continue;
    }
    const taken = text[at] === "\\" ? text.slice(at, at + 2) : text[at]!;
    parts[parts.length - 1] += taken;
    at += taken.length - 1;
  }
  return parts;
}

/** Undefined where a letter stands for something else than itself. A backslash takes that from those that it is before. */
function literal(text: string, special: string, mark: string): string | undefined {
  let result = "";
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]!;
    if (letter !== "\\") {
      if (special.includes(letter)) return undefined;
      result += letter;
      continue;
    }
    const escaped = text[++at];
    // Before a mark that is special besides, it may mean either.
    if (escaped === undefined || !`${special}/\\`.includes(escaped)) return undefined;
    if (escaped === mark && special.includes(mark)) return undefined;
    result += escaped;
  }
  return result;
}

/** Shells differ in what they make of a backslash or an option. */
function echoed(words: readonly string[]): string | undefined {
  if (words[0]?.startsWith("-") || words.some((word) => word.includes("\\"))) return undefined;
  return `${words.join(" ")}\n`;
}

function printed([form, ...words]: readonly string[]): string | undefined {
  if (form === "%s\\n" && words.length > 0) return words.map((word) => `${word}\n`).join("");
  if (form === undefined || words.length > 0 || form.startsWith("-")) return undefined;
  const said = form.replaceAll("\\n", "\n");
  return /[%\\]/.test(said) ? undefined : said;
}
