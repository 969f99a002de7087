import { longest, waitIn } from './wait-time.ts';

/** What Meta said, or that it said nothing that can be read. */
export interface GraphFailure {
  /**
   * `answer`: Meta said that it did not do it. `no-answer`: no connection, or an error without Meta's envelope.
   * `unreadable`: a success in a shape that nobody documented.
   */
  kind: 'answer' | 'no-answer' | 'unreadable';
  message: string;
  status?: number;
  code?: number;
  subcode?: number;
  isTransient?: boolean;
  /** Milliseconds that Meta wants to be left alone for, by its headers or its words. */
  waitMs?: number;
  /** The call was held back; Meta knows nothing of it. */
  unsent?: true;
  fbtraceId?: string;
}

/** A call to the Graph API that gave no result (Meta: Graph API › Handle Errors). */
export class GraphError extends Error {
  override readonly name = 'GraphError';
  readonly failure: GraphFailure;

  constructor(failure: GraphFailure) {
    super(failure.message);
    this.failure = failure;
  }

  /**
   * Reads the `error` object of an answer. Meta's sentence is not kept: it can repeat what was sent, and code,
   * subcode and trace id are what Meta asks to build on. Of its explanation only the time that it names is.
   *
   * @param waitMs the wait that the answer's headers ask for
   */
  static fromBody(status: number, error: Record<string, unknown>, waitMs?: number): GraphError {
    const { code, error_subcode, is_transient, fbtrace_id, error_data } = error;
    const failure: GraphFailure = { kind: 'answer', status, message: 'Meta answered with an error' };
    if (typeof code === 'number') failure.code = code;
    if (typeof error_subcode === 'number') failure.subcode = error_subcode;
    if (typeof is_transient === 'boolean') failure.isTransient = is_transient;
    if (typeof fbtrace_id === 'string') failure.fbtraceId = fbtrace_id.slice(0, 100);
    const wait = longest([waitMs, waitIn(error_data)]);
    if (wait !== undefined) failure.waitMs = wait;
    return new GraphError(failure);
  }
}
