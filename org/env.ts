import path from "node:path";
import * as z from "zod";
import { readFloor, smallestGroup } from "../core/protection/floor.ts";
import { invitationSchema, membershipSchema } from "../protocol/enrolment.ts";
import { mostConnections, usuallyOpen } from "./limits/limits.ts";
import { providerOf, providerVariables, type ProviderSettings } from "./access/provider/providerSettings.ts";

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
  KEPT_ORG_DATABASE_URL: {
    schema: z.url({ protocol: /^postgres(ql)?$/ }),
    expected: "an address that begins with postgres:// or postgresql://",
  },
  KEPT_ORG_PUBLIC_URL: {
    schema: invitationSchema.shape.endpoint
      .refine((address) => endpointOf(address) !== undefined)
      .transform((address) => endpointOf(address) ?? address),
    expected:
      "the address that editors reach the service at, such as https://kept.example.org; http is for this machine alone",
  },
  KEPT_ORG_FLOOR: {
    schema: z
      .string()
      .regex(/^\d{1,4}$/)
      .transform(Number)
      .refine((people) => readFloor(people).ok),
    expected: `a whole number from ${smallestGroup} to 1000: the fewest people a number can be about`,
  },
  KEPT_ORG_DEVICES_EACH: {
    schema: z.enum(["1", "2"]).transform((text): 1 | 2 => (text === "1" ? 1 : 2)),
    expected: "1 where each person gets an invitation of their own, else 2",
  },
  KEPT_ORG_RATE: {
    schema: z
      .string()
      .regex(/^\d{1,6}$/)
      .transform(Number)
      .refine((rate) => rate > 0),
    expected: "how many requests a device may send in a minute, from 1 to 999999",
  },
  KEPT_ORG_OPEN: {
    schema: z
      .string()
      .regex(/^\d{1,4}$/)
      .transform(Number)
      .refine((open) => open >= 8 && open <= mostConnections),
    expected: `how many requests of devices may be open at once, from 8 to ${mostConnections}`,
  },
  KEPT_ORG_REMOTES: {
    schema: z
      .string()
      .transform((text) => text.split(",").map((remote) => remote.trim()))
      .pipe(membershipSchema.shape.remotes),
    expected: "patterns of remotes, with commas between them, such as github.com/example/*",
  },
  KEPT_ORG_SIGNATURES: {
    schema: z.enum(["1", "2", "3"]).transform(Number),
    expected: "how many keys have to sign what is published, from 1 to 3",
  },
  ...providerVariables,
} as const;

type Name = keyof typeof variables;
export const variableNames = Object.keys(variables) as readonly Name[];

export interface Settings {
  readonly dataFolder: string;
  readonly host: string;
  readonly port: number;
  readonly logLevel: (typeof logLevels)[number];
  /** PostgreSQL; without it SQLite in the data folder. */
  readonly databaseUrl: string | undefined;
  /** Where editors reach the service; it stands in invitations. */
  readonly publicUrl: string | undefined;
  readonly floor: number;
  /** How many devices a person is taken to have. */
  readonly devicesEach: 1 | 2;
  /** Requests of one device in a minute. */
  readonly rate: number;
  /** Requests of devices that are taken in at once. */
  readonly open: number;
  readonly remotes: readonly string[];
  readonly signatures: number;
  /** An identity provider that vouches for those who open the console; without it keys do alone. */
  readonly provider: ProviderSettings | undefined;
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
      problems.push(`${name} is not a variable of kept-org. It knows ${variableNames.join(", ")}.`);
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
  const publicUrl = read("KEPT_ORG_PUBLIC_URL");
  const given = {
    issuer: read("KEPT_ORG_OIDC_ISSUER"),
    client: read("KEPT_ORG_OIDC_CLIENT"),
    secretFile: read("KEPT_ORG_OIDC_SECRET_FILE"),
    claim: read("KEPT_ORG_OIDC_CLAIM"),
    scopes: read("KEPT_ORG_OIDC_SCOPES"),
    roles: read("KEPT_ORG_OIDC_ROLES"),
  };
  // What is wrong in itself was said already; what follows from it would say it twice.
  const { provider, problems: missing } = providerOf(given, publicUrl);
  if (problems.length === 0) problems.push(...missing);
  const settings: Settings = {
    dataFolder: path.resolve(read("KEPT_ORG_DATA") ?? defaultDataFolder(environment, place)),
    host: read("KEPT_ORG_HOST") ?? "127.0.0.1",
    port: read("KEPT_ORG_PORT") ?? 4390,
    logLevel: read("KEPT_ORG_LOG") ?? "info",
    databaseUrl: read("KEPT_ORG_DATABASE_URL"),
    publicUrl,
    floor: read("KEPT_ORG_FLOOR") ?? smallestGroup,
    devicesEach: read("KEPT_ORG_DEVICES_EACH") ?? 2,
    rate: read("KEPT_ORG_RATE") ?? 30,
    open: read("KEPT_ORG_OPEN") ?? usuallyOpen,
    remotes: read("KEPT_ORG_REMOTES") ?? [],
    signatures: read("KEPT_ORG_SIGNATURES") ?? 1,
    provider,
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

/**
 * An address as editors and browsers write it: a name in small letters, and no port that is the usual one. Undefined where
 * editors do not send to it: over plain HTTP they do so to their own machine alone, by one of these names.
 */
export function endpointOf(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol, hostname, origin } = new URL(address);
  const isOwn = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
  return protocol === "https:" || (protocol === "http:" && isOwn) ? origin : undefined;
}

/** Everyone on this machine, and nobody else, can reach such a host. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(?:\.\d{1,3}){3}$/.test(host);
}
