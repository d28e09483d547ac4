/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Places with their shapes, and tables of figures joined to them: what a map program can colour at once.
 */
#ifndef OKRUG_ENGINE_PLACES_H
#define OKRUG_ENGINE_PLACES_H

#include <okrug/dataset.h>

/* Whether the rows are places: a column `region` and a geometry, or `lat` and `lon`. */
bool okrug_is_places(const okrug_table *table);

/* `dataset` with points made of lat and lon where its first table has these and no geometry; else NULL in `points`. */
okrug_status okrug_places_points(const okrug_dataset *dataset, okrug_dataset **points);

/* How many different regions of the table are among the places; -1 where it has no column `region`. */
int64_t okrug_places_matched(const okrug_table *table, const okrug_table *places, int64_t *regions);

/* A dataset of kind "map" and of that id, one row for each place: region, name, geometry, and the figures. Where a
 * region has several rows, told apart by industry and period, each number column becomes one for each of them
 * ("lq_C", "lq_C_2023"). NULL in `map`, without a fault, where the rows cannot be told apart so, where there are no
 * figures, or where there would be more than `most` columns of them: `columns` is how many there are. */
okrug_status okrug_places_map(const okrug_table *table, const okrug_table *places, const char *id, int64_t most,
                              int64_t *columns, okrug_dataset **map);

#endif
