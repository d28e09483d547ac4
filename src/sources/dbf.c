/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The files beside a .shp; looks at the bytes of a .dbf for the encoding of its texts.
 *
 * Russian text in windows-1251 hardly ever forms a valid sequence of UTF-8, and UTF-8 that was cut at the width of a
 * field forms one bad sequence at its end: so where more sequences are good than bad, it is UTF-8.
 */
#include "sources/dbf.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK = 64 * 1024, CODE_AT = 29, CODE_NONE = 0, CODE_ANSI = 0x57 };

typedef struct {
    int64_t good, bad;
    int wanted; /* bytes that the sequence still needs */
} sequences;

static void count(sequences *seen, const unsigned char *bytes, size_t length) {
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = bytes[i];
        bool follows = (byte & 0xC0) == 0x80;
        if (seen->wanted > 0 && follows) {
            seen->good += --seen->wanted == 0;
            continue;
        }
        seen->bad += seen->wanted > 0 || follows;
        seen->wanted = byte >= 0xC2 && byte < 0xE0   ? 1
                       : byte >= 0xE0 && byte < 0xF0 ? 2
                       : byte >= 0xF0 && byte < 0xF5 ? 3
                                                     : 0;
        seen->bad += byte >= 0xC0 && seen->wanted == 0;
    }
}

void *okrug_shapefile_part(okrug_ctx *ctx, okrug_ogr *ogr, const char *shapefile, const char *ending) {
    int stem = (int)(strlen(shapefile) - strlen(".shp"));
    char capitals[8] = {0};
    for (size_t i = 0; i < sizeof capitals - 1 && ending[i] != '\0'; i++) {
        capitals[i] = (char)(ending[i] >= 'a' && ending[i] <= 'z' ? ending[i] - 32 : ending[i]);
    }
    void *file = okrug_ogr_file_open(ogr, okrug_text(ctx, "%.*s%s", stem, shapefile, ending));
    return file != NULL ? file : okrug_ogr_file_open(ogr, okrug_text(ctx, "%.*s%s", stem, shapefile, capitals));
}

okrug_status okrug_dbf_encoding(okrug_ctx *ctx, okrug_ogr *ogr, const char *shapefile, const char *given,
                                const char **encoding) {
    *encoding = given;
    void *told = given != NULL ? NULL : okrug_shapefile_part(ctx, ogr, shapefile, ".cpg");
    okrug_ogr_file_close(ogr, told);
    if (given != NULL || told != NULL) {
        return OKRUG_OK;
    }
    void *file = okrug_shapefile_part(ctx, ogr, shapefile, ".dbf");
    if (file == NULL) {
        return OKRUG_OK;
    }
    unsigned char *block = malloc(BLOCK);
    if (block == NULL) {
        okrug_ogr_file_close(ogr, file);
        return okrug_fail(ctx, OKRUG_NO_MEMORY, "no-memory", NULL, (char *)NULL);
    }
    sequences seen = {0};
    size_t got = okrug_ogr_file_read(ogr, file, block, BLOCK);
    bool coded = got > CODE_AT && block[CODE_AT] != CODE_NONE && block[CODE_AT] != CODE_ANSI;
    for (size_t from = 32; !coded && got > from; from = 0) { /* the head of 32 bytes holds no text */
        count(&seen, block + from, got - from);
        got = okrug_ogr_file_read(ogr, file, block, BLOCK);
    }
    if (!coded) {
        *encoding = seen.bad > seen.good ? "windows-1251" : "UTF-8";
    }
    free(block);
    okrug_ogr_file_close(ogr, file);
    return OKRUG_OK;
}
