/** The proxy for an address: what the editor says, else what the environment says; none for what is left out of it. */
export function proxyFor(
  url: URL,
  setting: string,
  environment: Readonly<Partial<Record<string, string>>>,
): string | undefined {
  const read = (name: string) => environment[name.toLowerCase()] ?? environment[name] ?? "";
  const proxy = setting === "" ? read("HTTPS_PROXY") || read("ALL_PROXY") : setting;
  if (proxy === "" || !URL.canParse(proxy) || isLeftOut(url, read("NO_PROXY"))) return undefined;
  return proxy;
}

/** `NO_PROXY` is a list of hosts and endings of hosts, with or without a port; `*` is everything. */
function isLeftOut({ hostname, port }: URL, list: string): boolean {
  return list
    .split(/[\s,]+/)
    .filter((entry) => entry !== "")
    .some((entry) => {
      const [, host, onlyPort] = /^(.*?)(?::(\d+))?$/.exec(entry)!;
      if (onlyPort !== undefined && onlyPort !== (port || "443")) return false;
      const ending = host!.replace(/^\*?\.?/, "").toLowerCase();
      return host === "*" || hostname === ending || hostname.endsWith(`.${ending}`);
    });
}
