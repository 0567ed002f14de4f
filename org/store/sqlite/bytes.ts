/** Ids and pseudonyms are 128 bits, written in hexadecimal with or without hyphens. */
export function bytesOf(hexadecimal: string): Buffer {
  return Buffer.from(hexadecimal.replaceAll("-", ""), "hex");
}
