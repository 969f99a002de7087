#!/usr/bin/env node
// Kept free of imports that an older Node cannot load, so that it can say which one is needed.
const needed = 24;
const found = Number(process.versions.node.split('.')[0]);

if (found < needed) {
  fail(`whatsapp-embedded-signup-sandbox needs Node ${needed} or later; this is ${process.versions.node}.`);
} else {
  await run();
}

async function run(): Promise<void> {
  const { parseArgs } = await import('node:util');
  const { createSandbox } = await import('./sandbox.ts');
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string', default: '4400' },
        host: { type: 'string', default: '127.0.0.1' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) {
      console.log('Usage: whatsapp-embedded-signup-sandbox [--port 4400] [--host 127.0.0.1]');
      return;
    }
    if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65_535) {
      fail(`--port must be a number from 0 to 65535, but is "${values.port}".`);
      return;
    }
    const sandbox = createSandbox({ host: values.host, port: Number(values.port) });
    const { url } = await sandbox.start();
    console.log(`listening on ${url}`);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      // Not waiting for answers that a latency fault still holds back.
      process.once(signal, () => void sandbox.stop().then(() => process.exit(0)));
    }
  } catch (error) {
    fail(explain(error));
  }
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    return 'This port is taken. Choose another one with --port, or stop what uses it.';
  if (code === 'EACCES') return 'This port is not ours to use. Choose one above 1023 with --port.';
  if (code === 'ENOTFOUND' || code === 'EADDRNOTAVAIL')
    return 'This host is not an address of this machine; see --host.';
  return error.message;
}

function fail(message: string): void {
  console.error(message);
  process.exitCode = 1;
}
