/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Small groups of firms for tests of rules: arrays with room, made by hand or at random.
 */
#ifndef OKRUG_TESTS_GROUPS_H
#define OKRUG_TESTS_GROUPS_H

#include <math.h>
#include <string.h>

#include <okrug/rules.h>

#include "matrices.h"

enum { GROUP_MOST = 16, GROUP_CONTRACTS = 64 };

typedef struct {
    okrug_group group;
    uint8_t producing[GROUP_MOST], organises[GROUP_MOST], special[GROUP_MOST], invest[GROUP_MOST], maker[GROUP_MOST];
    int32_t region[GROUP_MOST], role[GROUP_MOST];
    double revenue[GROUP_MOST], workplaces[GROUP_MOST], productive[GROUP_MOST];
    int32_t supplier[GROUP_CONTRACTS], buyer[GROUP_CONTRACTS];
    double lo[GROUP_CONTRACTS], hi[GROUP_CONTRACTS];
    uint8_t open[GROUP_CONTRACTS], force[GROUP_CONTRACTS];
    okrug_span share[GROUP_MOST];
    double within_lo[GROUP_MOST], within_hi[GROUP_MOST];
    int32_t contracts[GROUP_MOST];
    uint8_t has[GROUP_MOST];
    okrug_group_shares shares;
    okrug_span span[OKRUG_MEASURES_COUNT];
    int64_t unknown[OKRUG_MEASURES_COUNT];
} testing_group;

/* n firms that produce 100 each, none with contracts, in one region. */
static inline void testing_group_begin(testing_group *t, int64_t n) {
    memset(t, 0, sizeof *t);
    for (int64_t i = 0; i < n; i++) {
        t->producing[i] = OKRUG_YES;
        t->revenue[i] = 100.0;
        t->workplaces[i] = 10.0;
        t->productive[i] = 5.0;
    }
    t->group = (okrug_group){.participants = n,
                             .producing = t->producing,
                             .organises = t->organises,
                             .special_territory = t->special,
                             .special_contract = t->invest,
                             .maker = t->maker,
                             .region = t->region,
                             .role = t->role,
                             .revenue = t->revenue,
                             .workplaces = t->workplaces,
                             .productive = t->productive,
                             .contracts_known = true,
                             .supplier = t->supplier,
                             .buyer = t->buyer,
                             .lo = t->lo,
                             .hi = t->hi,
                             .open = t->open,
                             .in_force = t->force};
    t->shares = (okrug_group_shares){t->share, t->within_lo, t->within_hi, t->contracts, t->has};
}

static inline void testing_group_contract(testing_group *t, int32_t from, int32_t to, double lo, double hi) {
    int64_t k = t->group.contracts++;
    t->supplier[k] = from;
    t->buyer[k] = to;
    t->lo[k] = lo;
    t->hi[k] = hi;
    t->force[k] = OKRUG_YES;
}

static inline okrug_status testing_group_measure(okrug_ctx *ctx, testing_group *t) {
    okrug_status status = okrug_group_measure_shares(ctx, &t->group, &t->shares);
    return status == OKRUG_OK ? okrug_group_measures(ctx, &t->group, &t->shares, t->span, t->unknown) : status;
}

#endif
