/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Curves of points by the cell: those of the points as they are lie in the bracket, whatever the pattern, and those of
 * points moved to the middles of their cells are met.
 */
#include <math.h>

#include <okrug/point_cells.h>

#include "kernels/points/m_round.h"
#include "matrices.h"

#ifdef __SANITIZE_ADDRESS__
enum { N = 1200 }; /* pairs are looked at one by one, many times slower here */
#else
enum { N = 3000 };
#endif
enum { SITES = 600, STEPS = 26, SIMULATIONS = 5 };
typedef enum { UNIFORM, CLUSTERED, REGULAR, SHARED, PATTERNS } pattern;

static double x[N], y[N], weight[N], whole[N], at[STEPS], exact[STEPS], curve[STEPS], lo[STEPS], hi[STEPS];
static double curves[SIMULATIONS * STEPS], others[SIMULATIONS * STEPS];
static const okrug_window window = {{0, 100}, {0, 60}};
static const okrug_points points = {N, x, y, false};

static void draw_pattern(pattern p) {
    for (int i = 0; i < N; i++) {
        uint64_t place = (uint64_t)(p == SHARED ? i % 40 : i);
        double across = testing_uniform(11, place, 0, 1);
        double up = testing_uniform(12, place, 0, 1);
        if (p == CLUSTERED) {
            across = 0.1 * across * across + 0.9 * testing_uniform(13, (uint64_t)i % 9, 0, 1);
            up = 0.1 * up * up + 0.9 * testing_uniform(14, (uint64_t)i % 9, 0, 1);
        } else if (p == REGULAR) {
            across = (i % 60) / 59.0;
            up = (double)(i / 60) / (N / 60 - 1);
        }
        x[i] = 100.0 * across;
        y[i] = 60.0 * up;
        weight[i] = testing_uniform(15, (uint64_t)i, 0, 3);
        whole[i] = floor(20.0 * weight[i]);
    }
    for (int k = 0; k < STEPS; k++) {
        at[k] = k;
    }
}

static void assert_bracketed(double error) {
    for (int k = 0; k < STEPS; k++) {
        assert_true(lo[k] <= curve[k] && curve[k] <= hi[k]);
        assert_true(lo[k] - error <= exact[k] && exact[k] <= hi[k] + error);
    }
}

static double widest(void) {
    double width = 0.0;
    for (int k = 0; k < STEPS; k++) {
        width = fmax(width, hi[k] - lo[k]);
    }
    return width;
}

static void move_to_middles(const okrug_cells *cells) {
    for (int i = 0; i < N; i++) {
        double column = fmin(floor((x[i] - cells->west) / cells->side), (double)(cells->columns - 1));
        double row = fmin(floor((y[i] - cells->south) / cells->side), (double)(cells->rows - 1));
        x[i] = cells->west + (column + 0.5) * cells->side;
        y[i] = cells->south + (row + 0.5) * cells->side;
    }
}

static void densities(okrug_ctx *ctx, const double *w, double side, okrug_k_density_grid *grid, okrug_cells *cells) {
    assert_true(okrug_k_density_grid_make(STEPS, at, 2.0, N, false, grid));
    assert_true(okrug_cells_of_side(&window, okrug_k_density_reach(grid), side, cells));
    assert_ok(okrug_k_density_cells(ctx, &points, w, grid, cells, curve, lo, hi));
    assert_ok(okrug_k_density(ctx, &points, w, grid, exact));
}

static void test_densities_lie_in_the_bracket(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(2);
    const double *weights[] = {NULL, weight, whole};
    okrug_k_density_grid grid;
    okrug_cells cells;
    for (pattern p = UNIFORM; p < PATTERNS; p++) {
        for (int w = 0; w < 3; w++) {
            double before = INFINITY;
            for (double side = 4.0; side > 0.1; side /= 5.0) {
                draw_pattern(p);
                densities(ctx, weights[w], side, &grid, &cells);
                assert_bracketed(grid.error);
                assert_true(widest() < before);
                before = widest();
            }
            move_to_middles(&cells);
            assert_ok(okrug_k_density(ctx, &points, weights[w], &grid, exact));
            assert_all_near(STEPS, exact, curve, w == 1 ? 1e-6 : 2e-9 + grid.error);
        }
    }
    okrug_ctx_free(ctx);
}

static void test_ripley_lies_in_the_bracket(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(2);
    const okrug_edge edges[] = {OKRUG_EDGE_NONE, OKRUG_EDGE_TRANSLATE, OKRUG_EDGE_ISOTROPIC};
    okrug_cells cells;
    for (pattern p = UNIFORM; p < PATTERNS; p++) {
        for (int e = 0; e < 3; e++) {
            double before = INFINITY;
            for (double side = 3.7; side > 0.1; side /= 5.0) {
                draw_pattern(p);
                assert_true(okrug_cells_of_side(&window, at[STEPS - 1], side, &cells));
                assert_ok(okrug_ripley_k_cells(ctx, &points, &window, edges[e], &cells, STEPS, at, curve, lo, hi));
                assert_ok(okrug_ripley_k(ctx, &points, &window, edges[e], STEPS, at, exact));
                assert_bracketed(1e-9);
                assert_true(widest() < before);
                before = widest();
            }
            if (edges[e] == OKRUG_EDGE_ISOTROPIC) {
                continue; /* what it adds is counted by cells of its own */
            }
            /* A side that meets no step's distance: which pairs are within it is not a matter of rounding. */
            assert_true(okrug_cells_of_side(&window, at[STEPS - 1], 0.7310585786, &cells));
            assert_ok(okrug_ripley_k_cells(ctx, &points, &window, edges[e], &cells, STEPS, at, curve, lo, hi));
            move_to_middles(&cells);
            const okrug_window wider = {{-0.5, 100.5}, {-0.5, 60.5}};
            const okrug_window *seen = edges[e] == OKRUG_EDGE_NONE ? &wider : &window;
            assert_ok(okrug_ripley_k(ctx, &points, seen, edges[e], STEPS, at, exact));
            for (int k = 0; k < STEPS; k++) {
                double area = edges[e] == OKRUG_EDGE_NONE ? 101.0 * 61.0 / 6000.0 : 1.0;
                assert_near(exact[k] / area, curve[k], 1e-9 * (1.0 + curve[k]));
            }
        }
    }
    okrug_ctx_free(ctx);
}

/* Of a few points nothing averages out: their pairs are as far off as they may be, and so may weights be that vanish
 * beside a large one. */
static void test_few_points_lie_in_the_bracket(void **state) {
    (void)state;
    enum { FEW = 4, MAPS = 400 };
    okrug_ctx *ctx = testing_context(1);
    const okrug_points few = {FEW, x, y, false};
    const double large[FEW] = {1e12, 1, 2, 3};
    okrug_k_density_grid grid;
    okrug_cells cells;
    for (int k = 0; k < STEPS; k++) {
        at[k] = k;
    }
    assert_true(okrug_k_density_grid_make(STEPS, at, 2.0, FEW, false, &grid));
    for (int map = 0; map < MAPS; map++) {
        for (int i = 0; i < FEW; i++) {
            x[i] = testing_uniform(21, (uint64_t)(map * FEW + i), 0, 20);
            y[i] = testing_uniform(22, (uint64_t)(map * FEW + i), 0, 20);
        }
        assert_true(okrug_cells_of_side(&window, okrug_k_density_reach(&grid), 4.0, &cells));
        for (int w = 0; w < 2; w++) {
            assert_ok(okrug_k_density_cells(ctx, &few, w == 0 ? NULL : large, &grid, &cells, curve, lo, hi));
            assert_ok(okrug_k_density(ctx, &few, w == 0 ? NULL : large, &grid, exact));
            assert_bracketed(grid.error);
        }
        okrug_edge last = map % 8 == 0 ? OKRUG_EDGE_ISOTROPIC : OKRUG_EDGE_TRANSLATE; /* dear: now and then */
        for (okrug_edge edge = OKRUG_EDGE_NONE; edge <= last; edge++) {
            assert_ok(okrug_ripley_k_cells(ctx, &few, &window, edge, &cells, STEPS, at, curve, lo, hi));
            assert_ok(okrug_ripley_k(ctx, &few, &window, edge, STEPS, at, exact));
            assert_bracketed(1e-9);
        }
    }
    okrug_ctx_free(ctx);
}

/* Points that hug a side or fill a cell from edge to edge: there the correction is what its bounds say. */
static void test_points_at_the_sides_lie_in_the_bracket(void **state) {
    (void)state;
    enum { FEW = 3, MAPS = 60 };
    okrug_ctx *ctx = testing_context(1);
    const okrug_window square = {{0, 100}, {0, 100}};
    okrug_cells cells;
    for (int k = 0; k < STEPS; k++) {
        at[k] = k;
    }
    assert_true(okrug_cells_of_side(&square, at[STEPS - 1], 0.5, &cells));
    for (int map = 0; map < MAPS; map++) {
        /* The last step is met exactly, or nearly, along the side or across the corner. */
        uint64_t place = (uint64_t)map;
        double along = testing_uniform(31, place, 0, 60);
        double off = map % 3 == 0 ? 0.0 : testing_uniform(32, place, 0, 0.3);
        double apart = map % 2 == 0 ? 25.0 - 1e-6 : testing_uniform(33, place, 8, 25);
        x[0] = off;
        y[0] = map % 5 == 0 ? 0.0 : along;
        x[1] = map % 4 == 0 ? off + 0.6 * apart : off;
        y[1] = y[0] + (map % 4 == 0 ? 0.8 : 1.0) * apart;
        x[2] = 100.0 - testing_uniform(34, place, 0, 0.2);
        y[2] = 100.0 - testing_uniform(35, place, 0, 0.2);
        for (int turn = 0; turn < 2; turn++) {
            for (int i = 0; i < FEW && turn == 1; i++) {
                double held = x[i];
                x[i] = y[i];
                y[i] = held;
            }
            const okrug_points three = {FEW, x, y, false};
            assert_ok(
                okrug_ripley_k_cells(ctx, &three, &square, OKRUG_EDGE_ISOTROPIC, &cells, STEPS, at, curve, lo, hi));
            assert_ok(okrug_ripley_k(ctx, &three, &square, OKRUG_EDGE_ISOTROPIC, STEPS, at, exact));
            assert_bracketed(1e-9);
        }
    }
    okrug_ctx_free(ctx);
}

/* A window turned by a right angle has the same K, and so has a long one its bracket. */
static void test_windows_of_any_shape(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(2);
    okrug_cells cells;
    static double first[3][STEPS];
    draw_pattern(UNIFORM);
    for (int i = 0; i < N; i++) {
        x[i] *= 10.0;
        y[i] *= 0.5;
    }
    okrug_window seen = {{0, 1000}, {0, 30}};
    for (int turn = 0; turn < 2; turn++) {
        assert_true(okrug_cells_of_side(&seen, at[STEPS - 1], 0.3, &cells));
        const okrug_points turned = {N, turn == 0 ? x : y, turn == 0 ? y : x, false};
        assert_ok(okrug_ripley_k_cells(ctx, &turned, &seen, OKRUG_EDGE_ISOTROPIC, &cells, STEPS, at, curve, lo, hi));
        assert_ok(okrug_ripley_k(ctx, &turned, &seen, OKRUG_EDGE_ISOTROPIC, STEPS, at, exact));
        assert_bracketed(1e-9);
        for (int k = 0; k < STEPS; k++) {
            assert_true(turn == 0 || (first[0][k] == curve[k] && first[1][k] == lo[k] && first[2][k] == hi[k]));
            first[0][k] = curve[k];
            first[1][k] = lo[k];
            first[2][k] = hi[k];
        }
        seen = (okrug_window){{0, 30}, {0, 1000}};
    }
    okrug_ctx_free(ctx);
}

/* In small cells the simulated curves are those of the points as they are, nearly: the same sites are drawn. */
static void test_draws_are_the_same(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(2);
    okrug_k_density_grid grid;
    okrug_cells cells;
    draw_pattern(UNIFORM);
    assert_true(okrug_k_density_grid_make(STEPS, at, 2.0, SITES, false, &grid));
    assert_true(okrug_cells_of_side(&window, okrug_k_density_reach(&grid), 0.1, &cells));
    for (int w = 0; w < 2; w++) {
        const double *weights = w == 0 ? NULL : weight;
        assert_ok(okrug_k_density_cells_draws(ctx, &points, SITES, weights, &grid, &cells, SIMULATIONS, 3, curves));
        assert_ok(okrug_k_density_draws(ctx, &points, SITES, weights, &grid, SIMULATIONS, 3, others));
        assert_all_near(SIMULATIONS * STEPS, others, curves, 1e-5);
    }
    assert_true(okrug_cells_of_side(&window, at[STEPS - 1], 0.1, &cells));
    for (okrug_edge edge = OKRUG_EDGE_NONE; edge <= OKRUG_EDGE_ISOTROPIC; edge++) {
        assert_ok(okrug_ripley_k_cells_draws(ctx, SITES, &window, edge, &cells, STEPS, at, SIMULATIONS, 3, curves));
        assert_ok(okrug_ripley_k_draws(ctx, SITES, &window, edge, STEPS, at, SIMULATIONS, 3, others));
        for (int k = 0; k < SIMULATIONS * STEPS; k++) {
            assert_true(fabs(curves[k] - others[k]) <= 10.0 + 0.02 * others[k]);
        }
    }
    okrug_ctx_free(ctx);
}

static void test_same_bytes_on_any_threads(void **state) {
    (void)state;
    okrug_ctx *single = testing_context(1);
    okrug_ctx *several = testing_context(5);
    okrug_k_density_grid grid;
    okrug_cells cells;
    draw_pattern(CLUSTERED);
    densities(single, weight, 0.5, &grid, &cells);
    assert_ok(okrug_k_density_cells_draws(single, &points, SITES, weight, &grid, &cells, SIMULATIONS, 3, curves));
    double before[3][STEPS];
    for (int k = 0; k < STEPS; k++) {
        before[0][k] = curve[k];
        before[1][k] = lo[k];
        before[2][k] = hi[k];
    }
    densities(several, weight, 0.5, &grid, &cells);
    assert_ok(okrug_k_density_cells_draws(several, &points, SITES, weight, &grid, &cells, SIMULATIONS, 3, others));
    for (int k = 0; k < STEPS; k++) {
        assert_same_double(before[0][k], curve[k]);
        assert_same_double(before[1][k], lo[k]);
        assert_same_double(before[2][k], hi[k]);
    }
    for (int k = 0; k < SIMULATIONS * STEPS; k++) {
        assert_same_double(curves[k], others[k]);
    }
    assert_true(okrug_cells_of_side(&window, at[STEPS - 1], 0.3, &cells));
    assert_ok(okrug_ripley_k_cells(single, &points, &window, OKRUG_EDGE_ISOTROPIC, &cells, STEPS, at, curve, lo, hi));
    assert_ok(okrug_ripley_k_cells(several, &points, &window, OKRUG_EDGE_ISOTROPIC, &cells, STEPS, at, before[0],
                                   before[1], before[2]));
    for (int k = 0; k < STEPS; k++) {
        assert_same_double(before[0][k], curve[k]);
        assert_same_double(before[1][k], lo[k]);
        assert_same_double(before[2][k], hi[k]);
    }
    okrug_ctx_free(single);
    okrug_ctx_free(several);
}

/* ---- The globe ---- */

static double lon[N], lat[N];
static const okrug_points globe = {N, lon, lat, true};

/* The pattern between those latitudes and as far around, from that meridian on: also across the 180th. */
static void draw_globe(pattern p, double west, double wide, double south, double high) {
    draw_pattern(p);
    for (int i = 0; i < N; i++) {
        double at_lon = west + wide * x[i] / 100.0;
        lon[i] = at_lon > 180.0 ? at_lon - 360.0 : at_lon;
        lat[i] = south + high * y[i] / 60.0;
    }
}

/* Caps small and large, by the pole and across the 180th meridian. */
static const double caps[][4] = {{35.5, 1.5, 53.5, 1.5}, {30, 160, 43, 33}, {-180, 359, 70, 19}, {100, 60, -30, 60}};
enum { CAPS = 4 };

static void test_maps_keep_their_bounds(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    for (int cap = 0; cap < CAPS; cap++) {
        okrug_flat flat;
        draw_globe(UNIFORM, caps[cap][0], caps[cap][1], caps[cap][2], caps[cap][3]);
        assert_ok(okrug_flat_about(ctx, &globe, &flat));
        assert_false(flat.whole);
        okrug_flat_places(&flat, &globe, x, y);
        double most = 1.0;
        for (int i = 0; i < N; i++) {
            int j = (i * 7 + 1) % N;
            okrug_located on;
            const okrug_points two = {2, (double[]){lon[i], lon[j]}, (double[]){lat[i], lat[j]}, true};
            assert_ok(okrug_located_of(ctx, &two, &on));
            double arc = okrug_distance_of_chord(true, okrug_located_chord(&on, 0, 1));
            double apart = hypot(x[i] - x[j], y[i] - y[j]);
            assert_true(arc * (1.0 - 1e-9) <= apart && apart <= arc * flat.stretch * (1.0 + 1e-9));
            most = fmax(most, apart / arc);
        }
        assert_true(most > 1.0 + 0.3 * (flat.stretch - 1.0) && flat.usual < flat.stretch && flat.usual > 1.0);
    }
    okrug_flat flat;
    for (int i = 0; i < N; i++) { /* a wide cap is told from half the globe, and found as small as it is */
        lat[i] = 90.0 - (i % 2 == 0 ? 86.0 : 40.0);
        lon[i] = 360.0 * i / N - 180.0;
    }
    assert_ok(okrug_flat_about(ctx, &globe, &flat));
    double c = 86.0 / 180.0 * 3.141592653589793;
    assert_true(!flat.whole && flat.stretch < c / sin(c) + 1e-3);
    const okrug_points two = {2, (double[]){-85, 85}, (double[]){0, 0}, true};
    assert_ok(okrug_flat_about(ctx, &two, &flat));
    c = 85.0 / 180.0 * 3.141592653589793;
    assert_near(c / sin(c), flat.stretch, 1e-3);
    draw_globe(UNIFORM, -180, 359, -60, 120);
    assert_ok(okrug_flat_about(ctx, &globe, &flat));
    assert_true(flat.whole);
    okrug_ctx_free(ctx);
}

static void test_densities_on_the_globe(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(2);
    okrug_k_density_grid grid;
    okrug_cells cells;
    okrug_flat flat;
    for (int cap = 0; cap < CAPS; cap++) {
        for (pattern p = UNIFORM; p < PATTERNS; p += SHARED) {
            draw_globe(p, caps[cap][0], caps[cap][1], caps[cap][2], caps[cap][3]);
            double range = 30.0 * caps[cap][3];
            for (int k = 0; k < STEPS; k++) {
                at[k] = range * k / (STEPS - 1);
            }
            assert_ok(okrug_flat_about(ctx, &globe, &flat));
            okrug_flat_places(&flat, &globe, x, y);
            okrug_window extent = {{0, 0}, {0, 0}};
            for (int i = 0; i < N; i++) {
                extent.x[0] = fmin(extent.x[0], x[i]);
                extent.x[1] = fmax(extent.x[1], x[i]);
                extent.y[0] = fmin(extent.y[0], y[i]);
                extent.y[1] = fmax(extent.y[1], y[i]);
            }
            assert_true(okrug_k_density_grid_make(STEPS, at, 0.1 * range, N, true, &grid));
            assert_true(
                okrug_cells_of_side(&extent, flat.stretch * okrug_k_density_reach(&grid), 0.01 * range, &cells));
            cells.stretch = flat.stretch;
            cells.usual = flat.usual;
            assert_ok(okrug_k_density_cells(ctx, &points, weight, &grid, &cells, curve, lo, hi));
            assert_ok(okrug_k_density(ctx, &globe, weight, &grid, exact));
            assert_bracketed(grid.error);
            if (flat.stretch > 1.05) { /* what the map usually stretches is rightly taken off */
                cells.usual = 1.0;
                assert_ok(okrug_k_density_cells(ctx, &points, weight, &grid, &cells, others, lo, hi));
                double with = 0.0;
                double without = 0.0;
                for (int k = 0; k < STEPS; k++) {
                    with += fabs(curve[k] - exact[k]);
                    without += fabs(others[k] - exact[k]);
                }
                assert_true(with < 0.6 * without);
            }
            for (int k = 0; k < STEPS; k++) { /* and much nearer than that */
                assert_near(exact[k], curve[k], (0.002 + 0.1 * (flat.stretch - 1.0)) / range);
            }
        }
    }
    okrug_ctx_free(ctx);
}

static void densities_of_few(okrug_ctx *ctx, int n, double range, double bandwidth) {
    const okrug_points few = {n, lon, lat, true};
    const okrug_points placed = {n, x, y, false};
    okrug_k_density_grid grid;
    okrug_cells cells;
    okrug_flat flat;
    okrug_window extent = {{0, 0}, {0, 0}};
    assert_ok(okrug_flat_about(ctx, &few, &flat));
    assert_false(flat.whole);
    okrug_flat_places(&flat, &few, x, y);
    for (int i = 0; i < n; i++) {
        extent.x[0] = fmin(extent.x[0], x[i]);
        extent.x[1] = fmax(extent.x[1], x[i]);
        extent.y[0] = fmin(extent.y[0], y[i]);
        extent.y[1] = fmax(extent.y[1], y[i]);
    }
    for (int k = 0; k < STEPS; k++) {
        at[k] = range * k / (STEPS - 1);
    }
    assert_true(okrug_k_density_grid_make(STEPS, at, bandwidth, n, true, &grid));
    assert_true(okrug_cells_choose(&extent, flat.stretch * okrug_k_density_reach(&grid),
                                   fmax(bandwidth / 20.0, range / 60.0), &cells));
    cells.stretch = flat.stretch;
    cells.usual = flat.usual;
    assert_ok(okrug_k_density_cells(ctx, &placed, NULL, &grid, &cells, curve, lo, hi));
    assert_ok(okrug_k_density(ctx, &few, NULL, &grid, exact));
    assert_bracketed(1.01 * grid.error);
}

/* Of a few points on a wide cap nothing averages out, and cells hide nothing: some are stretched as far as any are. */
static void test_few_on_the_globe_lie_in_the_bracket(void **state) {
    (void)state;
    enum { MAPS = 150 };
    okrug_ctx *ctx = testing_context(1);
    for (int map = 0; map < MAPS; map++) {
        int n = 3 + map % 6;
        double cap = map % 3 == 0 ? 70.0 : testing_uniform(41, (uint64_t)map, 2, 75);
        for (int i = 0; i < n; i++) {
            uint64_t place = (uint64_t)(map * 10) + (uint64_t)i;
            /* By the pole, where a cap is a parallel; of points on its rim those beside each other are stretched most.
             */
            lat[i] = 90.0 - cap * (map % 2 == 0 ? 1.0 : sqrt(testing_uniform(42, place, 0, 1)));
            lon[i] = testing_uniform(43, place, -180, 180);
        }
        double range = 60.0 * cap;
        densities_of_few(ctx, n, range, range * (map % 4 == 0 ? 0.02 : 0.1));
        densities_of_few(ctx, n, range, 0.5 * range);
    }
    okrug_ctx_free(ctx);
}

/* Where the kernel reaches beyond the antipodes there is nothing more to count, and nothing less. */
static void test_bandwidths_beyond_half_the_globe(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    const double arcs[] = {100.0, 110.0, 50.0, 10.0, 50.0, 60.0}; /* of the pairs, in degrees */
    const double places[] = {0.0, 100.0, 110.0, 50.0};
    for (int i = 0; i < 4; i++) {
        lon[i] = places[i];
        lat[i] = 0.0;
    }
    const okrug_points four = {4, lon, lat, true};
    okrug_k_density_grid grid;
    for (int k = 0; k < STEPS; k++) {
        at[k] = 10000.0 * k / (STEPS - 1);
    }
    const double h = 3000.0;
    assert_true(okrug_k_density_grid_make(STEPS, at, h, 4, true, &grid));
    assert_ok(okrug_k_density(ctx, &four, NULL, &grid, curve));
    for (int k = 0; k < STEPS; k++) {
        double sum = 0.0;
        for (int pair = 0; pair < 6; pair++) {
            double d = arcs[pair] / 180.0 * 3.141592653589793 * 6371.0088;
            sum += exp(-0.5 * (at[k] - d) * (at[k] - d) / h / h) + exp(-0.5 * (at[k] + d) * (at[k] + d) / h / h);
        }
        assert_near(sum * 0.3989422804014327 / h / 6.0, curve[k], grid.error);
    }
    densities_of_few(ctx, 4, 10000.0, h);
    okrug_ctx_free(ctx);
}

/* Looking only at the cells within the range finds what looking at all sites does. */
static void compare_near(okrug_ctx *ctx, const okrug_m_sets *sets) {
    int count = sets->smooth != NULL ? (int)sets->smooth->count : STEPS;
    double most = sets->smooth != NULL ? 1e-10 : 1e-12;
    assert_ok(okrug_m_function_by(ctx, sets, true, count, at, curve));
    assert_ok(okrug_m_function_by(ctx, sets, false, count, at, exact));
    assert_ok(okrug_m_function_draws_by(ctx, sets, true, count, at, SIMULATIONS, 3, curves));
    assert_ok(okrug_m_function_draws_by(ctx, sets, false, count, at, SIMULATIONS, 3, others));
    for (int k = 0; k < count; k++) {
        assert_true(isnan(exact[k]) ? isnan(curve[k]) : fabs(curve[k] - exact[k]) <= most * exact[k]);
    }
    for (int k = 0; k < SIMULATIONS * count; k++) {
        assert_true(isnan(others[k]) ? isnan(curves[k]) : fabs(curves[k] - others[k]) <= most * others[k]);
    }
}

/* Those told to be measured are all that are near, and none from beyond the cells around: in the plane, M. */
static void count_near(okrug_ctx *ctx, const okrug_m_sets *sets) {
    double near = 0.0, all = 0.0, west = x[0], east = x[0], south = y[0], north = y[0];
    assert_ok(okrug_m_function_distances_by(ctx, sets, true, STEPS, at, &near));
    assert_ok(okrug_m_function_distances_by(ctx, sets, false, STEPS, at, &all));
    assert_near(all, (double)sets->references * (double)points.n, 0.0);
    for (int64_t i = 0; i < points.n; i++) {
        west = fmin(west, x[i]);
        east = fmax(east, x[i]);
        south = fmin(south, y[i]);
        north = fmax(north, y[i]);
    }
    double side = fmax(at[STEPS - 1] / 8.0, fmax(east - west, north - south) / 2048.0);
    double least = 0.0, most = 0.0;
    for (int64_t k = 0; k < sets->references; k++) {
        for (int64_t i = 0; i < points.n; i++) {
            double dx = fabs(x[i] - x[sets->reference[k]]), dy = fabs(y[i] - y[sets->reference[k]]);
            least += hypot(dx, dy) <= at[STEPS - 1];
            most += fmax(dx, dy) <= 1.001 * (at[STEPS - 1] + side);
        }
    }
    assert_true(least <= near && near <= most);
}

static void test_m_by_near_cells(void **state) {
    (void)state;
    enum { REFERENCES = 7 * N / 30, NEIGHBOURS = N / 10 };
    static int32_t reference[REFERENCES], neighbour[NEIGHBOURS];
    okrug_ctx *ctx = testing_context(3);
    for (int k = 0; k < REFERENCES; k++) {
        reference[k] = 4 * k;
        neighbour[k < NEIGHBOURS ? k : 0] = k < NEIGHBOURS ? 4 * k + 1 : 1;
    }
    for (pattern p = UNIFORM; p < PATTERNS; p += SHARED) {
        draw_pattern(p);
        for (int kind = 0; kind < 12; kind++) {
            bool own = kind % 2 == 0;
            okrug_m_sets sets = {&points,
                                 (const double *[]){NULL, weight, whole}[kind / 2 % 3],
                                 REFERENCES,
                                 reference,
                                 own ? REFERENCES : NEIGHBOURS,
                                 own ? reference : neighbour,
                                 NULL};
            okrug_k_density_grid grid;
            for (int k = 0; k < STEPS; k++) {
                at[k] = kind < 6 ? 0.2 * k : 8.0 * k;
            }
            compare_near(ctx, &sets);
            count_near(ctx, &sets);
            assert_true(okrug_k_density_grid_make(STEPS, at, 0.05 * at[STEPS - 1], N, false, &grid));
            sets.smooth = &grid;
            compare_near(ctx, &sets);
        }
    }
    for (int cap = 0; cap <= CAPS; cap++) { /* the last goes all around */
        okrug_k_density_grid grid;
        if (cap < CAPS) {
            draw_globe(CLUSTERED, caps[cap][0], caps[cap][1], caps[cap][2], caps[cap][3]);
        } else {
            draw_globe(CLUSTERED, -180, 359, -80, 160);
        }
        for (int k = 0; k < STEPS; k++) {
            at[k] = 2.0 * caps[cap % CAPS][3] * k;
        }
        okrug_m_sets sets = {&globe, weight, REFERENCES, reference, REFERENCES, reference, NULL};
        compare_near(ctx, &sets);
        assert_true(okrug_k_density_grid_make(STEPS, at, 0.05 * at[STEPS - 1], N, true, &grid));
        sets.smooth = &grid;
        compare_near(ctx, &sets);
    }
    okrug_ctx_free(ctx);
}

/* As small as asked for where that is not too small, else as small as they may be. */
static void test_cells_fit(void **state) {
    (void)state;
    const okrug_window line = {{5, 905}, {2, 2}};
    okrug_cells cells;
    assert_true(okrug_cells_choose(&window, 20.0, 0.5, &cells));
    assert_true(cells.side == 0.5 && cells.columns == 201 && cells.rows == 121);
    assert_true(okrug_cells_choose(&window, 20.0, 1e-9, &cells));
    assert_true(cells.bits[0] + cells.bits[1] == OKRUG_CELLS_BITS);
    assert_false(okrug_cells_of_side(&window, 20.0, 0.99 * cells.side, &cells));
    assert_true(okrug_cells_choose(&line, 20.0, 1e-9, &cells));
    assert_true(cells.rows == 1 && cells.bits[0] == OKRUG_CELLS_AXIS_BITS);
    assert_true(okrug_cells_choose(&window, 1e9, 1e-9, &cells));
    assert_true(cells.reach[0] == cells.columns - 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_densities_lie_in_the_bracket),
                                       cmocka_unit_test(test_ripley_lies_in_the_bracket),
                                       cmocka_unit_test(test_few_points_lie_in_the_bracket),
                                       cmocka_unit_test(test_points_at_the_sides_lie_in_the_bracket),
                                       cmocka_unit_test(test_windows_of_any_shape),
                                       cmocka_unit_test(test_draws_are_the_same),
                                       cmocka_unit_test(test_same_bytes_on_any_threads),
                                       cmocka_unit_test(test_maps_keep_their_bounds),
                                       cmocka_unit_test(test_densities_on_the_globe),
                                       cmocka_unit_test(test_few_on_the_globe_lie_in_the_bracket),
                                       cmocka_unit_test(test_bandwidths_beyond_half_the_globe),
                                       cmocka_unit_test(test_m_by_near_cells),
                                       cmocka_unit_test(test_cells_fit)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
