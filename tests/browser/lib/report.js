// How a test says what it found.

import assert from 'node:assert/strict';

const SHOWN = 40;

/** Fails with the problems of these kinds, if there are any. */
export function assertNone(problems, ...kinds) {
  const found = problems.filter((problem) => kinds.includes(problem.kind));
  const lines = found.slice(0, SHOWN).map(({ page, kind, text }) => `  ${page}: ${kind}: ${text}`);
  if (found.length > SHOWN) lines.push(`  … and ${found.length - SHOWN} more`);
  assert.ok(found.length === 0, `${found.length} found\n${lines.join('\n')}`);
}
