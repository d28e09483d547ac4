/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of the map share: areas in the units of the canvas, and where their names find room.
 */
#ifndef OKRUG_DRAWING_MAP_H
#define OKRUG_DRAWING_MAP_H

#include "drawing/figures.h"

typedef struct {
    okrug_outline shape; /* on the canvas; scratch memory */
    double at[2];        /* of the name: inside the area, or the centre of the symbol */
    double room;         /* width that a name there may take; of shapes only */
} okrug_placed;

typedef struct {
    okrug_placed *area;
    double width, height; /* of the map itself */
    double points_per_km; /* along the standard parallels */
} okrug_placing;

/* Projects all areas into a box of that width, at most `highest` high, whose upper left corner is x, y. Scratch memory.
 */
okrug_status okrug_map_place(okrug_ctx *ctx, const okrug_map *map, const double corner[2], double width, double highest,
                             okrug_placing *placing);
/* The same without the areas: width and height only. */
double okrug_map_fitted_height(const okrug_map *map, double width, double highest);

#endif
