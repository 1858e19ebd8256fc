// A result as JSON for scripts. Keys keep the order in which the result has them, so two runs of the same thing differ
// only in their times, and without times not at all.

const timeKeys: ReadonlySet<string> = new Set(['seconds', 'cpuSeconds'])

/** One document, two spaces, a newline at the end. Without times, `seconds` and `cpuSeconds` are left out at any depth. */
export function renderJson(value: object, { times }: { readonly times: boolean }): string {
  const keep = (key: string, part: unknown) => (!times && timeKeys.has(key) ? undefined : part)
  return `${JSON.stringify(value, keep, 2)}\n`
}
