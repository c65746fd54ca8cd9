// A C face of simdjson's on-demand parser: whole values as a flat list of events, and rows of known
// members as slots. Status 0 is success; no exception crosses. Results stay valid until the next
// call with the same parser.
#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { SJ_PADDING = 64 };  // readable bytes that must follow every input
enum {
  SJ_TOO_DEEP = -1, SJ_BAD_NUMBER = -2, SJ_WRONG_TYPE = -3, SJ_TRAILING = -4, SJ_MEMORY = -5,
  SJ_BEYOND_32_BITS = -6
};

typedef struct sj_parser sj_parser;
sj_parser *sj_new(void);
void sj_free(sj_parser *);
const char *sj_error_message(int status);

// MARK: - Any value

enum {
  SJ_NULL, SJ_FALSE, SJ_TRUE, SJ_NUMBER, SJ_STRING, SJ_KEY,
  SJ_BEGIN_ARRAY, SJ_END_ARRAY, SJ_BEGIN_OBJECT, SJ_END_OBJECT
};
typedef struct {
  const char *ptr;  // text of a number, unescaped text of a string or key
  size_t len;
  int32_t kind;
} sj_event;
int sj_events(sj_parser *, const char *json, size_t len, int max_depth, const sj_event **events,
              size_t *count);

// MARK: - A row of known members

enum { SJ_COLUMN_STRING, SJ_COLUMN_INTEGER, SJ_COLUMN_REAL, SJ_COLUMN_BOOL, SJ_COLUMN_INTEGERS, SJ_COLUMN_RAW };
typedef struct {
  const char *name;
  size_t len;
  int32_t type;
} sj_column;
typedef struct {
  const char *ptr;  // string: unescaped text; raw: JSON text as given; integers: int32_t values
  size_t len;       // bytes, or number of integers
  int64_t integer;  // integer; 0 or 1 for a bool
  double real;
  int32_t present;  // 0: absent or null
} sj_slot;
typedef struct {
  const char *key;
  size_t key_len;
  const char *raw;
  size_t raw_len;
} sj_member;
// Fills one slot a column; members that are no column are listed in `extra`. On a wrong type,
// `*failed` is the column.
int sj_row(sj_parser *, const char *json, size_t len, const sj_column *columns, size_t n_columns,
           sj_slot *slots, const sj_member **extra, size_t *n_extra, size_t *failed);

#ifdef __cplusplus
}
#endif
