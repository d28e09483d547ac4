/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The report of the workspace's study as a file to take away, and how many are under way at a time.
 */
#ifndef OKRUG_API_REPORTS_H
#define OKRUG_API_REPORTS_H

#include <pthread.h>

#include "api/routes.h"

enum { OKRUG_REPORTS_MOST = 4 }; /* made or waiting for it */

/* Those that are under way, by the flags that cancel them. */
typedef struct {
    pthread_mutex_t lock;
    atomic_bool *cancel[OKRUG_REPORTS_MOST];
    bool stopping;
} okrug_reports;

void okrug_reports_start(okrug_reports *reports);
/* False where there are too many. Whoever is let in leaves. */
bool okrug_reports_enter(okrug_reports *reports, atomic_bool *cancel);
void okrug_reports_leave(okrug_reports *reports, const atomic_bool *cancel);
/* Cancels all that are under way, and from now on all that enter. */
void okrug_reports_cancel(okrug_reports *reports);
void okrug_reports_free(okrug_reports *reports);

extern const okrug_query okrug_report_queries[];
okrug_handler okrug_get_report;

#endif
