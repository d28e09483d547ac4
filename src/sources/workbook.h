/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Files that GDAL opens: workbooks of sheets, and layers. Their parts, and the one that a request means.
 */
#ifndef OKRUG_SOURCES_WORKBOOK_H
#define OKRUG_SOURCES_WORKBOOK_H

#include "sources/ogr.h"
#include "sources/sheet_flaws.h"

typedef struct {
    okrug_ogr *ogr;
    bool sheets;             /* a workbook; otherwise layers */
    bool opendocument;       /* of them an .ods */
    const char *path;        /* what the library opens; of a zip with shapefiles, the zip */
    okrug_words *zipped;     /* shapefiles of a zip, by their path in it; NULL: it is none */
    const char *encoding;    /* of a shapefile's texts, where it does not say itself */
    const char *missing;     /* parts of the shapefile that are not there, without which it can be read; NULL: none */
    okrug_sheet_flaws flaws; /* of the sheet that was chosen, in an .xlsx */
    char sha256[OKRUG_HASH_TEXT];
} okrug_workbook;

/* `format`: "xlsx", "ods", "shapefile", "geopackage". Faults: "cannot-open", "file-too-large", "format-unreadable",
 * "shapefile-incomplete", those of okrug_ogr_new and okrug_archive_check. Close it in any case. */
okrug_status okrug_workbook_open(okrug_ctx *ctx, const okrug_source_request *request, const char *format,
                                 okrug_workbook *workbook);
void okrug_workbook_close(okrug_workbook *workbook);

/* All parts, in the file's order. Scratch memory of the context. */
okrug_status okrug_workbook_parts(okrug_ctx *ctx, okrug_workbook *workbook, okrug_part **parts, int *count);

/* Makes the part that the request names the one that is read: the only one that is not empty where it names none.
 * Faults: "unknown-part", "several-parts", "empty-file". */
okrug_status okrug_workbook_choose(okrug_ctx *ctx, okrug_workbook *workbook, const okrug_source_request *request,
                                   const char **part);

/* What the library found wrong, as a fault; OKRUG_OK: nothing. */
okrug_status okrug_workbook_trouble(okrug_ctx *ctx, const okrug_workbook *workbook,
                                    const okrug_source_request *request);

#endif
