/** What was sent is of no agreed form. */
export class Malformed extends Error {}
