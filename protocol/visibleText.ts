import * as z from "zod";

/**
 * What can be seen, and line ends and tabs. Characters that are not seen can make people read another text than agents do: the
 * joiners and the sign for pictures are taken only where scripts and pictures need them, between letters that are not ASCII.
 */
const visible =
  /^(?:[^\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}]|[\n\r\t]|(?<=\p{Emoji})\u{FE0F}|(?<=[\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}\u{FE0F}])(?<![A-Za-z])[\u{200C}\u{200D}](?=[\p{L}\p{M}\p{Extended_Pictographic}])(?![A-Za-z]))*$/u;

/** A text that people are shown, or copy. */
export const visibleTextSchema = z
  .string()
  .regex(visible, { error: "expected a text without characters that cannot be seen" });
