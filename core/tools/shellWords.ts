/** One command of a line: its words as the program is given them, and where its output goes. */
export interface ShellCommand {
  readonly words: readonly string[];
  /** Undefined where it is not written to a file. */
  readonly output: { readonly file: string; readonly appends: boolean } | undefined;
}

/** After these a line is part of something longer, of which nobody can tell here whether it runs. */
const beginnings = new Set(
  "case do done elif else esac fi for function if select then until while { } ! [[ exec eval trap exit return".split(
    " ",
  ),
);
const blank = /[ \t]/;
/** What a word without quotes may have: nothing that a shell puts something else in the place of. */
const plain = /[\w@%+=:,./-]/;

/**
 * The commands of a line that run one after the other; undefined for a line that has anything else, such as a variable, a pipe or
 * a quote that goes on: then nobody can tell what the line does, or the next one.
 */
export function commandsOfLine(line: string): ShellCommand[] | undefined {
  const commands: ShellCommand[] = [];
  let words: string[] = [];
  let output: ShellCommand["output"];
  let into: ">" | ">>" | "elsewhere" | undefined;
  let at = 0;
  const take = (word: string): boolean => {
    if (into === undefined) words.push(word);
    else if (into !== "elsewhere" && output) return false;
    else if (into !== "elsewhere") output = { file: word, appends: into === ">>" };
    into = undefined;
    return true;
  };
  const end = (): boolean => {
    if (into !== undefined || beginnings.has(words[0] ?? "")) return false;
    if (words.length > 0 || output) commands.push({ words, output });
    [words, output] = [[], undefined];
    return true;
  };
  while (at < line.length) {
    const rest = line.slice(at);
    const letter = line[at]!;
    if (blank.test(letter)) at++;
    else if (letter === "#") break;
    else if (rest.startsWith("&&") || letter === ";") {
      if (rest.startsWith(";;") || !end()) return undefined;
      at += letter === ";" ? 1 : 2;
    } else {
      const redirect = /^(?:(2)>(?:&1|(?=\s*[\w/]))|1?(>>?)(?![&>|(]))/.exec(rest);
      if (redirect) {
        if (into !== undefined) return undefined;
        if (redirect[0] !== "2>&1") into = redirect[1] === "2" ? "elsewhere" : (redirect[2] as ">" | ">>");
        at += redirect[0].length;
        continue;
      }
      const word = wordAt(line, at);
      if (!word || !take(word.text)) return undefined;
      at = word.end;
    }
  }
  return end() ? commands : undefined;
}

function wordAt(line: string, from: number): { readonly text: string; readonly end: number } | undefined {
  let [text, at] = ["", from];
  while (at < line.length && !blank.test(line[at]!) && !";&>".includes(line[at]!)) {
    const letter = line[at]!;
    if (letter === "'" || letter === '"') {
      const close = line.indexOf(letter, at + 1);
      const quoted = line.slice(at + 1, close);
      if (close === -1 || (letter === '"' && /[$`\\!]/.test(quoted))) return undefined;
      text += quoted;
      at = close + 1;
    } else if (plain.test(letter)) {
      text += letter;
      at++;
    } else return undefined;
  }
  // A single & puts the command behind the others, and its end is not waited for.
  const isBehind = line[at] === "&" && line[at + 1] !== "&";
  // A number before it says of which output a > is.
  const isNumber = line[at] === ">" && /^\d+$/.test(line.slice(from, at));
  return isBehind || isNumber || at === from ? undefined : { text, end: at };
}
