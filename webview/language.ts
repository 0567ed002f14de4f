import { unbroken } from "../core/percent.ts";
import { writeMoney } from "../core/requests/money.ts";
import { daysWriter, weekDays } from "../core/weekDays.ts";
import type { PluralForms, Strings } from "./strings.ts";

type Values = Readonly<Record<string, string | number>>;

/** The texts and the way numbers and days are written in one language. */
export interface Language {
  readonly text: Strings;
  /** Puts values into a text. */
  readonly fill: (template: string, values: Values) => string;
  /** A whole number, in full. */
  readonly count: (value: number) => string;
  /** A whole number, shortened from a million on, for narrow places. */
  readonly short: (value: number) => string;
  /** A whole number as short as can be, for an axis. */
  readonly tick: (value: number) => string;
  /** A length of time in its largest unit that leaves a whole number, for example "15 min". */
  readonly duration: (milliseconds: number) => string;
  /** A number with as many places as say something: three digits in all. */
  readonly decimal: (value: number) => string;
  /** An amount in US dollars, the currency of the list prices, with as many digits as the one that it stands beside. */
  readonly money: (value: number, beside?: number) => string;
  /** A share between 0 and 1. It says 0 % and 100 % only of shares that are exactly that. */
  readonly percent: (share: number) => string;
  /** Two bounds of a share. */
  readonly interval: (low: number, high: number) => string;
  /** A counted noun, for example "412 edits". */
  readonly plural: (forms: PluralForms, count: number) => string;
  /** A day such as 2026-01-31, for example "31 Jan". */
  readonly day: (day: string) => string;
  /** The same with its weekday and year. */
  readonly longDay: (day: string) => string;
  /** The hour that starts at this one, for example "14:00–15:00". */
  readonly hour: (hour: number) => string;
  /** A moment of the person's own clock, for example "20 Nov, 14:05". */
  readonly moment: (milliseconds: number) => string;
  /** The days from one to another, for example "Nov 16–22". */
  readonly period: (from: string, to: string) => string;
  /** A week, by its Monday or its ISO name, is called by its days. */
  readonly week: (week: string) => string;
}

export function makeLanguage(locale: string, text: Strings): Language {
  const known = knownLocale(locale);
  const whole = new Intl.NumberFormat(known, { maximumFractionDigits: 0 });
  const compact = new Intl.NumberFormat(known, { notation: "compact", maximumSignificantDigits: 3 });
  const precise = new Intl.NumberFormat(known, { maximumSignificantDigits: 3 });
  const plurals = new Intl.PluralRules(known);
  const dayFormat = new Intl.DateTimeFormat(known, { day: "numeric", month: "short", timeZone: "UTC" });
  const longDayFormat = new Intl.DateTimeFormat(known, {
    ...{ weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC" },
  });

  const momentFormat = new Intl.DateTimeFormat(known, {
    day: "numeric",
    month: "short",
    hour: "numeric",
    minute: "2-digit",
  });

  const finite = (value: number, write: () => string) => (Number.isFinite(value) ? write() : text.nothing);
  const count = (value: number) => finite(value, () => whole.format(value));
  const wholePercent = (share: number) => whole.format(Math.round(share * 100));
  const day = (value: string) => writeDay(dayFormat, value);
  const days = daysWriter(known);

  return {
    text,
    fill,
    count,
    duration: (milliseconds) => {
      const { seconds, minutes, hours } = text.scorecard.units;
      const inSeconds = milliseconds / 1000;
      if (inSeconds % 3600 === 0 && inSeconds > 0) return fill(hours, { n: count(inSeconds / 3600) });
      if (inSeconds % 60 === 0 && inSeconds > 0) return fill(minutes, { n: count(inSeconds / 60) });
      return fill(seconds, { n: count(inSeconds) });
    },
    decimal: (value) => finite(value, () => precise.format(value)),
    money: (value, beside = value) =>
      finite(value, () =>
        writeMoney(value, beside, (dollars, digits) => dollars.toLocaleString(known, digits)),
      ),
    tick: (value) => finite(value, () => compact.format(value)),
    short: (value) => (value < 1_000_000 ? count(value) : finite(value, () => compact.format(value))),
    percent: (share) =>
      finite(share, () => {
        if (share > 0 && share < 0.005) return text.belowOnePercent;
        if (share < 1 && share >= 0.995) return text.aboveNinetyNinePercent;
        return fill(text.percent, { n: wholePercent(share) });
      }),
    interval: (low, high) => fill(text.interval, { low: wholePercent(low), high: wholePercent(high) }),
    plural: (forms, value) =>
      fill(plurals.select(value) === "one" ? forms.one : forms.other, { n: count(value) }),
    day,
    longDay: (value) => writeDay(longDayFormat, value),
    hour: (value) => fill(text.hour, { from: clockHour(value), to: clockHour(value + 1) }),
    moment: (milliseconds) => finite(milliseconds, () => momentFormat.format(milliseconds)),
    period: days,
    week: (value) => weekDays(value, days),
  };
}

export function fill(template: string, values: Values): string {
  return unbroken(template.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole)));
}

function clockHour(hour: number): string {
  return `${String(hour).padStart(2, "0")}:00`;
}

/** Days are calendar days without a time zone: they are read and written as UTC, so that none shifts. */
function writeDay(format: Intl.DateTimeFormat, day: string): string {
  const at = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(at) ? day : format.format(at);
}

/** The page's language comes from outside: one that cannot be used falls back to the runtime's own. */
function knownLocale(locale: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(locale)[0];
  } catch {
    return undefined;
  }
}
