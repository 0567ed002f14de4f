const quote = 0x22;
const backslash = 0x5c;
const [openBracket, closeBracket, openBrace, closeBrace] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * Whether JSON text nests deeper than a limit, found without parsing it: a megabyte of brackets is a hundred megabytes
 * of arrays. Of text that is no JSON the answer means nothing.
 */
export function isDeeperThan(limit: number, bytes: Buffer): boolean {
  let depth = 0;
  let inText = false;
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index];
    if (inText) {
      if (byte === backslash) {
        index++;
      } else if (byte === quote) {
        inText = false;
      }
    } else if (byte === quote) {
      inText = true;
    } else if (byte === openBracket || byte === openBrace) {
      depth++;
      if (depth > limit) {
        return true;
      }
    } else if (byte === closeBracket || byte === closeBrace) {
      depth--;
    }
  }
  return false;
}
