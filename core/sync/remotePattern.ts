/**
 * A remote as it is compared: host and path alone, such as `github.com/example/service`. The ways to write the same one
 * differ in scheme, user, port and ending.
 */
export function comparedRemote(url: string): string | undefined {
  const text = url.trim();
  const written = /^[a-z][a-z\d+.-]*:\/\/(?:[^@/]*@)?([^:/]+)(?::\d+)?\/+(.+)$/i.exec(text);
  const short = /^(?:[^@/:]+@)?([^:/\\]{2,}):(?!\/\/)\/*(.+)$/.exec(text);
  const [, host, path] = written ?? short ?? [];
  if (host === undefined || path === undefined) return undefined;
  return `${host}/${path}`
    .toLowerCase()
    .replace(/\/+$/, "")
    .replace(/\.git$/, "");
}

/** Whether one of the patterns fits; `*` stands for anything, and nothing else in them is special. */
export function isListed(remote: string, patterns: readonly string[]): boolean {
  const compared = comparedRemote(remote);
  return compared !== undefined && patterns.some((pattern) => fits(compared, pattern.trim().toLowerCase()));
}

function fits(text: string, pattern: string): boolean {
  const parts = pattern.split("*");
  const first = parts.shift()!;
  const last = parts.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of parts) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
