/**
 * What an agent does besides writing, told by the name of what it calls. Counted and compared, never kept: a command and an
 * opening are hashed, of a path only its kind is told.
 */
export const stepKinds = [
  "read",
  "secret",
  "plan",
  "passed",
  "failed",
  "opening",
  "server",
  "assertion",
] as const;
export type StepKind = (typeof stepKinds)[number];

/** One such thing in a tool's own record. */
export interface ToolStep {
  readonly tool: string;
  readonly session: string;
  /** The tool's own id of the call; the same read twice is one. */
  readonly id: string;
  readonly at: number;
  readonly kind: StepKind;
  /** The kind of a file that holds secrets, or what is hashed before it is stored. */
  readonly subject?: string;
  /** The folder the tool worked in, absolute. */
  readonly folder?: string | undefined;
}

/** What a call is before anybody knows how it ended. */
export interface CallKind {
  readonly kind: Exclude<StepKind, "passed" | "failed" | "opening" | "assertion"> | "test";
  readonly subject?: string;
}

/** Shorter openings are no briefings. */
export const briefingChars = 1500;

const reading: ReadonlySet<string> = new Set(
  `read notebookread grep glob ls read_file read_many_files search_file_content grep_search glob list_directory list list_dir
   view file_search semantic_search codebase_search find_path finder copilot_readfile copilot_findtextinfiles`
    .split(/\s+/)
    .filter((name) => name !== ""),
);
const planning: ReadonlySet<string> = new Set([
  ...["todowrite", "todo_write", "taskcreate", "exitplanmode", "enterplanmode", "update_plan", "write_todos"],
  ...["manage_todo_list", "exitspecmode"],
]);
const shells: ReadonlySet<string> = new Set([
  ...["bash", "shell", "exec_command", "shell_command", "run_shell_command", "execute", "run_in_terminal"],
  ...["local_shell", "powershell"],
]);

const test =
  /(?:^|[\s;&|/])(?:(?:npm|pnpm|yarn|bun)\s+(?:run\s+)?(?:[\w:-]*test[\w:-]*|t)|(?:npx\s+)?(?:jest|vitest|mocha|ava|playwright\s+test)|pytest|tox|nox|(?:python3?\s+-m\s+(?:pytest|unittest))|go\s+test|cargo\s+(?:nextest|test)|dotnet\s+test|(?:mvn|\.\/mvnw)\s[^;&|]*\b(?:test|verify)|(?:gradle|\.\/gradlew)\s[^;&|]*\b(?:test|check)|make\s+(?:[\w-]*test[\w-]*|check)|ctest|rspec|phpunit|mix\s+test|swift\s+test|deno\s+test|node\s+--test)(?=\s|$|[;&|])/;
const looks =
  /^(?:cd\s+\S+\s*(?:&&|;)\s*)?(?:cat(?!\s*(?:>|<<))|bat|head|tail|less|more|nl|sed\s+-n|rg|grep|egrep|ls|find|fd|tree|wc|git\s+(?:show|log|diff|grep|blame|status))(?:\s|$)/;

/** Undefined for what is neither a look at something, nor a plan, a test run, or a call of a tool server. */
export function kindOfCall(
  name: string,
  { path, command }: { readonly path?: string | undefined; readonly command?: string | undefined },
): CallKind | undefined {
  const server = serverOf(name);
  if (server !== undefined) return { kind: "server", subject: server };
  const plain = name.replace(/^functions\./, "").toLowerCase();
  if (planning.has(plain)) return { kind: "plan" };
  if (reading.has(plain)) {
    const secret = path === undefined ? undefined : secretKindOf(path);
    return secret === undefined ? { kind: "read" } : { kind: "secret", subject: secret };
  }
  if (!shells.has(plain) || command === undefined) return undefined;
  const trimmed = command.trim();
  if (test.test(trimmed)) return { kind: "test", subject: trimmed };
  if (!looks.test(trimmed)) return undefined;
  const secret = trimmed
    .split(/[\s"';&|()<>]+/)
    .map((word) => secretKindOf(word))
    .find((kind) => kind !== undefined);
  return secret === undefined ? { kind: "read" } : { kind: "secret", subject: secret };
}

/** `mcp__SERVER__TOOL`, as tools name what a server of the Model Context Protocol offers. */
function serverOf(name: string): string | undefined {
  return name.startsWith("mcp__") ? /^mcp__(.+?)__/.exec(name)?.[1] : undefined;
}

/** What each kind of file with secrets is called, by its name alone. */
const secrets: readonly { readonly kind: string; readonly pattern: RegExp }[] = [
  {
    kind: "environment file",
    pattern: /(?:^|[\\/])\.env(?:\.(?!(?:example|sample|template|dist|defaults?)$)[\w.-]+)?$/i,
  },
  {
    kind: "private key",
    pattern:
      /(?:^|[\\/])id_(?:rsa|dsa|ecdsa|ed25519)$|\.(?:pem|key|p12|pfx|jks|keystore)$|(?:^|[\\/])\.ssh[\\/]/i,
  },
  {
    kind: "credentials file",
    pattern:
      /(?:^|[\\/])(?:\.netrc|\.npmrc|\.pypirc|\.git-credentials|credentials(?:\.json)?|secrets?\.(?:json|ya?ml|toml)|service-account[\w-]*\.json)$|(?:^|[\\/])\.(?:aws|kube|gnupg|docker)[\\/]/i,
  },
];

/** Of which kind of secrets a file is; undefined for all others. */
export function secretKindOf(path: string): string | undefined {
  return secrets.find(({ pattern }) => pattern.test(path))?.kind;
}

const assertion =
  /\b(?:assert\w*|expect|should|require|verify|EXPECT_\w+|ASSERT_\w+|XCTAssert\w*)\s*[.(!]|^\s*assert\s|\.should\b|\bt\.(?:is|true|false|deepEqual|Error|Fatal)\w*\(/;

/** Whether a text before and after differs in what it asserts: lines with assertions went, or became others. */
export function changesAssertions(before: string, after: string): boolean {
  const left = countLines(after);
  for (const line of before.split(/\r?\n/).map((each) => each.trim())) {
    if (!assertion.test(line)) continue;
    const count = left.get(line) ?? 0;
    if (count === 0) return true;
    left.set(line, count - 1);
  }
  return false;
}

function countLines(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of text.split(/\r?\n/).map((each) => each.trim()))
    counts.set(line, (counts.get(line) ?? 0) + 1);
  return counts;
}
