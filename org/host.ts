/** What the service takes from the world besides its store: time and chance. */
export interface Host {
  /** Milliseconds since 1970. */
  now(): number;
  /** A new secret of at least 256 bits, in letters that survive a shell and a header. */
  secret(): string;
}
