import { limits } from "../../protocol/collector.ts";
import { isDeeperThan } from "./depth.ts";

export function parseJson(bytes: Buffer): { ok: true; value: unknown } | { ok: false } {
  if (isDeeperThan(limits.depth, bytes)) {
    return { ok: false };
  }
  try {
    // A byte-order mark is not skipped: JSON on the wire has none.
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}
