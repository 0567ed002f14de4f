import path from "node:path";
import { parseArgs } from "node:util";
import { cacheFolder } from "../paths.ts";

export interface StartOptions {
  /** A sample workspace with a made-up history, apart from everything of the user's. */
  readonly demo: boolean;
  /** Where VS Code in the browser is served. */
  readonly port: number | undefined;
  /** Ends after it has said where to look. For tests. */
  readonly once: boolean;
  /** VS Code in the browser even where there is an editor. */
  readonly browser: boolean;
  /** Where the demonstration keeps its files; what is there is removed first. */
  readonly folder: string;
}

const usage = "npm start [-- --demo] [--folder PATH] [--port NUMBER] [--browser] [--once]";

export function readOptions(args: readonly string[]): StartOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      demo: { type: "boolean", default: false },
      folder: { type: "string", default: path.join(cacheFolder, "demo") },
      port: { type: "string" },
      browser: { type: "boolean", default: false },
      once: { type: "boolean", default: false },
    },
  });
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port < 65_536)) {
    throw new Error(`--port takes a number below 65536.\n${usage}`);
  }
  const { demo, once, browser } = values;
  return { demo, port, once, browser, folder: path.resolve(values.folder) };
}
