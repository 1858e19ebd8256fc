/* The protocol of several CPUs of impl/ once more, in C: a page is mapped under the lock of its space, every CPU walks to it
 * and keeps the translation, and it is unmapped and forgotten by all before the lock is given back. One thread plays all
 * CPUs here as there, so the others answer where they are waited for. The same instructions are atomic on both sides.
 * CPUS, TRANSLATIONS and FIRST_PAGE are -D flags. */

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

enum { NONE = -1, LEVELS = 4, BITS = 9, ENTRIES = 512, TABLES = 16, SPACE = 0 };
enum { FLUSH_NONE, FLUSH_PAGE };
#define PRESENT 1ull
#define WRITABLE 2ull
#define USER 4ull
#define ACCESSED 32ull
#define DIRTY 64ull
#define NO_EXECUTE (1ull << 63)
#define load(at) __atomic_load_n(at, __ATOMIC_SEQ_CST)
#define store(at, value) __atomic_store_n(at, value, __ATOMIC_SEQ_CST)

static uint64_t tables[TABLES][ENTRIES];
static int counts[TABLES], made = 1;
static int space_lock, active[CPUS], asked[CPUS], behind[CPUS];
static struct { int kind, space; int64_t page; } flush[CPUS];
static struct { int space; int64_t page; int kept; } tlb[CPUS][TRANSLATIONS];

static void broken(const char *promise) {
  fprintf(stderr, "shootdown.c: %s\n", promise);
  exit(1);
}
static int index_of(int64_t page, int level) { return page >> (BITS * level) & (ENTRIES - 1); }
static int table_of(uint64_t *entry) { return (entry - tables[0]) / ENTRIES; }

static uint64_t *walk(int64_t page) {
  uint64_t *entry = &tables[0][index_of(page, LEVELS - 1)];
  for (int level = LEVELS - 2; level >= 0; level--) {
    if (!(*entry & PRESENT)) return NULL;
    entry = &tables[(*entry >> 12) & 0xffffffff][index_of(page, level)];
  }
  return entry;
}
static void publish(uint64_t *entry, uint64_t value) {
  *(volatile uint64_t *)entry = 0;
  store(entry, value);
}
static uint64_t *reach(int64_t page) {
  uint64_t *entry = walk(page);
  if (entry) return entry;
  entry = &tables[0][index_of(page, LEVELS - 1)];
  for (int level = LEVELS - 2; level >= 0; level--) {
    if (!(*entry & PRESENT)) {
      if (made == TABLES) broken("too few tables");
      __atomic_fetch_add(&counts[table_of(entry)], 1, __ATOMIC_SEQ_CST);
      publish(entry, (uint64_t)made++ << 12 | PRESENT | WRITABLE | USER | ACCESSED);
    }
    entry = &tables[(*entry >> 12) & 0xffffffff][index_of(page, level)];
  }
  return entry;
}
static void map(int64_t page, uint64_t frame) {
  uint64_t *entry = reach(page);
  if (*entry) broken("the page is mapped already");
  __atomic_fetch_add(&counts[table_of(entry)], 1, __ATOMIC_SEQ_CST);
  publish(entry, frame << 12 | PRESENT | WRITABLE | USER | NO_EXECUTE);
}
static int unmap(int64_t page) {
  uint64_t *entry = walk(page);
  if (!entry || !(*entry & PRESENT)) return NONE;
  int frame = *entry >> 12 & 0x7fffffff;
  *(volatile uint64_t *)entry = 0;
  if (__atomic_sub_fetch(&counts[table_of(entry)], 1, __ATOMIC_SEQ_CST) == 0) broken("a table is empty");
  return frame;
}

static int translate(int cpu, int64_t page) {
  int at = page & (TRANSLATIONS - 1);
  if (tlb[cpu][at].space == SPACE + 1 && tlb[cpu][at].page == page) return tlb[cpu][at].kept >> 2;
  for (;;) {
    uint64_t *entry = walk(page);
    if (!entry) return NONE;
    uint64_t seen = load(entry);
    if ((seen & (PRESENT | USER)) != (PRESENT | USER)) return NONE;
    uint64_t marked = seen | ACCESSED;
    if (!__atomic_compare_exchange_n(entry, &seen, marked, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) continue;
    int frame = seen >> 12 & 0x7fffffff;
    int writes = (marked & (WRITABLE | DIRTY)) == (WRITABLE | DIRTY) ? 1 : 0;
    tlb[cpu][at].space = SPACE + 1;
    tlb[cpu][at].page = page;
    tlb[cpu][at].kept = frame << 2 | writes | (seen & NO_EXECUTE ? 0 : 2);
    return frame;
  }
}

static void obey(int cpu, int from) {
  if (flush[from].kind != FLUSH_PAGE) return;
  int at = flush[from].page & (TRANSLATIONS - 1);
  if (tlb[cpu][at].space == flush[from].space + 1 && tlb[cpu][at].page == flush[from].page) tlb[cpu][at].space = 0;
}
static void acknowledge(int cpu) {
  int askers = load(&asked[cpu]);
  for (int from = 0; from < CPUS; from++) if (askers & 1 << from) obey(cpu, from);
  __atomic_fetch_and(&asked[cpu], ~askers, __ATOMIC_SEQ_CST);
}
/* Whoever waits answers, and so do all others, who have nothing else to do. */
static void serve(int me) {
  int answered = 0;
  if (asked[me]) acknowledge(me);
  for (int cpu = 0; cpu < CPUS; cpu++) if (asked[cpu]) acknowledge(cpu), answered = 1;
  if (!answered) broken("a CPU waits for one that does not run");
}
static int has_loaded(int cpu, int space) {
  store(&behind[cpu], 1);
  if (load(&active[cpu]) != space) return 0;
  store(&behind[cpu], 0);
  return 1;
}
static void forget_everywhere(int me, int64_t page) {
  flush[me].page = page;
  flush[me].space = SPACE;
  flush[me].kind = FLUSH_PAGE;
  obey(me, me);
  for (int cpu = 0; cpu < CPUS; cpu++)
    if (cpu != me && has_loaded(cpu, SPACE)) __atomic_fetch_or(&asked[cpu], 1 << me, __ATOMIC_SEQ_CST);
  for (int cpu = 0; cpu < CPUS; cpu++)
    while (cpu != me && load(&asked[cpu]) & 1 << me) serve(me);
  flush[me].kind = FLUSH_NONE;
}

static void take_alone(int me) {
  int nobody = 0;
  if (!__atomic_compare_exchange_n(&space_lock, &nobody, -1 - me, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
    broken("the lock is taken");
}
static void give_alone(int me) {
  if (__atomic_exchange_n(&space_lock, 0, __ATOMIC_SEQ_CST) != -1 - me) broken("the lock is another's");
}

static uint32_t after(uint32_t random) {
  random ^= random << 13;
  random ^= random >> 17;
  return random ^ random << 5;
}
static uint32_t mix(uint32_t sum, uint32_t value) { return sum * 31 + value; }

static uint32_t shootdowns(long count, uint32_t random) {
  uint32_t sum = 0;
  for (long i = 0; i < count; i++) {
    random = after(random);
    int64_t page = FIRST_PAGE + 1 + (random & 255);
    take_alone(0);
    map(page, random >> 20);
    give_alone(0);
    for (int cpu = 0; cpu < CPUS; cpu++) sum = mix(sum, translate(cpu, page));
    take_alone(0);
    sum = mix(sum, unmap(page));
    forget_everywhere(0, page);
    give_alone(0);
  }
  return sum;
}

static long microseconds(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_utime.tv_sec * 1000000l + usage.ru_utime.tv_usec;
}
int main(void) {
  map(FIRST_PAGE, 0);
  char name[64];
  long count;
  int seed;
  while (scanf("%63s %ld %d", name, &count, &seed) == 3) {
    long start = microseconds();
    uint32_t sum = shootdowns(count, seed);
    printf("%ld %u\n", microseconds() - start, sum);
    fflush(stdout);
  }
  return 0;
}
