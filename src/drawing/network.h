/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where the boxes of a network stand: what placing and drawing share.
 */
#ifndef OKRUG_DRAWING_NETWORK_H
#define OKRUG_DRAWING_NETWORK_H

#include "drawing/figures.h"

/* Besides the boxes there are places where a link passes a column: a link has one in each column between its ends. */
enum { NETWORK_PLACES = OKRUG_NETWORK_BOXES + OKRUG_NETWORK_LINKS * (OKRUG_NETWORK_LAYERS - 2) };

typedef struct {
    int layer;
    double height; /* with the space around it */
    double centre; /* from the top of the columns */
} network_place;

typedef struct {
    int layers;
    int layer[OKRUG_NETWORK_BOXES];
    int places;
    network_place place[NETWORK_PLACES];                 /* the boxes first */
    int path[OKRUG_NETWORK_LINKS][OKRUG_NETWORK_LAYERS]; /* the places of a link from `from` to `to`, in order */
    int steps[OKRUG_NETWORK_LINKS];
    double height; /* of the highest column */
} network_places;

/* `height` has the height of each box. */
void okrug_network_place(const okrug_network *network, const double *height, network_places *out);

#endif
