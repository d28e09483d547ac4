/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every kernel says so when memory is short, at any moment, and leaks nothing.
 */
#include <string.h>

#include <okrug/balance.h>
#include <okrug/clusters.h>
#include <okrug/complexity.h>
#include <okrug/concentration.h>
#include <okrug/convergence.h>
#include <okrug/disparity.h>
#include <okrug/indicators.h>
#include <okrug/inputoutput.h>
#include <okrug/interregional.h>
#include <okrug/linalg.h>
#include <okrug/logit.h>
#include <okrug/plants.h>
#include <okrug/propagation.h>
#include <okrug/regression.h>
#include <okrug/shift_share.h>
#include <okrug/spatial.h>
#include <okrug/supply_use.h>
#include <okrug/supply_use_update.h>
#include <okrug/support.h>
#include <okrug/transitions.h>
#include <okrug/withheld.h>

#include "failing_allocator.h"
#include "matrices.h"

/* Large enough that a job's scratch memory grows on the way. */
enum { N = 140, CELLS = N * N };

static double value[CELLS], presence[CELLS], out[5][CELLS], vector[6][N];

typedef okrug_status kernel(okrug_ctx *ctx);

static okrug_status concentration(okrug_ctx *ctx) {
    static int64_t neighbour[2 * N];
    OKRUG_TRY(okrug_location_quotients(ctx, N, N, value, NULL, out[0]));
    OKRUG_TRY(okrug_lq_intervals(ctx, N, N, value, NULL, out[0], 1.96, out[1], out[2]));
    OKRUG_TRY(okrug_locational_gini(ctx, CELLS, value, value, vector[0]));
    return okrug_krugman_nearest(ctx, N, N, value, 2, neighbour, out[3]);
}

static okrug_status support(okrug_ctx *ctx) {
    static int64_t ptr[2] = {0, N};
    static int32_t col[N];
    static const double limit[1] = {3.0};
    static double most[N], gain[N], zero[N];
    static bool taken[N];
    for (int j = 0; j < N; j++) {
        col[j] = j;
        most[j] = 1.0;
        gain[j] = 1.0 + j;
    }
    const okrug_support_choice choice = {N, gain, zero, most, {1, N, ptr, col, NULL}, limit};
    return okrug_support_choose(ctx, &choice, NULL, 1000, &(okrug_support_best){vector[0], taken, {.value = 0.0}});
}

static okrug_status clusters(okrug_ctx *ctx) {
    static int32_t group[4 * N], merged[2][N], origin[N];
    static bool known[CELLS];
    static double height[N];
    static okrug_candidate candidate[4];
    const okrug_merges merges = {merged[0], merged[1], height};
    const double *const z[] = {out[0]};
    const okrug_candidates_input in = {.n = N,
                                       .matrices = 1,
                                       .matrix = z,
                                       .judges = 1,
                                       .judge = z,
                                       .ward = true,
                                       .k_means = true,
                                       .least = 2,
                                       .most = 3,
                                       .restarts = 1,
                                       .rounds = 2};
    const okrug_k_means_options options = {3, 1, 2, 1};
    const double resolution = 1.0;
    const uint64_t seed = 1;
    int64_t groups = 3, left = 0;
    known[1] = true;
    okrug_arc arc[] = {{0, 1}, {1, 0}, {1, 2}};
    okrug_cooperation cooperation;
    OKRUG_TRY(okrug_cooperation_of(ctx, N, 3, arc, &cooperation));
    OKRUG_TRY(okrug_profile_correlation(ctx, N, N, value, known, out[1]));
    OKRUG_TRY(okrug_profile_correlation(ctx, N, N, value, NULL, out[0]));
    (void)okrug_standardise_pairs(N, out[0], out[0]);
    OKRUG_TRY(okrug_ward(ctx, N, out[0], &merges));
    OKRUG_TRY(okrug_candidates(ctx, &in, candidate, group));
    OKRUG_TRY(okrug_k_means_repeated(ctx, N, out[0], &options, 2, group));
    OKRUG_TRY(okrug_reassign(ctx, N, out[0], 2, &groups, group, origin, &left));
    return okrug_leiden_partitions(ctx, N, out[0], 3, 1, 1, &resolution, &seed, group, &groups);
}

static okrug_status over_regions(okrug_ctx *ctx) {
    static const int64_t group[N];
    okrug_disparity_indices indices;
    okrug_disparity_group of_group;
    const okrug_concentration_results results = {vector[0], vector[1], vector[2], vector[3]};
    const okrug_disparity_input regions = {N, value, NULL, 1, group};
    const okrug_shift_input shift = {.regions = N, .industries = N, .start = value, .end = value};
    const okrug_shift_results parts = {out[0], out[1], out[2], out[3], out[4], presence, out[4]};
    OKRUG_TRY(okrug_industry_concentration(ctx, N, N, value, NULL, &results));
    OKRUG_TRY(okrug_disparity(ctx, &regions, &indices, &of_group));
    return okrug_shift_share(ctx, &shift, &parts);
}

static okrug_status plants(okrug_ctx *ctx) {
    static const int64_t group[N];
    static int64_t count[N];
    double scale;
    const okrug_plant_sizes sizes = {count, vector[0], vector[1], vector[2]};
    const okrug_plant_concentration of = {vector[0], vector[3], vector[4], out[1]};
    const okrug_variety_results variety = {vector[0], vector[3], vector[4]};
    static int64_t with[N], zeros[N];
    static uint64_t unit[N];
    const okrug_lq_thresholds thresholds = {with, zeros, vector[0], vector[3], vector[4], vector[1]};
    OKRUG_TRY(okrug_lq_bootstrap(ctx, N, N, value, .9, 20, 1, unit, &thresholds));
    OKRUG_TRY(okrug_plant_sizes_of(ctx, N, value, group, N, &sizes));
    OKRUG_TRY(okrug_plant_concentration_of(ctx, N, N, value, NULL, vector[1], vector[2], &of, &scale));
    OKRUG_TRY(okrug_coagglomeration(ctx, N, N, value, NULL, out[0]));
    OKRUG_TRY(okrug_group_coagglomeration(ctx, N, N, value, NULL, 1, group, vector[0]));
    return okrug_variety(ctx, N, N, value, 1, group, &variety);
}

static okrug_status withheld(okrug_ctx *ctx) {
    enum { DRAWS = 3 };
    static bool known[CELLS];
    static int64_t cell[CELLS], start[N + 1];
    static uint64_t unit[CELLS];
    static double x[CELLS * DRAWS];
    for (int c = 0; c < CELLS; c++) {
        known[c] = value[c] > .2 / N;
    }
    const okrug_withheld w = {N, N, value, known, NULL, vector[5], true};
    okrug_withheld_cells cells = {0, cell, start, out[0], out[1], vector[0]};
    okrug_withheld_faults faults;
    okrug_withheld_bounds(&w, &cells, &faults);
    const okrug_withheld_prior prior = {.draws = DRAWS, .unit = unit};
    const okrug_lq_reference reference = {.region_total = vector[5], .total = 2.0 * N};
    OKRUG_TRY(okrug_withheld_draws(ctx, &w, &cells, &prior, x));
    OKRUG_TRY(okrug_lq_bounds(ctx, &w, &cells, &reference, out[2], out[3]));
    return okrug_lq_sensitivity(ctx, &w, &cells, DRAWS, x, &reference, NULL, out[2], out[3], NULL);
}

static okrug_status complexity(okrug_ctx *ctx) {
    okrug_complexity_summary summary;
    OKRUG_TRY(okrug_presence(ctx, N, N, value, 1.0, out[0], presence));
    OKRUG_TRY(okrug_complexity_scores(ctx, N, N, presence, vector[0], vector[1], vector[2], vector[3], &summary));
    OKRUG_TRY(okrug_proximity(ctx, N, N, presence, out[0]));
    OKRUG_TRY(okrug_density(ctx, N, N, presence, out[0], 1.0, out[1]));
    OKRUG_TRY(
        okrug_complexity_outlook(ctx, N, N, presence, out[0], out[1], vector[3], summary.origin, vector[4], out[2]));
    const okrug_fitness_plan plan = {.iterations = 5};
    okrug_fitness_summary fitness;
    OKRUG_TRY(okrug_fitness(ctx, N, N, presence, &plan, vector[0], vector[1], &fitness));
    OKRUG_TRY(okrug_cooccurrence_fractional(ctx, N, N, presence, out[3]));
    OKRUG_TRY(okrug_presence_correlation(ctx, N, N, out[3], out[3]));
    return okrug_relatedness(ctx, N, out[0], OKRUG_RELATEDNESS_PROBABILITY, out[3]);
}

static okrug_status entry(okrug_ctx *ctx) {
    static const uint8_t y[6] = {0, 1, 1, 0, 1, 0};
    static const int32_t group[6] = {0, 0, 0, 1, 1, 1}, second[6] = {0, 1, 0, 1, 0, 1};
    static const double x[6] = {.1, .5, .2, .4, .6, .9};
    okrug_logit_data data = {.rows = 6, .covariates = 1, .x = x, .y = y};
    okrug_logit_fit fit;
    double coefficient, error, effect[2], effect_error, second_effect[2], area;
    OKRUG_TRY(okrug_logit(ctx, &data, &coefficient, &error, effect, &effect_error, second_effect, &fit));
    data.groups = data.seconds = 2;
    data.group = group;
    data.second = second;
    OKRUG_TRY(okrug_logit(ctx, &data, &coefficient, &error, effect, NULL, second_effect, &fit));
    return okrug_auc(ctx, 6, x, y, &area);
}

static okrug_status regression(okrug_ctx *ctx) {
    static int64_t group[2][CELLS];
    static double fitted[CELLS];
    for (int64_t i = 0; i < CELLS; i++) {
        group[0][i] = i / N;
        group[1][i] = i % N;
    }
    const okrug_regression of = {.n = CELLS,
                                 .terms = 1,
                                 .x = value,
                                 .y = presence,
                                 .effect = {{N, group[0]}, {N, group[1]}},
                                 .cluster = {N, group[0]},
                                 .errors = OKRUG_ERRORS_CLUSTERED};
    okrug_regression_results results = {.estimate = vector[0], .error = vector[1], .fitted = fitted};
    return okrug_regression_fit(ctx, &of, &results);
}

static okrug_status inputoutput(okrug_ctx *ctx) {
    const okrug_linkage_results results = {vector[0], vector[1], vector[2], vector[3], vector[4], out[3], out[4]};
    OKRUG_TRY(okrug_leontief_inverse(ctx, N, value, out[0]));
    OKRUG_TRY(okrug_multipliers(ctx, N, value, 1, vector[5], vector[0]));
    const okrug_interregional_multipliers regional = {vector[0], vector[1], vector[2]};
    OKRUG_TRY(okrug_interregional_model(ctx, N / 5, 5, value, 1, vector[5], vector[5], vector[3], &regional));
    OKRUG_TRY(okrug_inoperability(ctx, N, value, vector[5], vector[5], vector[0]));
    OKRUG_TRY(okrug_linkages(ctx, N, value, vector[5], NULL, NULL, &results));
    static const int64_t which[2] = {3, 100};
    static bool asked[N] = {true};
    const okrug_inverse_parts parts = {vector[0], vector[1], 2, which, out[0], 2, which, out[1]};
    OKRUG_TRY(okrug_linkages(ctx, N, value, vector[5], NULL, asked, &results));
    OKRUG_TRY(okrug_leontief_parts(ctx, N, value, &parts));
    OKRUG_TRY(okrug_propagation_lengths(ctx, N, value, 2, which, out[0], out[1]));
    return okrug_leontief_inverse_multipliers(ctx, N, value, 1, vector[5], out[0], vector[0]);
}

static okrug_status balance(okrug_ctx *ctx) {
    static bool row[N], column[N];
    bool feasible;
    const okrug_balance_problem problem = {N, N, value, vector[5], vector[5], true};
    okrug_balance_state state = {.r = vector[0], .s = vector[1]};
    okrug_balance_cut cut = {.row = row, .column = column};
    for (int j = 0; j < N; j++) {
        vector[1][j] = 1.0;
    }
    OKRUG_TRY(okrug_balance(ctx, &problem, 1e-9, 100, &state));
    return okrug_balance_explain(ctx, &problem, &feasible, &cut);
}

static okrug_status supply_use(okrug_ctx *ctx) {
    enum { H = N / 2 }; /* industries and categories: the rows of `value` are users */
    static double made[N * H], paid[N];
    int64_t unborne;
    for (int i = 0; i < H; i++) {
        made[i * H + i] = 1.0;
    }
    const okrug_valuation valuation = {1, vector[5], vector[5], NULL};
    const okrug_supply_use tables = {H, H, N - H, 1, made, out[0], value};
    const okrug_symmetric symmetric = {H, out[1], out[2], out[3], vector[0]};
    memcpy(out[0], value, sizeof out[0]);
    OKRUG_TRY(okrug_basic_prices(ctx, H, N, &valuation, out[0], paid, &unborne));
    return okrug_symmetric_table(ctx, &tables, OKRUG_MODEL_A, &symmetric);
}

static okrug_status supply_use_update(okrug_ctx *ctx) {
    const okrug_supply_use_update tables = {N, N, N, value, value, value, vector[5], vector[5], 1.0};
    okrug_balance_problem problem;
    return okrug_supply_use_stack(ctx, &tables, &problem);
}

/* Each place is linked with the next four; unequal weights on every other one. */
static okrug_status spatial(okrug_ctx *ctx) {
    static int64_t ptr[N + 1], at_least[N], at_most[N];
    static int32_t col[4 * N], near[3 * N];
    static double weight[4 * N];
    okrug_global_result global;
    okrug_permuted permuted;
    for (int i = 0; i < N; i++) {
        ptr[i + 1] = 4 * (i + 1);
        for (int k = 0; k < 4; k++) {
            col[4 * i + k] = (i < N - 4 ? i + 1 : 0) + k;
            weight[4 * i + k] = i % 2 == 0 ? 1.0 : 1.0 + k;
        }
    }
    const okrug_csr w = {.n = N, .nnz = 4 * N, .ptr = ptr, .col = col, .val = weight};
    const okrug_local_results local = {vector[0], vector[1], vector[2], vector[3], vector[4]};
    OKRUG_TRY(okrug_global(ctx, OKRUG_GEARY, OKRUG_RANDOMISATION, &w, value, &global));
    OKRUG_TRY(okrug_global_permute(ctx, OKRUG_MORAN, &w, value, 99, 1, &permuted));
    OKRUG_TRY(okrug_local_moran(ctx, &w, value, &local));
    OKRUG_TRY(okrug_getis_ord_local(ctx, &w, NULL, value, &local));
    OKRUG_TRY(okrug_local_permute(ctx, &w, value, 99, 1, at_least, at_most));
    OKRUG_TRY(okrug_nearest_points(ctx, N, value, value + N, 3, near, out[0]));
    OKRUG_TRY(okrug_points_within(ctx, N, value, value + N, 1.0, ptr, NULL, NULL));
    return okrug_false_discovery(ctx, N, value, vector[0]);
}

static okrug_status indicators(okrug_ctx *ctx) {
    enum { K = 40 };
    static int64_t count[K * K];
    for (int cell = 0; cell < K * K; cell++) {
        count[cell] = 1 + cell % 7;
    }
    okrug_markov_test test;
    okrug_markov_results chain = {.probability = out[0], .steady = vector[0], .passage = out[1]};
    okrug_least_squares_results fit = {
        .estimate = vector[0], .error = vector[1], .robust = vector[2], .fitted = out[0]};
    OKRUG_TRY(okrug_least_squares(ctx, 1000, 9, value, value + 9000, &fit));
    OKRUG_TRY(okrug_markov(ctx, K, count, &chain));
    OKRUG_TRY(okrug_normalise(ctx, OKRUG_RANKED, true, value, CELLS, 1, out[0]));
    OKRUG_TRY(okrug_principal_weights(ctx, 1500, 13, value, vector[0]));
    OKRUG_TRY(okrug_benefit_of_the_doubt(ctx, 4, 3, value, .05, .6, vector[0]));
    OKRUG_TRY(okrug_places(ctx, N, vector[0], vector[1]));
    return okrug_markov_compare(ctx, K, 1, count, &test);
}

static okrug_status eigenvalues(okrug_ctx *ctx) {
    double radius;
    OKRUG_TRY(okrug_gram(ctx, OKRUG_PLAIN, N, N, value, out[0]));
    OKRUG_TRY(okrug_symmetric_eigen_top(ctx, N, 3, out[0], vector[0], out[1]));
    return okrug_spectral_radius(ctx, N, value, &radius);
}

static okrug_status work(void *user) {
    okrug_ctx *ctx = okrug_ctx_new(&(okrug_ctx_options){.threads = 1});
    if (ctx == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_status status = (*(kernel *const *)user)(ctx);
    okrug_ctx_free(ctx);
    return status;
}

static void walk(kernel *which) {
    assert_true(failing_allocator_walk(work, (void *)&which) > 2);
}

static int fill(void **state) {
    (void)state;
    for (int cell = 0; cell < CELLS; cell++) {
        value[cell] = testing_uniform(1, (uint64_t)cell, 0.0, 1.0) / N;
    }
    for (int i = 0; i < N; i++) {
        vector[5][i] = 2.0;
    }
    return 0;
}

static void test_plants(void **state) {
    (void)state;
    walk(plants);
}

static void test_concentration(void **state) {
    (void)state;
    walk(concentration);
}

static void test_support(void **state) {
    (void)state;
    walk(support);
}

static void test_clusters(void **state) {
    (void)state;
    walk(clusters);
}

static void test_over_regions(void **state) {
    (void)state;
    walk(over_regions);
}

static void test_withheld(void **state) {
    (void)state;
    walk(withheld);
}

static void test_complexity(void **state) {
    (void)state;
    walk(complexity);
    walk(entry);
}

static void test_regression(void **state) {
    (void)state;
    walk(regression);
}

static void test_inputoutput(void **state) {
    (void)state;
    walk(inputoutput);
}

static void test_supply_use(void **state) {
    (void)state;
    walk(supply_use);
    walk(supply_use_update);
}

static void test_balance(void **state) {
    (void)state;
    walk(balance);
}

static void test_spatial(void **state) {
    (void)state;
    walk(spatial);
}

static void test_indicators(void **state) {
    (void)state;
    walk(indicators);
}

static void test_eigenvalues(void **state) {
    (void)state;
    walk(eigenvalues);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_support),    cmocka_unit_test(test_concentration), cmocka_unit_test(test_plants),
        cmocka_unit_test(test_clusters),   cmocka_unit_test(test_over_regions),  cmocka_unit_test(test_withheld),
        cmocka_unit_test(test_complexity), cmocka_unit_test(test_inputoutput),   cmocka_unit_test(test_eigenvalues),
        cmocka_unit_test(test_spatial),    cmocka_unit_test(test_indicators),    cmocka_unit_test(test_supply_use),
        cmocka_unit_test(test_balance),    cmocka_unit_test(test_regression),
    };
    return cmocka_run_group_tests(tests, fill, NULL);
}
