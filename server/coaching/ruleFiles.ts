import { readdirSync } from "node:fs";
import path from "node:path";
import {
  createScanner,
  findNodeAtLocation,
  parseTree,
  type JSONPath,
  type Node,
  type ParseError,
  printParseErrorCode,
} from "jsonc-parser";
import { checkRule, isChecked, type CheckedRule } from "../../core/coaching/rule.ts";
import { ruleFileSchema, ruleLimits, ruleSchema, type RuleProblem } from "../../protocol/coaching.ts";
import { reasonOf } from "../../protocol/errors.ts";
import { readRegularFile } from "../regularFile.ts";

/** Where a folder has rules of its own. */
export const rulesFolder = path.join(".kept", "rules");

export interface RulesRead {
  readonly rules: CheckedRule[];
  readonly problems: RuleProblem[];
}

/** The rules of workspace folders. To be asked for trusted folders alone; what is wrong is refused, the rest is used. */
export function readRuleFiles(folders: readonly string[], taken: ReadonlySet<string>): RulesRead {
  const rules: CheckedRule[] = [];
  const problems: RuleProblem[] = [];
  const ids = new Set(taken);
  const files = folders.flatMap((folder) => filesIn(path.join(folder, rulesFolder), problems));
  for (const file of files.splice(ruleLimits.files)) {
    problems.push({ file, line: null, reason: `there are more than ${ruleLimits.files} files of rules` });
  }
  for (const file of files) {
    const read = readRuleFile(file, ids);
    rules.push(...read.rules);
    problems.push(...read.problems);
  }
  return { rules, problems };
}

/** Whatever is wrong with one file leaves the rules of the others. */
function readRuleFile(file: string, ids: Set<string>): RulesRead {
  try {
    return readRules(file, readRegularFile(file, ruleLimits.fileBytes).toString("utf8"), ids);
  } catch (thrown) {
    return { rules: [], problems: [{ file, line: null, reason: reasonOf(thrown) }] };
  }
}

/** The rules of one file's text. `ids` grows by those that are used. */
export function readRules(file: string, text: string, ids: Set<string>): RulesRead {
  const problems: RuleProblem[] = [];
  const refuse = (offset: number, reason: string) =>
    problems.push({ file, line: text.slice(0, offset).split(/\r\n?|\n/).length, reason });
  const tooDeep = whereTooDeep(text);
  if (tooDeep !== undefined) {
    refuse(tooDeep, `it has more than ${ruleLimits.fileDepth} lists and objects in one another`);
    return { rules: [], problems };
  }
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (!tree || error) {
    refuse(error?.offset ?? 0, error ? `it is no JSON: ${printParseErrorCode(error.error)}` : "it is empty");
    return { rules: [], problems };
  }
  const refuseAt = (where: JSONPath, reason: string) => refuse(nodeAt(tree, where).offset, reason);
  const whole = ruleFileSchema.extend({ rules: ruleFileSchema.shape.rules.element.array() });
  const list = findNodeAtLocation(tree, ["rules"]);
  if (list?.type !== "array") {
    const parsed = whole.safeParse(valueOf(tree));
    for (const issue of parsed.error?.issues.slice(0, 1) ?? []) refuseAt(pathOf(issue), wordsOf(issue));
    return { rules: [], problems };
  }
  const count = list.children?.length ?? 0;
  if (count > ruleLimits.rulesInFile) {
    refuse(list.offset, `it has ${count} rules; ${ruleLimits.rulesInFile} is the most`);
    return { rules: [], problems };
  }
  const rules: CheckedRule[] = [];
  for (const [index, node] of (list.children ?? []).entries()) {
    const parsed = ruleSchema.safeParse(valueOf(node));
    if (!parsed.success) {
      for (const issue of parsed.error.issues.slice(0, 3)) {
        refuseAt(["rules", index, ...pathOf(issue)], wordsOf(issue));
      }
      continue;
    }
    const checked = checkRule(parsed.data, "workspace");
    if (!isChecked(checked)) refuseAt(["rules", index, checked.field], `${checked.field}: ${checked.reason}`);
    else if (ids.has(parsed.data.id)) {
      refuseAt(["rules", index, "id"], `there is a rule of the name ${parsed.data.id} already`);
    } else {
      ids.add(parsed.data.id);
      rules.push(checked);
    }
  }
  return { rules, problems };
}

/** Where lists and objects are in one another too deep for a parser that calls itself for each. */
function whereTooDeep(text: string): number | undefined {
  const scanner = createScanner(text, true);
  let depth = 0;
  for (scanner.scan(); scanner.getTokenOffset() < text.length; scanner.scan()) {
    const sign = text[scanner.getTokenOffset()];
    if (sign === "{" || sign === "[") depth++;
    else if (sign === "}" || sign === "]") depth--;
    if (depth > ruleLimits.fileDepth) return scanner.getTokenOffset();
  }
  return undefined;
}

type Issue = { readonly path: readonly PropertyKey[]; readonly message: string };

function pathOf({ path: where }: Issue): JSONPath {
  return where.filter((part): part is string | number => typeof part !== "symbol");
}

function wordsOf({ path: where, message }: Issue): string {
  return where.length === 0 ? message : `${where.join(".")}: ${message}`;
}

/** The node of a place, or the nearest around it: what is missing has none. */
function nodeAt(tree: Node, where: JSONPath): Node {
  for (let length = where.length; length > 0; length--) {
    const found = findNodeAtLocation(tree, where.slice(0, length));
    if (found) return found;
  }
  return tree;
}

/** Without a prototype's names: a property called __proto__ is one like any other. */
function valueOf(node: Node): unknown {
  if (node.type === "array") return (node.children ?? []).map(valueOf);
  if (node.type !== "object") return node.value;
  return Object.fromEntries(
    (node.children ?? []).flatMap(({ children }) =>
      children?.[1] ? [[String(children[0]!.value), valueOf(children[1])]] : [],
    ),
  );
}

function filesIn(folder: string, problems: RuleProblem[]): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(".json"))
      .sort()
      .map((name) => path.join(folder, name));
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code !== "ENOENT" && code !== "ENOTDIR")
      problems.push({ file: folder, line: null, reason: reasonOf(thrown) });
    return [];
  }
}
