/** Names under which agents author or sign commits. Addresses are compared in lower case, as is what ends a name. */
const toolsByAddress: ReadonlyMap<string, string> = new Map([
  ["aider@aider.chat", "aider"],
  ["amp@ampcode.com", "amp"],
  ["codex@openai.com", "codex"],
  ["noreply@openai.com", "codex"],
  ["copilot@github.com", "github-copilot"],
  ["cursoragent@cursor.com", "cursor"],
  ["devin@cognition.ai", "devin"],
  ["noreply@aider.chat", "aider"],
  ["noreply@anthropic.com", "claude-code"],
  ["noreply@opencode.ai", "opencode"],
  ["openhands@all-hands.dev", "openhands"],
]);

/** What a service calls the accounts of its agents, without the number it may put before. */
const toolsByAccount: ReadonlyMap<string, string> = new Map([
  ["amp-code[bot]", "amp"],
  ["chatgpt-codex-connector[bot]", "codex"],
  ["claude[bot]", "claude-code"],
  ["copilot", "github-copilot"],
  ["copilot-swe-agent[bot]", "github-copilot"],
  ["cursor[bot]", "cursor"],
  ["devin-ai-integration[bot]", "devin"],
  ["factory-droid[bot]", "droid"],
  ["gemini-cli[bot]", "gemini-cli"],
  ["google-labs-jules[bot]", "jules"],
  ["openhands-agent", "openhands"],
]);

/** The tool behind `Name <address>`. A person whose name is a tool's is a person. */
export function toolOfIdentity(identity: string): string | undefined {
  const address = /<([^<>\s]+)>\s*$/.exec(identity)?.[1]?.toLowerCase();
  if (address === undefined) return undefined;
  const account = /^(?:\d+\+)?([^@]+)@users\.noreply\.github\.com$/.exec(address)?.[1];
  return account === undefined ? toolsByAddress.get(address) : toolsByAccount.get(account);
}
