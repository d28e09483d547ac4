/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is made of the functions of GDAL/OGR. Only the drivers of formats that okrug reads are registered, so that no
 * other parser ever sees a user's file, and nothing is fetched from a network.
 */
#include "sources/ogr.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <okrug/text.h>

#include "sources/ogr_library.h"

/* Constants of GDAL's C interface, which keeps them. */
enum { CLASS_WARNING = 2, OPEN_READ_VECTOR = 0x04, LONGITUDE_FIRST = 0, LITTLE_ENDIAN_ORDER = 1, STAT_SIZE = 0x03 };
enum {
    FIELD_INTEGER = 0,
    FIELD_REAL = 2,
    FIELD_DATE = 9,
    FIELD_TIME = 10,
    FIELD_DATE_TIME = 11,
    FIELD_INTEGER_64 = 12
};

struct okrug_ogr {
    okrug_gdal gdal;
    char failure[160]; /* the first thing that the library called a failure */
    char warning[160];
    char mounted[96]; /* "": nothing */
    void *dataset;
    void *layer;
    void *definition;
    void *transformation; /* NULL: the layer is in WGS84, or does not say */
    void *feature;
};

/* Settings that hold while a file is open: every cell of a sheet as text, no row taken for a header. */
static const char *const settings[][2] = {{"OGR_XLSX_HEADERS", "DISABLE"},
                                          {"OGR_XLSX_FIELD_TYPES", "STRING"},
                                          {"OGR_ODS_HEADERS", "DISABLE"},
                                          {"OGR_ODS_FIELD_TYPES", "STRING"},
                                          {"ODS_RESOLVE_FORMULAS", "NO"}};

/* ---- Life ---- */

okrug_status okrug_ogr_new(okrug_ctx *ctx, okrug_ogr **ogr) {
    char reason[OKRUG_LIBRARY_REASON];
    *ogr = NULL;
    okrug_ogr *made = calloc(1, sizeof *made);
    if (made == NULL) {
        return okrug_fail(ctx, OKRUG_NO_MEMORY, "no-memory", NULL, (char *)NULL);
    }
    if (!okrug_gdal_load(&made->gdal, reason)) {
        free(made);
        return okrug_fail(ctx, OKRUG_READ_FAILED, "no-gdal", NULL, "reason", reason, (char *)NULL);
    }
    okrug_gdal *gdal = &made->gdal;
    gdal->RegisterOGRXLSX();
    gdal->RegisterOGRODS();
    gdal->RegisterOGRShape();
    gdal->RegisterOGRGeoPackage();
    for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++) {
        gdal->CPLSetThreadLocalConfigOption(settings[i][0], settings[i][1]);
    }
    gdal->CPLPushErrorHandler(gdal->CPLQuietErrorHandler);
    gdal->CPLErrorReset();
    *ogr = made;
    return OKRUG_OK;
}

/* Keeps what the last call to the library had to say. */
static void note(okrug_ogr *ogr) {
    int kind = ogr->gdal.CPLGetLastErrorType();
    char *place = kind > CLASS_WARNING ? ogr->failure : ogr->warning;
    if (kind >= CLASS_WARNING && place[0] == '\0') {
        okrug_text_copy(place, sizeof ogr->failure, ogr->gdal.CPLGetLastErrorMsg());
    }
    ogr->gdal.CPLErrorReset();
}

const char *okrug_ogr_trouble(const okrug_ogr *ogr, bool strict) {
    return ogr->failure[0] == '\0' && strict ? ogr->warning : ogr->failure;
}

static void drop_feature(okrug_ogr *ogr) {
    if (ogr->feature != NULL) {
        ogr->gdal.OGR_F_Destroy(ogr->feature);
        ogr->feature = NULL;
    }
}

static void close_dataset(okrug_ogr *ogr) {
    drop_feature(ogr);
    if (ogr->transformation != NULL) {
        ogr->gdal.OCTDestroyCoordinateTransformation(ogr->transformation);
    }
    if (ogr->dataset != NULL) {
        ogr->gdal.GDALClose(ogr->dataset);
    }
    ogr->transformation = ogr->dataset = ogr->layer = ogr->definition = NULL;
}

void okrug_ogr_close(okrug_ogr *ogr) {
    if (ogr == NULL) {
        return;
    }
    close_dataset(ogr);
    if (ogr->mounted[0] != '\0') {
        ogr->gdal.VSIUnlink(ogr->mounted);
    }
    for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++) {
        ogr->gdal.CPLSetThreadLocalConfigOption(settings[i][0], NULL);
    }
    ogr->gdal.CPLPopErrorHandler();
    free(ogr);
}

/* ---- Files ---- */

const char *okrug_ogr_mount(okrug_ogr *ogr, const char *name, const void *bytes, size_t length) {
    const char *dot = strrchr(name, '.');
    snprintf(ogr->mounted, sizeof ogr->mounted, "/vsimem/okrug-%p%.16s", (void *)ogr, dot == NULL ? "" : dot);
    /* The library does not write to a file that is opened for reading; its interface knows no const. */
    void *file = ogr->gdal.VSIFileFromMemBuffer(ogr->mounted, (unsigned char *)(uintptr_t)bytes, length, 0);
    if (file == NULL) {
        ogr->mounted[0] = '\0';
        return NULL;
    }
    ogr->gdal.VSIFCloseL(file);
    return ogr->mounted;
}

bool okrug_ogr_members(okrug_ogr *ogr, const char *zip, okrug_ogr_take_fn *take, void *user) {
    char root[4200];
    char path[8400];
    if ((size_t)snprintf(root, sizeof root, "/vsizip/{%s}", zip) >= sizeof root) {
        return false;
    }
    char **names = ogr->gdal.VSIReadDirRecursive(root);
    note(ogr);
    if (names == NULL) {
        return false;
    }
    bool more = true;
    for (char **name = names; more && *name != NULL; name++) {
        struct stat about = {0};
        size_t length = strlen(*name);
        if (length == 0 || (*name)[length - 1] == '/' ||
            (size_t)snprintf(path, sizeof path, "%s/%s", root, *name) >= sizeof path) {
            continue;
        }
        if (ogr->gdal.VSIStatExL(path, &about, STAT_SIZE) == 0 && S_ISREG(about.st_mode)) {
            more = take(user, *name, about.st_size);
        }
    }
    ogr->gdal.CSLDestroy(names);
    return true;
}

void *okrug_ogr_file_open(okrug_ogr *ogr, const char *path) {
    void *file = ogr->gdal.VSIFOpenL(path, "rb");
    ogr->gdal.CPLErrorReset();
    return file;
}

size_t okrug_ogr_file_read(okrug_ogr *ogr, void *file, void *buffer, size_t size) {
    size_t got = ogr->gdal.VSIFReadL(buffer, 1, size, file);
    note(ogr);
    return got;
}

void okrug_ogr_file_close(okrug_ogr *ogr, void *file) {
    if (file != NULL) {
        ogr->gdal.VSIFCloseL(file);
    }
}

/* ---- Layers ---- */

bool okrug_ogr_open(okrug_ogr *ogr, const char *path, okrug_ogr_driver driver, const char *encoding) {
    static const char *const names[] = {"XLSX", "ODS", "ESRI Shapefile", "GPKG"};
    const char *const drivers[] = {names[driver], NULL};
    char option[80];
    const char *const options[] = {option, NULL};
    snprintf(option, sizeof option, "ENCODING=%s", encoding == NULL ? "" : encoding);
    close_dataset(ogr);
    bool told = driver == OKRUG_OGR_SHAPEFILE && encoding != NULL;
    ogr->dataset = ogr->gdal.GDALOpenEx(path, OPEN_READ_VECTOR, drivers, told ? options : NULL, NULL);
    note(ogr);
    return ogr->dataset != NULL;
}

int okrug_ogr_layers(const okrug_ogr *ogr) {
    return ogr->gdal.GDALDatasetGetLayerCount(ogr->dataset);
}

const char *okrug_ogr_layer_name(const okrug_ogr *ogr, int layer) {
    return ogr->gdal.OGR_L_GetName(ogr->gdal.GDALDatasetGetLayer(ogr->dataset, layer));
}

int64_t okrug_ogr_layer_rows(const okrug_ogr *ogr, int layer) {
    return ogr->gdal.OGR_L_GetFeatureCount(ogr->gdal.GDALDatasetGetLayer(ogr->dataset, layer), 1);
}

static bool to_wgs84(okrug_ogr *ogr) {
    okrug_gdal *gdal = &ogr->gdal;
    void *from = gdal->OGR_L_GetSpatialRef(ogr->layer);
    if (from == NULL) {
        return true;
    }
    void *own = gdal->OSRClone(from);
    void *to = gdal->OSRNewSpatialReference(NULL);
    bool ready = own != NULL && to != NULL && gdal->OSRSetWellKnownGeogCS(to, "WGS84") == 0;
    if (ready) {
        gdal->OSRSetAxisMappingStrategy(own, LONGITUDE_FIRST);
        gdal->OSRSetAxisMappingStrategy(to, LONGITUDE_FIRST);
        ogr->transformation = gdal->OCTNewCoordinateTransformation(own, to);
    }
    if (own != NULL) {
        gdal->OSRDestroySpatialReference(own);
    }
    if (to != NULL) {
        gdal->OSRDestroySpatialReference(to);
    }
    note(ogr);
    return ogr->transformation != NULL;
}

bool okrug_ogr_choose(okrug_ogr *ogr, int layer, bool geographic) {
    ogr->layer = ogr->gdal.GDALDatasetGetLayer(ogr->dataset, layer);
    ogr->definition = ogr->gdal.OGR_L_GetLayerDefn(ogr->layer);
    note(ogr);
    okrug_ogr_rewind(ogr);
    return !geographic || to_wgs84(ogr);
}

bool okrug_ogr_has_geometry(const okrug_ogr *ogr) {
    enum { NO_GEOMETRY = 100 };
    return ogr->gdal.OGR_L_GetGeomType(ogr->layer) != NO_GEOMETRY;
}

bool okrug_ogr_has_crs(const okrug_ogr *ogr) {
    return ogr->gdal.OGR_L_GetSpatialRef(ogr->layer) != NULL;
}

int okrug_ogr_fields(const okrug_ogr *ogr) {
    return ogr->gdal.OGR_FD_GetFieldCount(ogr->definition);
}

const char *okrug_ogr_field_name(const okrug_ogr *ogr, int field) {
    return ogr->gdal.OGR_Fld_GetNameRef(ogr->gdal.OGR_FD_GetFieldDefn(ogr->definition, field));
}

void okrug_ogr_rewind(okrug_ogr *ogr) {
    drop_feature(ogr);
    ogr->gdal.OGR_L_ResetReading(ogr->layer);
    note(ogr);
}

/* ---- Features ---- */

bool okrug_ogr_next(okrug_ogr *ogr) {
    drop_feature(ogr);
    ogr->feature = ogr->gdal.OGR_L_GetNextFeature(ogr->layer);
    note(ogr);
    return ogr->feature != NULL;
}

int64_t okrug_ogr_number(const okrug_ogr *ogr) {
    return ogr->gdal.OGR_F_GetFID(ogr->feature);
}

const char *okrug_ogr_text(okrug_ogr *ogr, int field) {
    return ogr->gdal.OGR_F_IsFieldSetAndNotNull(ogr->feature, field)
               ? ogr->gdal.OGR_F_GetFieldAsString(ogr->feature, field)
               : NULL;
}

static void add_moment(okrug_ogr *ogr, int field, int type, okrug_buffer *text) {
    int at[6] = {0}; /* year, month, day, hour, minute, zone */
    float second = 0;
    ogr->gdal.OGR_F_GetFieldAsDateTimeEx(ogr->feature, field, &at[0], &at[1], &at[2], &at[3], &at[4], &second, &at[5]);
    if (type != FIELD_TIME) {
        okrug_buffer_add_format(text, "%04d-%02d-%02d", at[0], at[1], at[2]);
    }
    if (type != FIELD_DATE) {
        okrug_buffer_add_format(text, "%s%02d:%02d:%02d", type == FIELD_TIME ? "" : "T", at[3], at[4], (int)second);
    }
}

bool okrug_ogr_cell(okrug_ogr *ogr, int field, okrug_buffer *text, bool *number) {
    const okrug_gdal *gdal = &ogr->gdal;
    *number = false;
    if (!gdal->OGR_F_IsFieldSetAndNotNull(ogr->feature, field)) {
        return false;
    }
    int type = gdal->OGR_Fld_GetType(gdal->OGR_FD_GetFieldDefn(ogr->definition, field));
    if (type == FIELD_INTEGER || type == FIELD_INTEGER_64) {
        okrug_buffer_add_integer(text, gdal->OGR_F_GetFieldAsInteger64(ogr->feature, field));
    } else if (type == FIELD_REAL) {
        double value = gdal->OGR_F_GetFieldAsDouble(ogr->feature, field);
        if (value - value != 0.0) {
            return false; /* infinity or NaN: GeoPackage and DBF have no other use for them than "nothing" */
        }
        okrug_buffer_add_number(text, value);
    } else if (type == FIELD_DATE || type == FIELD_TIME || type == FIELD_DATE_TIME) {
        add_moment(ogr, field, type, text);
        return true;
    } else {
        okrug_buffer_add_text(text, gdal->OGR_F_GetFieldAsString(ogr->feature, field));
        return true;
    }
    *number = true;
    return true;
}

static okrug_geometry_flaw export(okrug_ogr *ogr, void *geometry, okrug_buffer *wkb) {
    const okrug_gdal *gdal = &ogr->gdal;
    okrug_geometry_flaw flaw = {0};
    gdal->OGR_G_FlattenTo2D(geometry);
    if (ogr->transformation != NULL && gdal->OGR_G_Transform(geometry, ogr->transformation) != 0) {
        flaw.code = "geometry-not-transformed";
        okrug_text_copy(flaw.found, sizeof flaw.found, gdal->CPLGetLastErrorMsg());
        gdal->CPLErrorReset();
        return flaw;
    }
    int size = gdal->OGR_G_WkbSize(geometry);
    unsigned char *bytes = size > 0 ? malloc((size_t)size) : NULL;
    if (bytes == NULL) {
        wkb->failed = true;
        return flaw;
    }
    if (gdal->OGR_G_ExportToIsoWkb(geometry, LITTLE_ENDIAN_ORDER, bytes) == 0) {
        okrug_buffer_add(wkb, (const char *)bytes, (size_t)size);
    } else {
        flaw.code = "geometry-empty";
    }
    free(bytes);
    return flaw;
}

okrug_geometry_flaw okrug_ogr_geometry(okrug_ogr *ogr, okrug_buffer *wkb, bool *there) {
    okrug_geometry_flaw flaw = {0};
    void *own = ogr->gdal.OGR_F_GetGeometryRef(ogr->feature);
    *there = own != NULL;
    if (own == NULL) {
        return flaw;
    }
    void *linear = ogr->gdal.OGR_G_GetLinearGeometry(own, 0.0, NULL);
    if (linear == NULL) {
        wkb->failed = true;
        return flaw;
    }
    flaw = export(ogr, linear, wkb);
    ogr->gdal.OGR_G_DestroyGeometry(linear);
    return flaw;
}
