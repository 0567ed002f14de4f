import type * as vscode from "vscode";
import {
  fixedHeadersSchema,
  sinkHeadersSchema,
  type FixedHeaders,
  type TypedHeaders,
} from "../../protocol/sink.ts";
import { whyInvalid } from "../../protocol/errors.ts";

export type HeadersReading =
  { readonly ok: true; readonly headers: FixedHeaders } | { readonly ok: false; readonly reason: string };

/** As `OTEL_EXPORTER_OTLP_HEADERS` has them: `name=value,other=value`, with what is special percent-encoded. */
export function readHeaders(text: string): HeadersReading {
  const headers: Record<string, string> = {};
  for (const part of text.split(",").filter((each) => each.trim() !== "")) {
    const at = part.indexOf("=");
    if (at < 1) return { ok: false, reason: `expected name=value` };
    headers[part.slice(0, at).trim()] = decoded(part.slice(at + 1).trim());
  }
  const parsed = fixedHeadersSchema.safeParse(headers);
  return parsed.success
    ? { ok: true, headers: parsed.data }
    : { ok: false, reason: whyInvalid(parsed.error) };
}

/** A `%` that begins no code stands for itself. */
function decoded(value: string): string {
  return value.replace(/(?:%[\da-f]{2})+/gi, (codes) =>
    Buffer.from(codes.replaceAll("%", ""), "hex").toString("latin1"),
  );
}

const secret = "kept.sinkHeaders";

/** The header fields of an OTLP collector: in the editor's secret storage alone, because they may open it. */
export class SinkHeaders {
  readonly #secrets: vscode.SecretStorage;

  constructor(secrets: vscode.SecretStorage) {
    this.#secrets = secrets;
  }

  /** What is not as it was written is as if it were not there. */
  async read(): Promise<TypedHeaders | undefined> {
    const text = await this.#secrets.get(secret);
    return text === undefined ? undefined : sinkHeadersSchema.safeParse(JSON.parse(text)).data;
  }

  async write(typed: TypedHeaders): Promise<void> {
    if (Object.keys(typed.headers).length === 0) return this.forget();
    await this.#secrets.store(secret, JSON.stringify(typed));
  }

  async forget(): Promise<void> {
    await this.#secrets.delete(secret);
  }

  onChanged(listener: () => void): vscode.Disposable {
    return this.#secrets.onDidChange(({ key }) => {
      if (key === secret) listener();
    });
  }
}
