/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The delimiter of a file: the one by which most of its first records have as many fields as the header.
 */
#include "sources/readers.h"

#include <csv.h>

enum { RECORDS = 64, PIECE = 4096 };

typedef struct {
    int records;
    int agreeing;
    int fields; /* of the record so far */
    int header; /* fields of the first record */
} tally;

static void count_field(void *text, size_t length, void *user) {
    (void)text;
    (void)length;
    tally *count = user;
    count->fields++;
}

static void count_record(int terminator, void *user) {
    (void)terminator;
    tally *count = user;
    if (count->records == 0) {
        count->header = count->fields;
    }
    count->agreeing += count->fields == count->header;
    count->records++;
    count->fields = 0;
}

static okrug_status try_delimiter(const char *text, size_t length, bool whole, char delimiter, tally *count) {
    struct csv_parser parser;
    *count = (tally){0};
    if (csv_init(&parser, 0) != 0) {
        return OKRUG_NO_MEMORY;
    }
    csv_set_delim(&parser, (unsigned char)delimiter);
    okrug_status status = OKRUG_OK;
    size_t at = 0;
    while (at < length && count->records < RECORDS && status == OKRUG_OK) {
        size_t piece = length - at < PIECE ? length - at : PIECE;
        status = csv_parse(&parser, text + at, piece, count_field, count_record, count) == piece ? OKRUG_OK
                                                                                                 : OKRUG_NO_MEMORY;
        at += piece;
    }
    /* The last record is cut short unless the text is whole; but where it is the only one, half a header says more than
     * none. */
    if (status == OKRUG_OK && (whole || count->records == 0)) {
        status = csv_fini(&parser, count_field, count_record, count) == 0 ? OKRUG_OK : OKRUG_NO_MEMORY;
    }
    csv_free(&parser);
    return status;
}

/* A row cut into more fields is the better cut; the semicolon and the tab come before the comma, which is also a
 * decimal mark. */
static bool better(const tally *a, const tally *b) {
    bool a_cuts = a->header >= 2;
    bool b_cuts = b->header >= 2;
    if (a_cuts != b_cuts) {
        return a_cuts;
    }
    int64_t a_share = (int64_t)a->agreeing * b->records;
    int64_t b_share = (int64_t)b->agreeing * a->records;
    return a_share > b_share || (a_share == b_share && a->header > b->header);
}

okrug_status okrug_delimiter_detect(const char *text, size_t length, bool whole, char *delimiter) {
    static const char candidates[] = {';', '\t', ',', '|'};
    tally best;
    *delimiter = candidates[0];
    OKRUG_TRY(try_delimiter(text, length, whole, candidates[0], &best));
    for (size_t i = 1; i < sizeof candidates; i++) {
        tally count;
        if (candidates[i] == '|' && best.header >= 2) {
            break; /* rare, and at home in texts: only where nothing else cuts */
        }
        OKRUG_TRY(try_delimiter(text, length, whole, candidates[i], &count));
        /* Where nothing is cut at all, the file has one column and the comma is the plainest answer. */
        bool same_single =
            best.header < 2 && count.header < 2 && count.records == best.records && count.agreeing == best.agreeing;
        if (better(&count, &best) || (same_single && candidates[i] == ',')) {
            best = count;
            *delimiter = candidates[i];
        }
    }
    return OKRUG_OK;
}
