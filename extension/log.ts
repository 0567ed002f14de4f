import * as vscode from "vscode";

/** Kept's output channel. */
export interface Log {
  readonly channel: vscode.LogOutputChannel;
  /** The channel goes, and what is said after that goes nowhere. */
  dispose(): void;
}

/**
 * The language client says something about its process even after it was disposed, and the editor's channel throws
 * once it is closed; so what is said late is passed over here.
 */
export function openLog(name: string): Log {
  const real = vscode.window.createOutputChannel(name, { log: true });
  let isOpen = true;
  const channel = new Proxy(real, {
    get: (target, property) => {
      const value: unknown = Reflect.get(target, property);
      if (typeof value !== "function") return value;
      return (...said: unknown[]): unknown => (isOpen ? Reflect.apply(value, target, said) : undefined);
    },
  });
  return {
    channel,
    dispose: () => {
      isOpen = false;
      real.dispose();
    },
  };
}
