/* The machine of impl/ once more, in C: what its speed is compared with. The same chapters in the same order, the same
 * structures and algorithms, the same checks against double frees and the same books, so that every word of RAM ends up
 * equal. Only the spelling is C's own: an entry is one 64-bit word, a page number an integer, a region node a struct.
 * How much there is of everything comes from the boot values of impl/, as -D flags; FIRST_NODE is the word where its
 * region nodes begin, from which the priorities of the treap are hashed. */

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NONE = -1, OK = 0, ESRCH = -3, ENOMEM = -12, EACCES = -13, EINVAL = -22, ENOSPC = -28 };
enum { SEGV_MAPERR = -5001, SEGV_ACCERR = -5002 };
enum { PAGE_SHIFT = 12, PAGE_BYTES = 1 << PAGE_SHIFT, TABLE_ENTRIES = 512, INDEX_BITS = 9, LEVELS = 4, ORDERS = 11 };

typedef uint64_t page_t;
typedef uint64_t entry_t;
#define USER_PAGES ((page_t)1 << (INDEX_BITS * LEVELS - 1))

static void broken(const char *promise) {
  fprintf(stderr, "machine.c: %s\n", promise);
  exit(1);
}

/* ---- two-level bitmap: 1 = in use; a summary bit says that a word is full ---- */

#define WORDS_FOR(members) (((members) + 31) / 32)
#define SUMMARIES_FOR(members) (((members) + 1023) / 1024)
typedef struct { uint32_t *words, *summary; int members; } bitmap;

static inline bool bit_is_set(const bitmap *map, int member) { return map->words[member >> 5] >> (member & 31) & 1; }
static inline void set_bit(bitmap *map, int member) {
  int word = member >> 5;
  uint32_t bits = map->words[word] |= 1u << (member & 31);
  if (bits == UINT32_MAX) map->summary[word >> 5] |= 1u << (word & 31);
}
static inline void clear_bit(bitmap *map, int member) {
  int word = member >> 5;
  map->words[word] &= ~(1u << (member & 31));
  map->summary[word >> 5] &= ~(1u << (word & 31));
}
static inline int lowest_clear(const bitmap *map) {
  for (int i = 0; i < SUMMARIES_FOR(map->members); i++) {
    if (map->summary[i] == UINT32_MAX) continue;
    int word = (i << 5) + __builtin_ctz(~map->summary[i]);
    return (word << 5) + __builtin_ctz(~map->words[word]);
  }
  return NONE;
}
static void format_bitmap(bitmap *map) {
  int words = WORDS_FOR(map->members);
  for (int word = words; word < SUMMARIES_FOR(map->members) * 32; word++) map->summary[word >> 5] |= 1u << (word & 31);
  for (int member = map->members; member < words * 32; member++) set_bit(map, member);
}
#define BITMAP(name, count) \
  static uint32_t name##_words[WORDS_FOR(count)], name##_summary[SUMMARIES_FOR(count)]; \
  static bitmap name = {name##_words, name##_summary, count}

/* ---- frames: buddy allocator, uses, references ---- */

enum { FREE, PAGE, TABLE };
static entry_t ram[FRAMES][TABLE_ENTRIES] __attribute__((aligned(PAGE_BYTES)));
static int use[FRAMES], references[FRAMES], entries[FRAMES];
static entry_t *parent[FRAMES];
static int next[FRAMES + ORDERS], previous[FRAMES + ORDERS], order_of[FRAMES];
static int filled_orders, free_frames;
BITMAP(frame_bits, FRAMES);

static inline void link_block(int frame, int order) {
  int head = FRAMES + order, behind = next[head];
  next[frame] = behind;
  previous[frame] = head;
  previous[behind] = frame;
  next[head] = frame;
  order_of[frame] = order;
  filled_orders |= 1 << order;
}
static inline void unlink_block(int frame, int order) {
  int behind = next[frame], before = previous[frame];
  next[before] = behind;
  previous[behind] = before;
  next[frame] = previous[frame] = order_of[frame] = NONE;
  if (behind == before && behind >= FRAMES) filled_orders &= ~(1 << order);
}
static int take_block(int order) {
  int fitting = filled_orders & (-1u << order);
  if (fitting == 0) return NONE;
  int size = __builtin_ctz(fitting), frame = next[FRAMES + size];
  unlink_block(frame, size);
  while (size > order) {
    size--;
    link_block(frame + (1 << size), size);
  }
  for (int taken = frame; taken < frame + (1 << order); taken++) set_bit(&frame_bits, taken);
  free_frames -= 1 << order;
  return frame;
}
static void give_block(int frame, int order) {
  int end = frame + (1 << order);
  if (frame < 0 || end > FRAMES || (frame & ((1 << order) - 1))) broken("no such block");
  for (int given = frame; given < end; given++) if (!bit_is_set(&frame_bits, given)) broken("a frame is given back twice");
  for (int given = frame; given < end; given++) clear_bit(&frame_bits, given);
  free_frames += 1 << order;
  for (; order < ORDERS - 1; order++) {
    int buddy = frame ^ (1 << order);
    if (buddy >= FRAMES || order_of[buddy] != order) break;
    unlink_block(buddy, order);
    frame &= ~(1 << order);
  }
  link_block(frame, order);
}
static int allocate_frame(int used_for) {
  int frame = take_block(0);
  if (frame != NONE) {
    use[frame] = used_for;
    references[frame] = 1;
  }
  return frame;
}
static void free_frame(int frame) {
  give_block(frame, 0);
  use[frame] = FREE;
  references[frame] = 0;
}
static inline void release_page(int frame) {
  if (--references[frame] <= 0) free_frame(frame);
}
static inline void zero_frame(int frame) { memset(ram[frame], 0, PAGE_BYTES); }
static void format_frames(void) {
  for (int i = 0; i < FRAMES; i++) next[i] = previous[i] = order_of[i] = NONE;
  for (int head = FRAMES; head < FRAMES + ORDERS; head++) next[head] = previous[head] = head;
  format_bitmap(&frame_bits);
  free_frames = FRAMES;
  for (int end = FRAMES; end > 0;) {
    int order = __builtin_ctz(end) < ORDERS - 1 ? __builtin_ctz(end) : ORDERS - 1;
    link_block(end -= 1 << order, order);
  }
}

/* ---- page tables ---- */

#define PRESENT 1ull
#define WRITABLE 2ull
#define USER 4ull
#define ACCESSED 32ull
#define DIRTY 64ull
#define SWAPPED 512ull
#define NO_EXECUTE (1ull << 63)
#define NUMBER_MASK ((1ull << 40) - 1)
enum { READ = 1, WRITE = 2, EXECUTE = 4 };

static inline int frame_of(entry_t entry) { return entry >> PAGE_SHIFT & 0x7fffffff; }
static inline int slot_of(entry_t entry) { return (int)~(entry >> PAGE_SHIFT & NUMBER_MASK); }
static inline bool is_swapped(entry_t entry) { return (entry & (PRESENT | SWAPPED)) == SWAPPED; }
static inline entry_t swapped_entry(int slot) { return (~(uint64_t)slot & NUMBER_MASK) << PAGE_SHIFT | SWAPPED; }
static inline entry_t page_entry(int frame, int protection) {
  return (entry_t)frame << PAGE_SHIFT | PRESENT | USER | (protection & WRITE ? WRITABLE : 0) |
         (protection & EXECUTE ? 0 : NO_EXECUTE);
}
static inline int table_of(const entry_t *entry) { return (entry - ram[0]) / TABLE_ENTRIES; }
static inline int index_at(page_t page, int shift) { return page >> shift & (TABLE_ENTRIES - 1); }

static int take_table(entry_t *hung_below) {
  int table = allocate_frame(TABLE);
  if (table == NONE) return NONE;
  zero_frame(table);
  entries[table] = 0;
  parent[table] = hung_below;
  return table;
}
static void give_table(int table) {
  parent[table] = NULL;
  if (use[table] != TABLE) broken("a frame is given back as a page table but is none");
  free_frame(table);
}
static inline void fill_entry(entry_t *entry, entry_t value) {
  entries[table_of(entry)]++;
  *entry = value;
}
static inline void clear_entry(entry_t *entry) {
  *entry = 0;
  entries[table_of(entry)]--;
}
static void prune(entry_t *entry) {
  for (int table = table_of(entry); entries[table] == 0;) {
    entry_t *above = parent[table];
    if (above == NULL) return;
    clear_entry(above);
    give_table(table);
    table = table_of(above);
  }
}
static inline entry_t *walk(int root, page_t page) {
  entry_t *entry = &ram[root][index_at(page, INDEX_BITS * (LEVELS - 1))];
  for (int shift = INDEX_BITS * (LEVELS - 2); shift >= 0; shift -= INDEX_BITS) {
    if (!(*entry & PRESENT)) return NULL;
    entry = &ram[frame_of(*entry)][index_at(page, shift)];
  }
  return entry;
}
static entry_t *build(int root, page_t page) {
  entry_t *entry = &ram[root][index_at(page, INDEX_BITS * (LEVELS - 1))];
  for (int shift = INDEX_BITS * (LEVELS - 2); shift >= 0; shift -= INDEX_BITS) {
    int table;
    if (*entry & PRESENT) table = frame_of(*entry);
    else if ((table = take_table(entry)) == NONE) return prune(entry), NULL;
    else fill_entry(entry, (entry_t)table << PAGE_SHIFT | PRESENT | WRITABLE | USER | ACCESSED);
    entry = &ram[table][index_at(page, shift)];
  }
  return entry;
}
static inline entry_t *reach(int root, page_t page) {
  entry_t *entry = walk(root, page);
  return entry == NULL ? build(root, page) : entry;
}
static int map_page(int root, page_t page, int frame, int protection) {
  entry_t *entry = reach(root, page);
  if (entry == NULL) return ENOMEM;
  if (*entry != 0) return -17;
  fill_entry(entry, page_entry(frame, protection));
  return OK;
}
static int unmap_page(int root, page_t page) {
  entry_t *entry = walk(root, page);
  if (entry == NULL || !(*entry & PRESENT)) return NONE;
  int frame = frame_of(*entry);
  clear_entry(entry);
  prune(entry);
  return frame;
}
/* The processor: the frame of a page, marked accessed and dirty; NONE is a page fault. */
static inline int translate(int root, page_t page, bool storing) {
  entry_t *entry = walk(root, page);
  if (entry == NULL) return NONE;
  entry_t needs = storing ? PRESENT | USER | WRITABLE : PRESENT | USER;
  if ((*entry & needs) != needs) return NONE;
  entry_t marks = storing ? ACCESSED | DIRTY : ACCESSED;
  if ((*entry & marks) != marks) *entry |= marks;
  return frame_of(*entry);
}

/* ---- swap area ---- */

static entry_t swap_area[SLOTS][TABLE_ENTRIES] __attribute__((aligned(PAGE_BYTES)));
static int slot_references[SLOTS], free_slots = SLOTS;
BITMAP(slot_bits, SLOTS);

static int take_slot(void) {
  int slot = lowest_clear(&slot_bits);
  if (slot == NONE) return NONE;
  set_bit(&slot_bits, slot);
  slot_references[slot] = 1;
  free_slots--;
  return slot;
}
static void release_slot(int slot) {
  int left = slot_references[slot] - 1;
  if (left < 0) broken("a slot is given back twice");
  slot_references[slot] = left;
  if (left > 0) return;
  clear_bit(&slot_bits, slot);
  free_slots++;
}
static inline void discard(entry_t entry) {
  if (entry & PRESENT) release_page(frame_of(entry));
  else release_slot(slot_of(entry));
}

/* ---- regions: a treap whose priorities are hashed from the nodes' places ---- */

typedef struct node { page_t start, end; struct node *left, *right; int protection; } node;
typedef struct { int root, regions; node *tree; } space;
static node nodes[SPACES * (REGION_LIMIT + 1)], *free_node;
static space spaces[SPACES];
static int space_of_process[PROCESSES];

static inline int32_t priority(const node *it) {
  uint32_t mixed = FIRST_NODE + 8 * (uint32_t)(it - nodes);
  mixed = (mixed ^ mixed >> 16) * 0x85ebca6b;
  mixed = (mixed ^ mixed >> 13) * 0xc2b2ae35;
  return (int32_t)(mixed ^ mixed >> 16);
}
static inline node *find_region(node *it, page_t page) {
  while (it != NULL) {
    if (page < it->start) it = it->left;
    else if (page >= it->end) it = it->right;
    else return it;
  }
  return NULL;
}
static inline node *find_from(node *it, page_t page) {
  node *best = NULL;
  while (it != NULL) {
    if (page < it->end) best = it, it = it->left;
    else it = it->right;
  }
  return best;
}
static void add_region(space *in, page_t start, page_t end, int protection) {
  node *added = free_node;
  if (added == NULL) broken("out of region nodes");
  free_node = added->left;
  added->start = start, added->end = end, added->protection = protection;
  node **hole = &in->tree;
  while (*hole != NULL && priority(*hole) > priority(added)) hole = start < (*hole)->start ? &(*hole)->left : &(*hole)->right;
  node *below = *hole, **low = &added->left, **high = &added->right;
  *hole = added;
  while (below != NULL) {
    if (below->start < start) *low = below, low = &below->right, below = *low;
    else *high = below, high = &below->left, below = *high;
  }
  *low = *high = NULL;
  in->regions++;
}
static void drop_region(space *in, node *dropped) {
  node **hole = &in->tree;
  while (*hole != dropped) hole = dropped->start < (*hole)->start ? &(*hole)->left : &(*hole)->right;
  node *low = dropped->left, *high = dropped->right;
  while (low != NULL && high != NULL) {
    if (priority(low) > priority(high)) *hole = low, hole = &low->right, low = *hole;
    else *hole = high, hole = &high->left, high = *hole;
  }
  *hole = low == NULL ? high : low;
  *dropped = (node){.left = free_node};
  free_node = dropped;
  in->regions--;
}
static int count_without(const space *in, page_t first, page_t end) {
  int count = in->regions;
  for (node *it = find_from(in->tree, first); it != NULL && it->start < end; it = find_from(in->tree, it->end)) {
    count += (it->start < first) + (it->end > end) - 1;
  }
  return count;
}
static int count_with(const space *in, page_t first, page_t end, int protection) {
  node *before = find_region(in->tree, first - 1), *behind = find_region(in->tree, end);
  int count = count_without(in, first, end) + 1;
  if (before != NULL && before->protection == protection) count--;
  if (behind != NULL && behind->protection == protection) count--;
  return count;
}
static bool remove_range(space *in, page_t first, page_t end) {
  bool removed = false;
  for (node *it = find_from(in->tree, first); it != NULL && it->start < end; removed = true) {
    page_t node_end = it->end;
    if (it->start < first) {
      it->end = first;
      if (node_end > end) add_region(in, end, node_end, it->protection);
    } else if (node_end > end) it->start = end;
    else drop_region(in, it);
    it = find_from(in->tree, node_end);
  }
  return removed;
}
static void insert_range(space *in, page_t first, page_t end, int protection) {
  node *before = find_region(in->tree, first - 1), *behind = find_region(in->tree, end);
  bool merges_before = before != NULL && before->protection == protection;
  bool merges_behind = behind != NULL && behind->protection == protection;
  if (merges_before && merges_behind) {
    page_t behind_end = behind->end;
    drop_region(in, behind);
    before->end = behind_end;
  } else if (merges_before) before->end = end;
  else if (merges_behind) behind->start = first;
  else add_region(in, first, end, protection);
}

/* ---- the sweep over a range, mmap and munmap ---- */

static void sweep_entries(entry_t *first, int count) {
  int table = table_of(first);
  for (entry_t *entry = first; entry < first + count && entries[table] > 0; entry++) {
    entry_t held = *entry;
    if (held == 0) continue;
    clear_entry(entry);
    discard(held);
  }
  prune(first);
}
static void sweep(int root, page_t first, page_t end) {
  for (page_t page = first; page < end && entries[root] > 0;) {
    int shift = INDEX_BITS * (LEVELS - 1);
    entry_t *entry = &ram[root][index_at(page, shift)];
    while (shift > 0 && *entry & PRESENT) {
      shift -= INDEX_BITS;
      entry = &ram[frame_of(*entry)][index_at(page, shift)];
    }
    page_t block = (page_t)1 << (shift > 0 ? shift : INDEX_BITS), stop = (page / block + 1) * block;
    if (stop > end) stop = end;
    if (shift == 0) sweep_entries(entry, stop - page);
    page = stop;
  }
}
static int64_t mmap_range(int process, uint64_t address, uint64_t length, int protection) {
  if (process < 0 || process >= PROCESSES || space_of_process[process] == NONE) return ESRCH;
  space *in = &spaces[space_of_process[process]];
  page_t page = address >> PAGE_SHIFT, count = (length + PAGE_BYTES - 1) >> PAGE_SHIFT, end = page + count;
  if (address & (PAGE_BYTES - 1)) return EINVAL;
  if (count == 0 || protection < 0 || protection > 7 || protection == WRITE || protection == EXECUTE) return EINVAL;
  if (protection & WRITE && protection & EXECUTE) return protection & READ ? EACCES : EINVAL;
  if (end > USER_PAGES || count_with(in, page, end, protection) > REGION_LIMIT) return ENOMEM;
  if (remove_range(in, page, end)) sweep(in->root, page, end);
  insert_range(in, page, end, protection);
  return address;
}
static int munmap_range(int process, uint64_t address, uint64_t length) {
  if (process < 0 || process >= PROCESSES || space_of_process[process] == NONE) return ESRCH;
  space *in = &spaces[space_of_process[process]];
  page_t page = address >> PAGE_SHIFT, count = (length + PAGE_BYTES - 1) >> PAGE_SHIFT, end = page + count;
  if (address & (PAGE_BYTES - 1) || count == 0 || end > USER_PAGES) return EINVAL;
  if (count_without(in, page, end) > REGION_LIMIT) return ENOMEM;
  if (remove_range(in, page, end)) sweep(in->root, page, end);
  return OK;
}

/* ---- swapping ---- */

static int bring_in(entry_t *entry, int protection) {
  int frame = allocate_frame(PAGE);
  if (frame == NONE) return ENOMEM;
  int slot = slot_of(*entry);
  memcpy(ram[frame], swap_area[slot], PAGE_BYTES);
  *entry = page_entry(frame, protection);
  release_slot(slot);
  return OK;
}
static int swap_out(int process, uint64_t address) {
  if (process < 0 || process >= PROCESSES || space_of_process[process] == NONE) return ESRCH;
  page_t page = address >> PAGE_SHIFT;
  if (page >= USER_PAGES) return EINVAL;
  entry_t *entry = walk(spaces[space_of_process[process]].root, page);
  if (entry == NULL || !(*entry & PRESENT)) return EINVAL;
  int slot = take_slot();
  if (slot == NONE) return ENOSPC;
  int frame = frame_of(*entry);
  memcpy(swap_area[slot], ram[frame], PAGE_BYTES);
  *entry = swapped_entry(slot);
  release_page(frame);
  return OK;
}
static int swap_in(int process, uint64_t address) {
  if (process < 0 || process >= PROCESSES || space_of_process[process] == NONE) return ESRCH;
  page_t page = address >> PAGE_SHIFT;
  if (page >= USER_PAGES) return EINVAL;
  space *in = &spaces[space_of_process[process]];
  entry_t *entry = walk(in->root, page);
  if (entry == NULL || !is_swapped(*entry)) return EINVAL;
  return bring_in(entry, find_region(in->tree, page)->protection);
}

/* ---- loads, stores, faults ---- */

static int fault(space *in, page_t page, bool storing) {
  node *region = find_region(in->tree, page);
  if (region == NULL) return SEGV_MAPERR;
  if (!(region->protection & (storing ? WRITE : READ))) return SEGV_ACCERR;
  entry_t *entry = reach(in->root, page);
  if (entry == NULL) return ENOMEM;
  if (is_swapped(*entry)) return bring_in(entry, region->protection);
  int frame = allocate_frame(PAGE);
  if (frame == NONE) return prune(entry), ENOMEM;
  zero_frame(frame);
  fill_entry(entry, page_entry(frame, region->protection));
  return OK;
}
static inline int word_at(int process, uint64_t address, bool storing, uint32_t **word) {
  if (process < 0 || process >= PROCESSES || space_of_process[process] == NONE) return ESRCH;
  if (address & 3) return EINVAL;
  page_t page = address >> PAGE_SHIFT;
  if (page >= USER_PAGES) return SEGV_MAPERR;
  space *in = &spaces[space_of_process[process]];
  int frame;
  while ((frame = translate(in->root, page, storing)) == NONE) {
    int answer = fault(in, page, storing);
    if (answer != OK) return answer;
  }
  *word = (uint32_t *)ram[frame] + (address & (PAGE_BYTES - 1)) / 4;
  return OK;
}
static int64_t load(int process, uint64_t address) {
  uint32_t *word;
  int answer = word_at(process, address, false, &word);
  return answer == OK ? (int64_t)*word : answer;
}
static int store(int process, uint64_t address, uint32_t value) {
  uint32_t *word;
  int answer = word_at(process, address, true, &word);
  if (answer == OK) *word = value;
  return answer;
}

/* ---- the start ---- */

static int spawn(int process) {
  int root = take_table(NULL);
  if (root == NONE) return ENOMEM;
  space_of_process[process] = process;
  spaces[process] = (space){.root = root};
  return OK;
}
static void format(void) {
  format_frames();
  format_bitmap(&slot_bits);
  for (int i = SPACES * (REGION_LIMIT + 1) - 1; i >= 0; i--) nodes[i].left = free_node, free_node = &nodes[i];
  for (int i = 0; i < PROCESSES; i++) space_of_process[i] = NONE;
}
