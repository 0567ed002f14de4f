import * as z from "zod";

/**
 * Imported before any schema is made: the parser would otherwise try whether it may compile code, and the page's
 * policy reports each try.
 */
z.config({ jitless: true });
