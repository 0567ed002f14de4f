import { BlockList, isIP } from "node:net";

const loopbackHosts = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** A service on this very machine, which somebody tries out: only an address that says so itself. */
export function isLoopback(url: URL): boolean {
  return loopbackHosts.has(url.hostname);
}

/** Why an address is no endpoint of Kept's, in words; undefined for one that is. */
export function whyNoEndpoint(text: string): string | undefined {
  if (!URL.canParse(text)) return "it is no address";
  const url = new URL(text);
  if (url.username !== "" || url.password !== "") return "it has a name or a password in it";
  if (url.origin !== text) return "it has more than a scheme, a host and a port";
  return whyUnsafe(url);
}

/** The same of a collector that is not Kept's, which may lie below a path. */
export function whyNoSink(text: string): string | undefined {
  if (!URL.canParse(text)) return "it is no address";
  const url = new URL(text);
  if (url.username !== "" || url.password !== "") return "it has a name or a password in it";
  if (`${url.origin}${url.pathname === "/" ? "" : url.pathname}` !== text)
    return "it has more than a scheme, a host, a port and a path";
  return whyUnsafe(url);
}

function whyUnsafe(url: URL): string | undefined {
  if (url.protocol === "http:" && isLoopback(url)) return undefined;
  if (url.protocol !== "https:") return "it does not begin with https://";
  const address = url.hostname.replace(/^\[|\]$/g, "");
  if (!isLoopback(url) && isIP(address) > 0 && isForbiddenAddress(address))
    return "it leads to an address of this machine";
  return undefined;
}

/** Addresses at which no organisation's service is, but a machine's own secrets may be. */
const forbidden = new BlockList();
forbidden.addSubnet("0.0.0.0", 8, "ipv4");
forbidden.addSubnet("127.0.0.0", 8, "ipv4");
forbidden.addSubnet("169.254.0.0", 16, "ipv4");
// Where clouds answer for a machine, beside the link's own addresses.
forbidden.addAddress("100.100.100.200", "ipv4");
forbidden.addAddress("168.63.129.16", "ipv4");
forbidden.addSubnet("192.0.0.0", 24, "ipv4");
// Many machines at once, and none.
forbidden.addSubnet("224.0.0.0", 3, "ipv4");
forbidden.addSubnet("ff00::", 8, "ipv6");
// The unspecified address, this machine, and the old form of IPv4 addresses within IPv6.
forbidden.addSubnet("::", 96, "ipv6");
// The same IPv4 addresses as a translating network writes them.
forbidden.addSubnet("64:ff9b::", 104, "ipv6");
forbidden.addSubnet("64:ff9b::7f00:0", 104, "ipv6");
forbidden.addSubnet("64:ff9b::a9fe:0", 112, "ipv6");
forbidden.addSubnet("64:ff9b:1::", 48, "ipv6");
// IPv4 addresses as a tunnel writes them, of which no service is reached.
forbidden.addSubnet("2002::", 16, "ipv6");
forbidden.addSubnet("fe80::", 10, "ipv6");
forbidden.addSubnet("fd00:ec2::", 32, "ipv6");
forbidden.addSubnet("fd20:ce::", 32, "ipv6");

export function isForbiddenAddress(address: string): boolean {
  return forbidden.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}
