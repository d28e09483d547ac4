/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ARIO, day by day. Stocks and orders of product p at industry j are counted in days of j's normal use of p, so that
 * the normal state is exactly: orders 1, stocks the days wanted, production 1.
 */
#include <math.h>
#include <string.h>

#include <okrug/propagation.h>

typedef struct {
    const okrug_ario_economy *e;
    const okrug_ario_rules *rules;
    double *stock, *order; /* products x n */
    double *received;      /* n: of one product, by buyer, for each day ordered of it */
    double *use;           /* n: normal use of one product, by buyer */
    double *normal;        /* n: output */
    double *alpha;         /* n */
    double *ordered;       /* n: from each industry, by all others */
    double *wanted;        /* n: production that demand and capacity allow, of normal */
    double *made;          /* n: production, of normal */
    double *ration;        /* n: what part of an order is delivered */
    double *left;          /* n: damage not rebuilt yet */
} state;

enum { VECTORS = 10 };

int64_t okrug_ario_memory(const okrug_ario_economy *economy) {
    return 2 * economy->products * economy->n + VECTORS * economy->n;
}

static int64_t product_of(const okrug_ario_economy *e, int64_t i) {
    return e->product == NULL ? i : e->product[i];
}

/* Orders that each industry gets for the day. */
static void gather_orders(state *s) {
    const okrug_ario_economy *e = s->e;
    for (int64_t i = 0; i < e->n; i++) {
        const double *flow = e->flow + i * e->n;
        const double *order = s->order + product_of(e, i) * e->n;
        double sum = 0.0;
        for (int64_t j = 0; j < e->n; j++) {
            sum += flow[j] * order[j];
        }
        s->ordered[i] = sum;
    }
}

static void begin(state *s, const okrug_ario_shock *shock) {
    const okrug_ario_economy *e = s->e;
    int64_t n = e->n, cells = e->products * n;
    for (int64_t cell = 0; cell < cells; cell++) {
        s->stock[cell] = (double)INFINITY; /* what is not used cannot run short */
        s->order[cell] = 1.0;
    }
    for (int64_t i = 0; i < n; i++) {
        int64_t p = product_of(e, i);
        for (int64_t j = 0; j < n; j++) {
            if (e->flow[i * n + j] > 0.0) {
                s->stock[p * n + j] = s->rules->stock_days[p];
            }
        }
    }
    gather_orders(s);
    for (int64_t i = 0; i < n; i++) {
        s->normal[i] = s->ordered[i] + e->demand[i];
        s->alpha[i] = 1.0;
        s->left[i] = shock->damage == NULL ? 0.0 : shock->damage[i];
    }
}

/* The share of capacity that is lost on `day` (from 0). */
static double lost(const state *s, const okrug_ario_shock *shock, int64_t i, int64_t day) {
    double since = (double)day - shock->duration[i];
    double part = since < 0.0 ? 1.0 : since >= shock->recovery[i] ? 0.0 : 1.0 - since / shock->recovery[i];
    double all = shock->share[i] * part;
    if (s->left[i] > 0.0) {
        all += s->left[i] / shock->capital[i];
    }
    return all < 1.0 ? all : 1.0;
}

/* What each industry would make if it had all inputs; `ordered` becomes all demand. */
static void want(state *s, const okrug_ario_shock *shock, int64_t day, double rebuilding) {
    for (int64_t i = 0; i < s->e->n; i++) {
        double demand = s->ordered[i] + s->e->demand[i];
        if (rebuilding > 0.0) {
            demand += rebuilding * shock->rebuild[i];
        }
        double capacity = s->alpha[i] * (1.0 - lost(s, shock, i, day)) * s->normal[i];
        double most = demand < capacity ? demand : capacity;
        s->ordered[i] = demand;
        s->wanted[i] = s->normal[i] > 0.0 && most > 0.0 ? most / s->normal[i] : 0.0;
        s->made[i] = (double)INFINITY; /* of what is wanted, by the scarcest input */
    }
}

static void make(state *s) {
    const okrug_ario_economy *e = s->e;
    for (int64_t p = 0; p < e->products; p++) {
        const double *stock = s->stock + p * e->n;
        double days = s->rules->needed * s->rules->stock_days[p];
        double scale = 1.0 / (days > 1.0 ? days : 1.0);
        for (int64_t j = 0; !isinf(days) && j < e->n; j++) {
            double possible = stock[j] * scale;
            s->made[j] = possible < s->made[j] ? possible : s->made[j];
        }
    }
    for (int64_t j = 0; j < e->n; j++) {
        s->made[j] = s->made[j] < s->wanted[j] ? s->made[j] : s->wanted[j];
        double demand = s->ordered[j];
        s->ration[j] = demand > 0.0 ? s->made[j] * s->normal[j] / demand : 1.0;
        s->ration[j] = s->ration[j] < 1.0 ? s->ration[j] : 1.0;
    }
}

/* Of each day's use ordered of product p, how much comes, by buyer. Suppliers of one product share orders as they
 * share the normal flow. */
static void deliver(state *s, int64_t p) {
    const okrug_ario_economy *e = s->e;
    if (e->product == NULL) {
        for (int64_t j = 0; j < e->n; j++) {
            s->received[j] = s->ration[p];
        }
        return;
    }
    memset(s->received, 0, (size_t)e->n * sizeof *s->received);
    memset(s->use, 0, (size_t)e->n * sizeof *s->use);
    for (int64_t i = 0; i < e->n; i++) {
        const double *flow = e->flow + i * e->n;
        for (int64_t j = 0; e->product[i] == p && j < e->n; j++) {
            s->received[j] += flow[j] * s->ration[i];
            s->use[j] += flow[j];
        }
    }
    for (int64_t j = 0; j < e->n; j++) {
        s->received[j] = s->use[j] > 0.0 ? s->received[j] / s->use[j] : 1.0;
    }
}

static void stock_and_order(state *s, double *cover) {
    const okrug_ario_economy *e = s->e;
    for (int64_t j = 0; j < e->n; j++) {
        cover[j] = (double)INFINITY;
    }
    for (int64_t p = 0; p < e->products; p++) {
        double *stock = s->stock + p * e->n, *order = s->order + p * e->n;
        double days = s->rules->stock_days[p];
        deliver(s, p);
        for (int64_t j = 0; j < e->n; j++) {
            double now = stock[j] + (order[j] * s->received[j] - s->made[j]);
            double gap = isinf(days) ? 0.0 : days * s->wanted[j] - now;
            now = now > 0.0 ? now : 0.0; /* rounding only */
            stock[j] = now;
            order[j] = s->made[j] + (gap > 0.0 ? gap / s->rules->restoration_days : 0.0);
            cover[j] = now < cover[j] ? now : cover[j];
        }
    }
}

static void adapt(state *s) {
    for (int64_t i = 0; i < s->e->n; i++) {
        double demand = s->ordered[i];
        double missing = demand > 0.0 ? 1.0 - s->made[i] * s->normal[i] / demand : 0.0;
        double step = missing > 1e-9 ? (s->rules->most - s->alpha[i]) * missing : 1.0 - s->alpha[i];
        s->alpha[i] += step / s->rules->adaptation_days;
    }
}

/* What was delivered to those who rebuild is rebuilt; all damage in the same proportion. */
static void rebuild(state *s, const okrug_ario_shock *shock) {
    double delivered = 0.0;
    for (int64_t i = 0; i < s->e->n; i++) {
        delivered += shock->rebuild[i] * s->ration[i];
    }
    for (int64_t i = 0; i < s->e->n; i++) {
        s->left[i] -= s->left[i] * delivered / s->rules->rebuild_days;
    }
}

okrug_status okrug_ario(const okrug_ctx *ctx, const okrug_ario_economy *economy, const okrug_ario_rules *rules,
                        const okrug_ario_shock *shock, int64_t days, double *memory, double *made, double *cover,
                        double *unmet) {
    int64_t n = economy->n, cells = economy->products * n;
    double *vector = memory + 2 * cells;
    state s = {.e = economy,
               .rules = rules,
               .stock = memory,
               .order = memory + cells,
               .received = vector,
               .use = vector + n,
               .normal = vector + 2 * n,
               .alpha = vector + 3 * n,
               .ordered = vector + 4 * n,
               .wanted = vector + 5 * n,
               .made = vector + 6 * n,
               .ration = vector + 7 * n,
               .left = vector + 8 * n};
    double *today = vector + 9 * n;
    begin(&s, shock);
    memset(unmet, 0, (size_t)n * sizeof *unmet);
    for (int64_t day = 0; day < days; day++) {
        OKRUG_TRY(okrug_check_cancel(ctx));
        double rebuilding = 0.0;
        for (int64_t i = 0; i < n; i++) {
            rebuilding += s.left[i] / rules->rebuild_days;
        }
        want(&s, shock, day, rebuilding);
        make(&s);
        stock_and_order(&s, today);
        adapt(&s);
        if (rebuilding > 0.0) {
            rebuild(&s, shock);
        }
        for (int64_t i = 0; i < n; i++) {
            made[day * n + i] = s.made[i] * s.normal[i];
            unmet[i] += economy->demand[i] * (1.0 - s.ration[i]);
            if (cover != NULL) {
                cover[day * n + i] = isinf(today[i]) ? (double)NAN : today[i];
            }
        }
        gather_orders(&s);
    }
    return OKRUG_OK;
}
