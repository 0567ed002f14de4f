import type { Page } from "playwright-core";
import type { FakeHost } from "./fakeHost.ts";
import type { usual } from "./summaries.ts";

/** A state of the panel that somebody designed. */
export interface Scene {
  readonly summary: typeof usual;
  readonly prepare?: (host: FakeHost) => void;
  readonly stored?: unknown;
  /** A state of one column at any width: read by axe once a theme. */
  readonly oneColumn?: true;
  /** Text that must be there before the picture is taken. */
  readonly waitFor: string;
  /** Done before the picture is taken. */
  readonly act?: (page: Page) => Promise<void>;
}
