/** One state that is replaced while questions to the one before are still being answered. */
export interface ReplaceableState<S> {
  /** The state as it is now. */
  current(): S;
  /** Runs a question; the state it is given stays open until the answer is there. */
  use<T>(question: (state: S) => Promise<T>): Promise<T>;
  /**
   * Opens a new state. With `seen`, only when that is still the current one: of several that found the
   * same state out of date the first replaces it, and the others wait for it. Errors: those of opening;
   * the current state then stays.
   */
  replace(seen?: S): Promise<void>;
  /** Closes the state when the last question is answered. */
  close(): Promise<void>;
}

/** Keeps a state; each is closed once, when it is no longer the current one and nobody uses it. */
export function replaceableState<S>(
  first: S,
  how: { readonly open: () => Promise<S>; readonly close: (state: S) => Promise<void> },
): ReplaceableState<S> {
  let current = newHold(first);
  let replacing = Promise.resolve();
  let isClosed = false;
  const closeUnused = (hold: Hold<S>): Promise<void> =>
    hold.retired && hold.users === 0 ? how.close(hold.state) : Promise.resolve();
  const retire = (hold: Hold<S>): Promise<void> => {
    hold.retired = true;
    return closeUnused(hold);
  };
  return {
    current: () => current.state,
    async use(question) {
      await replacing;
      const hold = current;
      hold.users += 1;
      try {
        return await question(hold.state);
      } finally {
        hold.users -= 1;
        await closeUnused(hold);
      }
    },
    replace(seen) {
      const turn = replacing.then(async () => {
        if (isClosed || (seen !== undefined && current.state !== seen)) return;
        const before = current;
        current = newHold(await how.open());
        await retire(before);
      });
      // Who asked hears of a failure; the next in line does not inherit it.
      replacing = turn.catch(() => undefined);
      return turn;
    },
    async close() {
      isClosed = true;
      await replacing;
      await retire(current);
    },
  };
}

interface Hold<S> {
  readonly state: S;
  users: number;
  retired: boolean;
}

function newHold<S>(state: S): Hold<S> {
  return { state, users: 0, retired: false };
}
