// The visited set: every state found so far, numbered in the order of finding, exact, in typed arrays that grow. A key
// of two words is stored in the hash table itself, so that a probe costs one cache miss; longer keys are compared in
// the arena behind a tag. Beside the state only its parent and the ordinal of the transition that found it are kept.

/** The set has reached its limit of bytes, or the machine has no more to give. */
export class MemoryLimit extends Error {
  override readonly name = 'MemoryLimit'
}

/** What a larger set is allocated with: memory that cannot be had ends the search like any other limit. */
function allocated<T>(make: () => T): T {
  try {
    return make()
  } catch (error) {
    if (error instanceof RangeError) throw new MemoryLimit(`no memory for a larger visited set: ${error.message}`)
    throw error
  }
}

const TAKEN = 0x80000000 | 0
const mostLoad = 0.7

/** Mixes the words of a key; every bit of the input moves every bit of the result (after MurmurHash3's finaliser). */
export function hash(key: Int32Array, at: number, words: number): number {
  let h = 0x9e3779b9 | 0
  for (let i = 0; i < words; i++) {
    h = Math.imul(h ^ key[at + i], 0x85ebca6b)
    h = (h << 13) | (h >>> 19)
    h = (Math.imul(h, 5) + 0x6b64) | 0
  }
  h ^= h >>> 16
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return h ^ (h >>> 16)
}

export class Visited {
  states = 0
  #table: Int32Array
  #mask: number
  #arena: Int32Array
  #parents: Int32Array
  #ordinals: Uint16Array
  #full: number
  readonly #inline: boolean
  /** Bytes that a search keeps for each state elsewhere, under the same limit. */
  #elsewhere = 0

  constructor(
    readonly words: number,
    readonly mostBytes: number,
    /** Whether `add` has to know the rank of what was there: then even short keys are compared in the arena. */
    ranked = false,
  ) {
    this.#inline = words === 2 && !ranked
    const places = 1 << 12
    this.#table = new Int32Array(places * 2)
    this.#mask = places - 1
    this.#full = places * mostLoad
    this.#arena = new Int32Array(1024 * words)
    this.#parents = new Int32Array(1024)
    this.#ordinals = new Uint16Array(1024)
  }

  /** Bytes that the set's arrays take now, and what is kept elsewhere. */
  get bytes(): number {
    const own = this.#table.byteLength + this.#arena.byteLength + this.#parents.byteLength + this.#ordinals.byteLength
    return own + this.#elsewhere
  }
  /** Makes an array that is kept elsewhere larger. */
  grown(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
    const length = Math.ceil(array.length * 1.5)
    const more = (length - array.length) * array.BYTES_PER_ELEMENT
    this.#reserve(more)
    const larger = allocated(() => new Uint32Array(length))
    larger.set(array)
    this.#elsewhere += more
    return larger
  }
  parent(rank: number): number {
    return this.#parents[rank]
  }
  ordinal(rank: number): number {
    return this.#ordinals[rank]
  }
  /** The arena with the keys of all states; state `rank` starts at `rank * words`. Changes when the set grows. */
  get keys(): Int32Array {
    return this.#arena
  }

  /** Loads the home place of a key, so that the cache line is under way when `add` comes. */
  touch(hashed: number): number {
    return this.#table[(hashed & this.#mask) << 1]
  }

  /** Adds a state, given its hash, and returns its rank; when it was there, a negative number: `~rank` if `ranked`. */
  add(key: Int32Array, at: number, hashed: number, parent: number, ordinal: number): number {
    const place = this.#inline ? this.#findInline(key, at, hashed) : this.#findTagged(key, at, hashed)
    if (place < 0) return place
    const rank = this.states
    if (rank === this.#parents.length) this.#growArena()
    if (this.#inline) {
      this.#table[place] = key[at]
      this.#table[place + 1] = key[at + 1] | TAKEN
    } else {
      this.#table[place] = hashed
      this.#table[place + 1] = rank | TAKEN
    }
    const start = rank * this.words
    for (let i = 0; i < this.words; i++) this.#arena[start + i] = key[at + i]
    this.#parents[rank] = parent
    this.#ordinals[rank] = ordinal
    this.states = rank + 1
    if (this.states > this.#full) this.#growTable()
    return rank
  }

  #findInline(key: Int32Array, at: number, hashed: number): number {
    const table = this.#table
    const low = key[at]
    const high = key[at + 1] | TAKEN
    const last = table.length - 1
    let place = (hashed & this.#mask) << 1
    for (;;) {
      const there = table[place + 1]
      if (there === 0) return place
      if (there === high && table[place] === low) return -1
      place = (place + 2) & last
    }
  }

  #findTagged(key: Int32Array, at: number, tag: number): number {
    const table = this.#table
    const last = table.length - 1
    let place = (tag & this.#mask) << 1
    for (;;) {
      const there = table[place + 1]
      if (there === 0) return place
      if (table[place] === tag && this.#same(there & ~TAKEN, key, at)) return ~(there & ~TAKEN)
      place = (place + 2) & last
    }
  }
  #same(rank: number, key: Int32Array, at: number): boolean {
    const start = rank * this.words
    for (let i = 0; i < this.words; i++) if (this.#arena[start + i] !== key[at + i]) return false
    return true
  }

  #reserve(more: number): void {
    if (this.bytes + more > this.mostBytes) throw new MemoryLimit(`the visited set would pass ${this.mostBytes} bytes`)
  }

  /** By half, so that the arrays are never much larger than what they hold. */
  #growArena(): void {
    const capacity = Math.ceil(this.#parents.length * 1.5)
    this.#reserve((capacity - this.#parents.length) * (this.words * 4 + 6))
    const arena = allocated(() => new Int32Array(capacity * this.words))
    arena.set(this.#arena)
    const parents = allocated(() => new Int32Array(capacity))
    parents.set(this.#parents)
    const ordinals = allocated(() => new Uint16Array(capacity))
    ordinals.set(this.#ordinals)
    this.#arena = arena
    this.#parents = parents
    this.#ordinals = ordinals
  }

  #growTable(): void {
    const length = this.#table.length * 2
    this.#reserve(length * 4)
    const table = allocated(() => new Int32Array(length))
    const { words } = this
    this.#mask = (length >> 1) - 1
    this.#full = (length >> 1) * mostLoad
    for (let rank = 0; rank < this.states; rank++) {
      const start = rank * words
      const tag = hash(this.#arena, start, words)
      let place = (tag & this.#mask) << 1
      while (table[place + 1] !== 0) place = (place + 2) & (length - 1)
      table[place] = this.#inline ? this.#arena[start] : tag
      table[place + 1] = (this.#inline ? this.#arena[start + 1] : rank) | TAKEN
    }
    this.#table = table
  }
}
