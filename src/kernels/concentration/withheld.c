/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What withheld cells can hold, from the totals of their rows.
 */
#include <math.h>

#include <okrug/numeric.h>
#include <okrug/withheld.h>

int64_t okrug_withheld_count(const okrug_withheld *withheld) {
    int64_t count = 0;
    for (int64_t c = 0; c < withheld->regions * withheld->industries; c++) {
        count += !withheld->known[c];
    }
    return count;
}

static double floor_of(const okrug_withheld *withheld, int64_t cell) {
    return withheld->floor == NULL ? 0.0 : withheld->floor[cell];
}

/* Bounds of the cells `from` .. `to` - 1, all of region r; what does not add up goes to `faults`. */
static void bound_region(const okrug_withheld *withheld, int64_t r, int64_t from, int64_t to,
                         okrug_withheld_cells *cells, okrug_withheld_faults *faults) {
    okrug_sum left = {0};
    okrug_sum_add(&left, withheld->region_total[r]);
    for (int64_t i = 0; i < withheld->industries; i++) {
        int64_t cell = r * withheld->industries + i;
        okrug_sum_add(&left, withheld->known[cell] ? -withheld->value[cell] : -floor_of(withheld, cell));
    }
    double rest = okrug_sum_value(&left);
    double rounding = 1e-9 * withheld->region_total[r];
    if (rest < -rounding) {
        faults->first_contradiction = faults->contradictions++ == 0 ? r : faults->first_contradiction;
    } else if (withheld->whole && from == to && rest > rounding) {
        faults->first_unexplained = faults->unexplained++ == 0 ? r : faults->first_unexplained;
        faults->most_unexplained = fmax(faults->most_unexplained, rest);
    }
    cells->left[r] = rest > rounding ? rest : 0.0;
    for (int64_t k = from; k < to; k++) {
        double floor = floor_of(withheld, cells->cell[k]);
        cells->most[k] = floor + cells->left[r];
        cells->least[k] = withheld->whole && to - from == 1 ? cells->most[k] : floor;
    }
}

void okrug_withheld_bounds(const okrug_withheld *withheld, okrug_withheld_cells *cells, okrug_withheld_faults *faults) {
    *faults = (okrug_withheld_faults){.first_contradiction = -1, .first_unexplained = -1};
    cells->count = 0;
    for (int64_t r = 0; r < withheld->regions; r++) {
        cells->start[r] = cells->count;
        for (int64_t i = 0; i < withheld->industries; i++) {
            int64_t cell = r * withheld->industries + i;
            if (!withheld->known[cell]) {
                cells->cell[cells->count++] = cell;
            }
        }
        bound_region(withheld, r, cells->start[r], cells->count, cells, faults);
    }
    cells->start[withheld->regions] = cells->count;
}

void okrug_withheld_weights(const okrug_withheld *withheld, double *weight, double *rest) {
    int64_t n = withheld->industries;
    double smallest = INFINITY;
    okrug_sum sum = {0};
    for (int64_t i = 0; i < n; i++) {
        okrug_sum own = {0};
        okrug_sum all = {0};
        for (int64_t r = 0; r < withheld->regions; r++) {
            if (withheld->known[r * n + i]) {
                okrug_sum_add(&own, withheld->value[r * n + i]);
                okrug_sum_add(&all, withheld->region_total[r]);
            }
        }
        double total = okrug_sum_value(&all);
        weight[i] = total > 0.0 ? okrug_sum_value(&own) / total : 0.0;
        smallest = weight[i] > 0.0 ? fmin(smallest, weight[i]) : smallest;
        okrug_sum_add(&sum, weight[i]);
    }
    for (int64_t i = 0; i < n; i++) {
        weight[i] = weight[i] > 0.0 ? weight[i] : isinf(smallest) ? 1.0 : smallest;
    }
    *rest = fmax(0.0, 1.0 - okrug_sum_value(&sum));
}
