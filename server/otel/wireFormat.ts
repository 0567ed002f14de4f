import { Malformed } from "./malformed.ts";

/** What of a message is wanted, by field number. Other fields are passed over without being read. */
export interface MessageShape {
  readonly [field: number]: {
    readonly name: string;
    readonly as:
      | "text"
      | "hex"
      | "number"
      | "boolean"
      | "double"
      | "fixed"
      | "signedFixed"
      | { readonly message: MessageShape; readonly repeated: boolean };
    /** Says of a message whether it is wanted at all, by the text in its first field. */
    readonly onlyIf?: (key: string) => boolean;
  };
}

type Message = Record<string, unknown>;

/** The last of these bits of a field's key says how its value is written. */
const wireTypes = { varint: 0, eightBytes: 1, lengthAndBytes: 2, fourBytes: 5 } as const;
/** A number of 64 bits has no more bytes. */
const longestVarint = 10;
/** Two bytes make a message, which takes a hundred in memory. */
const mostMessages = 500_000;

/**
 * Reads a message of protocol buffers: https://protobuf.dev/programming-guides/encoding. Shapes decide how deep it
 * goes, so that no input can take it deeper. Throws `Malformed`.
 */
export function readMessage(
  bytes: Uint8Array,
  shape: MessageShape,
  budget = { messages: mostMessages },
): Message {
  if (budget.messages-- <= 0) throw new Malformed("too many parts");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const message: Message = {};
  let at = 0;

  const varint = (): number => {
    let value = 0;
    for (let index = 0; index < longestVarint; index++) {
      const byte = bytes[at++];
      if (byte === undefined) throw new Malformed("a number ends too early");
      value += (byte & 0x7f) * 2 ** (7 * index);
      if (byte < 0x80) return value;
    }
    throw new Malformed("a number is too long");
  };
  const skip = (count: number): number => {
    const start = at;
    if (count > bytes.length - at) throw new Malformed("a field ends too early");
    at += count;
    return start;
  };

  while (at < bytes.length) {
    const key = varint();
    const wanted = shape[Math.floor(key / 8)];
    const kind = wanted?.as;
    switch (key % 8) {
      case wireTypes.varint: {
        const value = varint();
        if (kind === "number") message[wanted!.name] = value;
        else if (kind === "boolean") message[wanted!.name] = value !== 0;
        break;
      }
      case wireTypes.eightBytes: {
        const start = skip(8);
        if (kind === "double") message[wanted!.name] = view.getFloat64(start, true);
        else if (kind === "fixed") message[wanted!.name] = Number(view.getBigUint64(start, true));
        else if (kind === "signedFixed") message[wanted!.name] = Number(view.getBigInt64(start, true));
        break;
      }
      case wireTypes.lengthAndBytes: {
        const length = varint();
        const start = skip(length);
        if (wanted) take(message, wanted, { bytes: bytes.subarray(start, start + length), budget });
        break;
      }
      case wireTypes.fourBytes:
        skip(4);
        break;
      default:
        throw new Malformed("a field of no known kind");
    }
  }
  return message;
}

function take(
  message: Message,
  { name, as, onlyIf }: MessageShape[number],
  { bytes, budget }: { readonly bytes: Uint8Array; readonly budget: { messages: number } },
): void {
  if (as === "text") message[name] = new TextDecoder().decode(bytes);
  else if (as === "hex") message[name] = Buffer.from(bytes).toString("hex");
  else if (typeof as === "object") {
    if (onlyIf && !onlyIf(firstText(bytes, budget))) return;
    const inner = readMessage(bytes, as.message, budget);
    if (!as.repeated) message[name] = inner;
    else if (Array.isArray(message[name])) (message[name] as unknown[]).push(inner);
    else message[name] = [inner];
  }
}

const keyShape: MessageShape = { 1: { name: "key", as: "text" } };

function firstText(bytes: Uint8Array, budget: { messages: number }): string {
  const { key } = readMessage(bytes, keyShape, budget);
  return typeof key === "string" ? key : "";
}
