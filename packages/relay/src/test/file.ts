import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sealingKeys } from '../keys.ts';
import { createSealer } from '../seal.ts';
import { parseSettings } from '../settings/parse.ts';
import type { Harness } from './harness.ts';

/** Looks into a relay's file, beside it. */
export function fileOf(relay: Harness) {
  const file = join(relay.folder, 'relay.db');

  function read<T>(use: (database: DatabaseSync) => T): T {
    const database = new DatabaseSync(file, { timeout: 5000 });
    try {
      return use(database);
    } finally {
      database.close();
    }
  }

  return {
    /** The PIN that the portal `default` keeps for a number, unsealed. */
    async pin(phoneNumberId: string): Promise<string> {
      const row = read((database) =>
        database.prepare('SELECT sealed FROM pin WHERE phone_number_id = ?').get(phoneNumberId),
      );
      const sealer = await createSealer(sealingKeys(parseSettings(relay.env, () => '')));
      return (
        await sealer.open(String(row?.sealed), { kind: 'pin', row: `default/${phoneNumberId}` })
      ).reveal();
    },

    /** The row of `register`. */
    step: (id: string): Record<string, unknown> =>
      read(
        (database) =>
          database.prepare(`SELECT * FROM step WHERE onboarding_id = ? AND name = 'register'`).get(id) ?? {},
      ),

    run: (statement: string): void => read((database) => database.exec(statement)),

    all: (query: string): Record<string, unknown>[] => read((database) => database.prepare(query).all()),

    /** Every row of every table, as text. */
    dump: (): string =>
      read((database) =>
        JSON.stringify(
          database
            .prepare(`SELECT name FROM sqlite_master WHERE type = 'table'`)
            .all()
            .map(({ name }) => database.prepare(`SELECT * FROM "${name}"`).all()),
        ),
      ),
  };
}
