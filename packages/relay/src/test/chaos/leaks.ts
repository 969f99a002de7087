import type { Evidence } from './evidence.ts';
import type { Stage } from './stage.ts';

/**
 * Looks for every secret of a run wherever it must not be: in each value of each table, in the bytes of the files,
 * in what the processes printed, in what pages were answered, in the addresses that Meta was called by. Gives the
 * places; the secrets themselves stay unsaid.
 */
export async function findLeaks(
  stage: Stage,
  evidence: Evidence,
  answers: readonly string[],
): Promise<string[]> {
  const { long, digits } = await secretsOf(stage);
  const texts = [
    ...stage.processes.map((process, nth) => ({ place: `log of process ${nth}`, text: process.output() })),
    ...answers.map((text) => ({ place: 'an answer to a page', text })),
    ...(await evidence.values()).map(({ place, value }) => ({ place, text: value })),
  ];
  const leaks = new Set<string>();
  for (const { place, text } of texts) {
    if (holds(text, long) || holdsDigits(text, digits)) leaks.add(place);
  }
  // Six digits turn up by chance in so many bytes, so there only what is long can be looked for.
  for (const { place, text } of evidence.files()) if (holds(text, long)) leaks.add(`bytes of ${place}`);
  for (const { path } of stage.recorder.sent) if (holds(path, long)) leaks.add(`address ${path}`);
  for (const { path, secretsInUrl } of await stage.sandbox.control('journal')) {
    // Meta's own contracts put these two there.
    const other = secretsInUrl.filter((name) => name !== 'appsecret_proof' && name !== 'input_token');
    if (other.length > 0) leaks.add(`address ${path}, ${other}`);
  }
  return [...leaks];
}

async function secretsOf({ secrets, sandbox, recorder }: Stage): Promise<Stage['secrets']> {
  const long = new Set(secrets.long);
  const digits = new Set(secrets.digits);
  for (const { token } of (await sandbox.control('state')).tokens) long.add(token);
  for (const { fields } of recorder.sent) {
    if (fields.pin) digits.add(fields.pin);
    if (fields.code && /^\d{6}$/.test(fields.code)) digits.add(fields.code);
  }
  return { long, digits };
}

function holds(text: string, secrets: ReadonlySet<string>): boolean {
  for (const secret of secrets) if (text.includes(secret)) return true;
  return false;
}

/** PINs and verification codes, as numbers of their own: within ids and hashes they would turn up by chance. */
function holdsDigits(text: string, secrets: ReadonlySet<string>): boolean {
  for (const [found] of text.matchAll(/(?<![\w-])\d{6}(?![\w-])/g)) if (secrets.has(found)) return true;
  return false;
}
