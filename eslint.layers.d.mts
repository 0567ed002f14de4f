interface Layer {
  readonly folders: readonly string[];
  readonly packages: readonly string[];
}

export declare const forbidden: Readonly<Record<string, Layer>>;
export declare const exceptions: Readonly<Record<string, Layer>>;
export declare const onlyImportedBy: Readonly<Record<string, readonly string[]>>;
