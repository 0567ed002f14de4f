import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { JSONPath } from "jsonc-parser";
import * as z from "zod";
import { parsed } from "../agents/fields.ts";
import { emptyPlaces } from "./jsonText.ts";

const schema = z.array(z.string());
const pathSchema = z.array(z.array(z.string()));
/** More than all tools' files and folders, and what is empty in them. */
const mostPlaces = 500;

/**
 * Which files and folders of tools were not there before Kept wrote: they are no tool's, and go again with what Kept wrote.
 * And in which groups and lists of a file nothing was: these stay.
 */
export class MadePlaces {
  readonly #file: string;

  /** Beside the shim, in Kept's own folder. */
  constructor(folder: string) {
    this.#file = path.join(folder, "bin", "made.json");
  }

  has(place: string): boolean {
    return this.#read().includes(place);
  }

  /** Makes the folder of a file that is not there yet, and keeps in mind what was not there before. */
  make(file: string): void {
    const folder = path.dirname(file);
    const first = mkdirSync(folder, { recursive: true });
    const made = [file];
    for (let each = folder; first !== undefined && !path.relative(first, each).startsWith("..");) {
      made.push(each);
      each = path.dirname(each);
    }
    this.#write([...this.#read(), ...made]);
  }

  /** The file is gone: so go the folders that were made for it, as far as nothing else is in them. */
  takeAway(file: string): void {
    const known = new Set(this.#read().filter((place) => place !== file && !place.startsWith(placeIn(file))));
    for (
      let folder = path.dirname(file);
      known.has(folder) && isRemoved(folder);
      folder = path.dirname(folder)
    )
      known.delete(folder);
    this.#write([...known]);
  }

  /** Where Kept put something into what was there with nothing in it. */
  emptyIn(file: string): JSONPath[] {
    return this.#read()
      .filter((place) => place.startsWith(placeIn(file)))
      .flatMap((place) => pathSchema.safeParse(parsed(place.slice(placeIn(file).length))).data ?? []);
  }

  /** What a file had before Kept wrote, where that was nothing but white space; undefined where it was not. */
  blankOf(file: string): string | undefined {
    const told = this.#read().filter((place) => place.startsWith(placeIn(file)));
    return told
      .map((place) => parsed(place.slice(placeIn(file).length)))
      .find((each) => typeof each === "string");
  }

  /** A file was written anew. */
  filled(file: string, before: string, after: string): void {
    const placesIn = (text: string) =>
      emptyPlaces(text).map((each) => `${placeIn(file)}${JSON.stringify([each])}`);
    const empty = placesIn(after);
    const blank = (text: string) => (text.trim() === "" ? [`${placeIn(file)}${JSON.stringify(text)}`] : []);
    const again = [...empty, ...blank(after)];
    const told = [...this.#read(), ...placesIn(before), ...(this.has(file) ? [] : blank(before))];
    this.#write(told.filter((place) => !again.includes(place)));
  }

  #read(): readonly string[] {
    if (!existsSync(this.#file)) return [];
    return schema.safeParse(parsed(readFileSync(this.#file, "utf8"))).data ?? [];
  }

  #write(places: readonly string[]): void {
    mkdirSync(path.dirname(this.#file), { recursive: true, mode: 0o700 });
    const all = [...new Set(places)].slice(-mostPlaces);
    writeFileSync(this.#file, JSON.stringify(all), { mode: 0o600 });
  }
}

/** What begins the name of a place within a file. */
function placeIn(file: string): string {
  return `${file}\n`;
}

function isRemoved(folder: string): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch {
    return false;
  }
}
