/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of datasets, their history, and the registry of clusters.
 */
#ifndef OKRUG_API_ROWS_H
#define OKRUG_API_ROWS_H

#include "api/routes.h"

extern const okrug_query okrug_rows_queries[], okrug_history_queries[], okrug_registry_queries[];
okrug_handler okrug_get_rows, okrug_put_row, okrug_remove_row, okrug_post_merge, okrug_get_history, okrug_get_registry,
    okrug_get_registry_card;

#endif
