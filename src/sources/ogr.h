/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The door to GDAL/OGR: opens a file, tells its parts, gives the fields of one feature after the other. The library is
 * loaded when the first such file is opened, for linking it would cost 59 ms at every start of the program.
 */
#ifndef OKRUG_SOURCES_OGR_H
#define OKRUG_SOURCES_OGR_H

#include "sources/geometry.h"
#include "sources/sources.h"

typedef struct okrug_ogr okrug_ogr;

typedef enum { OKRUG_OGR_XLSX, OKRUG_OGR_ODS, OKRUG_OGR_SHAPEFILE, OKRUG_OGR_GEOPACKAGE } okrug_ogr_driver;

/* Loads the library. Settings hold for this thread until okrug_ogr_close, which must be called on it. Faults:
 * OKRUG_READ_FAILED ("no-gdal"), OKRUG_NO_MEMORY. */
okrug_status okrug_ogr_new(okrug_ctx *ctx, okrug_ogr **ogr);
void okrug_ogr_close(okrug_ogr *ogr); /* NULL is allowed */

/* Bytes as a file that the functions below can open; its name lasts until okrug_ogr_close. The bytes are borrowed.
 * NULL when memory is short. */
const char *okrug_ogr_mount(okrug_ogr *ogr, const char *name, const void *bytes, size_t length);

/* The members of a zip file, files only: false from `take` ends it. False where it is no zip that can be read. */
typedef bool okrug_ogr_take_fn(void *user, const char *name, int64_t size);
bool okrug_ogr_members(okrug_ogr *ogr, const char *zip, okrug_ogr_take_fn *take, void *user);

/* A file, or a member of a zip as "/vsizip/{ZIP}/MEMBER", byte by byte; NULL: it cannot be opened. */
void *okrug_ogr_file_open(okrug_ogr *ogr, const char *path);
size_t okrug_ogr_file_read(okrug_ogr *ogr, void *file, void *buffer, size_t size);
void okrug_ogr_file_close(okrug_ogr *ogr, void *file);

/* `encoding` of a shapefile's texts; NULL: as the file says. False where it cannot be opened; see okrug_ogr_trouble. */
bool okrug_ogr_open(okrug_ogr *ogr, const char *path, okrug_ogr_driver driver, const char *encoding);
/* What the library said was wrong since okrug_ogr_new, the first of it; "": nothing. `strict`: warnings too. */
const char *okrug_ogr_trouble(const okrug_ogr *ogr, bool strict);

int okrug_ogr_layers(const okrug_ogr *ogr);
const char *okrug_ogr_layer_name(const okrug_ogr *ogr, int layer);
int64_t okrug_ogr_layer_rows(const okrug_ogr *ogr, int layer);

/* From here on all is of this layer. `geographic`: its geometries are wanted, in longitude and latitude of WGS84.
 * False where the layer's coordinates cannot be brought there. */
bool okrug_ogr_choose(okrug_ogr *ogr, int layer, bool geographic);
bool okrug_ogr_has_geometry(const okrug_ogr *ogr);
bool okrug_ogr_has_crs(const okrug_ogr *ogr);
int okrug_ogr_fields(const okrug_ogr *ogr);
const char *okrug_ogr_field_name(const okrug_ogr *ogr, int field);
void okrug_ogr_rewind(okrug_ogr *ogr);
bool okrug_ogr_next(okrug_ogr *ogr);            /* the next feature; false: the end */
int64_t okrug_ogr_number(const okrug_ogr *ogr); /* of the feature: in a sheet its row, from 1 */
const char *okrug_ogr_text(okrug_ogr *ogr,
                           int field); /* of a text field, until the next feature; NULL: nothing there */
/* Adds the field as text: numbers in the shortest form (`number` tells), dates by ISO 8601. False: nothing there. */
bool okrug_ogr_cell(okrug_ogr *ogr, int field, okrug_buffer *text, bool *number);
/* Adds the feature's geometry as ISO WKB, curves as lines and without heights, not checked. `there`: it has one. */
okrug_geometry_flaw okrug_ogr_geometry(okrug_ogr *ogr, okrug_buffer *wkb, bool *there);

#endif
