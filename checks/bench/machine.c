/* The machine of impl/ once more, in C: what its speed is compared with. The same chapters in the same order, the same
 * structures and algorithms, the same checks against double frees and the same books, so that every word of RAM ends up
 * equal. Only the spelling is C's own: an entry is one 64-bit word, a page number an integer, a region node a struct.
 * What no round can reach (objects, the Linux profile, stacks that grow, eviction to make room) is left out; that a path
 * of the rounds asks whether it is needed is not.
 * How much there is of everything comes from the boot values of impl/, as -D flags; FIRST_NODE is the word where its
 * region nodes begin and NODE_WORDS the length of one, from which the priorities of the treap are hashed. */

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NONE = -1, OK = 0, EPERM = -1, ESRCH = -3, EAGAIN = -11, ENOMEM = -12, EACCES = -13, EBUSY = -16, EEXIST = -17 };
enum { EINVAL = -22, ENOSPC = -28 };
enum { SEGV_MAPERR = -5001, SEGV_ACCERR = -5002 };
enum { PAGE_SHIFT = 12, PAGE_BYTES = 1 << PAGE_SHIFT, TABLE_ENTRIES = 512, INDEX_BITS = 9, LEVELS = 4, ORDERS = 11 };

typedef int64_t page_t;
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
static inline int lowest_in(const bitmap *map, int first, int end) {
  for (int at = first; at < end; at = (at | 31) + 1) {
    uint32_t taken = map->words[at >> 5] | ~(-1u << (at & 31));
    if (taken == UINT32_MAX) continue;
    int member = (at & ~31) + __builtin_ctz(~taken);
    return member < end ? member : NONE;
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

/* ---- frames and slots: what is kept of each ---- */

enum { FREE, PAGE, TABLE };
enum { HEADS = FRAMES, INACTIVE = 0, ACTIVE = 1 };
static entry_t ram[FRAMES][TABLE_ENTRIES] __attribute__((aligned(PAGE_BYTES)));
static entry_t swap_area[SLOTS][TABLE_ENTRIES] __attribute__((aligned(PAGE_BYTES)));

static int use[FRAMES], references[FRAMES], entries[FRAMES];
/* The entry that a table hangs below, or an inverted space for a root. */
static int parent[FRAMES];
/* Reverse mapping: the first entry that names a frame or slot, the object's word that does, 1 + what has a copy. */
static entry_t *frame_maps[FRAMES], *slot_maps[SLOTS];
static int *frame_part[FRAMES], *slot_part[SLOTS];
static int frame_slot[FRAMES], slot_frame[SLOTS], slot_references[SLOTS];
static int free_frames, free_slots, evicted;

/* ---- swap areas ---- */

static struct { int on, header, priority, free; } areas[AREAS];
static int first_slot[AREAS + 1], area_of_slot[SLOTS], turn;
BITMAP(slot_bits, SLOTS);

static void get_slot(int slot) { slot_references[slot]++; }
static void put_slot(int slot) {
  int left = slot_references[slot] - 1;
  if (left < 0) broken("a slot is given back twice");
  slot_references[slot] = left;
  if (left > 0) return;
  slot_part[slot] = NULL;
  clear_bit(&slot_bits, slot);
  free_slots++;
  areas[area_of_slot[slot]].free++;
}
static void uncache(int slot) {
  int frame = slot_frame[slot] - 1;
  slot_frame[slot] = frame_slot[frame] = 0;
  references[frame]--;
  put_slot(slot);
}
static int copy_in(int area) {
  for (int slot = first_slot[area]; slot < first_slot[area + 1]; slot++) {
    if (slot_references[slot] == 1 && slot_frame[slot] != 0) return slot;
  }
  return NONE;
}
static int area_with(bool copies) {
  int best = NONE;
  for (int step = 1; step <= AREAS; step++) {
    int area = (turn + step) % AREAS;
    if (!areas[area].on || (copies ? copy_in(area) == NONE : areas[area].free <= 0)) continue;
    if (best == NONE || areas[area].priority > areas[best].priority) best = area;
  }
  return best;
}
static int take_slot(void) {
  int with_free = area_with(false), area = with_free == NONE ? area_with(true) : with_free;
  if (area == NONE) return NONE;
  int slot = with_free == NONE ? copy_in(area) : lowest_in(&slot_bits, first_slot[area], first_slot[area + 1]);
  if (with_free == NONE) uncache(slot);
  set_bit(&slot_bits, slot);
  slot_references[slot] = 1;
  free_slots--;
  areas[area].free--;
  turn = area;
  return slot;
}
static void format_areas(void) {
  format_bitmap(&slot_bits);
  free_slots = SLOTS;
  turn = AREAS - 1;
  /* One area has all slots and is in use, as the implementation's boot values say. */
  areas[0].on = areas[0].header = 1;
  areas[0].free = first_slot[AREAS] = SLOTS;
}

/* ---- frames: buddy allocator, two lists of pages by use, references ---- */

static int next[FRAMES + ORDERS], previous[FRAMES + ORDERS], order_of[FRAMES], filled_orders;
static int lru_next[FRAMES + 2], lru_previous[FRAMES + 2], lru_list[FRAMES], lru_counts[2];
BITMAP(frame_bits, FRAMES);

static inline void link_block(int frame, int order) {
  int head = HEADS + order, behind = next[head];
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
  if (behind == before && behind >= HEADS) filled_orders &= ~(1 << order);
}
static int take_block(int order) {
  int fitting = filled_orders & (-1u << order);
  if (fitting == 0) return NONE;
  int size = __builtin_ctz(fitting), frame = next[HEADS + size];
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
static void add_to_lru(int frame, int list) {
  int head = HEADS + list, behind = lru_next[head];
  lru_next[frame] = behind;
  lru_previous[frame] = head;
  lru_previous[behind] = lru_next[head] = frame;
  lru_list[frame] = list + 1;
  lru_counts[list]++;
}
static void remove_from_lru(int frame) {
  int list = lru_list[frame];
  if (list == 0) return;
  int behind = lru_next[frame], before = lru_previous[frame];
  lru_next[before] = behind;
  lru_previous[behind] = before;
  lru_next[frame] = lru_previous[frame] = lru_list[frame] = 0;
  lru_counts[list - 1]--;
}
/* Nothing is ever evicted here to make room: the rounds never need more frames than there are. */
static int allocate_frame(int used_for) {
  int frame = take_block(0);
  if (frame != NONE) {
    use[frame] = used_for;
    references[frame] = 1;
  }
  return frame;
}
static int take_page(void) {
  int frame = allocate_frame(PAGE);
  if (frame != NONE) add_to_lru(frame, INACTIVE);
  return frame;
}
static void free_frame(int frame) {
  give_block(frame, 0);
  remove_from_lru(frame);
  use[frame] = FREE;
  references[frame] = 0;
  frame_part[frame] = NULL;
}
static inline void get_frame(int frame) { references[frame]++; }
static inline void put_frame(int frame) {
  int left = --references[frame];
  if (left == 1 && frame_slot[frame] != 0) uncache(frame_slot[frame] - 1);
  if (references[frame] <= 0) free_frame(frame);
}
static inline void zero_frame(int frame) { memset(ram[frame], 0, PAGE_BYTES); }
static void format_frames(void) {
  for (int i = 0; i < FRAMES; i++) next[i] = previous[i] = order_of[i] = NONE;
  for (int head = HEADS; head < HEADS + ORDERS; head++) next[head] = previous[head] = head;
  for (int head = HEADS; head < HEADS + 2; head++) lru_next[head] = lru_previous[head] = head;
  format_bitmap(&frame_bits);
  free_frames = FRAMES;
  for (int end = FRAMES; end > 0;) {
    int order = __builtin_ctz(end) < ORDERS - 1 ? __builtin_ctz(end) : ORDERS - 1;
    link_block(end -= 1 << order, order);
  }
}

/* ---- entries ---- */

#define PRESENT 1ull
#define WRITABLE 2ull
#define USER 4ull
#define ACCESSED 32ull
#define DIRTY 64ull
#define KEPT 256ull
#define SWAPPED 512ull
#define SPECIAL 1024ull
#define NO_EXECUTE (1ull << 63)
#define NUMBER_MASK ((1ull << 40) - 1)
enum { READ = 1, WRITE = 2, EXECUTE = 4, ALL = 7 };

static inline int frame_of(entry_t entry) { return entry >> PAGE_SHIFT & 0x7fffffff; }
static inline int slot_of(entry_t entry) { return (int)~(entry >> PAGE_SHIFT & NUMBER_MASK); }
static inline int held_frame_of(entry_t entry) { return entry & PRESENT ? frame_of(entry) : slot_of(entry); }
static inline bool is_held(entry_t entry) { return (entry & (PRESENT | KEPT)) != 0; }
static inline bool is_swapped(entry_t entry) { return (entry & (PRESENT | KEPT | SWAPPED)) == SWAPPED; }
static inline entry_t inverted(int number) { return (~(uint64_t)number & NUMBER_MASK) << PAGE_SHIFT; }
static inline entry_t swapped_entry(int slot) { return inverted(slot) | SWAPPED; }
static inline entry_t page_entry(int frame, int protection) {
  if ((protection & ALL) == 0) return inverted(frame) | KEPT;
  return (entry_t)frame << PAGE_SHIFT | PRESENT | USER | (protection & WRITE ? WRITABLE : 0) |
         (protection & EXECUTE ? 0 : NO_EXECUTE);
}
static inline int number_of(const entry_t *entry) { return entry - ram[0]; }
static inline int table_of(const entry_t *entry) { return number_of(entry) / TABLE_ENTRIES; }
static inline int index_at(page_t page, int shift) { return page >> shift & (TABLE_ENTRIES - 1); }

/* The reverse mapping: every entry in RAM has a link, to the next entry that names the same and from what leads here. */
static struct link { entry_t *next, **hole; } links[FRAMES * TABLE_ENTRIES];

static inline void link_entry(entry_t *entry, entry_t value) {
  if (value & SPECIAL) return;
  entry_t **head = is_swapped(value) ? &slot_maps[slot_of(value)] : &frame_maps[held_frame_of(value)], *behind = *head;
  struct link *link = &links[number_of(entry)];
  link->next = behind;
  link->hole = head;
  if (behind != NULL) links[number_of(behind)].hole = &link->next;
  *head = entry;
}
static inline void unlink_entry(entry_t *entry) {
  struct link *link = &links[number_of(entry)];
  if (link->hole == NULL) return;
  *link->hole = link->next;
  if (link->next != NULL) links[number_of(link->next)].hole = link->hole;
  *link = (struct link){NULL, NULL};
}
static inline entry_t *next_of(entry_t *entry) { return links[number_of(entry)].next; }

/* ---- page tables ---- */

static inline void claim(entry_t *entry) { entries[table_of(entry)]++; }
static inline void fill_entry(entry_t *entry, entry_t value) {
  claim(entry);
  *entry = value;
}
static inline int clear_entry(entry_t *entry) {
  *entry = 0;
  return --entries[table_of(entry)];
}
static int take_table(int hung_below) {
  int table = allocate_frame(TABLE);
  if (table == NONE) return NONE;
  zero_frame(table);
  parent[table] = hung_below;
  return table;
}
static void give_table(int table) {
  parent[table] = NONE;
  if (use[table] != TABLE) broken("a frame is given back as a page table but is none");
  free_frame(table);
}
static void prune(entry_t *entry) {
  for (int table = table_of(entry); entries[table] == 0;) {
    if (parent[table] < 0) return;
    entry_t *above = &ram[0][parent[table]];
    clear_entry(above);
    give_table(table);
    table = table_of(above);
  }
}
static void disclaim(entry_t *entry) {
  entries[table_of(entry)]--;
  prune(entry);
}
static page_t page_of(const entry_t *entry) {
  page_t page = number_of(entry) & (TABLE_ENTRIES - 1);
  int shift = INDEX_BITS;
  for (int above = parent[table_of(entry)]; above >= 0; above = parent[above / TABLE_ENTRIES], shift += INDEX_BITS) {
    page += (page_t)(above & (TABLE_ENTRIES - 1)) << shift;
  }
  return page;
}
static int space_of(const entry_t *entry) {
  int above = parent[table_of(entry)];
  while (above >= 0) above = parent[above / TABLE_ENTRIES];
  return ~above;
}
static inline entry_t *walk(int root, page_t page) {
  entry_t *entry = &ram[root][index_at(page, INDEX_BITS * (LEVELS - 1))];
  for (int shift = INDEX_BITS * (LEVELS - 2); shift >= 0; shift -= INDEX_BITS) {
    if (!(*entry & PRESENT)) return NULL;
    entry = &ram[frame_of(*entry)][index_at(page, shift)];
  }
  return entry;
}
static int grow_table(entry_t *entry) {
  claim(entry);
  int table = take_table(number_of(entry));
  if (table == NONE) entries[table_of(entry)]--;
  else *entry = (entry_t)table << PAGE_SHIFT | PRESENT | WRITABLE | USER | ACCESSED;
  return table;
}
static entry_t *build(int root, page_t page) {
  entry_t *entry = &ram[root][index_at(page, INDEX_BITS * (LEVELS - 1))];
  for (int shift = INDEX_BITS * (LEVELS - 2); shift >= 0; shift -= INDEX_BITS) {
    int table = *entry & PRESENT ? frame_of(*entry) : grow_table(entry);
    if (table == NONE) return prune(entry), NULL;
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
  if (*entry != 0) return EEXIST;
  fill_entry(entry, page_entry(frame, protection));
  return OK;
}
static int unmap_page(int root, page_t page) {
  entry_t *entry = walk(root, page);
  if (entry == NULL || !(*entry & PRESENT)) return NONE;
  int frame = frame_of(*entry);
  if (clear_entry(entry) == 0) prune(entry);
  return frame;
}
/* The processor: the frame of a page, marked accessed and dirty; NONE is a page fault. */
enum { LOAD, STORE, FETCH };
static inline int translate(int root, page_t page, int kind) {
  entry_t *entry = walk(root, page);
  if (entry == NULL) return NONE;
  entry_t needs = kind == STORE ? PRESENT | USER | WRITABLE : PRESENT | USER;
  if ((*entry & needs) != needs || (kind == FETCH && *entry & NO_EXECUTE)) return NONE;
  entry_t marks = kind == STORE ? ACCESSED | DIRTY : ACCESSED;
  if ((*entry & marks) != marks) *entry |= marks;
  return frame_of(*entry);
}

/* ---- entries of bottom tables, with the books on what they name ---- */

static inline void set_leaf(entry_t *entry, entry_t value) {
  link_entry(entry, value);
  *entry = value;
}
static inline void let_go(entry_t value) {
  if (is_swapped(value)) put_slot(slot_of(value));
  else if (!(value & SPECIAL)) put_frame(held_frame_of(value));
}
static void replace_leaf(entry_t *entry, entry_t value) {
  entry_t old = *entry;
  unlink_entry(entry);
  set_leaf(entry, value);
  let_go(old);
}
static void drop_leaf(entry_t *entry) {
  entry_t held = *entry;
  clear_entry(entry);
  unlink_entry(entry);
  let_go(held);
}

/* ---- ranges, table by table ---- */

static void sweep_entries(entry_t *first, int count) {
  int table = table_of(first);
  for (entry_t *entry = first; entry < first + count && entries[table] > 0; entry++) if (*entry != 0) drop_leaf(entry);
  prune(first);
}
/* Down to the page's entry, or to the first that leads nowhere; `shift` says what lies below that one. */
static inline entry_t *descend(int root, page_t page, int *shift) {
  *shift = INDEX_BITS * (LEVELS - 1);
  entry_t *entry = &ram[root][index_at(page, *shift)];
  while (*shift > 0 && *entry & PRESENT) {
    *shift -= INDEX_BITS;
    entry = &ram[frame_of(*entry)][index_at(page, *shift)];
  }
  return entry;
}
static inline page_t end_of_block(page_t page, int shift) { return ((page >> shift) + 1) << shift; }
static inline page_t lower(page_t a, page_t b) { return a < b ? a : b; }
static inline page_t higher(page_t a, page_t b) { return a > b ? a : b; }

/* How many entries, from one of an upper table that leads nowhere up to the next of that table that leads on. */
static inline int empty_from(const entry_t *entry) {
  const entry_t *at = entry + 1;
  while (number_of(at) & (TABLE_ENTRIES - 1) && !(*at & PRESENT)) at++;
  return at - entry;
}
static void sweep(int root, page_t first, page_t end) {
  for (page_t page = first; page < end && entries[root] > 0;) {
    int shift;
    entry_t *entry = descend(root, page, &shift);
    if (shift > 0) page = ((page >> shift) + empty_from(entry)) << shift;
    else {
      page_t stop = lower(end, end_of_block(page, INDEX_BITS));
      sweep_entries(entry, stop - page);
      page = stop;
    }
  }
}
static entry_t *entry_from(int root, page_t first, page_t end) {
  for (page_t page = first; page < end;) {
    int shift;
    entry_t *entry = descend(root, page, &shift);
    if (shift == 0) return entry;
    page = ((page >> shift) + empty_from(entry)) << shift;
  }
  return NULL;
}
static entry_t *in_use_from(int root, page_t first, page_t end) {
  for (page_t page = first;;) {
    entry_t *entry = entry_from(root, page, end);
    if (entry == NULL) return NULL;
    page_t start = page_of(entry);
    page = lower(end, end_of_block(start, INDEX_BITS));
    for (entry_t *last = entry + (page - start); entry < last; entry++) if (*entry != 0) return entry;
  }
}

/* ---- regions: nodes, and a treap whose priorities are hashed from the nodes' places ---- */

enum { CEILING_SHIFT = 4, LOCK_SHIFT = 7, PROTECTION_BITS = 15, LOCK_BITS = 3 << LOCK_SHIFT, GROWS = 1 << 9, INHERITED = 1 << 11 };
/* low, high, gap: what is known of the tree below, for the search for a free place. */
typedef struct node { page_t start, end, offset, low, high, gap; struct node *left, *right; int attributes, object, chain; } node;
typedef struct { int root; node *tree; int regions, future; page_t mapped, locked; int process; } space;
typedef struct { int space, user, dropped, memlock, as; } process;
static node nodes[NODES], *free_node;
static space spaces[SPACES];
static process processes[PROCESSES];
BITMAP(space_bits, SPACES);

static inline bool runs_on(int object) { return object != NONE; }
static inline page_t offset_at(const node *it, page_t page) { return runs_on(it->object) ? it->offset + (page - it->start) : it->offset; }
static inline int protection_of(const node *it) { return it->attributes & PROTECTION_BITS; }
static inline page_t reach_of(const node *it) { return it->attributes & GROWS ? it->start - STACK_GAP : it->start; }
static node *take_node(void) {
  node *taken = free_node;
  if (taken == NULL) broken("out of region nodes");
  free_node = taken->left;
  taken->left = NULL;
  return taken;
}
static void give_node(node *given) {
  *given = (node){.left = free_node};
  free_node = given;
}
static inline int32_t priority(const node *it) {
  uint32_t mixed = FIRST_NODE + NODE_WORDS * (uint32_t)(it - nodes);
  mixed = (mixed ^ mixed >> 16) * 0x85ebca6b;
  mixed = (mixed ^ mixed >> 13) * 0xc2b2ae35;
  return (int32_t)(mixed ^ mixed >> 16);
}
static inline node *find_region(const space *in, page_t page) {
  for (node *it = in->tree; it != NULL;) {
    if (page < it->start) it = it->left;
    else if (page >= it->end) it = it->right;
    else return it;
  }
  return NULL;
}
static inline node *find_from(const space *in, page_t page) {
  node *best = NULL;
  for (node *it = in->tree; it != NULL;) {
    if (page < it->end) best = it, it = it->left;
    else it = it->right;
  }
  return best;
}
/* What a node knows of the tree below it. Whether that is new. */
static inline bool sum(node *it) {
  page_t low = reach_of(it), high = it->end, gap = 0;
  if (it->right != NULL) {
    gap = higher(it->right->gap, it->right->low - high);
    low = lower(low, it->right->low);
    high = it->right->high;
  }
  if (it->left != NULL) {
    gap = higher(gap, higher(it->left->gap, low - it->left->high));
    low = lower(low, it->left->low);
  }
  if (low == it->low && high == it->high && gap == it->gap) return false;
  it->low = low, it->high = high, it->gap = gap;
  return true;
}
/* The nodes on the way to one, the root first. */
static node *path[NODES];
static void sum_path(int depth) { while (depth > 0 && sum(path[depth - 1])) depth--; }
static void sum_right_spine(node *it) { if (it != NULL) sum_right_spine(it->right), sum(it); }
static void sum_left_spine(node *it) { if (it != NULL) sum_left_spine(it->left), sum(it); }
static void insert_node(space *in, node *added) {
  page_t start = added->start;
  node **hole = &in->tree;
  int depth = 0;
  for (node *above = *hole; above != NULL && priority(above) > priority(added); above = *hole) {
    path[depth++] = above;
    hole = start < above->start ? &above->left : &above->right;
  }
  node *below = *hole, **low = &added->left, **high = &added->right;
  *hole = added;
  while (below != NULL) {
    if (below->start < start) *low = below, low = &below->right, below = *low;
    else *high = below, high = &below->left, below = *high;
  }
  *low = *high = NULL;
  sum_right_spine(added->left);
  sum_left_spine(added->right);
  sum(added);
  sum_path(depth);
}
static void remove_node(space *in, node *dropped) {
  page_t start = dropped->start;
  node **hole = &in->tree;
  int depth = 0;
  for (node *above = *hole; above != dropped; above = *hole) {
    path[depth++] = above;
    hole = start < above->start ? &above->left : &above->right;
  }
  node *low = dropped->left, *high = dropped->right;
  int above = depth;
  while (low != NULL && high != NULL) {
    if (priority(low) > priority(high)) *hole = path[depth++] = low, hole = &low->right, low = *hole;
    else *hole = path[depth++] = high, hole = &high->left, high = *hole;
  }
  *hole = low == NULL ? high : low;
  while (depth > above) sum(path[--depth]);
  give_node(dropped);
  sum_path(depth);
}
/* After a region's ends have moved. */
static void refresh(space *in, node *moved) {
  int depth = 0;
  for (node *above = in->tree; above != moved; above = moved->start < above->start ? above->left : above->right) path[depth++] = above;
  sum(moved);
  sum_path(depth);
}
static page_t highest_below(const node *it, page_t limit, page_t count) {
  if (it == NULL || higher(it->gap, limit - it->high) < count) return NONE;
  page_t above = highest_below(it->right, limit, count);
  if (above != NONE) return above;
  page_t end = it->right == NULL ? limit : lower(limit, it->right->low);
  if (end - it->end >= count) return end - count;
  return highest_below(it->left, lower(end, reach_of(it)), count);
}
static page_t highest(const space *in, page_t count) {
  page_t inside = highest_below(in->tree, USER_PAGES, count);
  page_t page = inside != NONE ? inside : (in->tree == NULL ? USER_PAGES : in->tree->low) - count;
  return page >= 0 ? page : NONE;
}

/* ---- regions of a space, in merged normal form, and the counters that follow them ---- */

static inline void count_pages(space *in, int attributes, page_t pages) {
  in->mapped += pages;
  if (attributes & LOCK_BITS) in->locked += pages;
}
/* No round maps an object; that each region is asked whether it does is part of the work. */
static inline void attach_object(int object) { if (object != NONE) broken("there are no objects here"); }
static node *add_region(space *in, page_t start, page_t end, page_t offset, int attributes, int object) {
  node *added = take_node();
  added->start = start, added->end = end, added->offset = offset;
  added->attributes = attributes, added->object = object, added->chain = NONE;
  insert_node(in, added);
  in->regions++;
  count_pages(in, attributes, end - start);
  attach_object(object);
  return added;
}
static void drop_region(space *in, node *dropped) {
  int object = dropped->object;
  count_pages(in, dropped->attributes, dropped->start - dropped->end);
  remove_node(in, dropped);
  in->regions--;
  attach_object(object);
}
static void resize_region(space *in, node *it, page_t start, page_t end) {
  count_pages(in, it->attributes, end - start - (it->end - it->start));
  it->offset = offset_at(it, start);
  it->start = start;
  it->end = end;
  refresh(in, it);
}
static bool agree(const node *left, const node *right, page_t page) {
  if ((left->attributes ^ right->attributes) & ~INHERITED || left->object != right->object) return false;
  if (runs_on(left->object) && offset_at(left, page) != offset_at(right, page)) return false;
  return left->chain == right->chain;
}
/* Makes two regions that touch one, if they are there and agree. The one that ends up below. */
static node *merge(space *in, node *left, node *right, page_t page) {
  if (left == NULL || right == NULL || !agree(left, right, page)) return right;
  page_t end = right->end;
  drop_region(in, right);
  resize_region(in, left, left->start, end);
  return left;
}
static void merge_at(space *in, page_t page) {
  node *right = find_region(in, page);
  if (right != NULL && right->start == page) merge(in, find_region(in, page - 1), right, page);
}
static void cut(space *in, node *it, page_t first, page_t end) {
  page_t start = it->start, node_end = it->end;
  if (start >= first && node_end <= end) drop_region(in, it);
  else if (start >= first) resize_region(in, it, end, node_end);
  else {
    resize_region(in, it, start, first);
    if (node_end > end) add_region(in, end, node_end, offset_at(it, end), it->attributes, it->object);
  }
}
static bool remove_range(space *in, page_t first, page_t end) {
  bool removed = false;
  for (node *it = find_from(in, first); it != NULL && it->start < end; removed = true) {
    page_t node_end = it->end;
    cut(in, it, first, end);
    it = node_end < end ? find_from(in, node_end) : NULL;
  }
  return removed;
}
static void remove_pages(space *in, page_t first, page_t end) {
  if (remove_range(in, first, end)) sweep(in->root, first, end);
}
static void insert_range(space *in, page_t first, page_t end, page_t offset, int attributes, int object) {
  node *added = add_region(in, first, end, offset, attributes, object);
  node *merged = merge(in, find_region(in, first - 1), added, first);
  merge(in, merged, find_region(in, end), end);
}

/* ---- what an operation would leave, counted by reading only ---- */

static struct { page_t end, offset; int attributes, object; } edge;

static int meet(page_t start, page_t end, page_t offset, int attributes, int object) {
  page_t behind = runs_on(object) ? offset + (end - start) : offset;
  bool continues = edge.end == start && edge.object == object && !((edge.attributes ^ attributes) & ~INHERITED) &&
                   (!runs_on(object) || edge.offset == offset);
  edge.end = end, edge.offset = behind, edge.attributes = attributes, edge.object = object;
  return !continues;
}
static int meet_node(const node *it, page_t start) {
  return it == NULL ? 0 : meet(start, it->end, offset_at(it, start), it->attributes, it->object);
}
static void begin_behind(const node *it, page_t end) {
  edge.end = NONE;
  if (it != NULL) edge.end = end, edge.offset = offset_at(it, end), edge.attributes = it->attributes, edge.object = it->object;
}
static int starts_in(const space *in, page_t first, page_t last) {
  int starts = 0;
  for (node *it = find_from(in, first); it != NULL && it->start <= last; it = it->end <= last ? find_from(in, it->end) : NULL) {
    starts += it->start >= first;
  }
  return starts;
}
static int count_without(const space *in, page_t first, page_t end) {
  return in->regions - starts_in(in, first, end) + (find_region(in, end) != NULL);
}
static int count_with(const space *in, page_t first, page_t end, page_t offset, int attributes, int object) {
  begin_behind(find_region(in, first - 1), first);
  int starts = meet(first, end, offset, attributes, object) + meet_node(find_region(in, end), end);
  return in->regions - starts_in(in, first, end) + starts;
}
static page_t mapped_in(const space *in, page_t first, page_t end) {
  page_t pages = 0;
  for (node *it = find_from(in, first); it != NULL && it->start < end; it = find_from(in, it->end)) {
    pages += lower(it->end, end) - higher(it->start, first);
  }
  return pages;
}

/* ---- mmap and munmap of private memory ---- */

enum { SHARED = 1, FIXED = 2, NOREPLACE = 4, POPULATE = 8, LOCKED = 16, GROWSDOWN = 32, IPC_LOCK = 2, UNLIMITED = INT32_MAX };

static bool exceeds_mapped(const space *in, page_t more) {
  int limit = processes[in->process].as;
  return limit != UNLIMITED && in->mapped + more > limit;
}
static bool locks_freely(const space *in) { return !(processes[in->process].dropped & IPC_LOCK); }
static bool exceeds_locked(const space *in, page_t more) {
  int limit = processes[in->process].memlock;
  return limit != UNLIMITED && in->locked + more > limit && !locks_freely(in);
}
static int ceiling_after(int ceiling, int protection) {
  return ceiling & ~(protection & WRITE ? EXECUTE : 0) & ~(protection & EXECUTE ? WRITE : 0);
}
static page_t place(const space *in, page_t page, page_t count, int flags) {
  page_t end = page + count;
  if (flags & (FIXED | NOREPLACE)) {
    if (end > USER_PAGES) return ENOMEM;
    return flags & NOREPLACE && mapped_in(in, page, end) > 0 ? EEXIST : page;
  }
  if (page != NONE && end <= USER_PAGES && mapped_in(in, page, end) == 0) return page;
  page_t free = highest(in, count);
  return free == NONE ? ENOMEM : free;
}
static page_t map_pages(space *in, page_t page, page_t count, int protection, int flags) {
  if (count <= 0 || protection & ~ALL || flags & SHARED) return EINVAL;
  if (protection & WRITE && protection & EXECUTE) return EACCES;
  page_t first = place(in, page, count, flags), end = first + count;
  if (first < 0) return first;
  int lock = flags & LOCKED ? 1 : in->future;
  if (flags & LOCKED && processes[in->process].memlock <= 0 && !locks_freely(in)) return EPERM;
  if (lock != 0 && exceeds_locked(in, count)) return EAGAIN;
  if (exceeds_mapped(in, count) && exceeds_mapped(in, count - mapped_in(in, first, end))) return ENOMEM;
  int ceiling = ceiling_after(ALL, protection) | READ;
  int attributes = protection | ceiling << CEILING_SHIFT | lock << LOCK_SHIFT | (flags & GROWSDOWN ? GROWS : 0);
  if (in->regions + 2 > REGION_LIMIT && count_with(in, first, end, 0, attributes, NONE) > REGION_LIMIT) return ENOMEM;
  remove_pages(in, first, end);
  insert_range(in, first, end, 0, attributes, NONE);
  if (flags & POPULATE || lock == 1) broken("nothing is populated here");
  return first;
}
static inline space *space_of_process(int number) {
  return number < 0 || number >= PROCESSES || processes[number].space == NONE ? NULL : &spaces[processes[number].space];
}
static inline page_t pages_for(uint64_t length) { return (length + PAGE_BYTES - 1) >> PAGE_SHIFT; }
/* The address, or why not; NONE is anywhere. */
static int64_t mmap_range(int process, int64_t address, uint64_t length, int protection, int flags) {
  space *in = space_of_process(process);
  if (in == NULL) return ESRCH;
  if (flags & (FIXED | NOREPLACE) && address & (PAGE_BYTES - 1)) return EINVAL;
  page_t page = map_pages(in, address == NONE ? NONE : address >> PAGE_SHIFT, pages_for(length), protection, flags);
  return page < 0 ? page : page << PAGE_SHIFT;
}
static int munmap_range(int process, int64_t address, uint64_t length) {
  space *in = space_of_process(process);
  if (in == NULL) return ESRCH;
  page_t page = address >> PAGE_SHIFT, count = pages_for(length), end = page + count;
  if (address & (PAGE_BYTES - 1) || count <= 0 || end > USER_PAGES) return EINVAL;
  if (in->regions == REGION_LIMIT && count_without(in, page, end) > REGION_LIMIT) return ENOMEM;
  remove_pages(in, page, end);
  return OK;
}

/* ---- swapping ---- */

static bool is_locked(const entry_t *entry) {
  node *region = find_region(&spaces[space_of(entry)], page_of(entry));
  return region != NULL && region->attributes & LOCK_BITS;
}
static bool evictable(int frame) {
  if (use[frame] != PAGE) return false;
  if (frame_part[frame] != NULL) broken("there are no objects here");
  int holds = frame_slot[frame] != 0;
  for (entry_t *entry = frame_maps[frame]; entry != NULL; entry = next_of(entry)) {
    if (is_locked(entry)) return false;
    holds++;
  }
  return holds == references[frame];
}
static void rename_entries(int frame, int slot) {
  for (entry_t *entry = frame_maps[frame]; entry != NULL; entry = frame_maps[frame]) {
    unlink_entry(entry);
    get_slot(slot);
    set_leaf(entry, swapped_entry(slot));
  }
}
static int evict(int frame) {
  int copy = frame_slot[frame] - 1, slot = copy == NONE ? take_slot() : copy;
  if (slot == NONE) return ENOSPC;
  if (copy == NONE) {
    for (entry_t *entry = frame_maps[frame]; entry != NULL; entry = next_of(entry)) *entry = 0;
    memcpy(swap_area[slot], ram[frame], PAGE_BYTES);
    rename_entries(frame, slot);
    put_slot(slot);
  } else {
    rename_entries(frame, slot);
    uncache(slot);
  }
  free_frame(frame);
  return OK;
}
static bool bring_in(entry_t *entry, int protection) {
  int slot = slot_of(*entry), frame = take_page();
  if (frame == NONE) return false;
  memcpy(ram[frame], swap_area[slot], PAGE_BYTES);
  replace_leaf(entry, page_entry(frame, protection));
  return true;
}
static int swap_out(int process, int64_t address) {
  space *in = space_of_process(process);
  if (in == NULL) return ESRCH;
  page_t page = address >> PAGE_SHIFT;
  if (page < 0 || page >= USER_PAGES) return EINVAL;
  entry_t *entry = walk(in->root, page);
  if (entry == NULL || !is_held(*entry) || *entry & SPECIAL) return EINVAL;
  int frame = held_frame_of(*entry);
  return evictable(frame) ? evict(frame) : EBUSY;
}
static int swap_in(int process, int64_t address) {
  space *in = space_of_process(process);
  if (in == NULL) return ESRCH;
  page_t page = address >> PAGE_SHIFT;
  if (page < 0 || page >= USER_PAGES) return EINVAL;
  entry_t *entry = walk(in->root, page);
  if (entry == NULL || !is_swapped(*entry)) return EINVAL;
  evicted = 0;
  return bring_in(entry, protection_of(find_region(in, page))) ? OK : ENOMEM;
}

/* ---- loads, stores, faults, copy-on-write ---- */

static bool unshare(entry_t *entry, int protection) {
  if (*entry & SPECIAL) broken("there is no frame of zeros here");
  int frame = held_frame_of(*entry);
  if (references[frame] == 2 && frame_slot[frame] != 0) uncache(frame_slot[frame] - 1);
  if (references[frame] == 1) {
    *entry = page_entry(frame, protection) | (*entry & (ACCESSED | DIRTY));
    return true;
  }
  get_frame(frame);
  int copy = take_page();
  references[frame]--;
  if (copy == NONE) return false;
  memcpy(ram[copy], ram[frame], PAGE_BYTES);
  replace_leaf(entry, page_entry(copy, protection));
  return true;
}
static bool first_touch(int root, page_t page, int protection) {
  entry_t *entry = reach(root, page);
  if (entry == NULL) return false;
  claim(entry);
  int frame = take_page();
  if (frame == NONE) return disclaim(entry), false;
  zero_frame(frame);
  set_leaf(entry, page_entry(frame, protection));
  return true;
}
static bool make_private(int root, page_t page, int kind, int protection) {
  entry_t *entry = walk(root, page);
  if (entry == NULL || *entry == 0) return first_touch(root, page, protection);
  if (is_swapped(*entry)) return bring_in(entry, protection);
  return kind != STORE || *entry & WRITABLE || unshare(entry, protection);
}
static int fault(space *in, page_t page, int kind) {
  node *region = find_region(in, page);
  /* No round touches what lies below a stack. */
  if (region == NULL) return SEGV_MAPERR;
  if (!(protection_of(region) & (kind == STORE ? WRITE : kind == FETCH ? EXECUTE : ALL))) return SEGV_ACCERR;
  if (region->object != NONE) broken("there are no objects here");
  evicted = 0;
  return make_private(in->root, page, kind, protection_of(region)) ? OK : ENOMEM;
}
static inline int word_at(int process, int64_t address, int kind, uint32_t **word) {
  space *in = space_of_process(process);
  if (in == NULL) return ESRCH;
  if (address & 3) return EINVAL;
  page_t page = address >> PAGE_SHIFT;
  if (page < 0 || page >= USER_PAGES) return SEGV_MAPERR;
  int frame;
  while ((frame = translate(in->root, page, kind)) == NONE) {
    int answer = fault(in, page, kind);
    if (answer != OK) return answer;
  }
  *word = (uint32_t *)ram[frame] + (address & (PAGE_BYTES - 1)) / 4;
  return OK;
}
static int64_t load(int process, int64_t address) {
  uint32_t *word;
  int answer = word_at(process, address, LOAD, &word);
  return answer == OK ? (int64_t)*word : answer;
}
static int store(int process, int64_t address, uint32_t value) {
  uint32_t *word;
  int answer = word_at(process, address, STORE, &word);
  if (answer == OK) *word = value;
  return answer;
}

/* ---- fork: the child's entries first, then the parent's lose their right to write ---- */

static bool share_entry(entry_t value) {
  if (is_swapped(value)) {
    if (slot_references[slot_of(value)] >= SHARERS) return false;
    get_slot(slot_of(value));
  } else if (!(value & SPECIAL)) {
    if (references[held_frame_of(value)] >= SHARERS) return false;
    get_frame(held_frame_of(value));
  }
  return true;
}
static bool copy_entries(const entry_t *from, entry_t *to, int count, entry_t mask) {
  for (int i = 0; i < count; i++) {
    if (from[i] == 0) continue;
    if (!share_entry(from[i])) return false;
    claim(&to[i]);
    set_leaf(&to[i], from[i] & mask);
  }
  return true;
}
static bool copy_range(int parent_root, int child_root, const node *region) {
  entry_t mask = ~(ACCESSED | DIRTY | (region->object == NONE ? WRITABLE : 0));
  for (page_t page = region->start, end = region->end; page < end;) {
    entry_t *found = in_use_from(parent_root, page, end);
    if (found == NULL) return true;
    page = page_of(found);
    page_t stop = lower(end, end_of_block(page, INDEX_BITS));
    entry_t *first = reach(child_root, page);
    if (first == NULL) return false;
    claim(first);
    entry_t *from = walk(parent_root, page);
    bool copied = from == NULL || copy_entries(from, first, stop - page, mask);
    disclaim(first);
    if (!copied) return false;
    page = stop;
  }
  return true;
}
static void protect_region(int root, page_t start, page_t end) {
  for (page_t page = start; page < end;) {
    entry_t *entry = entry_from(root, page, end);
    if (entry == NULL) return;
    page_t first = page_of(entry);
    page = lower(end, end_of_block(first, INDEX_BITS));
    for (entry_t *last = entry + (page - first); entry < last; entry++) if (*entry & WRITABLE) *entry &= ~WRITABLE;
  }
}
static bool copy_memory(const space *from, const space *to) {
  evicted = 0;
  for (node *region = find_from(from, 0); region != NULL; region = find_from(from, region->end)) {
    if (!copy_range(from->root, to->root, region)) return sweep(to->root, 0, USER_PAGES), false;
  }
  for (node *region = find_from(from, 0); region != NULL; region = find_from(from, region->end)) {
    if (region->object == NONE) protect_region(from->root, region->start, region->end);
  }
  return true;
}
static void copy_regions(const space *from, space *to) {
  for (node *it = find_from(from, 0); it != NULL; it = find_from(from, it->end)) {
    add_region(to, it->start, it->end, it->offset, it->attributes & ~(LOCK_BITS | INHERITED), it->object);
    merge_at(to, it->start);
  }
}
static void remove_regions(space *in) { while (in->tree != NULL) drop_region(in, in->tree); }

/* ---- processes ---- */

static int take_space(int process) {
  int taken = lowest_clear(&space_bits);
  if (taken == NONE) return EAGAIN;
  evicted = 0;
  int root = take_table(~taken);
  if (root == NONE) return ENOMEM;
  set_bit(&space_bits, taken);
  spaces[taken].root = root;
  spaces[taken].process = process;
  return taken;
}
static void give_space(int given) {
  give_table(spaces[given].root);
  spaces[given] = (space){.root = NONE, .process = NONE};
  clear_bit(&space_bits, given);
}
static int spawn(int number) {
  if (number < 0 || number >= PROCESSES) return ESRCH;
  if (processes[number].space != NONE) return EEXIST;
  int taken = take_space(number);
  if (taken < 0) return taken;
  processes[number] = (process){.space = taken, .memlock = UNLIMITED, .as = UNLIMITED};
  return OK;
}
static int fork_process(int number, int child) {
  space *from = space_of_process(number);
  if (from == NULL || child < 0 || child >= PROCESSES) return ESRCH;
  if (processes[child].space != NONE) return EEXIST;
  int to = take_space(child);
  if (to < 0) return to;
  copy_regions(from, &spaces[to]);
  if (!copy_memory(from, &spaces[to])) return remove_regions(&spaces[to]), give_space(to), ENOMEM;
  processes[child] = processes[number];
  processes[child].space = to;
  return OK;
}
static int exit_process(int number) {
  space *in = space_of_process(number);
  if (in == NULL) return ESRCH;
  remove_regions(in);
  sweep(in->root, 0, USER_PAGES);
  give_space(processes[number].space);
  processes[number] = (process){.space = NONE};
  return OK;
}

/* ---- the start ---- */

static void format(void) {
  format_frames();
  format_areas();
  format_bitmap(&space_bits);
  for (int i = 0; i < FRAMES; i++) parent[i] = NONE;
  for (int i = NODES - 1; i >= 0; i--) nodes[i].left = free_node, free_node = &nodes[i];
  for (int i = 0; i < PROCESSES; i++) processes[i].space = NONE;
  for (int i = 0; i < SPACES; i++) spaces[i].root = spaces[i].process = NONE;
}
