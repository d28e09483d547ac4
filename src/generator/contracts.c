/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Contracts: who needs what of whom follows the inputs of activities; a few firms have most of them (the number of a
 * firm's contracts falls about as one over its rank by size), neighbours and members of one cluster buy of each other
 * more often, and some suppliers are in no table.
 */
#include <stdlib.h>
#include <string.h>

#include "generator/tables.h"

enum { INPUTS = 16, DAYS = 1096, FIRST_DAY = 365, TRIES = 8, MEMBERS = 256 };

typedef struct {
    int activity[INPUTS];
    int weight[INPUTS];
    int count, sum;
} inputs;

/* What tables of contracts share. */
typedef struct {
    const generator_world *world;
    generator_index index;
    inputs *inputs;  /* per activity */
    int64_t *buying; /* cumulative weights of activities as buyers */
    int32_t (*member)[MEMBERS];
    int *members;
} market;

static inputs read_inputs(const char *text) {
    inputs list = {0};
    while (*text != '\0' && list.count < INPUTS) {
        int length = (int)strcspn(text, " ");
        int activity = generator_activity_find(text, length);
        text += length + (text[length] == ' ');
        int weight = (int)strtol(text, NULL, 10);
        text += strcspn(text, " ");
        text += *text == ' ';
        if (activity >= 0) {
            list.activity[list.count] = activity;
            list.weight[list.count++] = weight;
            list.sum += weight;
        }
    }
    return list;
}

static okrug_status open_market(const generator_world *world, okrug_ctx *ctx, market *m) {
    m->world = world;
    OKRUG_TRY(generator_index_of(world, ctx, &m->index));
    m->inputs = OKRUG_SCRATCH(ctx, generator_activity_count, inputs);
    m->buying = OKRUG_SCRATCH(ctx, generator_activity_count, int64_t);
    m->member = okrug_scratch(ctx, OKRUG_GENERATOR_CLUSTERS_MOST, sizeof *m->member);
    m->members = OKRUG_SCRATCH_ZERO(ctx, OKRUG_GENERATOR_CLUSTERS_MOST, int);
    if (m->inputs == NULL || m->buying == NULL || m->member == NULL || m->members == NULL) {
        return OKRUG_NO_MEMORY;
    }
    int64_t sum = 0;
    for (int a = 0; a < generator_activity_count; a++) {
        const generator_activity *activity = &generator_activities[a];
        m->inputs[a] = read_inputs(activity->inputs);
        bool there = m->index.start[a + 1] > m->index.start[a];
        sum += there ? (int64_t)activity->share * (activity->size + 20) : 0;
        m->buying[a] = sum;
    }
    for (int64_t i = 0; i < m->index.count; i++) {
        int cluster = m->index.cluster[i];
        if (cluster >= 0 && m->members[cluster] < MEMBERS) {
            m->member[cluster][m->members[cluster]++] = (int32_t)i;
        }
    }
    return OKRUG_OK;
}

/* A rank below `count`: each doubling is as likely as another, so that rank r has about the weight 1 / (r + 1). */
static int64_t draw_rank(draws *d, int64_t count) {
    int bits = 0;
    while ((count >> bits) > 1) {
        bits++;
    }
    int64_t rank;
    do {
        int64_t first = INT64_C(1) << draw_below(d, bits + 1);
        rank = first - 1 + draw_below(d, first);
    } while (rank >= count);
    return rank;
}

static int32_t draw_firm(const market *m, int activity, draws *d) {
    int64_t start = m->index.start[activity];
    int64_t count = m->index.start[activity + 1] - start;
    return count == 0 ? -1 : m->index.order[start + draw_rank(d, count)];
}

static int32_t draw_buyer(const market *m, draws *d) {
    int clusters = generator_cluster_count(m->world);
    if (clusters > 0 && draw_uniform(d) < 0.2) {
        int cluster = (int)draw_below(d, clusters);
        if (m->members[cluster] > 0) {
            return m->member[cluster][draw_below(d, m->members[cluster])];
        }
    }
    int64_t at = draw_below(d, m->buying[generator_activity_count - 1]);
    int activity = 0;
    while (at >= m->buying[activity]) {
        activity++;
    }
    return draw_firm(m, activity, d);
}

static int draw_input(const market *m, int activity, draws *d) {
    const inputs *list = &m->inputs[activity];
    int64_t at = draw_below(d, list->sum);
    int i = 0;
    while (at >= list->weight[i]) {
        at -= list->weight[i++];
    }
    return list->activity[i];
}

/* A member of the cluster with that activity, or -1. */
static int32_t draw_member(const market *m, int cluster, int activity, draws *d) {
    int count = m->members[cluster];
    int64_t first = draw_below(d, count);
    for (int i = 0; i < count; i++) {
        int32_t firm = m->member[cluster][(first + i) % count];
        if (m->index.activity[firm] == activity) {
            return firm;
        }
    }
    return -1;
}

static int32_t draw_supplier(const market *m, int32_t buyer, int activity, draws *d) {
    int cluster = m->index.cluster[buyer];
    if (cluster >= 0 && draw_uniform(d) < 0.55) {
        int32_t member = draw_member(m, cluster, activity, d);
        if (member >= 0 && member != buyer) {
            return member;
        }
    }
    bool near = draw_uniform(d) < 0.5;
    int32_t supplier = -1;
    for (int i = 0; i < TRIES; i++) {
        supplier = draw_firm(m, activity, d);
        bool wanted = supplier >= 0 && supplier != buyer;
        if (wanted && (!near || m->index.place[supplier] == m->index.place[buyer])) {
            return supplier;
        }
    }
    return supplier == buyer ? -1 : supplier;
}

static const char *kind_of(const generator_activity *activity, draws *d) {
    int division = (int)strtol(activity->code, NULL, 10);
    double u = draw_uniform(d);
    if (division == 41 || division == 43 || division == 33) {
        return "works";
    }
    if (division == 25 && (strcmp(activity->code, "25.61") == 0 || strcmp(activity->code, "25.62") == 0)) {
        return "services";
    }
    if (division > 43 && division != 46 && division != 47) {
        return "services";
    }
    return u < 0.02 ? "import-substitution" : u < 0.03 ? "special-investment" : "supply";
}

static void write_contract(const market *m, int64_t number, generator_out *out) {
    const generator_world *world = m->world;
    draws d = draws_of(world->request->seed, DRAW_CONTRACT, (uint64_t)number);
    int32_t buyer = -1;
    while (buyer < 0 || m->inputs[m->index.activity[buyer]].sum == 0) {
        buyer = draw_buyer(m, &d);
    }
    int input = draw_input(m, m->index.activity[buyer], &d);
    bool outside = draw_uniform(&d) < 0.08;
    int32_t supplier = outside ? -1 : draw_supplier(m, buyer, input, &d);
    generator_firm seller = {.activity = input, .employees = 30, .number = world->request->firms};
    char code[32], inn[16];
    if (supplier >= 0) {
        generator_firm_outline(world, supplier, &seller);
        generator_inn(world, supplier, seller.form, inn);
    } else {
        seller.number += draw_below(&d, 20 + world->request->firms / 20);
        generator_inn(world, seller.number, FORM_LIMITED, inn);
    }
    const generator_activity *activity = &generator_activities[seller.activity];
    int products = generator_products_of(world, &seller);
    generator_item product = generator_item_at(activity->products, (int)draw_below(&d, products));
    int32_t smaller = m->index.employees[buyer] < seller.employees ? m->index.employees[buyer] : seller.employees;
    int64_t day = FIRST_DAY + draw_below(&d, DAYS);
    snprintf(code, sizeof code, "SYN-%lld", (long long)number + 1);
    generator_text(out, code);
    generator_text(out, inn);
    generator_inn(world, buyer, generator_form_of(world, buyer), inn);
    generator_text(out, inn);
    generator_text_n(out, product.key, product.key_length);
    generator_text(out, kind_of(activity, &d));
    generator_day(day, code);
    generator_text(out, code);
    generator_day(day + 30 + draw_below(&d, 370), code);
    generator_text(out, code);
    generator_integer(out, (int64_t)(draw_around(&d, 300.0 * (1.0 + smaller / 10.0), 1.2) + 1.0) * 1000);
    generator_text(out, draw_uniform(&d) < 0.8 ? "included" : "excluded");
    generator_text(out, "synthetic");
    generator_line_end(out);
}

okrug_status generator_contracts(const generator_world *world, generator_out *out) {
    market m = {0};
    okrug_mark mark = okrug_scratch_mark(out->ctx);
    okrug_status status = open_market(world, out->ctx, &m);
    generator_header(out, "contract,supplier,buyer,product,kind,date,until,amount,vat,source");
    for (int64_t i = 0; status == OKRUG_OK && i < world->request->contracts; i++) {
        status = generator_goes_on(out, i, world->request->contracts);
        if (status == OKRUG_OK) {
            write_contract(&m, i, out);
        }
    }
    okrug_scratch_reset(out->ctx, mark);
    return status;
}
