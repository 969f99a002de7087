import { configure, getJsonLinesFormatter, getLogger } from '@logtape/logtape';
import type { Log } from './log.ts';

/**
 * Logs as JSON lines on standard error, so that standard output keeps the one line that says where the
 * relay is. Where nobody reads either any more, the relay goes on without them.
 */
export async function createLog(lowestLevel: 'debug' | 'info' = 'info'): Promise<Log> {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  const format = getJsonLinesFormatter();
  await configure({
    sinks: { stderr: (record) => void process.stderr.write(format(record)) },
    loggers: [
      { category: 'relay', lowestLevel, sinks: ['stderr'] },
      { category: ['logtape', 'meta'], lowestLevel: 'error', sinks: ['stderr'] },
    ],
  });
  const logger = getLogger('relay');
  return (level, message, fields = {}) => {
    logger[level](message, { ...fields });
  };
}
