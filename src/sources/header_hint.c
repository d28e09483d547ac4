/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Is a line below what was taken for the header the real one? Tables for people begin with a title, which then has been
 * read as the header; the line that names the columns is the one to tell the user.
 */
#include "sources/readers.h"

#include <string.h>

enum { FIELDS = 256 };

static int filled(const okrug_cell *cells, int fields) {
    int count = 0;
    for (int f = 0; f < fields; f++) {
        count += okrug_cell_trim(cells[f]).length > 0;
    }
    return count;
}

static int split(okrug_cell whole, char delimiter, okrug_cell *cells) {
    int count = 0;
    const char *at = whole.text;
    const char *end = whole.text + whole.length;
    while (count < FIELDS) {
        const char *cut = memchr(at, delimiter, (size_t)(end - at));
        const char *stop = cut == NULL ? end : cut;
        cells[count++] = (okrug_cell){.text = at, .length = (size_t)(stop - at)};
        if (cut == NULL) {
            break;
        }
        at = cut + 1;
    }
    return count;
}

static bool names_more(const okrug_rows *rows, const okrug_cell *cells, int fields, int named,
                       okrug_header_doubt doubt) {
    if (doubt == OKRUG_HEADER_TITLE) {
        return filled(cells, fields) >= 2;
    }
    int here = okrug_rows_wanted_in(rows, cells, fields);
    return here > named && 2 * here > named + rows->missing;
}

okrug_header_doubt okrug_header_doubtful(const okrug_rows *rows, const okrug_cell *header, int fields) {
    if (rows->request->wanted_count > 0 && rows->missing == 0) {
        return OKRUG_HEADER_CERTAIN;
    }
    /* A wide table of one industry may leave its corner empty. */
    if (filled(header, fields) == 1 && fields != 2 && okrug_rows_wanted_in(rows, header, fields) == 0) {
        return OKRUG_HEADER_TITLE;
    }
    return rows->request->wanted_count > 0 ? OKRUG_HEADER_LACKING : OKRUG_HEADER_CERTAIN;
}

bool okrug_header_likely(const okrug_rows *rows, const okrug_cell *cells, int fields, int named,
                         okrug_header_doubt doubt) {
    if (fields != 1) {
        return names_more(rows, cells, fields, named, doubt);
    }
    /* A title that nothing cuts hides the delimiter of the rest. */
    static const char delimiters[] = {';', '\t', ','};
    bool any = rows->request->wanted_count == 0;
    okrug_cell part[FIELDS];
    for (size_t i = 0; cells[0].text != NULL && i < sizeof delimiters - any; i++) { /* any text has commas */
        if (names_more(rows, part, split(cells[0], delimiters[i], part), named, doubt)) {
            return true;
        }
    }
    return false;
}
