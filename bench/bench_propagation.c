/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Days of ARIO, beside what each of them cannot do without: one pass over the flows to gather orders, and one over
 * stocks and orders of as many cells.
 */
#include "bench.h"

#include <okrug/propagation.h>

enum { DAYS = 50 };

typedef struct {
    okrug_ario_economy economy;
    okrug_ario_rules rules;
    okrug_ario_shock shock;
    double *memory, *made, *unmet, *stock, *order, *sum;
} days;

static void all_days(okrug_ctx *ctx, void *data) {
    days *d = data;
    bench_must(okrug_ario(ctx, &d->economy, &d->rules, &d->shock, DAYS, d->memory, d->made, NULL, d->unmet));
}

static void passes(okrug_ctx *ctx, void *data) {
    (void)ctx;
    days *d = data;
    int64_t n = d->economy.n, cells = d->economy.products * n;
    for (int day = 0; day < DAYS; day++) {
        for (int64_t i = 0; i < n; i++) {
            const double *flow = d->economy.flow + i * n, *order = d->order + i % d->economy.products * n;
            double sum = 0.0;
            for (int64_t j = 0; j < n; j++) {
                sum += flow[j] * order[j];
            }
            d->sum[i] = sum;
        }
        for (int64_t cell = 0; cell < cells; cell++) {
            double gap = d->order[cell] - d->stock[cell];
            d->stock[cell] += .01 * gap;
            d->order[cell] = gap;
        }
    }
}

static void bench(int64_t n, int64_t products, const char *size) {
    double *flow = bench_numbers(n * n), *demand = bench_numbers(n), *zero = bench_numbers(n);
    double *share = bench_numbers(n), *stock_days = bench_numbers(products);
    int32_t *product = malloc((size_t)n * sizeof *product);
    if (product == NULL) {
        exit(5);
    }
    for (int64_t i = 0; i < n; i++) {
        demand[i] = 1.0;
        product[i] = (int32_t)(i % products);
        for (int64_t j = 0; j < n; j++) {
            flow[i * n + j] = bench_uniform((uint64_t)(i * n + j), 0) / (double)n;
        }
    }
    for (int64_t p = 0; p < products; p++) {
        stock_days[p] = 60.0;
    }
    share[0] = .5;
    days d = {.economy = {n, products, products == n ? NULL : product, flow, demand},
              .rules = {stock_days, .8, 60.0, 1.25, 365.0, 60.0},
              .shock = {share, zero, demand, NULL, NULL, NULL},
              .made = bench_numbers(DAYS * n),
              .unmet = bench_numbers(n),
              .stock = bench_numbers(products * n),
              .order = bench_numbers(products * n),
              .sum = bench_numbers(n)};
    d.memory = bench_numbers(okrug_ario_memory(&d.economy));
    bench_compare_with_floor("ario", size, 1, all_days, passes, &d);
    double *all[] = {flow, demand, zero, share, stock_days, d.memory, d.made, d.unmet, d.stock, d.order, d.sum};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        free(all[i]);
    }
    free(product);
}

int main(void) {
    bench(35, 35, "35 industries, 50 days");
    bench(1435, 35, "1435 industries, 35 products, 50 days");
    bench(1435, 1435, "1435 industries, 50 days");
    return 0;
}
