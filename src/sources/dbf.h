/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The files beside a .shp, and in which encoding their texts are.
 */
#ifndef OKRUG_SOURCES_DBF_H
#define OKRUG_SOURCES_DBF_H

#include "sources/ogr.h"

/* Opens the file beside the shapefile with that ending (".shx"), in small letters or capitals; NULL: there is none.
 * Close it with okrug_ogr_file_close. */
void *okrug_shapefile_part(okrug_ctx *ctx, okrug_ogr *ogr, const char *shapefile, const char *ending);

/* `given` by the user decides, then the .cpg file, then the code in the .dbf (both known to the library: NULL). Where
 * neither says anything, or only "ANSI", as programs that know nothing better write: UTF-8 if the bytes are, otherwise
 * windows-1251, as for delimited text. OKRUG_NO_MEMORY. */
okrug_status okrug_dbf_encoding(okrug_ctx *ctx, okrug_ogr *ogr, const char *shapefile, const char *given,
                                const char **encoding);

#endif
