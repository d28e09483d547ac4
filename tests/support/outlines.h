/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Polygons as well-known binary in hexadecimal digits, for tests of shapes.
 */
#ifndef OKRUG_TESTS_SUPPORT_OUTLINES_H
#define OKRUG_TESTS_SUPPORT_OUTLINES_H

#include <stdio.h>
#include <string.h>

enum { OUTLINE_TEXT = 2048 };

static inline void outline_bytes(char *text, const void *bytes, size_t count) {
    for (size_t i = 0; i < count; i++) {
        snprintf(text + strlen(text), 3, "%02X", ((const unsigned char *)bytes)[i]);
    }
}

static inline void outline_count(char *text, unsigned int count) {
    outline_bytes(text, &count, 4);
}

/* Rings of `corners` points each (x, y in turn), closed by the caller; a polygon of them. */
static inline const char *outline(char text[OUTLINE_TEXT], int rings, const int *corners, const double *points) {
    text[0] = '\0';
    outline_bytes(text, "\x01", 1);
    outline_count(text, 3);
    outline_count(text, (unsigned int)rings);
    for (int r = 0; r < rings; r++) {
        outline_count(text, (unsigned int)corners[r]);
        outline_bytes(text, points, 16 * (size_t)corners[r]);
        points += 2 * corners[r];
    }
    return text;
}

static inline const char *outline_box(char text[OUTLINE_TEXT], double x, double y, double width, double height) {
    const double points[] = {x, y, x + width, y, x + width, y + height, x, y + height, x, y};
    return outline(text, 1, (const int[]){5}, points);
}

#endif
