#include "csimdjson.h"

#include <simdjson.h>

#include <cstring>
#include <new>
#include <vector>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

using namespace simdjson;

struct sj_parser {
  ondemand::parser parser;
  std::vector<sj_event> events;
  std::vector<sj_member> extra;
  std::vector<std::vector<int32_t>> integers;  // one buffer a column, reused from row to row
};

static_assert(SIMDJSON_PADDING <= SJ_PADDING, "inputs need more padding");

extern "C" sj_parser *sj_new(void) { return new (std::nothrow) sj_parser; }
extern "C" void sj_free(sj_parser *p) { delete p; }

extern "C" const char *sj_error_message(int status) {
  switch (status) {
    case SJ_TOO_DEEP: return "nested too deeply";
    case SJ_BAD_NUMBER: return "a number is not written as JSON allows";
    case SJ_WRONG_TYPE: return "a value has the wrong type";
    case SJ_TRAILING: return "there is text after the value";
    case SJ_MEMORY: return "out of memory";
    case SJ_BEYOND_32_BITS: return "a number is beyond 32 bits";
    default: return error_message(error_code(status));
  }
}

static std::string_view trimmed(std::string_view s) {
  while (!s.empty() && (s.back() == ' ' || s.back() == '\n' || s.back() == '\r' || s.back() == '\t'))
    s.remove_suffix(1);
  return s;
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The grammar of RFC 8259, since a raw token is not checked by the parser.
static bool is_number(std::string_view s) {
  size_t i = 0, n = s.size();
  if (i < n && s[i] == '-') i++;
  if (i >= n || !is_digit(s[i])) return false;
  if (s[i] == '0') i++;
  else while (i < n && is_digit(s[i])) i++;
  if (i < n && s[i] == '.') {
    if (++i >= n || !is_digit(s[i])) return false;
    while (i < n && is_digit(s[i])) i++;
  }
  if (i < n && (s[i] == 'e' || s[i] == 'E')) {
    if (++i < n && (s[i] == '+' || s[i] == '-')) i++;
    if (i >= n || !is_digit(s[i])) return false;
    while (i < n && is_digit(s[i])) i++;
  }
  return i == n;
}

// Past the last token of a document there is no location.
static bool at_end(ondemand::document &doc) {
  const char *rest;
  return doc.current_location().get(rest) == OUT_OF_BOUNDS;
}

// MARK: - Any value

template <typename T>
static int scalar(T &v, ondemand::json_type type, std::vector<sj_event> &out) {
  switch (type) {
    case ondemand::json_type::string: {
      std::string_view s;
      if (auto e = v.get_string().get(s)) return e;
      out.push_back({s.data(), s.size(), SJ_STRING});
      return 0;
    }
    case ondemand::json_type::number: {
      std::string_view s;
      if (auto e = simdjson_result<std::string_view>(v.raw_json_token()).get(s)) return e;
      s = trimmed(s);
      if (!is_number(s)) return SJ_BAD_NUMBER;
      out.push_back({s.data(), s.size(), SJ_NUMBER});
      return 0;
    }
    case ondemand::json_type::boolean: {
      bool b;
      if (auto e = v.get_bool().get(b)) return e;
      out.push_back({nullptr, 0, b ? SJ_TRUE : SJ_FALSE});
      return 0;
    }
    case ondemand::json_type::null: {
      if (!v.is_null()) return N_ATOM_ERROR;
      out.push_back({nullptr, 0, SJ_NULL});
      return 0;
    }
    default: return SJ_WRONG_TYPE;
  }
}

template <typename T>
static int walk(T &v, int depth, std::vector<sj_event> &out) {
  ondemand::json_type type;
  if (auto e = v.type().get(type)) return e;
  if (type == ondemand::json_type::array) {
    if (depth <= 0) return SJ_TOO_DEEP;
    ondemand::array array;
    if (auto e = v.get_array().get(array)) return e;
    out.push_back({nullptr, 0, SJ_BEGIN_ARRAY});
    for (auto item : array) {
      ondemand::value element;
      if (auto e = std::move(item).get(element)) return e;
      if (int e = walk(element, depth - 1, out)) return e;
    }
    out.push_back({nullptr, 0, SJ_END_ARRAY});
    return 0;
  }
  if (type == ondemand::json_type::object) {
    if (depth <= 0) return SJ_TOO_DEEP;
    ondemand::object object;
    if (auto e = v.get_object().get(object)) return e;
    out.push_back({nullptr, 0, SJ_BEGIN_OBJECT});
    for (auto item : object) {
      ondemand::field field;
      if (auto e = std::move(item).get(field)) return e;
      std::string_view key;
      if (auto e = field.unescaped_key().get(key)) return e;
      out.push_back({key.data(), key.size(), SJ_KEY});
      ondemand::value element = field.value();
      if (int e = walk(element, depth - 1, out)) return e;
    }
    out.push_back({nullptr, 0, SJ_END_OBJECT});
    return 0;
  }
  return scalar(v, type, out);
}

extern "C" int sj_events(sj_parser *P, const char *json, size_t len, int max_depth,
                         const sj_event **events, size_t *count) try {
  P->events.clear();
  ondemand::document doc;
  if (auto e = P->parser.iterate(json, len, len + SJ_PADDING).get(doc)) return e;
  if (int e = walk(doc, max_depth, P->events)) return e;
  const sj_event &last = P->events.back();
  if (last.kind == SJ_NUMBER) {
    // The whole document, of which the parser still stands at the start.
    std::string_view text = trimmed({json, len});
    if (last.ptr + last.len != text.data() + text.size()) return SJ_TRAILING;
  } else if (!at_end(doc)) {
    return SJ_TRAILING;
  }
  *events = P->events.data();
  *count = P->events.size();
  return 0;
} catch (const simdjson_error &e) {  // is_null() throws for a word that only starts like null
  return e.error();
} catch (const std::bad_alloc &) {
  return SJ_MEMORY;
}

// MARK: - A row of known members

static int raw_value(ondemand::value &v, std::string_view &raw) {
  ondemand::json_type type;
  if (auto e = v.type().get(type)) return e;
  if (type == ondemand::json_type::object) {
    ondemand::object object;
    if (auto e = v.get_object().get(object)) return e;
    return object.raw_json().get(raw);
  }
  if (type == ondemand::json_type::array) {
    ondemand::array array;
    if (auto e = v.get_array().get(array)) return e;
    return array.raw_json().get(raw);
  }
  raw = trimmed(v.raw_json_token());
  // The parser checks strings, but of other scalars no more than their first character.
  bool sound = raw[0] == '"' || raw == "null" || raw == "true" || raw == "false" || is_number(raw);
  return sound ? 0 : TAPE_ERROR;
}

// Which of the next 64 characters are commas, the first in the lowest bit.
static uint64_t commas(const char *p) {
#ifdef __SSE2__
  uint64_t mask = 0;
  for (int i = 0; i < 4; i++) {
    __m128i chars = _mm_loadu_si128(reinterpret_cast<const __m128i *>(p + 16 * i));
    uint64_t bits = _mm_movemask_epi8(_mm_cmpeq_epi8(chars, _mm_set1_epi8(',')));
    mask |= bits << (16 * i);
  }
  return mask;
#else
  uint64_t mask = 0;
  for (int i = 0; i < 64; i++) mask |= static_cast<uint64_t>(p[i] == ',') << i;
  return mask;
#endif
}

// The value of eight digits, the first in the lowest byte: pairs, then fours, then all at once.
static uint32_t eight_digits(uint64_t chars) {
  chars &= 0x0F0F0F0F0F0F0F0F;
  chars = chars * 10 + (chars >> 8);
  return static_cast<uint32_t>(((chars & 0x000000FF000000FF) * 0x000F424000000064 +
                                ((chars >> 16) & 0x000000FF000000FF) * 0x0000271000000001) >> 32);
}

// Any integer of 32 bits between two commas, blanks around it included.
static int read_integer_slowly(std::string_view text, int32_t &out) {
  while (!text.empty() && (text[0] == ' ' || text[0] == '\t' || text[0] == '\n' || text[0] == '\r'))
    text.remove_prefix(1);
  text = trimmed(text);
  bool negative = !text.empty() && text[0] == '-';
  if (negative) text.remove_prefix(1);
  if (text.empty() || (text[0] == '0' && text.size() > 1)) return SJ_WRONG_TYPE;
  int64_t value = 0;
  for (char c : text) {
    if (!is_digit(c)) return SJ_WRONG_TYPE;
    if (value < INT32_MAX) value = value * 10 + (c - '0');  // past that it only has to stay beyond
  }
  if (negative) value = -value;
  if (value != static_cast<int32_t>(value)) return SJ_BEYOND_32_BITS;
  out = static_cast<int32_t>(value);
  return 0;
}

// An integer between two commas. Of up to eight digits, as nearly all are, it is taken without a
// branch on how many; the padding behind the input makes the reading of eight safe.
__attribute__((always_inline)) static inline int read_integer(const char *first, const char *end, int32_t &out) {
  const char *p = first + (*first == '-');
  size_t digits = end - p;
  if (digits - 1 < 8) {
    uint64_t chars;
    memcpy(&chars, p, 8);
    int unused = 8 * (8 - static_cast<int>(digits));
    chars <<= unused;  // digits to the top; the zero bytes below count as leading zeros
    uint64_t t = chars ^ (0x3030303030303030 << unused);
    bool all_digits = ((t | (t + 0x7676767676767676)) & 0x8080808080808080) == 0;
    if (all_digits && (*p != '0' || digits == 1)) {
      int32_t value = static_cast<int32_t>(eight_digits(chars));
      out = p == first ? value : -value;
      return 0;
    }
  }
  return read_integer_slowly({first, static_cast<size_t>(end - first)}, out);
}

// Token ids and logprobs are most of a row's bytes. Commas are found 64 characters at a time, so
// that no number waits for the one before it.
static int read_integers(std::string_view raw, std::vector<int32_t> &integers, size_t &count) {
  const char *start = raw.data() + 1, *end = raw.data() + raw.size() - 1;  // between the brackets
  size_t most = raw.size() / 2;  // every number but the first has a comma before it
  if (integers.size() < most) integers.resize(most);
  int32_t *out = integers.data();
  const char *first = start;
  for (const char *block = start; block < end; block += 64) {
    uint64_t mask = commas(block);
    if (end - block < 64) mask &= (uint64_t{1} << (end - block)) - 1;
    for (; mask != 0; mask &= mask - 1) {
      const char *comma = block + __builtin_ctzll(mask);
      if (int e = read_integer(first, comma, *out++)) return e;
      first = comma + 1;
    }
  }
  if (!trimmed({first, static_cast<size_t>(end - first)}).empty()) {
    if (int e = read_integer(first, end, *out++)) return e;
  } else if (first != start) {
    return SJ_WRONG_TYPE;  // a comma before the bracket
  }
  count = out - integers.data();
  return 0;
}

static int column_value(ondemand::value &v, int type, sj_slot &slot, std::vector<int32_t> &integers) {
  switch (type) {
    case SJ_COLUMN_STRING: {
      std::string_view s;
      if (auto e = v.get_string().get(s)) return e;
      slot.ptr = s.data();
      slot.len = s.size();
      return 0;
    }
    case SJ_COLUMN_INTEGER: return v.get_int64().get(slot.integer);
    case SJ_COLUMN_REAL: return v.get_double().get(slot.real);
    case SJ_COLUMN_BOOL: {
      bool b;
      if (auto e = v.get_bool().get(b)) return e;
      slot.integer = b;
      return 0;
    }
    case SJ_COLUMN_INTEGERS: {
      ondemand::array array;
      if (auto e = v.get_array().get(array)) return e;
      std::string_view raw;
      if (auto e = array.raw_json().get(raw)) return e;
      if (int e = read_integers(raw, integers, slot.len)) return e;
      slot.ptr = reinterpret_cast<const char *>(integers.data());
      return 0;
    }
    default: {
      std::string_view raw;
      if (int e = raw_value(v, raw)) return e;
      slot.ptr = raw.data();
      slot.len = raw.size();
      return 0;
    }
  }
}

// Compares a key as it is written; no column's name needs escapes. The closing quote ends it, and
// what lies behind a shorter key is still inside the padded input.
static bool is_key(const char *raw, const sj_column &column) {
  return raw[column.len] == '"' && raw[0] == column.name[0] &&
         memcmp(raw, column.name, column.len) == 0;
}

extern "C" int sj_row(sj_parser *P, const char *json, size_t len, const sj_column *columns,
                      size_t n_columns, sj_slot *slots, const sj_member **extra, size_t *n_extra,
                      size_t *failed) try {
  *failed = n_columns;
  P->extra.clear();
  if (P->integers.size() < n_columns) P->integers.resize(n_columns);
  memset(slots, 0, n_columns * sizeof(sj_slot));

  ondemand::document doc;
  if (auto e = P->parser.iterate(json, len, len + SJ_PADDING).get(doc)) return e;
  ondemand::object object;
  if (auto e = doc.get_object().get(object)) return e;
  size_t expected = 0;  // rows list their members in the order of the columns, nearly always
  for (auto item : object) {
    ondemand::field field;
    if (auto e = std::move(item).get(field)) return e;
    size_t c = n_columns;
    for (size_t i = 0; i < n_columns; i++) {
      size_t at = expected + i < n_columns ? expected + i : expected + i - n_columns;
      if (is_key(field.key().raw(), columns[at])) {
        c = at;
        break;
      }
    }
    ondemand::value value = field.value();
    if (c == n_columns) {
      std::string_view key, raw;
      if (auto e = field.unescaped_key().get(key)) return e;
      if (int e = raw_value(value, raw)) return e;
      P->extra.push_back({key.data(), key.size(), raw.data(), raw.size()});
      continue;
    }
    expected = c + 1 < n_columns ? c + 1 : 0;
    if (value.is_null()) continue;
    *failed = c;
    if (int e = column_value(value, columns[c].type, slots[c], P->integers[c]))
      return e == INCORRECT_TYPE || e == NUMBER_ERROR ? SJ_WRONG_TYPE : e;
    slots[c].present = 1;
    *failed = n_columns;
  }
  if (!at_end(doc)) return SJ_TRAILING;
  *extra = P->extra.data();
  *n_extra = P->extra.size();
  return 0;
} catch (const simdjson_error &e) {  // is_null() throws for a word that only starts like null
  return e.error();
} catch (const std::bad_alloc &) {
  return SJ_MEMORY;
}
