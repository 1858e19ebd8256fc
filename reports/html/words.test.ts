// Words are explained on the pages that have them, and on no others.

import test from 'ava'
import { redScope } from '../golden/fixtures.js'
import { wordsOn } from './words.js'

const told = (path: string, value: string) => {
  const trace = { token: '', initial: [{ path, value }], steps: [] }
  return String(wordsOn({ scope: { ...redScope, bounds: [], granularity: 'full' }, claim: { trace } }) ?? '')
}

test('a word is explained where it occurs', t => {
  t.regex(told('frames[0].content', 'stale'), /^<details.*<dt>stale<\/dt><dd>of content: [^<]*<\/dd><\/dl>/)
  t.regex(told('cpu 0', 'pin.take(seen 0)'), /<dt>seen, taken<\/dt>/)
  t.is(told('spaces[0].users', '0'), '')
})
