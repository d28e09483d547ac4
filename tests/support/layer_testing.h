/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shapefiles and GeoPackages for tests, made by the library that reads them, in a folder of their own.
 */
#ifndef OKRUG_TESTS_LAYER_TESTING_H
#define OKRUG_TESTS_LAYER_TESTING_H

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "testing.h"

typedef struct {
    const char *region, *name;
    double value; /* below 0: nothing */
    const char *shape;
} drawn;

/* The function of that name, as a pointer of the type of `function`. */
static inline void gdal_function(void *function, const char *name) {
    void *library = dlopen("libgdal.so.32", RTLD_NOW | RTLD_NODELETE);
    void *found = library == NULL ? NULL : dlsym(library, name);
    assert_non_null(found);
    memcpy(function, &found, sizeof found);
}
#define GDAL(result, name, ...)                                                                                        \
    result (*name)(__VA_ARGS__) = NULL;                                                                                \
    gdal_function(&(name), #name)

/* Adds a layer with the columns region, name and value to the file (NULL in `dataset`: makes it) and returns the
 * dataset, to be closed with drawn_close. `epsg` 0: the layer does not say its coordinates; `encoding` of a shapefile.
 */
static inline void *draw_layer(void *dataset, const char *driver, const char *path, const char *layer, int epsg,
                               const char *encoding, const drawn *features, int count) {
    GDAL(void, GDALAllRegister, void);
    GDAL(void *, GDALGetDriverByName, const char *);
    GDAL(void *, GDALCreate, void *, const char *, int, int, int, int, char **);
    GDAL(void *, GDALDatasetCreateLayer, void *, const char *, void *, int, char **);
    GDAL(void *, OGR_Fld_Create, const char *, int);
    GDAL(int, OGR_L_CreateField, void *, void *, int);
    GDAL(void *, OGR_L_GetLayerDefn, void *);
    GDAL(void *, OGR_F_Create, void *);
    GDAL(void, OGR_F_SetFieldString, void *, int, const char *);
    GDAL(void, OGR_F_SetFieldDouble, void *, int, double);
    GDAL(int, OGR_F_SetGeometry, void *, void *);
    GDAL(int, OGR_G_CreateFromWkt, char **, void *, void **);
    GDAL(int, OGR_L_CreateFeature, void *, void *);
    GDAL(void, OGR_F_Destroy, void *);
    GDAL(void, OGR_Fld_Destroy, void *);
    GDAL(void, OGR_G_DestroyGeometry, void *);
    GDAL(void *, OSRNewSpatialReference, const char *);
    GDAL(int, OSRImportFromEPSG, void *, int);
    GDAL(void, OSRDestroySpatialReference, void *);
    GDALAllRegister();
    if (dataset == NULL) {
        dataset = GDALCreate(GDALGetDriverByName(driver), path, 0, 0, 0, 0, NULL);
    }
    assert_non_null(dataset);
    char option[40];
    char *options[] = {option, NULL};
    snprintf(option, sizeof option, "ENCODING=%s", encoding == NULL ? "" : encoding);
    void *crs = epsg == 0 ? NULL : OSRNewSpatialReference(NULL);
    assert_true(crs == NULL || OSRImportFromEPSG(crs, epsg) == 0);
    void *made = GDALDatasetCreateLayer(dataset, layer, crs, 0, encoding == NULL ? NULL : options);
    assert_non_null(made);
    static const struct {
        const char *name;
        int type;
    } fields[] = {{"region", 4}, {"name", 4}, {"value", 2}};
    for (int f = 0; f < 3; f++) {
        void *field = OGR_Fld_Create(fields[f].name, fields[f].type);
        assert_int_equal(OGR_L_CreateField(made, field, 1), 0);
        OGR_Fld_Destroy(field);
    }
    for (int i = 0; i < count; i++) {
        void *feature = OGR_F_Create(OGR_L_GetLayerDefn(made));
        OGR_F_SetFieldString(feature, 0, features[i].region);
        OGR_F_SetFieldString(feature, 1, features[i].name);
        if (features[i].value >= 0) {
            OGR_F_SetFieldDouble(feature, 2, features[i].value);
        }
        char text[400];
        char *rest = text;
        void *shape = NULL;
        snprintf(text, sizeof text, "%s", features[i].shape);
        assert_int_equal(OGR_G_CreateFromWkt(&rest, NULL, &shape), 0);
        OGR_F_SetGeometry(feature, shape);
        assert_int_equal(OGR_L_CreateFeature(made, feature), 0);
        OGR_G_DestroyGeometry(shape);
        OGR_F_Destroy(feature);
    }
    if (crs != NULL) {
        OSRDestroySpatialReference(crs);
    }
    return dataset;
}

static inline void drawn_close(void *dataset) {
    GDAL(void, GDALClose, void *);
    GDALClose(dataset);
}

#endif
