/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The adapter to std::to_chars and std::from_chars, which write the shortest text, read it back exactly and know no
 * locale; C has nothing of the kind. The only C++ file of the room, and it throws nothing.
 */
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

extern "C" {
#include <okrug/number.h>
}

namespace {

constexpr double last_exact_integer = 9007199254740992.0; // 2^53

} // namespace

extern "C" size_t okrug_integer_write(int64_t value, char *text) {
    char *end = std::to_chars(text, text + OKRUG_NUMBER_TEXT - 1, value).ptr;
    *end = '\0';
    return static_cast<size_t>(end - text);
}

extern "C" size_t okrug_number_write(double value, char *text) {
    // to_chars takes the shorter form, "1e+06" for a million. The sign of -0 would be lost in an integer.
    if (std::fabs(value) <= last_exact_integer && value == std::trunc(value) && !(value == 0 && std::signbit(value))) {
        return okrug_integer_write(static_cast<int64_t>(value), text);
    }
    char *end = std::to_chars(text, text + OKRUG_NUMBER_TEXT - 1, value).ptr;
    *end = '\0';
    return static_cast<size_t>(end - text);
}

extern "C" bool okrug_number_read(const char *text, size_t length, double *value) {
    double read = 0;
    const std::from_chars_result result = std::from_chars(text, text + length, read);
    if (result.ec != std::errc() || result.ptr != text + length || !std::isfinite(read)) {
        return false;
    }
    *value = read;
    return true;
}
