import type { PostgresJSDialectConfig } from 'kysely-postgres-js';
import postgres from 'postgres';
import { storable } from './storable.ts';

/** What Kysely's dialect asks of a pool. */
export type Pool = Exclude<PostgresJSDialectConfig['postgres'], (...args: never) => unknown>;

/** One connection, and whether it was lost. */
interface Slot {
  sql: postgres.Sql;
  lost: boolean;
}

/** As long as a customer's page would wait. */
const CONNECT_TIMEOUT_S = 10;

/** 8-byte integers as numbers: a millisecond epoch fits. */
const numbers = { to: 20, from: [20], parse: Number, serialize: String };

/**
 * Kysely asks with a truth value when it looks whether a table is there; no column here takes one. PostgreSQL has no
 * NUL in a text: nothing with one is stored, and an id with one, in an address that somebody made up, is nobody's.
 */
function checked(value: unknown): postgres.ParameterOrJSON<never> {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') return value.replaceAll('\0', '\ufffd');
  return storable(value) as postgres.ParameterOrJSON<never>;
}

/**
 * Connections that are lent one by one, each a postgres.js of its own with room for one.
 *
 * Not its own pool with `reserve()`: there a connection that is lost in the middle of a transaction, as when the
 * database restarts, comes back into circulation dead, and the next write to it throws outside of every promise and
 * ends the process. Here it is thrown away, and what was to follow in its transaction is refused, not sent over
 * another connection.
 */
export function createPool(url: string, size: number): Pool & { options: { max: number } } {
  const idle: Slot[] = [];
  const waiting: ((slot: Slot) => void)[] = [];
  const open = new Set<Slot>();

  function connect(): Slot {
    const sql = postgres(url, {
      max: 1,
      // It would end a connection between two statements of a transaction.
      max_lifetime: null,
      connect_timeout: CONNECT_TIMEOUT_S,
      fetch_types: false,
      types: { bigint: numbers },
      onnotice: () => {},
      onclose: () => {
        slot.lost = true;
      },
    });
    const slot: Slot = { sql, lost: false };
    open.add(slot);
    return slot;
  }

  function giveBack(slot: Slot): void {
    if (slot.lost) {
      open.delete(slot);
      slot.sql.end({ timeout: 0 }).catch(() => {});
    }
    const next = waiting.shift();
    if (next) next(slot.lost ? connect() : slot);
    else if (!slot.lost) idle.push(slot);
  }

  async function take(): Promise<Slot> {
    for (let slot = idle.pop(); slot; slot = idle.pop()) {
      if (!slot.lost) return slot;
      giveBack(slot);
    }
    return open.size < size ? connect() : new Promise((resolve) => waiting.push(resolve));
  }

  return {
    options: { max: size },
    async reserve() {
      const slot = await take();
      return {
        unsafe(query, parameters = [], options) {
          if (slot.lost) throw new Error('The connection to the database was lost.');
          return slot.sql.unsafe(query, parameters.map(checked), options);
        },
        release: () => giveBack(slot),
      };
    },
    async end() {
      await Promise.all([...open].map(({ sql }) => sql.end({ timeout: 5 })));
    },
  };
}
