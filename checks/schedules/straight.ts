// A derived machine answers a call either at once or with a generator, depending on whether the call can reach a hook.

export type Answered<T> = T | Generator<unknown, T>

export const isGenerator = <T>(it: Answered<T>): it is Generator<unknown, T> =>
  typeof it === 'object' && it !== null && 'next' in it

/** What a call answers, run to its end with nothing in between. */
export function straight<T>(it: Answered<T>): T {
  if (!isGenerator(it)) return it
  for (;;) {
    const { done, value } = it.next()
    if (done === true) return value
  }
}
