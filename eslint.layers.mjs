/**
 * Which folder may import what. The arrows of ARCHITECTURE.md, enforced: eslint.config.mjs turns each row into a
 * lint rule, and a test proves that every forbidden import is refused.
 */

const node = ["node:*"];
const editor = ["vscode"];
const languageClient = ["vscode-languageclient", "vscode-languageclient/*"];
const languageServer = ["vscode-languageserver", "vscode-languageserver/*"];
const database = ["better-sqlite3", "pg"];
const page = ["lit", "lit/*", "@vscode-elements/*", "d3-*"];
const web = ["fastify", "@fastify/*"];
const identityProvider = ["openid-client"];
const everyPackage = [
  ...[...node, ...editor, ...languageClient, ...languageServer, ...database, ...page, ...web],
  ...identityProvider,
];
const without = (...allowed) => everyPackage.filter((name) => !allowed.flat().includes(name));

const folders = ["protocol", "core", "extension", "server", "webview", "org", "scripts", "test", "bench"];
const otherFoldersThan = (...allowed) =>
  folders.filter((name) => !allowed.includes(name)).flatMap((name) => [`**/${name}/**`]);

/** @type {Record<string, { folders: string[], packages: string[] }>} what each folder may not import */
export const forbidden = {
  protocol: { folders: otherFoldersThan("protocol"), packages: without() },
  core: { folders: otherFoldersThan("core", "protocol"), packages: [...without(), "zod"] },
  extension: {
    folders: otherFoldersThan("extension", "core", "protocol"),
    packages: without(node, editor, languageClient),
  },
  server: {
    folders: otherFoldersThan("server", "core", "protocol"),
    packages: without(node, languageServer, "better-sqlite3"),
  },
  webview: { folders: otherFoldersThan("webview", "core", "protocol"), packages: without(page) },
  org: {
    folders: otherFoldersThan("org", "core", "protocol"),
    packages: without(node, database, web, identityProvider),
  },
};

/** The few files that may do what their folder may not. */
export const exceptions = {
  /** The console is a page, and shares the panel's components. */
  "org/console/**": {
    folders: otherFoldersThan("org", "webview", "core", "protocol"),
    packages: without(page),
  },
};

/** Packages that one file alone may import. */
export const onlyImportedBy = {
  "better-sqlite3": ["server/store/sqlite/open.ts", "org/store/sqlite/open.ts"],
  "openid-client": ["org/access/provider/provider.ts"],
};
