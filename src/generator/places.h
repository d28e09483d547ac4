/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where invented firms are.
 */
#ifndef OKRUG_GENERATOR_PLACES_H
#define OKRUG_GENERATOR_PLACES_H

#include <stdbool.h>

#include "generator/activities.h"

typedef struct {
    char code[12];     /* OKTMO of the municipality */
    char district[48]; /* "" for a city of its own */
    char kind[4];      /* "г", "п", "с" */
    char name[48];     /* of the settlement */
    double lat, lon;   /* of the settlement; of Kaluga oblast only */
    int population;
} generator_place;

enum { GENERATOR_PLACES_MOST = 32 };

typedef struct {
    generator_place place[GENERATOR_PLACES_MOST];
    int count;
    bool located;            /* places have coordinates */
    int home[CHAINS];        /* where a chain gathers */
    const char *region_kind; /* "область" */
    const char *region_name; /* "КАЛУЖСКАЯ" */
} generator_places;

/* "40": the municipalities of Kaluga oblast; other regions have invented ones without coordinates. */
void generator_places_of(const char *region, generator_places *places);

#endif
