/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The walk over well-known binary. The bytes may come from a file that somebody else edited, so every length is
 * checked against what is left before it is used.
 */
#include "dataset/wkb.h"

#include <string.h>

enum { DEEPEST = 16 };

typedef struct {
    const uint8_t *at;
    size_t left;
    const okrug_wkb_visitor *visitor;
} cursor;

static bool take(cursor *c, void *to, size_t size) {
    if (c->left < size) {
        return false;
    }
    memcpy(to, c->at, size);
    c->at += size;
    c->left -= size;
    return true;
}

static bool take_count(cursor *c, uint32_t *count) {
    uint8_t b[4];
    if (!take(c, b, sizeof b)) {
        return false;
    }
    *count = (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
    return true;
}

static bool take_double(cursor *c, double *value) {
    uint8_t b[8];
    if (!take(c, b, sizeof b)) {
        return false;
    }
    uint64_t bits = 0;
    for (int i = 7; i >= 0; i--) {
        bits = bits << 8 | b[i];
    }
    memcpy(value, &bits, sizeof bits);
    return true;
}

static void begin(const cursor *c, const okrug_wkb_part *part) {
    if (c->visitor->begin != NULL) {
        c->visitor->begin(c->visitor->user, part);
    }
}

static void end(const cursor *c, const okrug_wkb_part *part) {
    if (c->visitor->end != NULL) {
        c->visitor->end(c->visitor->user, part);
    }
}

static bool walk_points(cursor *c, const okrug_wkb_part *part) {
    int dimensions = 2 + part->z + part->m;
    for (uint32_t i = 0; i < part->items; i++) {
        double position[4] = {0};
        for (int d = 0; d < dimensions; d++) {
            if (!take_double(c, &position[d])) {
                return false;
            }
        }
        if (c->visitor->point != NULL) {
            c->visitor->point(c->visitor->user, part, position);
        }
    }
    return true;
}

static bool walk_rings(cursor *c, const okrug_wkb_part *polygon) {
    for (uint32_t i = 0; i < polygon->items; i++) {
        okrug_wkb_part ring = {.type = OKRUG_WKB_RING, .z = polygon->z, .m = polygon->m};
        if (!take_count(c, &ring.items)) {
            return false;
        }
        begin(c, &ring);
        if (!walk_points(c, &ring)) {
            return false;
        }
        end(c, &ring);
    }
    return true;
}

/* What the parts of a collection may be: a MULTIPOINT holds points, a GEOMETRYCOLLECTION anything. */
static bool may_hold(okrug_wkb_type whole, uint32_t part) {
    switch (whole) {
    case OKRUG_WKB_MULTIPOINT:
        return part == OKRUG_WKB_POINT;
    case OKRUG_WKB_MULTILINESTRING:
        return part == OKRUG_WKB_LINESTRING;
    case OKRUG_WKB_MULTIPOLYGON:
        return part == OKRUG_WKB_POLYGON;
    default:
        return true;
    }
}

/* One geometry with its header: the order of bytes, the type, the number of its items. The recursion is as deep as the
 * collections are nested, which is bounded. */
static bool walk_geometry(cursor *c, okrug_wkb_type whole, int depth) { /* NOLINT(misc-no-recursion) */
    uint8_t order = 0;
    uint32_t code = 0;
    if (depth > DEEPEST || !take(c, &order, 1) || order != 1 || !take_count(c, &code)) {
        return false;
    }
    uint32_t base = code % 1000;
    uint32_t dimension = code / 1000;
    if (base < OKRUG_WKB_POINT || base > OKRUG_WKB_GEOMETRYCOLLECTION || dimension > 3 || !may_hold(whole, base)) {
        return false;
    }
    okrug_wkb_part part = {.type = (okrug_wkb_type)base,
                           .z = dimension == 1 || dimension == 3,
                           .m = dimension == 2 || dimension == 3,
                           .items = 1};
    if (base != OKRUG_WKB_POINT && !take_count(c, &part.items)) {
        return false;
    }
    begin(c, &part);
    bool whole_part = true;
    if (base == OKRUG_WKB_POINT || base == OKRUG_WKB_LINESTRING) {
        whole_part = walk_points(c, &part);
    } else if (base == OKRUG_WKB_POLYGON) {
        whole_part = walk_rings(c, &part);
    } else {
        for (uint32_t i = 0; whole_part && i < part.items; i++) {
            whole_part = walk_geometry(c, part.type, depth + 1);
        }
    }
    if (whole_part) {
        end(c, &part);
    }
    return whole_part;
}

bool okrug_wkb_walk(const uint8_t *bytes, size_t length, const okrug_wkb_visitor *visitor) {
    cursor c = {bytes, length, visitor};
    return walk_geometry(&c, OKRUG_WKB_GEOMETRYCOLLECTION, 0) && c.left == 0;
}

const char *okrug_wkb_type_name(okrug_wkb_type type) {
    static const char *const names[] = {"RING",       "POINT",           "LINESTRING",   "POLYGON",
                                        "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON", "GEOMETRYCOLLECTION"};
    return names[type];
}

static int digit_value(char digit) {
    if (digit >= '0' && digit <= '9') {
        return digit - '0';
    }
    if (digit >= 'A' && digit <= 'F') {
        return digit - 'A' + 10;
    }
    if (digit >= 'a' && digit <= 'f') {
        return digit - 'a' + 10;
    }
    return -1;
}

bool okrug_hexadecimal_decode(const char *digits, okrug_buffer *bytes) {
    char piece[256];
    size_t filled = 0;
    while (*digits != '\0') {
        int high = digit_value(digits[0]);
        int low = high < 0 ? -1 : digit_value(digits[1]);
        if (low < 0) {
            return false;
        }
        piece[filled++] = (char)(high * 16 + low);
        digits += 2;
        if (filled == sizeof piece) {
            okrug_buffer_add(bytes, piece, filled);
            filled = 0;
        }
    }
    okrug_buffer_add(bytes, piece, filled);
    return true;
}

void okrug_hexadecimal_encode(const uint8_t *bytes, size_t length, okrug_buffer *digits) {
    static const char capitals[] = "0123456789ABCDEF";
    char piece[256];
    size_t filled = 0;
    for (size_t i = 0; i < length; i++) {
        piece[filled++] = capitals[bytes[i] >> 4];
        piece[filled++] = capitals[bytes[i] & 15];
        if (filled == sizeof piece) {
            okrug_buffer_add(digits, piece, filled);
            filled = 0;
        }
    }
    okrug_buffer_add(digits, piece, filled);
}
