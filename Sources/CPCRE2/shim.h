#pragma once
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

// The library's constants are casts, which do not import.
static const uint32_t CPCRE2_COMPILE_OPTIONS = PCRE2_UTF | PCRE2_UCP;
static const uint32_t CPCRE2_JIT = PCRE2_JIT_COMPLETE;
static const uint32_t CPCRE2_MATCH_OPTIONS = PCRE2_NO_UTF_CHECK;
