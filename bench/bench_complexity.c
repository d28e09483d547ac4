/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All outputs of complexity, beside the matrix products by which they are defined, made by BLAS: M'M, the square on the
 * smaller side for the eigenvectors, and two of M with the proximities. As M is 0 or 1 they can be had for less than
 * that (decision 48): a ratio below 1.
 *
 * `bench_complexity REGIONS PRODUCTS FILE` measures another size and leaves its values (doubles, row by row) for others
 * to take.
 */
#include "bench.h"

#include <math.h>

#include <okrug/complexity.h>

typedef struct {
    int64_t regions, products;
    double *value, *rca, *presence, *proximity, *density, *cog, *square;
    double *diversity, *ubiquity, *eci, *pci, *coi;
} world;

static void all_outputs(okrug_ctx *ctx, void *data) {
    world *w = data;
    okrug_complexity_summary summary;
    int64_t r = w->regions, p = w->products;
    bench_must(okrug_presence(ctx, r, p, w->value, 1.0, w->rca, w->presence));
    bench_must(okrug_complexity_scores(ctx, r, p, w->presence, w->diversity, w->ubiquity, w->eci, w->pci, &summary));
    bench_must(okrug_proximity(ctx, r, p, w->presence, w->proximity));
    bench_must(okrug_density(ctx, r, p, w->presence, w->proximity, 1.0, w->density));
    bench_must(okrug_complexity_outlook(ctx, r, p, w->presence, w->proximity, w->density, w->pci, summary.origin,
                                        w->coi, w->cog));
    if (isnan(w->eci[0])) {
        bench_must(OKRUG_DEFECT);
    }
}

static void products_alone(okrug_ctx *ctx, void *data) {
    world *w = data;
    int64_t r = w->regions, p = w->products;
    bool by_regions = r <= p;
    int64_t side = by_regions ? r : p;
    bench_must(okrug_multiply(ctx, by_regions ? OKRUG_PLAIN : OKRUG_TRANSPOSED,
                              by_regions ? OKRUG_TRANSPOSED : OKRUG_PLAIN, side, side, by_regions ? p : r, w->presence,
                              w->presence, w->square));
    bench_must(okrug_multiply(ctx, OKRUG_TRANSPOSED, OKRUG_PLAIN, p, p, r, w->presence, w->presence, w->proximity));
    bench_must(okrug_multiply(ctx, OKRUG_PLAIN, OKRUG_PLAIN, r, p, p, w->presence, w->proximity, w->density));
    bench_must(okrug_multiply(ctx, OKRUG_PLAIN, OKRUG_PLAIN, r, p, p, w->presence, w->proximity, w->cog));
}

static void leave(const char *path, const double *value, int64_t cells) {
    FILE *file = fopen(path, "wb");
    if (file == NULL || fwrite(value, sizeof *value, (size_t)cells, file) != (size_t)cells || fclose(file) != 0) {
        perror(path);
        exit(5);
    }
}

static void bench(int64_t regions, int64_t products, const char *path) {
    char size[48];
    snprintf(size, sizeof size, "%lldx%lld", (long long)regions, (long long)products);
    int64_t cells = regions * products;
    world w = {.regions = regions,
               .products = products,
               .value = bench_numbers(cells),
               .rca = bench_numbers(cells),
               .presence = bench_numbers(cells),
               .proximity = bench_numbers(products * products),
               .density = bench_numbers(cells),
               .cog = bench_numbers(cells),
               .square = bench_numbers(regions <= products ? regions * regions : products * products),
               .diversity = bench_numbers(regions),
               .ubiquity = bench_numbers(products),
               .eci = bench_numbers(regions),
               .pci = bench_numbers(products),
               .coi = bench_numbers(regions)};
    for (int64_t cell = 0; cell < cells; cell++) {
        /* The more able a region, the likelier it has a demanding product: nested, with noise. */
        double able = (double)(cell / products) / (double)regions;
        double demanding = (double)(cell % products) / (double)products;
        double u = bench_uniform((uint64_t)cell, 0);
        w.value[cell] = exp(2.0 * u + 3.0 * able * demanding);
    }
    if (path != NULL) {
        leave(path, w.value, cells);
    }
    for (int threads = 1; threads <= 2; threads++) {
        bench_compare_with_floor("complexity", size, threads, all_outputs, products_alone, &w);
    }
    double *all[] = {w.value,  w.rca,       w.presence, w.proximity, w.density, w.cog,
                     w.square, w.diversity, w.ubiquity, w.eci,       w.pci,     w.coi};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        free(all[i]);
    }
}

int main(int count, char **argument) {
    okrug_blas_use_right_core();
    if (count == 4) {
        bench(strtoll(argument[1], NULL, 10), strtoll(argument[2], NULL, 10), argument[3]);
        return 0;
    }
    bench(226, 785, NULL);
    bench(226, 5000, NULL);
    bench(3000, 1200, NULL);
    return 0;
}
