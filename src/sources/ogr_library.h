/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The functions of GDAL's C interface that ogr.c uses, found by name when they are first needed. Handles are void
 * pointers, as the interface has them.
 */
#ifndef OKRUG_SOURCES_OGR_LIBRARY_H
#define OKRUG_SOURCES_OGR_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include <okrug/library.h>

typedef void okrug_gdal_error_fn(int kind, int number, const char *text);

/* X(name in the library, result, arguments) */
#define OKRUG_GDAL_FUNCTIONS(X)                                                                                        \
    X(RegisterOGRXLSX, void, (void))                                                                                   \
    X(RegisterOGRODS, void, (void))                                                                                    \
    X(RegisterOGRShape, void, (void))                                                                                  \
    X(RegisterOGRGeoPackage, void, (void))                                                                             \
    X(GDALOpenEx, void *, (const char *, unsigned, const char *const *, const char *const *, const char *const *))     \
    X(GDALClose, void, (void *))                                                                                       \
    X(GDALDatasetGetLayerCount, int, (void *))                                                                         \
    X(GDALDatasetGetLayer, void *, (void *, int))                                                                      \
    X(CPLQuietErrorHandler, void, (int, int, const char *))                                                            \
    X(CPLPushErrorHandler, void, (okrug_gdal_error_fn *))                                                              \
    X(CPLPopErrorHandler, void, (void))                                                                                \
    X(CPLErrorReset, void, (void))                                                                                     \
    X(CPLGetLastErrorType, int, (void))                                                                                \
    X(CPLGetLastErrorMsg, const char *, (void))                                                                        \
    X(CPLSetThreadLocalConfigOption, void, (const char *, const char *))                                               \
    X(CSLDestroy, void, (char **))                                                                                     \
    X(VSIFileFromMemBuffer, void *, (const char *, unsigned char *, uint64_t, int))                                    \
    X(VSIUnlink, int, (const char *))                                                                                  \
    X(VSIReadDirRecursive, char **, (const char *))                                                                    \
    X(VSIStatExL, int, (const char *, struct stat *, int))                                                             \
    X(VSIFOpenL, void *, (const char *, const char *))                                                                 \
    X(VSIFReadL, size_t, (void *, size_t, size_t, void *))                                                             \
    X(VSIFCloseL, int, (void *))                                                                                       \
    X(OGR_L_GetName, const char *, (void *))                                                                           \
    X(OGR_L_GetFeatureCount, int64_t, (void *, int))                                                                   \
    X(OGR_L_GetLayerDefn, void *, (void *))                                                                            \
    X(OGR_L_GetGeomType, int, (void *))                                                                                \
    X(OGR_L_GetSpatialRef, void *, (void *))                                                                           \
    X(OGR_L_ResetReading, void, (void *))                                                                              \
    X(OGR_L_GetNextFeature, void *, (void *))                                                                          \
    X(OGR_FD_GetFieldCount, int, (void *))                                                                             \
    X(OGR_FD_GetFieldDefn, void *, (void *, int))                                                                      \
    X(OGR_Fld_GetNameRef, const char *, (void *))                                                                      \
    X(OGR_Fld_GetType, int, (void *))                                                                                  \
    X(OGR_F_Destroy, void, (void *))                                                                                   \
    X(OGR_F_GetFID, int64_t, (void *))                                                                                 \
    X(OGR_F_IsFieldSetAndNotNull, int, (void *, int))                                                                  \
    X(OGR_F_GetFieldAsString, const char *, (void *, int))                                                             \
    X(OGR_F_GetFieldAsInteger64, int64_t, (void *, int))                                                               \
    X(OGR_F_GetFieldAsDouble, double, (void *, int))                                                                   \
    X(OGR_F_GetFieldAsDateTimeEx, int, (void *, int, int *, int *, int *, int *, int *, float *, int *))               \
    X(OGR_F_GetGeometryRef, void *, (void *))                                                                          \
    X(OGR_G_GetLinearGeometry, void *, (void *, double, char **))                                                      \
    X(OGR_G_FlattenTo2D, void, (void *))                                                                               \
    X(OGR_G_Transform, int, (void *, void *))                                                                          \
    X(OGR_G_WkbSize, int, (void *))                                                                                    \
    X(OGR_G_ExportToIsoWkb, int, (void *, int, unsigned char *))                                                       \
    X(OGR_G_DestroyGeometry, void, (void *))                                                                           \
    X(OSRNewSpatialReference, void *, (const char *))                                                                  \
    X(OSRSetWellKnownGeogCS, int, (void *, const char *))                                                              \
    X(OSRSetAxisMappingStrategy, void, (void *, int))                                                                  \
    X(OSRDestroySpatialReference, void, (void *))                                                                      \
    X(OSRClone, void *, (void *))                                                                                      \
    X(OCTNewCoordinateTransformation, void *, (void *, void *))                                                        \
    X(OCTDestroyCoordinateTransformation, void, (void *))

typedef struct {
/* NOLINTNEXTLINE(bugprone-macro-parentheses): types and names cannot have any */
#define X(name, result, arguments) result(*name) arguments;
    OKRUG_GDAL_FUNCTIONS(X)
#undef X
} okrug_gdal;

/* Fills in the functions; false: the library or one of them is not there, `reason` says which. OKRUG_GDAL names the
 * library on systems where it is not libgdal.so.32. */
bool okrug_gdal_load(okrug_gdal *gdal, char reason[OKRUG_LIBRARY_REASON]);

#endif
