import path from "node:path";
import * as z from "zod";

const logLevels = ["silent", "fatal", "error", "warn", "info", "debug"] as const;

const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .refine((value) => value <= 65535);

/** One row for each variable: its form, in the words of the sentence that refuses a wrong value. */
const variables = {
  KEPT_ORG_DATA: { schema: z.string().min(1), expected: "the path of a folder" },
  KEPT_ORG_HOST: { schema: z.string().min(1).max(255), expected: "a host name or address to listen on" },
  KEPT_ORG_PORT: { schema: port, expected: "a whole number from 0 to 65535, 0 meaning any free port" },
  KEPT_ORG_LOG: { schema: z.enum(logLevels), expected: `one of ${logLevels.join(", ")}` },
  KEPT_ORG_TOKEN: {
    schema: z.string().regex(/^[\x21-\x7e]{16,256}$/),
    expected: "16 to 256 printable characters without spaces",
  },
  KEPT_ORG_DATABASE_URL: {
    schema: z.url({ protocol: /^postgres(ql)?$/ }),
    expected: "an address that begins with postgres:// or postgresql://",
  },
} as const;

type Name = keyof typeof variables;
const names = Object.keys(variables) as Name[];

export interface Settings {
  readonly dataFolder: string;
  readonly host: string;
  readonly port: number;
  readonly logLevel: (typeof logLevels)[number];
  /** Set by the operator; without it the service makes one of its own and keeps it in the data folder. */
  readonly token: string | undefined;
  /** PostgreSQL; without it SQLite in the data folder. */
  readonly databaseUrl: string | undefined;
  /** SQLite's native part, where it does not lie in node_modules. */
  readonly nativeBinding: string | undefined;
}

export interface Place {
  readonly homeFolder: string;
  readonly platform: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the settings, or says in one sentence for each variable what is wrong with it. Never prints a value. */
export function readSettings(
  environment: Environment,
  place: Place,
): { ok: true; settings: Settings } | { ok: false; problems: string[] } {
  const problems: string[] = [];
  for (const name of Object.keys(environment)) {
    if (name.startsWith("KEPT_ORG_") && !Object.hasOwn(variables, name)) {
      problems.push(`${name} is not a variable of kept-org. It knows ${names.join(", ")}.`);
    }
  }
  const read = <Known extends Name>(
    name: Known,
  ): z.infer<(typeof variables)[Known]["schema"]> | undefined => {
    const value = environment[name];
    if (value === undefined) {
      return undefined;
    }
    const parsed = variables[name].schema.safeParse(value);
    if (!parsed.success) {
      problems.push(`${name} must be ${variables[name].expected}.`);
      return undefined;
    }
    return parsed.data as z.infer<(typeof variables)[Known]["schema"]>;
  };
  const settings: Settings = {
    dataFolder: path.resolve(read("KEPT_ORG_DATA") ?? defaultDataFolder(environment, place)),
    host: read("KEPT_ORG_HOST") ?? "127.0.0.1",
    port: read("KEPT_ORG_PORT") ?? 4390,
    logLevel: read("KEPT_ORG_LOG") ?? "info",
    token: read("KEPT_ORG_TOKEN"),
    databaseUrl: read("KEPT_ORG_DATABASE_URL"),
    nativeBinding: environment["KEPT_NATIVE"] || undefined,
  };
  return problems.length === 0 ? { ok: true, settings } : { ok: false, problems };
}

function defaultDataFolder(environment: Environment, { homeFolder, platform }: Place): string {
  if (platform === "darwin") {
    return path.join(homeFolder, "Library", "Application Support", "Kept Org");
  }
  if (platform === "win32") {
    return path.join(environment["LOCALAPPDATA"] || path.join(homeFolder, "AppData", "Local"), "Kept Org");
  }
  return path.join(environment["XDG_DATA_HOME"] || path.join(homeFolder, ".local", "share"), "kept-org");
}

/** Everyone on this machine, and nobody else, can reach such a host. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(?:\.\d{1,3}){3}$/.test(host);
}
