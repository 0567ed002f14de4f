import type { ProxySettings } from "../../protocol/proxySettings.ts";

export interface Proxy {
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The proxy for an address: what the editor says, else what the environment says; none for what is left out of it. */
export function proxyFor(
  url: URL,
  settings: ProxySettings,
  environment: Readonly<Partial<Record<string, string>>>,
): Proxy | undefined {
  if (!settings.isUsed) return undefined;
  const read = (name: string) => environment[name.toLowerCase()] ?? environment[name] ?? "";
  const written = settings.address === "" ? read("HTTPS_PROXY") || read("ALL_PROXY") : settings.address;
  // Others read a proxy without a scheme as one of HTTP, too.
  const address = /^[a-z][a-z\d+.-]*:\/\//i.test(written) ? written : `http://${written}`;
  if (written === "" || !URL.canParse(address)) return undefined;
  if (isLeftOut(url, [...settings.leftOut, ...read("NO_PROXY").split(/[\s,]+/)])) return undefined;
  const { authorization } = settings;
  return { address, headers: authorization === "" ? {} : { "proxy-authorization": authorization } };
}

/** A list of hosts and endings of hosts, with or without a port; `*` is everything. */
function isLeftOut({ hostname, port }: URL, list: readonly string[]): boolean {
  return list
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "")
    .some((entry) => {
      const [, host, onlyPort] = /^(.*?)(?::(\d+))?$/.exec(entry)!;
      if (onlyPort !== undefined && onlyPort !== (port || "443")) return false;
      const ending = host!.replace(/^\*?\.?/, "").toLowerCase();
      return host === "*" || hostname === ending || hostname.endsWith(`.${ending}`);
    });
}
