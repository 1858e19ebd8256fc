/* The C side of the comparison: the rounds of rounds.ts, one for one, on the machine of machine.c. Reads lines
 * `name count seed`, runs that many operations, and answers `microseconds checksum`, in user CPU time. */

#include "machine.c"
#include <sys/resource.h>

#define FIRST_PAGE 0x7f0000000ull
#define STRIDE (20 * PAGE_BYTES)
static const int64_t BASE = FIRST_PAGE * PAGE_BYTES, DROPPED = FIRST_PAGE * PAGE_BYTES + 100 * STRIDE;
/* A region at the very top, as a stack is: what may go anywhere goes below it. */
static const int64_t TOP = (USER_PAGES - 1) * PAGE_BYTES;
static const page_t SCRATCH = FIRST_PAGE + (1 << 24);
enum { LIVE = 1024, RESIDENT = 16, READ_WRITE = READ | WRITE };

static int live[LIVE], root;

static inline uint32_t after(uint32_t random) {
  random ^= random << 13;
  random ^= random >> 17;
  return random ^ random << 5;
}
static inline uint32_t mix(uint32_t sum, uint32_t value) { return sum * 31 + value; }
static inline page_t page_in(uint32_t random) { return FIRST_PAGE + (random >> 4 & 15) * 20 + (random & 15); }
static inline int64_t resident(uint32_t random) { return page_in(random) * PAGE_BYTES; }
/* One of the 64 pages of the process that forks. */
static inline int64_t forked(uint32_t random) { return resident(random & 63); }

static void prepare(void) {
  format();
  spawn(0);
  root = spaces[0].root;
  for (int i = 0; i < 64; i++) mmap_range(0, BASE + i * STRIDE, RESIDENT * PAGE_BYTES, READ_WRITE, FIXED);
  for (int i = 0; i < 256; i++) store(0, resident(i), i);
  for (int i = 0; i < LIVE; i++) live[i] = allocate_frame(PAGE);
  map_page(root, SCRATCH, live[0], READ_WRITE);
  mmap_range(0, DROPPED, 65 * PAGE_BYTES, READ_WRITE, FIXED);
  store(0, DROPPED, 1);
  mmap_range(0, TOP, PAGE_BYTES, READ, FIXED);
  load(0, TOP);
  spawn(1);
  for (int i = 0; i < 4; i++) mmap_range(1, BASE + i * STRIDE, RESIDENT * PAGE_BYTES, READ_WRITE, FIXED);
  for (int i = 0; i < 64; i++) store(1, forked(i), i);
}

static uint32_t generator(int count, uint32_t random) {
  uint32_t sum = 0;
  for (int i = 0; i < count; i++) sum = mix(sum, random = after(random));
  return sum;
}
static uint32_t frames(int count, uint32_t random) {
  uint32_t sum = 0;
  for (int i = 0; i < count; i++) {
    random = after(random);
    int chosen = random & (LIVE - 1);
    free_frame(live[chosen]);
    live[chosen] = allocate_frame(PAGE);
    sum = mix(sum, live[chosen]);
  }
  return sum;
}
static uint32_t walks(int count, uint32_t random) {
  uint32_t sum = 0;
  for (int i = 0; i < count; i++) {
    random = after(random);
    sum = mix(sum, (uint32_t *)walk(root, page_in(random)) - (uint32_t *)ram);
  }
  return sum;
}
static uint32_t maps(int count, uint32_t random) {
  uint32_t sum = 0;
  for (int i = 0; i < count; i++) {
    random = after(random);
    page_t page = SCRATCH + 1 + (random & 255);
    map_page(root, page, random >> 20, READ_WRITE);
    sum = mix(sum, unmap_page(root, page));
  }
  return sum;
}
static uint32_t loads(int count, uint32_t random) {
  uint32_t sum = 0;
  for (int i = 0; i < count; i++) {
    random = after(random);
    sum = mix(sum, load(0, resident(random)));
  }
  return sum;
}
static uint32_t stores(int count, uint32_t random) {
  uint32_t sum = 0;
  for (int i = 0; i < count; i++) {
    random = after(random);
    sum = mix(sum, store(0, resident(random), i));
  }
  return sum;
}
static uint32_t mappings(int count, uint32_t random) {
  uint32_t sum = 0;
  for (int i = 0; i < count; i++) {
    random = after(random);
    int64_t address = BASE + (random & 63) * STRIDE + 17 * PAGE_BYTES;
    sum = mix(sum, mmap_range(0, address, PAGE_BYTES, READ_WRITE, FIXED) / PAGE_BYTES);
    sum = mix(sum, munmap_range(0, address, PAGE_BYTES));
  }
  return sum;
}
static uint32_t faults(int count, uint32_t random) {
  uint32_t sum = 0;
  for (int done = 0; done < count; done += 64) {
    random = after(random);
    for (uint32_t i = 0; i < 64; i++) {
      int64_t address = DROPPED + (1 + ((random + i * 37) & 63)) * PAGE_BYTES;
      store(0, address + ((random >> 20) & 0xffc), random);
      sum = mix(sum, load(0, address + ((random >> 8) & 0xffc)));
    }
    sum = mix(sum, munmap_range(0, DROPPED + PAGE_BYTES, 64 * PAGE_BYTES));
    mmap_range(0, DROPPED + PAGE_BYTES, 64 * PAGE_BYTES, READ_WRITE, FIXED);
  }
  return sum;
}
static uint32_t swaps(int count, uint32_t random) {
  uint32_t sum = 0;
  for (int i = 0; i < count; i++) {
    random = after(random);
    int64_t address = resident(random);
    sum = mix(sum, swap_out(0, address));
    sum = mix(sum, swap_in(0, address));
    sum = mix(sum, load(0, address));
  }
  return sum;
}
/* Anywhere: in the highest hole below the topmost region, where tables are; 64 mappings are there at a time. */
static uint32_t touches(int count, uint32_t random) {
  static int64_t placed[64], lengths[64];
  uint32_t sum = 0;
  for (int i = 0; i < count; i++) {
    random = after(random);
    int chosen = random & 63;
    if (lengths[chosen] != 0) sum = mix(sum, munmap_range(0, placed[chosen], lengths[chosen]));
    lengths[chosen] = (1 + (random >> 6 & 3)) * PAGE_BYTES;
    placed[chosen] = mmap_range(0, NONE, lengths[chosen], READ_WRITE, 0);
    sum = mix(sum, store(0, placed[chosen] + (random >> 20 & 0xffc), random));
    sum = mix(sum, placed[chosen] / PAGE_BYTES);
  }
  return sum;
}
static uint32_t forks(int count, uint32_t random) {
  uint32_t sum = random;
  for (int i = 0; i < count; i++) {
    sum = mix(sum, fork_process(1, 2));
    sum = mix(sum, exit_process(2));
  }
  return sum;
}
/* A child writes to each of its 64 pages, all of which its parent has too; then it ends. */
static uint32_t copies(int count, uint32_t random) {
  uint32_t sum = 0;
  for (int done = 0; done < count; done += 64) {
    random = after(random);
    fork_process(1, 2);
    for (uint32_t i = 0; i < 64; i++) {
      sum = mix(sum, store(2, forked(random + i * 37) + (random >> 20 & 0xffc), random));
    }
    sum = mix(sum, load(2, forked(random >> 8) + (random >> 20 & 0xffc)));
    exit_process(2);
  }
  return sum;
}
/* Every word of the frames and of the swap area. */
static uint32_t memory(int count, uint32_t sum) {
  (void)count;
  for (uint32_t *word = (uint32_t *)ram; word < (uint32_t *)(ram + FRAMES); word++) sum = mix(sum, *word);
  for (uint32_t *word = (uint32_t *)swap_area; word < (uint32_t *)(swap_area + SLOTS); word++) sum = mix(sum, *word);
  return sum;
}

static const struct { const char *name; uint32_t (*run)(int count, uint32_t seed); } rounds[] = {
  {"generator", generator}, {"frames", frames}, {"walks", walks}, {"maps", maps}, {"loads", loads}, {"stores", stores},
  {"mappings", mappings}, {"faults", faults}, {"swaps", swaps},
  {"touches", touches}, {"forks", forks}, {"copies", copies}, {"memory", memory},
};

static int64_t user_microseconds(void) {
  struct rusage used;
  getrusage(RUSAGE_SELF, &used);
  return used.ru_utime.tv_sec * 1000000ll + used.ru_utime.tv_usec;
}

int main(void) {
  char name[32];
  int count;
  uint32_t seed;
  prepare();
  while (scanf("%31s %d %u", name, &count, &seed) == 3) {
    for (size_t i = 0; i < sizeof rounds / sizeof *rounds; i++) {
      if (strcmp(rounds[i].name, name) != 0) continue;
      int64_t start = user_microseconds();
      uint32_t sum = rounds[i].run(count, seed);
      printf("%lld %u\n", (long long)(user_microseconds() - start), sum);
      fflush(stdout);
    }
  }
  return 0;
}
