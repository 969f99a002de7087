import { strike } from './fault-answers.ts';
import type { Lifetime } from './lifetime.ts';
import type { World } from './world/world.ts';

/** What can be put in a request's way. */
export const faultKinds = [
  'latency',
  '500',
  '503',
  'html',
  'graph-error',
  'rate-limit',
  'drop-before',
  'commit-then-drop',
  'half-body',
  'slow-body',
] as const;

export type FaultKind = (typeof faultKinds)[number];

export interface Fault {
  match: {
    method?: string | undefined;
    /** Part of the URL's path; with `*` in it, a pattern for the whole path. */
    path?: string | undefined;
  };
  kind: FaultKind;
  /** How often it strikes; until the next reset where left out. */
  times?: number | undefined;
  /** `latency`, `slow-body`: milliseconds. */
  ms?: number | undefined;
  /** `graph-error`, `rate-limit`: Meta's code. */
  code?: number | undefined;
  subcode?: number | undefined;
  message?: string | undefined;
  /** `graph-error`: `error_data.details`, where the WhatsApp endpoints explain themselves. */
  details?: string | undefined;
  isTransient?: boolean | undefined;
  /** `rate-limit`: minutes until Meta would answer again. */
  minutes?: number | undefined;
}

/** What became of a request: an answer, or a connection to be cut without one. */
export interface Faulted {
  response: Response | null;
  fault?: FaultKind;
}

export interface Faults {
  readonly list: readonly Fault[];
  add(fault: Fault): void;
  clear(): void;
  /**
   * Runs one request through the faults that match it. `answer` does its real work; `cut` ends its connection,
   * and is missing where there is none.
   */
  run(request: Request, answer: () => Promise<Response>, cut?: () => void): Promise<Faulted>;
}

export function createFaults(world: World, lifetime: Lifetime): Faults {
  let list: Fault[] = [];

  const take = (fault: Fault): void => {
    if (fault.times === undefined) return;
    fault.times -= 1;
    if (fault.times <= 0) list = list.filter((other) => other !== fault);
  };

  return {
    get list() {
      return list;
    },
    add(fault) {
      list.push(fault);
    },
    clear() {
      list = [];
    },
    async run(request, answer, cut) {
      const matching = list.filter((fault) => matches(fault, request));
      const delays = matching.filter((fault) => fault.kind === 'latency');
      const other = matching.find((fault) => fault.kind !== 'latency');
      for (const fault of [...delays, ...(other ? [other] : [])]) take(fault);
      for (const delay of delays) {
        // A sandbox that stopped in the meantime does nothing any more.
        if (!(await lifetime.sleep(delay.ms ?? 1000))) return { response: null, fault: 'latency' };
      }
      if (other) {
        return {
          response: await strike(other, { world, lifetime, request, answer, cut }),
          fault: other.kind,
        };
      }
      return { response: await answer(), ...(delays.length > 0 ? { fault: 'latency' } : {}) };
    },
  };
}

function matches(fault: Fault, request: Request): boolean {
  const { method, path } = fault.match;
  if (method !== undefined && method.toUpperCase() !== request.method) return false;
  if (path === undefined) return true;
  const { pathname } = new URL(request.url);
  if (!path.includes('*')) return pathname.includes(path);
  return fits(path.split('*'), pathname);
}

/** Whether the parts stand in `text` in this order, the first at its beginning and the last at its end. */
function fits([first = '', ...rest]: string[], text: string): boolean {
  const last = rest.pop() ?? '';
  const end = text.length - last.length;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let position = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, position);
    if (found === -1) return false;
    position = found + part.length;
  }
  return position <= end;
}
