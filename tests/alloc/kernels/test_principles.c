/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is computed of clusters says so when memory is short, at any moment, and leaks nothing.
 */
#include <okrug/principles.h>

#include "failing_allocator.h"
#include "matrices.h"

enum { N = 90, K = 6, DRAWS = 20, REGIONS = 400 };

static okrug_status profile(okrug_ctx *ctx) {
    static double flow[N * N], score[DRAWS * OKRUG_PRINCIPLES], marks[3][N];
    static bool service[N];
    static int64_t group[N], pool[N];
    static double value[REGIONS * N], total[REGIONS];
    const okrug_flows flows = {N, flow, service, group, N};
    const okrug_traded_results traded = {marks[0], marks[1], marks[2], NULL, NULL};
    okrug_flow_frame frame;
    okrug_principle_scores of;
    for (int i = 0; i < N; i++) {
        service[i] = i % 3 == 0;
        group[i] = i / 2;
        pool[i] = i;
    }
    for (uint64_t k = 0; k < (uint64_t)(N * N); k++) {
        flow[k] = testing_uniform(1, k, 0.0, 1.0);
    }
    for (uint64_t k = 0; k < (uint64_t)(REGIONS * N); k++) {
        value[k] = testing_uniform(2, k, 0.0, 1.0);
        total[k / N] = N;
    }
    OKRUG_TRY(okrug_traded(ctx, REGIONS, N, value, total, &traded));
    OKRUG_TRY(okrug_flow_frame_make(ctx, &flows, &frame));
    OKRUG_TRY(okrug_principle_scores_of(ctx, &frame, K, pool, &of));
    return okrug_principle_chance(ctx, &frame, N, pool, K, DRAWS, 1, score);
}

static okrug_status work(void *user) {
    (void)user;
    okrug_ctx *ctx = okrug_ctx_new(&(okrug_ctx_options){.threads = 1});
    if (ctx == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_status status = profile(ctx);
    okrug_ctx_free(ctx);
    return status;
}

static void test_clusters(void **state) {
    (void)state;
    assert_true(failing_allocator_walk(work, NULL) > 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_clusters)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
