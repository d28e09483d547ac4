/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Agreement with a given partition.
 */
#include "analyses/cluster_compare.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <okrug/numeric.h>

#include "analyses/industry_groups.h"

const char *const okrug_compared_codes[OKRUG_COMPARED] = {
#define OKRUG_X(name, code) [OKRUG_COMPARED_##name] = (code),
    OKRUG_CLUSTER_COMPARISONS(OKRUG_X)
#undef OKRUG_X
};

/* The industries that both know: label (common) of each partition, numbered from 0. */
typedef struct {
    int64_t n;
    int64_t *place; /* of each, among the industries of the analysis */
    int32_t *given, *label, *number;
    double *table;
} common;

static int64_t take(common *c, int64_t groups, const int32_t *group) {
    for (int64_t k = 0; k < c->n; k++) {
        c->label[k] = group[c->place[k]];
    }
    return okrug_groups_number(c->n, groups, c->number, c->label);
}

static okrug_status find_common(okrug_ctx *ctx, const okrug_table *table, const okrug_similarities *of, common *c,
                                int64_t *given) {
    const okrug_column *industry = okrug_table_column(table, "industry");
    const okrug_column *cluster = okrug_table_column(table, "cluster");
    int32_t words = okrug_words_count(industry->words), clusters = okrug_words_count(cluster->words);
    int64_t numbers = of->n > clusters ? of->n : clusters;
    int32_t *of_word = OKRUG_SCRATCH(ctx, words + 1, int32_t);
    *c = (common){.place = OKRUG_SCRATCH(ctx, of->n, int64_t),
                  .given = OKRUG_SCRATCH(ctx, of->n, int32_t),
                  .label = OKRUG_SCRATCH(ctx, of->n, int32_t),
                  .number = OKRUG_SCRATCH(ctx, numbers + 1, int32_t),
                  .table = OKRUG_SCRATCH(ctx, of->n * numbers + 1, double)};
    if (of_word == NULL || c->place == NULL || c->given == NULL || c->label == NULL || c->number == NULL ||
        c->table == NULL) {
        return OKRUG_NO_MEMORY;
    }
    memset(of_word, -1, (size_t)words * sizeof *of_word);
    for (int64_t r = 0; r < table->rows; r++) {
        of_word[industry->word[r]] = cluster->word[r];
    }
    for (int64_t i = 0; i < of->n; i++) {
        int32_t word = okrug_words_find(industry->words, of->industry[i], strlen(of->industry[i]));
        if (word >= 0 && of_word[word] >= 0) {
            c->place[c->n] = i;
            c->given[c->n++] = of_word[word];
        }
    }
    if (c->n == 0) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "compare-matches-nothing", &(okrug_place){.file = table->file},
                          (char *)NULL);
    }
    *given = okrug_groups_number(c->n, clusters, c->number, c->given);
    return OKRUG_OK;
}

static int rising(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double mean_and_high(int64_t count, double *x, double *high) {
    double mean = okrug_sum_of(x, count, 1) / (double)count;
    qsort(x, (size_t)count, sizeof *x, rising);
    *high = x[(int64_t)(0.95 * (double)(count - 1))];
    return mean;
}

/* The found labels in random order, over and over. */
static okrug_status by_lot(okrug_ctx *ctx, common *c, const okrug_cluster_plan *plan,
                           const okrug_cluster_search *search, okrug_cluster_comparison *out) {
    okrug_agreement *mean = &out->of[OKRUG_COMPARED_RANDOM], *high = &out->of[OKRUG_COMPARED_RANDOM_HIGH];
    *mean = *high = (okrug_agreement){(double)NAN, (double)NAN};
    int64_t groups = take(c, search->groups, search->group);
    out->groups[OKRUG_COMPARED_RANDOM] = out->groups[OKRUG_COMPARED_RANDOM_HIGH] = groups;
    double *rand = OKRUG_SCRATCH(ctx, plan->permutations + 1, double);
    double *information = OKRUG_SCRATCH(ctx, plan->permutations + 1, double);
    if (rand == NULL || information == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t draw = 0; draw < plan->permutations; draw++) {
        OKRUG_TRY(okrug_check_cancel(ctx));
        okrug_labels_shuffle(c->n, plan->seed, draw, c->label);
        okrug_agreement a = okrug_agree_in(c->n, groups, c->label, out->given, c->given, c->table);
        rand[draw] = a.adjusted_rand;
        information[draw] = a.information;
    }
    if (plan->permutations > 0) {
        mean->adjusted_rand = mean_and_high(plan->permutations, rand, &high->adjusted_rand);
        mean->information = mean_and_high(plan->permutations, information, &high->information);
    }
    return OKRUG_OK;
}

okrug_status okrug_clusters_compare(okrug_ctx *ctx, const okrug_table *table, const okrug_similarities *of,
                                    const okrug_cluster_plan *plan, int64_t digits, const okrug_cluster_search *search,
                                    okrug_cluster_comparison *out) {
    common c = {0};
    okrug_industry_groups prefix = {0};
    const okrug_cluster_candidate *chosen = &search->candidate[search->chosen];
    const okrug_panel codes = {.industries = of->n, .industry = of->industry};
    *out = (okrug_cluster_comparison){0};
    OKRUG_TRY(find_common(ctx, table, of, &c, &out->given));
    out->industries = c.n;
    OKRUG_TRY(okrug_industry_groups_cut(ctx, digits, &codes, &prefix));
    int32_t *by_prefix = OKRUG_SCRATCH(ctx, of->n, int32_t);
    if (by_prefix == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < of->n; i++) {
        by_prefix[i] = (int32_t)prefix.of[i];
    }
    const int32_t *group[] = {search->group, chosen->group, by_prefix};
    const int64_t groups[] = {search->groups, chosen->of.groups, prefix.groups};
    for (int k = OKRUG_COMPARED_FOUND; k <= OKRUG_COMPARED_PREFIX; k++) {
        out->groups[k] = take(&c, groups[k], group[k]);
        out->of[k] = okrug_agree_in(c.n, out->groups[k], c.label, out->given, c.given, c.table);
    }
    return by_lot(ctx, &c, plan, search, out);
}
