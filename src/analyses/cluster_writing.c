/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A partition as tables. Clusters are numbered from 1 in the order of their first industries.
 */
#include "analyses/cluster_writing.h"

#include <math.h>
#include <string.h>

#include <okrug/numeric.h>

#include "analyses/result.h"

enum { NAMED_BY = 3 };

typedef struct {
    const okrug_similarities *of;
    const okrug_cluster_search *search;
    const char **name; /* n: what each industry is called */
    double *own, *other, *within, *between;
    int32_t *which;
    bool *valid;
    int64_t *votes; /* n */
} scored;

static okrug_status read_names(okrug_ctx *ctx, const okrug_table *table, scored *s) {
    const okrug_column *industry = table == NULL ? NULL : okrug_table_column(table, "industry");
    const okrug_column *name = table == NULL ? NULL : okrug_table_column(table, "name");
    int64_t *row = OKRUG_SCRATCH(ctx, table == NULL ? 1 : okrug_words_count(industry->words) + 1, int64_t);
    if (row == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t r = 0; table != NULL && r < table->rows; r++) {
        row[industry->word[r]] = r;
    }
    for (int64_t i = 0; i < s->of->n; i++) {
        const char *code = s->of->industry[i];
        int32_t word = table == NULL ? -1 : okrug_words_find(industry->words, code, strlen(code));
        const char *called = word < 0 ? NULL : okrug_text_at(name, row[word]);
        s->name[i] = called == NULL ? code : called;
    }
    return OKRUG_OK;
}

/* By how many matrices the industry is more like its own cluster than any other. */
static okrug_status count_votes(okrug_ctx *ctx, scored *s) {
    int64_t n = s->of->n;
    double *own = OKRUG_SCRATCH(ctx, n, double), *other = OKRUG_SCRATCH(ctx, n, double);
    if (own == NULL || other == NULL) {
        return OKRUG_NO_MEMORY;
    }
    const okrug_partition_scores scores = {.own = own, .other = other};
    for (int m = 0; m < s->of->matrices; m++) {
        OKRUG_TRY(okrug_score_partition(ctx, n, s->of->z[m], s->search->groups, s->search->group, &scores));
        for (int64_t i = 0; i < n; i++) {
            s->votes[i] += own[i] > other[i];
        }
    }
    return OKRUG_OK;
}

static okrug_status score(okrug_ctx *ctx, const okrug_table *names, scored *s) {
    int64_t n = s->of->n, groups = s->search->groups;
    s->name = OKRUG_SCRATCH(ctx, n, const char *);
    s->own = OKRUG_SCRATCH(ctx, n, double);
    s->other = OKRUG_SCRATCH(ctx, n, double);
    s->which = OKRUG_SCRATCH(ctx, n, int32_t);
    s->votes = OKRUG_SCRATCH_ZERO(ctx, n, int64_t);
    s->within = OKRUG_SCRATCH(ctx, groups, double);
    s->between = OKRUG_SCRATCH(ctx, groups, double);
    s->valid = OKRUG_SCRATCH(ctx, groups, bool);
    if (s->name == NULL || s->own == NULL || s->other == NULL || s->which == NULL || s->votes == NULL ||
        s->within == NULL || s->between == NULL || s->valid == NULL) {
        return OKRUG_NO_MEMORY;
    }
    const okrug_partition_scores scores = {s->within, s->between, s->valid, s->own, s->other, s->which};
    OKRUG_TRY(okrug_score_partition(ctx, n, s->of->similarity, groups, s->search->group, &scores));
    OKRUG_TRY(count_votes(ctx, s));
    return read_names(ctx, names, s);
}

static const char *number(okrug_ctx *ctx, int64_t group) {
    return group < 0 ? NULL : okrug_text_integer(ctx, group + 1);
}

/* Why it is there: nothing to compare with; another cluster would have it; it was put there; it belongs. */
static const char *why(const scored *s, int64_t i) {
    if (isnan(s->own[i])) {
        return "alone";
    }
    if (s->own[i] < s->other[i]) {
        return "marginal";
    }
    return s->search->came[i] != s->search->group[i] ? "moved" : "core";
}

static int64_t nearest_member(const scored *s, int64_t i) {
    int64_t best = -1;
    const double *row = s->of->similarity + i * s->of->n;
    for (int64_t j = 0; j < s->of->n; j++) {
        bool member = j != i && s->search->group[j] == s->search->group[i];
        best = member && (best < 0 || row[j] > row[best]) ? j : best;
    }
    return best;
}

static okrug_status write_member(okrug_ctx *ctx, const scored *s, int64_t i, okrug_table *table) {
    int64_t row = okrug_table_add_row(table, 0), near = nearest_member(s, i);
    if (row < 0) {
        return OKRUG_NO_MEMORY;
    }
    bool moved = s->search->came[i] != s->search->group[i];
    double similarity = near < 0 ? (double)NAN : s->of->similarity[i * s->of->n + near];
    OKRUG_TRY(okrug_result_text(table, OKRUG_MEMBER_INDUSTRY, row, s->of->industry[i]));
    OKRUG_TRY(okrug_result_text(table, OKRUG_MEMBER_CLUSTER, row, number(ctx, s->search->group[i])));
    OKRUG_TRY(okrug_set_number_or(table, OKRUG_MEMBER_OWN_SCORE, row, s->own[i], OKRUG_NOT_APPLICABLE));
    OKRUG_TRY(okrug_set_number_or(table, OKRUG_MEMBER_BEST_OTHER_SCORE, row, s->other[i], OKRUG_NOT_APPLICABLE));
    OKRUG_TRY(okrug_result_text(table, OKRUG_MEMBER_BEST_OTHER, row, number(ctx, s->which[i])));
    OKRUG_TRY(okrug_result_text(table, OKRUG_MEMBER_WHY, row, why(s, i)));
    const char *from = s->search->came[i] < 0 ? "emptied" : number(ctx, s->search->came[i]); /* by all its members */
    OKRUG_TRY(okrug_result_text(table, OKRUG_MEMBER_MOVED_FROM, row, moved ? from : NULL));
    OKRUG_TRY(okrug_set_number(table, OKRUG_MEMBER_MATRICES_FOR, row, (double)s->votes[i]));
    OKRUG_TRY(okrug_set_number(table, OKRUG_MEMBER_MATRICES, row, (double)s->of->matrices));
    OKRUG_TRY(okrug_result_text(table, OKRUG_MEMBER_NEAREST, row, near < 0 ? NULL : s->of->industry[near]));
    OKRUG_TRY(okrug_set_number_or(table, OKRUG_MEMBER_NEAREST_SIMILARITY, row, similarity, OKRUG_NOT_APPLICABLE));
    OKRUG_TRY(okrug_set_number(table, OKRUG_MEMBER_SIZE, row, s->of->size[i]));
    bool named = s->name[i] != s->of->industry[i];
    return okrug_result_text(table, OKRUG_MEMBER_NAME, row, named ? s->name[i] : NULL);
}

/* The member of group g with the largest x that is not among `taken`; -1: none left. */
static int64_t largest(const scored *s, int64_t g, const double *x, const int64_t *taken, int count) {
    int64_t best = -1;
    for (int64_t i = 0; i < s->of->n; i++) {
        bool free = s->search->group[i] == g;
        for (int k = 0; free && k < count; k++) {
            free = taken[k] != i;
        }
        best = free && (best < 0 || x[i] > x[best]) ? i : best;
    }
    return best;
}

static okrug_status write_cluster(okrug_ctx *ctx, const scored *s, int64_t g, okrug_table *table) {
    int64_t row = okrug_table_add_row(table, 0), members = 0;
    if (row < 0) {
        return OKRUG_NO_MEMORY;
    }
    okrug_sum size = {0};
    for (int64_t i = 0; i < s->of->n; i++) {
        if (s->search->group[i] == g) {
            members++;
            okrug_sum_add(&size, s->of->size[i]);
        }
    }
    int64_t named[NAMED_BY] = {0};
    const char *name = NULL;
    for (int k = 0; k < NAMED_BY && k < members; k++) {
        named[k] = largest(s, g, s->of->size, named, k);
        name = name == NULL ? s->name[named[k]] : okrug_text(ctx, "%s; %s", name, s->name[named[k]]);
    }
    int64_t centre = largest(s, g, s->own, NULL, 0);
    OKRUG_TRY(okrug_result_text(table, OKRUG_CLUSTER_CLUSTER, row, number(ctx, g)));
    OKRUG_TRY(okrug_result_text(table, OKRUG_CLUSTER_NAME, row, name));
    OKRUG_TRY(okrug_set_number(table, OKRUG_CLUSTER_INDUSTRIES, row, (double)members));
    OKRUG_TRY(okrug_set_number_or(table, OKRUG_CLUSTER_WITHIN, row, s->within[g], OKRUG_NOT_APPLICABLE));
    OKRUG_TRY(okrug_set_number_or(table, OKRUG_CLUSTER_BETWEEN, row, s->between[g], OKRUG_NOT_APPLICABLE));
    OKRUG_TRY(okrug_result_text(table, OKRUG_CLUSTER_VALID, row, s->valid[g] ? "yes" : "no"));
    OKRUG_TRY(okrug_result_text(table, OKRUG_CLUSTER_CENTRE, row, s->of->industry[centre]));
    OKRUG_TRY(okrug_result_text(table, OKRUG_CLUSTER_LARGEST, row, s->of->industry[named[0]]));
    return okrug_set_number(table, OKRUG_CLUSTER_SIZE, row, okrug_sum_value(&size));
}

okrug_status okrug_clusters_write(okrug_ctx *ctx, const okrug_similarities *of, const okrug_cluster_search *search,
                                  const okrug_table *names, okrug_table *members, okrug_table *clusters) {
    scored s = {.of = of, .search = search};
    OKRUG_TRY(score(ctx, names, &s));
    for (int64_t i = 0; i < of->n; i++) {
        OKRUG_TRY(write_member(ctx, &s, i, members));
    }
    for (int64_t g = 0; g < search->groups; g++) {
        OKRUG_TRY(write_cluster(ctx, &s, g, clusters));
    }
    return OKRUG_OK;
}
