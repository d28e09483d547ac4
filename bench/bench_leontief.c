/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The Leontief inverse with all multipliers and the extraction of every industry, beside LAPACK's own LU and inverse
 * (dgetrf, dgetri) with OpenBLAS on as many threads; one round of RAS beside one reading of the table. OpenBLAS has its
 * threads only while LAPACK is measured: okrug itself never lets it have any.
 *
 * With an argument, the side: only the inverse, once, and how much memory the process has had.
 */
#include "bench.h"

#include <string.h>
#include <sys/resource.h>

#include <cblas.h>
#include <lapack.h>

#include <okrug/balance.h>
#include <okrug/inputoutput.h>
#include <okrug/library.h>

enum { ROWS = 5, ROUNDS = 10 };

typedef struct {
    __typeof__(openblas_set_num_threads) *openblas_set_num_threads;
    __typeof__(dgetrf_) *dgetrf_;
    __typeof__(dgetri_) *dgetri_;
} lapack;

typedef struct {
    int64_t n;
    int threads;
    lapack blas;
    double *z, *x, *inverse, *rows, *multiplier, *diagonal, *total, *backward, *work;
    int32_t *pivot;
    double *factor_r, *factor_s, *column_total, sum;
} table;

static void ours(okrug_ctx *ctx, void *data) {
    table *t = data;
    int64_t n = t->n;
    okrug_technical_coefficients(n, t->z, t->x, t->inverse);
    bench_must(okrug_leontief_inverse_multipliers(ctx, n, t->inverse, ROWS, t->rows, t->inverse, t->multiplier));
    for (int64_t j = 0; j < n; j++) {
        t->diagonal[j] = t->inverse[j * n + j];
    }
    okrug_extraction(n, t->x, t->multiplier, t->diagonal, t->total, t->backward);
}

static void lapack_alone(okrug_ctx *ctx, void *data) {
    (void)ctx;
    table *t = data;
    int n = (int)t->n, info = 0, size = n * 64;
    for (int64_t cell = 0; cell < t->n * t->n; cell++) {
        t->inverse[cell] = (cell / n == cell % n) - t->z[cell];
    }
    t->blas.openblas_set_num_threads(t->threads);
    t->blas.dgetrf_(&n, &n, t->inverse, &n, t->pivot, &info);
    t->blas.dgetri_(&n, t->inverse, &n, t->pivot, t->work, &size, &info);
    t->blas.openblas_set_num_threads(1);
}

static void ras_rounds(okrug_ctx *ctx, void *data) {
    table *t = data;
    const okrug_balance_problem problem = {t->n, t->n, t->z, t->x, t->column_total, false};
    okrug_balance_state state = {.r = t->factor_r, .s = t->factor_s};
    for (int64_t j = 0; j < t->n; j++) {
        state.s[j] = 1.0;
    }
    bench_must(okrug_balance(ctx, &problem, 0.0, ROUNDS, &state));
}

typedef double pair __attribute__((vector_size(2 * sizeof(double)), aligned(sizeof(double)), may_alias));

/* What any round has to do: the table comes out of memory once, and every cell is added to something. */
static okrug_status read_tile(void *user, int64_t tile) {
    const table *t = user;
    pair lane[4] = {{0.0, 0.0}};
    int64_t end = (tile + 1) * 64 < t->n ? (tile + 1) * 64 : t->n;
    for (int64_t cell = tile * 64 * t->n; cell + 8 <= end * t->n; cell += 8) {
        lane[0] += *(const pair *)(t->z + cell);
        lane[1] += *(const pair *)(t->z + cell + 2);
        lane[2] += *(const pair *)(t->z + cell + 4);
        lane[3] += *(const pair *)(t->z + cell + 6);
    }
    pair sum = (lane[0] + lane[1]) + (lane[2] + lane[3]);
    t->work[tile] = sum[0] + sum[1];
    return OKRUG_OK;
}

static void readings(okrug_ctx *ctx, void *data) {
    table *t = data;
    for (int round = 0; round <= ROUNDS; round++) { /* the last one of RAS only measures */
        bench_must(okrug_parallel(ctx, (t->n + 63) / 64, read_tile, t));
        t->sum += t->work[0];
    }
}

static table made(int64_t n) {
    table t = {.n = n,
               .z = bench_numbers(n * n),
               .x = bench_numbers(n),
               .inverse = bench_numbers(n * n),
               .rows = bench_numbers(ROWS * n),
               .multiplier = bench_numbers(ROWS * n),
               .diagonal = bench_numbers(n),
               .total = bench_numbers(n),
               .backward = bench_numbers(n),
               .work = bench_numbers(n * 64),
               .pivot = malloc((size_t)n * sizeof *t.pivot),
               .factor_r = bench_numbers(n),
               .factor_s = bench_numbers(n),
               .column_total = bench_numbers(n)};
    for (int64_t i = 0; i < n; i++) {
        t.x[i] = 1.0 + bench_uniform((uint64_t)i, 1);
        for (int row = 0; row < ROWS; row++) {
            t.rows[row * n + i] = row == 0 ? 1.0 : .3 * bench_uniform((uint64_t)i, (uint32_t)row + 2);
        }
        for (int64_t j = 0; j < n; j++) { /* half of what is produced goes into production */
            t.z[i * n + j] = bench_uniform((uint64_t)(i * n + j), 0) / (double)n;
        }
    }
    double sum = 0.0;
    for (int64_t i = 0; i < n; i++) {
        sum += t.x[i];
    }
    for (int64_t j = 0; j < n; j++) {
        t.column_total[j] = sum / (double)n;
    }
    return t;
}

static void free_table(table *t) {
    double *all[] = {t->z,     t->x,        t->inverse, t->rows,     t->multiplier, t->diagonal,
                     t->total, t->backward, t->work,    t->factor_r, t->factor_s,   t->column_total};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        free(all[i]);
    }
    free(t->pivot);
}

static void compare(int64_t n, const char *size, const lapack *blas) {
    table t = made(n);
    t.blas = *blas;
    for (t.threads = 1; t.threads <= 2; t.threads++) {
        bench_compare_with_floor("inverse-multipliers-extraction-and-lapack", size, t.threads, ours, lapack_alone, &t);
        bench_compare_with_floor("ras-round-and-reading", size, t.threads, ras_rounds, readings, &t);
    }
    free_table(&t);
}

static void once(int64_t n) {
    okrug_ctx *ctx = okrug_ctx_new(NULL);
    table t = made(n);
    double start = bench_clock();
    ours(ctx, &t);
    double seconds = bench_clock() - start;
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("{\"bench\":\"inverse-multipliers-extraction\",\"size\":\"%lld\",\"threads\":%d,\"seconds\":%.3f,"
           "\"peak_mb\":%.0f}\n",
           (long long)n, okrug_ctx_threads(ctx), seconds, (double)usage.ru_maxrss / 1024.0);
    free_table(&t);
    okrug_ctx_free(ctx);
}

int main(int argc, char **argv) {
    static const char *const names[] = {"libopenblas.so.0", "libopenblas.so", NULL};
    static const okrug_library_function functions[] = {
        {"openblas_set_num_threads", offsetof(lapack, openblas_set_num_threads)},
        {"dgetrf_", offsetof(lapack, dgetrf_)},
        {"dgetri_", offsetof(lapack, dgetri_)}};
    static const okrug_library library = {"OKRUG_OPENBLAS", names, functions, sizeof functions / sizeof functions[0]};
    char reason[OKRUG_LIBRARY_REASON];
    lapack blas;
    okrug_blas_use_right_core();
    if (argc > 1) {
        once(strtoll(argv[1], NULL, 10));
        return 0;
    }
    if (okrug_blas_core() == NULL || !okrug_library_load(&library, &blas, reason)) {
        return 5;
    }
    compare(1000, "1000", &blas);
    compare(3000, "3000", &blas);
    return 0;
}
