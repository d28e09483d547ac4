/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Readers: a file as it comes -> one table of a dataset, typed by roles, with the line of every row. A bad file gives
 * nothing and a fault for every bad cell.
 */
#ifndef OKRUG_SOURCES_SOURCES_H
#define OKRUG_SOURCES_SOURCES_H

#include <string.h>

#include <okrug/dataset.h>
#include <okrug/hash.h>
#include <okrug/number.h>
#include <okrug/role.h>
#include <okrug/text.h>

/* One column that is wanted. `header` is what the file calls it; NULL: the role's own name. */
typedef struct {
    okrug_role role;
    const char *header;
} okrug_wanted;

/* Rows are kept where the source text of that column is exactly this text, or begins with it; several tests mean
 * "and". */
typedef struct {
    const char *column;
    const char *text;
    bool begins;
} okrug_where;

/* As people write it: "industry" and "25", or "industry^" and "25" for all that begins so. NULL for `column`: memory is
 * short. */
okrug_where okrug_where_named(okrug_ctx *ctx, const char *name, const char *text);

static inline bool okrug_where_passes(const okrug_where *where, const char *text, size_t length) {
    size_t wanted = strlen(where->text);
    return (where->begins ? length >= wanted : length == wanted) && memcmp(text, where->text, wanted) == 0;
}

typedef struct {
    const char *path;     /* a file; "-" is standard input, which a pipe lets one read only once */
    const void *bytes;    /* these bytes in place of the file's, `path` being then only their name; NULL: the file's */
    size_t length;        /* of `bytes` */
    const char *format;   /* "csv", "geojson", "gal", "gwt", "xlsx", "ods", "shapefile" (.shp, or a .zip with some),
                             "geopackage"; NULL:   by the name's ending (.gz and .xz looked through), else csv */
    const char *part;     /* sheet or layer; NULL: the only one that has rows */
    int64_t header_row;   /* line of the header; 0: the first line that is not blank */
    int64_t header_last;  /* of a header of several lines, after header_row; else 0 */
    const char *encoding; /* an ICU converter name; NULL: BOM, else UTF-8 if it is valid, else windows-1251. A file that
                             is UTF-8 for long and then is not is damaged: a fault, no guess */
    char delimiter;       /* ';' ',' '\t' '|'; 0: detected */
    char decimal;         /* ',' or '.'; 0: detected */
    okrug_reason blank;   /* what an empty number cell means; OKRUG_PRESENT: OKRUG_NOT_COLLECTED */
    const char *status;   /* column that says whether a row is suppressed; NULL: none */
    const char *suppressed; /* its text that says so, or, without `status`, the text in a number cell; NULL: none */
    const okrug_wanted *wanted;
    int wanted_count; /* 0: every column, as text */
    bool keep_others; /* also keep the columns that are not wanted, as text */
    const okrug_where *where;
    int where_count;
} okrug_source_request;

/* A mark for missing that was met in number cells, as "…". */
typedef struct {
    const char *text;
    okrug_reason reason;
    int64_t count; /* 0: no more marks */
} okrug_mark_met;
enum { OKRUG_MARKS_MET = 32 };

/* What was understood of the file: for --dry-run and for provenance. */
typedef struct {
    char format[16];
    char part[256];      /* sheet or layer, cut where it is longer; "": the format has none */
    char compression[8]; /* "", "gz", "xz" */
    char encoding[32];
    bool bom;
    char delimiter; /* 0: not a delimited file */
    okrug_number_style style;
    int64_t header_row;
    int64_t header_last;                  /* after it, of a header of several lines; else 0 */
    int64_t rows_read;                    /* data rows in the file */
    int64_t rows_kept;                    /* after --where */
    int64_t blank_cells;                  /* number cells that were empty */
    int64_t missing_marks;                /* number cells with a mark for missing: … – X and the like */
    okrug_mark_met mark[OKRUG_MARKS_MET]; /* those, in the order in which they were met */
    int64_t suppressed_cells;
    char sha256[OKRUG_HASH_TEXT]; /* of the file's bytes as they are stored */
} okrug_understood;

/* Reads the file into a new table `name` of `dataset`. Columns come in the order of `wanted` (those that the file
 * has), then the others in the file's order; `header` of a column is its name in the file. On any failure the dataset
 * has no new table, and the context a fault for every bad cell (file, line, column, what was expected).
 * `understood` is filled as far as the reader got. Reports progress ("task.reading") and can be cancelled.
 * OKRUG_READ_FAILED: the file cannot be opened or read. OKRUG_BAD_INPUT: what is in it.
 * Memory: the table, plus one line; a delimited file is never held whole. GeoJSON and standard input are. */
okrug_status okrug_source_read(okrug_ctx *ctx, const okrug_source_request *request, okrug_dataset *dataset,
                               const char *name, okrug_understood *understood, okrug_table **table);

/* A part of a file that can be read by itself. */
typedef struct {
    const char *name; /* "": all of the file */
    const char *kind; /* "sheet", "layer", "file" */
    int64_t rows;     /* those of a sheet that are not blank; -1: not known without reading all of it */
} okrug_part;

/* The parts of a file, in its order; scratch memory of the context. Faults as of okrug_source_read. */
okrug_status okrug_source_parts(okrug_ctx *ctx, const okrug_source_request *request, okrug_part **parts, int *count);
/* Whether files with such a name have parts, told by its ending. */
bool okrug_source_has_parts(const char *path);

/* Why a number is missing where there is this text; false: it is no mark for missing. */
bool okrug_mark_find(const char *text, size_t length, okrug_reason *reason);

enum { OKRUG_AMBIGUOUS_TEXT = 24 };
/* How these texts write numbers; `decimal`: given by the user, or 0. False where nothing tells 1,234 from 1.234, with
 * one such text. */
bool okrug_source_style(const okrug_words *texts, char decimal, okrug_number_style *style,
                        char ambiguous[OKRUG_AMBIGUOUS_TEXT]);

/* The word with every Cyrillic letter that looks like a Latin one as that: words that look alike have one skeleton. */
void okrug_skeleton(const char *word, okrug_buffer *out);

/* The header of the file as it stands (one text column "header"), for layouts that the header decides. */
okrug_status okrug_source_header(okrug_ctx *ctx, const okrug_source_request *request, okrug_words *header);

/* All of standard input, for a caller that looks at it more than once (the header, then the rows): goes into `bytes` of
 * the requests. The caller frees it. More than `most` bytes are refused, as they are held in memory
 * ("standard-input-too-large", OKRUG_BAD_INPUT). */
okrug_status okrug_source_standard_input(okrug_ctx *ctx, size_t most, void **bytes, size_t *length);
#define OKRUG_STANDARD_INPUT_MOST ((size_t)1 << 30)

#endif
