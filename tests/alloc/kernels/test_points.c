/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is computed of points says so when memory is short, at any moment, and leaks nothing.
 */
#include <okrug/point_cells.h>

#include "failing_allocator.h"
#include "kernels/points/m_round.h"
#include "matrices.h"

enum { N = 140 };

/* The first points share their places in pairs. */
static okrug_status points(okrug_ctx *ctx) {
    enum { STEPS = 5, DRAWS = 20, SITES = 700 };
    static double x[SITES], y[SITES], weight[SITES], curve[STEPS], curves[DRAWS * STEPS], band[6][STEPS];
    static int32_t member[N];
    const double at[STEPS] = {0, 1e-4, 2e-4, 3e-4, 4e-4};
    const okrug_points sites = {SITES, x, y, false};
    const okrug_points towns = {N, x, y, true};
    const okrug_window window = {{-1, 1}, {-1, 1}};
    okrug_envelope envelope = {band[0], band[1], band[2], band[3], band[4], band[5], 0, 0, 0};
    okrug_shared_places shared;
    okrug_k_density_grid grid;
    double h, median;
    for (int i = 0; i < SITES; i++) {
        x[i] = testing_uniform(1, (uint64_t)(i < 20 ? i / 2 : i), 0.0, 0.01);
        y[i] = testing_uniform(2, (uint64_t)(i < 20 ? i / 2 : i), 0.0, 0.01);
        weight[i] = 1.0 + i % 3;
        member[i < N ? i : 0] = i < N ? i : 0;
    }
    OKRUG_TRY(okrug_points_shared(ctx, &towns, &shared));
    OKRUG_TRY(okrug_points_median_distance(ctx, &towns, &median));
    OKRUG_TRY(okrug_k_density_bandwidth(ctx, &sites, &h));
    okrug_k_density_grid_make(STEPS, at, h, N, false, &grid);
    OKRUG_TRY(okrug_k_density(ctx, &sites, weight, &grid, curve));
    OKRUG_TRY(okrug_k_density_draws(ctx, &sites, N, weight, &grid, DRAWS, 1, curves));
    const okrug_m_sets sets = {&sites, weight, N / 2, member, N / 2, member + N / 2, NULL};
    const okrug_m_sets smooth = {&sites, weight, N / 2, member, N / 2, member, &grid};
    OKRUG_TRY(okrug_m_function(ctx, &sets, STEPS, at, curve));
    OKRUG_TRY(okrug_m_function_draws(ctx, &sets, STEPS, at, DRAWS, 1, curves));
    OKRUG_TRY(okrug_m_function_by(ctx, &sets, true, STEPS, at, curve));
    OKRUG_TRY(okrug_m_function_draws_by(ctx, &sets, true, STEPS, at, 2, 1, curves));
    OKRUG_TRY(okrug_m_function_distances_by(ctx, &sets, true, STEPS, at, &median));
    const okrug_m_sets around = {&towns, NULL, N / 2, member, N / 2, member, NULL};
    OKRUG_TRY(okrug_m_function_by(ctx, &around, true, STEPS, at, curve));
    OKRUG_TRY(okrug_m_function_draws(ctx, &smooth, STEPS, at, DRAWS, 1, curves));
    OKRUG_TRY(okrug_ripley_k(ctx, &sites, &window, OKRUG_EDGE_NONE, STEPS, at, curve));
    OKRUG_TRY(okrug_ripley_k_draws(ctx, N, &window, OKRUG_EDGE_NONE, STEPS, at, DRAWS, 1, curves));
    okrug_cells cells;
    okrug_cells_of_side(&window, okrug_k_density_reach(&grid), 0.1, &cells);
    OKRUG_TRY(okrug_k_density_cells(ctx, &sites, weight, &grid, &cells, curve, band[0], band[1]));
    OKRUG_TRY(okrug_k_density_cells_draws(ctx, &sites, N, weight, &grid, &cells, 2, 1, curves));
    OKRUG_TRY(okrug_ripley_k_cells(ctx, &sites, &window, OKRUG_EDGE_NONE, &cells, STEPS, at, curve, band[0], band[1]));
    OKRUG_TRY(
        okrug_ripley_k_cells(ctx, &sites, &window, OKRUG_EDGE_ISOTROPIC, &cells, STEPS, at, curve, band[0], band[1]));
    OKRUG_TRY(okrug_ripley_k_cells_draws(ctx, N, &window, OKRUG_EDGE_NONE, &cells, STEPS, at, 2, 1, curves));
    return okrug_envelope_of(ctx, STEPS, curve, DRAWS, curves, 0.9, &envelope);
}

static okrug_status work(void *user) {
    (void)user;
    okrug_ctx *ctx = okrug_ctx_new(&(okrug_ctx_options){.threads = 1});
    if (ctx == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_status status = points(ctx);
    okrug_ctx_free(ctx);
    return status;
}

static void test_points(void **state) {
    (void)state;
    assert_true(failing_allocator_walk(work, NULL) > 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_points)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
