/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shapes from well-known binary.
 */
#include "geo/shapes.h"

#include <stdio.h>
#include <stdlib.h>

#include <okrug/text.h>

static void keep_trouble(const char *message, void *user) {
    okrug_shapes *shapes = user;
    okrug_text_copy(shapes->trouble, sizeof shapes->trouble, message);
}

okrug_status okrug_geos_fail(okrug_ctx *ctx, const okrug_shapes *shapes, const char *code, int64_t i) {
    return okrug_fail(ctx, OKRUG_BAD_INPUT, code, NULL, "region", shapes->name[i], "library", shapes->trouble,
                      (char *)NULL);
}

static okrug_status read_shapes(okrug_ctx *ctx, const char *const *wkb, okrug_shapes *shapes) {
    GEOSWKBReader *reader = GEOSWKBReader_create_r(shapes->handle);
    okrug_status status = reader == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
    for (int64_t i = 0; reader != NULL && i < shapes->n; i++) {
        if (wkb[i] == NULL) {
            continue;
        }
        size_t length = 0;
        while (wkb[i][length] != '\0') {
            length++;
        }
        GEOSGeometry *shape = GEOSWKBReader_readHEX_r(shapes->handle, reader, (const unsigned char *)wkb[i], length);
        if (shape == NULL) {
            status = okrug_geos_fail(ctx, shapes, "bad-geometry", i);
        } else if (GEOSisEmpty_r(shapes->handle, shape) != 0) {
            GEOSGeom_destroy_r(shapes->handle, shape);
        } else {
            shapes->shape[i] = shape;
        }
    }
    if (reader != NULL) {
        GEOSWKBReader_destroy_r(shapes->handle, reader);
    }
    return status;
}

okrug_status okrug_shapes_new(okrug_ctx *ctx, int64_t n, const char *const *wkb, const char *const *name,
                              okrug_shapes **shapes) {
    *shapes = NULL;
    okrug_shapes *made = calloc(1, sizeof *made);
    if (made != NULL) {
        made->n = n;
        made->name = name;
        made->shape = calloc((size_t)n + 1, sizeof(*made->shape));
        made->handle = made->shape == NULL ? NULL : GEOS_init_r();
    }
    if (made == NULL || made->handle == NULL) {
        okrug_shapes_free(made);
        return okrug_fail(ctx, OKRUG_NO_MEMORY, "no-memory", NULL, (char *)NULL);
    }
    GEOSContext_setErrorMessageHandler_r(made->handle, keep_trouble, made);
    okrug_status status = read_shapes(ctx, wkb, made);
    if (status != OKRUG_OK) {
        okrug_shapes_free(made);
        return status;
    }
    *shapes = made;
    return OKRUG_OK;
}

void okrug_shapes_free(okrug_shapes *shapes) {
    if (shapes == NULL) {
        return;
    }
    for (int64_t i = 0; shapes->handle != NULL && i < shapes->n; i++) {
        if (shapes->shape[i] != NULL) {
            GEOSGeom_destroy_r(shapes->handle, shapes->shape[i]);
        }
    }
    if (shapes->handle != NULL) {
        GEOS_finish_r(shapes->handle);
    }
    free(shapes->shape);
    free(shapes);
}
