import {
  CodeLensRefreshRequest,
  CodeLensRequest,
  HoverRequest,
  type ClientCapabilities,
  type Connection,
  type Disposable,
  type ServerCapabilities,
} from "vscode-languageserver/node";
import { reasonOf } from "../../protocol/errors.ts";
import type { ServerSettings } from "../../protocol/settings.ts";
import type { Host } from "../host.ts";
import { labelActionKind, labelCommand } from "./answers.ts";

/** How long what changed may settle before the editor is asked to draw its code lenses again. */
const settleMs = 1000;

interface Switchable {
  readonly isOn: (settings: ServerSettings) => boolean;
  readonly register: (connection: Connection) => Promise<Disposable>;
  /** The client lets it be registered and taken back while it runs. */
  readonly isDynamic: (client: ClientCapabilities) => boolean;
}

const switchables: Readonly<Record<"hover" | "codeLens", Switchable>> = {
  hover: {
    isOn: ({ hover }) => hover,
    register: (connection) => connection.client.register(HoverRequest.type, { documentSelector: null }),
    isDynamic: ({ textDocument }) => textDocument?.hover?.dynamicRegistration === true,
  },
  codeLens: {
    isOn: ({ codeLens }) => codeLens,
    register: (connection) =>
      connection.client.register(CodeLensRequest.type, { documentSelector: null, resolveProvider: false }),
    isDynamic: ({ textDocument }) => textDocument?.codeLens?.dynamicRegistration === true,
  },
};

/**
 * Tells the client what it can ask, as the settings have it: where the client allows, what is switched off is not
 * registered at all; elsewhere it is there and answers nothing.
 */
export class Providers {
  readonly #connection: Connection;
  readonly #client: ClientCapabilities;
  readonly #host: Host;
  readonly #registered = new Map<Switchable, Promise<Disposable | undefined>>();
  #settings: ServerSettings;
  #started = false;
  #stopSettling: (() => void) | undefined;

  constructor(options: {
    readonly connection: Connection;
    readonly client: ClientCapabilities;
    readonly host: Host;
    readonly settings: ServerSettings;
  }) {
    this.#connection = options.connection;
    this.#client = options.client;
    this.#host = options.host;
    this.#settings = options.settings;
  }

  /** What is said of it when the client connects. */
  get capabilities(): Partial<ServerCapabilities> {
    return {
      ...(switchables.hover.isDynamic(this.#client) ? {} : { hoverProvider: true }),
      ...(switchables.codeLens.isDynamic(this.#client)
        ? {}
        : { codeLensProvider: { resolveProvider: false } }),
      codeActionProvider: { codeActionKinds: [labelActionKind] },
      executeCommandProvider: { commands: [labelCommand] },
    };
  }

  isOn(name: keyof typeof switchables): boolean {
    return switchables[name].isOn(this.#settings);
  }

  /** Once the client has connected. */
  start(): void {
    this.#started = true;
    this.follow(this.#settings);
  }

  follow(settings: ServerSettings): void {
    this.#settings = settings;
    if (!this.#started) return;
    for (const switchable of Object.values(switchables)) {
      if (switchable.isDynamic(this.#client)) this.#switch(switchable, switchable.isOn(settings));
    }
  }

  /** Whose text is may have changed without any text having changed. */
  changed(): void {
    if (!this.isOn("codeLens") || this.#client.workspace?.codeLens?.refreshSupport !== true) return;
    this.#stopSettling ??= this.#host.startTimer(settleMs, () => {
      this.#stopSettling = undefined;
      void this.#connection.sendRequest(CodeLensRefreshRequest.type).catch((thrown: unknown) => {
        this.#host.log.warn(`The code lenses were not drawn again: ${reasonOf(thrown)}`);
      });
    });
  }

  stop(): void {
    this.#stopSettling?.();
  }

  #switch(switchable: Switchable, on: boolean): void {
    const registered = this.#registered.get(switchable);
    if (on === (registered !== undefined)) return;
    if (registered) {
      this.#registered.delete(switchable);
      void registered.then((registration) => registration?.dispose());
      return;
    }
    const registering = switchable.register(this.#connection).catch((thrown: unknown) => {
      this.#host.log.warn(`The editor did not take a provider: ${reasonOf(thrown)}`);
      return undefined;
    });
    this.#registered.set(switchable, registering);
  }
}
