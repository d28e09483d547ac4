/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rules as rows of the programme, and the programme solved. What is not certain counts against the group: a change that
 * is found makes it eligible whatever the evidence may turn out to be.
 */
#include <math.h>
#include <string.h>

#include "kernels/rules/rows.h"

/* How far below or above a strict comparison stays: half of the step in which a count moves, or, of a share of counts,
 * the form count - value * all, whose step is the last decimal of the value. */
static double step_of(okrug_measure m, double value) {
    double step = 1.0;
    for (int digits = 0;
         m == OKRUG_MEASURE_SPECIAL_TERRITORY_SHARE && digits < 6 && fabs(value / step - round(value / step)) > 1e-9;
         digits++) {
        step /= 10.0;
    }
    return step / 2.0;
}

bool okrug_repair_knows(okrug_measure m) {
    return m != OKRUG_MEASURE_MEAN_DEPENDENCE && m != OKRUG_MEASURE_VAT_RATE;
}

static bool counts(uint8_t known, okrug_known what, bool up) {
    return known == (uint8_t)what || (!up && known == OKRUG_UNKNOWN);
}

static bool produces(const okrug_group *g, int64_t i) {
    return g->producing[i] != OKRUG_NO;
}

/* With one whose workplaces are not known the share may be anything: more than all others can make up for. */
static double unknown_share(const okrug_group *g, bool up, double value) {
    double all = 1.0;
    for (int64_t i = 0; i < g->participants; i++) {
        all += isnan(g->workplaces[i]) ? 0.0 : g->workplaces[i];
    }
    return up ? (value > 0.0 ? -all : 0.0) : value < 1.0 ? all : 0.0;
}

/* Adds what participant i counts in a measure that is a count or a share of participants. */
static void add_participant(repair_rows *r, okrug_measure m, bool up, double value, int64_t i) {
    const okrug_group *g = r->of->group;
    double one = 0.0;
    switch (m) {
    case OKRUG_MEASURE_PARTICIPANTS:
        one = 1.0;
        break;
    case OKRUG_MEASURE_NON_PRODUCING:
        one = counts(g->producing[i], OKRUG_NO, up);
        break;
    case OKRUG_MEASURE_NON_PRODUCING_IDLE:
        one = counts(g->producing[i], OKRUG_NO, up) && counts(g->organises[i], OKRUG_NO, up);
        break;
    case OKRUG_MEASURE_END_PRODUCT_MAKERS:
        one = counts(g->maker[i], OKRUG_YES, up);
        break;
    case OKRUG_MEASURE_SPECIAL_TERRITORY_SHARE:
        one = (counts(g->special_territory[i], OKRUG_YES, up) ? 1.0 : 0.0) - value;
        break;
    case OKRUG_MEASURE_PRODUCTIVE_WORKPLACES_SHARE: {
        if (isnan(g->workplaces[i])) {
            one = unknown_share(g, up, value);
            break;
        }
        double all = g->workplaces[i];
        double own = isnan(g->productive[i]) ? (up ? 0.0 : all) : g->productive[i];
        one = own - value * all;
        break;
    }
    default:
        break;
    }
    if (one != 0.0) {
        okrug_repair_present(r, i, one);
    }
}

static bool is_ratio(okrug_measure m) {
    return m == OKRUG_MEASURE_SPECIAL_TERRITORY_SHARE || m == OKRUG_MEASURE_PRODUCTIVE_WORKPLACES_SHARE;
}

/* Output of participant i, times -value, and, of it, what others use. */
static void add_use(repair_rows *r, int64_t i, bool up, double value) {
    const okrug_group *g = r->of->group;
    okrug_repair_present(r, i, -value * (isnan(g->revenue[i]) ? 0.0 : g->revenue[i]));
    for (int64_t k = 0; k < g->contracts; k++) {
        if (g->supplier[k] == i) {
            okrug_repair_contract(r, k, up ? g->lo[k] : g->hi[k]);
        }
    }
    for (int64_t k = 0; k < r->of->deals; k++) {
        if (r->of->supplier[k] == i) {
            okrug_repair_amount(r, k, 1.0 - value); /* used within, and output too */
        }
    }
}

static void add_codes(repair_rows *r, int64_t first, int64_t count) {
    for (int64_t c = 0; c < count; c++) {
        okrug_repair_add(r, first + c, 1.0);
    }
}

/* A participant whose region is not known may be in one more; with anyone there is one at least. */
static void add_regions(repair_rows *r, int32_t slot, bool up, double value) {
    const okrug_group *g = r->of->group;
    add_codes(r, r->region, r->regions);
    okrug_repair_constant(r, up && r->of->span[slot].lo >= value ? value : 0.0); /* as today; more take none away */
    for (int64_t i = 0; !up && i < g->participants; i++) {
        if (g->region[i] < 0) {
            okrug_repair_present(r, i, 1.0);
        }
    }
}

/* The form that is at least 0 exactly where the measure is at least `value`. */
static void write_form(repair_rows *r, okrug_measure m, int32_t slot, bool up, double value) {
    const okrug_repair_problem *p = r->of;
    const okrug_group *g = p->group;
    okrug_span now = p->span[slot];
    okrug_repair_constant(r, is_ratio(m) || m == OKRUG_MEASURE_GENERAL_DEPENDENCE ? 0.0 : -value);
    if (m == OKRUG_MEASURE_GENERAL_DEPENDENCE) {
        for (int64_t i = 0; i < g->participants; i++) {
            if (produces(g, i)) {
                add_use(r, i, up, value);
            }
        }
    } else if (m == OKRUG_MEASURE_WITHOUT_CONTRACT) {
        add_codes(r, r->lacking, g->participants);
    } else if (m == OKRUG_MEASURE_REGIONS) {
        add_regions(r, slot, up, value);
    } else if (m == OKRUG_MEASURE_PARTICIPANT_ROLES) {
        add_codes(r, r->role, r->roles);
    } else if (m == OKRUG_MEASURE_FACILITIES || m == OKRUG_MEASURE_DECLARED ||
               m == OKRUG_MEASURE_YEARS_SINCE_CONFIRMATION) {
        double known = up ? now.lo : now.hi;
        /* What nothing is known of is at its worst. */
        okrug_repair_constant(r, !isnan(known) ? known : m == OKRUG_MEASURE_FACILITIES && up ? 0.0 : up ? -1e6 : 1e6);
        for (int64_t k = 0; m == OKRUG_MEASURE_FACILITIES && k < p->facilities; k++) {
            okrug_repair_add(r, r->facility + k, p->facility_in[slot * p->facilities + k]);
        }
    } else {
        for (int64_t i = 0; i < g->participants; i++) {
            add_participant(r, m, up, value, i);
        }
    }
}

static bool goes_up(okrug_compare compare) {
    return compare == OKRUG_AT_LEAST || compare == OKRUG_ABOVE;
}

static double room(okrug_measure m, okrug_compare compare, double value) {
    return compare == OKRUG_BELOW || compare == OKRUG_ABOVE ? step_of(m, value) : 0.0;
}

static okrug_status write_rule(repair_rows *r, const okrug_rule *rule, int64_t when) {
    bool up = goes_up(rule->compare);
    bool of_output =
        rule->measure == OKRUG_MEASURE_PARTICIPANT_SHARE || rule->measure == OKRUG_MEASURE_GENERAL_DEPENDENCE;
    double value = of_output ? rule->value * (up ? 1.0 + r->of->margin : 1.0 - r->of->margin) : rule->value;
    if (rule->measure != OKRUG_MEASURE_PARTICIPANT_SHARE) {
        write_form(r, rule->measure, rule->slot, up, value);
        return okrug_repair_side(r, up, room(rule->measure, rule->compare, value), when, false);
    }
    for (int64_t i = 0; i < r->of->group->participants; i++) {
        if (produces(r->of->group, i)) {
            add_use(r, i, up, value);
            OKRUG_TRY(okrug_repair_side(r, up, 0.0, when, false));
        }
    }
    return OKRUG_OK;
}

/* The column may only be 0 where the condition surely does not hold; where that is open, the rule is asked. */
static okrug_status write_condition(repair_rows *r, const okrug_rule *rule, int64_t column) {
    bool up = goes_up(rule->when_compare);
    double open = room(rule->when_measure, rule->when_compare, rule->when_value);
    write_form(r, rule->when_measure, rule->when_slot, !up, rule->when_value);
    return okrug_repair_side(r, !up, open > 0.0 ? 0.0 : step_of(rule->when_measure, rule->when_value), column, true);
}

okrug_status okrug_repair_rules(repair_rows *r, const uint8_t *asked) {
    for (int64_t i = 0; i < r->of->rule_count; i++) {
        const okrug_rule *rule = &r->of->rules[i];
        if (!asked[rule->criterion] || isnan(rule->value)) {
            continue;
        }
        int64_t when = rule->when_slot < 0 ? -1 : r->holds + i;
        if (when >= 0) {
            OKRUG_TRY(write_condition(r, rule, when));
        }
        OKRUG_TRY(write_rule(r, rule, when));
    }
    return OKRUG_OK;
}

static void take(const repair_rows *r, const double *x, okrug_repair *out) {
    const okrug_repair_problem *p = r->of;
    for (int64_t k = 0; k < r->facility - r->member; k++) {
        out->member[k] = x[r->member + k] > .5;
    }
    for (int64_t k = 0; k < p->facilities; k++) {
        out->facility[k] = x[r->facility + k] > .5;
    }
    for (int64_t k = 0; k < p->deals; k++) {
        out->deal[k] = x[r->deal + k] > .5;
        out->amount[k] = !out->deal[k] ? 0.0 : p->all[k] ? p->most[k] : p->most[k] * x[r->part + k];
    }
}

okrug_status okrug_repair_least(okrug_ctx *ctx, const okrug_repair_problem *problem, const uint8_t *asked,
                                int64_t nodes, okrug_repair *out) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    repair_rows r;
    OKRUG_TRY(okrug_repair_columns(ctx, problem, &r));
    OKRUG_TRY(okrug_repair_ties(&r));
    OKRUG_TRY(okrug_repair_rules(&r, asked));
    double *x = OKRUG_SCRATCH(ctx, r.columns, double);
    if (x == NULL) {
        return OKRUG_NO_MEMORY;
    }
    const okrug_mixed_programme programme = {.columns = r.columns,
                                             .matrix = {r.rows, r.entries, r.ptr, r.col, r.val},
                                             .least = r.least,
                                             .most = r.most,
                                             .cost = r.cost,
                                             .upper = r.upper,
                                             .whole = r.whole};
    okrug_status status = okrug_mixed_least(ctx, &programme, nodes, x, &out->end);
    if (status == OKRUG_OK) {
        take(&r, x, out);
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}

/* Whether those criteria can be met. */
static okrug_status can_be(okrug_ctx *ctx, const okrug_repair_problem *problem, const uint8_t *asked, int64_t nodes,
                           okrug_repair *work, bool *can) {
    okrug_status status = okrug_repair_least(ctx, problem, asked, nodes, work);
    *can = status != OKRUG_NO_SOLUTION;
    return *can ? status : OKRUG_OK;
}

okrug_status okrug_repair_conflict(okrug_ctx *ctx, const okrug_repair_problem *problem, const uint8_t *asked,
                                   int64_t nodes, okrug_repair *work, uint8_t *conflict, bool *together) {
    uint8_t *one = OKRUG_SCRATCH(ctx, problem->criteria, uint8_t);
    bool can = true;
    if (one == NULL) {
        return OKRUG_NO_MEMORY;
    }
    *together = true;
    for (int64_t c = 0; c < problem->criteria; c++) {
        memset(one, 0, (size_t)problem->criteria);
        one[c] = asked[c];
        OKRUG_TRY(can_be(ctx, problem, one, nodes, work, &can));
        conflict[c] = !can;
        *together = *together && can;
    }
    for (int64_t c = 0; *together && c < problem->criteria; c++) {
        if (c == 0) {
            memcpy(conflict, asked, (size_t)problem->criteria);
        }
        if (conflict[c]) {
            conflict[c] = 0;
            OKRUG_TRY(can_be(ctx, problem, conflict, nodes, work, &can));
            conflict[c] = can; /* without it they can be met: it belongs to them */
        }
    }
    return OKRUG_OK;
}
