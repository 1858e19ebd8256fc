/// <reference lib="dom" />
// The explorer's script: it keeps the way as a token in the address, asks the server what is there, and shows what comes; and has
// a way written down where the reader gives it a name.
// The function is written into the page as it is compiled, so it may use nothing but what it declares itself.

export function exploreWay(): void {
  interface Answer {
    readonly html?: string
    readonly kept?: string
    readonly problem?: string
  }
  const root = document.querySelector<HTMLElement>('#explorer')
  const here = document.querySelector<HTMLElement>('#here')
  const problem = document.querySelector<HTMLElement>('#problem')
  if (root === null || here === null || problem === null) return
  document.documentElement.classList.add('scripted')
  /** The longest way that was taken, and the token of where the reader stands on it. */
  let whole = root.dataset.token ?? ''
  let now = whole
  let asked = 0

  const stepsOf = (token: string): string[] => {
    const steps = token.split(':')[2] ?? ''
    return steps === '' ? [] : steps.split('.')
  }
  const withSteps = (token: string, steps: readonly string[]): string => {
    const [kind, scope, , print] = token.split(':')
    return [kind, scope, steps.join('.'), print].join(':')
  }
  const startsWith = (long: readonly string[], short: readonly string[]): boolean =>
    short.every((step, i) => long[i] === step)

  const post = async (path: string, body: object): Promise<Answer> => {
    try {
      const response = await fetch(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-mmspec-key': root.dataset.key ?? '' },
        body: JSON.stringify(body),
      })
      return await response.json()
    } catch {
      return { problem: 'the explorer does not answer: is mmspec still running?' }
    }
  }

  const ask = async (token: string): Promise<void> => {
    const number = ++asked
    // What lies ahead is of use only where the reader is on the same way.
    if (!startsWith(stepsOf(whole), stepsOf(token))) whole = token
    const answer = await post('/view', { token, whole })
    if (number !== asked) return
    problem.textContent = answer.problem ?? ''
    if (answer.html === undefined) return
    now = token
    history.replaceState(null, '', `#${token}`)
    const focused = document.activeElement?.closest('nav') === null ? null : document.activeElement?.textContent
    const open = [...here.querySelectorAll('details[open]')].map(({ className }) => className)
    const filter = document.querySelector<HTMLInputElement>('#filter')?.value ?? ''
    // The server escapes whatever it puts into this.
    here.innerHTML = answer.html
    for (const name of open) if (name !== '') here.querySelector(`details.${name}`)?.setAttribute('open', '')
    const input = document.querySelector<HTMLInputElement>('#filter')
    if (input !== null) input.value = filter
    sift()
    for (const button of here.querySelectorAll<HTMLElement>('nav button'))
      if (button.textContent === focused) button.focus()
    document.dispatchEvent(new Event('draw'))
  }

  const keep = async (input: HTMLInputElement | null): Promise<void> => {
    const answer = await post('/keep', { token: now, name: input?.value ?? '' })
    problem.textContent = answer.problem ?? ''
    const said = document.querySelector<HTMLElement>('#kept')
    if (said !== null) said.textContent = answer.kept === undefined ? '' : `kept: npx mmspec replay ${answer.kept}`
  }

  const sift = (): void => {
    const word = document.querySelector<HTMLInputElement>('#filter')?.value.toLowerCase() ?? ''
    for (const part of here.querySelectorAll<HTMLElement>('.commands')) {
      let shown = 0
      for (const button of part.querySelectorAll<HTMLElement>('button')) {
        button.hidden = !(button.textContent ?? '').toLowerCase().includes(word)
        if (!button.hidden) shown++
      }
      part.hidden = shown === 0
    }
  }
  const goto = (step: number): void => {
    const steps = stepsOf(whole)
    void ask(withSteps(whole, steps.slice(0, Math.max(0, Math.min(steps.length, step)))))
  }
  const move = (by: number): void => goto(stepsOf(now).length + by)

  document.addEventListener('click', event => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>('button') : null
    if (button === null) return
    const { take, goto: place, move: by, copy, keep: name } = button.dataset
    if (take !== undefined) void ask(withSteps(now, [...stepsOf(now), take]))
    if (place !== undefined) goto(Number(place))
    if (by !== undefined) move(Number(by))
    if (name !== undefined) void keep(document.querySelector<HTMLInputElement>(`#${name}`))
    if (copy !== undefined) {
      void navigator.clipboard?.writeText(document.getElementById(copy)?.textContent ?? '').then(() => {
        button.textContent = 'copied'
      })
    }
  })
  document.addEventListener('input', sift)
  const keys = new Map<string, () => void>([
    ['u', () => move(-1)],
    ['ArrowLeft', () => move(-1)],
    ['r', () => move(1)],
    ['ArrowRight', () => move(1)],
    ['/', () => document.querySelector<HTMLElement>('#filter')?.focus()],
  ])
  document.addEventListener('keydown', event => {
    const { target } = event
    if (event.key === 'Enter' && target instanceof HTMLInputElement && target.id === 'keep-name') void keep(target)
    if (event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLInputElement) return
    const act = keys.get(event.key)
    if (act === undefined) return
    event.preventDefault()
    act()
  })
  const fromAddress = (): string => {
    const hash = location.hash.slice(1)
    if (hash === '') return whole
    try {
      return decodeURIComponent(hash)
    } catch {
      return hash
    }
  }
  addEventListener('hashchange', () => {
    if (fromAddress() !== now) void ask(fromAddress())
  })
  void ask(fromAddress())
}
