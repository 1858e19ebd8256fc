// XML as values: an element cannot be written but well-formed, whatever its strings hold. What XML 1.0 forbids even as a
// reference is written as U+FFFD.

/** Text that is an element. Only this file makes it. */
export class Xml {
  readonly #text: string
  constructor(text: string) {
    this.#text = text
  }
  toString(): string {
    return this.#text
  }
}

/** An element with attributes, and either elements or a text inside. */
export function element(
  name: string,
  attributes: { readonly [name: string]: string | number },
  inside: readonly Xml[] | string = [],
): Xml {
  const given = Object.entries(attributes).map(([name, value]) => ` ${name}="${attribute(String(value))}"`)
  const start = `<${name}${given.join('')}`
  if (inside.length === 0) return new Xml(`${start}/>`)
  if (typeof inside === 'string') return new Xml(`${start}>${escaped(inside)}</${name}>`)
  const lines = inside.map(part => `  ${part}`)
  return new Xml(`${start}>\n${lines.join('\n')}\n</${name}>`)
}

const entities: { readonly [mark: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const forbidden = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu

const escaped = (text: string): string =>
  text
    .replace(forbidden, '\u{fffd}')
    .replace(/[&<>"]/g, mark => entities[mark])
    .replaceAll('\r', '&#13;')

/** A reader would make spaces of tabs and line ends in an attribute. */
const attribute = (text: string): string => escaped(text).replace(/[\t\n]/g, mark => `&#${mark.charCodeAt(0)};`)
