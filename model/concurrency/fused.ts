// Steps that join the one before them at granularity `fused`: no other CPU could tell that something ran in between. They
// look at what is the operation's own, or at regions under the lock that it holds, or they only give back. That no verdict
// and no state at rest depends on it is checked beside searches that join nothing. A scope may say otherwise.
// Rule: spec/concurrency.md#fused.

/** Look at arguments, at regions under their lock, and at what nobody else sees. */
const looking = [
  'arguments',
  'limit',
  'pages',
  'walk',
  'way',
  'place',
  'look',
  'region',
  'room',
  'grow',
  'lend',
  'fill',
]
/** Write under a lock that everybody who looks takes as well. */
const underTheLock = ['identity', 'install', 'reveal', 'map', 'unmap', 'protect', 'inherit']
/** Give back what was in hand. */
const givingBack = ['brokenDone', 'evictedDone', 'forgetDone', 'give', 'growShare', 'anew', 'rerun', 'unlock']

/** Under the lock of the tags, or back in the program: who else changes what they look at takes that lock as well. */
const switching = ['renew', 'wipe', 'run']

export const fused: readonly string[] = [...looking, ...underTheLock, ...givingBack, ...switching]
