import type { Catalog } from "@chub/registry";

/** Everything of the world that the server may touch. */
export interface ServerPorts {
  /** Version of this package. */
  readonly version: string;
  /** The configured sources, opened at the first question. Errors: ChubError CONFIG, NO_DATA, INTEGRITY, FORMAT_TOO_NEW. */
  readonly catalog: () => Promise<Catalog>;
  /** 64 random bits in hex, which no document can foresee. */
  readonly boundary: () => string;
  /** Hears which resources were read or subscribed to, so that a change of the sources can be told. */
  readonly watched: (uri: string) => void;
}
