// Fork and join with little latency on machines that are shared with others.
//
// A job is published as a ticket: generation in the high half, next index in the low half. Threads take indices by adding
// to the ticket; the caller does too, then closes the ticket and waits only for those that had entered. Waiting
// threads spin for some microseconds, because layers follow each other closely, and then sleep: a thread
// that spins longer on a shared machine takes the time slice of the one it waits for.

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

#include "include/CKernels.h"

enum { spin_nanoseconds = 20000 };
static const uint64_t closed = 1u << 31;
static const uint64_t low_half = 0xffffffffu;

typedef struct ck_thread {
  struct ck_workers *workers;
  size_t lane;
  pthread_t thread;
} ck_thread;

struct ck_workers {
  _Atomic uint64_t ticket;
  _Atomic uint32_t active;    // threads that may be inside the job
  _Atomic uint32_t sleepers;  // threads asleep, changed under the mutex
  _Atomic bool waiting;       // whether the caller is asleep
  _Atomic bool stopping;
  // Written by the caller while no thread is active and the ticket is closed.
  size_t count;
  void (*body)(void *, size_t, size_t);
  void *context;
  pthread_mutex_t mutex;
  pthread_cond_t work, done;
  size_t started;
  ck_thread threads[];
};

static void relax(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

static uint64_t nanoseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static bool is_new(uint64_t ticket, uint64_t seen) {
  return (ticket & low_half) < closed && ticket >> 32 != seen;
}

static void take_indices(ck_workers *w, size_t lane) {
  for (;;) {
    uint64_t index = atomic_fetch_add(&w->ticket, 1) & low_half;
    if (index >= w->count) return;
    w->body(w->context, index, lane);
  }
}

// Waits for a job later than `seen`; false when the threads are to end.
static bool await_job(ck_workers *w, uint64_t seen) {
  uint64_t end = nanoseconds() + spin_nanoseconds;
  do {
    for (int i = 0; i < 32; i++) {
      if (is_new(atomic_load(&w->ticket), seen)) return true;
      relax();
    }
  } while (nanoseconds() < end && !atomic_load(&w->stopping));
  pthread_mutex_lock(&w->mutex);
  atomic_fetch_add(&w->sleepers, 1);
  while (!is_new(atomic_load(&w->ticket), seen) && !atomic_load(&w->stopping))
    pthread_cond_wait(&w->work, &w->mutex);
  atomic_fetch_sub(&w->sleepers, 1);
  pthread_mutex_unlock(&w->mutex);
  return !atomic_load(&w->stopping);
}

static void *thread_main(void *argument) {
  ck_thread *self = argument;
  ck_workers *w = self->workers;
  uint64_t seen = 0;
  while (await_job(w, seen)) {
    atomic_fetch_add(&w->active, 1);
    // Only now is the job held: it may have been closed, or another published, since it was seen.
    uint64_t ticket = atomic_load(&w->ticket);
    seen = ticket >> 32;
    if ((ticket & low_half) < closed) take_indices(w, self->lane);
    if (atomic_fetch_sub(&w->active, 1) == 1 && atomic_load(&w->waiting)) {
      pthread_mutex_lock(&w->mutex);
      pthread_cond_signal(&w->done);
      pthread_mutex_unlock(&w->mutex);
    }
  }
  return NULL;
}

static void await_threads(ck_workers *w) {
  uint64_t end = nanoseconds() + spin_nanoseconds;
  do {
    for (int i = 0; i < 32; i++) {
      if (atomic_load(&w->active) == 0) return;
      relax();
    }
  } while (nanoseconds() < end);
  pthread_mutex_lock(&w->mutex);
  atomic_store(&w->waiting, true);
  while (atomic_load(&w->active) != 0) pthread_cond_wait(&w->done, &w->mutex);
  atomic_store(&w->waiting, false);
  pthread_mutex_unlock(&w->mutex);
}

void ck_workers_run(
    ck_workers *w, size_t count, void (*body)(void *context, size_t index, size_t lane), void *context) {
  if (count == 0) return;
  w->count = count;
  w->body = body;
  w->context = context;
  uint64_t generation = (atomic_load(&w->ticket) >> 32) + 1;
  atomic_store(&w->ticket, generation << 32);
  if (count > 1 && atomic_load(&w->sleepers) > 0) {
    pthread_mutex_lock(&w->mutex);
    pthread_cond_broadcast(&w->work);
    pthread_mutex_unlock(&w->mutex);
  }
  take_indices(w, 0);
  atomic_store(&w->ticket, generation << 32 | closed);
  if (atomic_load(&w->active) != 0) await_threads(w);
}

ck_workers *ck_workers_create(size_t threads) {
  size_t others = threads > 1 ? threads - 1 : 0;
  ck_workers *w = calloc(1, sizeof(ck_workers) + others * sizeof(ck_thread));
  if (!w) return NULL;
  atomic_store(&w->ticket, closed);
  pthread_mutex_init(&w->mutex, NULL);
  pthread_cond_init(&w->work, NULL);
  pthread_cond_init(&w->done, NULL);
  for (; w->started < others; w->started++) {
    ck_thread *thread = &w->threads[w->started];
    thread->workers = w;
    thread->lane = w->started + 1;
    if (pthread_create(&thread->thread, NULL, thread_main, thread) != 0) {
      ck_workers_destroy(w);
      return NULL;
    }
  }
  return w;
}

void ck_workers_destroy(ck_workers *w) {
  pthread_mutex_lock(&w->mutex);
  atomic_store(&w->stopping, true);
  pthread_cond_broadcast(&w->work);
  pthread_mutex_unlock(&w->mutex);
  for (size_t i = 0; i < w->started; i++) pthread_join(w->threads[i].thread, NULL);
  pthread_cond_destroy(&w->done);
  pthread_cond_destroy(&w->work);
  pthread_mutex_destroy(&w->mutex);
  free(w);
}
