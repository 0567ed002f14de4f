/** Half-open: elements of the first sequence, and those of the second that stand in their place. */
export interface Difference {
  readonly firstStart: number;
  readonly firstEnd: number;
  readonly secondStart: number;
  readonly secondEnd: number;
}

/** Comparisons that may still be made. When none are left, what remains counts as wholly different. */
export interface Budget {
  left: number;
}

/**
 * The fewest differences between two sequences, by Myers' divide and conquer over furthest-reaching paths, which needs
 * memory for the length of the sequences only.
 */
export function diffSequences(
  first: readonly number[],
  second: readonly number[],
  budget: Budget,
): Difference[] {
  const differences: Difference[] = [];
  const reach = first.length + second.length + 3;
  const forward = new Int32Array(2 * reach + 1);
  const backward = new Int32Array(2 * reach + 1);

  const compare = (firstStart: number, firstEnd: number, secondStart: number, secondEnd: number): void => {
    while (firstStart < firstEnd && secondStart < secondEnd && first[firstStart] === second[secondStart]) {
      firstStart++;
      secondStart++;
    }
    while (
      firstStart < firstEnd &&
      secondStart < secondEnd &&
      first[firstEnd - 1] === second[secondEnd - 1]
    ) {
      firstEnd--;
      secondEnd--;
    }
    if (firstStart === firstEnd && secondStart === secondEnd) return;
    const middle =
      firstStart === firstEnd || secondStart === secondEnd
        ? undefined
        : findMiddle(firstStart, firstEnd, secondStart, secondEnd);
    if (!middle) {
      append(differences, { firstStart, firstEnd, secondStart, secondEnd });
      return;
    }
    compare(firstStart, middle.first, secondStart, middle.second);
    compare(middle.first, firstEnd, middle.second, secondEnd);
  };

  /** A point that a shortest path goes through about halfway; undefined when the budget is used up. */
  const findMiddle = (firstStart: number, firstEnd: number, secondStart: number, secondEnd: number) => {
    const width = firstEnd - firstStart;
    const height = secondEnd - secondStart;
    const delta = width - height;
    const meetsForward = delta % 2 !== 0;
    forward[reach + 1] = 0;
    backward[reach + 1] = 0;
    for (let steps = 0; ; steps++) {
      const from = -steps + 2 * Math.max(0, steps - height);
      const to = steps - 2 * Math.max(0, steps - width);
      for (let diagonal = from; diagonal <= to; diagonal += 2) {
        const goesDown =
          diagonal === -steps ||
          (diagonal !== steps && forward[reach + diagonal - 1]! < forward[reach + diagonal + 1]!);
        let x = goesDown ? forward[reach + diagonal + 1]! : forward[reach + diagonal - 1]! + 1;
        const start = x;
        while (x < width && x - diagonal < height) {
          if (first[firstStart + x] !== second[secondStart + x - diagonal]) break;
          x++;
        }
        budget.left -= x - start + 1;
        forward[reach + diagonal] = x;
        const opposite = delta - diagonal;
        if (
          meetsForward &&
          Math.abs(opposite) < steps &&
          isSet(opposite, steps - 1, width, height) &&
          x + backward[reach + opposite]! >= width
        ) {
          return { first: firstStart + x, second: secondStart + x - diagonal };
        }
      }
      for (let diagonal = from; diagonal <= to; diagonal += 2) {
        const goesDown =
          diagonal === -steps ||
          (diagonal !== steps && backward[reach + diagonal - 1]! < backward[reach + diagonal + 1]!);
        let x = goesDown ? backward[reach + diagonal + 1]! : backward[reach + diagonal - 1]! + 1;
        const start = x;
        while (x < width && x - diagonal < height) {
          if (first[firstEnd - 1 - x] !== second[secondEnd - 1 - x + diagonal]) break;
          x++;
        }
        budget.left -= x - start + 1;
        backward[reach + diagonal] = x;
        const opposite = delta - diagonal;
        if (
          !meetsForward &&
          Math.abs(opposite) <= steps &&
          isSet(opposite, steps, width, height) &&
          x + forward[reach + opposite]! >= width
        ) {
          return { first: firstEnd - x, second: secondEnd - x + diagonal };
        }
      }
      if (budget.left <= 0) return undefined;
    }
  };

  compare(0, first.length, 0, second.length);
  return differences;
}

/** What is taken out and what is put in at one place is one difference. */
function append(differences: Difference[], difference: Difference): void {
  const previous = differences.at(-1);
  if (previous?.firstEnd === difference.firstStart && previous.secondEnd === difference.secondStart) {
    const { firstStart, secondStart } = previous;
    differences[differences.length - 1] = { ...difference, firstStart, secondStart };
  } else {
    differences.push(difference);
  }
}

/** Whether paths of so many steps got to this diagonal inside the box. */
function isSet(diagonal: number, steps: number, width: number, height: number): boolean {
  return diagonal >= -Math.min(steps, height) && diagonal <= Math.min(steps, width);
}
