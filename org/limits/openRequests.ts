export interface OpenRequests {
  /** A place for one request and how to give it back, which may be done any number of times; undefined where none is. */
  enter(name: string): (() => void) | undefined;
  /** How many are open. */
  readonly count: number;
}

/** Bounds how many requests are open at once, of each name and of all together. */
export function createOpenRequests(most: { readonly each: number; readonly all: number }): OpenRequests {
  const open = new Map<string, number>();
  let count = 0;
  return {
    enter(name) {
      const own = open.get(name) ?? 0;
      if (own >= most.each || count >= most.all) return undefined;
      open.set(name, own + 1);
      count += 1;
      let isInside = true;
      return () => {
        if (!isInside) return;
        isInside = false;
        count -= 1;
        const left = (open.get(name) ?? 1) - 1;
        if (left === 0) open.delete(name);
        else open.set(name, left);
      };
    },
    get count() {
      return count;
    },
  };
}
