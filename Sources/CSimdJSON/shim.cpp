#include "csimdjson.h"

#include <simdjson.h>

#include <cstring>
#include <new>
#include <vector>

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
  return 0;
}

static const char *skip_blanks(const char *p, const char *end) {
  while (p < end && (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r')) p++;
  return p;
}

// How many of the first eight characters are digits, 0 to 8.
static int leading_digits(uint64_t chars) {
  uint64_t t = chars ^ 0x3030303030303030;  // a digit becomes its value, everything else 10 or more
  uint64_t others = (t | (t + 0x7676767676767676)) & 0x8080808080808080;
  return others == 0 ? 8 : __builtin_ctzll(others) / 8;
}

// The value of eight digits, the first in the lowest byte: pairs, then fours, then all at once.
static uint32_t eight_digits(uint64_t chars) {
  chars &= 0x0F0F0F0F0F0F0F0F;
  chars = chars * 10 + (chars >> 8);
  return static_cast<uint32_t>(((chars & 0x000000FF000000FF) * 0x000F424000000064 +
                                ((chars >> 16) & 0x000000FF000000FF) * 0x0000271000000001) >> 32);
}

// Token ids and logprobs are most of a row's bytes. Their lengths cannot be predicted, so digits are
// taken eight at a time without a branch on each; the padding behind the input makes that safe.
static int read_integers(std::string_view raw, std::vector<int32_t> &integers, size_t &count) {
  const char *p = raw.data() + 1, *end = raw.data() + raw.size() - 1;  // between the brackets
  size_t most = raw.size() / 2;  // every number but the first has a comma before it
  if (integers.size() < most) integers.resize(most);
  int32_t *out = integers.data();
  p = skip_blanks(p, end);
  while (p < end) {
    bool negative = *p == '-';
    p += negative;
    uint64_t chars;
    memcpy(&chars, p, 8);
    int digits = leading_digits(chars);
    if (digits == 0 || (digits > 1 && *p == '0')) return SJ_WRONG_TYPE;
    int64_t value = eight_digits(chars << (8 * (8 - digits)));
    p += digits;
    if (digits == 8) {
      for (int more = 0; more < 3 && is_digit(*p); more++) value = value * 10 + (*p++ - '0');
    }
    if (negative) value = -value;
    if (value != static_cast<int32_t>(value)) return SJ_BEYOND_32_BITS;
    *out++ = static_cast<int32_t>(value);
    if (*p != ',') p = skip_blanks(p, end);
    if (p == end) break;
    if (*p++ != ',') return SJ_WRONG_TYPE;
    if (*p <= ' ') p = skip_blanks(p, end);
    if (p == end) return SJ_WRONG_TYPE;
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
