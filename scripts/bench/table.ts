/** One line of the benchmark: ours, what it is held against, and how many times that it is. */
export interface Row {
  what: string;
  ours: number;
  beside: string;
  floor: number;
  unit: 'B gzip' | 'ms' | '/s' | 'calls' | 'MB';
  /** The ratio that must not be passed, where one was promised. */
  atMost?: number;
}

/** The middle of the values; of two in the middle, the mean. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('There is no median of nothing');
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low = 0, high = 0] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (low + high) / 2;
}

/** The rows as a Markdown table. */
export function table(rows: readonly Row[]): string {
  const cells = rows.map(({ what, ours, beside, floor, unit, atMost }) => [
    what,
    `${number(ours)} ${unit}`,
    beside,
    `${number(floor)} ${unit}`,
    `${(ours / floor).toFixed(2)} ×`,
    atMost === undefined ? '' : `${ours / floor <= atMost ? '✓' : '✗'} ${atMost}`,
  ]);
  const lines = [['', 'ours', 'beside', '', 'ratio', 'at most'], ...cells];
  const widths = [0, 1, 2, 3, 4, 5].map((column) =>
    Math.max(3, ...lines.map((line) => line[column]?.length ?? 0)),
  );
  const draw = (line: string[]) => `| ${line.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = lines;
  return [draw(head), draw(widths.map((width) => '-'.repeat(width))), ...body.map(draw)].join('\n');
}

function number(value: number): string {
  return value < 100 && !Number.isInteger(value) ? value.toFixed(1) : String(Math.round(value));
}
