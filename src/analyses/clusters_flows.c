/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of flows -> the profile of each cluster.
 */
#include "analyses/clusters_flows.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#include <okrug/numeric.h>

enum { FEWEST = 3 };            /* members: of two, everything is one pair */
static const double MIXED = .5; /* margin in z below which labels are not apart from the rest */

const char *const okrug_principle_names[OKRUG_PRINCIPLES] = {
    [OKRUG_COMMON_SUPPLIERS] = "suppliers", [OKRUG_COMMON_PRODUCT] = "product",    [OKRUG_COMMON_MARKET] = "market",
    [OKRUG_COMMON_SERVICES] = "services",   [OKRUG_TECHNOLOGICAL_CHAIN] = "chain",
};

/* Nodes in the order in which rows name them, sellers first. */
typedef struct {
    okrug_flows flows;
    const char **code;
    int64_t *pool; /* those that buy and sell */
    int64_t pools;
} nodes;

/* The first two digits behind leading letters; -1: it has none. */
static int64_t two_digits(const char *code) {
    while (isalpha((unsigned char)*code)) {
        code++;
    }
    return isdigit((unsigned char)code[0]) && isdigit((unsigned char)code[1])
               ? (int64_t)(code[0] - '0') * 10 + (code[1] - '0')
               : -1;
}

static okrug_status number_nodes(okrug_ctx *ctx, const okrug_table *table, nodes *all, int64_t **from, int64_t **to) {
    const okrug_column *column[] = {okrug_table_column(table, "from"), okrug_table_column(table, "to")};
    int64_t **place[] = {from, to};
    int64_t words = (int64_t)okrug_words_count(column[0]->words) + okrug_words_count(column[1]->words);
    all->code = OKRUG_SCRATCH(ctx, words + 1, const char *);
    if (all->code == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int k = 0; k < 2; k++) {
        *place[k] = OKRUG_SCRATCH(ctx, okrug_words_count(column[k]->words) + 1, int64_t);
        if (*place[k] == NULL) {
            return OKRUG_NO_MEMORY;
        }
        for (int32_t w = 0; w < okrug_words_count(column[k]->words); w++) {
            const char *code = okrug_words_text(column[k]->words, w);
            int32_t seller = k == 0 ? -1 : okrug_words_find(column[0]->words, code, strlen(code));
            if (seller < 0) {
                all->code[all->flows.n] = code;
            }
            (*place[k])[w] = seller < 0 ? all->flows.n++ : (*from)[seller];
        }
    }
    return OKRUG_OK;
}

static okrug_status read_flows(okrug_ctx *ctx, const okrug_table *table, int64_t services_from, nodes *all) {
    const okrug_column *from = okrug_table_column(table, "from"), *to = okrug_table_column(table, "to");
    const okrug_column *value = okrug_table_column(table, "value");
    int64_t *seller = NULL, *buyer = NULL, missing = 0;
    OKRUG_TRY(number_nodes(ctx, table, all, &seller, &buyer));
    int64_t n = all->flows.n;
    double *flow = OKRUG_SCRATCH_ZERO(ctx, n * n + 1, double);
    bool *service = OKRUG_SCRATCH(ctx, n + 1, bool);
    int64_t *group = OKRUG_SCRATCH(ctx, n + 1, int64_t);
    all->pool = OKRUG_SCRATCH(ctx, n + 1, int64_t);
    if (flow == NULL || service == NULL || group == NULL || all->pool == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t row = 0; row < table->rows; row++) {
        bool there = okrug_reason_at(value, row) == OKRUG_PRESENT;
        missing += !there;
        if (there) {
            flow[seller[from->word[row]] * n + buyer[to->word[row]]] = value->number[row];
        }
    }
    enum { DIGITS = 100 };
    for (int64_t i = 0; i < n; i++) {
        int64_t digits = two_digits(all->code[i]);
        service[i] = digits >= services_from;
        group[i] = digits >= 0 ? digits : DIGITS + i; /* what has no digits is like nothing else */
    }
    all->flows = (okrug_flows){n, flow, service, group, DIGITS + n};
    if (missing > 0) {
        okrug_warn(ctx, "flows-missing", &(okrug_place){.file = table->file}, "count", okrug_text_integer(ctx, missing),
                   (char *)NULL);
    }
    return OKRUG_OK;
}

static const char *words_of(okrug_ctx *ctx, const okrug_principle_labels *labels) {
    const char *text = labels->count == 0 ? "none" : okrug_principle_names[labels->label[0]];
    for (int k = 1; k < labels->count; k++) {
        text = okrug_text(ctx, "%s %s", text, okrug_principle_names[labels->label[k]]);
    }
    return labels->count > 0 && labels->margin < MIXED ? okrug_text(ctx, "%s mixed", text) : text;
}

typedef struct {
    const okrug_clusters_case *of;
    const nodes *all;
    const okrug_flow_frame *frame;
    int64_t draws;
    uint64_t seed;
    const okrug_principle_need *need;
    int64_t *member; /* room for every node */
    double **chance; /* by the number of members; NULL: not drawn yet */
} profiler;

static okrug_status profile(okrug_ctx *ctx, const profiler *p, int64_t cluster, okrug_cluster_profile *out) {
    for (int64_t i = 0; i < p->all->flows.n; i++) {
        if (okrug_cluster_of(p->of, p->all->code[i]) == cluster) {
            p->member[out->members++] = i;
        }
    }
    int64_t k = out->members;
    out->told = k >= FEWEST && k < p->all->pools;
    if (!out->told) {
        return OKRUG_OK;
    }
    if (p->chance[k] == NULL) {
        p->chance[k] = OKRUG_SCRATCH(ctx, p->draws * OKRUG_PRINCIPLES, double);
        if (p->chance[k] == NULL) {
            return OKRUG_NO_MEMORY;
        }
        OKRUG_TRY(
            okrug_principle_chance(ctx, p->frame, p->all->pools, p->all->pool, k, p->draws, p->seed, p->chance[k]));
    }
    OKRUG_TRY(okrug_principle_scores_of(ctx, p->frame, k, p->member, &out->scores));
    for (int s = 0; s < OKRUG_PRINCIPLES; s++) {
        okrug_principle_against(out->scores.score[s], p->draws, p->chance[k] + s, OKRUG_PRINCIPLES, &out->against[s]);
    }
    okrug_principle_labels_of(&out->scores, out->against, p->need, &out->labels);
    out->text = words_of(ctx, &out->labels);
    return OKRUG_OK;
}

okrug_status okrug_cluster_profiles(okrug_ctx *ctx, const okrug_table *flows, const okrug_clusters_case *of,
                                    int64_t services_from, int64_t draws, uint64_t seed,
                                    const okrug_principle_need *need, okrug_cluster_profile **out) {
    nodes all = {0};
    okrug_flow_frame frame;
    okrug_place place = {.file = flows->file};
    int64_t matched = 0;
    if (flows->rows == 0) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "no-rows", &place, (char *)NULL);
    }
    OKRUG_TRY(read_flows(ctx, flows, services_from, &all));
    OKRUG_TRY(okrug_flow_frame_make(ctx, &all.flows, &frame));
    for (int64_t i = 0; i < all.flows.n; i++) {
        matched += okrug_cluster_of(of, all.code[i]) >= 0;
        if (frame.bought[i] > 0.0 && frame.sold[i] > 0.0) {
            all.pool[all.pools++] = i;
        }
    }
    if (matched == 0) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "flows-match-nothing", &place, "first", all.code[0], (char *)NULL);
    }
    profiler p = {of,
                  &all,
                  &frame,
                  draws,
                  seed,
                  need,
                  OKRUG_SCRATCH(ctx, all.flows.n + 1, int64_t),
                  OKRUG_SCRATCH_ZERO(ctx, all.flows.n + 1, double *)};
    *out = OKRUG_SCRATCH_ZERO(ctx, of->clusters + 1, okrug_cluster_profile);
    if (p.member == NULL || p.chance == NULL || *out == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t c = 0; c < of->clusters; c++) {
        okrug_progress(ctx, "task.simulating", (double)c, (double)of->clusters);
        OKRUG_TRY(profile(ctx, &p, c, &(*out)[c]));
    }
    return OKRUG_OK;
}
