import postgres from 'postgres';
import type { Evidence, Move } from './evidence.ts';

const now = 'extract(epoch FROM clock_timestamp()) * 1000';

/** The same as for SQLite. A name in `relay` would be found by the Migrator's look for tables, so it has its own. */
const watch = `
  CREATE SCHEMA IF NOT EXISTS chaos;
  CREATE TABLE IF NOT EXISTS chaos.move
    (nth serial, at float8, onboarding text, step text, was text, became text);
  CREATE OR REPLACE FUNCTION chaos.on_step() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF TG_OP = 'INSERT' THEN
      INSERT INTO chaos.move (at, onboarding, step, was, became)
        VALUES (${now}, NEW.onboarding_id, NEW.name, NULL, NEW.status);
    ELSIF OLD.status <> NEW.status OR OLD.attempts <> NEW.attempts THEN
      INSERT INTO chaos.move (at, onboarding, step, was, became)
        VALUES (${now}, NEW.onboarding_id, NEW.name, OLD.status, NEW.status);
    END IF;
    RETURN NULL;
  END $$;
  CREATE OR REPLACE FUNCTION chaos.on_onboarding() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF NEW.revision < OLD.revision OR NEW.generation < OLD.generation THEN
      RAISE 'an onboarding went backwards';
    END IF;
    IF OLD.status <> NEW.status OR OLD.generation <> NEW.generation THEN
      INSERT INTO chaos.move (at, onboarding, step, was, became)
        VALUES (${now}, NEW.id, NULL, OLD.status, NEW.status);
    END IF;
    RETURN NULL;
  END $$;
  CREATE OR REPLACE TRIGGER chaos_step AFTER INSERT OR UPDATE ON relay.step
    FOR EACH ROW EXECUTE FUNCTION chaos.on_step();
  CREATE OR REPLACE TRIGGER chaos_onboarding AFTER UPDATE ON relay.onboarding
    FOR EACH ROW EXECUTE FUNCTION chaos.on_onboarding();`;

/** Reads a PostgreSQL with the schemas of the relay and of its engine. Big integers come as texts. */
export function postgresEvidence(url: string): Evidence {
  const sql = postgres(url, { max: 2, onnotice: () => {} });

  return {
    async watch() {
      await sql.unsafe(watch);
    },

    moves: async () => [...(await sql.unsafe('SELECT * FROM chaos.move ORDER BY nth'))] as unknown as Move[],

    rows: async (table) => [...(await sql.unsafe(`SELECT * FROM relay."${table}"`))],

    async values() {
      const tables = await sql`
        SELECT table_schema AS schema, table_name AS name FROM information_schema.tables
        WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`;
      const found: { place: string; value: string }[] = [];
      for (const { schema, name } of tables) {
        for (const row of await sql.unsafe(`SELECT * FROM "${schema}"."${name}"`)) {
          for (const [column, value] of Object.entries(row)) {
            const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
            found.push({ place: `${schema}.${name}.${column}`, value: text });
          }
        }
      }
      return found;
    },

    files: () => [],

    close: () => sql.end({ timeout: 1 }),
  };
}
