// Runs a driver to its end without looking up.

export function drain<P, R>(run: Generator<P, R, null>): R {
  for (;;) {
    const next = run.next(null)
    if (next.done === true) return next.value
  }
}
