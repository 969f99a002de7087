/** Meta's own readers end somewhere too; this is how deep JSON can nest before those of most languages refuse it. */
const deepest = 512;

/**
 * Whether lists and objects nest so deep in this JSON that it is refused unread: whatever is done with it later
 * goes from level to level, and would come to the end of the stack.
 */
export function nestsTooDeep(json: string): boolean {
  if (json.length <= deepest) return false;
  let depth = 0;
  let isInString = false;
  for (let place = 0; place < json.length; place++) {
    const sign = json[place];
    if (isInString && sign === '\\') place += 1;
    else if (sign === '"') isInString = !isInString;
    else if (isInString) continue;
    else if (sign === '[' || sign === '{') depth += 1;
    else if (sign === ']' || sign === '}') depth -= 1;
    if (depth > deepest) return true;
  }
  return false;
}
