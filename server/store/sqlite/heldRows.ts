import { addDays } from "../../../core/day.ts";
import type { SumsRange } from "../store.ts";

/** Rows of more days than that are read each time: a report may ask of years. */
const mostDays = 200;
const dayMs = 86_400_000;
/** Questions of which rows are held, such as those of a window's folders and of all. */
const mostQuestions = 4;
/** Whole answers that are held, of each kind. */
const mostAnswers = 24;
/** The same of answers of thousands of rows. */
export const mostLongAnswers = 2;

/** Goes up with everything that is written, by this process or another; undefined where nobody says. */
export type Revision = () => number | undefined;

interface HeldDays<Row> {
  readonly from: string;
  readonly to: string;
  readonly days: ReadonlyMap<string, readonly Row[]>;
}

/**
 * Reads rows of days, each day once for as long as nothing is written: periods lie within each other, and each is compared
 * with the one before. Rows come in the order of their days, and within a day as they were read.
 */
export function holdDays<Range extends SumsRange, Row extends { readonly day: string }>(
  revision: Revision,
  read: (range: Range) => Row[],
): (range: Range) => Row[] {
  const held = holding<HeldDays<Row>>(revision, mostQuestions);
  return (range) => {
    const { from, to, ...question } = range;
    const all = held();
    const key = JSON.stringify(question);
    const known = all?.get(key);
    if (!all || from > to || isLong(from, to)) return read(range);
    const wider = (known && widened(known, range, read)) ?? { from, to, days: byDay(read(range)) };
    all.set(key, wider);
    return [...wider.days.keys()]
      .filter((day) => from <= day && day <= to)
      .sort()
      .flatMap((day) => wider.days.get(day)!);
  };
}

/** Gives the same answer to the same question, for as long as nothing is written. Long answers are held of few questions. */
export function holdAnswers<Question extends readonly unknown[], Answer>(
  revision: Revision,
  read: (...question: Question) => Answer,
  most = mostAnswers,
): (...question: Question) => Answer {
  const held = holding<{ readonly answer: Answer }>(revision, most);
  return (...question) => {
    const all = held();
    const key = JSON.stringify(question);
    const known = all?.get(key) ?? { answer: read(...question) };
    all?.set(key, known);
    return known.answer;
  };
}

/** What was held goes with anything that is written, and the oldest where there is too much. */
function holding<Value>(revision: Revision, most: number): () => Map<string, Value> | undefined {
  const held = new Map<string, Value>();
  let at: number | undefined;
  return () => {
    const now = revision();
    if (now !== at || held.size > most) held.clear();
    at = now;
    return now === undefined ? undefined : held;
  };
}

/** What is held with the days that are missing; undefined where that leaves days out between, or is too much. */
function widened<Range extends SumsRange, Row extends { readonly day: string }>(
  { from, to, days }: HeldDays<Row>,
  range: Range,
  read: (range: Range) => Row[],
): HeldDays<Row> | undefined {
  const [first, last] = [range.from < from ? range.from : from, range.to > to ? range.to : to];
  if (range.from > addDays(to, 1) || range.to < addDays(from, -1) || isLong(first, last)) return undefined;
  const missing = [
    ...(first < from ? [{ ...range, to: addDays(from, -1) }] : []),
    ...(last > to ? [{ ...range, from: addDays(to, 1) }] : []),
  ];
  return {
    from: first,
    to: last,
    days: new Map([...days, ...missing.flatMap((each) => [...byDay(read(each))])]),
  };
}

function byDay<Row extends { readonly day: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const days = new Map<string, Row[]>();
  for (const row of rows) {
    const own = days.get(row.day);
    if (own) own.push(row);
    else days.set(row.day, [row]);
  }
  return days;
}

/** What is no day is as long as can be. */
function isLong(from: string, to: string): boolean {
  return !(Date.parse(to) - Date.parse(from) < mostDays * dayMs);
}
