/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Fitness of regions and complexity of products by iteration, until the order of the regions holds.
 */
#include <math.h>
#include <stdlib.h>

#include <okrug/complexity.h>
#include <okrug/numeric.h>

#include "components.h"

/* Below this the next step would divide by nothing. */
static const double smallest_number = 1e-280;
/* Values nearer than this are the same: the order of equals is not an order. */
static const double same = 1e-9;
/* A fixed point: no value changes by more than this part of itself. */
static const double fixed = 1e-12;
/* Fewer steps than this say nothing of stability. */
enum { FEWEST = 20 };

/* M as lists of those that have any: of each region its products, of each product its regions. */
typedef struct {
    int64_t *ptr;
    int32_t *col;
} lists;

static okrug_status list(okrug_ctx *ctx, int64_t rows, int64_t columns, const double *m, int64_t row_step,
                         int64_t column_step, lists *out) {
    int64_t count = 0;
    for (int64_t cell = 0; cell < rows * columns; cell++) {
        count += m[cell] > 0.0;
    }
    out->ptr = OKRUG_SCRATCH(ctx, rows + 1, int64_t);
    out->col = OKRUG_SCRATCH(ctx, count + 1, int32_t);
    if (out->ptr == NULL || out->col == NULL) {
        return OKRUG_NO_MEMORY;
    }
    count = 0;
    for (int64_t i = 0; i < rows; i++) {
        out->ptr[i] = count;
        for (int64_t j = 0; j < columns; j++) {
            if (m[i * row_step + j * column_step] > 0.0) {
                out->col[count++] = (int32_t)j;
            }
        }
    }
    out->ptr[rows] = count;
    return OKRUG_OK;
}

typedef struct {
    int64_t regions, products;
    lists region, product;
    double delta; /* 0: the classic iteration */
    double *fitness, *complexity, *next_fitness, *next_complexity;
} state;

static double sum_of(const lists *l, int64_t i, const double *x) {
    double sum = 0.0;
    for (int64_t k = l->ptr[i]; k < l->ptr[i + 1]; k++) {
        sum += x[l->col[k]];
    }
    return sum;
}

static double sum_of_inverses(const lists *l, int64_t i, const double *x) {
    double sum = 0.0;
    for (int64_t k = l->ptr[i]; k < l->ptr[i + 1]; k++) {
        sum += 1.0 / x[l->col[k]];
    }
    return sum;
}

/* Divides those above 0 by their mean. */
static void to_mean_one(int64_t n, double *x) {
    okrug_sum sum = {0};
    int64_t count = 0;
    for (int64_t i = 0; i < n; i++) {
        okrug_sum_add(&sum, x[i]);
        count += x[i] > 0.0;
    }
    double mean = okrug_sum_value(&sum) / (double)count;
    for (int64_t i = 0; i < n; i++) {
        x[i] /= mean;
    }
}

/* One step into the next arrays. In the regularised form `complexity` holds the simplicity P of products. Those without
 * any stay at 0 and are in no list. */
static void step(state *s) {
    double delta = s->delta;
    bool regular = delta > 0.0;
    for (int64_t r = 0; r < s->regions; r++) {
        bool any = s->region.ptr[r] < s->region.ptr[r + 1];
        double sum = regular ? delta * delta + sum_of_inverses(&s->region, r, s->complexity)
                             : sum_of(&s->region, r, s->complexity);
        s->next_fitness[r] = any ? sum : 0.0;
    }
    for (int64_t p = 0; p < s->products; p++) {
        bool any = s->product.ptr[p] < s->product.ptr[p + 1];
        double sum = any ? sum_of_inverses(&s->product, p, s->fitness) : 0.0;
        s->next_complexity[p] = !any ? 0.0 : regular ? 1.0 + sum : 1.0 / sum;
    }
    if (!regular) {
        to_mean_one(s->regions, s->next_fitness);
        to_mean_one(s->products, s->next_complexity);
    }
}

/* The largest change of any value, as a part of it; the smallest value into `smallest`. */
static double change_of(int64_t n, const double *before, const double *after, double *smallest) {
    double largest = 0.0;
    for (int64_t i = 0; i < n; i++) {
        if (after[i] > 0.0) {
            largest = fmax(largest, fabs(after[i] - before[i]) / after[i]);
            *smallest = fmin(*smallest, after[i]);
        } else if (before[i] > 0.0) {
            *smallest = 0.0;
        }
    }
    return largest;
}

/* Whether the order of before still holds; where not, the order of now. Insertion: few change places at a time. */
static bool order_holds(int64_t n, const double *x, int64_t *order) {
    bool holds = true;
    for (int64_t k = 1; k < n; k++) {
        holds = holds && x[order[k]] <= x[order[k - 1]] * (1.0 + same);
    }
    for (int64_t k = 1; !holds && k < n; k++) {
        int64_t moved = order[k], at = k;
        while (at > 0 && x[order[at - 1]] < x[moved]) {
            order[at] = order[at - 1];
            at--;
        }
        order[at] = moved;
    }
    return holds;
}

static void swap(double **a, double **b) {
    double *kept = *a;
    *a = *b;
    *b = kept;
}

static okrug_status iterate(okrug_ctx *ctx, state *s, const okrug_fitness_plan *plan, int64_t *order,
                            okrug_fitness_summary *summary) {
    summary->stopped = OKRUG_FITNESS_ITERATIONS;
    for (int64_t n = 1; n <= plan->iterations; n++) {
        OKRUG_TRY(okrug_check_cancel(ctx));
        okrug_progress(ctx, "task.fitness", (double)n, (double)plan->iterations);
        double smallest = (double)INFINITY, change = 0.0;
        step(s);
        change = fmax(change, change_of(s->regions, s->fitness, s->next_fitness, &smallest));
        change = fmax(change, change_of(s->products, s->complexity, s->next_complexity, &smallest));
        if (!(smallest >= smallest_number)) {
            summary->stopped = OKRUG_FITNESS_COLLAPSED;
            return OKRUG_OK;
        }
        swap(&s->fitness, &s->next_fitness);
        swap(&s->complexity, &s->next_complexity);
        summary->iterations = n;
        if (!order_holds(s->regions, s->fitness, order)) {
            summary->last_change = n;
        }
        if (plan->stops && change <= fixed) {
            summary->stopped = OKRUG_FITNESS_CONVERGED;
            return OKRUG_OK;
        }
        if (plan->stops && s->delta == 0.0 && n >= FEWEST && n >= 2 * summary->last_change) {
            summary->stopped = OKRUG_FITNESS_STABLE;
            return OKRUG_OK;
        }
    }
    return OKRUG_OK;
}

/* From the state to what is told: NaN for those without any, and the regularised form in its own scale. */
static void tell(const state *s, double *fitness, double *complexity) {
    bool regular = s->delta > 0.0;
    for (int64_t r = 0; r < s->regions; r++) {
        bool any = s->region.ptr[r] < s->region.ptr[r + 1];
        fitness[r] = any ? s->fitness[r] : (double)NAN;
    }
    for (int64_t p = 0; p < s->products; p++) {
        bool any = s->product.ptr[p] < s->product.ptr[p + 1];
        double value = regular ? 1.0 / (s->complexity[p] - 1.0) : s->complexity[p];
        complexity[p] = any ? value : (double)NAN;
    }
}

static okrug_status prepare(okrug_ctx *ctx, int64_t regions, int64_t products, const double *presence, state *s,
                            int64_t **order) {
    OKRUG_TRY(list(ctx, regions, products, presence, products, 1, &s->region));
    OKRUG_TRY(list(ctx, products, regions, presence, 1, products, &s->product));
    double **of_regions[] = {&s->fitness, &s->next_fitness};
    double **of_products[] = {&s->complexity, &s->next_complexity};
    for (int i = 0; i < 2; i++) {
        *of_regions[i] = OKRUG_SCRATCH(ctx, regions + 1, double);
        *of_products[i] = OKRUG_SCRATCH(ctx, products + 1, double);
        if (*of_regions[i] == NULL || *of_products[i] == NULL) {
            return OKRUG_NO_MEMORY;
        }
    }
    *order = OKRUG_SCRATCH(ctx, regions + 1, int64_t);
    if (*order == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t r = 0; r < regions; r++) {
        (*order)[r] = r;
        s->fitness[r] = s->region.ptr[r] < s->region.ptr[r + 1] ? 1.0 : 0.0;
    }
    for (int64_t p = 0; p < products; p++) {
        s->complexity[p] = s->product.ptr[p] < s->product.ptr[p + 1] ? 1.0 : 0.0;
    }
    return OKRUG_OK;
}

static void count_those_with_any(const state *s, okrug_fitness_summary *summary) {
    for (int64_t r = 0; r < s->regions; r++) {
        summary->regions += s->region.ptr[r] < s->region.ptr[r + 1];
    }
    for (int64_t p = 0; p < s->products; p++) {
        summary->products += s->product.ptr[p] < s->product.ptr[p + 1];
    }
}

okrug_status okrug_fitness(okrug_ctx *ctx, int64_t regions, int64_t products, const double *presence,
                           const okrug_fitness_plan *plan, double *fitness, double *complexity,
                           okrug_fitness_summary *summary) {
    *summary = (okrug_fitness_summary){0};
    okrug_mark mark = okrug_scratch_mark(ctx);
    state s = {.regions = regions, .products = products, .delta = plan->regularisation};
    int64_t *order = NULL;
    okrug_status status = prepare(ctx, regions, products, presence, &s, &order);
    if (status == OKRUG_OK) {
        count_those_with_any(&s, summary);
        okrug_bits bits;
        status = okrug_bits_of(ctx, regions, products, presence, &bits);
        if (status == OKRUG_OK) {
            status = okrug_complexity_components(ctx, &bits, &summary->components);
        }
        /* Each without any was counted as a piece of its own. */
        summary->components -= regions - summary->regions + products - summary->products;
    }
    if (status == OKRUG_OK && summary->regions > 0) {
        status = iterate(ctx, &s, plan, order, summary);
    }
    if (status == OKRUG_OK) {
        tell(&s, fitness, complexity);
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}
