import type { Readable } from "node:stream";
import {
  isJSONRPCNotification,
  isJSONRPCRequest,
  isJSONRPCResponse,
  PROTOCOL_VERSION_META_KEY,
  ProtocolErrorCode,
  type JSONRPCMessage,
  type JSONRPCRequest,
  type RequestId,
  type Transport,
} from "@modelcontextprotocol/server";
import { MAX_REQUEST_BYTES } from "../limits.ts";
import { splitLines } from "./line-splitter.ts";
import { messageLine } from "./message-line.ts";
import { readMessage, refusalLine } from "./read-message.ts";

export interface StdioStreams {
  readonly input: Readable;
  readonly output: ProtocolOutput;
  /** Hears of lines that are not messages; for stderr. */
  readonly note: (text: string) => void;
}

/** Where messages are written, and nothing else. */
export interface ProtocolOutput {
  /** Never waits; what the reader does not take yet is kept. */
  write(text: string): void;
  /** Whether the reader is behind. */
  isFull(): boolean;
  /** The reader has caught up. */
  onDrain(listener: () => void): void;
  /** The reader is gone. */
  onError(listener: (error: Error) => void): void;
}

/**
 * MCP over two streams, stricter than the SDK's: every broken message is answered, a line has a limit
 * and does not end the connection, a flood of requests waits in front of the server instead of in
 * memory as answers, and at the end of the input what is under way is answered before it closes.
 */
export class StdioTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: (message: JSONRPCMessage) => void;

  readonly #streams: StdioStreams;
  readonly #waiting: JSONRPCMessage[] = [];
  readonly #underWay = new Set<RequestId>();
  readonly #split = splitLines(MAX_REQUEST_BYTES);
  #isOpened = false;
  #isEnding = false;
  #isClosed = false;

  constructor(streams: StdioStreams) {
    this.#streams = streams;
  }

  async start(): Promise<void> {
    const { input, output } = this.#streams;
    output.onError((error) => {
      this.onerror?.(error);
      void this.close();
    });
    output.onDrain(() => this.#deliver());
    input.on("error", (error) => {
      this.onerror?.(error);
      this.end();
    });
    input.on("end", () => this.end());
    input.on("close", () => this.end());
    input.on("data", (chunk: Buffer) => this.#take(chunk));
  }

  async send(message: JSONRPCMessage): Promise<void> {
    if (this.#isClosed) throw new Error("Unexpected message, the connection is closed");
    const { output } = this.#streams;
    output.write(messageLine(message));
    if (isJSONRPCResponse(message) && message.id !== undefined) this.#underWay.delete(message.id);
    this.#deliver();
  }

  /** Takes no more input; closes when what was asked so far is answered. */
  end(): void {
    if (this.#isEnding) return;
    this.#isEnding = true;
    this.#streams.input.pause();
    this.#closeWhenDone();
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#isEnding = true;
    this.#waiting.length = 0;
    this.#streams.input.pause();
    this.onclose?.();
  }

  #take(chunk: Buffer): void {
    if (this.#isEnding) return;
    for (const line of this.#split(chunk)) {
      if (line.kind === "too-long")
        this.#refuse({
          kind: "refused",
          id: null,
          code: ProtocolErrorCode.InvalidRequest,
          reason: `Invalid request: a message has at most ${MAX_REQUEST_BYTES} bytes`,
        });
      else this.#read(line.bytes);
    }
    this.#deliver();
  }

  #read(bytes: Uint8Array): void {
    const read = readMessage(bytes);
    switch (read.kind) {
      case "nothing":
        return;
      case "noise":
        this.#streams.note("Ignored a line that is not a message");
        return;
      case "refused":
        this.#refuse(read);
        return;
      case "message":
        this.#queue(read.message);
    }
  }

  #queue(message: JSONRPCMessage): void {
    if (!this.#isOpened && isJSONRPCRequest(message)) {
      this.#isOpened = opens(message);
      if (!this.#isOpened && message.method !== "ping") {
        this.#refuse({
          kind: "refused",
          id: message.id,
          code: ProtocolErrorCode.InvalidRequest,
          reason: "Invalid request: initialize first, or name the protocol version in _meta",
        });
        return;
      }
    }
    const cancelled = cancelledId(message);
    const at =
      cancelled === null
        ? -1
        : this.#waiting.findIndex((other) => isJSONRPCRequest(other) && other.id === cancelled);
    if (at === -1) this.#waiting.push(message);
    else this.#waiting.splice(at, 1);
  }

  /** Hands over as many messages as may be under way at once, and none while the client does not read. */
  #deliver(): void {
    const { input, output } = this.#streams;
    while (!this.#isClosed && this.#underWay.size < MAX_UNDER_WAY && !output.isFull()) {
      const message = this.#waiting.shift();
      if (message === undefined) break;
      if (isJSONRPCRequest(message) && message.method !== "subscriptions/listen")
        this.#underWay.add(message.id);
      const cancelled = cancelledId(message);
      if (cancelled !== null) this.#underWay.delete(cancelled);
      this.onmessage?.(message);
    }
    if (this.#isEnding) this.#closeWhenDone();
    else if (this.#waiting.length > 0) input.pause();
    else input.resume();
  }

  #closeWhenDone(): void {
    if (!this.#isClosed && this.#waiting.length === 0 && this.#underWay.size === 0)
      void this.close();
  }

  #refuse(refusal: Parameters<typeof refusalLine>[0]): void {
    if (!this.#isClosed) this.#streams.output.write(refusalLine(refusal));
  }
}

/** Whether a request may come first: the handshake, or one that names its protocol version itself. */
function opens({ method, params }: JSONRPCRequest): boolean {
  const meta = params?.["_meta"];
  return (
    method === "initialize" ||
    (typeof meta === "object" && meta !== null && PROTOCOL_VERSION_META_KEY in meta)
  );
}

function cancelledId(message: JSONRPCMessage): RequestId | null {
  if (!isJSONRPCNotification(message) || message.method !== "notifications/cancelled") return null;
  const id = message.params?.["requestId"];
  return typeof id === "string" || typeof id === "number" ? id : null;
}

/** Requests in work at once; their answers, of up to 256 KiB, are in memory together. */
const MAX_UNDER_WAY = 32;
