const names: ReadonlySet<string> = new Set([
  "bun.lock",
  "Cargo.lock",
  "composer.lock",
  "flake.lock",
  "Gemfile.lock",
  "go.sum",
  "gradle.lockfile",
  "npm-shrinkwrap.json",
  "package-lock.json",
  "packages.lock.json",
  "Pipfile.lock",
  "pnpm-lock.yaml",
  "poetry.lock",
  "uv.lock",
  "yarn.lock",
]);
const folders = /(?:^|\/)(?:node_modules|vendor|third_party|dist|__snapshots__)\//;
const endings = /(?:\.min\.(?:js|css)|\.map|\.snap|\.g\.dart|\.pb\.go|_pb2\.py|\.designer\.cs)$/i;

/** Whether a path is one of those that nobody writes by hand: generated, vendored, locked, or a snapshot. */
export function isSetApart(path: string): boolean {
  return names.has(path.slice(path.lastIndexOf("/") + 1)) || folders.test(path) || endings.test(path);
}
