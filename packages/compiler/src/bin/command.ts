/** One command of `chubc`. Its module is loaded only when it is called. */
export interface Command {
  /** Text of `chubc <name> --help`: usage, options and examples. */
  readonly help: string;
  /** Runs with the arguments after the command's name; gives the exit code. */
  run(args: readonly string[], io: CommandIo): Promise<number>;
}

/** The world as a command sees it. Only `chubc.ts` makes one from `process`. */
export interface CommandIo {
  /** Writes to standard output; resolves when the text is accepted. */
  out(text: string): Promise<void>;
  /** Writes to standard error. */
  err(text: string): Promise<void>;
  /** Asks a person and gives the answer; null when nobody sits at a terminal. */
  readonly ask: ((question: string) => Promise<string>) | null;
  /** Name of the program as it was called: `chubc`, or `chub` when that runs it. */
  readonly program: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly outIsTerminal: boolean;
  readonly errIsTerminal: boolean;
  /** Columns of the terminal; 80 when there is none. */
  readonly columns: number;
  /** ISO 8601 day. */
  readonly today: string;
  /** Milliseconds of a clock that only goes forward. */
  elapsedMs(): number;
}

/** Exit codes, the same table for all of chub. */
export const EXIT = { clean: 0, findings: 1, usage: 2, localIo: 6, bug: 70 } as const;
