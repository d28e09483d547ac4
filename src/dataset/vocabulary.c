/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Codes of types, reasons and units, from the lists of dataset.h.
 */
#include <okrug/dataset.h>

#include <string.h>

static const char *const reason_codes[] = {
#define OKRUG_X(name, code) code,
    OKRUG_REASONS(OKRUG_X)
#undef OKRUG_X
};

static const struct {
    const char *code;
    double count_factor;
} units[] = {
#define OKRUG_X(name, code, factor) {code, factor},
    OKRUG_UNITS(OKRUG_X)
#undef OKRUG_X
};

const char *okrug_reason_code(okrug_reason reason) {
    return reason_codes[reason];
}

bool okrug_reason_find(const char *code, okrug_reason *reason) {
    for (int i = 0; i < OKRUG_REASONS_COUNT; i++) {
        if (strcmp(code, reason_codes[i]) == 0) {
            *reason = (okrug_reason)i;
            return true;
        }
    }
    return false;
}

const char *okrug_unit_code(okrug_unit unit) {
    return units[unit].code;
}

bool okrug_unit_find(const char *code, okrug_unit *unit) {
    for (int i = 0; i < OKRUG_UNITS_COUNT; i++) {
        if (strcmp(code, units[i].code) == 0) {
            *unit = (okrug_unit)i;
            return true;
        }
    }
    return false;
}

double okrug_unit_count_factor(okrug_unit unit) {
    return units[unit].count_factor;
}

const char *okrug_type_code(okrug_type type) {
    switch (type) {
    case OKRUG_TEXT:
        return "text";
    case OKRUG_NUMBER:
        return "number";
    case OKRUG_GEOMETRY:
        break;
    }
    return "geometry";
}
