/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The reports that a workspace gives: that of its study, districts side by side, and the application of a cluster of
 * its registry.
 */
#ifndef OKRUG_PLATFORM_REPORTS_H
#define OKRUG_PLATFORM_REPORTS_H

#include "engine/engine.h"

/* Whether an application takes an option of that name: a kind of data ("firms"), an analysis whose result it tells
 * ("status", "regionalise", "multipliers"), or "concordance"; its value is the id of a dataset. */
bool okrug_report_takes(const char *option);

/* The application where the request names a cluster, as of its date, else of today (UTC), a day that it bears; where
 * it names a result of `districts` that comparison; else the study's report. OKRUG_NOT_FOUND ("no-study";
 * "no-clusters", "no-data-of-kind", "no-cluster"), OKRUG_BAD_USAGE
 * ("several-datasets" and others), OKRUG_CANCELLED. */
okrug_report_maker okrug_workspace_report;

#endif
