import { isSetApart } from "../fate/setApart.ts";

const testFile =
  /(?:^|\/)(?:tests?|__tests__|spec|specs|e2e)\/|[._-](?:test|tests|spec|specs)\.[^/.]+$|(?:^|\/)test_[^/]+\.py$|Tests?\.(?:java|kt|cs|swift)$/i;
const proseOrSettings = /\.(?:md|mdx|txt|rst|adoc|json|jsonc|yaml|yml|toml|ini|csv|svg|lock|env)$/i;
const contextNames: ReadonlySet<string> = new Set([
  ".clinerules",
  ".cursorrules",
  ".windsurfrules",
  "AGENTS.md",
  "CLAUDE.md",
  "GEMINI.md",
]);
const areas: readonly { readonly area: string; readonly pattern: RegExp }[] = [
  {
    area: "authentication",
    pattern: /(?:^|[/._-])(?:auth|authn|authz|oauth|login|session|permission|acl|rbac)s?(?:[/._-]|$)/i,
  },
  {
    area: "cryptography",
    pattern: /(?:^|[/._-])(?:crypto|cipher|encrypt|encryption|keys?|secrets?|jwt|tls|ssl)(?:[/._-]|$)/i,
  },
  { area: "SQL", pattern: /\.sql$|(?:^|\/)migrations?\// },
  {
    area: "infrastructure",
    pattern:
      /\.(?:tf|tfvars|bicep)$|(?:^|\/)(?:Dockerfile|helm|terraform|k8s|kubernetes|\.github\/workflows)(?:[/.]|$)/i,
  },
  {
    area: "dependencies",
    pattern:
      /(?:^|\/)(?:package\.json|requirements[^/]*\.txt|pyproject\.toml|go\.mod|Cargo\.toml|pom\.xml|Gemfile)$/,
  },
];

/** By its path alone: what is in a file is not looked at. */
export function isTestFile(path: string): boolean {
  return testFile.test(path);
}

/** Code that tests could go with: neither a test, nor prose, nor settings, nor generated. */
export function isSourceFile(path: string): boolean {
  return !isTestFile(path) && !proseOrSettings.test(path) && !isSetApart(path);
}

/** Whether a file briefs agents. */
export function isContextFile(path: string): boolean {
  return contextNames.has(nameOf(path)) || /(?:^|\/)\.github\/copilot-instructions\.md$/.test(path);
}

/** The files at the root of a folder that brief agents. */
export const contextFiles: readonly string[] = [...contextNames, ".github/copilot-instructions.md"];

/** Which area that needs care a file is of. */
export function areaOf(path: string): string | undefined {
  if (isTestFile(path)) return undefined;
  return areas.find(({ pattern }) => pattern.test(path))?.area;
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Paths that a text names in backquotes and that have an ending, relative to its folder. */
export function pathsNamed(text: string): string[] {
  const named = [...text.matchAll(/`([\w@.-]+(?:\/[\w@.-]+)+\.\w{1,8})`/g)].map(([, path]) => path!);
  return [...new Set(named)].slice(0, 200);
}
