import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { after } from 'node:test';
import postgres from 'postgres';
import { findPostgres } from '../../../../scripts/postgres.ts';

/** A PostgreSQL of this test file's own: in a temporary folder, on a free port, gone with the file's last test. */
interface Cluster {
  /** Where its databases are; the name is to be added. */
  url: string;
  databases: number;
  stop(): Promise<void>;
}

/** Stands in every address, so that tests can look for it where no password may be. */
export const password = 'canary-of-the-database';

const programs = findPostgres();

/** Why tests on PostgreSQL are left out; false where they run. With `CI` set they are never left out. */
export const noPostgres: string | false =
  programs === null && !process.env.CI && 'PostgreSQL is not installed: its tests are skipped';

let cluster: Promise<Cluster> | null = null;
after(async () => (await cluster)?.stop());

/** Makes an empty database and gives its address. */
export async function createDatabase(t: TestContext): Promise<string> {
  cluster ??= startCluster();
  const server = await cluster;
  const name = `test_${++server.databases}`;
  const sql = connect(t, `${server.url}/postgres`);
  await sql.unsafe(`CREATE DATABASE ${name}`);
  await sql.end();
  return `${server.url}/${name}`;
}

/** One connection that a test looks with; closed at its end. */
export function connect(t: TestContext, url: string): postgres.Sql {
  const sql = postgres(url, { max: 1, fetch_types: false, onnotice: () => {} });
  t.after(() => sql.end({ timeout: 1 }));
  return sql;
}

async function startCluster(): Promise<Cluster> {
  if (programs === null) throw new Error('PostgreSQL is not installed (Debian: apt-get install postgresql).');
  const owner = unprivileged();
  const folder = mkdtempSync(join(tmpdir(), 'postgres-'));
  const data = join(folder, 'data');
  const secret = join(folder, 'password');
  writeFileSync(secret, password, { mode: 0o644 });
  if (owner) chownSync(folder, owner.uid, owner.gid);
  chmodSync(folder, 0o711);
  const made = spawnSync(
    join(programs, 'initdb'),
    [
      ...['-D', data, '-U', 'relay', '-E', 'UTF8', '--locale=C', '--no-sync'],
      ...['--auth-local=trust', '--auth-host=scram-sha-256', `--pwfile=${secret}`],
    ],
    { ...owner, cwd: folder, encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error ?? made.stderr}`);
  rmSync(secret);

  const port = await freePort();
  const log = join(folder, 'log');
  // What is written here is thrown away, so nothing waits for a disk.
  const settings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'shared_buffers=16MB'];
  const child = spawn(
    'sh',
    [
      ...['-c', untilInputEnds, 'sh', join(programs, 'postgres')],
      ...['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder],
      ...settings.flatMap((it) => ['-c', it]),
    ],
    { ...owner, cwd: folder, stdio: ['pipe', 'ignore', openSync(log, 'w')] },
  );
  const ended = once(child, 'exit');
  while (!/ready to accept connections/.test(readFileSync(log, 'utf8'))) {
    if (child.exitCode !== null) throw new Error(`PostgreSQL ended: ${readFileSync(log, 'utf8')}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    url: `postgres://relay:${password}@127.0.0.1:${port}`,
    databases: 0,
    async stop() {
      child.stdin?.end();
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}

/**
 * Runs a command until its standard input ends, which it also does when this process is killed: no server may
 * outlive its tests. SIGQUIT is PostgreSQL's immediate shutdown: whoever is still connected is cut off.
 */
const untilInputEnds = `"$@" <&- & server=$!; cat >/dev/null; kill -QUIT $server; wait $server`;

/** PostgreSQL refuses to run as root: who stands in for it then. */
function unprivileged(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const users = readFileSync('/etc/passwd', 'utf8').split('\n');
  const user = ['postgres', 'nobody'].flatMap(
    (name) => users.find((line) => line.startsWith(`${name}:`)) ?? [],
  );
  const [, , uid, gid] = user[0]?.split(':') ?? [];
  return { uid: Number(uid ?? 65_534), gid: Number(gid ?? 65_534) };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
