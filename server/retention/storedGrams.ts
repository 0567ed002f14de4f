import * as z from "zod";
import {
  gramsOfList,
  listGrams,
  type StoredEdit,
  type StoredPiece,
} from "../../core/retention/recoveredEdit.ts";
import type { Grams } from "../../core/retention/fourGram.ts";
import type { FollowedRow } from "../store/store.ts";

/** Length and, as bytes in base64, one hash of four bytes for each stretch. */
const gramsSchema = z.tuple([z.int().nonnegative(), z.string()]);
const piecesSchema = z.array(z.tuple([gramsSchema, gramsSchema, z.number().min(0).max(1)]));

export function writePieces(pieces: StoredEdit["pieces"]): string | null {
  if (!pieces) return null;
  const rows = pieces.map(({ inserted, replaced, insertedToReplaced }) => [
    writeGrams(inserted),
    writeGrams(replaced),
    insertedToReplaced,
  ]);
  return JSON.stringify(rows);
}

export function readStoredEdit({ insertedChars, pieces }: FollowedRow): StoredEdit {
  const parsed = pieces === null ? undefined : piecesSchema.safeParse(JSON.parse(pieces)).data;
  const read = parsed?.map(([inserted, replaced, insertedToReplaced]): StoredPiece | undefined => {
    const [first, second] = [readGrams(inserted), readGrams(replaced)];
    return first && second && { inserted: first, replaced: second, insertedToReplaced };
  });
  const isWhole = read?.every((piece) => piece !== undefined);
  return { insertedChars, pieces: isWhole ? read : undefined };
}

function writeGrams(grams: Grams<number>): z.infer<typeof gramsSchema> {
  const bytes = new Uint8Array(Uint32Array.from(listGrams(grams)).buffer);
  return [grams.length, Buffer.from(bytes).toString("base64")];
}

function readGrams([length, text]: z.infer<typeof gramsSchema>): Grams<number> | undefined {
  const bytes = Buffer.from(text, "base64");
  const hashes = Array.from({ length: bytes.length >> 2 }, (_, index) => bytes.readUInt32LE(index * 4));
  return gramsOfList(length, hashes);
}
