/** A reader with a fault behind four conditions, one within the other: what a fuzzer has to be led to. */
export function readWord(input: Buffer): string {
  const [first, second, third, fourth] = input.toString("latin1");
  if (first === ",") {
    if (second === "]") {
      if (third === ":") {
        if (fourth === "[") return "all of it";
        return "most of it";
      }
      return "half of it";
    }
    return "its beginning";
  }
  return "nothing of it";
}
