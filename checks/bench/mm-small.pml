/* MM-small for SPIN: the rules of checks/toys/mm-small.ts, one d_step a command, so that both searches walk the same
 * graph. Bounds: P processes (1 to 3), V pages (1, 2), F frames (1, 2), S slots (1, 2), all set with -D.
 *
 * Frames and slots are holders 1 … F and F+1 … F+S; `uses` counts the entries that name each. An entry is one byte:
 *
 *     6     5          4       3        2 … 0
 *   ┌─────┬──────────┬───────┬────────┬────────┐
 *   │ cow │ writable │ may   │ mapped │ holder │     0 unmapped; mapped without a holder: not present
 *   └─────┴──────────┴─write─┴────────┴────────┘
 *
 * There are no loop variables: breadth-first search keeps every variable in the state, and SPIN should not pay for
 * any that the rules do not have. */

#define MAPPED    8
#define MAY_WRITE 16
#define WRITABLE  32
#define COW       64

byte entry[P * V];
byte uses[F + S];
byte living;    /* bit p: process p is alive */

#define ALIVE(p)     (living & (1 << (p)))
#define AT(p, v)     entry[(p) * V + (v)]
#define HOLDER(x)    ((x) & 7)
#define RESIDENT(x)  (HOLDER(x) && HOLDER(x) <= F)
#define HOLDERS(x)   uses[HOLDER(x) - 1]

#if F == 1
#define FREE_FRAME   (uses[0] == 0 -> 1 : 0)
#else
#define FREE_FRAME   (uses[0] == 0 -> 1 : (uses[1] == 0 -> 2 : 0))
#endif
#if S == 1
#define FREE_SLOT    (uses[F] == 0 -> F + 1 : 0)
#else
#define FREE_SLOT    (uses[F] == 0 -> F + 1 : (uses[F + 1] == 0 -> F + 2 : 0))
#endif

inline release(x) {
  if
  :: HOLDER(x) -> HOLDERS(x)--
  :: else
  fi
}
/* The lowest free frame goes under an entry; what it held before cannot become that frame. */
inline install(x, right) {
  release(x);
  x = (x & MAY_WRITE) | MAPPED | right | FREE_FRAME;
  HOLDERS(x) = 1
}
inline share(from, to) {
  if
  :: HOLDER(from) ->
     HOLDERS(from)++;
     if
     :: RESIDENT(from) -> from = (from & (MAPPED | MAY_WRITE | 7)) | COW
     :: else
     fi
  :: else
  fi;
  to = from
}
inline swap(x, frame) {
  if
  :: HOLDER(x) == frame -> x = (x & (MAPPED | MAY_WRITE)) | FREE_SLOT
  :: else
  fi
}

#if V == 1
#define EACH_PAGE(p, do_it)          do_it(AT(p, 0))
#define EACH_PAIR(p, c)              share(AT(p, 0), AT(c, 0))
#define SWAP_PAGES(p, frame)         swap(AT(p, 0), frame)
#else
#define EACH_PAGE(p, do_it)          do_it(AT(p, 0)); do_it(AT(p, 1))
#define EACH_PAIR(p, c)              share(AT(p, 0), AT(c, 0)); share(AT(p, 1), AT(c, 1))
#define SWAP_PAGES(p, frame)         swap(AT(p, 0), frame); swap(AT(p, 1), frame)
#endif
#if P == 1
#define SWAP_ALL(frame)              SWAP_PAGES(0, frame)
#elif P == 2
#define SWAP_ALL(frame)              SWAP_PAGES(0, frame); SWAP_PAGES(1, frame)
#else
#define SWAP_ALL(frame)              SWAP_PAGES(0, frame); SWAP_PAGES(1, frame); SWAP_PAGES(2, frame)
#endif

inline drop(x) {
  release(x);
  x = 0
}

#define PAGE_COMMANDS(p, x) \
  :: d_step { ALIVE(p) && !x -> x = MAPPED } \
  :: d_step { ALIVE(p) && !x -> x = MAPPED | MAY_WRITE } \
  :: d_step { ALIVE(p) && x -> drop(x) } \
  :: d_step { ALIVE(p) && x && !RESIDENT(x) && FREE_FRAME -> install(x, 0) } \
  :: d_step { ALIVE(p) && (x & (MAY_WRITE | WRITABLE)) == MAY_WRITE && (FREE_FRAME || (RESIDENT(x) && HOLDERS(x) == 1)) -> \
       if \
       :: RESIDENT(x) && HOLDERS(x) == 1 -> x = (x & (MAPPED | MAY_WRITE | 7)) | WRITABLE \
       :: else -> install(x, WRITABLE) \
       fi }
#if V == 1
#define PAGES(p)    PAGE_COMMANDS(p, AT(p, 0))
#else
#define PAGES(p)    PAGE_COMMANDS(p, AT(p, 0)) PAGE_COMMANDS(p, AT(p, 1))
#endif
#define PROCESS(p) \
  :: d_step { !living -> living = 1 << p } \
  :: d_step { ALIVE(p) -> EACH_PAGE(p, drop); living = living & (7 - (1 << p)) } \
  PAGES(p)
#define FORK(p, c) \
  :: d_step { ALIVE(p) && !ALIVE(c) -> EACH_PAIR(p, c); living = living | (1 << c) }
#define SWAP_OUT(f) \
  :: d_step { uses[f] && FREE_SLOT -> SWAP_ALL(f + 1); uses[FREE_SLOT - 1] = uses[f]; uses[f] = 0 }

active proctype machine() {
  do
  PROCESS(0)
#if P > 1
  PROCESS(1) FORK(0, 1) FORK(1, 0)
#endif
#if P > 2
  PROCESS(2) FORK(0, 2) FORK(2, 0) FORK(1, 2) FORK(2, 1)
#endif
  SWAP_OUT(0)
#if F > 1
  SWAP_OUT(1)
#endif
  od
}

/* The claims. The watcher looks at every state once and never moves while they hold. */

#define SOUND(p, x)    ((!(x & WRITABLE) || (RESIDENT(x) && HOLDERS(x) == 1)) && (ALIVE(p) || !x))
#if V == 1
#define SOUND_PAGES(p)      SOUND(p, AT(p, 0))
#define NAMED_IN(p, h)      (HOLDER(AT(p, 0)) == h)
#else
#define SOUND_PAGES(p)      (SOUND(p, AT(p, 0)) && SOUND(p, AT(p, 1)))
#define NAMED_IN(p, h)      ((HOLDER(AT(p, 0)) == h) + (HOLDER(AT(p, 1)) == h))
#endif
#if P == 1
#define ALL_SOUND           SOUND_PAGES(0)
#define COUNTED(h)          (uses[h - 1] == NAMED_IN(0, h))
#elif P == 2
#define ALL_SOUND           (SOUND_PAGES(0) && SOUND_PAGES(1))
#define COUNTED(h)          (uses[h - 1] == NAMED_IN(0, h) + NAMED_IN(1, h))
#else
#define ALL_SOUND           (SOUND_PAGES(0) && SOUND_PAGES(1) && SOUND_PAGES(2))
#define COUNTED(h)          (uses[h - 1] == NAMED_IN(0, h) + NAMED_IN(1, h) + NAMED_IN(2, h))
#endif
#if F + S == 2
#define ALL_COUNTED         (COUNTED(1) && COUNTED(2))
#elif F + S == 3
#define ALL_COUNTED         (COUNTED(1) && COUNTED(2) && COUNTED(3))
#else
#define ALL_COUNTED         (COUNTED(1) && COUNTED(2) && COUNTED(3) && COUNTED(4))
#endif

active proctype watcher() {
  d_step { !(ALL_COUNTED && ALL_SOUND) -> assert(false) }
}
