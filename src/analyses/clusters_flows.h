/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * By which principles the industries of each cluster belong together, from who sells to whom.
 */
#ifndef OKRUG_ANALYSES_CLUSTERS_FLOWS_H
#define OKRUG_ANALYSES_CLUSTERS_FLOWS_H

#include <okrug/principles.h>

#include "analyses/clusters_case.h"

/* Who sells to whom, among industries and whatever else buys or sells. */
#define OKRUG_CLUSTER_FLOW_ROLES                                                                                       \
    {"from", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},                                                \
        {"to", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE}, {                                            \
        "value", OKRUG_NUMBER, OKRUG_REQUIRED, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_OWN                               \
    }

extern const char *const okrug_principle_names[OKRUG_PRINCIPLES];

typedef struct {
    int64_t members; /* of the cluster, among the flows */
    bool told;       /* false: too few members, or as many as there are industries */
    okrug_principle_scores scores;
    okrug_against_chance against[OKRUG_PRINCIPLES];
    okrug_principle_labels labels;
    const char *text; /* labels, z falling, "none", and "mixed" where the margin is too small; NULL: not told */
} okrug_cluster_profile;

/* One profile for each cluster, in scratch memory. `services_from`: codes whose first two digits are that or more are
 * services. BAD_INPUT "no-rows", "flows-match-nothing". */
okrug_status okrug_cluster_profiles(okrug_ctx *ctx, const okrug_table *flows, const okrug_clusters_case *of,
                                    int64_t services_from, int64_t draws, uint64_t seed,
                                    const okrug_principle_need *need, okrug_cluster_profile **out);

#endif
