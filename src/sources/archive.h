/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a packed file would unpack to, looked at before a library holds it in memory.
 */
#ifndef OKRUG_SOURCES_ARCHIVE_H
#define OKRUG_SOURCES_ARCHIVE_H

#include "sources/ogr.h"

/* OKRUG_BAD_INPUT with a fault naming `file` where the zip at `path` cannot be listed ("archive-damaged"), unpacks to
 * more than 512 MiB ("archive-too-large") or, with `sheets`, has a sheet of more than 20 million cells, empty ones
 * among them counted ("sheet-too-large"): a few bytes of a sheet can ask for all memory there is. Cost: unpacks the
 * sheets. */
okrug_status okrug_archive_check(okrug_ctx *ctx, okrug_ogr *ogr, const char *path, const char *file, bool sheets);

#endif
