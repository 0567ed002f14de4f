/** What the service takes from the world besides its store: time and chance. */
export interface Host {
  /** Milliseconds since 1970. */
  now(): number;
  /** A prefix and 256 random bits, in letters that survive a shell and a header. */
  secret(prefix: string): string;
  /** A new random UUID, version 4. */
  id(): string;
  /** A random number from 0 to 1. */
  fraction(): number;
}
