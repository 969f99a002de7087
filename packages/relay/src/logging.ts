import { Writable } from 'node:stream';
import { configure, getJsonLinesFormatter, getLogger, getStreamSink } from '@logtape/logtape';
import type { Log } from './log.ts';

/** Logs as JSON lines on standard error, so that standard output keeps the one line that says where the relay is. */
export async function createLog(lowestLevel: 'debug' | 'info' = 'info'): Promise<Log> {
  await configure({
    sinks: { stderr: getStreamSink(Writable.toWeb(process.stderr), { formatter: getJsonLinesFormatter() }) },
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
