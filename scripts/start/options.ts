import { parseArgs } from "node:util";

export interface StartOptions {
  /** A sample workspace with a made-up history, apart from everything of the user's. */
  readonly demo: boolean;
  /** Where VS Code in the browser is served. */
  readonly port: number | undefined;
  /** Ends after it has said where to look. For tests. */
  readonly once: boolean;
  /** VS Code in the browser even where there is an editor. */
  readonly browser: boolean;
}

const usage = "npm start [-- --demo] [--port NUMBER] [--browser] [--once]";

export function readOptions(args: readonly string[]): StartOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      demo: { type: "boolean", default: false },
      port: { type: "string" },
      browser: { type: "boolean", default: false },
      once: { type: "boolean", default: false },
    },
  });
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port < 65_536)) {
    throw new Error(`--port takes a number below 65536.\n${usage}`);
  }
  return { demo: values.demo, port, once: values.once, browser: values.browser };
}
